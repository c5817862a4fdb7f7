"""Read a workbook or a folder of CSV files into Tables, with everything that is wrong about their shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jaryq.base.issues import Issue, capped
from jaryq.base.text import printable
from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.spec import Sheet
from jaryq.tables.migrate import declared_at, migrate, newer, version_of
from jaryq.tables.register_sheet import register_named
from jaryq.tables.tables import Table, Tables, letters
from jaryq.tables.values import Rejected, Shown, show
from jaryq.workbook.binary import UNCHECKED
from jaryq.workbook.coverage import NO_CELLS, NOTES, TWICE, UNKNOWN, Coverage, SheetCoverage
from jaryq.workbook.file import RawSheet, load
from jaryq.workbook.finished import finished, form_sheet, is_plan, plan_of
from jaryq.workbook.folder import read_folder
from jaryq.workbook.foreign import told_with_keys
from jaryq.workbook.formats import UNSEEN
from jaryq.workbook.grid import HEADING_ROW, Grid
from jaryq.workbook.locate import heading_row, heading_text
from jaryq.workbook.marks import Marks
from jaryq.workbook.names import MOST_HINTS, is_note, match_sheets, missing_sheets
from jaryq.workbook.package import Unreadable
from jaryq.workbook.reading import Reading, covered_by, hidden_columns, left_out
from jaryq.workbook.shape import Shaped, table_of
from jaryq.workbook.two_rows import heads

__all__ = ["Reading", "match_sheets", "missing_sheets", "read", "read_all", "read_as"]

REMARK = "note"
"""The column of remarks, which many sheets have."""


def read(path: Path) -> tuple[Tables, list[Issue]]:
    """The tables of an input and all issues of its shape; see :func:`read_all`."""
    reading = read_all(path)
    return reading.tables, list(reading.issues)


def read_all(path: Path) -> Reading:
    """An input of this or an older version, in the form of this one; see :func:`read_as`.

    What was changed in an older one is told as notes. A newer one has the issue ``newer_version``, and only that: what
    else seems wrong about its shape comes from the change of form.
    """
    reading = read_as(path)
    if made_later := newer(reading.tables):
        return Reading(reading.tables, tuple(made_later), reading.coverage)
    version = version_of(reading.tables)
    if (older := declared_at(version)) is not INPUTS:
        reading = read_as(path, older)
    tables, notes = migrate(reading.tables, version)
    notes = [*reading.issues, *notes]
    if register_named(tables) is not None:
        from jaryq.workbook.register.read import with_register  # loads pandas, which takes longer than most inputs

        tables, told = with_register(tables, Path(path).absolute().parent)
        notes += told
    return Reading(tables, tuple(notes), reading.coverage)


def read_as(path: Path, sheets: Sequence[Sheet] = INPUTS) -> Reading:
    """The tables of a workbook (.xlsx, .xlsm, .ods, .xlsb, .xls) or of a folder of CSV files, and all issues of its
    shape.

    Never raises for a bad file: an unreadable one gives no tables and one issue (``unreadable_file``,
    ``protected_file``, ``other_format``, ``too_large``, ``unsafe_file``, ``no_such_file``, ``finished_plan``). Values
    are cleaned, not typed (``jaryq.tables.typed`` does that); cells that are reported here hold ``Rejected``.
    """
    path = Path(path)
    try:
        return _read_as(path, sheets)
    except PermissionError:  # of a folder: that of a file is told by ``load``
        return _nothing(path, Issue("not_opened", value=printable(path.name)))


def _nothing(path: Path, issue: Issue) -> Reading:
    return Reading(Tables(printable(path.stem)), (issue,), Coverage(printable(path.name)))


def _read_as(path: Path, sheets: Sequence[Sheet]) -> Reading:
    if path.is_dir():
        if (plan := finished(path)) is not None:
            return Reading(Tables(printable(path.name)), (plan.issue(),), Coverage(printable(path.name)))
        return read_folder(path, sheets)
    if not path.exists():
        return _nothing(path, Issue("no_such_file", value=printable(str(path))))
    declared = {sheet.name: sheet for sheet in sheets}
    try:
        book = load(path, lambda names: form_sheet(names) if is_plan(names) else match_sheets(names, declared)[0],
                    lambda names: () if is_plan(names) else _unknown(names, declared))
    except Unreadable as error:
        return _nothing(path, Issue(error.code, error.sheet, error.cell, "", printable(path.name),
                                    {"detail": error.detail, "what": error.detail}))
    if (plan := plan_of(path, book)) is not None:
        return _nothing(path, plan.issue())
    found, issues = match_sheets([*book.sheets, *(name for name, cells in book.others.items() if cells)], declared,
                                 book.peeked)
    if book.binary:
        issues.insert(0, Issue("binary_form", value=printable(path.name),
                               slots={"form": book.binary, "what": UNCHECKED}))
    tables: dict[str, Table] = {}
    covered: list[SheetCoverage] = []
    foreign = left_out(book.peeked)
    for raw, sheet in found.items():
        shaped, wrong = _shaped(sheet, book.sheets[raw])
        tables[sheet.name] = shaped.table
        issues += [*shaped.issues, *wrong]
        foreign |= {(sheet.name, cell): values for cell, values in shaped.foreign.items()}
        covered.append(covered_by(raw, shaped, book.sheets[raw].marks))
    twice = {issue.value for issue in issues if issue.code == "duplicate_sheet"}
    for name, cells in book.others.items():
        covered.append(SheetCoverage(name, why=NOTES if is_note(name) else NO_CELLS if not cells else TWICE
                                     if name in twice else UNKNOWN))
    issues += missing_sheets(tables, sheets)
    in_order = {sheet.name: tables[sheet.name] for sheet in sheets if sheet.name in tables}
    read_tables = Tables(printable(path.stem), in_order)
    return Reading(read_tables, tuple(told_with_keys(issues, foreign, read_tables)),
                   Coverage(printable(path.name), tuple(covered)))


def _unknown(names: Sequence[str], declared: Mapping[str, Sheet]) -> list[str]:
    """The first sheets that are none of the declared ones and hold no notes by their name."""
    known = match_sheets(names, declared)[0]
    return [name for name in names if name not in known and not is_note(name)][:MOST_HINTS]


def _shaped(sheet: Sheet, raw: RawSheet) -> tuple[Shaped, list[Issue]]:
    """The sheet's table, and what its marks tell about the cells that were read."""
    values, marks = raw.values, raw.marks
    head = heading_row(sheet, values)
    marked = [] if sheet.free else _reject(sheet, values, marks, head)
    _show_zeros(values, marks, head)
    in_rows = heads(sheet, values, head)
    last, over = in_rows.row, head - 1
    above = values[over - 1] if 0 < over <= len(values) else []
    grid = Grid(in_rows.values, values[last:], range(last + 1, max(len(values), last) + 1), last, above, marks, over,
                in_rows)
    shaped = table_of(sheet, grid)
    if sheet.free:
        return shaped, []
    found = [Issue("table_moved", sheet.name, f"A{head}",
                   slots={"row": head, "usual": HEADING_ROW})] if HEADING_ROW not in (head, in_rows.first) else []
    return shaped, [*found, *capped(_of_cells(shaped.table, marked)), *capped(_scaled(shaped.table, values, marks)),
                    *_of_sheet(shaped.table, marks)]


