"""HiGHS as three solvers: simplex, interior point with crossover, and branching for whole programs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np

from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.lp import Array
from jaryq.validate.answer import BASIC, FREE, LOWER, UPPER, Answer, Basis, Question, Statuses, Stop

_KNOWN = highspy.HighsBasisStatus
_STATUSES = {_KNOWN.kBasic: BASIC, _KNOWN.kLower: LOWER, _KNOWN.kUpper: UPPER, _KNOWN.kZero: FREE,
             _KNOWN.kNonbasic: LOWER}


@dataclass(frozen=True)
class Highs:
    """One way of HiGHS to solve a program, from scratch each time."""

    name: str
    method: Literal["simplex", "ipm", "branching"]

    @property
    def whole(self) -> bool:
        return self.method == "branching"

    def solve(self, question: Question) -> Answer:
        begun = time.perf_counter()
        solver = Solver(question.program, whole=self.whole)
        solver.minimise(question.cost, question.offset)
        for option, value in self._options(question):
            solver.option(option, value)
        outcome = solver.run()
        seconds = time.perf_counter() - begun
        known: dict[str, Any] = {}
        if outcome.holds_point:
            known = {"x": outcome.x, "value": outcome.objective, "bound": outcome.bound if self.whole else np.nan}
            if not self.whole:
                known |= {"row_dual": outcome.row_dual, "basis": _basis(solver)}
        elif outcome.stop == "infeasible" and not self.whole:
            known = {"ray": _ray(solver, question)}
        return Answer(self.name, _stop(outcome), outcome.said, seconds=seconds, **known)

    def _options(self, question: Question) -> list[tuple[str, Any]]:
        options: list[tuple[str, Any]] = [("time_limit", question.seconds)]
        if not self.whole:
            return [*options, ("solver", self.method), ("run_crossover", "on")]
        tolerances = [(f"{what}_feasibility_tolerance", 1e-7) for what in ("mip", "primal", "dual")]
        return [*options, ("mip_rel_gap", 0.0), ("mip_abs_gap", question.gap), *tolerances]


def _stop(outcome: Outcome) -> Stop:
    """A limit is one of time: no other is set."""
    if outcome.said == "Unbounded":
        return "unbounded"
    if outcome.stop == "time":
        return "limit"
    return outcome.stop if outcome.stop in ("optimal", "infeasible") else "other"


def _basis(solver: Solver) -> Basis | None:
    basis = solver.basis()
    if not basis.valid:
        return None
    return Basis(_statuses(basis.col_status), _statuses(basis.row_status))


def _statuses(found: Sequence[Any]) -> Statuses:
    return np.array([_STATUSES[status] for status in found], dtype=np.int8)


def _ray(solver: Solver, question: Question) -> Array:
    status, exists, values = solver.highs.getDualRay()
    if status == highspy.HighsStatus.kError or not exists:
        return np.zeros(0)
    ray = np.array(values, dtype=float)
    return ray if ray.shape == (question.program.shape[0],) else np.zeros(0)
