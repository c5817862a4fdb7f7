"""Sheets and columns that nobody knows: what would be lost by leaving them out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.aliases import sure_heading
from jaryq.sheets.spec import Sheet
from jaryq.tables.called import called
from jaryq.tables.numerals import plain_number, with_decimal_comma
from jaryq.tables.tables import Tables
from jaryq.tables.values import as_text

NUMBERS = Text("numbers", "числа")
KEYS = Text("keys or names of {sheets}", "ключи или названия листов {sheets}")

REFERRED_TO = ("regions", "asset_types", "sources", "facilities|networks")
"""Sheets whose keys and names are looked for in a column that nobody knows."""

MOST_ROWS, MOST_CELLS = 12, 40
"""Rows, and cells of each, among which the headings of an unknown sheet are looked for."""

MOST_VALUES = 2000
"""Texts of a column or sheet that are compared with keys."""

Rows = Sequence[Sequence[Any]]


def numbers_in(values: Iterable[Any]) -> bool:
    """Whether numbers or dates stand there, as texts or not; the numbers 1, 2, 3 of rows alone are none to lose."""
    found = [number for value in values if (number := _number(value)) is not None]
    return bool(found) and found != [float(place) for place in range(1, len(found) + 1)]


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime.date):
        return float(value.toordinal())
    if isinstance(value, (int, float)):
        return float(value)
    if not isinstance(value, str):
        return None
    number = plain_number(value.strip())
    return with_decimal_comma(value.strip()) if number is None else number


def sheet_like(rows: Rows, declared: Iterable[Sheet], named: str) -> str:
    """The sheet whose headings stand on an unknown one, its key among them: two or more, or one where its name is like
    that of the sheet (``named``)."""
    texts = [[text for value in row[:MOST_CELLS] if isinstance(value, str) and (text := as_text(value))]
             for row in rows[:MOST_ROWS]]
    best = (0, "")
    for sheet in declared:
        for row in texts if not sheet.free else ():
            found = {sure_heading(sheet, text) for text in row if len(text) <= MOST_CELLS * 5} - {None}
            if sheet.key[0] in found and (len(found) > 1 or sheet.name == named):
                best = max(best, (len(found), sheet.name))
    return best[1]


def told_with_keys(issues: Iterable[Issue], foreign: Mapping[tuple[str, str], Sequence[Any]],
                   tables: Tables) -> list[Issue]:
    """The issues, in which texts that were left out and are keys or names of rows are a surprise. ``foreign``: what
    stands in columns (by sheet and cell of the heading) and on sheets (by name and nothing) of which only a note is
    told."""
    names = {ref: called(ref, tables) for ref in REFERRED_TO} if foreign else {}
    told = []
    for issue in issues:
        if issue.code in SURPRISES and (issue.sheet, issue.cell) in foreign:
            values = {value.strip() for value in foreign[issue.sheet, issue.cell][:MOST_VALUES]
                      if isinstance(value, str) and value.strip()}
            for ref, by_name in names.items():
                known = sum(1 for value in values if by_name.key(value) or value in by_name.keys)
                if known and 2 * known >= len(values):
                    what = Text(*(KEYS.say(lang, sheets=ref.replace("|", ", ")) for lang in ("en", "ru")))
                    issue = replace(issue, code=SURPRISES[issue.code], slots={**issue.slots, "what": what})
                    break
        told.append(issue)
    return told


SURPRISES = {"foreign_column": "column_left_out", "foreign_sheet": "sheet_left_out"}
"""The notes that nothing is lost, and the surprises that something is."""
