"""The plan that people make by hand: projects ranked by benefit per KZT, taken from the top as early as all limits let
them (docs/numbers.md, Ranking)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.at_hand import search
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.stages import Staged, linear_stages

SECONDS = 30.0
"""For whole decisions that are no starts (taking part in projects)."""

LATER = 1e-3
"""A km that comes a period later counts so much less, so that km come as early as they can."""


@dataclass(frozen=True)
class Ranked:
    """A project in the ranking: benefit per KZT (present values, at its best start), and what became of it: the period
    it starts in, km renewed, or neither."""

    project: str
    ratio: float
    start: str | None = None
    km: float = 0.0


@dataclass(frozen=True, eq=False)
class ByRank:
    """The ranking from the top, and the stages of the plan with these works, its money decided as well as it can be;
    ``divisible``: no whole decisions on money (tickets, smallest shares) were found that go with the works, so these
    are taken in parts, which flatters the ranking."""

    ranked: tuple[Ranked, ...]
    staged: Staged
    divisible: bool = False


class Ranking:
    """``benefits``, ``outlays``: present values by column; ``must``: projects that come first."""

    def __init__(self, program: LinearProgram, benefits: Array, outlays: Array, must: Sequence[str]) -> None:
        self.program = program
        self.must = frozenset(must)
        self.benefits, self.outlays = benefits, outlays
        self.solver = Solver(program, presolve=False)
        self.solver.minimise(np.zeros(program.shape[1]))
        self.lower, self.upper = program.col_lower.copy(), program.col_upper.copy()

    @cached_property
    def columns(self) -> Mapping[str, list[int]]:
        """Starts of each facility, and renewals of each package, in the order of their periods."""
        found: dict[str, list[int]] = {}
        for j, (family, index) in enumerate(self.program.columns):
            if family in ("start", "renew"):
                found.setdefault(str(index[0]), []).append(j)
        return {p: sorted(mine, key=lambda j: str(self.program.columns[j][1][1])) for p, mine in found.items()}

    @cached_property
    def ratios(self) -> Mapping[str, float]:
        """Benefit per KZT of each project at its best start; what costs nothing comes first."""
        found = {}
        for p, mine in self.columns.items():
            best = [self.benefits[j] / self.outlays[j] if self.outlays[j] > 0 else
                    (np.inf if self.benefits[j] > 0 else 0.0) for j in mine]
            found[p] = max(best, default=0.0)
        return found

    def run(self, names: Sequence[str]) -> ByRank:
        """Take projects from the top. Raises NoPlan where even the projects that must be done leave no plan so."""
        if not self._plan():
            raise NoPlan("there is no linear plan")
        ranked = [self._take(p) for p in sorted(self.columns, key=lambda p: (p not in self.must, -self.ratios[p], p))]
        held = self.program.with_bounds(col_lower=self.lower, col_upper=self.upper)
        if held.whole.any() and (self.lower < self.upper)[held.whole].any():
            outcome = search(held, names[-1], SECONDS)
            if not outcome.holds_point:
                return ByRank(tuple(ranked), linear_stages(held, names, Solver(held)), divisible=True)
            held = fixed(held, np.round(outcome.x[held.whole]))
        return ByRank(tuple(ranked), linear_stages(held, names, Solver(held)))

    def _take(self, p: str) -> Ranked:
        mine = self.columns[p]
        starts = self.program.columns[mine[0]][0] == "start"
        if self.ratios[p] <= 0 and p not in self.must:
            self._keep(mine, np.zeros(len(mine)))
        elif starts:
            for k in range(len(mine)):
                if self.upper[mine[k]] > 0 and self._keep(mine, np.eye(len(mine))[k]):
                    return Ranked(p, self.ratios[p], start=str(self.program.columns[mine[k]][1][1]))
            self._keep(mine, np.zeros(len(mine)))
        else:
            return Ranked(p, self.ratios[p], km=self._most_km(mine))
        return Ranked(p, self.ratios[p])

    def _keep(self, mine: Sequence[int], values: Array) -> bool:
        """Hold columns at values if that leaves a plan."""
        before = self.lower[mine], self.upper[mine]
        self.lower[mine] = self.upper[mine] = values
        if self._plan():
            return True
        self.lower[mine], self.upper[mine] = before
        return False

    def _most_km(self, mine: Sequence[int]) -> float:
        cost = np.zeros(self.program.shape[1])
        cost[mine] = -(1.0 - LATER * np.arange(len(mine)))
        self.solver.minimise(cost)
        outcome = self._solve()
        self.solver.minimise(np.zeros(self.program.shape[1]))
        if outcome is None:
            return 0.0
        km = np.maximum(outcome[mine], 0.0)
        km[km < 1e-9] = 0.0
        self.lower[mine] = self.upper[mine] = np.minimum(km, self.upper[mine])
        return float(km.sum())

    def _plan(self) -> bool:
        return self._solve() is not None

    def _solve(self) -> Array | None:
        self.solver.column_bounds(self.lower, self.upper)
        outcome = self.solver.run()
        return outcome.x if outcome.is_best else None
