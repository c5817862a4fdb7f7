"""The mean of several futures as a program of its own (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stacked import Branch


def mean_program(branches: Sequence[Branch]) -> Branch | None:
    """The mean future: every number the mean of those of the branches; None where they do not have the same places."""
    first = branches[0].program
    if any(b.program.columns != first.columns or b.program.rows != first.rows for b in branches):
        return None
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
