"""Stretches checked again: what each is worth by the condition of its own, what a plan renews of it, and the bound in
integers (docs/numbers.md, Stretches)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum

import numpy as np
from numpy.typing import NDArray

from jaryq.case.case import Case, Package
from jaryq.case.plan import Plan
from jaryq.case.stretches import Floats, Renewed, Stretches
from jaryq.case.works import YEAR
from jaryq.verify.finding import Finding, measure
from jaryq.verify.horizon import Horizon
from jaryq.verify.prices import Prices
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule, window_of
from jaryq.verify.stretch_worth import Counted, of_condition
from jaryq.verify.value import Value
from jaryq.verify.works import open_months

KM, SUM = 1e-6, 1e-3
"""Km by which a stretch may be passed, and the km of a package and period as they are written."""
BITS, LIMBS, AT_ONCE = 40, 26, 512
"""Places of the integers behind the point, bits of their parts, and how many products are added before they are taken
out of 64 bits."""
LARGEST = 1 << 52


class TooLarge(Exception):
    """A value that does not fit into the integers of the bound."""


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
        plain = self._uniform(replace(package, bursts=None, quantities=without), opened)
        found = np.full((at.stop - at.start, calendar.count), -np.inf)
        found[:, opened] = plain
        for q in own:
            unit = self._uniform(replace(package, bursts=None, quantities={**without, q: 1.0}), opened) - plain
            found[:, opened] += np.outer(stretches.quantities[q][at], unit)
        bursts = self.risk.case.packages[key].bursts
        if bursts is not None and opened:
            counted = Counted(self.risk, self.horizon, self.case.packages[key], opened)
            found[:, opened] += of_condition(counted, bursts, stretches.rate[at], stretches.consequence[at])
        return found

    def _uniform(self, package: Package, opened: Sequence[int]) -> Floats:
        """Benefits of a km renewed in each of the periods."""
        calendar = self.schedule.calendar
        clones = {f"{t}": replace(package, id=f"{t}", km=1.0, done={}, lot=None, only_with=()) for t in opened}
        labels = {position: label for label, position in calendar.positions().items()}
        case = replace(self.case, facilities={}, packages=clones, trenches=(), sequence=(), wishes={})
        schedule = Schedule.of(case, Plan(renew={(f"{t}", labels[t]): 1.0 for t in opened}))
        value = Value(case, schedule, self.prices, Risk(case, schedule, self.prices), {})
        parts = [value.savings(), value.residuals(), value.risk_avoided()]
        valued = value.of_quantities()
        return np.array([fsum([*(part[f"{t}"] for part in parts),
                               *(amount for (_, p), amount in valued.items() if p == f"{t}")]) for t in opened])


@dataclass(frozen=True)
class Stated:
    """What a plan says of its stretches: how many there are, ``value`` (sum of ``b x``), how many are ``cut`` (renewed
    in part, or in several periods)."""

    count: float
    value: float
    cut: float


def verify_stretches(case: Case, renewed: Renewed, renew: Mapping[tuple[str, str], float],
                     stated: Stated) -> tuple[Finding, ...]:
    """One finding for each rule of stretches; ``renew``: km of packages by period, as the plan has them. Raises
    ValueError for a case without stretches."""
    stretches = case.stretches
    if stretches is None:
        raise ValueError("a case without stretches")
    worths = Worths(case)
    periods = worths.schedule.calendar.count
    inside = ((renewed.row >= 0) & (renewed.row < len(stretches)) & (renewed.period >= 0) & (renewed.period < periods))
    outside = float(np.count_nonzero(~inside))
    row, period = renewed.row[inside].astype(np.int64), renewed.period[inside].astype(np.int64)
    km = renewed.km[inside]
    _, times = np.unique(row * periods + period, return_counts=True)
    done = np.bincount(row, weights=km, minlength=len(stretches))
    over = done - stretches.km
    worst = int(np.argmax(over)) if len(over) else 0
    least = float(km.min()) if len(km) else 0.0
    cells = np.zeros((len(stretches.packages), periods))
    np.add.at(cells, (stretches.package[row], period), km)
    found = [
        measure("stretch_known", "", outside + float(np.count_nonzero(times > 1)), "=", 0.0, "number", tolerance=0.0),
        measure("stretch_least", "", least, ">=", 0.0, "km", tolerance=KM),
        measure("stretch_length", _place(stretches, worst), float(done[worst]) if len(done) else 0.0, "<=",
                float(stretches.km[worst]) if len(over) else 0.0, "km", tolerance=KM),
        _sums(case, stretches, cells, renew),
    ]
    closed = np.ones_like(cells, dtype=bool)
    value = []
    for place, key in enumerate(stretches.packages):
        closed[place, worths.open(case.packages[key])] = False
        at = stretches.slices[key]
        mine = (row >= at.start) & (row < at.stop)
        if mine.any():
            b = worths.of(key, stretches)[row[mine] - at.start, period[mine]]
            value.append(fsum(np.where(np.isfinite(b), b, 0.0) * km[mine]))
    several = np.bincount(row[km > 0.0], minlength=len(stretches))
    cut = (several > 1) | ((done > KM) & (done < stretches.km - KM))
    found += [
        measure("stretch_open", "", float(np.abs(cells[closed]).sum()), "=", 0.0, "km", tolerance=SUM),
        measure("stretch_value", "", stated.value, "=", fsum(value), "bn KZT", abs(fsum(value))),
        measure("stretch_count", "", stated.count, "=", float(len(stretches)), "number", tolerance=0.0),
        measure("stretch_cut", "", stated.cut, "=", float(np.count_nonzero(cut)), "number", tolerance=0.0),
    ]
    return tuple(found)


def _place(stretches: Stretches, row: int) -> str:
    return "/".join(stretches.key(row)) if len(stretches) else ""


def _sums(case: Case, stretches: Stretches, cells: Floats, renew: Mapping[tuple[str, str], float]) -> Finding:
    """The package and period in which its stretches are furthest from its km."""
    places = {key: place for place, key in enumerate(stretches.packages)}
    positions = {period.label: period.position for period in case.periods}
    stated = np.zeros_like(cells)
    for (key, label), km in renew.items():
        if key in places and label in positions:
            stated[places[key], positions[label]] = km
    worst = np.unravel_index(int(np.argmax(np.abs(cells - stated))), cells.shape) if cells.size else None
    if worst is None:
        return measure("stretch_sums", "", 0.0, "=", 0.0, "km", tolerance=SUM)
    place = f"{stretches.packages[int(worst[0])]}, {case.periods[int(worst[1])].label}"
    return measure("stretch_sums", place, float(cells[worst]), "=", float(stated[worst]), "km", tolerance=SUM)


# The bound in integers


def integer_term(km: Floats, worth: Floats, earned: Floats, bits: int = BITS) -> Fraction:
    """An upper bound of ``sum_i L_i max(0, max_t (b_it - pi_t))``, exact in integers: ``worth`` (b, minus infinity
    where closed) rounded up, ``earned`` (pi) as they are, which must be multiples of ``2^-bits``. Raises TooLarge where
    a value does not fit, and ValueError for multipliers that are no such multiples."""
    pi = np.ldexp(np.asarray(earned, dtype=np.float64), bits)
    if not np.all(np.isfinite(pi)) or np.any(pi != np.floor(pi)):
        raise ValueError("multipliers are no multiples of 2^-k")
    with np.errstate(invalid="ignore"):
        scaled = np.ceil(np.ldexp(worth, bits))
    lengths = np.ceil(np.ldexp(np.asarray(km, dtype=np.float64), BITS))
    finite = np.isfinite(scaled)
    if (np.isnan(worth).any() or np.isposinf(worth).any() or np.any(np.abs(scaled[finite]) >= LARGEST)
            or np.any(np.abs(pi) >= LARGEST) or np.any(lengths >= LARGEST) or np.any(lengths < 0)):
        raise TooLarge("a value does not fit into the integers of the bound")
    gain = np.where(finite, scaled, 0.0).astype(np.int64) - pi.astype(np.int64)
    gain = np.where(finite, gain, np.int64(0))
    best = np.maximum(gain.max(axis=1, initial=0), 0)
    return Fraction(_dot(lengths.astype(np.int64), best), 1 << (BITS + bits))


def _dot(some: NDArray[np.int64], others: NDArray[np.int64]) -> int:
    """Sum of products of integers from 0 to 2^53, exact: in parts, few at a time."""
    mask = (1 << LIMBS) - 1
    total = 0
    for start in range(0, len(some), AT_ONCE):
        a, b = some[start:start + AT_ONCE], others[start:start + AT_ONCE]
        low, high = (a & mask, b & mask), (a >> LIMBS, b >> LIMBS)
        total += int((low[0] * low[1]).sum())
        total += (int((low[0] * high[1]).sum()) + int((high[0] * low[1]).sum())) << LIMBS
        total += int((high[0] * high[1]).sum()) << (2 * LIMBS)
    return total


def bound_of_stretches(case: Case, earned: Mapping[tuple[str, str], float], bits: int = BITS) -> Fraction:
    """The integer part of the bound over all packages of the register; ``earned``: multipliers of the links by package
    and period (none: 0)."""
    stretches = case.stretches
    if stretches is None:
        raise ValueError("a case without stretches")
    worths, found = Worths(case), Fraction(0)
    for key, at in stretches.slices.items():
        pi = np.array([earned.get((key, period.label), 0.0) for period in case.periods])
        found += integer_term(stretches.km[at], worths.of(key, stretches), pi, bits)
    return found
