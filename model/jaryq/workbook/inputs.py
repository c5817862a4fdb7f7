"""The workbook people edit: every declared sheet with titles, units, notes, drop-downs, marks, a table of contents and
a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import Lang
from jaryq.sheets import describe
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SCHEMA_VERSION, SETTING_AT, SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Cell, Column, Sheet
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables, letters
from jaryq.workbook import style
from jaryq.workbook.contents import TABS, write_contents
from jaryq.workbook.dictionary import NAME as DICTIONARY
from jaryq.workbook.dictionary import write_dictionary
from jaryq.workbook.folder import headings_of
from jaryq.workbook.headings import LONG, remark, right, write_head
from jaryq.workbook.highlight import Columns, highlight, highlight_cells
from jaryq.workbook.kept import Kept, put_back, with_rows_of_notes
from jaryq.workbook.lists import SPARE, Lists, validate
from jaryq.workbook.plan_style import row_height
from jaryq.workbook.shape import HEADING_ROW

TEMPLATE_MEMBERS = {"year": ("2026", "2027", "2028", "2029", "2030"), "country": ("JP",), "quantity": ()}
"""Members of families that an empty workbook starts with; people rename or add columns."""

LEAST, LINE, SMALL_LINE = 14.5, 13.0, 11.6
"""Height (points) of a row of data at least; of a line of text, and of one in the smaller letters of sentences."""

MANY = 60
"""Sentences stand in one line in sheets of more rows than this, so that the rows stay close together; in others they
are shown whole."""


def write_inputs(tables: Tables, path: Path, lang: Lang = "en", found: Kept | None = None) -> None:
    """Write ``tables`` as a workbook: all declared sheets (those that are absent stand empty), titles and notes in
    ``lang``.

    ``found``: what people added to the workbook that the tables were read from; it is put back in its place.
    Reading it back gives the same values. The same tables give the same bytes.
    """
    if found is not None:
        tables = with_rows_of_notes(tables, found)
    book = Workbook()
    contents = book.active
    assert isinstance(contents, Worksheet)
    contents.title = "#contents"
    full = {sheet.name: _complete(sheet, tables) for sheet in INPUTS}
    lists = Lists(full)
    for sheet in INPUTS:
        _write_sheet(book.create_sheet(sheet.name), sheet, full[sheet.name], lists, lang)
    counts = write_contents(contents, full, lang)
    write_dictionary(book.create_sheet(DICTIONARY), full, lang)
    lists.write(book)
    if found is not None:
        put_back(book, tables, found)
    style.save(book, Path(path), {contents.title: counts})


def template(path: Path, lang: Lang = "en") -> None:
    """An empty workbook: all sheets, all settings with their defaults in the remarks."""
    records = settings_records({"schema_version": {"value": SCHEMA_VERSION}}, lang)
    settings = Table.of(SETTINGS.name, records, [column.name for column in SETTINGS.columns])
    write_inputs(Tables("template", {SETTINGS.name: settings}), path, lang)


def settings_records(given: Mapping[str, Mapping[str, Cell]], lang: Lang = "en") -> list[dict[str, Cell]]:
    """A row for every setting, in declared order: the given cells, and where no remark is given the default and the
    meaning."""
    records: list[dict[str, Cell]] = []
    for setting in SETTING_COLUMNS:
        unit = describe.unit(setting, lang) if setting.unit != "number" else ""
        default = describe.LINES["default"].say(
            lang, it=f"{describe.shown(setting.default)} {unit}".rstrip()
        ) if setting.default is not None else ""
        remark = f"{default} {setting.note.say(lang)}".strip()
        records.append({"setting": setting.name, "value": None, "note": remark, **given.get(setting.name, {})})
    return records


def _complete(sheet: Sheet, tables: Tables) -> Table:
    """The sheet's table with every declared column, blank where it was absent; an absent sheet gets starting
    families."""
    if sheet.name not in tables:
        return Table.of(sheet.name, [], [name for column in sheet.columns for name in _starting(column)])
    table = tables[sheet.name]
    names = headings_of(sheet, table)
    return Table.of(sheet.name, [record for _, record in table.records()], names)


def _starting(column: Column) -> list[str]:
    return [column.name + member for member in TEMPLATE_MEMBERS[column.family]] if column.family else [column.name]


def _write_sheet(page: Worksheet, sheet: Sheet, table: Table, lists: Lists, lang: Lang) -> None:
    columns = [(name, sheet.column(name)) for name in headings_of(sheet, table) if name in table.columns]
    last = max(FIRST_DATA_ROW, HEADING_ROW + len(table))
    bottom, right_end = last + SPARE, letters(len(columns))
    widths = write_head(page, sheet, columns, table, lang)
    _write_rows(page, sheet, table, columns, widths)
    if sheet is SETTINGS:
        _describe_settings(page, table, lists, lang)
    for place, (name, column) in enumerate(columns, start=1):
        if column is not None and not (sheet is SETTINGS and name in ("setting", "value")):
            validate(page, column, f"{letters(place)}{FIRST_DATA_ROW}:{letters(place)}{bottom}", lists, lang)
    highlight(page, sheet, columns, bottom, lists)
    excel = ExcelTable(displayName=f"t_{sheet.name}", ref=f"A{HEADING_ROW}:{right_end}{last}")
    excel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(excel)
    page.freeze_panes = f"{letters(1 + len(sheet.key[:1]))}{FIRST_DATA_ROW}"
    page.sheet_view.zoomScale = 90
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = TABS[False]
    style.printable(page, f"1:{HEADING_ROW}", "A:B" if columns[1][0] == "name" else "A:A", f"A1:{right_end}{last}",
                    sum(widths))


def _write_rows(page: Worksheet, sheet: Sheet, table: Table, columns: Columns, widths: Sequence[float]) -> None:
    """The values; whole columns get their format, so that rows added later look the same."""
    whole_texts = sheet.free or len(table) <= MANY
    looks = [_look(sheet, name, column, whole_texts) for name, column in columns]
    for place, (form, font, alignment) in enumerate(looks, start=1):
        whole = page.column_dimensions[letters(place)]
        whole.number_format, whole.font, whole.alignment = form, font, alignment
    for position, record in table.records():
        row = FIRST_DATA_ROW + position
        for place, ((name, _), (form, font, alignment)) in enumerate(zip(columns, looks, strict=True), start=1):
            cell = page.cell(row, place)
            assert isinstance(cell, OpenCell)
            style.dress(cell, number_format=form, font=font, alignment=alignment, border=style.LINE)
            value = record[name]
            style.fill_in(cell, ("yes" if value else "no") if isinstance(value, bool) else value)
        texts = [(font, value, wide)
                 for (name, _), (_, font, alignment), wide in zip(columns, looks, widths, strict=True)
                 if isinstance(value := record[name], str) and alignment.wrap_text]
        small = row_height([(text, 1.1 * wide) for font, text, wide in texts if font is style.SMALL], SMALL_LINE)
        usual = row_height([(text, wide) for font, text, wide in texts if font is not style.SMALL], LINE)
        page.row_dimensions[row].height = max(small, usual, LEAST)
    if not len(table):
        for place, (form, font, alignment) in enumerate(looks, start=1):
            cell = page.cell(FIRST_DATA_ROW, place)
            style.dress(cell, number_format=form, font=font, alignment=alignment, border=style.LINE)


def _look(sheet: Sheet, name: str, column: Column | None, whole_texts: bool) -> tuple[str, Font, Alignment]:
    """Number format, font and alignment of a column's cells."""
    if column is None:
        return "General", style.BODY, style.WRAP
    if sheet is SETTINGS and name == "value":
        return "General", style.BODY, style.WRAP
    if right(column):
        return style.number_format(column), style.BODY, style.RIGHT
    if column.width >= LONG and not sheet.free:
        return style.number_format(column), style.SMALL, style.WRAP if whole_texts else style.TOP
    return style.number_format(column), style.BODY, style.WRAP


def _describe_settings(page: Worksheet, table: Table, lists: Lists, lang: Lang) -> None:
    """Each setting's meaning as a comment on its name, its drop-down, bounds and marks on its value."""
    for position, record in table.records():
        if setting := SETTING_AT.get(str(record["setting"])):
            page[table.cell(position, "setting")].comment = remark(setting, setting.name, lang, sheet=SETTINGS.name)
            value = page[table.cell(position, "value")]
            validate(page, setting, value.coordinate, lists, lang)
            highlight_cells(page, value.coordinate, value.coordinate, setting, lists)
