"""What was read of an input and what was not, sheet by sheet: nothing is left out silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jaryq.base.issues import Issue, shown
from jaryq.base.text import Lang, Text

NOTES = Text("a sheet of notes (its name starts with #)", "лист заметок (имя начинается с #)")
NO_CELLS = Text("it holds a chart or macros, no cells", "на нём диаграмма или макросы, ячеек нет")
UNKNOWN = Text("no sheet of this name is known", "лист с таким именем неизвестен")
TWICE = Text("another sheet was read in its place", "вместо него прочитан другой лист")
DAMAGED = Text("it cannot be read", "он не читается")
NO_CSV = Text("it is no .csv file", "это не файл .csv")

REPAIRS = frozenset({"repaired_text", "repaired_letters", "converted_unit", "date_as_year", "merged_filled"})
"""Kinds of notes that tell of a cell which was read otherwise than it was typed."""


@dataclass(frozen=True)
class SheetCoverage:
    """One sheet of a workbook, or one file of a folder.

    ``name`` is its name in the file, ``sheet`` the declared one (nothing if it was not read: then ``why``). ``rows``
    were read; ``blank_rows`` and ``passed_over`` (totals, headings again) not; ``comments`` are headings of columns
    that start with #. ``trimmed`` cells had spaces at their ends; ``repaired`` cells have a note (see
    :func:`with_repairs`).
    """

    name: str
    sheet: str = ""
    why: Text | None = None
    heading_row: int = 0
    rows: int = 0
    columns: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    blank_rows: int = 0
    passed_over: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    hidden: bool = False
    trimmed: int = 0
    repaired: int = 0


@dataclass(frozen=True)
class Coverage:
    """All sheets of a file, in its order (those that were read first)."""

    file: str
    sheets: tuple[SheetCoverage, ...] = ()

    @property
    def read(self) -> tuple[SheetCoverage, ...]:
        return tuple(sheet for sheet in self.sheets if sheet.sheet)

    @property
    def not_read(self) -> tuple[SheetCoverage, ...]:
        return tuple(sheet for sheet in self.sheets if not sheet.sheet)


def with_repairs(coverage: Coverage, issues: Sequence[Issue]) -> Coverage:
    """The coverage with the number of repaired cells of each sheet, from the notes of reader and rules."""
    cells = {(issue.sheet, issue.cell) for issue in issues if issue.code in REPAIRS}
    counts: dict[str, int] = {}
    for sheet, _ in cells:
        counts[sheet] = counts.get(sheet, 0) + 1
    for issue in issues:
        if issue.code == "more_of_the_same" and issue.slots["code"] in REPAIRS:
            counts[issue.sheet] = counts.get(issue.sheet, 0) + int(str(issue.slots["count"]))
    return replace(coverage, sheets=tuple(replace(sheet, repaired=counts.get(sheet.sheet, 0)) if sheet.sheet else sheet
                                          for sheet in coverage.sheets))


READ = Text("{file}: {read} sheet(s) read, {rows} rows; not read: {left}",
            "{file}: прочитано листов: {read}, строк: {rows}; не прочитано: {left}")
NOTHING = Text("nothing", "ничего")
LINE = Text("  {name}: {rows} rows, {columns} columns{more}", "  {name}: строк {rows}, столбцов {columns}{more}")
NOT_READ = Text("  {name}: not read, {why}", "  {name}: не прочитан, {why}")
MORE: tuple[tuple[str, Text], ...] = (
    ("blank_rows", Text("{count} blank rows passed over", "пустых строк пропущено: {count}")),
    ("passed_over",
     Text("{count} rows of totals or headings passed over", "строк итогов или заголовков пропущено: {count}")),
    ("hidden_rows", Text("{count} of the rows are hidden", "скрытых строк: {count}")),
    ("hidden_columns", Text("{count} of the columns are hidden", "скрытых столбцов: {count}")),
    ("trimmed", Text("spaces or invisible marks at the ends taken away in {count} cells",
                     "лишние пробелы или невидимые знаки убраны в ячейках: {count}")),
    ("repaired", Text("{count} cells repaired (see the notes)", "исправлено ячеек: {count} (см. заметки)")),
)
COMMENTS = Text("{count} column(s) of comments ({names})", "столбцов с примечаниями: {count} ({names})")
SHOWN = 8


def summary(coverage: Coverage, lang: Lang = "en") -> str:
    """One line: how many sheets and rows were read, and which sheets were not."""
    left = ", ".join(shown(sheet.name) for sheet in coverage.not_read[:SHOWN]) + (", ..." if len(coverage.not_read)
                                                                                  > SHOWN else "")
    return READ.say(lang, file=shown(coverage.file), read=len(coverage.read),
                    rows=sum(sheet.rows for sheet in coverage.read), left=left or NOTHING.say(lang))


def lines(coverage: Coverage, lang: Lang = "en", *, whole: bool = False) -> list[str]:
    """The summary, then a line for each sheet of which something is not as plain as it looks; ``whole``: for every
    sheet."""
    said = [summary(coverage, lang)]
    for sheet in coverage.sheets:
        if not sheet.sheet:
            if whole or sheet.why not in (NOTES, None):
                said.append(NOT_READ.say(lang, name=shown(sheet.name), why=sheet.why or UNKNOWN))
        elif (more := _more(sheet, lang)) or whole:
            said.append(LINE.say(lang, name=shown(sheet.name), rows=sheet.rows, columns=len(sheet.columns),
                                 more="".join(f"; {part}" for part in more)))
    return said


def _more(sheet: SheetCoverage, lang: Lang) -> Sequence[str]:
    said = [text.say(lang, count=count) for name, text in MORE if (count := getattr(sheet, name))]
    if sheet.comments:
        said.append(COMMENTS.say(lang, count=len(sheet.comments), names=shown(", ".join(sheet.comments[:SHOWN]))))
    return said
