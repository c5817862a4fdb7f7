"""Rows that hold one text and nothing else: headings of parts of the table, and footnotes below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Sheet
from jaryq.tables.values import Rejected

PART = Text("the heading of a part of the table", "заголовок части таблицы")
FOOTNOTE = Text("a footnote", "сноску")

NEVER_ALONE = frozenset({"facilities", "sources", "source_years"})
"""Sheets of which a row says nothing by its key alone, besides those that require more than it."""

_MARK = re.compile(r"[*¹²³†‡※]|\d\)\s|(?:note|source|remark|примечани[ея]|источники?|сноска|ескерту|注)\b[^;]*[:.：]"
                   r"|注[)：]", re.IGNORECASE)
"""How a footnote begins."""


def lone_texts(sheet: Sheet, rows: Sequence[int], columns: Mapping[str, list[Any]],
               cells: Mapping[str, str]) -> list[tuple[int, Issue]]:
    """Positions of such rows, each with its issue at the text.

    A text in the column of the key may be the key of a row that is yet to be filled in: it counts only if it begins as
    a footnote does, or is unlike the keys of all rows that hold more (with spaces where none of them has any; without a
    digit where all have one).
    """
    key = sheet.key[0]
    if sheet is SETTINGS or key not in columns or len(columns) < 2:
        return []
    lone = _lone(columns)
    if not lone:
        return []
    full = [i for i in range(len(rows)) if i not in lone]
    keys = [value for i in full if isinstance(value := columns[key][i], str)]
    spaced = not keys or any(" " in value for value in keys)
    numbered = (bool(keys) and all(map(_has_digit, keys))
                and (sheet.name in NEVER_ALONE or any(column.required for column in sheet.columns
                                                      if column.name not in sheet.key)))
    last = full[-1] if full else len(rows)
    found = []
    for position, name in lone.items():
        text = columns[name][position]
        footnote = bool(_MARK.match(text))
        if name in sheet.key and not (footnote or (" " in text and not spaced)
                                      or (numbered and not _has_digit(text))):
            continue
        column = sheet.column(name)
        if column is None or column.kind != "text" or not (footnote or any(map(str.isalpha, text))):
            continue  # a stray number is neither
        found.append((position, Issue("lone_text", sheet.name, f"{cells[name]}{rows[position]}", name, text,
                                      {"what": FOOTNOTE if footnote or position > last else PART})))
    return found


def _lone(columns: Mapping[str, list[Any]]) -> dict[int, str]:
    """Positions of the rows with one text and nothing else, and the column of it."""
    full = (name for name, values in columns.items() if None not in values)
    if len(list(islice(full, 2))) == 2:
        return {}
    first: dict[int, str] = {}
    left = list(range(len(next(iter(columns.values())))))
    for name, values in columns.items():
        more = {i for i in left if values[i] is not None}
        left = [i for i in left if i not in more or i not in first]
        for i in more:
            if first.setdefault(i, name) != name:
                del first[i]
    return {i: name for i, name in sorted(first.items()) if isinstance(columns[name][i], str)
            and not isinstance(columns[name][i], Rejected)}


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
