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
