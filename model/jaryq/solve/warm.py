"""Stages of programs that differ from a solved one in a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.exact import proves_infeasible
from jaryq.solve.highs import UNLIMITED, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import HOLD, Face, Staged, holds, linear_stages

NEAR = 200
"""So many steps from a basis are tried, which take less than a tenth of a second in a large program."""

Reached = tuple[dict[str, float], Array]
"""Values of the stages, and the point."""

Faced = tuple[dict[str, float], Array, Face | None]
"""The same with the face of the plans that are best in all stages, where it is known."""


class Warm:
    """Each stage has a solver that holds the stage's optimal basis.

    Multipliers stay multipliers whatever the bounds are. A point of the changed program at the sides to which those of
    the solved stages hold it is therefore best in all of them, and the last stage alone is solved. Where there is no
    such point, stages go on from their bases one after the other, each on the new face. A basis from which the best
    point is more than ``near`` steps away is left, and all is solved from nothing. Without ``proved`` what leaves no
    plan is NoPlan, and no time goes into a proof.
    """

    def __init__(self, program: LinearProgram, names: Sequence[str], base: Staged, *, proved: bool = True,
                 near: int = UNLIMITED) -> None:
        self.program = program
        self.proved = proved
        self.near = near
        self.steps = 0
        """Of the simplex, since the program was solved."""
        self.anew: Staged | None = None
        """The last program that was solved from nothing."""
        self.names = names
        self.base = base
        self.solvers: dict[str, Solver] = {}
        self.basis: Any = None
        self.behind: set[str] = set()
        """Stages whose solver stands at another basis than that of the solved program."""

    @property
    def seconds(self) -> float:
        """Time spent inside the solvers."""
        return sum(solver.seconds for solver in self.solvers.values())

    def values(self, changed: LinearProgram, bases: dict[str, Any] | None = None) -> dict[str, float]:
        """Optimal value of each stage with other bounds, or with other coefficients and costs at the same places.
        ``bases``: those of stages at a place near by, from which those with other coefficients go on (without, from
        those of the solved program), and which become those of this one. Raises Infeasible, NoPlan."""
        if bases is not None and changed.columns is self.program.columns and changed.rows is self.program.rows \
                and (changed.matrix is not self.program.matrix or changed.objectives is not self.program.objectives):
            return self._with_other_coefficients(changed, bases)[0]
        return self.reached(changed)[0]

    def reached(self, changed: LinearProgram) -> Reached:
        """The same with the point after the last stage."""
        values, x, _ = self.faced(changed)
        return values, x

    def faced(self, changed: LinearProgram) -> Faced:
        """The same with the face of the plans that are best in all stages (none where coefficients or columns are
        others); ``basis`` is then that of the point."""
        if changed.columns is not self.program.columns or changed.rows is not self.program.rows:
            return (*_all(linear_stages(changed, self.names, Solver(changed), proved=self.proved)), None)
        if changed.matrix is not self.program.matrix or changed.objectives is not self.program.objectives:
            return (*self._with_other_coefficients(changed), None)
        if self.base.fell_back:
            return self._from_nothing(changed)
        return self._at_last(changed) or self._going_on(changed) or self._from_nothing(changed)

    def _from_nothing(self, changed: LinearProgram) -> Faced:
        solver = self._solver("")
        try:
            staged = self.anew = linear_stages(changed, self.names, solver, proved=self.proved)
        finally:
            self.steps += solver.steps
            solver.steps = 0
        self.basis = staged.bases.get(self.names[-1])
        return staged.values, staged.x, staged.best(changed)

    def _at_last(self, changed: LinearProgram) -> Faced | None:
        """From the last stage on the face that the multipliers of those before hold; nothing if it is empty, or if its
        point does not reach what they say."""
        *earlier, last = self.names
        outcome = self._on(last, self.base.faces[last], changed)
        if not _solved(outcome):
            return None
        for name in earlier:
            value = changed.value(name, outcome.x)
            if abs(value - self._by_multipliers(name, changed)) > HOLD * max(1.0, abs(value)):
                return None
        values = {name: changed.value(name, outcome.x) for name in self.names}
        return values, outcome.x, self.base.faces[last].after(changed, outcome)

    def _by_multipliers(self, name: str, changed: LinearProgram) -> float:
        """The value of a stage as the multipliers of the solved one give it with other bounds."""
        dual, reduced = self._multipliers[name]
        face = self.base.faces[name]
        sides = np.where(dual > 0, *face.rows_of(changed))
        known = np.isfinite(sides)
        return float(dual[known] @ sides[known] + reduced @ np.where(reduced > 0, *face.columns_of(changed))
                     + changed.objectives[name][1])

    @cached_property
    def _multipliers(self) -> dict[str, tuple[Array, Array]]:
        """Of each stage the multipliers of the rows and what they leave of the costs."""
        return {name: (dual, self.program.objectives[name][0] - self.program.matrix.T @ dual)
                for name, dual in self.base.duals.items()}

    def _going_on(self, changed: LinearProgram) -> Faced | None:
        """From the bases; nothing if that leads nowhere, or if a later stage gave up what an earlier one had
        reached."""
        values: dict[str, float] = {}
        x = np.zeros(0)
        new: Face | None = None
        best: Face | None = None
        for name in self.names:
            face = self.base.faces[name] if new is None else new
            outcome = self._on(name, face, changed)
            if not _solved(outcome):
                self._nothing(name, outcome, changed, self._solver(name))
                return None
            values[name] = outcome.objective / changed.unit(name) + changed.objectives[name][1]
            x = outcome.x
            best = face.after(changed, outcome)
            if new is not None or outcome.iterations:
                new = best
        return (values, x, best) if holds(changed, values, x) else None

    def _with_other_coefficients(self, changed: LinearProgram, bases: dict[str, Any] | None = None) -> Reached:
        """From the bases, each stage on the face of those before; from nothing if that leads nowhere."""
        solver = Solver(changed)
        try:
            return self._on_faces(changed, {} if bases is None else bases, solver)
        finally:
            self.steps += solver.steps

    def _on_faces(self, changed: LinearProgram, bases: dict[str, Any], solver: Solver) -> Reached:
        face, values, x = Face.whole(changed), dict[str, float](), np.zeros(0)
        for name in () if self.base.fell_back else self.names:
            solver.column_bounds(*face.columns_of(changed))
            solver.row_bounds(*face.rows_of(changed))
            solver.minimise(changed.objectives[name][0] * changed.unit(name))
            solver.start_from(bases.get(name, self.base.bases[name]))
            outcome = _near_or_from_nothing(solver)
            if outcome.stop != "optimal":
                self._nothing(name, outcome, changed, solver)
                break
            bases[name] = solver.basis()
            values[name], x = changed.value(name, outcome.x), outcome.x
            face = face.after(changed, outcome)
        if len(values) == len(self.names) and holds(changed, values, x):
            return values, x
        bases.clear()
        return _all(linear_stages(changed, self.names, solver, proved=self.proved))

    def _nothing(self, name: str, outcome: Outcome, changed: LinearProgram, solver: Solver) -> None:
        """Raises NoPlan where nobody asks why, and the multipliers that the solver gives up with prove it exactly
        (before the first stage nothing but the program is kept)."""
        if self.proved or name != self.names[0] or outcome.stop != "infeasible":
            return
        ray = solver.ray()
        if ray is not None and ray.shape == (changed.shape[0],) and proves_infeasible(changed, ray):
            raise NoPlan("hard rules contradict each other")

    def _on(self, name: str, face: Face, changed: LinearProgram) -> Outcome:
        """A stage on a face of the changed program, from its basis, which is kept for the next time."""
        solver = self._solver(name)
        solver.column_bounds(*face.columns_of(changed))
        solver.row_bounds(*face.rows_of(changed))
        if name in self.behind:
            solver.start_from(self.base.bases[name])
            self.behind.remove(name)
        outcome = solver.run()
        self.steps += outcome.iterations
        self.basis = solver.basis() if outcome.iterations else self.base.bases[name]
        if outcome.iterations:
            self.behind.add(name)
        return outcome

    def _solver(self, name: str) -> Solver:
        """The solver of a stage, with its basis; the one without a name starts from nothing."""
        if name not in self.solvers:
            self.solvers[name] = Solver(self.program)
            if name:
                self.solvers[name].minimise(self.program.objectives[name][0] * self.program.unit(name))
                self.solvers[name].start_from(self.base.bases[name])
                self.solvers[name].option("simplex_iteration_limit", self.near)
        return self.solvers[name]


def _near_or_from_nothing(solver: Solver) -> Outcome:
    """From the basis that the solver holds, if the best point is near it: where much has moved, presolve and a solver
    that begins from nothing are several times faster than thousands of steps from a basis that is good no more."""
    solver.option("simplex_iteration_limit", NEAR)
    outcome = solver.run()
    solver.option("simplex_iteration_limit", UNLIMITED)
    if outcome.stop != "limit":
        return outcome
    solver.forget()
    return solver.run()


def _all(staged: Staged) -> Reached:
    return staged.values, staged.x


def _solved(outcome: Outcome) -> bool:
    """Whether the solver gives its best point; at times it says "optimal" and holds none within its tolerance."""
    return outcome.stop == "optimal" and outcome.holds_point
