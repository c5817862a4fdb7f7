"""What works change besides money, by year and in present value (docs/numbers.md, Quantities)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from math import fsum

from jaryq.case.amounts import amount_sourced
from jaryq.case.case import Case, Facility, Package, Quantity
from jaryq.verify.funding import sector_of
from jaryq.verify.health import bursts
from jaryq.verify.horizon import Horizon
from jaryq.verify.prices import Prices
from jaryq.verify.risk import Avoided, Moment, Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.stretch_state import State
from jaryq.verify.unit_values import SECTORS_OF, SURE, UnitValues, charged_elsewhere, status_for, worth_something

BILLION = 1e9
Rate = tuple[Avoided, float]
"""What works avoid a year, and the last year in which it counts."""
Done = tuple[int, int, float, int]
"""Of planned works: the earliest period in which they may end, the one in which they do, the share or km, ``H``."""


class Quantities:
    """Quantities of the plan's projects, computed from their starts and renewals alone. Amounts are those of the whole
    facility, or of a kilometre, times the share or the km."""

    def __init__(self, case: Case, schedule: Schedule, prices: Prices, risk: Risk, horizon: Horizon,
                 state: State | None = None) -> None:
        """``state``: stretches of packages with a register, by which amounts are told."""
        self.state = state
        self.case, self.schedule, self.prices, self.risk = case, schedule, prices, risk
        self.calendar, self.horizon, self.values = schedule.calendar, horizon, UnitValues(prices)
        self.moments: dict[int, list[tuple[int, Moment]]] = defaultdict(list)
        for place, moment in enumerate(risk.moments_to(self.calendar.last_year + 1)) if case.quantities else ():
            self.moments[moment.year].append((place, moment))
        self.derived, self._amounts, self._worths = cache(self._derived), cache(self._amount), cache(self._worth)
        self._shares: dict[tuple[str, int], float] = {}
        self.done = {key: tuple(self._done(project)) for key, project in case.projects.items()}

    def _done(self, project: Facility | Package) -> Iterator[Done]:
        if isinstance(project, Package):
            first, last = self.horizon.first_open(project), self.horizon.last_of(project)
            yield from ((first, at, km, last) for at, km in self.schedule.renewals.get(project.id, ()) if km != 0.0)
            return
        finish = self.schedule.finish
        for start, share in self.schedule.served.get(project.id, ()):
            if share != 0.0:
                yield (finish(project.id, self.horizon.earliest(project, start)), finish(project.id, start), share,
                       self.horizon.last_for(project, start))

    @staticmethod
    def _before(project: Facility | Package) -> dict[int, float]:
        """What was done before the planned years, share or km by year."""
        if isinstance(project, Package):
            return dict(project.done)
        return {} if project.done is None else {project.done: 1.0}

    # --- amounts ------------------------------------------------------------------------------------------------------

    def amount(self, key: str, project: Facility | Package, year: int) -> float:
        """Of a year: level on its 31 December, flow in it (also of the year after the last), once to its end."""
        return self._amounts(key, project.id, year)

    def _amount(self, key: str, p: str, year: int) -> float:
        of, project = self.case.quantities[key], self.case.project(p)
        each = project.quantities.get(key, 0.0)
        if self.state is not None and isinstance(project, Package) and project.id in self.state:
            return self._of_stretches(self.state, key, project, year)
        if not each and of.derived is None:
            return 0.0
        before = self._before(project)
        if of.kind != "flow":
            done = [amount for y, amount in before.items() if y <= year]
            done += [amount for _, at, amount, _ in self.done[project.id] if self.calendar.year(at) <= year]
            return each * fsum(done)
        terms = [each * amount for y, amount in before.items() if y < year]
        rate = self.derived(key, project.id)
        for _, at, amount, last in self.done[project.id]:
            for place, moment in self.moments[year]:
                if place > at:
                    terms.append(amount * each * self.share(of, place))
                    terms.append(amount * self._avoided(rate, moment, at, last) / self.periods(place))
        return fsum(terms)

    def _of_stretches(self, state: State, key: str, package: Package, year: int) -> float:
        """The same of a package with a register: what is planned by its stretches, what was done before by their
        mean."""
        of, each = self.case.quantities[key], package.quantities.get(key, 0.0)
        flow, last = of.kind == "flow", self.horizon.last_of(package)
        terms = [each * km for y, km in package.done.items() if y < year or (y == year and not flow)]
        for at, km in state.renewals(package.id):
            changed = state.changed(package, key, at)
            if not flow:
                terms.append(changed if self.calendar.year(at) <= year else 0.0)
                continue
            for place, moment in self.moments[year]:
                if place > at:
                    derived = self._by_stretches(state, key, package, (at, km), moment) if year <= last else 0.0
                    terms.append(changed * self.share(of, place) + derived / self.periods(place))
        return fsum(terms)

    def _by_stretches(self, state: State, key: str, package: Package, renewal: tuple[int, float],
                      moment: Moment) -> float:
        """A year, of what follows from the condition, of the km renewed in a period: losses as of the package."""
        derived, of, rate = self.case.quantities[key].derived, package.bursts, self.derived(key, package.id)
        if rate is None:
            return 0.0
        if derived == "losses" or of is None:
            return renewal[1] * rate[0](moment.middle, 0.0)
        each = (of.lost or 0.0) if derived == "not_supplied" else 1.0
        return each * state.avoided(package, of, renewal[0], moment.year, moment.middle)

    def periods(self, place: int) -> int:
        """Moments of the year to which a moment belongs: its periods, or one after the last year."""
        return self.calendar.per_year if place < self.calendar.count else 1

    def share(self, of: Quantity, place: int) -> float:
        """``σ``: the part of a year's flow (of a level: of the year) that a moment has."""
        if (of.id, place) not in self._shares:
            self._shares[of.id, place] = self._part_of_year(of, place)
        return self._shares[of.id, place]

    def _part_of_year(self, of: Quantity, place: int) -> float:
        if place >= self.calendar.count:
            return 1.0
        if of.kind == "level":
            return 1.0 / self.calendar.per_year
        return self.calendar.months_in(place, of.season) / len(of.season)

    def _avoided(self, rate: Rate | None, moment: Moment, finished: int, last: int) -> float:
        """A year, of what is derived, at a moment after the works; nothing after ``H`` or the end of the count."""
        if rate is None or moment.year > min(last, rate[1]):
            return 0.0
        return rate[0](moment.middle, moment.middle - self.risk.ended(finished))

    def _derived(self, key: str, p: str) -> Rate | None:
        """What the works of a project avoid by what the condition says, in the unit of the quantity."""
        of, project = self.case.quantities[key], self.case.project(p)
        if of.derived is None or (of.derived in ("losses", "not_supplied")
                                  and sector_of(self.case, project) not in SECTORS_OF.get(of.unit, ())):
            return None
        if isinstance(project, Package):
            return self._of_pipe(of.derived, project)
        before, after = self.risk.waits[project.asset], self.risk.serves[project.id]
        if before is None or after is None or of.derived not in ("not_supplied", "failures"):
            return None
        old, new = (before.lost, after.lost) if of.derived == "not_supplied" else (1.0, 1.0)
        return (lambda middle, since: before.failing(middle) * old - after.failing(since) * new,
                self.risk.last_counted(project.asset))

    def _of_pipe(self, derived: str, package: Package) -> Rate | None:
        if derived == "losses":
            if package.losses is None or package.losses_after is None:
                return None
            less = package.losses - package.losses_after
            return lambda _middle, _since: less, float("inf")
        of = package.bursts
        if of is None or derived == "failures":
            return None
        each = (of.lost or 0.0) if derived == "not_supplied" else 1.0
        return (lambda middle, since: each * (bursts(of, middle) - bursts(of, since, new=True)),
                self.risk.last_counted(package.id))

    # --- present value ------------------------------------------------------------------------------------------------

    def _carries(self, key: str, project: Facility | Package) -> bool:
        """Whether a project may be worth anything by a quantity."""
        some = bool(project.quantities.get(key)) or self.derived(key, project.id) is not None
        return some and bool(self.done[project.id]) and self._valued(key, project)

    def _valued(self, key: str, project: Facility | Package) -> bool:
        """A stated benefit holds what its works change, a priced deficit what it charges."""
        stated = isinstance(project, Facility) and project.benefit is not None
        return (not stated and not charged_elsewhere(self.case, key, project)
                and worth_something(self.case.quantities[key], project.region))

    def worth(self, key: str, project: Facility | Package) -> float:
        """Present value of a quantity of a project to 31 December of ``H``, bn KZT."""
        return self._worths(key, project.id)

    def _worth(self, key: str, p: str) -> float:
        of, project = self.case.quantities[key], self.case.project(p)
        each = project.quantities.get(key, 0.0)
        if not self._carries(key, project):
            return 0.0
        value = partial(self.values.of, key, project.region)
        rate, terms = self.derived(key, project.id), []
        for _, at, amount, last in self.done[project.id]:
            if of.kind == "once":
                year = self.calendar.year(at)
                end = year - self.prices.first_year + self.calendar.part(at) + 1.0 / self.calendar.per_year
                terms.append(amount * each * value(year) * self.prices.discount(end))
                continue
            for place, moment in self.risk.moments_after(at, last):
                yearly = each * self.share(of, place) * self.periods(place)
                yearly += self._avoided(rate, moment, at, last)
                if yearly:
                    terms.append(amount * yearly * moment.worth * value(moment.year))
        return fsum(terms) / BILLION

    def residual(self, project: Facility | Package) -> float:
        """What the periods given up by a late finish would have been worth, at the dates after ``H``, bn KZT."""
        return fsum(self._residual(key, project) for key in self.case.quantities if self._carries(key, project))

    def _residual(self, key: str, project: Facility | Package) -> float:
        of, each = self.case.quantities[key], project.quantities.get(key, 0.0)
        if of.kind == "once":
            return 0.0
        k, rate, terms = self.calendar.per_year, self.derived(key, project.id), []
        for earliest, at, amount, last in self.done[project.id]:
            begin = last + 1 - self.prices.first_year
            counted = min(last, rate[1]) if rate is not None else last
            old = max(counted + 1.0 - self.calendar.plan_from - self.risk.ended(at), 0.0)
            for i, given_up in enumerate(range(earliest + 1, at + 1), start=1):
                year = self.calendar.year(given_up)
                if year > last:
                    continue
                yearly = k * self.share(of, given_up) * each
                if rate is not None and year <= rate[1]:
                    yearly += rate[0]((given_up + 0.5) / k, old + (i - 0.5) / k)
                later = self.prices.discount(begin + (i - 1 + self.prices.half) / k) / k
                terms.append(amount * yearly * later * self.values.of(key, project.region, year))
        return fsum(terms) / BILLION

    def sourced(self, *, amounts_too: bool) -> float:
        """Present value of quantities whose value has a source, without residual; ``amounts_too``: and whose amounts
        follow from figures that have one."""
        return fsum(self.worth(key, project) for key, of in self.case.quantities.items()
                    for project in self.case.projects.values() if status_for(of, project.region) in SURE
                    and (not amounts_too or amount_sourced(self.case, of, project.id)))

    # --- sums ---------------------------------------------------------------------------------------------------------

    def years_of(self, key: str) -> range:
        """Years in which a quantity is shown: the planned ones, a flow also in the one after."""
        last = self.calendar.last_year + (self.case.quantities[key].kind == "flow")
        return range(self.calendar.plan_from, last + 1)

    def by_place(self) -> dict[tuple[str, str, str, int], float]:
        """By quantity, region, sector (``-`` where blank) and year."""
        found: dict[tuple[str, str, str, int], list[float]] = {}
        for key in self.case.quantities:
            for year in self.years_of(key):
                for project in self.case.projects.values():
                    place = (key, project.region or "-", sector_of(self.case, project) or "-", year)
                    found.setdefault(place, []).append(self.amount(key, project, year))
        return {place: fsum(amounts) for place, amounts in found.items()}
