"""The program of a partition: a column for the km of each group in each period. It is a restriction of the program with
a column for each stretch: what a group does, its members do in the same part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Mask, Stretches, Whole

GROUP, LINK, LENGTH = "stretch_km", "stretch_link", "stretch_length"
"""Families: km of a group in a period; km of a package are those of its groups; a group has no more than its km."""


@dataclass(frozen=True, eq=False)
class Restricted:
    """``program``: the columns and rows of ``base`` first, then the links of packages n in periods t (row
    ``link[n, t]``, -1: closed) and the groups (row ``row[g]``, columns ``column[g, t]``, -1: closed)."""

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


def restricted(base: LinearProgram, register: Stretches, partition: Partition, *, named: bool = True) -> Restricted:
    """The program of a partition; where it is not to be ``named``, all groups have one name (hundred thousands of names
    are for nobody while groups split).

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
    rows: list[Any] = [own.row, link[n_at, t_at], link[partition.package[g_at], y_at], row[g_at]]
    columns: list[Any] = [own.col, register.column[n_at, t_at], y, y]
    data: list[Any] = [own.data, np.ones(len(n_at)), -np.ones(len(y)), np.ones(len(y))]
    for one, means in zip(register.uses, partition.uses, strict=True):
        for k, weight in one.weights.items():
            counts = weight[partition.package[g_at]]
            asked = np.flatnonzero(counts)
            rows.append(np.full(len(asked), k))
            columns.append(y[asked])
            data.append(counts[asked] * means[g_at[asked], y_at[asked]])
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
        columns=base.columns + (_names(GROUP, g_at, y_at) if named else ((GROUP, ()),) * len(y)),
        rows=base.rows + links_of(base, register) + (_names(LENGTH, np.arange(groups)) if named
                                                     else ((LENGTH, ()),) * groups), implied=base.implied,
    )
    return Restricted(base, partition, program, link, row, column)


def born(made: Restricted) -> tuple[list[int], Mask]:
    """What is basic of the groups that are new: the column of their choice, or their row, where they chose nothing."""
    part = made.partition
    chosen, at = part.born[part.kept:], made.column[part.kept:]
    columns = np.where(chosen >= 0, at[np.arange(len(chosen)), np.maximum(chosen, 0)], -1)
    return columns[columns >= 0].tolist(), columns < 0


def links_of(base: LinearProgram, register: Stretches) -> tuple[Name, ...]:
    """Names of the links, by package and period as their columns have them."""
    return tuple((LINK, base.columns[j][1]) for j in register.column[register.open].tolist())


def _names(family: str, *index: Whole) -> tuple[Name, ...]:
    return tuple(zip(repeat(family), zip(*(part.tolist() for part in index), strict=True)))
