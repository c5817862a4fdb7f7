"""Whole facilities: the shortfall stages and the objective again as whole problems, each with its own cap and a stated absolute gap.

The search runs on the aggregated program first (a relaxation, some ten times smaller), near what the relaxation decides; its choices are solved
again in full. Where the full program is small the search goes on from there: over the whole small program, then in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.base.errors import Infeasible, NoPlan
from model.data.derive import Factors
from model.solve.aggregate import DROPPED, aggregate
from model.solve.highs import Solver
from model.solve.lp import Array, LinearProgram, Name
from model.solve.search import Arena, Limits
from model.solve.solution import Search
from model.solve.stages import Staged, linear_stages

CLOSE = 3.0
"""A plan found at once is taken if it is this many (finer) gaps from the relaxation: three fifths of the stated gap."""

FULL_SEARCH = 6000
"""Columns up to which the search goes on in the full program."""


@dataclass(frozen=True, eq=False)
class Whole:
    """The program with the choices fixed, all linear stages on it, and what should be said about how the choices were found."""

    chosen: LinearProgram
    staged: Staged
    ends: Mapping[str, Search]
    remarks: tuple[str, ...]
    seconds: float


def choose(f: Factors, program: LinearProgram, names: Sequence[str], limits: Limits) -> Whole:
    """Choose whole facilities, stage by stage of ``names`` that have a gap; then run all linear stages with the choices fixed.

    Raises Infeasible only after a second search with presolve off (HiGHS 1.14.0 to 1.15.1 call some feasible whole programs infeasible), NoPlan if
    no whole point is found within the limits.
    """
    searched = tuple(name for name in names if name in limits.gaps)
    small = aggregate(f, program)
    near, seconds, remarks = _near_relaxation(f, small.program, searched, limits)
    ends: dict[str, Search] = {}
    if near is None or program.shape[1] <= FULL_SEARCH:
        first = Arena(small.program, limits)
        point = first.run_all(searched, near)
        seconds, remarks, ends = seconds + first.seconds, tuple(first.remarks), first.ends
    else:
        point = near
    found: Whole | None = None
    try:
        held = _held(program, _carry(small.program, point))
        if held.whole.any() and (held.col_lower < held.col_upper)[held.whole].any():
            # Taking part in single projects is not in the small program: it is searched with the facilities held.
            rest = Arena(held, limits)
            held = fixed(program, np.round(rest.run_all(searched, None)[program.whole]))
            seconds += rest.seconds
        found = _in_full(held, names, ends, remarks, limits.seed)
    except (Infeasible, NoPlan):
        # What the small program allows need not be allowed in full: a largest share counts project by project there.
        found = None
    if found is not None:
        seconds += found.seconds
        as_good = all(found.staged.values[name] <= small.program.value(name, point) + limits.gaps[name].size + 1e-6 for name in searched)
        if as_good:
            return replace(found, seconds=seconds)
        if program.shape[1] > FULL_SEARCH:
            remark = "the search ended on the smaller program, whose choices cost more in full than its gaps allow; see the certified distance"
            return replace(found, remarks=(*found.remarks, remark), seconds=seconds)
    second = Arena(program, limits)
    point = second.run_all(searched, None if found is None else found.staged.x)
    found = _in_full(fixed(program, np.round(point[program.whole])), names, second.ends, tuple(second.remarks), limits.seed)
    return replace(found, seconds=seconds + second.seconds + found.seconds)


def _near_relaxation(f: Factors, program: LinearProgram, names: Sequence[str], limits: Limits) -> tuple[Array | None, float, tuple[str, ...]]:
    """The best whole point among those that keep most choices of the relaxation, the seconds it took, and what to say; None if there is none.

    The relaxation decides all but a few facilities. Those it decides in full keep their start, first all of them, then only the dearer half;
    the others are searched. On a large case this reaches in a second what a search of everything misses within its nodes.
    """
    # With so few choices left a finer gap costs little, and leaves room for the difference to the full program.
    limits = limits.finer(5)
    solver = Solver(program, seed=limits.seed)
    relaxed = linear_stages(program, names, solver)
    x, seconds = relaxed.x, solver.seconds
    at: dict[tuple[str, object], list[int]] = {}
    for j in np.flatnonzero(program.whole):
        family, index = program.columns[j]
        at.setdefault((family, index[0]), []).append(int(j))
    decided = [key for key, columns in at.items() if max(x[columns]) > 1.0 - 1e-6]
    decided.sort(key=lambda key: (-_cost(f, key[1]), str(key)))
    at_once = Arena(_keeping(program, at, decided, x), limits)
    point = at_once.in_one(names, relaxed.values)
    seconds += at_once.seconds
    if point is not None and program.value(names[-1], point) <= relaxed.values[names[-1]] + CLOSE * limits.gaps[names[-1]].size:
        # As good as the relaxation stage by stage, and within the stated gap of it: what a longer search could find matters little.
        return point, seconds, ()
    best: Array | None = point
    said: tuple[str, ...] = ()
    most = limits.most_nodes(program)
    for kept, nodes in ((decided, most), (decided[: len(decided) // 2], max(most // 20, 1))):
        search = Arena(_keeping(program, at, kept, x), replace(limits, nodes=nodes))
        try:
            found = search.run_all(names, best)
        except (Infeasible, NoPlan):
            continue
        finally:
            seconds += search.seconds
        if best is None or _better(program, names, limits, found, best):
            best, said = found, tuple(search.remarks)
    return best, seconds, said


def _keeping(program: LinearProgram, at: Mapping[tuple[str, object], list[int]], kept: Sequence[tuple[str, object]], x: Array) -> LinearProgram:
    """The program with some choices fixed as a point has them."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for key in kept:
        lower[at[key]] = upper[at[key]] = np.round(x[at[key]])
    return program.with_bounds(col_lower=lower, col_upper=upper)


