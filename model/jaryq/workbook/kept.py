"""What people added to a workbook beside its tables, so that it can be written anew without loss: comments, number
formats, fills, columns and sheets of notes (their names start with ``#``), widths.

Not kept, and told: formulas (their values are), charts and pictures, comments on headings, notes above the headings.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.text import Text
from jaryq.sheets.aliases import heading as heading_of
from jaryq.sheets.groups import group_titles
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables, columns_of
from jaryq.workbook.read import match_sheets
from jaryq.workbook.shape import HEADING_ROW
from jaryq.workbook.style import fill_in

FORMULAS = Text("{sheet}: {count} formula(s) are written as their values ({cells})",
                "{sheet}: формулы ({count}) записаны значениями ({cells})")
DRAWINGS = Text("{sheet}: {count} chart(s) or picture(s) are not carried over",
                "{sheet}: диаграммы и рисунки ({count}) не перенесены")
HEADINGS = Text("{sheet}: {count} comment(s) or note(s) on or above the headings are not carried over ({cells})",
                "{sheet}: примечания к заголовкам или над ними ({count}) не перенесены ({cells})")
NOTHING_KEPT = Text("only values are carried over from a file of this kind: no formats, comments or notes",
                    "из файла этого вида переносятся только значения: без форматов и примечаний")
NOTES_WIDTH = 24
"""Width of a column of notes that has none of its own."""

OURS = ("Jaryq", "Jaryq check")
"""Authors of the comments that the program writes."""


class Formula(str):
    """A formula in a column of notes; a text there may begin with = too."""

    __slots__ = ()


@dataclass(frozen=True)
class KeptSheet:
    """What is kept of one sheet. Cells are keyed by (row of the file, heading); headings of notes columns are unique
    here: ``#1``, ``#2``."""

    notes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[int, str], Any] = field(default_factory=dict)
    comments: Mapping[tuple[int, str], Comment] = field(default_factory=dict)
    formats: Mapping[tuple[int, str], str] = field(default_factory=dict)
    fills: Mapping[tuple[int, str], Any] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)

    def rows(self) -> set[int]:
        """Rows of the file in which something of a person stands."""
        return {row for row, _ in (*self.values, *self.comments)}


@dataclass(frozen=True)
class Kept:
    """All that is kept of a workbook, and what is not."""

    sheets: Mapping[str, KeptSheet] = field(default_factory=dict)
    others: tuple[Worksheet, ...] = ()
    lost: tuple[Text, ...] = ()


