"""A program with other numbers at the places where it has numbers: what a what-if changes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from jaryq.solve.lp import Array, LinearProgram, Name, label

CLOSE = 1e-12
"""Numbers this near (relative) are the same: sums in another order."""

Terms = tuple[Sequence[int], Sequence[float]]
"""Numbers of columns (repeated ones add up), and their coefficients."""


class NewRow(NamedTuple):
    """A row as it should be: terms between two sides."""

    name: Name
    terms: Terms
    least: float
    most: float


class Elsewhere(Exception):
    """The numbers stand at places that the program does not have; says which."""


def in_place(program: LinearProgram, rows: Iterable[NewRow], stages: Mapping[str, tuple[Terms, float]],
             most: Array) -> LinearProgram:
    """The program with the coefficients and sides of ``rows``, the objectives of ``stages`` (those not named stay) and
    the upper bounds ``most``. Rows that are not named do not bind any more; places that a row does not name hold 0.

    What stays the same is the same object, so that solvers that hold it need not be told. Raises Elsewhere if a row or
    a coefficient has no place in the program.
    """
    lower, upper = np.full(program.shape[0], -np.inf), np.full(program.shape[0], np.inf)
    at: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row in rows:
        i = program.row_at.get(row.name)
        if i is None:
            if _says_nothing(row):
                continue
            raise Elsewhere(label(row.name))
        lower[i], upper[i] = row.least, row.most
        at.extend([i] * len(row.terms[0]))
        columns.extend(row.terms[0])
        values.extend(row.terms[1])
    data = _placed(program, np.array(at, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(values))
    matrix = program.matrix
    if data is not matrix.data:
        matrix = csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    objectives = dict(program.objectives)
    for name, (terms, constant) in stages.items():
        vector = np.zeros(program.shape[1])
        if any(j >= program.shape[1] and value for j, value in zip(*terms, strict=True)):
            raise Elsewhere(name)
        np.add.at(vector, np.array(terms[0], dtype=np.int64), terms[1])
        kept = program.objectives[name]
        objectives[name] = (_same(kept[0], vector), constant)
    costs = objectives if any(objectives[name][0] is not vector or objectives[name][1] != constant
                              for name, (vector, constant) in program.objectives.items()) else program.objectives
    return replace(program, matrix=matrix, objectives=costs, row_lower=_same(program.row_lower, lower),
                   row_upper=_same(program.row_upper, upper), col_upper=_same(program.col_upper, most))


def part_of(program: LinearProgram, columns: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> LinearProgram:
    """The program with these of its columns and rows alone, in this order; the others are not there, rather than held
    at nothing."""
    if all(np.array_equal(some, np.arange(every)) for some, every in zip((rows, columns), program.shape, strict=True)):
        return program
    return replace(
        program, matrix=csr_array(program.matrix[rows][:, columns]), row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows], col_lower=program.col_lower[columns], col_upper=program.col_upper[columns],
        whole=program.whole[columns],
        objectives={name: (vector[columns], constant) for name, (vector, constant) in program.objectives.items()},
        columns=tuple(program.columns[j] for j in columns), rows=tuple(program.rows[i] for i in rows))


def _says_nothing(row: NewRow) -> bool:
    """Whether the terms of a row add up to nothing, which lies between its sides: the compiler leaves it out."""
    sums: dict[int, float] = {}
    for j, value in zip(*row.terms, strict=True):
        sums[j] = sums.get(j, 0.0) + value
    return row.least <= 0.0 <= row.most and not any(sums.values())


def _placed(program: LinearProgram, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64],
            values: Array) -> Array:
    """The coefficients in the order of the program's own. Raises Elsewhere."""
    count = program.shape[1]
    width = max(count, int(columns.max(initial=0)) + 1)
    keys, back = np.unique(rows * width + columns, return_inverse=True)
    sums = np.zeros(len(keys))
    np.add.at(sums, back, values)
    there = np.abs(sums) > 0
    keys, sums = keys[there], sums[there]
    matrix = program.matrix
    own = np.repeat(np.arange(program.shape[0], dtype=np.int64), np.diff(matrix.indptr)) * width + matrix.indices
    place = np.asarray(np.searchsorted(own, keys), dtype=np.int64)
    there = place < len(own)
    there[there] = own[place[there]] == keys[there]
    if len(missing := np.flatnonzero(~there)):
        raise Elsewhere(label(program.rows[int(keys[missing[0]]) // width]))
    data = np.zeros(len(own))
    data[place] = sums
    return _same(matrix.data, data)


def _same(old: Array, new: Array) -> Array:
    """The new numbers, those that are the same as they were; the old array if all are."""
    with np.errstate(invalid="ignore"):
        kept = (old == new) | (np.abs(new - old) <= CLOSE * np.abs(old))
    return old if kept.all() else np.where(kept, old, new)


def between(one: LinearProgram, other: LinearProgram, part: float) -> LinearProgram | None:
    """The program whose numbers lie between those of two, nothing where these stand at other places."""
    def mixed(a: Any, b: Any) -> Any:
        # Sides that are infinite in both stay; elsewhere what is moved lies on the line.
        with np.errstate(invalid="ignore"):
            return a + part * (b - a) if np.isscalar(a) else np.where(a == b, a, a + part * (b - a))

    if one.columns != other.columns or one.rows != other.rows \
            or not (np.array_equal(one.matrix.indices, other.matrix.indices)
                    and np.array_equal(one.matrix.indptr, other.matrix.indptr)):
        return None
    data = mixed(one.matrix.data, other.matrix.data)
    return replace(
        one, matrix=csr_array((data, one.matrix.indices, one.matrix.indptr), shape=one.matrix.shape),
        row_lower=mixed(one.row_lower, other.row_lower), row_upper=mixed(one.row_upper, other.row_upper),
        col_lower=mixed(one.col_lower, other.col_lower), col_upper=mixed(one.col_upper, other.col_upper),
        objectives={name: (mixed(vector, other.objectives[name][0]), mixed(constant, other.objectives[name][1]))
                    for name, (vector, constant) in one.objectives.items()},
    )
