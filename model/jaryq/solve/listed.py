"""Whole points by list scheduling: facilities in the order in which the linear relaxation does them, each at the first
start that still fits.

For many facilities that wait for each other, as in open pits (after "TopoSort": Chicoisne, Espinoza, Goycoolea, Moreno,
Rubio 2012): the relaxation begins no more of a facility than is ready of those it waits for, so its mean start comes
later. Rows of choices alone are kept exactly, rows of money by the most that can be drawn; linear programs then say how
much of the list can be paid for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from jaryq.solve.clock import now
from jaryq.solve.dive import Key, Point
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram

PASSES = 3
"""Passes in which bounds of columns follow from rows."""

PROGRAMS = 40
"""Linear programs of one list at most."""

PART = 1e-6
"""A part of a choice other than a start counts as the choice from here on."""

FITS = 1e-9
"""A row may be missed by this much more."""


class Lister:
    """A program with one cost; ``seconds`` spent in the solver."""

    def __init__(self, program: LinearProgram, cost: Array, at: Mapping[Key, list[int]], seed: int, end: float) -> None:
        self.program, self.end = program, end
        self.groups = [columns for (family, _), columns in at.items() if family == "start"]
        self.solver = Solver(program, seed=seed)
        self.solver.minimise(cost)
        labels = sorted({str(program.columns[j][1][1]) for columns in self.groups for j in columns})
        rank = {label: i for i, label in enumerate(labels)}
        self.count = len(labels)
        self.position = {j: rank[str(program.columns[j][1][1])] for columns in self.groups for j in columns}
        self._others = program.whole.copy()
        self._others[list(self.position)] = False
        self._by_column = csc_array(program.matrix)
        upper = _tightened(program)
        up, down = program.matrix.maximum(0), program.matrix.minimum(0)
        free = ~program.whole
        self._low = up @ (program.col_lower * free) + down @ (upper * free)
        self._high = up @ (upper * free) + down @ (program.col_lower * free)

    @property
    def seconds(self) -> float:
        return self.solver.seconds

    def plan(self, x: Array, *, least: float, early: bool) -> Point | None:
        """A whole point from the relaxation's point ``x``, of facilities that it does to the share ``least`` or more;
        None if nothing of the list can be paid.

        ``early``: the earliest start that fits; else the first that fits from where the relaxation has begun half of
        its share, then earlier ones.
        """
        most = self.program.col_upper
        groups = [columns for columns in self.groups if x[columns].sum() > least and most[columns].max() > 0]
        groups.sort(key=lambda columns: (self._expected(columns, x), -float(x[columns].sum()), columns[0]))
        base = np.where(self._others, np.ceil(x - PART), 0.0)
        chosen, first = self._chosen(groups, base, x, early=early)
        return self._paid(base, chosen, first)

    def _expected(self, columns: Sequence[int], x: Array) -> float:
        """The mean start of a facility in the relaxation; what is not done counts as after the end."""
        return sum(self.position[j] * float(x[j]) for j in columns) + self.count * (1.0 - float(x[columns].sum()))

    def _chosen(self, groups: Sequence[list[int]], base: Array, x: Array, *, early: bool) -> tuple[list[int], int]:
        """Starts in the order of the list, and how many of them are needed (the last that a rule demands, and all
        before it)."""
        program, matrix = self.program, self._by_column
        sums = program.matrix @ base
        chosen: list[int] = []
        needed = 0
        for columns in groups:
            for j in self._tries(columns, x, early=early):
                here = slice(matrix.indptr[j], matrix.indptr[j + 1])
                rows, values = matrix.indices[here], matrix.data[here]
                was, now = (self._missed(rows, total) for total in (sums[rows], sums[rows] + values))
                if program.col_upper[j] > 0 and np.all(now <= was + FITS):
                    sums[rows] += values
                    chosen.append(j)
                    if program.col_lower[j] > 0 or np.any(now < was - FITS):
                        needed = len(chosen)
                    break
        return chosen, needed

    def _tries(self, columns: Sequence[int], x: Array, *, early: bool) -> Iterator[int]:
        ordered = sorted(columns, key=lambda j: self.position[j])
        if early:
            return iter(ordered)
        begun = np.cumsum(x[ordered])
        middle = int(np.searchsorted(begun, begun[-1] / 2.0))
        return iter([*ordered[middle:], *reversed(ordered[:middle])])

    def _missed(self, rows: npt.NDArray[np.int32], sums: Array) -> Array:
        """By how much rows are missed whatever the columns that are not whole."""
        above = sums + self._low[rows] - self.program.row_upper[rows]
        below = self.program.row_lower[rows] - sums - self._high[rows]
        missed: Array = np.maximum(np.maximum(above, below), 0.0)
        return missed

    def _paid(self, base: Array, chosen: Sequence[int], first: int) -> Point | None:
        """As much of the list as the linear program has a point for: all of it, else half of what is left, and so on; a
        start that does not fit alone is left out."""
        kept: list[int] = []
        rest, size = list(chosen), len(chosen)
        best: Point | None = None
        for _ in range(PROGRAMS):
            if (best is not None and not rest) or now() >= self.end:
                break
            found = self._point(base, [*kept, *rest[:size]])
            if found is not None:
                best, kept, rest, size = found, [*kept, *rest[:size]], rest[size:], 2 * size
            elif best is None and size <= first:
                break
            elif size <= 1:
                rest = rest[1:]
            else:
                size = max(size // 2, first if best is None else 1)
        return best

    def _point(self, base: Array, chosen: Sequence[int]) -> Point | None:
        whole = self.program.whole
        at = base.copy()
        at[list(chosen)] = 1.0
        self.solver.column_bounds(np.where(whole, at, self.program.col_lower),
                                  np.where(whole, at, self.program.col_upper))
        self.solver.forget()
        outcome = self.solver.run()
        return Point(outcome.x, outcome.objective) if outcome.is_best else None


def _tightened(program: LinearProgram) -> Array:
    """Upper bounds of columns that follow from the rows they stand in, whatever the other columns are."""
    matrix = program.matrix.tocoo()
    rows, columns, values = matrix.row, matrix.col, matrix.data
    lower, upper = program.col_lower, program.col_upper.copy()
    count = program.shape[0]
    for _ in range(PASSES):
        low, high = values * lower[columns], values * upper[columns]
        least, most = np.minimum(low, high), np.maximum(low, high)
        room_above = program.row_upper[rows] - np.bincount(rows, least, count)[rows] + least
        room_below = program.row_lower[rows] - np.bincount(rows, most, count)[rows] + most
        limit = np.where(values > 0, room_above, room_below) / values
        np.minimum.at(upper, columns, np.where(np.isfinite(limit), limit, np.inf))
        upper = np.maximum(upper, lower)
    return upper
