"""Rules of sheet calibration: rows that say what they compare, and what the case alone already tells
(docs/numbers.md, Calibration)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.lookalike import told_apart
from jaryq.base.text import Text
from jaryq.case.calibration import BESIDE_NOTHING, shown
from jaryq.case.case import Calibration, Target
from jaryq.case.plan import Plan
from jaryq.case.scope import heard, projects_of
from jaryq.factors.calibration import NEAR, computed, inside
from jaryq.factors.derive import Factors
from jaryq.rules.meant import filter_is_meant, known_values, measure_is_meant
from jaryq.rules.rows import Rows, span_of
from jaryq.rules.sizes import number
from jaryq.sheets.measures import OF_CASE
from jaryq.tables.filters import nearest
from jaryq.tables.selector import PROJECT_COLUMNS
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

CHANGES = ("km", "facilities", "share_done", "wear", "debt_stock")
"""Measures that stand on 31 December of the year before the plan as well."""


def calibration_is_meant(tables: Tables) -> Iterator[Issue]:
    """Unit, filters and years of each row; a change of what stands at a date; a band that holds the published
    figure."""
    span = span_of(tables)
    quantities = {row.get("quantity"): row for _, row in Rows(tables, "quantities").rows}
    rows = Rows(tables, "calibration")
    for position, row in rows.rows:
        if row.get("measure") is None:
            continue
        yield from measure_is_meant(rows, position, row, span, quantities)
        yield from filter_is_meant(rows, position, row, "per_filter", PROJECT_COLUMNS)
        if row.get("per_filter") is not None and row.get("per") is None:
            yield _unfit(rows, position, "per_filter", "nothing is divided by it", "на это ничего не делится")
        if row.get("take") == "change" and row["measure"] not in CHANGES:
            yield _unfit(rows, position, "take", f"a change is that of {', '.join(CHANGES)}",
                         f"изменение бывает у {', '.join(CHANGES)}")
        if row.get("take") in BESIDE_NOTHING and (row["measure"] in OF_CASE or row.get("works") is False):
            yield _unfit(rows, position, "take", "an effect is that of a plan, which nothing but its works has",
                         "эффект бывает только у плана с его работами")
        if row.get("take") == "relative" and row.get("per") is not None:
            yield _unfit(rows, position, "per", "what is divided by the total without works is divided by nothing else",
                         "что делится на итог без работ, больше ни на что не делится")
        if row.get("take") == "last" and (row.get("per") is not None or row.get("times") is not None):
            yield _unfit(rows, position, "take", "a year is neither divided nor multiplied",
                         "год не делится и не умножается")
        if row.get("counts") is False and row.get("why") is None:
            yield _unfit(rows, position, "why", "say why it is not comparable", "укажите, почему не сравнимо")
        yield from _band(rows, position, row)


def _band(rows: Rows, position: int, row: Mapping[str, Any]) -> Iterator[Issue]:
    published = row.get("published")
    for column, sign in (("least", 1.0), ("most", -1.0)):
        limit = row.get(column)
        if published is not None and limit is not None and sign * (limit - published) > 0:
            yield _unfit(rows, position, column, f"the published figure {show(published)} lies outside the band",
                         f"опубликованная величина {show(published)} вне полосы")


def _unfit(rows: Rows, position: int, column: str, en: str, ru: str) -> Issue:
    return rows.issue("calibration_unfit", position, column, detail=Text(en, ru))


def calibration_speaks_of_something(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """Both filters select projects; capacities that are added up are in one unit."""
    case = factors.case
    units = {row.get("facility"): row.get("capacity_unit") for _, row in Rows(tables, "facilities").rows}
    rows = Rows(tables, "calibration")
    for (position, given), row in zip(rows.rows, case.calibration, strict=True):
        for column, target in (("filter", row.parts[-1][-1]), *(("per_filter", target) for target in row.whole[-1:])):
            projects = projects_of(case, target)
            if not heard(case, [target]):
                hint = nearest(target.filter, tables, known_values(case))
                yield replace(rows.issue("selector_matches_nothing", position, column, hint=hint),
                              value=told_apart(given.get(column) or ""))
            stated = sorted({str(units[project.id]) for project in projects if units.get(project.id) is not None})
            if target.measure == "capacity" and len(stated) > 1:
                yield _unfit(rows, position, "per", f"capacities in {', '.join(stated)} are not added up",
                             f"мощности в {', '.join(stated)} не складываются")


def calibration_without_a_plan(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What the case alone determines and lies outside its band; what repeats an input and so proves nothing."""
    rows = Rows(tables, "calibration")
    for (position, _), row in zip(rows.rows, factors.case.calibration, strict=True):
        if not row.counts:
            continue
        asked = next((target for target in factors.case.targets if _asks(target, row)), None)
        if asked is not None:
            yield rows.issue("calibration_repeats", position, "published", where=asked.origin)
        if not row.of_case or (value := computed(factors, row, Plan())) is None:
            continue
        if abs(value - row.published) <= NEAR * abs(row.published):
            yield rows.issue("calibration_repeats", position, "published",
                             where=Text("the case gives exactly this", "данные дают ровно это"))
        elif not inside(row, value):
            ratio = number(value / row.published) if row.published else "-"
            yield rows.issue("calibration_outside", position, "published", found=number(value), ratio=ratio,
                             least=show(row.least), most=show(row.most))


def _asks(target: Target, row: Calibration) -> bool:
    """Whether a target asks for the very figure that a row compares."""
    if row.whole or row.take != "total" or not row.works or row.times != 1.0:
        return False
    mine = row.parts[0][0]
    same = all(getattr(target, name) == getattr(mine, name) for name in ("measure", "filter", "year", "quantity"))
    first = (target.year_first or target.year) == (mine.year_first or mine.year)
    return same and first and abs(shown(target, target.value) - row.published) <= NEAR * abs(row.published)
