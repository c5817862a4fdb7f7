"""Linear stages one after another, each on the optimal face of those before (conventions: any optimal dual describes
the whole face)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.highs import FEASIBILITY, UNLIMITED, Outcome, Solver
from jaryq.solve.infeasible import confirm
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stopped import stopped

FACE = 1e-7
"""A reduced cost or dual above this (the stage's largest cost being 100) fixes its column or row."""

FINER = 1e-9
"""The same where the first leaks: a column of a wide range and a small reduced cost can buy value with it."""

STEPS = 3000
"""Steps from the basis of a stage on the coarser face after which it is solved from nothing on the finer one."""

WIDER = (1e-8, 1e-7)
"""Tolerances of a relaxation that the solver is at a loss with: a limit that is short by a hair has multipliers beyond
all measure. A whole search has the last of them."""

HOLD = 1e-8
"""Earlier values must hold to this share of their size at the end, else the stages run again with rows that keep
them."""

KEPT = 1e-10
"""The same on a coarser face, from which there is a finer one to go to: what is given up there is far above
the noise of the solver, or it leaks, and however little leaks of a target, the objective may gain much by it."""

Mask = npt.NDArray[np.bool_]



class NoFace(NoPlan):
    """The solver finds no point among those that are best in the stages before, though it gave one: they are held
    closer than it keeps rows."""


@dataclass(frozen=True, eq=False)
class Face:
    """The plans that are best in all stages so far: columns that stand at their lower or upper bound, rows at their
    lower or upper side."""

    columns: tuple[Mask, Mask]
    rows: tuple[Mask, Mask]

    @classmethod
    def whole(cls, program: LinearProgram) -> Face:
        """The face before the first stage: every plan."""
        none = [np.zeros(count, dtype=np.bool_) for count in reversed(program.shape) for _ in range(2)]
        return cls((none[0], none[1]), (none[2], none[3]))

    def after(self, program: LinearProgram, outcome: Outcome, least: float = FACE) -> Face:
        """The part of this face that is best in one more stage, solved on it with ``outcome``; duals above ``least``
        count."""
        low, high = (sign * outcome.row_dual > least for sign in (1.0, -1.0))
        rows = (low & np.isfinite(program.row_lower), high & np.isfinite(program.row_upper))
        columns = (outcome.col_dual > least, outcome.col_dual < -least)
        return Face(_with(self.columns, columns), _with(self.rows, rows))

    def columns_of(self, program: LinearProgram) -> tuple[Array, Array]:
        """Bounds of the columns of the program (this one, or the same with other bounds) on the face."""
        return _confined(self.columns, program.col_lower, program.col_upper)

    def rows_of(self, program: LinearProgram) -> tuple[Array, Array]:
        """Sides of its rows on the face."""
        return _confined(self.rows, program.row_lower, program.row_upper)

    def of(self, program: LinearProgram) -> LinearProgram:
        """The program (this one, or the same with other bounds) confined to the face."""
        (col_lower, col_upper), (row_lower, row_upper) = self.columns_of(program), self.rows_of(program)
        return program.with_bounds(col_lower=col_lower, col_upper=col_upper, row_lower=row_lower, row_upper=row_upper)


def _with(known: tuple[Mask, Mask], more: tuple[Mask, Mask]) -> tuple[Mask, Mask]:
    """What an earlier stage fixed stays at its side."""
    free = ~(known[0] | known[1])
    return known[0] | (more[0] & free), known[1] | (more[1] & free)


def _confined(at: tuple[Mask, Mask], lower: Array, upper: Array) -> tuple[Array, Array]:
    return np.where(at[1], upper, lower), np.where(at[0], lower, upper)


@dataclass(frozen=True, eq=False)
class Staged:
    """The point after all stages; of each stage its value (minimised), multipliers, the face it was solved on and its
    basis there. ``least``: duals above it count in the faces."""

    x: Array
    values: dict[str, float]
    duals: dict[str, Array]
    faces: dict[str, Face] = field(default_factory=dict)
    bases: dict[str, Any] = field(default_factory=dict)
    fell_back: bool = False
    least: float = FACE

    def best(self, program: LinearProgram) -> Face | None:
        """The face of the plans that are best in all stages; nothing where stages were kept by rows."""
        if not self.faces:
            return None
        last = next(reversed(self.faces))
        unit, dual = program.unit(last), self.duals[last]
        reduced = program.objectives[last][0] - program.matrix.T @ dual
        outcome = Outcome("optimal", self.x, dual * unit, reduced * unit, 0.0, 0.0, "")
        return self.faces[last].after(program, outcome, self.least)


def linear_stages(program: LinearProgram, names: Sequence[str], solver: Solver, *, proved: bool = True,
                  least: float = FACE, bases: Mapping[str, Any] = MappingProxyType({})) -> Staged:
    """Run the stages of ``names`` on ``program``, which ``solver`` holds (its bounds are set here). ``least``: FINER
    where a program much like it did not hold on coarser faces; ``bases``: of its stages, to begin with.

    Raises Infeasible (with a proof) if there is no plan, NoPlan if the solver gives up; without ``proved`` NoPlan for
    both.
    """
    found: Staged | None = None
    for duals in (FACE, FINER) if least >= FACE else (FINER,):
        try:
            found = on_faces(program, names, solver, least=duals, proved=proved, bases=bases)
        except NoFace:
            continue
        bases = found.bases
        if holds(program, found.values, found.x, duals):
            break
    else:
        try:
            found = _with_rows(program, names, solver)
        except NoPlan:
            # Where the solver does not end with the rows, the point of the finer face stands.
            if found is None:
                raise
    solver.bounds_of(program)
    # The values that the point has, not those before a later stage gave up a hair of them: bounds are about the former.
    return replace(found, values={name: program.value(name, found.x) for name in found.values})


def on_faces(
    program: LinearProgram, names: Sequence[str], solver: Solver, face: Face | None = None, least: float = FACE,
    *, proved: bool = True, bases: Mapping[str, Any] = MappingProxyType({}),
) -> Staged:
    """The stages of ``names`` on the face of those before (none: the whole program), each from its basis in ``bases``
    if there is one. Raises as ``linear_stages``."""
    face = Face.whole(program) if face is None else face
    values: dict[str, float] = {}
    duals: dict[str, Array] = {}
    faces: dict[str, Face] = {}
    ended: dict[str, Any] = {}
    x = np.zeros(0)
    for name in names:
        scale = program.unit(name)
        confined = face.of(program)
        if outcome := at_its_best(confined, program.objectives[name][0] * scale, x):
            ended[name] = ended[next(reversed(ended))]
        else:
            solver.bounds_of(confined)
            solver.minimise(program.objectives[name][0] * scale)
            outcome = _from(solver, bases[name]) if name in bases else None
            if outcome is None:
                # From scratch: presolve on the face is three times faster than going on from the basis of the stage
                # before.
                solver.forget()
                try:
                    outcome = solve_surely(solver, program, proved=proved and not values)
                except NoPlan as error:
                    if not values:
                        raise
                    raise NoFace(str(error)) from error
            ended[name] = solver.basis()
        x = outcome.x
        values[name] = program.value(name, x)
        duals[name] = outcome.row_dual / scale
        faces[name] = face
        face = face.after(program, outcome, least)
    return Staged(x, values, duals, faces, ended, least=least)


def _from(solver: Solver, basis: Any) -> Outcome | None:
    """The answer from a basis of a wider face, if it is near."""
    solver.start_from(basis)
    solver.option("simplex_iteration_limit", STEPS)
    outcome = solver.run()
    solver.option("simplex_iteration_limit", UNLIMITED)
    return outcome if outcome.is_best else None


def at_its_best(program: LinearProgram, cost: Array, x: Array) -> Outcome | None:
    """The answer of a stage of which the point at hand reaches what the bounds of columns alone allow (no shortfall:
    nothing to spread); else nothing."""
    if not x.size or cost @ x > cost @ np.where(cost > 0, program.col_lower, program.col_upper) + FEASIBILITY:
        return None
    return Outcome("optimal", x, np.zeros(program.shape[0]), cost, float(cost @ x), np.nan, "")


def _with_rows(program: LinearProgram, names: Sequence[str], solver: Solver) -> Staged:
    """The same with a row per earlier stage and a slack of 1e-9 of its size; used where faces did not hold."""
    own = Solver(program)
    values: dict[str, float] = {}
    duals: dict[str, Array] = {}
    x = np.zeros(program.shape[1])
    for name in names:
        vector, constant = program.objectives[name]
        scale = program.unit(name)
        own.minimise(vector * scale)
        outcome = solve_surely(own, program)
        x = outcome.x
        values[name] = program.value(name, x)
        duals[name] = outcome.row_dual[: program.shape[0]] / scale
        most = scale * (values[name] - constant)
        own.add_cap(vector * scale, most + 1e-9 * max(1.0, abs(most)))
    solver.seconds += own.seconds
    return Staged(x, values, duals, fell_back=True)


def solve_surely(solver: Solver, program: LinearProgram, *, proved: bool = True) -> Outcome:
    """Solve a linear program; an unclear answer is tried once more from scratch with presolve off, and, where choices
    are open, with wider tolerances. Infeasibility is proved (or nobody asks: not ``proved``) or not said."""
    outcome = solver.run()
    if outcome.is_best:
        return outcome
    solver.option("presolve", "off")
    # Of a relaxation bounds are asked, whose proof is another matter; a plan is what keeps its rows.
    open_ = bool((program.whole & (program.col_lower < program.col_upper)).any())
    for tolerance in (FEASIBILITY, *(WIDER if open_ else ())):
        solver.forget()
        solver.tolerances(tolerance)
        outcome = solver.run()
        if outcome.is_best or outcome.stop == "infeasible":
            break
    solver.tolerances(FEASIBILITY)
    solver.option("presolve", "on")
    if outcome.is_best:
        return outcome
    if outcome.stop == "infeasible" and proved:
        conflict = confirm(program)
        if conflict is not None:
            raise Infeasible("hard rules contradict each other", conflict)
    raise stopped(outcome)


def holds(program: LinearProgram, values: Mapping[str, float], x: Array, least: float = FINER) -> bool:
    """Whether a point keeps the values of stages, on faces by duals above ``least``."""
    part = HOLD if least < FACE else KEPT
    return all(program.value(name, x) <= value + part * max(1.0, abs(value)) for name, value in values.items())
