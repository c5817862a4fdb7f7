"""Bases of the simplex: the states of columns and rows, read as numbers and made from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

STATES = [highspy.HighsBasisStatus(number) for number in range(5)]
"""In which a column or row can be in a basis."""

LOWER, BASIC = int(highspy.HighsBasisStatus.kLower), int(highspy.HighsBasisStatus.kBasic)


def numbered(basis: Any) -> tuple[Numbers, Numbers]:
    """States of columns and rows in a basis, as numbers."""
    columns, rows = (np.array([int(one) for one in status], dtype=np.int64)
                     for status in (basis.col_status, basis.row_status))
    return columns, rows


def near(columns: Numbers, rows: Numbers) -> Any:
    """A basis by the numbers of its states, which may have too many or too few basic ones."""
    made = highspy.HighsBasis()
    made.col_status, made.row_status = ([STATES[i] for i in numbers] for numbers in (columns, rows))
    made.valid = made.alien = True
    return made


def further(basis: Any, count: int) -> Any:
    """A basis with ``count`` rows more, which are basic."""
    made = highspy.HighsBasis()
    made.col_status = list(basis.col_status)
    made.row_status = [*basis.row_status, *[highspy.HighsBasisStatus.kBasic] * count]
    made.valid = True
    return made


def split(shape: tuple[int, int], basis: Any, at: tuple[Numbers, Numbers], columns: Sequence[int],
          rows: Sequence[int]) -> Any:
    """The basis of a program of ``shape`` (rows, columns) by that of a smaller one: ``Solver.start_split``."""
    status = highspy.HighsBasisStatus
    m, count = shape
    of_columns, of_rows = [status.kLower] * count, [status.kUpper] * m
    for found, places, known, basic in ((of_columns, at[0], basis.col_status, columns),
                                        (of_rows, at[1], basis.row_status, rows)):
        for j, one in zip(places.tolist(), known, strict=True):
            found[j] = one
        for j in basic:
            found[j] = status.kBasic
    made = highspy.HighsBasis()
    made.col_status, made.row_status = of_columns, of_rows
    made.valid = True
    return made
