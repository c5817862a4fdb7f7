"""What a row itself says about the unit of its numbers: its currency, the unit of its capacity, MWh or Gcal or thousand
m3 by its sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jaryq.base.home import HOME_CURRENCY
from jaryq.sheets.measures import SECTORS_OF
from jaryq.sheets.money import SOURCES
from jaryq.sheets.programme import ASSET_TYPES
from jaryq.sheets.quantities import PREFIX, QUANTITIES
from jaryq.sheets.spec import Column
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import as_text

BESIDE = {
    "value": "unit", "scale": "unit", "capacity": "capacity_unit", "offline": "capacity_unit", "limit": "unit",
    "available": "unit", "peak": "unit",
}
"""Columns whose unit stands in another column of the row."""

_UNIT_OF = {sector: unit for unit, sectors in SECTORS_OF.items() for sector in sectors}


@dataclass(frozen=True)
class Elsewhere:
    """What rows of other sheets say: sectors by kind of asset, currencies by source (none stated: that of the
    workbook), units by the key of a quantity in small letters."""

    sectors: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)


def elsewhere(tables: Tables) -> Elsewhere:
    """What the sheets of kinds, of sources and of quantities say, as it stands there."""
    return Elsewhere(_by_key(tables, ASSET_TYPES.name, "asset_type", "sector"),
                     {source: currency or HOME_CURRENCY
                      for source, currency in _by_key(tables, SOURCES.name, "source_id", "currency").items()},
                     {key.lower(): unit
                      for key, unit in _by_key(tables, QUANTITIES.name, "quantity", "unit").items()})


def _by_key(tables: Tables, sheet: str, key: str, column: str) -> dict[str, str]:
    if sheet not in tables:
        return {}
    table = tables[sheet]
    blank = (None,) * len(table)
    return {text: _said(value)
            for name, value in zip(table.values.get(key, blank), table.values.get(column, blank), strict=True)
            if (text := _said(name))}


def stated(column: Column, name: str, table: Table, position: int, others: Elsewhere) -> str:
    """The currency or unit of the row that numbers of the column are in; nothing where the row does not say, or the
    column's own unit holds.

    ``others``: what the sheets that the row refers to say.
    """
    def beside(other: str) -> str:
        return _said(table.values[other][position]) if other in table.values else ""
    if column.unit == "bn currency":
        if "currency" not in table.values and "source_id" in table.values and table.sheet != SOURCES.name:
            return others.currencies.get(beside("source_id"), "")
        return beside("currency") or HOME_CURRENCY
    if column.unit in ("number", "unit of capacity"):
        if name in BESIDE:
            return beside(BESIDE[name])
        return beside("unit") if column.family and column.unit == "unit of capacity" else ""
    if column.unit.endswith("unit of quantity"):
        key = name.removeprefix(PREFIX) if column.family == "quantity" else beside("quantity")
        return others.quantities.get(key.lower(), "")
    if column.unit.partition("/")[0] == "units":
        return _UNIT_OF.get((beside("sector") or others.sectors.get(beside("asset_type"), "")).casefold(), "")
    return ""


def _said(value: object) -> str:
    return as_text(value) or ""
