"""Rows that a change makes: on a sheet of wishes a change speaks of one project, which needs no row there before."""

from __future__ import annotations

from dataclasses import replace

from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUT
from jaryq.tables.change import Change
from jaryq.tables.selector import BadSelector, alternatives, parse
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables


def with_row(tables: Tables, change: Change) -> Tables:
    """The tables with the row, and the column of a family, that a change sets a cell of; themselves where the sheet
    takes no rows that way, the row stands there, or the change names no single key."""
    sheet = INPUT.get(change.table)
    if sheet is None or not sheet.addable or change.operation != "set":
        return tables
    key = sheet.key[0]
    try:
        wanted = parse(change.selector, (key,)).get(key)
    except BadSelector:
        return tables
    if wanted is None or "*" in wanted or alternatives(wanted):
        return tables
    column = sheet.column(change.column) or sheet.column(heading(sheet, change.column) or "")
    return with_key(tables, change.table, wanted, change.column if column is not None and column.family else "")


def with_key(tables: Tables, name: str, wanted: str, member: str = "") -> Tables:
    """The tables with a row of this key, blank but for it, where there is none; ``member``: with this column of a
    family."""
    sheet = INPUT[name]
    key = sheet.key[0]
    table = tables.get(name)
    names = list(dict.fromkeys([*table.values, *(c.name for c in sheet.columns if not c.family),
                                *([member] if member else [])]))
    blank = (None,) * len(table)
    values = {name: table.values.get(name, blank) for name in names}
    rows = table.rows
    if wanted not in values[key]:
        values = {name: (*cells, wanted if name == key else None) for name, cells in values.items()}
        rows = (*rows, max(rows, default=FIRST_DATA_ROW - 1) + 1)
    columns = table.columns or Table.of(name, [], names).columns
    return tables.with_sheet(replace(table, values=values, rows=rows, columns=columns).placed)
