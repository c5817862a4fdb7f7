"""What finishing avoids: risk without and with the works, and savings, over the moments of the evaluation (docs/numbers.md, Benefits, Condition and risk)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import fsum

from model.data.case import Case, Facility, Package
from model.verify.calendar import Calendar
from model.verify.health import Ageing, burden_of, bursts, renewed, waiting
from model.verify.prices import Prices
from model.verify.schedule import Schedule


@dataclass(frozen=True)
class Moment:
    """A planned period, or a year after the last one: present value of 1 a year in it, and its middle in years after 1 January of ``plan_from``."""

    year: int
    worth: float
    middle: float


class Risk:
    """Avoided risk by project and period of finish, price-year bn KZT at 1 January of the first year; computed where it is asked for."""

    def __init__(self, case: Case, schedule: Schedule, prices: Prices) -> None:
        self.case, self.schedule = case, schedule
        self.calendar = schedule.calendar
        self.moments = _moments(self.calendar, prices, case.settings.evaluation_last_year)
        self.per_year_of_savings = cache(self._per_year_of_savings)
        self.before: dict[str, Ageing | None] = {}
        self.after: dict[str, Ageing | None] = {}
        for key, facility in case.facilities.items():
            condition = facility.condition
            self.before[key] = waiting(condition, self.calendar.plan_from) if condition is not None else None
            self.after[key] = renewed(condition) if condition is not None else None

    def ended(self, position: int) -> float:
        """End of a period, years after 1 January of ``plan_from``."""
        return (position + 1) / self.calendar.per_year

    def _after(self, finished: int, last: int) -> Iterator[Moment]:
        """Moments after a period to 31 December of ``last``."""
        for position, moment in enumerate(self.moments):
            inside = position < self.calendar.count
            # a plan that is damaged may finish after the last year: nothing must begin before that
            later = position > finished if inside else moment.year > self.calendar.year(finished)
            if later and moment.year <= last:
                yield moment

    def _per_year_of_savings(self, finished: int, last: int) -> float:
        """Present value of savings of 1 a year in the periods after ``finished`` to 31 December of ``last``."""
        return fsum(moment.worth for moment in self._after(finished, last))

    def avoided(self, facility: Facility, finished: int, last: int) -> float:
        """Of the whole facility: risk of its asset as it is, less that of what is done. Nothing where one of the two has no score."""
        before, after = self.before[facility.asset], self.after[facility.id]
        if before is None or after is None:
            return 0.0
        if before.of.replaced is not None:
            last = min(last, before.of.replaced - 1)
        end = self.ended(finished)
        return fsum(
            moment.worth * (before.failing(moment.middle) * before.burden - after.failing(moment.middle - end) * after.burden)
            for moment in self._after(finished, last)
        )

    def avoided_per_km(self, package: Package, renewed_in: int, last: int) -> float:
        """Of one kilometre: bursts of old pipe less those of new pipe."""
        if package.bursts is None:
            return 0.0
        end, of = self.ended(renewed_in), package.bursts
        return burden_of(of) * fsum(
            moment.worth * (bursts(of, moment.middle) - bursts(of, moment.middle - end, new=True)) for moment in self._after(renewed_in, last)
        )


def _moments(calendar: Calendar, prices: Prices, last: int) -> tuple[Moment, ...]:
    k = calendar.per_year
    inside = [Moment(calendar.year(u), prices.discount(calendar.year(u), calendar.part(u) + prices.half / k) / k, (u + 0.5) / k) for u in range(calendar.count)]
    years = range(calendar.last_year + 1, last + 1)
    return (*inside, *(Moment(year, prices.discount(year, prices.half), year - calendar.plan_from + 0.5) for year in years))
