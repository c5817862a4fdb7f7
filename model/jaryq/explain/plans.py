"""Whole plans that are as good as the shown one and hold an opposite: near the shown plan first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jaryq.explain.ground import ITERATIONS, work
from jaryq.explain.opposites import Opposite, Rows
from jaryq.explain.shown import Held, Shown
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, label
from jaryq.solve.solution import MET

PART = 1e-6
"""A share up to this is none."""

TRIED = 3
"""Starts of a row that comes in which are tried with all else as it is."""

DROPPED = 3
"""So many rows at most are given up for one that comes in."""


@dataclass(frozen=True, eq=False)
class Found:
    """A whole plan: values of the stages (minimised), and its starts that differ from the shown plan's, of divisible
    facilities by more than half of them."""

    values: Mapping[str, float]
    instead: tuple[str, ...]


class Plans:
    """The program with choices fixed, the stages but the last at what plans as good as the shown one keep."""

    def __init__(self, shown: Shown, rows: Rows) -> None:
        self.shown, self.rows = shown, rows
        program = shown.program
        self.last = shown.names[-1]
        self.starts = np.array(sorted(j for columns in rows.starts.values() for j in columns), dtype=np.int64)
        self.solver = Solver(program)
        unit = program.unit(self.last)
        self.solver.minimise(program.objectives[self.last][0] * unit)
        for name in shown.before(self.last):
            vector, constant = program.objectives[name]
            scale = program.unit(name)
            self.solver.add_cap(vector * scale, scale * (shown.most(name) - constant))
        self.solver.option("simplex_strategy", 1)
        self.solver.option("simplex_iteration_limit", ITERATIONS)
        self.work = 0.0
        self._last = ""
        self._duals = np.zeros(0)

    def near(self, opposite: Opposite) -> Found | None:
        """A plan as good as the shown one in which nothing else is decided otherwise, or nothing else is started
        otherwise, or a few rows are not done; of divisible facilities the best plan with the opposite, if it is."""
        if not self.shown.program.whole.any():
            x = self._best(opposite)
            return self.found(x) if x is not None and self._good(x) else None
        lower = np.where(self.shown.program.whole, self.shown.chosen, self.shown.program.col_lower)
        upper = np.where(self.shown.program.whole, self.shown.chosen, self.shown.program.col_upper)
        for others in (self._of_project(opposite.project), self._others):
            low, high = lower.copy(), upper.copy()
            low[others], high[others] = self.shown.program.col_lower[others], self.shown.program.col_upper[others]
            low[list(opposite.off)], high[list(opposite.off)] = 0.0, 0.0
            if (found := self._beside(opposite, low, high, others)) is not None:
                return found
        if opposite.kind == "payer" or not opposite.on:
            return None
        low[list(opposite.on)], high[list(opposite.on)] = 0.0, 0.0
        return self._given_up(opposite, low, high)

    def at_once(self, opposite: Opposite) -> Found | None:
        """The same of a row that comes in, with all else as it is, at its cheapest start by the multipliers and at that
        which did for another row: two linear programs at most."""
        if opposite.kind == "payer" or not opposite.on:
            return None
        others = self._of_project(opposite.project)
        lower = np.where(self.shown.program.whole, self.shown.chosen, self.shown.program.col_lower)
        upper = np.where(self.shown.program.whole, self.shown.chosen, self.shown.program.col_upper)
        lower[others], upper[others] = self.shown.program.col_lower[others], self.shown.program.col_upper[others]
        lower[list(opposite.off)], upper[list(opposite.off)] = 0.0, 0.0
        mine = [j for j in opposite.on if self.shown.program.col_upper[j] > 0.0]
        cheapest = sorted(mine, key=lambda j: (self._cost(j), j))[:1]
        alike = [j for j in mine if self._when(j) == self._last and j not in cheapest]
        return self._starting(mine, [*alike, *cheapest], lower, upper, others)

    def _best(self, opposite: Opposite) -> Array | None:
        """Divisible facilities with the opposite, all else free; where no row of the program can say it, nothing."""
        ways = self.rows.ways(opposite)
        if len(ways) != 1:
            return None
        program = self.shown.program
        changed = ways[0].of(program)
        self.solver.row_bounds(changed.row_lower, changed.row_upper)
        x = self._asked(changed.col_lower, changed.col_upper)
        self.solver.row_bounds(program.row_lower, program.row_upper)
        return x

    def _beside(self, opposite: Opposite, lower: Array, upper: Array, others: list[int]) -> Found | None:
        """Everything else as it is: where the row may start anywhere, the starts that the linear program does most."""
        mine = [j for j in opposite.on if self.shown.program.col_upper[j] > 0.0]
        if not mine:
            return None if opposite.on else self._whole(lower, upper, others)
        # What did for another row, often one of its kind, costs one linear program to try.
        alike = [j for j in mine if self._when(j) == self._last]
        if (found := self._starting(mine, alike, lower, upper, others)) is not None:
            return found
        if len(mine) > 1:
            low, high = lower.copy(), upper.copy()
            low[mine], high[mine] = 0.0, 1.0
            x = self._one_of(opposite, low, high)
            if x is None or not self._good(x):
                return None
            mine = sorted(mine, key=lambda j: (-x[j], j))
        return self._starting(mine, [j for j in mine if j not in alike][:TRIED], lower, upper, others)

    def _starting(self, mine: list[int], tried: list[int], lower: Array, upper: Array,
                  others: list[int]) -> Found | None:
        """The first of some starts of a row with which the plan is as good."""
        for j in tried:
            low, high = lower.copy(), upper.copy()
            low[mine] = high[mine] = 0.0
            low[j] = high[j] = 1.0
            if (found := self._whole(low, high, others)) is not None:
                self._last = self._when(j)
                return found
        return None

    def _when(self, j: int) -> str:
        """The period of a start."""
        return str(self.shown.program.columns[j][1][1])

    def _one_of(self, opposite: Opposite, lower: Array, upper: Array) -> Array | None:
        """The linear program with one start of the row in parts; as good as nothing is asked where no row can say it.
        """
        ways = self.rows.ways(opposite)
        if len(ways) > 1 or not ways[0].rows:
            return self._asked(lower, upper)
        program = self.shown.program
        self.solver.row_bounds(ways[0].of(program).row_lower, program.row_upper)
        x = self._asked(lower, upper)
        self.solver.row_bounds(program.row_lower, program.row_upper)
        return x

    def _given_up(self, opposite: Opposite, lower: Array, upper: Array) -> Found | None:
        """A row that comes in, or another time: what the linear program would give up for it."""
        mine = [j for j in opposite.on if self.shown.program.col_upper[j] > 0.0]
        for j in sorted(mine, key=lambda j: (self._cost(j), j))[:2]:
            low, high = lower.copy(), upper.copy()
            low[j] = high[j] = 1.0
            done = self.starts[(low[self.starts] > 0.5) & (self.starts != j)
                               & (self.shown.program.col_lower[self.starts] < 0.5)]
            loose = low.copy()
            loose[done] = 0.0
            x = self._asked(loose, high)
            if x is None or not self._good(x):
                continue
            given = [i for i in done[np.argsort(x[done], kind="stable")].tolist() if x[i] < 1.0 - PART][:DROPPED]
            for count in range(1, len(given) + 1):
                less, least = low.copy(), high.copy()
                less[given[:count]] = least[given[:count]] = 0.0
                if (found := self._whole(less, least, self._others)) is not None:
                    return found
        return None

    def _of_project(self, project: str) -> list[int]:
        """Whole columns that are no starts and speak of a project."""
        names = self.shown.program.columns
        return [j for j in self._others if self.shown.question.project_of(names[j]) == project]

    def _cost(self, j: int) -> float:
        """What a start costs by the multipliers of the last stage."""
        return float(self._left[j])

    @cached_property
    def _left(self) -> Array:
        held, program = self.shown.held[self.last], self.shown.program
        left: Array = program.objectives[self.last][0] - program.matrix.T @ held.rows
        for name, m in held.before.items():
            left = left + m * program.objectives[name][0]
        return left

    @cached_property
    def _others(self) -> list[int]:
        """Whole columns that are no starts."""
        whole = np.flatnonzero(self.shown.program.whole)
        return [int(j) for j in whole[~np.isin(whole, self.starts)]]

    def _whole(self, lower: Array, upper: Array, others: list[int]) -> Found | None:
        """The plan with the whole columns at their bounds, ``others`` as the linear program has them, if it is as good
        as the shown one."""
        x = self._asked(lower, upper)
        if x is not None and others and self._good(x):
            low, high = lower.copy(), upper.copy()
            low[others] = high[others] = np.minimum(np.ceil(x[others] - PART), self.shown.program.col_upper[others])
            x = self._asked(low, high)
        if x is None or not self._good(x):
            return None
        return self.found(x)

    def as_done(self) -> Held | None:
        """Multipliers of the last stage with all whole choices as the plan has them: what money and limits are worth to
        it as it stands; None where the solver gives none."""
        program, unit = self.shown.program, self.shown.program.unit(self.last)
        for k, name in enumerate(self.shown.before(self.last)):
            value = self.shown.values[name]
            most = value + MET * max(1.0, abs(value)) - program.objectives[name][1]
            self.solver.between(program.shape[0] + k, -np.inf, program.unit(name) * most)
        x = self._asked(*(np.where(program.whole, self.shown.chosen, side)
                          for side in (program.col_lower, program.col_upper)))
        if x is None:
            return None
        caps = zip(self.shown.before(self.last), self._duals[program.shape[0]:].tolist(), strict=True)
        return Held(self._duals[: program.shape[0]] / unit,
                    {name: -dual * program.unit(name) / unit for name, dual in caps})

    def held(self, x: Array) -> Found | None:
        """The plan with the choices of a whole point, if it is as good as the shown one."""
        whole = self.shown.program.whole
        lower = np.where(whole, np.round(x), self.shown.program.col_lower)
        upper = np.where(whole, np.round(x), self.shown.program.col_upper)
        at = self._asked(lower, upper)
        return self.found(at) if at is not None and self._good(at) else None

    def found(self, x: Array) -> Found:
        """A whole point as a plan."""
        program, chosen = self.shown.program, self.shown.chosen
        moved = x[self.starts] - chosen[self.starts]
        more, less = self.starts[moved > 0.5], self.starts[moved < -0.5]
        instead = (*(label(program.columns[j]) for j in more), *("-" + label(program.columns[j]) for j in less))
        return Found({name: program.value(name, x) for name in self.shown.names}, instead)

    def _good(self, x: Array) -> bool:
        return self.shown.program.value(self.last, x) <= self.shown.most(self.last)

    def _asked(self, lower: Array, upper: Array) -> Array | None:
        self.solver.column_bounds(lower, upper)
        outcome = self.solver.run()
        self.work += work(self.shown.program, outcome.iterations)
        self._duals = outcome.row_dual
        return outcome.x if outcome.is_best else None
