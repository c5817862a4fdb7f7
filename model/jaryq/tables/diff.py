"""What changed between two inputs, row by row: rows are matched by their key, values compared as what they mean.

``12,5`` typed as text and the number 12.5 are equal, and numbers whose first 15 digits are; formats, the order of rows
and columns, comments and blank rows do not count. Works on inputs with issues: what is there is compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jaryq.base.issues import Issue
from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.spec import Sheet
from jaryq.tables.compared import Row, Unread, Value, joined, keyless, natural, rows_of, said
from jaryq.tables.row_units import Elsewhere, elsewhere, stated
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed

Side = Literal["old", "new"]
Kind = Literal["changed", "added", "removed"]
Why = Literal["no_key", "key_twice", "unreadable", "order", "not_compared"]

KINDS_OF_DIFFERENCE: tuple[Kind, ...] = ("changed", "added", "removed")

COMPARED = frozenset({"missing_sheet", "missing_column", "error_value", "formula_without_value", "heading_unit",
                      "headings_unclear", "total_row", "lone_text", "merged_cells"})
"""Issues of reading that stop a plan although all that stands in the file is in its tables (if only as text that cannot
be read)."""

FOREIGN = frozenset({"foreign_sheet", "foreign_column", "sheet_left_out", "column_left_out"})
"""Notes of reading that tell of what is left out: it stops no plan, yet nobody knows whether it changed."""


@dataclass(frozen=True)
class CellDiff:
    """One cell: what stood there and what stands there, each with its address (empty where the row or column is
    absent); ``own``: the currency or unit that the row itself states."""

    column: str
    old: Value
    new: Value
    old_cell: str
    new_cell: str
    own: str = ""


@dataclass(frozen=True)
class RowDiff:
    """One row: its key, its name for people, how it changed, row numbers of the files; ``by_position``: its key did not
    decide."""

    kind: Kind
    key: tuple[Value, ...]
    name: str
    name_ru: str
    old_row: int | None
    new_row: int | None
    cells: tuple[CellDiff, ...]
    by_position: bool = False


@dataclass(frozen=True)
class SheetDiff:
    """The rows of one sheet that differ, by kind, then by key."""

    sheet: Sheet
    rows: tuple[RowDiff, ...]

    def count(self, kind: Kind) -> int:
        return sum(row.kind == kind for row in self.rows)


@dataclass(frozen=True)
class Remark:
    """Something about one of the files that a reader of the differences should know."""

    why: Why
    side: Side
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class Diff:
    """All differences of two inputs, by sheet in the order of the workbook, and remarks."""

    sheets: tuple[SheetDiff, ...]
    remarks: tuple[Remark, ...]


def differences(old: Tables, new: Tables, old_issues: Iterable[Issue] = (), new_issues: Iterable[Issue] = (),
                others: Elsewhere | None = None) -> Diff:
    """What changed from ``old`` to ``new``, both as they were read (typed or not), with the issues of reading them.
    ``others``: what other sheets say of units, where ``new`` is only a part."""
    said_elsewhere = others or elsewhere(new)
    old_known, new_known = typed(old)[0], typed(new)[0]
    sheets: list[SheetDiff] = []
    remarks = [*_lost("old", old_issues), *_lost("new", new_issues)]
    for sheet in INPUTS:
        before, after = old.get(sheet.name), new.get(sheet.name)
        first, second = rows_of(sheet, before, old_known.get(sheet.name)), rows_of(sheet, after,
                                                                                   new_known.get(sheet.name))
        remarks += [*_unreadable("old", before, first), *_unreadable("new", after, second)]
        found, more = _compare(sheet, before, after, first, second, said_elsewhere)
        remarks += more
        if found:
            sheets.append(SheetDiff(sheet, found))
    return Diff(tuple(sheets), tuple(remarks))


# --- rows -------------------------------------------------------------------------------------------------------------
# -
# - -
# - -
# - -

def _compare(sheet: Sheet, before: Table, after: Table, first: Sequence[Row], second: Sequence[Row],
             others: Elsewhere) -> tuple[tuple[RowDiff, ...], list[Remark]]:
    """The rows of one sheet that differ, and remarks on keys that do not decide."""
    groups: defaultdict[tuple[Value, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((first, second)):
        for row in rows:
            groups[row.key][side].append(row)
    paired: list[tuple[Row | None, Row | None, bool]] = []
    remarks: list[Remark] = []
    for key, (olds, news) in groups.items():
        missing = keyless(sheet, key)
        unsound = missing or len(olds) > 1 or len(news) > 1
        if unsound:
            remarks += [*_about_key(sheet, "old", before, olds, missing),
                        *_about_key(sheet, "new", after, news, missing)]
        paired += [(one, other, unsound) for one, other in _pairs(olds, news)]
    changes = (_row(sheet, before, after, *pair, others) for pair in _by_place(before, after, paired))
    found = [changed for changed in changes if changed is not None]
    found.sort(key=lambda row: (KINDS_OF_DIFFERENCE.index(row.kind), natural(row.key), row.old_row or 0,
                              row.new_row or 0))
    if sheet.ordered:
        remarks += _order(after, first, second)
    return tuple(found), remarks


def _pairs(olds: Sequence[Row], news: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one key in pairs: those that are the same first, the others in their order, the rest alone."""
    if len(olds) > 1 or len(news) > 1:
        left = list(news)
        others = []
        for row in olds:
            same = next((other for other in left if _filled(other) == _filled(row)), None)
            if same is None:
                others.append(row)
            else:
                left.remove(same)
                yield row, same
        olds, news = others, left
    for i in range(max(len(olds), len(news))):
        yield (olds[i] if i < len(olds) else None), (news[i] if i < len(news) else None)


