"""The search for whole facilities in one program: the stages one after another, each with a cap of its own and a stated
absolute gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.ending import End
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.limits import Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.solution import Ended
from jaryq.solve.stopped import NOT_FOUND, stopped

CAP_SLACK = 1e-6
"""Slack of an earlier stage's cap inside whole problems (the stage's largest cost being 100), above the solver's
feasibility tolerance."""

LEAST = 3_000_000
"""Effort up to which a search goes on though its gap is met: small cases reach their best plan, large ones stop at the
gap."""

FEW = 100
"""Nodes by which it is no use to go on beyond the gap."""

SOLVED = 1e-6
"""Distance between point and bound (the stage's largest cost being 100) at which nothing is left open."""

WEIGHT = 30.0
"""Weight of a stage against the next where all are searched at once, each stage's largest cost being 100."""


class Arena:
    """A whole program with the caps so far; solved once more without presolve where the solver says infeasible."""

    def __init__(self, program: LinearProgram, limits: Limits) -> None:
        self.program = program
        self.limits = limits
        self.caps: dict[str, float] = {}
        self.remarks: list[str] = []
        self.ends: dict[str, End] = {}
        self.seconds = 0.0
        self.late = False
        """Whether the clock ended a search."""

    def run_all(self, names: Sequence[str], start: Array | None) -> Array:
        """The point after all stages, each keeping what the ones before reached. Without a point raises Infeasible
        after a second search, or NoPlan."""
        best = start
        limits = self.limits
        for position, name in enumerate(names):
            if best is None or not self._settled(name, best):
                # What a stage leaves of its share of the time is for the later ones.
                self.limits = limits.within(limits.left / (len(names) - position))
                outcome = self._run(name, best)
                if outcome.holds_point:
                    best = outcome.x
                if best is None:
                    raise stopped(outcome, NOT_FOUND)
            else:
                self.ends[name] = End("solved", 0.0, dict(self.caps))
            self.caps[name] = self.program.value(name, best)
        self.limits = limits
        if best is None:
            raise NoPlan("there is nothing to search for")
        return best

    def at_once_at_best(self, names: Sequence[str], least: Mapping[str, float]) -> Array | None:
        """The best point found for the last stage where each before it is as good as a relaxation lets it be
        (``least``, values of the stages), so that no stage but the last need be searched; None where none is found."""
        self.caps = {name: least[name] for name in names[:-1]}
        outcome = self._once(names[-1], None, presolve=True)
        self.caps = {}
        return outcome.x if outcome.holds_point else None

    def nearest(self, name: str, target: float, start: Array | None) -> Array | None:
        """The best point found for one stage, the search ending at ``target``; None if there is none."""
        outcome = self._once(name, start, presolve=True, target=target)
        return outcome.x if outcome.holds_point else None

    def weighted(self, names: Sequence[str], start: Array | None) -> Array | None:
        """The best point found for all stages at once, an earlier one weighing more; None if there is none."""
        outcome = self._search(weighted(self.program, names), least_gain(self.program, names, self.limits), start,
                               presolve=True)
        return outcome.x if outcome.holds_point else None

    def _settled(self, name: str, best: Array) -> bool:
        """A shortfall of nothing cannot be improved."""
        return name.startswith(("priority_", "spread_")) and self.program.value(name, best) <= 1e-9

    def _run(self, name: str, start: Array | None) -> Outcome:
        outcome = self._once(name, start, presolve=True)
        if outcome.stop != "infeasible":
            return outcome
        again = self._once(name, start, presolve=False)
        if again.stop == "infeasible" and start is None:
            raise Infeasible("no plan of whole facilities keeps all hard rules (confirmed by a second search without "
                             "presolve)")
        if again.stop == "infeasible":
            # There is a plan, by a hair that the search does not have.
            return again
        self.remarks.append(f"{name}: the solver called a feasible program infeasible; the search without presolve "
                            "found plans")
        return again

    def _once(self, name: str, start: Array | None, *, presolve: bool, target: float = -np.inf) -> Outcome:
        vector, constant = self.program.objectives[name]
        unit = self.program.unit(name)
        outcome = self._search(vector * unit, self.limits.gaps[name].size * unit, start, presolve=presolve,
                               target=unit * (target - constant))
        if outcome.holds_point:
            bound = outcome.bound / unit + constant if np.isfinite(outcome.bound) else None
            by = _by(outcome, self.limits.gaps[name].size * unit, late=self.late)
            self.ends[name] = End(by, bound, dict(self.caps))
        return outcome

    def _search(self, cost: Array, gap: float, start: Array | None, *, presolve: bool,
                target: float = -np.inf) -> Outcome:
        limits = self.limits
        solver = Solver(self.program, seed=limits.seed, presolve=presolve, whole=True)
        for name, most in self.caps.items():
            vector, constant = self.program.objectives[name]
            if np.any(vector):
                solver.add_cap(vector * self.program.unit(name),
                               self.program.unit(name) * (most - constant) + CAP_SLACK)
        solver.minimise(cost)
        least = LEAST // max(self.program.matrix.nnz, 1)
        if least < FEW:
            # On a large case the gap ends the search at once; the solver looks at its own gap more often than at ours.
            least = 0
        for option, value in (
            ("mip_rel_gap", 0.0), ("mip_abs_gap", max(0.0 if least else gap, 1e-9)),
            ("mip_max_nodes", limits.most_nodes(self.program)),
            ("time_limit", limits.most()), ("primal_feasibility_tolerance", 1e-7),
            ("dual_feasibility_tolerance", 1e-7),
            ("mip_feasibility_tolerance", 1e-7), ("mip_heuristic_run_root_reduced_cost", False),
        ):
            solver.option(option, value)
        if start is not None:
            solver.start_at(start)

        begun = limits.spent.work

        def enough(nodes: int, best: float, distance: float) -> bool:
            limits.spent.look(self.program, nodes)
            near = nodes >= least and (distance <= gap or best <= target)
            return near or ((limits.hard or distance < np.inf) and limits.left <= 0.0)

        solver.until(enough)
        outcome = solver.run()
        limits.spent.whole(outcome, self.program, begun)
        self.late = self.late or limits.late
        self.seconds += solver.seconds
        return outcome


def weighted(program: LinearProgram, names: Sequence[str]) -> Array:
    """One cost for all stages, each weighing ``WEIGHT`` times the next; the largest is 100 where the first stage has
    the largest."""
    cost = np.zeros(program.shape[1])
    for rank, name in enumerate(names):
        cost += WEIGHT**-rank * program.unit(name) * program.objectives[name][0]
    return cost


def least_gain(program: LinearProgram, names: Sequence[str], limits: Limits) -> float:
    """The gap of the last stage in the unit of ``weighted``."""
    last = names[-1]
    return limits.gaps[last].size * program.unit(last) * float(WEIGHT ** (1 - len(names)))


def _by(outcome: Outcome, gap: float, *, late: bool) -> Ended:
    distance = outcome.objective - outcome.bound
    if outcome.stop == "optimal" and distance <= SOLVED:
        return "solved"
    if outcome.stop == "optimal" or distance <= gap:
        return "gap"
    if outcome.stop == "time" or late:
        return "time"
    return "effort" if outcome.stop == "enough" else "nodes"

