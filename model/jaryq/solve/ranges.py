"""The range in which a price holds: how far a limit can move on before a stage leaves the line it is on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve.exact import residual
from jaryq.solve.furthest import Reach, face_until, on_line, searched
from jaryq.solve.lp import LinearProgram
from jaryq.solve.question import Limit, Moves
from jaryq.solve.stages import HOLD, Face
from jaryq.solve.warm import Warm

NOTHING = 1e-7
"""A limit of so small a part of its size is nothing."""

SEARCHED = 10_000
"""Above so many coefficients of a program no range is looked for of limits that coefficients follow from: each place
asked takes all stages anew."""


@dataclass(frozen=True, eq=False)
class At:
    """A program with a limit moved by its step: what its stages reach, their face, a basis of it, and whether the
    stages had to go on one by one."""

    program: LinearProgram
    values: Mapping[str, float]
    face: Face | None
    basis: Any
    one_by_one: bool


@dataclass(frozen=True, eq=False)
class Line:
    """The values of stages with a limit at ``here`` and ``step`` further, and the line through them."""

    near: Warm
    moves: Moves
    moved: Callable[[float], LinearProgram]
    """The program with the limit at a place. Raises Infeasible."""
    limit: Limit
    step: float
    at: At

    @property
    def here(self) -> float:
        return self.limit.value

    @property
    def base(self) -> Mapping[str, float]:
        return {name: self.near.base.values[name] for name in self.near.names}

    def program(self, place: float) -> LinearProgram | None:
        """The program with the limit at a place; nothing where further decisions appear."""
        if self.moves.at(self.limit, place).anew is not None:
            return None
        return self.moved(place)

    def ask(self, place: float, bases: dict[str, Any]) -> Mapping[str, float] | None:
        """What the stages reach at a place; nothing where there is no plan. ``bases``: of the place asked last."""
        try:
            program = self.program(place)
            return None if program is None else self.near.values(program, bases)
        except (Infeasible, NoPlan):
            return None

    def holds(self, place: float, values: Mapping[str, float] | None) -> bool:
        return values is not None and on_line(self.here, self.base, self.step, self.at.values, place, values)

    def starts(self) -> bool:
        """Whether half of the step is on the line, asked stage by stage."""
        place = (self.here + self.step) / 2

        def kept(name: str, value: float) -> bool:
            one, other = ({name: values[name]} for values in (self.near.base.values, self.at.values))
            return on_line(self.here, one, self.step, other, place, {name: value})

        try:
            program = self.program(place)
            return program is not None and self.near.keeps(program, kept)
        except (Infeasible, NoPlan):
            return False

    def shown(self, place: float, reach: Reach | None) -> bool:
        """Whether a point shows that a place is on the line: the multipliers of the step say that it is best there."""
        program = None if reach is None else self.program(place)
        if reach is None or program is None:
            return False
        return (residual(program, reach.x) <= HOLD and self.near.is_best(program, reach.x)
                and self.holds(place, {name: program.value(name, reach.x) for name in self.near.names}))

    def furthest(self, far: float) -> tuple[float, Reach | None]:
        """Where the face of the step has no point any more on the way to ``far``, and its last point."""
        there = self.moves.at(self.limit, far)
        if far == self.step or self.at.face is None or there.anew is not None:
            return far, None
        reach = face_until(self.at.face, self.at.program, there.of(self.near.program), self.at.basis, self.near.beside)
        return (far, None) if reach is None else (self.step + reach.part * (far - self.step), reach)


def range_end(line: Line) -> float:
    """How far the limit can move on beyond a step from where it is, before a stage leaves the line: the value of the
    limit there, infinite if that is as far as is looked (nothing; twice the limit, of nothing its size); not a number
    where the step itself leaves it, or further decisions appear on the way."""
    limit, step = line.limit, line.step
    asked = line.near.program.matrix.nnz <= SEARCHED
    if line.at.face is None and not asked:
        return math.nan
    up = step > limit.value
    size = abs(limit.value) or line.moves.natural(limit)
    # Of nothing at all there are no decisions: their bounds are looked at a little above it.
    far = max(limit.value + size, step) if up else NOTHING * size
    bases: dict[str, Any] = {}

    def ask(place: float) -> Mapping[str, float] | None:
        return line.ask(place, bases)

    # Where an earlier stage has another basis a step further, the line most often ends within the step.
    known = line.at.one_by_one and line.starts()
    if line.at.one_by_one and not known:
        return math.nan
    end, reach = line.furthest(far)
    if end == step or not (line.shown(end, reach) or line.holds(end, ask(end))):
        if not (known or line.holds(half := (line.here + step) / 2, ask(half))):
            return math.nan
        end = searched(ask, limit.value, line.base, step, line.at.values, end)
    return end if abs(end - far) > NOTHING * size else math.inf if up else 0.0
