"""A part of a workbook (some sheets, some rows, some columns) put into another by row key, so that regions send only
their own rows.

A filled cell of the part takes its place; a blank one says nothing. What is not in the part stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jaryq.base.issues import Issue, stops
from jaryq.base.lookalike import looks
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.tables.compared import Row, joined, keyless, rows_of, said
from jaryq.tables.diff import Diff, RowDiff, SheetDiff, differences
from jaryq.tables.row_units import elsewhere
from jaryq.tables.tables import FIRST_DATA_ROW, Table, Tables, columns_of, letters
from jaryq.tables.typed import typed

OF_A_PART = frozenset({"missing_sheet", "missing_column", "missing_value", "unknown_reference"})
"""Issues that a part may have: it is not the whole, and what it refers to may stand in the whole."""

OF_THE_WHOLE = frozenset({*OF_A_PART, "duplicate_key"})

UNKNOWN = frozenset({"unknown_sheet", "unknown_column"})


@dataclass(frozen=True)
class Merged:
    """The tables with the part in its place, what changed by it (addresses of both files), and how many rows were the
    same already."""

    tables: Tables
    changes: Diff
    same: int


def wrong_base(issues: Sequence[Issue]) -> list[Issue]:
    """Issues of reading a workbook that keep it from being written anew without loss; what is unknown would not be
    written."""
    return [issue for issue in issues if issue.code in UNKNOWN
            or (issue.severity == "stop" and issue.code not in OF_THE_WHOLE)]


def wrong_part(base: Tables, part: Tables, issues: Sequence[Issue]) -> list[Issue]:
    """What keeps a part from being merged, by its cells: rows without key or with a key that stands twice, values that
    are none, settings of the whole that it would change."""
    known, more = typed(part)
    found = [issue for issue in stops([*issues, *more])
             if issue.code not in OF_A_PART
             or (issue.code == "missing_column" and issue.column in INPUT[issue.sheet].key)]
    told = {(issue.sheet, issue.cell) for issue in found}
    for name, table in part.sheets.items():
        sheet = INPUT[name]
        rows = [] if sheet.free else rows_of(sheet, table, known[name])
        place = sheet.key[0]
        found += [Issue("part_without_key", name, table.cell(row.position, place), place) for row in rows
                  if keyless(sheet, row.key) and (name, table.cell(row.position, place)) not in told]
        found += _settings(base, table, rows) if sheet is SETTINGS else _twice_in_base(sheet, base, table, rows)
        found += [] if sheet is SETTINGS else _nearly_in_base(sheet, base, table, rows)
    return found


def _settings(base: Tables, table: Table, rows: Sequence[Row]) -> Iterator[Issue]:
    """Settings count for all, so a part may repeat them and not change them."""
    here = base.get(SETTINGS.name)
    whole = {row.key: row for row in rows_of(SETTINGS, here, typed(base)[0].get(SETTINGS.name))}
    for row in rows:
        value, other = row.values.get("value"), whole.get(row.key)
        if value is not None and said(row.key[0]) != "schema_version" and (other is None
                                                                           or other.values.get("value") != value):
            there = said(other.values.get("value")) if other is not None else ""
            yield Issue("part_of_settings", SETTINGS.name, table.cell(row.position, "value"), said(row.key[0]),
                        said(value), {"whole": there or "-"})


def _twice_in_base(sheet: Sheet, base: Tables, table: Table, rows: Sequence[Row]) -> Iterator[Issue]:
    """Rows of the part whose key stands twice in the whole: which of the two is meant?"""
    if sheet.name not in base or sheet.free:
        return
    here = base[sheet.name]
    places: dict[tuple[Any, ...], list[str]] = {}
    for row in rows_of(sheet, here, typed(base)[0][sheet.name]):
        places.setdefault(row.key, []).append(here.cell(row.position, sheet.key[0]))
    for row in rows:
        if len(found := places.get(row.key, [])) > 1:
            yield Issue("part_meets_two", sheet.name, table.cell(row.position, sheet.key[0]), sheet.key[0],
                        joined(row.key), {"cells": ", ".join(found)})


def _nearly_in_base(sheet: Sheet, base: Tables, table: Table, rows: Sequence[Row]) -> Iterator[Issue]:
    """New rows whose key a person takes for one of the whole: it differs in letter case or in look-alikes only."""
    if sheet.name not in base or sheet.free:
        return
    here = base[sheet.name]
    known = {row.key: row.position for row in rows_of(sheet, here, typed(base)[0][sheet.name])}
    seen = {looks(joined(key)).casefold(): key for key in known}
    for row in rows:
        key = seen.get(looks(joined(row.key)).casefold())
        if row.key not in known and key is not None and not keyless(sheet, row.key):
            yield Issue("part_nearly_meets", sheet.name, table.cell(row.position, sheet.key[0]), sheet.key[0],
                        joined(row.key), {"key": joined(key), "other": here.cell(known[key], sheet.key[0])})


def merge(base: Tables, part: Tables, behind: Mapping[str, int] | None = None) -> Merged:
    """Put a sound part (see :func:`wrong_part`) into the whole. New rows stand below the last one (``behind``: rows
    that something else takes)."""
    sound = typed(part)[0]
    found: list[SheetDiff] = []
    tables, same = base, 0
    for sheet_diff in differences(_met(base, part), part, others=elsewhere(base)).sheets:
        sheet = sheet_diff.sheet
        rows = tuple(row for row in (_of_part(sheet, row) for row in sheet_diff.rows) if row is not None
                     and sheet is not SETTINGS)
        same -= len(rows)
        if rows:
            found.append(SheetDiff(sheet, rows))
            tables = tables.with_sheet(_merged(sheet, base, part[sheet.name], sound.get(sheet.name), rows,
                                               (behind or {}).get(sheet.name, 0)))
    same += sum(len(table) for name, table in part.sheets.items() if name != SETTINGS.name)
    order = {name: tables[name] for name in INPUT if name in tables}
    return Merged(Tables(base.name, order), Diff(tuple(found), ()), same)


def blanks(base: Tables, part: Tables) -> list[Issue]:
    """Cells that are blank in the part and filled in the whole: those of the whole stay, which is told once for each
    column."""
    found: dict[tuple[str, str], str] = {}
    count: Counter[tuple[str, str]] = Counter()
    for sheet_diff in differences(_met(base, part), part, others=elsewhere(base)).sheets:
        for row in sheet_diff.rows:
            for cell in row.cells if row.kind == "changed" and not row.by_position else ():
                if cell.new is None and cell.new_cell:
                    found.setdefault((sheet_diff.sheet.name, cell.column), cell.new_cell)
                    count[sheet_diff.sheet.name, cell.column] += 1
    return [Issue("part_blank", sheet, place, column, slots={"count": count[sheet, column]})
            for (sheet, column), place in found.items()]


def moved(base: Tables, part: Tables) -> list[Issue]:
    """Rows of the whole that the part takes to another region: a part is of its own rows, so it may be another's."""
    found = differences(_met(base, part), part, others=elsewhere(base))
    return [Issue("part_moves", sheet_diff.sheet.name, cell.new_cell, cell.column, said(cell.new),
                  {"key": joined(row.key), "old": said(cell.old)})
            for sheet_diff in found.sheets for row in sheet_diff.rows
            for cell in (row.cells if row.kind == "changed" and not row.by_position else ())
            if cell.column == "region" and None not in (cell.old, cell.new)]


