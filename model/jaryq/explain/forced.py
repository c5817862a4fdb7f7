"""Bounds by linear programs with an opposite forced: each stage from its own multipliers, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from jaryq.explain.bounds import at, taken
from jaryq.explain.ground import Forced, Ground
from jaryq.explain.opposites import Opposite, Way
from jaryq.explain.shown import Shown


@dataclass(frozen=True)
class Proved:
    """A bound; none: there is no such plan (``cannot``: whatever it misses in earlier stages)."""

    bound: Fraction | None
    cannot: bool = False


class Programs:
    """The stages' linear programs, each made when it is first asked for."""

    def __init__(self, shown: Shown, ground: Ground) -> None:
        self.shown, self.ground = shown, ground
        self._forced: dict[str, Forced] = {}

    @property
    def work(self) -> float:
        return sum(one.work for one in self._forced.values())

    def bound(self, name: str, opposite: Opposite) -> Proved | None:
        """What the stage is at best with the opposite; None where the solver says nothing that holds."""
        here = self.ground.opposite(opposite)
        if here is None:
            return None
        if name not in self._forced:
            self._forced[name] = Forced(self.shown, self.ground, name)
        forced = self._forced[name]
        ways = forced.rows.ways(here)
        found = [self._of_way(forced, part, way) for part, way in zip(self._parts(opposite, len(ways)), ways,
                                                                        strict=True)]
        told = [one for one in found if one is not None]
        if len(told) < len(found):
            return None
        least = [one.bound for one in told if one.bound is not None]
        return Proved(min(least)) if least else Proved(None, all(one.cannot for one in told))

    def _parts(self, opposite: Opposite, count: int) -> Sequence[Opposite]:
        """The opposite, way by way."""
        if count == 1:
            return [opposite]
        on = [j for j in opposite.on if self.shown.program.col_upper[j] > 0.0]
        return [replace(opposite, off=(*opposite.off, *(o for o in opposite.on if o != j)), on=(j,)) for j in on]

    def _of_way(self, forced: Forced, opposite: Opposite, way: Way) -> Proved | None:
        outcome, told = forced.at(way)
        if told is None:
            return None
        rows, before = told
        if outcome.stop != "infeasible":
            return Proved(at(self.shown, taken(self.shown, forced.name, rows, before), opposite))
        proof = at(self.shown, taken(self.shown, forced.name, rows, before, nothing=True), opposite)
        if proof is not None and proof <= 0:
            return None
        return Proved(None, not any(m > 0.0 for m in before.values()))

