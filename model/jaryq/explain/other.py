"""The other choice, priced: every opposite bounded by the stored multipliers, then what these leave undecided by linear
programs of their own, by plans near the shown one, on small programs to the end; within a stated effort."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from jaryq.explain.bounds import Bounds
from jaryq.explain.forced import Programs, Proved
from jaryq.explain.ground import itself, small
from jaryq.explain.opposites import IN, OUT, Opposite, Rows, in_or_out, payers, times
from jaryq.explain.plans import Found, Plans
from jaryq.explain.shown import Shown, shown
from jaryq.explain.tree import SMALL, Account, decide
from jaryq.solve.choice import Choice, Kind, Verdict
from jaryq.solve.clock import now
from jaryq.solve.lp import LinearProgram
from jaryq.solve.question import Question
from jaryq.solve.solution import Solution

EFFORT, EVERY = 1.6e8, 4.8e8
"""Entries of the matrix that linear programs may look at for the opposites of a plan (whether rows are done; also when,
and who pays), alike on every machine."""

TREE = 40.0
"""Work of searches and trees (solve.limits) that takes as long as one entry of these linear programs."""

SECONDS = 120.0
"""Seconds of the clock, far behind the effort, after which none is begun any more; with a larger effort so many
more."""


@dataclass(frozen=True)
class Told:
    """The choices in the order of the input, and how many had no more effort than the stored multipliers. ``basis``:
    where the plan's choices with money anew were solved last, if they were."""

    choices: tuple[Choice, ...]
    unasked: int
    basis: Any = None


def other_choices(question: Question, program: LinearProgram, solution: Solution, fixed: Collection[str] = (), *,
                  every: bool = False, only: Collection[str] | None = None, kinds: Collection[Kind] | None = None,
                  effort: float | None = None, seconds: float = math.inf, at: Collection[str] = ()) -> Told:
    """The opposites of a whole plan: of each row of facilities whether it is done, with ``every`` also when, and of
    each project who pays. ``fixed``: rows done, started or committed; ``only``: these projects, and of them
    ``kinds`` alone, of starts those ``at`` periods; ``seconds`` of the clock at most."""
    if not solution.stages:
        return Told((), 0)
    plan = shown(question, program, solution)
    rows = Rows(plan.program)
    asked = [*in_or_out(plan, rows, fixed)]
    if every or only is not None:
        asked += [*times(plan, rows, fixed, at), *payers(plan, rows, fixed)]
    asked = [one for one in asked if (only is None or one.project in only) and (kinds is None or one.kind in kinds)]
    effort = (EVERY if every else EFFORT) if effort is None else effort
    return _Asking(plan, rows, effort, min(SECONDS * effort / EFFORT, seconds)).all(asked)


