"""Branching trees for the stages of a whole plan whose bound the linear program leaves open, within a stated effort.

All choices are split on small cases only (``SMALL``), on larger ones a few (``FEW``). Where a tree finds a better plan,
that plan is taken. A tree is stored with multipliers of the full program; its bound is computed from them in exact
arithmetic, by ``leaves.bound_of`` and by separate code in ``verify``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.flat import fifteen
from jaryq.solve.aggregate import Aggregate
from jaryq.solve.clock import now
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.near import fixed
from jaryq.solve.nodes import Kept, Leaf, Relaxation
from jaryq.solve.proof import Node, Tree, split_name
from jaryq.solve.sets import Set
from jaryq.solve.solution import MET
from jaryq.solve.stages import HOLD, Staged, linear_stages
from jaryq.solve.tighten import tightened
from jaryq.solve.tree import Effort, Grown, Growth, given, grow

SMALL = 10_000
"""Coefficients of a program up to which a tree is grown on it that splits on all choices."""

FEW, WORK = 12, 5e8
"""Leaves and effort of a tree on a larger program. It splits on the columns alone that do in a
row far more than it asks (``tighten``): there the relaxation is wrong at large."""

TO_THE_END = Effort(2_500, 16e9)
"""Leaves of a tree on a small program where no gap is allowed, and the effort (some 25 s) of all these trees of a plan
together. No hope is asked for: while it is proved that the works of the best value do not fit into the years, the least
bound does not move."""

KEEP = 0.1
"""Part of that effort that an earlier stage leaves to each later one."""

Roots = Mapping[tuple[str, tuple[Kept, ...]], Leaf]
"""What the small program says of a stage under values that plans keep in those before."""


@dataclass(frozen=True, eq=False)
class Proved:
    """The program with the choices fixed and all linear stages on it (a better plan than before, or the same), a tree
    for each stage that needs one, and the roots that were solved of a large case. ``late``: the stages of which time
    ended the tree."""

    chosen: LinearProgram
    staged: Staged
    trees: Mapping[str, Tree]
    seconds: float
    roots: Roots = field(default_factory=dict)
    late: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Ground:
    """A program to grow on, with the column and row of it that stand for those of the full program (-1: none).
    ``sets``: of a large program what a tree may split on; None: all; ``bases``: of stages, to go on from."""

    program: LinearProgram
    column: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    sets: tuple[Set, ...] | None = None
    bases: Mapping[str, Any] = field(default_factory=dict)


def prove(small: Aggregate, program: LinearProgram, valued: Sequence[str], chosen: LinearProgram, staged: Staged,
          until: float = math.inf, linear: Mapping[str, float] | None = None,
          to_the_end: Collection[str] = (), bases: Mapping[str, Any] = MappingProxyType({})) -> Proved:
    """Trees for the stages of ``valued``, one after the other, each under the values of the plan in those before it.
    ``small``: the aggregate of ``program``; ``until``: of clock.now; ``linear``: what the linear program reaches in its
    stages; ``to_the_end``: stages of which no gap is allowed; ``bases``: of stages of a program much like the small
    one."""
    if now() >= until:
        return Proved(chosen, staged, {}, 0.0)
    whole = Ground(program, np.arange(program.shape[1], dtype=np.int64), np.arange(program.shape[0], dtype=np.int64))
    grounds = [ground for ground in (Ground(small.program, small.column, small.row), whole)
               if ground.program.matrix.nnz <= SMALL]
    if not grounds and (sets := _lumps(small.program)):
        grounds = [Ground(small.program, small.column, small.row, sets, bases)]
    trees: dict[str, Tree] = {}
    left = TO_THE_END.work
    plan = _Plan(program, tuple(staged.values), valued, chosen, staged)
    for position, stage in enumerate(valued if grounds else ()):
        # As long as the plan keeps to them the values of the linear program are bounds.
        linear = linear if position == 0 or _kept(linear, plan, valued[position - 1]) else None
        if _kept(linear, plan, stage):
            continue
        earlier = [name for name in valued[:position] if np.any(program.objectives[name][0])]
        effort, begun = given(), plan.work
        if stage in to_the_end:
            later = sum(name in to_the_end for name in valued[position + 1:])
            effort = replace(TO_THE_END, work=left - KEEP * TO_THE_END.work * later)
        found = _of_stage(grounds, stage, earlier, plan, until, effort)
        if stage in to_the_end:
            left -= plan.work - begun
        if found is not None:
            trees[stage] = found
    return Proved(plan.chosen, plan.staged, trees, plan.seconds, plan.roots, tuple(plan.late))


def _kept(linear: Mapping[str, float] | None, plan: _Plan, stage: str) -> bool:
    """Whether a stage of the plan reaches what the linear program does."""
    value = plan.staged.values[stage]
    return linear is not None and linear[stage] >= value - HOLD * max(1.0, abs(value))


def _lumps(program: LinearProgram) -> tuple[Set, ...]:
    """The columns that do more in a row than it asks, each alone."""
    return tuple((int(j),) for j in np.flatnonzero(tightened(program)[1] & (program.col_lower < program.col_upper)))


def _of_stage(grounds: Sequence[Ground], stage: str, earlier: Sequence[str], plan: _Plan, until: float,
              effort: Effort) -> Tree | None:
    """The tree on the first program that proves the plan, else the one that says most; None if none is needed, or none
    says more than its root. ``effort``: on small programs, of both together."""
    tolerance = MET / 2 * max(1.0, abs(plan.staged.values[stage]))
    best: tuple[Growth, Ground, Relaxation] | None = None
    begun = plan.work
    try:
        roots = [_root(ground, stage, earlier, plan) for ground in grounds]
    except NoPlan:
        return None
    # The full program comes last unless its relaxation says more than that of the small one.
    tightest = max(root.value for _, root in roots)
    for ground, (relaxation, root) in zip(grounds, roots, strict=True):
        if root.value >= plan.staged.values[stage] - tolerance:
            return None
        if root.value < tightest - tolerance:
            continue
        try:
            if ground.sets is None:
                accept = partial(plan.take, ground, stage=stage, earlier=earlier)
                left = replace(effort, work=effort.work - (plan.work - begun))
                grown = grow(relaxation, root, plan.staged.values[stage], tolerance, accept, until, left)
            else:
                # Where nothing is left to split on, other choices are in part: no plan to take.
                grown = grow(relaxation, root, plan.staged.values[stage], tolerance, lambda _: None, until,
                             Effort(FEW, WORK))
        except NoPlan:
            break
        finally:
            plan.seconds += relaxation.solver.seconds
            plan.work += relaxation.work
        if grown.ended == "time":
            plan.late.append(stage)
        if grown.ended == "proved" or grown.bound > (tightest + tolerance if best is None else best[0].bound):
            best = grown, ground, relaxation
        if grown.ended != "wide":
            break
    return None if best is None else _stored(plan.program, best[1], best[2], best[0].root)


def _root(ground: Ground, stage: str, earlier: Sequence[str], plan: _Plan) -> tuple[Relaxation, Leaf]:
    """The linear program of a stage under the plan's values of those before. Raises NoPlan."""
    kept = tuple(Kept(name, plan.staged.values[name]) for name in earlier)
    relaxation = Relaxation(ground.program, stage, kept, ground.sets)
    if stage in ground.bases:
        relaxation.start_from(ground.bases[stage])
    leaf = relaxation.at(())
    if ground.sets is not None:
        plan.roots[stage, kept] = leaf
    return relaxation, leaf


