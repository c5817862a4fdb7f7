"""Bounds by linear programs with an opposite forced, in every leaf of the plan's tree: each from its own multipliers,
exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from jaryq.explain.bounds import Sides, at, leaves_of, of_sums, taken
from jaryq.explain.ground import Forced, Ground, Said
from jaryq.explain.opposites import Opposite, Rows
from jaryq.explain.shown import Shown
from jaryq.solve.leaves import Place, places

EXACT = 1.0
"""Effort of an exact bound, in entries of the matrix for each of them."""


@dataclass(frozen=True)
class Proved:
    """``stage``: the first that shuts the opposite out, or the last one, with its bound; none: there is no plan with
    the opposite at all."""

    stage: str
    bound: Fraction | None


@dataclass(frozen=True, eq=False)
class _Part:
    """An opposite in a leaf, and what the linear program says there; ``known``: stored multipliers have proved the leaf
    empty."""

    opposite: Opposite
    leaf: Place | None
    said: Said
    known: bool = False


class Programs:
    """The stages' linear programs, each made when it is first asked for. Their leaves are those of the tree of the last
    stage that has one: they cover every plan, of whatever stage."""

    def __init__(self, shown: Shown, ground: Ground, bases: dict[str, Any] | None = None, *,
                 rough: bool = False) -> None:
        """``bases``: where each stage's first linear program begins, kept for programs of the same shape;
        ``rough``: which leaves are empty is solved again, not computed from the tree."""
        self.shown, self.ground = shown, ground
        self._bases = {} if bases is None else bases
        self._rows = Rows(shown.program)
        self._forced: dict[str, Forced] = {}
        self._exact = 0.0
        with_tree = [name for name in shown.names if name in shown.solution.proof.trees]
        self._stage = with_tree[-1] if with_tree else ""
        found = tuple(places(shown.program, shown.solution.proof.trees[self._stage])) if with_tree else ()
        known = all(ground.column[j] >= 0 for leaf in found for columns, _, _ in leaf.sums.values() for j in columns)
        self.leaves: Sequence[Place | None] = found if known and found else (None,)
        self._empty = {id(bounded.place.node): bounded.before for bounded in leaves_of(shown, self._stage)
                       if bounded.empty} if known and found and not rough else {}

    @property
    def work(self) -> float:
        return sum(one.work for one in self._forced.values()) + self._exact

    def proved(self, opposite: Opposite, *, near: bool, first: str | None = None) -> Proved | None:
        """What shuts the opposite out, or (``near``) how near it comes in the last stage; None where the solver says
        nothing that holds. ``first``: a stage that is likely to."""
        shown = self.shown
        name = shown.names[-1]
        if first not in (None, name) and (alone := self._alone(str(first), opposite)) is not None:
            return alone
        while True:
            if name != shown.names[-1] and (alone := self._alone(name, opposite)) is not None:
                return alone
            parts = self._parts(name, opposite, self.leaves)
            if parts is None or any(part.said.value is None for part in parts):
                return None
            least = min(part.said.value for part in parts if part.said.value is not None)
            if least < np.inf:
                if not near and least <= shown.most(name):
                    return None
                bounds = [self._exactly(name, part) for part in parts]
                if any(bound is False for bound in bounds):
                    return None
                return Proved(name, min(bound for bound in bounds if isinstance(bound, Fraction)))
            # Empty: the last stage before that the proofs speak of shuts it out.
            spoken = [stage for stage in shown.names if any(part.said.before.get(stage, 0.0) > 0.0 for part in parts)]
            if not spoken:
                return None if any(self._exactly(name, part) is False for part in parts) else Proved(name, None)
            name = spoken[-1]

    def _alone(self, name: str, opposite: Opposite) -> Proved | None:
        """What shuts the opposite out in an earlier stage without leaves; None where that says too little."""
        parts = self._parts(name, opposite, (None,))
        if parts is None or any(part.said.value is None or not self.shown.most(name) < part.said.value < np.inf
                                for part in parts):
            return None
        least = min(Fraction(self._exactly(name, part)) for part in parts)
        return Proved(name, least) if least > self.shown.most(name) else None

    def _parts(self, name: str, opposite: Opposite, leaves: Sequence[Place | None]) -> list[_Part] | None:
        here = self.ground.opposite(opposite)
        if here is None:
            return None
        if name not in self._forced:
            self._forced[name] = Forced(self.shown, self.ground, name,
                                        [leaf for leaf in self.leaves if leaf is not None], self._bases)
        forced = self._forced[name]
        ways = forced.rows.ways(here)
        found = []
        for leaf in leaves:
            if leaf is not None and name == self._stage and id(leaf.node) in self._empty:
                said = Said(np.inf, np.zeros(0), self._empty[id(leaf.node)], {})
                found.append(_Part(opposite, leaf, said, known=True))
                continue
            found += [_Part(part, leaf, forced.at(way, leaf))
                      for part, way in zip(self._ways(opposite, len(ways)), ways, strict=True)]
        return found

    def _ways(self, opposite: Opposite, count: int) -> Sequence[Opposite]:
        """The opposite, way by way, with what its row says of others: they are nothing."""
        ways = self._rows.ways(opposite)
        if len(ways) != count:
            return [opposite] * count
        return [replace(opposite, off=tuple(set(way.off)), on=way.one or opposite.on) for way in ways]

    def _exactly(self, name: str, part: _Part) -> Fraction | bool:
        """The bound, or whether it is proved that there is no plan."""
        shown, said, leaf = self.shown, part.said, part.leaf
        if part.known:
            return True
        sides = None if leaf is None else leaf.bounds(shown.program)
        if said.rows.size == 0:
            # A bound of a column contradicts another.
            return sides is not None and (bool(np.any(sides[0] > sides[1])) or at_none(shown, part.opposite, sides))
        self._exact += EXACT * self.shown.program.matrix.nnz
        nothing = said.value == np.inf
        more = [] if leaf is None else of_sums(shown, leaf, said.sums)
        made = taken(shown, name, said.rows, said.before, more, nothing=nothing, sides=sides)
        bound = at(shown, made, part.opposite, sides)
        if bound is None:
            return True
        return bound > made.room if nothing else bound


def at_none(shown: Shown, opposite: Opposite, sides: Sides) -> bool:
    """Whether the bounds of columns leave no plan with the opposite."""
    lower, upper = sides
    on = [j for j in opposite.on if upper[j] > 0.0]
    return (any(lower[j] > 0.0 for j in opposite.off) or (bool(opposite.on) and not on)
            or sum(1 for j in on if lower[j] > 0.0) > 1)
