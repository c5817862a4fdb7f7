"""The program of a partition: a column for the km of each group in each period. It is a restriction of the program with
a column for each stretch: what a group does, its members do in the same part."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.stretches.cells import km_of
from jaryq.solve.stretches.partition import Partition
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.types import Mask, Whole

GROUP, LINK, LENGTH = "stretch_km", "stretch_link", "stretch_length"
"""Families: km of a group in a period; km of a package are those of its groups; a group has no more than its km."""

TOGETHER, TRENCH, PART = "stretch_together", "trench_link", "stretch_part"
"""Families: km that two groups share in the places they have in common; km shared of a trench are at most those; two
groups share at most the part that each renews."""


@dataclass(frozen=True, eq=False)
class Restricted:
    """``program``: the columns and rows of ``base`` first, then the links of packages n in periods t (row
    ``link[n, t]``, -1: closed) and the groups (row ``row[g]``, columns ``column[g, t]``, -1: closed), then the cells of
    groups that share trenches: columns from ``cell`` on, with ``cell_km`` km at most, and two rows for each."""

    base: LinearProgram
    partition: Partition
    program: LinearProgram
    link: Whole
    row: Whole
    column: Whole
    cell: int
    cell_km: Array

    def km(self, x: Array) -> Array:
        """km[g, t] of a point."""
        return np.where(self.column >= 0, x[self.column], 0.0)

    def together(self, x: Array) -> Array:
        """The part of what the places of each cell share that a point shares."""
        found: Array = x[self.cell:] / np.where(self.cell_km > 0, self.cell_km, 1.0)
        return found

    def price(self, dual: Array) -> Array:
        """The multipliers of the links, by package (or trench, then <= 0) and period."""
        return np.where(self.link >= 0, np.where(self.upper, np.minimum(dual[self.link], 0.0), dual[self.link]), 0.0)

    @property
    def upper(self) -> Mask:
        """upper[n, 0]: whether a link is an upper limit."""
        return np.isneginf(self.program.row_lower[np.maximum(self.link, 0)]) & (self.link >= 0)

    def after(self, basis: Any, cells: int) -> tuple[Whole, Whole]:
        """Where the columns and rows of a basis stand that the partition had which this one was split from, with so
        many cells."""
        columns, rows = np.arange(len(basis.col_status)), np.arange(len(basis.row_status))
        first, last = len(columns) - cells, len(rows) - 2 * cells
        columns[first:] += self.cell - first
        rows[last:] += self.partition.count - self.partition.kept
        return columns, rows


def restricted(base: LinearProgram, register: Stretches, partition: Partition, *, named: bool = True) -> Restricted:
    """The program of a partition; where it is not to be ``named``, all groups have one name (hundred thousands of names
    are for nobody while groups split).

    .. math:: renew_{nt} - \\sum_{g \\in n} y_{gt} = 0, \\qquad \\sum_t y_{gt} \\le km_g \\quad (= km_g, where full)

    .. math:: joint_{kt} - \\sum_{c \\in k} z_{ct} \\le 0, \\qquad z_{ct} / km_c \\le y_{gt} / km_g \\quad (g \\in c)
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
    cells, first, last = partition.cells, count + len(y), m + len(n_at) + groups
    length = km_of(register, partition.group, cells)
    for entries, into in zip(_of_cells(register, partition, link, column, (first, last), length),
                             (data, rows, columns), strict=True):
        into.extend(entries)
    matrix = csr_array(coo_array((np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))),
                                 shape=(last + 2 * len(cells), first + len(cells))))
    zero, none = np.zeros(len(n_at)), np.zeros(len(y) + len(cells))
    own_costs = np.zeros(len(cells))
    least = np.where(np.isin(n_at, register.trenches), -np.inf, 0.0)
    below = np.full(2 * len(cells), -np.inf)
    objectives = {stage: (np.concatenate([vector, partition.costs[stage][g_at, y_at], own_costs]
                                         if stage in partition.costs else [vector, none]), constant)
                  for stage, (vector, constant) in base.objectives.items()}
    program = LinearProgram(
        matrix=matrix,
        row_lower=np.concatenate([base.row_lower, least, np.where(partition.full, partition.km, -np.inf), below]),
        row_upper=np.concatenate([base.row_upper, zero, partition.km, np.zeros(len(below))]),
        col_lower=np.concatenate([base.col_lower, none]),
        col_upper=np.concatenate([base.col_upper, np.where(partition.allowed[g_at, y_at], partition.km[g_at], 0.0),
                                  length]),
        whole=np.concatenate([base.whole, np.zeros(len(none), dtype=np.bool_)]), objectives=objectives,
        columns=base.columns + (_names(GROUP, g_at, y_at) if named else ((GROUP, ()),) * len(y))
        + (_names(TOGETHER, np.arange(len(cells))) if named else ((TOGETHER, ()),) * len(cells)),
        rows=base.rows + links_of(base, register) + (_names(LENGTH, np.arange(groups)) if named
                                                     else ((LENGTH, ()),) * groups)
        + (_names(PART, np.arange(2 * len(cells))) if named else ((PART, ()),) * (2 * len(cells))),
        implied=base.implied,
    )
    return Restricted(base, partition, program, link, row, column, first, length)


def _of_cells(register: Stretches, partition: Partition, link: Whole, column: Whole, at: tuple[int, int],
              length: Array) -> tuple[list[Any], list[Any], list[Any]]:
    """Coefficients, rows and columns of the cells, whose columns and rows begin ``at`` these."""
    cells, places = partition.cells, register.places
    data: list[Any] = []
    rows: list[Any] = []
    columns: list[Any] = []
    if places is None or not len(cells):
        return data, rows, columns
    own, (first, last) = np.arange(len(cells)), at
    for side, group in enumerate((cells.one, cells.other)):
        y, theirs = column[group, cells.period], last + 2 * own + side
        there = y >= 0
        data += [np.ones(len(own)), -(length / np.where(partition.km > 0, partition.km, 1.0)[group])[there]]
        rows += [theirs, theirs[there]]
        columns += [first + own, y[there]]
    for q, trenches in enumerate(places.trenches):
        mine = np.flatnonzero(cells.pair == q)
        for k in trenches:
            here = mine[link[k, cells.period[mine]] >= 0]
            data.append(-np.ones(len(here)))
            rows.append(link[k, cells.period[here]])
            columns.append(first + here)
    return data, rows, columns


def born(made: Restricted, old: int) -> tuple[list[int], list[int]]:
    """What is basic of the groups that are new: the column of their choice, or their row, where they chose nothing; and
    of the cells after the ``old`` ones their rows."""
    part = made.partition
    chosen, at = part.born[part.kept:], made.column[part.kept:]
    columns = np.where(chosen >= 0, at[np.arange(len(chosen)), np.maximum(chosen, 0)], -1)
    last = made.program.shape[0] - 2 * (len(made.cell_km) - old)
    return columns[columns >= 0].tolist(), [*made.row[part.kept:][columns < 0].tolist(),
                                            *range(last, made.program.shape[0])]


def links_of(base: LinearProgram, register: Stretches) -> tuple[Name, ...]:
    """Names of the links, by package (or trench) and period as their columns have them."""
    rows = np.nonzero(register.open)[0]
    families = np.where(np.isin(rows, register.trenches), TRENCH, LINK).tolist()
    return tuple((family, base.columns[j][1])
                 for family, j in zip(families, register.column[register.open].tolist(), strict=True))


def _names(family: str, *index: Whole) -> tuple[Name, ...]:
    return tuple(zip(repeat(family), zip(*(part.tolist() for part in index), strict=True)))
