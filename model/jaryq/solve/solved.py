"""A program that was solved stage by stage, and what it tells of others that differ from it in sides and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.multipliers import Multipliers, left_of
from jaryq.solve.stages import HOLD, Face, Staged

LOOSE = 1e-7
"""By so much sides may be missed by the middle of two points, each of which the solver gives to 1e-9."""


@dataclass(frozen=True, eq=False)
class Solved:
    """A program, what its stages reach, a point that reaches it, and of each stage the face on which it was solved, the
    multipliers of the rows and its basis there (none where they are not known)."""

    program: LinearProgram
    values: Mapping[str, float]
    x: Array
    faces: Mapping[str, Face]
    rows: Mapping[str, Array]
    bases: Mapping[str, Any]

    def tells(self, program: LinearProgram, name: str) -> float:
        """What the multipliers of a stage bound it by in another program of the same coefficients and costs: where
        those of the stages before tell what they reach there, by duality the least value it can have."""
        rows = self.rows[name]
        return Multipliers(self.faces[name], rows, left_of(program, name, rows)).bound(program, name)

    def joins(self, other: Solved, middle: LinearProgram) -> bool:
        """Whether the middle of two points is one of the program in the middle, and multipliers of this one tell there
        what it reaches: whatever the bounds do on the way, the stages are on the line there."""
        x = (self.x + other.x) / 2.0
        told = all(abs(self.tells(middle, name) - value) <= HOLD * max(1.0, abs(value))
                   for name, value in ((name, (one + other.values[name]) / 2.0) for name, one in self.values.items()))
        sums = middle.matrix @ x
        return told and bool(
            (x >= middle.col_lower - LOOSE).all() and (x <= middle.col_upper + LOOSE).all()
            and (sums >= middle.row_lower - LOOSE).all() and (sums <= middle.row_upper + LOOSE).all())

    @classmethod
    def of(cls, program: LinearProgram, staged: Staged) -> Solved:
        """One that was solved from nothing."""
        rows, bases = ({}, {}) if staged.fell_back else (staged.duals, staged.bases)
        return cls(program, staged.values, staged.x, staged.faces, rows, bases)
