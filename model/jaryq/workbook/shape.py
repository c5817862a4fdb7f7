"""From a grid of raw values to a Table: canonical headings, cleaned values, rows that are not blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from jaryq.base.issues import Issue, capped
from jaryq.sheets.aliases import setting_called
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.tables.convert_numbers import DAYS
from jaryq.tables.tables import Table, letters
from jaryq.tables.values import Rejected, as_text, clean, is_clean, show
from jaryq.workbook.grid import HEADING_ROW, Grid
from jaryq.workbook.locate import column_of, heads_of, width_of
from jaryq.workbook.locate import places as find_places
from jaryq.workbook.lone_texts import lone_texts
from jaryq.workbook.merged import unmerge
from jaryq.workbook.odd_rows import odd_rows
from jaryq.workbook.shown import as_shown

__all__ = ["HEADING_ROW", "Grid", "Shaped", "table_of"]

LONGEST_TEXT = 32_767
"""Characters that a cell of a spreadsheet holds."""


@dataclass(frozen=True)
class Shaped:
    """A table, what is wrong with its shape, and what of the sheet is in none of its rows and columns. ``foreign``:
    what stands in columns that nobody knows, by the cells of their headings."""

    table: Table
    issues: tuple[Issue, ...]
    comments: tuple[str, ...] = ()
    blank_rows: int = 0
    passed_over: int = 0
    trimmed: int = 0
    foreign: Mapping[str, list[Any]] = field(default_factory=dict)


def table_of(sheet: Sheet, grid: Grid) -> Shaped:
    """The sheet's table and what is wrong with its headings, merged cells, rows and percent formats.

    Required columns that are missing are reported, and stand in the table filled with :class:`Rejected` (without
    letters).
    """
    places, comments, issues = find_places(sheet, grid)
    if not sheet.free:
        issues += unmerge(sheet, places, grid)
    raw = _columns(grid.rows, places)
    columns = {name: _values(sheet, name, values) for name, values in raw.items()}
    kept = _filled(columns, len(grid.rows))
    trimmed = sum(_trimmed(raw[name], values) for name, values in columns.items())
    blank = len(grid.rows) - len(kept)
    rows = tuple(grid.numbers[i] for i in kept) if blank else tuple(grid.numbers)
    columns = {name: values if not blank else [values[i] for i in kept] for name, values in columns.items()}
    cells = {name: letters(place + 1) for name, place in places.items()}
    found: list[Issue] = []
    if not sheet.free:
        rows, columns, found = _without_odd_rows(sheet, rows, columns, cells)
        found += _too_long(sheet, rows, columns, cells)
        found += as_shown(sheet, places, columns, rows, cells, grid.marks)
    passed_over = len(kept) - len(rows)
    lacking: list[str] = []
    for column in sheet.columns:
        if column.required and not sheet.free and column.name not in places:
            lacking.append(column.name)
            columns[column.name] = [Rejected()] * len(rows)
    if sheet is SETTINGS and "setting" in places:
        columns["setting"] = [_setting(value) for value in columns["setting"]]
    table = Table(sheet.name, {name: tuple(values) for name, values in columns.items()}, rows, cells, grid.heading_row,
                  heads_of(sheet, places, grid), width_of(grid))
    issues += [Issue("missing_column", sheet.name, table.place(None, name), name,
                     slots={"name": name, "row": grid.heading_row})
               for name in lacking if grid.heads.unclear is None]
    foreign = {f"{letters(place + 1)}{grid.heading_row}": column_of(grid, place)
               for place, raw_heading in comments.items() if not raw_heading.startswith("#")}
    return Shaped(table, (*issues, *capped(found)), tuple(comments.values()), blank, passed_over, trimmed, foreign)


def _columns(rows: Sequence[Sequence[Any]], places: Mapping[str, int]) -> dict[str, list[Any]]:
    """The values of the columns; rows may be of different lengths."""
    if rows and len(set(map(len, rows))) == 1 and len(rows[0]) > max(places.values(), default=0):
        return {name: list(map(itemgetter(place), rows)) for name, place in places.items()}
    return {name: [row[place] if place < len(row) else None for row in rows] for name, place in places.items()}


def _filled(columns: Mapping[str, list[Any]], count: int) -> list[int]:
    """Positions of the rows with a value in some column."""
    blank = list(range(count))
    for values in columns.values():
        blank = [i for i in blank if values[i] is None]
        if not blank:
            break
    gone = set(blank)
    return list(range(count)) if not gone else [i for i in range(count) if i not in gone]


def _setting(value: Any) -> Any:
    """The name of a setting that is called by its title; anything else stays, for the rules to judge."""
    known = (setting_called(value) if isinstance(value, str) and not isinstance(value, Rejected) and len(value) < 200
             else None)
    return known.name if known is not None else value


def _values(sheet: Sheet, name: str, raw: list[Any]) -> list[Any]:
    """Cleaned values of a column; text columns hold texts only. The value of a setting stays what it was typed as.

    Days stay days where they may be told of: in columns of numbers, in keys and in what refers to keys.
    """
    column = sheet.column(name)
    text = column is not None and column.kind == "text" and not (sheet is SETTINGS and name == "value")
    kinds = set(map(type, raw))
    if not text and kinds <= {float, int, type(None)}:
        return raw
    if kinds <= {str, type(None)}:
        texts = raw if all(raw) else [value for value in raw if value]
        if is_clean(texts):
            return raw if texts is raw else [value or None for value in raw]
    days = column is not None and not sheet.free and (not text or bool(column.ref) or name in sheet.key)
    return [_value(value, text, days) for value in raw]


def _value(value: Any, text: bool, days: bool) -> Any:
    if type(value) is str:
        return clean(value)
    if value is None or isinstance(value, Rejected):
        return value
    if isinstance(value, DAYS):
        return value if days else show(value)
    return as_text(value) if text else value


def _trimmed(raw: list[Any], values: list[Any]) -> int:
    """Texts that lost spaces or invisible marks at their ends (or were composed anew), and are not blank."""
    if raw is values:
        return 0
    return sum(1 for before, after in zip(raw, values, strict=True) if before is not after
               and type(before) is type(after) is str and before != after)


def _without_odd_rows(sheet: Sheet, rows: tuple[int, ...], columns: dict[str, list[Any]],
                      cells: Mapping[str, str]) -> tuple[tuple[int, ...], dict[str, list[Any]], list[Issue]]:
    """Without rows of totals, rows that repeat the headings, and texts that stand alone."""
    found = odd_rows(sheet, rows, columns, cells)
    told = {position for position, _ in found}
    found += [(position, issue) for position, issue in lone_texts(sheet, rows, columns, cells) if position not in told]
    if not found:
        return rows, columns, []
    odd = {position for position, issue in found if issue.code != "total_named"}
    keep = [position for position in range(len(rows)) if position not in odd]
    return (tuple(rows[i] for i in keep), {name: [values[i] for i in keep] for name, values in columns.items()},
            [issue for _, issue in found])


def _longest(values: Sequence[Any]) -> int:
    """Characters of the longest text among values."""
    try:
        return max(map(len, values), default=0)  # of texts alone, in a pass
    except TypeError:
        if any(issubclass(kind, str) for kind in set(map(type, values))):
            return max(len(value) for value in values if isinstance(value, str))
        return 0


def _too_long(sheet: Sheet, rows: Sequence[int], columns: dict[str, list[Any]],
              cells: Mapping[str, str]) -> list[Issue]:
    issues: list[Issue] = []
    for name, values in columns.items():
        if _longest(values) <= LONGEST_TEXT:
            continue
        for position, value in enumerate(values):
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                slots = {"count": len(value), "most": LONGEST_TEXT}
                issues.append(Issue("text_too_long", sheet.name, f"{cells[name]}{rows[position]}", name,
                                    value[:LONGEST_TEXT // 100], slots))
                values[position] = Rejected(value[:LONGEST_TEXT // 100])
    return issues
