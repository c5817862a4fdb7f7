"""What the values of a sheet do not tell: errors, formulas without value, percent formats, merged and hidden cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from jaryq.base.text import Text
from jaryq.tables.tables import letters
from jaryq.workbook.package import Unreadable
from jaryq.workbook.shown_unit import Unit

MOST_CELLS = 16_000_000
"""Cells of the rectangle a sheet's values span: calamine holds all of it, so one stray value far away would fill the
memory."""

MOST_MARKS = 200_000
"""Errors and formulas without value on one sheet."""

MOST_TEXT = 1 << 28
"""Characters of all texts of a sheet, each as often as it is used: a text of a million letters may stand in a million
cells."""


class Runs:
    """Row numbers, which come in rising order, as runs of neighbours."""

    def __init__(self) -> None:
        self.firsts: list[int] = []
        self.lasts: list[int] = []

    def add(self, first: int, last: int = 0) -> None:
        last = last or first
        if self.lasts and first <= self.lasts[-1] + 1:
            self.lasts[-1] = max(self.lasts[-1], last)
        else:
            self.firsts.append(first)
            self.lasts.append(last)

    def with_all(self, others: Runs) -> Runs:
        """The rows of both."""
        both = Runs()
        for first, last in sorted((*self, *others)):
            both.add(first, last)
        return both

    def __contains__(self, row: object) -> bool:
        if not isinstance(row, int):
            return False
        place = bisect_right(self.firsts, row) - 1
        return place >= 0 and row <= self.lasts[place]

    def __bool__(self) -> bool:
        return bool(self.firsts)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(zip(self.firsts, self.lasts, strict=True))


@dataclass
class Marks:
    """What was found on one sheet; cells as (row number, column number), both from 1; areas as first row, first column,
    last row, last column.

    ``pictures``: cells with a picture or a linked data type, which are stored as errors;
    ``padded``: numbers shown with leading zeros (007), with how many digits; ``scaled``: numbers shown divided by that
    many thousands. ``units``, ``parts``: see :mod:`jaryq.workbook.beside`.
    ``struck``: rows of each column whose cells are struck out.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    pictures: list[tuple[int, int]] = field(default_factory=list)
    no_value: list[tuple[int, int]] = field(default_factory=list)
    external: list[tuple[int, int]] = field(default_factory=list)
    percent: dict[int, Runs] = field(default_factory=dict)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)
    scaled: dict[tuple[int, int], int] = field(default_factory=dict)
    units: dict[tuple[int, Unit], Runs] = field(default_factory=dict)
    parts: dict[tuple[int, int], Text] = field(default_factory=dict)
    struck: dict[int, Runs] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: Runs = field(default_factory=Runs)
    hidden_columns: Runs = field(default_factory=Runs)
    rows: int = 0
    columns: int = 0
    texts: int = 0
    hidden: bool = False

    def refuse_too_large(self, sheet: str) -> None:
        """Raise Unreadable where the sheet would fill the memory."""
        if self.rows * self.columns > MOST_CELLS:
            raise Unreadable(
                f"the sheet spans {self.rows} rows by {self.columns} columns",
                f"лист занимает {self.rows} строк на {self.columns} столбцов",
                "too_large", sheet, f"{letters(self.columns)}{self.rows}")
        if len(self.errors) + len(self.pictures) + len(self.no_value) > MOST_MARKS:
            raise Unreadable(f"the sheet has more than {MOST_MARKS} errors and formulas without a value",
                             f"на листе больше {MOST_MARKS} ошибок и формул без значения", "too_large", sheet)
        if self.texts > MOST_TEXT:
            raise Unreadable("the texts of the sheet have more than 268 million characters in all",
                             "в текстах листа больше 268 миллионов знаков",
                             "too_large", sheet)


def area_of(ref: str) -> tuple[int, int, int, int]:
    """``B4:C6`` as numbers. Raises ValueError for anything else."""
    first, _, last = ref.replace("$", "").partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of ``B4``. Raises ValueError for anything else."""
    name = cell.rstrip("0123456789")
    column = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"no cell: {cell}")
        column = column * 26 + ord(letter) - 64
    return int(cell[len(name):]), column


def name_of(area: tuple[int, int, int, int]) -> str:
    """``B4:C6``."""
    top, left, bottom, right = area
    return f"{letters(left)}{top}:{letters(right)}{bottom}"
