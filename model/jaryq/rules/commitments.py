"""What must be done: which rows a commitment may be met by, and whether any of them can be done at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.once import once_for
from jaryq.factors.derive import Factors
from jaryq.rules.affordable import TOLERANCE, Given, draws_by_year, money_together, must, payable
from jaryq.rules.crews import crews_most, works_of


def binding(f: Factors, p: str) -> bool:
    """Whether what keeps facility ``p`` from being done keeps a commitment from being met: no other row that would meet
    it can be done."""
    facility = f.case.facilities[p]
    rows = f.case.any_of(facility.asset)
    if p not in rows:
        return facility.must
    given = draws_by_year(f)
    return not any(possible(f, q, given) for q in rows if q != p)


def possible(f: Factors, p: str, given: Given) -> bool:
    """Whether a facility has a start, sources that can pay for all of it, and crews: each limit alone. ``given``: of
    ``draws_by_year``."""
    if not f.works.starts[p]:
        return False
    whole = f.case.settings.whole
    if f.case.facilities[p].overnight > 0 and (payable(f)[p] < 1 - TOLERANCE
                                               or (whole and paid_at_best(f, p, given) < 1 - TOLERANCE)):
        return False
    return not (whole and lacking_crews(f, p))


def paid_at_best(f: Factors, p: str, given: Given) -> float:
    """Largest share of a facility's cost that its sources have money for in the years of one of its starts."""
    best = 0.0
    for start in f.works.starts[p]:
        best = max(best, _paid(f, p, start.period.label, given))
        if best > 1 - TOLERANCE:
            break
    return best


def _paid(f: Factors, p: str, period: str, given: Given) -> float:
    """The same for one start: year by year, and over all its years."""
    outlay = f.money.outlay[p, period]
    total = math.fsum(outlay.values())
    if total <= 0:
        return 1.0
    by_year = sum(min(amount, given.get((p, u), 0.0)) for u, amount in outlay.items())
    return min(by_year, money_together(f, f.bounds.pays[p], min(outlay), max(outlay))) / total


@once_for(works_of)
def rows_for(f: Factors) -> Mapping[str, Sequence[str]]:
    """The resource rows that each facility needs."""
    found: dict[str, dict[str, None]] = {}
    for row in f.case.crews:
        for p, _ in f.works.crew_need[row.id]:
            found.setdefault(p, {})[row.id] = None
    return {p: tuple(rows) for p, rows in found.items()}


Lacking = tuple[float, float, float, str, str]


def lacking_crews(f: Factors, p: str) -> Lacking | None:
    """Of the start that lacks least: crews too few, needed and there, resource and period; None if some start lacks
    none."""
    known = _lacking_found(f)
    if p not in known:
        known[p] = _lacking(f, p)
    return known[p]


@once_for(works_of)
def _lacking_found(f: Factors) -> dict[str, Lacking | None]:
    """What ``lacking_crews`` has found so far: it follows from the works alone."""
    del f
    return {}


def _lacking(f: Factors, p: str) -> Lacking | None:
    lacking: list[Lacking] = []
    rows, most = rows_for(f).get(p, ()), crews_most(f)
    for start in f.works.starts[p]:
        over = [
            (need - there, need, there, w, t)
            for w in rows
            for t, need in f.works.crew_need[w].get((p, start.period.label), {}).items()
            if (w, t) in f.works.rooms.own and need > (there := most[w, t]) + TOLERANCE * max(1.0, abs(there))
        ]
        if not over:
            return None
        lacking.append(max(over))
    return min(lacking, default=None)


def exceeds(value: float, limit: float) -> bool:
    return value > limit + TOLERANCE * max(1.0, abs(limit))


@dataclass(frozen=True)
class Stretch:
    """The periods ``first..last`` in which works that must be done lack most crews: the crew-years they need and those
    there are, and the works, those that need most first."""

    first: int
    last: int
    need: float
    there: float
    busy: Sequence[str]


@once_for(works_of)
def crews_at_worst(factors: Factors) -> Mapping[str, Stretch]:
    """By resource row with too few crews for what must be done. It follows from the works alone."""
    case, bound, most = factors.case, must(factors), crews_most(factors)
    found: dict[str, Stretch] = {}
    for crew in case.crews:
        needs = factors.works.crew_need[crew.id]
        busy_here = {p for p, _ in needs}
        mine = [rows for rows in bound if not busy_here.isdisjoint(rows)] if busy_here else []
        worst: tuple[float, float, int, int, dict[str, float]] = (0.0, 0.0, 0, 0, {})
        starts = {rows[0]: [needs.get((p, start.period.label), {}) for p in rows for start in factors.works.starts[p]]
                  for rows in mine}
        for first in range(len(case.periods)) if mine else ():
            there, sums = 0.0, {key: [0.0] * len(each) for key, each in starts.items()}
            for last in range(first, len(case.periods)):
                label = case.periods[last].label
                if case.periods[last].year not in crew.capacity:
                    break
                there += most[crew.id, label]
                for key, each in starts.items():
                    sums[key] = [before + by_period.get(label, 0.0)
                                 for before, by_period in zip(sums[key], each, strict=True)]
                need = {key: min(amounts) for key, amounts in sums.items()}
                total = sum(need.values())
                if exceeds(total, there) and total - there > worst[0]:
                    worst = (total - there, there, first, last, need)
        excess, there, first, last, need = worst
        busy = sorted((p for p in need if need[p] > 0), key=lambda p: (-need[p], p))
        if excess > 0 and (len(busy) > 1 or not case.settings.whole):
            found[crew.id] = Stretch(first, last, sum(need.values()), there, busy)
    return found
