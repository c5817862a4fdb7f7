"""Whole facilities: the shortfall stages and the objective again as whole problems, each with its own cap and a stated
absolute gap.

The search runs on the aggregated program first (a relaxation, some ten times smaller), near what the linear relaxation
decides; its choices are solved again in full. Where the full program is small the search goes on from there: over the
whole small program, then in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.aggregate import Aggregate
from jaryq.solve.ending import End
from jaryq.solve.highs import Solver
from jaryq.solve.limits import SECOND, Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.near import OPEN, Near, fixed
from jaryq.solve.question import Question
from jaryq.solve.search import Arena
from jaryq.solve.sharpen import sharpened
from jaryq.solve.solution import Ended
from jaryq.solve.stages import Staged
from jaryq.solve.taken import cut_off, taken

FULL_SEARCH = 6000
"""Columns up to which the search goes on over all choices, then in the full program."""

EXACT = 10_000
"""Coefficients up to which the choices of the small program must be as good in full; above, within the gap."""

ROUNDS = 25
"""Searches of the full program at most, each but the first without choices that turned out to be none."""

MISSED = "no plan of whole facilities was found: each that was tried misses a limit by a hair"

FIRST = 15 * SECOND
"""Work of a whole search of all stages at once, where dives find nothing."""


@dataclass(frozen=True, eq=False)
class Whole:
    """The program with the choices fixed, all linear stages on it; how the search ended where it went over all choices,
    and what ended it elsewhere; what should be said; bases of stages near the relaxation of the small program."""

    chosen: LinearProgram
    staged: Staged
    ends: Mapping[str, End]
    otherwise: Ended
    remarks: tuple[str, ...]
    seconds: float
    bases: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Found:
    """A point of the program that was searched; bases of its stages near its relaxation, if they were solved."""

    point: Array
    ends: Mapping[str, End]
    otherwise: Ended
    remarks: tuple[str, ...]
    seconds: float
    bases: Mapping[str, Any] = field(default_factory=dict)


def choose(question: Question, small: Aggregate, program: LinearProgram, relaxed: Staged, names: Sequence[str],
           limits: Limits) -> Whole:
    """Choose whole facilities, stage by stage of ``names`` that have a gap; then run all linear stages with the choices
    fixed. ``small`` is the aggregate of ``program``.

    Raises Infeasible only after a second search with presolve off (HiGHS 1.14.0 to 1.15.1 call some feasible whole
    programs infeasible), NoPlan if no whole point is found within the limits.
    """
    searched = tuple(name for name in names if name in limits.gaps)
    # The small program may only ever relax: what the full one allows must be allowed there.
    tighter = small.tighter(relaxed.x)
    found: Whole | None = None
    spent, remarks = 0.0, tuple[str, ...]()
    if not tighter:
        at = _search(small.program, searched, limits, small.choices(question.outlays),
                     thorough=program.shape[1] <= FULL_SEARCH)
        spent, remarks = at.seconds, at.remarks
        found, seconds = _in_full(program, small, at, names, limits, relaxed)
        spent += seconds
        if found is not None:
            tighter = small.tighter(found.staged.x)
            exact = program.matrix.nnz <= EXACT
            good = all(found.staged.values[name] <= small.program.value(name, at.point)
                       + _slack(limits, name, exact=exact) for name in searched)
            if good and not tighter:
                return replace(found, seconds=spent)
            if not tighter and program.shape[1] > FULL_SEARCH:
                remark = ("the search ended on the smaller program, whose choices cost more in full than its gaps "
                          "allow; see the certified distance")
                return replace(found, otherwise="effort", remarks=(*found.remarks, remark), seconds=spent)
    if tighter:
        remarks = (f"the smaller program of the search is no relaxation for {', '.join(tighter)}: the full program was "
                   "searched",)
    full = Full(question, program, (names, searched), limits)
    whole = full.searched(None if found is None else found.staged.x)
    return replace(whole, remarks=tuple(dict.fromkeys(remarks + whole.remarks)), seconds=spent + full.seconds)


def _slack(limits: Limits, name: str, *, exact: bool) -> float:
    return 1e-6 if exact else limits.gaps[name].size + 1e-6


class Full:
    """The search of a full program, again where its choices are none: these are cut off. ``stages``: all of them, and
    those that are searched; ``seconds`` spent in the solver."""

    def __init__(self, question: Question, program: LinearProgram, stages: tuple[Sequence[str], Sequence[str]],
                 limits: Limits) -> None:
        self.question, self.program, self.limits = question, program, limits
        self.names, self.stages = stages
        self.seconds = 0.0

    def searched(self, start: Array | None) -> Whole:
        """The plan that is found, at best from a plan on. Raises as ``choose``; what the search says of a program of
        which choices are cut off is not said of the case."""
        left, cut = self.program, False
        for _ in range(ROUNDS):
            try:
                at = _search(left, self.stages, self.limits, self.question.outlays,
                             thorough=left.shape[1] <= FULL_SEARCH, start=start)
            except (Infeasible, NoPlan):
                if cut:
                    break
                raise
            self.seconds += at.seconds
            # A bound of branching without what was cut off is none of the case.
            at = replace(at, ends={}) if cut else at
            try:
                return self._with(at.point, at)
            except NoPlan:
                fewer = cut_off(left, fixed(self.program, np.round(at.point[self.program.whole])))
            if fewer is None or self.limits.left <= 0.0:
                break
            left, cut = fewer, True
        return self._plain(left, start)

    def _with(self, point: Array, at: Found) -> Whole:
        """The choices of a point with all else decided once more. Raises NoPlan."""
        chosen = fixed(self.program, np.round(point[self.program.whole]))
        solver = Solver(chosen, seed=self.limits.seed)
        try:
            chosen, staged = taken(chosen, self.names, solver)
        finally:
            self.seconds += solver.seconds
        return Whole(chosen, staged, at.ends, at.otherwise, at.remarks, 0.0)

    def _plain(self, left: LinearProgram, start: Array | None) -> Whole:
        """A plan, however plain, after searches that found none: that at hand, or one of a list; as the last, nothing
        at all."""
        points = [] if start is None else [start]
        if start is None:
            with suppress(Infeasible, NoPlan):  # What was cut off may leave no point, which is none of the case.
                near = Near(left, self.stages, self.limits, self.question.outlays)
                near.listed()
                self.seconds += near.seconds
                points = [] if near.best is None else [near.best.x]
        for point in (*points, self.program.col_lower):
            try:
                return self._with(point, Found(point, {}, "effort", (), 0.0))
            except NoPlan:
                continue
        raise NoPlan(MISSED)


def _search(program: LinearProgram, names: Sequence[str], limits: Limits, dear: Array, *, thorough: bool,
            start: Array | None = None) -> Found:
    """Search one program: near its relaxation, then, where it is small or nothing is found near, over all choices."""
    spent = 0.0
    if start is None and not thorough:
        near, found, spent = _near(program, names, limits, dear)
        if found is not None:
            return replace(found, seconds=spent, bases=near.relaxed.bases)
    else:
        near = Near(program, names, limits, dear)
        start = near.at_once(longer=False) if start is None else start
        spent = near.seconds
    if start is None and near.best is None:
        # A plan, however plain, to begin with: what is cut off then has one.
        before = near.seconds
        near.listed()
        spent += near.seconds - before
    if start is None and near.best is not None:
        start = near.best.x
    arena = Arena(program, limits if start is not None else limits.to_the_end())
    point = arena.run_all(names, start)
    return Found(point, arena.ends, near.otherwise, tuple(arena.remarks), spent + arena.seconds)


def _near(program: LinearProgram, names: Sequence[str], limits: Limits,
          dear: Array) -> tuple[Near, Found | None, float]:
    """What is found near the relaxation of a large program: of the sharpened one, and, as its least leaf may hold no
    whole plan, of the program as it is where nothing was found. None in the middle: the search is to go on."""
    sharp, bases, spent = sharpened(program, names, limits)
    for ground in (sharp, program):
        try:
            near = Near(ground, names, limits, dear, bases)
        except (Infeasible, NoPlan):
            if ground is program:
                raise
            continue
        found = _of_large(near)
        spent += near.seconds
        if near.best is not None or found is not None:
            break
    return near, found, spent


def _of_large(near: Near) -> Found | None:
    point = near.at_once(longer=True)
    if point is not None:
        # As good as the relaxation stage by stage but the last: what a longer search could find matters little.
        return Found(point, {}, "gap" if near.close(point) else near.otherwise, (), 0.0)
    near.dives()
    if near.best is None:
        near.by_windows()
    if near.best is None:
        near.whole_search(FIRST)
    if near.best is not None and (len(near.names) > 1 or len(near.at) > OPEN):
        return Found(near.best.x, {}, near.otherwise, (), 0.0)
    return None


def _in_full(
    program: LinearProgram, small: Aggregate, at: Found, names: Sequence[str], limits: Limits, relaxed: Staged,
) -> tuple[Whole | None, float]:
    """The choices of the small program in full, and the seconds it took; None if they are not allowed: a largest share
    counts project by project there."""
    seconds = 0.0
    held = _held(program, small, at.point)
    try:
        if held.whole.any() and (held.col_lower < held.col_upper)[held.whole].any():
            # Taking part in single projects is not in the small program: it is searched with the facilities held.
            rest = Arena(held, limits)
            searched = tuple(name for name in names if name in limits.gaps)
            try:
                point = rest.at_once_at_best(searched, relaxed.values)
                point = rest.run_all(searched, None) if point is None else point
                held = fixed(program, np.round(point[program.whole]))
            finally:
                seconds += rest.seconds
        solver = Solver(held, seed=limits.seed)
        try:
            held, staged = taken(held, names, solver, relaxed)
        finally:
            seconds += solver.seconds
    except (Infeasible, NoPlan):
        return None, seconds
    return Whole(held, staged, at.ends, at.otherwise, at.remarks, 0.0, at.bases), seconds


def _held(program: LinearProgram, small: Aggregate, point: Array) -> LinearProgram:
    """The program with the choices of a point of the small one fixed; those that are not in it stay free."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    known = np.flatnonzero(program.whole & (small.column >= 0))
    lower[known] = upper[known] = np.round(point[small.column[known]])
    return program.with_bounds(col_lower=lower, col_upper=upper)
