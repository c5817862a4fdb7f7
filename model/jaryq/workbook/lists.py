"""Drop-downs and bounds of cells.

Choices and keys are defined names: choices stand on the hidden sheet #lists (Excel breaks on lists of more than 255
characters), keys are the key column of a sheet's table down to its last filled row, so that they follow when rows are
added, in Excel, which grows the table, and in LibreOffice, which does not.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import Lang, Text
from jaryq.sheets.describe import span
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Column
from jaryq.tables.tables import FIRST_DATA_ROW, Table, letters

CHOOSE = Text("Choose one of the list.", "Выберите значение из списка.")
UNKNOWN = Text("This key does not stand on sheet {sheet} yet.", "Такого ключа пока нет на листе {sheet}.")
OUTSIDE = Text("Outside the allowed range: {range}. See the heading's comment.",
               "Вне допустимого диапазона: {range}. См. примечание к заголовку.")
GUARDED = Text("The model finds the column by this heading. To keep a column as your own note, start its heading with "
               "#.",
               "По этому заголовку модель находит столбец. Чтобы оставить столбец как заметку, начните заголовок с #.")
NAME = "#lists"
DEEPEST, SPARE = 20000, 500
"""Rows of a referenced sheet that a drop-down looks at, at least; rows beyond those filled that a list of two sheets
has room for."""

COUNTED = 2
"""Rows of a column of #lists above its list that count the rows of the sheets it is made of."""


class Lists:
    """The lists of a workbook: each a defined name, made as it is asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._choices: dict[tuple[str, ...], str] = {}
        self._keys: dict[str, str] = {}

    def choices(self, column: Column) -> str:
        """Name of the column's choices: ``choices_sector``."""
        values = column.one_of or ("yes", "no")
        if values not in self._choices:
            stem = "choices_yes_no" if values == ("yes", "no") else f"choices_{column.name}"
            taken = sum(1 for name in self._choices.values() if name.rstrip("0123456789").rstrip("_") == stem)
            self._choices[values] = f"{stem}_{taken + 1}" if taken else stem
        return self._choices[values]

    def keys(self, ref: str) -> str:
        """Name of the keys of a referenced sheet, or of several one after the other (``facilities|networks``)."""
        for sheet in ref.split("|"):
            self._keys.setdefault(sheet, f"keys_{sheet}")
        return self._keys.setdefault(ref, f"keys_{ref.replace('|', '_')}")

    def write(self, book: Workbook) -> None:
        """Make the sheet #lists, hidden, and all names."""
        page = book.create_sheet(NAME)
        place = 0
        for values, name in self._choices.items():
            place += 1
            for row, value in enumerate((name, *values), start=1):
                page.cell(row, place, value).data_type = "s"
            _define(book, name, f"'{NAME}'!${letters(place)}$2:${letters(place)}${1 + len(values)}")
        for ref, name in self._keys.items():
            place += 1
            page.cell(1, place, name)
            (self._stack if "|" in ref else self._count)(book, page, place, ref, name)
        page.sheet_state = "hidden"

    def _column(self, sheet: str) -> str:
        """The key column of a sheet from its heading down: rows may be put in above the first and the first may be
        deleted."""
        table = self._tables[sheet]
        letter = table.columns[INPUT[sheet].key[0]]
        return f"{sheet}!${letter}${FIRST_DATA_ROW - 1}:${letter}${max(DEEPEST, 2 * len(table))}"

    def _count(self, book: Workbook, page: Worksheet, place: int, ref: str, name: str) -> None:
        """Row 2 of #lists holds how far the keys reach, the heading included; gaps between them do not matter."""
        column = self._column(ref)
        page.cell(2, place, f'=MAX(2,SUMPRODUCT(MAX(({column}<>"")*(ROW({column})-{FIRST_DATA_ROW - 2}))))')
        _define(book, name, f"INDEX({column},2):INDEX({column},'{NAME}'!${letters(place)}$2)")

    def _stack(self, book: Workbook, page: Worksheet, place: int, ref: str, name: str) -> None:
        """Excel has no list of two ranges: formulas put them one after the other."""
        one, two = ref.split("|")
        ends = [f"${letters(len(self._choices) + 1 + list(self._keys).index(sheet))}$2-1" for sheet in (one, two)]
        rows = sum(len(self._tables[sheet]) for sheet in (one, two)) + SPARE
        first = COUNTED + 1
        here = letters(place)
        page.cell(2, place, f"=MIN({rows},{ends[0]}+{ends[1]})")
        at = f"(ROW()-{COUNTED})"
        second = f'IF({at}<={here}$2,INDEX({self._column(two)},{at}-({ends[0]})+1)&"","")'
        for row in range(first, first + rows):
            page.cell(row, place, f'=IF({at}<={ends[0]},INDEX({self._column(one)},{at}+1)&"",{second})')
        _define(book, name,
                f"'{NAME}'!${here}${first}:"
                f"INDEX('{NAME}'!${here}${first}:${here}${first + rows - 1},'{NAME}'!${here}$2)")


