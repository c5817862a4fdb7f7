"""Read a workbook or a folder of CSV files into Tables, with everything that is wrong about their shape."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from model.base.issues import Issue
from model.data.convert import near
from model.data.tables import FIRST_DATA_ROW, Table, Tables, letters
from model.data.values import Rejected
from model.sheets.inputs import INPUTS
from model.sheets.spec import Sheet
from model.workbook.scan import Marks, Scan, Unreadable
from model.workbook.shape import HEADING_ROW, Grid, table_of

_OLE = b"\xd0\xcf\x11\xe0"


def read(path: Path, sheets: Sequence[Sheet] = INPUTS) -> tuple[Tables, list[Issue]]:
    """The tables of a workbook (.xlsx, .xlsm) or of a folder of CSV files, and all issues of its shape.

    Never raises for a bad file: an unreadable one gives no tables and the issue ``unreadable_file``. Values are cleaned, not
    typed (``data.check.typed`` does that); cells that are reported here hold ``Rejected``.
    """
    path = Path(path)
    if path.is_dir():
        from model.workbook.folder import read_folder
        return read_folder(path, sheets)
    if not path.exists():
        return Tables(path.stem), [Issue("no_such_file", value=str(path))]
    declared = {sheet.name: sheet for sheet in sheets}
    try:
        marks, values = _load(path, declared)
    except Unreadable as error:
        return Tables(path.stem), [Issue("unreadable_file", value=path.name, slots={"detail": error.detail})]
    found, issues = match_sheets(marks, declared)
    tables: dict[str, Table] = {}
    for raw, sheet in found.items():
        grid, cells = _grid(sheet, values[raw], marks[raw])
        tables[sheet.name], wrong = table_of(sheet, grid)
        issues += wrong + _cells(tables[sheet.name], cells)
    issues += missing_sheets(tables, sheets)
    return Tables(path.stem, {sheet.name: tables[sheet.name] for sheet in sheets if sheet.name in tables}), issues


def _load(path: Path, declared: Mapping[str, Sheet]) -> tuple[dict[str, Marks], dict[str, list[list[Any]]]]:
    """Marks of every sheet that is not a note, and raw values from A1 on of those that are declared.

    Raises Unreadable, whatever goes wrong: damaged files make the libraries below fail in more ways than they document, and a
    panic of calamine is no Exception.
    """
    try:
        _refuse_other_kinds(path)
        with zipfile.ZipFile(path) as archive:
            scan = Scan(archive)
            marks = {name: scan.sheet(name) for name in scan.sheets if not name.strip().startswith("#")}
        names = match_sheets(marks, declared)[0]
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            return marks, {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (Unreadable, KeyboardInterrupt, SystemExit):
        raise
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Unreadable(reason, reason) from error
    except BaseException as error:
        raise Unreadable("it is damaged or incomplete", "он повреждён или неполон") from error


def _refuse_other_kinds(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE):
        raise Unreadable("it is an old .xls workbook or protected by a password", "это старая книга .xls или файл под паролем")
    if not start.startswith(b"PK"):
        raise Unreadable("it is not an Excel workbook", "это не книга Excel")


def match_sheets(names: Mapping[str, object], declared: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], list[Issue]]:
    """The declared sheet of each name found (in any case, spaces at the ends ignored), and issues for the others."""
    found: dict[str, Sheet] = {}
    issues: list[Issue] = []
    folded = {name.casefold(): sheet for name, sheet in declared.items()}
    for raw in sorted(names, key=lambda name: name not in declared):
        sheet = folded.get(raw.strip().casefold())
        if sheet is not None and sheet not in found.values():
            found[raw] = sheet
        else:
            titles = {text.casefold(): sheet.name for sheet in declared.values() for text in (sheet.text.en, sheet.text.ru)}
            title = titles.get(raw.strip().casefold())
            issues.append(Issue("unknown_sheet", raw, value=raw, slots={"hint": near(title or raw, declared)}))
    return found, issues


def missing_sheets(tables: Mapping[str, Table], sheets: Sequence[Sheet]) -> list[Issue]:
    return [Issue("missing_sheet", sheet.name, slots={"name": sheet.name}) for sheet in sheets if sheet.required and sheet.name not in tables]


def _grid(sheet: Sheet, values: list[list[Any]], marks: Marks) -> tuple[Grid, list[tuple[int, int, str, str]]]:
    """The sheet's grid with the marked cells rejected, and those cells as (row, column, code, value)."""
    marked = [(row, column, "error_value", value) for (row, column), value in marks.errors.items()]
    marked += [(row, column, "formula_without_value", "") for row, column in marks.no_value]
    for row, column, _, value in marked:
        if row >= HEADING_ROW and not sheet.free:
            values.extend([] for _ in range(row - len(values)))
            line = values[row - 1]
            line.extend([None] * (column - len(line)))
            line[column - 1] = Rejected(value)
    headings = values[HEADING_ROW - 1] if len(values) >= HEADING_ROW else []
    rows = values[FIRST_DATA_ROW - 1:]
    grid = Grid(headings, rows, range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(rows)), percent=marks.percent)
    return grid, [] if sheet.free else sorted(marked)


def _cells(table: Table, marked: list[tuple[int, int, str, str]]) -> list[Issue]:
    """Issues of marked cells that belong to a column of the table, or to its headings; comments may hold what they like."""
    names = {letter: name for name, letter in table.columns.items()}
    return [Issue(code, table.sheet, f"{letters(column)}{row}", names.get(letters(column), ""), value)
            for row, column, code, value in marked
            if row == HEADING_ROW or (row >= FIRST_DATA_ROW and letters(column) in names)]
