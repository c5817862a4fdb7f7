"""Sets of whole columns whose sums a branching tree may split on.

A sum of choices is a whole number in every plan. Beside each column alone: the starts of one facility (done at all or
not), the starts of a period, up to it and from it on, and all of them (how many); and of each row of many facilities
its larger coefficients (how many dear works at once). With these a tree has a third to a fifth of the leaves that
single columns and facilities need.

Where a point does facilities whole and only when is in part, no sum of these says what matters: that all of them do not
fit into the years. So what is done there is a set of its own (all of it, or not all), which is asked about once and not
again for every other choice of starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from jaryq.solve.lp import Array, LinearProgram

LARGER = (0.0, 0.25, 0.4, 0.55)
"""Shares of the largest coefficient of a row above which a coefficient belongs to a set."""

FEW, WIDE = 3, 4
"""A row counts if it holds columns of at least so many facilities; sets together hold at most so many times the
coefficients of the program."""

WHOLE = 1e-6
"""A sum this near to a whole number is one."""

Set = tuple[int, ...]


def sets_of(program: LinearProgram) -> list[Set]:
    """The sets, each once: facilities, single columns, then periods and rows as long as there is room."""
    open_columns = np.flatnonzero(program.whole & (program.col_lower == 0) & (program.col_upper == 1)).tolist()
    by_project: dict[tuple[str, str], list[int]] = {}
    by_period: dict[str, list[int]] = {}
    for j in open_columns:
        family, index = program.columns[j]
        by_project.setdefault((family, str(index[0])), []).append(j)
        if family == "start":
            by_period.setdefault(str(index[1]), []).append(j)
    found = [tuple(columns) for columns in by_project.values()] + [(j,) for j in open_columns]
    room = WIDE * program.matrix.nnz
    for columns in (*_periods(by_period), *_rows(program, set(open_columns))):
        room -= len(columns)
        if room < 0:
            break
        found.append(columns)
    return list(dict.fromkeys(found))


def starts_of(program: LinearProgram) -> list[Set]:
    """The starts of each facility that are open."""
    found: dict[str, list[int]] = {}
    for j in np.flatnonzero(program.whole & (program.col_lower == 0) & (program.col_upper == 1)).tolist():
        family, index = program.columns[j]
        if family == "start":
            found.setdefault(str(index[0]), []).append(j)
    return [tuple(columns) for columns in found.values()]


def done_at(facilities: Sequence[Set], x: Array) -> tuple[Set, int] | None:
    """The starts of all facilities that are done at a point, and how many these are; None if one is done in part, or
    fewer than two are done."""
    shares = [float(x[list(columns)].sum()) for columns in facilities]
    if any(abs(share - round(share)) > WHOLE for share in shares):
        return None
    done = [columns for columns, share in zip(facilities, shares, strict=True) if share > 0.5]
    return (tuple(sorted(j for columns in done for j in columns)), len(done)) if len(done) > 1 else None


def _periods(by_period: dict[str, list[int]]) -> list[Set]:
    """Columns of each period, of all up to it, of all from it on."""
    each = [tuple(sorted(columns)) for _, columns in sorted(by_period.items())]
    up_to = list(accumulate(each, lambda one, other: tuple(sorted(one + other))))
    from_on = list(accumulate(reversed(each), lambda one, other: tuple(sorted(one + other))))
    return [up_to[-1], *each, *up_to, *from_on] if each else []


def _rows(program: LinearProgram, open_columns: set[int]) -> list[Set]:
    """Of each row with several facilities the open whole columns with larger coefficients."""
    matrix = program.matrix
    found = []
    for i in range(program.shape[0]):
        here = range(matrix.indptr[i], matrix.indptr[i + 1])
        sizes = {int(matrix.indices[k]): abs(float(matrix.data[k]))
                 for k in here if int(matrix.indices[k]) in open_columns}
        if len({program.columns[j][1][0] for j in sizes}) >= FEW:
            largest = max(sizes.values())
            found += [tuple(sorted(j for j, size in sizes.items() if size > share * largest)) for share in LARGER]
    return found
