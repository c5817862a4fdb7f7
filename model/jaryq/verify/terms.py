"""What one KZT drawn and one unit signed cost (docs/numbers.md, Loans): nominal KZT by calendar year, and present
values with each payment at its date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum, inf

from jaryq.case.case import Case, Source
from jaryq.verify.loans import has_tenor, is_new, payments, signing_year, year_of
from jaryq.verify.prices import POINTS, Prices

ByYear = Mapping[int, float]


@dataclass(frozen=True)
class Flow:
    """Of one KZT drawn, nominal KZT by year: ``service`` with premium and guarantee fee, ``subsidy`` the State's part
    of its interest, ``stock`` the debt on 31 December at year-end rates. ``service_pv``, ``subsidy_pv``: each payment
    weighed at its date."""

    service: ByYear
    subsidy: ByYear
    stock: ByYear
    service_pv: float
    subsidy_pv: float


class Terms:
    """The terms of every source, by calendar year. Values are computed once and kept."""

    def __init__(self, case: Case, prices: Prices) -> None:
        self.case, self.prices = case, prices
        self.flow = cache(self._flow)
        self.saved = cache(self._saved)
        self.signing = cache(self._signing)
        self.price = cache(self._price)

    def _flow(self, s: str, drawn: int) -> Flow:
        source, prices = self.case.sources[s], self.prices
        if source.kind != "loan":
            return Flow({}, {}, {}, 0.0, 0.0)
        begin, at_draw = prices.drawn_at(source, drawn), prices.rate_of(source, drawn)
        service: dict[int, list[float]] = defaultdict(list, {drawn: [source.premium]} if source.premium else {})
        subsidy: dict[int, list[float]] = defaultdict(list)
        present, helped = [source.premium * prices.worth(begin)], []
        balances = {drawn: 1.0}
        for one in payments(self.case, source, drawn):
            date = begin + one.later
            exchange = prices.rate_at(source.currency, date) / at_draw
            service[one.year].append(one.service * exchange)
            present.append(one.service * exchange * prices.worth(date))
            if one.subsidy:
                subsidy[one.year].append(one.subsidy * exchange)
                helped.append(one.subsidy * exchange * prices.worth(date))
            balances[one.year] = one.after
        stock: dict[int, float] = {}
        balance = 1.0
        for year in range(drawn, max(balances)):
            # rarer payments than yearly do not exist, but a year without one keeps its balance
            balance = balances.get(year, balance)
            stock[year] = balance * prices.year_end(source.currency, year) / at_draw
        return Flow(by_year(service), by_year(subsidy), stock, fsum(present), fsum(helped))

    def _active(self, source: Source, year: int) -> tuple[float, float]:
        """The part of a planned year in which the commitment fee runs, from and to, in calendar years: after the
        signing and the free months, to 31 December of the last year of draws. Empty if the second is not later."""
        if year < self.case.settings.plan_from:
            return float(year), float(year)
        begin = signing_year(self.case, source) + POINTS[source.draw_timing] + source.commitment_free / 12.0
        return max(begin, float(year)), min(year, source.available_to) + 1.0

    def _charged(self, source: Source, year: int, drawn: float = -inf) -> float:
        """Commitment fee of a year on one unit of currency from a moment (in calendar years) on, KZT at the rate of its
        31 December."""
        begin, end = self._active(source, year)
        rate = self.prices.rate_at(source.currency, year + 1.0 - self.prices.first_year)
        return source.commitment_fee * max(0.0, end - max(begin, drawn)) * rate

    def _saved(self, s: str, drawn: int) -> ByYear:
        """Commitment fees that one KZT drawn in year ``drawn`` saves from its date on, nominal KZT by year."""
        source = self.case.sources[s]
        if source.kind != "loan" or source.commitment_fee == 0.0:
            return {}
        at_draw = self.prices.rate_of(source, drawn)
        since = drawn + POINTS[source.draw_timing]
        return {y: self._charged(source, y, since) / at_draw for y in range(drawn, source.available_to + 1)}

    def _signing(self, s: str) -> ByYear:
        """Fees on one unit of currency signed, as if nothing were drawn: nominal KZT by year, from the first planned
        year on."""
        return by_year({year: [front, commitment] for year, (front, commitment) in self._fees(s).items()})

    def _fees(self, s: str) -> dict[int, tuple[float, float]]:
        """Front-end fee (paid at the signing) and commitment fee (paid on 31 December) by year, KZT per unit of
        currency signed."""
        source = self.case.sources[s]
        if source.kind != "loan":
            return {}
        begin = signing_year(self.case, source)
        fees: dict[int, tuple[float, float]] = {}
        if source.commitment_fee:
            for year in range(max(begin, self.case.settings.plan_from), source.available_to + 1):
                fees[year] = (0.0, self._charged(source, year))
        if source.front_end and is_new(self.case, source):
            fees[begin] = (source.front_end * self.prices.rate_of(source, begin), fees.get(begin, (0.0, 0.0))[1])
        return fees

    def signing_pv(self, s: str) -> float:
        """Present value of the fees on one unit of currency signed."""
        source, terms = self.case.sources[s], []
        for year, (front, commitment) in self._fees(s).items():
            terms += [front * self.prices.drawn(source, year), commitment * self._at_end(year)]
        return fsum(terms)

    def _at_end(self, year: int) -> float:
        """``W`` on 31 December."""
        return self.prices.worth(year + 1.0 - self.prices.first_year)

    def _price(self, s: str, drawn: int) -> float:
        """``factor``: what one KZT drawn in a year costs the programme's purse, price-year money at 1 January of the
        first year."""
        source = self.case.sources[s]
        if source.kind == "loan":
            return self.flow(s, drawn).service_pv - fsum(amount * self._at_end(year)
                                                         for year, amount in self.saved(s, drawn).items())
        return 0.0 if source.kind == "grant" and source.foreign else self.prices.drawn(source, drawn)

    def line_price(self, s: str, drawn: int) -> float:
        """Of one KZT drawn into a fund: what is spent from the fund is charged when it is spent."""
        return self.price(s, drawn) - self.prices.drawn(self.case.sources[s], drawn)

    def last_maturity(self) -> int:
        """The last year in which a loan of the case could still be repaid; at least the last planned year."""
        settings = self.case.settings
        ends = [settings.last_year]
        for source in self.case.sources.values():
            if source.kind == "loan" and source.tenor > 0.0:
                years = [y for y in settings.years if has_tenor(self.case, source, y)]
                late = 0 if source.clock == "cohort" or not years else max(max(years) - signing_year(self.case, source),
                                                                           0)
                last = max(1, round(source.payments * (source.tenor - late)))
                ends += [year_of(last, source.payments, y, source.draw_timing) for y in years[-1:]]
        return max(ends)


def by_year(terms: Mapping[int, Iterable[float]]) -> dict[int, float]:
    """Sums of amounts, in the order of years."""
    return {year: fsum(amounts) for year, amounts in sorted(terms.items())}
