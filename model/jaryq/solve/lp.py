"""The linear program as arrays: the seam between the algebra and the solver. No Pyomo, no solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, csr_array

from jaryq.solve.dyadic import whole_numbers

Array = npt.NDArray[np.float64]
Name = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class LinearProgram:
    """row_lower <= A x <= row_upper, col_lower <= x <= col_upper, some x whole; several objectives, all minimised.

    ``columns`` and ``rows`` are names (family, index); ``objectives[stage]`` is (vector, constant). Every bound of a
    column is finite, so that any multipliers give a rigorous bound. Raises ValueError if a number is not finite where
    it must be.
    """

    matrix: csr_array
    row_lower: Array
    row_upper: Array
    col_lower: Array
    col_upper: Array
    whole: npt.NDArray[np.bool_]
    objectives: Mapping[str, tuple[Array, float]]
    columns: tuple[Name, ...]
    rows: tuple[Name, ...]
    implied: frozenset[str] = frozenset()
    """Families of columns whose upper bounds follow from rows (so that they only keep the columns finite)."""
    gave: tuple[Array, Array] | None = None
    """By how much the first rows gave way, below and above, so that there is a point (``taken``); None: nothing."""

    def __post_init__(self) -> None:
        finite = [self.matrix.data, self.col_lower, self.col_upper, *(vector for vector, _ in self.objectives.values())]
        if not all(np.isfinite(values).all() for values in finite):
            raise ValueError("a coefficient, a bound of a column or an objective is not finite")
        self._sides_are_numbers()

    def _sides_are_numbers(self) -> None:
        if np.isnan(self.row_lower).any() or np.isnan(self.row_upper).any():
            raise ValueError("a right-hand side is not a number")

    @property
    def as_stated(self) -> LinearProgram:
        """The program with its rows at the sides at which they were before they gave way."""
        if self.gave is None:
            return self
        below, above = (np.pad(way, (0, self.shape[0] - len(way))) for way in self.gave)
        return replace(self, row_lower=self.row_lower + below, row_upper=self.row_upper - above, gave=None)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @cached_property
    def row_at(self) -> Mapping[Name, int]:
        return {name: i for i, name in enumerate(self.rows)}

    @cached_property
    def by_column(self) -> csc_array:
        """The matrix column by column."""
        return csc_array(self.matrix)

    @cached_property
    def in_whole_numbers(self) -> tuple[Sequence[int], int]:
        """The coefficients in the order of the matrix, exactly: each over two to the power of the second number."""
        return whole_numbers(self.matrix.data.tolist())

    @cached_property
    def column_at(self) -> Mapping[Name, int]:
        return {name: j for j, name in enumerate(self.columns)}

    def unit(self, stage: str) -> float:
        """Factor that makes the largest cost of a stage 100: duals are then of order one and tolerances mean the same
        in every stage."""
        largest = float(np.abs(self.objectives[stage][0]).max(initial=0.0))
        return 100.0 / largest if largest > 0 else 1.0

    def value(self, stage: str, x: Array) -> float:
        vector, constant = self.objectives[stage]
        return float(vector @ x) + constant

    def with_bounds(self, **bounds: Array) -> LinearProgram:
        """The same program with other bounds: any of row_lower, row_upper, col_lower, col_upper. Raises TypeError for
        what is no bound, ValueError as the program does."""
        if not bounds.keys() <= BOUNDS:
            raise TypeError(f"no bounds: {', '.join(sorted(bounds.keys() - BOUNDS))}")
        # What was found of names and coefficients holds for it too, and these are not looked through again.
        made = object.__new__(LinearProgram)
        made.__dict__.update(self.__dict__ | bounds)
        if not (np.isfinite(made.col_lower).all() and np.isfinite(made.col_upper).all()):
            raise ValueError("a bound of a column is not finite")
        made._sides_are_numbers()
        return made

    def moved(self, moves: Mapping[Name, float]) -> LinearProgram:
        """The program with right-hand sides changed by ``moves`` (rows that do not exist are passed over)."""
        lower, upper = self.row_lower.copy(), self.row_upper.copy()
        for name, change in moves.items():
            if (i := self.row_at.get(name)) is not None:
                lower[i] += change
                upper[i] += change
        return self.with_bounds(row_lower=lower, row_upper=upper)

    def inside(self, changes: Mapping[tuple[Name, Name], float]) -> LinearProgram:
        """The program with coefficients changed, by row and column; what has no place in it is passed over."""
        matrix = self.matrix
        data = matrix.data.copy() if changes else matrix.data
        for (row, column), change in changes.items():
            i, j = self.row_at.get(row), self.column_at.get(column)
            if i is not None and j is not None:
                start, end = matrix.indptr[i], matrix.indptr[i + 1]
                data[start:end][matrix.indices[start:end] == j] += change
        return replace(self, matrix=csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)) \
            if changes else self

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Smallest and largest absolute value of coefficients, objectives, finite right-hand sides and column
        bounds."""
        found = {"coefficients": self.matrix.data, "right-hand sides": np.concatenate([self.row_lower, self.row_upper]),
                 "bounds": self.col_upper,
                 **{f"objective {name}": vector for name, (vector, _) in self.objectives.items()}}
        result = {}
        for name, values in found.items():
            size = np.abs(values[np.isfinite(values) & (values != 0)])
            if len(size):
                result[name] = (float(size.min()), float(size.max()))
        return result

    def as_text(self, family: str) -> str:
        """The rows of one family as algebra, one line each: golden rows of the tests."""
        lines = []
        for i, (name, index) in enumerate(self.rows):
            if name != family:
                continue
            start, end = self.matrix.indptr[i], self.matrix.indptr[i + 1]
            terms = sorted((label(self.columns[j]), float(self.matrix.data[k]))
                           for k, j in zip(range(start, end), self.matrix.indices[start:end], strict=True))
            body = " ".join(f"{value:+.12g} {column}" for column, value in terms) or "0"
            lines.append(f"{label((name, index))}: {_sides(body, self.row_lower[i], self.row_upper[i])}")
        return "\n".join(sorted(lines)) + "\n"


BOUNDS = frozenset({"row_lower", "row_upper", "col_lower", "col_upper"})


def _sides(body: str, lower: float, upper: float) -> str:
    if lower == upper:
        return f"{body} = {lower:.12g}"
    return f"{body} <= {upper:.12g}" if np.isfinite(upper) else f"{body} >= {lower:.12g}"


def label(name: Name) -> str:
    """``draw[JICA,F001,2027]``."""
    return f"{name[0]}[{','.join(str(part) for part in name[1])}]"
