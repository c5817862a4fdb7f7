"""Benefits of finishing in each period, year by year: savings, quantities with a value, avoided risk, and what a late
start is credited (docs/numbers.md: Benefits, Quantities)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jaryq.case.case import Case, Facility, Package, Period
from jaryq.case.quantities import Quantity
from jaryq.factors.changes import Avoided, avoided, share_in
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
        self.windows = {key: self._window(case.facilities[key], min(ends)) for key, found in works.starts.items()
                        if (ends := [start.finish.position for start in found if not start.late])}
        self.windows |= {key: self._of_package(case.packages[key], position[found[0]]) for key,
                         found in works.open.items() if found}
        self.stream = cache(self._stream)
        self.flow = cache(self._flow)
        self.avoids = cache(self._avoids)
        self.worth = cache(risk.values.of)
        self.coefficients = cache(self._of_coefficients)
        self.after = cache(self._after)

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

    def quantities(self, key: str, finish: int) -> Mapping[str, ByYear]:
        """Quantities with a value, each by year: from the period after the finish, or once at its end."""
        found = {}
        for q in self.worth(key):
            project = self.case.project(key)
            amount = project.quantities.get(q.id, 0.0)
            unit = self.flow(q.id, project.region, finish, self.windows[key].last) if amount else {}
            own = {year: amount * value for year, value in unit.items()}
            derived = self._derived(q, key, finish)
            if own or derived:
                found[q.id] = _sums([*own.items(), *derived]) if derived else own
        return found

    def _derived(self, q: Quantity, key: str, finish: int) -> list[tuple[int, float]]:
        """What follows from the condition, valued."""
        found = self.avoids(q.id, key) if q.derived else None
        if found is None:
            return []
        region, old, new, worth = self.case.project(key).region, found.old, found.new, self.risk.values.at
        return [(year, weight * (old(t) - new(v)) * worth(q.id, region, year))
                for year, _, t, v, weight in self.after(found.last, finish)]

    def _avoids(self, quantity: str, key: str) -> Avoided | None:
        """What a project avoids of a quantity by its condition, and until when; None where it has no start."""
        if key not in self.windows:
            return None
        return avoided(self.risk, self.case.quantities[quantity], key, self.windows[key].last, self.end_of_risk(key))

    def avoided(self, key: str, finish: int) -> ByYear:
        """Risk avoided from the period after the finish; nothing where benefits are stated."""
        money = self.risk.money(key)
        if money is None or self._stated(key):
            return {}
        return _sums([(year, weight * (money.old(t) - money.new(v)))
                      for year, _, t, v, weight in self.after(self.end_of_risk(key), finish)])

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
            if self.worth(key):
                amount += self._given_up(key, given_up, begun + (i - 0.5) / self.k)
            x = self.prices.place(window.last, 1.0) + (i - 1 + self.prices.timing) / self.k
            terms.append((window.last + 1 + (i - 1) // self.k, self.prices.discount(x) / self.k * amount))
        return _sums(terms)

    def _given_up(self, key: str, period: Period, v: float) -> float:
        """A year's worth of quantities in a period, its values those of that period; bn KZT of the price year."""
        region, t = self.case.project(key).region, (period.position + 0.5) / self.k
        terms = [self.coefficients(key, period)]
        for q in self.worth(key):
            found = self.avoids(q.id, key) if q.derived else None
            if found is not None and period.year <= found.last:
                terms.append(found.rate(t, v) * self.risk.values.at(q.id, region, period.year))
        return math.fsum(terms)

    def _of_coefficients(self, key: str, period: Period) -> float:
        """What its coefficients alone are worth a year in a period."""
        project = self.case.project(key)
        return math.fsum(amount * share_in(self.case, q, period.position) * self.k
                         * self.risk.values.at(q.id, project.region, period.year)
                         for q in self.worth(key) if q.kind != "once" and (amount := project.quantities.get(q.id)))

    def _yearly(self, key: str) -> float:
        return 0.0 if self._stated(key) else self.case.project(key).savings

    def _stated(self, key: str) -> bool:
        return key in self.case.facilities and self.case.facilities[key].benefit is not None

    def _stream(self, finish: int, last: int) -> ByYear:
        """1 a year from the period after the finish."""
        return _sums([(year, weight) for year, _, _, _, weight in self.after(last, finish)])

    def _flow(self, quantity: str, region: str | None, finish: int, last: int) -> ByYear:
        """A unit of a quantity, valued: from the period after the finish, a year's flow over the months of its season;
        one that comes once at the end of the period."""
        q, after = self.case.quantities[quantity], len(self.case.periods)
        if q.kind == "once":
            year, settings = self.case.periods[finish].year, self.case.settings
            date = settings.plan_from - settings.first_year + self.risk.end(finish)
            return {year: self.prices.discount(date) * self.risk.values.at(quantity, region, year)}
        share = [share_in(self.case, q, position) * self.k for position in range(after)]
        return _sums([(year, weight * (1.0 if position == after else share[position])
                       * self.risk.values.at(quantity, region, year))
                      for year, position, _, _, weight in self.after(last, finish)])

    def _after(self, last: int, finish: int) -> tuple[tuple[int, int, float, float, float], ...]:
        """Year, position, middle, years from the finish to it, and weight of each period after a finish, and of each
        year after the planned ones, to 31 December of ``last``."""
        end = self.risk.end(finish)
        return tuple((self.case.settings.plan_from + math.floor(t), position, t, t - end, weight)
                     for position, t, weight in self.risk.times(last) if position > finish)


