"""Multipliers of the stages of a program as bounds of programs that differ from it in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.highs import Outcome
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import Face


@dataclass(frozen=True, eq=False)
class Multipliers:
    """Those of the rows in a stage on a face, and what they leave of its costs: whatever the bounds, they bound it."""

    face: Face
    rows: Array
    left: Array

    @classmethod
    def of(cls, face: Face, outcome: Outcome, unit: float) -> Multipliers:
        """Those the solver gives, its costs being those of the stage in another unit."""
        return cls(face, outcome.row_dual / unit, outcome.col_dual / unit)

    def bound(self, changed: LinearProgram, name: str, left: Array | None = None) -> float:
        """The least value of a stage of a program on the face; ``left``: with other coefficients or costs."""
        left = self.left if left is None else left
        sides = np.where(self.rows > 0, *self.face.rows_of(changed))
        known = np.isfinite(sides)
        return float(self.rows[known] @ sides[known] + left @ np.where(left > 0, *self.face.columns_of(changed))
                     + changed.objectives[name][1])


def left_of(program: LinearProgram, name: str, rows: Array) -> Array:
    """What multipliers of the rows leave of the costs of a stage."""
    left: Array = program.objectives[name][0] - program.matrix.T @ rows
    return left
