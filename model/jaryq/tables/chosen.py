"""Rows of a sheet that a selector names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUT
from jaryq.tables.called import called
from jaryq.tables.filters import by_keys, columns_meant
from jaryq.tables.selector import fits, matches, parse
from jaryq.tables.tables import Table, Tables


@dataclass(frozen=True)
class Chosen:
    """Positions of the rows; ``wanted``: what was asked, with names read as keys (``told``); ``money``: the source."""

    rows: tuple[int, ...]
    wanted: dict[str, str] = field(default_factory=dict)
    money: str | None = None
    told: dict[str, str] = field(default_factory=dict)


def columns_of(tables: Tables, sheet: str) -> tuple[str, ...]:
    """Columns that a selector on the sheet may name; ``source`` means the source of money."""
    return tuple({*(name.lower() for name in tables[sheet].values), "source"})


def chosen(tables: Tables, sheet: str, selector: str) -> Chosen:
    """The rows that a selector names; raises :class:`BadSelector` where it is none.

    Nobody chooses rows by the document they come from: `source=JICA*` means the source of money, by its key or name.
    """
    closed = {column.name: ("yes", "no") if column.kind == "yes_no" else column.one_of
              for column in INPUT[sheet].columns if column.one_of or column.kind == "yes_no"}
    wanted, told = by_keys(parse(_as_meant(tables, sheet, selector), columns_of(tables, sheet)), tables, closed)
    money = wanted.pop("source", None) if INPUT[sheet].key[0] == "source_id" else None
    table = tables[sheet]
    asked = {name.lower(): cells for name, cells in table.values.items() if name.lower() in wanted}
    payers = range(len(table)) if money is None else _paid_by(tables, table, money)
    rows = tuple(position for position in payers
                 if matches(wanted, {name: shown(cells[position]) for name, cells in asked.items()}))
    return Chosen(rows, wanted, money, told)


def _paid_by(tables: Tables, table: Table, money: str) -> Iterator[int]:
    """The rows of a source that is called so, by its key or by its name."""
    sources, blank = tables.get("sources").values, (None,) * len(table)
    names = dict(zip(sources.get("source_id", ()), sources.get("name", ()), strict=False))
    return (position for position, key in enumerate(table.values.get("source_id", blank))
            if fits(money, key) or fits(money, names.get(key)))


def _as_meant(tables: Tables, sheet: str, selector: str) -> str:
    """A selector with columns by their own names instead of titles in any language, and with the key of the sheet in
    front of what is one of its keys, or a name or pattern of some, alone."""
    declared, there, key = INPUT[sheet], columns_of(tables, sheet), INPUT[sheet].key[0]
    keys = {each for each in tables[sheet].values[key] if isinstance(each, str)} if key in there else set()
    pieces = []
    for piece in filter(None, map(str.strip, (selector or "").split(";"))):
        column, sign, value = (part.strip() for part in piece.partition("="))
        if sign and column.lower() not in there:
            own = heading(declared, column)
            pieces.append(f"{own}={value}" if own else columns_meant(piece, there)[0])
        elif not sign and (any(fits(piece, each) for each in keys) or called(sheet, tables).key(piece)):
            pieces.append(f"{key}={piece}")
        else:
            pieces.append(piece)
    return "; ".join(pieces)


def shown(value: Any) -> object:
    """A value as a selector compares it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value
