"""Figures of a table rounded so that they add up as printed: parts of a row to their whole, a column to its sum."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.report.block import Block
from jaryq.report.shapes import Value

NOISE = 1e-9
"""Of a unit of the last digit: what is left of two equal sums."""
APART = 1e-6
"""Parts and whole that differ by more than this of the whole are none."""

Digits = Sequence[Sequence[int | None]]
"""Decimals of each cell by row and column; None: the cell stays as it is."""


def apportioned(values: Sequence[float], total: int) -> list[int]:
    """Whole numbers that add up to ``total``, each next to its value: the largest remainders are rounded up. What is
    nothing stays nothing."""
    made = [math.floor(value + NOISE) for value in values]
    left = [value - low for value, low in zip(values, made, strict=True)]
    some = [i for i, value in enumerate(values) if abs(value) > NOISE]
    rest, order = total - sum(made), sorted(some, key=lambda i: -left[i])
    if rest < 0:
        order.reverse()
    while rest and order:
        for i in order[:abs(rest)]:
            made[i] += 1 if rest > 0 else -1
        rest = total - sum(made)
    return made


def adding_up(block: Block, digits: Digits) -> tuple[tuple[Value, ...], ...]:
    """The rows as they are printed: a column with a sum adds up to the rounded sum, the parts of a row to its whole
    (``Block.adds``), both at once where both are asked; rows to the row of their sum (``Block.under``). A column of
    figures that stand elsewhere too (``Field.exact``) is rounded cell by cell, bounds so that they hold what is between
    them (``Block.between``). Cells in none of these stay exact."""
    made = [list(row) for row in block.rows]
    for c, field in enumerate(block.fields):
        if field.total and (scale := _scale(digits, range(len(made)), (c,))) is not None:
            _column(made, c, scale, alone=field.exact)
    for whole, parts in block.adds:
        rows = [i for i, row in enumerate(block.rows) if _adds(row, whole, parts)]
        summed = all(block.fields[c].total for c in parts) and len(rows) == len(made)
        scale = _scale(digits, rows, (whole, *parts))
        if summed and scale is not None:
            _both(block, made, whole, parts, scale)
        else:
            for i in rows:
                if (own := _scale(digits, (i,), (whole, *parts))) is not None:
                    _parts(block, made, i, whole, parts, own)
        for sum_, members in block.under:
            if (own := _scale(digits, (sum_, *members), (whole, *parts))) is not None and _stack(block, sum_, members):
                _under(block, made, (sum_, members), (whole, parts), own)
    for amount, least, most in block.between:
        for i in range(len(made)):
            if (own := _scale(digits, (i,), (amount, least, most))) is not None:
                _hold(made, i, (amount, least, most), own)
    return tuple(map(tuple, made))


def _scale(digits: Digits, rows: Sequence[int], columns: Sequence[int]) -> float | None:
    """Units of the last digit in one, where all cells have as many."""
    found = {digits[i][c] for i in rows for c in columns}
    only = found.pop() if len(found) == 1 else None
    return None if only is None else 10.0**only


def _amount(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0.0


def _adds(row: Sequence[Value], whole: int, parts: Sequence[int]) -> bool:
    """Whether the parts of a row are its whole."""
    if not isinstance(row[whole], (int, float)):
        return False
    total = _amount(row[whole])
    return abs(math.fsum(_amount(row[c]) for c in parts) - total) <= APART * max(abs(total), NOISE)


def _put(made: list[list[Value]], i: int, c: int, units: int, scale: float) -> None:
    if isinstance(made[i][c], (int, float)):
        made[i][c] = units / scale


def _hold(made: list[list[Value]], i: int, columns: tuple[int, int, int], scale: float) -> None:
    """Bounds of an amount that is rounded already, moved out by the unit by which it was rounded past them."""
    at, low, high = (round(_amount(made[i][c]) * scale) for c in columns)
    _put(made, i, columns[1], min(low, at), scale)
    _put(made, i, columns[2], max(high, at), scale)


def _column(made: list[list[Value]], c: int, scale: float, *, alone: bool = False) -> None:
    values = [_amount(row[c]) * scale for row in made]
    if alone:
        for i, value in enumerate(values):
            _put(made, i, c, round(value), scale)
        return
    for i, units in enumerate(apportioned(values, round(math.fsum(values)))):
        _put(made, i, c, units, scale)


def _parts(block: Block, made: list[list[Value]], i: int, whole: int, parts: Sequence[int], scale: float) -> None:
    """The parts of one row; its whole is as rounded already."""
    total = round(_amount(made[i][whole]) * scale)
    _put(made, i, whole, total, scale)
    for c, units in zip(parts, apportioned([_amount(block.rows[i][c]) * scale for c in parts], total), strict=True):
        _put(made, i, c, units, scale)


def _both(block: Block, made: list[list[Value]], whole: int, parts: Sequence[int], scale: float) -> None:
    """Parts that add up along the rows and down the columns: rows first, then units move within a row from a column
    that has too much to one that has too little, where that does the least."""
    exact = [[_amount(row[c]) * scale for c in parts] for row in block.rows]
    wholes = [round(_amount(row[whole]) * scale) for row in made]
    asked = apportioned([math.fsum(column) for column in zip(*exact, strict=True)], sum(wholes))
    for i, row in enumerate(_matrix(exact, wholes, asked)):
        _put(made, i, whole, wholes[i], scale)
        for c, amount in zip(parts, row, strict=True):
            _put(made, i, c, amount, scale)


def _stack(block: Block, whole: int, members: Sequence[int]) -> bool:
    """Whether rows add up to another in each column with a figure."""
    return all(_adds([block.rows[i][c] for i in (whole, *members)], 0, range(1, 1 + len(members)))
               for c, value in enumerate(block.rows[whole]) if isinstance(value, (int, float)))


def _under(block: Block, made: list[list[Value]], rows: tuple[int, Sequence[int]], columns: tuple[int, Sequence[int]],
           scale: float) -> None:
    """Rows that add up to another, which is as rounded already, each with its own sum."""
    (total, members), (whole, parts) = rows, columns
    exact = [[_amount(block.rows[i][c]) * scale for c in parts] for i in members]
    wholes = apportioned([math.fsum(row) for row in exact], round(_amount(made[total][whole]) * scale))
    asked = [round(_amount(made[total][c]) * scale) for c in parts]
    for i, of, row in zip(members, wholes, _matrix(exact, wholes, asked), strict=True):
        _put(made, i, whole, of, scale)
        for c, amount in zip(parts, row, strict=True):
            _put(made, i, c, amount, scale)


def _matrix(exact: Sequence[Sequence[float]], wholes: Sequence[int], asked: Sequence[int]) -> list[list[int]]:
    """Whole numbers next to the exact ones, with these sums of rows and of columns as far as what is nothing may stay
    nothing."""
    units = [apportioned(row, total) for row, total in zip(exact, wholes, strict=True)]
    over = [sum(column) - wanted for column, wanted in zip(zip(*units, strict=True), asked, strict=True)]
    while any(over):
        high, low = over.index(max(over)), over.index(min(over))
        able = [i for i, row in enumerate(exact) if abs(row[high]) > NOISE and abs(row[low]) > NOISE]
        if not able or over[high] <= 0:
            break
        i = min(able, key=lambda i: units[i][low] - exact[i][low] - units[i][high] + exact[i][high])
        units[i][high] -= 1
        units[i][low] += 1
        over[high] -= 1
        over[low] += 1
    return units
