"""A branching tree that proves a whole plan the best of its stage: every leaf has multipliers whose bound no better
plan passes.

The tree is our own, not the solver's: HiGHS solves linear programs only, and whatever it answers, the multipliers are
checked in exact arithmetic afterwards. Each inner node splits on the sum of a set of whole columns: at most k, or at
least k + 1 (``sets.py`` says which sets). The split is the one whose two branches raise the bound most (strong
branching; Applegate, Bixby, Chvatal, Cook 1995), and what a set has raised it by elsewhere says which are asked first,
and when no more need be (Achterberg, Koch, Martin 2005). The node is the one with the least bound, of several the last
one: what is learned deep down of a bound that does not move helps at all others.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from jaryq.solve.clock import now
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.nodes import Leaf, Path, Relaxation
from jaryq.solve.sets import Set

LEAVES, TRIED, WORK = 500, 30, 4e9
"""At most so many leaves, candidates tried at a node, and effort in all (``nodes.work``; some 6 s)."""

PROBE, HOPE = 4, 0.3
"""Once a PROBE-th of the leaves or of the effort is spent, the least bound must have come at least this part of the way
from the root's to the best value: a tree that has not is left as it is. Measured on cases of 20 to 45 facilities: of
those that proved their plan in the end none had come less than half of it, of the others none more than a third."""

PART = 1e-6
"""A share between this and 1 less this is a part."""

RELIABLE, AHEAD = 2, 8
"""What a set raises the bound by is known once each of its branches was asked about so often in this tree; those that
are known are asked about in the order of their mean rises, until so many in a row are no better than the best."""

HAIR = 1e-9
"""Bounds of nodes this share of the value apart are one: linear programs say no more."""

DEEPEST = 400
"""Splits above a node at most: who reads a tree goes down it call by call."""


@dataclass(frozen=True)
class Effort:
    """Leaves and work at most, and the hope (as HOPE; 0 where there is no plan to come near to)."""

    leaves: int
    work: float
    hope: float = 0.0


@dataclass(frozen=True, eq=False)
class Guide:
    """A node of a tree that has proved much the same: its split is taken over where it says something, without asking
    what others would say."""

    columns: Set
    level: int
    branches: tuple[Guide | None, Guide | None]

    def within(self, program: LinearProgram) -> Guide | None:
        """The node, or the first one below it, that says something where columns are at nothing or at 1 already, said
        of those that are open; None if there is none."""
        here: Guide | None = self
        while here is not None:
            lower, upper = program.col_lower[list(here.columns)], program.col_upper[list(here.columns)]
            open_ones = tuple(j for j, low, high in zip(here.columns, lower, upper, strict=True) if low < high)
            level = here.level - int(lower.sum())
            if 0 <= level < len(open_ones):
                return Guide(open_ones, level, here.branches)
            here = here.branches[0 if level >= 0 else 1]
        return None


def given() -> Effort:
    """That of a small case."""
    return Effort(LEAVES, WORK, HOPE)


@dataclass(eq=False)
class Grown:
    """A node of the tree, with what the linear program says there; split on a set at a level, or a leaf."""

    path: Path
    leaf: Leaf
    split: tuple[int, int] | None = None
    branches: tuple[Grown, Grown] | None = None


Ended = Literal["proved", "effort", "time", "wide"]


@dataclass(frozen=True, eq=False)
class Growth:
    """A tree that covers all choices, the least bound of its leaves, and why it grew no further: that is the value of
    the best plan, the effort or the time was spent, or a leaf holds a whole point that is no plan (a wider program)."""

    root: Grown
    bound: float
    ended: Ended


def grow(relaxation: Relaxation, start: Leaf, best: float, tolerance: float,
         accept: Callable[[Array], float | None], until: float = math.inf,
         effort: Effort | None = None, guide: Guide | None = None) -> Growth:
    """A tree in which every leaf's value is at least ``best`` less ``tolerance``; where the effort does not suffice, or
    the time, or a leaf holds a whole point that is no plan, the tree as far as it has grown: its bound holds too.

    ``start``: what the linear program says at the root. ``accept``: called with a whole point that is better than
    ``best``; gives the value of the plan with its choices, None if there is none. ``until``: of clock.now;
    ``effort``: from here on (None: ``given``); ``guide``: splits to begin with.
    """
    effort = given() if effort is None else effort
    root, begun, hair = Grown((), start), relaxation.work, HAIR * max(1.0, abs(start.value))
    waiting: list[tuple[float, int, Grown, Guide | None]] = [(0.0, 0, root, guide)]
    rises = _Rises()
    leaves = made = 1
    while waiting:
        _, _, node, guide = heapq.heappop(waiting)
        leaf = node.leaf
        if leaf.value >= best - tolerance:
            continue
        candidates = _candidates(relaxation, node.path, leaf.x)
        if not candidates:
            value = accept(leaf.x)
            if value is None or value > leaf.value + tolerance:
                return _cut(root, _least(leaf, waiting), "wide")
            best = min(best, value)
            continue
        late = now() > until
        spent = leaves >= effort.leaves or relaxation.work - begun > effort.work or len(node.path) >= DEEPEST
        part = max(leaves / effort.leaves, (relaxation.work - begun) / effort.work)
        hopeless = effort.hope > 0.0 and leaf.value - start.value < effort.hope * (best - start.value)
        if late or spent or (part > 1 / PROBE and hopeless):
            return _cut(root, _least(leaf, waiting), "time" if late else "effort")
        guide = None if guide is None else guide.within(relaxation.program)
        if guide is None:
            split, pair = _strongest(relaxation, node.path, leaf.value, candidates, best, rises)
        else:
            split = relaxation.number(guide.columns), guide.level
            pair = relaxation.at((*node.path, (*split, 0))), relaxation.at((*node.path, (*split, 1)))
        node.split = split
        node.branches = Grown((*node.path, (*split, 0)), pair[0]), Grown((*node.path, (*split, 1)), pair[1])
        leaves += 1
        for branch, below in zip(node.branches, (None, None) if guide is None else guide.branches, strict=True):
            value = branch.leaf.value
            order = round((value - start.value) / hair) if value < math.inf else value
            heapq.heappush(waiting, (order, -made, branch, below))
            made += 1
    return _cut(root, best - tolerance, "proved")


def _least(leaf: Leaf, waiting: Sequence[tuple[float, int, Grown, Guide | None]]) -> float:
    """The least bound of a leaf and those that wait, which stand in an order that knows no hairs."""
    return min([leaf.value, *(node.leaf.value for _, _, node, _ in waiting)])


def _cut(root: Grown, bound: float, ended: Ended) -> Growth:
    """The tree without what is below nodes that say as much themselves as the least of the leaves."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.leaf.value >= bound:
            node.split = node.branches = None
        waiting += node.branches or ()
    return Growth(root, bound, ended)


