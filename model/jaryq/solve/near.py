"""Whole plans near the linear relaxation, which decides all but a few facilities: on a large case they are found in
seconds."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.dive import PROGRAMS as DECIDED
from jaryq.solve.dive import Diver, Key, Point, better, groups
from jaryq.solve.highs import Solver
from jaryq.solve.listed import Lister
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.search import Arena, Limits, weighted
from jaryq.solve.solution import Ended
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.windows import by_windows

CLOSE = 0.6
"""A plan found at once is taken if it is this part of the stated gap from the relaxation; the rest is for the
difference to the full program."""

FINER = 5.0
"""With few choices left a finer gap costs little."""

AT_ONCE = 0.25
"""Part of the time that is left that each look for a plan at once may take."""

OPEN = 250
"""Facilities (and other choices) that a look for a plan at once may leave open: at the root of a larger search the
solver does not look at the time."""

LEAST = (1e-6, 0.5, 0.7, 0.8)
"""Shares of a facility in the relaxation from which lists take it: each gives lists of its own."""

DIVING = 0.5
"""Part of the time that is left that dives from the relaxation may take."""

ROUNDS, FREE, PROGRAMS = 20, 0.2, 500
"""Dives around the best point, the part of all facilities that is free in each, and linear programs that they may take
together."""


class Near:
    """A program, its relaxation, the facilities that the relaxation does in full, and those that it leaves out."""

    def __init__(self, program: LinearProgram, names: Sequence[str], limits: Limits) -> None:
        self.program, self.names, self.limits = program, names, limits
        solver = Solver(program, seed=limits.seed)
        self.relaxed = linear_stages(program, names, solver)
        self.seconds = solver.seconds
        self.at = groups(program)
        self.decided = [key for key, columns in self.at.items() if max(self.relaxed.x[columns]) > 1.0 - 1e-6]
        self.left_out = [key for key, columns in self.at.items() if max(self.relaxed.x[columns]) <= 1e-6]
        self.best: Staged | None = None
        self.otherwise: Ended = "effort"

    def at_once(self) -> Array | None:
        """A plan as good as the relaxation in every shortfall and close to it in the last stage; None if there is none
        at hand, or if too much is open."""
        last = self.names[-1]
        target = self.relaxed.values[last] + CLOSE * self.limits.gaps[last].size
        for kept in ([*self.decided, *self.left_out], self.decided):
            if len(self.at) - len(kept) > OPEN:
                continue
            arena = Arena(self._keeping(kept), self.limits.finer(FINER).boxed(AT_ONCE * self.limits.left))
            point = arena.in_one(self.names, self.relaxed.values, target)
            self.seconds += arena.seconds
            if point is not None:
                if self.program.value(last, point) <= target:
                    return point
                self._take(point)
        return None

    def listed(self) -> Point | None:
        """The best of the lists, all stages at once; else what the relaxation does in full, or nothing at all, where
        that is a plan. It is kept."""
        lister = Lister(self.program, weighted(self.program, self.names), self.at, self.limits.seed, self.limits.last)
        lists = [lister.plan(self.relaxed.x, least=least, early=early) for least in LEAST for early in (False, True)]
        best = min((point for point in lists if point is not None), key=lambda point: point.cost, default=None)
        for plain in (np.floor(self.relaxed.x + 1e-6), self.program.col_lower) if best is None else (best.x,):
            if self.best is None or best is not None:
                self._take(plain)
        self.seconds += lister.seconds
        return best

    def dives(self) -> None:
        """Search all stages at once, an earlier one weighing more: dive from the relaxation, what it decides kept or
        free, then around the best point; where a list of facilities is better than all dives, or a dive cannot decide
        as many as are open, window by window."""
        listed = self.listed()
        diver = Diver(self.program, weighted(self.program, self.names), self.at, self.limits.seed,
                      time.perf_counter() + DIVING * self.limits.left)
        points: list[Point] = []
        if listed is None or len(self.at) - len(self.decided) - len(self.left_out) <= DECIDED:
            beat = np.inf if listed is None else listed.cost
            found = [diver.dive(kept, self.relaxed.x, by_share=share, beat=beat) for kept in (self.decided, ())
                     for share in (False, True)]
            points = [point for point in found if point is not None]
        if points:
            diver.end = self.limits.end
            self._take(better(diver, min(points, key=lambda point: point.cost), ROUNDS, FREE, self.limits.seed,
                              PROGRAMS).x)
        elif listed is not None:
            point, seconds = by_windows(self.program, self.names, self.at, listed, self.limits)
            self.seconds += seconds
            self._take(point.x)
        self.seconds += diver.seconds
        self.otherwise = "time" if self.limits.left <= 0.0 else "effort"

    def whole_search(self, seconds: float) -> None:
        """The same by a whole search, what the relaxation decides kept: for programs in which dives find nothing."""
        arena = Arena(self._keeping(self.decided), self.limits.within(seconds))
        point = arena.weighted(self.names, None if self.best is None else self.best.x)
        self.seconds += arena.seconds
        self.otherwise = "time" if arena.limits.left <= 0.0 else self.otherwise
        if point is not None:
            self._take(point)

    def _take(self, point: Array) -> None:
        """Hold the choices of a point, run all linear stages, keep the result if it is better."""
        held = fixed(self.program, np.round(point[self.program.whole]))
        solver = Solver(held, seed=self.limits.seed)
        try:
            found = linear_stages(held, self.names, solver)
        except (Infeasible, NoPlan):
            return
        finally:
            self.seconds += solver.seconds
        if self.best is None or self._better(found.values, self.best.values):
            self.best = found

    def _better(self, one: Mapping[str, float], other: Mapping[str, float]) -> bool:
        """Whether ``one`` is better at the first stage where the two differ by more than its gap."""
        for name in self.names:
            difference = one[name] - other[name]
            if abs(difference) > self.limits.gaps[name].size + 1e-9:
                return difference < 0
        return one[self.names[-1]] < other[self.names[-1]]

    def _keeping(self, kept: Sequence[Key]) -> LinearProgram:
        """The program with some choices fixed as the relaxation has them."""
        lower, upper = self.program.col_lower.copy(), self.program.col_upper.copy()
        for key in kept:
            lower[self.at[key]] = upper[self.at[key]] = np.round(self.relaxed.x[self.at[key]])
        return self.program.with_bounds(col_lower=lower, col_upper=upper)


def fixed(program: LinearProgram, chosen: Array) -> LinearProgram:
    """The program with its whole-valued decisions fixed at exactly 0 or 1."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[program.whole] = chosen
    upper[program.whole] = chosen
    return program.with_bounds(col_lower=lower, col_upper=upper)
