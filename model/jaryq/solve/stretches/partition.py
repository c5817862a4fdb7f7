"""Groups of stretches: each of one package, with one set of periods that are still allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stretches.cells import Cells, celled
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Mask, Whole

FIRST = 4
"""Groups of a package to begin with."""


@dataclass(frozen=True, eq=False)
class Partition:
    """``group[i]`` of a stretch; of a group its ``package``, its ``km``, length-weighted means of costs and properties,
    the periods it may be renewed in and whether all of it must be (a face of an earlier stage says so). The first
    ``kept`` groups are those of the partition it was split from, in the same order; a later one had the choice
    ``born`` (a period, -1: none) in it. ``cells``: where two groups may share trenches."""

    group: Whole
    package: Whole
    km: Array
    costs: Mapping[str, Array]
    uses: tuple[Array, ...]
    allowed: Mask
    full: Mask
    kept: int
    born: Whole
    cells: Cells = field(default_factory=Cells.none)

    @property
    def count(self) -> int:
        return len(self.package)

    def worth(self, register: Stretches, stage: str, price: Array, dual: Array) -> Array:
        """What a km of each group is worth in each period on average, as ``Stretches.values``; closed periods too."""
        found = -price[self.package]
        if stage in self.costs:
            found -= self.costs[stage]
        for one, means in zip(register.uses, self.uses, strict=True):
            if (weight := one.weight(dual)) is not None:
                found += weight[self.package][:, None] * means
        return found


def first_partition(register: Stretches, stage: str = "", count: int = FIRST) -> Partition:
    """Groups of each package by quantiles of the costs in ``stage``, one of each where it has none."""
    key = quantiles(register, stage, count) if stage in register.costs else np.zeros(len(register.km), dtype=np.int64)
    _, group = np.unique((2 * register.package + register.placed) * count + key, return_inverse=True)
    of = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    of[group] = register.package
    return _with_means(register, group, of, register.open[of], np.zeros(len(of), dtype=np.bool_), len(of),
                       np.full(len(of), -1, dtype=np.int64))


def quantiles(register: Stretches, stage: str, count: int = FIRST) -> Whole:
    """The part of its package (by length) that a stretch is in by the sum of its costs."""
    order = np.lexsort((register.costs[stage].sum(axis=1), register.package))
    km, package = register.km[order], register.package[order]
    total = np.bincount(package, km, minlength=len(register.column))
    before = np.concatenate([[0.0], np.cumsum(total)[:-1]])
    middle = np.cumsum(km) - km / 2 - before[package]
    found = np.empty(len(km), dtype=np.int64)
    found[order] = np.clip((middle / np.where(total > 0, total, 1.0)[package] * count).astype(np.int64), 0, count - 1)
    return found


def freed(register: Stretches, partition: Partition) -> Partition:
    """The same groups before any stage."""
    return replace(unsplit(partition), allowed=register.open[partition.package],
                   full=np.zeros(partition.count, dtype=np.bool_))


def unsplit(partition: Partition) -> Partition:
    """The same groups as those of a basis that knows all of them."""
    return replace(partition, kept=partition.count, born=partition.born[:0])


def regrouped(register: Stretches, *keys: Whole, asked: Mask | None = None) -> Partition:
    """A group for the stretches of a package that have the same keys (each >= -1). ``asked``: as in ``Cells``."""
    label = 2 * register.package.astype(np.int64) + register.placed
    for key in keys:
        span = int(key.max(initial=0)) + 2
        label = np.unique(label * span + key + 1, return_inverse=True)[1]
    label = np.unique(label, return_inverse=True)[1]
    of = np.zeros(int(label.max(initial=-1)) + 1, dtype=np.int64)
    of[label] = register.package
    found = _with_means(register, label, of, register.open[of], np.zeros(len(of), dtype=np.bool_), len(of),
                        np.full(len(of), -1, dtype=np.int64))
    return found if asked is None else replace(found, cells=celled(register, label, Cells.of(asked)))


def split(register: Stretches, old: Partition, key: Whole, choice: Whole | None = None, allowed: Mask | None = None,
          full: Mask | None = None) -> Partition:
    """The members of a group with different keys (>= 0) apart: those of the least one stay, for each other there is a
    new group, born with ``choice[i]`` of one of its members (none: nothing). ``allowed[i, t]``, ``full[i]``: the face
    by stretch, the same for all of a group and key; without, that of the groups."""
    span = int(key.max(initial=0)) + 1
    pairs, first, label = np.unique(old.group * span + key, return_index=True, return_inverse=True)
    parent = pairs // span
    stays = np.concatenate([[True], parent[1:] != parent[:-1]]) if len(parent) else np.zeros(0, dtype=np.bool_)
    number = np.where(stays, parent, old.count + np.cumsum(~stays) - 1)
    new = ~stays
    package = np.concatenate([old.package, old.package[parent[new]]])
    group = number[label]
    if allowed is None or full is None:
        at = np.concatenate([np.arange(old.count), parent[new]])
        may, must = old.allowed[at], old.full[at]
    else:
        may, must = np.empty((len(package), register.periods), dtype=np.bool_), np.empty(len(package), dtype=np.bool_)
        may[group], must[group] = allowed, full
    own = np.full(int(new.sum()), -1, dtype=np.int64) if choice is None else choice[first[new]]
    born = np.concatenate([np.full(old.count, -1, dtype=np.int64), own])
    return _with_means(register, group, package, may, must, old.count, born, old, parent[new])


def _with_means(register: Stretches, group: Whole, package: Whole, allowed: Mask, full: Mask, kept: int, born: Whole,
                old: Partition | None = None, parents: Whole | None = None) -> Partition:
    """The partition with lengths and means: of all groups, or of those that are new or have lost members."""
    count = len(package)
    if old is None or parents is None:
        members, changed = np.arange(len(group)), np.arange(count)
    else:
        touched = np.zeros(count, dtype=np.bool_)
        touched[parents] = True
        touched[kept:] = True
        members, changed = np.flatnonzero(touched[group]), np.flatnonzero(touched)
    own = np.empty(count, dtype=np.int64)
    own[changed] = np.arange(len(changed))
    place = own[group[members]]
    km = register.km[members]
    length = np.bincount(place, km, minlength=len(changed))
    known = np.zeros(count) if old is None else np.concatenate([old.km, np.zeros(count - kept)])
    known[changed] = length

    def mean(table: Array, before: Array | None) -> Array:
        found = np.zeros((count, register.periods))
        if before is not None:
            found[:kept] = before
        for t in range(register.periods):
            sums = np.bincount(place, km * table[members, t], minlength=len(changed))
            found[changed, t] = sums / np.where(length > 0, length, 1.0)
        return found

    return Partition(
        group, package, known,
        {stage: mean(table, None if old is None else old.costs[stage]) for stage, table in register.costs.items()},
        tuple(mean(one.table, None if old is None else old.uses[m]) for m, one in enumerate(register.uses)),
        allowed, full, kept, born,
        Cells.none() if old is None else celled(register, group, old.cells),
    )
