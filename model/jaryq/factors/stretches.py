"""What a km of every stretch brings in every period: the benefits of its package with the stretch's own bursts,
consequence and quantities (docs/numbers.md: Stretches).

Of these benefits only the bursts of what waits depend on the stretch, and they stand in sums over points of time that
are the package's. So the sums are taken once for a package, and its stretches are a product of matrices.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.base.once import once
from jaryq.case.case import Package
from jaryq.case.scope import derives
from jaryq.case.stretches import Stretches
from jaryq.case.works import Bursts
from jaryq.factors import condition as cn
from jaryq.factors.benefits import Benefits
from jaryq.factors.derive import Factors

Array = npt.NDArray[np.float64]

OF_BURSTS = ("bursts", "not_supplied")
"""Derived quantities of a package that follow from its bursts."""


@once
def stretch_benefits(f: Factors) -> Array:
    """``benefits_of_stretches`` of the register of a case, derived once. Raises ValueError where it has none."""
    if f.case.stretches is None:
        raise ValueError("a case without a register")
    found = benefits_of_stretches(f, f.case.stretches)
    found.flags.writeable = False
    return found


def benefits_of_stretches(f: Factors, register: Stretches) -> Array:
    """b[i, t]: present value of renewing a km of stretch i in the period at position t, bn KZT of the price year; 0
    where its package is closed."""
    found = np.zeros((len(register), len(f.case.periods)))
    for key, here in register.slices.items():
        found[here] = own_benefits(f, register, key)
        for t in f.works.open[key]:
            found[here, f.works.position[t]] += f.risk.benefit.get((key, t), 0.0)
    return found


def own_benefits(f: Factors, register: Stretches, key: str) -> Array:
    """The same for the stretches of a package, less what a km of the package brings: 0 for one that is as its package
    on average."""
    here, package, benefits = register.slices[key], f.case.packages[key], f.risk.benefits
    positions = [f.works.position[t] for t in f.works.open[key]]
    found = np.zeros((here.stop - here.start, len(f.case.periods)))
    if not positions:
        return found
    if (b := package.bursts) is not None:
        more = benefits.risk.values.consequence(key, b) - b.consequence
        rate, each = register.rate[here], register.consequence[here] + more
        # The last one is the package on average.
        worth = _of_bursts(f, package, b, positions, np.append(rate, b.rate), np.append(each, b.consequence + more))
        found[:, positions] = worth[:-1] - worth[-1]
    for q, amounts in register.quantities.items():
        if any(one.id == q for one in benefits.worth(key)):
            unit = np.array([_of_unit(benefits, package, q, position) for position in positions])
            found[:, positions] += (amounts[here] - package.quantities.get(q, 0.0))[:, None] * unit
    return found


@dataclass(frozen=True, eq=False)
class _Sums:
    """Of the finishing periods j: weights of bursts of what waits at the times u (years from 1 January of plan_from),
    ``money[u, j]`` for a consequence of 1 and ``derived[u, j]`` for quantities; the same sums for what is renewed,
    taken off."""

    times: Array
    money: Array
    derived: Array
    money_new: Array
    derived_new: Array


def _of_bursts(f: Factors, package: Package, b: Bursts, positions: list[int], rate: Array, each: Array) -> Array:
    """What follows from bursts, by stretch and finishing period."""
    found = np.empty((len(rate), len(positions)))
    until = replaced_in(f, b, rate)
    for year in np.unique(until).tolist():
        here = np.flatnonzero(until == year)
        sums = _sums(f, package, b, positions, year)
        old = b.calibration * np.minimum(b.most, rate[here, None] * np.power(1.0 + b.growth, sums.times))
        found[here] = each[here, None] * (old @ sums.money - sums.money_new) + old @ sums.derived - sums.derived_new
    return found


def replaced_in(f: Factors, b: Bursts, rate: Array) -> npt.NDArray[np.int64]:
    """The year in which a stretch would be replaced without the programme; one past all that is looked at, if never."""
    settings = f.case.settings
    far = max(settings.evaluation_last_year, settings.last_year) + len(settings.years) + 1
    found = np.full(len(rate), far + 1, dtype=np.int64)
    if math.isfinite(b.replace_at):
        for year in range(far, settings.last_year, -1):
            grown = rate * math.pow(1.0 + b.growth, year - settings.plan_from)
            found[b.calibration * np.minimum(b.most, grown) >= b.replace_at] = year
    return found


def _sums(f: Factors, package: Package, b: Bursts, positions: list[int], until: int) -> _Sums:
    benefits = f.risk.benefits
    counted = min(benefits.windows[package.id].last, until - 1)
    old: list[dict[float, tuple[float, float]]] = []
    new = np.zeros((2, len(positions)))
    for j, finish in enumerate(positions):
        mine: dict[float, list[tuple[float, float]]] = defaultdict(list)
        taken: list[tuple[float, float]] = []
        for u, v, year, weight in _counted(f, package, finish, counted):
            worth = derived_worth(benefits, package, b, year)
            mine[u].append((weight, weight * worth))
            rate = cn.bursts_new(b, v)
            taken.append((weight * rate, weight * worth * rate))
        old.append({u: (math.fsum(a for a, _ in parts), math.fsum(d for _, d in parts)) for u, parts in mine.items()})
        new[:, j] = math.fsum(a for a, _ in taken), math.fsum(d for _, d in taken)
    times = sorted({u for mine_of in old for u in mine_of})
    weights = np.array([[mine_of.get(u, (0.0, 0.0)) for mine_of in old] for u in times]).reshape(
        len(times), len(positions), 2)
    return _Sums(np.array(times), weights[:, :, 0], weights[:, :, 1], new[0], new[1])


def _counted(f: Factors, package: Package, finish: int, counted: int) -> Iterator[tuple[float, float, int, float]]:
    """What waits at u against what was renewed v years before, with the year and the weight: from the period after the
    finish, and what a late finish is credited."""
    spans, window = f.risk.benefits.spans, f.risk.benefits.windows[package.id]
    for span in (spans.after(window), spans.late(window, counted)):
        row = finish - window.first
        for i in np.flatnonzero(span.counts[row] & (span.years <= counted)).tolist():
            yield float(span.middles[i]), float(span.since[row, i]), int(span.years[i]), float(span.weights[i])


def derived_worth(benefits: Benefits, package: Package, b: Bursts, year: int) -> float:
    """What a burst is worth by derived quantities with a value."""
    return math.fsum(
        (1.0 if q.derived == "bursts" else b.lost or 0.0) * benefits.risk.values.at(q.id, package.region, year)
        for q in benefits.worth(package.id) if q.derived in OF_BURSTS and derives(q, package))


def _of_unit(benefits: Benefits, package: Package, quantity: str, finish: int) -> float:
    """What a unit of a quantity is worth: its flow, and what of it a late finish is credited."""
    window = benefits.windows[package.id]
    worth = float(benefits.unit(quantity, package.region, window).total[finish - window.first])
    if benefits.case.quantities[quantity].kind == "once":
        return worth
    late = benefits.late(package.id)
    credited = late.present(benefits.spans.flow(quantity, package.region, late))
    return worth + float(credited[finish - window.first].sum())
