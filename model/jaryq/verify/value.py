"""Outlays, income and benefits in time (docs/numbers.md, Benefits and Money), and the mean time of finish
(Objective)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from math import fsum

from jaryq.case.case import Case, Facility
from jaryq.case.plan import Plan
from jaryq.case.works import Bursts, Condition
from jaryq.verify.horizon import Horizon
from jaryq.verify.prices import Prices
from jaryq.verify.quantities import Quantities
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule, ends_after
from jaryq.verify.stretch_state import State
from jaryq.verify.unit_values import SURE
from jaryq.verify.works import kind_of


class Value:
    """Money of the plan's projects, computed from their starts, renewals and shared trenches (``saved``, by package and
    year) alone."""

    def __init__(self, case: Case, schedule: Schedule, prices: Prices, risk: Risk,
                 saved: Mapping[tuple[str, int], float], state: State | None = None) -> None:
        self.case, self.schedule, self.prices, self.risk, self.saved = case, schedule, prices, risk, saved
        self.horizon = Horizon(case, schedule)
        self.quantities = Quantities(case, schedule, prices, risk, self.horizon, state)
        self.risk_avoided = cache(self._risk_avoided)

    def flows(self, facility: Facility, position: int) -> list[tuple[int, float]]:
        """(year, nominal bn KZT) of the whole facility started at ``position`` in planned years; negative is income. Of
        what has started what is past is paid."""
        kind, calendar = kind_of(self.case, facility), self.schedule.calendar
        if facility.spend is not None:
            ahead = [(year, amount) for year, amount in facility.spend.items() if year <= calendar.last_year
                     and (facility.started is None or year >= calendar.plan_from)]
            return [(year, amount * self.prices.cost(kind, year)) for year, amount in ahead if amount != 0.0]
        parts = [(calendar.year(position + later), share)
                 for later, share in self.schedule.works[facility.id].paid.items()]
        return [(year, facility.cost * share * self.prices.cost(kind, year)) for year, share in parts]

    def to_pay_after(self) -> dict[str, float]:
        """Of each facility that ends after the plan what it spends after it, nominal bn KZT: in no sum."""
        case, calendar = self.case, self.schedule.calendar
        return {key: fsum(share * amount * self.prices.cost(kind_of(case, facility), year)
                          for _, share in self.schedule.starts.get(key, ())
                          for year, amount in (facility.spend or {}).items() if year > calendar.last_year)
                for key, facility in case.facilities.items() if ends_after(facility, calendar)}

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
        for at, amount in self.saved.items():
            outlay[at].append(-amount)
        return {at: fsum(v) for at, v in sorted(outlay.items())}, {at: fsum(v) for at, v in sorted(income.items())}

    def _risk_avoided(self) -> dict[str, float]:
        """Present value of avoided risk by project, as it is part of its benefits: none beside a stated benefit, which
        holds it."""
        found = {}
        for key, starts in self.schedule.served.items():
            facility = self.case.facilities[key]
            found[key] = fsum(share * self._avoided(facility, position) for position, share in starts if share != 0.0)
        for key, renewals in self.schedule.renewals.items():
            package = self.case.packages[key]
            last = self.horizon.last_of(package)
            found[key] = fsum(km * self.risk.avoided(package, position, last) for position, km in renewals if km != 0.0)
        return dict(sorted(found.items()))

    def risk_sourced(self, *, how_often: bool) -> float:
        """The part of it whose failures cost what a source states or arithmetic on it gives, both as it is and after
        the works; ``how_often``: and come as often."""
        return fsum(amount for key, amount in self.risk_avoided().items() if self._known(key, how_often))

    def _known(self, key: str, how_often: bool) -> bool:
        if (package := self.case.packages.get(key)) is not None:
            states: list[Condition | Bursts | None] = [package.bursts]
        else:
            own = self.case.facilities[key]
            states = [own.condition, self.case.facilities[own.option_of or key].condition]
        return all(one is not None and one.cost_status in SURE and (not how_often or one.rate_status in SURE)
                   for one in states)

    def residuals(self) -> dict[str, float]:
        """Present value of what late finishes are credited after the common end, by project: none beside a stated
        benefit."""
        found = self._residuals()
        for key in found if self.case.quantities else ():
            found[key] += self.quantities.residual(self.case.project(key))
        return found

    def _residuals(self) -> dict[str, float]:
        """Of savings and risk."""
        found = {}
        for key, starts in self.schedule.served.items():
            facility = self.case.facilities[key]
            found[key] = fsum(share * self._residual(facility, position) for position, share in starts if share != 0.0)
        for key, renewals in self.schedule.renewals.items():
            package = self.case.packages[key]
            first, last = self.horizon.first_open(package), self.horizon.last_of(package)
            found[key] = fsum(km * self.risk.residual(package, first, position, last)
                              for position, km in renewals if km != 0.0)
        return dict(sorted(found.items()))

    def _residual(self, facility: Facility, position: int) -> float:
        if facility.benefit is not None:
            return 0.0
        earliest, finish = self.horizon.earliest(facility, position), self.schedule.finish
        return self.risk.residual(facility, finish(facility.id, earliest), finish(facility.id, position),
                                  self.horizon.last_for(facility, position))

    def savings(self) -> dict[str, float]:
        """Present value of savings by project, to ``H``."""
        found = {}
        for key, starts in self.schedule.served.items():
            facility = self.case.facilities[key]
            found[key] = fsum(share * self._savings(facility, position) for position, share in starts if share != 0.0)
        for key, renewals in self.schedule.renewals.items():
            package = self.case.packages[key]
            last = self.horizon.last_of(package)
            found[key] = fsum(km * package.savings * self.risk.per_year_of_savings(position, last)
                              for position, km in renewals)
        return dict(sorted(found.items()))

    def stated(self) -> dict[str, float]:
        """Present value of stated benefits by facility."""
        return {key: fsum(share * self._stated(self.case.facilities[key], position) for position, share in starts
                          if share != 0.0) for key, starts in sorted(self.schedule.served.items())}

    def above(self, plan: Plan) -> dict[str, float]:
        """What the stretches chosen bring above the mean of their package, by package with a register: as the plan
        states it; its file of stretches is checked for it (``stretches``)."""
        register = self.case.stretches
        return {key: fsum(amount for (n, _), amount in plan.above.items() if n == key)
                for key in (register.packages if register else ())}

    def of_quantities(self) -> dict[tuple[str, str], float]:
        """Present value of quantities by quantity and project, to ``H``."""
        return {(key, p): self.quantities.worth(key, project) for key in self.case.quantities
                for p, project in self.case.projects.items()}

    def _avoided(self, facility: Facility, position: int) -> float:
        if facility.benefit is not None:
            return 0.0
        return self.risk.avoided(facility, self.schedule.finish(facility.id, position),
                                 self.horizon.last_for(facility, position))

    def _savings(self, facility: Facility, position: int) -> float:
        """A stated benefit takes their place."""
        if facility.benefit is not None or not facility.savings:
            return 0.0
        finished, last = self.schedule.finish(facility.id, position), self.horizon.last_for(facility, position)
        return facility.savings * self.risk.per_year_of_savings(finished, last)

    def _stated(self, facility: Facility, position: int) -> float:
        """The stated benefit, for a start that may be later than the earliest one."""
        if facility.benefit is None:
            return 0.0
        later = self._discount_at(position) / self._discount_at(self.horizon.earliest(facility, position))
        gross = facility.benefit * later
        if self.case.settings.benefit_is_net:
            # flows are signed: outlays are added back, income is taken off
            gross += fsum(self.prices.weight(year) * amount for year, amount in self.flows(facility, position))
        return gross

    def _discount_at(self, position: int) -> float:
        """``D`` at the start of a period."""
        return self.prices.discount(self.schedule.calendar.year(position) - self.prices.first_year
                                    + self.schedule.calendar.part(position))

    def mean_finish(self) -> float:
        """Mean time of finish, years after 1 January of ``plan_from``, weighted by the overnight cost that is still to
        be done.

        What is not done counts as one period after the end of the horizon; a variant is done for its asset, at the cost
        of the asset's own facility. 0 if there is nothing to do.
        """
        calendar = self.schedule.calendar
        never = (calendar.count + 1) / calendar.per_year
        weights, terms = [], []
        for own, keys in self.schedule.assets.items():
            if any(self.case.facilities[key].done is not None for key in keys):
                continue
            cost = self.case.facilities[own].overnight
            weights.append(cost)
            starts = [(share, (finish + 1) / calendar.per_year) for key in keys
                      for finish, share in self.schedule.finished(key)]
            terms.append(cost * self._mean(starts, 1.0, never))
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
