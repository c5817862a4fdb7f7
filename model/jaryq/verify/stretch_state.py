"""What a plan leaves of the stretches of its packages by year: bursts of what waits, wear, what is changed
(docs/numbers.md, Stretches: Targets by stretch)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import fsum, inf

import numpy as np
from numpy.typing import NDArray

from jaryq.case.case import Case, Package
from jaryq.case.stretches import Floats, Renewed, Stretches
from jaryq.case.works import Bursts
from jaryq.verify.calendar import Calendar
from jaryq.verify.health import bursts as rate_of
from jaryq.verify.works import length_of


@dataclass(frozen=True, eq=False)
class Rows:
    """What is renewed, of stretches and in periods that are known, by row of the register; ``unknown``: how many rows
    are of no such stretch or period, or stand twice; ``strange``: the first of them."""

    row: NDArray[np.int64]
    period: NDArray[np.int64]
    km: Floats
    unknown: int
    strange: str

    @staticmethod
    def of(renewed: Renewed, stretches: Stretches, periods: int) -> Rows:
        inside = np.flatnonzero((renewed.row >= 0) & (renewed.row < len(stretches)) & (renewed.period >= 0)
                                & (renewed.period < periods))
        inside = inside[np.lexsort((renewed.period[inside], renewed.row[inside]))]
        row, period = renewed.row[inside].astype(np.int64), renewed.period[inside].astype(np.int64)
        twice = np.flatnonzero((np.diff(row) == 0) & (np.diff(period) == 0))
        strange = renewed.strange or ("/".join(stretches.key(int(row[twice[0]]))) if len(twice) else "")
        return Rows(row, period, renewed.km[inside], len(renewed.row) - len(inside) + len(twice), strange)

    def within(self, at: slice) -> slice:
        """The rows of the stretches of a package."""
        return slice(*(int(place) for place in np.searchsorted(self.row, (at.start, at.stop))))


class State:
    """Packages of a register after what is renewed of their stretches."""

    def __init__(self, case: Case, renewed: Renewed, calendar: Calendar) -> None:
        """Raises ValueError for a case without stretches."""
        if case.stretches is None:
            raise ValueError("a case without stretches")
        self.case, self.stretches, self.calendar = case, case.stretches, calendar
        self.rows = Rows.of(renewed, case.stretches, calendar.count)
        self.renewals = cache(self._renewals)
        self.counted = cache(self._counted)

    def __contains__(self, package: str) -> bool:
        return package in self.stretches.slices

    def _renewals(self, key: str) -> tuple[tuple[int, float], ...]:
        """(position, km) of a package, as its stretches add up."""
        mine = self.rows.within(self.stretches.slices[key])
        km = np.bincount(self.rows.period[mine], weights=self.rows.km[mine], minlength=self.calendar.count)
        return tuple((t, float(amount)) for t, amount in enumerate(km) if amount != 0.0)

    def _left(self, key: str, before: int) -> Floats:
        """Km of each stretch that are not renewed in a period before ``before``."""
        at = self.stretches.slices[key]
        mine = self.rows.within(at)
        early = mine.start + np.flatnonzero(self.rows.period[mine] < before)
        done = np.bincount(self.rows.row[early] - at.start, weights=self.rows.km[early], minlength=at.stop - at.start)
        left: Floats = self.stretches.km[at] - done
        return left

    def _rest(self, package: Package) -> float:
        """Km of the network of which the register does not speak."""
        return length_of(package) - fsum(self.stretches.km[self.stretches.slices[package.id]])

    def bursts(self, package: Package, of: Bursts, position: int, middle: float) -> float:
        """Bursts a year at the middle of a period: of what waits by its stretches, of what is renewed from the period
        after its renewal on; ``middle``: years after 1 January of ``plan_from``."""
        at = self.stretches.slices[package.id]
        waits = fsum(self._left(package.id, position) * old_rate(of, self.stretches.rate[at], middle))
        there = [km * rate_of(of, middle - (t + 1) / self.calendar.per_year, new=True)
                 for t, km in self.renewals(package.id) if t < position]
        return fsum([waits, self._rest(package) * rate_of(of, middle), *there])

    def worn(self, package: Package, wear: float, year: int) -> float:
        """km x wear on 31 December; ``wear``: the mean of the package on 1 January of ``plan_from``."""
        later = (year + 1 - self.calendar.plan_from) / package.life
        return self._worn(package, year, later) + self._rest(package) * min(1.0, wear + later)

    def mean_wear(self, package: Package, year: int) -> float:
        """Mean wear on 31 December by length, of the stretches alone."""
        later = (year + 1 - self.calendar.plan_from) / package.life
        return self._worn(package, year, later) / fsum(self.stretches.km[self.stretches.slices[package.id]])

    def _worn(self, package: Package, year: int, later: float) -> float:
        at, end = self.stretches.slices[package.id], self.calendar.last_of(year)
        waits = fsum(self._left(package.id, end + 1) * np.minimum(1.0, self.stretches.wear[at] + later))
        return fsum([waits, *(km * min(1.0, (end - t) / self.calendar.per_year / package.life)
                              for t, km in self.renewals(package.id) if t <= end)])

    def changed(self, package: Package, quantity: str, position: int) -> float:
        """What the km renewed in a period change of a quantity."""
        amounts = self.stretches.quantities.get(quantity)
        if amounts is None:
            return package.quantities.get(quantity, 0.0) * dict(self.renewals(package.id)).get(position, 0.0)
        rows = self._in(package.id, position)
        return fsum(amounts[self.rows.row[rows]] * self.rows.km[rows])

    def avoided(self, package: Package, of: Bursts, position: int, year: int, middle: float) -> float:
        """Bursts a year that the km renewed in a period avoid later, as far as the risk of each stretch counts."""
        rows = self._in(package.id, position)
        row = self.rows.row[rows]
        km = np.where(self.counted(package.id)[row - self.stretches.slices[package.id].start] >= year,
                      self.rows.km[rows], 0.0)
        fresh = rate_of(of, middle - (position + 1) / self.calendar.per_year, new=True)
        return fsum(km * (old_rate(of, self.stretches.rate[row], middle) - fresh))

    def _in(self, key: str, position: int) -> NDArray[np.int64]:
        mine = self.rows.within(self.stretches.slices[key])
        found: NDArray[np.int64] = mine.start + np.flatnonzero(self.rows.period[mine] == position)
        return found

    def _counted(self, key: str) -> Floats:
        return counted_to(self.case, self.calendar, key)


def counted_to(case: Case, calendar: Calendar, key: str) -> Floats:
    """The last year in which the risk of each stretch of a package counts: the one before it is replaced anyway."""
    stretches, of = case.stretches, case.packages[key].bursts
    rate = stretches.rate[stretches.slices[key]] if stretches is not None else np.zeros(0)
    ends = np.full(len(rate), inf)
    if of is not None and np.isfinite(of.replace_at):
        for year in range(case.settings.evaluation_last_year, calendar.last_year, -1):
            ends[old_rate(of, rate, float(year - calendar.plan_from)) >= of.replace_at] = year - 1
    return ends


def old_rate(of: Bursts, rate: Floats, years: float) -> Floats:
    """Bursts per km and year of stretches so many years after 1 January of ``plan_from``."""
    found: Floats = np.minimum(of.most, rate * (1.0 + of.growth) ** years) * of.calibration
    return found
