"""The workbook people edit: every declared sheet with titles, units, notes, drop-downs, marks and a table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from model.base.text import Lang, Text
from model.data.tables import FIRST_DATA_ROW, Table, Tables, letters
from model.data.values import show
from model.sheets.inputs import INPUTS
from model.sheets.settings import SCHEMA_VERSION, SETTING_COLUMNS, SETTINGS
from model.sheets.spec import Cell, Column, Sheet
from model.sheets.words import STATUSES
from model.workbook import style
from model.workbook.contents import write_contents
from model.workbook.folder import headings_of
from model.workbook.lists import Lists, validate
from model.workbook.shape import HEADING_ROW

TEMPLATE_MEMBERS = {"year": ("2026", "2027", "2028", "2029", "2030"), "country": ("JP",)}
"""Members of families that an empty workbook starts with; people rename or add columns."""

SPARE_ROWS = 500
"""Rows below the last one that drop-downs and marks already cover."""

WIDE = 250
"""Width of columns in all beyond which a sheet is printed on A3."""

REMARK = 120
"""Width of the remarks on settings, which hold their defaults and meanings."""

DEFAULT_IS = Text("Default: {default}.", "По умолчанию: {default}.")


def write_inputs(tables: Tables, path: Path, lang: Lang = "en") -> None:
    """Write ``tables`` as a workbook: all declared sheets (those that are absent stand empty), titles and notes in ``lang``.

    Reading it back gives the same values. The same tables give the same bytes.
    """
    book = Workbook()
    contents = book.active
    assert isinstance(contents, Worksheet)
    contents.title = "#contents"
    full = {sheet.name: _complete(sheet, tables) for sheet in INPUTS}
    lists = Lists(full)
    for sheet in INPUTS:
        _write_sheet(book.create_sheet(sheet.name), sheet, full[sheet.name], lists, lang)
    write_contents(contents, full, lang)
    lists.write(book.create_sheet("#lists"))
    style.save(book, Path(path))


def template(path: Path, lang: Lang = "en") -> None:
    """An empty workbook: all sheets, all settings with their defaults in the remarks."""
    records = settings_records({"schema_version": {"value": SCHEMA_VERSION}}, lang)
    settings = Table.of(SETTINGS.name, records, [column.name for column in SETTINGS.columns])
    write_inputs(Tables("template", {SETTINGS.name: settings}), path, lang)


def settings_records(given: Mapping[str, Mapping[str, Cell]], lang: Lang = "en") -> list[dict[str, Cell]]:
    """A row for every setting, in declared order: the given cells, and where no remark is given the default and the meaning."""
    records: list[dict[str, Cell]] = []
    for setting in SETTING_COLUMNS:
        unit = setting.unit_of.symbol.say(lang) if setting.unit_of and setting.unit != "number" else ""
        default = DEFAULT_IS.say(lang, default=f"{show(setting.default)} {unit}".rstrip()) if setting.default is not None else ""
        remark = f"{default} {setting.note.say(lang)}".strip()
        records.append({"setting": setting.name, "value": None, "note": remark, **given.get(setting.name, {})})
    return records


def _complete(sheet: Sheet, tables: Tables) -> Table:
    """The sheet's table with every declared column, blank where it was absent; an absent sheet gets starting families."""
    if sheet.name not in tables:
        return Table.of(sheet.name, [], [name for column in sheet.columns for name in _starting(column)])
    table = tables[sheet.name]
    names = headings_of(sheet, table)
    return Table.of(sheet.name, [record for _, record in table.records()], names)


def _starting(column: Column) -> list[str]:
    return [column.name + member for member in TEMPLATE_MEMBERS[column.family]] if column.family else [column.name]


def _write_sheet(page: Worksheet, sheet: Sheet, table: Table, lists: Lists, lang: Lang) -> None:
    headings = [name for name in headings_of(sheet, table) if name in table.columns]
    last = max(FIRST_DATA_ROW, HEADING_ROW + len(table))
    columns = [sheet.column(name) for name in headings]
    _write_head(page, sheet, headings, columns, lang)
    _write_rows(page, table, headings, columns)
    if sheet is SETTINGS:
        _describe_settings(page, table, lists, lang)
    bottom = last + SPARE_ROWS
    for place, column in enumerate(columns, start=1):
        if column is not None and not (sheet is SETTINGS and column.name in ("setting", "value")):
            validate(page, column, f"{letters(place)}{FIRST_DATA_ROW}:{letters(place)}{bottom}", lists, lang)
    _mark(page, sheet, headings, columns, bottom)
    area = f"A{HEADING_ROW}:{letters(len(headings))}{last}"
    excel = ExcelTable(displayName=f"t_{sheet.name}", ref=area)
    excel.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(excel)
    page.freeze_panes = f"{letters(1 + len(sheet.key[:1]))}{FIRST_DATA_ROW}"
    page.sheet_view.zoomScale = 90
    wide = sum(page.column_dimensions[letters(place)].width for place in range(1, len(headings) + 1)) > WIDE
    style.printable(page, f"1:{HEADING_ROW}", "A:A", f"A1:{letters(len(headings))}{last}", wide)


