"""What must be done: which rows a commitment may be met by, and whether any of them can be done at all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.once import once
from jaryq.factors.derive import Factors
from jaryq.rules.crews import crew_most
from jaryq.rules.reach import TOLERANCE, Given, draws_by_year, money_together, payable_share


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
    if f.case.facilities[p].overnight > 0 and (payable_share(f, p, f.bounds.pays[p]) < 1 - TOLERANCE
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


@once
def rows_for(f: Factors) -> Mapping[str, Sequence[str]]:
    """The resource rows that each facility needs."""
    found: dict[str, dict[str, None]] = {}
    for row in f.case.crews:
        for p, _ in f.works.crew_need[row.id]:
            found.setdefault(p, {})[row.id] = None
    return {p: tuple(rows) for p, rows in found.items()}


def lacking_crews(f: Factors, p: str) -> tuple[float, float, float, str, str] | None:
    """Of the start that lacks least: crews too few, needed and there, resource and period; None if some start lacks
    none."""
    lacking: list[tuple[float, float, float, str, str]] = []
    rows = rows_for(f).get(p, ())
    for start in f.works.starts[p]:
        over = [
            (need - there, need, there, w, t)
            for w in rows
            for t, need in f.works.crew_need[w].get((p, start.period.label), {}).items()
            if (w, t) in f.works.rooms.own and need > (there := crew_most(f, w, t)) + TOLERANCE * max(1.0, abs(there))
        ]
        if not over:
            return None
        lacking.append(max(over))
    return min(lacking, default=None)
