"""A smaller program for the search of whole plans: projects that the same sources may pay for share their draws.

Rows of projects of one class are added up, so every whole plan of the full program is one of the small program (a
relaxation), and its values are bounds. What it chooses is solved again in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array, csr_array

from jaryq.case.scope import projects_of
from jaryq.factors.derive import Factors
from jaryq.formulation.declare import TIE_BREAK
from jaryq.sheets.measures import OF_SOURCES
from jaryq.solve.lp import Array, LinearProgram, Name

PROJECT_AT = {
    "paid_in_full": 0, "counterpart": 0, "group_share": 1, "largest_share": 1, "partner_content": 1,
    "supplied_from_draws": 1, "draw": 1, "supplied": 1,
    "local_from_draws": 1, "local_costs": 1, "local": 1,
}
"""Families whose rows or columns belong to a project, and where in the index the project stands."""


DROPPED = ("smallest_share", "takes_part", "part")
"""Families that speak of one source in one project: left out of the small program, which is then the wider one."""

CHOICES = ("start_once", "start_required", "works_after", "kept_is_done")
"""Families of rows that speak of the choices of single projects, not of their money: they stay as they are."""


GUARD = 1e-7
"""A row of the small program may be missed by this share of its size before it counts as broken."""


@dataclass(frozen=True, eq=False)
class Aggregate:
    """The small program and, for each column and row of the full one, the column and row that stand for it (-1: left
    out)."""

    program: LinearProgram
    column: np.ndarray[Any, np.dtype[np.int64]]
    row: np.ndarray[Any, np.dtype[np.int64]]
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

    def point(self, x: Array) -> Array:
        """A point of the full program as one of the small one."""
        small = np.zeros(self.program.shape[1])
        kept = self.column >= 0
        np.add.at(small, self.column[kept], x[kept])
        return small


def aggregate(f: Factors, program: LinearProgram) -> Aggregate:
    """Add up rows and columns of projects with the same sources and under the same targets on draws."""
    classes = _classes(f)
    kept = np.array([name not in DROPPED for name, _ in program.columns])
    kept_rows = np.array([name not in DROPPED for name, _ in program.rows], dtype=bool)
    full, program = program, _without(program, DROPPED)
    columns, column = _groups(program.columns, classes)
    rows, row = _groups(program.rows, classes)
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
        objectives={name: (vector[first], constant) for name,
                    (vector, constant) in program.objectives.items() if name not in TIE_BREAK},
        columns=tuple(columns), rows=tuple(rows),
    )
    place = np.full(len(kept), -1, dtype=np.int64)
    place[kept] = column
    row_place = np.full(len(kept_rows), -1, dtype=np.int64)
    row_place[kept_rows] = row
    return Aggregate(small, place, row_place, _apart(full, program, small, column, added))


def _apart(full: LinearProgram, program: LinearProgram, small: LinearProgram,
           column: np.ndarray[Any, np.dtype[np.int64]], added: csc_array) -> tuple[str, ...]:
    """Families of rows in which the columns that one column stands for differ, or that speak of columns left out;
    objectives likewise."""
    differ = abs(added - csc_array(small.matrix)[:, column]).tocoo()
    found = {small.rows[i][0] for i, size in zip(differ.row, differ.data, strict=True) if size > GUARD}
    out = np.flatnonzero([name in DROPPED for name, _ in full.columns])
    found |= {full.rows[i][0] for i in csc_array(csc_array(full.matrix)[:, out]).indices} - set(DROPPED)
    found |= {name for name, (vector, _) in small.objectives.items()
              if np.any(np.abs(program.objectives[name][0] - vector[column]) > GUARD)}
    found |= {name for name in small.objectives if np.any(full.objectives[name][0][out])}
    return tuple(sorted(found))


def _without(program: LinearProgram, families: tuple[str, ...]) -> LinearProgram:
    """The program without the rows and columns of some families."""
    rows = np.array([name not in families for name, _ in program.rows])
    columns = np.array([name not in families for name, _ in program.columns])
    if rows.all() and columns.all():
        return program
    return LinearProgram(
        matrix=csr_array(csc_array(program.matrix)[:, np.flatnonzero(columns)])[np.flatnonzero(rows), :],
        row_lower=program.row_lower[rows],
        row_upper=program.row_upper[rows], col_lower=program.col_lower[columns], col_upper=program.col_upper[columns],
        whole=program.whole[columns],
        objectives={name: (vector[columns], constant) for name, (vector, constant) in program.objectives.items()},
        columns=tuple(name for name, kept in zip(program.columns, columns, strict=True) if kept),
        rows=tuple(name for name, kept in zip(program.rows, rows, strict=True) if kept),
    )


def _classes(f: Factors) -> dict[str, str]:
    """A name for each project's class."""
    watched = {target.id: {project.id for project in projects_of(f.case, target)} for target in f.case.targets
               if target.measure in OF_SOURCES}
    billed = {(tariff.region, tariff.sector) for tariff in f.case.tariffs}
    found: dict[tuple[Any, ...], str] = {}
    named = {}
    for key, project in f.case.projects.items():
        kind = (f.bounds.pays[key], tuple(target for target, spoken in watched.items() if key in spoken),
                (project.region, project.sector) if (project.region, project.sector) in billed else None)
        named[key] = found.setdefault(kind, f"class {len(found) + 1}")
    return named


def _groups(names: tuple[Name, ...], classes: dict[str, str]) -> tuple[list[Name], np.ndarray[Any, np.dtype[np.int64]]]:
    at: dict[Name, int] = {}
    where = np.empty(len(names), dtype=np.int64)
    for i, (family, index) in enumerate(names):
        place = PROJECT_AT.get(family)
        name = (family, index) if place is None else (family, (*index[:place], classes[index[place]],
                                                               *index[place + 1:]))
        where[i] = at.setdefault(name, len(at))
    return list(at), where


def _sum(where: np.ndarray[Any, np.dtype[np.int64]], values: Array, count: int) -> Array:
    total = np.zeros(count)
    np.add.at(total, where, values)
    return total
