"""Table ``targets``: what was asked, what is reached, what is missed."""

from __future__ import annotations

from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Target
from jaryq.factors.soft import Rule
from jaryq.factors.soft_rows import rules_of
from jaryq.report.amounts import Amounts
from jaryq.report.measures import missed, reached, short_by
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.words import MEASURES, NO, UNIT_WORDS, YES, joined, name_of, same, unit_of
from jaryq.sheets.measures import PERCENT, RATIOS, UNIT_OF

TOLERANCE = 1e-6
"""Of a row's scale: below it a target counts as met."""

PRIORITIES = {"hard": Text("hard", "обязательна"), "price": Text("priced", "по цене"), "1": same("1"), "2": same("2"),
              "3": same("3")}


def targets_table(found: Amounts) -> Out:
    """One row for each target row (one for each group and year), in the order of the input, then those of rules with a
    priority. Shares of cost in percent."""
    by_row: dict[str, list[Target]] = {}
    for target in found.case.targets:
        by_row.setdefault(target.row or target.id, []).append(target)
    rows = [_row(found, target) for key in ordered(found, "targets", by_row) for target in by_row[key]]
    rows += [_of_rule(found, rule) for rule in rules_of(found.factors).values()]
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


@dataclass(frozen=True)
class Missed:
    """A row that is missed: by ``share`` of its scale, ``short`` of the ``value`` that is asked, in ``unit`` (``word``:
    its key, where the sheet's format knows it)."""

    id: str
    priority: str
    name: Text
    share: float
    short: float
    value: float
    unit: Text
    word: str
    year: int


def missed_rows(found: Amounts) -> tuple[Missed, ...]:
    """All rows that are missed, the worst by their share first."""
    rows = [Missed(t.id, t.priority, name_of(t), short / t.scale, shown_short(found, t), times(t) * t.value, unit_of(t),
                   UNIT_OF.get(t.measure, ""), t.year) for t in found.case.targets if (short := short_of(found, t)) > 0]
    rows += [Missed(rule.id, rule.priority, rule.name, short / rule.scale, short,
                    rule.asked(found.factors).on(found.plan), UNIT_WORDS[rule.unit], rule.unit, rule.year)
             for rule in rules_of(found.factors).values() if (short := short_of_rule(found, rule)) > 0]
    return tuple(sorted(rows, key=lambda row: (-row.share, row.id)))


def short_of_rule(found: Amounts, rule: Rule) -> float:
    """By how much a rule is missed; nothing where it is met within the tolerance."""
    short = max(0.0, -rule.beyond(found.factors).on(found.plan))
    return short if short > TOLERANCE * rule.scale else 0.0


def _of_rule(found: Amounts, rule: Rule) -> dict[str, Value]:
    short, (reached, asked) = short_of_rule(found, rule), rule.forms(found.factors)
    return {
        "target": rule.id, "name": rule.name, "measure": rule.what, "filter": None, "year": str(rule.year),
        "sense": ">=", "value": asked.on(found.plan), "reached": reached.on(found.plan), "shortfall": short,
        "unit": UNIT_WORDS[rule.unit], "normalised": 100.0 * short / rule.scale,
        "priority": PRIORITIES[rule.priority], "met": YES if short == 0.0 else NO, "origin": rule.origin,
    }


def _measure(found: Amounts, target: Target) -> Text:
    """What a target measures; a quantity by its name."""
    said, quantity = MEASURES[target.measure], found.case.quantities.get(target.quantity or "")
    if quantity is None:
        return said
    return joined([said, name_of(quantity)], ": ") or said


def _row(found: Amounts, target: Target) -> dict[str, Value]:
    short = short_of(found, target)
    year = str(target.year) if target.year_first in (0, target.year) else f"{target.year_first}-{target.year}"
    return {
        "target": target.id, "name": name_of(target), "measure": _measure(found, target),
        "filter": "; ".join(f"{column}={value}" for column, value in target.filter.items()) or None, "year": year,
        "sense": target.sense,
        "value": times(target) * target.value,
        "reached": times(target) * reached(found, target), "shortfall": shown_short(found, target),
        "unit": unit_of(target),
        "normalised": 100.0 * short / target.scale, "priority": PRIORITIES[target.priority],
        "met": YES if short == 0.0 else NO, "origin": target.origin,
    }
