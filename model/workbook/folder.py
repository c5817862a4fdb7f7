"""A folder of CSV files: the same tables as the workbook, in a form that version control can compare line by line."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from model.base.issues import Issue
from model.base.text import Text
from model.data.tables import Table, Tables
from model.data.values import clean, plain_number, show
from model.sheets.inputs import INPUTS
from model.sheets.settings import SETTING_COLUMNS, SETTINGS
from model.sheets.spec import Sheet
from model.workbook.read import match_sheets, missing_sheets
from model.workbook.shape import Grid, canonical, table_of


def read_folder(folder: Path, sheets: Sequence[Sheet] = INPUTS) -> tuple[Tables, list[Issue]]:
    """The tables of a folder (one UTF-8 CSV file a sheet, first line the headings) and all issues of its shape.

    Row numbers are the line numbers of the file. Fields are separated by commas, or by semicolons or tabs where the first
    line has those and no comma; with semicolons a comma in a number is a decimal comma.
    """
    folder = Path(folder)
    declared = {sheet.name: sheet for sheet in sheets}
    files = {path.stem: path for path in sorted(folder.glob("*.csv")) if not path.name.startswith(("#", "."))}
    if not files:
        detail = Text("the folder holds no .csv files", "в папке нет файлов .csv")
        return Tables(folder.name), [Issue("unreadable_file", value=folder.name, slots={"detail": detail})]
    found, issues = match_sheets(files, declared)
    tables: dict[str, Table] = {}
    damaged: list[Issue] = []
    for stem, sheet in found.items():
        try:
            grid = _grid(files[stem], sheet)
        except (UnicodeDecodeError, csv.Error, OSError) as error:
            damaged.append(Issue("unreadable_file", sheet.name, value=files[stem].name, slots={"detail": _detail(error)}))
            tables[sheet.name] = Table.of(sheet.name, [])
            continue
        tables[sheet.name], wrong = table_of(sheet, grid)
        issues += wrong
    issues = damaged + issues + missing_sheets(tables, sheets)
    return Tables(folder.name, {sheet.name: tables[sheet.name] for sheet in sheets if sheet.name in tables}), issues


def _detail(error: Exception) -> Text:
    if isinstance(error, UnicodeDecodeError):
        return Text("it is not in UTF-8; save it as “CSV UTF-8”", "он не в UTF-8; сохраните его как «CSV UTF-8»")
    return Text(f"it is not a CSV file ({error})", f"это не файл CSV ({error})")


def _grid(path: Path, sheet: Sheet) -> Grid:
    """The file's lines; texts that are plain numbers become numbers where the column holds numbers."""
    text = path.read_bytes().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = next((mark for mark in (",", ";", "\t") if mark in first), ",")
    lines = list(_lines(text, delimiter))
    headings = lines[0][1] if lines else []
    names = [canonical(sheet, clean(heading) or "") for heading in headings]
    records = [_numbers(sheet, names, row, comma=delimiter == ";") for _, row in lines[1:]]
    return Grid(headings, records, [number for number, _ in lines[1:]], heading_row=1)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line number on which each starts (a quoted field may hold line breaks)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    for row in reader:
        yield start, row
        start = reader.line_num + 1


def _numbers(sheet: Sheet, names: Sequence[str | None], row: list[str], comma: bool) -> list[Any]:
    """Numbers where the column (or the setting) is declared a number; other texts stay for the check to judge."""
    values: list[Any] = list(row)
    for place, name in enumerate(names[: len(row)]):
        if name is None or not row[place]:
            continue
        column = sheet.column(name)
        if sheet is SETTINGS and name == "value":
            column = next((setting for setting in SETTING_COLUMNS if setting.name in row), None)
        if column is not None and column.kind in ("number", "integer") and (text := clean(row[place])):
            plain = plain_number(text.replace(",", ".") if comma and text.count(",") == 1 and "." not in text else text)
            values[place] = text if plain is None else plain
    return values


def write_folder(tables: Tables, folder: Path) -> None:
    """One CSV file a sheet, rows sorted by key; files of declared sheets that are not in ``tables`` are deleted.

    Columns that are blank throughout are left out unless required, a key, or of a family.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in INPUTS:
        path = folder / f"{sheet.name}.csv"
        if sheet.name in tables:
            partial = path.with_suffix(".csv.partial")
            partial.write_text(_csv(sheet, tables[sheet.name]), encoding="utf-8", newline="")
            os.replace(partial, path)
        else:
            path.unlink(missing_ok=True)


def _csv(sheet: Sheet, table: Table) -> str:
    headings = [name for name in headings_of(sheet, table) if _wanted(sheet, table, name)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headings)
    records = [record for _, record in table.records()]
    if not sheet.free:
        records.sort(key=lambda record: tuple(_sortable(record.get(name)) for name in sheet.key))
    writer.writerows([_field(record.get(name)) for name in headings] for record in records)
    return buffer.getvalue()


def headings_of(sheet: Sheet, table: Table) -> list[str]:
    """The headings of a table in declared order, families by their members, others (free sheets) behind."""
    present = list(table.frame.columns)
    ordered = [name for column in sheet.columns
               for name in (sorted(filter(column.takes, present)) if column.family else [column.name])]
    return ordered + [name for name in present if name not in ordered]


def _wanted(sheet: Sheet, table: Table, name: str) -> bool:
    column = sheet.column(name)
    if column is not None and (column.required or column.family or name in sheet.key):
        return True
    return name in table.frame.columns and any(value is not None for value in table.frame[name])


def _field(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return show(value)


def _sortable(value: Any) -> tuple[int, float, str]:
    """Blank first, then numbers, then texts by code point."""
    if isinstance(value, (int, float)):
        return (1, float(value), "")
    return (0, 0.0, "") if value is None else (2, 0.0, str(value))


