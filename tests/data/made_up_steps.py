"""What a made-up step between two versions of the form does: sheets and columns get new names, values new units."""

from collections.abc import Callable
from dataclasses import replace

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.tables.migrate import Changed
from jaryq.tables.migrate_notes import note
from jaryq.tables.tables import Tables


def rename_sheet(tables: Tables, to: int, old: str, new: str) -> Changed:
    """The sheet ``old`` under its new name."""
    if old not in tables:
        return tables, []
    sheets = {new if name == old else name: replace(table, sheet=new) if name == old else table
              for name, table in tables.sheets.items()}
    detail = Text(f"the sheet is called {new} now", f"лист теперь называется {new}")
    return replace(tables, sheets=sheets), [note(to, old, "", "", old, detail)]


def rename_column(tables: Tables, to: int, sheet: str, old: str, new: str) -> Changed:
    """The column ``old`` of a sheet under its new name."""
    table = tables.get(sheet)
    if old not in table.values:
        return tables, []
    columns = {new if name == old else name: letter for name, letter in table.columns.items()}
    cell = f"{columns[new]}{table.heading_row}" if new in columns else ""
    detail = Text(f"the column is called {new} now", f"столбец теперь называется {new}")
    changed = replace(table, values={new if name == old else name: cells for name, cells in table.values.items()},
                      columns=columns)
    return tables.with_sheet(changed), [note(to, sheet, cell, new, old, detail)]


def change_values(tables: Tables, to: int, sheet: str, column: str, change: Callable[[object], object],
                  detail: Text) -> Changed:
    """Every value of a column that is not blank through ``change``, with a note for each that it alters."""
    table = tables.get(sheet)
    if column not in table.values:
        return tables, []
    old = table.values[column]
    new = [None if value is None else change(value) for value in old]
    notes = [note(to, sheet, table.cell(i, column), column, before, detail)
             for i, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
    return tables.with_sheet(table.with_column(column, new)), notes


def in_turn(*changes: Callable[[Tables], Changed]) -> Callable[[Tables], Changed]:
    """Several changes as one step."""
    def run(tables: Tables) -> Changed:
        notes: list[Issue] = []
        for change in changes:
            tables, found = change(tables)
            notes += found
        return tables, notes
    return run
