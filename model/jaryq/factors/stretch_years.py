"""What the stretches renewed bring above the mean of their packages, by the years it falls in (docs/numbers.md:
Stretches)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from jaryq.case.case import Package
from jaryq.case.stretches import Renewed, Stretches
from jaryq.case.works import Bursts
from jaryq.factors.derive import Factors
from jaryq.factors.stretches import derived_worth, replaced_in

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Falling = Iterator[tuple[Whole, Array]]
"""Years, and what falls in each."""


def above_by_year(f: Factors, register: Stretches, renewed: Renewed) -> dict[int, float]:
    """Present value by year of what stretches bring above as many km that are as their package on average, bn KZT of
    the price year; over all years it is the sum of ``Plan.above``."""
    sums: dict[int, float] = defaultdict(float)
    ends = np.searchsorted(register.package[renewed.row], np.arange(len(register.packages) + 1))
    for i, key in enumerate(register.packages):
        if ends[i] == ends[i + 1]:
            continue
        here = slice(int(ends[i]), int(ends[i + 1]))
        row, finish, km = renewed.row[here], renewed.period[here].astype(np.int64), renewed.km[here]
        package = f.case.packages[key]
        for years, amounts in (*_of_bursts(f, register, package, (row, finish, km)),
                               *_of_quantities(f, register, package, (row, finish, km))):
            for year, amount in zip(years.tolist(), amounts.tolist(), strict=True):
                sums[year] += amount
    return {year: value for year, value in sorted(sums.items()) if value}


Entries = tuple[npt.NDArray[np.int32], Whole, Array]
"""Rows of the register, positions of the periods, km."""


def _of_bursts(f: Factors, register: Stretches, package: Package, entries: Entries) -> Falling:
    """What follows from bursts: of each entry, less that of as many km of the package."""
    b, benefits, (row, finish, km) = package.bursts, f.risk.benefits, entries
    if b is None:
        return
    more = benefits.risk.values.consequence(package.id, b) - b.consequence
    own, mean = np.ones(len(row)), np.full(len(row), -1.0)
    km, finish, sign = np.concatenate([km, km]), np.concatenate([finish, finish]), np.concatenate([own, mean])
    rate = np.concatenate([register.rate[row], np.full(len(row), b.rate)])
    each = np.concatenate([register.consequence[row], np.full(len(row), b.consequence)]) + more
    until = replaced_in(f, b, rate)
    for year in np.unique(until).tolist():
        here = until == year
        yield from _until(f, package, b, year, finish[here], (sign * km)[here], rate[here], each[here])


def _until(f: Factors, package: Package, b: Bursts, year: int, finish: Whole, km: Array, rate: Array,
           each: Array) -> Falling:
    """The same of entries that would be replaced in ``year``."""
    benefits = f.risk.benefits
    window = benefits.windows[package.id]
    counted = min(window.last, year - 1)
    for span in (benefits.spans.after(window), benefits.spans.late(window, counted)):
        at = np.flatnonzero(span.years <= counted)
        old = np.minimum(b.most, rate[:, None] * np.power(1.0 + b.growth, span.middles[at]))
        since = np.maximum(span.since[finish - window.first][:, at], 0.0)
        new = np.minimum(b.most, b.after * np.power(1.0 + b.growth, since))
        avoided = b.calibration * (old - new) * span.counts[finish - window.first][:, at]
        worth = np.array([derived_worth(benefits, package, b, one) for one in span.years[at].tolist()])
        yield span.falls[at], span.weights[at] * ((km * each) @ avoided + worth * (km @ avoided))


def _of_quantities(f: Factors, register: Stretches, package: Package, entries: Entries) -> Falling:
    """What follows from the stretches' own quantities with a value."""
    benefits, (row, finish, km) = f.risk.benefits, entries
    window = benefits.windows[package.id]
    for q, amounts in register.quantities.items():
        if not any(one.id == q for one in benefits.worth(package.id)):
            continue
        more = km * (amounts[row] - package.quantities.get(q, 0.0))
        unit = benefits.unit(q, package.region, window)
        yield unit.years, more @ unit.table[finish - window.first]
        if f.case.quantities[q].kind != "once":
            late = benefits.late(package.id)
            credited = late.present(benefits.spans.flow(q, package.region, late))
            yield late.falls, more @ credited[finish - window.first]
