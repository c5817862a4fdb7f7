"""The first sheet of the input workbook: its sheets with links and row counts, and a legend."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from model.base.text import Lang, Text
from model.data.tables import FIRST_DATA_ROW, Table
from model.sheets.inputs import INPUTS
from model.sheets.spec import Sheet
from model.workbook import style

TITLE = Text("Inputs of the plan", "Исходные данные плана")
NOTE = Text("Row 3 of each sheet holds the headings, row 4 is the first row of data. Blank is never zero.",
            "В строке 3 каждого листа заголовки, с строки 4 данные. Пустая ячейка не ноль.")
HEADINGS = (Text("Sheet", "Лист"), Text("Title", "Название"), Text("Rows", "Строк"), Text("Needed", "Нужен"), Text("What it says", "О чём лист"))
NEEDED = {True: Text("required", "обязателен"), False: Text("optional", "по желанию")}
LEGEND = (
    (style.ESTIMATE, Text("data_status estimate: judgement by a stated rule", "data_status estimate: оценка по указанному правилу")),
    (style.ILLUSTRATIVE, Text("data_status illustrative: stands for a real thing not yet named",
                              "data_status illustrative: условный объект вместо ещё не названного")),
    (style.MISSING, Text("a required cell that is blank", "пустая обязательная ячейка")),
)
RULES = (
    Text("Hover over a heading (row 3) for its meaning, range and example.", "Наведите на заголовок (строка 3): смысл, допустимые значения, пример."),
    Text("Percent columns hold percent numbers: 12.5, or a cell formatted as 12.5 %.", "В столбцах с % пишите проценты: 12,5 или ячейку в формате 12,5 %."),
    Text("Headings and sheets whose names start with # are notes; the model skips them.",
         "Заголовки и листы, начинающиеся с #, заметки; модель их пропускает."),
    Text("Columns may stand in any order; optional columns and sheets may be deleted.",
         "Столбцы можно переставлять; необязательные столбцы и листы можно удалять."),
)


LINE = 130
"""Letters of a note that fit on one line of its column."""


def write_contents(page: Worksheet, tables: Mapping[str, Table], lang: Lang) -> None:
    """Fill the sheet #contents. Row counts are formulas, so that they stay true while people edit."""
    page["A1"] = style.titled(TITLE.say(lang), NOTE.say(lang))
    page.row_dimensions[1].height = 24
    for letter, width in zip("ABCDE", (22, 34, 10, 14, 110), strict=True):
        page.column_dimensions[letter].width = width
    for place, heading in enumerate(HEADINGS, start=1):
        cell = page.cell(3, place, heading.say(lang))
        cell.font, cell.fill, cell.alignment = style.HEAD, style.HEAD_FILL, style.TOP
    for row, sheet in enumerate(INPUTS, start=4):
        _write_line(page, row, sheet, tables[sheet.name], lang)
    row = 5 + len(INPUTS) + 1
    for fill, text in LEGEND:
        page.cell(row, 1).fill = PatternFill("solid", fgColor=fill.bgColor)
        page.cell(row, 2, text.say(lang)).font = style.BODY
        row += 1
    for text in RULES:
        page.cell(row + 1, 2, text.say(lang)).font = style.BODY
        row += 1
    page.freeze_panes = "A4"
    page.sheet_view.showGridLines = False
    style.printable(page, "1:3")


def _write_line(page: Worksheet, row: int, sheet: Sheet, table: Table, lang: Lang) -> None:
    letter = table.columns[sheet.key[0]]
    count = f"=COUNTA({sheet.name}!${letter}${FIRST_DATA_ROW}:${letter}$1048576)"
    values = (sheet.name, sheet.title(lang), count, NEEDED[sheet.required].say(lang), sheet.note.say(lang))
    for place, value in enumerate(values, start=1):
        cell = page.cell(row, place, value)
        cell.font, cell.border, cell.alignment = style.BODY, style.LINE, style.WRAP
    page.row_dimensions[row].height = 14 * (1 + len(sheet.note.say(lang)) // LINE)
    page.cell(row, 3).alignment = style.MIDDLE
    page.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"{sheet.name}!A1")
    page.cell(row, 1).font = style.LINK
