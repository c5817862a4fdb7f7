"""The point and multipliers that a basis stands for, computed from the arrays alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, eye_array, hstack
from scipy.sparse.linalg import splu

from jaryq.solve.lp import Array, LinearProgram
from jaryq.validate.answer import BASIC, LOWER, UPPER, Basis


def basic_solution(program: LinearProgram, cost: Array, basis: Basis) -> tuple[Array, Array] | str:
    """The basic point x and multipliers y of a basis, or why there are none.

    With z = (x, A x) the rows are [A, -I] z = 0. Nonbasic parts of z stand at the side their status names, the basic
    ones follow; the multipliers price basic parts at nothing: [A, -I]' y = (cost, 0) there.
    """
    rows, columns = program.shape
    if basis.columns.shape != (columns,) or basis.rows.shape != (rows,):
        return "size"
    status = np.concatenate([basis.columns, basis.rows])
    basic = status == BASIC
    if int(basic.sum()) != rows:
        return "count"
    if rows == 0:
        return _at(status, program), np.zeros(0)
    z = _at(status, program)
    if not np.isfinite(z).all():
        return "no such side"
    full = csc_array(hstack([program.matrix, -eye_array(rows)]))
    try:
        factors = splu(full[:, basic].tocsc())
    except RuntimeError:
        return "singular"
    z[basic] = 0.0
    right: Array = -(full @ z)
    price: Array = np.concatenate([cost, np.zeros(rows)])[basic]
    z[basic] = factors.solve(right)
    prices: Array = splu(full[:, basic].T.tocsc()).solve(price)
    return z[:columns], prices


def _at(status: npt.NDArray[np.int8], program: LinearProgram) -> Array:
    lower = np.concatenate([program.col_lower, program.row_lower])
    upper = np.concatenate([program.col_upper, program.row_upper])
    return np.where(status == LOWER, lower, np.where(status == UPPER, upper, 0.0))
