"""From a solution to what people and machines read: output tables, the overview, claimed numbers, the summary."""

from model.report.build import build_report
from model.report.figures import claims, summary
from model.report.kinds import Report

__all__ = ["Report", "build_report", "claims", "summary"]
