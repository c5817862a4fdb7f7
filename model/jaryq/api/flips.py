"""What turns a choice of a plan: its cost, or a single limit, moved until the other choice is as good; first by proved
bounds, then, where asked, by whole plans solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from jaryq.api.accepted import Accepted
from jaryq.api.again import changed_in_place
from jaryq.api.dearer import BACK, DEARER, Money, dearer
from jaryq.api.question import natural, program_of, question
from jaryq.api.share_done import share_done
from jaryq.api.verified import no_opposite
from jaryq.base.errors import Infeasible
from jaryq.base.home import BILLION
from jaryq.explain.flips import HALVINGS, Between, Flip, bracket, costing, nearest, spending_of
from jaryq.explain.moved import Margins, edge, reach
from jaryq.explain.other import other_choices
from jaryq.explain.shown import Shown, shown
from jaryq.explain.tree import SMALL
from jaryq.factors.again import again
from jaryq.factors.derive import Factors, derive
from jaryq.formulation.assemble import limits
from jaryq.formulation.declare import Limit
from jaryq.solve.choice import Choice, Kind, Verdict
from jaryq.solve.clock import now
from jaryq.solve.in_place import Elsewhere
from jaryq.solve.lp import LinearProgram
from jaryq.solve.proof import NOTHING
from jaryq.solve.question import Moves
from jaryq.solve.solution import Solution

CUT = 0.99
"""The largest part of a cost that is taken away."""

SECONDS = 200.0
"""Seconds of the clock, far behind, after which no further limit is looked at."""

FEW = 3
"""So many limits are looked at on large programs."""

DONE: tuple[Kind, ...] = ("facility",)
"""The one kind of choice that a flip turns."""

SECANTS = 4
"""Linear programs between two ends, on large programs: what is told is proved, and may be a little less than could be.
"""

BEYOND = 4.0
"""The edge is looked for up to so many times what the multipliers of the plan say."""

PART = 1e-6
"""Less of a row than this is none of it; less missing, all of it."""

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

    @property
    def large(self) -> bool:
        """Whether only linear programs are asked, not whole ones."""
        return self.program.matrix.nnz > SMALL

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

    def with_cost(self, project: str, factor: float) -> LinearProgram:
        """The program with another cost. Raises Infeasible."""
        return self.program_of(self.of_cost(project, factor))

    def with_limit(self, limit: Limit, value: float) -> LinearProgram:
        """The program with another limit: sides and bounds alone where no more moves. Raises Infeasible."""
        moved = self.moves.at(limit, value)
        return moved.of(self.program) if moved.anew is None else self.program_of(self.of_limit(limit, value))

    def program_of(self, f: Factors) -> LinearProgram:
        """The program of other factors. Raises Infeasible."""
        try:
            return changed_in_place(self.program, f)
        except Elsewhere:
            return program_of(f)


def flips(accepted: Accepted, program: LinearProgram, solution: Solution, choice: Choice, *,
          confirm: bool = False, basis: Any = None) -> Iterator[Flip]:
    """What turns whether a row is done: the change of its cost, and of a row left out the first single limit that has
    to be looser; of an open choice nothing. With ``confirm`` each is tried by whole plans. ``basis``: where the plan's
    choices with money anew were solved last."""
    if choice.verdict == "open":
        return  # Nothing has to move: a plan as good is known.
    at = Standing(accepted, program, solution)
    proving = Proving(at, choice)
    for one in _of_cost(at, choice, proving, basis):
        yield _tried(at, choice, one) if confirm else one
    for one in _of_limits(at, choice, proving) if choice.lets_in and choice.verdict == "never" else ():
        yield _tried(at, choice, one) if confirm else one


def _of_cost(at: Standing, choice: Choice, proving: Proving, basis: Any) -> Iterator[Flip]:
    spending = spending_of(at.accepted.case, choice.project)
    if spending <= 0.0 or (choice.cannot and not choice.lets_in):
        return
    more = not choice.lets_in
    proved = Between(0.0, None)
    if choice.verdict == "never":
        proved = proving.let_in(lambda part: at.with_cost(choice.project, 1.0 - part), CUT, line=True)
    elif choice.verdict == "always":
        # Where it is no longer sure that the row stays, nothing is said yet.
        proved = Between(_dearer(at, choice, spending, basis), None)
    yield Flip(None, more, BILLION, spending, spending, _times(proved, spending))


def _times(found: Between, size: float) -> Between:
    return Between(found.least * size, None if found.most is None else found.most * size)


def _edge(stays: Callable[[float], bool], high: float) -> tuple[float, float | None]:
    return (high, None) if stays(high) else bracket(stays, 0.0, high)


def _of_limits(at: Standing, choice: Choice, proving: Proving) -> list[Flip]:
    """The single limit that has to be looser by the least part of its size."""
    known = limits(at.factors)
    sizes = {limit.name: abs(limit.value) or natural(at.factors, known, limit) for limit in known}
    order = [*nearest(at.shown, choice, known, at.moves, sizes)]
    if not at.large:
        named = {limit.name for limit, _ in order}
        order += [(limit, np.inf) for limit in known if limit.name not in named]
    else:
        order = order[:FEW]
    until, best = now() + SECONDS, None
    for limit, part in order:
        if now() > until:
            break
        size = sizes[limit.name]
        high = 1.0 if best is None else best.share
        if limit.value + limit.loosens * high * size < 0.0:
            # Below nothing there is no limit: it cannot be looser than that.
            continue

        def moved(part: float, limit: Limit = limit, size: float = size) -> LinearProgram:
            return at.with_limit(limit, limit.value + limit.loosens * part * size)

        found = proving.let_in(moved, high, hint=BEYOND * part)
        if found.least < high:
            best = Flip(limit, False, limit.unit, limit.value, size, _times(found, size))
    return [] if best is None else [best]


class Proving:
    """How far one number may move with a row that is left out still proved to be shut out."""

    def __init__(self, at: Standing, choice: Choice) -> None:
        self.at, self.choice = at, choice
        self.margins = Margins(at.shown, choice)

    def let_in(self, moved: Callable[[float], LinearProgram], high: float, *, line: bool = False,
               hint: float = np.inf) -> Between:
        """From nothing to ``high``, how far the row stays shut out, and from where on a plan with it is as good.
        ``line``: programs between two may be drawn on the line between them, until one is told; ``hint``: where the
        edge may be."""
        if self.at.large:
            return Between(self._far(moved, high, line=line, hint=hint), None)
        seen: dict[float, Verdict] = {}

        def stays(part: float) -> bool:
            seen[part] = self._verdict(moved, part)
            return seen[part] == "never"

        least, most = _edge(stays, high)
        # What is only no longer proved to be shut out is not let in yet.
        return Between(least, most if most is not None and seen.get(most) == "open" else None)

    @cached_property
    def _now(self) -> float:
        return self.margins.of(self.at.program)

    def _far(self, moved: Callable[[float], LinearProgram], high: float, *, line: bool, hint: float) -> float:
        """The same lower end by linear programs alone; the end that is told has a program of its own."""
        def built(part: float) -> float:
            try:
                return self.margins.of(moved(part))
            except Infeasible:
                return np.inf

        if not line:
            return reach(built, self._now, high, hint, SECANTS)
        try:
            last = moved(high)
        except Infeasible:
            return high
        if self.margins.of(last) > 0.0:
            return high
        drawn = self.margins.line(last)
        least = edge(drawn, self._now, high, SECANTS)[0]
        for told in (least, (1.0 - BACK) * least):
            if told > 0.0 and built(told) > 0.0:
                return told
        return edge(built, self._now, (1.0 - BACK) * least, SECANTS)[0] if least > 0.0 else 0.0

    def _verdict(self, moved: Callable[[float], LinearProgram], part: float) -> Verdict:
        """What is, with other numbers, of a plan with the opposite that is as good as the plan is now."""
        at, choice = self.at, self.choice
        try:
            program = moved(part)
        except Infeasible:
            return choice.verdict
        # Columns that were proved to be nothing need not be so with other numbers.
        plain = replace(at.solution, proof=NOTHING)
        asked = question(at.factors, program)
        told = other_choices(asked, program, plain, no_opposite(at.accepted.case), only=(choice.project,), kinds=DONE)
        mine = (one.verdict for one in told.choices if one.other == choice.other)
        return next(mine, "undecided")


def _dearer(at: Standing, choice: Choice, spending: float, basis: Any) -> float:
    """By which part a row that is done may cost more and the works of the plan, with money anew, still be better than
    any plan without it is proved to be as it is."""
    decisive = list(choice.at_least)[-1]
    # A bn of cost is worth about one of the objective.
    hint = 2.0 * choice.at_least[decisive] / spending if decisive == "objective" else DEARER
    return dearer(Money(at.shown, choice, basis), at.program, lambda factor: at.with_cost(choice.project, factor), hint,
                  SECANTS if at.large else HALVINGS, line=at.large)


def _tried(at: Standing, choice: Choice, flip: Flip) -> Flip:
    """The flip with whole plans solved again: how far the choice was seen to stay, and where it was seen to turn."""
    most = flip.size * (CUT if flip.limit is None else 1.0) if not flip.more else DEARER * flip.size
    limit = flip.limit

    def stays(amount: float) -> bool:
        f = (at.of_cost(choice.project, 1.0 + (amount if flip.more else -amount) / flip.size) if limit is None
             else at.of_limit(limit, limit.value + limit.loosens * amount))
        share = share_done(f, choice.project)
        return share < 1.0 - PART if choice.lets_in else share > PART

    low, high = flip.proved.least, min(most, flip.proved.most or max(1.25 * flip.proved.least, 0.05 * flip.size))
    tries = TRIES if at.large else 40
    while tries and stays(high):
        tries -= 1
        low = high
        if high >= most:
            return replace(flip, tried=Between(low, None))
        high = min(2.0 * high, most)
    return replace(flip, tried=Between(*bracket(stays, low, high, flip.size, tries)) if tries else Between(low, None))
