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
from functools import partial

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.dive import PART
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stacked import EXPECTED, REGRET, TAIL, Branch, Stacked, expected, least_regret, tail
from jaryq.solve.unfunded import held_at, passed, unpaid
from jaryq.uncertainty.giving_way import as_far_as_allowed
from jaryq.uncertainty.solved import Found, Interval, solved

Early = Callable[[Name], bool]
Say = Callable[[str], None]
GoingOn = Callable[[Branch, Mapping[Name, float]], tuple[Found | None, bool]]

HELD = 1e-7
"""By so much of their size amounts that are held may give way where a point of the programs side by side, which keeps
rows to the solver's tolerance, leaves none in one of them alone."""


@dataclass(frozen=True, eq=False)
class Decided:
    """Early decisions, what they cost over all futures as they were chosen, and in each future."""

    name: str
    early: Mapping[Name, float]
    cost: Interval
    in_each: tuple[Interval | None, ...]
    """None: no plan goes on from them there."""
    gave_way: frozenset[int] = frozenset()
    """The futures that do not allow all of them: there they are kept as far as they can be."""
    unpaid: tuple[Mapping[str, float], ...] = ()
    """What nobody pays in each future, nominal bn KZT by project, in the plan that was found there."""
    passed: tuple[Mapping[tuple[str, str], float], ...] = ()
    """By how much that plan passes limits there, in shares, by family of rows and project or other key."""


@dataclass(frozen=True, eq=False)
class TwoStage:
    """``known``: each future's cost if it were known; ``together``: the early decisions that are best over all of them;
    ``mean``: those of the mean future, as they turn out (None: there is no mean, or no plan with them somewhere)."""

    branches: tuple[Branch, ...]
    known: tuple[Found, ...]
    together: Decided
    mean: Decided | None
    level: float | None = None
    """Of the CVaR that was minimised; None: the mean was."""

    def measured(self, costs: Sequence[Interval]) -> Interval:
        """What was minimised, of these costs of the futures: their mean, or the mean of their worst part."""
        weights = [branch.weight for branch in self.branches]
        if self.level is None:
            return mean_of(self.branches, costs)
        return Interval(tail_mean([one.low for one in costs], weights, self.level),
                        tail_mean([one.high for one in costs], weights, self.level))

    @property
    def unpaid_if_known(self) -> tuple[Mapping[str, float], ...]:
        """What nobody pays in each future if it were known, nominal bn KZT by project."""
        return tuple(unpaid(b.program, found.x) for b, found in zip(self.branches, self.known, strict=True))

    @property
    def passed_if_known(self) -> tuple[Mapping[tuple[str, str], float], ...]:
        """By how much limits are passed in each future if it were known."""
        return tuple(passed(b.program, found.x) for b, found in zip(self.branches, self.known, strict=True))

    @property
    def if_known(self) -> Interval:
        """The measure if the future were known."""
        return self.measured([found.cost for found in self.known])

    @property
    def decided(self) -> Interval:
        """The measure of what is decided for all futures together."""
        return self.measured(_all(self.together.in_each))

    @property
    def of_information(self) -> Interval:
        """What knowing the future would save in the measure (EVPI), never negative."""
        return (self.decided - self.if_known).least(0.0)

    @property
    def of_solution(self) -> Interval | None:
        """What looking at all futures saves in the measure against planning for their mean (VSS), never negative but
        for what intervals leave open."""
        if self.mean is None or None in self.mean.in_each:
            return None
        return self.measured(_all(self.mean.in_each)) - self.decided


@dataclass(frozen=True, eq=False)
class Regrets:
    """``of[a][b]``: what the early decisions a cost in future b above the best there (None: no plan goes on from them);
    ``bound``: no early decisions have a smaller largest regret."""

    plans: tuple[Decided, ...]
    of: tuple[tuple[Interval | None, ...], ...]
    bound: float

    def largest(self, plan: int) -> float:
        """The largest regret of a plan, as found."""
        return self.largest_of(plan).high

    def largest_of(self, plan: int) -> Interval:
        """The largest regret of a plan, as an interval."""
        every = [Interval(0.0, math.inf) if one is None else one for one in self.of[plan]]
        return Interval(max(one.low for one in every), max(one.high for one in every))

    @property
    def least(self) -> int:
        """The plan of the least largest regret."""
        return min(range(len(self.plans)), key=lambda a: (self.largest(a), a))


def two_stage(branches: Sequence[Branch], early: Early, seconds: float, level: float | None = None,
              mean: Branch | None = None, say: Say = lambda _: None, gives: Early = lambda _: False) -> TwoStage:
    """Early decisions of least expected cost (``level``: of least mean cost of the worst 1 - level), beside what each
    future would cost if known and what the early decisions for the ``mean`` future come to. ``seconds``: of each search
    for whole plans; ``gives``: which early decisions give way in a future that does not allow them. Raises Infeasible,
    NoPlan."""
    going_on = partial(_going_on, seconds=seconds, gives=gives)
    known = []
    for branch in branches:
        say(f"{branch.name}, if it were known")
        known.append(solved(branch.program, branch.cost, branch.constant, seconds))
    of_mean = None
    if mean is not None:
        say("the mean future")
        alone = solved(mean.program, mean.cost, mean.constant, seconds)
        of_mean = decided("mean", branches, _early_of(mean.program, alone.x, early), alone.cost, going_on, say)
    say("all futures side by side")
    if level is None:
        stacked, stage = expected(branches, early), EXPECTED
    else:
        plans = [_early_of(b.program, found.x, early) for b, found in zip(branches, known, strict=True)]
        stacked, stage = tail(branches, early, level, _between(branches, known, plans, going_on)), TAIL
    together = _together("together", branches, stacked, stage, seconds, going_on, say)
    weights = [branch.weight for branch in branches]
    if None not in together.in_each:
        each = _all(together.in_each)
        reached = (mean_of(branches, each).high if level is None
                   else tail_mean([one.high for one in each], weights, level))
        together = replace(together, cost=Interval(together.cost.low, min(together.cost.high, reached)))
    return TwoStage(tuple(branches), tuple(known), together, of_mean, level)


