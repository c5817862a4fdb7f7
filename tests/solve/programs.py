"""Linear programs of a few rows, written as lists, and random ones, for tests of the solver's parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from jaryq.solve.lp import LinearProgram

INF = float("inf")


def lp(rows: Sequence[tuple[Sequence[float], float, float]], objectives: Mapping[str, Sequence[float]], *,
        high: Sequence[float], low: Sequence[float] | None = None,
       whole: Sequence[int] = ()) -> LinearProgram:
    """Rows as (coefficients, lower, upper); objectives by stage (constant 0); columns x[0], x[1]... between ``low`` (0)
    and ``high``."""
    count = len(high)
    return LinearProgram(
        matrix=csr_array(np.array([row for row, _, _ in rows], dtype=float).reshape(len(rows), count)),
        row_lower=np.array([lower for _, lower, _ in rows], dtype=float),
        row_upper=np.array([upper for _, _, upper in rows], dtype=float),
        col_lower=np.array(low if low is not None else [0.0] * count, dtype=float),
        col_upper=np.array(high, dtype=float),
        whole=np.array([j in whole for j in range(count)]), objectives={name: (np.array(vector, dtype=float), 0.0)
        for name, vector in objectives.items()},
        columns=tuple(("x", (j,)) for j in range(count)), rows=tuple(("row", (i,)) for i in range(len(rows))),
    )


def random_lp(seed: int, stages: int = 3, count: int = 8, rows: int = 5) -> LinearProgram:
    """A feasible program with small whole coefficients (many ties) around a point inside."""
    chance = np.random.default_rng(seed)
    matrix = chance.integers(-3, 4, (rows, count)).astype(float)
    inside = chance.integers(0, 5, count).astype(float)
    body = matrix @ inside
    sides = [(list(matrix[i]), body[i] - (chance.integers(0, 3) if chance.random() < 0.7 else INF),
              body[i] + chance.integers(0, 3)) for i in range(rows)]
    names = [f"priority_{k + 1}" for k in range(stages - 1)] + ["objective"]
    return lp(sides, {name: chance.integers(-2, 5, count).astype(float) for name in names}, high=[6.0] * count)
