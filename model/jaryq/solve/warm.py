"""Stages of programs that differ from a solved one in a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.at_once import Reached, States, at_once, basis_of_all, from_nothing, near_or_from_nothing
from jaryq.solve.exact import proves_infeasible
from jaryq.solve.highs import DEVEX, UNLIMITED, Outcome, Solver
from jaryq.solve.holding import holding
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.multipliers import Multipliers, left_of
from jaryq.solve.stages import HOLD, Face, Staged, at_its_best, holds, linear_stages

BEFORE = "before"
"""Name of the solver of all stages but the last."""

Faced = tuple[dict[str, float], Array, Face | None]
"""The same with the face of the plans that are best in all stages, where it is known."""


Keep = Callable[[str, float], bool]
"""Whether a value of a stage is to be kept."""


class Left(Exception):
    """A stage has not kept its value."""


class Warm:
    """The last stage has a solver that holds its optimal basis; the others share one, and their bases are kept.

    Multipliers stay multipliers whatever the bounds are. A point of the changed program at the sides to which those of
    the solved stages hold it is therefore best in all of them, and the last stage alone is solved. Where there is no
    such point, stages go on from their bases one after the other, each on the new face. A basis from which the best
    point is more than ``near`` steps away is left, and all is solved from nothing. Without ``proved`` what leaves no
    plan is NoPlan, and no time goes into a proof. ``together``: with other coefficients all stages are run at once.
    """

    def __init__(self, program: LinearProgram, names: Sequence[str], base: Staged, *, proved: bool = True,
                 near: int = UNLIMITED, together: bool = False) -> None:
        self.program = program
        self.together = together and not base.fell_back
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
        self.now: Mapping[str, Multipliers] = {}
        """Of the program that was solved last, where it has other bounds alone."""
        self.one_by_one = False
        """Whether its stages were solved one after the other."""
        self._ended: dict[str, Any] = {}
        """Bases of its stages where they were solved one after the other."""
        self._at: dict[str, str | None] = {}
        """Of each solver the stage at whose basis of the solved program it stands."""

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

    def keeps(self, changed: LinearProgram, keep: Keep) -> bool:
        """Whether all stages of a program with other bounds, whose last one is not likely to tell, have values that are
        to be kept; nothing is solved behind the first that has not. Raises Infeasible, NoPlan."""
        self.now = {}
        try:
            values, _, _ = self._going_on(changed, keep, self._ended) or self._from_nothing(changed)
        except Left:
            return False
        return all(keep(name, value) for name, value in values.items())

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
        self.one_by_one, self.now, self._ended = False, {}, {}
        if self.base.fell_back:
            return self._from_nothing(changed)
        return self._at_last(changed) or self._going_on(changed) or self._from_nothing(changed)

    def _from_nothing(self, changed: LinearProgram) -> Faced:
        solver = self._solver("")
        try:
            staged = self.anew = linear_stages(changed, self.names, solver, proved=self.proved, least=self.base.least)
        finally:
            self.steps += solver.steps
            solver.steps = 0
        self.basis = staged.bases.get(self.names[-1])
        return staged.values, staged.x, staged.best(changed)

    def _at_last(self, changed: LinearProgram) -> Faced | None:
        """From the last stage on the face that the multipliers of those before hold; nothing if it is empty, or if its
        point does not reach what they say."""
        last = self.names[-1]
        face = self.base.faces[last]
        outcome = self._on(last, face, changed)
        if not outcome.is_best or not self._reaches(changed, outcome.x, self._before):
            return None
        self.now = {**self._before, last: Multipliers.of(face, outcome, changed.unit(last))}
        values = {name: changed.value(name, outcome.x) for name in self.names}
        return values, outcome.x, face.after(changed, outcome, self.base.least)

    def is_best(self, changed: LinearProgram, x: Array) -> bool:
        """Whether the multipliers of the program that was solved last show that a point of another one is best there
        in all stages."""
        return len(self.now) == len(self.names) and self._reaches(changed, x, self.now)

    def _reaches(self, changed: LinearProgram, x: Array, known: Mapping[str, Multipliers]) -> bool:
        """Whether a point reaches what multipliers bound the stages by."""
        same = changed.matrix is self.program.matrix and changed.objectives is self.program.objectives
        for name, multipliers in known.items():
            value = changed.value(name, x)
            bound = multipliers.bound(changed, name, None if same else left_of(changed, name, multipliers.rows))
            if abs(value - bound) > HOLD * max(1.0, abs(value)):
                return False
        return True

    @cached_property
    def _before(self) -> dict[str, Multipliers]:
        """Those of the solved stages but the last."""
        return {name: Multipliers(self.base.faces[name], self.base.duals[name],
                                  left_of(self.program, name, self.base.duals[name])) for name in self.names[:-1]}

    def _going_on(self, changed: LinearProgram, keep: Keep | None = None,
                  bases: Mapping[str, Any] = MappingProxyType({})) -> Faced | None:
        """From the bases (of ``bases`` where they have the stage); nothing if that leads nowhere, or if a later stage
        gave up what an earlier one had reached. Raises Left."""
        self.one_by_one = True
        values: dict[str, float] = {}
        x = np.zeros(0)
        new: Face | None = None
        best: Face | None = None
        now: dict[str, Multipliers] = {}
        ended: dict[str, Any] = {}
        for name in self.names:
            face = self.base.faces[name] if new is None else new
            unit = changed.unit(name)
            outcome = (at_its_best(face.of(changed), changed.objectives[name][0] * unit, x)
                       or self._on(name, face, changed, bases.get(name)))
            if not outcome.is_best:
                self._nothing(name, outcome, changed, self._solver(name))
                return None
            values[name] = outcome.objective / unit + changed.objectives[name][1]
            x = outcome.x
            if keep is not None and not keep(name, values[name]):
                raise Left
            best = face.after(changed, outcome, self.base.least)
            now[name] = Multipliers.of(face, outcome, unit)
            if new is not None or outcome.iterations:
                new = best
            ended[name] = self.basis
        self.now, self._ended = now, ended
        return (values, x, best) if holds(changed, values, x, self.base.least) else None

    def _with_other_coefficients(self, changed: LinearProgram, bases: dict[str, Any] | None = None) -> Reached:
        """From the bases, each stage on the face of those before; from nothing if that leads nowhere."""
        self.one_by_one, self.now = False, {}
        with holding(changed, self._solver("")) as solver:
            try:
                if self.all is not None and not bases:
                    return (at_once(changed, self.names, solver, self.all)
                            or from_nothing(changed, self.names, solver)
                            or _all(linear_stages(changed, self.names, solver, proved=self.proved)))
                return (self._last_with(changed, bases, solver)
                        or self._on_faces(changed, {} if bases is None else bases, solver))
            finally:
                self.steps += solver.steps
                solver.steps = 0

    @cached_property
    def all(self) -> States | None:
        """Where the run of all stages of the solved program ends, if they are run at once."""
        return basis_of_all(self.program, self.names, self.base.bases[self.names[-1]]) if self.together else None

    def _last_with(self, changed: LinearProgram, bases: Mapping[str, Any] | None, solver: Solver) -> Reached | None:
        """As ``_at_last``."""
        if self.base.fell_back:
            return None
        last = self.names[-1]
        solver.bounds_of(self.base.faces[last].of(changed))
        solver.minimise(changed.objectives[last][0] * changed.unit(last))
        solver.start_from((bases or {}).get(last, self.base.bases[last]))
        outcome = near_or_from_nothing(solver, nothing=False)
        if not outcome.is_best or not self._reaches(changed, outcome.x, self._before):
            return None
        return {name: changed.value(name, outcome.x) for name in self.names}, outcome.x

    def _on_faces(self, changed: LinearProgram, bases: dict[str, Any], solver: Solver) -> Reached:
        face, values, x = Face.whole(changed), dict[str, float](), np.zeros(0)
        for name in () if self.base.fell_back else self.names:
            confined, cost = face.of(changed), changed.objectives[name][0] * changed.unit(name)
            outcome = at_its_best(confined, cost, x)
            if outcome is None:
                solver.bounds_of(confined)
                solver.minimise(cost)
                solver.start_from(bases.get(name, self.base.bases[name]))
                outcome = near_or_from_nothing(solver)
                if outcome.stop != "optimal":
                    self._nothing(name, outcome, changed, solver)
                    break
                bases[name] = solver.basis()
            values[name], x = changed.value(name, outcome.x), outcome.x
            face = face.after(changed, outcome, self.base.least)
        if len(values) == len(self.names) and holds(changed, values, x, self.base.least):
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

    def _on(self, name: str, face: Face, changed: LinearProgram, basis: Any = None) -> Outcome:
        """A stage on a face of the changed program, from its basis (``basis``: from this one)."""
        solver = self._solver(name)
        solver.column_bounds(*face.columns_of(changed))
        solver.row_bounds(*face.rows_of(changed))
        key = self._key(name)
        if self._at.get(key) != name or basis is not None:
            solver.minimise(self.program.objectives[name][0] * self.program.unit(name))
            solver.start_from(self.base.bases[name] if basis is None else basis)
        outcome = solver.run()
        self.steps += outcome.iterations
        moved = outcome.iterations or basis is not None
        self.basis = solver.basis() if moved else self.base.bases[name]
        self._at[key] = None if moved else name
        return outcome

    def _key(self, name: str) -> str:
        """The name of a stage's solver: the last one has its own."""
        return name if name == self.names[-1] else BEFORE

    def _solver(self, name: str) -> Solver:
        """The solver of a stage; the one without a name holds the program for whatever is asked beside them."""
        key = self._key(name) if name else name
        if key not in self.solvers:
            made = self.solvers[key] = Solver(self.program)
            if key:
                made.option("simplex_iteration_limit", self.near)
                made.option("simplex_dual_edge_weight_strategy", DEVEX)
        return self.solvers[key]

    @property
    def beside(self) -> Solver:
        """A solver that holds the program, its bounds and costs being those asked last."""
        return self._solver("")


def _all(staged: Staged) -> Reached:
    return staged.values, staged.x