class _Asking:
    def __init__(self, plan: Shown, rows: Rows, effort: float, seconds: float) -> None:
        self.plan, self.rows = plan, rows
        self.effort, self.until = effort, now() + seconds
        self.plans, self.trees = Plans(plan, rows), Account(until=self.until)
        self.divisible = not plan.program.whole.any()
        self.to_the_end = plan.program.matrix.nnz <= SMALL and not self.divisible
        # There a tree with the opposite tells the exact cost; leaves of another would tell less.
        self.bounds = Bounds(plan, leaves=not self.to_the_end)
        ground = None if self.to_the_end else small(plan)
        self.programs = Programs(plan, ground or itself(plan))

    def all(self, asked: Sequence[Opposite]) -> Told:
        """Those left out first, then the others; of each those nearest to being shut out first."""
        first = [self._first(one) for one in asked]
        order = sorted(range(len(asked)), key=lambda i: (asked[i].kind != "facility", asked[i].now != OUT,
                                                         -self._away(first[i]), i))
        unasked = 0
        # What costs least comes first for all: looking in vain for a plan costs ten times what shuts most of them out.
        for ask in (self._by_tree, self._exactly) if self.to_the_end else (self._shut_out, self._at_once, self._near):
            for i in order:
                if first[i].verdict != "undecided" and (ask != self._exactly or first[i].by != "tree"):
                    continue
                if self._spent > self.effort or now() > self.until:
                    unasked += ask in (self._by_tree, self._shut_out)
                    continue
                first[i] = ask(asked[i], first[i])
        return Told(tuple(first), unasked, self.plans.solver.basis() if self.plans.work else None)

    @property
    def _spent(self) -> float:
        return self.programs.work + self.plans.work + self.trees.work / TREE

    def _away(self, choice: Choice) -> float:
        return choice.at_least.get(self.plan.names[-1], 0.0)

    def _first(self, one: Opposite) -> Choice:
        """What the stored multipliers say."""
        found = Choice(one.kind, one.project, one.now, one.other, "undecided", "nothing")
        known: dict[str, Fraction] = {}
        for name in self.plan.names:
            bound = self.bounds.of(name, one)
            if bound is None:
                return replace(found, verdict=_shut(one), by="multipliers", cannot=True)
            known[name] = bound
            if bound > self.plan.most(name):
                return replace(found, verdict=_shut(one), by="multipliers", at_least=self._least(known))
        return replace(found, at_least=self._least(known))

    def _least(self, bounds: dict[str, Fraction]) -> dict[str, float]:
        return {name: float(bound - Fraction(self.plan.values[name])) + 0.0 for name, bound in bounds.items()}

    def _by_tree(self, one: Opposite, first: Choice) -> Choice:
        """What a plan near the shown one says, else a tree with the opposite."""
        found = self.plans.near(one)
        return self._open(first, found) if found is not None else self._end(one, first, exactly=False)

    def _exactly(self, one: Opposite, first: Choice) -> Choice:
        """What the opposite costs, to the end."""
        told = self._end(one, first, exactly=True)
        return first if told.verdict == "undecided" else told

    def _shut_out(self, one: Opposite, first: Choice) -> Choice:
        """Whether a linear program with the opposite leaves nothing as good."""
        proved = None if self._in_parts(one) else self.programs.proved(one, near=False)
        return first if proved is None else self._by_programs(one, first, proved)

    def _at_once(self, one: Opposite, first: Choice) -> Choice:
        """Whether the plan is as good with the row put into it as it is."""
        found = None if self.divisible else self.plans.at_once(one)
        return first if found is None else self._open(first, found)

    def _near(self, one: Opposite, first: Choice) -> Choice:
        """What a plan near the shown one says, else how near a linear program comes."""
        if self._in_parts(one):
            return first
        found = self.plans.near(one)
        if found is not None:
            return self._open(first, found)
        proved = (self.exactly if self.divisible else self.programs).proved(one, near=True)
        return first if proved is None else self._by_programs(one, first, proved)

    def _in_parts(self, one: Opposite) -> bool:
        """Of divisible plans: one start or another is not all that the opposite may be, parts of both are."""
        return self.divisible and len(self.rows.ways(one)) != 1

    @cached_property
    def exactly(self) -> Programs:
        """Where facilities are divisible the program itself leaves nothing undecided."""
        return Programs(self.plan, itself(self.plan))

    def _by_programs(self, one: Opposite, first: Choice, proved: Proved) -> Choice:
        if proved.bound is None:
            return replace(first, verdict=_shut(one), by="program", cannot=True, at_least={})
        told: dict[str, Fraction] = {}
        for name in self.plan.names:
            told[name] = Fraction(first.at_least[name]) + Fraction(self.plan.values[name])
            if name == proved.stage:
                told[name] = max(told[name], proved.bound)
                break
        shut = told[proved.stage] > self.plan.most(proved.stage)
        return replace(first, verdict=_shut(one) if shut else "undecided", by="program", at_least=self._least(told))

    def _end(self, one: Opposite, first: Choice, *, exactly: bool) -> Choice:
        decided = decide(self.plan, self.rows, self.plans, one, self.trees, exactly=exactly)
        if decided.found is not None:
            return self._open(first, decided.found)
        bounds = {name: bound for name, bound in decided.bounds.items() if bound is not None}
        if not decided.shut:
            return first
        return replace(first, verdict=_shut(one), by="tree", cannot=decided.cannot,
                       at_least={} if decided.cannot else self._least(bounds))

    def _open(self, first: Choice, found: Found) -> Choice:
        worse = {name: value - self.plan.values[name] + 0.0 for name, value in found.values.items()}
        return replace(first, verdict="open", by="found", at_most=worse, instead=found.instead)


def _shut(one: Opposite) -> Verdict:
    return "never" if one.other == IN else "always"

