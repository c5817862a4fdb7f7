"""A solver that holds a program lent to another one with a few other coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram

FEW = 2000
"""So many other coefficients are changed one by one in a solver; where there are more another one is made."""


@contextmanager
def holding(changed: LinearProgram, solver: Solver) -> Iterator[Solver]:
    """A solver that holds another program of the same columns and rows: this one, if few coefficients differ, which are
    put back afterwards."""
    matrix, held = changed.matrix, solver.program.matrix
    alike = held.indices is matrix.indices or np.array_equal(held.indices, matrix.indices)
    where = np.flatnonzero(held.data != matrix.data) if alike and len(held.data) == len(matrix.data) else None
    if where is None or len(where) > FEW:
        yield Solver(changed)
        return
    rows = np.searchsorted(held.indptr, where, side="right") - 1
    places = list(zip(rows.tolist(), held.indices[where].tolist(), strict=True))
    try:
        solver.coefficients(zip(places, matrix.data[where].tolist(), strict=True))
        yield solver
    finally:
        solver.coefficients(zip(places, held.data[where].tolist(), strict=True))
