"""Whole points by diving: the linear program again and again, each time with one more facility decided.

Measured on the shipped case (quarters, crews that move, shared trenches): a linear program after one change takes 5 ms,
the cuts at the root of a whole search 10 s. A dive of some hundred linear programs reaches in a second or two what that
search reaches in twenty.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import Array, LinearProgram

Key = tuple[str, object]

PART = 1e-6
"""A value between this and 1 less this is a part."""

PROGRAMS = 400
"""Linear programs of one dive at most."""


def groups(program: LinearProgram) -> dict[Key, list[int]]:
    """Whole-valued columns by what they decide: the starts of one facility together, of which at most one is chosen;
    any other alone."""
    found: dict[Key, list[int]] = {}
    for j in np.flatnonzero(program.whole):
        family, index = program.columns[j]
        found.setdefault((family, index[0] if family == "start" else index), []).append(int(j))
    return found


def places(program: LinearProgram) -> npt.NDArray[np.int64]:
    """Of each column that starts a facility the place of its period among those of all starts; of others -1."""
    labels = sorted({str(index[1]) for family, index in program.columns if family == "start"})
    rank = {label: i for i, label in enumerate(labels)}
    return np.array([rank[str(index[1])] if family == "start" else -1 for family, index in program.columns],
                    dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Point:
    """A whole point and its cost."""

    x: Array
    cost: float


class Diver:
    """A program with one cost, ready to be dived in; ``seconds`` spent in the solver, ``programs`` solved."""

    def __init__(self, program: LinearProgram, cost: Array, at: Mapping[Key, list[int]], limits: Limits) -> None:
        self.program, self.at, self.limits = program, at, limits
        self.solver = Solver(program, seed=limits.seed)
        self.solver.minimise(cost)
        self.solver.tolerances(1e-7)
        self.programs = 0

    @property
    def seconds(self) -> float:
        return self.solver.seconds

    def dive(self, kept: Sequence[Key], x: Array, *, by_share: bool, beat: float = np.inf) -> Point | None:
        """A whole point with the choices of ``kept`` as ``x`` has them; None if there is none at hand that costs less
        than ``beat``.

        Each step takes the facility nearest to a start of its own (or, ``by_share``, the one done to the largest share)
        and starts it where it is done most, or leaves it out if less than half of it is done. A step that leaves
        nothing is taken back and its contrary tried, once.
        """
        lower, upper = self.program.col_lower.copy(), self.program.col_upper.copy()
        for key in kept:
            lower[self.at[key]] = upper[self.at[key]] = np.round(x[self.at[key]])
        outcome = self._solve(lower, upper)
        for _ in range(PROGRAMS):
            if not outcome.is_best or outcome.objective >= beat or self.limits.left <= 0.0:
                return None
            following = self._next(outcome.x, by_share=by_share)
            if following is None:
                return Point(outcome.x, outcome.objective)
            columns = self.at[following]
            most = columns[int(np.argmax(outcome.x[columns]))]
            out = float(outcome.x[columns].sum()) < 0.5
            was_lower, was_upper = lower[columns].copy(), upper[columns].copy()
            for leave in (out, not out):
                lower[columns], upper[columns] = was_lower, was_upper
                if leave and out:
                    upper[columns] = 0.0
                elif leave:
                    upper[most] = 0.0
                else:
                    lower[most] = 1.0
                if np.any(lower[columns] > upper[columns]):
                    continue
                outcome = self._solve(lower, upper)
                if outcome.is_best:
                    break
        return None

    def _solve(self, lower: Array, upper: Array) -> Outcome:
        self.solver.column_bounds(lower, upper)
        self.programs += 1
        outcome = self.solver.run()
        self.limits.spent.linear(outcome, self.program)
        return outcome

    def _next(self, x: Array, *, by_share: bool) -> Key | None:
        """The next facility to decide; None if all are whole."""
        part = (x > PART) & (x < 1 - PART) & self.program.whole
        best: tuple[float, Key] | None = None
        for key, columns in self.at.items():
            if part[columns].any():
                size = float(x[columns].sum() if by_share else x[columns].max())
                if best is None or size > best[0] + 1e-9:
                    best = size, key
        return None if best is None else best[1]


def better(diver: Diver, best: Point, rounds: int, free: float, seed: int, programs: int) -> Point:
    """Dive again from the best point, each time with another part of its choices free, until ``rounds`` or ``programs``
    are used up."""
    chance = random.Random(seed)
    keys = list(diver.at)
    until = diver.programs + programs
    for number in range(rounds):
        if diver.programs >= until:
            break
        loose = set(chance.sample(keys, max(round(free * len(keys)), 1)))
        found = diver.dive([key for key in keys if key not in loose], best.x, by_share=number % 2 == 1,
                           beat=best.cost - 1e-7 * abs(best.cost))
        best = found or best
    return best