def _met(base: Tables, part: Tables) -> Tables:
    """The rows of the whole whose keys stand in the part: no others are compared with it."""
    found: dict[str, Table] = {}
    known, sound = typed(base)[0], typed(part)[0]
    for name, table in part.sheets.items():
        if name in base:
            sheet, here = INPUT[name], base[name]
            keys = {row.key for row in rows_of(sheet, table, sound[name])}
            kept = [row.position for row in rows_of(sheet, here, known[name]) if row.key in keys]
            found[name] = here.at(kept)
    return Tables(base.name, found)


def _of_part(sheet: Sheet, row: RowDiff) -> RowDiff | None:
    """What the part says of a row; None where it says nothing new. A row of a free sheet, where keys may repeat, is one
    more."""
    if row.kind == "removed":
        return None
    if sheet.free and row.by_position:
        return replace(row, kind="added", old_row=None)
    cells = tuple(cell for cell in row.cells if cell.new is not None)
    return replace(row, cells=cells) if cells or row.kind == "added" else None


def _merged(sheet: Sheet, base: Tables, part: Table, sound: Table, rows: Sequence[RowDiff], behind: int) -> Table:
    """The whole's table with changed cells and added rows."""
    table = base.get(sheet.name)
    names = list(dict.fromkeys([*table.values, *(name for name in part.values if name in part.columns)]))
    records = [dict(record) for _, record in table.records()]
    there = {number: position for position, number in enumerate(table.rows)}
    here = {number: position for position, number in enumerate(part.rows)}
    values = [record for _, record in (part if sheet.free else sound).records()]
    numbers = list(table.rows)
    for row in rows:
        assert row.new_row is not None
        new = values[here[row.new_row]]
        if row.kind == "changed" and row.old_row is not None:
            records[there[row.old_row]].update({cell.column: new.get(cell.column) for cell in row.cells})
        else:
            records.append({name: new.get(name) for name in names if name in part.columns})
            numbers.append(max([behind, FIRST_DATA_ROW - 1, *numbers]) + 1)
    columns = dict(table.columns)
    for name in names:
        columns.setdefault(name, letters(len(names) + len(columns) + 1))
    return replace(table, values=columns_of(records, names), rows=tuple(numbers), columns=columns)