PASSED_OVER = ("picture_in_remark", "error_in_remark")
"""What stands in a column of remarks, from which nothing is computed."""


def _reject(sheet: Sheet, values: list[list[Any]], marks: Marks, head: int) -> list[tuple[int, int, str, str]]:
    """Put Rejected into cells with an error, a picture or without a value; those cells, and those linked to other
    files, as (row, column, code, value)."""
    remarks = _remarks(sheet, values[head - 1] if (marks.pictures or marks.errors) and head <= len(values) else ())
    marked = [(row, column, "error_in_remark" if row > head and column in remarks else "error_value", value)
              for (row, column), value in marks.errors.items()]
    marked += [(row, column, "formula_without_value", "") for row, column in marks.no_value]
    marked += [(row, column, "picture_in_remark" if row > head and column in remarks else "picture_cell", "")
               for row, column in marks.pictures]
    for row, column, code, value in marked:
        if row >= head:
            values.extend([] for _ in range(row - len(values)))
            line = values[row - 1]
            line.extend([None] * (column - len(line)))
            line[column - 1] = None if code in PASSED_OVER else Rejected(value)
    told = {(row, column) for row, column, _, _ in marked}
    marked += [(row, column, "external_link", "") for row, column in marks.external if (row, column) not in told]
    return sorted(marked)


