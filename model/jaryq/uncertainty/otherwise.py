"""What a plan decides otherwise than another one: facilities that come in, that go out, that begin at another time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.uncertainty.ensemble import SOME
from jaryq.uncertainty.outcomes import Outcome

HALF = 0.5
"""From this share on a facility is taken; from so many years on a start is another one."""

SAME = 1e-6
"""Part of its size by which a figure may differ and be the same."""


@dataclass(frozen=True)
class Otherwise:
    """Facilities (variants of one are one) that the second plan takes and the first does not, the other way round, and
    those that both take and begin half a year or more apart, with both years."""

    comes: tuple[str, ...]
    goes: tuple[str, ...]
    moved: Mapping[str, tuple[float, float]]

    @property
    def nothing(self) -> bool:
        return not (self.comes or self.goes or self.moved)

    @property
    def every(self) -> frozenset[str]:
        """All facilities that are decided otherwise."""
        return frozenset((*self.comes, *self.goes, *self.moved))


def taken(assets: Mapping[str, Sequence[str]], plan: Outcome) -> dict[str, float | None]:
    """Facilities of which a plan does at least half, by whichever of their rows, with the mean year of their starts."""
    found: dict[str, float | None] = {}
    for asset, rows in assets.items():
        share = math.fsum(plan.shares.get(row, 0.0) for row in rows)
        if share >= HALF - SOME:
            dated = [row for row in rows if row in plan.years]
            parts = math.fsum(plan.shares[row] for row in dated)
            found[asset] = math.fsum(plan.shares[row] * plan.years[row] for row in dated) / parts if parts else None
    return found


def equally_good(first: Outcome, second: Outcome, keys: Sequence[str]) -> bool:
    """Whether there are both plans and all figures that they are judged by, ``keys``, are the same."""
    if first.figures is None or second.figures is None:
        return False
    return all(abs(second.figures[key] - first.figures[key]) <= SAME * max(1.0, abs(first.figures[key]))
               for key in keys)


def otherwise(assets: Mapping[str, Sequence[str]], first: Outcome, second: Outcome) -> Otherwise:
    """``assets``: the rows of each facility."""
    one, other = taken(assets, first), taken(assets, second)
    moved = {key: (before, after) for key in one if key in other
             for before, after in [(one[key], other[key])]
             if before is not None and after is not None and abs(after - before) >= HALF - SOME}
    return Otherwise(tuple(key for key in other if key not in one), tuple(key for key in one if key not in other),
                     moved)
