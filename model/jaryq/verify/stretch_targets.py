"""``a[i, t]`` of targets: what a km of each stretch changes of a measure in each period beside a km of its package by
the means (docs/numbers.md, Stretches: Targets by stretch)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import fsum

import numpy as np

from jaryq.case.case import Case, Package, Target
from jaryq.case.stretches import Floats
from jaryq.case.works import Bursts
from jaryq.verify.funding import sector_of
from jaryq.verify.health import bursts as rate_of
from jaryq.verify.measures import columns_of, selected
from jaryq.verify.quantities import Quantities
from jaryq.verify.stretch_state import Rows, counted_to, old_rate
from jaryq.verify.stretch_values import Worths
from jaryq.verify.unit_values import SECTORS_OF
from jaryq.verify.works import length_of

BY_STRETCH = ("wear", "failures", "not_supplied", "quantity")
ROWS = {">=": "at_least", "<=": "at_most", "=": "equal"}
"""The row of the program that a target has, by its sense."""
OF_BURSTS = ("bursts", "not_supplied")


class Changes:
    """What the stretches of a register change of the measures of targets beside their means: ``of(target)`` by package,
    a row for each stretch and a column for each period; packages of which nothing differs are not named."""

    def __init__(self, case: Case) -> None:
        """Raises ValueError for a case without stretches."""
        if case.stretches is None:
            raise ValueError("a case without stretches")
        self.case, self.stretches = case, case.stretches
        worths = Worths(case)
        self.calendar, self.risk, self.horizon = worths.schedule.calendar, worths.risk, worths.horizon
        self.quantities = Quantities(case, worths.schedule, worths.prices, worths.risk, worths.horizon)
        self.columns = columns_of(case)
        self.counted = cache(lambda key: counted_to(case, self.calendar, key))
        self.worn, self.burst = cache(self._worn), cache(self._burst)
        self.changed = cache(self._changed)

    def of(self, target: Target) -> Mapping[str, Floats]:
        """Of a target, in the unit of its measure."""
        if target.measure not in BY_STRETCH:
            return {}
        keys = [key for key in selected(self.columns, target.filter) if key in self.case.packages]
        mine = [key for key in keys if key in self.stretches.slices]
        years = (target.year_first or target.year, target.year)
        if target.measure == "wear":
            whole = fsum(length_of(self.case.packages[key]) for key in keys if self.case.packages[key].wear is not None)
            found = {key: self.worn(key, target.year) / whole for key in mine if whole > 0.0}
        elif target.measure == "quantity":
            found = {key: self.changed(key, target.quantity or "", years) for key in mine}
        elif target.measure == "failures":
            found = {key: self.burst(key, years) for key in mine}
        else:
            found = {key: self.burst(key, years) * self._lost(key) for key in mine
                     if sector_of(self.case, self.case.packages[key]) in SECTORS_OF.get(target.unit, ())}
        return {key: table for key, table in found.items() if table.any()}

    def sums(self, target: Target, rows: Rows) -> tuple[float, float]:
        """``sum a x`` of what is renewed, and the sum of the sizes of its terms."""
        terms: list[float] = []
        for key, table in self.of(target).items():
            at = self.stretches.slices[key]
            mine = rows.within(at)
            terms += (table[rows.row[mine] - at.start, rows.period[mine]] * rows.km[mine]).tolist()
        return fsum(terms), fsum(map(abs, terms))

    def _lost(self, key: str) -> float:
        of = self.case.packages[key].bursts
        return (of.lost or 0.0) if of is not None else 0.0

    def nothing(self, key: str) -> Floats:
        """No change of any stretch of a package."""
        at = self.stretches.slices[key]
        return np.zeros((at.stop - at.start, self.calendar.count))

    def _worn(self, key: str, year: int) -> Floats:
        """Km x wear that is gone with a km on 31 December."""
        found, package = self.nothing(key), self.case.packages[key]
        if package.wear is not None:
            later = (year + 1 - self.calendar.plan_from) / package.life
            own = np.minimum(1.0, self.stretches.wear[self.stretches.slices[key]] + later)
            found[:, : self.calendar.last_of(year) + 1] = (min(1.0, package.wear + later) - own)[:, None]
        return found

    def _burst(self, key: str, years: tuple[int, int]) -> Floats:
        """Bursts of the planned years that do not happen to a km after the period of its renewal."""
        found, of, k = self.nothing(key), self.case.packages[key].bursts, self.calendar.per_year
        if of is not None:
            for year in (year for year in self.calendar.years if years[0] <= year <= years[1]):
                for u in range(self.calendar.last_of(year) + 1 - k, self.calendar.last_of(year) + 1):
                    found[:, :u] -= (self._more(key, of, (u + 0.5) / k) / k)[:, None]
        return found

    def _more(self, key: str, of: Bursts, middle: float) -> Floats:
        """Bursts a km and year of each stretch that waits, above those of its package."""
        found: Floats = old_rate(of, self.stretches.rate[self.stretches.slices[key]], middle) - rate_of(of, middle)
        return found

    def _changed(self, key: str, quantity: str, years: tuple[int, int]) -> Floats:
        """What renewal changes of a quantity: a level and once to the end of the last year, a flow of the years."""
        found, package, of = self.nothing(key), self.case.packages[key], self.case.quantities[quantity]
        amounts = self.stretches.quantities.get(quantity)
        own = (np.zeros(len(found)) if amounts is None else
               amounts[self.stretches.slices[key]] - package.quantities.get(quantity, 0.0))
        if of.kind != "flow":
            found[:, [t for t in range(self.calendar.count) if self.calendar.year(t) <= years[1]]] = own[:, None]
            return found
        follows = of.derived in OF_BURSTS and self.quantities.derived(quantity, key) is not None
        each = 0.0 if not follows else 1.0 if of.derived == "bursts" else self._lost(key)
        for year in range(years[0], years[1] + 1):
            for place, moment in self.quantities.moments[year]:
                share = self.quantities.share(of, place)
                found[:, :place] += (own * share)[:, None]
                if each and package.bursts is not None:
                    found[:, :place] += each / self.quantities.periods(place) * self._avoided(
                        key, package, package.bursts, (year, moment.middle, place))
        return found

    def _avoided(self, key: str, package: Package, of: Bursts, at: tuple[int, float, int]) -> Floats:
        """Bursts a year avoided at a moment by a km of each stretch, as far as its own risk counts, less those by a km
        of the package; a column for each period before it."""
        year, middle, place = at
        found = np.zeros((len(self.counted(key)), min(place, self.calendar.count)))
        if year > self.horizon.last_of(package):
            return found
        new = np.array([rate_of(of, middle - self.risk.ended(t), new=True) for t in range(found.shape[1])])
        rate = self.stretches.rate[self.stretches.slices[key]]
        found += np.where(self.counted(key) >= year, 1.0, 0.0)[:, None] * (old_rate(of, rate, middle)[:, None] - new)
        if year <= self.risk.last_counted(key):
            found -= rate_of(of, middle) - new
        return found
