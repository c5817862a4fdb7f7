"""How far a number can go on moving before the stages leave the line they are on (docs/numbers.md, Range of a price).

Multipliers of one place are multipliers of all places on the same line, and the plans that are best there are those of
the face they hold. So a line ends where that face has no point any more: one linear program more, in which the move
itself is the unknown (parametric right-hand sides, Gass and Saaty 1955).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import Face

Values = Mapping[str, float]

ON_LINE = 1e-7
"""Values nearer than this share of their size count as on a line."""

NEAR = 1e-3
"""Tangents are taken at this part of an interval, and the search ends in intervals narrower than this part of it."""

TRIES = 12
"""So often an end is looked for where one linear program does not tell it."""


def on_line(here: float, one: Values, step: float, other: Values, where: float, values: Values) -> bool:
    """Whether what the stages reach ``where`` lies on the line through two places, all stages."""
    part = (where - here) / (step - here)
    return all(
        abs(one[name] + part * (other[name] - one[name]) - values[name])
        <= ON_LINE * max(abs(one[name]), abs(values[name]), 1.0)
        for name in one)


@dataclass(frozen=True, eq=False)
class Reach:
    """The largest part of the way, and a point of the face there."""

    part: float
    x: Array


def face_until(face: Face, here: LinearProgram, there: LinearProgram, basis: Any = None,
               solver: Solver | None = None) -> Reach | None:
    """How far of the way from one program to another (same matrix, other sides and bounds, which move evenly) a face of
    it still has a point; nothing where sides of one row move apart, or the solver does not say. ``basis``: of a point
    of the first one; ``solver``: one that holds the same matrix (its bounds are set here)."""
    (low, high), (_, high_there) = face.columns_of(here), face.columns_of(there)
    (least, most), (least_there, most_there) = face.rows_of(here), face.rows_of(there)
    sides = _moves(least, least_there, most, most_there)
    if sides is None:
        return None
    held = low == high
    lifted = np.where(held, high_there - high, 0.0)
    wider = np.flatnonzero(~held & (high_there != high))
    way = here.matrix @ lifted - sides
    moving = np.flatnonzero(way)
    ceilings = csr_array((np.ones(len(wider)), (np.arange(len(wider)), wider)), shape=(len(wider), here.shape[1]))
    solver = Solver(here) if solver is None else solver
    solver.minimise(np.zeros(here.shape[1]))
    solver.column_bounds(low, np.where(held, high, np.maximum(high, high_there)))
    solver.row_bounds(least, most)
    outcome = solver.furthest(
        basis, ceilings, high[wider],
        (np.concatenate([moving, here.shape[0] + np.arange(len(wider))]),
         np.concatenate([way[moving], high[wider] - high_there[wider]])))
    if not outcome.is_best:
        return None
    return Reach(float(outcome.x[-1]), outcome.x[:-1])


def _moves(least: Array, least_there: Array, most: Array, most_there: Array) -> Array | None:
    """By how much the sides of rows move, both alike; nothing where they do not."""
    down, up = np.isfinite(least), np.isfinite(most)
    change = np.where(down, np.where(down, least_there, 0.0) - np.where(down, least, 0.0),
                      np.where(up, most_there, 0.0) - np.where(up, most, 0.0))
    both = down & up
    other = np.where(both, most_there, 0.0) - np.where(both, most, 0.0)
    return None if bool(np.any(np.abs(np.where(both, change - other, 0.0)) > 0.0)) else change


def searched(ask: Callable[[float], Values | None], here: float, one: Values, step: float, other: Values,
             far: float) -> float:
    """The same by asking what the stages reach: the last place before ``far`` that lies on the line through two
    places. Where the tangent at a place behind it meets the line, the line ends, if the stages are convex; else the
    interval is halved."""
    good, bad = step, far
    for _ in range(TRIES):
        if abs(bad - good) <= NEAR * abs(far - step):
            break
        behind, before = ask(bad), ask(bad - NEAR * (bad - good))
        where = (good + bad) / 2
        if behind is not None and before is not None:
            meets = []
            for name in one:
                rate = (other[name] - one[name]) / (step - here)
                slope = (behind[name] - before[name]) / (NEAR * (bad - good))
                off = behind[name] - one[name] - rate * (bad - here)
                if abs(off) > ON_LINE * max(abs(one[name]), 1.0) and slope != rate:
                    meets.append(bad - off / (slope - rate))
            first = min(meets, key=lambda place: abs(place - good), default=where)
            where = first if min(good, bad) < first < max(good, bad) else where
        values = ask(where)
        if values is not None and on_line(here, one, step, other, where, values):
            good = where
            beyond = where + NEAR * (bad - where)
            values = ask(beyond)
            if values is None or not on_line(here, one, step, other, beyond, values):
                return good
        else:
            bad = where
    return good
