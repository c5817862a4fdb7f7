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

from jaryq.base.errors import NoPlan
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stacked import EXPECTED, REGRET, TAIL, Branch, expected, least_regret, tail
from jaryq.solve.unfunded import passed, unpaid
from jaryq.uncertainty.going_from import Decided, Plan, branch_piece, found_of, stacked_piece, turned_out
from jaryq.uncertainty.pieces import Work, in_turn
from jaryq.uncertainty.signatures import as_needed
from jaryq.uncertainty.solved import Found, Interval

Early = Callable[[Name], bool]
Say = Callable[[str], None]


FIRST = "each future, if it were known, and all side by side"
"""What is said when those programs begin, of which the last is the longest."""

LAST = "the least largest regret"
"""What is said when the program of the least largest regret begins, the longest of all."""

PROVED = 1e-6
"""Within so much of its size a cost is proved to be the least."""


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
    mean_alone: Interval | None = None
    """What the mean future costs if it were known: how near the decisions found for it are to its best."""
    ended: bool = True
    """Whether the program of all futures side by side was solved to its end."""

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
        """The measure if the future were known: never above what is decided together comes to in each (WS)."""
        return self.measured([found.cost if one is None else found.cost.most(one.high)
                              for found, one in zip(self.known, self.together.in_each, strict=True)])

    @property
    def decided(self) -> Interval:
        """The measure of the best decisions for all futures together (RP): none is below the bound of all side by
        side, nor below what the futures cost if known; those found reach the other end."""
        return self.together.cost.least(min(self.if_known.low, self.together.cost.high))

    @property
    def of_information(self) -> Interval:
        """What knowing the future would save in the measure (EVPI), never negative."""
        return (self.decided - self.if_known).least(0.0)

    @property
    def of_solution(self) -> Interval | None:
        """What looking at all futures saves in the measure against the early decisions found for their mean: the VSS
        where ``mean_stands``, and then never negative."""
        if self.mean is None or None in self.mean.in_each:
            return None
        saved = self.measured(all_of(self.mean.in_each)) - self.decided
        return saved if self.mean.gave_way else saved.least(0.0)

    @property
    def mean_stands(self) -> bool:
        """Whether the early decisions found for the mean future are proved to be its best, and every future allows
        them."""
        alone = self.mean_alone
        return self.mean is not None and not self.mean.gave_way and (
            alone is None or alone.width <= PROVED * max(1.0, abs(alone.high)))


@dataclass(frozen=True, eq=False)
class Regrets:
    """``of[a][b]``: what the early decisions a cost in future b above the best there (None: no plan goes on from them);
    ``bound``: no early decisions have a smaller largest regret; ``ended``: whether the program that says so was solved
    to its end."""

    plans: tuple[Decided, ...]
    of: tuple[tuple[Interval | None, ...], ...]
    bound: float
    ended: bool = True

    def largest(self, plan: int) -> float:
        """The largest regret of a plan, as found."""
        return self.largest_of(plan).high

    def largest_of(self, plan: int) -> Interval:
        """The largest regret of a plan, as an interval."""
        every = [Interval(0.0, math.inf) if one is None else one for one in self.of[plan]]
        return Interval(max(one.low for one in every), max(one.high for one in every))

    @property
    def least(self) -> int:
        """The plan of the least largest regret, of those that every future allows; of all where none of them goes on
        in each."""
        return min(range(len(self.plans)), key=lambda a: (
            math.isinf(self.largest(a)), bool(self.plans[a].gave_way), self.largest(a), a))

    @property
    def least_starred(self) -> int | None:
        """The plan of the least largest regret of those that some future does not allow in full, where it is less than
        that of ``least``."""
        less = [a for a, plan in enumerate(self.plans) if plan.gave_way and self.largest(a) < self.largest(self.least)]
        return min(less, key=lambda a: (self.largest(a), a), default=None)


