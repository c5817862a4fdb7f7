"""The linear program of futures side by side where it is large, in an effort that is bounded by steps, not by the
clock: a bound that is proved whether or not it was solved to its end, and a point.

An interior point method, from it to a vertex (crossover), from there the primal simplex method. A vertex so found
keeps all rows and lacks a hair of being the best: the primal method goes on from there, where the dual one begins anew.
Measured on five futures of the shipped case with a row for the regret of each (45,464 x 156,123): 4,247 primal steps,
53 s of processor in all; by the dual method no end in 23 minutes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.base.errors import Infeasible
from jaryq.solve.both_ways import both_ways
from jaryq.solve.dive import PART, Key
from jaryq.solve.exact import exact_bound
from jaryq.solve.highs import DUAL, PRIMAL, UNLIMITED, Solver
from jaryq.solve.infeasible import confirm
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stopped import stopped

LARGE = 50_000
"""Columns from which a program of futures side by side is solved so, and is not searched."""

STEPS = 40_000
"""Steps of the simplex method from the vertex on, and of the dive in all; of a program with 1.4 million coefficients
some 3 ms each."""

ROUNDS = 500
"""Iterations of the interior point method (131 on the program above)."""


@dataclass(frozen=True, eq=False)
class Beside:
    """``low``: no point costs less, which is proved; ``high``: the point costs so much (infinite: it is none).
    ``ended``: whether the point is a best one of the divisible program."""

    low: float
    high: float
    x: Array
    ended: bool


def beside(program: LinearProgram, solver: Solver, cost: Array, constant: float) -> Beside:
    """The least cost of a large linear program, which ``solver`` holds; where it is not found in the effort, what the
    point inside that it came to proves, and that point (nothing at all where it has none). Raises Infeasible
    (with a proof), NoPlan."""
    unit = _unit(cost)
    for option, value in bounded().items():
        solver.option(option, value)
    solver.minimise(cost * unit)
    outcome = solver.run()
    if outcome.is_best:
        low = float(exact_bound(program, cost, constant, outcome.row_dual / unit))
        high = float(cost @ outcome.x) + constant
        return Beside(min(low, high), high, outcome.x, True)
    if outcome.stop == "infeasible":
        if (conflict := confirm(program)) is not None:
            raise Infeasible("hard rules contradict each other", conflict)
        raise stopped(outcome)
    solver.forget()
    solver.option("run_crossover", "off")
    solver.run()
    solver.option("run_crossover", "on")
    x, multipliers = solver.held()  # whatever the multipliers are, they prove their bound
    return Beside(float(exact_bound(program, cost, constant, multipliers / unit)), math.inf,
                  np.clip(x, program.col_lower, program.col_upper), False)


def bounded() -> dict[str, str | int]:
    """What the solver is told, so that a large program ends."""
    return {"solver": "ipm", "simplex_strategy": PRIMAL, "simplex_iteration_limit": STEPS,
            "ipm_iteration_limit": ROUNDS}


def whole_in(program: LinearProgram, solver: Solver, found: Beside, at: Mapping[Key, Sequence[int]]) -> Array:
    """A point whose choices ``at`` are whole: by a dive from the vertex that ``solver`` has found, where that does not
    end by the nearest whole ones, which need leave no plan."""
    if not found.ended:
        return nearest(found.x, at)
    for option, value in (("solver", "simplex"), ("simplex_strategy", DUAL)):
        solver.option(option, value)
    dived = both_ways(solver, program, at, found.x, STEPS)
    solver.option("simplex_iteration_limit", UNLIMITED)
    return nearest(found.x, at) if dived is None else dived.x


def nearest(x: Array, at: Mapping[Key, Sequence[int]]) -> Array:
    """The point with each choice as it is most: of the starts of a facility the largest where at least half of it is
    done, else none."""
    found = x.copy()
    for every in at.values():
        columns = list(every)
        shares = x[columns]
        if np.all(np.abs(shares - np.round(shares)) <= PART) or len(columns) == 1:
            found[columns] = np.round(shares)
            continue
        found[columns] = 0.0
        if float(shares.sum()) >= 0.5:
            found[columns[int(np.argmax(shares))]] = 1.0
    return found


def _unit(cost: Array) -> float:
    largest = float(np.abs(cost).max(initial=0.0))
    return 100.0 / largest if largest > 0.0 else 1.0
