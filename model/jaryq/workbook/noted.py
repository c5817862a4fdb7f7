"""A workbook that notes every cell written into it: beside the real one, or in its place where only the cells are
wanted.

The code that writes a plan knows no difference. So what stands in a file is compared with what the same code would
write, cell by cell.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from jaryq.base.flat import DIGITS, fifteen

Place = tuple[int, int]
"""Row and column, from 0."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: number, text or yes/no (None: nothing), and its formula (empty: none)."""

    value: float | str | bool | None
    formula: str = ""

    @property
    def said(self) -> str:
        """The same whoever saved the file: numbers with 15 digits, line ends as one letter."""
        return canonical(self.value)


def canonical(value: object) -> str:
    """A value as it is sealed and compared. A text is told from the number that looks like it by its quote."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return "0" if value == 0 else f"{value:.{DIGITS}g}"
    return "'" + plain(str(value))


def plain(text: str) -> str:
    """A text without what programs write differently: line ends, and control characters that XML cannot hold."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text if text.isprintable() else _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Nothing:
    """Takes any call and any attribute, and does nothing: stands for what only the look of a workbook needs."""

    def __call__(self, *_: object, **__: object) -> _Nothing:
        return self

    def __getattr__(self, _: str) -> _Nothing:
        return self


NOTHING = _Nothing()


class Noted:
    """A book of XlsxWriter, or none, with the cells of its sheets as they are written."""

    def __init__(self, book: Any = NOTHING) -> None:
        self._book = book
        self.cells: dict[str, dict[Place, Cell]] = {}

    def add_worksheet(self, name: str) -> NotedSheet:
        self.cells[name] = {}
        return NotedSheet(self._book.add_worksheet(name), self.cells[name])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)


class NotedSheet:
    """A sheet that notes what is written. A way of writing that it does not know is refused: nothing gets past it
    unnoted."""

    def __init__(self, sheet: Any, cells: dict[Place, Cell]) -> None:
        self._sheet = sheet
        self._cells = cells
        self.heights: dict[int, float] = {}
        """Points of the rows whose height is set."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("write", "add_table", "insert_checkbox", "insert_textbox")):
            raise AttributeError(f"{name} writes cells that are not noted")
        return getattr(self._sheet, name)

    def set_row(self, row: int, height: float, *look: Any) -> None:
        self.heights[row] = height
        self._sheet.set_row(row, height, *look)

    def write_string(self, row: int, column: int, text: str, form: Any = None) -> None:
        self._note(row, column, Cell(text or None))
        self._sheet.write_string(row, column, text, form)

    def write_rich_string(self, row: int, column: int, *parts: Any) -> None:
        self._note(row, column, Cell("".join(part for part in parts if isinstance(part, str))))
        self._sheet.write_rich_string(row, column, *parts)

    def write_number(self, row: int, column: int, number: float, form: Any = None) -> None:
        if not math.isfinite(number):
            raise ValueError(f"{number} is no number of a workbook")
        # With more digits the next program to save the file would round them, each in its own way.
        number = fifteen(number)
        self._note(row, column, Cell(number))
        self._sheet.write_number(row, column, number, form)

    def write_boolean(self, row: int, column: int, value: bool, form: Any = None) -> None:
        self._note(row, column, Cell(bool(value)))
        self._sheet.write_boolean(row, column, value, form)

    def write_blank(self, row: int, column: int, value: None, form: Any = None) -> None:
        self._note(row, column, Cell(None))
        self._sheet.write_blank(row, column, value, form)

    def write_formula(self, row: int, column: int, formula: str, form: Any = None, value: float | str = 0.0
                      ) -> None:
        value = value if isinstance(value, str) else fifteen(value)
        self._note(row, column, Cell(value, formula.lstrip("=")))
        self._sheet.write_formula(row, column, formula, form, value)

    def write_url(self, row: int, column: int, url: str, form: Any = None, text: str = "") -> None:
        self._note(row, column, Cell(text))
        self._sheet.write_url(row, column, url, form, text)

    def merge_range(self, row: int, column: int, last_row: int, last_column: int, text: str, form: Any = None) -> None:
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                self._note(r, c, Cell(text or None if (r, c) == (row, column) else None))
        self._sheet.merge_range(row, column, last_row, last_column, text, form)

    def _note(self, row: int, column: int, cell: Cell) -> None:
        """The last that is written counts; a cell with nothing but a look is none."""
        if cell.value is None:
            self._cells.pop((row, column), None)
        else:
            self._cells[row, column] = cell
