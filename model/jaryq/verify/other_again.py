"""What only solving shows of other choices, solved again: each stage with the opposite and under what plans as good as
the shown one keep in the stages before. The solver is asked plainly: its answer is compared, nothing of the first
search is used."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jaryq.solve.choice import Choice
from jaryq.solve.highs import Solver
from jaryq.verify.finding import Finding
from jaryq.verify.other import Shown, Wrong, starts_of
from jaryq.verify.other_leaves import Leaf

LARGE, SAMPLE = 10_000, 20
"""Coefficients from which solving all claims again takes an hour; of such a program so many are solved, evenly spaced
in the order of the sheet ``why``, and the finding says of how many."""

NEAR = 1e-9
"""Share of its unit by which the cap of an earlier stage gives way, so that rounding does not shut the plan itself out.
A wider one would let the solver buy what the multiplier of the cap is worth."""

SOLVED = 1e-6
"""Part of what is told by which an answer of the solver may be apart: its branching stops so near the best."""


def choices_again(shown: Shown, choices: Sequence[Choice], stages: Sequence[str]) -> tuple[Finding, ...]:
    """One finding of all claims that linear programs, trees and plans found stand for."""
    every = [one for one in choices if one.by in ("program", "tree", "found")]
    large = shown.program.matrix.nnz > LARGE
    mine = every[::math.ceil(len(every) / SAMPLE)] if large and len(every) > SAMPLE else every
    holes = []
    for one in mine:
        try:
            _again(shown, one, stages)
        except Wrong as why:
            holes.append(f"{one.project} {one.other}: {why}")
    where = "; ".join([*holes[:3], *([f"+{len(holes) - 3} more"] if len(holes) > 3 else [])])
    if not holes and len(mine) < len(every):
        where = f"{len(mine)} / {len(every)}"
    return (Finding("other_choice", where, len(mine), len(mine) - len(holes), float(len(holes)), 0.0, "number"),
            ) if mine else ()


def _again(shown: Shown, one: Choice, stages: Sequence[str]) -> None:
    if one.by == "found":
        last = stages[-1]
        value = (_least(shown, last, stages, *shown.sides(one), None, whole=False) if shown.divisible else
                 _least(shown, last, stages, [], [], starts_of(shown, one), whole=True))
        told = shown.values[last] + one.at_most[last]
        if not value <= told + _slack(told):
            raise Wrong(f"{last}: the plan found reaches {value:.9g}, told is {told:.9g}")
        return
    off, on = shown.sides(one)
    for stage in [stages[0]] if one.cannot else list(one.at_least):
        if one.by == "tree":
            value = _least(shown, stage, stages, off, on, None, whole=True)
        else:
            value = min(_least(shown, stage, stages, off, on, None, leaf, whole=False)
                        for leaf in _leaves(shown, stages))
        told = math.inf if one.cannot else shown.values[stage] + one.at_least[stage]
        if not value >= told - _slack(told):
            raise Wrong(f"{stage}: {value:.9g} is reached, told is at least {told:.9g}")


def _leaves(shown: Shown, stages: Sequence[str]) -> Sequence[Leaf | None]:
    """Those of the last stage with a tree: they cover all plans. Without one the program as it is."""
    known = [leaves for stage in reversed(stages) if (leaves := shown.leaves(stage))]
    return known[0] if known else (None,)


def _slack(told: float) -> float:
    return SOLVED * max(1.0, abs(told)) if math.isfinite(told) else 0.0


def _least(shown: Shown, stage: str, stages: Sequence[str], off: Sequence[int], on: Sequence[int],
           starts: set[int] | None, leaf: Leaf | None = None, *, whole: bool) -> float:
    """The least value of a stage (infinite: there is no plan), of a linear program in a leaf of the tree."""
    program = shown.program
    solver = Solver(program, whole=whole)
    for earlier in stages[: list(stages).index(stage)]:
        vector, constant = program.objectives[earlier]
        if np.any(vector):
            unit = program.unit(earlier)
            solver.add_cap(vector * unit, unit * (shown.most(earlier) - constant) + NEAR * unit)
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    if leaf is not None:
        lower, upper = leaf.lower.copy(), leaf.upper.copy()
        for cap in leaf.sums:
            solver.add_cap(cap.vector, cap.limit)
    upper[list(off)] = 0.0
    if starts is not None:
        every = [j for mine in shown.starts.values() for j in mine.values()]
        lower[every], upper[every] = 0.0, 0.0
        lower[list(starts)] = upper[list(starts)] = 1.0
    if len(on) == 1:
        lower[on[0]] = 1.0
    if np.any(lower > upper):
        return math.inf
    solver.column_bounds(lower, upper)
    if len(on) > 1:
        solver.add_sum(on)
        count = solver.highs.getNumRow()
        solver.between(count - 1, 1.0, 1.0)
    vector, constant = program.objectives[stage]
    unit = program.unit(stage)
    solver.minimise(vector * unit)
    for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)) if whole else ():
        solver.option(option, value)
    outcome = solver.run()
    # HiGHS and its callbacks hold each other: hundreds of programs would wait in memory for the collector.
    solver.highs.clear()
    if outcome.stop == "infeasible":
        return math.inf
    if not outcome.is_best:
        raise Wrong(f"{stage}: the solver stops ({outcome.said})")
    return float(vector @ outcome.x) + constant
