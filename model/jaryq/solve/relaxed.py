"""The linear stages of a program, facilities divisible, found once: solving starts from them, and so does what is asked
of the solved program afterwards."""

from __future__ import annotations

from jaryq.base.once import once_beside
from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.stages import Staged, linear_stages


@once_beside
def relaxation(program: LinearProgram, asked: tuple[tuple[str, ...], int]) -> tuple[Staged, float]:
    """The stages ``asked`` for, with the seed of the solver, and the seconds that were spent inside it. Raises
    Infeasible (with a proof), NoPlan."""
    names, seed = asked
    solver = Solver(program, seed=seed)
    return linear_stages(program, names, solver), solver.seconds
