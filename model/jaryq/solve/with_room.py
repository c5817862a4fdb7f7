"""A whole search asked again with room, where it has a plan: works that limits miss by a hair may be worth doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.highs import Solver
from jaryq.solve.limits import SECOND, Limits
from jaryq.solve.lp import LinearProgram
from jaryq.solve.question import Question
from jaryq.solve.solution import MET
from jaryq.solve.stages import linear_stages
from jaryq.solve.taken import widened
from jaryq.solve.whole import EXACT, FULL_SEARCH, Full, Whole

AGAIN = 3 * SECOND
"""Work of the search."""


def with_room(question: Question, program: LinearProgram, names: Sequence[str], limits: Limits, found: Whole) -> Whole:
    """A better plan among those that limits miss by less than half a hair, or the one that was ``found``: a search
    keeps rows to the letter, and nothing proves that what it leaves out is not worth doing. Asked of small programs
    with all rows at the room that proofs leave, where the linear program then leaves more open than the gaps."""
    if program.shape[1] > FULL_SEARCH or program.matrix.nnz > EXACT or limits.left <= 0.0:
        return found
    searched = tuple(name for name in names if name in limits.gaps)
    values, wide = found.staged.values, widened(program)
    full = Full(question, wide, (names, searched), limits.within(AGAIN))
    solver = Solver(wide, seed=limits.seed)
    try:
        loose = linear_stages(wide, searched, solver, proved=False).values
        if all(loose[name] >= values[name] - limits.gaps[name].size - MET * max(1.0, abs(values[name]))
               for name in searched):
            return found
        other = full.searched(found.staged.x)
    except (Infeasible, NoPlan):
        return found
    apart = [other.staged.values[name] - values[name] for name in searched
             if abs(other.staged.values[name] - values[name]) > MET * max(1.0, abs(values[name]))]
    best = other if apart and apart[0] < 0.0 else found
    return replace(best, seconds=found.seconds + full.seconds + solver.seconds)
