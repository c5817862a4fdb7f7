"""Names that people and file systems take for the same, or for no name: keys that nobody can tell apart or refer to,
scenarios that share a folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from jaryq.base.issues import Issue
from jaryq.base.lookalike import looks
from jaryq.base.once import once
from jaryq.base.safe_name import on_disk, why_unsafe
from jaryq.base.text import Text
from jaryq.rules.rows import Rows
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.scenarios import SCENARIOS
from jaryq.sheets.spec import Sheet
from jaryq.tables.in_place_of_numbers import NO_VALUE
from jaryq.tables.scenarios import BASE
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import Rejected

LONGEST_KEY = 100
"""Letters of a key that tables and charts of a plan have room for."""

SEPARATORS = ";*"
"""What stands between names in lists and for any letters in filters."""

QUOTES = "\"“”«»„'‘’`"
"""What stands around a name rather than in it, where a key begins and ends with it."""


def scenarios_are_folders(tables: Tables) -> Iterator[Issue]:
    """The name of a scenario is one safe folder name on every system, and no other's: its plan is written there."""
    rows = Rows(tables, SCENARIOS.name)
    seen = {on_disk(BASE): Text("the base itself", "сама база")}
    for position, row in rows.rows:
        name = row.get("scenario")
        if not isinstance(name, str) or isinstance(name, Rejected) or name == BASE:
            continue
        why = why_unsafe(name)
        if not why and (odd := _odd(name)):
            yield rows.issue("odd_key", position, "scenario", why=odd)
        if why:
            yield rows.issue("unsafe_name", position, "scenario", why=why)
        elif on_disk(name) != BASE and looks(name.upper()).casefold() == BASE:
            yield rows.issue("lookalike_key", position, "scenario", other=seen[BASE], shown=BASE)
        elif other := seen.get(on_disk(name)):
            yield rows.issue("same_folder", position, "scenario", other=other)
        else:
            seen[on_disk(name)] = Text(*(rows.table.cell(position, "scenario"),) * 2)


def keys_are_names(tables: Tables) -> Iterator[Issue]:
    """Keys differ in more than letter case, are not too long, and can be named in lists and filters."""
    for sheet in INPUT.values():
        if _has_names(sheet) and sheet.name in tables:
            yield from _keys_of(tables[sheet.name])


def _has_names(sheet: Sheet) -> bool:
    """Whether the rows of a sheet have names of their own, given by people (those of scenarios are looked at more
    closely)."""
    column = sheet.column(sheet.key[0])
    if sheet.free or sheet is SCENARIOS or column is None:
        return False
    return column.kind == "text" and not column.one_of and not column.ref


@once
def _keys_of(table: Table) -> list[Issue]:
    rows, name = Rows.of(table), INPUT[table.sheet].key[0]
    issues: list[Issue] = []
    seen: dict[str, int] = {}
    for position, row in rows.rows:
        key = row.get(name)
        if not isinstance(key, str) or isinstance(key, Rejected):
            continue
        if why := _odd(key):
            issues.append(rows.issue("odd_key", position, name, why=why))
        first = seen.setdefault(looks(key).casefold(), position)
        if first != position and looks(str(rows.rows[first][1].get(name))) != looks(key):
            issues.append(rows.issue("case_twin", position, name, other=table.cell(first, name)))
    return issues


def _odd(key: str) -> Text | None:
    if sign := next((sign for sign in SEPARATORS if sign in key), ""):
        return Text(f"{sign} separates or stands for names in lists and filters, so the row cannot be named there",
                    f"{sign} разделяет или заменяет имена в списках и условиях, поэтому строку там не назвать")
    if len(key) > LONGEST_KEY:
        return Text(f"it has more than {LONGEST_KEY} letters", f"в нём больше {LONGEST_KEY} знаков")
    if "=" in key:
        return Text("with = in it a filter takes it for a column and a value",
                    "из-за знака = условие примет его за столбец и значение")
    if "|" in key:
        return Text("two names may be meant: a list has ; between them", "похоже на два имени: в списке между ними ;")
    if key.startswith("#"):
        return Text("# begins comments", "с # начинаются примечания")
    if len(key) > 1 and key[0] in QUOTES and key[-1] in QUOTES:
        return Text("quotation marks stand around it and count as part of it",
                    "он взят в кавычки, и они считаются его частью")
    if key.casefold() in NO_VALUE or not any(letter.isalnum() or unicodedata.category(letter) == "So"
                                             for letter in key):
        return Text("it reads as if there were none", "он читается как отсутствие имени")
    if not any(letter.isalnum() for letter in key):
        return Text("it has no letter and no digit", "в нём нет ни буквы, ни цифры")
    return None