def two_stage(branches: Sequence[Branch], early: Early, seconds: float, level: float | None = None,
              mean: Branch | None = None, say: Say = lambda _: None, gives: Early = lambda _: False,
              work: Work = in_turn) -> TwoStage:
    """Early decisions of least expected cost (``level``: of least mean cost of the worst 1 - level), beside what each
    future would cost if known and what the early decisions for the ``mean`` future come to. ``seconds``: of each search
    for whole plans; ``gives``: which early decisions give way in a future that does not allow them. Raises Infeasible,
    NoPlan."""
    say(FIRST)
    alone = [branch_piece(branch, seconds) for branch in (*branches, *([] if mean is None else [mean]))]
    stacked, stage = (expected(branches, early), EXPECTED) if level is None else (None, TAIL)
    side = [] if stacked is None else [stacked_piece(stacked, stage, seconds)]
    found = [found_of(answer) for answer in work([*alone, *side])]
    known = found[: len(branches)]
    plans = [] if mean is None else [Plan("mean", early_of(mean.program, found[len(branches)].x, early, branches),
                                          found[len(branches)].cost)]
    if stacked is None or level is not None:
        assert level is not None, "the mean is a program of its own"
        of_each = [Plan(b.name, early_of(b.program, one.x, early, branches), one.cost)
                   for b, one in zip(branches, known, strict=True)]
        stacked = tail(branches, early, level, _between(known, turned_out(of_each, branches, seconds, gives, work)))
        found.append(found_of(work([stacked_piece(stacked, stage, seconds)])[0]))
    say("what goes on from early decisions in each future")
    plans.append(Plan("together", stacked.early(found[-1].x), found[-1].cost))
    *of_mean, together = turned_out(plans, branches, seconds, gives, work)
    made = TwoStage(tuple(branches), tuple(known), together, of_mean[0] if of_mean else None, level,
                    found[len(branches)].cost if of_mean else None, found[-1].ended)
    return replace(made, together=_cheapest(made, together))


def _cheapest(made: TwoStage, together: Decided) -> Decided:
    """The cheapest early decisions that were found for all futures, of ``together`` and those for the mean: what they
    come to is known once they have been gone on from in each. None is below the bound of all side by side."""
    low, best = together.cost.low, together.cost.high
    for one in (together, made.mean):
        if one is None or None in one.in_each or one.gave_way:
            continue
        reached = made.measured(all_of(one.in_each)).high
        if one is together or reached < best:
            together, best = one, min(best, reached)
    return replace(together, name="together", cost=Interval(min(low, best), best))


def regrets(branches: Sequence[Branch], early: Early, known: Sequence[Found], more: Sequence[Decided],
            seconds: float, say: Say = lambda _: None, gives: Early = lambda _: False, work: Work = in_turn) -> Regrets:
    """Each future's early decisions, those of ``more``, and those of the least largest regret, under every future.
    Raises NoPlan."""
    say("early decisions of each future in every other one")
    plans = turned_out([Plan(b.name, early_of(b.program, found.x, early, branches), found.cost, (number, found))
                        for number, (b, found) in enumerate(zip(branches, known, strict=True))],
                       branches, seconds, gives, work)
    say(LAST)
    stacked = least_regret(branches, early, [found.cost.high for found in known])
    found = found_of(work([stacked_piece(stacked, REGRET, seconds)])[0])
    # What the point itself has in a branch need not be the best that goes on from it: the regret looks at the worst.
    least, = turned_out([Plan("least_regret", stacked.early(found.x), found.cost)], branches, seconds, gives, work)
    every = (*plans, *more, least)
    table = tuple(tuple(None if cost is None else (cost - one.cost).least(0.0)
                        for cost, one in zip(plan.in_each, known, strict=True)) for plan in every)
    return Regrets(every, table, max(least.cost.low, 0.0), found.ended)


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


def _between(known: Sequence[Found], plans: Sequence[Decided]) -> tuple[float, float]:
    """Where the border of the worst part lies: not below the cheapest future if known, not above the worst that some
    plan comes to. Raises NoPlan if no plan goes on in all of them."""
    least = min(found.cost.low for found in known)
    most = min((max(one.high for one in all_of(plan.in_each)) for plan in plans if None not in plan.in_each),
               default=math.inf)
    if not math.isfinite(most):
        raise NoPlan("no early decisions of one future go on in all of them")
    return least, most


def early_of(program: LinearProgram, x: Array, early: Early, branches: Sequence[Branch]) -> dict[Name, float]:
    """Early decisions at a point of a program; what others of the futures have and it has not is nothing, and no more
    is signed at no cost than every future allows and its draws need."""
    others = dict.fromkeys((name for b in branches for name in b.program.columns if early(name)), 0.0)
    return others | {name: value for name, value in zip(program.columns, as_needed(program, x).tolist(), strict=True)
                     if early(name)}


def all_of(costs: Sequence[Interval | None]) -> list[Interval]:
    """Raises NoPlan where one is missing: the decisions were chosen so that all go on."""
    found = [cost for cost in costs if cost is not None]
    if len(found) < len(costs):
        raise NoPlan("the early decisions do not go on in a future for which they were chosen")
    return found