def regrets(branches: Sequence[Branch], early: Early, known: Sequence[Found], more: Sequence[Decided],
            seconds: float, say: Say = lambda _: None, gives: Early = lambda _: False) -> Regrets:
    """Each future's early decisions, those of ``more``, and those of the least largest regret, under every future.
    Raises NoPlan."""
    going_on = partial(_going_on, seconds=seconds, gives=gives)
    plans = [decided(b.name, branches, _early_of(b.program, found.x, early), found.cost, going_on, say, (number, found))
             for number, (b, found) in enumerate(zip(branches, known, strict=True))]
    say("the least largest regret")
    stacked = least_regret(branches, early, [found.cost.high for found in known])
    least = _together("least_regret", branches, stacked, REGRET, seconds, going_on, say)
    every = (*plans, *more, least)
    table = tuple(tuple(None if cost is None else (cost - found.cost).least(0.0)
                        for cost, found in zip(plan.in_each, known, strict=True)) for plan in every)
    return Regrets(every, table, max(least.cost.low, 0.0))


def decided(name: str, branches: Sequence[Branch], early: Mapping[Name, float], cost: Interval, going_on: GoingOn,
            say: Say = lambda _: None, own: tuple[int, Found] | None = None) -> Decided:
    """Early decisions as they turn out in every future. ``own``: the number of the future that they are the best of,
    and the plan there: nothing goes on from them better."""
    found, missing, beyond, gave_way = [], [], [], set()
    for number, branch in enumerate(branches):
        say(f"early decisions of {name} in {branch.name}")
        one, kept = (own[1], True) if own is not None and own[0] == number else going_on(branch, early)
        found.append(None if one is None else one.cost)
        missing.append({} if one is None else unpaid(branch.program, one.x))
        beyond.append({} if one is None else passed(branch.program, one.x))
        if not kept:
            gave_way.add(number)
    return Decided(name, early, cost, tuple(found), frozenset(gave_way), tuple(missing), tuple(beyond))


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


def _together(name: str, branches: Sequence[Branch], stacked: Stacked, stage: str, seconds: float,
              going_on: GoingOn, say: Say) -> Decided:
    cost, constant = stacked.program.objectives[stage]
    found = solved(stacked.program, cost, constant, seconds, first=len(stacked.common))
    early = stacked.early(found.x)
    # What the point itself has in a branch need not be the best that goes on from it: the mean looks at the sum alone,
    # the tail and the regret at the worst.
    return decided(name, branches, early, found.cost, going_on, say)


def _going_on(branch: Branch, early: Mapping[Name, float], *, seconds: float,
              gives: Early) -> tuple[Found | None, bool]:
    """What goes on from early decisions in a future, and whether all of them are kept there."""
    held = held_at(branch.program, _rounded(branch.program, early))
    loose = _loose(branch.program, held, early)
    for program in (held, loose):
        if (found := _found(branch, program, seconds)) is not None:
            return found, True
    less = as_far_as_allowed(branch.program, held, gives) if any(gives(name) for name in early) else None
    if less is None:
        return None, True
    return _found(branch, _loose(branch.program, less, early), seconds), False


def _found(branch: Branch, program: LinearProgram, seconds: float) -> Found | None:
    try:
        return solved(program, branch.cost, branch.constant, seconds)
    except (Infeasible, NoPlan):
        return None


def _rounded(program: LinearProgram, early: Mapping[Name, float]) -> dict[Name, float]:
    """What is decided whole, exactly so."""
    return {name: float(round(value)) if (j := program.column_at.get(name)) is not None and program.whole[j]
            and abs(value - round(value)) < PART else value for name, value in early.items()}


def _loose(program: LinearProgram, held: LinearProgram, early: Mapping[Name, float]) -> LinearProgram:
    """What is held in amounts, held a little less."""
    lower, upper = held.col_lower.copy(), held.col_upper.copy()
    for name in early:
        j = program.column_at.get(name)
        if j is not None and not program.whole[j]:
            slack = HELD * max(1.0, abs(lower[j]))
            lower[j] = max(program.col_lower[j], lower[j] - slack)
            upper[j] = min(program.col_upper[j], upper[j] + slack)
    return held.with_bounds(col_lower=lower, col_upper=upper)


def _between(branches: Sequence[Branch], known: Sequence[Found], plans: Sequence[Mapping[Name, float]],
             going_on: GoingOn) -> tuple[float, float]:
    """Where the border of the worst part lies: not below the cheapest future if known, not above the worst that some
    plan comes to. Raises NoPlan if no plan goes on in all of them."""
    least = min(found.cost.low for found in known)
    most = math.inf
    for early in plans:
        ends = [going_on(branch, early)[0] for branch in branches]
        if None not in ends:
            most = min(most, max(end.cost.high for end in ends if end is not None))
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
