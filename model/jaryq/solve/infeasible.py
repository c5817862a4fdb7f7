"""Infeasibility is proved exactly before it is said, and told as the names of the limits in conflict."""

from __future__ import annotations

import highspy
import numpy as np

from jaryq.solve.exact import proves_infeasible
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, label


def confirm(program: LinearProgram) -> tuple[str, ...] | None:
    """Names of the rows of an exact Farkas proof that the linear program has no point, fewest first; None if there is
    no proof. By a solver of its own: the proof must not depend on a history of changes."""
    own = Solver(program, presolve=False)
    own.minimise(np.zeros(program.shape[1]))
    own.option("simplex_strategy", 1)
    own.run()
    ray = own.ray()
    if ray is None or ray.shape != (program.shape[0],) or not proves_infeasible(program, ray):
        return None
    smallest = _smallest(program)
    rows = smallest or np.flatnonzero(np.abs(ray) > 1e-9 * np.abs(ray).max()).tolist()
    return tuple(label(program.rows[i]) for i in rows)


def _smallest(program: LinearProgram) -> list[int]:
    """Rows of an irreducible conflict, or nothing if the solver finds none.

    Columns are freed of the upper bounds that rows imply (those of money follow from ceilings and shares), so that the
    conflict names those rows; where nothing contradicts then, the bounds are part of the conflict.
    """
    implied = np.array([family in program.implied for family, _ in program.columns], dtype=bool)
    return _conflict(
        program, np.where(implied, highspy.kHighsInf, program.col_upper)
    ) or _conflict(program, program.col_upper)


def _conflict(program: LinearProgram, upper: Array) -> list[int]:
    own = Solver(program, presolve=False)
    own.column_bounds(program.col_lower, upper)
    own.option("iis_strategy", 2)
    if own.run().stop != "infeasible":
        return []
    status, found = own.highs.getIis()
    if status == highspy.HighsStatus.kError or not found.valid_:
        return []
    return sorted(int(i) for i in found.row_index_)
