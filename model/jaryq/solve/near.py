"""Whole plans near the linear relaxation, which decides all but a few facilities: on a large case they are found in
seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.dive import PROGRAMS as DECIDED
from jaryq.solve.dive import Diver, Key, Point, better, groups
from jaryq.solve.few import Few
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.listed import Lister
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.search import Arena, weighted
from jaryq.solve.solution import Ended
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.taken import taken
from jaryq.solve.windows import by_windows

CLOSE = 0.9
"""A plan found at once is taken if it is this part of the stated gap from the relaxation; the rest is for the
difference to the full program."""

SOON = 0.4
"""On a large case a look for a plan at once ends at this part of the gap from the relaxation."""

FINER = 20.0
"""With few choices left a finer gap costs little."""

GAINED = 0.1
"""A wider ground that brought less than this part of the stated gap is the last: what it would have needed lies in
none."""

AT_ONCE = 0.25
"""Part of the work that is left that each look for a plan at once may take."""

OPEN = 250
"""Facilities (and other choices) that a look for a plan at once may leave open: at the root of a larger search the
solver does not look at the time."""

LEAST = (1e-6, 0.5, 0.7, 0.8)
"""Shares of a facility in the relaxation from which lists take it: each gives lists of its own."""

NOTHING = 1e-9
"""A shortfall up to this is none."""

ROUNDS, FREE, PROGRAMS = 40, 0.2, 1500
"""Dives around the best point, the part of all facilities that is free in each, and linear programs that they may take
together."""


class Near:
    """A program, its relaxation, the facilities that the relaxation does in full, the dearest first, and those that it
    leaves out. ``dear``: present value of outlays by column; ``bases``: of stages of a program much like it."""

    def __init__(self, program: LinearProgram, names: Sequence[str], limits: Limits, dear: Array,
                 bases: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.program, self.names, self.limits = program, names, limits
        solver = Solver(program, seed=limits.seed)
        self.relaxed = linear_stages(program, names, solver, bases=bases)
        self.seconds = solver.seconds
        self.at = groups(program)
        decided = [key for key, columns in self.at.items() if max(self.relaxed.x[columns]) > 1.0 - 1e-6]
        self.decided = sorted(decided, key=lambda key: (-max(dear[self.at[key]]), str(key)))
        self.left_out = [key for key, columns in self.at.items() if max(self.relaxed.x[columns]) <= 1e-6]
        self.best: Staged | None = None
        self.otherwise: Ended = "effort"

    def at_once(self, *, longer: bool) -> Array | None:
        """The best point found for the last stage among the plans that are as good as the relaxation in all stages
        before: what it decides kept, and (``longer``) where that is not close to it, half of that free; None if there
        is none at hand, or if too much is open.

        Such plans lie on the face of the linear stages, where most columns are fixed: a search takes a tenth of the
        time that it takes with a row for each stage before.
        """
        if self.relaxed.fell_back:
            return None
        last, best, cut = self.names[-1], None, False
        face = self.relaxed.faces[last].of(self.program)
        for kept in ([*self.decided, *self.left_out], self.decided, self.decided[: len(self.decided) // 2]):
            half = len(kept) < len(self.decided)
            near = best is not None and self.close(best)
            if len(self.at) - len(kept) > OPEN or (half and not longer) or (longer and near):
                continue
            limits, open_ = self.limits.finer(FINER).boxed(AT_ONCE * self.limits.left), self._keeping(face, kept)
            target = self._within(SOON) if longer else -np.inf
            before = np.inf if best is None else self.program.value(last, best)
            if longer and not cut:
                few = Few(open_, last, limits, target)
                found, cut = few.best(), few.cut
                self.seconds += few.seconds
                if found is not None and (not cut or self.close(found)):
                    # What is far misleads a search that begins with it.
                    best = min((point for point in (best, found) if point is not None),
                               key=lambda point: self.program.value(last, point))
                if not cut:
                    # Nothing is better on this ground by more than a search would look for.
                    continue
            arena = Arena(open_, limits)
            found = arena.nearest(last, target, best)
            best = best if found is None else found
            self.seconds += arena.seconds
            if longer and best is not None and np.isfinite(before) and not self._gained(before, best):
                break
        self.otherwise = "time" if self.limits.late else "effort"
        return best

    def _gained(self, before: float, point: Array) -> bool:
        """Whether a ground brought a point that is enough better than the value before."""
        last = self.names[-1]
        return before - self.program.value(last, point) >= GAINED * self.limits.gaps[last].size

    def _within(self, part: float) -> float:
        """The value of the last stage at a part of its gap from the relaxation."""
        last = self.names[-1]
        return self.relaxed.values[last] + part * self.limits.gaps[last].size

    def close(self, point: Array) -> bool:
        """Whether a point is as near to the relaxation in the last stage as a plan found at once must be."""
        return self.program.value(self.names[-1], point) <= self._within(CLOSE)

    def listed(self) -> Point | None:
        """The best of the lists, all stages at once; else what the relaxation does in full, or nothing at all, where
        that is a plan. It is kept."""
        lister = Lister(self.program, weighted(self.program, self.names), self.at, self.limits.seed, self.limits.last)
        lists = [lister.plan(self.relaxed.x, least=least, early=early) for least in LEAST for early in (False, True)]
        best = min((point for point in lists if point is not None), key=lambda point: point.cost, default=None)
        for plain in (np.floor(self.relaxed.x + 1e-6), self.program.col_lower) if best is None else (best.x,):
            if self.best is None or best is not None:
                self.take(plain)
        self.seconds += lister.seconds
        return best

    def dives(self) -> None:
        """Search all stages at once, an earlier one weighing more: dive from the relaxation, what it decides kept or
        free, then around the best point.

        Shortfalls that the relaxation does not have are held at nothing, so that the later stages are seen (each more
        stage divides the weight of the last by thirty); where there is no such plan they are searched too.
        """
        if len(self.at) - len(self.decided) - len(self.left_out) > DECIDED:
            return
        for program, names in self._grounds():
            diver = Diver(program, weighted(program, names), self.at, self.limits)
            best: Point | None = None
            for kept in (self.decided, ()):
                for share in (False, True):
                    beat = np.inf if best is None else best.cost
                    best = diver.dive(kept, self.relaxed.x, by_share=share, beat=beat) or best
            if best is not None:
                self.take(better(diver, best, ROUNDS, FREE, self.limits.seed, PROGRAMS).x)
            self.seconds += diver.seconds
            if self.best is not None:
                break
        self.otherwise = "time" if self.limits.late else "effort"

    def _grounds(self) -> list[tuple[LinearProgram, Sequence[str]]]:
        """The program with the stages up to the first shortfall of the relaxation held, and the stages from there on;
        then as it is, with all."""
        first = next((i for i, name in enumerate(self.names[:-1]) if self.relaxed.values[name] > NOTHING), None)
        plain = [(self.program, self.names)]
        if not first or self.relaxed.fell_back:
            return plain
        return [(self.relaxed.faces[self.names[first]].of(self.program), self.names[first:]), *plain]

    def by_windows(self) -> None:
        """A list of facilities, made better window by window: where a dive cannot decide as many as are open, or finds
        nothing."""
        listed = self.listed()
        if listed is not None:
            point, seconds = by_windows(self.program, self.names, self.at, listed, self.limits)
            self.seconds += seconds
            self.take(point.x)
        self.otherwise = "time" if self.limits.late else "effort"

    def whole_search(self, work: float) -> None:
        """The same by a whole search, what the relaxation decides kept: for programs in which dives find nothing."""
        arena = Arena(self._keeping(self.program, self.decided), self.limits.within(work))
        point = arena.weighted(self.names, None if self.best is None else self.best.x)
        self.seconds += arena.seconds
        self.otherwise = "time" if self.limits.late else self.otherwise
        if point is not None:
            self.take(point)

    def take(self, point: Array) -> None:
        """Hold the choices of a point, run all linear stages, keep the result if it is better."""
        held = fixed(self.program, np.round(point[self.program.whole]))
        solver = Solver(held, seed=self.limits.seed)
        try:
            _, found = taken(held, self.names, solver)
        except NoPlan:
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

    def _keeping(self, program: LinearProgram, kept: Sequence[Key]) -> LinearProgram:
        """The program (or a face of it) with some choices fixed as the relaxation has them."""
        lower, upper = program.col_lower.copy(), program.col_upper.copy()
        for key in kept:
            lower[self.at[key]] = upper[self.at[key]] = np.round(self.relaxed.x[self.at[key]])
        return program.with_bounds(col_lower=lower, col_upper=upper)


def fixed(program: LinearProgram, chosen: Array) -> LinearProgram:
    """The program with its whole-valued decisions fixed at exactly 0 or 1."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[program.whole] = chosen
    upper[program.whole] = chosen
    return program.with_bounds(col_lower=lower, col_upper=upper)
