"""All scenarios side by side: from Results to the tables of ``comparison.xlsx``."""

from model.report.compare.build import comparison
from model.report.compare.kinds import Comparison

__all__ = ["Comparison", "comparison"]