def _sums(terms: Iterable[tuple[int, float]]) -> dict[int, float]:
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
    t, of a km of a package; quantities[q][p, t]: what it changes of a quantity with a value; benefit[p, t]: all of it.
    """

    rates: Risk
    benefits: Benefits
    benefit: Mapping[tuple[str, str], float]
    savings: Mapping[tuple[str, str], float]
    quantities: Mapping[str, Mapping[tuple[str, str], float]]
    avoided: Mapping[tuple[str, str], float]
    residual: Mapping[tuple[str, str], float]


def risks_of(case: Case, prices: Prices, works: Works, money: Money, risk: Risk, known: Risks | None = None,
             alike: Collection[str] = ()) -> Risks:
    """Benefits of a case; ``risk``: its risk over time. ``known``: benefits of another case, which are those of this
    one for the projects ``alike``."""
    benefits = Benefits(case, prices, risk, works)
    position = {period.label: period.position for period in case.periods}
    own = {(f, start.period.label): start.finish.position for f, facility in case.facilities.items()
           if facility.benefit is None for start in works.starts[f] if not start.late}
    km = {(n, t): position[t] for n in case.packages for t in works.open[n]}
    parts = {(p, t): [known.savings[p, t], known.avoided[p, t], known.residual[p, t]] if known and p in alike else
             [math.fsum(part(p, finish).values()) for part in (benefits.savings, benefits.avoided, benefits.residual)]
             for (p, t), finish in (own | km).items()}
    worth: dict[str, dict[tuple[str, str], float]] = {q: {} for q in case.quantities}
    for (p, t), finish in (own | km).items():
        if known and p in alike:
            theirs = {q: found[p, t] for q, found in known.quantities.items() if (p, t) in found}
            parts[p, t] += theirs.values()
            for q, value in theirs.items():
                worth[q][p, t] = value
            continue
        for q, by_year in benefits.quantities(p, finish).items():
            worth[q][p, t] = math.fsum(by_year.values())
            parts[p, t].append(worth[q][p, t])
    stated = {(f, start.period.label): _stated(case, prices, money, facility, works.starts[f][0], start)
              for f, facility in case.facilities.items() if facility.benefit is not None for start in works.starts[f]}
    return Risks(
        rates=risk, benefits=benefits, benefit=stated | {place: math.fsum(part) for place, part in parts.items()},
        savings=stated | {place: part[0] for place, part in parts.items()}, quantities=worth,
        avoided={place: part[1] for place, part in parts.items()},
        residual={place: part[2] for place, part in parts.items()},
    )


def _stated(case: Case, prices: Prices, money: Money, facility: Facility, first: Start, start: Start) -> float:
    """A stated benefit of a start; one that is net of payments has them added back."""
    if start.late:
        return 0.0
    found = stated_benefit(case, prices, facility, first, start)
    if case.settings.benefit_is_net:
        place = facility.id, start.period.label
        found += math.fsum(prices.weight(y) * amount for y, amount in money.outlay[place].items())
        found -= math.fsum(prices.weight(y) * amount for y, amount in money.income[place].items())
    return found
