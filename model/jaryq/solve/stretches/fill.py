"""From km of groups to km of stretches: inside a group stretches are filled one after another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jaryq.solve.lp import Array
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Mask, Whole

LEAST = 1e-9
"""Km below this are nothing."""


@dataclass(frozen=True, eq=False)
class Filled:
    """``km`` of the stretch ``row`` in ``period``, one entry for each that is above 0: by stretch, then by period."""

    row: Whole
    period: Whole
    km: Array

    def cut(self, register: Stretches) -> Mask:
        """Stretches that are renewed in part or in several periods."""
        done = np.bincount(self.row, self.km, minlength=len(register.km))
        times = np.bincount(self.row, minlength=len(register.km))
        return (times > 1) | ((times > 0) & (done < register.km - 1e-6 * np.maximum(1.0, register.km)))


def fill(register: Stretches, partition: Partition, km: Array) -> Filled:
    """What each group renews (``km[g, t]``) as stretches in the order of the register, period after period: of a group
    as many are cut as it has periods, less one where all of it is renewed."""
    order = np.lexsort((np.arange(len(register.km)), partition.group))
    group, length = partition.group[order], register.km[order]
    ends = np.cumsum(length)
    # Lengths of a group begin at its own mark, so that sums of others leave no trace.
    first = np.searchsorted(group, np.arange(partition.count))
    before = ends - length
    mark = before[first[group]]
    low, high = before - mark, ends - mark
    done = np.cumsum(np.where(km > LEAST, km, 0.0), axis=1)
    rows, periods, amounts = [], [], []
    for t in range(register.periods):
        begin = done[group, t - 1] if t else np.zeros(len(group))
        amount = np.minimum(high, done[group, t]) - np.maximum(low, begin)
        there = np.flatnonzero(amount > LEAST)
        rows.append(order[there])
        periods.append(np.full(len(there), t, dtype=np.int64))
        amounts.append(amount[there])
    row, period, amount = np.concatenate(rows), np.concatenate(periods), np.concatenate(amounts)
    by = np.lexsort((period, row))
    return Filled(row[by], period[by], amount[by])
