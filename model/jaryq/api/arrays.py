"""The divisible program of a case by the rules of the algebra alone: the arrays that the modelling language gives, in a
fraction of its time."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jaryq.base.errors import Infeasible
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import stage_names
from jaryq.formulation.declare import VARIABLES
from jaryq.formulation.forms import Compared, Form, Forms, holds_of_nothing
from jaryq.solve.in_place import NewRow, Terms
from jaryq.solve.lp import Array, LinearProgram, Name
from jaryq.solve.of_rows import of_rows


@dataclass(frozen=True, eq=False)
class Said:
    """What the algebra says with some factors: columns and their numbers in the terms of rows and stages, and the most
    of each. Rows may have no terms: that they hold is known."""

    columns: tuple[Name, ...]
    numbers: Sequence[int]
    most: Array
    rows: Sequence[NewRow]
    stages: Mapping[str, tuple[Terms, float]]


def said(f: Factors, columns: Mapping[Name, int], rows: Container[Name] = ()) -> Said:
    """What the algebra says, columns by the numbers that they have in a program; ``rows``: those that stand in it,
    terms or not. Raises Infeasible if a row without decisions cannot hold."""
    forms = Forms(f, columns)
    found = (row_of(name, made, always=name in rows) for name, made in forms.rows())
    made = [row for row in found if row is not None]
    stages = {name: (form.terms, form.constant) if isinstance(form, Form) else (([], []), float(form))
              for name, form in forms.stages(valued(stage_names(f)))}
    most = np.array([VARIABLES[family].most(f, *index) for family, index in forms.columns], dtype=np.float64)
    return Said(tuple(forms.columns), forms.numbers, most, made, stages)


def arrays_of(f: Factors) -> LinearProgram:
    """The program of a case with its stages that have a value, all decisions divisible. Raises Infeasible if a row
    without decisions cannot hold."""
    return program_of(said(f, {}))


def program_of(told: Said) -> LinearProgram:
    """A program of its own for what was said, in the order in which it was said. Raises Infeasible."""
    place = {number: k for k, number in enumerate(told.numbers)}
    rows = [NewRow(row.name, _renumbered(row.terms, place), row.least, row.most) for row in told.rows if row.terms[0]]
    for row in told.rows:
        if not row.terms[0] and not holds_of_nothing(row.least, row.most):
            raise Infeasible(f"nothing that may be decided has an effect on {row.name[0]}", ())
    stages = {name: (_renumbered(terms, place), constant) for name, (terms, constant) in told.stages.items()}
    implied = frozenset(name for name, family in VARIABLES.items() if family.bound == "rows")
    return of_rows(told.columns, rows, stages, told.most, implied)


def _renumbered(terms: Terms, place: Mapping[int, int]) -> Terms:
    return [place[number] for number in terms[0]], terms[1]


def whole_arrays_of(f: Factors) -> LinearProgram:
    """The same with the decisions whole that are. Raises Infeasible."""
    program = arrays_of(f)
    whole = np.array([VARIABLES[family].whole and f.case.settings.whole for family, _ in program.columns], dtype=bool)
    return replace(program, whole=whole)


def row_of(name: Name, made: Compared | bool, *, always: bool = False) -> NewRow | None:
    """A row, if it says something (``always``: also without terms). Raises Infeasible where it cannot hold without
    decisions."""
    if isinstance(made, Compared):
        terms = made.form.terms
        least, most = made.sides
        if terms[0] or always:
            return NewRow(name, terms, least, most)
        made = holds_of_nothing(least, most)
    if not made:
        raise Infeasible(f"nothing that may be decided has an effect on {name[0]}", ())
    return None
