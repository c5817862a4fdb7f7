"""Workbooks that XlsxWriter makes: made in memory, then whole in their place, with a mark of what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from jaryq.base.faults import Fault, Misplaced
from jaryq.base.places import write_whole
from jaryq.base.text import holdable
from jaryq.workbook.plan_data import NotWritten
from jaryq.workbook.plan_style import PLAIN

FUNCTION = re.compile(r"([A-Za-z0-9._]+)\(")
OLD = frozenset({"AND", "COUNTA", "IF", "IFERROR", "INDEX", "MATCH", "MAX", "MIN", "OR", "ROUND", "ROW", "SUM", "SUMIF",
                 "SUMPRODUCT"})
"""Functions that stand in a file by their own names."""


class CleanWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet in which what XML cannot hold is replaced where it is written, whatever wrote it. ``heights``: points of
    the rows whose height was set."""

    def __init__(self) -> None:
        super().__init__()
        self.heights: dict[int, float] = {}

    def set_row(self, row: int, height: float | None = None, *more: Any) -> int:
        if height is not None:
            self.heights[row] = height
        done: int = super().set_row(row, height, *more)
        return done

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        """By row and column alone, as the other ways of writing here: cells are never named by letters."""
        return self._write_string(row, col, string, cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> int:
        done: int = self._write_number(row, col, number, cell_format)
        return done

    def write_blank(self, row: int, col: int, blank: object, cell_format: Any = None) -> int:
        done: int = self._write_blank(row, col, blank, cell_format)
        return done

    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        done: int = self._write_formula(row, col, formula, cell_format, value)
        return done

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """XlsxWriter looks through every formula for a hundred functions that came later; these came before."""
        if not expand_future_functions and OLD.issuperset(FUNCTION.findall(formula)):
            return formula.removeprefix("=")
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        return prepared

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        done: int = super()._write_string(row, col, holdable(string), cell_format)
        return done


class Book(xlsxwriter.Workbook):  # type: ignore[misc]
    worksheet_class = CleanWorksheet

    def set_properties(self, properties: dict[str, Any]) -> None:
        super().set_properties({name: holdable(value) if isinstance(value, str) else value
                                for name, value in properties.items()})


def write_book(path: Path, purpose: str, fill: Callable[[Any], object],
               ready: Callable[[], object] | None = None) -> Path:
    """Let ``fill`` fill a workbook and write it, marked with its purpose; where it stands (beside ``path`` if the file
    there is open). ``ready``: done once the workbook is made, before it takes its place.

    Raises NotWritten.
    """
    made = BytesIO()
    try:
        with Book(made, PLAIN) as book:
            fill(book)
        if ready is not None:
            ready()
        return write_whole(Path(path), lambda draft: draft.write_bytes(made.getvalue()), purpose)
    except (Fault, Misplaced) as error:
        raise NotWritten(error.text) from error
    except XlsxWriterException as error:
        raise NotWritten.because(path, str(error)) from error
