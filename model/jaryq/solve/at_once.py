"""All stages of a program in one run, by a sum in which each outweighs those behind it; then each stage by itself, on
the face of those before, from the basis at which that run ended: where the weights were large enough, it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from jaryq.solve.bases import Numbers, numbered
from jaryq.solve.highs import CHOOSES, DEVEX, DUAL, PRIMAL, UNLIMITED, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import FACE, FINER, Face, at_its_best, holds

LAST, BEFORE, EACH = 1e-3, 1e5, 10.0
"""Weight of the last stage; how much the one before it outweighs it, and each further one the one behind it. Stages
have their largest cost at 100."""

NEAR = 2000
"""So many steps from a basis are tried: in a large program they take about half of what a stage takes from nothing."""

NEAR_ALL = 3000
"""The same of the run of all stages; where its end is further it is left: from nothing, large weights take now as long
as one stage, now several times as long as all."""

MOST_FROM_NOTHING = 5000
"""Steps of the run of all stages from nothing: in the smaller program of the shipped case delays take 3,000 to 4,100,
alone and beside other changes, where it is not caught between the weights (up to 19,000: 1.2 s in place of 0.5)."""

FEW = 500
"""Steps within which each stage must end from there."""

FIRST, WILD = 500, 0.18
"""Where after the first so many steps as many rows and columns are broken as this share of the rows, the end is
thousands of steps away (shipped case: 0.24 to 0.33 where costs are far, 0.12 at most where it is 800 to 1,750)."""

Reached = tuple[dict[str, float], Array]
"""Values of the stages, and the point."""

First = Callable[[str, Array], Outcome]
"""Solves a stage, by its name and its cost, for the first time."""

States = tuple[Numbers, Numbers]
"""Of columns and rows in a basis."""


def basis_of_all(program: LinearProgram, names: Sequence[str], start: Any) -> States | None:
    """Where the run of all stages of a solved program ends, from the basis of its last stage."""
    solver = Solver(program)
    solver.minimise(sum_of(program, names))
    solver.start_from(start)
    return numbered(solver.basis()) if solver.run().is_best else None


def at_once(program: LinearProgram, names: Sequence[str], solver: Solver, start: States,
            steps: int | None = None) -> Reached | None:
    """Values of the stages and the point, ``solver`` holding the coefficients of the program and ``start`` being states
    near by; nothing where that does not lead there, or is further than ``steps`` (else NEAR_ALL), which is also said
    where the first of them lead into the wilds, and nothing is said of why."""
    solver.bounds_of(program)
    solver.minimise(sum_of(program, names))
    solver.start_near(*start)
    if steps is None or steps <= FIRST:
        outcome = near_or_from_nothing(solver, NEAR_ALL if steps is None else steps, nothing=False)
    else:
        outcome = near_or_from_nothing(solver, FIRST, nothing=False)
        if outcome.stop == "limit" and solver.broken <= WILD * program.shape[0]:
            outcome = near_or_from_nothing(solver, steps - FIRST, nothing=False)
    return _confirmed(program, names, solver) if outcome.is_best else None


def at_once_from_nothing(program: LinearProgram, names: Sequence[str], solver: Solver) -> Reached | None:
    """The same without states to begin from: one run in place of one for each stage, left after MOST_FROM_NOTHING
    steps."""
    solver.bounds_of(program)
    solver.minimise(sum_of(program, names))
    solver.forget()
    solver.option("simplex_iteration_limit", MOST_FROM_NOTHING)
    outcome = solver.run()
    solver.option("simplex_iteration_limit", UNLIMITED)
    return _confirmed(program, names, solver) if outcome.is_best else None


def _confirmed(program: LinearProgram, names: Sequence[str], solver: Solver) -> Reached | None:
    """Each stage by itself from where the run of all has ended, if it is there in a few steps."""
    solver.option("simplex_strategy", PRIMAL)
    solver.option("simplex_iteration_limit", FEW)
    try:
        return _each(program, names, solver, solver.basis())
    finally:
        solver.option("simplex_strategy", DUAL)
        solver.option("simplex_iteration_limit", UNLIMITED)


def from_nothing(program: LinearProgram, names: Sequence[str], solver: Solver) -> Reached | None:
    """Each stage from nothing, on the face of those before, the last two in one run; on finer faces, where they are
    needed, from where each has ended. Nothing where that leads nowhere."""
    together: list[Any] = []

    def first(name: str, cost: Array) -> Outcome:
        if name in names[-2:-1]:
            solver.minimise(sum_of(program, names[-2:]))
            solver.forget()
            if solver.run().is_best:
                together.append(solver.basis())
        if together:
            near = in_few(solver, cost, FEW, together[0])
            if near.is_best:
                return near
        solver.minimise(cost)
        solver.forget()
        return solver.run()

    return held(program, names, solver, first)


def in_few(solver: Solver, cost: Array, steps: int, basis: Any = None) -> Outcome:
    """From a point of the program, where the solver stands or that of a basis, by so many steps at most."""
    solver.minimise(cost)
    if basis is not None:
        solver.start_from(basis)
    solver.option("simplex_strategy", PRIMAL)
    solver.option("simplex_iteration_limit", steps)
    outcome = solver.run()
    solver.option("simplex_strategy", DUAL)
    solver.option("simplex_iteration_limit", UNLIMITED)
    return outcome


def sum_of(program: LinearProgram, names: Sequence[str]) -> Array:
    """Costs of all stages, weighted."""
    cost, weight = np.zeros(program.shape[1]), LAST
    for i, name in enumerate(reversed(names)):
        cost += weight * program.unit(name) * program.objectives[name][0]
        weight *= EACH if i else BEFORE
    return cost


def _each(program: LinearProgram, names: Sequence[str], solver: Solver, basis: Any) -> Reached | None:
    """Each stage on the face of those before, from the same basis."""
    def first(_: str, cost: Array) -> Outcome:
        solver.minimise(cost)
        solver.start_from(basis)
        return solver.run()

    return held(program, names, solver, first)


def held(program: LinearProgram, names: Sequence[str], solver: Solver, first: First) -> Reached | None:
    """Each stage as ``first`` begins it, on the face of those before; where a stage is not held in the end, once more
    on finer faces, each from where it has just ended. Nothing if that leads nowhere."""
    ended: dict[str, Any] = {}
    for least in (FACE, FINER):
        found = _on_faces(program, names, solver, first, least, ended)
        if found is None or holds(program, *found, least):
            return found
    return None


def _on_faces(program: LinearProgram, names: Sequence[str], solver: Solver, first: First, least: float,
              ended: dict[str, Any]) -> Reached | None:
    """The stages, whose duals above ``least`` count; ``ended``: bases with which they have ended, kept here."""
    face, values, x = Face.whole(program), dict[str, float](), np.zeros(0)
    for name in names:
        confined, cost = face.of(program), program.objectives[name][0] * program.unit(name)
        outcome = at_its_best(confined, cost, x)
        if outcome is None:
            solver.bounds_of(confined)
            if name in ended:
                solver.minimise(cost)
                solver.start_from(ended[name])
                outcome = solver.run()
            else:
                outcome = first(name, cost)
            if not outcome.is_best:
                return None
            ended[name] = solver.basis()
        x, values[name] = outcome.x, program.value(name, outcome.x)
        face = face.after(program, outcome, least)
    return values, x


def near_or_from_nothing(solver: Solver, steps: int | None = None, *, nothing: bool = True) -> Outcome:
    """From the basis that the solver holds, if the best point is near it: where much has moved, presolve and a solver
    that begins from nothing are several times faster than thousands of steps from a basis that is good no more.
    ``steps``: other than NEAR."""
    solver.option("simplex_iteration_limit", NEAR if steps is None else steps)
    solver.option("simplex_dual_edge_weight_strategy", DEVEX)
    outcome = solver.run()
    solver.option("simplex_iteration_limit", UNLIMITED)
    solver.option("simplex_dual_edge_weight_strategy", CHOOSES)
    if outcome.stop != "limit" or not nothing:
        return outcome
    solver.forget()
    return solver.run()
