"""Cells that name columns of their own sheet (``estimated``): by heading or title, in any language, several separated
by semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jaryq.base.issues import Issue, capped
from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.sheets.aliases import heading, spellings
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.fault import near
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import show

TITLE = Text("the heading of the column", "заголовок столбца")
NO_FIGURES = frozenset({"data_status", "source", "note"})
"""Columns that say of a row where it comes from."""

_OTHER_SIGNS = re.compile(r"[,|\n]")


def mend_headings(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with such cells as headings say them; a note for what was read so, a stop for what is no column with
    figures of a row (only the rest of the cell stays)."""
    issues: list[Issue] = []
    for table in tables.sheets.values():
        mended, found = _all_mended(table)
        issues += found
        if mended is not table:
            tables = tables.with_sheet(mended)
    return tables, issues


@once
def _all_mended(table: Table) -> tuple[Table, list[Issue]]:
    sheet, issues = INPUT[table.sheet], list[Issue]()
    for column in sheet.columns:
        if column.headings and column.name in table.columns:
            table, found = _mended(table, sheet, column)
            issues += capped(found)
    return table, issues


def _mended(table: Table, sheet: Sheet, column: Column) -> tuple[Table, list[Issue]]:
    cells = list(table.values[column.name])
    issues: list[Issue] = []
    for position, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        read: list[str] = []
        place = (table.sheet, table.cell(position, column.name), column.name, show(cell))
        for piece in _pieces(sheet, column, cell):
            found = _figure(sheet, column, piece)
            if found is None:
                hint = near(piece, {said: name for said, name in spellings(sheet).items()
                                    if _figure(sheet, column, name)})
                issues.append(Issue("figure_unknown", *place, {"name": piece, "hint": hint}))
            else:
                read.append(found)
                if found != piece:
                    issues.append(Issue("repaired_letters", *place, {"read": found, "why": TITLE}))
        said = "; ".join(dict.fromkeys(read)) or None
        cells[position] = cell if said == cell else said
    return table.with_column(column.name, cells), issues


def _pieces(sheet: Sheet, column: Column, cell: str) -> Iterator[str]:
    """The names in a cell. Where people wrote another sign between them it is taken for the semicolon, if each piece is
    a column then."""
    for piece in filter(None, map(str.strip, cell.split(";"))):
        parts = [part for part in map(str.strip, _OTHER_SIGNS.split(piece)) if part]
        apart = len(parts) > 1 and _figure(sheet, column, piece) is None
        yield from parts if apart and all(_figure(sheet, column, part) for part in parts) else (piece,)


def _figure(sheet: Sheet, column: Column, name: str) -> str | None:
    """The heading of the figures of a row that a name stands for."""
    found = heading(sheet, name)
    return None if found is None or found in (*sheet.key, column.name, *NO_FIGURES) else found
