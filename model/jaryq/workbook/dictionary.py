"""The sheet #dictionary of the input workbook: every column and setting in a row, with all that its declaration
says."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import Lang, Text
from jaryq.sheets import describe
from jaryq.sheets.examples import example
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Column
from jaryq.tables.tables import Table, letters
from jaryq.workbook import style
from jaryq.workbook.contents import DICTIONARY, TABS
from jaryq.workbook.plan_style import row_height

NAME = "#dictionary"
HEADINGS = (
    (Text("Sheet", "Лист"), 18.0), (Text("Column", "Столбец"), 22.0), (Text("Title", "Название"), 28.0),
    (Text("Unit", "Единица"), 18.0),
    (Text("Type", "Тип"), 13.0), (Text("Blank means", "Пусто означает"), 16.0),
    (Text("Range or choices", "Допустимо"), 30.0),
    (Text("Refers to", "Ссылается на"), 16.0), (Text("Meaning", "Смысл"), 70.0), (Text("Example", "Пример"), 26.0),
)


def write_dictionary(page: Worksheet, tables: dict[str, Table], lang: Lang) -> None:
    """Fill the sheet; names of columns lead to their headings."""
    page["A1"] = style.titled(DICTIONARY[0].say(lang), DICTIONARY[1].say(lang))
    page["A1"].alignment = style.LEVEL
    page.row_dimensions[1].height = 28
    for place, (heading, width) in enumerate(HEADINGS, start=1):
        cell = page.cell(3, place, heading.say(lang))
        style.dress(cell, font=style.HEAD, fill=style.HEAD_FILL, alignment=style.CENTRE, border=style.SIDES)
        page.column_dimensions[letters(place)].width = width
    page.row_dimensions[3].height = 18
    row = 3
    for row, (sheet, column, setting) in enumerate(_all(), start=4):
        values = (sheet, *_values(column, sheet, lang))
        for place, value in enumerate(values, start=1):
            cell = page.cell(row, place, value or None)
            if value:
                cell.data_type = "s"
            style.dress(cell, font=style.SMALL, alignment=style.WRAP, border=style.LINE)
        shown = [(value, 1.1 * width) for value, (_, width) in zip(values, HEADINGS, strict=True)]
        page.row_dimensions[row].height = row_height(shown, 11.8) + 2
        if target := _place(tables[sheet], column, setting):
            page.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=f"{sheet}!{target}")
            style.dress(page.cell(row, 2), font=style.SMALL_LINK)
    page.auto_filter.ref = f"A3:{letters(len(HEADINGS))}{row}"
    page.freeze_panes = "C4"
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = TABS[True]
    style.printable(page, "1:3", width=sum(width for _, width in HEADINGS))


def _all() -> Iterator[tuple[str, Column, bool]]:
    """Sheet, column, and whether it is a setting."""
    for sheet in INPUTS:
        yield from ((sheet.name, column, False) for column in sheet.columns)
        if sheet is SETTINGS:
            yield from ((sheet.name, column, True) for column in SETTING_COLUMNS)


def _values(column: Column, sheet: str, lang: Lang) -> tuple[str, ...]:
    some = example(column, sheet)
    return (
        describe.heading(column), column.text.say(lang), describe.unit(column, lang),
        describe.KIND[column.kind].say(lang), describe.blank(column, lang),
        describe.allowed(column), describe.refers(column, lang), column.note.say(lang),
        "" if some is None else describe.shown(some),
    )


def _place(table: Table, column: Column, setting: bool) -> str:
    """Cell of a column's heading, or of a setting's name; nothing where it is not there."""
    if setting:
        cells = {record["setting"]: table.cell(position, "setting") for position, record in table.listed}
        return cells.get(column.name, "")
    return next((f"{letter}3" for name, letter in table.columns.items() if column.takes(name)), "")
