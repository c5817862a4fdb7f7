"""What a broken input may be once it is mended: in place of each broken cell values that it may hold then. What is
found whichever of them stands there does not come from what is broken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase as LETTERS

from jaryq.base.issues import Issue, stops
from jaryq.rules.consequences import YEARS
from jaryq.rules.run import structure
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Cell, Column
from jaryq.tables.keys import reference, references
from jaryq.tables.tables import Table, Tables

ROWS, MOST, FEW = 60_000, 40, 4
"""Rows that are looked at in all; inputs that are tried at most, and at least in a large one."""

TRIES = 5
"""Values that are tried in a cell where rules refuse one beside others."""

FAR = 100.0
"""How far a number without a bound may lie beyond those of its column."""

MAY_GO = frozenset({"facilities", "networks", "trenches", "progress", "last_plan", "crew_needs", "targets",
                    "source_groups", "scenarios", "scenario_changes", "uncertainty"})
"""Sheets whose rows may be left out without changing what is meant by those of projects."""


@dataclass(frozen=True)
class Gap:
    """A broken cell, and what it may hold; ``all_of_them``: nothing that matters to a rule is missing there."""

    sheet: str
    position: int
    heading: str
    values: tuple[Cell, ...]
    all_of_them: bool


@dataclass(frozen=True)
class Mendings:
    """Inputs that may come of a broken one. ``open``: headings that may hold names that were not tried; ``without``:
    sheets of which some row had to be left out."""

    tables: tuple[Tables, ...] = ()
    open: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


NONE = Mendings()


def mendings(tables: Tables, found: Sequence[Issue]) -> Mendings:
    """Inputs that may come of this one when all that stops is mended; none where a stop is about more than a row, or
    about the years of the plan, or some are only counted."""
    places = {name: {str(row): at for at, row in enumerate(table.rows)} for name, table in tables.sheets.items()}
    bad = {(issue.sheet, places.get(issue.sheet, {}).get(issue.cell.lstrip(LETTERS)), issue.column): issue
           for issue in stops(found)}
    if any(issue.code == "more_of_the_same" for issue in found) or any(
            at is None or sheet not in INPUT or (sheet == SETTINGS.name and column in YEARS)
            for sheet, at, column in bad):
        return NONE
    most = min(MOST, max(FEW, ROWS // max(1, sum(map(len, tables.sheets.values())))))
    rows = {(sheet, at) for sheet, at, _ in bad if at is not None}
    gaps, gone = list[Gap](), set[tuple[str, int]]()

    @cache
    def sound(sheet: str, column: str) -> Sequence[Cell]:
        return _sound(tables[sheet], column, {at for name, at in rows if name == sheet})

    for (sheet, at, column), issue in bad.items():
        assert at is not None
        gap = _gap(tables, sheet, at, column, sound, most)
        if gap is None or (issue.code == "duplicate_key" and len(INPUT[sheet].key) > 1):
            gone.add((sheet, at))
        else:
            gaps.append(gap)
    count = min(most, max((len(gap.values) for gap in gaps), default=1))
    made, without = list[Tables](), set[str]()
    for turn in range(count):
        one, left_out = _made(tables, gaps, turn, gone)
        if one is not None:
            made.append(one)
            without |= left_out
    return Mendings(tuple(made), frozenset(gap.heading for gap in gaps if not gap.all_of_them), frozenset(without))


def _gap(tables: Tables, sheet: str, at: int, column: str, sound: Callable[[str, str], Sequence[Cell]],
         most: int) -> Gap | None:
    """A broken cell with what it may hold; None where that cannot be said."""
    of = SETTING_AT.get(column) if sheet == SETTINGS.name else INPUT[sheet].column(column)
    if of is None:
        return None
    heading = "value" if sheet == SETTINGS.name else column
    others = [] if sheet == SETTINGS.name else sound(sheet, column)
    blank: list[Cell] = [] if of.required else [None]
    if of.kind in ("number", "integer"):
        return Gap(sheet, at, heading, (*blank, *_numbers(of, others)), True)
    if of.kind == "yes_no":
        return Gap(sheet, at, heading, (*blank, True, False), True)
    if of.numbers:
        return Gap(sheet, at, heading, (*blank, *others[:most - 1]) or (of.example,), True)
    if sheet != SETTINGS.name and column == INPUT[sheet].key[0] and not reference(sheet, of):
        return Gap(sheet, at, heading, (f"?{tables[sheet].rows[at]}",), False)
    names = list(of.one_of) or [key for name in filter(None, reference(sheet, of).split("|"))
                                for key in dict.fromkeys(tables.get(name).values.get(INPUT[name].key[0], ()))
                                if key is not None]
    closed = bool(of.one_of or reference(sheet, of)) and len(names) < most
    if not closed and of.required and sheet in MAY_GO:
        return None
    return Gap(sheet, at, heading, (*blank, *(names if closed else others[:FEW])) or (of.example,), closed)


def _sound(table: Table, column: str, without: Collection[int]) -> Sequence[Cell]:
    """Values of a column, of a family those of all its columns, in rows that nothing stops."""
    of = INPUT[table.sheet].column(column)
    return list(dict.fromkeys(
        value for name, cells in table.values.items()
        if name == column or (of is not None and of.family and INPUT[table.sheet].column(name) is of)
        for at, value in enumerate(cells) if value is not None and at not in without))


def _numbers(of: Column, others: Sequence[Cell]) -> Iterator[Cell]:
    """The least, the middle and the greatest number of the column and its bounds; without them far less and far
    more."""
    numbers = sorted(value for value in (*others, of.example) if isinstance(value, int | float))
    if not any(value > 0 for value in numbers):
        numbers.append(1.0)
    least = min(numbers[0] / FAR, numbers[0]) if of.ge is None else of.ge
    most = max(numbers[-1] * FAR, numbers[-1]) if of.le is None else of.le
    for value in dict.fromkeys((numbers[0], numbers[len(numbers) // 2], numbers[-1], least, most)):
        yield int(value) if of.kind == "integer" else float(value)


def _made(tables: Tables, gaps: Sequence[Gap], turn: int,
          gone: set[tuple[str, int]]) -> tuple[Tables | None, set[str]]:
    """The input with one of the values in each broken cell. Where rules refuse it, others are tried in its row; then
    the row is left out, if it may be."""
    turns = [turn] * len(gaps)
    for _ in range(TRIES):
        filled = _filled(tables, gaps, turns)
        if gone:
            break
        if not _stated(filled) or not _refers(filled):
            return None, set()
        refused = {(issue.sheet, issue.cell.lstrip(LETTERS)) for issue in stops(structure(filled))}
        if not refused:
            return filled, set()
        moved = [at for at, gap in enumerate(gaps)
                 if (gap.sheet, str(tables[gap.sheet].rows[gap.position])) in refused]
        if not moved:
            return None, set()
        for at in moved:
            turns[at] += 1
    else:
        gone = {(gap.sheet, gap.position) for gap in gaps
                if (gap.sheet, str(tables[gap.sheet].rows[gap.position])) in refused}
    if any(sheet not in MAY_GO for sheet, _ in gone):
        return None, set()
    left, lost = without_rows(filled, gone)
    sound = _stated(left) and _refers(left) and not stops(structure(left))
    return (left, lost) if sound else (None, set())


def _stated(tables: Tables) -> bool:
    """Whether every cell that must be filled in is: nothing that stops went without its place."""
    return not any(column.required and None in table.values.get(column.name, ()) for name, table in
                   tables.sheets.items() if name in INPUT for column in INPUT[name].columns)


def _refers(tables: Tables) -> bool:
    """Whether each name of a row of another sheet finds it: not where the key of a row that others name is broken."""
    return not any(references(INPUT[name], table, tables)[1] for name, table in tables.sheets.items()
                   if name in INPUT)


def _filled(tables: Tables, gaps: Sequence[Gap], turns: Sequence[int]) -> Tables:
    made: dict[str, dict[str, list[Cell]]] = {}
    for gap, turn in zip(gaps, turns, strict=True):
        table, columns = tables[gap.sheet], made.setdefault(gap.sheet, {})
        if gap.heading not in columns:
            columns[gap.heading] = list(table.values.get(gap.heading, (None,) * len(table)))
        columns[gap.heading][gap.position] = gap.values[turn % len(gap.values)]
    for sheet, columns in made.items():
        tables = tables.with_sheet(tables[sheet].with_columns(columns))
    return tables


def without_rows(tables: Tables, gone: set[tuple[str, int]]) -> tuple[Tables, set[str]]:
    """The tables without some rows and all that refer to them, and the sheets of which a row is left out."""
    lost: dict[str, set[object]] = {}
    for name in dict.fromkeys(sheet for sheet, _ in gone):
        tables, lost[name] = _without(tables, tables[name], [at for sheet, at in gone if sheet == name])
    for sheet in INPUTS:
        for column in sheet.columns:
            keys = set[object]().union(*(lost.get(name, set()) for name in reference(sheet.name, column).split("|")))
            if keys and sheet.name in tables and column.name in tables[sheet.name].values:
                said = tables[sheet.name].values[column.name]
                tables, mine = _without(tables, tables[sheet.name], [at for at, key in enumerate(said) if key in keys])
                if mine:
                    lost.setdefault(sheet.name, set()).update(mine)
    return tables, {*lost}


def _without(tables: Tables, table: Table, positions: Sequence[int]) -> tuple[Tables, set[object]]:
    """The tables without some rows of one, and the keys of those."""
    if not positions:
        return tables, set()
    keys, left = table.values[INPUT[table.sheet].key[0]], set(positions)
    kept = table.at([at for at in range(len(table)) if at not in left])
    return tables.with_sheet(kept), {keys[at] for at in positions} - {None}