class _Rises:
    """By how much the branches of each set have raised the bound in a tree, as often as they were asked about."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], list[float]] = {}

    def note(self, number: int, branch: int, rise: float) -> None:
        """One more answer of a branch of a set."""
        self._known.setdefault((number, branch), []).append(rise)

    def of(self, number: int) -> float:
        """The product of the mean rises of both branches; infinite as long as they are not known."""
        both = [self._known.get((number, branch), []) for branch in (0, 1)]
        if min(map(len, both)) < RELIABLE:
            return math.inf
        return math.prod(sum(rises) / len(rises) for rises in both)


def _strongest(
    relaxation: Relaxation, path: Path, value: float, candidates: Sequence[tuple[int, int]], best: float,
    rises: _Rises,
) -> tuple[tuple[int, int], tuple[Leaf, Leaf]]:
    """The candidate whose branches raise the bound most (product of the two rises, each up to the best), with what they
    say: those of which little is known first, then the others as long as they look likely."""
    found: tuple[float, tuple[int, int], tuple[Leaf, Leaf]] | None = None
    least = 1e-6 * max(best - value, 1e-12)
    most = best - value
    known = {split: rises.of(split[0]) for split in candidates}
    behind = 0
    for split in sorted(candidates, key=lambda split: -known[split]):
        behind += known[split] < math.inf
        first = relaxation.at((*path, (*split, 0)))
        rise = max(min(first.value - value, most), least)
        rises.note(split[0], 0, rise)
        if found is None or rise * most > found[0]:
            second = relaxation.at((*path, (*split, 1)))
            other = max(min(second.value - value, most), least)
            rises.note(split[0], 1, other)
            if found is None or rise * other > found[0] * (1 + 1e-9):
                found, behind = (rise * other, split, (first, second)), 0
            if min(first.value, second.value) >= best:
                break
        if behind >= AHEAD:
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
