"""The least cost of one program, as an interval: what none is below, and what a plan was found with. The effort is
bounded: a linear program, a dive, a search of so many seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.both_ways import both_ways
from jaryq.solve.dive import groups
from jaryq.solve.exact import exact_bound
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.limits import SECOND, Spent
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.stages import Staged, linear_stages
from jaryq.solve.stopped import stopped
from jaryq.uncertainty.side_by_side import LARGE, beside, whole_in

ONE = "one"
"""The stage of a program with one objective."""

EXACT, NEAR = 10_000, 1e-4
"""Coefficients up to which a search goes on to the best; above, up to this part of the cost."""

OVERRUN = 40.0
"""A search that does not let itself be stopped ends after so many times its seconds by the clock on the wall."""


@dataclass(frozen=True)
class Interval:
    """``low``: nothing costs less; ``high``: a plan costs so much (infinite: none was found in the time)."""

    low: float
    high: float

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    @property
    def width(self) -> float:
        return self.high - self.low

    def most(self, value: float) -> Interval:
        """What is known to be at most ``value`` besides."""
        return Interval(min(self.low, value), min(self.high, value))

    def least(self, value: float) -> Interval:
        """What is known to be at least ``value`` besides."""
        return Interval(max(self.low, value), max(self.high, value))


@dataclass(frozen=True, eq=False)
class Found:
    """What a program costs at least and at most, and the plan that costs the most of it (of the divisible program where
    no whole plan was found)."""

    cost: Interval
    x: Array
    ended: bool = True
    """Whether the linear program below the cost was solved to its end: else less is proved than could be."""


def solved(program: LinearProgram, cost: Array, constant: float, seconds: float, first: int | None = None) -> Found:
    """The least cost of a program: exact bound by the multipliers of its linear program; where some is whole, the best
    whole plan that a dive and a search of so many ``seconds`` find. ``first``: the decisions that count are so many
    from the first on; of a large program these alone are made whole, and nothing is said of what it costs at most.
    Raises Infeasible, NoPlan."""
    asked = replace(program, objectives={ONE: (cost, constant)})
    solver = Solver(asked)
    large = asked.shape[1] > LARGE
    if large and first is not None:
        return _beside(asked, solver, cost, constant, first)
    if large:
        solver.option("solver", "ipm")
    staged = linear_stages(asked, (ONE,), solver)
    low = float(exact_bound(asked, cost, constant, staged.duals[ONE]))
    if not asked.whole.any():
        return Found(Interval(min(low, staged.values[ONE]), staged.values[ONE]), staged.x)
    if large:
        solver.option("solver", "simplex")
    at = groups(asked)
    dived = both_ways(solver, asked, at, staged.x)
    best = None if dived is None else _exact(asked, dived.x)
    if seconds > 0.0 and not (best is not None and best.values[ONE] - low <= _gap(asked, best.values[ONE])):
        outcome = _searched(asked, None if best is None else best.x, seconds)
        if outcome.stop == "infeasible" and best is None:
            raise Infeasible("there is no whole plan", ())
        if math.isfinite(outcome.bound):
            low = max(low, outcome.bound / asked.unit(ONE) + constant)
        if outcome.holds_point:
            found = _exact(asked, outcome.x)
            best = found if best is None or (found is not None and found.values[ONE] < best.values[ONE]) else best
    if best is None:
        return Found(Interval(low, math.inf), staged.x)
    return Found(Interval(min(low, best.values[ONE]), best.values[ONE]), best.x)


def _beside(program: LinearProgram, solver: Solver, cost: Array, constant: float, first: int) -> Found:
    """Futures side by side, of which the first columns count."""
    found = beside(program, solver, cost, constant)
    if not program.whole.any():
        return Found(Interval(found.low, found.high), found.x, found.ended)
    at = {key: early for key, columns in groups(program).items() if (early := [j for j in columns if j < first])}
    return Found(Interval(found.low, math.inf), whole_in(program, solver, found, at), found.ended)


def _exact(program: LinearProgram, x: Array) -> Staged | None:
    """The choices of a point with all else decided once more: a dive and a search stop a little before the best, and
    their points are whole to a tolerance."""
    chosen = fixed(program, np.round(x[program.whole]))
    try:
        return linear_stages(chosen, (ONE,), Solver(chosen))
    except (Infeasible, NoPlan):
        return None


def _gap(program: LinearProgram, value: float) -> float:
    """Distance from the bound at which a plan is good enough."""
    return 1e-6 if program.matrix.nnz <= EXACT else NEAR * max(1.0, abs(value))


def _searched(program: LinearProgram, start: Array | None, seconds: float) -> Outcome:
    """The best whole point, and the bound, of a search of so much work as takes ``seconds`` or so."""
    unit, (cost, constant) = program.unit(ONE), program.objectives[ONE]
    gap = unit * _gap(program, constant if start is None else program.value(ONE, start))
    solver = Solver(program, whole=True)
    for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", max(gap, 1e-9)), ("time_limit", OVERRUN * seconds),
                          ("mip_feasibility_tolerance", 1e-7), ("mip_heuristic_run_root_reduced_cost", False)):
        solver.option(option, value)
    solver.minimise(cost * unit)
    if start is not None:
        solver.start_at(start)
    spent = Spent()

    def enough(nodes: int, best: float, distance: float) -> bool:
        spent.look(program, nodes)
        return distance <= gap or spent.work > seconds * SECOND

    solver.until(enough)
    outcome = solver.run()
    if outcome.stop == "other":
        raise stopped(outcome)
    return outcome
