"""Whole facilities: the shortfall stages and the objective again as whole problems, each with its own cap and a stated
absolute gap.

The search runs on the aggregated program first (a relaxation, some ten times smaller), near what the linear relaxation
decides; its choices are solved again in full. Where the full program is small the search goes on from there: over the
whole small program, then in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.aggregate import Aggregate
from jaryq.solve.ending import End
from jaryq.solve.held import held_stages
from jaryq.solve.highs import Solver
from jaryq.solve.limits import SECOND, Limits
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.near import OPEN, Near, fixed
from jaryq.solve.question import Question
from jaryq.solve.search import Arena
from jaryq.solve.sharpen import sharpened
from jaryq.solve.solution import Ended
from jaryq.solve.stages import Staged, linear_stages

FULL_SEARCH = 6000
"""Columns up to which the search goes on over all choices, then in the full program."""

EXACT = 10_000
"""Coefficients up to which the choices of the small program must be as good in full; above, within the gap."""

FIRST = 15 * SECOND
"""Work of a whole search of all stages at once, where dives find nothing."""


@dataclass(frozen=True, eq=False)
class Whole:
    """The program with the choices fixed, all linear stages on it; how the search ended where it went over all choices,
    and what ended it elsewhere; what should be said."""

    chosen: LinearProgram
    staged: Staged
    ends: Mapping[str, End]
    otherwise: Ended
    remarks: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class Found:
    """A point of the program that was searched."""

    point: Array
    ends: Mapping[str, End]
    otherwise: Ended
    remarks: tuple[str, ...]
    seconds: float


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
    at = _search(program, searched, limits, question.outlays, thorough=program.shape[1] <= FULL_SEARCH,
                 start=None if found is None else found.staged.x)
    chosen = fixed(program, np.round(at.point[program.whole]))
    solver = Solver(chosen, seed=limits.seed)
    staged = linear_stages(chosen, names, solver)
    return Whole(chosen, staged, at.ends, at.otherwise, tuple(dict.fromkeys(remarks + at.remarks)),
                 spent + at.seconds + solver.seconds)


def _slack(limits: Limits, name: str, *, exact: bool) -> float:
    return 1e-6 if exact else limits.gaps[name].size + 1e-6


def _search(program: LinearProgram, names: Sequence[str], limits: Limits, dear: Array, *, thorough: bool,
            start: Array | None = None) -> Found:
    """Search one program: near its relaxation, then, where it is small or nothing is found near, over all choices."""
    spent = 0.0
    if start is None and not thorough:
        near, found, spent = _near(program, names, limits, dear)
        if found is not None:
            return replace(found, seconds=spent)
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
    sharp, spent = sharpened(program, names, limits)
    for ground in (sharp, program):
        try:
            near = Near(ground, names, limits, dear)
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
                held = fixed(program, np.round(rest.run_all(searched, None)[program.whole]))
            finally:
                seconds += rest.seconds
        solver = Solver(held, seed=limits.seed)
        try:
            staged = held_stages(held, names, solver, relaxed)
        finally:
            seconds += solver.seconds
    except (Infeasible, NoPlan):
        return None, seconds
    return Whole(held, staged, at.ends, at.otherwise, at.remarks, 0.0), seconds


def _held(program: LinearProgram, small: Aggregate, point: Array) -> LinearProgram:
    """The program with the choices of a point of the small one fixed; those that are not in it stay free."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    known = np.flatnonzero(program.whole & (small.column >= 0))
    lower[known] = upper[known] = np.round(point[small.column[known]])
    return program.with_bounds(col_lower=lower, col_upper=upper)
