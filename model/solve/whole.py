"""Whole facilities: the shortfall stages and the objective again as whole problems, each with its own cap and a stated absolute gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from model.base.errors import Infeasible, NoPlan
from model.solve.highs import Outcome, Solver
from model.solve.lp import Array, LinearProgram

CAP_SLACK = 1e-6
"""Slack of an earlier stage's cap inside whole problems, above the solver's own feasibility tolerance."""


@dataclass(frozen=True, eq=False)
class Whole:
    """A point with every choice 0 or 1, and what should be said about how it was found."""

    x: Array
    remarks: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Limits:
    """When a search may stop: absolute gap per stage, nodes, seconds."""

    gaps: dict[str, float]
    nodes: int
    seconds: float
    seed: int


def whole_stages(program: LinearProgram, names: Sequence[str], limits: Limits, hint: Array) -> Whole:
    """Search whole points stage by stage; ``hint`` is a point of the relaxation.

    Raises Infeasible only after a second search with presolve off (HiGHS 1.14.0 to 1.15.1 call some feasible whole programs infeasible), NoPlan if
    no whole point is found within the limits.
    """
    search = _Search(program, limits)
    remarks: list[str] = []
    best: Array | None = _rounded(program, hint, names[0], limits.seed)
    for position, name in enumerate(names):
        vector, constant = program.objectives[name]
        if best is not None and position + 1 < len(names) and program.value(name, best) <= limits.gaps.get(name, 0.0):
            # Nothing is missed at this priority: no search can improve on it by more than the gap.
            search.cap(vector, program.value(name, best) - constant + CAP_SLACK)
            continue
        outcome = search.run(name, best)
        if not outcome.holds_point:
            raise NoPlan(f"no plan of whole facilities was found: {outcome.said}")
        if outcome.stop == "limit":
            remarks.append(f"{name}: the search was cut off ({outcome.said}); another machine may give another plan")
        best = outcome.x
        search.cap(vector, program.value(name, best) - constant + CAP_SLACK)
    if best is None:
        raise NoPlan("no plan of whole facilities was found")
    return Whole(best, (*search.remarks, *remarks), search.seconds)


class _Search:
    """A whole program with the caps so far; solved once more without presolve where the solver says infeasible."""

    def __init__(self, program: LinearProgram, limits: Limits) -> None:
        self.program = program
        self.limits = limits
        self.caps: list[tuple[Array, float]] = []
        self.remarks: list[str] = []
        self.seconds = 0.0

    def cap(self, vector: Array, most: float) -> None:
        if np.any(vector):
            self.caps.append((vector, most))

    def run(self, name: str, start: Array | None) -> Outcome:
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
            solver.add_cap(vector, most)
        vector, _ = self.program.objectives[name]
        solver.minimise(vector)
        for option, value in (
            ("mip_rel_gap", 0.0), ("mip_abs_gap", max(self.limits.gaps.get(name, 0.0), 1e-9)), ("mip_max_nodes", self.limits.nodes),
            ("time_limit", self.limits.seconds), ("primal_feasibility_tolerance", 1e-7), ("dual_feasibility_tolerance", 1e-7),
            ("mip_feasibility_tolerance", 1e-7),
        ):
            solver.option(option, value)
        if start is not None:
            point = highspy.HighsSolution()
            point.col_value = start.tolist()
            solver.highs.setSolution(point)
        outcome = solver.run()
        self.seconds += solver.seconds
        return outcome


def choices(program: LinearProgram, x: Array) -> Array:
    """The whole-valued decisions of a point, rounded to exactly 0 or 1."""
    return np.round(x[program.whole])


def fixed(program: LinearProgram, chosen: Array) -> LinearProgram:
    """The program with its whole-valued decisions fixed."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[program.whole] = chosen
    upper[program.whole] = chosen
    return program.with_bounds(col_lower=lower, col_upper=upper)


def _rounded(program: LinearProgram, hint: Array, name: str, seed: int) -> Array | None:
    """A whole point near the relaxation: choices of one half or more are kept, the rest is solved again; None if that does not work."""
    del name, seed
    chosen = np.where(hint[program.whole] >= 1.0 - 1e-6, 1.0, 0.0)
    solver = Solver(fixed(program, chosen))
    solver.minimise(np.zeros(program.shape[1]))
    outcome = solver.run()
    return outcome.x if outcome.stop == "optimal" and outcome.holds_point else None
