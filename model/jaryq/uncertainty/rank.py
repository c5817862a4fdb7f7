"""Rank correlation of uncertain inputs with what plans make of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def midranks(values: Sequence[float] | Array) -> Array:
    """Ranks from 1; equal values share the mean of their places."""
    _, place, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Array = (last - (counts - 1) / 2.0)[place]
    return ranks


def spearman(some: Sequence[float] | Array, others: Sequence[float] | Array) -> float | None:
    """Spearman's rank correlation, ties by midranks (Kendall 1970, chapter 3): the correlation of the ranks. None where
    one of the two never changes. Raises ValueError for different numbers of values."""
    if len(some) != len(others):
        raise ValueError(f"{len(some)} values against {len(others)}")
    if len(some) < 2:
        return None
    one, other = (ranks - ranks.mean() for ranks in (midranks(some), midranks(others)))
    spread = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return None if spread == 0.0 else float((one * other).sum()) / spread


def spearman_of(inputs: Array, outputs: Sequence[float] | Array) -> tuple[float | None, ...]:
    """The same of each column of ``inputs`` (draws x rows) with ``outputs`` (draws)."""
    return tuple(spearman(inputs[:, column], outputs) for column in range(inputs.shape[1]))
