"""Elementary effects (Morris 1991) of uncertain inputs, by SALib (extra ``uncertainty``): which of them matter at all,
and which by more than a constant slope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jaryq.base.extras import need

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

LEVELS = 4
"""Levels of each input: its least value, the ones below which a third and two thirds of the draws lie, its
greatest."""


@dataclass(frozen=True)
class Effects:
    """Of one input, in units of the output per whole range of the input's probability: ``mu_star`` the mean of the
    sizes of its effects (Campolongo, Cariboni & Saltelli 2007), ``sigma`` their standard deviation, 0 where the output
    is linear in it and nothing else changes its slope."""

    mu_star: float
    sigma: float


def design(rows: int, trajectories: int, seed: int) -> Array:
    """Points to plan at, as probabilities (trajectories x (rows + 1), rows): along each trajectory one input changes at
    a time. Raises MissingExtra without SALib."""
    need("uncertainty")
    from SALib.sample import morris  # takes seconds to load

    points: Array = morris.sample(_problem(rows), trajectories, num_levels=LEVELS, seed=seed)
    return points


def effects(points: Array, outputs: Sequence[float] | Array) -> tuple[Effects, ...]:
    """Effects of each input on an output, one of whose values stands for each point of a design. Raises MissingExtra
    without SALib, ValueError where they are not as many."""
    need("uncertainty")
    from SALib.analyze import morris

    count, rows = points.shape
    if len(outputs) != count or count % (rows + 1):
        raise ValueError(f"{len(outputs)} outputs for {count} points of {rows} inputs")
    found: Mapping[str, Any] = morris.analyze(_problem(rows), points, np.asarray(outputs, dtype=float),
                                              num_levels=LEVELS, num_resamples=2, seed=0)
    return tuple(Effects(float(found["mu_star"][row]), float(found["sigma"][row]))
                 for row in range(rows))


def _problem(rows: int) -> dict[str, Any]:
    return {"num_vars": rows, "names": [str(row) for row in range(rows)], "bounds": [[0.0, 1.0]] * rows}
