"""The program of a partition: a column for the km of each group in each period. It is a restriction of the program with
a column for each stretch: what a group does, its members do in the same part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import highspy
import numpy as np
from scipy.sparse import coo_array, csr_array

from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches, Whole

GROUP, LINK, LENGTH = "stretch_km", "stretch_link", "stretch_length"
"""Families: km of a group in a period; km of a package are those of its groups; a group has no more than its km."""


@dataclass(frozen=True, eq=False)
class Restricted:
    """``program``: the columns and rows of ``base`` first, then the links of packages n in periods t (row ``link[n, t]``,
    -1: closed) and the groups (row ``row[g]``, columns ``column[g, t]``, -1: closed)."""

    base: LinearProgram
    partition: Partition
    program: LinearProgram
    link: Whole
    row: Whole
    column: Whole

    def km(self, x: Array) -> Array:
        """km[g, t] of a point."""
        return np.where(self.column >= 0, x[self.column], 0.0)

    def price(self, dual: Array) -> Array:
        """The multipliers of the links, by package and period."""
        return np.where(self.link >= 0, dual[self.link], 0.0)


def restricted(base: LinearProgram, register: Stretches, partition: Partition) -> Restricted:
    """The program of a partition.

    .. math:: renew_{nt} - \\sum_{g \\in n} y_{gt} = 0, \\qquad \\sum_t y_{gt} \\le km_g \\quad (= km_g, where full)
    """
    (m, count), groups = base.shape, partition.count
    n_at, t_at = np.nonzero(register.open)
    link = np.full(register.open.shape, -1, dtype=np.int64)
    link[n_at, t_at] = m + np.arange(len(n_at))
    there = register.open[partition.package]
    g_at, y_at = np.nonzero(there)
    column = np.full(there.shape, -1, dtype=np.int64)
    column[g_at, y_at] = y = count + np.arange(len(g_at))
    row = m + len(n_at) + np.arange(groups)
    own = base.matrix.tocoo()
    rows = [own.row, link[n_at, t_at], link[partition.package[g_at], y_at], row[g_at]]
    columns = [own.col, register.column[n_at, t_at], y, y]
    data = [own.data, np.ones(len(n_at)), -np.ones(len(y)), np.ones(len(y))]
    for k, means in partition.uses.items():
        rows.append(np.full(len(y), k))
        columns.append(y)
        data.append(means[g_at, y_at])
    matrix = csr_array(coo_array((np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))),
                                 shape=(m + len(n_at) + groups, count + len(y))))
    zero, none = np.zeros(len(n_at)), np.zeros(len(y))
    objectives = {stage: (np.concatenate([vector, partition.costs[stage][g_at, y_at] if stage in partition.costs
                                          else none]), constant)
                  for stage, (vector, constant) in base.objectives.items()}
    program = LinearProgram(
        matrix=matrix,
        row_lower=np.concatenate([base.row_lower, zero, np.where(partition.full, partition.km, -np.inf)]),
        row_upper=np.concatenate([base.row_upper, zero, partition.km]),
        col_lower=np.concatenate([base.col_lower, none]),
        col_upper=np.concatenate([base.col_upper, np.where(partition.allowed[g_at, y_at], partition.km[g_at], 0.0)]),
        whole=np.concatenate([base.whole, np.zeros(len(y), dtype=np.bool_)]), objectives=objectives,
        columns=base.columns + _names(GROUP, g_at, y_at),
        rows=base.rows + _names(LINK, n_at, t_at) + _names(LENGTH, np.arange(groups)), implied=base.implied,
    )
    return Restricted(base, partition, program, link, row, column)


def confined(found: Restricted, base: LinearProgram) -> Restricted:
    """The same with the sides and bounds of ``base``, which has the columns and rows of the program it was made of."""
    (m, n), own = base.shape, found.program
    program = own.with_bounds(
        row_lower=np.concatenate([base.row_lower, own.row_lower[m:]]),
        row_upper=np.concatenate([base.row_upper, own.row_upper[m:]]),
        col_lower=np.concatenate([base.col_lower, own.col_lower[n:]]),
        col_upper=np.concatenate([base.col_upper, own.col_upper[n:]]))
    return replace(found, base=base, program=program)


def further(basis: Any, new: Restricted) -> Any:
    """The basis of the partition before as one of its split: the groups that stay keep all of theirs, a new one has
    its own choice in it."""
    status = highspy.HighsBasisStatus
    columns, rows = list(basis.col_status), list(basis.row_status)
    part, start = new.partition, len(columns)
    more_columns = [status.kLower] * (new.program.shape[1] - start)
    born, at = part.born[part.kept:], new.column[part.kept:]
    more_rows = [status.kUpper] * len(born)
    choice = np.where(born >= 0, at[np.arange(len(born)), np.maximum(born, 0)] - start, -1)
    for g, j in enumerate(choice.tolist()):
        if j >= 0:
            more_columns[j] = status.kBasic
        else:
            more_rows[g] = status.kBasic
    made = highspy.HighsBasis()
    made.col_status, made.row_status = columns + more_columns, rows + more_rows
    made.valid = True
    return made


def _names(family: str, *index: Whole) -> tuple[Name, ...]:
    return tuple(zip(repeat(family), zip(*(part.tolist() for part in index), strict=True)))
