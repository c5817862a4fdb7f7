"""Where the rules of a row stand, and whether its limits may move; part of the Case."""

from __future__ import annotations

from jaryq.case.fill import rows
from jaryq.case.rates import Line
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Tables

RULED = ("choices", "tariffs", "overrides", "progress")
"""Sheets whose rows are rules without a limit that may move."""


def lines(tables: Tables) -> dict[tuple[str, str], Line]:
    """Rows of the sheets with limits or rules by sheet and key, parts of a key joined by @ (a blank part: *)."""
    found = {}
    for sheet, declared in INPUT.items():
        if sheet in RULED or any(column.name == "may_move" for column in declared.columns):
            for row in rows(tables, sheet):
                key = "@".join(str(row[part] or "*") for part in declared.key)
                filled = {column: cell for column, cell in row["cells"].items() if row.get(column) is not None}
                found[sheet, key] = Line(row.get("may_move"), filled)
    return found
