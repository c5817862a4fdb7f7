"""How close a search for whole plans must come, fixed before it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.question import Question
from jaryq.solve.solution import Gap
from jaryq.solve.stages import FACE, Staged

SHARE = 1e-6
"""A share of a facility this near to 0 or 1 counts as whole."""


PASSES = 20
"""Passes in which columns are found fixed through rows."""


def gaps(question: Question, program: LinearProgram, relaxed: Staged, names: Sequence[str]) -> dict[str, Gap]:
    """For each stage the distance from the best at which its search may stop.

    Shortfalls: absolute, normalised. Money: the smaller of the share ``gap`` of the present value of outlays and of the
    value at stake, both of the linear relaxation. Mean time of finish: ``gap`` years.
    """
    settings = question.settings
    found = {name: Gap(settings.shortfall_gap, "shortfall") for name in names if name != "objective"}
    if settings.objective == "earliest_finish":
        return {**found, "objective": Gap(settings.gap, "years")}
    outlays = settings.gap * outlays_pv(question, program, relaxed.x)
    stake = settings.gap * at_stake(question, program, relaxed)
    return {**found, "objective": Gap(outlays, "outlays") if outlays <= stake else Gap(stake, "stake")}


def outlays_pv(question: Question, program: LinearProgram, x: Array) -> float:
    """Present value of all outlays, whole decisions rounded, bn KZT of the price year."""
    return math.fsum((question.outlays * np.where(program.whole, np.round(x), x)).tolist())


def at_stake(question: Question, program: LinearProgram, relaxed: Staged) -> float:
    """Value at stake, bn KZT: sum over undecided facilities of |benefits less payments| as the linear relaxation has
    them."""
    undecided = _undecided(program, relaxed)
    costs = program.objectives["objective"][0] * relaxed.x
    worth: dict[object, list[float]] = {}
    for j in np.flatnonzero(costs):
        project = question.project_of(program.columns[j])
        if question.meanings[j] is not None and project in undecided:
            worth.setdefault(project, []).append(float(costs[j]))
    return math.fsum(abs(math.fsum(parts)) for parts in worth.values())


def _undecided(program: LinearProgram, relaxed: Staged) -> set[object]:
    """Facilities done in part in the relaxation, or whose starts its optimal face leaves free."""
    free = _free(program, relaxed)
    return {
        index[0] for j, (family, index) in enumerate(program.columns)
        if family == "start" and program.col_lower[j] < program.col_upper[j]
        and (free[j] or SHARE < relaxed.x[j] < 1 - SHARE)
    }


def _free(program: LinearProgram, relaxed: Staged) -> npt.NDArray[np.bool_]:
    """Columns that the optimal face leaves free: no reduced cost of a stage fixes them, nor an equation (or a row that
    has a price) whose other columns are fixed. None where stages were kept by rows, whose prices are not at hand."""
    free = np.full(program.shape[1], not relaxed.fell_back)
    tight = program.row_lower == program.row_upper
    for name, dual in relaxed.duals.items():
        reduced: Array = program.objectives[name][0] - program.matrix.T @ dual
        free &= np.abs(reduced) * program.unit(name) <= FACE
        tight |= np.abs(dual) * program.unit(name) > FACE
    pattern = abs(program.matrix[np.flatnonzero(tight), :])
    pattern.data = np.ones_like(pattern.data)
    for _ in range(PASSES):
        alone = pattern @ free.astype(np.float64) == 1
        if not alone.any():
            break
        free &= ~((alone.astype(np.float64) @ pattern) > 0)
    return free
