"""A program without what its bounds decide already."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from jaryq.solve.lp import Array, LinearProgram

ROUNDS = 4
"""So often what was decided is looked at for what it decides in turn."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """What is left of a program to be decided; ``left``: its columns by their number there, ``decided``: the others
    where they must stand (those that are left: 0)."""

    program: LinearProgram
    left: npt.NDArray[np.int64]
    decided: Array

    def of(self, x: Array) -> Array:
        """A point of the program from one of what is left."""
        whole = self.decided.copy()
        whole[self.left] = x
        return whole


def reduced(program: LinearProgram) -> Reduced:
    r"""What is left of a program: columns between equal bounds are taken out, and those of rows that can just be kept
    (a project that is not begun draws nothing); then rows that cannot be broken. It has the same plans and values.

    Row ``i`` reaches from :math:`\sum_j \min(a_{ij} l_j, a_{ij} u_j)` to the sum of the larger ones (Andersen and
    Andersen 1995, forcing and redundant constraints). Numbers are compared as they are, without a tolerance.
    """
    matrix, lower, upper = csr_array(program.matrix), program.col_lower.copy(), program.col_upper.copy()
    positive, negative = matrix.maximum(0.0), matrix.minimum(0.0)
    for _ in range(ROUNDS):
        open_before = int((upper > lower).sum())
        for rows, least in ((positive @ lower + negative @ upper >= program.row_upper, True),
                            (positive @ upper + negative @ lower <= program.row_lower, False)):
            terms = matrix[np.flatnonzero(rows)]
            terms.eliminate_zeros()
            at_lower = (terms.data > 0) == least
            upper[terms.indices[at_lower]] = lower[terms.indices[at_lower]]
            lower[terms.indices[~at_lower]] = upper[terms.indices[~at_lower]]
        if int((upper > lower).sum()) == open_before:
            break
    free = ((positive @ lower + negative @ upper >= program.row_lower)
            & (positive @ upper + negative @ lower <= program.row_upper))
    kept, left = np.flatnonzero(~free), np.flatnonzero(upper > lower)
    decided = np.where(upper > lower, 0.0, lower)
    taken = matrix @ decided
    return Reduced(replace(
        program, matrix=csr_array(matrix[kept][:, left]), columns=tuple(program.columns[j] for j in left),
        rows=tuple(program.rows[i] for i in kept), whole=program.whole[left],
        row_lower=(program.row_lower - taken)[kept], row_upper=(program.row_upper - taken)[kept],
        col_lower=lower[left], col_upper=upper[left],
        objectives={name: (vector[left], constant + float(vector @ decided))
                    for name, (vector, constant) in program.objectives.items()}), left, decided)
