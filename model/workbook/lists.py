"""Drop-downs and bounds of cells. Lists stand on the hidden sheet #lists: Excel breaks on lists of more than 255 characters."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from model.base.text import Lang, Text
from model.data.tables import FIRST_DATA_ROW, Table, letters
from model.sheets.inputs import INPUT
from model.sheets.spec import Column

CHOOSE = Text("Choose one of the list.", "Выберите значение из списка.")
UNKNOWN = Text("This key does not stand on sheet {sheet} yet.", "Такого ключа пока нет на листе {sheet}.")
OUTSIDE = Text("Outside the allowed range; see the heading's comment.", "Вне допустимого диапазона; см. примечание к заголовку.")
DEEPEST = 20000
"""Rows of a referenced sheet that a drop-down looks at."""


class Lists:
    """The lists of a workbook, each a column of #lists, made as they are asked for."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._places: dict[tuple[str, ...], int] = {}

    def range_of(self, values: tuple[str, ...]) -> str:
        """Address of a list of fixed values."""
        place = self._places.setdefault(values, len(self._places) + 1)
        letter = letters(place)
        return f"'#lists'!${letter}$1:${letter}${len(values)}"

    def keys_of(self, ref: str) -> str:
        """Formula for the keys of a referenced sheet. One sheet: what stands there, rows added later too. Several
        (``facilities|networks``): the keys of the day the workbook was written, as Excel has no list of two ranges."""
        names = ref.split("|")
        if len(names) == 1:
            sheet = INPUT[ref]
            letter = self._tables[ref].columns[sheet.key[0]]
            first = f"{ref}!${letter}${FIRST_DATA_ROW}"
            return f"OFFSET({first},0,0,MAX(1,COUNTA({first}:${letter}${DEEPEST})),1)"
        keys = [value for name in names for value in self._tables[name].frame[INPUT[name].key[0]] if value is not None]
        return self.range_of(tuple(map(str, keys)) or ("-",))

    def write(self, page: Worksheet) -> None:
        for values, place in self._places.items():
            for row, value in enumerate(values, start=1):
                cell = page.cell(row, place, value)
                cell.data_type = "s"
        page.sheet_state = "hidden"


def validate(page: Worksheet, column: Column, area: str, lists: Lists, lang: Lang) -> None:
    """The drop-down or bounds of a column's cells. Keys of other sheets only warn: rows may be typed in any order."""
    rule = _choice(column, lists, lang) or _bounds(column, lang)
    if rule is not None:
        rule.add(area)
        page.add_data_validation(rule)


def _choice(column: Column, lists: Lists, lang: Lang) -> DataValidation | None:
    if column.one_of or column.kind == "yes_no":
        values = lists.range_of(column.one_of or ("yes", "no"))
        return DataValidation("list", formula1=values, allow_blank=True, showErrorMessage=True, error=CHOOSE.say(lang))
    if column.ref:
        error = UNKNOWN.say(lang, sheet=column.ref.replace("|", ", "))
        return DataValidation("list", formula1=lists.keys_of(column.ref), allow_blank=True, showErrorMessage=True, errorStyle="warning", error=error)
    return None


def _bounds(column: Column, lang: Lang) -> DataValidation | None:
    """Only an upper and an inclusive lower bound together, or one of them; a strict bound as the operator greaterThan."""
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
    return DataValidation(kind, allow_blank=True, showErrorMessage=True, error=OUTSIDE.say(lang), **limits)  # type: ignore[arg-type]
