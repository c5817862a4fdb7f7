"""A smaller program for the search of whole plans: projects whose payments are alike share them.

Payments (columns of a source in a project) are added up over projects, and with them the rows of the projects in which
they stand, so every whole plan of the full program is one of the small program (a relaxation), and its values are
bounds. What it chooses is solved again in full. Which projects are alike is read from the matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from jaryq.case.stages import BESIDE
from jaryq.solve.alike import Indices, Mask, classes_of, left_out, payments, renamed
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.question import Letters, Question

GUARD = 1e-7
"""A row of the small program may be missed by this share of its size before it counts as broken."""


@dataclass(frozen=True, eq=False)
class Aggregate:
    """The small program and, for each column and row of the full one, the column and row that stand for it (-1: left
    out)."""

    program: LinearProgram
    column: Indices
    row: Indices
    apart: tuple[str, ...] = ()
    """Families whose rows speak differently of columns that one column stands for: the small program may be tighter
    there."""

    def tighter(self, x: Array) -> tuple[str, ...]:
        """Families that keep the small program from being a relaxation: those that tell its columns apart, and those
        whose rows a point ``x`` of the full program breaks in the small one."""
        small = self.program
        sums = small.matrix @ self.point(x)
        size = GUARD * np.maximum(1.0, abs(small.matrix) @ np.abs(self.point(x)))
        broken = np.flatnonzero((sums < small.row_lower - size) | (sums > small.row_upper + size))
        return tuple(sorted({*self.apart, *(small.rows[i][0] for i in broken)}))

    def choices(self, values: Array) -> Array:
        """Values of the full program's columns at the choices of the small one, which are the same; elsewhere 0."""
        small = self.point(values)
        return np.where(self.program.whole, small, 0.0)

    def point(self, x: Array) -> Array:
        """A point of the full program as one of the small one."""
        small = np.zeros(self.program.shape[1])
        kept = self.column >= 0
        np.add.at(small, self.column[kept], x[kept])
        return small


def aggregate(question: Question, program: LinearProgram) -> Aggregate:
    """Add up rows and columns of projects that are alike."""
    out = left_out(question, program)
    return added_up(question, program, out, classes_of(question, program, out))


def added_up(question: Question, program: LinearProgram, out: tuple[Mask, Mask],
             classes: Mapping[str, str]) -> Aggregate:
    """Add up rows and columns of projects of one class; ``out``: columns and rows that are left out."""
    full, program = program, _without(program, *out)
    paid = payments(question.columns, program)
    columns, column = _groups(program.columns, paid, question.columns, classes)
    rows, row = _groups(program.rows, abs(program.matrix) @ paid.astype(float) > 0, question.rows, classes)
    count, size = len(rows), len(columns)
    add_rows = csr_array((np.ones(len(row)), (row, np.arange(len(row)))), shape=(count, len(row)))
    # One column of each group stands for all: within a class their coefficients are the same.
    first = np.full(size, -1, dtype=np.int64)
    for j in range(len(column) - 1, -1, -1):
        first[column[j]] = j
    added = csc_array(add_rows @ program.matrix)
    matrix = csr_array(added[:, first])
    matrix.sum_duplicates()
    matrix.sort_indices()
    small = LinearProgram(
        matrix=matrix, row_lower=_sum(row, program.row_lower, count), row_upper=_sum(row, program.row_upper, count),
        col_lower=_sum(column, program.col_lower, size), col_upper=_sum(column, program.col_upper, size),
        whole=program.whole[first],
        objectives={name: (vector[first], constant)
                    for name, (vector, constant) in program.objectives.items() if name not in BESIDE},
        columns=tuple(columns), rows=tuple(rows), implied=program.implied,
    )
    place = np.full(full.shape[1], -1, dtype=np.int64)
    place[~out[0]] = column
    row_place = np.full(full.shape[0], -1, dtype=np.int64)
    row_place[~out[1]] = row
    return Aggregate(small, place, row_place, _apart(full, program, small, column, added, out))


def _apart(full: LinearProgram, program: LinearProgram, small: LinearProgram, column: Indices, added: csc_array,
           out: tuple[Mask, Mask]) -> tuple[str, ...]:
    """Families of rows in which the columns that one column stands for differ, or that speak of columns left out;
    objectives likewise."""
    differ = abs(added - csc_array(small.matrix)[:, column]).tocoo()
    found = {small.rows[i][0] for i, size in zip(differ.row, differ.data, strict=True) if size > GUARD}
    speaks = abs(full.matrix) @ out[0].astype(float) > 0
    found |= {full.rows[i][0] for i in np.flatnonzero(speaks & ~out[1])}
    found |= {name for name, (vector, _) in small.objectives.items()
              if np.any(np.abs(program.objectives[name][0] - vector[column]) > GUARD)}
    found |= {name for name in small.objectives if np.any(full.objectives[name][0][out[0]])}
    return tuple(sorted(found))


def _without(program: LinearProgram, columns: Mask, rows: Mask) -> LinearProgram:
    """The program without some columns and rows."""
    if not columns.any() and not rows.any():
        return program
    columns, rows = ~columns, ~rows
    return LinearProgram(
        matrix=csr_array(csc_array(program.matrix)[:, np.flatnonzero(columns)])[np.flatnonzero(rows), :],
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows], col_lower=program.col_lower[columns], col_upper=program.col_upper[columns],
        whole=program.whole[columns],
        objectives={name: (vector[columns], constant) for name, (vector, constant) in program.objectives.items()},
        columns=tuple(name for name, kept in zip(program.columns, columns, strict=True) if kept),
        rows=tuple(name for name, kept in zip(program.rows, rows, strict=True) if kept), implied=program.implied,
    )


def _groups(names: Sequence[Name], added: Mask, letters: Letters,
            classes: Mapping[str, str]) -> tuple[list[Name], Indices]:
    """The names of the small program, and the place of each name in them: those to be ``added`` have their class in
    place of the project."""
    at: dict[Name, int] = {}
    where = np.empty(len(names), dtype=np.int64)
    for i, (name, more) in enumerate(zip(names, added.tolist(), strict=True)):
        where[i] = at.setdefault(renamed(name, letters, classes) if more else name, len(at))
    return list(at), where


def _sum(where: Indices, values: Array, count: int) -> Array:
    total = np.zeros(count)
    np.add.at(total, where, values)
    return total
