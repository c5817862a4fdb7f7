"""The divisible program of a case by the rules of the algebra alone: the arrays that the modelling language gives, in a
fraction of its time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jaryq.base.errors import Infeasible
from jaryq.case.stages import valued
from jaryq.factors.derive import Factors
from jaryq.formulation.assemble import stage_names
from jaryq.formulation.declare import VARIABLES
from jaryq.formulation.forms import Compared, Form, Forms
from jaryq.solve.in_place import NewRow
from jaryq.solve.lp import LinearProgram, Name
from jaryq.solve.of_rows import of_rows


def arrays_of(f: Factors) -> LinearProgram:
    """The program of a case with its stages that have a value, all decisions divisible. Raises Infeasible if a row
    without decisions cannot hold."""
    forms = Forms(f, {})
    columns = tuple(forms.columns)
    rows = [row for name, made in forms.rows() if (row := row_of(name, made)) is not None]
    stages = {name: (form.terms, form.constant) if isinstance(form, Form) else (([], []), float(form))
              for name, form in forms.stages(valued(stage_names(f)))}
    most = np.array([VARIABLES[family].most(f, *index) for family, index in columns], dtype=np.float64)
    implied = frozenset(name for name, family in VARIABLES.items() if family.bound == "rows")
    return of_rows(columns, rows, stages, most, implied)


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
        made = bool(least <= 0.0 <= most)
    if not made:
        raise Infeasible(f"nothing that may be decided has an effect on {name[0]}", ())
    return None
