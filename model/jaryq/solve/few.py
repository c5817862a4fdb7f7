"""The best whole plan where a handful of choices are in part: a tree of linear programs, ties settled.

A whole search looks for cuts at its root first, which takes a hundred times as long as one linear program. Where the
relaxation has only a few facilities in part, splitting them one after the other ends after some hundred linear programs
of a few steps each. Best node first, from there down to a whole point (Land and Doig 1960). Of plans that cost the same
the one with the earlier starts is taken, then the one nearer to what the relaxation does: each node that costs as much
as the best plan is looked at on the face of its best points.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jaryq.solve.dive import PART, groups, places
from jaryq.solve.highs import DEVEX, DUAL, Outcome, Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.reduced import reduced
from jaryq.solve.stages import Face

FEW, PROGRAMS = 20, 160
"""Choices that the relaxation may have in part, and linear programs that the tree may take: with more of either it most
often does not end, and the cuts of a whole search are worth their time, unless its best point is good enough."""

PROBE, HOPE = 100, 0.05
"""After so many linear programs the least bound must have come this part of the way from the root to the best point,
unless that is good enough; a point that is, is looked at further as long as it took to find it. Measured on sixteen
scenarios of the shipped case: of the trees that neither ended nor had a good point in 250 one had no point after a
hundred, three had come a hundredth of the way, one a quarter; one that had come 6.5 % had a good point soon after."""

SAME = 1e-6
"""Costs nearer than this are the same (the stage's largest cost being 100); also sums of positions of starts."""

TIE = "tie"

LESS = 0.01
"""What all of a choice that the relaxation does not have weighs against a start that is one period later."""

Ends = tuple[tuple[int, float], ...]
"""Columns, and where a path of splits fixes them."""


@dataclass(frozen=True, eq=False)
class _Node:
    """A path of splits with what the linear program says there, and its basis."""

    ends: Ends
    said: Outcome
    basis: Any


@dataclass(frozen=True, eq=False)
class _Best:
    """The best whole point so far: its cost, what it costs as a tie, where it is."""

    cost: float
    tie: float
    x: Array


class Few:
    """The tree of a program, most of whose whole-valued columns are fixed. ``seconds`` spent in the solver,
    ``programs`` solved. A point of at most ``target``, or within the stage's gap of the bound, is good enough where the
    tree does not end."""

    def __init__(self, program: LinearProgram, stage: str, limits: Limits, target: float = -np.inf) -> None:
        self.limits = limits
        self.reduced = reduced(program)
        self.program = self.reduced.program
        (vector, constant), unit = self.program.objectives[stage], program.unit(stage)
        self.cost, self.target = vector * unit, unit * (target - constant)
        self.gap = unit * limits.gaps[stage].size if stage in limits.gaps else 0.0
        self.solver = Solver(self.program, seed=limits.seed)
        self.solver.minimise(self.cost)
        self.ties: Solver | None = None
        self.at = list(groups(self.program).values())
        self.programs = 0
        self._wide = False
        self._root = self._bound = -np.inf
        self._best: _Best | None = None
        self._found = 0

    @property
    def seconds(self) -> float:
        return self.solver.seconds + (self.ties.seconds if self.ties else 0.0)

    @property
    def cut(self) -> bool:
        """Whether the tree was left before its end, and its best point is not good enough."""
        return self._left and not self._enough

    @property
    def _left(self) -> bool:
        """Whether the tree is not to grow: too much is in part, it has taken the linear programs or the work there are,
        there is no hope, or a point that is good enough is not bettered."""
        return (self._wide or self.programs >= PROGRAMS or self.limits.left <= 0.0 or self._hopeless
                or self._not_bettered)

    @property
    def _enough(self) -> bool:
        return self._best is not None and self._best.cost <= max(self.target, self._bound + self.gap)

    @property
    def _not_bettered(self) -> bool:
        """Whether a point that is good enough still is the best after as many linear programs more as it took to find
        it, and PROBE in all."""
        return self._enough and self.programs >= max(PROBE, 2 * self._found)

    @property
    def _hopeless(self) -> bool:
        """Whether after the first linear programs there is no point, or the bound has hardly moved towards the best."""
        if self.programs < PROBE or self._enough:
            return False
        return self._best is None or self._bound - self._root < HOPE * (self._best.cost - self._root)

    def best(self) -> Array | None:
        """The best whole point; nothing if there is none, if too much is in part, or if none was found with the linear
        programs there are. Where the tree was ``cut``, another point may be better than is good enough."""
        root = self._node((), None)
        if root is None:
            return None
        self._wide = sum(_in_part(root.said.x[columns]) for columns in self.at) > FEW
        self.program = replace(self.program, objectives={TIE: (self._tie(root.said.x), 0.0)})
        self.solver.option("presolve", "off")
        self.solver.option("simplex_strategy", DUAL)
        self.solver.option("simplex_dual_edge_weight_strategy", DEVEX)
        waiting = [(root.said.objective, 0, root)]
        self._root = root.said.objective
        while waiting and not self._left:
            # All that is open costs at least as much as the node with the least value, below which a dive begins.
            self._bound, _, node = heapq.heappop(waiting)
            while following := self._branches(node):
                node, *others = following
                for other in others:
                    heapq.heappush(waiting, (other.said.objective, self.programs, other))
        return None if self._best is None else self.reduced.of(self._best.x)

    def _tie(self, x: Array) -> Array:
        """What choices cost where all else is the same."""
        later = np.maximum(places(self.program), 0.0)
        return np.where(self.program.whole, later + LESS * (1.0 - x), 0.0)

    def _beaten(self, node: _Node) -> bool:
        """Whether no point below a node costs as little as the best one."""
        return self._best is not None and node.said.objective > self._best.cost + SAME

    def _branches(self, node: _Node) -> list[_Node]:
        """The nodes below one, the better one first; none where its best point is whole, which is kept if it is the
        best so far, and where no point below can be."""
        if self._beaten(node) or self._left:
            return []
        x = node.said.x
        columns = self._most_in_part(x)
        if columns is None or (self._best is not None and node.said.objective > self._best.cost - SAME):
            settled = self._settled(node)
            if settled is None:
                return []
            columns = self._most_in_part(x := settled.x)
            if columns is None:
                self._best, self._found = _Best(node.said.objective, settled.objective, x), self.programs
                return []
        found = [made for ends in _split(columns, x) if (made := self._node((*node.ends, *ends), node.basis))]
        return sorted((made for made in found if not self._beaten(made)), key=lambda made: made.said.objective)

    def _most_in_part(self, x: Array) -> list[int] | None:
        """The choice that is furthest from decided."""
        apart = [float(np.minimum(x[columns], 1.0 - x[columns]).max()) for columns in self.at]
        return self.at[int(np.argmax(apart))] if max(apart, default=0.0) > PART else None

    def _node(self, ends: Ends, basis: Any) -> _Node | None:
        """What the linear program says with columns fixed; nothing if it has no point, or there are to be no more."""
        if self._left:
            return None
        self.programs += 1
        self.solver.column_bounds(*self._bounds(ends))
        if basis is not None:
            self.solver.start_from(basis)
        said = self.solver.run()
        self.limits.spent.linear(said, self.program)
        return _Node(ends, said, self.solver.basis()) if said.is_best else None

    def _settled(self, node: _Node) -> Outcome | None:
        """The point of a node at which ties are settled among those that cost the same; nothing if the best point so
        far is as good."""
        if self.ties is None:
            self.ties = Solver(self.program, presolve=False)
            self.ties.minimise(self.program.objectives[TIE][0])
        lower, upper = self._bounds(node.ends)
        held = self.program.with_bounds(col_lower=lower, col_upper=upper)
        self.ties.bounds_of(Face.whole(held).after(held, node.said).of(held))
        self.ties.start_from(node.basis)
        said = self.ties.run()
        self.limits.spent.linear(said, self.program)
        if not said.is_best:
            return None
        best = self._best
        worse = best is not None and node.said.objective > best.cost - SAME and said.objective > best.tie - SAME
        return None if worse else said

    def _bounds(self, ends: Ends) -> tuple[Array, Array]:
        lower, upper = self.program.col_lower.copy(), self.program.col_upper.copy()
        for j, side in ends:
            lower[j] = upper[j] = side
        return lower, upper


def _in_part(x: Array) -> bool:
    return bool(np.any((x > PART) & (x < 1.0 - PART)))


def _split(columns: Sequence[int], x: Array) -> tuple[Ends, Ends]:
    """Two halves of a choice: of the starts of one facility the earlier ones or the later ones, cut where half of it is
    done; where one start alone is in part, without it or with it."""
    shares = np.cumsum(x[list(columns)])
    inside = [k for k, share in enumerate(shares) if PART < share < shares[-1] - PART]
    if not inside:
        most = columns[int(np.argmax(np.minimum(x[list(columns)], 1.0 - x[list(columns)])))]
        return ((most, 0.0),), ((most, 1.0),)
    at = 1 + min(inside, key=lambda k: abs(float(shares[k]) - 0.5 * float(shares[-1])))
    return tuple((j, 0.0) for j in columns[at:]), tuple((j, 0.0) for j in columns[:at])
