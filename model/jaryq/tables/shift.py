"""Scenario changes that move dates and columns of years by a number of years: what is late, is late with all its years.

The rules are those of docs/numbers.md (Scenarios). What lies before the first planned year stays where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Column
from jaryq.tables.called import BY_NAME
from jaryq.tables.change import Change
from jaryq.tables.chosen import chosen
from jaryq.tables.fault import hinted, near
from jaryq.tables.programme import PROGRAMME, Part, Parts, parts_of_programme, stands_at_year_ends, windows
from jaryq.tables.selector import BadSelector, years
from jaryq.tables.shift_years import Step, Window, amounts, ceilings, level
from jaryq.tables.tables import Table, Tables, letters

STAY = ("year_built", "replaced")
"""Years of what is: nothing that is done later moves them."""
FROM_START = ("earliest", "available_from", "ramp_from")
"""Dates that, blank, mean the first planned year: what is late has one."""
RAMPED = ("ramp_up", "ramp_down")
"""What a row has a ramp by, which then begins."""
TO_END = ("latest", "available_to")
"""Dates that, blank, mean the last planned year: what is earlier has one."""
MOST = 30
ALWAYS: Window = (-math.inf, math.inf)

Moved = tuple[str, int, str, object, object]
"""Sheet, position of the row, heading, what stood there, what stands there now."""


@dataclass(frozen=True)
class _Asked:
    """A change read: by how many years, which years of values, in which planned years; ``tables``: as they were."""

    change: Change
    by: int
    span: tuple[int, int] | None
    plan_from: int
    last: int | None
    tables: Tables

    def moves(self, year: object) -> bool:
        """Whether what stands in this year moves."""
        return (isinstance(year, (int, float)) and not isinstance(year, bool) and year >= self.plan_from
                and (self.span is None or self.span[0] <= year <= self.span[1]))


def shifted(tables: Tables, change: Change) -> tuple[Tables, tuple[Moved, ...], list[Issue]]:
    """The tables with the dates and year columns moved, each cell that changed, and the issues of the change."""
    asked = _read(tables, change)
    if isinstance(asked, Issue):
        return tables, (), [asked]
    found = _parts(asked)
    if isinstance(found, Issue):
        return tables, (), [found]
    moved: list[Moved] = []
    issues = [change.issue("repaired_letters", "selector", said, read=key, why=BY_NAME)
              for said, key in found.told.items()]
    for part in found.parts:
        tables, done, lost = _part(tables, asked, part, ends_move=found.ends_move)
        moved += done
        issues += lost
    for (sheet, at, heading), value in found.stated.items() if moved else ():
        tables = tables.with_sheet(_with(tables[sheet], [(sheet, at, heading, None, value)]))
        moved.append((sheet, at, heading, None, value))
    if not moved and not issues:
        detail = Text("no year moves", "ни один год не сдвигается")
        issues.append(change.issue("change_matches_nothing", "selector", change.selector, detail=detail))
    return tables, tuple(moved), issues


def _read(tables: Tables, change: Change) -> _Asked | Issue:
    text = str(change.value if change.value is not None else "").strip().replace("−", "-")
    try:
        by = int(float(text)) if float(text).is_integer() else 0
    except (ValueError, OverflowError):
        by = 0
    if not by or abs(by) > MOST:
        detail = Text(f"shift needs a whole number of years from -{MOST} to {MOST}, not 0",
                      f"shift требует целого числа лет от -{MOST} до {MOST}, не 0")
        return change.issue("change_unfit", "value", change.value, detail=detail)
    try:
        span = years(change.years, 1900, 2200)
    except BadSelector as error:
        return change.issue("change_unfit", "years", change.years, detail=error.text)
    stated = {row.get("setting"): row.get("value") for _, row in tables.get("settings").records()}
    start, last = stated.get("plan_from") or stated.get("first_year"), stated.get("last_year")
    return _Asked(change, by, span, start if isinstance(start, int) else 1900, last if isinstance(last, int) else None,
                  tables)


def _parts(asked: _Asked) -> Parts | Issue:
    """Sheets, the columns that move on each, and the rows."""
    tables, change = asked.tables, asked.change
    if change.table == PROGRAMME:
        return parts_of_programme(tables, change, asked.plan_from, asked.last if asked.moves(asked.last) else None,
                                  later=asked.by > 0)
    if change.table not in INPUT or INPUT[change.table].free:
        return change.issue("change_unfit", "sheet", change.table,
                            detail=hinted("no such sheet", "такого листа нет",
                                          near(change.table, [*INPUT, PROGRAMME])))
    if change.table not in tables or not len(tables[change.table]):
        return change.issue("change_matches_nothing", "sheet", change.table,
                            detail=Text("the sheet is empty", "лист пуст"))
    timed = _timed(change.table)
    wanted = tuple(name for name in timed if not change.column or name.rstrip("_") == change.column.rstrip("_"))
    if not wanted:
        detail = hinted("the column holds no years", "в столбце нет лет", near(change.column, timed))
        return change.issue("change_unfit", "column", change.column, detail=detail)
    if change.table == SETTINGS.name and not change.selector:
        detail = Text("name the setting: setting=last_year", "назовите настройку: setting=last_year")
        return change.issue("change_unfit", "selector", change.selector, detail=detail)
    try:
        found = chosen(tables, change.table, change.selector)
    except BadSelector as error:
        return change.issue("change_unfit", "selector", change.selector, detail=error.text)
    return Parts((Part(change.table, wanted, found.rows),), found.told, {})


def _timed(sheet: str) -> list[str]:
    """Columns of a sheet that hold a year, stand for one, or hold years as text."""
    if sheet == SETTINGS.name:
        return ["value"]
    return [column.name for column in INPUT[sheet].columns
            if column.name not in STAY and (column.unit == "year" or column.family == "year" or column.name == "years")]


def _part(tables: Tables, asked: _Asked, part: Part, *, ends_move: bool) -> tuple[Tables, list[Moved], list[Issue]]:
    """One sheet with some cells moved, what changed on it, and what was lost."""
    sheet = part.sheet
    table = tables[sheet]
    records = dict(table.records())
    new: dict[tuple[int, str], object] = {}
    issues: list[Issue] = []
    draws, later = (windows(found) for found in (asked.tables, tables))
    for name in part.columns:
        column = INPUT[sheet].at[name]
        for position in part.rows:
            if column.yearly is not None:
                source = records[position].get("source_id")
                cells = _years(asked, part, column, records[position],
                               (draws.get(source, ALWAYS), later.get(source, ALWAYS)))
                new |= {(position, f"{name}{year}"): value for year, value in cells.items()}
                issues += _lost(asked, column, records[position], cells)
            elif sheet != SETTINGS.name or records[position].get("setting") in _YEARS_OF_SETTINGS:
                new[position, name] = _date(asked, sheet, name, records[position], ends_move=ends_move)
    moved = [(sheet, position, heading, records[position].get(heading), value)
             for (position, heading), value in new.items() if value != records[position].get(heading)]
    return tables.with_sheet(_with(table, moved)), moved, issues


_YEARS_OF_SETTINGS = frozenset(column.name for column in SETTING_COLUMNS if column.unit == "year")


def _years(asked: _Asked, part: Part, column: Column, row: Mapping[str, object],
           draws: tuple[Window, Window]) -> dict[int, object]:
    """The members of a family in a row after the shift; ``draws``: of its source, before and after."""
    yearly = column.yearly
    assert yearly is not None
    cells = _cells(column, row)
    begin = draws[0][0] if part.goes_on else asked.plan_from
    step = Step(asked.by, asked.plan_from, asked.last, lambda year: year >= begin and asked.moves(year))
    if yearly.late == "money":
        return ceilings(step, cells, *draws, goes_on=part.goes_on)
    return level(step, yearly, cells, row) if yearly.late == "level" else amounts(step, yearly, cells)


def _cells(column: Column, row: Mapping[str, object]) -> dict[int, object]:
    return {int(heading[-4:]): value for heading, value in row.items() if column.takes(heading)}


def _lost(asked: _Asked, column: Column, row: Mapping[str, object], after: Mapping[int, object]) -> Iterator[Issue]:
    """What falls before the first planned year; not what the first planned year goes on with."""
    for year, value in _cells(column, row).items():
        goes_on = column.yearly is not None and column.yearly.carried and after.get(asked.plan_from) == value
        if value is not None and asked.moves(year) and year + asked.by < asked.plan_from and not goes_on:
            yield asked.change.issue("shift_lost", "value", value, year=year)


def _date(asked: _Asked, sheet: str, name: str, row: Mapping[str, object], *, ends_move: bool) -> object:
    """A year later, a range later in both ends, or, where blank means the start or the end, that so much later or
    earlier; a blank goes with an end that moves itself."""
    value = row.get(name)
    if value is None:
        there = name != "ramp_from" or any(row.get(limit) is not None for limit in RAMPED)
        if name in FROM_START and there and asked.by > 0 and asked.moves(asked.plan_from):
            return asked.plan_from + asked.by
        if name in TO_END and asked.by < 0 and asked.last is not None and asked.moves(asked.last) and not ends_move:
            return asked.last + asked.by
        if sheet == "targets" and stands_at_year_ends(asked.tables, row):
            return _planned(asked, ends_move=ends_move)
        return None
    if isinstance(value, str):
        ends = [part.strip() for part in value.split("-")]
        if not all(end.isdigit() for end in ends):
            return value
        return "-".join(str(int(end) + asked.by) if asked.moves(int(end)) else end for end in ends)
    return int(value) + asked.by if asked.moves(value) else value  # type: ignore[call-overload]


def _planned(asked: _Asked, *, ends_move: bool) -> str | None:
    """All planned years later, or earlier in their end; None where they are all the planned years again."""
    first, last = asked.plan_from, asked.last
    if last is None or (asked.by < 0 and ends_move):
        return None
    if asked.by > 0 and asked.moves(first):
        first += asked.by
    if asked.moves(last) and (asked.by < 0 or ends_move):
        last += asked.by
    return f"{first}-{last}" if (first, last) != (asked.plan_from, asked.last) and first <= last else None


def _with(table: Table, moved: list[Moved]) -> Table:
    """The table with the values in place; columns that are not there are made at its right edge."""
    names, columns = list(table.values), dict(table.columns)
    cells: dict[str, list[object]] = {}
    for _, position, heading, _, value in moved:
        if heading not in cells:
            cells[heading] = list(table.values[heading]) if heading in names else [None] * len(table)
        if heading not in names:
            names.append(heading)
            taken = {*columns.values()}
            columns[heading] = next(free for n in count(len(names)) if (free := letters(n)) not in taken)
        cells[heading][position] = value
    return Table(table.sheet, table.with_columns(cells).values, table.rows, columns, table.heading_row, table.heads)
