"""The leaves of a stored branching tree: what each holds its columns to, and the sums that the splits above it limit.
Together they cover every whole plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from jaryq.solve.exact import Arithmetic, Cap
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.proof import Node, Tree, split_name
from jaryq.solve.tree import Guide


@dataclass(frozen=True, eq=False)
class Place:
    """A leaf. ``off``: columns at nothing; ``one``: columns at 1; ``sums``: by the name of a split its columns, the
    level, and whether they are at most that (-1) or at least one more (1)."""

    node: Node
    off: frozenset[int] = frozenset()
    one: frozenset[int] = frozenset()
    sums: Mapping[str, tuple[tuple[int, ...], int, int]] = field(default_factory=dict)

    def bounds(self, program: LinearProgram) -> tuple[Array, Array]:
        """Bounds of all columns there."""
        lower, upper = program.col_lower.copy(), program.col_upper.copy()
        upper[list(self.off)] = 0.0
        lower[list(self.one)] = 1.0
        return lower, upper

    def multipliers(self, program: LinearProgram, rows: Mapping[str, int],
                    limits: Mapping[str, float]) -> tuple[Array, list[Cap]]:
        """Its stored multipliers of rows, and those of earlier stages (kept at ``limits``) and of splits."""
        dual, caps = np.zeros(program.shape[0]), []
        for name, value in self.node.multipliers.items():
            if name in rows:
                dual[rows[name]] = value
            elif name in limits:
                caps.append(Cap(*program.objectives[name], limits[name], value))
            else:
                columns, level, side = self.sums[name]
                total = np.zeros(program.shape[1])
                total[list(columns)] = -side
                caps.append(Cap(total, 0.0, float(level if side < 0 else -level - 1), value))
        return dual, caps


def places(program: LinearProgram, tree: Tree) -> Iterator[Place]:
    """The leaves of a tree, in its order."""
    column_at = {label(name): j for j, name in enumerate(program.columns)}
    nodes = iter(enumerate(tree.nodes))

    def below(here: Place) -> Iterator[Place]:
        number, node = next(nodes)
        if not node.split:
            yield Place(node, here.off, here.one, here.sums)
            return
        columns = tuple(column_at[name] for name in node.split)
        name = split_name(number)
        off = here.off | frozenset(columns) if node.level == 0 else here.off
        yield from below(Place(node, off, here.one, {**here.sums, name: (columns, node.level, -1)}))
        one = here.one | frozenset(columns) if len(columns) == 1 else here.one
        yield from below(Place(node, here.off, one, {**here.sums, name: (columns, node.level, 1)}))

    yield from below(Place(tree.nodes[0]))


def guide_of(program: LinearProgram, tree: Tree) -> Guide | None:
    """The splits of a tree; None where it is a leaf."""
    column_at = {label(name): j for j, name in enumerate(program.columns)}
    nodes = iter(tree.nodes)

    def below() -> Guide | None:
        node = next(nodes)
        if not node.split:
            return None
        columns = tuple(sorted(column_at[name] for name in node.split))
        return Guide(columns, node.level, (below(), below()))

    return below()


def bound_of(program: LinearProgram, stage: str, limits: Mapping[str, float], tree: Tree) -> Fraction | None:
    """The bound (minimised) of a stage under the limits of earlier ones: the least of all leaves, exactly. None where a
    leaf said to be empty is not proved so, or all are."""
    arithmetic = Arithmetic(program)
    rows = {label(name): i for i, name in enumerate(program.rows)}
    bounds: list[Fraction] = []
    for place in places(program, tree):
        held, (lower, upper) = place.multipliers(program, rows, limits), place.bounds(program)
        if not place.node.empty:
            bounds.append(arithmetic.bound(*program.objectives[stage], *held, lower, upper))
        elif not arithmetic.empty(*held, lower, upper):
            return None
    return min(bounds, default=None)
