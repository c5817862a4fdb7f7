"""Where the rules of a row stand, and whether its limits may move; part of the Case."""

from __future__ import annotations

from jaryq.base.once import once
from jaryq.case.fill import rows_of
from jaryq.case.rates import Line
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables

RULED = ("choices", "tariffs", "overrides", "progress")
"""Sheets whose rows are rules without a limit that may move."""


def lines(tables: Tables) -> dict[tuple[str, str], Line]:
    """Rows of the sheets with limits or rules by sheet and key, parts of a key joined by @ (a blank part: *)."""
    found = {}
    for sheet, declared in INPUT.items():
        if sheet in RULED or any(column.name == "may_move" for column in declared.columns):
            found.update(_lines(tables.get(sheet)))
    return found


@once
def _lines(table: Table) -> dict[tuple[str, str], Line]:
    """Those of one sheet."""
    found = {}
    for row in rows_of(table):
        key = "@".join(str(row[part] or "*") for part in INPUT[table.sheet].key)
        filled = {column: row["cells"][column] for column in table.columns if row.get(column) is not None}
        found[table.sheet, key] = Line(row.get("may_move"), filled)
    return found
