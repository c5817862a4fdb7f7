"""Linear stages one after another, each on the optimal face of those before (conventions: any optimal dual describes the whole face)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from model.base.errors import Infeasible, NoPlan
from model.solve.highs import Outcome, Solver
from model.solve.infeasible import confirm
from model.solve.lp import Array, LinearProgram

FACE = 1e-7
"""A reduced cost or dual above this (the stage's largest cost being 100) fixes its column or row."""

HOLD = 1e-8
"""Earlier values must hold to this share of their size at the end, else the stages run again with rows that keep them."""


@dataclass(frozen=True, eq=False)
class Staged:
    """The point after all stages, the value of each (minimised), their multipliers and bases; ``undecided`` counts values near the face's edge."""

    x: Array
    values: dict[str, float]
    duals: dict[str, Array]
    bases: dict[str, Any] = field(default_factory=dict)
    fell_back: bool = False
    undecided: dict[str, int] = field(default_factory=dict)


def linear_stages(program: LinearProgram, names: Sequence[str], solver: Solver, near: Staged | None = None) -> Staged:
    """Run the stages of ``names`` on ``program``, which ``solver`` holds (its bounds are set here); ``near``: stages of a program nearby.

    Raises Infeasible (with a proof) if there is no plan, NoPlan if the solver gives up.
    """
    found = _on_faces(program, names, solver, near.bases if near else {})
    if not _holds(program, found):
        found = _with_rows(program, names, solver)
    solver.column_bounds(program.col_lower, program.col_upper)
    solver.row_bounds(program.row_lower, program.row_upper)
    return found


def _on_faces(program: LinearProgram, names: Sequence[str], solver: Solver, near: Mapping[str, Any]) -> Staged:
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    values: dict[str, float] = {}
    duals: dict[str, Array] = {}
    bases: dict[str, Any] = {}
    undecided: dict[str, int] = {}
    x = np.zeros(program.shape[1])
    for position, name in enumerate(names):
        vector, _ = program.objectives[name]
        solver.column_bounds(lower, upper)
        solver.row_bounds(row_lower, row_upper)
        scale = program.unit(name)
        solver.minimise(vector * scale)
        # After the first stage the point at hand stays feasible: the primal simplex goes on from there. From the basis of the same stage
        # in a program nearby only a few rows are violated: the dual simplex mends them.
        if name in near:
            solver.start_from(near[name])
        solver.option("simplex_strategy", 4 if position and name not in near else 1)
        outcome = solve_surely(solver, program)
        x = outcome.x
        values[name] = program.value(name, x)
        duals[name] = outcome.row_dual / scale
        bases[name] = solver.basis()
        reduced, priced = np.abs(outcome.col_dual), np.abs(outcome.row_dual)
        undecided[name] = int(((reduced > FACE / 100) & (reduced < FACE * 10)).sum() + ((priced > FACE / 100) & (priced < FACE * 10)).sum())
        at_lower = outcome.col_dual > 0
        fixed = reduced > FACE
        upper[fixed & at_lower] = lower[fixed & at_lower]
        lower[fixed & ~at_lower] = upper[fixed & ~at_lower]
        tight = priced > FACE
        below = tight & (outcome.row_dual > 0) & np.isfinite(row_lower)
        above = tight & (outcome.row_dual < 0) & np.isfinite(row_upper)
        row_upper[below] = row_lower[below]
        row_lower[above] = row_upper[above]
    return Staged(x, values, duals, bases, undecided=undecided)


def _with_rows(program: LinearProgram, names: Sequence[str], solver: Solver) -> Staged:
    """The same with a row per earlier stage and a slack of 1e-9 of its size; used where faces did not hold."""
    own = Solver(program)
    values: dict[str, float] = {}
    duals: dict[str, Array] = {}
    x = np.zeros(program.shape[1])
    for name in names:
        vector, constant = program.objectives[name]
        scale = program.unit(name)
        own.minimise(vector * scale)
        outcome = solve_surely(own, program)
        x = outcome.x
        values[name] = program.value(name, x)
        duals[name] = outcome.row_dual[: program.shape[0]] / scale
        most = scale * (values[name] - constant)
        own.add_cap(vector * scale, most + 1e-9 * max(1.0, abs(most)))
    solver.seconds += own.seconds
    return Staged(x, values, duals, fell_back=True)


def solve_surely(solver: Solver, program: LinearProgram) -> Outcome:
    """Solve a linear program; an unclear answer is tried once more from scratch with presolve off, infeasibility is proved or not said."""
    outcome = solver.run()
    if outcome.stop == "optimal" and outcome.holds_point:
        return outcome
    solver.highs.clearSolver()
    solver.option("simplex_strategy", 1)
    solver.option("presolve", "off")
    outcome = solver.run()
    solver.option("presolve", "on")
    if outcome.stop == "optimal" and outcome.holds_point:
        return outcome
    if outcome.stop == "infeasible":
        conflict = confirm(program, solver)
        if conflict is not None:
            raise Infeasible("hard rules contradict each other", conflict)
    raise NoPlan(f"the solver stopped without a plan: {outcome.said}")


def _holds(program: LinearProgram, found: Staged) -> bool:
    return all(program.value(name, found.x) <= value + HOLD * max(1.0, abs(value)) for name, value in found.values.items())
