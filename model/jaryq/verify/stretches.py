"""What a plan renews of its stretches, checked again (docs/numbers.md, Stretches)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum

import numpy as np

from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.stretches import NO_STREET, Renewed, Stretches
from jaryq.verify.calendar import Calendar
from jaryq.verify.finding import NOTHING, Finding, Ledger, measure, restated
from jaryq.verify.streets import in_places
from jaryq.verify.stretch_state import Rows, State
from jaryq.verify.stretch_targets import Changes
from jaryq.verify.stretch_values import Worths
from jaryq.verify.targets import UNITS_OF

KM = 1e-6
"""A stretch is cut where more than these km of it are renewed, and more are not."""


@dataclass(frozen=True)
class Stated:
    """What a plan says of its stretches: how many there are, ``value`` (sum of ``b x``), how many are ``cut`` (renewed
    in part, or in several periods), and the mean ``wear`` of those of each package after the last year."""

    count: float
    value: float
    cut: float
    wear: Mapping[str, float] = field(default_factory=dict)


def verify_stretches(case: Case, renewed: Renewed, plan: Plan, stated: Stated) -> tuple[Finding, ...]:
    """One finding for each rule of stretches. Raises ValueError for a case without stretches."""
    stretches = case.stretches
    if stretches is None:
        raise ValueError("a case without stretches")
    periods = [period.label for period in case.periods]
    rows, worths, ledger = Rows.of(renewed, stretches, len(periods)), Worths(case), Ledger()
    done = np.bincount(rows.row, weights=rows.km, minlength=len(stretches))
    over = done - stretches.km
    worst = int(np.argmax(over)) if len(over) else 0
    cells = np.zeros((len(stretches.packages), len(periods)))
    np.add.at(cells, (stretches.package[rows.row], rows.period), rows.km)
    value, size = [], []
    for place, (key, at) in enumerate(stretches.slices.items()):
        opened, mine = worths.open(case.packages[key]), rows.within(at)
        b = worths.of(key, stretches)[rows.row[mine] - at.start, rows.period[mine]] if mine.stop > mine.start \
            else np.zeros(0)
        worth = np.where(np.isfinite(b), b, 0.0) * rows.km[mine]
        value.append(fsum(worth))
        size.append(fsum(np.abs(worth)))
        gained = np.bincount(rows.period[mine], weights=worth, minlength=len(periods))
        means = worths.mean(key)
        for t, label in enumerate(periods):
            where, km, written = f"{key}, {label}", float(cells[place, t]), plan.renew.get((key, label), 0.0)
            ledger.note("stretch_sums", where, km, "=", written, "km", km)
            if t not in opened:
                ledger.none("stretch_open", where, abs(km), "km")
            mean = float(means[t]) * written
            ledger.add(restated("stretch_above", where, plan.above.get((key, label), 0.0), float(gained[t]) - mean,
                                     BILLION, abs(float(gained[t])) + abs(mean)))
    _wear(case, renewed, stated.wear, ledger)
    _apart(case, plan, rows, ledger)
    if in_places(case):
        _places(case, stretches, rows, plan, ledger)
    several = np.bincount(rows.row[rows.km > 0.0], minlength=len(stretches))
    cut = (several > 1) | ((done > KM) & (done < stretches.km - KM))
    return (
        measure("stretch_known", rows.strange, float(rows.unknown), "=", 0.0, "number", tolerance=NOTHING),
        measure("stretch_least", "", float(rows.km.min()) if len(rows.km) else 0.0, ">=", 0.0, "km",
                tolerance=NOTHING),
        measure("stretch_length", "/".join(stretches.key(worst)) if len(over) else "",
                float(done[worst]) if len(over) else 0.0, "<=", float(stretches.km[worst]) if len(over) else 0.0, "km"),
        *ledger.of("stretch_sums", "stretch_open", "stretch_above", "stretch_wear", "stretch_apart",
                   *(["stretch_place"] if in_places(case) else [])),
        restated("stretch_value", "", stated.value, fsum(value), BILLION, fsum(size)),
        measure("stretch_count", "", stated.count, "=", float(len(stretches)), "number", tolerance=NOTHING),
        measure("stretch_cut", "", stated.cut, "=", float(np.count_nonzero(cut)), "number", tolerance=NOTHING),
    )


def _wear(case: Case, renewed: Renewed, stated: Mapping[str, float], ledger: Ledger) -> None:
    """Wear after the last year, by length of the stretches: told of each package that has a wear, and of no other."""
    state = State(case, renewed, Calendar.of(case.settings))
    known = {key for key in state.stretches.packages if case.packages[key].wear is not None}
    for key in sorted({*known, *stated}):
        found = state.mean_wear(case.packages[key], case.settings.last_year) if key in known else math.nan
        ledger.add(restated("stretch_wear", key, stated.get(key, math.nan), found, "share"))


def _apart(case: Case, plan: Plan, rows: Rows, ledger: Ledger) -> None:
    """What the stretches renewed change of the measure of each target beside their means."""
    changes, known = Changes(case), {target.id for target in case.targets}
    for target in case.targets:
        found = changes.sums(target, rows)
        if found[1] or target.id in plan.apart:
            ledger.add(restated("stretch_apart", f"apart[{target.id}]", plan.apart.get(target.id, 0.0), found[0],
                                     UNITS_OF[target.measure], found[1]))
    for key in sorted(plan.apart.keys() - known):
        ledger.note("stretch_apart", f"apart[{key}]", plan.apart[key], "=", math.nan, "number")


def _places(case: Case, stretches: Stretches, rows: Rows, plan: Plan, ledger: Ledger) -> None:
    """What two packages share in a period is renewed of stretches that lie together: the same part of both."""
    for trench in in_places(case):
        for t, period in enumerate(case.periods):
            joint = plan.joint.get((trench.id, period.label), 0.0)
            if joint:
                one, other = (_by_place(stretches, rows, key, t) for key in (trench.package, trench.other))
                together = fsum(min(length, other[place][1]) * min(part, other[place][0])
                                for place, (part, length) in one.items() if place in other)
                ledger.note("stretch_place", f"joint[{trench.id},{period.label}]", joint, "<=", together, "km")


def _by_place(stretches: Stretches, rows: Rows, key: str, period: int) -> dict[int, tuple[float, float]]:
    """The part of each stretch of a package that is renewed in a period, and its km, by place of a street."""
    mine = rows.within(stretches.slices[key])
    here = mine.start + np.flatnonzero(rows.period[mine] == period)
    row, km = rows.row[here], rows.km[here]
    return {int(place): (float(done) / float(length), float(length))
            for place, done, length in zip(stretches.places[row], km, stretches.km[row], strict=True)
            if place != NO_STREET}
