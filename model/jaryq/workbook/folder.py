"""A folder of CSV files: the same tables as the workbook, in a form that version control can compare line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.runs import still
from jaryq.base.text import Text, printable
from jaryq.base.whole_folder import write_whole_folder
from jaryq.sheets.aliases import heading, setting_called
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.tables.numerals import plain_number, with_decimal_comma
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import clean, show
from jaryq.workbook.coverage import DAMAGED, NO_CSV, NOTES, TWICE, UNKNOWN, Coverage, SheetCoverage
from jaryq.workbook.csv_text import Undecodable, decoded, records
from jaryq.workbook.foreign import told_with_keys
from jaryq.workbook.grid import Grid
from jaryq.workbook.locate import MOST_ABOVE, heading_row
from jaryq.workbook.marks import Marks
from jaryq.workbook.names import MOST_HINTS, match_sheets, missing_sheets
from jaryq.workbook.package import LARGEST_FILE
from jaryq.workbook.reading import Reading, covered_by, left_out
from jaryq.workbook.shape import Shaped, table_of
from jaryq.workbook.two_rows import heads

NAMES = tuple(f"{sheet.name}.csv" for sheet in INPUTS)
"""Files of declared sheets."""

MARK = ".mirror.json"
"""The file in which ``mirror`` states what it wrote."""

MOST_HEADINGS = 16_384
"""As many columns as a sheet of a workbook has."""

MOST_PEEKED = 1 << 20
"""Bytes that are looked at of a file that is none of the sheets."""

def read_folder(folder: Path, sheets: Sequence[Sheet] = INPUTS) -> Reading:
    """The tables of a folder (one CSV file a sheet, first line the headings) and all issues of its shape.

    Row numbers are the line numbers of the file. Encoding and separator are found by :mod:`jaryq.workbook.csv_text`;
    with semicolons a comma in a number is a decimal comma.
    """
    folder = Path(folder)
    declared = {sheet.name: sheet for sheet in sheets}
    everything = sorted(path for path in folder.iterdir() if path.is_file() and path.name != MARK)
    files = {path.stem: path for path in everything if path.suffix.casefold() == ".csv"
             and not path.name.startswith(("#", "."))}
    left = [SheetCoverage(path.name, why=NOTES if path.name.startswith(("#", ".")) else NO_CSV)
            for path in everything if path not in files.values()]
    if not files:
        detail = Text("the folder holds no .csv files", "в папке нет файлов .csv")
        issue = Issue("unreadable_file", value=printable(folder.name), slots={"detail": detail})
        return Reading(Tables(printable(folder.name)), (issue,), Coverage(printable(folder.name), tuple(left)))
    found = match_sheets(files, declared)[0]
    contents = {stem: rows for stem in [stem for stem in files if stem not in found][:MOST_HINTS]
                if (rows := _peeked(files[stem])) is not None}
    issues = match_sheets(files, declared, contents)[1]
    foreign = left_out(contents)
    tables: dict[str, Table] = {}
    damaged: list[Issue] = []
    covered: list[SheetCoverage] = []
    for stem, sheet in found.items():
        path = files[stem]
        try:
            shaped = _shaped(path, sheet)
        except (Undecodable, csv.Error, OSError) as error:
            code = "not_opened" if isinstance(error, PermissionError) else "unreadable_file"
            damaged.append(Issue(code, sheet.name, value=path.name, slots={"detail": _detail(error)}))
            tables[sheet.name] = Table.of(sheet.name, [])
            covered.append(SheetCoverage(path.name, why=DAMAGED))
            continue
        tables[sheet.name] = shaped.table
        issues += shaped.issues
        foreign |= {(sheet.name, cell): values for cell, values in shaped.foreign.items()}
        covered.append(covered_by(path.name, shaped, Marks()))
    twice = {issue.value for issue in issues if issue.code == "duplicate_sheet"}
    covered += [SheetCoverage(files[stem].name, why=TWICE if stem in twice else UNKNOWN)
                for stem in files if stem not in found]
    issues = damaged + issues + missing_sheets(tables, sheets)
    in_order = {sheet.name: tables[sheet.name] for sheet in sheets if sheet.name in tables}
    read_tables = Tables(printable(folder.name), in_order)
    return Reading(read_tables, tuple(told_with_keys(issues, foreign, read_tables)),
                   Coverage(printable(folder.name), (*covered, *left)))


def _peeked(path: Path) -> list[list[str]] | None:
    """The first lines of a file that is none of the sheets, in fields by the mark that it holds most of."""
    try:
        text, _ = decoded(path.read_bytes()[:MOST_PEEKED])
        mark = max(",;\t|", key=text.count)
        return list(csv.reader(text.splitlines(), delimiter=mark))
    except (Undecodable, csv.Error, OSError):
        return None


def _detail(error: Exception) -> Text:
    if isinstance(error, Undecodable):
        return error.detail
    return Text(f"it is not a CSV file ({error})", f"это не файл CSV ({error})")


def _shaped(path: Path, sheet: Sheet) -> Shaped:
    """The file's lines as a table; texts that are plain numbers become numbers where the column holds numbers."""
    if path.stat().st_size > LARGEST_FILE:
        raise OSError(f"larger than {LARGEST_FILE >> 20} MB")
    text, encoding = decoded(path.read_bytes())
    delimiter, lines = records(text, sheet)
    head = heading_row(sheet, [row for _, row in lines[:MOST_ABOVE]], usual=1)
    found = heads(sheet, [row for _, row in lines[:MOST_ABOVE + 3]], head)
    if len(found.values) > MOST_HEADINGS:
        raise Undecodable(Text(f"its line of headings has {len(found.values)} fields; {MOST_HEADINGS} are read",
                               f"в строке заголовков {len(found.values)} полей; читается не больше {MOST_HEADINGS}"))
    names = [heading(sheet, clean(text or "") or "") for text in found.values]
    rows = [_numbers(sheet, names, row, comma=delimiter == ";") for _, row in lines[found.row:]]
    numbers = [number for number, _ in lines[found.row:]]
    place, lowest, over = (lines[row - 1][0] if 0 < row <= len(lines) else row for row in (head, found.row, head - 1))
    shaped = table_of(sheet, Grid(found.values, rows, numbers, lowest, lines[head - 2][1] if head > 1 else (),
                                  above_row=over, heads=found))
    told = [Issue("other_encoding", sheet.name, value=printable(path.name),
                  slots={"encoding": encoding})] if encoding else []
    if found.first != 1:
        told.append(Issue("table_moved", sheet.name, f"A{place}", slots={"row": place, "usual": 1}))
    return replace(shaped, issues=(*told, *shaped.issues))


