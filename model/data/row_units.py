"""What a row itself says about the unit of its numbers: its currency, the unit of its capacity, MWh or Gcal or thousand m3 by its sector."""

from __future__ import annotations

from collections.abc import Mapping

from model.data.called import HOME_CURRENCY
from model.data.measures import SECTORS_OF
from model.data.tables import Table, Tables
from model.data.values import as_text
from model.sheets.programme import ASSET_TYPES
from model.sheets.spec import Column

BESIDE = {
    "value": "unit", "scale": "unit", "capacity": "capacity_unit", "offline": "capacity_unit", "limit": "unit", "available": "unit", "peak": "unit",
}
"""Columns whose unit stands in another column of the row."""

_UNIT_OF = {sector: unit for unit, sectors in SECTORS_OF.items() for sector in sectors}


def sectors(tables: Tables) -> Mapping[str, str]:
    """Sector by kind of asset, as they stand in the sheet of kinds."""
    if ASSET_TYPES.name not in tables:
        return {}
    return {text: _said(record.get("sector")) for _, record in tables[ASSET_TYPES.name].records() if (text := _said(record.get("asset_type")))}


def stated(column: Column, name: str, table: Table, position: int, by_kind: Mapping[str, str]) -> str:
    """The currency or unit of the row that numbers of the column are in; nothing where the row does not say, or the column's own unit holds.

    ``by_kind``: sectors by kind of asset.
    """
    def beside(other: str) -> str:
        return _said(table.frame[other].iloc[position]) if other in table.frame.columns else ""
    if column.unit == "bn currency":
        return (beside("currency") or HOME_CURRENCY) if "currency" in table.frame.columns else ""
    if column.unit in ("number", "unit of capacity"):
        return beside(BESIDE[name]) if name in BESIDE else ""
    if column.unit.partition("/")[0] == "units":
        return _UNIT_OF.get((beside("sector") or by_kind.get(beside("asset_type"), "")).casefold(), "")
    return ""


def _said(value: object) -> str:
    return as_text(value) or ""
