"""The program of a search with what its relaxation gets wrong at large put right before: coefficients no larger than
their rows can use, and a few splits.

A search near the relaxation is as good as the relaxation. Where whole facilities must do in a row what a seventh of one
does (see ``tighten``), it keeps hundreds of choices that fit a plan nobody can have. A small tree on those columns
alone, stage by stage on the face of the stages before, says which of them are done; the search goes on in its least
leaf. The other leaves are no lost plans: bounds are proved apart from the search (``prove``), over all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.highs import Outcome
from jaryq.solve.limits import Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.nodes import Leaf, Path, Relaxation
from jaryq.solve.stages import Face
from jaryq.solve.tighten import tightened
from jaryq.solve.tree import PART, Effort, Grown, grow

LEAVES, WORK = 24, 1e9
"""Leaves of each stage's tree at most, and its effort (some five seconds)."""

PART_OF_GAP = 0.1
"""A rise of the bound less than this part of the stage's gap is none."""


def sharpened(program: LinearProgram, names: Sequence[str],
              limits: Limits) -> tuple[LinearProgram, Mapping[str, Any], float]:
    """The program with reduced coefficients, and in it the least leaf of the trees of ``names``; the basis at the root
    of each stage, to go on from; seconds in the solver."""
    sharp, touched = tightened(program)
    sets = [(int(j),) for j in np.flatnonzero(touched & (program.col_lower < program.col_upper))]
    bases: dict[str, Any] = {}
    seconds = 0.0
    if not sets:
        return sharp, bases, seconds
    face = Face.whole(sharp)
    for name in names:
        relaxation = Relaxation(face.of(sharp), name, (), sets)
        try:
            start = relaxation.at(())
            if start.empty:
                break
            bases[name] = relaxation.solver.basis()
            path, leaf, tolerance = (), start, PART_OF_GAP * limits.gaps[name].size
            if not _has_whole(relaxation, start, tolerance):
                far = start.value + max(1.0, abs(start.value))
                grown = grow(relaxation, start, far, tolerance, partial(sharp.value, name), limits.last,
                             Effort(LEAVES, WORK))
                path, leaf = _least(grown.root)
        except NoPlan:
            break
        finally:
            seconds += relaxation.solver.seconds
        if leaf.empty:
            break
        sharp = _along(sharp, sets, path)
        face = face.after(sharp, _outcome(sharp, name, leaf))
    return sharp, bases, seconds


def _has_whole(relaxation: Relaxation, start: Leaf, tolerance: float) -> bool:
    """Whether the columns that are in part at the root can be whole, as the nearest or the larger whole number says,
    for what the root bounds the stage by: then no split of them would raise the bound."""
    parts = [(number, share) for number, (column,) in enumerate(relaxation.sets)
             if PART < (share := float(start.x[column])) < 1.0 - PART]
    for least in (0.5, 0.0):
        path = tuple((number, 0, int(share >= least)) for number, share in parts)
        if parts and relaxation.at(path).value <= start.value + tolerance:
            return True
    return False


def _least(root: Grown) -> tuple[Path, Leaf]:
    """The leaf with the least value."""
    leaves, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if node.branches is None:
            leaves.append(node)
        else:
            waiting += node.branches
    least = min(leaves, key=lambda node: (node.leaf.value, node.path))
    return least.path, least.leaf


def _along(program: LinearProgram, sets: Sequence[tuple[int, ...]], path: Path) -> LinearProgram:
    """The program with the splits of a path, all of single columns."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for number, _, branch in path:
        column = sets[number][0]
        lower[column] = upper[column] = float(branch)
    return program.with_bounds(col_lower=lower, col_upper=upper)


def _outcome(program: LinearProgram, name: str, leaf: Leaf) -> Outcome:
    """What the solver said at a leaf, in the unit of its stage."""
    unit = program.unit(name)
    reduced = program.objectives[name][0] - program.matrix.T @ leaf.rows
    return Outcome("optimal", leaf.x, leaf.rows * unit, reduced * unit, leaf.value, leaf.value, "")
