"""Stages of programs that differ from a solved one in a few bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.stages import Face, Staged, holds, linear_stages


class Warm:
    """Each stage has a solver that holds the stage's optimal basis.

    Where a basis stays optimal, its multipliers are unchanged, and so are the face and the next stage's basis. Where it
    takes iterations, the stages after it go on from their bases on the new face.
    """

    def __init__(self, program: LinearProgram, names: Sequence[str], base: Staged) -> None:
        self.program = program
        self.names = names
        self.base = base
        self.solvers: dict[str, Solver] = {}

    @property
    def seconds(self) -> float:
        """Time spent inside the solvers."""
        return sum(solver.seconds for solver in self.solvers.values())

    def values(self, changed: LinearProgram) -> dict[str, float]:
        """Optimal value of each stage with other bounds. Raises Infeasible, NoPlan."""
        if changed.columns is not self.program.columns or changed.matrix is not self.program.matrix:
            return linear_stages(changed, self.names, Solver(changed)).values
        return self._going_on(changed) or linear_stages(changed, self.names, self._solver("")).values

    def _going_on(self, changed: LinearProgram) -> dict[str, float]:
        """From the bases; nothing if that leads nowhere, or if a later stage gave up what an earlier one had
        reached."""
        if self.base.fell_back:
            return {}
        values: dict[str, float] = {}
        x = np.zeros(0)
        new: Face | None = None
        for name in self.names:
            solver = self._solver(name)
            face = self.base.faces[name] if new is None else new
            solver.bounds_of(face.of(changed))
            outcome = solver.run(kept=new is None)
            if outcome.iterations:
                solver.start_from(self.base.bases[name])
            if outcome.stop != "optimal":
                return {}
            values[name] = outcome.objective / changed.unit(name) + changed.objectives[name][1]
            if new is not None or outcome.iterations:
                x, new = outcome.x, face.after(changed, outcome)
        return values if new is None or holds(changed, values, x) else {}

    def _solver(self, name: str) -> Solver:
        """The solver of a stage, with its basis; the one without a name starts from nothing."""
        if name not in self.solvers:
            self.solvers[name] = Solver(self.program)
            if name:
                self.solvers[name].minimise(self.program.objectives[name][0] * self.program.unit(name))
                self.solvers[name].start_from(self.base.bases[name])
        return self.solvers[name]
