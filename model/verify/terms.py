"""What one KZT drawn and one unit signed cost by calendar year (docs/numbers.md, Loans), nominal KZT and present values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum

from model.data.case import Case, Source
from model.verify.loans import has_tenor, is_new, payments, signing_year, year_of
from model.verify.prices import Prices

ByYear = Mapping[int, float]


@dataclass(frozen=True)
class Flow:
    """Of one KZT drawn, nominal KZT by year: ``service`` with premium and guarantee fee, ``subsidy`` the State's part of
    its interest, ``stock`` the debt on 31 December at year-end rates."""

    service: ByYear
    subsidy: ByYear
    stock: ByYear


class Terms:
    """The terms of every source, by calendar year. Values are computed once and kept."""

    def __init__(self, case: Case, prices: Prices) -> None:
        self.case, self.prices = case, prices
        self.flow = cache(self._flow)
        self.saved = cache(self._saved)
        self.signing = cache(self._signing)
        self.price = cache(self._price)

    def year_end(self, currency: str, year: int) -> float:
        """``e'_u``: KZT per unit on 31 December, the mean of the rates of the year and the next."""
        return (self.prices.rate(currency, year) + self.prices.rate(currency, year + 1)) / 2.0

    def _flow(self, s: str, drawn: int) -> Flow:
        source = self.case.sources[s]
        if source.kind != "loan":
            return Flow({}, {}, {})
        rate, at_draw = self.prices.rate, self.prices.rate(source.currency, drawn)
        service: dict[int, list[float]] = defaultdict(list, {drawn: [source.premium]} if source.premium else {})
        subsidy: dict[int, list[float]] = defaultdict(list)
        balances = {drawn: 1.0}
        for one in payments(self.case, source, drawn):
            exchange = rate(source.currency, one.year) / at_draw
            service[one.year].append(one.service * exchange)
            if one.subsidy:
                subsidy[one.year].append(one.subsidy * exchange)
            balances[one.year] = one.after
        stock: dict[int, float] = {}
        balance = 1.0
        for year in range(drawn, max(balances)):
            # rarer payments than yearly do not exist, but a year without one keeps its balance
            balance = balances.get(year, balance)
            stock[year] = balance * self.year_end(source.currency, year) / at_draw
        return Flow(_sums(service), _sums(subsidy), stock)

    def active(self, source: Source, year: int) -> float:
        """Part of a planned year in which the commitment fee runs: from the middle of the signing year and the free months
        to 31 December of the last year of draws."""
        if year < self.case.settings.plan_from:
            return 0.0
        begin = signing_year(self.case, source) + 0.5 + source.commitment_free / 12.0
        return max(0.0, min(year, source.available_to) + 1.0 - max(begin, float(year)))

    def _commitment(self, source: Source, year: int) -> float:
        """Commitment fee of a year per unit not drawn, KZT per unit of the currency."""
        return source.commitment_fee * self.active(source, year) * self.prices.rate(source.currency, year)

    def _saved(self, s: str, drawn: int) -> ByYear:
        """Commitment fees that one KZT drawn in year ``drawn`` saves, nominal KZT by year: half in its own year."""
        source = self.case.sources[s]
        if source.kind != "loan" or source.commitment_fee == 0.0:
            return {}
        at_draw = self.prices.rate(source.currency, drawn)
        return {y: (0.5 if y == drawn else 1.0) * self._commitment(source, y) / at_draw for y in range(drawn, source.available_to + 1)}

    def _signing(self, s: str) -> ByYear:
        """Fees on one unit of currency signed, as if nothing were drawn: nominal KZT by year, from the first planned year on."""
        source = self.case.sources[s]
        if source.kind != "loan":
            return {}
        begin = signing_year(self.case, source)
        fees: dict[int, list[float]] = defaultdict(list)
        if source.front_end and is_new(self.case, source):
            fees[begin].append(source.front_end * self.prices.rate(source.currency, begin))
        if source.commitment_fee:
            for year in range(max(begin, self.case.settings.plan_from), source.available_to + 1):
                fees[year].append(self._commitment(source, year))
        return _sums(fees)

    def present(self, amounts: ByYear) -> float:
        """Price-year money at 1 January of the first year."""
        return fsum(self.prices.weight(year) * amount for year, amount in amounts.items())

    def _price(self, s: str, drawn: int) -> float:
        """``factor``: what one KZT drawn in a year costs the programme's purse, price-year money at 1 January of the first year."""
        source = self.case.sources[s]
        if source.kind == "loan":
            return self.present(self.flow(s, drawn).service) - self.present(self.saved(s, drawn))
        return 0.0 if source.kind == "grant" and source.foreign else self.prices.weight(drawn)

    def line_price(self, s: str, drawn: int) -> float:
        """Of one KZT drawn into a fund: what is spent from the fund is charged when it is spent."""
        return self.price(s, drawn) - self.prices.weight(drawn)

    def last_maturity(self) -> int:
        """The last year in which a loan of the case could still be repaid; at least the last planned year."""
        settings = self.case.settings
        ends = [settings.last_year]
        for source in self.case.sources.values():
            if source.kind == "loan" and source.tenor > 0.0:
                years = [y for y in settings.years if has_tenor(self.case, source, y)]
                late = 0 if source.clock == "cohort" or not years else max(max(years) - signing_year(self.case, source), 0)
                last = max(1, round(source.payments * (source.tenor - late)))
                ends += [year_of(last, source.payments, y, source.draw_timing) for y in years[-1:]]
        return max(ends)


def _sums(terms: Mapping[int, Iterable[float]]) -> dict[int, float]:
    return {year: fsum(amounts) for year, amounts in sorted(terms.items())}
