"""Where a sheet's table stands: the row of its headings, and the column of each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase as LETTERS
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.quantities import factor, quantity, unit_quantity
from jaryq.base.text import Text
from jaryq.sheets.aliases import heading, resembled, spellings, sure_heading, titles, unit_behind
from jaryq.sheets.spec import Sheet
from jaryq.tables.fault import near, offered
from jaryq.tables.keys import MOST_HINTS
from jaryq.tables.tables import Head, letters
from jaryq.tables.values import Rejected, as_text, clean
from jaryq.workbook.foreign import NUMBERS, numbers_in
from jaryq.workbook.grid import HEADING_ROW, Grid

MOST_ABOVE = 40
"""Rows from the top among which the headings are looked for."""

ALIKE = 0.6
"""A row with so large a part of the most headings that any row has is taken for a row of headings."""

MOST_SEARCHED = 300
"""Cells of such a row that are looked at."""

MOST_IN_HEADING = 20
"""Characters of a heading that is no more than a year with something beside it."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_FIRST_DAY = datetime.date(1899, 12, 30)


def heading_row(sheet: Sheet, rows: Sequence[Sequence[Any]], usual: int = HEADING_ROW) -> int:
    """The number of the row that holds the headings: the usual one, unless two headings of the sheet or more stand in
    another.

    Of neighbouring rows that both look like headings (titles above names) the lowest counts: the data begin below it.
    """
    if sheet.free:
        return usual
    known: dict[str, str | None] = {}
    scores = {number: headings_in(sheet, row, known) for number, row in enumerate(rows[:MOST_ABOVE], start=1)}
    best = max(scores.values(), default=0)
    if best < 2:
        return usual
    alike = [number for number in scores if scores[number] >= max(2, ALIKE * best)]
    row = usual if usual in alike else alike[0]
    while row + 1 in alike:
        row += 1
    return row


def headings_in(sheet: Sheet, row: Sequence[Any], known: dict[str, str | None]) -> int:
    """How many headings of the sheet stand in a row. ``known``: what texts of the sheet are headings, which grows; rows
    of data hold the same words again and again, and numbers, of which only years are headings."""
    found = set()
    for value in row[:MOST_SEARCHED]:
        if isinstance(value, float) and not _FIRST_YEAR <= value < _LAST_YEAR:
            continue
        if text := heading_text(value):
            if text not in known:
                known[text] = heading(sheet, text)
            found.add(known[text])
    return len(found - {None})


def heading_text(value: Any) -> str | None:
    """A heading as text. A year in a cell with a date format is a day: 2026 is 18 July 1905."""
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return str((day - _FIRST_DAY).days if day.year < 1910 else day.year)
    return as_text(value)


def places(sheet: Sheet, grid: Grid) -> tuple[dict[str, int], dict[int, str], list[Issue]]:
    """Where each canonical heading stands (column positions from 0), headings of columns of comments, and what is
    wrong."""
    found: dict[str, int] = {}
    comments: dict[int, str] = {}
    issues: list[Issue] = []
    foreign: dict[int, int] = {}
    filled = _first_values(grid)
    for place in range(max([*filled, len(grid.headings) - 1], default=-1) + 1):
        value = grid.headings[place] if place < len(grid.headings) else None
        raw = heading_text(value)
        cell = grid.heading_cell(place)
        if raw is None:
            if place in filled and not isinstance(value, Rejected) and not sheet.free:
                issues.append(Issue("missing_heading", sheet.name, f"{letters(place + 1)}{grid.heading_row}",
                                    slots={"first": f"{letters(place + 1)}{filled[place]}"}))
        elif raw.startswith("#"):
            comments[place] = raw
        elif (name := heading(sheet, raw) or (raw if sheet.free else None)) is None:
            issue = (_unknown(sheet, raw, cell, grid, place) if len(issues) < MOST_HINTS
                     else Issue("unknown_column", sheet.name, cell, raw, raw, {"hint": ""}))
            if issue.code != "unknown_column":
                foreign[len(issues)] = place
            issues.append(issue)
        elif name in found:
            issues += [] if sheet.free else [Issue("duplicate_column", sheet.name, cell, name, raw)]
        else:
            found[name] = place
            issues += [] if sheet.free else _head_issues(sheet, name, raw, place, cell, grid)
    whole = all(column.name in found for column in sheet.columns if column.required or column.name in sheet.key)
    for number, place in foreign.items():
        if whole or grid.heads.unclear:
            comments[place] = str(issues[number].value)
        else:  # it may be the one that is missing
            issues[number] = replace(issues[number], code="unknown_column", slots={"hint": ""})
    return found, comments, issues + ([] if sheet.free else _of_rows(sheet, grid))


def _of_rows(sheet: Sheet, grid: Grid) -> list[Issue]:
    """That headings stand in several rows, what was passed over below them, and what cannot be read there."""
    heads = grid.heads
    if heads.unclear is not None:
        place, above, both = heads.unclear
        return [Issue("headings_unclear", sheet.name, f"{letters(place + 1)}{grid.heading_row - above}", value=both)]
    found = [Issue("row_below_headings", sheet.name, f"A{grid.heading_row - above}", slots={"what": what})
             for above, what in sorted(heads.passed.items(), reverse=True)]
    lowest = grid.heading_row - max(heads.passed, default=-1) - 1
    first = grid.heading_row - (heads.row - heads.first)
    return [*([Issue("headings_in_two_rows", sheet.name, f"A{lowest}", slots={"first": first, "second": lowest})]
              if first < lowest else []), *found]