def _numbers(sheet: Sheet, names: Sequence[str | None], row: list[str], comma: bool) -> list[Any]:
    """Numbers where the column (or the setting) is declared a number; other texts stay for the rules to judge."""
    values: list[Any] = list(row)
    for place, name in enumerate(names[: len(row)]):
        if name is None or not row[place]:
            continue
        column = sheet.column(name)
        if sheet is SETTINGS and name == "value":
            column = next((setting for text in row if (setting := setting_called(text)) is not None), None)
        if column is not None and column.kind in ("number", "integer") and (text := clean(row[place])):
            plain = plain_number(text)
            if plain is None and comma:
                plain = with_decimal_comma(text)
            values[place] = text if plain is None else plain
    return values


def write_folder(tables: Tables, folder: Path) -> None:
    """One CSV file a sheet, rows sorted by key (but for sheets whose rows work from the top); files of declared sheets
    that are not in ``tables`` are deleted.

    Columns that are blank throughout are left out unless required, a key, or of a family. Raises Misplaced or Fault.
    """
    write_whole_folder(Path(folder), files_of(tables), NAMES)


def files_of(tables: Tables) -> dict[str, bytes]:
    """The files of a folder, by name."""
    return {f"{sheet.name}.csv": _csv(sheet, tables[sheet.name]).encode("utf-8", "replace")
            for sheet in INPUTS if sheet.name in tables}


def _csv(sheet: Sheet, table: Table) -> str:
    headings = [name for name in headings_of(sheet, table) if _wanted(sheet, table, name)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headings)
    records = [record for _, record in table.records()]
    if not sheet.free and not sheet.ordered:
        records.sort(key=lambda record: tuple(_sortable(record.get(name)) for name in sheet.key))
    writer.writerows([_field(record.get(name)) for name in headings] for record in records)
    return buffer.getvalue()


def headings_of(sheet: Sheet, table: Table) -> list[str]:
    """The headings of a table in declared order, families by their members, others (free sheets) behind."""
    present = list(table.values)
    ordered = [name for column in sheet.columns
               for name in (sorted(filter(column.takes, present)) if column.family else [column.name])]
    return ordered + [name for name in present if name not in ordered]


def _wanted(sheet: Sheet, table: Table, name: str) -> bool:
    column = sheet.column(name)
    if column is not None and (column.required or column.family or name in sheet.key):
        return True
    return table.holds(name)


def _field(value: Any) -> str:
    """The value as text. One that a spreadsheet program would run as a formula gets an apostrophe, which reading takes
    away again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return still(value) if isinstance(value, str) else show(value)


def _sortable(value: Any) -> tuple[int, float, str]:
    """Blank first, then numbers, then texts by code point."""
    if isinstance(value, (int, float)):
        return (1, float(value), "")
    return (0, 0.0, "") if value is None else (2, 0.0, str(value))


