"""What works change besides money, and what a unit of it is worth, as stated; part of the Case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jaryq.case.fill import in_order, named, rows, years_of
from jaryq.case.rates import Named
from jaryq.case.sureness import columns_of, status_in
from jaryq.case.works import YEAR, months_between
from jaryq.sheets.quantities import PREFIX
from jaryq.tables.tables import Tables


@dataclass(frozen=True)
class Quantity(Named):
    """A quantity in ``unit``. ``value``: KZT of the price year for a unit (``level``: for a unit and year), None where
    it is not valued; ``by_region``: values of years by region, as stated, None: of all other regions. ``index``: the
    price index that values follow, None: prices in general. ``season``: calendar months in which a flow runs.
    ``derived``: what of the condition it counts besides its coefficients. ``data_status`` is that of ``value``,
    ``statuses`` those of the weakest value of each row of ``by_region``."""

    unit: str = "number"
    kind: Literal["level", "flow", "once"] = "level"
    derived: Literal["losses", "not_supplied", "failures", "bursts"] | None = None
    season: frozenset[int] = YEAR
    value: float | None = None
    index: str | None = None
    by_region: Mapping[str | None, Mapping[int, float]] = field(default_factory=dict)
    data_status: str = "estimate"
    statuses: Mapping[str | None, str] = field(default_factory=dict)

    @property
    def valued(self) -> bool:
        """Whether a unit of it is worth something anywhere."""
        return self.value is not None or any(self.by_region.values())


def quantities(tables: Tables) -> dict[str, Quantity]:
    """All quantities with their values, sorted by key."""
    stated: dict[str, dict[str | None, Mapping[str, Any]]] = {}
    for r in rows(tables, "quantity_values"):
        stated.setdefault(r["quantity"], {})[r["region"]] = r
    found = {}
    for r in rows(tables, "quantities"):
        key = r["quantity"]
        mine = sorted(stated.get(key, {}).items(), key=lambda pair: (pair[0] is not None, pair[0] or ""))
        found[key] = Quantity(
            **named(r, "quantity"),
            unit=r["unit"],
            kind=r["kind"],
            derived=r["derived"],
            season=months_between(r["season_from"], r["season_to"]),
            value=r["value"],
            index=r["price_index"],
            by_region={region: years_of(row) for region, row in mine},
            data_status=status_in(r["data_status"], columns_of(r["estimated"]), ["value"]),
            statuses={region: _sure(row) for region, row in mine},
        )
    return in_order(found)


def _sure(row: Mapping[str, Any]) -> str:
    """How sure the weakest value of a row is."""
    return status_in(row["data_status"], columns_of(row["estimated"]), map(str, years_of(row)))


def coefficients(tables: Tables, row: Mapping[str, object]) -> dict[str, float]:
    """What the works of a row change, by quantity, from its columns ``q_..``; blank and 0 are nothing."""
    keys = sorted(r["quantity"] for r in rows(tables, "quantities"))
    stated = {key: row.get(f"{PREFIX}{key.lower()}") for key in keys}
    return {key: float(value) for key, value in stated.items() if isinstance(value, (int, float)) and value}
