"""The program on which opposites are solved: the one in which payments are added up over projects where that is a
relaxation (some ten times smaller), else the program itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from jaryq.explain.opposites import Opposite, Rows, Way
from jaryq.explain.shown import Shown
from jaryq.solve.aggregate import aggregate
from jaryq.solve.highs import Solver
from jaryq.solve.leaves import Place
from jaryq.solve.lp import Array, LinearProgram

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ground:
    """``column``, ``row``: which of it stands for those of the full program (-1: none)."""

    program: LinearProgram
    column: Places
    row: Places

    def opposite(self, one: Opposite) -> Opposite | None:
        """The opposite in this program; None where it has no place for it, or where a column stands for others too."""
        off, on = (tuple(self.column[list(columns)].tolist()) for columns in (one.off, one.on))
        if -1 in off or -1 in on or int(self._stands_for[[*off, *on]].sum()) > len(off) + len(on):
            return None
        return Opposite(one.kind, one.project, one.now, one.other, off, on)

    @cached_property
    def _stands_for(self) -> Places:
        """For how many columns of the full program each of this one stands."""
        return np.bincount(self.column[self.column >= 0], minlength=self.program.shape[1])

    def full_rows(self, dual: Array) -> Array:
        """Multipliers of the full program's rows."""
        return np.where(self.row >= 0, dual[self.row], 0.0)


def itself(shown: Shown) -> Ground:
    """The program itself."""
    rows, columns = shown.program.shape
    return Ground(shown.program, np.arange(columns, dtype=np.int64), np.arange(rows, dtype=np.int64))


def small(shown: Shown) -> Ground | None:
    """The small program; None where its rows are known to be tighter."""
    found = aggregate(shown.question, shown.program)
    return None if found.apart else Ground(found.program, found.column, found.row)


def work(program: LinearProgram, iterations: int) -> float:
    """Effort of a linear program, warm, in entries of the matrix: each once, and each row a few times an iteration
    (measured: 0.1 seconds for a million)."""
    return program.matrix.nnz + iterations * program.shape[0] / 16.0


ITERATIONS = 20_000
"""Simplex iterations after which a linear program is left: now and then one goes round in circles."""


@dataclass(frozen=True, eq=False)
class Said:
    """What a linear program says: its value (minimised; infinite: no point; None: the solver is at a loss), multipliers
    of the full program's rows, of the stages before and of sums of columns; of an empty program its proof."""

    value: float | None
    rows: Array
    before: Mapping[str, float]
    sums: Mapping[tuple[int, ...], float]


class Forced:
    """A stage's linear program, earlier stages at what plans as good as the shown one keep; solved with one opposite
    after the other, in one leaf after the other. After the best point with an opposite, which leads far away, each from
    the basis without any; after a proof that there is none in the same leaf, which takes a few steps, from where that
    ended (measured on the shipped case: a tenth of the iterations)."""

    def __init__(self, shown: Shown, ground: Ground, name: str, leaves: Sequence[Place],
                 bases: dict[str, Any]) -> None:
        self.ground, self.name = ground, name
        program = ground.program
        self.rows = Rows(program)
        self.before = shown.before(name)
        self.unit, self.constant = program.unit(name), program.objectives[name][1]
        self.solver = Solver(program)
        self.solver.minimise(program.objectives[name][0] * self.unit)
        for earlier in self.before:
            vector, constant = program.objectives[earlier]
            unit = program.unit(earlier)
            self.solver.add_cap(vector * unit, unit * (shown.most(earlier) - constant))
        self.sums: dict[tuple[int, ...], int] = {}
        for leaf in leaves:
            for columns, level, side in leaf.sums.values():
                if len(columns) > 1 and (side > 0 or level > 0) and columns not in self.sums:
                    self.sums[columns] = program.shape[0] + len(self.before) + len(self.sums)
                    self.solver.add_sum(ground.column[list(columns)].tolist())
        self.work = 0.0
        self.away = False
        self.leaf: Place | None = None
        if name in bases:
            self.solver.start_from(bases[name])
        self.solver.run()
        self.basis = bases[name] = self.solver.basis()
        self.solver.option("simplex_strategy", 1)
        self.solver.option("simplex_iteration_limit", ITERATIONS)

    def at(self, way: Way, leaf: Place | None = None) -> Said:
        """What the linear program says with a change of bounds in a leaf (none: the whole program)."""
        changed = self._in(leaf, way.of(self.ground.program))
        if np.any(changed.col_lower > changed.col_upper):
            return self._none(np.inf)
        self.solver.bounds_of(changed)
        if self.away or leaf is not self.leaf:
            self.solver.start_from(self.basis)
        outcome = self.solver.run()
        self.away, self.leaf = outcome.stop == "optimal", leaf
        self.work += work(self.ground.program, outcome.iterations)
        count = self.ground.program.shape[0]
        value: float | None = None
        if outcome.stop == "infeasible":
            ray = self.solver.ray()
            if ray is None or not np.abs(ray).max(initial=0.0) > 0:
                return self._none(None)
            dual, value = ray / np.abs(ray).max(), np.inf
        elif outcome.is_best:
            dual, value = outcome.row_dual / self.unit, outcome.objective / self.unit + self.constant
        else:
            return self._none(None)
        units = [self.ground.program.unit(earlier) for earlier in self.before]
        before = {earlier: max(-m * unit, 0.0)
                  for earlier, m, unit in zip(self.before, dual[count:].tolist(), units, strict=False)}
        sums = {columns: float(dual[row]) for columns, row in self.sums.items()}
        return Said(value, self.ground.full_rows(dual[:count]), before, sums)

    def _none(self, value: float | None) -> Said:
        return Said(value, np.zeros(0), {}, {})

    def _in(self, leaf: Place | None, program: LinearProgram) -> LinearProgram:
        """The program with the bounds of a leaf; limits of sums are set in the solver."""
        sides = dict.fromkeys(self.sums, (-np.inf, np.inf))
        lower, upper = program.col_lower.copy(), program.col_upper.copy()
        if leaf is not None:
            upper[self.ground.column[list(leaf.off)]] = 0.0
            one = self.ground.column[list(leaf.one)]
            lower[one] = np.maximum(lower[one], 1.0)
            for columns, level, side in leaf.sums.values():
                if columns in self.sums:
                    least, most = sides[columns]
                    sides[columns] = (max(least, level + 1.0), most) if side > 0 else (least, min(most, float(level)))
        for columns, (least, most) in sides.items():
            self.solver.between(self.sums[columns], least, most)
        return program.with_bounds(col_lower=lower, col_upper=upper)