def _unknown(sheet: Sheet, raw: str, cell: str, grid: Grid, place: int) -> Issue:
    """What is said of a column whose heading is none of the sheet's: it may be meant for one (it is nearly its name, or
    holds numbers under words of it or under a year), its numbers are lost, or nothing is."""
    values = column_of(grid, place)
    known = spellings(sheet)
    hint = _year_meant(sheet, raw) or near(raw, known)
    if hint:
        return Issue("unknown_column", sheet.name, cell, raw, raw, {"hint": hint})
    if numbers_in(values):
        if word := resembled(raw, known):
            return Issue("unknown_column", sheet.name, cell, raw, raw, {"hint": offered(word)})
        if any(column.family == "year" for column in sheet.columns) and any(letter.isdigit() for letter in raw):
            return Issue("unknown_column", sheet.name, cell, raw, raw, {"hint": ""})
        return Issue("column_left_out", sheet.name, cell, raw, raw, {"what": NUMBERS})
    return Issue("foreign_column", sheet.name, cell, raw, raw)


def _year_meant(sheet: Sheet, raw: str) -> Text | str:
    """The column of the one year that stands within a heading (``FY2027``), on a sheet whose columns are years."""
    years = set(_YEAR.findall(raw)) if len(raw) <= MOST_IN_HEADING else set()
    if len(years) != 1 or not any(column.family == "year" and not column.name for column in sheet.columns):
        return ""
    return offered(years.pop())


def column_of(grid: Grid, place: int) -> list[Any]:
    """What stands in a column below the headings."""
    return [row[place] for row in grid.rows if place < len(row)]


def width_of(grid: Grid) -> int:
    """Columns up to the last that has a heading or a value."""
    headed = [place + 1 for place, value in enumerate(grid.headings) if heading_text(value) is not None]
    return max([*headed, *(place + 1 for place in _first_values(grid))], default=0)


def _first_values(grid: Grid) -> dict[int, int]:
    """Columns below the headings that hold a value, and the row number of the first."""
    found: dict[int, int] = {}
    width = max(map(len, grid.rows), default=0)
    for place in range(width):
        for number, row in zip(grid.numbers, grid.rows, strict=True):
            if place < len(row) and row[place] is not None and (not isinstance(row[place], str)
                                                                or clean(row[place]) is not None):
                found[place] = number
                break
    return found


def _head_issues(sheet: Sheet, name: str, raw: str, place: int, cell: str, grid: Grid) -> list[Issue]:
    """A heading that was repaired, and a unit in it or above it that is not the column's."""
    issues = []
    value = grid.headings[place]
    if sure_heading(sheet, raw) is None or isinstance(value, datetime.date):
        issues.append(Issue("repaired_heading", sheet.name, cell, name, raw, {"read": name}))
        issues += _unit_issue(sheet, name, unit_behind(raw)[1], cell)
    for said, row in _said(sheet, place, grid):
        if row != int(cell.lstrip(LETTERS)):
            issues += _unit_issue(sheet, name, said, f"{letters(place + 1)}{row}")
    return issues


def heads_of(sheet: Sheet, places: Mapping[str, int], grid: Grid) -> dict[str, Head]:
    """Currencies that are written at the head of columns whose rows state their own: ``bn KZT`` over ceilings."""
    found: dict[str, Head] = {}
    for name, place in places.items():
        column = sheet.column(name)
        if column is None or column.unit != "bn currency":
            continue
        for said, row in _said(sheet, place, grid):
            meant = quantity(said)
            if meant is not None and meant.what and factor(meant, column.unit, meant.what) == 1:
                found[name] = Head(f"{letters(place + 1)}{row}", said, meant.what)
    return found


def _said(sheet: Sheet, place: int, grid: Grid) -> Iterator[tuple[str, int]]:
    """The unit in a heading and the one above it, with their rows."""
    if raw := heading_text(grid.headings[place]):
        yield unit_behind(raw)[1], grid.heading_row - grid.heads.lifted.get(place, 0)
    if place in grid.heads.units:
        unit, above_lowest = grid.heads.units[place]
        yield unit, grid.heading_row - above_lowest
    above = as_text(grid.above[place]) if place < len(grid.above) else None
    if above and sure_heading(sheet, above) is None:
        yield above.rpartition("\n")[2] if "\n" in above else unit_behind(above)[1] or above, grid.above_row


def _unit_issue(sheet: Sheet, name: str, said: str, cell: str) -> list[Issue]:
    column = sheet.column(name)
    if column is None or column.unit_of is None or not said or unit_quantity(column.unit) is None:
        return []
    found = quantity(said)
    if column.family == "year" and found is not None and found.what == "month" and not found.per:
        return []  # "Years" over the years
    if found is None or said.casefold() in {symbol.casefold()
                                            for symbol in (column.unit,
                                                *titles(column.unit_of.symbol))} or factor(found, column.unit) == 1:
        return []
    if column.unit == "bn currency" and factor(found, column.unit, found.what) == 1:
        return []  # a rule compares it with the currencies of the rows: see heads_of
    return [Issue("heading_unit", sheet.name, cell, name, said, {"unit": column.unit_of.symbol, "found": said})]

