"""By how much rows must give way at least so that a program has a point, where that is hairs.

A hair is a few times what the solver misses rows by, and its presolve takes coefficients of that size for none: asked
of the program as it is, whether half a hair is enough is answered by chance. So a point is found that misses rows by
little more than a hair, and what is left is asked again magnified, as a program of the steps from there (the first step
of iterative refinement: Gleixner, Steffy and Wolter 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import linear_stages

MORE = 1e-7
"""More than its room by which a row may be missed at the point to begin with: what a whole search misses rows by."""

LARGE = 1e7
"""How much larger what is left is asked: the least half of a hair is then a twentieth."""

FAR = 1e4
"""Magnified, the longest step of a column; in bn KZT a million tenge."""


def least_ways(program: LinearProgram, rooms: tuple[Array, Array]) -> tuple[Array, Array] | None:
    """By how much rows give way, at their lower and upper sides: no more than their ``rooms``, in parts of which as
    little as can be in all. None where that is not enough."""
    count, columns = program.shape
    room = np.concatenate(rooms)
    some = room > 0.0
    # A row misses what it may not at all by no more than the solver does.
    parts = np.where(some, room[some].min(initial=np.inf) / np.where(some, room, 1.0), 0.0)
    near = _point(program, np.ones(2 * count), np.where(some, room + MORE, 0.0), parts)
    if near is None:
        return None
    step = _point(_steps(program, near[:columns]), LARGE * room, some.astype(float), some.astype(float))
    if step is None:
        return None
    below, above = np.split(np.maximum(step[columns:], 0.0) * room, 2)
    return below, above


def exactly(program: LinearProgram, names: Sequence[str], x: Array) -> Array:
    """The point beside ``x`` that is best in the stages of ``names`` of those that keep the rows to the last digit;
    ``x`` only keeps them as the solver does. Raises as ``linear_stages``, not proved."""
    steps = _steps(program, x)
    found = linear_stages(steps, names, Solver(steps), proved=False)
    return np.clip(x + found.x / LARGE, program.col_lower, program.col_upper)


def _steps(program: LinearProgram, x: Array) -> LinearProgram:
    """The program of the steps from a point, magnified."""
    body = program.matrix @ x
    lower, upper = LARGE * (program.col_lower - x), LARGE * (program.col_upper - x)
    # The point may miss bounds by what the solver does: such a column goes back at least as far.
    lower, upper = np.maximum(lower, np.minimum(-FAR, upper)), np.minimum(upper, np.maximum(FAR, lower))
    reach = abs(program.matrix) @ np.maximum(np.abs(lower), np.abs(upper))
    least, most = LARGE * (program.row_lower - body), LARGE * (program.row_upper - body)
    return program.with_bounds(col_lower=lower, col_upper=upper, row_lower=np.where(least < -reach, -np.inf, least),
                               row_upper=np.where(most > reach, np.inf, most))


def _point(program: LinearProgram, units: Array, most: Array, costs: Array) -> Array | None:
    """The point at which giving way costs least: so many ``units`` of each row up, then of each down, at ``most``, each
    at its costs; None where there is none, or the solver tells none."""
    count, columns = program.shape
    ways = [csr_array(eye_array(count).multiply(part[:, None])) for part in np.split(units, 2)]
    wide = replace(
        program, matrix=csr_array(hstack([program.matrix, ways[0], -ways[1]])),
        col_lower=np.concatenate([program.col_lower, np.zeros(2 * count)]),
        col_upper=np.concatenate([program.col_upper, most]),
        whole=np.concatenate([program.whole, np.zeros(2 * count, dtype=np.bool_)]), objectives={},
        columns=(*program.columns, *((way, name) for way in ("up", "down") for name in program.rows)))
    solver = Solver(wide)
    solver.minimise(np.concatenate([np.zeros(columns), costs]))
    outcome = solver.run()
    if outcome.is_best:
        return outcome.x
    # Presolve takes for a contradiction what is one by no more than it rounds.
    solver.forget()
    solver.option("presolve", "off")
    outcome = solver.run()
    return outcome.x if outcome.is_best else None
