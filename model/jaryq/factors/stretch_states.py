"""What a plan leaves and changes by year, told of stretches beside what as many km of their package on average do
(docs/numbers.md: Stretches)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from jaryq.case.case import Package
from jaryq.case.quantities import Quantity
from jaryq.case.scope import derives
from jaryq.case.stretches import Renewed, Stretches
from jaryq.factors.derive import Factors
from jaryq.factors.quantities import years_of
from jaryq.factors.stretch_targets import Array, avoided_beside, counted_in, of_package
from jaryq.factors.stretches import OF_BURSTS

Whole = npt.NDArray[np.int64]
Pair = tuple[float, float]
"""With the plan, and if nothing more were done."""


@dataclass(frozen=True)
class Beside:
    """Beside the means of packages: bursts of a year and km x wear on its 31 December, by package and year; amounts of
    quantities by quantity, package and year, in their units (with nothing done: 0)."""

    failures: Mapping[tuple[str, int], Pair] = field(default_factory=dict)
    worn: Mapping[tuple[str, int], Pair] = field(default_factory=dict)
    amounts: Mapping[tuple[str, str, int], float] = field(default_factory=dict)


NOTHING = Beside()


def beside_by_year(f: Factors, renewed: Renewed | None) -> Beside:
    """What stretches and those that are renewed add; nothing where that is not known."""
    register = f.case.stretches
    if register is None or renewed is None:
        return NOTHING
    failures, worn = dict[tuple[str, int], Pair](), dict[tuple[str, int], Pair]()
    amounts: dict[tuple[str, str, int], float] = defaultdict(float)
    order = np.argsort(renewed.row, kind="stable")
    rows, periods, km = renewed.row[order].astype(np.int64), renewed.period[order].astype(np.int64), renewed.km[order]
    for key, at in register.slices.items():
        package, positions = f.case.packages[key], [f.works.position[t] for t in f.works.open[key]]
        mine = slice(*np.searchsorted(rows, (at.start, at.stop)).tolist())
        done = rows[mine], np.searchsorted(positions, periods[mine]), km[mine]
        for year in f.case.settings.years:
            for measure, into in (("failures", failures), ("wear", worn)):
                own, waits = of_package(f, register, (measure, "", year, year), package, positions)
                idle = float(register.km[at] @ waits)
                into[key, year] = idle + float(own[done[0] - at.start, done[1]] @ done[2]), idle
        if len(done[0]):
            for q, year, amount in _changed(f, register, package, positions, done):
                amounts[q, key, year] += amount
    return Beside(failures, worn, amounts)


def _changed(f: Factors, register: Stretches, package: Package, positions: list[int],
             done: tuple[Whole, Whole, Array]) -> Iterator[tuple[str, int, float]]:
    """What the stretches renewed (rows, places in ``positions``, km) change of quantities beside the package."""
    row, place, km = done
    for key, q in f.case.quantities.items():
        if key in register.quantities:
            more = km * (register.quantities[key][row] - package.quantities.get(key, 0.0))
            for year in years_of(f, key):
                times = np.array([counted_in(f, key, p, year, year) for p in positions])
                yield key, year, float(more @ times[place])
        yield from _of_bursts(f, register, package, positions, q, done)


def _of_bursts(f: Factors, register: Stretches, package: Package, positions: list[int], q: Quantity,
               done: tuple[Whole, Whole, Array]) -> Iterator[tuple[str, int, float]]:
    row, place, km = done
    if q.derived not in OF_BURSTS or not derives(q, package) or package.bursts is None:
        return
    size = 1.0 if q.derived == "bursts" else package.bursts.lost or 0.0
    for year in years_of(f, q.id):
        more = avoided_beside(f, package, package.bursts, register.rate[row], positions, (year, year))
        yield q.id, year, size * float(more[np.arange(len(row)), place] @ km)
