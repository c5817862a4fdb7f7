"""What a unit of each quantity is worth, by region and year, and which money it takes the place of (docs/numbers.md:
Quantities)."""

from __future__ import annotations

from functools import cache

from jaryq.case.areas import ENERGY
from jaryq.case.case import Case, Facility, Package
from jaryq.case.quantities import Quantity
from jaryq.case.scope import in_unit, priced_at_peak
from jaryq.case.works import Bursts, Condition
from jaryq.factors import condition as cn
from jaryq.factors.prices import Prices, level

BN = 1e9


class UnitValues:
    """Values of units of quantities, bn KZT of the price year."""

    def __init__(self, case: Case, prices: Prices) -> None:
        self.case = case
        self.prices = prices
        self.at = cache(self._at)
        self.drift = cache(self._drift)
        self._supplies = [q for q in case.quantities.values() if q.derived == "not_supplied" and q.valued]

    def _at(self, quantity: str, region: str | None, year: int) -> float:
        """What a unit is worth in ``year`` for a project of ``region``, bn KZT. Raises KeyError before the first year
        with a value (the rules have made this impossible for years in use)."""
        q = self.case.quantities[quantity]
        row = q.by_region.get(region) or q.by_region.get(None) or {}
        given = max((y for y in row if y <= year), default=None)
        if given is not None:
            return row[given] * self.drift(q.index, year) / self.drift(q.index, given) / BN
        if q.value is None:
            raise KeyError(f"{q.id}: no value for {year}")
        return q.value * self.drift(q.index, year) / BN

    def _drift(self, index: str | None, year: int) -> float:
        r""":math:`\rho_y = (I_y/I_0) / (P_y/P_0)`: how far an index has left prices in general since the price year."""
        if index is None:
            return 1.0
        one = self.case.indices[index]
        return level(one, year) / level(one, self.case.settings.price_year) / self.prices.inflation(year)

    def of(self, key: str) -> tuple[Quantity, ...]:
        """The quantities of a project that are worth something; none where its benefit is stated, which holds them."""
        project = self.case.project(key)
        if isinstance(project, Facility) and project.benefit is not None:
            return ()
        return tuple(q for q in self.case.quantities.values() if worth_in(q, project.region)
                     and not self._at_peak(q, project))

    def _at_peak(self, q: Quantity, project: Facility | Package) -> bool:
        """Whether the price of a deficit values a quantity of a project: what it adds at the peak, and of a facility
        the energy that its failures would leave unsupplied."""
        return any(q.id == balance.quantity or (isinstance(project, Facility) and q.derived == "not_supplied"
                                                and q.unit == ENERGY[balance.unit])
                   for balance in priced_at_peak(self.case, project))

    def consequence(self, key: str, c: Condition | Bursts, works: str | None = None) -> float:
        """bn KZT of the price year per failure or burst of a project; what is not supplied counts where no quantity of
        its unit has a value in the region, and where no deficit of capacity values what ``works`` (the row that is
        done; blank: the project itself) add."""
        project, done = self.case.project(key), self.case.project(works or key)
        elsewhere = any(in_unit(q.unit, project.sector) and worth_in(q, project.region) for q in self._supplies)
        elsewhere |= isinstance(done, Facility) and any(in_unit(ENERGY[balance.unit], done.sector)
                                                        for balance in priced_at_peak(self.case, done))
        return c.consequence if elsewhere else cn.consequence(c)


def worth_in(quantity: Quantity, region: str | None) -> bool:
    """Whether a unit has a value in a region, be it 0."""
    return bool(quantity.value is not None or quantity.by_region.get(region) or quantity.by_region.get(None))


def status_in(quantity: Quantity, region: str | None) -> str | None:
    """Data status of the row that says what a unit is worth in a region; None where nothing does."""
    for key in (region, None):
        if quantity.by_region.get(key):
            return quantity.statuses.get(key, quantity.data_status)
    return None if quantity.value is None else quantity.data_status
