"""Tables: what was read, value by value, with the cell each value came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jaryq.base.flat import fifteen
from jaryq.tables.register import Register

if TYPE_CHECKING:
    import pandas as pd

FIRST_DATA_ROW = 4
"""Row 1 is the title, row 2 the units, row 3 the headings, row 4 on the data."""


def letters(number: int) -> str:
    """Excel's letters of a column, counted from 1: 1 -> A, 27 -> AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(text: str) -> int:
    """The number of a column by its letters, from 1: A -> 1, AA -> 27."""
    number = 0
    for letter in text:
        number = 26 * number + ord(letter) - 64
    return number


@dataclass(frozen=True)
class Head:
    """A currency written at the head of a column: the cell, what stands there, the currency."""

    cell: str
    said: str
    currency: str


@dataclass(frozen=True, eq=False)
class Table:
    """One sheet: ``values`` holds the cells of each column (str, float, int, bool, None) by its canonical heading, one
    for each data row.

    ``rows`` are the worksheet's row numbers of the data rows, ``columns`` maps a heading to its column letters,
    ``heading_row`` is where the headings stood (3, or 1 in a CSV file, or elsewhere where the reader found them
    elsewhere). Headings of families are kept as they are (``2026``, ``spend_2026``, ``content_JP``). ``heads``:
    currencies at the head of columns. ``width``: columns of the sheet that hold something, those of comments as well.
    """

    sheet: str
    values: Mapping[str, tuple[Any, ...]]
    rows: tuple[int, ...]
    columns: Mapping[str, str]
    heading_row: int = FIRST_DATA_ROW - 1
    heads: Mapping[str, Head] = field(default_factory=dict)
    width: int = 0

    @staticmethod
    def of(sheet: str, records: Sequence[Mapping[str, Any]], headings: Sequence[str] = ()) -> Table:
        """A table made in memory (tests, folders of CSV files), with the cells it would have in a workbook."""
        names = list(dict.fromkeys([*headings, *(name for record in records for name in record)]))
        rows = tuple(range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(records)))
        return Table(sheet, columns_of(records, names), rows, {name: letters(i + 1) for i, name in enumerate(names)})

    def __len__(self) -> int:
        return len(self.rows)

    def cell(self, position: int, column: str) -> str:
        """Address such as ``D14`` of ``column`` in the data row ``position``; only the row if the column is not
        there."""
        return f"{self.columns.get(column, '')}{self.rows[position]}"

    def place(self, position: int | None, column: str) -> str:
        """The same, or where the cell would stand if the column were added at the right; without a position that of
        the heading."""
        taken = [number_of(letter) for letter in self.columns.values()]
        letter = self.columns.get(column) or letters(max(self.width, *taken, 0) + 1)
        return f"{letter}{self.heading_row if position is None else self.rows[position]}"

    def with_column(self, heading: str, cells: Sequence[Any]) -> Table:
        """The table with other values in a column that it has."""
        return self.with_columns({heading: cells})

    def with_columns(self, cells: Mapping[str, Sequence[Any]]) -> Table:
        """The table with other values in some columns, new ones at its end; itself where every value stood there
        before, so that what was found of it holds on."""
        new = {heading: tuple(values) for heading, values in cells.items()
               if heading not in self.values or not same_cells(self.values[heading], values)}
        return replace(self, values={**self.values, **new}) if new else self

    def holds(self, heading: str) -> bool:
        """Whether something stands in a column."""
        return any(cell is not None for cell in self.values.get(heading, ()))

    def at(self, positions: Sequence[int]) -> Table:
        """The table with some of its rows, in the order of their positions."""
        return replace(self, rows=tuple(self.rows[position] for position in positions),
                       values={heading: tuple(cells[position] for position in positions)
                               for heading, cells in self.values.items()})

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells for a notebook: the one place where frames of Python values are made. They are not typed by pandas,
        because a cell is what was read: a blank is None and no NaN, an integer beside a fraction stays one, a text that
        was rejected stands among numbers until its issue is told."""
        import pandas as pd  # takes longer to load than most inputs take to check

        return pd.DataFrame({heading: pd.Series(cells, range(len(self)), dtype=object)
                             for heading, cells in self.values.items()},
                            range(len(self)), pd.Index(list(self.values), dtype=object))

    @cached_property
    def listed(self) -> list[tuple[int, dict[str, Any]]]:
        """``records`` once and for all: for rules, which read every sheet many times and change nothing."""
        return list(self.records())

    @cached_property
    def at_fifteen_digits(self) -> Table:
        """The same table with the digits that a spreadsheet keeps; itself where it has no longer numbers."""
        numbers = {value for column in self.values.values() for value in column if type(value) in (int, float)}
        if not any(map(_longer, numbers)):
            return self
        return replace(self, values={
            heading: tuple(type(value)(fifteen(value)) if _longer(value) else value for value in column)
            for heading, column in self.values.items()})

    @cached_property
    def placed(self) -> Table:
        """The same table with a letter of its own for every heading and a number of its own for every
        row, in their order, so that where a table stands in a plan says all of them: headings without a letter, or with
        one that an earlier heading has, stand behind all others."""
        columns: dict[str, str] = {}
        for heading in self.values:
            letter = self.columns.get(heading, "")
            if letter and letter not in columns.values():
                columns[heading] = letter
        last = max(map(number_of, columns.values()), default=0)
        behind = [heading for heading in self.values if heading not in columns]
        columns |= {heading: letters(last + i) for i, heading in enumerate(behind, 1)}
        follow = all(one < other for one, other in pairwise(self.rows))
        rows = self.rows if follow else tuple(range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(self.rows)))
        return self if (rows, columns) == (self.rows, self.columns) else replace(self, rows=rows, columns=columns)

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Position and values of each row."""
        names = list(self.values)
        rows = zip(*self.values.values(), strict=True) if names else ((),) * len(self)
        for position, cells in enumerate(rows):
            yield position, dict(zip(names, cells, strict=True))


