"""Programs that have most of their decisions and rows in common with a solved one, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from jaryq.solve.at_once import Reached, States, at_once, held, in_few, near_or_from_nothing
from jaryq.solve.bases import BASIC, LOWER, Numbers, numbered
from jaryq.solve.highs import UNLIMITED, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.reduced import reduced
from jaryq.solve.stages import Staged, linear_stages

FEW, MANY = 20, 200
"""Steps from where the stage before ended within which a stage of the base must end for those of others to begin there,
and which are then tried."""

FAR = 2000
"""Steps from a basis of the base after which a stage is solved from nothing, and those behind it too: where one has
moved so far, they have (14 draws of the shipped case: 1.52 s of processor each in place of 1.68; the worst of them 2.8
in place of 3.7; 1,000 steps 1.77, 3,000 1.53)."""


class FromBase:
    """A program solved stage by stage, once. Others go on from its bases, each by a solver of its own, so that what
    comes out hangs on nothing that was asked before: decisions and rows of the same name begin as they stand there,
    other decisions at nothing, other rows not binding. A stage of which the base shows that the one before leaves
    nearly nothing to do (how what is missed anyway is spread) begins where that ended."""

    def __init__(self, program: LinearProgram, names: Sequence[str]) -> None:
        self.program = reduced(program).program
        self.base = linear_stages(self.program, names, Solver(self.program))
        self._kept = {name: numbered(basis) for name, basis in self.base.bases.items()}
        self._near = {name for before, name in pairwise(names) if self._follows(before, name)}

    def _follows(self, before: str, name: str) -> bool:
        """Whether a stage of the base is solved in a few steps from the basis of the stage before."""
        if name not in self.base.faces:
            return False
        solver = Solver(self.base.faces[name].of(self.program))
        solver.start_from(self.base.bases[before])
        return in_few(solver, self.program.objectives[name][0] * self.program.unit(name), FEW).is_best

    def reached(self, program: LinearProgram, names: Sequence[str]) -> tuple[Mapping[str, float], Array]:
        """Values of the stages ``names`` of another program, and a point that reaches them. Raises Infeasible,
        NoPlan."""
        left = reduced(program)
        found = self._from_bases(left.program, names)
        if found is not None:
            return found[0], left.of(found[1])
        staged = linear_stages(program, names, Solver(program))
        return staged.values, staged.x

    def _from_bases(self, program: LinearProgram, names: Sequence[str]) -> Reached | None:
        """Each stage from its basis, on the face of those before; None if that leads nowhere."""
        places = _places(self.program.columns, program.columns), _places(self.program.rows, program.rows)
        last = names[-1]
        solver, far = Solver(program), False

        def first(name: str, cost: Array) -> Outcome:
            nonlocal far
            if name in self._near and solver.steps and (near := in_few(solver, cost, MANY)).is_best:
                return near
            solver.minimise(cost)
            if name in self._kept and not far:
                solver.start_near(*_of_names(self._kept[name], places))
                solver.option("simplex_iteration_limit", UNLIMITED if name == last else FAR)
                outcome = solver.run()
                solver.option("simplex_iteration_limit", UNLIMITED)
                if outcome.stop != "limit":
                    return outcome
                far = True
            solver.forget()
            return solver.run()

        return held(program, names, solver, first)


def by_names(base: LinearProgram, staged: Staged, program: LinearProgram, names: Sequence[str],
             solver: Solver) -> Reached | None:
    """Values of the stages of a program that has other decisions and rows than a solved one, and a point: each from
    its basis by names, or from nothing where that is far; nothing if that leads nowhere. ``solver`` holds it."""
    if staged.fell_back:
        return None
    places = _places(base.columns, program.columns), _places(base.rows, program.rows)

    def first(name: str, cost: Array) -> Outcome:
        solver.minimise(cost)
        if name in staged.bases:
            solver.start_near(*_of_names(numbered(staged.bases[name]), places))
        else:
            solver.forget()
        return near_or_from_nothing(solver)

    return held(program, names, solver, first)


def all_by_names(base: LinearProgram, known: States, program: LinearProgram, names: Sequence[str],
                 solver: Solver, steps: int | None = None) -> Reached | None:
    """The same with all stages at once, from where that run of the solved program ended, if it is no further than
    ``steps``."""
    places = _places(base.columns, program.columns), _places(base.rows, program.rows)
    return at_once(program, names, solver, _of_names(known, places), steps)


def _places(known: Sequence[Name], asked: Sequence[Name]) -> Numbers:
    """Where each of the names asked for is known; -1 where it is not."""
    at = {name: i for i, name in enumerate(known)}
    return np.array([at.get(name, -1) for name in asked], dtype=np.int64)


def _of_names(kept: tuple[Numbers, Numbers], places: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """States of columns and rows by those of the base."""
    columns, rows = (np.where(at >= 0, states[at] if len(states) else at, other)
                     for states, at, other in zip(kept, places, (LOWER, BASIC), strict=True))
    return columns, rows
