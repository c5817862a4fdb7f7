"""When the chosen facilities start, where that makes no difference to any stage with a value: one more whole stage, the
tie-break's ``earliest``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.dive import groups
from jaryq.solve.highs import Solver
from jaryq.solve.limits import SECOND, Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.near import fixed
from jaryq.solve.search import Arena
from jaryq.solve.solution import Gap
from jaryq.solve.stages import Staged
from jaryq.solve.taken import taken

STAGE = "earliest"
COLUMNS = 6000
"""Columns of the program up to which starts are settled; above, a tie between starts is left as the search found it."""

EFFORT = 5_000_000
"""Nodes times coefficients that this may take."""

WORK = 3 * SECOND


def earlier(
    program: LinearProgram, names: Sequence[str], chosen: LinearProgram, staged: Staged, limits: Limits,
) -> tuple[LinearProgram, Staged, float]:
    """The same facilities, started so that the sum of their finishing positions is least while all stages before
    keep their values; seconds it took.

    ``chosen`` and ``staged`` come back as they were where there is nothing to settle, no earlier starts were found, or
    a value would get worse.
    """
    unchanged = (chosen, staged, 0.0)
    held = _held(program, staged)
    if STAGE not in names or program.shape[1] > COLUMNS or not (held.col_lower < held.col_upper)[held.whole].any():
        return unchanged
    nodes = min(limits.most_nodes(program), EFFORT // max(program.matrix.nnz, 1) + 1)
    boxed = replace(limits, gaps={STAGE: Gap(0.0, "outlays")}, nodes=nodes, end=math.inf).within(WORK)
    if boxed.left <= 0:
        return unchanged
    arena = Arena(held, boxed)
    before = names[:names.index(STAGE)]
    arena.caps = {name: staged.values[name] for name in before}
    try:
        point = arena.run_all((STAGE,), staged.x)
        settled = fixed(program, np.round(point[program.whole]))
        solver = Solver(settled, seed=limits.seed)
        settled, better = taken(settled, names, solver)
    except (Infeasible, NoPlan):
        return chosen, staged, arena.seconds
    seconds = arena.seconds + solver.seconds
    kept = all(better.values[name] <= staged.values[name] + 1e-9 * max(1.0, abs(staged.values[name]))
               for name in before)
    if kept and better.values[STAGE] < staged.values[STAGE] - 1e-9:
        return settled, better, seconds
    return chosen, staged, seconds


def _held(program: LinearProgram, staged: Staged) -> LinearProgram:
    """The program in which exactly the facilities of the plan are done, whenever."""
    starts = [columns for (family, _), columns in groups(program).items() if family == "start"]
    upper, lower = program.col_upper.copy(), program.row_lower.copy()
    matrix, by_column = program.matrix, csc_array(program.matrix)
    for columns in starts:
        if staged.x[columns].max() <= 0.5:
            upper[columns] = 0.0
            continue
        first = columns[0]
        for i in by_column.indices[by_column.indptr[first]: by_column.indptr[first + 1]].tolist():
            here = slice(matrix.indptr[i], matrix.indptr[i + 1])
            if (program.row_upper[i] == 1.0 and np.all(matrix.data[here] == 1.0)
                    and set(columns) <= set(matrix.indices[here].tolist())):
                # At most one of these, one of which is done.
                lower[i] = 1.0
    return program.with_bounds(col_upper=upper, row_lower=lower)
