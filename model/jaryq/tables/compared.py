"""Rows and values as two inputs are compared: what is meant, not how it was typed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from jaryq.base.flat import fifteen
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Cell, Column, Sheet
from jaryq.tables.convert import convert
from jaryq.tables.tables import Table
from jaryq.tables.values import Rejected, as_text, show


@dataclass(frozen=True)
class Unread:
    """What stands in a cell that is not what its column wants; the same text there and here is no difference."""

    text: str


Value = Cell | Unread
_Of = TypeVar("_Of")


@dataclass(frozen=True)
class Row:
    """One row as it is compared: its position in the table, its key and its values by heading."""

    position: int
    key: tuple[Value, ...]
    values: Mapping[str, Value]


def rows_of(sheet: Sheet, table: Table, known: Table) -> list[Row]:
    """The table's rows with their values as they are compared; columns that the file does not have are absent.

    ``known`` is the same table as it was typed when read; what it could not type is taken as far as it can be
    understood.
    """
    names = [name for name in headings(sheet, table) if name in table.columns]
    rows = []
    for (position, record), (_, sound) in zip(table.records(), known.records(), strict=True):
        values: dict[str, Value] = {}
        for name in names:
            raw = _kept(record[name])
            value = None if sheet.free else _kept(sound.get(name))
            values[name] = value if raw is None or value is not None else value_of(_column(sheet, name, sound), raw)
        rows.append(Row(position, tuple(values.get(name) for name in sheet.key), values))
    return rows


def _kept(value: _Of) -> _Of | float:
    """A number with the digits that every program keeps: 0.1 + 0.2 is 0.3 once another has saved it."""
    return fifteen(value) if isinstance(value, float) and math.isfinite(value) else value


def headings(sheet: Sheet, table: Table) -> list[str]:
    """The table's headings in declared order, members of families sorted, those of free sheets behind."""
    present = list(table.values)
    ordered = [name for column in sheet.columns for name in sorted(filter(column.takes, present))]
    return ordered + [name for name in present if name not in ordered]


def _column(sheet: Sheet, name: str, record: Mapping[str, object]) -> Column | None:
    if sheet is SETTINGS and name == "value":
        return SETTING_AT.get(str(record.get("setting")))
    return None if sheet.free else sheet.column(name)


def value_of(column: Column | None, raw: object) -> Value:
    """A value as it is compared: typed where it can be, whatever its bounds; as text on free sheets."""
    if isinstance(raw, Rejected):
        return Unread(str(raw))
    if column is None:
        return as_text(raw)
    value, faults = convert(_unbounded(column), raw)
    return Unread(show(raw)) if value is None and faults else value


@cache
def _unbounded(column: Column) -> Column:
    return replace(column, ge=None, gt=None, le=None)


def said(value: Value) -> str:
    """A value as one line of text: yes and no, numbers in their shortest form, line breaks as ``\\n``; blank is
    nothing."""
    if isinstance(value, Unread):
        return said(value.text)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return show(value).replace("\r\n", "\n").replace("\n", "\\n")


def natural(parts: Iterable[Value]) -> tuple[tuple[object, ...], ...]:
    """Sorts keys as people do: blank first, F2 before F10, then by code point."""
    return tuple(_natural(said(part)) for part in parts)


def _natural(text: str) -> tuple[object, ...]:
    if not text:
        return ()
    pieces = re.split(r"(\d+)", text)
    return (*((0, int(piece), "") if i % 2 else (1, 0, piece) for i, piece in enumerate(pieces)), (2, 0, text))


def keyless(sheet: Sheet, key: Sequence[Value]) -> bool:
    """Whether a part of the key that is required is blank, or a formula without value."""
    columns = [sheet.column(name) for name in sheet.key]
    return any(part == Unread("") or (part is None and column is not None and column.required)
               for part, column in zip(key, columns, strict=True))


def joined(key: Iterable[Value], blank: str = "") -> str:
    """The parts of a key as one text; blank parts are left out, or shown as ``blank``."""
    return " / ".join(text for part in key if (text := said(part) or blank))
