"""What a unit of a quantity is worth, and what is valued once only (docs/numbers.md, Quantities)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from jaryq.case.areas import ENERGY, Balance
from jaryq.case.case import Case, Facility, Package, Quantity
from jaryq.verify.funding import sector_of
from jaryq.verify.prices import Prices

SECTORS_OF = {"MWh": ("power",), "Gcal": ("heat",), "thousand m3": ("water", "sewer")}
"""Sectors whose supply is measured in the unit."""

SURE = frozenset({"reported", "derived"})
"""Status of a value that has a source."""


def row_for(of: Quantity, region: str | None) -> Mapping[int, float]:
    """The values by year that hold in a region, its own or those of all other regions; none where no row has any."""
    rows = [of.by_region.get(region, {}), of.by_region.get(None, {})]
    return next((row for row in rows if row), {})


def status_for(of: Quantity, region: str | None) -> str:
    """Status of what :func:`row_for` gives; of the quantity's own value where that is nothing."""
    for key in (region, None):
        if of.by_region.get(key):
            return of.statuses.get(key, of.data_status)
    return of.data_status


def worth_something(of: Quantity, region: str | None) -> bool:
    """Whether a unit has a value in a region."""
    return of.value is not None or bool(row_for(of, region))


class UnitValues:
    """KZT of the price year for a unit, by quantity, region and year."""

    def __init__(self, prices: Prices) -> None:
        self.prices = prices
        self.of = cache(self._of)

    def _of(self, key: str, region: str | None, year: int) -> float:
        of = self.prices.case.quantities[key]
        row = row_for(of, region)
        given = [y for y in row if y <= year]
        if given:
            return row[max(given)] * self._apart(of, year) / self._apart(of, max(given))
        return (of.value or 0.0) * self._apart(of, year)

    def _apart(self, of: Quantity, year: int) -> float:
        """``ρ_y``: by how much the index has left the general level since the price year."""
        if of.index is None:
            return 1.0
        level, general, first = self.prices.level, self.prices.general, self.prices.price_year
        return (level(of.index, year) / level(of.index, first)) / (general(year) / general(first))


def priced_at_peak(case: Case, project: Facility | Package) -> tuple[Balance, ...]:
    """The priced balances whose quantity the works of a project change."""
    place = (project.place or None) if isinstance(project, Facility) else None
    return tuple(b for b in case.balances if b.price is not None and b.quantity is not None
                 and project.quantities.get(b.quantity) and b.has(project.region, place))


def charged_elsewhere(case: Case, key: str, project: Facility | Package) -> bool:
    """Whether a deficit has the price of what a quantity of a project would be valued for: the capacity, or of a
    facility the energy that goes with it."""
    of = case.quantities[key]
    supply = of.derived == "not_supplied" and isinstance(project, Facility)
    return any(key == b.quantity or (supply and of.unit == ENERGY.get(b.unit)) for b in priced_at_peak(case, project))


def lost_without_value(case: Case, facility: Facility) -> bool:
    """Whether what a facility does not supply is charged with a deficit, so that its works avoid no value of it."""
    sector = sector_of(case, facility)
    return any(sector in SECTORS_OF.get(ENERGY.get(b.unit, ""), ()) for b in priced_at_peak(case, facility))


def valued_once(case: Case) -> Case:
    """The case whose conditions hold no value of what is not supplied where a quantity values it."""
    supply = [of for of in case.quantities.values() if of.derived == "not_supplied"]
    if not supply:
        return case

    def twice(project: Facility | Package) -> bool:
        sector = sector_of(case, project)
        return any(sector in SECTORS_OF[of.unit] and worth_something(of, project.region) for of in supply
                   if of.unit in SECTORS_OF)

    facilities = {key: replace(f, condition=replace(f.condition, lost_value=0.0)) if f.condition and twice(f) else f
                  for key, f in case.facilities.items()}
    packages = {key: replace(n, bursts=replace(n.bursts, lost_value=0.0)) if n.bursts and twice(n) else n
                for key, n in case.packages.items()}
    return replace(case, facilities=facilities, packages=packages)
