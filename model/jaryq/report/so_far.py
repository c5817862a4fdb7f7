"""What a source may have paid of a project to the end of each year, where its largest share holds of what the project
has cost so far (docs/numbers.md: Money)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate

from jaryq.report.amounts import Amounts

CLOSE = 1e-6
"""Less than a thousand tenge is nothing (bn)."""


def cost_so_far(found: Amounts, p: str) -> dict[int, float]:
    """What a project has cost by the end of each planned year, with what was spent on it before them, bn KZT."""
    before = found.factors.money.spent_before.get(p, 0.0)
    return _summed(found, {y: found.outlay.get((p, y), 0.0) for y in found.years}, before)


def paid_so_far(found: Amounts, s: str, p: str) -> dict[int, float]:
    """What a source has paid of it by then, with what it paid before, bn KZT."""
    paid: dict[int, float] = {}
    for source, year, amount in found.draws_of.get(p, ()):
        if source == s:
            paid[year] = paid.get(year, 0.0) + amount
    return _summed(found, paid, found.factors.money.paid_before.get((s, p), 0.0))


def _summed(found: Amounts, by_year: Mapping[int, float], before: float) -> dict[int, float]:
    sums = accumulate((by_year.get(y, 0.0) for y in found.years), initial=before)
    next(sums)
    return dict(zip(found.years, sums, strict=True))


def left_of_share(found: Amounts, s: str, p: str) -> dict[int, float]:
    """What its largest share of what a project has cost by the end of each planned year leaves a source to pay, bn KZT:
    in the last one what it leaves of all; nothing where it has no such share."""
    share = found.factors.bounds.share_most.get((s, p))
    if share is None:
        return {}
    cost, paid = cost_so_far(found, p), paid_so_far(found, s, p)
    return {y: share * cost[y] - paid[y] for y in found.years}


def left_so_far(found: Amounts, s: str, p: str) -> dict[int, float]:
    """The same where the share holds so far, else nothing."""
    return left_of_share(found, s, p) if found.case.sources[s].share_holds == "so_far" else {}


def more_in(found: Amounts, s: str, p: str, year: int) -> float:
    """What more a source could pay for a project in a year: it counts then and in each later one. Infinite where the
    share does not hold so far."""
    return max(min((left for y, left in left_so_far(found, s, p).items() if y >= year), default=math.inf), 0.0)


def keeps(found: Amounts, s: str, p: str, more: Mapping[int, float]) -> bool:
    """Whether a source may pay so much ``more`` for a project, by year."""
    return all(math.fsum(amount for u, amount in more.items() if u <= y) <= left + CLOSE
               for y, left in left_so_far(found, s, p).items())
