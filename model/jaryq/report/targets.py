"""Table ``targets``: what was asked, what is reached, what is missed."""

from __future__ import annotations

from jaryq.base.text import Text
from jaryq.case.case import Target
from jaryq.report.amounts import Amounts
from jaryq.report.measures import missed, reached, short_by
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.words import MEASURES, NO, YES, name_of, same, unit_of
from jaryq.sheets.measures import PERCENT, RATIOS

TOLERANCE = 1e-6
"""Of a row's scale: below it a target counts as met."""

PRIORITIES = {"hard": Text("hard", "обязательна"), "price": Text("priced", "по цене"), "1": same("1"), "2": same("2"),
              "3": same("3")}


def targets_table(found: Amounts) -> Out:
    """One row for each target row (one for each group and year), in the order of the input. Shares of cost in
    percent."""
    by_row: dict[str, list[Target]] = {}
    for target in found.case.targets:
        by_row.setdefault(target.row or target.id, []).append(target)
    rows = [_row(found, target) for key in ordered(found, "targets", by_row) for target in by_row[key]]
    headings = (
        "target", "name", "measure", "filter", "year", "sense", "value", "reached", "shortfall", "unit", "normalised",
        "priority", "met", "origin",
    )
    return Out("targets", headings, tuple(rows))


def short_of(found: Amounts, target: Target) -> float:
    """By how much a target is missed, in the unit of its shortfall; nothing where it is met within the tolerance."""
    short = short_by(found, target)
    return short if short > TOLERANCE * target.scale else 0.0


def shown_short(found: Amounts, target: Target) -> float:
    """The same in the unit of the row: shares in percent, of a ratio of money in points."""
    short = short_of(found, target)
    if target.measure in RATIOS:
        return 100.0 * missed(target, reached(found, target)) if short else 0.0
    return times(target) * short


def times(target: Target) -> float:
    """Shares are shown in percent."""
    return 100.0 if target.measure in PERCENT else 1.0


def _row(found: Amounts, target: Target) -> dict[str, Value]:
    short = short_of(found, target)
    year = str(target.year) if target.year_first in (0, target.year) else f"{target.year_first}-{target.year}"
    return {
        "target": target.id, "name": name_of(target), "measure": MEASURES[target.measure],
        "filter": "; ".join(f"{column}={value}" for column, value in target.filter.items()) or None, "year": year,
        "sense": target.sense,
        "value": times(target) * target.value,
        "reached": times(target) * reached(found, target), "shortfall": shown_short(found, target),
        "unit": unit_of(target),
        "normalised": 100.0 * short / target.scale, "priority": PRIORITIES[target.priority],
        "met": YES if short == 0.0 else NO, "origin": target.origin,
    }
