"""The mean of several futures as a program of its own (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jaryq.solve.in_place import part_of
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stacked import Branch


def mean_program(branches: Sequence[Branch]) -> Branch | None:
    """The mean future: every number the mean of those of the branches; None where they do not have the same decisions
    and rows, in whichever order."""
    first = branches[0].program
    if any(set(b.program.columns) != set(first.columns) or set(b.program.rows) != set(first.rows) for b in branches):
        return None
    branches = [_ordered(b, first) for b in branches]
    weights = [b.weight for b in branches]

    def mean(arrays: Sequence[Array]) -> Array:
        # Infinite sides are so everywhere, or the mean is.
        return np.asarray(np.sum([w * a for w, a in zip(weights, arrays, strict=True)], axis=0), dtype=np.float64)

    matrix = sum((w * b.program.matrix for w, b in zip(weights, branches, strict=True)), start=0 * first.matrix)
    return Branch("mean", replace(
        first, matrix=matrix.tocsr(), row_lower=mean([b.program.row_lower for b in branches]),
        row_upper=mean([b.program.row_upper for b in branches]),
        col_lower=mean([b.program.col_lower for b in branches]),
        col_upper=mean([b.program.col_upper for b in branches]), objectives={}),
        mean([b.cost for b in branches]),
        math.fsum(w * b.constant for w, b in zip(weights, branches, strict=True)), 1.0)


def _ordered(branch: Branch, first: LinearProgram) -> Branch:
    """The branch with its columns and rows in the order of another program."""
    mine = branch.program
    if mine.columns == first.columns and mine.rows == first.rows:
        return branch
    columns = np.array([mine.column_at[name] for name in first.columns], dtype=np.int64)
    rows = np.array([mine.row_at[name] for name in first.rows], dtype=np.int64)
    return replace(branch, cost=branch.cost[columns], program=part_of(mine, columns, rows))
