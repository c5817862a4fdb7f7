"""The program that ``explain PLAN PROJECT`` asks, by the rules of the algebra alone."""

import subprocess
import sys

import numpy as np

from jaryq.api.arrays import whole_arrays_of
from jaryq.api.question import program_of
from jaryq.case.stages import valued
from jaryq.factors.derive import derive
from tests.explain.test_other import two


def by_names(program):
    """Coefficients, sides and bounds of a program by the names of rows and columns."""
    matrix = program.matrix.tocoo()
    cells = {(program.rows[i], program.columns[j]): float(a)
             for i, j, a in zip(*matrix.coords, matrix.data, strict=True) if a}
    sides = {row: (float(low), float(high)) for row, low, high in zip(program.rows, program.row_lower,
        program.row_upper, strict=True)}
    bounds = {column: (float(high), bool(whole))
              for column, high, whole in zip(program.columns, program.col_upper, program.whole, strict=True)}
    costs = {name: {column: float(c) for column, c in zip(program.columns, program.objectives[name][0], strict=True)
                    if c} for name in valued(program.objectives)}
    return cells, sides, bounds, costs


def test_it_is_the_program_that_the_modelling_language_gives():
    factors = derive(two())
    for one, other in zip(by_names(whole_arrays_of(factors)), by_names(program_of(factors)), strict=True):
        assert one.keys() == other.keys()
    (cells, sides, bounds, _), (theirs, their_sides, their_bounds,
                                _) = by_names(whole_arrays_of(factors)), by_names(program_of(factors))
    assert all(np.isclose(value, theirs[place], rtol=1e-12, atol=0) for place, value in cells.items())
    assert all(np.allclose(side, their_sides[row], rtol=1e-12, atol=1e-12) for row, side in sides.items())
    assert bounds == their_bounds
    assert any(whole for _, whole in bounds.values())


def test_a_project_is_explained_without_loading_the_modelling_language():
    done = subprocess.run([sys.executable, "-c", "import sys\nimport jaryq.commands.explain\nprint('pyomo' in "
                                                 "sys.modules)"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
