"""Where things stand in a plan workbook: rows and columns of output tables, addresses for live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jaryq.base.text import Text
from jaryq.report.shapes import Out, Ref, Value
from jaryq.tables.tables import letters

TITLE, UNITS, HEADINGS, FIRST = 0, 1, 2, 3
"""Rows counted from 0: title, units, headings, first data row."""


@dataclass(frozen=True)
class Place:
    """The place of one output table: data from row ``FIRST``, then the total, then a subtotal for each group."""

    table: Out

    @property
    def last(self) -> int:
        """Last data row, from 0."""
        return FIRST + len(self.table.rows) - 1

    @property
    def total_row(self) -> int:
        return self.last + 1

    @property
    def groups(self) -> tuple[Value, ...]:
        """Groups that have a subtotal; a blank is none, and a single group needs none."""
        return tuple(value for value in self.table.group_values() if value is not None)

    def group_row(self, group: Value) -> int:
        return self.total_row + 1 + self.groups.index(group)

    @property
    def end(self) -> int:
        """Last row of totals and subtotals (the last data row if there are none)."""
        if not self.table.rows or not self.table.sums:
            return self.last
        return self.total_row + len(self.groups)

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        return {heading: letters(place) for place, heading in enumerate(self.table.headings, 1)}

    @cached_property
    def counted(self) -> frozenset[str]:
        """Headings of cells that may add up others of their row."""
        return frozenset({*self.table.row_sums, *self.table.formulas, *self.table.rounded})

    def column(self, heading: str) -> str:
        return self._letters[heading]

    def formula(self, heading: str, row: int, values: Mapping[str, Value]) -> str | None:
        """Live formula of a cell that adds up others of its row (from 0, with these values); None where it is a
        value."""
        table = self.table
        if heading in table.row_sums and (
            family := table.family(table.row_sums[heading])
        ) and any(values.get(h) is not None for h in family):
            return f"=SUM({self.column(family[0])}{row + 1}:{self.column(family[-1])}{row + 1})"
        text = ""
        for term in table.formulas.get(heading, ()):
            names = term.removeprefix("-").split("*")
            if all(name in table.headings for name in names):
                text += (("-" if term.startswith("-") else "+" if text else "")
                         + "*".join(f"{self.column(name)}{row + 1}" for name in names))
        if heading in table.rounded:
            text = f"ROUND({text},9)"
        return f"={text}" if text else None

    def span(self, heading: str, fixed: bool = False) -> str:
        """Address of a column's data cells."""
        mark = "$" if fixed else ""
        letter = self.column(heading)
        return f"{mark}{letter}{mark}{FIRST + 1}:{mark}{letter}{mark}{self.last + 1}"

    def reference(self, ref: Ref) -> str | None:
        """Formula text that points at the total or subtotal of another sheet; None where the table has no rows."""
        if not self.table.rows:
            return None
        row = self.total_row if ref.group is None else self.group_row(ref.group)
        return f"'{self.table.sheet}'!{self.column(ref.heading)}{row + 1}"


ALL = Text("→ all sheets", "→ все листы")


def inside(sheet: str) -> str:
    """The address of a sheet of the same book."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A1"