def _cost(f: Factors, key: object) -> float:
    facility = f.case.facilities.get(str(key))
    return facility.overnight if facility else 0.0


def _better(program: LinearProgram, names: Sequence[str], limits: Limits, one: Array, other: Array) -> bool:
    """Whether ``one`` is better at the first stage where the two differ by more than its gap."""
    for name in names:
        difference = program.value(name, one) - program.value(name, other)
        if abs(difference) > limits.gaps[name].size + 1e-9:
            return difference < 0
    return program.value(names[-1], one) < program.value(names[-1], other)


def _in_full(chosen: LinearProgram, names: Sequence[str], ends: Mapping[str, Search], remarks: tuple[str, ...], seed: int) -> Whole:
    """All linear stages of the full program with the choices fixed."""
    solver = Solver(chosen, seed=seed)
    return Whole(chosen, linear_stages(chosen, names, solver), ends, remarks, solver.seconds)


def fixed(program: LinearProgram, chosen: Array) -> LinearProgram:
    """The program with its whole-valued decisions fixed at exactly 0 or 1."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[program.whole] = chosen
    upper[program.whole] = chosen
    return program.with_bounds(col_lower=lower, col_upper=upper)


def _carry(small: LinearProgram, point: Array) -> dict[Name, float]:
    """Choices of the small program by name."""
    return {small.columns[j]: float(round(float(point[j]))) for j in np.flatnonzero(small.whole)}


def _held(program: LinearProgram, known: Mapping[Name, float]) -> LinearProgram:
    """The program with the known choices fixed; others stay free. A choice that stands in no row is not in the small program and stays 0."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    for j in np.flatnonzero(program.whole):
        name = program.columns[j]
        if name in known or name[0] not in DROPPED:
            lower[j] = upper[j] = known.get(name, 0.0)
    return program.with_bounds(col_lower=lower, col_upper=upper)
