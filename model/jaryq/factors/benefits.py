"""Benefits of finishing in each period, year by year: savings, avoided risk, and what a late start is credited
(docs/numbers.md: Benefits)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jaryq.case.case import Case, Facility, Package
from jaryq.factors.money import Money
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk
from jaryq.factors.schedule import Start
from jaryq.factors.works import Works

ByYear = Mapping[int, float]


@dataclass(frozen=True)
class Window:
    """The time in which a project brings benefits: from the period after ``first`` (position of its earliest finish, or
    first open period) to 31 December of ``last``, the same for every start."""

    first: int
    last: int


class Benefits:
    """Present values by the year they fall in, bn KZT of the price year (of a package: per km), of a finish at a
    position of the periods."""

    def __init__(self, case: Case, prices: Prices, risk: Risk, works: Works) -> None:
        self.case = case
        self.prices = prices
        self.risk = risk
        self.k = case.settings.periods_per_year
        position = {period.label: period.position for period in case.periods}
        self.windows = {key: self._window(case.facilities[key], min(s.finish.position for s in found)) for key,
                        found in works.starts.items() if found}
        self.windows |= {key: self._of_package(case.packages[key], position[found[0]]) for key,
                         found in works.open.items() if found}
        self.stream = cache(self._stream)

    def _window(self, project: Facility | Package, first: int) -> Window:
        return Window(first, self._last(project, self.case.periods[first].year))

    def _of_package(self, package: Package, first: int) -> Window:
        return Window(first, self._last(package, max(package.earliest, self.case.settings.plan_from)))

    def _last(self, project: Facility | Package, finish: int) -> int:
        return min(self.case.settings.evaluation_last_year, math.floor(finish + project.life + 1e-9))

    def end_of_risk(self, key: str) -> int:
        """The last year in which risk is counted."""
        money = self.risk.money(key)
        last = self.windows[key].last
        return last if money is None or money.until is None else min(last, money.until - 1)

    def savings(self, key: str, finish: int) -> ByYear:
        """Savings from the period after the finish."""
        amount = self._yearly(key)
        return {year: amount * value for year,
                value in self.stream(finish, self.windows[key].last).items()} if amount else {}

    def avoided(self, key: str, finish: int) -> ByYear:
        """Risk avoided from the period after the finish; nothing where benefits are stated."""
        money = self.risk.money(key)
        if money is None or self._stated(key):
            return {}
        end = self.risk.end(finish)
        terms = ((year, weight * (money.old(t) - money.new(t - end))) for year, position, t,
                 weight in self._times(self.end_of_risk(key)) if position > finish)
        return _sums(terms)

    def residual(self, key: str, finish: int) -> ByYear:
        """What a finish after the earliest one is credited: period for period the benefit given up at the beginning,
        after the common end."""
        if self._stated(key):
            return {}
        window, counted = self.windows[key], self.end_of_risk(key)
        money, savings = self.risk.money(key), self._yearly(key)
        # The renewed asset goes on ageing from where the count of risk ended.
        begun = max(counted + 1 - self.case.settings.plan_from - self.risk.end(finish), 0.0)
        terms = []
        for i in range(1, finish - window.first + 1):
            given_up = self.case.periods[window.first + i]
            if given_up.year > window.last:
                break
            amount = savings
            if money is not None and given_up.year <= counted:
                amount += money.old((given_up.position + 0.5) / self.k) - money.new(begun + (i - 0.5) / self.k)
            x = self.prices.place(window.last, 1.0) + (i - 1 + self.prices.timing) / self.k
            terms.append((window.last + 1 + (i - 1) // self.k, self.prices.discount(x) / self.k * amount))
        return _sums(terms)

    def _yearly(self, key: str) -> float:
        return 0.0 if self._stated(key) else self.case.project(key).savings

    def _stated(self, key: str) -> bool:
        return key in self.case.facilities and self.case.facilities[key].benefit is not None

    def _stream(self, finish: int, last: int) -> ByYear:
        """1 a year from the period after the finish."""
        return _sums((year, weight) for year, position, _, weight in self._times(last) if position > finish)

    def _times(self, last: int) -> Iterator[tuple[int, int, float, float]]:
        """Year, position, middle and weight of each period, and of each year after the planned ones, to 31 December of
        ``last``."""
        for position, t, weight in self.risk.times(last):
            yield self.case.settings.plan_from + math.floor(t), position, t, weight


def _sums(terms: Iterator[tuple[int, float]] | Sequence[tuple[int, float]]) -> dict[int, float]:
    sums: dict[int, list[float]] = defaultdict(list)
    for year, value in terms:
        sums[year].append(value)
    return {year: math.fsum(values) for year, values in sums.items()}


def stated_benefit(case: Case, prices: Prices, facility: Facility, earliest: Start, start: Start) -> float:
    """A stated benefit of a start: the present value for the earliest one, brought to its own date."""
    offset, k = case.settings.plan_from - case.settings.first_year, case.settings.periods_per_year
    later = prices.discount(offset + start.period.position / k) / prices.discount(offset + earliest.period.position / k)
    return (facility.benefit or 0.0) * later


@dataclass(frozen=True)
class Risks:
    """Risk over time and what mending it is worth: present values of the price year, bn KZT.

    rates: risk and condition over time; benefits: by year; savings[p, t] (stated benefits too), avoided[p, t],
    residual[p, t]: what is saved, the avoided risk and what a late start is credited, of the whole facility started in
    t, of a km of a package; benefit[p, t]: all of it.
    """

    rates: Risk
    benefits: Benefits
    benefit: Mapping[tuple[str, str], float]
    savings: Mapping[tuple[str, str], float]
    avoided: Mapping[tuple[str, str], float]
    residual: Mapping[tuple[str, str], float]


def risks_of(case: Case, prices: Prices, works: Works, money: Money) -> Risks:
    """Risk and benefits of a case."""
    risk = Risk(case, prices, works.starts, works.open)
    benefits = Benefits(case, prices, risk, works)
    position = {period.label: period.position for period in case.periods}
    own = {(f, start.period.label): start.finish.position for f, facility in case.facilities.items()
           if facility.benefit is None for start in works.starts[f]}
    km = {(n, t): position[t] for n in case.packages for t in works.open[n]}
    parts = {(p, t): [math.fsum(part(p, finish).values()) for part in (benefits.savings, benefits.avoided,
                                                                       benefits.residual)]
             for (p, t), finish in (own | km).items()}
    stated = {(f, start.period.label): _stated(case, prices, money, facility, works.starts[f][0], start)
              for f, facility in case.facilities.items() if facility.benefit is not None for start in works.starts[f]}
    return Risks(
        rates=risk, benefits=benefits, benefit=stated | {place: math.fsum(part) for place, part in parts.items()},
        savings=stated | {place: part[0] for place, part in parts.items()},
        avoided={place: part[1] for place, part in parts.items()},
        residual={place: part[2] for place, part in parts.items()},
    )


def _stated(case: Case, prices: Prices, money: Money, facility: Facility, first: Start, start: Start) -> float:
    """A stated benefit of a start; one that is net of payments has them added back."""
    found = stated_benefit(case, prices, facility, first, start)
    if case.settings.benefit_is_net:
        place = facility.id, start.period.label
        found += math.fsum(prices.weight(y) * amount for y, amount in money.outlay[place].items())
        found -= math.fsum(prices.weight(y) * amount for y, amount in money.income[place].items())
    return found
