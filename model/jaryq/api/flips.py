"""What turns a choice of a plan: its cost, or a single limit, moved until the other choice is as good; first by proved
bounds, then, where asked, by whole plans solved again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.again import changed_in_place
from jaryq.api.question import natural, program_of, question
from jaryq.api.verified import no_opposite
from jaryq.base.errors import Infeasible, NoPlan
from jaryq.case.stages import valued
from jaryq.explain.flips import Between, Flip, bracket, costing, nearest, spending_of
from jaryq.explain.other import other_choices
from jaryq.explain.shown import Shown, shown
from jaryq.explain.tree import SMALL
from jaryq.factors.again import again
from jaryq.factors.derive import Factors, derive
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import Limit
from jaryq.solve.choice import Choice
from jaryq.solve.highs import Solver
from jaryq.solve.in_place import Elsewhere
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.proof import NOTHING
from jaryq.solve.question import Moves
from jaryq.solve.run import solve
from jaryq.solve.solution import Solution
from jaryq.solve.stages import linear_stages

CUT = 0.99
"""The largest part of a cost that is taken away."""

DEARER = 8.0
"""The largest multiple of a cost that is added."""

SECONDS = 60.0
"""Seconds of processor after which no further limit is looked at."""

FEW = 3
"""So many limits are looked at on large programs."""

TRIES = 6
"""Whole plans that are solved again for a number, at most."""


@dataclass(frozen=True, eq=False)
class Standing:
    """A plan in its program, to be asked with one number moved."""

    accepted: Accepted
    program: LinearProgram
    solution: Solution

    @property
    def factors(self) -> Factors:
        return self.accepted.factors

    @cached_property
    def shown(self) -> Shown:
        return shown(question(self.factors, self.program), self.program, self.solution)

    @cached_property
    def moves(self) -> Moves:
        return self.shown.question.moves

    def of_cost(self, project: str, factor: float) -> Factors:
        return derive(costing(self.accepted.case, project, factor), self.factors)

    def of_limit(self, limit: Limit, value: float) -> Factors:
        return again(self.factors, limit.put(self.accepted.case, value), limit.kind, limit.index[0])


def flips(accepted: Accepted, program: LinearProgram, solution: Solution, choice: Choice, *,
          confirm: bool = False) -> tuple[Flip, ...]:
    """What turns whether a row is done: the change of its cost, and of a row left out the first single limit that has
    to be looser. With ``confirm`` each is tried by whole plans."""
    at = Standing(accepted, program, solution)
    found = [*_of_cost(at, choice)]
    if choice.now == "out" and choice.verdict == "never":
        found += _of_limits(at, choice)
    return tuple(_tried(at, choice, one) for one in found) if confirm else tuple(found)


def _of_cost(at: Standing, choice: Choice) -> Iterator[Flip]:
    spending = spending_of(at.accepted.case, choice.project)
    if spending <= 0.0 or (choice.now == "in" and choice.cannot):
        return
    more = choice.now == "in"
    proved = Between(0.0, None)
    if choice.verdict == "never":
        found = _edge(lambda part: _shut_out(at, at.of_cost(choice.project, 1.0 - part), choice), CUT)
        proved = Between(found[0] * spending, None if found[1] is None else found[1] * spending)
    elif choice.verdict == "always":
        found = _edge(lambda part: _stays(at, at.of_cost(choice.project, 1.0 + part), choice), DEARER)
        # Where it is no longer sure that the row stays, nothing is said yet.
        proved = Between(found[0] * spending, None)
    yield Flip(None, more, "bn KZT", spending, spending, proved)


def _edge(stays: Callable[[float], bool], high: float) -> tuple[float, float | None]:
    return (high, None) if stays(high) else bracket(stays, 0.0, high)


def _of_limits(at: Standing, choice: Choice) -> list[Flip]:
    """The single limit that has to be looser by the least part of its size."""
    known = limits(at.factors)
    sizes = {limit.name: abs(limit.value) or natural(at.factors, known, limit) for limit in known}
    order = [limit for limit, _ in nearest(at.shown, choice, known, at.moves, sizes)]
    if at.program.matrix.nnz <= SMALL:
        order += [limit for limit in known if limit.name not in {one.name for one in order}]
    else:
        order = order[:FEW]
    until, best = time.process_time() + SECONDS, None
    for limit in order:
        if time.process_time() > until:
            break
        size = sizes[limit.name]
        high = 1.0 if best is None else best.share

        def stays(part: float, limit: Limit = limit, size: float = size) -> bool:
            value = limit.value + limit.loosens * part * size
            return value < 0.0 or _shut_out(at, at.of_limit(limit, value), choice)

        if stays(high):
            continue
        low, most = bracket(stays, 0.0, high)
        best = Flip(limit, False, limit.unit, limit.value, size, Between(low * size, most * size))
    return [] if best is None else [best]


def _shut_out(at: Standing, f: Factors, choice: Choice) -> bool:
    """Whether, with other numbers, still no plan with the opposite is as good as the plan is now."""
    try:
        program = _program(at, f)
    except Infeasible:
        return True
    # Columns that were proved to be nothing need not be so with other numbers.
    plain = replace(at.solution, proof=NOTHING)
    told = other_choices(question(f, program), program, plain, no_opposite(at.accepted.case), only=(choice.project,))
    return any(one.kind == "facility" and one.verdict == "never" for one in told.choices)


def _stays(at: Standing, f: Factors, choice: Choice) -> bool:
    """Whether, with other numbers, the works of the plan, with money anew, are better than any plan without the row is
    proved to be as it is."""
    decisive = list(choice.at_least)[-1]
    try:
        program = fixed(_program(at, f), at.shown.chosen[at.program.whole])
        reached = linear_stages(program, valued(program.objectives), Solver(program)).values
    except (Infeasible, NoPlan, ValueError):
        return False
    names = at.shown.names[: at.shown.names.index(decisive)]
    bound = at.shown.values[decisive] + choice.at_least[decisive]
    return all(reached[name] <= at.shown.most(name) for name in names) and reached[decisive] < bound


def _program(at: Standing, f: Factors) -> LinearProgram:
    try:
        return changed_in_place(at.program, f)
    except Elsewhere:
        return program_of(f)


def _tried(at: Standing, choice: Choice, flip: Flip) -> Flip:
    """The flip with whole plans solved again: how far the choice was seen to stay, and where it was seen to turn."""
    most = flip.size * (CUT if flip.limit is None else 1.0) if not flip.more else DEARER * flip.size
    limit = flip.limit

    def stays(amount: float) -> bool:
        f = (at.of_cost(choice.project, 1.0 + (amount if flip.more else -amount) / flip.size) if limit is None
             else at.of_limit(limit, limit.value + limit.loosens * amount))
        return _done(f, choice.project) == (choice.now == "in")

    low, high = flip.proved.least, min(most, flip.proved.most or max(1.25 * flip.proved.least, 0.05 * flip.size))
    tries = TRIES if at.program.matrix.nnz > SMALL else 40
    while tries and stays(high):
        tries -= 1
        low = high
        if high >= most:
            return replace(flip, tried=Between(low, None))
        high = min(2.0 * high, most)
    return replace(flip, tried=Between(*bracket(stays, low, high, flip.size, tries)) if tries else Between(low, None))


def _done(f: Factors, project: str) -> bool:
    """Whether a row is done in the whole plan with other numbers."""
    plain = replace(f, case=replace(f.case, settings=replace(f.case.settings, prices=0)))
    try:
        program = program_of(plain)
        solution = solve(question(plain, program), program)
    except (Infeasible, NoPlan):
        return False
    return bool(np.sum([share for (p, _), share in solution.plan.start.items() if p == project]) > 0.5)
