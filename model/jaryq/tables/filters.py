"""Filters by the names that people use: ``region=Караганда`` means the region's key, and what fits nothing is told with
the nearest value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.said import meant as said_for
from jaryq.sheets.said import spelled
from jaryq.sheets.words import LEVELS, SECTORS
from jaryq.tables.called import BY_NAME, called
from jaryq.tables.convert import A_WORD
from jaryq.tables.fault import near
from jaryq.tables.partners import code_of
from jaryq.tables.selector import FILTER_COLUMNS, BadSelector, alternatives, parse
from jaryq.tables.tables import Table, Tables

REFERS_TO: Mapping[str, str] = {
    "region": "regions", "type": "asset_types", "asset_type": "asset_types", "project": "facilities|networks",
    "source": "sources", "source_id": "sources",
    "currency": "currencies", "group": "source_groups", "facility": "facilities", "package": "networks",
    "index": "price_indices", "route": "routes", "borrower": "borrowers", "area": "balances", "quantity": "quantities",
}
"""Columns of filters whose values are keys of a sheet."""

CLOSED: Mapping[str, tuple[str, ...]] = {
    "sector": SECTORS, "kind": ("facility", "network"), "zone": ("red", "yellow", "green"), "level": LEVELS,
    "payer": ("budget", "utility", "consumers"),
}
"""Columns of filters of projects and sources whose values are those of a closed list."""

_LISTED = {value for listed in CLOSED.values() for value in listed}


def keys_of(ref: str, tables: Tables) -> set[str]:
    """Keys of a reference's sheets."""
    found = {HOME_CURRENCY} if ref == "currencies" else set()
    for sheet in ref.split("|"):
        if sheet in tables:
            found |= {key for key in tables[sheet].values[INPUT[sheet].key[0]] if isinstance(key, str)}
    return found


def by_keys(wanted: Mapping[str, str], tables: Tables,
            closed: Mapping[str, tuple[str, ...]] = CLOSED) -> tuple[dict[str, str], dict[str, str]]:
    """The parts of a filter with names replaced by keys, words by the values of ``closed`` lists and countries by their
    codes, and what was replaced; a value that is a key, a pattern or unknown stays."""
    read, told = dict(wanted), dict[str, str]()
    for column, value in wanted.items():
        meant = {one: key for one in alternatives(value) or (value,)
                 if "*" not in one and (key := _key(column, one, tables, closed))}
        if meant:
            read[column] = "|".join(meant.get(one, one) for one in alternatives(value) or (value,))
            told |= meant
    return read, told


def _key(column: str, value: str, tables: Tables, closed: Mapping[str, tuple[str, ...]]) -> str:
    """The key or listed value that a value of a filter means in other words; nothing where it is one, or is none."""
    if listed := closed.get(column):
        return "" if value in listed else _only(value, listed) or said_for(value, listed)
    if column == "partner":
        return "" if value in _partners(tables) else code_of(value)
    ref = REFERS_TO.get(column)
    if ref is None or value in keys_of(ref, tables):
        return ""
    return called(ref, tables).key(value) or _only(value, keys_of(ref, tables))


def _partners(tables: Tables) -> set[object]:
    return set(tables["sources"].values["partner"]) if "partner" in tables.get("sources").columns else set()


