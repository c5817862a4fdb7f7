"""Cells: where a group of stretches of one package and a group of another have places in common, and may share trenches
in a period. As groups do the same part of all their members, so do cells of all their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Mask, Whole


@dataclass(frozen=True, eq=False)
class Cells:
    """``asked[edge, t]``: whether a shared trench of a place (``Places.edge``) is looked at in a period; the cells that
    follow: the ``pair`` of packages, the groups ``one`` and ``other``, the ``period``. Cells stay in their order when
    groups split and further ones are asked for."""

    asked: Mask
    pair: Whole
    one: Whole
    other: Whole
    period: Whole

    @classmethod
    def none(cls) -> Cells:
        """No cells."""
        return cls.of(np.zeros((0, 0), dtype=np.bool_))

    @classmethod
    def of(cls, asked: Mask) -> Cells:
        """Shared trenches that are asked for, before there are cells."""
        nothing = np.zeros(0, dtype=np.int64)
        return cls(asked, nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.pair)


def celled(register: Stretches, group: Whole, known: Cells) -> Cells:
    """The cells of groups, in which all that was known are the first."""
    places = register.places
    if places is None or not known.asked.any():
        return known
    key = _keys(register, group)
    e, t = np.nonzero(known.asked)
    periods = register.periods
    wanted = np.unique(key[e] * periods + t)
    have = _key(group, known.pair, known.one, known.other) * periods + known.period
    new = wanted[~np.isin(wanted, have)]
    _, _, one, other, pair = places.edge
    at = np.zeros(len(new), dtype=np.int64)
    order = np.argsort(key, kind="stable")
    at = order[np.searchsorted(key[order], new // periods)]
    return Cells(known.asked, np.concatenate([known.pair, pair[at]]), np.concatenate([known.one, group[one[at]]]),
                 np.concatenate([known.other, group[other[at]]]), np.concatenate([known.period, new % periods]))


def more_asked(register: Stretches, group: Whole, known: Cells, edge: Whole, period: Whole) -> Cells:
    """The same with shared trenches asked for in further periods, and with each all that are in a cell with it."""
    places = register.places
    assert places is not None
    none = np.zeros((len(places.edge_km), register.periods), dtype=np.bool_)
    asked = known.asked.copy() if known.asked.size else none
    asked[edge, period] = True
    label = np.unique(_keys(register, group), return_inverse=True)[1]
    together = np.zeros((int(label.max(initial=-1)) + 1, register.periods), dtype=np.bool_)
    np.logical_or.at(together, label, asked)
    return Cells(together[label], known.pair, known.one, known.other, known.period)


def shared(register: Stretches, group: Whole, cells: Cells, amount: Array) -> Array:
    """By shared trench and period, of a number that each cell has."""
    places = register.places
    assert places is not None
    key = _keys(register, group)
    label, at = np.unique(key, return_inverse=True)
    table = np.zeros((len(label), register.periods))
    theirs = _key(group, cells.pair, cells.one, cells.other)
    where = np.searchsorted(label, theirs)
    # Cells whose places have all left for others have none.
    there = (where < len(label)) & (label[np.minimum(where, len(label) - 1)] == theirs)
    table[where[there], cells.period[there]] = amount[there]
    found: Array = table[at]
    return found


def km_of(register: Stretches, group: Whole, cells: Cells) -> Array:
    """Km that the places of each cell share."""
    places = register.places
    if places is None or not len(cells):
        return np.zeros(len(cells))
    key = _keys(register, group)
    label, at = np.unique(key, return_inverse=True)
    length = np.bincount(at, places.edge_km, minlength=len(label))
    theirs = _key(group, cells.pair, cells.one, cells.other)
    where = np.minimum(np.searchsorted(label, theirs), len(label) - 1)
    return np.where(label[where] == theirs, length[where], 0.0)


def _keys(register: Stretches, group: Whole) -> Whole:
    """A number for each shared trench of a place, the same for those in one cell."""
    assert register.places is not None
    _, _, one, other, pair = register.places.edge
    return _key(group, pair, group[one], group[other])


def _key(group: Whole, pair: Whole, one: Whole, other: Whole) -> Whole:
    size = int(group.max(initial=0)) + 1
    found: Whole = (pair * size + one) * size + other
    return found
