"""Linear stages of a program of which fewer choices are open than of one that is solved: choices fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.highs import UNLIMITED, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.multipliers import Multipliers, left_of
from jaryq.solve.stages import HOLD, Staged, at_its_best, holds, linear_stages, on_faces

STEPS = 1500
"""Steps from the basis of a stage after which it is left, and the stages from there on are solved from nothing."""


def held_stages(program: LinearProgram, names: Sequence[str], solver: Solver, known: Staged) -> Staged:
    """As ``linear_stages``; ``known``: the stages of a program that differs from this one in its bounds alone.

    Multipliers stay multipliers whatever the bounds are. A point at the sides to which those of the solved stages hold
    it, and that reaches what they bound the stages by, is therefore best in all of them: each stage goes on from its
    basis on the face it was solved on, then come those that were not solved. Where there is no such point all are
    solved from nothing. Raises as ``linear_stages``.
    """
    found = None if known.fell_back else _going_on(program, names, solver, known)
    return linear_stages(program, names, solver, least=known.least) if found is None else found


def _going_on(program: LinearProgram, names: Sequence[str], solver: Solver, known: Staged) -> Staged | None:
    solved = [name for name in names if name in known.bases]
    if not solved or solved != list(names[: len(solved)]):
        return None
    x, duals, bases, far = np.zeros(0), dict[str, Array](), dict[str, Any](), False
    for name in solved:
        confined, unit = known.faces[name].of(program), program.unit(name)
        outcome = at_its_best(confined, program.objectives[name][0] * unit, x)
        if outcome is None:
            solver.bounds_of(confined)
            solver.minimise(program.objectives[name][0] * unit)
            # Where the point of one stage was far from its basis those of the stages after it are too.
            outcome = None if far else _near(solver, known.bases[name])
            if outcome is None:
                far = True
                solver.forget()
                outcome = solver.run()
        if not outcome.is_best:
            break
        x, duals[name], bases[name] = outcome.x, outcome.row_dual / unit, solver.basis()
    if len(duals) < len(solved) or not all(_reached(program, name, known, x) for name in solved[:-1]):
        return None
    staged = Staged(x, {name: program.value(name, x) for name in solved}, duals,
                    {name: known.faces[name] for name in solved}, bases, least=known.least)
    return staged if len(solved) == len(names) else _with_more(program, names[len(solved):], solver, staged)


def _near(solver: Solver, basis: Any) -> Outcome | None:
    """The answer of a stage from its basis, if it is near."""
    solver.start_from(basis)
    solver.option("simplex_iteration_limit", STEPS)
    outcome = solver.run()
    solver.option("simplex_iteration_limit", UNLIMITED)
    return None if outcome.stop == "limit" else outcome


def _reached(program: LinearProgram, name: str, known: Staged, x: Array) -> bool:
    """Whether a point reaches what the multipliers of a stage bound it by."""
    value, rows = program.value(name, x), known.duals[name]
    bound = Multipliers(known.faces[name], rows, left_of(program, name, rows)).bound(program, name)
    return abs(value - bound) <= HOLD * max(1.0, abs(value))


def _with_more(program: LinearProgram, names: Sequence[str], solver: Solver, staged: Staged) -> Staged | None:
    """The same with further stages, if these keep what was reached."""
    try:
        more = on_faces(program, names, solver, staged.best(program), staged.least, proved=False)
    except NoPlan:
        return None
    values = staged.values | more.values
    if not holds(program, values, more.x, staged.least):
        return None
    # The values that the point has, as in ``linear_stages``.
    return replace(more, values={name: program.value(name, more.x) for name in values},
                   duals=staged.duals | more.duals, faces=staged.faces | more.faces, bases=staged.bases | more.bases)
