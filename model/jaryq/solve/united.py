"""A program with the places of several: those of futures that have decisions or rows which today's program has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from jaryq.solve.lp import LinearProgram, Name


def united(first: LinearProgram, others: Sequence[LinearProgram]) -> LinearProgram:
    """The first program with a place for every number of the others: their further columns are held at nothing, their
    further rows do not bind. It has the same plans and values. Stages are those of the first."""
    programs = (first, *others)
    columns = _all([one.columns for one in programs])
    rows = _all([one.rows for one in programs])
    if len(columns) == first.shape[1] and len(rows) == first.shape[0] and all(
            one.columns == first.columns and one.rows == first.rows and _same(one, first) for one in others):
        return first
    row_at, column_at = {name: i for i, name in enumerate(rows)}, {name: j for j, name in enumerate(columns)}
    keys = np.unique(np.concatenate([_keys(one, row_at, column_at, len(columns)) for one in programs]))
    data = np.zeros(len(keys))
    data[np.searchsorted(keys, _keys(first, row_at, column_at, len(columns)))] = first.matrix.data
    start = np.searchsorted(keys, np.arange(len(rows) + 1, dtype=np.int64) * len(columns))
    matrix = csr_array((data, keys % len(columns), start), shape=(len(rows), len(columns)))
    more, further = len(columns) - first.shape[1], len(rows) - first.shape[0]
    whole = first.whole.tolist() + [False] * more
    for one in others:
        for name, is_whole in zip(one.columns, one.whole.tolist(), strict=True):
            whole[column_at[name]] |= is_whole
    return replace(
        first, matrix=matrix, columns=columns, rows=rows, whole=np.array(whole, dtype=np.bool_),
        row_lower=np.concatenate([first.row_lower, np.full(further, -np.inf)]),
        row_upper=np.concatenate([first.row_upper, np.full(further, np.inf)]),
        col_lower=np.concatenate([first.col_lower, np.zeros(more)]),
        col_upper=np.concatenate([first.col_upper, np.zeros(more)]),
        objectives={name: (np.concatenate([vector, np.zeros(more)]), constant)
                    for name, (vector, constant) in first.objectives.items()})


def _all(named: Sequence[Sequence[Name]]) -> tuple[Name, ...]:
    """All names, those of the first in their places."""
    return tuple(dict.fromkeys(name for names in named for name in names))


def _keys(program: LinearProgram, row_at: dict[Name, int], column_at: dict[Name, int],
          width: int) -> npt.NDArray[np.int64]:
    """Where the coefficients of a program stand in the united one, as one number each."""
    rows = np.array([row_at[name] for name in program.rows], dtype=np.int64)
    columns = np.array([column_at[name] for name in program.columns], dtype=np.int64)
    return np.asarray(np.repeat(rows, np.diff(program.matrix.indptr)) * width + columns[program.matrix.indices])


def _same(one: LinearProgram, other: LinearProgram) -> bool:
    return bool(np.array_equal(one.matrix.indptr, other.matrix.indptr)
                and np.array_equal(one.matrix.indices, other.matrix.indices))
