"""A program from its rows, term by term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from jaryq.solve.in_place import NewRow, Terms
from jaryq.solve.lp import Array, LinearProgram, Name


def of_rows(columns: Sequence[Name], rows: Iterable[NewRow], stages: Mapping[str, tuple[Terms, float]], most: Array,
            implied: frozenset[str] = frozenset()) -> LinearProgram:
    """The program of ``rows`` and ``stages`` (each its terms and its constant), of columns from nothing to ``most``,
    all divisible."""
    names: list[Name] = []
    sides: tuple[list[float], list[float]] = ([], [])
    lengths: list[int] = []
    where: list[int] = []
    values: list[float] = []
    for row in rows:
        lengths.append(len(row.terms[0]))
        where.extend(row.terms[0])
        values.extend(row.terms[1])
        names.append(row.name)
        sides[0].append(row.least)
        sides[1].append(row.most)
    objectives = {}
    for name, (mine, constant) in stages.items():
        vector = np.zeros(len(columns))
        np.add.at(vector, np.array(mine[0], dtype=np.int64), mine[1])
        objectives[name] = (vector, constant)
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    matrix = csr_array((np.array(values, dtype=np.float64), np.array(where, dtype=np.int64), starts),
                       shape=(len(names), len(columns)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return LinearProgram(
        matrix=matrix, row_lower=np.array(sides[0]), row_upper=np.array(sides[1]), col_lower=np.zeros(len(columns)),
        col_upper=most, whole=np.zeros(len(columns), dtype=np.bool_), objectives=objectives, columns=tuple(columns),
        rows=tuple(names), implied=implied)
