"""Older workbooks: one small step for each change of the workbook's form, from the version that stands in its settings
to this one.

A version is a form of the input workbook: names of sheets and columns and the meaning of their values. A workbook
without ``schema_version`` has version 1. To change the form: raise ``SCHEMA_VERSION`` (model/jaryq/sheets/settings.py)
and add a :class:`Step` to ``STEPS``. An older workbook is read by the declaration of its own version, then taken
through the steps that follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jaryq.base.issues import Issue
from jaryq.sheets.aliases import setting_called
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.tables.convert import convert
from jaryq.tables.migrate_notes import told
from jaryq.tables.tables import FIRST_DATA_ROW, Tables, columns_of

FIRST_VERSION = 1
"""The version of a workbook that does not say one."""

VERSION = "schema_version"
DECLARED = SETTING_AT[VERSION]

Sheets = tuple[Sheet, ...]
Changed = tuple[Tables, list[Issue]]


def _as_it_is(sheets: Sheets) -> Sheets:
    return sheets


def _no_change(tables: Tables) -> Changed:
    return tables, []


@dataclass(frozen=True)
class Step:
    """The change from version ``to`` - 1 to ``to``.

    ``before`` gives the declaration of version ``to`` - 1 from that of ``to`` (so that old names are known when an old
    workbook is read); ``change`` takes its tables to ``to`` and tells what was changed as notes with the cells
    (``note`` of ``migrate_notes``). The sheet ``settings`` and its columns ``setting`` and ``value`` keep their names
    in all versions: the version stands there.
    """

    to: int
    change: Callable[[Tables], Changed] = _no_change
    before: Callable[[Sheets], Sheets] = _as_it_is


STEPS: tuple[Step, ...] = (
    # Version 2: the version itself is written by the template and checked at reading; nothing was renamed.
    Step(2),
    # Version 3: quantities and other means of what works are worth; no cell changes. What means something else is told.
    Step(3, lambda tables: (tables, told(tables, 3))),
)


def version_of(tables: Tables) -> int:
    """The version that a workbook says it has; 1 where it says none (or something that is no version: the rules tell
    that)."""
    position = _row_of_version(tables)
    value = None if position is None else convert(DECLARED, tables[SETTINGS.name].values["value"][position])[0]
    return value if isinstance(value, int) else FIRST_VERSION


def _is_unsound(tables: Tables) -> bool:
    """Whether something stands in place of the version that is none."""
    position = _row_of_version(tables)
    value = None if position is None else tables[SETTINGS.name].values["value"][position]
    return value is not None and not isinstance(convert(DECLARED, value)[0], int)


def current() -> int:
    """The version of this program's form."""
    return STEPS[-1].to if STEPS else FIRST_VERSION


def declared_at(version: int, sheets: Sheets = INPUTS) -> Sheets:
    """The declaration of an older version; ``sheets`` itself where no step between changes it."""
    for step in reversed(STEPS):
        if step.to > version:
            sheets = step.before(sheets)
    return sheets


def migrate(tables: Tables, version: int) -> Changed:
    """Tables of ``version`` in the form of this program, and notes of what was changed. Nothing is done to a current or
    newer one."""
    notes: list[Issue] = []
    for step in STEPS:
        if step.to > version:
            tables, found = step.change(tables)
            notes += found
    return (stamped(tables, add=False) if version < current() and not _is_unsound(tables) else tables), notes


def newer(tables: Tables) -> list[Issue]:
    """The issue of a workbook that was made by a newer program."""
    version = version_of(tables)
    if version <= current():
        return []
    position = _row_of_version(tables)
    cell = "" if position is None else tables[SETTINGS.name].cell(position, "value")
    return [Issue("newer_version", SETTINGS.name, cell, VERSION, str(version), {"known": current()})]


def stamped(tables: Tables, add: bool = True) -> Tables:
    """The tables with this program's version in their settings; ``add``: with a row for it where there is none."""
    table = tables.get(SETTINGS.name)
    position = _row_of_version(tables)
    if position is None and (not add or not {"setting", "value"} <= table.values.keys()):
        return tables
    records = [dict(record) for _, record in table.records()]
    rows = table.rows
    if position is None:
        records.append({"setting": VERSION, "value": float(current())})
        rows = (*rows, max(rows, default=FIRST_DATA_ROW - 1) + 1)
    else:
        records[position]["value"] = float(current())  # as a reader gives it
    return tables.with_sheet(replace(table, values=columns_of(records, table.values), rows=rows))


def _row_of_version(tables: Tables) -> int | None:
    values = tables.get(SETTINGS.name).values
    if not {"setting", "value"} <= values.keys():
        return None
    called = (setting_called(str(name)) for name in values["setting"])
    return next((i for i, setting in enumerate(called) if setting is not None and setting.name == VERSION), None)
