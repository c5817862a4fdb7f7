"""The program on which opposites are solved: the one in which payments are added up over projects where that is a
relaxation (some ten times smaller), else the program itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jaryq.explain.opposites import Opposite, Rows, Way
from jaryq.explain.shown import Shown
from jaryq.solve.aggregate import aggregate
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ground:
    """``column``, ``row``: which of it stands for those of the full program (-1: none)."""

    program: LinearProgram
    column: Places
    row: Places

    def opposite(self, one: Opposite) -> Opposite | None:
        """The opposite in this program; None where it has no place for it."""
        off, on = (tuple(self.column[list(columns)].tolist()) for columns in (one.off, one.on))
        if -1 in off or -1 in on:
            return None
        return Opposite(one.kind, one.project, one.now, one.other, off, on)

    def full_rows(self, dual: Array) -> Array:
        """Multipliers of the full program's rows."""
        return np.where(self.row >= 0, dual[self.row], 0.0)


def itself(shown: Shown) -> Ground:
    """The program itself."""
    rows, columns = shown.program.shape
    return Ground(shown.program, np.arange(columns, dtype=np.int64), np.arange(rows, dtype=np.int64))


def small(shown: Shown) -> Ground | None:
    """The small program; None where its rows are known to be tighter."""
    found = aggregate(shown.question, shown.program)
    return None if found.apart else Ground(found.program, found.column, found.row)


OVERHEAD = 2e5
"""Effort of a linear program beside its iterations times coefficients."""


class Forced:
    """A stage's linear program, earlier stages at what plans as good as the shown one keep; solved with one opposite
    after the other, each from the basis of the one before."""

    def __init__(self, shown: Shown, ground: Ground, name: str) -> None:
        self.ground, self.name = ground, name
        program = ground.program
        self.rows = Rows(program)
        self.before = shown.before(name)
        self.unit = program.unit(name)
        self.solver = Solver(program)
        self.solver.minimise(program.objectives[name][0] * self.unit)
        for earlier in self.before:
            vector, constant = program.objectives[earlier]
            unit = program.unit(earlier)
            self.solver.add_cap(vector * unit, unit * (shown.most(earlier) - constant))
        self.work = 0.0
        self.solver.run()
        self.solver.option("simplex_strategy", 1)

    def at(self, way: Way) -> tuple[Outcome, tuple[Array, dict[str, float]] | None]:
        """What the linear program says with a change of bounds, and its multipliers."""
        self.solver.bounds_of(way.of(self.ground.program))
        outcome = self.solver.run()
        self.work += OVERHEAD + outcome.iterations * self.ground.program.matrix.nnz
        return outcome, self._multipliers(outcome)

    def _multipliers(self, outcome: Outcome) -> tuple[Array, dict[str, float]] | None:
        """Of the full program's rows and of the stages before; of an empty program its proof; None where the solver has
        none."""
        count = self.ground.program.shape[0]
        if outcome.stop == "infeasible":
            ray = self.solver.ray()
            if ray is None or not np.abs(ray).max(initial=0.0) > 0:
                return None
            dual = ray / np.abs(ray).max()
        elif outcome.stop == "optimal" and outcome.holds_point:
            dual = outcome.row_dual / self.unit
        else:
            return None
        units = [self.ground.program.unit(earlier) for earlier in self.before]
        before = {earlier: max(-m * unit, 0.0)
                  for earlier, m, unit in zip(self.before, dual[count:].tolist(), units, strict=True)}
        return self.ground.full_rows(dual[:count]), before
