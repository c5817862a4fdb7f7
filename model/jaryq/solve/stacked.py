"""Programs side by side that share what is decided before it is known which of them comes true (two-stage programs:
Birge and Louveaux, Introduction to Stochastic Programming, 2011, chapters 2 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from jaryq.solve.lp import Array, LinearProgram, Name

EXPECTED, TAIL, REGRET = "expected", "tail", "regret"
"""Objectives: the mean over the branches, the mean of their worst share, the largest regret."""


@dataclass(frozen=True, eq=False)
class Branch:
    """What may come true: its program, what it costs there (minimised, one objective) and its probability."""

    name: str
    program: LinearProgram
    cost: Array
    constant: float
    weight: float

    def value(self, x: Array) -> float:
        return float(self.cost @ x) + self.constant


@dataclass(frozen=True, eq=False)
class Stacked:
    """The programs of all branches as one. ``at[b]``: the columns of branch b by their number here; ``common``: those
    that all share, which come first."""

    program: LinearProgram
    common: tuple[Name, ...]
    at: tuple[npt.NDArray[np.int64], ...]

    def of(self, branch: int, x: Array) -> Array:
        """The point of one branch."""
        return np.asarray(x[self.at[branch]], dtype=np.float64)

    def early(self, x: Array) -> dict[Name, float]:
        """What is decided before it is known."""
        return dict(zip(self.common, x[: len(self.common)].tolist(), strict=True))


def expected(branches: Sequence[Branch], early: Callable[[Name], bool]) -> Stacked:
    r"""Least mean: :math:`\min \sum_b p_b z_b`, with the decisions of which ``early`` holds the same in all branches.

    A decision that a branch does not have is nothing there, so nothing everywhere.
    """
    found = _beside(branches, early)
    cost = np.zeros(found.program.shape[1])
    for b, branch in enumerate(branches):
        np.add.at(cost, found.at[b], branch.weight * branch.cost)
    return _with(found, {EXPECTED: (cost, sum(b.weight * b.constant for b in branches))})


def tail(branches: Sequence[Branch], early: Callable[[Name], bool], level: float, between: tuple[float, float],
         ) -> Stacked:
    r"""Least mean of the worst :math:`1-\alpha` (CVaR): :math:`\min \eta + \sum_b p_b \delta_b / (1-\alpha)`,
    :math:`\delta_b \ge z_b - \eta` (Rockafellar and Uryasev 2000). ``between``: where eta lies."""
    found = _beside(branches, early)
    count, least, size = found.program.shape[1], between[0], _size(branches)
    rows = [(b, count + 1 + b, -1.0) for b in range(len(branches))] + [(b, count, -1.0) for b in range(len(branches))]
    cost = np.zeros(count + 1 + len(branches))
    cost[count] = size
    cost[count + 1:] = [size * branch.weight / (1.0 - level) for branch in branches]
    # eta is counted from its least, for columns are not below nothing.
    most = [between[1] - least, *(max(_largest(branch) - least, 0.0) for branch in branches)]
    return _more(found, branches, [("eta", ()), *(("over", (b.name,)) for b in branches)], most, rows,
                 [least - branch.constant for branch in branches], {TAIL: (cost, least)}, TAIL, size)


def least_regret(branches: Sequence[Branch], early: Callable[[Name], bool], best: Sequence[float]) -> Stacked:
    r"""Least largest regret: :math:`\min r`, :math:`z_b - r \le z_b^*` (Savage 1951). ``best``: what each branch
    reaches if it is known from the start."""
    found = _beside(branches, early)
    count = found.program.shape[1]
    size = _size(branches)
    cost = np.zeros(count + 1)
    cost[count] = size
    most = max(max(_largest(branch) - value, 0.0) for branch, value in zip(branches, best, strict=True))
    return _more(found, branches, [("regret", ())], [most], [(b, count, -1.0) for b in range(len(branches))],
                 [value - branch.constant for branch, value in zip(branches, best, strict=True)],
                 {REGRET: (cost, 0.0)}, REGRET, size)


def _beside(branches: Sequence[Branch], early: Callable[[Name], bool]) -> Stacked:
    """All rows of all branches, early columns once."""
    common = tuple(dict.fromkeys(name for b in branches for name in b.program.columns if early(name)))
    place = {name: j for j, name in enumerate(common)}
    lower, upper = np.zeros(len(common)), np.full(len(common), np.inf)
    whole = np.zeros(len(common), dtype=np.bool_)
    columns, rows = list(common), list[Name]()
    at, parts, lows, highs, kinds = [], [], [lower], [upper], [whole]
    sides: tuple[list[Array], list[Array]] = ([], [])
    for branch in branches:
        program = branch.program
        mine, own = np.empty(program.shape[1], dtype=np.int64), list[int]()
        for j, name in enumerate(program.columns):
            if (k := place.get(name)) is not None:
                mine[j] = k
                lower[k] = max(lower[k], program.col_lower[j])
                upper[k] = min(upper[k], program.col_upper[j])
                whole[k] |= program.whole[j]
            else:
                mine[j] = len(columns) + len(own)
                own.append(j)
        for name in common:
            if name not in program.column_at:
                upper[place[name]] = 0.0
        columns += [(program.columns[j][0], (branch.name, *program.columns[j][1])) for j in own]
        rows += [(name, (branch.name, *index)) for name, index in program.rows]
        at.append(mine)
        lows.append(program.col_lower[own])
        highs.append(program.col_upper[own])
        kinds.append(program.whole[own])
        sides[0].append(program.row_lower)
        sides[1].append(program.row_upper)
        parts.append(program.matrix.tocoo())
    first = np.cumsum([0, *(part.shape[0] for part in parts)])
    matrix = coo_array((np.concatenate([part.data for part in parts]),
                        (np.concatenate([part.row + start for part, start in zip(parts, first, strict=False)]),
                         np.concatenate([mine[part.col] for part, mine in zip(parts, at, strict=True)]))),
                       shape=(len(rows), len(columns)))
    program = LinearProgram(
        matrix=csr_array(matrix), row_lower=np.concatenate(sides[0]), row_upper=np.concatenate(sides[1]),
        col_lower=np.concatenate(lows), col_upper=np.concatenate(highs), whole=np.concatenate(kinds), objectives={},
        columns=tuple(columns), rows=tuple(rows))
    return Stacked(program, common, tuple(at))


def _more(found: Stacked, branches: Sequence[Branch], names: Sequence[Name], most: Sequence[float],
          terms: Sequence[tuple[int, int, float]], sides: Sequence[float],
          objectives: Mapping[str, tuple[Array, float]], family: str, size: float) -> Stacked:
    """With further columns (from nothing to ``most``) and a row for each branch: its cost and ``terms`` (branch,
    column, coefficient) are at most its side. Rows and columns count in ``size``, so that a tolerance means the same in
    them as in all others."""
    program, further = found.program, len(names)
    costs = [(np.full(len(branch.cost), b), found.at[b], branch.cost / size) for b, branch in enumerate(branches)]
    i = np.concatenate([*(row for row, _, _ in costs), [b for b, _, _ in terms]])
    j = np.concatenate([*(column for _, column, _ in costs), [column for _, column, _ in terms]])
    values = np.concatenate([*(cost for _, _, cost in costs), [value for _, _, value in terms]])
    own = coo_array((values, (i, j)), shape=(len(branches), program.shape[1] + further))
    old = program.matrix.tocoo()
    matrix = coo_array((np.concatenate([old.data, own.data]),
                        (np.concatenate([old.row, own.row + program.shape[0]]), np.concatenate([old.col, own.col]))),
                       shape=(program.shape[0] + len(branches), program.shape[1] + further))
    return Stacked(LinearProgram(
        matrix=csr_array(matrix), row_lower=np.concatenate([program.row_lower, np.full(len(branches), -np.inf)]),
        row_upper=np.concatenate([program.row_upper, np.asarray(sides, dtype=np.float64) / size]),
        col_lower=np.concatenate([program.col_lower, np.zeros(further)]),
        col_upper=np.concatenate([program.col_upper, np.asarray(most, dtype=np.float64) / size]),
        whole=np.concatenate([program.whole, np.zeros(further, dtype=np.bool_)]), objectives=objectives,
        columns=program.columns + tuple(names), rows=program.rows + tuple((family, (b.name,)) for b in branches)),
        found.common, found.at)


def _with(found: Stacked, objectives: Mapping[str, tuple[Array, float]]) -> Stacked:
    program = found.program
    return Stacked(LinearProgram(program.matrix, program.row_lower, program.row_upper, program.col_lower,
                                 program.col_upper, program.whole, objectives, program.columns, program.rows),
                   found.common, found.at)


def _size(branches: Sequence[Branch]) -> float:
    """The largest cost of any branch."""
    return max((float(np.abs(branch.cost).max(initial=0.0)) for branch in branches), default=0.0) or 1.0


def _largest(branch: Branch) -> float:
    """The most that a branch can cost within the boxes of its columns."""
    cost, program = branch.cost, branch.program
    return float(np.maximum(cost * program.col_lower, cost * program.col_upper).sum()) + branch.constant


def with_rows(program: LinearProgram, matrix: csr_array, rows: Sequence[Array], least: Sequence[float],
              names: Sequence[Name]) -> LinearProgram:
    """A program with further rows, each at least at its side; ``matrix``: of the rows before, as narrow as it was."""
    old = matrix.tocoo()
    more = coo_array(np.array(rows, dtype=np.float64).reshape(len(rows), program.shape[1]))
    made = coo_array((np.concatenate([old.data, more.data]),
                      (np.concatenate([old.row, more.row + matrix.shape[0]]), np.concatenate([old.col, more.col]))),
                     shape=(matrix.shape[0] + len(rows), program.shape[1]))
    return LinearProgram(
        matrix=csr_array(made), row_lower=np.concatenate([program.row_lower, np.asarray(least, dtype=np.float64)]),
        row_upper=np.concatenate([program.row_upper, np.full(len(rows), np.inf)]), col_lower=program.col_lower,
        col_upper=program.col_upper, whole=program.whole, objectives=program.objectives, columns=program.columns,
        rows=program.rows + tuple(names))
