"""Years of one row after a shift: amounts move, levels are as they were until they come.

The rules are those of docs/numbers.md (Scenarios that shift).

Years without a column and years with a blank cell are the same. A row is its cells by year, None where blank.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jaryq.sheets.spec import Yearly

Cells = Mapping[int, object]
Row = Mapping[str, object]
Window = tuple[float, float]
"""First and last year."""

SAME = 1e-12
"""Relative: a figure that growth brings to the same is the same."""


@dataclass(frozen=True)
class Step:
    """By how many years, and which years ``moves``; ``plan_from`` and ``last``: the planned years (``last`` None: not
    known)."""

    by: int
    plan_from: int
    last: int | None
    moves: Callable[[int], bool]


def number_in(value: object) -> float | None:
    """A number, or None."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def meant(yearly: Yearly, cells: Cells, row: Row, year: int) -> object:
    """What holds in a year: its cell, or what a blank goes on from the years before; None where it does not."""
    if cells.get(year) is not None:
        return cells[year]
    stated = [each for each, value in cells.items() if value is not None]
    before = max((each for each in stated if each < year), default=None)
    if before is None or (max(stated) > year and not yearly.carried):
        return None
    if yearly.then:
        return row.get(yearly.then)
    value, rate = number_in(cells[before]), number_in(row.get(yearly.grows))
    if value is not None and rate is not None:
        return value * (1.0 + rate / 100.0) ** (year - before)
    return cells[before] if yearly.carried else None


def level(step: Step, yearly: Yearly, cells: Cells, row: Row) -> dict[int, object]:
    """Levels after a shift. A year that a level leaves is as the year before it, the first planned one as it was; a
    blank that would no longer mean what it did says it."""
    new: dict[int, object] = {year: value for year, value in cells.items() if year < step.plan_from}
    after: dict[int, object] = {}
    ends = [year for year, value in cells.items() if value is not None]
    for year in range(step.plan_from, max(ends, default=step.plan_from) + abs(step.by) + 2):
        source = year - step.by
        if source >= step.plan_from and step.moves(source):
            value, new[year] = meant(yearly, cells, row, source), cells.get(source)
            if value is None and not step.moves(year):
                value, new[year] = meant(yearly, cells, row, year), cells.get(year)
        elif step.moves(year) and year > step.plan_from:
            value, new[year] = after[year - 1], None
        else:
            value, new[year] = meant(yearly, cells, row, year), cells.get(year)
        after[year] = value
        if value is not None and not _same(meant(yearly, new, row, year), value):
            new[year] = value
    return new


def _same(one: object, other: object) -> bool:
    a, b = number_in(one), number_in(other)
    return one == other if a is None or b is None else math.isclose(a, b, rel_tol=SAME, abs_tol=0.0)


def amounts(step: Step, yearly: Yearly, cells: Cells) -> dict[int, object]:
    """Work and rules after a shift: what leaves a year leaves it blank. Work that comes to work stands on top of it; a
    rule takes the place of the one that stood there."""
    leave = {year: value for year, value in cells.items() if value is not None and step.moves(year)}
    new: dict[int, object] = {year: None if year in leave else value for year, value in cells.items()}
    for year, value in sorted(leave.items()):
        if year + step.by >= step.plan_from:
            there = new.get(year + step.by) if yearly.late == "work" else None
            new[year + step.by] = _sum(there, value)
    return new


def ceilings(step: Step, cells: Cells, draws: Window, later: Window, *, goes_on: bool) -> dict[int, object]:
    """Ceilings after a shift, 0 in what they leave, or what was there where money ``goes_on``; ``draws`` and ``later``:
    the years of draws before and after it.

    A blank in a planned year of draws is no limit, and moves as such; outside of them it is no money."""
    stated = {year: value for year, value in cells.items() if value is not None}
    end = max([*stated, step.plan_from, *([] if step.last is None else [step.last])])
    leave = {year for year in range(step.plan_from, end + 1) if step.moves(year)}
    free = {year for year in range(step.plan_from, (step.last or 0) + 1)
            if year not in stated and draws[0] <= year <= draws[1]}
    new: dict[int, object] = stated | ({} if goes_on else dict.fromkeys(leave, 0))
    for year in sorted(leave):
        to = year + step.by
        if to < step.plan_from or (to in free and to not in leave):
            continue
        if year in free:
            new[to] = None
        elif year in stated:
            new[to] = stated[year] if to in leave else _sum(stated.get(to), stated[year])
        elif to in leave or to not in stated:
            new[to] = 0 if later[0] <= to <= later[1] else None
    return new


def _sum(one: object, other: object) -> object:
    """Both together; what is no number is put in the place of what is there."""
    a, b = number_in(one), number_in(other)
    return other if a is None or b is None else a + b
