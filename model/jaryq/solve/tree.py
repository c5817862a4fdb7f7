"""A branching tree that proves a whole plan the best of its stage: every leaf has multipliers whose bound no better
plan passes.

The tree is our own, not the solver's: HiGHS solves linear programs only, and whatever it answers, the multipliers are
checked in exact arithmetic afterwards. Each inner node splits on the sum of a set of whole columns: at most k, or at
least k + 1 (``sets.py`` says which sets). The split is the one whose two branches raise the bound most (strong
branching; Applegate, Bixby, Chvatal, Cook 1995), the node the one with the least bound.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.clock import now
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.sets import Set, sets_of

LEAVES, TRIED, WORK = 500, 30, 4e9
"""At most so many leaves, candidates tried at a node, and effort in all: per linear program ``OVERHEAD``, and
iterations times nonzeros of the matrix."""

PROBE, HOPE = 4, 0.3
"""Once a PROBE-th of the leaves or of the effort is spent, the least bound must have come at least this part of the way
from the root's to the best value: a tree that has not is left as it is. Measured on cases of 20 to 45 facilities: of
those that proved their plan in the end none had come less than half of it, of the others none more than a third."""

OVERHEAD = 2e5
"""Effort of a linear program beside its iterations (entries of the matrix looked at in the time it takes to ask)."""

PART = 1e-6
"""A share between this and 1 less this is a part."""

Path = tuple[tuple[int, int, int], ...]
"""Splits from the root: (number of the set, level k, branch: 0 at most k, 1 at least k + 1)."""


@dataclass(frozen=True)
class Effort:
    """Leaves and work at most, and the hope (as HOPE; 0 where there is no plan to come near to)."""

    leaves: int
    work: float
    hope: float = 0.0


@dataclass(frozen=True)
class Kept:
    """An earlier stage and the value (minimised) that plans keep."""

    stage: str
    limit: float


@dataclass(frozen=True, eq=False)
class Leaf:
    """What the linear program says at a node: its value (infinite if there is no point), the point, multipliers of
    rows, of caps (positive where they count) and of sets (positive: of what they are at least; negative: of what they
    are at most)."""

    value: float
    x: Array
    rows: Array
    caps: Array
    sets: Array

    @property
    def empty(self) -> bool:
        return self.value == np.inf


@dataclass(eq=False)
class Grown:
    """A node of the tree, with what the linear program says there; split on a set at a level, or a leaf."""

    path: Path
    leaf: Leaf
    split: tuple[int, int] | None = None
    branches: tuple[Grown, Grown] | None = None


@dataclass(frozen=True, eq=False)
class Growth:
    """A tree that covers all choices, the least bound of its leaves, and why it grew no further: that is the value of
    the best plan, the effort was spent, or a leaf holds a whole point that is no plan (a wider program)."""

    root: Grown
    bound: float
    ended: Literal["proved", "effort", "wide"]


class Relaxation:
    """The linear program of a stage under the caps of those before it, solved at any node."""

    def __init__(self, program: LinearProgram, stage: str, caps: Sequence[Kept],
                 sets: Sequence[Set] | None = None) -> None:
        """``sets``: of which columns the sums may be split; those of ``sets_of`` if None."""
        self.program, self.stage, self.caps = program, stage, caps
        self.unit = program.unit(stage)
        self.constant = program.objectives[stage][1]
        self.sets = sets_of(program) if sets is None else sets
        self.work = 0.0
        self._count = program.shape[0]
        self._limits: dict[int, tuple[float, float]] = {}
        self._sums: dict[int, tuple[float, float]] = {}
        self.solver = Solver(program, presolve=False)
        self.solver.option("simplex_strategy", 1)
        self.solver.minimise(program.objectives[stage][0] * self.unit)
        for cap in caps:
            vector, constant = program.objectives[cap.stage]
            most = program.unit(cap.stage) * (cap.limit - constant)
            self.solver.add_cap(vector * program.unit(cap.stage), most + 1e-9 * max(1.0, abs(most)))
        self._row: dict[int, int] = {}
        for number, columns in enumerate(self.sets):
            if len(columns) > 1:
                self._row[number] = self._count + len(caps) + len(self._row)
                self.solver.add_sum(columns)

    def at(self, path: Path) -> Leaf:
        """The linear program at a node. Raises NoPlan if the solver is at a loss."""
        self._go_to(path)
        found = self._asked()
        if found is None:
            # As with every linear program: an unclear answer is asked for once more, from scratch.
            self.solver.forget()
            found = self._asked()
        if found is None:
            raise NoPlan(f"{self.stage}: the solver is at a loss at a node of the tree")
        return found

    def _asked(self) -> Leaf | None:
        outcome = self.solver.run()
        self.work += OVERHEAD + outcome.iterations * self.program.matrix.nnz
        if outcome.is_best:
            return Leaf(outcome.objective / self.unit + self.constant, outcome.x,
                        *self._parts(outcome.row_dual / self.unit))
        ray = self.solver.ray() if outcome.stop == "infeasible" else None
        if ray is None or not np.abs(ray).max(initial=0.0) > 0:
            return None
        return Leaf(np.inf, np.zeros(0), *self._parts(ray / np.abs(ray).max()))

    def _parts(self, dual: Array) -> tuple[Array, Array, Array]:
        """Multipliers of rows, caps and sets, in the stages' own units."""
        units = np.array([self.program.unit(cap.stage) for cap in self.caps])
        sets = np.zeros(len(self.sets))
        for number, row in self._row.items():
            sets[number] = dual[row]
        return dual[: self._count], -dual[self._count: self._count + len(self.caps)] * units, sets

    def _go_to(self, path: Path) -> None:
        """Change the limits that are not yet those of the node."""
        limits: dict[int, tuple[float, float]] = {}
        sums: dict[int, tuple[float, float]] = {}
        for number, level, branch in path:
            columns = self.sets[number]
            if branch == 0 and level == 0:
                limits.update((j, (float(self.program.col_lower[j]), 0.0)) for j in columns)
            elif len(columns) == 1:
                limits[columns[0]] = (1.0, float(self.program.col_upper[columns[0]]))
            else:
                least, most = sums.get(number, (-np.inf, np.inf))
                sums[number] = (least, min(most, level)) if branch == 0 else (max(least, level + 1), most)
        for j in self._limits.keys() | limits.keys():
            wanted = limits.get(j, (float(self.program.col_lower[j]), float(self.program.col_upper[j])))
            if self._limits.get(j) != wanted:
                self.solver.column(j, *wanted)
        for number in self._sums.keys() | sums.keys():
            if self._sums.get(number) != sums.get(number):
                self.solver.between(self._row[number], *sums.get(number, (-np.inf, np.inf)))
        self._limits, self._sums = limits, sums


