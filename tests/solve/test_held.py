"""Choices fixed after the stages of a program are known: the stages that are left come out as if run from nothing;
fixings that several columns share a point for."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from jaryq.base.errors import Infeasible
from jaryq.solve import at_once, fixings, held
from jaryq.solve.fixings import Fixer
from jaryq.solve.from_base import by_names
from jaryq.solve.held import held_stages
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages, on_faces
from tests.solve.programs import INF, lp, random_lp


def with_a_column_at(program, j, value):
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    lower[j] = upper[j] = value
    return program.with_bounds(col_lower=lower, col_upper=upper)


@pytest.mark.parametrize("known", [2, 4])
@pytest.mark.parametrize("seed", range(40))
def test_stages_with_a_column_fixed_are_those_from_nothing(seed, known):
    """Four stages, two or all of them solved before the first column is fixed: at its value there (all is kept) and at
    0 (earlier stages get worse, or no plan is left)."""
    program = random_lp(seed, stages=4)
    names = tuple(program.objectives)
    base = linear_stages(program, names[:known], Solver(program))
    for value in (float(base.x[0]), 0.0):
        fixed = with_a_column_at(program, 0, value)
        try:
            expected = linear_stages(fixed, names, Solver(fixed))
        except Infeasible:
            with pytest.raises(Infeasible):
                held_stages(fixed, names, Solver(fixed), base)
            continue
        found = held_stages(fixed, names, Solver(fixed), base)
        assert found.values == pytest.approx(expected.values, abs=1e-7)
        assert found.values == {name: fixed.value(name, found.x) for name in names}
        assert [list(part) for part in (found.values, found.duals, found.faces)] == [list(names)] * 3
        # Faces and multipliers are those of the program: its stages go on from them to the same values.
        again = on_faces(fixed, names[-1:], Solver(fixed), found.faces[names[-1]])
        assert again.values[names[-1]] == pytest.approx(expected.values[names[-1]], abs=1e-7)


def test_where_the_values_are_kept_no_stage_is_run_from_nothing(monkeypatch):
    """x + y >= 2, least x (0), then least y (2): y fixed at 2 keeps both; y fixed at 1 makes x 1, and all is run
    again."""
    program = lp([([1, 1], 2, INF)], {"priority_1": [1, 0], "objective": [0, 1]}, high=[5, 5])
    names = ("priority_1", "objective")
    base = linear_stages(program, names, Solver(program))
    runs = []
    monkeypatch.setattr(held, "linear_stages", lambda *given, **how: runs.append(1) or linear_stages(*given, **how))
    kept, worse = with_a_column_at(program, 1, 2.0), with_a_column_at(program, 1, 1.0)
    assert held_stages(kept, names, Solver(kept), base).values == pytest.approx({"priority_1": 0.0, "objective": 2.0})
    assert not runs
    assert held_stages(worse, names, Solver(worse), base).values == pytest.approx({"priority_1": 1.0, "objective": 1.0})
    assert runs == [1]


@pytest.mark.parametrize("large", [False, True])
def test_columns_that_a_point_shows_at_one_are_not_asked_again(monkeypatch, large):
    """Of a, b, c, d >= 0, all in part at the point: a + b <= 1 (each can be 1 alone), 2 c - e <= 1 with e <= 0.5 and 3
    d - e <= 1: neither c nor d can be 1 (c at most 3/4, d 1/2). One point shows a or b, the next the other; c and d are
    asked one by one and proved, however large the program is."""
    program = lp([([1, 1, 0, 0, 0], -INF, 1), ([0, 0, 2, 0, -1], -INF, 1), ([0, 0, 0, 3, -1], -INF, 1),
                  ([0, 0, 1, 1, 1], -INF, 9)], {"objective": [1, 1, 1, 1, 0]},
                 high=[1, 1, 1, 1, 0.5], whole=[0, 1, 2, 3])
    monkeypatch.setattr(fixings, "LARGE", 0 if large else 100)
    fixer = Fixer(program)
    x = np.array([0.5, 0.5, 0.6, 0.4, 0.5])
    assert fixer.by_program(x) == 2
    assert set(np.flatnonzero(fixer.upper[:4] == 0.0).tolist()) == {2, 3}
    assert {f.column for f in fixer.found} == {"x[2]", "x[3]"}


@pytest.mark.parametrize("near", [0, 2000])
@pytest.mark.parametrize("seed", [seed for seed in range(21) if seed != 10])  # 10: nothing without its last column
def test_a_program_with_other_decisions_goes_on_by_names_to_the_same_values(monkeypatch, seed, near):
    """The known program lacks the last column and the last row of the other one (and stands elsewhere), its stages are
    known; the other one's are those from nothing, however few steps are tried."""
    monkeypatch.setattr(at_once, "NEAR", near)
    program = random_lp(seed, stages=4)
    names, known = tuple(program.objectives), random_lp(seed, stages=4)
    known = replace(known, matrix=csr_array(known.matrix.toarray()[:-1, :-1]), row_lower=known.row_lower[:-1] - 1.0,
                    row_upper=known.row_upper[:-1] + 1.0,
                    col_lower=known.col_lower[:-1], col_upper=known.col_upper[:-1], whole=known.whole[:-1],
                    columns=known.columns[:-1], rows=known.rows[:-1],
                    objectives={name: (vector[:-1], constant) for name, (vector, constant) in known.objectives.items()})
    base = linear_stages(known, names, Solver(known))
    found = by_names(known, base, program, names, Solver(program))
    expected = linear_stages(program, names, Solver(program)).values
    assert found is not None
    assert found[0] == pytest.approx(expected, abs=1e-7)
    assert {name: program.value(name, found[1]) for name in names} == pytest.approx(expected, abs=1e-7)