def kept(path: Path, tables: Tables) -> Kept:
    """What stands in the workbook beside ``tables``, which were read from it (so the file is known to be sound)."""
    path = Path(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it does not keep; they are listed as lost
            book = openpyxl.load_workbook(path, rich_text=True)
    except Exception:  # another kind of file, which the reader knows and openpyxl does not
        return Kept(lost=(NOTHING_KEPT,))
    if not book.sheetnames:  # a strict file, which openpyxl opens without its sheets
        return Kept(lost=(NOTHING_KEPT,))
    names = {name: sheet.name for name, sheet in match_sheets(dict.fromkeys(book.sheetnames), INPUT)[0].items()}
    sheets, lost = {}, list[Text]()
    for page in book.worksheets:
        name = names.get(page.title)
        if name is not None and name in tables:
            sheets[name] = _sheet(page, tables[name])
            lost += _lost(page, tables[name])
    others = tuple(page for page in book.worksheets if page.title not in names)
    return Kept(sheets, others, tuple(lost))


def _sheet(page: Any, table: Table) -> KeptSheet:
    headings = {letter: name for name, letter in table.columns.items()}
    notes: dict[str, str] = {}
    for letter in map(get_column_letter, range(1, page.max_column + 1)):
        if letter not in headings and (text := _headed(page, letter, table)):
            headings[letter] = f"#{len(notes) + 1}"
            notes[f"#{len(notes) + 1}"] = text
    found = KeptSheet(notes, {}, {}, {}, {},
                      {name: page.column_dimensions[letter].width for letter, name in headings.items()
                                              if letter in page.column_dimensions
                       and page.column_dimensions[letter].customWidth})
    for row in page.iter_rows(min_row=table.heading_row + 1):
        for cell in row:
            heading = headings.get(cell.column_letter) if hasattr(cell, "column_letter") else None
            if heading is not None:
                _cell(cell, (cell.row, heading), found)
    return found


def _headed(page: Any, letter: str, table: Table) -> str:
    """What stands at the head of a column of one's own; where the headings of the sheet take several rows, the lowest
    of its cells there, behind one above that makes it a comment."""
    rows = [table.heading_row]
    if any(heading_of(INPUT[table.sheet], _text(page, of, table.heading_row)) != name
           for name, of in table.columns.items()):
        rows += [row for row in (table.heading_row - 1, table.heading_row - 2) if row > 0]
    texts = [text for row in rows if (text := _text(page, letter, row))]
    return " ".join(texts[1::-1]) if texts[1:] and texts[1].startswith("#") else "".join(texts[:1])


def _text(page: Any, letter: str, row: int) -> str:
    value = page[f"{letter}{row}"].value
    return "" if value is None else str(value).strip()


def _cell(cell: Any, place: tuple[int, str], found: KeptSheet) -> None:
    """Adds what is kept of one cell to the (still growing) sheet."""
    assert isinstance(found.values, dict)
    assert isinstance(found.comments, dict)
    assert isinstance(found.formats, dict)
    assert isinstance(found.fills, dict)
    if place[1] in found.notes and cell.value is not None:
        found.values[place] = (Formula(cell.value) if cell.data_type == "f" and isinstance(cell.value, str)
                               else cell.value)
    if cell.comment is not None and cell.comment.author not in OURS:
        found.comments[place] = cell.comment
    form = cell.number_format
    if isinstance(cell.value, int | float) and form not in ("General",
                                                            "@") and "%" not in form and not is_date_format(form):
        found.formats[place] = form
    if cell.fill is not None and cell.fill.fill_type == "solid":
        found.fills[place] = copy(cell.fill)


def _lost(page: Any, table: Table) -> Iterator[Text]:
    """What is not carried over from a sheet."""
    letters, ours = set(table.columns.values()), group_titles(table.sheet)
    formulas = [cell.coordinate for row in page.iter_rows(min_row=table.heading_row + 1) for cell in row
                if cell.data_type == "f" and getattr(cell, "column_letter", "") in letters]
    above = [cell.coordinate for row in page.iter_rows(min_row=1, max_row=table.heading_row) for cell in row
             if (cell.comment is not None and cell.comment.author not in OURS)
             or (cell.row == 1 and cell.column > 1 and cell.value is not None and str(cell.value) not in ours)]
    drawings = len(getattr(page, "_charts", ())) + len(getattr(page, "_images", ()))
    for text, cells in ((FORMULAS, formulas), (HEADINGS, above)):
        if cells:
            yield _filled(text, page.title, len(cells), ", ".join(cells[:5]) + (", …" if len(cells) > 5 else ""))
    if drawings:
        yield _filled(DRAWINGS, page.title, drawings, "")


def _filled(text: Text, sheet: str, count: int, cells: str) -> Text:
    return Text(text.say("en", sheet=sheet, count=count, cells=cells),
                text.say("ru", sheet=sheet, count=count, cells=cells))


# --- writing ----------------------------------------------------------------------------------------------------------
# -
# - -
# - -
# - -

def with_rows_of_notes(tables: Tables, found: Kept) -> Tables:
    """The tables with a blank row wherever the file has a row of notes alone, so that these keep their place."""
    for name, sheet in found.sheets.items():
        table = tables.get(name)
        extra = sorted(sheet.rows() - set(table.rows))
        if name not in tables or not extra:
            continue
        records = {row: dict(record) for row, (_, record) in zip(table.rows, table.records(), strict=True)}
        rows = tuple(sorted((*table.rows, *extra)))
        values = columns_of([records.get(row, {}) for row in rows], table.values)
        tables = tables.with_sheet(replace(table, values=values, rows=rows))
    return tables


def put_back(book: openpyxl.Workbook, tables: Tables, found: Kept) -> None:
    """Put what was kept into the new workbook of ``tables`` (whose rows are those of the file, written from row 4 on
    without gaps)."""
    for name, sheet in found.sheets.items():
        if name in tables and name in book.sheetnames:
            _put_sheet(book[name], tables[name], sheet)
    for page in found.others:
        if page.title not in book.sheetnames:
            _copy(page, book.create_sheet(page.title))


def _put_sheet(page: Any, table: Table, sheet: KeptSheet) -> None:
    rows = {row: FIRST_DATA_ROW + position for position, row in enumerate(table.rows)}
    places = {str(cell.value): cell.column for cell in page[HEADING_ROW] if cell.value is not None}
    last = max(places.values(), default=0)
    model = page.cell(HEADING_ROW, last)
    for heading, text in sheet.notes.items():
        last += 1
        places[heading] = last
        head = page.cell(HEADING_ROW, last, _unique(text, page))
        head.data_type = "s"
        head.font, head.fill, head.alignment = copy(model.font), copy(model.fill), copy(model.alignment)
        page.column_dimensions[get_column_letter(last)].width = NOTES_WIDTH
    if sheet.notes:
        _widen(page, last)
    for (row, heading), value in sheet.values.items():
        cell = page.cell(rows[row], places[heading])
        if isinstance(value, float | str) and not isinstance(value, Formula):
            fill_in(cell, value)
        else:
            cell.value = str(value) if isinstance(value, Formula) else value
    for kind, cells in (("comment", sheet.comments), ("number_format", sheet.formats), ("fill", sheet.fills)):
        for (row, heading), value in cells.items():
            if row in rows and heading in places:
                setattr(page.cell(rows[row], places[heading]), kind, copy(value))
    for heading, width in sheet.widths.items():
        if heading in places:
            page.column_dimensions[get_column_letter(places[heading])].width = width


def _unique(text: str, page: Worksheet) -> str:
    """A heading that stands once: two columns of notes may both be called ``#``, but not in a table of Excel."""
    taken = {str(cell.value).casefold() for cell in page[HEADING_ROW]}
    names = (text if number == 1 else f"{text} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def _widen(page: Worksheet, last: int) -> None:
    """Let the table of the sheet, and what is printed, reach to column ``last``; the headings of a table must."""
    if page.print_area:
        page.print_area = f"A1:{get_column_letter(last)}{page.max_row}"
    for table in page.tables.values():
        first, _, end = table.ref.partition(":")
        table.ref = f"{first}:{get_column_letter(last)}{''.join(filter(str.isdigit, end))}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        if table.tableColumns:
            for place in range(len(table.tableColumns) + 1, last + 1):
                table.tableColumns.append(TableColumn(id=place, name=str(page.cell(HEADING_ROW, place).value)))


def _copy(page: Any, new: Any) -> None:
    """A sheet of notes, cell by cell."""
    for row in page.iter_rows():
        for cell in row:
            if not hasattr(cell, "column_letter"):
                continue  # within merged cells
            other = new.cell(cell.row, cell.column)
            if cell.value is not None:
                other.value = cell.value
                if cell.data_type == "s":
                    other.data_type = "s"
            if cell.has_style:
                other.font, other.fill, other.border = copy(cell.font), copy(cell.fill), copy(cell.border)
                other.alignment, other.number_format = copy(cell.alignment), cell.number_format
            if cell.comment is not None:
                other.comment = copy(cell.comment)
            if cell.hyperlink is not None:
                other.hyperlink = copy(cell.hyperlink)
    for letter, dimension in page.column_dimensions.items():
        if dimension.customWidth:
            new.column_dimensions[letter].width = dimension.width
    for area in page.merged_cells.ranges:
        new.merge_cells(str(area))
    new.sheet_state = page.sheet_state
    new.freeze_panes = page.freeze_panes
