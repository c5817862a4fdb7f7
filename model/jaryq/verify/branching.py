"""What a plan claims beyond linear programs, proved again: columns that are fixed at nothing, and branching trees.

Written from the meaning of the stored rows alone (``model/jaryq/solve/proof.py``); of the solver's side only the exact
arithmetic is shared. A split is a set of whole columns and a whole number k: in a whole plan their sum is either at
most k or at least k + 1, so a tree whose inner nodes have both branches covers every plan.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from jaryq.solve.exact import Arithmetic, Cap
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.proof import Fixing, Node, Tree, split_name
from jaryq.verify.finding import Finding
from jaryq.verify.stretch_bound import Costs


class Unproved(Exception):
    """A step of a stored proof that does not hold: what and where."""


@dataclass(eq=False)
class Proved:
    """A program with columns fixed so far; ``own``: objectives of stages in place of the program's. Raises Unproved
    where a proof has a hole."""

    program: LinearProgram
    own: Costs = field(default_factory=dict)
    upper: Array = field(init=False)
    columns: Mapping[str, int] = field(init=False)
    rows: Mapping[str, int] = field(init=False)
    exact: Arithmetic = field(init=False)

    def __post_init__(self) -> None:
        self.upper = self.program.col_upper.copy()
        self.columns = {label(name): j for j, name in enumerate(self.program.columns)}
        self.rows = {label(name): i for i, name in enumerate(self.program.rows)}
        self.exact = Arithmetic(self.program)

    @property
    def costs(self) -> Costs:
        """What each stage minimises where it is bounded; the caps of earlier stages are the program's."""
        return {**self.program.objectives, **self.own}

    @property
    def left(self) -> LinearProgram:
        """The program with the fixed columns at nothing."""
        return self.program.with_bounds(col_upper=self.upper)

    def whole_column(self, name: str) -> int:
        """A column of which a whole plan has 0 or 1."""
        j = self.columns.get(name)
        if j is None or not self.program.whole[j] or self.program.col_lower[j] < 0 or self.program.col_upper[j] > 1:
            raise Unproved(f"{name} is no choice between 0 and 1")
        return j

    def fix(self, fixing: Fixing) -> None:
        """At 1 the column contradicts the rows: then it is 0."""
        j = self.whole_column(fixing.column)
        lower = self.program.col_lower.copy()
        if lower[j] > 0:
            raise Unproved(f"{fixing.column} must be 1")
        lower[j] = 1.0
        dual = np.zeros(len(self.rows))
        for name, value in fixing.multipliers.items():
            if name not in self.rows:
                raise Unproved(f"{fixing.column}: {name} is no row")
            dual[self.rows[name]] = value
        if not self.exact.empty(dual, (), lower, self.upper):
            raise Unproved(f"{fixing.column} may be 1")
        self.upper[j] = 0.0

    def bound(self, tree: Tree, stage: str, kept: Mapping[str, float]) -> float:
        """The least value (minimised) that a stage can have in any leaf; ``kept``: earlier stages and what plans keep
        of them."""
        return self.told(tree, stage, kept)[0]

    def told(self, tree: Tree, stage: str, kept: Mapping[str, float]) -> tuple[float, float]:
        """The same, and what hairs are worth in any leaf at most."""
        walk = Walk(self, tree.nodes, stage, kept)
        walk.from_here(self.program.col_lower.copy(), self.upper.copy(), {})
        if walk.place != len(tree.nodes):
            raise Unproved(f"node {walk.place} belongs to no branch")
        if walk.least is None:
            raise Unproved("no leaf holds a plan")
        return float(walk.least), walk.hairs


@dataclass(eq=False)
class Walk:
    """The nodes in their order, each read once."""

    proved: Proved
    nodes: Sequence[Node]
    stage: str
    kept: Mapping[str, float]
    place: int = 0
    least: Fraction | None = None
    hairs: float = 0.0

    def from_here(self, lower: Array, upper: Array, sums: Mapping[str, Cap]) -> None:
        """Read a node and all below it, under bounds of columns and limits on the sums of earlier splits."""
        if self.place >= len(self.nodes):
            raise Unproved("a branch has no node")
        number, node = self.place, self.nodes[self.place]
        self.place += 1
        if not node.split:
            self.leaf(number, node, lower, upper, sums)
            return
        columns = sorted({self.proved.whole_column(name) for name in node.split})
        if len(columns) < len(node.split) or node.level < 0:
            raise Unproved(f"node {number} counts a column twice, or below nothing")
        total = np.zeros(len(upper))
        total[columns] = 1.0
        fewer = upper.copy()
        if node.level == 0:
            fewer[columns] = 0.0
        self.from_here(lower, fewer, {**sums, split_name(number): Cap(total, 0.0, float(node.level), 0.0)})
        more = lower.copy()
        if len(columns) == 1:
            more[columns] = 1.0
        self.from_here(more, upper, {**sums, split_name(number): Cap(-total, 0.0, -float(node.level + 1), 0.0)})

    def leaf(self, number: int, node: Node, lower: Array, upper: Array, sums: Mapping[str, Cap]) -> None:
        """Take what a leaf says."""
        dual, caps = self.held(number, node, sums)
        if node.empty:
            if not self.proved.exact.empty(dual, caps, lower, upper):
                raise Unproved(f"node {number} may hold a plan")
            return
        reached = self.proved.exact.taken(*self.proved.costs[self.stage], dual, caps, lower, upper)
        self.least = reached.bound if self.least is None else min(self.least, reached.bound)
        self.hairs = max(self.hairs, reached.untaken)

    def held(self, number: int, node: Node, sums: Mapping[str, Cap]) -> tuple[Array, list[Cap]]:
        """Multipliers of the rows, and of what else holds in a leaf."""
        program = self.proved.program
        dual = np.zeros(len(self.proved.rows))
        caps = []
        for name, value in node.multipliers.items():
            if name in self.proved.rows:
                dual[self.proved.rows[name]] = value
            elif name in sums:
                caps.append(replace(sums[name], multiplier=value))
            elif name in self.kept and math.isfinite(self.kept[name]):
                caps.append(Cap(*program.objectives[name], self.kept[name], value))
            else:
                raise Unproved(f"node {number}: {name} holds nothing there")
        return dual, caps


def verify_fixings(proved: Proved, fixings: Sequence[Fixing]) -> tuple[Finding, ...]:
    """One finding of all fixings; ``proved`` keeps those that hold."""
    holes = []
    for fixing in fixings:
        try:
            proved.fix(fixing)
        except Unproved as hole:
            holes.append(str(hole))
    good = len(fixings) - len(holes)
    where = "; ".join([*holes[:3], *([f"+{len(holes) - 3} more"] if len(holes) > 3 else [])])
    return (Finding("fixing", where, len(fixings), good, float(len(holes)), 0.0, "number"),) if fixings else ()


def verify_tree(proved: Proved, tree: Tree, stage: str, kept: Mapping[str, float],
               leaves: float) -> tuple[float, float, Finding]:
    """The bound of a stage by its tree (minus infinity where it has a hole), what hairs are worth in it, and the
    finding about the tree."""
    try:
        bound, hairs = proved.told(tree, stage, kept)
    except (Unproved, RecursionError) as hole:
        return -math.inf, 0.0, Finding("branching", f"{stage}: {hole}", leaves, math.nan, math.inf, 0.0, "number")
    apart = abs(leaves - tree.leaves) if math.isfinite(leaves) else math.inf
    return bound, hairs, Finding("branching", stage, leaves, float(tree.leaves), apart, 0.0, "number")
