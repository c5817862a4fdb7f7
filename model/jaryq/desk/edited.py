"""The sheets of an opened workbook as they stand with what was typed: cells that hold and take values, rows added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jaryq.desk.carried import Change
from jaryq.desk.kept import filled, those_read
from jaryq.desk.refused import FORMULA, NO_CELL, OTHERWISE, Refused
from jaryq.desk.said import Typed, shown_of
from jaryq.tables.tables import FIRST_DATA_ROW, Tables
from jaryq.tables.values import Rejected
from jaryq.workbook.annotated.comments import Cell, cell_of


class Edited:
    """``tables``: as they are now; ``formulas``: cells of each sheet that hold one and are read; ``added``: numbers of
    the rows that no file holds yet, by sheet."""

    def __init__(self, tables: Tables, formulas: Mapping[str, frozenset[Cell]]) -> None:
        self.tables = tables
        of_read = {sheet: those_read(sheet, cells, tables) for sheet, cells in formulas.items()}
        self.formulas = {sheet: cells for sheet, cells in of_read.items() if cells}
        self.added: dict[str, frozenset[int]] = {}

    def cell(self, sheet: str, row: int, column: str) -> str:
        """Its address in the worksheet."""
        return f"{self.tables[sheet].columns[column]}{row}"

    def holds(self, sheet: str, row: int, column: str) -> Typed:
        """What stands in a cell. Raises Refused where there is no such cell."""
        table = self.tables[sheet] if sheet in self.tables else self.tables.get(sheet)
        if row not in table.rows or column not in table.columns or column not in table.values:
            raise Refused(NO_CELL)
        held = table.values[column][table.rows.index(row)]
        return None if isinstance(held, Rejected) else held

    def has_formula(self, sheet: str, row: int, letter: str) -> bool:
        return cell_of(f"{letter}{row}") in self.formulas.get(sheet, frozenset())

    def make(self, change: Change) -> None:
        """Raises Refused where the cell holds something else than the change was made upon, or a formula."""
        held = self.holds(change.sheet, change.row, change.column)
        cell = f"{change.sheet}!{self.cell(change.sheet, change.row, change.column)}"
        if shown_of(held) != shown_of(change.old):
            raise Refused(OTHERWISE.fill(cell=cell))
        if self.has_formula(change.sheet, change.row, self.tables[change.sheet].columns[change.column]):
            raise Refused(FORMULA.fill(cell=cell))
        self.set(change, change.new)

    def set(self, change: Change, value: Typed) -> None:
        """Put a value into the cell of a change, whatever it holds."""
        table = self.tables[change.sheet]
        cells = list(table.values[change.column])
        cells[table.rows.index(change.row)] = value
        self.tables = self.tables.with_sheet(table.with_column(change.column, cells))

    def add_row(self, sheet: str) -> int:
        """A blank row below the last one; its number."""
        table = self.tables[sheet]
        row = max(table.rows, default=max(table.heading_row, FIRST_DATA_ROW - 1)) + 1
        values = {heading: (*cells, None) for heading, cells in table.values.items()}
        self.tables = self.tables.with_sheet(replace(table, values=values, rows=(*table.rows, row)))
        self.added[sheet] = self.added.get(sheet, frozenset()) | {row}
        return row

    def without_blank_rows(self, changed: Iterable[str]) -> Tables:
        """The tables without the blank rows of sheets that were changed or have rows more."""
        tables = self.tables
        for sheet in {*changed, *self.added}:
            tables = tables.with_sheet(filled(self.tables[sheet]))
        return tables