def grow(relaxation: Relaxation, start: Leaf, best: float, tolerance: float,
         accept: Callable[[Array], float | None], until: float = math.inf,
         effort: Effort | None = None) -> Growth:
    """A tree in which every leaf's value is at least ``best`` less ``tolerance``; where the effort does not suffice, or
    the time, or a leaf holds a whole point that is no plan, the tree as far as it has grown: its bound holds too.

    ``start``: what the linear program says at the root. ``accept``: called with a whole point that is better than
    ``best``; gives the value of the plan with its choices, None if there is none. ``until``: of clock.now;
    ``effort``: from here on (None: that of small cases).
    """
    effort = Effort(LEAVES, WORK, HOPE) if effort is None else effort
    root, begun = Grown((), start), relaxation.work
    waiting = [(start.value, 0, root)]
    leaves = made = 1
    while waiting:
        node = heapq.heappop(waiting)[2]
        leaf = node.leaf
        if leaf.value >= best - tolerance:
            break
        candidates = _candidates(relaxation, leaf.x)
        if not candidates:
            value = accept(leaf.x)
            if value is None or value > leaf.value + tolerance:
                return _cut(root, leaf.value, "wide")
            best = min(best, value)
            continue
        spent = leaves >= effort.leaves or relaxation.work - begun > effort.work or now() > until
        part = max(leaves / effort.leaves, (relaxation.work - begun) / effort.work)
        if spent or (part > 1 / PROBE and leaf.value - start.value < effort.hope * (best - start.value)):
            return _cut(root, leaf.value, "effort")
        split, pair = _strongest(relaxation, node.path, leaf.value, candidates, best)
        node.split = split
        node.branches = Grown((*node.path, (*split, 0)), pair[0]), Grown((*node.path, (*split, 1)), pair[1])
        leaves += 1
        for branch in node.branches:
            heapq.heappush(waiting, (branch.leaf.value, made, branch))
            made += 1
    return _cut(root, best - tolerance, "proved")


def _cut(root: Grown, bound: float, ended: Literal["proved", "effort", "wide"]) -> Growth:
    """The tree without what is below nodes that say as much themselves as the least of the leaves."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.leaf.value >= bound:
            node.split = node.branches = None
        waiting += node.branches or ()
    return Growth(root, bound, ended)


def _strongest(
    relaxation: Relaxation, path: Path, value: float, candidates: Sequence[tuple[int, int]], best: float,
) -> tuple[tuple[int, int], tuple[Leaf, Leaf]]:
    """The candidate whose branches raise the bound most (product of the two rises, each up to the best), with what they
    say."""
    found: tuple[float, tuple[int, int], tuple[Leaf, Leaf]] | None = None
    least = 1e-6 * max(best - value, 1e-12)
    most = best - value
    for split in candidates:
        first = relaxation.at((*path, (*split, 0)))
        rise = max(min(first.value - value, most), least)
        if found is not None and rise * most <= found[0]:
            continue
        second = relaxation.at((*path, (*split, 1)))
        score = rise * max(min(second.value - value, most), least)
        if found is None or score > found[0] * (1 + 1e-9):
            found = (score, split, (first, second))
        if min(first.value, second.value) >= best:
            break
    assert found is not None
    return found[1], found[2]


def _candidates(relaxation: Relaxation, x: Array) -> list[tuple[int, int]]:
    """Sets whose sum is not whole at the point, with the whole number below it; those nearest to a half first."""
    parts = []
    for number, columns in enumerate(relaxation.sets):
        total = float(x[list(columns)].sum())
        parts.append((abs(0.5 - (total - math.floor(total))), number, math.floor(total)))
    return [(number, level) for apart, number, level in sorted(parts) if apart < 0.5 - PART][:TRIED]
