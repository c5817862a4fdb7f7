"""The first sheet of the input workbook: its sheets with links and row counts, a legend of colours and marks, and how
to fill it in."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import NOT_REVIEWED, UNREVIEWED, Lang, Text
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTINGS
from jaryq.tables.tables import FIRST_DATA_ROW, Table
from jaryq.workbook import style
from jaryq.workbook.plan_style import row_height

TITLE = Text("Inputs of the plan", "Исходные данные плана")
HEADINGS = (Text("Sheet", "Лист"), Text("Title", "Название"), Text("Rows", "Строки"), Text("Required?", "Обязателен?"),
            Text("What it says", "О чём лист"))
NEEDED = {True: Text("yes", "да"), False: Text("no", "нет")}
DICTIONARY = (Text("Data dictionary", "Словарь данных"),
              Text("Every column: title, unit, range, default, meaning, example.",
                                                           "Все столбцы: название, единица, диапазон, значение по "
                                                           "умолчанию, смысл, пример."))
COLOURS = Text("What colours and marks mean", "Что означают цвета и знаки")
HOW = Text("How to fill in", "Как заполнять")
SAMPLE = Text("12.5", "12,5")
LEGEND: tuple[tuple[DifferentialStyle | None, Text], ...] = (
    (None, Text("A figure that a source states, or arithmetic on such figures (data_status reported, derived).",
                "Опубликованная величина или расчёт по ним (data_status reported, derived).")),
    (style.ESTIMATE, Text("An estimate: judgement by a stated rule (data_status estimate, or blank), or named in the "
                          "column estimated.",
                          "Оценка по указанному правилу (data_status estimate или пусто) либо названа в столбце "
                          "estimated.")),
    (style.ILLUSTRATIVE, Text("Illustrative: stands for a real thing not yet named (data_status illustrative).",
                              "Условно: вместо ещё не названного объекта (data_status illustrative).")),
    (style.MISSING, Text("A required cell that is blank.", "Пустая обязательная ячейка.")),
    (style.WRONG,
     Text("Out of the allowed range, not one of the choices, an unknown key, or a key that stands twice: a plan would "
          "stop.",
                       "Вне диапазона, не из списка, неизвестный или повторный ключ: расчёт остановится.")),
    (style.SUSPICIOUS, Text("To be looked at: a number typed as text, or 0.4 where 40 % may be meant.",
                            "Проверьте: число введено текстом или 0,4 там, где, возможно, имелось в виду 40 %.")),
)
HEADS = (
    (style.KEY_FILL, Text("Heading of a key: what a row is about; other sheets refer to it.",
                          "Заголовок ключа: о чём строка; на него ссылаются другие листы.")),
    (style.HEAD_FILL, Text("Any other heading. A red star above it: the cell has to be filled in.",
                           "Любой другой заголовок. Красная звёздочка над ним: ячейку нужно заполнить.")),
)
RULES = (
    Text("Row 3 of each sheet holds the headings, row 4 is the first row of data. Blank is never zero.",
         "В строке 3 каждого листа заголовки, с строки 4 данные. Пустая ячейка не ноль."),
    Text("Point at a heading for its meaning, range and example; the sheet #dictionary lists them all.",
         "Наведите на заголовок: смысл, диапазон, пример; все вместе на листе #dictionary."),
    Text("Columns of wide sheets stand in groups of one colour; the buttons above the letters of the columns fold and "
         "unfold what is rarely needed.",
         "На широких листах столбцы собраны в группы одного цвета; кнопки над буквами столбцов сворачивают и "
         "раскрывают то, что нужно редко."),
    Text("Percent columns hold percent numbers: 12.5, or a cell formatted as 12.5 %.",
         "В столбцах с % пишите проценты: 12,5 или ячейку в формате 12,5 %."),
    Text("Headings and sheets whose names start with # are notes; the model skips them.",
         "Заголовки и листы, начинающиеся с #, заметки; модель их пропускает."),
    Text("Rows and columns may stand in any order; optional columns and sheets may be deleted. Add rows below the last "
         "one.",
         "Порядок строк и столбцов свободный; необязательные столбцы и листы можно удалять. Новые строки пишите под "
         "последней."),
    Text("Headings may be written in English, Russian, Kazakh or Japanese; choices of a list stay as they are.",
         "Заголовки можно писать по-английски, по-русски, по-казахски или по-японски; значения списков не "
         "переводятся."),
)
WIDTHS = (24.0, 34.0, 9.0, 14.0, 112.0)
TABS = {True: "FF2F5D73", False: "FFC9A227"}


def write_contents(page: Worksheet, tables: Mapping[str, Table], lang: Lang) -> dict[str, int]:
    """Fill the sheet #contents. Row counts are formulas, so that they stay true while people edit; their values of
    today by cell."""
    counts: dict[str, int] = {}
    page["A1"] = style.titled(TITLE.say(lang), _case(tables[SETTINGS.name], lang))
    page["A1"].alignment = style.LEVEL
    page.row_dimensions[1].height = 30
    if lang in UNREVIEWED:
        page["A2"] = NOT_REVIEWED.say(lang)
        page["A2"].font = style.GREY
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _heads(page, 3, HEADINGS, lang)
    for row, sheet in enumerate(INPUTS, start=4):
        letter = tables[sheet.name].columns[sheet.key[0]]
        counts[f"C{row}"] = sum(cell is not None for cell in tables[sheet.name].values[sheet.key[0]])
        count = f"=COUNTA({sheet.name}!${letter}${FIRST_DATA_ROW}:${letter}$1048576)"
        _line(page, row, sheet.name, (sheet.title(lang), count, NEEDED[sheet.required].say(lang), sheet.note.say(lang)))
    row = 4 + len(INPUTS)
    _line(page, row, "#dictionary", (DICTIONARY[0].say(lang), None, None, DICTIONARY[1].say(lang)))
    below = _legend(page, row + 2, lang)
    _heads(page, below + 1, (HOW,), lang)
    for row, text in enumerate(RULES, start=below + 2):
        cell = page.cell(row, 1, text.say(lang))
        cell.font, cell.alignment = style.BODY, style.TOP
        page.row_dimensions[row].height = 15
    page.freeze_panes = "A4"
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = TABS[True]
    style.printable(page, "1:3", width=sum(WIDTHS), tall=1)
    return counts


def _case(settings: Table, lang: Lang) -> str:
    """Name of the case, in Russian for readers of Russian and Kazakh."""
    given = {str(record["setting"]): record["value"] for _, record in settings.records()}
    names = [given.get("case_ru"), given.get("case")] if lang in ("ru", "kk") else [given.get("case")]
    return str(next((name for name in names if name), ""))


def _heads(page: Worksheet, row: int, heads: tuple[Text, ...], lang: Lang) -> None:
    for place in range(1, len(WIDTHS) + 1):
        cell = page.cell(row, place, heads[place - 1].say(lang) if place <= len(heads) else None)
        cell.font, cell.fill, cell.alignment = style.HEAD, style.HEAD_FILL, style.SAID
    page.row_dimensions[row].height = 18


def _line(page: Worksheet, row: int, sheet: str, values: tuple[str | None, ...]) -> None:
    for place, value in enumerate((sheet, *values), start=1):
        cell = page.cell(row, place, value)
        style.dress(cell, font=style.BODY, border=style.LINE, alignment=style.WRAP)
    page.row_dimensions[row].height = row_height([(text, width)
                                                  for text, width in zip((sheet, *values), WIDTHS, strict=True) if text
                                                  and text[0] != "="]) + 3
    page.cell(row, 3).alignment = style.MIDDLE
    page.cell(row, 1).hyperlink = Hyperlink(ref=f"A{row}", location=f"'{sheet}'!A1")
    page.cell(row, 1).font = style.LINK


def _legend(page: Worksheet, row: int, lang: Lang) -> int:
    """The colours as they look on the sheets; the last row written."""
    _heads(page, row, (COLOURS,), lang)
    for look, text in LEGEND:
        row += 1
        cell = page.cell(row, 1, "" if look is style.MISSING else SAMPLE.say(lang))
        cell.font, cell.alignment, cell.border = style.BODY, style.CENTRE, style.LINE
        if look is not None:
            assert isinstance(look.fill, PatternFill)
            cell.fill = PatternFill("solid", fgColor=look.fill.bgColor)
            cell.font = style.BODY + look.font if look.font is not None else style.BODY
        _said(page, row, text, lang)
    for fill, text in HEADS:
        row += 1
        cell = page.cell(row, 1, "facility" if fill is style.KEY_FILL else "cost")
        cell.font, cell.fill, cell.alignment, cell.border = style.HEAD, fill, style.CENTRE, style.LINE
        _said(page, row, text, lang)
    return row + 1


def _said(page: Worksheet, row: int, text: Text, lang: Lang) -> None:
    cell = page.cell(row, 2, text.say(lang))
    cell.font, cell.alignment = style.BODY, style.SAID
    page.row_dimensions[row].height = 16
