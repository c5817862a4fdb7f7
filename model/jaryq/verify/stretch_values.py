"""``b[i, t]``: what a km of each stretch is worth in each period, and what a km of its package is by the means of the
register (docs/numbers.md, Stretches)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
        """``b`` over all planned periods; minus infinity where the package is closed. The part that does not follow
        from the condition is what the check says of packages: it is asked with no bursts, and with a unit of each
        quantity."""
        package, at = self.case.packages[key], stretches.slices[key]
        calendar, opened = self.schedule.calendar, self.open(package)
        own = [q for q in stretches.quantities if q in self.case.quantities]
        without = {q: v for q, v in package.quantities.items() if q not in own}
        bare = replace(package, bursts=None, quantities=without)
        plain, *units = self._uniform([bare, *(replace(bare, quantities={**without, q: 1.0}) for q in own)], opened)
        found = np.full((at.stop - at.start, calendar.count), -np.inf)
        found[:, opened] = plain
        for q, unit in zip(own, units, strict=True):
            found[:, opened] += np.outer(stretches.quantities[q][at], unit - plain)
        bursts = self.risk.case.packages[key].bursts
        if bursts is not None and opened:
            counted = Counted(self.risk, self.horizon, self.case.packages[key], opened)
            found[:, opened] += of_condition(counted, bursts, stretches.rate[at], stretches.consequence[at])
        return found

    def mean(self, key: str) -> Floats:
        """What a km of the package is worth by the means of its register, over all planned periods; 0 where it is
        closed."""
        package = self.case.packages[key]
        opened, found = self.open(package), np.zeros(self.schedule.calendar.count)
        found[opened] = self._uniform([package], opened)[0]
        return found

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
