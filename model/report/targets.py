"""Table ``targets``: what was asked, what is reached, what is missed."""

from __future__ import annotations

from model.base.text import Text
from model.data.case import Target
from model.report.amounts import Amounts
from model.report.kinds import Out, Value
from model.report.measures import missed, reached
from model.report.projects import ordered
from model.report.words import MEASURES, NO, TARGET_UNITS, YES, name_of, same

TOLERANCE = 1e-6
"""Of a row's scale: below it a target counts as met."""

PRIORITIES = {"hard": Text("hard", "обязательна"), "price": Text("priced", "по цене"), "1": same("1"), "2": same("2"), "3": same("3")}


def targets_table(found: Amounts) -> Out:
    """One row for each target row (one for each group and year), in the order of the input. Shares of cost in percent."""
    by_row: dict[str, list[Target]] = {}
    for target in found.case.targets:
        by_row.setdefault(target.row or target.id, []).append(target)
    rows = [_row(found, target) for key in ordered(found, "targets", by_row) for target in by_row[key]]
    headings = (
        "target", "name", "measure", "filter", "year", "sense", "value", "reached", "shortfall", "unit", "normalised", "priority", "met", "origin",
    )
    return Out("targets", headings, tuple(rows))


def short_of(found: Amounts, target: Target) -> float:
    """By how much a target is missed, computed from what is reached; nothing where it is met within the tolerance."""
    short = missed(target, reached(found, target))
    return short if short > TOLERANCE * target.scale else 0.0


def _row(found: Amounts, target: Target) -> dict[str, Value]:
    short = short_of(found, target)
    times = 100.0 if target.measure == "share_done" else 1.0
    year = str(target.year) if target.year_first in (0, target.year) else f"{target.year_first}-{target.year}"
    return {
        "target": target.id, "name": name_of(target), "measure": MEASURES[target.measure],
        "filter": "; ".join(f"{column}={value}" for column, value in target.filter.items()) or None, "year": year, "sense": target.sense,
        "value": times * target.value, "reached": times * reached(found, target), "shortfall": times * short, "unit": TARGET_UNITS[target.measure],
        "normalised": 100.0 * short / target.scale, "priority": PRIORITIES[target.priority], "met": YES if short == 0.0 else NO, "origin": target.origin,
    }
