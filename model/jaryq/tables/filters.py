"""Filters by the names that people use: ``region=Караганда`` means the region's key, and what fits nothing is told with
the nearest value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

import pandas as pd

from jaryq.base.home import HOME_CURRENCY
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.tables.called import BY_NAME, called
from jaryq.tables.convert import near
from jaryq.tables.selector import MONEY_COLUMNS, PROJECT_COLUMNS, BadSelector, parse
from jaryq.tables.tables import Table, Tables

REFERS_TO: Mapping[str, str] = {
    "region": "regions", "type": "asset_types", "asset_type": "asset_types", "project": "facilities|networks",
    "source": "sources", "source_id": "sources",
    "currency": "currencies", "group": "source_groups", "facility": "facilities", "package": "networks",
    "index": "price_indices", "route": "routes",
}
"""Columns of filters whose values are keys of a sheet."""


def keys_of(ref: str, tables: Tables) -> set[str]:
    """Keys of a reference's sheets."""
    found = {HOME_CURRENCY} if ref == "currencies" else set()
    for sheet in ref.split("|"):
        if sheet in tables:
            found |= {key for key in tables[sheet].frame[INPUT[sheet].key[0]] if isinstance(key, str)}
    return found


def by_keys(wanted: Mapping[str, str], tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """The parts of a filter with names replaced by keys, and what was replaced; a value that is a key, a pattern or
    unknown stays."""
    read, told = dict(wanted), dict[str, str]()
    for column, value in wanted.items():
        ref = REFERS_TO.get(column)
        if ref is None or "*" in value or value in keys_of(ref, tables):
            continue
        if meant := called(ref, tables).key(value) or _only(value, keys_of(ref, tables)):
            read[column] = told[value] = meant
    return read, told


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
        known = {key: key for key in keys_of(ref, tables)} if ref else {str(each): str(each)
                                                                        for each in (values or {}).get(column, ())
                                                                        if each is not None}
        if "*" in value or value in known:
            continue
        if hint := near(value, {**called(ref, tables).spelled, **known} if ref else known):
            return hint
    return ""


def mend_filters(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with the filters of targets as keys say them, and a note for each name that was read so."""
    if "targets" not in tables or "filter" not in tables["targets"].columns:
        return tables, []
    table = tables["targets"]
    texts = table.frame["filter"].tolist()
    issues: list[Issue] = []
    for position, text in enumerate(texts):
        try:
            wanted = parse(text, PROJECT_COLUMNS + MONEY_COLUMNS) if isinstance(text, str) else {}
        except BadSelector:
            continue  # a rule says so
        read, told = by_keys(wanted, tables)
        if told:
            texts[position] = "; ".join(f"{column}={value}" for column, value in read.items())
            issues += [_read(table, position, said, key) for said, key in told.items()]
    if not issues:
        return tables, []
    frame = table.frame.assign(filter=pd.Series(texts, dtype=object, index=table.frame.index))
    return tables.with_sheet(replace(table, frame=frame)), issues


def _read(table: Table, position: int, said: str, key: str) -> Issue:
    return Issue("repaired_letters", table.sheet, table.cell(position, "filter"), "filter", said,
                 {"read": key, "why": BY_NAME})