def _define(book: Workbook, name: str, formula: str) -> None:
    book.defined_names[name] = DefinedName(name, attr_text=formula)


def validate(page: Worksheet, column: Column, area: str, lists: Lists, lang: Lang) -> None:
    """The drop-down or bounds of a column's cells. Keys of other sheets only warn: rows may be typed in any order."""
    rule = _choice(column, lists, lang) or _bounds(column, lang)
    if rule is not None:
        rule.add(area)
        page.add_data_validation(rule)


LENGTHS: Mapping[str, tuple[int, int]] = {"year": (4, 4), "country": (2, 3), "quantity": (1, 24)}
"""Letters of a member of a family, at least and at most."""


def guard(page: Worksheet, cell: str, name: str, column: Column, lang: Lang) -> None:
    """Refuses another heading in a cell of row 3; members of a family may be renamed to others, and # makes a note of
    any column."""
    fits = f'EXACT({cell},"{name}")'
    if column.family:
        stem, least, most = len(column.name), *LENGTHS[column.family]
        fits = f'AND(LEFT({cell},{stem})="{column.name}",LEN({cell})>={stem + least},LEN({cell})<={stem + most})'
    formula = f'OR({fits},LEFT({cell},1)="#")'
    rule = DataValidation("custom", formula1=formula, allow_blank=False, showErrorMessage=True, error=GUARDED.say(lang))
    rule.add(cell)
    page.add_data_validation(rule)


def _choice(column: Column, lists: Lists, lang: Lang) -> DataValidation | None:
    if column.one_of or column.kind == "yes_no":
        return DataValidation("list", formula1=lists.choices(column), allow_blank=True, showErrorMessage=True,
                              error=CHOOSE.say(lang))
    if column.ref:
        error = UNKNOWN.say(lang, sheet=column.ref.replace("|", ", "))
        return DataValidation("list", formula1=lists.keys(column.ref), allow_blank=True, showErrorMessage=True,
                              errorStyle="warning", error=error)
    return None


def _bounds(column: Column, lang: Lang) -> DataValidation | None:
    """Only an upper and an inclusive lower bound together, or one of them; a strict bound as the operator
    greaterThan."""
    if column.kind not in ("number", "integer"):
        return None
    low, high = column.ge if column.ge is not None else column.gt, column.le
    kind = "whole" if column.kind == "integer" else "decimal"
    limits: dict[str, object]
    if low is not None and high is not None:
        limits = {"operator": "between", "formula1": str(low), "formula2": str(high)}
    elif low is not None:
        limits = {"operator": "greaterThan" if column.ge is None else "greaterThanOrEqual", "formula1": str(low)}
    elif high is not None:
        limits = {"operator": "lessThanOrEqual", "formula1": str(high)}
    else:
        return None
    said = OUTSIDE.say(lang, range=span(column))
    return DataValidation(kind, allow_blank=True, showErrorMessage=True, error=said, **limits)  # type: ignore[arg-type]
