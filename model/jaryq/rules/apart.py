"""Numbers that stand apart from all others of their column, and savings below zero: surprises of size that need no
knowledge of the column but its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jaryq.base.issues import Issue
from jaryq.base.once import once
from jaryq.rules.rows import Rows
from jaryq.rules.sizes import number, times
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.programme import ASSET_TYPES
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.tables import Table, Tables

FAR = 10.0
"""Times the nearest of the other rows: less than a thousandfold slip, more than any column of amounts jumps."""

FAR_MONTHS = 5.0
"""The same of durations, where years and months are mixed up."""

FEWEST = 5
"""Values of a column from which one may stand apart."""

ONE_IN = 10
"""At most one value in so many (or one) stands apart; more are a class of their own."""

DURATIONS = frozenset({"months", "years"})
ORDERS = frozenset({"year", "month", "rank", "degrees", "score", "index", "times/year", "share", "number"})
"""Units in which a number is a place, a mark or a plain count."""

ELSEWHERE = frozenset({"sources", "source_years", "currencies", "price_indices", "reference_rates", "targets",
                       "progress", "last_plan", "tariffs"})
"""Sheets whose rows have little in common, or whose sizes other rules look at."""

IN_CLASSES = frozenset({("facilities", "cost"), ("facilities", "capacity"), ("networks", "km"),
                        ("networks", "km_total"), ("networks", "unit_cost"), ("networks", "savings"),
                        ("regions", "population")})
"""Columns that are compared within kinds of asset."""


def values_stand_together(tables: Tables) -> Iterator[Issue]:
    """A number is neither many times the largest nor a small part of the smallest of the other numbers of its
    column, in rows of its kind of asset where rows have one."""
    for sheet in INPUT.values():
        if sheet.free or sheet.name in ELSEWHERE or sheet.name not in tables:
            continue
        yield from _all_apart(tables[sheet.name])


@once
def _all_apart(table: Table) -> list[Issue]:
    sheet, rows = INPUT[table.sheet], Rows.of(table)
    return [issue for name in table.values if (factor := _factor(sheet, sheet.column(name))) is not None
            for issue in _apart(rows, name, factor)]


def _factor(sheet: Sheet, column: Column | None) -> float | None:
    """How far apart a number of a column is told; None where the column is not looked at."""
    if column is None or column.kind not in ("number", "integer") or column.unit in ORDERS or column.name in sheet.key:
        return None
    if (sheet.name, column.name) in IN_CLASSES or (column.unit == "%" and column.le is not None):
        return None
    return FAR_MONTHS if column.unit in DURATIONS else FAR


def _apart(rows: Rows, name: str, factor: float) -> Iterator[Issue]:
    classes: dict[object, dict[int, float]] = {}
    for position, row in rows.rows:
        value = row.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value:
            kind = row.get("asset_type") if rows.sheet != ASSET_TYPES.name else None
            classes.setdefault(kind, {})[position] = abs(float(value))
    for values in classes.values():
        for positions, near in _clusters(values, factor):
            for position in positions:
                yield rows.issue("value_apart", position, name, times=times(values[position] / near),
                                 near=number(near), count=len(values) - len(positions))


def _clusters(values: Mapping[int, float], factor: float) -> Iterator[tuple[list[int], float]]:
    """The few positions at either end whose values a gap of ``factor`` sets apart, and the nearest of the others."""
    order = sorted(values, key=lambda position: values[position])
    most = max(1, len(order) // ONE_IN) if len(order) >= FEWEST else 0
    for ends in (order, order[::-1]):
        for count in range(most, 0, -1):
            inner, outer = values[ends[count]], values[ends[count - 1]]
            if max(inner, outer) >= factor * min(inner, outer):
                yield ends[:count], inner
                break


def savings_are_not_negative(tables: Tables) -> Iterator[Issue]:
    """Savings below zero are costs: a sign that is often typed by mistake."""
    for sheet in ("facilities", "networks"):
        rows = Rows(tables, sheet)
        for position, row in rows.rows:
            value = row.get("savings")
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
                yield rows.issue("savings_negative", position, "savings")
