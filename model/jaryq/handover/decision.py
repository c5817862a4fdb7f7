"""The page ``decision``: one screen with six figures, two charts, and a few sentences made from the numbers."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.charts import of_strip
from jaryq.handover.said import certain, payers, unused, wear
from jaryq.handover.said_aims import reached_and_missed, why_short
from jaryq.handover.shapes import Front
from jaryq.report.report import Report

TITLE = Text("Decision", "Решение")
NOTE = Text("What the plan does, what it costs, who pays, what it misses, and how sure that is.",
            "Что даёт план, сколько стоит, кто платит, чего не хватает и насколько это надёжно.")
FIGURES = ("facilities", "km", "spending", "abroad", "targets", "distance")
"""Keys of the six figures, in their order."""
RULES = (reached_and_missed, why_short, payers, unused, wear, certain)
"""Each makes one sentence at most: what is missed on the way and promised only stands on the page of aims, what the
objective is worth on that of money, which limits bind on that of answers."""


def decision(case: Case, report: Report) -> Front:
    """The first page."""
    asked = {"facilities": bool(case.assets), "km": bool(case.packages), "targets": bool(report.tables["targets"].rows),
             "abroad": any(source.foreign for source in case.sources.values())}
    figures = tuple(fact for key in FIGURES if asked.get(key, True) and (fact := report.fact(key)) is not None)
    charts = tuple(of_strip(strip, report) for section in report.overview for strip in section.strips
                   if strip.chart is not None and strip.rows)
    sentences = [sentence for rule in RULES for sentence in rule(case, report)]
    return Front("decision", TITLE, NOTE, figures, tuple(sentences), charts)
