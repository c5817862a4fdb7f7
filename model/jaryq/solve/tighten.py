"""Coefficients of whole columns brought down to what their rows can use.

A boiler house of 1,000 Gcal/h counts as 1,000 in a zone that lacks 147: a seventh of it fills the gap, and the linear
relaxation builds a seventh. Whole, it fills 147, and no more is asked of the row: with 147 in place of 1,000 the whole
plans stay the same, and a part of it fills a part (Crowder, Johnson, Padberg 1983). Only searches
use such a program. What is certified is said of the program as it is; there splits of a tree prove the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from jaryq.solve.dive import Key, groups
from jaryq.solve.lp import LinearProgram

LEAST = 1e-7
"""A surplus counts from this share of the coefficient on; so much is left of it, against rounding."""


def tightened(program: LinearProgram) -> tuple[LinearProgram, npt.NDArray[np.bool_]]:
    """The program with the same whole points and no larger coefficients than its rows can use; which columns have
    another coefficient in some row.

    In a row ``a x >= b`` a group of whole columns, of which at most one is chosen, gives at least its least coefficient
    (or 0); all else gives at least ``rest``. A column that alone makes the row true, ``a_j + rest > b``, needs no more
    than ``b - rest``: with it the row says nothing of the rest, without it the row is what it was. Rows with an upper
    side alone likewise; rows with both sides are left as they are.
    """
    matrix = program.matrix
    row = np.repeat(np.arange(program.shape[0]), np.diff(matrix.indptr))
    column, data = matrix.indices, matrix.data
    above, below = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    sign = np.where(above & ~below, 1.0, np.where(below & ~above, -1.0, 0.0))[row]
    side = np.where(above, program.row_lower, program.row_upper)[row] * sign
    value = sign * data
    group, chosen = _of(program, groups(program))
    mine = chosen[column]
    least = np.minimum(value * program.col_lower[column], value * program.col_upper[column])
    # The least that the columns of a group give in a row, each group once.
    pairs, place = np.unique(row * program.shape[1] + group[column], return_inverse=True)
    of_group = np.full(len(pairs), np.inf)
    np.minimum.at(of_group, place, np.where(mine, np.minimum(value, 0.0), np.inf))
    rest = np.bincount(row, np.where(mine, 0.0, least), program.shape[0])
    rest += np.bincount(pairs // program.shape[1], np.where(np.isfinite(of_group), of_group, 0.0), program.shape[0])
    others = rest[row] - np.where(np.isfinite(of_group[place]), of_group[place], 0.0)
    needed = side - others
    lower = mine & (sign != 0.0) & (needed >= 0.0) & (value - needed > LEAST * np.maximum(value, 1.0))
    if not lower.any():
        return program, np.zeros(program.shape[1], dtype=np.bool_)
    fewer = matrix.copy()
    fewer.data = np.where(lower, sign * (needed + LEAST / 10.0 * np.maximum(value, 1.0)), data)
    touched = np.zeros(program.shape[1], dtype=np.bool_)
    touched[column[lower]] = True
    return replace(program, matrix=fewer), touched


def _of(program: LinearProgram, at: Mapping[Key, list[int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The number of the group of each column (a group of one where no row says that at most one is chosen), and whether
    it is a whole column at 0 or 1."""
    number = np.arange(program.shape[1], dtype=np.int64)
    for columns in at.values():
        if len(columns) > 1:
            number[columns] = columns[0]
    matrix = program.matrix
    row = np.repeat(np.arange(program.shape[0]), np.diff(matrix.indptr))
    # Rows that say "at most one" of all they hold.
    speaks = np.ones(program.shape[0], dtype=np.bool_)
    speaks[row[matrix.data != 1.0]] = False
    speaks &= program.row_upper <= 1.0
    here = speaks[row] & program.whole[matrix.indices]
    size = np.bincount(number, minlength=program.shape[1])
    pairs, count = np.unique(row[here] * program.shape[1] + number[matrix.indices[here]], return_counts=True)
    held = pairs % program.shape[1]
    once = np.zeros(program.shape[1], dtype=np.bool_)
    once[held[count == size[held]]] = True
    number = np.where(once[number], number, np.arange(program.shape[1]))
    chosen: npt.NDArray[np.bool_] = program.whole & (program.col_lower >= 0.0) & (program.col_upper <= 1.0)
    return number, chosen
