"""From km of groups to km of stretches that share trenches: a group that is renewed in part, or in several periods, is
told by stretch so that what is shared stays shared."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.stretches.fill import LEAST, Filled, fill
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Mask, Whole

OFF = 1e-7
"""Share of its size by which a sum may be missed."""


def filled(register: Stretches, partition: Partition, km: Array, x: Array, stage: str) -> Filled:
    """What each group renews (``km[g, t]``, ``x``: the columns of the base) as stretches. Groups that share trenches
    and do not all do one thing are told by a vertex of a small program: as many km of each in each period, trenches
    shared as much, rows that sum over stretches the same, costs in ``stage`` as good. Others as ``fill``; where
    the solver finds none all of a group do the same part."""
    places = register.places
    apart = _apart(register, partition, km, x)
    if places is None or not apart.any():
        return fill(register, partition, km)
    small = _Small(register, partition, km, x, apart)
    told = small.solved(stage)
    rest = fill(register, partition, np.where(apart[:, None], 0.0, km))
    row, period, amount = (np.concatenate(parts) for parts in zip((rest.row, rest.period, rest.km), told, strict=True))
    by = np.lexsort((period, row))
    return Filled(row[by], period[by], amount[by])


def _apart(register: Stretches, partition: Partition, km: Array, x: Array) -> Mask:
    """Groups in part or in several periods, in a cell that shares in a period in which they are renewed."""
    found = np.zeros(partition.count, dtype=np.bool_)
    places = register.places
    if places is None:
        return found
    used = km > LEAST
    left = partition.km - km.sum(axis=1) > 1e-9 * np.maximum(1.0, partition.km)
    several = used.sum(axis=1) + left > 1
    joint = np.where(register.column[places.rows] >= 0, x[register.column[places.rows]], 0.0)
    shares = np.array([[joint[np.searchsorted(places.rows, rows), t].max() > LEAST for t in range(register.periods)]
                       for rows in places.trenches])
    cells = partition.cells
    here = shares[cells.pair, cells.period] & used[cells.one, cells.period] & used[cells.other, cells.period]
    for side in (cells.one, cells.other):
        found[side[here & several[side]]] = True
    return found


class _Small:
    """The program of the stretches of some groups: km of each in the periods of its group, and what they share with
    others of their place."""

    def __init__(self, register: Stretches, partition: Partition, km: Array, x: Array, apart: Mask) -> None:
        self.register, self.partition, self.km, self.apart = register, partition, km, apart
        inside = np.flatnonzero(apart[partition.group])
        i, t = np.nonzero(km[partition.group[inside]] > LEAST)
        self.stretch, self.period = inside[i], t
        self.at = {pair: j for j, pair in enumerate(zip(self.stretch.tolist(), t.tolist(), strict=True))}
        self.rows: list[tuple[list[int], list[float], float, float]] = []
        self.joint = {(k, t): float(x[register.column[k, t]]) for k in register.trenches.tolist()
                      for t in range(register.periods) if register.column[k, t] >= 0}
        self._sums()
        self.shared = self._shares()

    def _add(self, columns: list[int], data: list[float], low: float, high: float) -> None:
        self.rows.append((columns, data, low, high))

    def _sums(self) -> None:
        """Km of each stretch, km of each group in each period, and rows that sum over stretches."""
        group = self.partition.group[self.stretch]
        for label, sides in ((self.stretch, None), (group * self.register.periods + self.period, self.km)):
            order = np.argsort(label, kind="stable")
            for part in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
                j = int(part[0])
                amount = float(self.register.km[self.stretch[j]]) if sides is None else float(
                    sides[group[j], self.period[j]])
                self._add(part.tolist(), [1.0] * len(part), -np.inf if sides is None else amount, amount)
        for m, one in enumerate(self.register.uses):
            for weight in one.weights.values():
                own = weight[self.register.package[self.stretch]]
                each = own * one.table[self.stretch, self.period]
                mean = own * self.partition.uses[m][group, self.period]
                share = np.where(self.partition.km[group] > 0, self.register.km[self.stretch]
                                 / np.where(self.partition.km[group] > 0, self.partition.km[group], 1.0), 0.0)
                total = float((mean * share * self.km[group, self.period]).sum())
                size = OFF * max(1.0, abs(total))
                self._add(list(range(len(each))), each.tolist(), total - size, total + size)

    def _shares(self) -> list[float]:
        """A column for what each trench of a place shares in a period, at most the part of both; its km at most. What
        the others share is known."""
        places, km = self.register.places, self.km
        assert places is not None
        count, group = len(self.stretch), self.partition.group
        part = km / np.where(self.partition.km > 0, self.partition.km, 1.0)[:, None]
        most: list[float] = []
        of: dict[tuple[int, int], list[int]] = {}
        known = dict.fromkeys(((q, t) for q in range(len(places.trenches)) for t in range(self.register.periods)), 0.0)
        for e, (i, j, q) in enumerate(zip(*(places.edge[n].tolist() for n in (2, 3, 4)), strict=True)):
            for t in np.flatnonzero((part[group[i]] > LEAST) & (part[group[j]] > LEAST)).tolist():
                length = float(places.edge_km[e])
                mine = [one for one in (i, j) if self.apart[group[one]]]
                if not mine:
                    known[q, t] += length * float(min(part[group[i], t], part[group[j], t]))
                    continue
                column = count + len(most)
                most.append(length * min([1.0, *(float(part[group[one], t]) for one in (i, j) if one not in mine)]))
                of.setdefault((q, t), []).append(column)
                for one in mine:
                    self._add([column, self.at[one, t]], [1.0, -length / float(self.register.km[one])], -np.inf, 0.0)
        for (q, t), columns in of.items():
            wanted = max((self.joint.get((k, t), 0.0) for k in places.trenches[q]), default=0.0) - known[q, t]
            self._add(columns, [1.0] * len(columns), wanted - OFF * max(1.0, abs(wanted)) if wanted > 0 else -np.inf,
                      np.inf)
        return most

    def solved(self, stage: str) -> tuple[Whole, Whole, Array]:
        """Stretch, period and km."""
        solver = Solver(self.program(stage))
        solver.minimise(solver.program.objectives[stage][0] * solver.program.unit(stage))
        outcome = solver.run()
        count = len(self.stretch)
        group = self.partition.group[self.stretch]
        amount = outcome.x[:count] if outcome.stop == "optimal" else (
            self.register.km[self.stretch] / self.partition.km[group] * self.km[group, self.period])
        there = np.flatnonzero(amount > LEAST)
        return self.stretch[there], self.period[there], amount[there]

    def program(self, stage: str) -> LinearProgram:
        """As arrays."""
        count, more = len(self.stretch), len(self.shared)
        data = np.concatenate([np.array(one[1]) for one in self.rows])
        columns = np.concatenate([np.array(one[0]) for one in self.rows])
        at = np.repeat(np.arange(len(self.rows)), [len(one[0]) for one in self.rows])
        table = self.register.costs.get(stage)
        costs = np.zeros(count) if table is None else table[self.stretch, self.period]
        return LinearProgram(
            csr_array(coo_array((data, (at, columns)), shape=(len(self.rows), count + more))),
            np.array([one[2] for one in self.rows]), np.array([one[3] for one in self.rows]), np.zeros(count + more),
            np.concatenate([self.register.km[self.stretch], self.shared]), np.zeros(count + more, dtype=np.bool_),
            {stage: (np.concatenate([costs, np.zeros(more)]), 0.0)}, (("x", ()),) * (count + more),
            (("row", ()),) * len(self.rows))
