"""Price levels, exchange rates, cost factors and discounting, by year and by date (docs/numbers.md, Prices, Dates and
discounting)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import floor

from jaryq.base.home import HOME_CURRENCY
from jaryq.case.case import AssetType, Case, Source
from jaryq.verify.calendar import HAIR

GENERAL = "general"
"""Key of the row of price_indices that is the general price level."""


POINTS = {"start": 0.0, "mid": 0.5, "end": 1.0}
"""The point of a year at which its money is counted (``discount_timing``, ``draw_timing``)."""


class Prices:
    """Everything that depends on the year or the date alone; dates are years after 1 January of the first year. Values
    are computed once and kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.first_year = case.settings.first_year
        self.price_year = case.settings.price_year
        self.half = POINTS[case.settings.discount_timing]
        self.level = cache(self._level)
        self.rate = cache(self._rate)
        self.weight = cache(self._weight)
        self.worth = cache(self._worth)
        self.level_at = cache(self._level_at)
        self.rate_at = cache(self._rate_at)

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
        if currency is None or currency == HOME_CURRENCY:
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

    def _between(self, of: Callable[[int], float], given: Iterable[int], date: float) -> float:
        """``of`` a date: geometric between the averages of years, which stand at the point of their year where money is
        counted; before the first year given it goes back by the growth from that year to the next."""
        year = floor(date - self.half + HAIR) + self.first_year
        part = date - self.half - (year - self.first_year)
        first = min(given, default=year)
        if year < first:
            part += year - first
            year = first
        now = of(year)
        return now * (of(year + 1) / now) ** part if abs(part) > HAIR else now

    def _level_at(self, date: float) -> float:
        """``P(x)``."""
        if GENERAL not in self.case.indices:
            return 1.0
        return self._between(self.general, self.case.indices[GENERAL].levels, date)

    def _rate_at(self, currency: str | None, date: float) -> float:
        """``e(x)``: KZT per unit."""
        if currency is None or currency == HOME_CURRENCY:
            return 1.0
        return self._between(lambda year: self.rate(currency, year), self.case.currencies[currency].rates, date)

    def drawn_at(self, source: Source, year: int) -> float:
        """The date at which draws of a source in a year are counted."""
        return year - self.first_year + POINTS[source.draw_timing]

    def rate_of(self, source: Source, year: int) -> float:
        """``ε[s,y]``: the rate at which everything of the source in the year is changed."""
        return self.rate_at(source.currency, self.drawn_at(source, year))

    def year_end(self, currency: str, year: int) -> float:
        """``e'_u``: the rate of 31 December, as stated, or between the averages of the years."""
        row = self.case.currencies.get(currency)
        if row is not None and year in row.year_ends:
            return row.year_ends[year]
        return self.rate_at(currency, year + 1.0 - self.first_year)

    def discount(self, date: float) -> float:
        """``D(x)``: price-year money at 1 January of the first year for that of a date."""
        settings = self.case.settings
        fallen: float = (1.0 + settings.discount_rate) ** -date
        return fallen if settings.discount_basis == "real" else fallen * self.level_at(date) / self.level_at(0.0)

    def _worth(self, date: float) -> float:
        """``W(x)``: price-year money at 1 January of the first year, per nominal KZT paid at a date."""
        return self.discount(date) / (self.level_at(date) / self.general(self.price_year))

    def _weight(self, year: int) -> float:
        """``w_y``: of nominal money of a year without a date of its own."""
        return self.worth(year - self.first_year + self.half)

    def drawn(self, source: Source, year: int) -> float:
        """``v[s,y]``: the worth of a KZT drawn."""
        return self.worth(self.drawn_at(source, year))
