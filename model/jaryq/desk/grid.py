"""A sheet as a grid: its columns by their declarations, its rows, and what is marked in them. Plain values, no
widgets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.severity import NAMES, SEVERITIES
from jaryq.base.text import Lang
from jaryq.desk.draft import Draft
from jaryq.desk.said import column_of, shown_of
from jaryq.sheets.describe import rules, title, unit
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Column
from jaryq.sheets.words import ESTIMATED
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.highlight import shows_status

MOST = 2000
"""Rows that are shown at once; more would make the browser slow."""

LONGEST_NOTE = 2000
ROW, MARKS, TIPS, CHOICES = "row", "marks", "tips", "choices"
"""Fields of a row beside its cells: the number of its row, marks and tips by column, choices of single cells."""


@dataclass(frozen=True)
class Head:
    """A column of the grid. ``field``: its letters in the worksheet; ``choices``: of its drop-down, if it has one."""

    field: str
    name: str
    title: str
    unit: str
    note: str
    number: bool
    key: bool
    width: int
    choices: tuple[str, ...] = ()


def heads_of(draft: Draft, sheet: str, lang: Lang) -> list[Head]:
    """The columns of a sheet as they stand in the file."""
    table, declared = draft.tables[sheet], INPUT[sheet]
    return [_head(column, name, letter, draft, sheet, lang) for name, letter in table.columns.items()
            if name in table.values and (column := declared.column(name)) is not None]


def _head(column: Column, name: str, letter: str, draft: Draft, sheet: str, lang: Lang) -> Head:
    note = "\n".join([column.note.say(lang), *rules(column, lang, sheet)])
    return Head(letter, name, title(column, name, lang), unit(column, lang), note, column.kind in ("number", "integer"),
                name in INPUT[sheet].key, column.width,
                _choices(column, draft.tables[sheet].values[name], draft.tables))


def _choices(column: Column, there: Sequence[Any], tables: Tables) -> tuple[str, ...]:
    """What may stand in a cell, and what stands there already (a selector among keys)."""
    if column.kind == "yes_no":
        return ("yes", "no")
    if column.one_of:
        return column.one_of
    if not column.ref:
        return ()
    keys = [str(key) for sheet in column.ref.split("|") for key in _keys(tables.get(sheet), sheet) if key is not None]
    more = [HOME_CURRENCY] if column.ref == "currencies" else []
    return tuple(dict.fromkeys([*more, *keys, *(str(value) for value in there if isinstance(value, str))]))


def _keys(table: Table, sheet: str) -> Sequence[Any]:
    key = INPUT[sheet].key
    return table.values.get(key[0], ()) if key else ()


def rows_of(draft: Draft, sheet: str, lang: Lang, first: int = 0) -> list[dict[str, Any]]:
    """Rows from a position on, ``MOST`` at most."""
    table = draft.tables[sheet]
    shown = range(first, min(first + MOST, len(table)))
    marks, tips = marks_of(draft.issues, sheet, lang, table.rows[first:shown.stop]), _statuses(table, sheet, shown)
    fields = {name: letter for name, letter in table.columns.items()
              if name in table.values and INPUT[sheet].column(name) is not None}
    made = []
    for position in shown:
        row = table.rows[position]
        cells: dict[str, Any] = {letter: shown_of(table.values[name][position]) for name, letter in fields.items()}
        of_row = {**{fields[name]: ("status", status) for name, status in tips[position - first].items()
                     if name in fields},
                  **{letter: marks[row, letter] for letter in fields.values() if (row, letter) in marks}}
        made.append({**cells, ROW: row,
                     MARKS: {letter: mark if mark != "status" else said for letter, (mark, said) in of_row.items()},
                     TIPS: {letter: said for letter, (_, said) in of_row.items()},
                     CHOICES: _of_row(draft, sheet, row, table),
                     "fixed": [letter for letter in fields.values() if draft.has_formula(sheet, row, letter)]})
    return made


def _of_row(draft: Draft, sheet: str, row: int, table: Table) -> dict[str, list[str]]:
    """Drop-downs of single cells: each setting has its own."""
    if INPUT[sheet] is not SETTINGS or "value" not in table.columns:
        return {}
    column = column_of(SETTINGS, table, row, "value")
    choices = _choices(column, (), draft.tables) if column is not None else ()
    return {table.columns["value"]: ["", *choices]} if choices else {}


def marks_of(issues: Sequence[Issue], sheet: str, lang: Lang,
             rows: Collection[int] | None = None) -> dict[tuple[int, str], tuple[str, str]]:
    """The gravest severity and all sentences of each cell that has issues (of some ``rows``); of an issue of a whole
    row, on the first column that the row has."""
    found: dict[tuple[int, str], tuple[str, str]] = {}
    wanted = None if rows is None else frozenset(map(str, rows))
    for issue in sorted(issues, key=lambda one: SEVERITIES.index(one.severity)):
        letter = issue.cell.rstrip("0123456789")
        digits = issue.cell[len(letter):]
        if issue.sheet == sheet and digits and (wanted is None or digits in wanted):
            place, text = (int(digits), letter or "A"), told(issue, lang)
            before = found.get(place)
            found[place] = (before[0], f"{before[1]}\n\n{text}"[:LONGEST_NOTE]) if before else (issue.severity, text)
    return found


def told(issue: Issue, lang: Lang) -> str:
    """What is wrong and how to mend it, in one line each."""
    scenario = f" ({issue.scenario})" if issue.scenario else ""
    return f"{NAMES[issue.severity].say(lang)}{scenario}: {issue.rule(lang)}. {issue.remedy(lang)}"


def _statuses(table: Table, sheet: str, positions: range) -> list[dict[str, str]]:
    """By position, the columns whose figures are estimates or illustrative, and which."""
    declared, values = INPUT[sheet], table.values
    shown = [name for name in table.columns if name in values and shows_status(declared, name, declared.column(name))]
    if "data_status" not in values:
        return [{} for _ in positions]
    return [dict(_status(position, shown, table)) for position in positions]


def _status(position: int, shown: Sequence[str], table: Table) -> Iterator[tuple[str, str]]:
    values: Mapping[str, Sequence[Any]] = table.values
    of_row = values["data_status"][position] or "estimate"
    listed = values[ESTIMATED.name][position] if ESTIMATED.name in values else None
    estimated = {part.strip() for part in str(listed or "").split(";")}
    for name in shown:
        status = "estimate" if name in estimated and of_row != "illustrative" else of_row
        if values[name][position] is not None and status in ("estimate", "illustrative"):
            yield name, str(status)