@dataclass(frozen=True, eq=False)
class Tables:
    """All sheets of a workbook (or a folder). ``name`` is the case's name: the file's stem. ``register``: stretches
    from a file beside it."""

    name: str
    sheets: Mapping[str, Table] = field(default_factory=dict)
    register: Register | None = None

    def __contains__(self, sheet: str) -> bool:
        return sheet in self.sheets

    def __getitem__(self, sheet: str) -> Table:
        return self.sheets[sheet]

    def get(self, sheet: str) -> Table:
        """The sheet, or an empty table if it is absent (absent and empty mean the same once a table is typed)."""
        return self.sheets.get(sheet) or _absent(sheet)

    def with_sheet(self, table: Table) -> Tables:
        return replace(self, sheets={**self.sheets, table.sheet: table})

    def placed(self) -> Tables:
        """Every table with letters and numbers of its own for all columns and rows."""
        return replace(self, sheets={name: table.placed for name, table in self.sheets.items()})

    def at_fifteen_digits(self) -> Tables:
        """Every number with the digits that a spreadsheet keeps, so that a plan stays the plan of its inputs whatever
        program saves it."""
        return replace(self, sheets={name: table.at_fifteen_digits for name, table in self.sheets.items()})


def columns_of(records: Sequence[Mapping[str, Any]], names: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """The columns of rows; a value that a row lacks is blank."""
    return {name: tuple(record.get(name) for record in records) for name in names}


def same_cells(some: Sequence[Any], others: Sequence[Any]) -> bool:
    """Whether cells hold the same values of the same types (a text that was rejected equals the text it holds)."""
    return all(one is other or (type(one) is type(other) and one == other)
               for one, other in zip(some, others, strict=True))


@cache
def _absent(sheet: str) -> Table:
    return Table.of(sheet, [])


def _longer(value: object) -> bool:
    return type(value) in (int, float) and value != fifteen(value)  # type: ignore[arg-type]
