"""Outlays, income and benefits in time (docs/numbers.md, Benefits and Money), and the mean time of finish (Objective)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import floor, fsum

from model.data.case import Case, Facility, Package
from model.verify.prices import Prices
from model.verify.schedule import Schedule, kind_of


class Value:
    """Money of the plan's projects, computed from their starts and renewals alone."""

    def __init__(self, case: Case, schedule: Schedule, prices: Prices) -> None:
        self.case, self.schedule, self.prices = case, schedule, prices
        self.per_year_of_savings = cache(self._per_year_of_savings)

    def flows(self, facility: Facility, position: int) -> list[tuple[int, float]]:
        """(year, nominal bn KZT) of the whole facility started at ``position``; negative is income."""
        kind = kind_of(self.case, facility)
        if facility.spend is not None:
            return [(year, amount * self.prices.cost(kind, year)) for year, amount in facility.spend.items() if amount != 0.0]
        calendar = self.schedule.calendar
        parts = [(calendar.year(position + later), share) for later, share in self.schedule.works[facility.id].paid.items()]
        return [(year, facility.cost * share * self.prices.cost(kind, year)) for year, share in parts]

    def outlays(self) -> tuple[dict[tuple[str, int], float], dict[tuple[str, int], float]]:
        """Nominal outlay and income by (project, year)."""
        outlay: dict[tuple[str, int], list[float]] = defaultdict(list)
        income: dict[tuple[str, int], list[float]] = defaultdict(list)
        for key, starts in self.schedule.starts.items():
            for position, share in starts:
                for year, amount in self.flows(self.case.facilities[key], position):
                    (outlay if amount > 0.0 else income)[key, year].append(abs(amount) * share)
        for key, renewals in self.schedule.renewals.items():
            package = self.case.packages[key]
            kind = kind_of(self.case, package)
            for position, km in renewals:
                year = self.schedule.calendar.year(position)
                outlay[key, year].append(package.unit_cost * km * self.prices.cost(kind, year))
        return {at: fsum(v) for at, v in sorted(outlay.items())}, {at: fsum(v) for at, v in sorted(income.items())}

    def benefits(self) -> dict[str, float]:
        """Present value of benefits by project, price-year bn KZT at 1 January of the first year."""
        found = {}
        for key, starts in self.schedule.starts.items():
            facility = self.case.facilities[key]
            found[key] = fsum(share * self._benefit(facility, position) for position, share in starts if share != 0.0)
        for key, renewals in self.schedule.renewals.items():
            package = self.case.packages[key]
            last = self._last_year(package, max(package.earliest, self.schedule.calendar.plan_from))
            found[key] = fsum(km * package.savings * self.per_year_of_savings(position, last) for position, km in renewals)
        return dict(sorted(found.items()))

    def _last_year(self, project: Facility | Package, finish: int) -> int:
        """``H``: one calendar end for every start, from the earliest possible finish."""
        return min(self.case.settings.evaluation_last_year, floor(finish + project.life))

    def _per_year_of_savings(self, finished: int, last: int) -> float:
        """Present value of savings of 1 a year in the periods after ``finished`` to 31 December of ``last``."""
        calendar, prices = self.schedule.calendar, self.prices
        k = calendar.per_year
        inside = [prices.discount(calendar.year(u), calendar.part(u) + prices.half / k) / k
                  for u in range(finished + 1, calendar.count) if calendar.year(u) <= last]
        # a plan that is damaged may finish after the last year: its benefits must not begin before that
        first_after = max(calendar.last_year, calendar.year(finished)) + 1
        return fsum(inside + [prices.discount(year, prices.half) for year in range(first_after, last + 1)])

    def _benefit(self, facility: Facility, position: int) -> float:
        schedule, calendar = self.schedule, self.schedule.calendar
        earliest = min(schedule.allowed[facility.id], default=position)
        if facility.benefit is None:
            if facility.savings == 0.0:
                return 0.0
            last = self._last_year(facility, calendar.year(schedule.finish(facility.id, earliest)))
            return facility.savings * self.per_year_of_savings(schedule.finish(facility.id, position), last)
        later = self._discount_at(position) / self._discount_at(earliest)
        gross = facility.benefit * later
        if self.case.settings.benefit_is_net:
            # flows are signed: outlays are added back, income is taken off
            gross += fsum(self.prices.weight(year) * amount for year, amount in self.flows(facility, position))
        return gross

    def _discount_at(self, position: int) -> float:
        """``D`` at the start of a period."""
        return self.prices.discount(self.schedule.calendar.year(position), self.schedule.calendar.part(position))

    def mean_finish(self) -> float:
        """Mean time of finish, years after 1 January of ``plan_from``, weighted by the overnight cost that is still to be done.

        What is not done counts as one period after the end of the horizon. 0 if there is nothing to do.
        """
        calendar = self.schedule.calendar
        never = (calendar.count + 1) / calendar.per_year
        weights, terms = [], []
        for key, facility in self.case.facilities.items():
            if facility.done is not None:
                continue
            weights.append(facility.overnight)
            starts = [(share, (self.schedule.finish(key, t) + 1) / calendar.per_year) for t, share in self.schedule.starts.get(key, ())]
            terms.append(facility.overnight * self._mean(starts, 1.0, never))
        for key, package in self.case.packages.items():
            left = package.km - fsum(package.done.values())
            weights.append(package.unit_cost * left)
            rows = [(km, (t + 1) / calendar.per_year) for t, km in self.schedule.renewals.get(key, ())]
            terms.append(package.unit_cost * self._mean(rows, left, never))
        total = fsum(weights)
        return fsum(terms) / total if total > 0.0 else 0.0

    @staticmethod
    def _mean(done: list[tuple[float, float]], scope: float, never: float) -> float:
        """Amount x time, what is left of ``scope`` at ``never``."""
        return fsum([amount * time for amount, time in done] + [(scope - fsum(amount for amount, _ in done)) * never])
