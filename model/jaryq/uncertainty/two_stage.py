"""Deciding before knowing: what is decided early, what each future then costs, and what knowing would be worth
(docs/numbers.md: Deciding before knowing). All costs are minimised; a cost is an interval: what a plan was found with,
and what none can be below.

Sources: Birge and Louveaux, Introduction to Stochastic Programming, 2011, chapter 4 (EVPI, VSS); Rockafellar and
Uryasev 2000 (CVaR); Savage 1951 (regret).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.elastic import search
from jaryq.solve.exact import exact_bound
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.near import fixed
from jaryq.solve.stacked import EXPECTED, REGRET, TAIL, Branch, Stacked, expected, least_regret, tail
from jaryq.solve.stages import linear_stages
from jaryq.solve.unfunded import held_at

ONE = "one"
"""The stage of a program with one objective."""

LARGE = 50_000
"""Columns from which a program with a row over all of its columns is solved by an interior point method with crossover
to a vertex: measured on three futures of the shipped case 49 s against no end in four minutes of the simplex method."""

Early = Callable[[Name], bool]


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

    def least(self, value: float) -> Interval:
        """What is known to be at least ``value`` besides."""
        return Interval(max(self.low, value), max(self.high, value))


@dataclass(frozen=True, eq=False)
class Found:
    """What a program costs at least and at most, and the plan that costs the most of it (of the divisible program where
    no whole plan was found)."""

    cost: Interval
    x: Array


@dataclass(frozen=True, eq=False)
class Decided:
    """Early decisions, what they cost over all futures as they were chosen, and in each future."""

    name: str
    early: Mapping[Name, float]
    cost: Interval
    in_each: tuple[Interval | None, ...]
    """None: no plan goes on from them there."""


@dataclass(frozen=True, eq=False)
class TwoStage:
    """``known``: each future's cost if it were known; ``together``: the early decisions that are best over all of them;
    ``mean``: those of the mean future, as they turn out (None: there is no mean, or no plan with them somewhere)."""

    branches: tuple[Branch, ...]
    known: tuple[Found, ...]
    together: Decided
    mean: Decided | None

    @property
    def if_known(self) -> Interval:
        """Mean cost if the future were known."""
        return mean_of(self.branches, [found.cost for found in self.known])

    @property
    def of_information(self) -> Interval:
        """What knowing the future would save on average (EVPI), never negative."""
        return (mean_of(self.branches, _all(self.together.in_each)) - self.if_known).least(0.0)

    @property
    def of_solution(self) -> Interval | None:
        """What looking at all futures saves against planning for their mean (VSS); never negative where the mean cost
        was minimised."""
        if self.mean is None or None in self.mean.in_each:
            return None
        return mean_of(self.branches, _all(self.mean.in_each)) - mean_of(self.branches, _all(self.together.in_each))


@dataclass(frozen=True, eq=False)
class Regrets:
    """``of[a][b]``: what the early decisions a cost in future b above the best there (None: no plan goes on from them);
    ``bound``: no early decisions have a smaller largest regret."""

    plans: tuple[Decided, ...]
    of: tuple[tuple[Interval | None, ...], ...]
    bound: float

    def largest(self, plan: int) -> float:
        """The largest regret of a plan, as found."""
        return max(math.inf if one is None else one.high for one in self.of[plan])

    @property
    def least(self) -> int:
        """The plan of the least largest regret."""
        return min(range(len(self.plans)), key=lambda a: (self.largest(a), a))


def solved(program: LinearProgram, cost: Array, constant: float, seconds: float, *, dense: bool = False) -> Found:
    """The least cost of a program: exact bound by the multipliers of its linear program; where some is whole, the best
    whole plan that is found in the time. ``dense``: some row has a term in every column. Raises Infeasible, NoPlan."""
    asked = replace(program, objectives={ONE: (cost, constant)})
    solver = Solver(asked)
    if dense and asked.shape[1] > LARGE:
        solver.option("solver", "ipm")
    staged = linear_stages(asked, (ONE,), solver)
    low = float(exact_bound(asked, cost, constant, staged.duals[ONE]))
    if not asked.whole.any():
        return Found(Interval(min(low, staged.values[ONE]), staged.values[ONE]), staged.x)
    outcome = search(asked, ONE, seconds)
    if outcome.stop == "infeasible":
        raise Infeasible("there is no whole plan", ())
    if math.isfinite(outcome.bound):
        low = max(low, outcome.bound + constant)
    if not outcome.holds_point:
        return Found(Interval(low, math.inf), staged.x)
    # The search stops a little before the best; what is not whole is decided once more, exactly.
    whole = fixed(asked, np.round(outcome.x[asked.whole]))
    again = linear_stages(whole, (ONE,), Solver(whole))
    return Found(Interval(min(low, again.values[ONE]), again.values[ONE]), again.x)


def two_stage(branches: Sequence[Branch], early: Early, seconds: float, level: float | None = None,
              mean: Branch | None = None) -> TwoStage:
    """Early decisions of least expected cost (``level``: of least mean cost of the worst 1 - level), beside what each
    future would cost if known and what the early decisions for the ``mean`` future come to. Raises Infeasible, NoPlan.
    """
    known = tuple(solved(b.program, b.cost, b.constant, seconds) for b in branches)
    of_mean = None
    if mean is not None:
        alone = solved(mean.program, mean.cost, mean.constant, seconds)
        of_mean = decided("mean", branches, _early_of(mean.program, alone.x, early), alone.cost, seconds)
    if level is None:
        stacked, stage = expected(branches, early), EXPECTED
    else:
        plans = [_early_of(b.program, found.x, early) for b, found in zip(branches, known, strict=True)]
        stacked, stage = tail(branches, early, level, _between(branches, known, plans, seconds)), TAIL
    return TwoStage(tuple(branches), known, _together("together", branches, stacked, stage, seconds), of_mean)


def regrets(branches: Sequence[Branch], early: Early, known: Sequence[Found], more: Sequence[Decided],
            seconds: float) -> Regrets:
    """Each future's early decisions, those of ``more``, and those of the least largest regret, under every future.
    Raises NoPlan."""
    plans = [decided(b.name, branches, _early_of(b.program, found.x, early), found.cost, seconds)
             for b, found in zip(branches, known, strict=True)]
    stacked = least_regret(branches, early, [found.cost.high for found in known])
    least = _together("least_regret", branches, stacked, REGRET, seconds)
    every = (*plans, *more, least)
    table = tuple(tuple(None if cost is None else (cost - found.cost).least(0.0)
                        for cost, found in zip(plan.in_each, known, strict=True)) for plan in every)
    return Regrets(every, table, max(least.cost.low, 0.0))


def decided(name: str, branches: Sequence[Branch], early: Mapping[Name, float], cost: Interval,
            seconds: float) -> Decided:
    """Early decisions as they turn out in every future."""
    return Decided(name, early, cost, tuple(_going_on(branch, early, seconds) for branch in branches))


def mean_of(branches: Sequence[Branch], costs: Sequence[Interval]) -> Interval:
    """The mean of costs by the probability of their futures."""
    return Interval(math.fsum(b.weight * c.low for b, c in zip(branches, costs, strict=True)),
                    math.fsum(b.weight * c.high for b, c in zip(branches, costs, strict=True)))


def tail_mean(costs: Sequence[float], weights: Sequence[float], level: float) -> float:
    """CVaR: the mean of the worst 1 - level of costs, the one at the border in part (Rockafellar and Uryasev 2002)."""
    left, total = 1.0 - level, 0.0
    for cost, weight in sorted(zip(costs, weights, strict=True), reverse=True):
        part = min(weight, left)
        total += part * cost
        left -= part
    return total / (1.0 - level)


def _together(name: str, branches: Sequence[Branch], stacked: Stacked, stage: str, seconds: float) -> Decided:
    cost, constant = stacked.program.objectives[stage]
    found = solved(stacked.program, cost, constant, seconds, dense=stage != EXPECTED)
    early = stacked.early(found.x)
    # What the point itself has in a branch need not be the best that goes on from it: the mean looks at the sum alone,
    # the tail and the regret at the worst.
    return decided(name, branches, early, found.cost, seconds)


def _going_on(branch: Branch, early: Mapping[Name, float], seconds: float) -> Interval | None:
    program = held_at(branch.program, {name: early.get(name, 0.0) for name in early})
    try:
        return solved(program, branch.cost, branch.constant, seconds).cost
    except (Infeasible, NoPlan):
        return None


def _between(branches: Sequence[Branch], known: Sequence[Found], plans: Sequence[Mapping[Name, float]],
             seconds: float) -> tuple[float, float]:
    """Where the border of the worst part lies: not below the cheapest future if known, not above the worst that some
    plan comes to. Raises NoPlan if no plan goes on in all of them."""
    least = min(found.cost.low for found in known)
    most = math.inf
    for early in plans:
        costs = [_going_on(branch, early, seconds) for branch in branches]
        if None not in costs:
            most = min(most, max(cost.high for cost in costs if cost is not None))
    if not math.isfinite(most):
        raise NoPlan("no early decisions of one future go on in all of them")
    return least, most


def _early_of(program: LinearProgram, x: Array, early: Early) -> dict[Name, float]:
    return {name: value for name, value in zip(program.columns, x.tolist(), strict=True) if early(name)}


def _all(costs: Sequence[Interval | None]) -> list[Interval]:
    """Raises NoPlan where one is missing: the decisions were chosen so that all go on."""
    found = [cost for cost in costs if cost is not None]
    if len(found) < len(costs):
        raise NoPlan("the early decisions do not go on in a future for which they were chosen")
    return found


def mean_program(branches: Sequence[Branch]) -> Branch | None:
    """The mean future: every number the mean of those of the branches; None where they do not have the same places."""
    first = branches[0].program
    if any(b.program.columns != first.columns or b.program.rows != first.rows for b in branches):
        return None
    weights = [b.weight for b in branches]

    def mean(arrays: Sequence[Array]) -> Array:
        # Infinite sides are so everywhere, or the mean is.
        return np.asarray(np.sum([w * a for w, a in zip(weights, arrays, strict=True)], axis=0), dtype=np.float64)

    matrix = sum((w * b.program.matrix for w, b in zip(weights, branches, strict=True)), start=0 * first.matrix)
    return Branch("mean", replace(
        first, matrix=matrix.tocsr(), row_lower=mean([b.program.row_lower for b in branches]),
        row_upper=mean([b.program.row_upper for b in branches]),
        col_lower=mean([b.program.col_lower for b in branches]),
        col_upper=mean([b.program.col_upper for b in branches]), objectives={}),
        mean([b.cost for b in branches]),
        math.fsum(w * b.constant for w, b in zip(weights, branches, strict=True)), 1.0)
