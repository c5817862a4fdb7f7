"""Multipliers of a stage that hold without a face: those of the stages before it are added as often as is needed.

A stage solved on the face of those before has multipliers that are right on the face only: off it a reduced cost may
have the wrong sign. There the multipliers of the stage that holds the face have the right one, so enough of them make
all signs right (duality of a lexicographic program); how many are the multipliers of the earlier stages' caps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stages import FINER, Staged


def in_order(
    program: LinearProgram, earlier: Sequence[str], name: str, relaxed: Staged,
) -> tuple[Array, Mapping[str, float]]:
    """Multipliers of the rows for a stage of a program solved on faces, and of the caps of the stages before it."""
    dual = relaxed.duals[name].copy()
    left = program.objectives[name][0] - program.matrix.T @ dual
    open_columns, open_rows = program.col_lower < program.col_upper, program.row_lower < program.row_upper
    caps: dict[str, float] = {}
    for before in reversed(earlier):
        unit, theirs = program.unit(before), relaxed.duals[before]
        reduced = program.objectives[before][0] - program.matrix.T @ theirs
        face = relaxed.faces[before]
        times = max(needed(left, reduced, open_columns & ~(face.columns[0] | face.columns[1]), unit),
                    needed(dual, theirs, open_rows & ~(face.rows[0] | face.rows[1]), unit))
        caps[before] = times
        dual += times * theirs
        left += times * reduced
    return dual, caps


def needed(signs: Array, theirs: Array, here: npt.NDArray[np.bool_], unit: float) -> float:
    """How often numbers of the other sign must be added so that none of ``signs`` has the wrong one."""
    wrong = here & (np.abs(theirs) * unit > FINER) & (signs * theirs < 0)
    return float(np.max(-signs[wrong] / theirs[wrong], initial=0.0))
