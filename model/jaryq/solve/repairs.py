"""Cheapest moves of limits for one demand after another, with the whole choices of a plan as they are: one program
for all of them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from jaryq.solve.at_hand import STEP
from jaryq.solve.elastic import SMALL, STAGES, Elastic, Repair, priced
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, Name
from jaryq.solve.stages import linear_stages

FEW = 6
"""Up to so many moves are spread evenly, and it is asked whether others cost less."""

NEAR = 1e-6
"""Costs nearer than this are the same."""

PART = 1e-6
"""Parts up to this are none."""


class Repairs:
    """An elastic program whose limits ``policy`` and, where they do not suffice, ``law`` may move at a price. A demand
    is a set of columns (shortfalls) that are to be nothing; ``chosen``: the whole columns that the plan takes."""

    def __init__(self, elastic: Elastic, policy: Collection[int], law: Collection[int],
                 chosen: Collection[Name]) -> None:
        self.elastic, self.law = elastic, tuple(law)
        self.among = sorted({*policy, *law})
        self.program = priced(elastic, self.among)
        self.first = elastic.wide.shape[1]
        whole = np.flatnonzero(self.program.whole)
        steps = np.array([self.program.columns[j][0] in STEP for j in whole], dtype=bool)
        self.kept, self.steps = whole[~steps], whole[steps]
        self.taken = np.array([float(self.program.columns[j] in chosen) for j in self.kept])
        self.solver = Solver(self.program)

    def of(self, demand: Collection[int], *, law: bool) -> Repair | None:
        """The moves that cost least, few of them spread evenly; ``solved``: that none cost less with other choices
        (asked of few). None where there are none with these choices."""
        lower, upper = self._bounds(demand, law=law)
        lower[self.kept] = upper[self.kept] = self.taken
        x = self._solve(lower, upper, self.program.objectives[STAGES[0]][0])
        if x is not None and np.any(np.abs(x[self.steps] - np.round(x[self.steps])) > PART):
            lower[self.steps] = upper[self.steps] = np.minimum(np.ceil(x[self.steps] - PART), upper[self.steps])
            x = self._solve(lower, upper, self.program.objectives[STAGES[0]][0])
        if x is None:
            return None
        if len(self._moves(x)) > FEW:
            return Repair(self._moves(x), x[: self.first], solved=False)
        x = linear_stages(self.program.with_bounds(col_lower=lower, col_upper=upper), STAGES, self.solver).x
        moved = float(self.program.objectives[STAGES[0]][0] @ x)
        free = self._solve(*self._bounds(demand, law=law), self.program.objectives[STAGES[0]][0])
        least = -np.inf if free is None else float(self.program.objectives[STAGES[0]][0] @ free)
        return Repair(self._moves(x), x[: self.first], solved=moved <= least + NEAR * max(1.0, moved))

    def _moves(self, x: Array) -> dict[int, float]:
        first, gives = self.first, self.elastic.gives
        return {g: move for g in self.among
                if abs(move := float(x[first + 2 * g] - x[first + 2 * g + 1])) > SMALL * gives[g].size}

    def possible(self, demand: Collection[int], *, law: bool) -> bool:
        """Whether the linear program has moves, whatever is chosen."""
        lower, upper = self._bounds(demand, law=law)
        return self._solve(lower, upper, self.program.objectives[STAGES[0]][0]) is not None

    def least(self, demand: Collection[int]) -> float | None:
        """The least that is missed with every limit and rule lifted, facilities divisible; None where it is not
        told."""
        lower, upper = self._bounds((), law=True)
        for g, give in enumerate(self.elastic.gives):
            upper[self.first + 2 * g], upper[self.first + 2 * g + 1] = give.up, give.down
        cost = np.zeros(self.program.shape[1])
        cost[list(demand)] = 1.0
        x = self._solve(lower, upper, cost)
        return None if x is None else float(cost @ x)

    def _bounds(self, demand: Collection[int], *, law: bool) -> tuple[Array, Array]:
        lower, upper = self.program.col_lower.copy(), self.program.col_upper.copy()
        upper[list(demand)] = 0.0
        if not law:
            for g in self.law:
                upper[[self.first + 2 * g, self.first + 2 * g + 1]] = 0.0
        return lower, upper

    def _solve(self, lower: Array, upper: Array, cost: Array) -> Array | None:
        self.solver.column_bounds(lower, upper)
        self.solver.minimise(cost)
        # Another demand moves other limits: without presolve the way from basis to basis takes twice as long.
        self.solver.forget()
        outcome = self.solver.run()
        return outcome.x if outcome.is_best else None