def _write_head(page: Worksheet, sheet: Sheet, headings: Sequence[str], columns: Sequence[Column | None], lang: Lang) -> None:
    """Row 1 the title and note, row 2 titles of columns with their units, row 3 the headings with comments."""
    page["A1"] = style.titled(sheet.title(lang), sheet.note.say(lang))
    page.row_dimensions[1].height = 24
    page.row_dimensions[2].height = 40
    page.row_dimensions[HEADING_ROW].height = 18
    for place, (name, column) in enumerate(zip(headings, columns, strict=True), start=1):
        head = page.cell(HEADING_ROW, place, name)
        head.data_type = "s"
        head.font = style.HEAD
        head.fill = style.KEY_FILL if name in sheet.key else style.HEAD_FILL
        if column is None:
            continue
        above = page.cell(2, place, under(column, name, lang))
        above.font = style.UNIT
        above.alignment = style.RIGHT_WRAP if _right(column) else style.WRAP
        head.alignment = style.RIGHT if _right(column) else style.TOP
        head.comment = remark(column, name, lang)
        page.column_dimensions[letters(place)].width = max(column.width, len(name) + 4)  # the filter's arrow takes four


def _right(column: Column | None) -> bool:
    """Numbers stand at the right."""
    return column is not None and column.kind in ("number", "integer")


def under(column: Column, heading: str, lang: Lang) -> str:
    """What stands above a heading: the column's title, and on a new line its unit."""
    title = column.text.say(lang) + (f" {heading.removeprefix(column.name)}" if column.family else "")
    return f"{title}\n{column.unit_of.symbol.say(lang)}" if column.unit_of else title


def remark(column: Column, heading: str, lang: Lang) -> Comment:
    """The comment of a heading: title and unit, note, whether required or the default, range, allowed values, example."""
    lines = [under(column, heading, lang).replace("\n", ", "), column.note.say(lang), *rules(column, lang)]
    text = "\n".join(lines)
    height = 18 * sum(1 + len(line) // 44 for line in lines) + 16
    return Comment(text, "Jaryq", width=320, height=height)


def rules(column: Column, lang: Lang) -> list[str]:
    """The column's rules in words."""
    found: list[str] = []
    if column.required:
        found.append(Text("Required.", "Обязательно.").say(lang))
    elif column.default is not None:
        default = {True: "yes", False: "no"}[column.default] if isinstance(column.default, bool) else show(column.default)
        found.append(DEFAULT_IS.say(lang, default=default))
    if limits := " ".join(f"{sign} {show(limit)}" for sign, limit in (("≥", column.ge), (">", column.gt), ("≤", column.le)) if limit is not None):
        found.append(Text("Allowed: {limits}", "Допустимо: {limits}").say(lang, limits=limits))
    if column.one_of:
        found.append(Text("One of: {values}", "Одно из: {values}").say(lang, values=", ".join(column.one_of)))
    if column.kind == "yes_no":
        found.append("yes / no")
    if column.ref:
        found.append(Text("A key of: {sheets}", "Ключ с листа: {sheets}").say(lang, sheets=column.ref.replace("|", ", ")))
    if column.example is not None:
        found.append(Text("Example: {example}", "Пример: {example}").say(lang, example=show(column.example)))
    return found


def _write_rows(page: Worksheet, table: Table, headings: Sequence[str], columns: Sequence[Column | None]) -> None:
    formats = [style.number_format(column) if column is not None else "General" for column in columns]
    if table.sheet == SETTINGS.name:
        formats[headings.index("value")] = "General"
    for position, record in table.records():
        for place, name in enumerate(headings, start=1):
            value = record[name]
            cell = page.cell(FIRST_DATA_ROW + position, place)
            assert isinstance(cell, OpenCell)
            cell.number_format = formats[place - 1]
            cell.font, cell.border = style.BODY, style.LINE
            cell.alignment = style.RIGHT if _right(columns[place - 1]) else style.TOP
            style.fill_in(cell, ("yes" if value else "no") if isinstance(value, bool) else value)
    if not len(table):
        for place in range(1, len(headings) + 1):
            page.cell(FIRST_DATA_ROW, place).number_format = formats[place - 1]


def _describe_settings(page: Worksheet, table: Table, lists: Lists, lang: Lang) -> None:
    """Each setting's meaning as a comment on its name, its drop-down or bounds on its value."""
    settings = {setting.name: setting for setting in SETTING_COLUMNS}
    page.column_dimensions[table.columns["note"]].width = REMARK
    for position, record in table.records():
        if setting := settings.get(str(record["setting"])):
            page[table.cell(position, "setting")].comment = remark(setting, setting.name, lang)
            value = page[table.cell(position, "value")]
            value.alignment = style.LEFT
            validate(page, setting, value.coordinate, lists, lang)
            if setting.required:
                page.conditional_formatting.add(value.coordinate, style.when(f'{value.coordinate}&""=""', style.MISSING))


def _mark(page: Worksheet, sheet: Sheet, headings: Sequence[str], columns: Sequence[Column | None], bottom: int) -> None:
    """Conditional fills: required cells that are blank in a row that is not; rows that are estimates or illustrative."""
    right, top = letters(len(headings)), FIRST_DATA_ROW
    for place, column in enumerate(columns, start=1):
        if column is not None and column.required:
            letter = letters(place)
            formula = f'AND(${letter}{top}&""="",COUNTA($A{top}:${right}{top})>0)'
            page.conditional_formatting.add(f"{letter}{top}:{letter}{bottom}", style.when(formula, style.MISSING, stop=True))
    if "data_status" in headings:
        letter = letters(headings.index("data_status") + 1)
        for status, fill in zip(STATUSES[2:], (style.ESTIMATE, style.ILLUSTRATIVE), strict=True):
            page.conditional_formatting.add(f"A{top}:{right}{bottom}", style.when(f'${letter}{top}="{status}"', fill))
