"""Programs that differ in one number, solved one after another: each goes on from the nearest that was solved, by all
stages in one run and then each stage by itself (solve/at_once.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.at_once import FEW, NEAR_ALL, sum_of
from jaryq.solve.exact import proves_infeasible
from jaryq.solve.highs import CHOOSES, DEVEX, DUAL, PRIMAL, UNLIMITED, Outcome, Solver
from jaryq.solve.in_place import between
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.solved import Solved
from jaryq.solve.stages import FACE, FINER, HOLD, Face, at_its_best, holds, linear_stages
from jaryq.solve.warm import Warm

OWN = 1000
"""Steps of the simplex that take as long as setting up and reading one program does."""

PART = 0.2
"""Where a way led nowhere, ways from there to what is further than this part of it are not tried."""

STEPS, EACH = 20000, 2500
"""So many steps are tried from the bases of another place, and of one stage from its own there: all stages from nothing
take 35,000 to 47,000 of the shipped case. Beyond a break of an earlier stage the face of a later one is another, and
its basis there may lead on and on (6,000 steps and no end); from where the stage before has ended it takes 400 to
8,000."""

PERTURBATION = "dual_simplex_cost_perturbation_multiplier"
"""Costs are not perturbed from the bases of another place: these can be lost by it (shipped case: 1,312 steps
in place of 641, 12,000 and no end in place of 8,019)."""

ASIDE = 2.0
"""A place from which all stages are run is gone on from if it is no further than so many times the nearest."""

FAR = 0.5
"""Places further than this part of the number as it is are not near: bases of stages are not tried there."""

RUNS, LEAST = 10, 0.125
"""So many runs of all stages at most lead to a program that is far, the way being halved: what lies between is gone
through first, but by no less than this part of the way. They take as many steps as a program takes from nothing."""


@dataclass(frozen=True, eq=False)
class Stand:
    """A program by the value of the number, and where the run of all its stages ended."""

    value: float
    program: LinearProgram
    basis: Any


class Beside:
    """Programs by the value of the number.

    ``spent``: steps of the simplex, with those that handling each program is worth; the same on every machine.
    """

    def __init__(self, warm: Warm, now: float) -> None:
        self.program, self.names, self.proved = warm.program, warm.names, warm.proved
        self.spent = 0
        self._all, self._each = Solver(warm.program), Solver(warm.program)
        self._all.minimise(sum_of(warm.program, warm.names))
        self._each.option("simplex_strategy", PRIMAL)
        self.stands: list[Stand] = []
        self._in_vain: list[tuple[float, float]] = []
        self._far = FAR * abs(now)
        self.known: dict[float, Solved] = {}
        """What was solved, by the value of the number."""
        self._stand(now, Solved.of(warm.program, warm.base))

    def solved(self, value: float, program: LinearProgram) -> Solved:
        """What the stages reach with the number at a value, in a program of the coefficients and costs of the others:
        from the nearest from which all stages are run or, where others are nearer, from the bases of these; else in the
        other way, else from nothing. Raises Infeasible, NoPlan."""
        before = self._steps
        told = [(abs(at - value), solved) for at, solved in self.known.items() if solved.rows]
        away, nearest = min(told, key=lambda one: one[0], default=(np.inf, None))
        ways = [self._near]
        if away <= self._far:
            stands = min((abs(stand.value - value) for stand in self.stands), default=np.inf)
            ways.insert(int(stands <= ASIDE * away), self._by_bases)
        try:
            for way in ways:
                found = None if nearest is None else way(value, program, nearest)
                if found is not None:
                    self.known[value] = found
                    return found
            return self._from_nothing(value, program)
        finally:
            self.spent += OWN + self._steps - before

    def solved_at(self, value: float) -> Solved | None:
        """What was solved with the number at a value."""
        return self.known.get(value)

    def fits(self, program: LinearProgram) -> bool:
        """Whether a program differs in sides and bounds alone."""
        mine = self.program
        return (program.columns is mine.columns and program.rows is mine.rows
                and program.matrix is mine.matrix and program.objectives is mine.objectives)

    @property
    def _steps(self) -> int:
        return self._all.steps + self._each.steps

    def _near(self, value: float, program: LinearProgram, neighbour: Solved) -> Solved | None:
        """All stages in one run from the nearest that stands, then each by itself; nothing where that leads nowhere.
        Raises NoPlan where multipliers prove that there is none and nobody asks why."""
        if not self.stands:
            return None
        nearest = min(self.stands, key=lambda stand: abs(stand.value - value))
        if any(at == nearest.value and (value - at) / (far - at) >= PART for at, far in self._in_vain):
            return None
        self._left, self._least = RUNS, LEAST * abs(nearest.value - value)
        basis = self._reached(nearest, value, program)
        if basis is None:
            nearest = min(self.stands, key=lambda stand: abs(stand.value - value))
            if nearest.value != value:
                self._in_vain.append((nearest.value, value))
            return None
        x = self._x
        for near, least in ((neighbour, FACE), (None, FACE), (None, FINER)):
            found = self._stages(program, dict.fromkeys(self.names, basis), least, near, x)
            if found is not None and holds(program, found.values, found.x, least):
                self.stands.append(Stand(value, program, basis))
                return found
        return None

    def _by_bases(self, value: float, program: LinearProgram, neighbour: Solved) -> Solved | None:
        """Stage by stage from the bases of the nearest, each on the face of those before; on finer faces, where they
        are needed, from where each has ended. Nothing where that leads nowhere or is far."""
        for option, number in (("simplex_strategy", DUAL), ("simplex_dual_edge_weight_strategy", DEVEX),
                               (PERTURBATION, 0.0)):
            self._each.option(option, number)
        try:
            bases = neighbour.bases
            for least in (FACE, FINER):
                found = self._stages(program, bases, least, most=STEPS)
                if found is None or holds(program, found.values, found.x, least):
                    return found
                bases = found.bases
            return None
        finally:
            for option, number in (("simplex_strategy", PRIMAL), ("simplex_dual_edge_weight_strategy", CHOOSES),
                                   (PERTURBATION, 1.0)):
                self._each.option(option, number)

    def _reached(self, near: Stand, value: float, program: LinearProgram) -> Any:
        """Where the run of all stages ends from that of another program; what is far by halves of the way; nothing
        where that leads nowhere. Raises NoPlan as ``_near``."""
        solver = self._all
        solver.bounds_of(program)
        solver.start_from(near.basis)
        solver.option("simplex_iteration_limit", NEAR_ALL)
        solver.option("simplex_dual_edge_weight_strategy", DEVEX)
        outcome = solver.run()
        self._left -= 1
        if outcome.is_best:
            self._x = outcome.x
            return solver.basis()
        if outcome.stop == "infeasible" and not self.proved:
            ray = solver.ray()
            if ray is not None and ray.shape == (program.shape[0],) and proves_infeasible(program, ray):
                raise NoPlan("hard rules contradict each other")
        half = (near.value + value) / 2.0
        goes_on = outcome.stop == "limit" and self._left > 0 and abs(half - near.value) >= self._least
        middle = between(near.program, program, 0.5) if goes_on else None
        if middle is None:
            return None
        basis = self._reached(near, half, middle)
        if basis is None:
            return None
        self.stands.append(Stand(half, middle, basis))
        return self._reached(self.stands[-1], value, program) if self._left > 0 else None

    def _stages(self, program: LinearProgram, start: Mapping[str, Any], least: float, near: Solved | None = None,
                x: Array | None = None, most: int | None = None) -> Solved | None:
        """Each stage by itself from a basis, on the face of those before; as long as a point ``x`` reaches what the
        multipliers of a neighbour tell, these are the stage's. With ``most`` a stage whose basis leads nowhere goes on
        from where the one before has ended. Nothing if that leads nowhere, or takes more steps than ``most`` together
        (else than few each); whether the point holds is not asked."""
        end = None if most is None else self._each.steps + most
        ended: Any = None
        face, faces, rows, values = Face.whole(program), dict[str, Face](), dict[str, Array](), dict[str, float]()
        bases: dict[str, Any] = {}
        x = np.zeros(0) if x is None else x
        follows = near is not None
        for name in self.names:
            if near is not None and follows:
                face, value = near.faces[name], program.value(name, x)
                follows = abs(near.tells(program, name) - value) <= HOLD * max(1.0, abs(value))
                if follows:
                    faces[name], rows[name], bases[name], values[name] = face, near.rows[name], start[name], value
                    continue
            confined, unit = face.of(program), program.unit(name)
            cost = program.objectives[name][0] * unit
            outcome = at_its_best(confined, cost, x)
            bases[name] = start[name]
            if outcome is None:
                self._each.bounds_of(confined)
                self._each.minimise(cost)
                outcome = self._within(start[name], FEW if end is None else min(end - self._each.steps, EACH))
                if end is not None and ended is not None and not outcome.is_best:
                    # The point at hand is one of this face.
                    self._each.option("simplex_strategy", PRIMAL)
                    outcome = self._within(ended, end - self._each.steps)
                    self._each.option("simplex_strategy", DUAL)
                if not outcome.is_best:
                    return None
                ended = bases[name] = self._each.basis()
            x, values[name] = outcome.x, program.value(name, outcome.x)
            faces[name], rows[name] = face, outcome.row_dual / unit
            face = face.after(program, outcome, least)
        return Solved(program, values, x, faces, rows, bases)

    def _within(self, basis: Any, steps: int) -> Outcome:
        """What each stage by itself is solved by, from a basis by so many steps at most."""
        self._each.start_from(basis)
        self._each.option("simplex_iteration_limit", max(steps, 0))
        return self._each.run()

    def _from_nothing(self, value: float, program: LinearProgram) -> Solved:
        solver = self._each
        for option, number in (("simplex_strategy", DUAL), ("simplex_iteration_limit", UNLIMITED)):
            solver.option(option, number)
        try:
            found = Solved.of(program, linear_stages(program, self.names, solver, proved=self.proved))
        finally:
            solver.option("simplex_strategy", PRIMAL)
        self._stand(value, found)
        return found

    def _stand(self, value: float, found: Solved) -> None:
        """What was solved stands to be gone on from, where the run of all stages ends from its last basis, if that is
        near: large weights can take far longer than the stages by themselves."""
        self.known[value] = found
        if not found.bases:
            return
        self._all.bounds_of(found.program)
        self._all.start_from(found.bases[self.names[-1]])
        self._all.option("simplex_iteration_limit", NEAR_ALL)
        if self._all.run().is_best:
            self.stands.append(Stand(value, found.program, self._all.basis()))
