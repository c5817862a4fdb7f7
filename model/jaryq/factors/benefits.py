"""Benefits of finishing in each period, year by year: savings, quantities with a value, avoided risk, and what a late
start is credited (docs/numbers.md: Benefits, Quantities)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np

from jaryq.case.case import Case, Facility, Package
from jaryq.case.quantities import Quantity
from jaryq.factors.changes import ALWAYS, Avoided, avoided
from jaryq.factors.failures import Monetised
from jaryq.factors.money import Money
from jaryq.factors.prices import Prices
from jaryq.factors.risk import Risk
from jaryq.factors.schedule import Start
from jaryq.factors.spans import Span, Spans, Table, Whole, Window
from jaryq.factors.works import Works


@dataclass(frozen=True, eq=False)
class Spread:
    """What falls in years: a row for each finish of a window, a column for each of ``years``."""

    years: Whole
    table: Table

    @cached_property
    def total(self) -> Table:
        """All of it, by finish."""
        return np.asarray(self.table.sum(axis=1))


class Benefits:
    """Present values by the year they fall in, bn KZT of the price year (of a package: per km), of each finish that a
    project can have. ``known``: those of another case, whose tables of failures are taken over where they are the
    same."""

    def __init__(self, case: Case, prices: Prices, risk: Risk, works: Works, known: Benefits | None = None) -> None:
        self.case = case
        self.risk = risk
        self.spans = Spans(case, prices, risk)
        position = {period.label: period.position for period in case.periods}
        self.windows = {key: self._window(case.facilities[key], min(ends)) for key, found in works.starts.items()
                        if (ends := [start.finish.position for start in found if not start.late])}
        self.windows |= {key: self._of_package(case.packages[key], position[found[0]])
                         for key, found in works.open.items() if found}
        alike = known is not None and known.case.settings == case.settings and known.case.periods == case.periods
        self.known = known if alike else None
        self.avoids = cache(self._avoids)
        self.worth = cache(risk.values.of)
        self.unit = cache(self._unit)
        self.happening = cache(self._happening)

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

    def after(self, key: str) -> Span:
        """What comes after the works of a project."""
        return self.spans.after(self.windows[key])

    def late(self, key: str) -> Span:
        """What its late finishes are credited."""
        return self.spans.late(self.windows[key], self.end_of_risk(key))

    def by_year(self, key: str, finish: int) -> dict[int, float]:
        """All benefits of a finish at a position, without a stated one."""
        sums: dict[int, list[float]] = defaultdict(list)
        parts = [(1.0, part) for part in (self.savings(key), self.avoided(key), self.residual(key))]
        for amount, spread in [*parts, *((amount, spread) for _, amount, spread in self.quantities(key))]:
            row = spread.table[finish - self.windows[key].first]
            for year, value in zip(spread.years.tolist(), row.tolist(), strict=True):
                if value:
                    sums[year].append(amount * value)
        return {year: math.fsum(values) for year, values in sorted(sums.items())}

    def savings(self, key: str) -> Spread:
        """Savings from the period after the finish."""
        return self._of(self.after(key), 0.0 if self._stated(key) else self.case.project(key).savings)

    def avoided(self, key: str) -> Spread:
        """Risk avoided from the period after the finish; nothing where benefits are stated."""
        span = self.after(key)
        return self._of(span, self._risk(key, span))

    def quantities(self, key: str) -> Iterator[tuple[str, float, Spread]]:
        """Quantities with a value, an amount of each and what a unit brings: from the period after the finish, or once
        at its end."""
        project, window = self.case.project(key), self.windows.get(key)
        for q in self.worth(key) if window is not None else ():
            if amount := project.quantities.get(q.id, 0.0):
                yield q.id, amount, self.unit(q.id, project.region, window)
            if q.derived and (found := self.avoids(q.id, key)) is not None:
                yield q.id, 1.0, self._of(self.after(key), self._derived(key, self.after(key), q, found))

    def residual(self, key: str) -> Spread:
        """What a finish after the earliest one is credited: period for period the benefit given up at the beginning,
        after the common end."""
        span, project = self.late(key), self.case.project(key)
        if self._stated(key):
            return self._of(span, 0.0)
        given_up = project.savings + self._risk(key, span)
        for q in self.worth(key):
            if q.kind != "once" and (amount := project.quantities.get(q.id, 0.0)):
                given_up = given_up + amount * self.spans.flow(q.id, project.region, span)
            if q.derived and (found := self.avoids(q.id, key)) is not None:
                given_up = given_up + self._derived(key, span, q, found)
        return self._of(span, given_up)

    @staticmethod
    def _of(span: Span, yearly: Table | float) -> Spread:
        return Spread(span.falls, span.present(yearly))

    def _stated(self, key: str) -> bool:
        return key in self.case.facilities and self.case.facilities[key].benefit is not None

    def _unit(self, quantity: str, region: str | None, window: Window) -> Spread:
        """A unit of a quantity, valued."""
        span = self.spans.after(window)
        if self.case.quantities[quantity].kind == "once":
            return Spread(*self.spans.once(quantity, region, window))
        return self._of(span, self.spans.flow(quantity, region, span))

    def _avoids(self, quantity: str, key: str) -> Avoided | None:
        """What a project avoids of a quantity by its condition, and until when; None where it has no start."""
        if key not in self.windows:
            return None
        return avoided(self.risk, self.case.quantities[quantity], key, self.windows[key].last, self.end_of_risk(key))

    def _derived(self, key: str, span: Span, q: Quantity, found: Avoided) -> Table:
        """What follows from the condition, valued, a year."""
        return self._rate(key, span, found, found.last) * self.spans.values(q.id, self.case.project(key).region, span)

    def _risk(self, key: str, span: Span) -> Table | float:
        """Avoided risk a year; nothing where benefits are stated."""
        money = self.risk.money(key)
        return 0.0 if money is None or self._stated(key) else self._rate(key, span, money, self.end_of_risk(key))

    def _rate(self, key: str, span: Span, found: Avoided | Monetised, last: int) -> Table:
        """What is avoided a year to 31 December of ``last``."""
        until = span.years <= last
        if found.rates is ALWAYS:
            return np.where(until, found.was - found.now, 0.0)
        old, new = self.happening(key, span)
        return np.where(until, found.was * old - found.now * new, 0.0)

    def _happening(self, key: str, span: Span) -> tuple[Table, Table]:
        """Failures or bursts a year of a project, waiting and renewed."""
        rates, theirs = self.risk.rates_of(key), self.known
        if (theirs is not None and theirs.windows.get(key) == self.windows[key] and theirs.risk.rates_of(key) is rates
                and theirs.end_of_risk(key) == self.end_of_risk(key)):
            return theirs.happening(key, theirs.after(key) if span is self.after(key) else theirs.late(key))
        return span.happening(rates)


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
             alike: Collection[str] = (), asked: Mapping[str, Sequence[Start]] | None = None) -> Risks:
    """Benefits of a case; ``risk``: its risk over time. ``known``: benefits of another case, which are those of this
    one for the projects ``alike``. ``asked``: the starts whose benefits are asked for (none: all)."""
    mine_of = works.starts if asked is None else asked
    benefits = Benefits(case, prices, risk, works, known.benefits if known else None)
    finishes = {f: [(start.period.label, start.finish.position) for start in mine_of[f] if not start.late]
                for f, facility in case.facilities.items() if facility.benefit is None}
    finishes |= {n: [(t, works.position[t]) for t in works.open[n]] for n in case.packages}
    parts: tuple[dict[tuple[str, str], float], ...] = ({}, {}, {}, {})
    worth: dict[str, dict[tuple[str, str], float]] = {q: {} for q in case.quantities}
    for p, ends in finishes.items():
        if not ends:
            continue
        if known and p in alike:
            theirs = (known.benefit, known.savings, known.avoided, known.residual)
            for (t, _), (mine, other) in product(ends, (*zip(parts, theirs, strict=True), *(
                    (worth[q], found) for q, found in known.quantities.items() if (p, ends[0][0]) in found))):
                mine[p, t] = other[p, t]
            continue
        places = [(p, t) for t, _ in ends]
        rows = np.array([finish for _, finish in ends]) - benefits.windows[p].first
        found = [benefits.savings(p).total, benefits.avoided(p).total, benefits.residual(p).total]
        of: dict[str, Table] = {}
        for q, amount, spread in benefits.quantities(p):
            of[q] = of[q] + amount * spread.total if q in of else amount * spread.total
        every = sum(of.values(), found[0] + found[1] + found[2])
        for mine, table in (*zip(parts, (every, *found), strict=True), *((worth[q], table) for q, table in of.items())):
            mine.update(zip(places, table[rows].tolist(), strict=True))
    stated = {(f, start.period.label): _stated(case, prices, money, facility, works.starts[f][0], start)
              for f, facility in case.facilities.items() if facility.benefit is not None for start in mine_of[f]}
    benefit, savings, of_risk, residual = parts
    return Risks(rates=risk, benefits=benefits, benefit=stated | benefit, savings=stated | savings, quantities=worth,
                 avoided=of_risk, residual=residual)


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
