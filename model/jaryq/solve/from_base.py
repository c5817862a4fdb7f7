"""Programs that have most of their decisions and rows in common with a solved one, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jaryq.solve.highs import BASIC, LOWER, Numbers, Solver, numbered
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.reduced import reduced
from jaryq.solve.stages import Face, at_its_best, holds, linear_stages


class FromBase:
    """A program solved stage by stage, once. Others go on from its bases, each by a solver of its own, so that what
    comes out hangs on nothing that was asked before: decisions and rows of the same name begin as they stand there,
    other decisions at nothing, other rows not binding."""

    def __init__(self, program: LinearProgram, names: Sequence[str]) -> None:
        self.program = reduced(program).program
        self.base = linear_stages(self.program, names, Solver(self.program))
        self._kept = {name: numbered(basis) for name, basis in self.base.bases.items()}

    def reached(self, program: LinearProgram, names: Sequence[str]) -> tuple[Mapping[str, float], Array]:
        """Values of the stages ``names`` of another program, and a point that reaches them. Raises Infeasible,
        NoPlan."""
        left = reduced(program)
        found = self._from_bases(left.program, names)
        if found is not None:
            return found[0], left.of(found[1])
        staged = linear_stages(program, names, Solver(program))
        return staged.values, staged.x

    def _from_bases(self, program: LinearProgram, names: Sequence[str]) -> tuple[Mapping[str, float], Array] | None:
        """Each stage from its basis, on the face of those before; None if that leads nowhere."""
        places = _places(self.program.columns, program.columns), _places(self.program.rows, program.rows)
        solver, face, values, x = Solver(program), Face.whole(program), dict[str, float](), np.zeros(0)
        for name in names:
            confined, cost = face.of(program), program.objectives[name][0] * program.unit(name)
            outcome = at_its_best(confined, cost, x)
            if outcome is None:
                solver.bounds_of(confined)
                solver.minimise(cost)
                if name in self._kept:
                    solver.start_near(*_of_names(self._kept[name], places))
                outcome = solver.run()
            if outcome.stop != "optimal" or not outcome.holds_point:
                return None
            x, values[name] = outcome.x, program.value(name, outcome.x)
            face = face.after(program, outcome)
        return (values, x) if holds(program, values, x) else None


def _places(known: Sequence[Name], asked: Sequence[Name]) -> Numbers:
    """Where each of the names asked for is known; -1 where it is not."""
    at = {name: i for i, name in enumerate(known)}
    return np.array([at.get(name, -1) for name in asked], dtype=np.int64)


def _of_names(kept: tuple[Numbers, Numbers], places: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """States of columns and rows by those of the base."""
    columns, rows = (np.where(at >= 0, states[at] if len(states) else at, other)
                     for states, at, other in zip(kept, places, (LOWER, BASIC), strict=True))
    return columns, rows
