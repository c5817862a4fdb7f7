"""What proves more than a linear relaxation can: columns fixed at nothing, and branching trees. Kept in the plan,
proved again by ``verify``.

Names are labels of rows and columns (``start[F001,2027]``), so that a proof can be read beside the program that is
compiled again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fixing:
    """A whole column that is 0 in every whole plan: at 1, and with the columns of earlier fixings at 0, the multipliers
    of the rows are a Farkas proof."""

    column: str
    multipliers: Mapping[str, float]


@dataclass(frozen=True)
class Node:
    """A node of a tree. ``split`` (inner nodes): whole columns, whose sum is at most ``level`` in the first branch, at
    least ``level`` + 1 in the second.

    A leaf has multipliers of rows, of earlier stages (their caps) and of splits above it (``split[3]``: the node with
    the number 3, counted from 0 in the order of the tree; the multiplier is that of the branch in which the leaf lies).
    In the first branch of level 0 the columns are 0, in the second branch of a single column it is 1: these need no
    multiplier. ``empty``: the multipliers are a Farkas proof that the leaf holds no plan.
    """

    split: tuple[str, ...] = ()
    level: int = 0
    empty: bool = False
    multipliers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Tree:
    """All nodes of a branching tree, each before its first branch, that before its second."""

    nodes: tuple[Node, ...]

    @property
    def leaves(self) -> int:
        return sum(1 for node in self.nodes if not node.split)


@dataclass(frozen=True)
class Proof:
    """The fixings in their order, and a tree for each stage that has one."""

    fixings: tuple[Fixing, ...] = ()
    trees: Mapping[str, Tree] = field(default_factory=dict)


NOTHING = Proof()


def split_name(number: int) -> str:
    """The name under which a leaf's multipliers speak of the split at a node."""
    return f"split[{number}]"
