"""Small linear programs by their terms, for several right-hand sides: what is best where little is left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import solve_surely


def least(costs: Sequence[float], most: Sequence[float], rows: Sequence[Mapping[int, float]],
          sides: Iterable[Sequence[float]]) -> Iterator[Array]:
    """For each list of right-hand sides the point ``0 <= x <= most`` of least cost with ``rows x >= sides``.

    Raises Infeasible where there is none, NoPlan if the solver gives up.
    """
    places = [(i, j, value) for i, row in enumerate(rows) for j, value in row.items()]
    matrix = csr_array(([v for _, _, v in places], ([i for i, _, _ in places], [j for _, j, _ in places])),
                       shape=(len(rows), len(costs)), dtype=np.float64)
    upper = np.full(len(rows), np.inf)
    solver: Solver | None = None
    for side in sides:
        cost, lower = np.array(costs, dtype=np.float64), np.array(side, dtype=np.float64)
        program = LinearProgram(
            matrix, lower, upper, np.zeros(len(costs)), np.array(most, dtype=np.float64),
            np.zeros(len(costs), dtype=np.bool_), {"cost": (cost, 0.0)},
            tuple(("x", (j,)) for j in range(len(costs))), tuple(("row", (i,)) for i in range(len(rows))))
        if solver is None:
            solver = Solver(program)
            solver.minimise(cost * program.unit("cost"))
        solver.bounds_of(program)
        yield solve_surely(solver, program).x
