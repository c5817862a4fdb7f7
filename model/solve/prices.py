"""Prices of limits: the difference of two runs of all linear stages with the limit moved by a stated step, up and down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.base.errors import Infeasible, NoPlan
from model.formulation.declare import TIE_BREAK, Limit
from model.solve.highs import Solver
from model.solve.lp import Array, LinearProgram
from model.solve.solution import Move, Price
from model.solve.stages import Face, Staged, holds, linear_stages

NOISE = 1e-8
"""A smaller change of a stage's value (normalised shortfall, bn KZT) is not told from nothing."""


def binding(program: LinearProgram, limits: Sequence[Limit], found: Staged, count: int) -> list[Limit]:
    """The ``count`` limits that bind hardest (dual times size, the highest priority first), the kinds of limits taking turns."""
    def weight(limit: Limit) -> tuple[float, ...]:
        force = []
        for name, duals in found.duals.items():
            if name in TIE_BREAK:
                continue
            moved = sum(abs(duals[i]) * abs(step) for row, step in limit.moves.items() if (i := program.row_at.get(row)) is not None)
            force.append(moved * abs(limit.value))
        return tuple(force)

    tight = [(weight(limit), limit) for limit in limits if limit.value > 0 and slack_of(program, found.x, limit) <= 1e-6 * max(1.0, limit.value)]
    tight = [(force, limit) for force, limit in tight if max(force, default=0.0) > 1e-6]
    # A limit that costs a higher priority comes first; names break ties.
    tight.sort(key=lambda pair: (tuple(-round(value, 9) for value in pair[0]), pair[1].name))
    turn: dict[str, int] = {}
    queue = []
    for place, (_, limit) in enumerate(tight):
        turn[limit.kind] = turn.get(limit.kind, 0) + 1
        queue.append((turn[limit.kind], place, limit))
    queue.sort(key=lambda item: item[:2])
    return [limit for _, _, limit in queue[:count]]


def _used(program: LinearProgram, x: Array, limit: Limit) -> float:
    """What a point uses of a limit, or reaches of a target, in the limit's unit."""
    if limit.kind == "target":
        sides = {"short": 1.0, "excess": -1.0}
        return limit.value - sum(sides[name] * float(x[j]) for j, (name, index) in enumerate(program.columns) if name in sides and index[0] == limit.index[0])
    return limit.value - limit.loosens * slack_of(program, x, limit)


def slack_of(program: LinearProgram, x: Array, limit: Limit) -> float:
    """How far a point is from a limit, in the limit's unit; the tightest of its rows counts (a target that is missed has none)."""
    gaps = []
    for name, per_unit in limit.moves.items():
        i = program.row_at.get(name)
        if i is not None and per_unit:
            start, end = program.matrix.indptr[i], program.matrix.indptr[i + 1]
            body = float(program.matrix.data[start:end] @ x[program.matrix.indices[start:end]])
            sides = [abs(side - body) for side in (program.row_lower[i], program.row_upper[i]) if np.isfinite(side)]
            gaps.append(float(min(sides)) / abs(per_unit))
    return min(gaps, default=float("inf"))


def prices(
    regimes: Mapping[str, tuple[LinearProgram, Staged]], names: Sequence[str], limits: Sequence[Limit], step: float, sign: float,
) -> tuple[tuple[Price, ...], float]:
    """A price per limit and regime, and the seconds spent in the solver.

    ``regimes``: the program with choices fixed (same_projects) and the relaxation (projects_may_change), each with its solved stages, of which
    ``names`` are the first. ``step`` is a share of the limit's value. ``sign`` turns the minimised objective into its own sense.
    """
    found: list[Price] = []
    seconds = 0.0
    for regime, (program, base) in regimes.items():
        near = _Near(program, names, base)
        for limit in limits:
            size = max(abs(limit.value) * step, 1e-6)
            up = _move(near, limit, size, sign)
            down = _move(near, limit, -size, sign)
            looser, tighter = (up, down) if limit.loosens > 0 else (down, up)
            found.append(Price(
                limit=limit.name, kind=limit.kind, index=limit.index, origin=limit.origin, unit=limit.unit, value=limit.value,
                used=_used(program, base.x, limit), step=size, regime="same_projects" if regime == "same_projects" else "projects_may_change",
                loosen=looser, tighten=tighter,
            ))
        seconds += near.seconds
    return tuple(found), seconds


def _move(near: _Near, limit: Limit, size: float, sign: float) -> Move:
    changed = near.program.moved({row: size * per_unit for row, per_unit in limit.moves.items()})
    try:
        values = near.values(changed)
    except (Infeasible, NoPlan):
        return Move({}, float("nan"), feasible=False)
    change = {name: values[name] - near.base.values[name] for name in near.names}
    shortfalls = {name.removeprefix("priority_"): _clean(value) for name, value in change.items() if name.startswith("priority_")}
    return Move(shortfalls, _clean(sign * change["objective"]))


class _Near:
    """Stages of programs that differ from a solved one in a few bounds: each stage has a solver that holds the stage's optimal basis.

    Where a basis stays optimal, its multipliers are unchanged, and so are the face and the next stage's basis. Where it takes iterations,
    the stages after it go on from their bases on the new face.
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
        return self._going_on(changed) or linear_stages(changed, self.names, self._solver("")).values

    def _going_on(self, changed: LinearProgram) -> dict[str, float]:
        """From the bases; nothing if that leads nowhere, or if a later stage gave up what an earlier one had reached."""
        if self.base.fell_back:
            return {}
        values: dict[str, float] = {}
        x = np.zeros(0)
        new: Face | None = None
        for name in self.names:
            solver = self._solver(name)
            face = self.base.faces[name] if new is None else new
            solver.bounds_of(face.of(changed))
            outcome = solver.run()
            if outcome.iterations:
                solver.start_from(self.base.bases[name])
            if outcome.stop != "optimal" or not outcome.holds_point:
                return {}
            x = outcome.x
            values[name] = changed.value(name, x)
            if new is not None or outcome.iterations:
                new = face.after(changed, outcome)
        return values if holds(changed, values, x) else {}

    def _solver(self, name: str) -> Solver:
        """The solver of a stage, with its basis; the one without a name starts from nothing."""
        if name not in self.solvers:
            self.solvers[name] = Solver(self.program)
            if name:
                self.solvers[name].minimise(self.program.objectives[name][0] * self.program.unit(name))
                self.solvers[name].start_from(self.base.bases[name])
        return self.solvers[name]


def _clean(value: float) -> float:
    """A difference of two optimal values, without the solver's noise."""
    return value if abs(value) > NOISE else 0.0
