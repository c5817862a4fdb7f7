"""What goes on from early decisions in each future: programs in which they are held, each a piece of work of its own
(docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.dive import PART
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stacked import Branch, Stacked
from jaryq.solve.unfunded import held_at, passed, unpaid
from jaryq.uncertainty.giving_way import as_far_as_allowed
from jaryq.uncertainty.pieces import Answer, Piece, Work
from jaryq.uncertainty.solved import Found, Interval, solved

Gives = Callable[[Name], bool]

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
class Plan:
    """Early decisions that are to be looked at in every future, and what they cost as they were chosen. ``own``: the
    number of the future that they are the best of, and the plan there: nothing goes on from them better."""

    name: str
    early: Mapping[Name, float]
    cost: Interval
    own: tuple[int, Found] | None = None


def branch_piece(branch: Branch, seconds: float) -> Piece:
    """A future with nothing held."""
    return Piece(solved_alone, (branch.program, branch.cost, branch.constant, seconds, None))


def stacked_piece(stacked: Stacked, stage: str, seconds: float) -> Piece:
    """All futures side by side."""
    return Piece(solved_alone, (stacked.program, *stacked.program.objectives[stage], seconds, len(stacked.common)))


def turned_out(plans: Sequence[Plan], branches: Sequence[Branch], seconds: float, gives: Gives,
               work: Work) -> list[Decided]:
    """Early decisions as they turn out in every future."""
    at = [(a, b) for a, plan in enumerate(plans) for b in range(len(branches))
          if plan.own is None or plan.own[0] != b]
    answers = work([Piece(going_on, (branches[b], plans[a].early, seconds, gives)) for a, b in at])
    ends = {place: _end_of(answer) for place, answer in zip(at, answers, strict=True)}
    ends |= {(a, plan.own[0]): (plan.own[1], True) for a, plan in enumerate(plans) if plan.own is not None}
    return [_decided(plan, branches, [ends[a, b] for b in range(len(branches))]) for a, plan in enumerate(plans)]


def _decided(plan: Plan, branches: Sequence[Branch], ends: Sequence[tuple[Found | None, bool]]) -> Decided:
    there = [(branch.program, end) for branch, (end, _) in zip(branches, ends, strict=True)]
    return Decided(plan.name, plan.early, plan.cost, tuple(None if end is None else end.cost for _, end in there),
                   frozenset(b for b, (_, kept) in enumerate(ends) if not kept),
                   tuple({} if end is None else unpaid(program, end.x) for program, end in there),
                   tuple({} if end is None else passed(program, end.x) for program, end in there))


def solved_alone(program: LinearProgram, cost: Array, constant: float, seconds: float, first: int | None) -> Answer:
    """Both ends of what a program costs and 1 where it was solved to its end (0: not), and the plan. Raises Infeasible,
    NoPlan."""
    found = solved(program, cost, constant, seconds, first)
    return np.array([found.cost.low, found.cost.high, float(found.ended)]), found.x


def found_of(answer: Answer) -> Found:
    """What a program costs, of the answer of ``solved_alone``."""
    low, high, ended = answer[0].tolist()
    return Found(Interval(low, high), answer[1], bool(ended))


def going_on(branch: Branch, early: Mapping[Name, float], seconds: float, gives: Gives) -> Answer:
    """What goes on from early decisions in a future: both ends of its cost and 1 where all of them are kept there (0:
    those that it has, those on money as far as they can be), and the plan; no arrays where none goes on."""
    held = held_at(branch.program, _rounded(branch.program, early))
    all_there = all(_kept(held, name, value) for name, value in early.items())
    for program in (held, _loose(branch.program, held, early)):
        if (found := _found(branch, program, seconds)) is not None:
            return np.array([found.cost.low, found.cost.high, float(all_there)]), found.x
    answer: Answer = (np.array([1.0]),)
    for less in as_far_as_allowed(branch.program, held, gives, seconds) if any(gives(name) for name in early) else ():
        answer = (np.array([0.0]),)
        if (found := _found(branch, _loose(branch.program, less, early), seconds)) is not None:
            return np.array([found.cost.low, found.cost.high, 0.0]), found.x
    return answer


def _kept(held: LinearProgram, name: Name, value: float) -> bool:
    """Whether a decision is held where it was decided: its future has it, and its bounds there let it be so much."""
    j = held.column_at.get(name)
    return abs(value - (0.0 if j is None else float(held.col_lower[j]))) <= max(PART, HELD * abs(value))


def _end_of(answer: Answer) -> tuple[Found | None, bool]:
    """The plan that goes on (None: none does), and whether all early decisions are kept."""
    *cost, kept = answer[0].tolist()
    return Found(Interval(*cost), answer[1]) if len(answer) > 1 else None, bool(kept)


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
