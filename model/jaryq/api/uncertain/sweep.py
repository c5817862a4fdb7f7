"""Each uncertain input alone at its low and its high value: what moves the figures most; two on a grid; elementary
effects (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jaryq.case.uncertain import Uncertain
from jaryq.solve.lp import Array
from jaryq.uncertainty.morris import Effects, design, effects
from jaryq.uncertainty.quantiles import median, swing, value

GRID = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Probabilities at which two inputs are looked at together."""


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


def elementary(rows: Sequence[Uncertain], trajectories: int, seed: int) -> tuple[Array, list[list[float]]]:
    """The points of elementary effects, as probabilities and as values."""
    points = design(len(rows), trajectories, seed)
    return points, [[value(row, float(p)) for row, p in zip(rows, point, strict=True)] for point in points]


def effects_of(points: Array, outputs: Array) -> tuple[Effects, ...] | None:
    """Effects on one figure; None where some point has no plan."""
    return effects(points, outputs) if np.isfinite(outputs).all() else None
