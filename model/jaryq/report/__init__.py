"""From a solution to what people and machines read: output tables, the overview, claimed numbers, the summary."""

from jaryq.report.build import build_report
from jaryq.report.figures import claims, summary
from jaryq.report.report import Report

__all__ = ["Report", "build_report", "claims", "summary"]
