"""Each uncertain input alone at its low and its high value: what moves the figures most; two on a grid; elementary
effects (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaryq.case.uncertain import COMES, Uncertain
from jaryq.solve.lp import Array
from jaryq.uncertainty.morris import Effects, design, effects
from jaryq.uncertainty.quantiles import median, swing, value

GRID = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Probabilities at which two inputs are looked at together."""

STILL = 1e-6
"""A figure that moves by less than this part of its size does not move."""


def middle(rows: Sequence[Uncertain]) -> list[float]:
    """Every input at its median: where a sweep starts from."""
    return [median(row) for row in rows]


def swept(rows: Sequence[Uncertain]) -> list[list[float]]:
    """The futures of a sweep: all at the middle, then each input at its low and its high value."""
    found = [middle(rows)]
    for i, row in enumerate(rows):
        for end in swing(row):
            one = middle(rows)
            one[i] = end
            found.append(one)
    return found


def grid(rows: Sequence[Uncertain], two: tuple[int, int]) -> list[list[float]]:
    """The futures of a grid of two inputs, by the first, then by the second."""
    found = []
    for p in GRID:
        for q in GRID:
            one = middle(rows)
            one[two[0]], one[two[1]] = value(rows[two[0]], p), value(rows[two[1]], q)
            found.append(one)
    return found


def still(rows: Sequence[Uncertain], column: Array) -> list[int]:
    """Inputs at whose two ends a figure is what it is in the middle, but for those that come or do not. ``column``: the
    figure in the futures of ``swept``."""
    return [i for i, row in enumerate(rows) if row.distribution != "comes" and all(
        abs(end - column[0]) <= STILL * max(1.0, abs(column[0])) for end in column[1 + 2 * i:3 + 2 * i].tolist())]


def away(rows: Sequence[Uncertain]) -> list[int]:
    """What stays away in the middle."""
    return [i for i, value in enumerate(middle(rows)) if rows[i].distribution == "comes" and value != COMES]


def if_they_come(rows: Sequence[Uncertain], idle: Sequence[int]) -> list[list[float]]:
    """The ends of the inputs of these places where all that stays away in the middle comes."""
    base = middle(rows)
    for i in away(rows):
        base[i] = COMES
    return [[*base[:i], end, *base[i + 1:]] for i in idle for end in swing(rows[i])]


def elementary(rows: Sequence[Uncertain], trajectories: int, seed: int) -> tuple[Array, list[list[float]]]:
    """The points of elementary effects, as probabilities and as values."""
    points = design(len(rows), trajectories, seed)
    return points, [[value(row, float(p)) for row, p in zip(rows, point, strict=True)] for point in points]


def effects_of(points: Array, outputs: Array) -> tuple[Effects, ...] | None:
    """Effects on one figure; None where some point has no plan."""
    return effects(points, outputs) if np.isfinite(outputs).all() else None
