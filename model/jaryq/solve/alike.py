"""Which projects are alike, read from the matrix: their payments (columns of a source in a project) agree once the
rows of each project are called those of any project."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array

from jaryq.case.stages import BESIDE
from jaryq.solve.lp import LinearProgram, Name
from jaryq.solve.question import Letters, Question

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Facts = dict[tuple[str, int], bytes]

ANY = "*"
"""Stands for a project in a renamed row or column."""

DIGITS = 9
"""Coefficients that agree to so many decimals are the same."""


def left_out(question: Question, program: LinearProgram) -> tuple[Mask, Mask]:
    """Whole columns that speak of one source in one project, and the rows in which they stand: without them the
    program is a wider one."""
    columns = program.whole & _of_payments(question.columns, program)
    return columns, abs(program.matrix) @ columns.astype(float) > 0


def payments(letters: Letters, program: LinearProgram) -> Mask:
    """Columns of a source in a project that are not whole."""
    return _of_payments(letters, program) & ~program.whole


def _of_payments(letters: Letters, program: LinearProgram) -> Mask:
    families = {family for family, index in letters.items() if {"s", "p"} <= set(index)}
    return np.array([family in families for family, _ in program.columns], dtype=bool)


def classes_of(question: Question, program: LinearProgram, out: tuple[Mask, Mask]) -> dict[str, str]:
    """A name for the class of each project. Projects are alike if their payments agree once rows are renamed (any
    project in place of this one), and so do those rows.

    A payment agrees with another one of the same name by its costs and coefficients; a row with another one of the same
    name by the payments in it, whatever their years (a project that spends in other years lacks columns, not sources).
    Projects join the first class with which all that they have in common agrees.
    """
    paid = np.flatnonzero(payments(question.columns, program))
    if not len(paid):
        return {}
    names = [program.columns[j] for j in paid.tolist()]
    projects = [str(question.project_of(name)) for name in names]
    column = _ids(renamed(name, question.columns) for name in names)
    row = _ids(renamed(name, question.rows) for name in program.rows)
    facts: dict[str, Facts] = {project: {} for project in sorted(set(projects))}
    for project, at, what in zip(projects, column.tolist(), _agreeing(program, paid, row, ~out[1]), strict=True):
        facts[project]["payment", at] = what
    number = _ids(projects)
    named = dict(zip(number.tolist(), projects, strict=True))
    timeless = _ids(_timeless(name, question.columns) for name in names)
    for (which, at), members in _standing(program, paid, number, row, timeless, ~out[1]):
        facts[named[which]]["row", at] = members
    return _joined(facts)


def _joined(facts: Mapping[str, Facts]) -> dict[str, str]:
    """Each project in the first class that says nothing else of what both know."""
    classes: list[Facts] = []
    joined: dict[frozenset[tuple[tuple[str, int], bytes]], int] = {}
    found: dict[str, str] = {}
    for project, mine in facts.items():
        everything = frozenset(mine.items())
        if everything not in joined:
            fits = [all(known.get(name, what) == what for name, what in mine.items()) for known in classes]
            joined[everything] = fits.index(True) if any(fits) else len(classes)
            if not any(fits):
                classes.append({})
            classes[joined[everything]].update(mine)
        found[project] = f"class {joined[everything] + 1}"
    return found


def _agreeing(program: LinearProgram, paid: Indices, row: Indices, kept: Mask) -> list[bytes]:
    """Of each payment its coefficients by renamed row, and its costs: the same bytes where they agree."""
    matrix = csc_array(program.matrix)[:, paid].tocoo()
    there = kept[matrix.row]
    rows, at, values = row[matrix.row[there]], matrix.col[there], np.round(matrix.data[there], DIGITS)
    order = np.lexsort((values, rows, at))
    entries = np.column_stack([rows[order], values[order]])
    ends = np.searchsorted(at[order], np.arange(len(paid) + 1))
    costs = np.round(np.column_stack([vector[paid] for name, (vector, _) in program.objectives.items()
                                      if name not in BESIDE]), DIGITS) + 0.0
    return [entries[ends[k]: ends[k + 1]].tobytes() + costs[k].tobytes() for k in range(len(paid))]


def _standing(program: LinearProgram, paid: Indices, project: Indices, row: Indices, timeless: Indices,
              kept: Mask) -> Iterator[tuple[tuple[int, int], bytes]]:
    """For each project and renamed row the payments that stand in it, whatever their years."""
    matrix = csc_array(program.matrix)[:, paid].tocoo()
    there = kept[matrix.row]
    at = matrix.col[there]
    count, kinds = int(row.max(initial=0)) + 1, int(timeless.max(initial=0)) + 1
    all_of = np.unique((project[at] * count + row[matrix.row[there]]) * kinds + timeless[at])
    place, members = np.divmod(all_of, kinds)
    first = np.flatnonzero(np.diff(place, prepend=-1))
    projects, rows = np.divmod(place[first], count)
    ends = [*(members.itemsize * first[1:]).tolist(), members.nbytes]
    all_members, begin = members.tobytes(), 0
    for which, row_of_it, end in zip(projects.tolist(), rows.tolist(), ends, strict=True):
        yield (which, row_of_it), all_members[begin:end]
        begin = end


def _ids(values: Iterable[Hashable]) -> Indices:
    """A number for each value, the same for the same."""
    at: dict[Hashable, int] = {}
    return np.array([at.setdefault(value, len(at)) for value in values], dtype=np.int64)


def renamed(name: Name, letters: Letters, classes: Mapping[str, str] | None = None) -> Name:
    """A name with the class in place of the project, or any project."""
    family, index = name
    if "p" not in (of := letters.get(family, ())):
        return name
    place = of.index("p")
    return family, (*index[:place], classes[index[place]] if classes else ANY, *index[place + 1:])


def _timeless(name: Name, letters: Letters) -> Name:
    """A name without project and time."""
    family, index = name
    return family, tuple(part for part, letter in zip(index, letters[family], strict=True) if letter not in "pty")
