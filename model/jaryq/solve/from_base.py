"""Programs that have most of their decisions and rows in common with a solved one, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stages import Face, at_its_best, holds, linear_stages

NEAR = 100
"""So many steps a stage may go on from the basis of the one before, before it begins at its own of the base."""

LOWER, BASIC = int(highspy.HighsBasisStatus.kLower), int(highspy.HighsBasisStatus.kBasic)
STATUS = [highspy.HighsBasisStatus(number) for number in range(5)]

Places = npt.NDArray[np.int64]


class FromBase:
    """A program solved stage by stage, once. Others go on from its bases, each by a solver of its own, so that what
    comes out hangs on nothing that was asked before: decisions and rows of the same name begin as they stand there,
    other decisions at nothing, other rows not binding."""

    def __init__(self, program: LinearProgram, names: Sequence[str]) -> None:
        self.program = program
        self.base = linear_stages(program, names, Solver(program))
        self._kept = {name: (_numbers(basis.col_status), _numbers(basis.row_status))
                      for name, basis in self.base.bases.items()}

    def reached(self, program: LinearProgram, names: Sequence[str]) -> tuple[Mapping[str, float], Array]:
        """Values of the stages ``names`` of another program, and a point that reaches them. Raises Infeasible,
        NoPlan."""
        places = _places(self.program.columns, program.columns), _places(self.program.rows, program.rows)
        solver, face, values, x = Solver(program), Face.whole(program), dict[str, float](), np.zeros(0)
        for name in names:
            confined, cost = face.of(program), program.objectives[name][0] * program.unit(name)
            outcome = at_its_best(confined, cost, x)
            if outcome is None:
                solver.bounds_of(confined)
                solver.minimise(cost)
                begun = solver.run(NEAR) if x.size or name not in self._kept else None
                if begun is None or begun.stop == "limit":
                    if name in self._kept:
                        solver.start_from(_basis(self._kept[name], places))
                    begun = solver.run()
                outcome = begun
            if outcome.stop != "optimal" or not outcome.holds_point:
                break
            x, values[name] = outcome.x, program.value(name, outcome.x)
            face = face.after(program, outcome)
        if len(values) == len(names) and holds(program, values, x):
            return values, x
        staged = linear_stages(program, names, Solver(program))
        return staged.values, staged.x


def _numbers(status: Sequence[Any]) -> Places:
    return np.array([int(one) for one in status], dtype=np.int64)


def _places(known: Sequence[Name], asked: Sequence[Name]) -> Places:
    """Where each of the names asked for is known; -1 where it is not."""
    at = {name: i for i, name in enumerate(known)}
    return np.array([at.get(name, -1) for name in asked], dtype=np.int64)


def _basis(kept: tuple[Places, Places], places: tuple[Places, Places]) -> Any:
    """A basis of a program from that of the base. It may have too many or too few basic ones: the solver mends it."""
    found = highspy.HighsBasis()
    columns, rows = (np.where(at >= 0, status[at] if len(status) else at, other)
                     for status, at, other in zip(kept, places, (LOWER, BASIC), strict=True))
    found.col_status, found.row_status = [STATUS[i] for i in columns], [STATUS[i] for i in rows]
    found.valid = found.alien = True
    return found
