"""What more of a limit, or all money of a source twice, buys: what is done, and in whose place it pays
(docs/numbers.md, What if)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.api.again import At, Standing
from jaryq.api.curve import next_steps
from jaryq.api.whatifs import changes_of, less_of, more_in, moved_of, of_partner
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.home import HOME_CURRENCY
from jaryq.explain.dials import Dial
from jaryq.formulation.assemble import limits
from jaryq.solve.prices import slack_of
from jaryq.solve.solution import WhatIf

LEAST = 0.5
"""Bn KZT from which a source is said to be drawn less."""


@dataclass(frozen=True)
class Bought:
    """What was asked: all money of a source or partner twice (``double``), or a limit looser by ``amount`` (``more``),
    nothing where no plan holds it. ``left``: so much of the limit is unused as it is. ``less``: what is drawn less of
    sources, bn KZT (nominal), the most first. ``year``: of a ceiling at home, and ``best`` one bn KZT more in it of
    each ceiling that is used up, the best first; nothing where none is."""

    asked: WhatIf | None
    left: float = 0.0
    less: Mapping[str, float] | None = None
    year: int | None = None
    best: tuple[WhatIf, ...] = ()


def bought(standing: Standing, found: Dial) -> Bought | None:
    """Of the limit or the money that is called so; nothing of a target. Raises NoPlan, Infeasible where the plan as it
    stands has none."""
    f = standing.accepted.factors
    limit = found.limits[0]
    if limit.kind == "target" or not found.now:
        return None
    if len(found.limits) > 1:
        paid_by = (found.name,) if found.name in f.case.sources else of_partner(standing, found.name)
        if not paid_by:
            return None
        at = _reached(standing, found, 2.0 * found.now)
        if at is None:
            return Bought(None)
        twice = WhatIf("double", found.name, "", 2.0, changes_of(standing, at.values),
                       works=moved_of(standing, at, paid_by=paid_by))
        return Bought(twice, less=_less(standing, at))
    left = slack_of(standing.program, standing.warm.base.x, limit)
    left = 0.0 if left is None or not math.isfinite(left) or left <= 1e-6 * max(1.0, limit.value) else left
    home = limit.kind == "ceiling" and f.case.sources[limit.index[0]].currency == HOME_CURRENCY
    step = 1.0 if home else next_steps(found)[0]
    at = _reached(standing, found, found.now + found.loosens * step)
    asked = None if at is None else WhatIf("more", limit.index[1] if home else "", limit.name, step,
                                           changes_of(standing, at.values),
                                           works=moved_of(standing, at, paid_by=limit.index[:1] if home else ()))
    if not home:
        return Bought(asked, left)
    return Bought(asked, left, year=int(limit.index[1]), best=bought_in(standing, int(limit.index[1])))


def bought_in(standing: Standing, year: int) -> tuple[WhatIf, ...]:
    """One bn KZT more in a year of each ceiling at home that is used up, the best first."""
    return tuple(more_in(standing, {limit.name: limit for limit in limits(standing.accepted.factors)}, year)[1])


def _reached(standing: Standing, found: Dial, value: float) -> At | None:
    try:
        if len(found.limits) == 1:
            return standing.moved(found.limits[0], value)
        return standing.reached(found.factors(standing.accepted.factors, value))
    except (Infeasible, NoPlan):
        return None


def _less(standing: Standing, at: At) -> dict[str, float]:
    """By how much less each source pays than in the plan as it stands."""
    less = less_of(standing, at)
    return {source: by for source, by in sorted(less.items(), key=lambda one: (-one[1], one[0])) if by >= LEAST}