def _remarks(sheet: Sheet, headings: Sequence[Any]) -> set[int]:
    """Columns of remarks, counted from 1: nothing is computed from them."""
    texts = ((place, heading_text(value)) for place, value in enumerate(headings, start=1))
    return {place for place, text in texts if text and heading(sheet, text) == REMARK}


def _of_cells(table: Table, marked: list[tuple[int, int, str, str]]) -> list[Issue]:
    """Issues of marked cells that belong to a column of the table, or to its headings; comments may hold what they
    like."""
    names = {letter: name for name, letter in table.columns.items()}
    return [Issue(code, table.sheet, f"{letters(column)}{row}", names.get(letters(column), ""), value)
            for row, column, code, value in marked
            if row == table.heading_row or (row > table.heading_row and letters(column) in names)]


def _show_zeros(values: list[list[Any]], marks: Marks, head: int) -> None:
    """Numbers that are shown with leading zeros, as keys may be (007), remember what is shown."""
    for (row, column), digits in marks.padded.items():
        if head < row <= len(values) and column <= len(values[row - 1]):
            value = values[row - 1][column - 1]
            if isinstance(value, float) and value.is_integer() and 0 <= value < 1e15:
                values[row - 1][column - 1] = Shown(value, f"{int(value):0{digits}d}")


def _scaled(table: Table, values: list[list[Any]], marks: Marks) -> list[Issue]:
    """Numbers whose format leaves thousands out, or shows none: what is read is not what is seen."""
    names = {letter: name for name, letter in table.columns.items()}
    rows = set(table.rows) if marks.scaled else set()
    issues: list[Issue] = []
    for (row, column), thousands in sorted(marks.scaled.items()):
        name = names.get(letters(column))
        value = values[row - 1][column - 1] if row in rows and name else None
        # the rules compare it
        with_unit = any(letter == column and row in runs for (letter, _), runs in marks.units.items())
        if name and isinstance(value, float) and value and not with_unit:
            slots = {"read": show(value), "seen": show(value / 1000**thousands)}
            code = "unseen_number" if thousands == UNSEEN else "scaled_format"
            if code == "scaled_format" or value > 0:
                issues.append(Issue(code, table.sheet, f"{letters(column)}{row}", name, show(value), slots))
    return issues


def _of_sheet(table: Table, marks: Marks) -> list[Issue]:
    """What is hidden or struck out and counts all the same."""
    issues: list[Issue] = []
    if marks.hidden and len(table):
        issues.append(Issue("hidden_sheet", table.sheet))
    hidden = [row for row in table.rows if row in marks.hidden_rows] if marks.hidden_rows else []
    if hidden:
        issues.append(Issue("hidden_rows", table.sheet, f"A{hidden[0]}", slots={"count": len(hidden)}))
    struck = [row for row in table.rows if _is_struck(table, marks, row)] if marks.struck else []
    if struck:
        issues.append(Issue("struck_rows", table.sheet, f"A{struck[0]}", slots={"count": len(struck)}))
    issues += [Issue("hidden_columns", table.sheet, f"{table.columns[name]}{table.heading_row}", name)
               for name in hidden_columns(table, marks)]
    return issues


def _is_struck(table: Table, marks: Marks, row: int) -> bool:
    """Whether a value of a row that counts is struck out; a remark may be."""
    return any(row in rows and letters(column) != table.columns.get("note")
               and letters(column) in table.columns.values()
               for column, rows in marks.struck.items())