def columns_meant(text: str, columns: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """A filter with its columns by their own names in place of words for them (``регион=KZ-35``), and what was
    replaced."""
    told: dict[str, str] = {}
    pieces = []
    for piece in text.split(";"):
        column, sign, value = piece.partition("=")
        own = said_for(column, columns) if sign and column.strip().lower() not in columns else ""
        if own:
            told[column.strip()] = own
        pieces.append(f"{own}={value.strip()}" if own else piece.strip())
    return "; ".join(filter(None, pieces)), told


def _only(value: str, keys: Iterable[str]) -> str:
    """The one key that is the value but for capital and small letters."""
    found = [key for key in keys if key.casefold() == value.casefold()]
    return found[0] if len(found) == 1 else ""


def nearest(wanted: Mapping[str, str], tables: Tables, values: Mapping[str, Iterable[object]]
            | None = None) -> Text | Literal[""]:
    """The nearest known value of the first part of a filter that fits no row; nothing where each part fits some.
    ``values``: those of other columns."""
    for column, value in wanted.items():
        ref = REFERS_TO.get(column)
        known = ({key: key for key in keys_of(ref, tables)} if ref
                 else spelled(str(each) for each in (values or {}).get(column, ()) if each is not None))
        for one in alternatives(value) or (value,):
            if "*" not in one and one not in known and (
                    hint := near(one, {**called(ref, tables).spelled, **known} if ref else known)):
                return hint
    return ""


FILTERS = (("targets", "filter"), ("calibration", "filter"), ("calibration", "per_filter"))
"""Columns that hold filters on projects and sources."""


def mend_filters(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with filters as keys say them, and a note for each name that was read so."""
    issues: list[Issue] = []
    for sheet, column in FILTERS:
        if sheet in tables and column in tables[sheet].columns:
            tables, found = _mended(tables, tables[sheet], column)
            issues += found
    return tables, issues


def _mended(tables: Tables, table: Table, column: str) -> tuple[Tables, list[Issue]]:
    texts = list(table.values[column])
    issues: list[Issue] = []
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            continue
        text, titled = columns_meant(text, FILTER_COLUMNS)
        if titled:
            texts[position] = text
            issues += [_read(table, position, said, own, column, A_WORD) for said, own in titled.items()]
        try:
            wanted = parse(text, FILTER_COLUMNS)
        except BadSelector:
            continue  # a rule says so
        read, told = by_keys(wanted, tables)
        if told:
            texts[position] = "; ".join(f"{part}={value}" for part, value in read.items())
            issues += [_read(table, position, said, key, column, A_WORD if key in _LISTED else BY_NAME)
                       for said, key in told.items()]
    return tables.with_sheet(table.with_column(column, texts)), issues


LISTS = (("facilities", "after", "facilities"), ("facilities", "only_with", "facilities"),
         ("networks", "only_with", "facilities"), ("facilities", "choice", "choices"),
         ("balances", "regions", "regions"),
         ("scenarios", "builds_on", "scenarios"))
"""Columns that hold keys of a sheet separated by semicolons."""


def mend_lists(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with names of rows in lists of keys replaced by the keys, and a note for each; what is nobody's name
    stays."""
    issues: list[Issue] = []
    for sheet, column, ref in LISTS:
        if sheet not in tables or column not in tables[sheet].columns:
            continue
        table = tables[sheet]
        keys, names = keys_of(ref, tables), called(ref, tables)
        texts = list(table.values[column])
        for position, text in enumerate(texts):
            parts = _parts(text, keys) if isinstance(text, str) else []
            told = {part: meant for part in parts if part and part not in keys and part != "base"
                    and (meant := names.key(part) or _only(part, keys))}
            if told:
                texts[position] = "; ".join(told.get(part, part) for part in parts)
                issues += [_read(table, position, said, key, column) for said, key in told.items()]
            elif len(parts) > 1 and ";" not in text:
                texts[position] = "; ".join(parts)
                issues.append(_read(table, position, text, texts[position], column, SEPARATED))
        tables = tables.with_sheet(table.with_column(column, texts))
    return tables, issues


SEPARATED = Text("; stands between names", "между именами ставится ;")
_BETWEEN = re.compile(r"[,\n|/]")
"""What people put between names in place of a semicolon."""


def _parts(text: str, keys: set[str]) -> list[str]:
    """Names in a list: what semicolons part, or other marks where each part is a key and the whole is none."""
    parts = [part.strip() for part in text.split(";")]
    others = [part.strip() for part in _BETWEEN.split(text)]
    return others if len(parts) == 1 < len(others) and text not in keys and keys.issuperset(others) else parts


def _read(table: Table, position: int, said: str, key: str, column: str = "filter", why: Text = BY_NAME) -> Issue:
    return Issue("repaired_letters", table.sheet, table.cell(position, column), column, said,
                 {"read": key, "why": why})
