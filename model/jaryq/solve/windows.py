"""A whole point made better window by window: what starts in a few periods in a row, and what is left out, is searched
anew; all else is kept.

For plans by list scheduling of facilities that wait for each other: a chain moves as a whole, which no change of a few
facilities at random does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from jaryq.solve.dive import Key, Point, places
from jaryq.solve.limits import Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.search import Arena, least_gain, weighted

LEAST, MOST, OPEN = 2, 4, 250
"""Periods of a window, from the fewest on; each width goes over the plan until a pass brings less than the gap. Wider
windows than ``MOST`` only where so many facilities at most are open: a large search does not look at the time."""

PART_OF_GAP, OF_TIME = 0.2, 0.25
"""The gap of a window's search as part of the stated gap, and its part of the work that is left."""


def by_windows(program: LinearProgram, names: Sequence[str], at: Mapping[Key, list[int]], best: Point,
               limits: Limits) -> tuple[Point, float]:
    """A point no worse than ``best`` in all stages of ``names`` together (an earlier one weighing more), and the
    seconds spent in the solver."""
    cost = weighted(program, names)
    starts = [columns for (family, _), columns in at.items() if family == "start"]
    place = places(program)
    periods = int(place.max(initial=-1)) + 1
    worth, seconds = least_gain(program, names, limits), 0.0
    for width in range(min(LEAST, periods), periods + 1):
        gained = np.inf
        while gained > worth:
            before = best.cost
            for first in range(periods - width + 1):
                if limits.left <= 0.0:
                    return best, seconds
                kept = [columns for columns in starts if _kept(best.x, columns, place, first, first + width)]
                if width > MOST and len(starts) - len(kept) > OPEN:
                    continue
                arena = Arena(_keeping(program, kept, best.x),
                              limits.finer(1.0 / PART_OF_GAP).within(OF_TIME * limits.left))
                x = arena.weighted(names, best.x)
                seconds += arena.seconds
                if x is not None and float(cost @ x) < best.cost:
                    best = Point(x, float(cost @ x))
            gained = before - best.cost
    return best, seconds


def _kept(x: Array, columns: list[int], place: npt.NDArray[np.int64], first: int, end: int) -> bool:
    """Whether a facility is started, and outside the window."""
    most = columns[int(np.argmax(x[columns]))]
    return bool(x[most] > 0.5 and not first <= place[most] < end)


def _keeping(program: LinearProgram, kept: Sequence[list[int]], x: Array) -> LinearProgram:
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for columns in kept:
        lower[columns] = upper[columns] = np.round(x[columns])
    return program.with_bounds(col_lower=lower, col_upper=upper)
