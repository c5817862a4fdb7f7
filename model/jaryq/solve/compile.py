"""From a Pyomo model to arrays, once. The traps of the standard form are handled here and nowhere else."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from jaryq.base.collector import no_collector
from jaryq.base.errors import Infeasible
from jaryq.base.unasked import BESIDE_PYOMO, without
from jaryq.solve.lp import LinearProgram, Name

with without(BESIDE_PYOMO):
    import pyomo.environ as pyo
    from pyomo.common.errors import InfeasibleConstraintException
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler


def compile_model(m: Any) -> LinearProgram:
    """The arrays of a model. Raises Infeasible if a row without decisions cannot hold."""
    try:
        with no_collector():
            form = LinearStandardFormCompiler().write(m, mixed_form=True)
    except InfeasibleConstraintException as error:
        raise Infeasible(f"a limit without decisions cannot hold: {error}") from error
    columns = form.columns
    matrix = csr_array(form.A)
    # Sorted columns within a row: the same arrays whatever the order in which terms were added.
    matrix.sum_duplicates()
    matrix.sort_indices()
    count = len(form.rows)
    lower, upper = np.full(count, -np.inf), np.full(count, np.inf)
    for i, (row, side) in enumerate(form.rows):
        del row
        if side <= 0:
            lower[i] = form.rhs[i]
        if side >= 0:
            upper[i] = form.rhs[i]
    objectives = {}
    vectors = form.c.toarray()
    for k, name in enumerate(m.stage_names):
        objectives[name] = (np.asarray(vectors[k], dtype=float), float(form.c_offset[k]))
    return LinearProgram(
        matrix=matrix, row_lower=lower, row_upper=upper,
        col_lower=np.array([float(pyo.value(v.lb)) for v in columns]),
        col_upper=np.array([float(pyo.value(v.ub)) for v in columns]),
        whole=np.array([not v.is_continuous() for v in columns], dtype=bool), objectives=objectives,
        columns=tuple(_name(v) for v in columns), rows=tuple(_name(row) for row, _ in form.rows), implied=m.implied,
    )


def free(m: Any) -> None:
    """Let go of what a model is made of: its parts hold each other in circles, and circles are looked for rarely."""
    for component in list(m.component_objects()):
        component.clear()
    vars(m).clear()


def _name(component: Any) -> Name:
    index = component.index()
    if index is None:
        index = ()
    return component.parent_component().local_name, index if isinstance(index, tuple) else (index,)
