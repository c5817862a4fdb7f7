"""Draws of the uncertain inputs: a Latin hypercube with the rank correlations of its groups (docs/numbers.md, Uncertain
inputs). They depend on the rows, their number and the seed, on nothing else."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.case.uncertain import NORMAL, Uncertain
from jaryq.uncertainty.quantiles import value

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

ROUNDS = 12
"""Of coming nearer to rank correlations."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws of ``rows``: ``values`` (draws x rows) in the unit of each row."""

    rows: tuple[Uncertain, ...]
    values: Array

    def __len__(self) -> int:
        return len(self.values)


def draws(rows: Sequence[Uncertain], count: int, seed: int) -> Draws:
    """``count`` draws of the rows. Raises ValueError for fewer than one.

    Latin hypercube (McKay, Beckman & Conover 1979): of every row one draw in each of ``count`` parts of equal
    probability, anywhere in it, in an order of its own. A row's points and order follow from the seed and its key, so
    that other rows neither change nor reorder them but within its group.
    """
    if count < 1:
        raise ValueError(f"{count} draws are none")
    uniforms = np.empty((count, len(rows)))
    for column, row in enumerate(rows):
        generator = _generator(seed, row.id)
        uniforms[:, column] = (generator.permutation(count) + generator.random(count)) / count
    groups: dict[str, list[int]] = {}
    for column in sorted(range(len(rows)), key=lambda column: rows[column].id):
        if rows[column].group:
            groups.setdefault(rows[column].group, []).append(column)
    for columns in groups.values():
        uniforms[:, columns] = correlated(uniforms[:, columns], rows[columns[0]].correlation)
    values = np.array([[value(row, p) for row, p in zip(rows, each, strict=True)] for each in uniforms.tolist()])
    return Draws(tuple(rows), values.reshape(uniforms.shape))


def _generator(seed: int, key: str) -> np.random.Generator:
    digest = hashlib.sha256(key.encode()).digest()
    return np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest[:8], "big")]))


def correlated(uniforms: Array, correlation: float) -> Array:
    """The same points of each column in an order by which every two columns have this rank correlation, but for the
    chance that is left in any sample.

    Iman & Conover (1982): normal scores in the order of the points, freed of the correlation they have by chance
    (``E = Q Q'``) and given the one that is wanted (``C = P P'``), say in which order the points stand. The scores'
    correlation is ``2 sin(pi r/6)``, with which normal variables have the rank correlation ``r`` (Kruskal 1958). At 1
    and, of two columns, at -1 it is exact: the order of the first, or its reverse.
    """
    count, width = uniforms.shape
    if abs(correlation) == 1.0:  # one order for all, or its reverse
        first = _ranks(uniforms[:, :1])
        return _in_order(uniforms, np.hstack([first] + [first if correlation > 0 else count - 1 - first] * (width - 1)))
    scores = np.array([NORMAL.inv_cdf(place / (count + 1.0)) for place in range(1, count + 1)])
    free = scores[_ranks(uniforms)]
    if count <= width + 1:  # too few to free the scores of anything
        order = _ranks(free @ np.linalg.cholesky(_scored(_all(correlation, width))).T)
    else:
        free = free @ np.linalg.inv(np.linalg.cholesky(np.corrcoef(free, rowvar=False))).T
        order = _aimed(free, _all(correlation, width))
    return _in_order(uniforms, order)


def _in_order(uniforms: Array, places: Places) -> Array:
    """The same points of each column at these places of its ascending order."""
    ordered: Array = np.take_along_axis(np.sort(uniforms, axis=0), places, axis=0)
    return ordered


def _aimed(free: Array, wanted: Array) -> Places:
    """Places in the order whose rank correlations come nearest to those wanted. The scores' correlation meets its aim,
    that of ranks misses it by chance: by as much the next aim is moved."""
    aim, best, missed = wanted, None, math.inf
    for _ in range(ROUNDS):
        try:
            order = _ranks(free @ np.linalg.cholesky(_scored(aim)).T)
        except np.linalg.LinAlgError:  # no correlations can be these
            break
        gap = wanted - np.corrcoef(order, rowvar=False)
        if np.abs(gap).max() < missed:
            best, missed = order, float(np.abs(gap).max())
        aim = np.clip(aim + gap, -1.0, 1.0)
    return best if best is not None else _ranks(free)


def _all(correlation: float, width: int) -> Array:
    """A matrix with this correlation of every two."""
    wanted = np.full((width, width), correlation)
    np.fill_diagonal(wanted, 1.0)
    return wanted


def _scored(ranked: Array) -> Array:
    """Correlations of normal scores whose ranks have these; of each with itself 1."""
    scored: Array = 2.0 * np.sin(np.pi / 6.0 * ranked)
    np.fill_diagonal(scored, 1.0)
    return scored


def _ranks(columns: Array) -> Places:
    """Places of the values of each column in ascending order, from 0; of equal ones by where they stand."""
    order = np.argsort(columns, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(len(columns))[:, None], axis=0)
    return ranks
