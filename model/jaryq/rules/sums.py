"""A row whose numbers are the sums of the rows above it, or below it, counts them twice, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jaryq.base.home import BILLION, MILLION
from jaryq.base.issues import Issue
from jaryq.rules.rows import Rows
from jaryq.sheets.inputs import ADDED_UP, INPUT
from jaryq.sheets.spec import Sheet
from jaryq.tables.tables import Tables

ADDING_UNITS = frozenset({"persons", BILLION, f"{BILLION}/year", "bn currency", MILLION, "km", "km/year", "number",
                          "unit of capacity", "units", "crews",
                          "crew-years"})
"""Units of amounts: what is added up with a meaning. Months and percent are not, yet a spreadsheet adds them up all the
same."""

NEVER_ADDED = frozenset({"year", "degrees", "month"})
SAME = 1e-9
"""Relative difference up to which two sums are the same number."""


MOST_DECIMALS = 6
"""More than people write."""

MANY = 3
"""Of so many rows two sums are hardly equal by chance; of two, and where one column follows from another, they may
be."""


APART = 0.02
"""Columns of which one is a multiple of another (up to such a part, as roundings make it) are one sign, not two."""


def rows_of_sums(tables: Tables) -> Iterator[Issue]:
    """Rows equal to the sum of two rows or more right above or right below them, in two columns of numbers or more; a
    sum may be rounded, where its rows have more decimals than it has.

    Where only two rows are added up, all amounts of the row (or all its numbers) must agree. Where all amounts follow
    from one, as in estimates of plants of one kind, a row that says of what kind it is is no total: five houses of 10
    MW and one of 50 MW are six.
    """
    for name in sorted(ADDED_UP & set(tables.sheets)):
        rows = Rows(tables, name)
        kinds = _columns(INPUT[name], list(rows.table.values))
        numbers = {column: _filled(rows, column) for column in kinds}
        told: set[int] = set()
        described = _described(INPUT[name], rows)
        for left in (list(range(len(rows.rows))), list(range(len(rows.rows)))[::-1]):
            while found := _sums({column: values[left] for column, values in numbers.items()}, kinds, described[left]):
                position, first, columns = found
                at = left[position]
                added = sorted((rows.table.rows[left[first]], rows.table.rows[left[position - 1]]))
                slots = {"columns": ", ".join(columns[:4]) + (", ..." if len(columns) > 4 else ""),
                         "first": added[0], "last": added[1]}
                if at not in told:
                    yield rows.issue("row_of_sums", at, _key(INPUT[name], rows, at), **slots)
                told.add(at)
                del left[position]  # the sum of all does not add the sums of parts


def _key(sheet: Sheet, rows: Rows, position: int) -> str:
    return next((name for name in sheet.key if rows.rows[position][1].get(name) is not None), sheet.key[0])


def _columns(sheet: Sheet, headings: Sequence[str]) -> dict[str, bool]:
    """Columns of numbers, and whether they hold amounts."""
    found: dict[str, bool] = {}
    for name in headings:
        column = sheet.column(name)
        if column is None or column.kind not in ("number", "integer"):
            continue
        if column.unit not in NEVER_ADDED and name not in sheet.key:
            found[name] = column.unit in ADDING_UNITS
    return found


def _filled(rows: Rows, column: str) -> np.ndarray:
    """The numbers of a column, blank as NaN."""
    values = [row.get(column) for _, row in rows.rows]
    return np.array([value if isinstance(value, (int, float)) and not isinstance(value, bool) else np.nan
                     for value in values], dtype=float)


def _described(sheet: Sheet, rows: Rows) -> np.ndarray:
    """Whether each row says of what kind or for what it is, in a column that is no key."""
    names = [column.name for column in sheet.columns if (column.ref or column.one_of) and column.name not in sheet.key]
    return np.array([any(row.get(name) is not None for name in names) for _, row in rows.rows], dtype=bool)


def _sums(numbers: Mapping[str, np.ndarray], kinds: Mapping[str, bool],
          described: np.ndarray) -> tuple[int, int, list[str]] | None:
    """The first row that is a sum: its position, the first of the rows it adds up, and the columns that say so."""
    spans = {column: _spans(values) for column, values in numbers.items()}
    if not spans:
        return None
    said = {column: ~np.isnan(values) & (values != 0) for column, values in numbers.items()}
    hits = sum((spans[column][0] <= spans[column][1]).astype(int) for column in numbers)
    for position in np.flatnonzero(np.asarray(hits) >= 2):
        here = [column for column in numbers if said[column][position]]
        fits = [column for column in here if spans[column][0][position] <= spans[column][1][position]]
        for first in {int(spans[column][0][position]) for column in fits}:  # one of them fits all that fit together
            same = [column for column in fits if spans[column][0][position] <= first <= spans[column][1][position]]
            amounts = sum(kinds[column] for column in same)
            all_amounts = amounts == sum(kinds[column] for column in here)
            enough = (
                amounts >= 2 and (all_amounts or position - first >= MANY)
            ) or (amounts and len(same) >= 2 and same == here)
            if enough and (not described[position]
                           or _independent([numbers[column][first:position] for column in same])):
                return int(position), first, same
    return None


def _independent(columns: Sequence[np.ndarray]) -> bool:
    """Whether not every column is a multiple of the first."""
    scaled = [np.nan_to_num(values) / np.linalg.norm(np.nan_to_num(values)) for values in columns]
    return any(np.abs(values - scaled[0]).max() > APART for values in scaled[1:])


def _spans(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row the first and the last row from which on the rows above add up to it, at least two of them not zero;
    first > last where none.

    Amounts are not negative, so sums from the top only rise: the row is found by halving. A column with negative
    numbers says nothing.
    """
    count = len(values)
    none = np.ones(count, dtype=int), np.zeros(count, dtype=int)
    amounts = np.nan_to_num(values)
    if (amounts < 0).any():
        return none
    above = np.concatenate(([0.0], np.cumsum(amounts)[:-1]))  # the sum of the rows above each row
    filled = np.concatenate(([0], np.cumsum(amounts > 0)[:-1]))
    slack = np.maximum(SAME * np.maximum(above, 1e-300), _rounding(amounts))
    first = np.searchsorted(above, above - amounts - slack, "left")
    last = np.searchsorted(above, above - amounts + slack, "right") - 1
    enough = (amounts > 0) & (first <= last) & (filled - filled[np.minimum(np.maximum(last, 0), count - 1)] >= 2)
    return np.where(enough, first, none[0]), np.where(enough, last, none[1])


def _rounding(amounts: np.ndarray) -> np.ndarray:
    """By how much each number may miss a sum of the numbers before it because it is rounded: half a unit of its last
    decimal, where one of them has more decimals; else nothing."""
    decimals = np.full(len(amounts), MOST_DECIMALS)
    for count in range(MOST_DECIMALS - 1, -1, -1):
        scaled = amounts * 10.0**count
        decimals[np.abs(scaled - np.round(scaled)) <= SAME * np.maximum(np.abs(scaled), 1.0)] = count
    before = np.concatenate(([0], np.maximum.accumulate(decimals)[:-1])) if len(amounts) else decimals
    return np.where(decimals < before, 0.5 * 10.0**-decimals.astype(float), 0.0)
