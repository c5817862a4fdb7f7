"""The search for whole facilities in one program: the stages one after another, each with a cap of its own and a stated absolute gap."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.base.errors import Infeasible, NoPlan
from model.solve.highs import Outcome, Solver
from model.solve.lp import Array, LinearProgram
from model.solve.solution import Gap, Search

CAP_SLACK = 1e-6
"""Slack of an earlier stage's cap inside whole problems (the stage's largest cost being 100), above the solver's feasibility tolerance."""

EFFORT = 100_000_000
"""Nodes times coefficients of the program: what a search may take where no limit of nodes is set. A node of 50,000 coefficients takes some 20 ms."""

LEAST = 3_000_000
"""Effort up to which a search goes on though its gap is met: small cases reach their best plan, large ones stop at the gap."""

SOLVED = 1e-6
"""Distance between point and bound (the stage's largest cost being 100) at which nothing is left open."""


@dataclass(frozen=True)
class Limits:
    """When a search may stop: absolute gap per stage, nodes of each search (None: by effort), seconds of all searches together."""

    gaps: Mapping[str, Gap]
    nodes: int | None
    seconds: float
    seed: int
    begun: float

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(self.seconds - (time.perf_counter() - self.begun), 0.0)

    def finer(self, times: float) -> Limits:
        """The same with gaps divided."""
        return replace(self, gaps={name: replace(gap, size=gap.size / times) for name, gap in self.gaps.items()})

    def most_nodes(self, program: LinearProgram) -> int:
        return self.nodes or max(EFFORT // max(program.matrix.nnz, 1), 100)


class Arena:
    """A whole program with the caps so far; solved once more without presolve where the solver says infeasible."""

    def __init__(self, program: LinearProgram, limits: Limits) -> None:
        self.program = program
        self.limits = limits
        self.caps: list[tuple[Array, float]] = []
        self.remarks: list[str] = []
        self.ends: dict[str, Search] = {}
        self.seconds = 0.0

    def run_all(self, names: Sequence[str], start: Array | None) -> Array:
        """The point after all stages, each keeping what the ones before reached. Raises Infeasible after a second search, NoPlan without a point."""
        best = start
        for name in names:
            if best is None or not self._settled(name, best):
                outcome = self._run(name, best)
                if not outcome.holds_point:
                    raise NoPlan(f"no plan of whole facilities was found: {outcome.said}")
                best = outcome.x
            else:
                self.ends[name] = Search("solved", self.limits.gaps[name], 0.0)
            self.cap(name, self.program.value(name, best))
        if best is None:
            raise NoPlan("there is nothing to search for")
        return best

    def in_one(self, names: Sequence[str], values: Mapping[str, float]) -> Array | None:
        """A point with the shortfalls of ``values`` and the last stage's best, in one search; None if there is none."""
        for name in names[:-1]:
            self.cap(name, values[name])
        outcome = self._once(names[-1], None, presolve=True)
        return outcome.x if outcome.holds_point and outcome.stop in ("optimal", "enough") else None

    def cap(self, name: str, most: float) -> None:
        """Keep a stage at ``most``."""
        vector, constant = self.program.objectives[name]
        unit = self.program.unit(name)
        self.caps.append((vector * unit, unit * (most - constant) + CAP_SLACK))

    def _settled(self, name: str, best: Array) -> bool:
        """A shortfall of nothing cannot be improved."""
        return name.startswith("priority_") and self.program.value(name, best) <= 1e-9

    def _run(self, name: str, start: Array | None) -> Outcome:
        outcome = self._once(name, start, presolve=True)
        if outcome.stop != "infeasible":
            return outcome
        again = self._once(name, start, presolve=False)
        if again.stop == "infeasible":
            raise Infeasible("no plan of whole facilities keeps all hard rules (confirmed by a second search without presolve)")
        self.remarks.append(f"{name}: the solver called a feasible program infeasible; the search without presolve found plans")
        return again

    def _once(self, name: str, start: Array | None, *, presolve: bool) -> Outcome:
        solver = Solver(self.program, seed=self.limits.seed, presolve=presolve, whole=True)
        for vector, most in self.caps:
            if np.any(vector):
                solver.add_cap(vector, most)
        vector, constant = self.program.objectives[name]
        unit = self.program.unit(name)
        solver.minimise(vector * unit)
        gap = self.limits.gaps[name]
        for option, value in (
            ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9), ("mip_max_nodes", self.limits.most_nodes(self.program)),
            ("time_limit", max(self.limits.left, 0.01)), ("primal_feasibility_tolerance", 1e-7), ("dual_feasibility_tolerance", 1e-7),
            ("mip_feasibility_tolerance", 1e-7), ("mip_heuristic_run_root_reduced_cost", False),
        ):
            solver.option(option, value)
        if start is not None:
            solver.start_at(start)
        least = LEAST // max(self.program.matrix.nnz, 1)
        solver.until(lambda nodes, distance: nodes >= least and distance <= gap.size * unit)
        outcome = solver.run()
        self.seconds += solver.seconds
        if outcome.holds_point:
            self.ends[name] = _ended(outcome, gap, unit, constant)
        return outcome


def _ended(outcome: Outcome, gap: Gap, unit: float, constant: float) -> Search:
    distance = outcome.objective - outcome.bound
    bound = outcome.bound / unit + constant if np.isfinite(outcome.bound) else None
    if outcome.stop == "optimal" and distance <= SOLVED:
        return Search("solved", gap, bound)
    if outcome.stop in ("optimal", "enough") or distance <= gap.size * unit:
        return Search("gap", gap, bound)
    return Search("time" if outcome.stop == "time" else "nodes", gap, bound)
