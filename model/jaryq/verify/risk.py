"""What finishing avoids: risk without and with the works, and savings, over the moments of the evaluation
(docs/numbers.md, Benefits, Condition and risk)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import fsum

from jaryq.case.case import Case, Facility, Package
from jaryq.verify.calendar import Calendar
from jaryq.verify.health import Ageing, burden_of, bursts, renewed, waiting
from jaryq.verify.prices import Prices
from jaryq.verify.renewal import Path, path_of, pipe_replaced_in, replaced_in
from jaryq.verify.schedule import Schedule
from jaryq.verify.unit_values import lost_without_value, valued_once

Avoided = Callable[[float, float], float]
"""Risk avoided a year, bn KZT of the price year, so many years after 1 January of ``plan_from``, and so many years
after the works end."""


@dataclass(frozen=True)
class Moment:
    """A planned period, or a year after the last one: present value of 1 a year in it, and its middle in years after 1
    January of ``plan_from``."""

    year: int
    worth: float
    middle: float


class Risk:
    """Avoided risk by project and period of finish, price-year bn KZT at 1 January of the first year; computed where it
    is asked for."""

    def __init__(self, case: Case, schedule: Schedule, prices: Prices) -> None:
        self.case, self.schedule, self.prices = valued_once(case), schedule, prices
        case, self.calendar = self.case, schedule.calendar
        self.moments = _moments(self.calendar, prices, case.settings.evaluation_last_year)
        self.per_year_of_savings = cache(self._per_year_of_savings)
        self.before: dict[str, Ageing | None] = {}
        self.after: dict[str, Ageing | None] = {}
        for key, facility in case.facilities.items():
            condition = facility.condition
            self.before[key] = waiting(condition, self.calendar.plan_from) if condition is not None else None
            self.after[key] = renewed(condition) if condition is not None else None
        self.waits: dict[str, Path | None] = {}
        self.serves: dict[str, Path | None] = {}
        for key, facility in case.facilities.items():
            self.waits[key] = self._path(facility, self.before[key], self.after[key])
            self.serves[key] = self._path(facility, self.after[key], self.after[key])
        self.last_counted = cache(self._last_counted)

    def _path(self, facility: Facility, ageing: Ageing | None, again: Ageing | None) -> Path | None:
        """The rule of the asset's own facility holds for its variants too; without one it is their own."""
        rule = self.case.facilities[facility.asset].condition or facility.condition
        return path_of(rule, ageing, again) if ageing is not None and again is not None and rule is not None else None

    def ended(self, position: int) -> float:
        """End of a period, years after 1 January of ``plan_from``."""
        return (position + 1) / self.calendar.per_year

    def moments_after(self, finished: int, last: int) -> Iterator[tuple[int, Moment]]:
        """Moments after a period to 31 December of ``last``, with their places in order: those of periods are
        positions."""
        for position, moment in enumerate(self.moments):
            inside = position < self.calendar.count
            # a plan that is damaged may finish after the last year: nothing must begin before that
            later = position > finished if inside else moment.year > self.calendar.year(finished)
            if later and moment.year <= last:
                yield position, moment

    def moments_to(self, last: int) -> tuple[Moment, ...]:
        """The planned periods, and the years after them to ``last``, also beyond the evaluation."""
        return _moments(self.calendar, self.prices, last)

    def _per_year_of_savings(self, finished: int, last: int) -> float:
        """Present value of savings of 1 a year in the periods after ``finished`` to 31 December of ``last``."""
        return fsum(moment.worth for _, moment in self.moments_after(finished, last))

    def _last_counted(self, key: str) -> float:
        """The last year in which risk of an asset (by the key of its own facility) or of a package counts: the one
        before it is replaced anyway."""
        plan_from, first, last = (self.calendar.plan_from, self.calendar.last_year + 1,
                                  self.case.settings.evaluation_last_year)
        waits, package = self.before.get(key), self.case.packages.get(key)
        replaced = None
        if waits is not None:
            replaced = replaced_in(waits, plan_from, first, last)
        elif package is not None and package.bursts is not None:
            replaced = pipe_replaced_in(package.bursts, plan_from, first, last)
        return last if replaced is None else replaced - 1

    def _asset(self, facility: Facility) -> Avoided | None:
        """Of the whole facility: risk of its asset as it is, less that of what is done. None where one of the two has
        no score."""
        before, after = self.waits[facility.asset], self.serves[facility.id]
        if before is None or after is None:
            return None
        less = lost_without_value(self.case, facility)
        old, new = (path.burden - (path.lost * path.ageing.of.lost_value if less else 0.0) for path in (before, after))
        return lambda middle, since: before.failing(middle) * old - after.failing(since) * new

    def _pipe(self, package: Package) -> Avoided | None:
        """Of one kilometre: bursts of old pipe less those of new pipe."""
        of = self.case.packages[package.id].bursts
        if of is None:
            return None
        return lambda middle, since: burden_of(of) * (bursts(of, middle) - bursts(of, since, new=True))

    def _rate(self, project: Facility | Package) -> tuple[Avoided | None, float]:
        """What is avoided a year, and the last year in which it counts."""
        if isinstance(project, Facility):
            return self._asset(project), self._last_counted(project.asset)
        return self._pipe(project), self._last_counted(project.id)

    def avoided(self, project: Facility | Package, finished: int, last: int) -> float:
        """Of the whole facility, or of one kilometre, finished in a period, to 31 December of ``last`` or until it
        would be replaced."""
        rate, counted = self._rate(project)
        if rate is None:
            return 0.0
        end = self.ended(finished)
        return fsum(moment.worth * rate(moment.middle, moment.middle - end)
                    for _, moment in self.moments_after(finished, int(min(last, counted))))

    def residual(self, project: Facility | Package, earliest: int, finished: int, last: int) -> float:
        """Of the whole facility, or of one kilometre: the benefit of the periods that a finish after the earliest one
        gives up, period for period, at the dates after 31 December of ``last``; the renewed asset is as old then as if
        the count went on."""
        rate, counted = self._rate(project)
        k, end = self.calendar.per_year, self.ended(finished)
        begin = last + 1 - self.prices.first_year
        old = max(min(last, counted) + 1.0 - self.calendar.plan_from - end, 0.0)
        terms = []
        for i, given_up in enumerate(range(earliest + 1, finished + 1), start=1):
            year = self.calendar.year(given_up)
            if year <= last:
                risk = rate((given_up + 0.5) / k, old + (i - 0.5) / k) if rate is not None and year <= counted else 0.0
                terms.append(
                    self.prices.discount(begin + (i - 1 + self.prices.half) / k) / k * (project.savings + risk)
                )
        return fsum(terms)


def _moments(calendar: Calendar, prices: Prices, last: int) -> tuple[Moment, ...]:
    k, first = calendar.per_year, prices.first_year
    begins = [(calendar.year(u), calendar.year(u) - first + calendar.part(u)) for u in range(calendar.count)]
    inside = [Moment(year, prices.discount(date + prices.half / k) / k, (u + 0.5) / k)
              for u, (year, date) in enumerate(begins)]
    years = range(calendar.last_year + 1, last + 1)
    return (*inside, *(Moment(year, prices.discount(year - first + prices.half), year - calendar.plan_from + 0.5)
                       for year in years))
