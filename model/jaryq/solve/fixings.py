"""Projects that no whole plan can do, fixed at nothing before anything is bounded.

A divisible plan does 83 % of a project of which at most 83 % can be paid, and its value is then a bound that no whole
plan comes near. By arithmetic: at 1 the column breaks a single row whatever else is decided. By the linear program, for
columns that its point has in part: there is no point with the column at 1. Each is kept with its multipliers, a Farkas
proof in exact arithmetic; what is not proved is not fixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.base.flat import fifteen
from jaryq.base.hair import LEAST, ROW
from jaryq.solve.clock import now
from jaryq.solve.exact import Arithmetic
from jaryq.solve.highs import DEVEX, DUAL, FEASIBILITY, Outcome, Solver
from jaryq.solve.lp import Array, LinearProgram, label
from jaryq.solve.proof import Fixing
from jaryq.solve.stages import Staged, linear_stages

PART = 1e-6
"""A share between this and 1 less this is a part."""

PASSES, ROUNDS, TRIED, WORK = 10, 3, 200, 2e9
"""At most so many passes of arithmetic (each may follow from the one before), rounds of the linear program, columns
tried in a round, and entries of the matrix looked at by the simplex method in a round (iterations times nonzeros: about
a second)."""

SHOWN = 0.25
"""Points with as many columns at 1 as can be are looked for while each shows at least this part of those that are left:
the rest is asked one by one, from the basis of the last."""

ONE_BY_ONE = 8
"""So few are asked one by one at once: a point is found from nothing each time."""

LARGE = 100_000
"""Coefficients above which one round is enough: finding the point again takes longer than all that is asked of it."""


class Fixer:
    """A program whose columns are fixed one after the other; ``found`` are the fixings so far, ``program`` is what is
    left. ``silent``: rows that no proof may speak of."""

    def __init__(self, program: LinearProgram, end: float = math.inf, silent: Sequence[int] = ()) -> None:
        self.full, self.end, self.silent = program, end, list(silent)
        self.upper = program.col_upper.copy()
        self.found: list[Fixing] = []
        self.seconds = 0.0
        self._arithmetic = Arithmetic(program)

    @property
    def program(self) -> LinearProgram:
        return self.full.with_bounds(col_upper=self.upper) if self.found else self.full

    def by_arithmetic(self) -> int:
        """Fix what breaks a single row; the number of columns fixed."""
        before = len(self.found)
        for _ in range(PASSES):
            fixed = False
            for j, row, sign in _broken(self.full, self.upper):
                if now() > self.end:
                    return len(self.found) - before
                ray = np.zeros(self.full.shape[0])
                ray[row] = sign
                fixed = self._fix(j, ray) or fixed
            if not fixed:
                break
        return len(self.found) - before

    def by_program(self, x: Array) -> int:
        """Fix those of the columns in part at ``x`` of which the linear program has no point at 1; the number of
        columns fixed."""
        open_columns = self.full.whole & (self.full.col_lower == 0) & (self.upper == 1)
        candidates = np.flatnonzero(open_columns & (x > PART) & (x < 1 - PART))
        left = candidates[np.argsort(-x[candidates], kind="stable")][:TRIED].tolist()
        if not left:
            return 0
        solver = Solver(self.program)
        left, work = self._not_shown(solver, left)
        solver.option("presolve", "off")
        solver.option("simplex_strategy", DUAL)
        solver.option("simplex_dual_edge_weight_strategy", DEVEX)
        solver.minimise(np.zeros(self.full.shape[1]))
        fixed = 0
        while left and work <= WORK and now() <= self.end:
            j = left.pop(0)
            solver.column(j, 1.0, 1.0)
            outcome = solver.run()
            ray = solver.ray() if outcome.stop == "infeasible" else None
            done = ray is not None and self._fix(j, ray / max(float(np.abs(ray).max()), 1e-300))
            fixed += done
            solver.column(j, 0.0, 0.0 if done else 1.0)
            left = _elsewhere(left, outcome)
            work += (outcome.iterations + 1) * self.full.matrix.nnz
        self.seconds += solver.seconds
        return fixed

    def _not_shown(self, solver: Solver, left: list[int]) -> tuple[list[int], float]:
        """Those of the columns that no point at hand has at 1, and the work it took: points with as many as can be of
        them, while they show a good part of what is left."""
        work, part = 0.0, 1.0
        while len(left) > ONE_BY_ONE and part >= SHOWN and work <= WORK and now() <= self.end:
            cost = np.zeros(self.full.shape[1])
            cost[left] = -1.0
            solver.minimise(cost)
            solver.forget()
            outcome = solver.run()
            rest = _elsewhere(left, outcome)
            part, left = 1.0 - len(rest) / len(left), rest
            work += (outcome.iterations + 1) * self.full.matrix.nnz
        return left, work

    def _fix(self, j: int, ray: Array) -> bool:
        """Fix a column if the multipliers, in one sign or the other, prove that it cannot be 1."""
        if self.upper[j] == 0.0:
            return False
        lower = self.full.col_lower.copy()
        lower[j] = 1.0
        ray[self.silent] = 0.0
        used = np.flatnonzero(ray)
        multipliers = np.zeros(len(ray))
        for sign in (1.0, -1.0):
            multipliers[used] = [sign * fifteen(value) for value in ray[used].tolist()]
            if self._arithmetic.empty(multipliers, (), lower, self.upper):
                self.upper[j] = 0.0
                proof = {label(self.full.rows[i]): float(multipliers[i]) for i in np.flatnonzero(multipliers)}
                self.found.append(Fixing(label(self.full.columns[j]), proof))
                return True
        return False


def _elsewhere(columns: list[int], outcome: Outcome) -> list[int]:
    """Those of the columns that a point does not have at 1."""
    return [j for j in columns if outcome.x[j] < 1.0 - FEASIBILITY] if outcome.holds_point else columns


def _broken(program: LinearProgram, upper: Array) -> list[tuple[int, int, float]]:
    """Whole columns that at 1 break a row by more than rows may be broken by, each with that row and its multiplier."""
    matrix = program.matrix.tocoo()
    rows, columns, values = matrix.row, matrix.col, matrix.data
    low, high = values * program.col_lower[columns], values * upper[columns]
    least, most = np.minimum(low, high), np.maximum(low, high)
    count = program.shape[0]
    row_least, row_most = np.bincount(rows, least, count), np.bincount(rows, most, count)
    mine: npt.NDArray[np.bool_] = program.whole[columns] & (program.col_lower[columns] == 0) & (upper[columns] == 1)
    hairs = LEAST + np.bincount(rows, ROW * np.maximum(np.abs(low), np.abs(high)) + LEAST * np.abs(values), count)[rows]
    above = mine & (row_least[rows] - least + values > program.row_upper[rows] + hairs)
    below = mine & (row_most[rows] - most + values < program.row_lower[rows] - hairs)
    found: dict[int, tuple[int, int, float]] = {}
    for k in np.flatnonzero(above | below).tolist():
        found.setdefault(int(columns[k]), (int(columns[k]), int(rows[k]), -1.0 if above[k] else 1.0))
    return [found[j] for j in sorted(found)]


def fix(program: LinearProgram, names: Sequence[str], relaxed: Staged, end: float = math.inf) -> Fixer:
    """All fixings within the stated effort and until ``end`` (``clock.now``); ``relaxed``: the linear stages
    ``names`` of the program as it is.

    The linear program is asked about what its own point has in part; where that fixed something its point is found
    again, and asked again. Raises Infeasible (with a proof) if the hard rules leave nothing but projects that cannot be
    done.
    """
    fixer = Fixer(program, end)
    fixer.by_arithmetic()
    try:
        _by_rounds(fixer, names, relaxed)
    except Infeasible as error:
        raise whole_conflict(error, fixer) from error
    return fixer


def _by_rounds(fixer: Fixer, names: Sequence[str], held: Staged) -> None:
    for _ in range(ROUNDS if fixer.full.matrix.nnz <= LARGE else 1):
        if now() > fixer.end:
            break
        if np.any(held.x > fixer.upper + PART):
            left = fixer.program
            solver = Solver(left)
            try:
                held = linear_stages(left, names, solver)
            except NoPlan:
                break  # What is left keeps its limits but for a hair: the search asks it with room.
            finally:
                fixer.seconds += solver.seconds
        if not fixer.by_program(held.x):
            break
        fixer.by_arithmetic()


def whole_conflict(error: Infeasible, fixer: Fixer) -> Infeasible:
    """A conflict of the program that is left, with the rows by which the columns in it were fixed: no whole plan keeps
    them all."""
    if not fixer.found or not error.conflict:
        return error
    row_at = {label(name): i for i, name in enumerate(fixer.full.rows)}
    matrix = fixer.full.matrix
    touched: set[int] = set()
    for name in error.conflict:
        if (i := row_at.get(name)) is not None:
            touched |= set(matrix.indices[matrix.indptr[i]: matrix.indptr[i + 1]].tolist())
    names = {label(fixer.full.columns[j]) for j in touched}
    rows = [row for fixing in fixer.found if fixing.column in names for row in fixing.multipliers]
    return Infeasible("no plan of whole facilities keeps all hard rules",
                      tuple(dict.fromkeys([*error.conflict, *rows])))
