"""Stages one after another: each keeps what those before reached, and the answer is the lexicographic optimum."""

import numpy as np
import pytest
from scipy.optimize import linprog

from jaryq.base.errors import NoPlan
from jaryq.solve import stages
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from tests.cases import facility, keyed, source, target
from tests.make import bare_case, solved
from tests.solve.programs import INF, lp, random_lp


def staged(program):
    return linear_stages(program, tuple(program.objectives), Solver(program))


def three():
    """x + y >= 2, x + z <= 3, all in 0..5. First x + y as small as possible: 2. Then x as large as possible: 2 (y = 0).
    Then z as large: 1."""
    return lp([([1, 1, 0], 2, INF), ([1, 0, 1], -INF, 3)], {"priority_1": [1, 1, 0], "priority_2": [-1, 0, 0],
                                                            "objective": [0, 0, -1]}, high=[5, 5, 5])


def test_three_stages_by_hand():
    found = staged(three())
    assert found.values == pytest.approx({"priority_1": 2.0, "priority_2": -2.0, "objective": -1.0})
    assert found.x == pytest.approx([2.0, 0.0, 1.0])
    assert not found.fell_back


def test_order_of_stages_matters():
    """With z first: z = 3 needs x = 0; then x + y = 2 with y = 2; then x stays 0."""
    program = three()
    found = linear_stages(program, ("objective", "priority_1", "priority_2"), Solver(program))
    assert found.x == pytest.approx([0.0, 2.0, 3.0])


def lexicographic(program):
    """The optimum stage by stage with scipy, a row and a slack of 1e-9 for each stage before."""
    rows, limits = [], []
    for matrix, side in ((program.matrix.toarray(), program.row_upper),
                         (-program.matrix.toarray(), -program.row_lower)):
        known = np.isfinite(side)
        rows += list(matrix[known])
        limits += list(side[known])
    values = {}
    for name, (vector, _) in program.objectives.items():
        found = linprog(vector, A_ub=np.array(rows), b_ub=limits,
                        bounds=list(zip(program.col_lower, program.col_upper, strict=True)), method="highs")
        values[name] = found.fun
        rows.append(vector)
        limits.append(found.fun + 1e-9)
    return values


@pytest.mark.parametrize("seed", range(25))
def test_random_programs_reach_the_lexicographic_optimum(seed):
    program = random_lp(seed, stages=4)
    found = staged(program)
    assert found.values == pytest.approx(lexicographic(program), abs=1e-6)


@pytest.mark.parametrize("seed", range(25))
def test_earlier_values_hold_to_a_billionth_at_the_end(seed):
    program = random_lp(seed, stages=4)
    found = staged(program)
    assert not found.fell_back
    for name, value in found.values.items():
        assert program.value(name, found.x) == pytest.approx(value, abs=1e-9 * max(1.0, abs(value)), rel=0)


def leaking():
    """First 100 x + 5e-8 y as small as possible: 0, y in 0..1000 having a reduced cost below that of a face. Then y as
    large: only at the cost of 5e-5."""
    return lp([([1, 1], -INF, 2000)], {"priority_1": [100, 5e-8], "objective": [0, -1]}, high=[5, 1000])


def test_a_wide_column_of_a_small_cost_buys_no_earlier_value():
    """y stays 0: the face is drawn finer, before any row is added."""
    found = staged(leaking())
    assert not found.fell_back
    assert found.x == pytest.approx([0.0, 0.0], abs=1e-9)
    assert found.values == pytest.approx({"priority_1": 0.0, "objective": 0.0}, abs=1e-9)


def test_the_finer_face_goes_on_from_where_the_coarser_one_ended(monkeypatch):
    """Each stage is solved from nothing once, and what was drawn finer is told."""
    asked = []
    own = stages.solve_surely
    monkeypatch.setattr(stages, "solve_surely", lambda *given, **how: asked.append(1) or own(*given, **how))
    assert staged(leaking()).least == stages.FINER
    assert len(asked) == 2
    assert staged(three()).least == stages.FACE


def test_where_the_finer_face_is_known_to_be_needed_the_coarser_one_is_not_tried(monkeypatch):
    drawn = []
    own = stages.on_faces
    monkeypatch.setattr(stages, "on_faces", lambda *given, least, **how: drawn.append(least)
                        or own(*given, least=least, **how))
    program = leaking()
    found = linear_stages(program, tuple(program.objectives), Solver(program), least=stages.FINER)
    assert drawn == [stages.FINER]
    assert found.x == pytest.approx([0.0, 0.0], abs=1e-9)


def test_where_even_rows_do_not_end_the_finer_face_stands(monkeypatch):
    """With the values that its point really has."""
    def never(*_):
        raise NoPlan("the solver stopped without a plan")

    monkeypatch.setattr(stages, "holds", lambda *_: False)
    monkeypatch.setattr(stages, "_with_rows", never)
    found = staged(three())
    assert found.values == pytest.approx({"priority_1": 2.0, "priority_2": -2.0, "objective": -1.0})


@pytest.mark.parametrize("seed", range(25))
def test_rows_instead_of_faces_reach_the_same(seed, monkeypatch):
    """But for what a later stage buys with the slack of 1e-9 of the rows before it (values here are up to 50)."""
    program = random_lp(seed, stages=4)
    found = staged(program)
    monkeypatch.setattr(stages, "holds", lambda *_: False)
    again = staged(program)
    assert again.fell_back
    assert again.values == pytest.approx(found.values, abs=1e-4)


def test_a_plan_kept_by_rows_says_so(monkeypatch):
    monkeypatch.setattr(stages, "holds", lambda *_: False)
    case = bare_case(facilities=keyed(facility("P", cost=10.0, benefit=20.0)),
                     sources=keyed(source("B", ceilings={2026: 5.0, 2027: 0.0, 2028: 0.0})),
                     targets=(target("T", "facilities", 1.0),))
    found = solved(case)
    assert found.value == pytest.approx(5.0, abs=1e-6)
    assert any("slack" in remark for remark in found.remarks)


def test_the_solver_is_left_as_it_was():
    """Bounds and rows that a run fixed on its faces are free again for the next one."""
    program = three()
    solver = Solver(program)
    first = linear_stages(program, tuple(program.objectives), solver)
    again = linear_stages(program, ("objective",), solver)
    assert again.values["objective"] == pytest.approx(-3.0)
    assert linear_stages(program, tuple(program.objectives), solver).values == pytest.approx(first.values)


def test_what_is_at_its_best_already_is_not_solved_again(monkeypatch):
    """x + y >= 2 costs x first: 0, y is 2. Nothing is better for x than 0, so the second stage, x again, is no run; the
    third makes y least: 2."""
    program = lp([([1, 1], 2, INF)], {"priority_1": [1, 0], "spread_1": [3, 0], "objective": [0, 1]}, high=[5, 5])
    runs = []

    class Counting(Solver):
        def run(self, **more):
            runs.append(1)
            return super().run(**more)

    found = linear_stages(program, tuple(program.objectives), Counting(program))
    assert found.values == pytest.approx({"priority_1": 0.0, "spread_1": 0.0, "objective": 2.0})
    assert len(runs) == 2