def _by_place(before: Table, after: Table,
              pairs: Sequence[tuple[Row | None, Row | None, bool]]) -> Iterator[tuple[Row | None, Row | None, bool]]:
    """The pairs, with rows that are alone joined to one that is alone in the same row of the other file, where a key of
    the two is missing or stands twice: most likely somebody cleared or overwrote that key."""
    alone = {before.rows[old.position]: (old, unsound)
             for old, new, unsound in pairs if old is not None and new is None}
    for old, new, unsound in pairs:
        if old is not None and new is not None:
            yield old, new, unsound
        elif new is not None:
            number = after.rows[new.position]
            other, also = alone.get(number, (None, False))
            if other is not None and (unsound or also):
                del alone[number]
                yield other, new, True
            else:
                yield None, new, unsound
    for old, unsound in alone.values():
        yield old, None, unsound


def _filled(row: Row) -> dict[str, Value]:
    return {name: value for name, value in row.values.items() if value is not None}


def _own(sheet: Sheet, name: str, table: Table, row: Row | None, others: Elsewhere) -> str:
    """The currency or unit that a row states for the numbers of a column."""
    column = sheet.column(name)
    return "" if column is None or row is None else stated(column, name, table, row.position, others)


def _row(sheet: Sheet, before: Table, after: Table, old: Row | None, new: Row | None,
         by_position: bool, others: Elsewhere) -> RowDiff | None:
    """The difference of a pair of rows; None where there is none."""
    one, other = (_filled(row) if row is not None else {} for row in (old, new))
    whole = old is None or new is None
    names = dict.fromkeys(name for row in (new, old) if row is not None for name in row.values)
    cells = tuple(
        CellDiff(name, one.get(name), other.get(name), _cell(before, old, name), _cell(after, new, name),
                 _own(sheet, name, *((after, new) if new is not None else (before, old)), others))
        for name in names
        if one.get(name) != other.get(name) and not (whole and name in sheet.key)
    )
    if not cells and not whole:
        return None
    kind: Kind = "changed" if not whole else "added" if old is None else "removed"
    row = new or old
    assert row is not None
    name, russian = (next((here for column in columns if (here := said(row.values.get(column)))), "")
                     for columns in (("name", "crew_name"), ("name_ru", "crew_ru")))
    return RowDiff(kind, row.key, name, russian or name, _number(before, old),
                   _number(after, new), cells, by_position)


def _cell(table: Table, row: Row | None, name: str) -> str:
    return table.cell(row.position, name) if row is not None and name in table.columns else ""


def _number(table: Table, row: Row | None) -> int | None:
    return None if row is None else table.rows[row.position]


# --- remarks ----------------------------------------------------------------------------------------------------------
# -
# - -
# - -
# - -

def left_out(issue: Issue) -> bool:
    """Whether an issue of reading tells of something that stands in the file and not in its tables."""
    return issue.code in FOREIGN or (issue.severity == "stop" and issue.code not in COMPARED)


def _lost(side: Side, issues: Iterable[Issue]) -> Iterator[Remark]:
    """What reading left out."""
    for issue in issues:
        if left_out(issue):
            yield Remark("not_compared", side, issue.sheet, issue.cell, issue.value)


def _unreadable(side: Side, table: Table, rows: Iterable[Row]) -> Iterator[Remark]:
    for row in rows:
        for name, value in row.values.items():
            if isinstance(value, Unread):
                yield Remark("unreadable", side, table.sheet, table.cell(row.position, name), value.text)


def _about_key(sheet: Sheet, side: Side, table: Table, rows: Sequence[Row], missing: bool) -> Iterator[Remark]:
    """Rows of one file whose key is missing, or stands more than once there."""
    if missing or len(rows) > 1:
        for row in rows:
            yield Remark("no_key" if missing else "key_twice", side, table.sheet,
                         table.cell(row.position, sheet.key[0]), joined(row.key))


def _order(after: Table, first: Sequence[Row], second: Sequence[Row]) -> Iterator[Remark]:
    """The first row of each scenario at which the order of the rows that both files have differs."""
    def listed(rows: Sequence[Row], others: Sequence[Row]) -> dict[Value, list[Row]]:
        known = {row.key for row in others}
        found: dict[Value, list[Row]] = {}
        for row in rows:
            if row.key in known:
                found.setdefault(row.key[0], []).append(row)
        return found

    before = listed(first, second)
    for scenario, rows in listed(second, first).items():
        moved = next((new for old, new in zip(before[scenario], rows, strict=False) if old.key != new.key), None)
        if moved is not None:
            yield Remark("order", "new", after.sheet, after.cell(moved.position, "scenario"), said(scenario))


