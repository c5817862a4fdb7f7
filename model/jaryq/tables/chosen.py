"""Rows of a sheet that a selector names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jaryq.sheets.aliases import heading
from jaryq.sheets.inputs import INPUT
from jaryq.tables.called import called
from jaryq.tables.filters import by_keys, columns_meant
from jaryq.tables.selector import fits, matches, parse
from jaryq.tables.tables import Tables


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
    names = {row.get("source_id"): row.get("name") for _, row in tables.get("sources").records()}
    asked = [name for name in tables[sheet].values if name.lower() in wanted]
    rows = tuple(
        position
        for position, row in tables[sheet].records()
        if matches(wanted, {name.lower(): shown(row[name]) for name in asked})
        and (money is None or fits(money, row.get("source_id")) or fits(money, names.get(row.get("source_id"))))
    )
    return Chosen(rows, wanted, money, told)


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
