"""Differences of two inputs as a workbook: an overview, and a sheet for each sheet that changed, a line for each
cell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jaryq.base.text import Lang, Text, printable
from jaryq.report.differences import (
    KIND,
    SIDE,
    WHY,
    change_of,
    column_of,
    counted,
    name_of,
    place_of,
    share_of,
    title_of,
)
from jaryq.report.shapes import is_number
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.compared import Unread, Value, said
from jaryq.tables.diff import KINDS_OF_DIFFERENCE, CellDiff, Diff, Kind, RowDiff, SheetDiff, Side
from jaryq.workbook.book import write_book
from jaryq.workbook.plan_data import LONGEST_TEXT, put
from jaryq.workbook.plan_place import FIRST, HEADINGS, TITLE, UNITS
from jaryq.workbook.plan_style import BAD, LINE, MUTED, TABS, Style, free_format, print_setup, row_height

PURPOSE = "differences"
"""What the file is marked as."""

MOST_LINES = 100_000
"""Lines of a sheet; the others are counted in its last line."""

MOST_LINKED = 30_000
"""Lines with links to both files: a sheet of Excel holds no more than 65,530 links."""

FILLS: dict[Kind, str] = {"changed": "#FFF6DD", "added": "#E6F2E8", "removed": "#F8E3E0"}
OVERVIEW = "overview"
TITLE_TEXT = Text("What changed: {old} → {new}", "Что изменилось: {old} → {new}")
NOTE = Text("Rows are matched by key; formats, the order of rows and comments do not count.",
            "Строки сопоставлены по ключу; форматы, порядок строк и примечания не учитываются.")
SAME = Text("No differences.", "Различий нет.")
REMARKS = Text("Remarks on the two files", "Замечания к файлам")
MORE = Text("+{count} more; they stand in the JSON form", "ещё {count}; они есть в форме JSON")
BACK = Text("← overview", "← обзор")

SHEETS_HEAD = ((Text("Sheet", "Лист"), 20), (Text("Title", "Название"), 34),
               *((KIND[kind], 12) for kind in KINDS_OF_DIFFERENCE),
               (Text("cells", "ячеек"), 12))
REMARKS_HEAD = (Text("File", "Файл"), Text("What stands there", "Что там стоит"), Text("Cell", "Ячейка"),
                Text("Remark", "Замечание"))
LINES_HEAD = (
    (Text("Change", "Изменение"), 12), (Text("Row", "Строка"), 22), (Text("Name", "Название"), 32),
    (Text("Column", "Столбец"), 18),
    (Text("Meaning", "Смысл"), 26),
    (Text("Old value", "Прежнее значение"), 28), (Text("New value", "Новое значение"), 28),
    (Text("Difference", "Разница"), 13), (Text("in %", "в %"), 9),
    (Text("Unit", "Единица"), 14), (Text("Cell, old file", "Ячейка, прежний файл"), 11),
    (Text("Cell, new file", "Ячейка, новый файл"), 11),
)


def write_differences(path: Path, diff: Diff, old: Path, new: Path, lang: Lang = "en") -> Path:
    """Write the workbook; where it stands (beside ``path`` if the file there is open). Cells link to those of ``old``
    and ``new``.

    Raises NotWritten.
    """
    return write_book(path, PURPOSE, lambda book: _write(book, Path(path).parent, diff, old, new, lang))


def _write(book: Any, folder: Path, diff: Diff, old: Path, new: Path, lang: Lang) -> None:
    files: dict[Side, str] = {"old": _link(old, folder), "new": _link(new, folder)}
    title = TITLE_TEXT.say(lang, old=printable(old.name), new=printable(new.name))
    book.set_properties({"title": title, "author": "Jaryq", "category": "differences", "comments": NOTE.say(lang)})
    style = Style(book)
    made = {name: book.add_worksheet(name) for name in (OVERVIEW, *(sheet.sheet.name for sheet in diff.sheets))}
    for page in made.values():
        page.set_tab_color(TABS["report"])
    _overview(made[OVERVIEW], diff, title, files, style, lang)
    for sheet in diff.sheets:
        _sheet(made[sheet.sheet.name], sheet, files, style, lang, title)


def _link(file: Path, folder: Path) -> str:
    """Address of a file from the folder of the workbook; nothing for a folder of CSV files, whose lines cannot be
    linked to, and for names that no link can hold."""
    if file.is_dir() or printable(str(file.resolve())) != str(file.resolve()):
        return ""
    try:
        return os.path.relpath(file.resolve(), folder.resolve())
    except ValueError:  # another drive
        return str(file.resolve())


def _overview(page: Any, diff: Diff, title: str, files: dict[Side, str], style: Style, lang: Lang) -> None:
    page.set_row(TITLE, 22)
    page.write_string(TITLE, 0, title, style.title())
    page.write_string(UNITS, 0, NOTE.say(lang), style.note())
    for c, (text, width) in enumerate(SHEETS_HEAD):
        page.write_string(HEADINGS, c, text.say(lang).capitalize() if c > 1 else text.say(lang),
                          style.head(align="left" if c < 2 else "center"))
        page.set_column(c, c, width)
    body, number = style(bottom=4, bottom_color=LINE), style(bottom=4, bottom_color=LINE, align="center",
                                                             num_format='0;-0;"–"')
    row = FIRST
    for sheet in diff.sheets:
        page.write_url(row, 0, f"internal:'{sheet.sheet.name}'!A1", style.link(), sheet.sheet.name)
        page.write_string(row, 1, sheet.sheet.title(lang), body)
        for c, count in enumerate((*(sheet.count(kind) for kind in KINDS_OF_DIFFERENCE),
                                   sum(len(changed.cells) for changed in sheet.rows)), start=2):
            page.write_number(row, c, count, number)
        row += 1
    if not diff.sheets:
        page.write_string(row, 0, SAME.say(lang), style.note())
        row += 1
    if diff.remarks:
        _remarks(page, diff, row + 1, files, style, lang)
    page.freeze_panes(FIRST, 0)
    print_setup(page, title)


def _remarks(page: Any, diff: Diff, row: int, files: dict[Side, str], style: Style, lang: Lang) -> None:
    page.write_string(row, 0, REMARKS.say(lang), style.title())
    page.set_row(row, 22)
    for c, text in enumerate(REMARKS_HEAD):
        page.write_string(row + 1, c, text.say(lang), style.head(align="left"))
    wide = sum(width for _, width in SHEETS_HEAD[3:])
    page.merge_range(row + 1, 3, row + 1, len(SHEETS_HEAD) - 1, REMARKS_HEAD[3].say(lang), style.head(align="left"))
    wrap = style(text_wrap=True, bottom=4, bottom_color=LINE)
    for r, remark in enumerate(diff.remarks[:MOST_LINKED], start=row + 2):
        why = WHY[remark.why].say(lang)
        page.write_string(r, 0, SIDE[remark.side].say(lang), wrap)
        page.write_string(r, 1, remark.text[:LONGEST_TEXT], wrap)
        _address(page, r, 2, remark.sheet, remark.cell, files[remark.side], style, place_of(remark))
        page.merge_range(r, 3, r, len(SHEETS_HEAD) - 1, why, wrap)
        page.set_row(r, row_height([(why, wide), (remark.text, SHEETS_HEAD[1][1])]))
    if len(diff.remarks) > MOST_LINKED:
        page.write_string(row + 2 + MOST_LINKED, 0, MORE.say(lang, count=len(diff.remarks) - MOST_LINKED), style.note())


def _sheet(page: Any, sheet: SheetDiff, files: dict[Side, str], style: Style, lang: Lang, footer: str) -> None:
    page.set_row(TITLE, 22)
    page.write_string(TITLE, 0, f"{sheet.sheet.title(lang)}: {counted(sheet, lang)}", style.title())
    page.write_url(UNITS, 0, f"internal:'{OVERVIEW}'!A1", style.link(), BACK.say(lang))
    for c, (text, width) in enumerate(LINES_HEAD):
        page.write_string(HEADINGS, c, text.say(lang), style.head(align="left" if c < 7 else "center"))
        page.set_column(c, c, width)
    page.set_row(HEADINGS, 40)
    lines = [(row, cell) for row in sheet.rows for cell in row.cells or (None,)]
    for r, (row, cell) in enumerate(lines[:MOST_LINES], start=FIRST):
        _line(page, r, sheet.sheet, row, cell, files if r < MOST_LINKED else {"old": "", "new": ""}, style, lang)
    last = FIRST + min(len(lines), MOST_LINES) - 1
    if len(lines) > MOST_LINES:
        page.write_string(last + 1, 0, MORE.say(lang, count=len(lines) - MOST_LINES), style.note())
    page.autofilter(HEADINGS, 0, last, len(LINES_HEAD) - 1)
    page.freeze_panes(FIRST, 2)
    print_setup(page, footer, letters=sum(width for _, width in LINES_HEAD))


def _line(page: Any, r: int, sheet: Sheet, row: RowDiff, cell: CellDiff | None, files: dict[Side, str], style: Style,
          lang: Lang) -> None:
    """One cell that differs (or a row that has nothing but its key)."""
    line = {"bottom": 4, "bottom_color": LINE}
    plain = {"text_wrap": True, **line}
    for c in range(len(LINES_HEAD)):
        page.write_blank(r, c, None, style(**line))
    page.write_string(r, 0, KIND[row.kind].say(lang), style(bg_color=FILLS[row.kind], bottom=4, bottom_color=LINE))
    page.write_string(r, 1, name_of(row, lang)[:LONGEST_TEXT], style(bold=True, **plain))
    page.write_string(r, 2, title_of(row, lang)[:LONGEST_TEXT], style(**plain))
    if cell is None:
        return
    column = column_of(sheet, row, cell)
    page.write_string(r, 3, cell.column, style(**plain))
    meaning = column.text.say(lang) if column is not None else ""
    page.write_string(r, 4, meaning, style(font_color=MUTED, **plain))
    for c, value in ((5, cell.old), (6, cell.new)):
        _value(page, r, c, value, column, style, {"indent": 1, **plain})
    change = change_of(cell)
    if change is not None:
        page.write_number(r, 7, change,
                          style(num_format=f"+{_form(change)};-{_form(change)};0", bottom=4, bottom_color=LINE))
        if (share := share_of(cell, column)) is not None:
            page.write_number(r, 8, share, style(num_format="+#,##0.0;-#,##0.0;0", bottom=4, bottom_color=LINE))
    if column is not None and column.unit_of is not None and column.unit != "number":
        page.write_string(r, 9, column.unit_of.symbol.say(lang),
                          style(font_color=MUTED, align="center", text_wrap=True, bottom=4, bottom_color=LINE))
    _address(page, r, 10, sheet.name, cell.old_cell, files["old"], style, line=line)
    _address(page, r, 11, sheet.name, cell.new_cell, files["new"], style, line=line)
    texts = ((1, name_of(row, lang)), (2, title_of(row, lang)), (3, cell.column), (4, meaning), (5, said(cell.old)),
             (6, said(cell.new)))
    page.set_row(r, min(row_height([(text, LINES_HEAD[c][1]) for c, text in texts]), 120.0))


def _form(value: float) -> str:
    """Digits of a number without signs and colours."""
    form = free_format(abs(value)).split(";")[0]
    return "0.######" if form == "General" else form


def _value(page: Any, r: int, c: int, value: Value, column: Column | None, style: Style, plain: dict[str, Any]) -> None:
    """A value in its type; what cannot be read in red."""
    if isinstance(value, Unread):
        page.write_string(r, c, value.text[:LONGEST_TEXT], style(font_color=BAD, italic=True, **plain))
    elif isinstance(value, bool):
        page.write_string(r, c, said(value), style(**plain))
    elif is_number(value):
        year = column is not None and column.unit == "year"
        put(page, r, c, value, style(num_format="0" if year else "General", align="left", **plain))
    elif value is not None:
        page.write_string(r, c, str(value)[:LONGEST_TEXT], style(**plain))


def _address(page: Any, r: int, c: int, sheet: str, cell: str, file: str, style: Style, shown: str = "",
             line: Mapping[str, Any] | None = None) -> None:
    """The address of a cell, as a link into its file where it has one."""
    if not (shown or cell):
        return
    if file and cell and sheet in INPUT:
        page.write_url(r, c, f"external:{file}#'{sheet}'!{cell}",
                       style(font_color="#1F5FA8", underline=1, **(line or {})), shown or cell)
    else:
        page.write_string(r, c, shown or cell, style(**(line or {})))
