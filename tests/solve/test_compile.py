"""A model that has given its arrays is let go of at once, not when circles are looked for."""

import gc
import weakref

import pyomo.environ as pyo

from jaryq.formulation.model import assemble
from jaryq.solve.compile import compile_model, free
from tests.cases import facility, keyed, source
from tests.make import bare_case, program_of


def test_a_model_that_is_freed_leaves_its_arrays_and_no_sums():
    case = bare_case(facilities=keyed(facility("P", cost=10.0, benefit=20.0)),
                     sources=keyed(source("B", ceilings={2026: 5.0, 2027: 0.0, 2028: 0.0})))
    factors, known = program_of(case)
    gc.collect()
    gc.disable()
    try:
        model = assemble(factors)
        program = compile_model(model)
        # Decisions alone stay behind, a small part: Pyomo's compiler holds them in a circle of its own.
        sums = [weakref.ref(data) for kind in (pyo.Constraint, pyo.Objective)
                for component in model.component_objects(kind) for data in component.values()]
        assert sums
        free(model)
        del model
        left = [part() for part in sums if part() is not None]
    finally:
        gc.enable()
    assert left == []
    assert program.columns == known.columns
    assert (program.matrix != known.matrix).nnz == 0
