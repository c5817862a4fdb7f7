"""Price levels, exchange rates and discounting (docs/numbers.md: Prices, Discounting). Pure functions of the Case.

A date ``x`` is in years after 1 January of the first year.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from jaryq.base.home import HOME_CURRENCY
from jaryq.case.case import Case, PriceIndex, Project

GENERAL = "general"
POINTS = {"start": 0.0, "mid": 0.5, "end": 1.0}
"""Point of a year at which its money is counted, or drawn."""


def level(index: PriceIndex | None, year: int) -> float:
    """Level of an index in ``year`` (1 without an index); after the last year given it grows by its long-run rate.

    Raises KeyError for a year before the first one given (the rules have made this impossible for years in use).
    """
    if index is None:
        return 1.0
    if year in index.levels:
        return index.levels[year]
    last = max(index.levels)
    if year < last:
        raise KeyError(f"{index.id}: no level for {year}")
    return index.levels[last] * (1.0 + (index.long_run or 0.0)) ** (year - last)


class Prices:
    """Prices of a case by year: general level, exchange rates, cost factors, discount weights."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.general = case.indices.get(GENERAL)
        self.level = cache(lambda year: level(self.general, year))
        self.exchange = cache(self._exchange)
        self.exchange_at = cache(self._exchange_at)
        self.discount = cache(self._discount)
        self.worth = cache(self._worth)
        self.weight = cache(self._weight)
        self.cost_factor = cache(self._cost_factor)

    def inflation(self, year: int) -> float:
        """P_y / P_0: general prices of ``year`` over those of the price year."""
        return self.level(year) / self.level(self.case.settings.price_year)

    def _exchange(self, currency: str, year: int) -> float:
        """KZT per unit, average of ``year``; after the last year given with a constant real rate."""
        if currency == HOME_CURRENCY:
            return 1.0
        row = self.case.currencies[currency]
        last = max(row.rates)
        if year <= last:
            return row.rates[year]
        abroad = self.case.indices[row.foreign_prices] if row.foreign_prices else None
        at_home = self.level(year) / self.level(last)
        return row.rates[last] * at_home / (level(abroad, year) / level(abroad, last))

    def place(self, year: int, point: float) -> float:
        """The date of a point of a year (0 its 1 January, 1 its 31 December)."""
        return year - self.case.settings.first_year + point

    def _between(self, of: Callable[[int], float], first: int, x: float) -> float:
        """A yearly average at date ``x``: geometric between the points at which the averages stand; before ``first`` by
        the first growth."""
        since = x - self.timing
        year = self.case.settings.first_year + math.floor(since)
        part = since - math.floor(since)
        if year < first:
            year, part = first, part + year - first
        low = of(year)
        return low if part == 0.0 else float(low * (of(year + 1) / low) ** part)

    def level_at(self, x: float) -> float:
        """General price level at date ``x``."""
        return self._between(self.level, min(self.general.levels), x) if self.general else 1.0

    def _exchange_at(self, currency: str, x: float) -> float:
        """KZT per unit at date ``x``."""
        if currency == HOME_CURRENCY:
            return 1.0
        return self._between(lambda year: self.exchange(currency, year), min(self.case.currencies[currency].rates), x)

    def year_end(self, currency: str, year: int) -> float:
        """KZT per unit at 31 December: as given, else between the averages of the years."""
        row = self.case.currencies.get(currency)
        if row is not None and year in row.year_ends:
            return row.year_ends[year]
        return self.exchange_at(currency, self.place(year, 1.0))

    def _cost_factor(self, asset_type: str | None, year: int) -> float:
        """Cost of ``year`` per bn KZT of overnight cost in the price year."""
        kind = self.case.asset_types.get(asset_type or "")
        base = self.case.settings.price_year
        if kind is None:
            return self.inflation(year)
        index = self.case.indices[kind.cost_class] if kind.cost_class else self.general
        local = level(index, year) / level(index, base)
        if kind.import_share == 0.0 or kind.import_currency is None:
            return (1.0 - kind.import_share) * local + kind.import_share
        money = self.case.currencies.get(kind.import_currency)
        abroad = self.case.indices[money.foreign_prices] if money and money.foreign_prices else None
        imported = self.exchange(kind.import_currency, year) / self.exchange(kind.import_currency, base)
        return ((1.0 - kind.import_share) * local
                + kind.import_share * imported * level(abroad, year) / level(abroad, base))

    def cost_of(self, project: Project, year: int) -> float:
        return self.cost_factor(project.asset_type, year)

    def _discount(self, x: float) -> float:
        """D(x): value, at 1 January of the first year, of one unit of constant-price money at date ``x``."""
        settings = self.case.settings
        factor = float((1.0 + settings.discount_rate) ** -x)
        return factor if settings.discount_basis == "real" else factor * self.level_at(x) / self.level_at(0.0)

    @property
    def timing(self) -> float:
        """h: the point of a year at which its money is counted."""
        return POINTS[self.case.settings.discount_timing]

    def _worth(self, x: float) -> float:
        """W(x): present value, in price-year money, of one nominal unit paid at date ``x``."""
        return self.discount(x) * self.level(self.case.settings.price_year) / self.level_at(x)

    def _weight(self, year: int) -> float:
        """w_y: the same of an amount of ``year`` without a date of its own."""
        return self.worth(self.place(year, self.timing))
