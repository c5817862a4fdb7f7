"""Price levels, exchange rates, cost factors and discounting (docs/numbers.md, Prices and Discounting)."""

from __future__ import annotations

from functools import cache

from model.data.case import AssetType, Case

GENERAL = "general"
"""Key of the row of price_indices that is the general price level."""


class Prices:
    """Everything that depends on the year alone. Values are computed once and kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.first_year = case.settings.first_year
        self.price_year = case.settings.price_year
        self.half = 0.5 if case.settings.discount_timing == "mid" else 0.0
        self.level = cache(self._level)
        self.rate = cache(self._rate)
        self.weight = cache(self._weight)
        self._start_of_year = cache(self._discount_to_1_january)

    def _level(self, index: str | None, year: int) -> float:
        """Level of an index (None: constant prices); after the last year given it grows by ``long_run`` a year."""
        if index is None:
            return 1.0
        row = self.case.indices[index]
        if year in row.levels:
            return row.levels[year]
        last = max(row.levels)
        if year < last or row.long_run is None:
            raise ValueError(f"price index {index} has no level for {year}")
        return row.levels[last] * (1.0 + row.long_run) ** (year - last)

    def general(self, year: int) -> float:
        """``P_y``; 1 in all years if there is no row ``general``."""
        return self.level(GENERAL if GENERAL in self.case.indices else None, year)

    def foreign(self, currency: str | None, year: int) -> float:
        """``P*_y``: prices abroad in the country of the currency, constant if no index is named."""
        row = self.case.currencies.get(currency) if currency is not None else None
        return self.level(row.foreign_prices if row is not None else None, year)

    def _rate(self, currency: str | None, year: int) -> float:
        """``e_y``: KZT per unit; after the last year given the real rate is constant."""
        if currency is None or currency == "KZT":
            return 1.0
        given = self.case.currencies[currency].rates
        if year in given:
            return given[year]
        last = max(given)
        if year < last:
            raise ValueError(f"currency {currency} has no rate for {year}")
        # the yearly steps (P_y/P_(y-1)) / (P*_y/P*_(y-1)) multiply up to this
        home = self.general(year) / self.general(last)
        abroad = self.foreign(currency, year) / self.foreign(currency, last)
        return given[last] * home / abroad

    def cost(self, kind: AssetType | None, year: int) -> float:
        """Nominal cost of year ``year`` of what costs 1 in the price year."""
        own = kind.cost_class if kind is not None and kind.cost_class is not None else GENERAL
        index = own if own in self.case.indices or own != GENERAL else None
        local = self.level(index, year) / self.level(index, self.price_year)
        share = kind.import_share if kind is not None else 0.0
        if kind is None or share == 0.0:
            return local
        money = kind.import_currency
        exchange = self.rate(money, year) / self.rate(money, self.price_year)
        abroad = self.foreign(money, year) / self.foreign(money, self.price_year)
        return (1.0 - share) * local + share * exchange * abroad

    def _yearly(self, year: int) -> float:
        """1 + the real discount rate of a year."""
        settings = self.case.settings
        if settings.discount_basis == "real":
            return 1.0 + settings.discount_rate
        return (1.0 + settings.discount_rate) / (self.general(year + 1) / self.general(year))

    def _discount_to_1_january(self, year: int) -> float:
        """``D`` at 1 January of a year."""
        value = 1.0
        for past in range(self.first_year, year):
            value /= self._yearly(past)
        return value

    def discount(self, year: int, part: float) -> float:
        """``D`` at the moment when ``part`` of the year has passed; within the year it falls geometrically."""
        # the year's own rate counts only once time has passed in it: at 1 January it may not be known
        return self._start_of_year(year) * (self._yearly(year) ** -part if part else 1.0)

    def _weight(self, year: int) -> float:
        """``w_y``: price-year money at 1 January of the first year, per nominal KZT of the year."""
        return self.discount(year, self.half) / (self.general(year) / self.general(self.price_year))
