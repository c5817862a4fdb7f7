"""Streets: stretches of several packages that lie in one place, each renewed alone or together with others, which saves
what their shared trench costs (docs/numbers.md, Stretches: Street).

A place is one compound item of two or three stretches. At given prices it decides alone: which of its stretches to
renew together and when. What it earns then is known in closed form: the best of each stretch alone, and on top the best
of the ways to join them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jaryq.solve.lp import Array
from jaryq.solve.stretches.types import Mask, Whole

MOST = 3
"""Stretches of a place that share trenches with each other."""

EDGES = ((0, 1), (0, 2), (1, 2))
"""Members that may share a trench."""

BLOCK = 16_384
"""Places that are priced at once."""


@dataclass(frozen=True, eq=False)
class Places:
    """H places. ``member[h, 3]``: stretches (-1: none); ``pair[h, e]``: the pair of packages (a place in ``trenches``,
    -1: none) whose trench the members ``EDGES[e]`` share, ``km[h, e]`` how much of it; ``trenches``: of each pair of
    packages the rows of ``Stretches.column`` with the km they have together."""

    member: Whole
    pair: Whole
    km: Array
    trenches: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.member)

    @cached_property
    def edge(self) -> tuple[Whole, Whole, Whole, Whole, Whole]:
        """Of each shared trench in a place: the place, which of its ``EDGES``, the two stretches, the pair."""
        h, e = np.nonzero(self.pair >= 0)
        ends = np.array(EDGES)[e]
        return h, e, self.member[h, ends[:, 0]], self.member[h, ends[:, 1]], self.pair[h, e]

    @cached_property
    def edge_km(self) -> Array:
        """Km of each shared trench in a place."""
        h, e = self.edge[:2]
        found: Array = self.km[h, e]
        return found

    @cached_property
    def rows(self) -> Whole:
        """Rows of ``Stretches.column`` that are trenches."""
        return np.unique(np.array([row for rows in self.trenches for row in rows], dtype=np.int64))

    def inside(self, count: int) -> Mask:
        """Which of so many stretches are in a place."""
        found = np.zeros(count, dtype=np.bool_)
        found[self.member[self.member >= 0]] = True
        return found

    def saved(self, links: Array) -> Array:
        """saved[q, t]: what a shared km of a pair of packages saves at the multipliers of the links (of a trench: <= 0,
        as it has at most what its places have)."""
        return np.array([np.maximum(-links[list(rows)], 0.0).sum(axis=0) for rows in self.trenches]).reshape(
            len(self.trenches), links.shape[1])

    def blocks(self) -> Iterator[slice]:
        """The places in pieces."""
        for start in range(0, len(self), BLOCK):
            yield slice(start, start + BLOCK)


def laid(place: Whole, package: Whole, km: Array, trenches: Sequence[tuple[int, int, int]]) -> Places | None:
    """The places of stretches. ``place[i]`` (-1: none): those with the same number lie together, at most one of each
    package; ``trenches``: two packages and the row of their trench. What two stretches share is as long as the shorter
    of them. None without trenches. Raises ValueError where more than three of a place share trenches."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for n, m, row in trenches:
        pairs.setdefault((min(n, m), max(n, m)), []).append(row)
    if not pairs:
        return None
    ones, others, of = [], [], []
    lies = place >= 0
    for q, (n, m) in enumerate(pairs):
        mine, theirs = np.flatnonzero(lies & (package == n)), np.flatnonzero(lies & (package == m))
        _, a, b = np.intersect1d(place[mine], place[theirs], return_indices=True)
        ones.append(mine[a])
        others.append(theirs[b])
        of.append(np.full(len(a), q))
    one, other, pair = (np.concatenate(parts).astype(np.int64) for parts in (ones, others, of))
    count = len(km)
    _, label = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(count, count)), directed=False)
    inside = np.unique(np.concatenate([one, other]))
    order = inside[np.argsort(label[inside], kind="stable")]
    _, first, h = np.unique(label[order], return_index=True, return_inverse=True)
    rank = np.arange(len(order)) - first[h]
    if rank.max(initial=0) >= MOST:
        raise ValueError("more than three stretches of a place share trenches")
    at, position = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    at[order], position[order] = h, rank
    member = np.full((len(first), MOST), -1, dtype=np.int64)
    member[h, rank] = order
    low, high = np.minimum(position[one], position[other]), np.maximum(position[one], position[other])
    e = low + high - 1
    pair_at, length = np.full(member.shape, -1, dtype=np.int64), np.zeros(member.shape)
    pair_at[at[one], e], length[at[one], e] = pair, np.minimum(km[one], km[other])
    return Places(member, pair_at, length, tuple(tuple(rows) for rows in pairs.values()))


@dataclass(frozen=True, eq=False)
class Answers:
    """What places earn (``value[h]``), the period of each member (``period[h, 3]``, -1: not renewed) and a number that
    says with whom it is renewed (``joined[h, 3]``: bits of ``EDGES``; 0: alone)."""

    value: Array
    period: Whole
    joined: Whole


def answers(worth: Array, saves: Array) -> Answers:
    """The best of each place: ``worth[h, 3, t]``, ``saves[h, e, t]`` as ``together.worths`` has them.

    .. math:: \\sum_i a_i + \\max(0, e_{12}, e_{13}, e_{23}, e_{123}, \\tfrac12 \\sum e_{ij}^+)

    ``a_i``: the best of a member alone, ``e_B`` what the best period of a block earns more than its members alone.
    """
    count = len(worth)
    alone, when = _best(worth, least=0.0)
    gains, periods = [np.zeros(count)], [when]
    for e, (i, j) in enumerate(EDGES):
        most, at = _best(worth[:, i] + worth[:, j] + saves[:, e])
        gains.append(most - alone[:, i] - alone[:, j])
        periods.append(_with(when, {i: at, j: at}))
    most, at = _best(worth.sum(axis=1) + saves.sum(axis=1))
    gains.append(most - alone.sum(axis=1))
    periods.append(np.repeat(at[:, None], MOST, axis=1))
    # In halves: each of three is half renewed with one, half with the other.
    gains.append(0.5 * np.maximum(np.array(gains[1:4]), 0.0).sum(axis=0))
    first = periods[1][:, 0]
    periods.append(np.stack([first, first, periods[2][:, 2]], axis=1))
    table = np.array(gains)
    # The halves are a choice of their own only where they are better than any other.
    table[-1] = np.where(table[-1] > table[:-1].max(axis=0) * (1 + 1e-12), table[-1], -np.inf)
    kind = table.argmax(axis=0)
    rows = np.arange(count)
    return Answers(alone.sum(axis=1) + table[kind, rows], np.array(periods)[kind, rows], _JOINED[kind])


_JOINED = np.array([[0, 0, 0], [1, 1, 0], [2, 0, 2], [0, 4, 4], [7, 7, 7], [8, 8, 8]])
"""With whom each member is renewed, by the kinds of answers."""


def _best(worth: Array, least: float | None = None) -> tuple[Array, Whole]:
    """The most over the periods and where; ``least``: what doing nothing (-1) earns."""
    if not worth.shape[-1]:
        return np.full(worth.shape[:-1], 0.0 if least is not None else -np.inf), np.full(worth.shape[:-1], -1)
    at = worth.argmax(axis=-1)
    most = np.take_along_axis(worth, at[..., None], axis=-1)[..., 0]
    if least is None:
        return most, at
    return np.maximum(most, least), np.where(most > least, at, -1)


def _with(when: Whole, more: dict[int, Whole]) -> Whole:
    found = when.copy()
    for i, at in more.items():
        found[:, i] = at
    return found
