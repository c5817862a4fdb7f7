"""``b[i, t]``: what a km of each stretch is worth in each period, and what a km of its package is by the means of the
register (docs/numbers.md, Stretches)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary, ref

import numpy as np

from jaryq.case.case import Case, Package
from jaryq.case.plan import Plan
from jaryq.case.stretches import Floats, Stretches
from jaryq.case.works import YEAR
from jaryq.verify.horizon import Horizon
from jaryq.verify.prices import Prices
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule, window_of
from jaryq.verify.stretch_worth import Counted, of_condition
from jaryq.verify.value import Value
from jaryq.verify.works import open_months
from jaryq.verify.worth import added


@dataclass(frozen=True, eq=False)
class Uniform:
    """Of a km of a package in each open period, bn KZT of the price year: ``plain`` without bursts and without the
    quantities of the register, ``units`` of one of each of these."""

    plain: Floats
    units: Mapping[str, Floats]


class Worths:
    """``b[i, t]`` of the stretches of a package: bn KZT of the price year, a row for each, a column for each period."""

    def __init__(self, case: Case) -> None:
        self.case, self.prices = case, Prices(case)
        self.schedule = Schedule.of(replace(case, facilities={}), Plan())
        self.risk = Risk(case, self.schedule, self.prices)
        self.horizon = Horizon(case, self.schedule)

    def open(self, package: Package) -> list[int]:
        """Positions of the periods in which the package may be renewed."""
        calendar = self.schedule.calendar
        season = open_months(self.case, package) if package.seasonal else YEAR
        years = window_of(package, calendar)
        return [t for t in range(calendar.count) if calendar.year(t) in years and calendar.months_in(t, season)]

    def of(self, key: str, stretches: Stretches) -> Floats:
        """``b`` over all planned periods; minus infinity where the package is closed."""
        at = stretches.slices[key]
        return self._worth(key, stretches.rate[at], stretches.consequence[at],
                           {q: amounts[at] for q, amounts in stretches.quantities.items()})

    def nothing(self, key: str, count: int) -> Floats:
        """``count`` stretches of a package without a worth: 0; minus infinity where the package is closed."""
        found = np.full((count, self.schedule.calendar.count), -np.inf)
        found[:, self.open(self.case.packages[key])] = 0.0
        return found

    def mean(self, key: str) -> Floats:
        """What a km of the package is worth by the means of its register, over all planned periods; 0 where it is
        closed."""
        package, register = self.case.packages[key], self.case.stretches
        bursts = package.bursts
        rate, consequence = (np.nan, np.nan) if bursts is None else (bursts.rate, bursts.consequence)
        own = {q: np.array([package.quantities.get(q, 0.0)]) for q in (register.quantities if register else ())}
        found = self._worth(key, np.array([rate]), np.array([consequence]), own)[0]
        return np.where(np.isfinite(found), found, 0.0)

    def _worth(self, key: str, rate: Floats, consequence: Floats, quantities: Mapping[str, Floats]) -> Floats:
        """Of stretches of a package. The part that does not follow from the condition is what the check says of
        packages: it is asked with no bursts, and with a unit of each quantity."""
        opened, uniform = self.open(self.case.packages[key]), uniform_of(self.case)[key]
        found = np.full((len(rate), self.schedule.calendar.count), -np.inf)
        found[:, opened] = uniform.plain
        for q, unit in uniform.units.items():
            found[:, opened] += np.outer(quantities[q], unit)
        bursts = self.risk.case.packages[key].bursts
        if bursts is not None and opened:
            counted = Counted(self.risk, self.horizon, self.case.packages[key], opened)
            found[:, opened] += of_condition(counted, bursts, rate, consequence)
        return found

    def uniform(self, key: str) -> Uniform:
        """What all stretches of a package have alike."""
        package = self.case.packages[key]
        register, opened = self.case.stretches, self.open(package)
        own = [q for q in (register.quantities if register else ()) if q in self.case.quantities]
        without = {q: v for q, v in package.quantities.items() if q not in own}
        bare = replace(package, bursts=None, quantities=without)
        plain, *units = self._uniform([bare, *(replace(bare, quantities={**without, q: 1.0}) for q in own)], opened)
        return Uniform(plain, {q: unit - plain for q, unit in zip(own, units, strict=True)})

    def _uniform(self, packages: Sequence[Package], opened: Sequence[int]) -> list[Floats]:
        """Benefits of a km of each package renewed in each of the periods."""
        calendar = self.schedule.calendar
        clones = {f"{i},{t}": replace(one, id=f"{i},{t}", km=1.0, done={}, lot=None, only_with=())
                  for i, one in enumerate(packages) for t in opened}
        labels = {position: label for label, position in calendar.positions().items()}
        case = replace(self.case, facilities={}, packages=clones, trenches=(), sequence=(), wishes={})
        schedule = Schedule.of(case, Plan(renew={(f"{i},{t}", labels[t]): 1.0
                                                 for i in range(len(packages)) for t in opened}))
        value = Value(case, schedule, self.prices, Risk(case, schedule, self.prices), {})
        parts = added(clones, [row for part in (value.savings(), value.residuals(), value.risk_avoided())
                               for row in part.items()]
                      + [(p, amount) for (_, p), amount in value.of_quantities().items()])
        return [np.array([parts[f"{i},{t}"] for t in opened]) for i in range(len(packages))]


_KNOWN: WeakKeyDictionary[Stretches, tuple[ref[Case], Mapping[str, Uniform]]] = WeakKeyDictionary()


def uniform_of(case: Case) -> Mapping[str, Uniform]:
    """Of all packages of the register; found once for a case, as its certificate and what it renews both ask."""
    if case.stretches is None:
        return {}
    of, found = _KNOWN.get(case.stretches, (None, {}))
    if of is None or of() is not case:
        worths = Worths(case)
        found = {key: worths.uniform(key) for key in case.stretches.slices}
        _KNOWN[case.stretches] = ref(case), found
    return found
