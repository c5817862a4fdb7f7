"""Price levels, exchange rates and discounting (docs/numbers.md: Prices, Discounting). Pure functions of the Case."""

from __future__ import annotations

import math
from functools import cache

from model.data.case import Case, PriceIndex, Project

GENERAL = "general"


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
        self.weight = cache(self._weight)
        self.cost_factor = cache(self._cost_factor)

    def inflation(self, year: int) -> float:
        """P_y / P_0: general prices of ``year`` over those of the price year."""
        return self.level(year) / self.level(self.case.settings.price_year)

    def _exchange(self, currency: str, year: int) -> float:
        """KZT per unit, average of ``year``; after the last year given with a constant real rate."""
        if currency == "KZT":
            return 1.0
        row = self.case.currencies[currency]
        last = max(row.rates)
        if year <= last:
            return row.rates[year]
        abroad = self.case.indices[row.foreign_prices] if row.foreign_prices else None
        at_home = self.level(year) / self.level(last)
        return row.rates[last] * at_home / (level(abroad, year) / level(abroad, last))

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
        return (1.0 - kind.import_share) * local + kind.import_share * imported * level(abroad, year) / level(abroad, base)

    def cost_of(self, project: Project, year: int) -> float:
        return self.cost_factor(project.asset_type, year)

    def discount(self, x: float) -> float:
        """Value, at 1 January of the first year, of one unit of constant-price money ``x`` years later."""
        settings = self.case.settings
        if settings.discount_basis == "real":
            return float((1.0 + settings.discount_rate) ** -x)
        whole = math.floor(x)
        factor = 1.0
        for offset in range(whole):
            factor /= 1.0 + self._real(settings.first_year + offset)
        return float(factor / (1.0 + self._real(settings.first_year + whole)) ** (x - whole))

    def _real(self, year: int) -> float:
        """Real discount rate of ``year`` when the stated rate is nominal."""
        return (1.0 + self.case.settings.discount_rate) / (self.level(year + 1) / self.level(year)) - 1.0

    @property
    def timing(self) -> float:
        return 0.5 if self.case.settings.discount_timing == "mid" else 0.0

    def _weight(self, year: int) -> float:
        """w_y: present value, in price-year money, of one nominal unit paid in ``year``."""
        return self.discount(year - self.case.settings.first_year + self.timing) / self.inflation(year)
