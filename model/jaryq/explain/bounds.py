"""What a stage can be at best with an opposite, in exact arithmetic (docs/numbers.md, The other choice).

Of whole columns of which exactly one is 1, and of columns that are nothing, the bound of the multipliers has each
column at the better of its sides; with the opposite it has them where the opposite puts them. Where the stage has a
branching tree, so in each of its leaves: the opposite is bounded by the least of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from jaryq.explain.opposites import Opposite
from jaryq.explain.shown import Shown
from jaryq.solve.exact import Cap, Taken
from jaryq.solve.leaves import Place, places
from jaryq.solve.lp import Array, label

Sides = tuple[Array, Array]
"""Lower and upper bounds of all columns."""


class Bounds:
    """The bounds that the stored multipliers of the stages, and those of their trees, give."""

    def __init__(self, shown: Shown, *, leaves: bool = True) -> None:
        """``leaves``: those of the trees too."""
        self.shown = shown
        self._taken = {name: taken(shown, name, held.rows, held.before)
                       for name, held in shown.held.items()}
        self._leaves = {name: leaves_of(shown, name) if leaves else () for name in shown.names}

    def of(self, name: str, opposite: Opposite) -> Fraction | None:
        """No whole plan with the opposite that is as good as the shown one in the stages before has less (minimised);
        None: its columns are proved to be nothing, there is no such plan."""
        root = at(self.shown, self._taken[name], opposite)
        if root is None:
            return None
        said = [leaf.bound(self.shown, opposite) for leaf in self._leaves[name]]
        left = [bound for bound in said if bound is not None]
        return max(root, min(left)) if left else root


@dataclass(frozen=True, eq=False)
class Bounded:
    """A leaf with what its multipliers say; ``empty``: they are a proof that it holds no plan; ``before``: those of the
    stages before."""

    place: Place
    sides: Sides
    taken: Taken
    empty: bool
    before: Mapping[str, float]

    def bound(self, shown: Shown, opposite: Opposite) -> Fraction | None:
        """The least of the stage in this leaf with the opposite; None: there is no such plan in it."""
        return None if self.empty else at(shown, self.taken, opposite, self.sides)


def leaves_of(shown: Shown, name: str) -> tuple[Bounded, ...]:
    """The leaves of a stage's tree, plans as good as the shown one kept in the stages before; none where it has no
    tree, or where a leaf that was empty for plans no worse is not for those."""
    tree = shown.solution.proof.trees.get(name)
    if tree is None:
        return ()
    row_at = {label(row): i for i, row in enumerate(shown.program.rows)}
    limits = {earlier: shown.most(earlier) for earlier in shown.before(name)}
    found = []
    for place in places(shown.program, tree):
        dual, caps = place.multipliers(shown.program, row_at, limits)
        sides = place.bounds(shown.program)
        if np.any(sides[0] > sides[1]):
            continue
        here = taken(shown, name, dual, {}, caps, nothing=place.node.empty, sides=sides)
        if place.node.empty and here.bound <= here.room:
            return ()
        before = {earlier: place.node.multipliers.get(earlier, 0.0) for earlier in limits}
        found.append(Bounded(place, sides, here, place.node.empty, before))
    return tuple(found)


def taken(shown: Shown, name: str, rows: Array, before: Mapping[str, float], more: Sequence[Cap] = (), *,
          nothing: bool = False, sides: Sides | None = None) -> Taken:
    """The bound of a stage by multipliers of rows, of the stages before and of ``more``, before anything is opposed;
    ``nothing``: of a cost of zero; ``sides``: other bounds of columns."""
    vector, constant = shown.program.objectives[name]
    cost, constant = (np.zeros_like(vector), 0.0) if nothing else (vector, constant)
    return shown.exact.taken(cost, constant, rows, [*shown.caps(before), *more], *(sides or ()))


def at(shown: Shown, found: Taken, opposite: Opposite, sides: Sides | None = None) -> Fraction | None:
    """The same bound where the opposite holds; None where the bounds of columns leave no plan with it."""
    lower, upper = sides or (shown.program.col_lower, shown.program.col_upper)
    bound = found.bound
    for j in {*opposite.off, *opposite.on}:
        left = found.of(j)
        bound -= left * Fraction(float(lower[j] if left > 0 else upper[j]))
    if sides is not None and any(lower[j] > 0.0 for j in opposite.off):
        return None
    if not opposite.on:
        return bound
    open_columns = [j for j in opposite.on if upper[j] > 0.0]
    held = [j for j in open_columns if lower[j] > 0.0]
    if not open_columns or len(held) > 1:
        return None
    return bound + min(found.of(j) for j in held or open_columns)


def of_sums(shown: Shown, place: Place, duals: Mapping[tuple[int, ...], float]) -> list[Cap]:
    """The sums of a leaf's splits with the multipliers of a linear program (positive: of what a sum is at least)."""
    tightest: dict[tuple[tuple[int, ...], int], int] = {}
    for columns, level, side in place.sums.values():
        known = tightest.get((columns, side), level)
        tightest[columns, side] = max(known, level) if side > 0 else min(known, level)
    caps = []
    for (columns, side), level in tightest.items():
        total = np.zeros(shown.program.shape[1])
        total[list(columns)] = -side
        caps.append(Cap(total, 0.0, float(level if side < 0 else -level - 1), max(side * duals.get(columns, 0.0), 0.0)))
    return caps
