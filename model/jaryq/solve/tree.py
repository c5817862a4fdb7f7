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

from jaryq.solve.clock import now
from jaryq.solve.lp import Array
from jaryq.solve.nodes import Leaf, Path, Relaxation

LEAVES, TRIED, WORK = 500, 30, 4e9
"""At most so many leaves, candidates tried at a node, and effort in all: per linear program ``nodes.OVERHEAD``, and
iterations times nonzeros of the matrix."""

PROBE, HOPE = 4, 0.3
"""Once a PROBE-th of the leaves or of the effort is spent, the least bound must have come at least this part of the way
from the root's to the best value: a tree that has not is left as it is. Measured on cases of 20 to 45 facilities: of
those that proved their plan in the end none had come less than half of it, of the others none more than a third."""

PART = 1e-6
"""A share between this and 1 less this is a part."""

DEEPEST = 400
"""Splits above a node at most: who reads a tree goes down it call by call."""


@dataclass(frozen=True)
class Effort:
    """Leaves and work at most, and the hope (as HOPE; 0 where there is no plan to come near to)."""

    leaves: int
    work: float
    hope: float = 0.0


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
        candidates = _candidates(relaxation, node.path, leaf.x)
        if not candidates:
            value = accept(leaf.x)
            if value is None or value > leaf.value + tolerance:
                return _cut(root, leaf.value, "wide")
            best = min(best, value)
            continue
        spent = (leaves >= effort.leaves or relaxation.work - begun > effort.work or len(node.path) >= DEEPEST
                 or now() > until)
        part = max(leaves / effort.leaves, (relaxation.work - begun) / effort.work)
        hopeless = effort.hope > 0.0 and leaf.value - start.value < effort.hope * (best - start.value)
        if spent or (part > 1 / PROBE and hopeless):
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


def _candidates(relaxation: Relaxation, path: Path, x: Array) -> list[tuple[int, int]]:
    """Sets whose sum is not whole at the point, with the whole number below it; those nearest to a half first, before
    them all that is done there, where a facility is done whole but not when."""
    parts = []
    for number, columns in enumerate(relaxation.sets):
        total = float(x[list(columns)].sum())
        parts.append((abs(0.5 - (total - math.floor(total))), number, math.floor(total)))
    found = [(number, level) for apart, number, level in sorted(parts) if apart < 0.5 - PART][:TRIED]
    done = relaxation.done(x) if found else None
    return found if done is None or (*done, 1) in path else [done, *found]
