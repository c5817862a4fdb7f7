"""Keys and what refers to them: each once, none that only looks like another, references that find their row."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.lookalike import looks, mixed, spelled_out
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.spec import Cell, Column, Sheet
from jaryq.tables.called import BY_NAME, Called, called
from jaryq.tables.convert import LETTERS
from jaryq.tables.fault import near
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import show

MOST_HINTS = 20
"""Strange keys of a column for which the nearest known one is looked up (each look-up reads all known keys)."""

MOST_KEYS = 5000
"""Known keys beyond which no nearest one is looked up."""


ALSO: Mapping[tuple[str, str], str] = {
    ("sources", "currency"): "currencies", ("asset_types", "crew"): "crews", ("crew_needs", "crew"): "crews",
    ("ties", "from_area"): "balances", ("ties", "to_area"): "balances",
}
"""References whose keys are not offered in a drop-down: most sources are in the currency of the workbook, which is no
row; a resource has a row for each region, an area one for each unit."""

LIMITS = frozenset({"crews"})
"""Sheets of limits to which others refer: without any row nothing is limited, which a rule tells, and nothing is
looked for."""


def reference(sheet: str, column: Column) -> str:
    """The sheets whose keys the values of a column are (``a|b``: of either), or nothing."""
    return column.ref or ALSO.get((sheet, column.name), "")


def duplicates(sheet: Sheet, table: Table, mended: Table) -> list[Issue]:
    """Keys that stand twice, references among them as they are ``mended`` (a region once by its key and once by its
    name is the same); one that found no row stands for itself. A blank part counts as a value where the column may be
    blank (crews of the whole country)."""
    needed = [sheet.column(name) for name in sheet.key]
    seen: dict[tuple[Cell, ...], int] = {}
    issues: list[Issue] = []
    parts = ([read if meant is None else meant for read, meant in
              zip(table.values[name], mended.values[name], strict=True)] for name in sheet.key)
    for position, key in enumerate(zip(*parts, strict=True)):
        if any(part is None and column is not None and column.required
               for part, column in zip(key, needed, strict=True)):
            continue
        first = seen.setdefault(key, position)
        if first != position:
            slots = {"other": table.cell(first, sheet.key[0]), "column": ", ".join(sheet.key)}
            value = ", ".join(show(part) for part in key if part is not None)
            issues.append(Issue("duplicate_key", sheet.name, table.cell(position, sheet.key[0]), sheet.key[0], value,
                                slots))
    return issues


def lookalikes(sheet: Sheet, table: Table) -> list[Issue]:
    """Keys of one column that look like another row's key but are not it, and those that mix two alphabets in a
    word."""
    name = sheet.key[0]
    column = sheet.column(name)
    if column is None or column.kind != "text" or column.one_of or column.ref:
        return []
    issues: list[Issue] = []
    seen: dict[str, tuple[str, int]] = {}
    for position, key in enumerate(table.values[name]):
        if not isinstance(key, str):
            continue
        other, first = seen.setdefault(key if key.isascii() else looks(unicodedata.normalize("NFKC", key)),
                                       (key, position))
        cell = table.cell(position, name)
        word = mixed(key)
        if other != key:
            slots = {"other": table.cell(first, name), "shown": spelled_out(other)}
            issues.append(Issue("lookalike_key", sheet.name, cell, name, spelled_out(key), slots))
        elif word:
            issues.append(Issue("mixed_letters", sheet.name, cell, name, key, {"shown": spelled_out(word)}))
    return issues


def references(sheet: Sheet, table: Table, tables: Tables) -> tuple[Table, list[Issue]]:
    """The table with values that refer to keys of other sheets; look-alikes are repaired, those that find no key become
    None."""
    issues: list[Issue] = []
    mended = table
    for column in sheet.columns:
        ref = reference(sheet.name, column)
        if not ref or column.name not in table.columns:
            continue
        known = _known(ref, tables)
        cells = list(mended.values[column.name])
        strange = [position for position, value in enumerate(cells) if value is not None and value not in known]
        if ref in LIMITS and not has_rows(ref, tables):
            continue
        if strange:
            issues += _mend(replace(column, ref=ref), table, cells, strange, known, called(ref, tables))
            mended = mended.with_column(column.name, cells)
    return mended, issues


def _mend(column: Column, table: Table, cells: list[Cell], strange: Iterable[int], known: Collection[Cell],
          by_name: Called) -> list[Issue]:
    """Replace what looks like exactly one known key, or is the name of exactly one row, by the key; report the rest."""
    names = [name for name in known if isinstance(name, str)]
    exact, folded = _by_looks(names, fold=False), _by_looks(names, fold=True)
    issues: list[Issue] = []
    hints: dict[Cell, Text | str] = {}
    eyes = cache(looks)
    for position in strange:
        value = cells[position]
        place = (table.sheet, table.cell(position, column.name), column.name, show(value))
        seen = eyes(str(value))
        if meant := exact.get(seen) or (folded.get(seen.casefold()) if seen not in exact else ""):
            issues.append(Issue("repaired_letters", *place,
                                {"read": meant, "why": LETTERS if seen != value or seen == meant else CASE}))
            cells[position] = meant
            continue
        if meant := by_name.key(str(value)):
            issues.append(Issue("repaired_letters", *place, {"read": meant, "why": BY_NAME}))
            cells[position] = meant
            continue
        if value not in hints:
            spelled = by_name.spelled | dict(zip(names, names, strict=True))
            hints[value] = near(str(value), spelled) if len(hints) < MOST_HINTS and len(known) < MOST_KEYS else ""
        issues.append(Issue("unknown_reference", *place,
                            {"target": column.ref.replace("|", ", "), "hint": hints[value]}))
        cells[position] = None
    return issues


def has_rows(name: str, tables: Tables) -> bool:
    """Whether a sheet has a row with a key."""
    return name in tables and any(key is not None for key in tables[name].values[INPUT[name].key[0]])


CASE = Text("capital and small letters", "прописные и строчные буквы")


def _by_looks(names: Iterable[str], *, fold: bool) -> dict[str, str]:
    """Keys by what the eye sees of them; nothing where two look the same."""
    found: dict[str, str] = {}
    for name in names:
        seen = looks(name).casefold() if fold else looks(name)
        found[seen] = name if found.get(seen, name) == name else ""
    return found


def _known(ref: str, tables: Tables) -> set[Cell]:
    """Keys of the referenced sheets."""
    known: set[Cell] = {HOME_CURRENCY} if ref == "currencies" else set()
    for name in ref.split("|"):
        if name in tables:
            known.update(tables[name].values[INPUT[name].key[0]])
    return known - {None}
