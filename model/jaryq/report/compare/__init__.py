"""All scenarios side by side: from Results to the tables of ``comparison.xlsx``."""

from jaryq.report.compare.build import comparison
from jaryq.report.compare.story import Comparison

__all__ = ["Comparison", "comparison"]
