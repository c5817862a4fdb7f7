"""Changes carried over to another reading of their file: by the key of their row and the name of their column, never by
where the row stood. Who sorts, adds or takes away rows elsewhere moves no change to another row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from jaryq.base.text import Text
from jaryq.desk.said import Typed, shown_of
from jaryq.desk.titled import titles_of
from jaryq.sheets.inputs import INPUT
from jaryq.tables.tables import Table, Tables

NO_SHEET = Text("the file has no such sheet any more", "такого листа в файле больше нет")
NO_COLUMN = Text("the sheet has no such column any more", "такого столбца на листе больше нет")
NO_ROW = Text("the sheet has no such row any more", "такой строки на листе больше нет")
DOUBLED = Text("several rows of the sheet are like it; which one is meant is not known",
               "на листе несколько таких строк; неизвестно, какая имеется в виду")
THERE = Text("a row with this key was added to the file meanwhile",
             "строка с таким ключом тем временем появилась в файле")
TOLD = Text("{sheet}, {row}, {column}: {value} ({why})", "{sheet}, {row}, {column}: {value} ({why})")
LONGEST_NAME = 80


@dataclass(frozen=True)
class Change:
    """One cell: what it held and what it holds. ``row``: of the worksheet; ``by``: the visitor who made it."""

    sheet: str
    row: int
    column: str
    old: Typed
    new: Typed
    by: str = ""


@dataclass(frozen=True)
class Meant:
    """Which row of a sheet is meant. ``cells``: its key as the file had it, or all its cells where there is none
    (``whole``); ``doubled``: another row was like it; ``added``: number of a row that was added here, which no file
    holds (0: a file does); ``at``: where it stands, on a sheet that is as it was."""

    cells: tuple[tuple[str, object], ...]
    whole: bool
    doubled: bool = False
    added: int = 0
    at: int | None = None

    @property
    def name(self) -> str:
        return " · ".join(str(cell) for _, cell in self.cells if cell is not None)[:LONGEST_NAME]


@dataclass(frozen=True)
class Aside:
    """A change that could not be made again, and why: it is made in no other place, and not forgotten either."""

    change: Change
    row: Meant
    why: Text

    @property
    def words(self) -> Text:
        sheet, column = titles_of(self.change.sheet, self.change.column)
        return TOLD.fill(sheet=sheet, row=self.row.name or str(self.change.row), column=column,
                         value=str(shown_of(self.change.new) or "–"), why=self.why)


def meant_by(changes: Sequence[Change], file: Tables, draft: Tables, other: Tables,
             number: Callable[[str, int], int]) -> Iterator[tuple[Change, Meant]]:
    """Which row each change means. ``file``: as it was read, ``draft``: with the changes, ``other``: as it is read now;
    ``number``: of an added row."""
    same = {sheet: _same(file.get(sheet), other.get(sheet)) for sheet in {change.sheet for change in changes}}
    for change in changes:
        table = file.get(change.sheet)
        if change.row in table.rows:
            yield change, _meant(table, change.row, at=change.row if same[change.sheet] else None)
        else:
            yield change, _meant(draft[change.sheet], change.row, added=number(change.sheet, change.row))


def row_of(row: Meant, table: Table) -> int | Text:
    """Number of the row that is meant, or why there is none."""
    if row.at is not None:
        return row.at
    found = _like(row, table)
    return DOUBLED if row.doubled or len(found) > 1 else found[0] if found else NO_ROW


def may_be_added(row: Meant, table: Table) -> bool:
    """Whether a sheet has no row yet with the key of an added one."""
    return row.whole or not _like(row, table)


def once_written(aside: tuple[Aside, ...], numbers: Collection[int]) -> tuple[Aside, ...]:
    """What is aside once added rows stand in the file: they are found there by their keys then."""
    return tuple(replace(one, row=replace(one.row, added=0)) if one.row.added in numbers else one for one in aside)


def _meant(table: Table, number: int, added: int = 0, at: int | None = None) -> Meant:
    place, key = table.rows.index(number), INPUT[table.sheet].key
    keyed = bool(key) and all(name in table.values for name in key) \
        and any(shown_of(table.values[name][place]) is not None for name in key)
    names = key if keyed else tuple(table.values)
    row = Meant(tuple((name, shown_of(table.values[name][place])) for name in names), not keyed, added=added, at=at)
    return replace(row, doubled=len(_like(row, table)) > 1)


def _like(row: Meant, table: Table) -> list[int]:
    """Numbers of the rows with its key, or else with its cells in all columns that are still there."""
    names = [name for name, _ in row.cells if name in table.values]
    if not names or (not row.whole and len(names) < len(row.cells)):
        return []
    wanted = tuple(cell for name, cell in row.cells if name in table.values)
    columns = [[shown_of(cell) for cell in table.values[name]] for name in names]
    return [number for number, cells in zip(table.rows, zip(*columns, strict=True), strict=True) if cells == wanted]


def _same(one: Table, other: Table) -> bool:
    return one.rows == other.rows and one.values.keys() == other.values.keys() and all(
        [*map(shown_of, cells)] == [*map(shown_of, other.values[name])] for name, cells in one.values.items())