class _Plan:
    """The best plan so far; takes a better one. ``work``: of all trees; ``late``: stages of which time ended one."""

    def __init__(self, program: LinearProgram, names: Sequence[str], valued: Sequence[str], chosen: LinearProgram,
                 staged: Staged) -> None:
        self.program, self.names, self.valued = program, names, valued
        self.chosen, self.staged = chosen, staged
        self.seconds, self.work = 0.0, 0.0
        self.late: list[str] = []
        self.roots: dict[tuple[str, tuple[Kept, ...]], Leaf] = {}

    def take(self, ground: Ground, x: Array, stage: str, earlier: Sequence[str]) -> float | None:
        """The value of the plan with the choices of a point, which is kept if it is better; None if there is none or if
        it misses more before."""
        at = ground.column[self.program.whole]
        if np.any(at < 0):
            return None
        chosen = fixed(self.program, np.round(x[at]))
        solver = Solver(chosen)
        try:
            staged = linear_stages(chosen, self.names, solver)
        except (Infeasible, NoPlan):
            return None
        finally:
            self.seconds += solver.seconds
        held = self.staged.values
        if any(staged.values[name] > held[name] + MET / 2 * max(1.0, abs(held[name])) for name in earlier):
            return None
        if staged.values[stage] < held[stage]:
            self.chosen, self.staged = chosen, staged
        return staged.values[stage]


def _stored(program: LinearProgram, ground: Ground, relaxation: Relaxation, root: Grown) -> Tree:
    """The tree by names of the full program: a row of it has the multiplier of the row into which it is added up."""
    column = {int(small): label(program.columns[j]) for j, small in enumerate(ground.column.tolist()) if small >= 0
              and program.whole[j]}
    nodes: list[Node] = []

    def add(node: Grown, above: Mapping[tuple[int, int], int]) -> None:
        """``above``: for a set and a branch (0 at most, 1 at least) the number of the node that says it most
        tightly."""
        number = len(nodes)
        if node.branches is None:
            nodes.append(Node((), 0, node.leaf.empty, _multipliers(program, ground, relaxation, node.leaf, above)))
            return
        assert node.split is not None
        which, level = node.split
        nodes.append(Node(tuple(column[j] for j in relaxation.sets[which]), level))
        # A split lies below an earlier one of the same set only if it says more in the branch it is in.
        add(node.branches[0], {**above, (which, 0): number})
        add(node.branches[1], {**above, (which, 1): number})

    add(root, {})
    return Tree(tuple(nodes))


def _multipliers(program: LinearProgram, ground: Ground, relaxation: Relaxation, leaf: Leaf,
                 above: Mapping[tuple[int, int], int]) -> dict[str, float]:
    rows = np.where(ground.row >= 0, leaf.rows[ground.row], 0.0)
    found = {label(program.rows[i]): fifteen(rows[i]) for i in np.flatnonzero(rows)}
    found |= {kept.stage: fifteen(m) for kept, m in zip(relaxation.caps, leaf.caps, strict=True) if m > 0}
    for (which, branch), number in above.items():
        value = float(leaf.sets[which]) if branch else -float(leaf.sets[which])
        if value > 0:
            found[split_name(number)] = fifteen(value)
    return found
