"""What reading an input gives: its tables, issues of their shape, and what was covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jaryq.base.issues import Issue
from jaryq.tables.tables import Table, Tables, letters
from jaryq.workbook.coverage import Coverage, SheetCoverage
from jaryq.workbook.foreign import Rows
from jaryq.workbook.marks import Marks
from jaryq.workbook.shape import Shaped


@dataclass(frozen=True)
class Reading:
    """What was read: the tables, all issues of their shape, and what was covered."""

    tables: Tables
    issues: tuple[Issue, ...]
    coverage: Coverage


def covered_by(name: str, shaped: Shaped, marks: Marks) -> SheetCoverage:
    """The coverage of a sheet that was read."""
    table = shaped.table
    hidden = sum(1 for row in table.rows if row in marks.hidden_rows) if marks.hidden_rows else 0
    columns = tuple(name for name in table.values if name in table.columns)
    return SheetCoverage(
        name, table.sheet, None, table.heading_row, len(table), columns, shaped.comments, shaped.blank_rows,
        shaped.passed_over, hidden, len(hidden_columns(table, marks)), marks.hidden, shaped.trimmed)


def left_out(contents: Mapping[str, Rows]) -> dict[tuple[str, str], list[Any]]:
    """What stands on sheets that nobody knows, by their name and no cell."""
    return {(name, ""): [value for row in rows for value in row] for name, rows in contents.items()}


def hidden_columns(table: Table, marks: Marks) -> list[str]:
    """Headings of hidden columns that hold values."""
    if not marks.hidden_columns:
        return []
    hidden = {letters(number) for first, last in marks.hidden_columns
              for number in range(first, min(last, first + 1000) + 1)}
    return [name for name, letter in table.columns.items() if letter in hidden and table.holds(name)]
