"""The leaves of a stored tree with a choice done the other way (docs/numbers.md, The other choice)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from jaryq.solve.dyadic import sum_of_products
from jaryq.solve.exact import Cap
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.proof import Node, Tree
from jaryq.verify.branching import Proved, Unproved, Walk
from jaryq.verify.stretch_bound import Costs


@dataclass(eq=False)
class Leaf:
    """A leaf of a stage's tree: bounds of columns, limits on sums (earlier stages first), and of what is not empty the
    multipliers with the bound that they give."""

    lower: Array
    upper: Array
    sums: Sequence[Cap]
    cost: Array
    dual: Array
    caps: Sequence[Cap]
    free: Fraction | None
    of_columns: dict[int, Fraction] = field(init=False, default_factory=dict)

    def bound(self, program: LinearProgram, off: Sequence[int], on: Sequence[int]) -> Fraction | None:
        """The bound with the opposite; nothing where the leaf holds no such plan."""
        on = [j for j in on if self.upper[j] > 0]
        if self.free is None or any(self.lower[j] > 0 for j in off):
            return None
        must = [j for j in on if self.lower[j] > 0]
        reached = self.free
        for j in off:
            reached -= self._side(program, j)
        if not on:
            return reached
        if len(must) > 1:
            return None
        for j in on:
            reached -= self._side(program, j)
        return reached + min(self._left(program, j) for j in must or on)

    def _side(self, program: LinearProgram, j: int) -> Fraction:
        left = self._left(program, j)
        return min(left * Fraction(float(self.lower[j])), left * Fraction(float(self.upper[j])))

    def _left(self, program: LinearProgram, j: int) -> Fraction:
        """What the multipliers leave of a column's cost, exactly; each is asked more than once."""
        if j not in self.of_columns:
            by_column = program.by_column
            here = slice(by_column.indptr[j], by_column.indptr[j + 1])
            self.of_columns[j] = sum_of_products((
                (1.0, float(self.cost[j])),
                *zip((-by_column.data[here]).tolist(), self.dual[by_column.indices[here]].tolist(), strict=True),
                *((cap.multiplier, float(cap.vector[j])) for cap in self.caps)))
        return self.of_columns[j]


@dataclass(eq=False)
class _Leaves(Walk):
    found: list[Leaf] = field(default_factory=list)

    def leaf(self, number: int, node: Node, lower: Array, upper: Array, sums: Mapping[str, Cap]) -> None:
        program = self.proved.program
        if np.any(lower > upper):
            # What is proved to be nothing is to be 1.
            return
        dual, caps = self.held(number, node, sums)
        caps = [cap for cap in caps if cap.multiplier > 0]
        dual[((dual > 0) & np.isinf(program.row_lower)) | ((dual < 0) & np.isinf(program.row_upper))] = 0.0
        cost, constant = self.proved.costs[self.stage]
        free: Fraction | None = None
        if node.empty:
            if not self.proved.exact.empty(dual, caps, lower, upper):
                raise Unproved(f"node {number} may hold a plan")
        else:
            free = self.proved.exact.bound(cost, constant, dual, caps, lower, upper)
        self.found.append(Leaf(lower, upper, list(sums.values()), cost, dual, caps, free))


def leaves_of(program: LinearProgram, tree: Tree, stage: str, kept: Mapping[str, float],
              own: Costs = MappingProxyType({})) -> list[Leaf]:
    """The leaves of a stage's tree, ``kept``: earlier stages at what plans as good as the shown one have. None where a
    step of the tree does not hold there."""
    walk = _Leaves(Proved(program, own), tree.nodes, stage, kept)
    try:
        walk.from_here(program.col_lower.copy(), program.col_upper.copy(), {})
    except (Unproved, RecursionError):
        return []
    return walk.found if walk.place == len(tree.nodes) else []


def bound_of(program: LinearProgram, leaves: Sequence[Leaf], off: Sequence[int],
             on: Sequence[int]) -> Fraction | None:
    """The least of the leaves that hold a plan with the opposite; nothing where none does, or there is no tree."""
    said = [reached for leaf in leaves if _may_be(leaf, on) and (reached := leaf.bound(program, off, on)) is not None]
    return min(said) if said else None


def _may_be(leaf: Leaf, on: Sequence[int]) -> bool:
    """Whether one of the starts that are asked for is left in a leaf."""
    return not on or any(leaf.upper[j] > 0 for j in on)
