"""The linear program of a stage at any node of a branching tree: under splits of sums of whole columns, and under the
values that plans keep in the stages before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jaryq.base.errors import NoPlan
from jaryq.solve.bases import further
from jaryq.solve.highs import Solver
from jaryq.solve.lp import Array, LinearProgram
from jaryq.solve.sets import Set, done_at, sets_of, starts_of

OVERHEAD, PASS, STEP = 8e4, 70.0, 7e3
"""What it takes to ask a linear program once, whatever its size; to ask it, by its coefficients; and a step of the
simplex method beside looking at each of them, all in coefficients looked at. Measured on programs of 130 to 9,200
coefficients, within a sixth: 0.124 ms, 0.11 us, 0.011 ms, where one is 1.6 ns; 16e9 are some 25 s for any of them."""


def work(coefficients: int, steps: int) -> float:
    """Effort of a linear program, warm: alike on every machine, and in step with the time that it takes."""
    return OVERHEAD + PASS * coefficients + steps * (STEP + coefficients)


Path = tuple[tuple[int, int, int], ...]
"""Splits from the root: (number of the set, level k, branch: 0 at most k, 1 at least k + 1)."""


@dataclass(frozen=True)
class Kept:
    """An earlier stage and the value (minimised) that plans keep."""

    stage: str
    limit: float


@dataclass(frozen=True, eq=False)
class Leaf:
    """What the linear program says at a node: its value (infinite if there is no point), the point, multipliers of
    rows, of caps (positive where they count) and of sets (positive: of what they are at least; negative: of what they
    are at most)."""

    value: float
    x: Array
    rows: Array
    caps: Array
    sets: Array

    @property
    def empty(self) -> bool:
        return self.value == np.inf


class Relaxation:
    """The linear program of a stage under the caps of those before it, solved at any node."""

    def __init__(self, program: LinearProgram, stage: str, caps: Sequence[Kept],
                 sets: Sequence[Set] | None = None) -> None:
        """``sets``: of which columns the sums may be split; if None those of ``sets_of``, and what is done at a
        point."""
        self.program, self.stage, self.caps = program, stage, caps
        self.unit = program.unit(stage)
        self.constant = program.objectives[stage][1]
        self.sets = list(sets_of(program) if sets is None else sets)
        self._facilities = starts_of(program) if sets is None else []
        self.work = 0.0
        self._count = program.shape[0]
        self._limits: dict[int, tuple[float, float]] = {}
        self._sums: dict[int, tuple[float, float]] = {}
        self.solver = Solver(program, presolve=False)
        self.solver.option("simplex_strategy", 1)
        self.solver.minimise(program.objectives[stage][0] * self.unit)
        for cap in caps:
            vector, constant = program.objectives[cap.stage]
            most = program.unit(cap.stage) * (cap.limit - constant)
            self.solver.add_cap(vector * program.unit(cap.stage), most + 1e-9 * max(1.0, abs(most)))
        self._row: dict[int, int] = {}
        self._numbers: dict[Set, int] = {}
        for number, columns in enumerate(self.sets):
            self._enter(number, columns)

    def _enter(self, number: int, columns: Set) -> None:
        """Give a set its row; a single column has its own limits."""
        self._numbers[columns] = number
        if len(columns) > 1:
            self._row[number] = self._count + len(self.caps) + len(self._row)
            self.solver.add_sum(columns)

    def start_from(self, basis: Any) -> None:
        """Go on from a basis of a program of this shape, without caps and sets: these are basic."""
        self.solver.start_from(further(basis, len(self.caps) + len(self._row)))

    def done(self, x: Array) -> tuple[int, int] | None:
        """All that is done at a point, as a split: not all of it (the number of facilities less one at most), or all;
        None if a facility is done in part."""
        found = done_at(self._facilities, x)
        if found is None:
            return None
        columns, count = found
        return self.number(columns), count - 1

    def number(self, columns: Set) -> int:
        """The number of a set, which is one of the sets from now on."""
        if columns not in self._numbers:
            self.sets.append(columns)
            self._enter(len(self.sets) - 1, columns)
        return self._numbers[columns]

    def at(self, path: Path) -> Leaf:
        """The linear program at a node. Raises NoPlan if the solver is at a loss."""
        self._go_to(path)
        found = self._asked()
        if found is None:
            # As with every linear program: an unclear answer is asked for once more, from scratch.
            self.solver.forget()
            found = self._asked()
        if found is None:
            raise NoPlan(f"{self.stage}: the solver is at a loss at a node of the tree")
        return found

    def _asked(self) -> Leaf | None:
        outcome = self.solver.run()
        self.work += work(self.program.matrix.nnz, outcome.iterations)
        if outcome.is_best:
            return Leaf(outcome.objective / self.unit + self.constant, outcome.x,
                        *self._parts(outcome.row_dual / self.unit))
        ray = self.solver.ray() if outcome.stop == "infeasible" else None
        if ray is None or not np.abs(ray).max(initial=0.0) > 0:
            return None
        return Leaf(np.inf, np.zeros(0), *self._parts(ray / np.abs(ray).max()))

    def _parts(self, dual: Array) -> tuple[Array, Array, Array]:
        """Multipliers of rows, caps and sets, in the stages' own units."""
        units = np.array([self.program.unit(cap.stage) for cap in self.caps])
        sets = np.zeros(len(self.sets))
        for number, row in self._row.items():
            sets[number] = dual[row]
        return dual[: self._count], -dual[self._count: self._count + len(self.caps)] * units, sets

    def _go_to(self, path: Path) -> None:
        """Change the limits that are not yet those of the node."""
        limits: dict[int, tuple[float, float]] = {}
        sums: dict[int, tuple[float, float]] = {}
        for number, level, branch in path:
            columns = self.sets[number]
            if branch == 0 and level == 0:
                limits.update((j, (float(self.program.col_lower[j]), 0.0)) for j in columns)
            elif len(columns) == 1:
                limits[columns[0]] = (1.0, float(self.program.col_upper[columns[0]]))
            else:
                least, most = sums.get(number, (-np.inf, np.inf))
                sums[number] = (least, min(most, level)) if branch == 0 else (max(least, level + 1), most)
        for j in self._limits.keys() | limits.keys():
            wanted = limits.get(j, (float(self.program.col_lower[j]), float(self.program.col_upper[j])))
            if self._limits.get(j) != wanted:
                self.solver.column(j, *wanted)
        for number in self._sums.keys() | sums.keys():
            if self._sums.get(number) != sums.get(number):
                self.solver.between(self._row[number], *sums.get(number, (-np.inf, np.inf)))
        self._limits, self._sums = limits, sums
