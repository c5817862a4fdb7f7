"""Stages of programs that differ from a solved one in a few bounds give the values of stages run from nothing; the
solver is silent."""

import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from jaryq.solve import warm
from jaryq.solve.highs import Outcome, Solver
from jaryq.solve.stages import linear_stages
from jaryq.solve.warm import Warm
from tests.solve.programs import INF, lp, random_lp


@pytest.mark.parametrize("size", [0.01, 0.7, -0.3])
@pytest.mark.parametrize("seed", range(20))
def test_going_on_from_solved_stages_reaches_what_a_run_from_nothing_reaches(seed, size):
    """Bounds of two rows and of a column moved, one program after another on the same solvers, then none: the values
    come back."""
    program = random_lp(seed, stages=4)
    names = tuple(program.objectives)
    near = Warm(program, names, linear_stages(program, names, Solver(program)))
    for j in range(3):
        upper = program.col_upper.copy()
        upper[j] += size
        moved = program.moved({("row", (0,)): size, ("row", (1,)): size}).with_bounds(col_upper=upper)
        assert near.values(moved) == pytest.approx(linear_stages(moved, names, Solver(moved)).values, abs=1e-7)
    assert near.values(program) == pytest.approx(near.base.values, abs=1e-9)


def test_the_same_program_again_takes_one_solve_of_the_last_stage_and_no_iteration():
    """The multipliers of the earlier stages still say where they are best."""
    program = random_lp(3, stages=4)
    names = tuple(program.objectives)
    near = Warm(program, names, linear_stages(program, names, Solver(program)))
    near.values(program)
    assert list(near.solvers) == [names[-1]]
    assert near.solvers[names[-1]].highs.getInfo().simplex_iteration_count == 0


def test_where_the_face_is_empty_the_stages_go_on_one_by_one():
    """x + y >= 2: first the least x (0), then the least y (2). With y at most 1, x is 1 at best, and the multipliers of
    x = 0 hold nothing."""
    program = lp([([1, 1], 2, INF)], {"priority_1": [1, 0], "objective": [0, 1]}, high=[5, 5])
    near = Warm(program, ("priority_1", "objective"), linear_stages(program, ("priority_1", "objective"),
        Solver(program)))
    assert near.base.values == pytest.approx({"priority_1": 0.0, "objective": 2.0})
    moved = program.with_bounds(col_upper=np.array([5.0, 1.0]))
    assert near.values(moved) == pytest.approx({"priority_1": 1.0, "objective": 1.0})
    assert near.values(program) == pytest.approx(near.base.values)


def test_stages_that_hold_on_finer_faces_alone_go_on_there(monkeypatch):
    """x + v >= 2; first 100 x + 5e-8 y least: x = 0, and y, wide, has a reduced cost below that of a face. Then v less
    y: v = 2, y = 0. With v at most 1 x is 1 and the first stage 100; y would buy 1,000 of the second for 5e-5 of it,
    more than holds."""
    program = lp([([1, 1, 0], 2, INF)], {"priority_1": [100, 0, 5e-8], "objective": [0, 1, -1]}, high=[5, 5, 1000])
    names = tuple(program.objectives)
    near = Warm(program, names, linear_stages(program, names, Solver(program)))
    assert near.base.values == pytest.approx({"priority_1": 0.0, "objective": 2.0}, abs=1e-9)
    monkeypatch.setattr(warm, "linear_stages", lambda *_, **__: pytest.fail("from nothing"))
    moved = program.with_bounds(col_upper=np.array([5.0, 1.0, 1000.0]))
    assert near.values(moved) == pytest.approx({"priority_1": 100.0, "objective": 1.0}, abs=1e-9)
    assert near.one_by_one


def test_an_optimum_without_a_point_is_solved_again(monkeypatch):
    """The solver says "optimal" of every stage that goes on from its basis and gives no point: the stages are run from
    nothing."""
    program = random_lp(3, stages=4)
    names = tuple(program.objectives)
    near = Warm(program, names, linear_stages(program, names, Solver(program)))
    none = np.zeros(0)
    monkeypatch.setattr(Warm, "_on", lambda *_: Outcome("optimal", none, none, none, np.nan, np.nan, "optimal"))
    assert near.values(program) == pytest.approx(near.base.values)


def test_the_solver_prints_nothing_and_BLAS_has_one_thread():
    """In a process of its own: the banner appears once per process, and threads are made when numpy loads."""
    code = """
import jaryq, os
import numpy as np
from tests.solve.programs import lp
from jaryq.solve.highs import Outcome, Solver, versions
versions()
solver = Solver(lp([([1.0], 0.0, 1.0)], {"objective": [1.0]}, high=[1.0]))
solver.run()
np.ones((300, 300)) @ np.ones((300, 300))
print(os.environ["OPENBLAS_NUM_THREADS"], len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1)
"""
    clean = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=clean, capture_output=True,
                          text=True, check=True)
    assert done.stdout == "1 1\n"
    assert done.stderr == ""


@pytest.mark.parametrize("near", [0, 1, 3])
def test_much_that_moved_is_solved_from_nothing(monkeypatch, near):
    """Other coefficients, and no or few steps from the bases allowed: the values are those of a run from nothing all
    the same."""
    monkeypatch.setattr("jaryq.solve.at_once.NEAR", near)
    for seed in range(10):
        program = random_lp(seed, stages=4)
        names = tuple(program.objectives)
        warm = Warm(program, names, linear_stages(program, names, Solver(program)))
        other = replace(program, matrix=program.matrix * 1.5)
        assert warm.values(other) == pytest.approx(linear_stages(other, names, Solver(other)).values, abs=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_few_other_coefficients_are_lent_and_put_back(monkeypatch, seed):
    """Two coefficients changed in the solver that holds the program: the values are those of a run from nothing, with
    or without room for the last stage alone to tell; and those of the program itself afterwards."""
    program = random_lp(seed, stages=4)
    names = tuple(program.objectives)
    warm = Warm(program, names, linear_stages(program, names, Solver(program)))
    data = program.matrix.data.copy()
    data[[0, len(data) // 2]] *= 1.25
    other = replace(program, matrix=csr_array((data, program.matrix.indices, program.matrix.indptr),
                                              shape=program.matrix.shape))
    wanted = linear_stages(other, names, Solver(other)).values
    assert warm.values(other) == pytest.approx(wanted, abs=1e-7)
    monkeypatch.setattr(Warm, "_last_with", lambda *_: None)
    assert warm.values(other) == pytest.approx(wanted, abs=1e-7)
    assert warm.values(program) == pytest.approx(warm.base.values, abs=1e-7)
    beside = linear_stages(program, names, warm.beside)
    assert beside.values == pytest.approx(warm.base.values, abs=1e-7)


@pytest.mark.parametrize("seed", range(10))
def test_multipliers_show_a_best_point_and_no_other(seed):
    """The point of a program with a wider bound is shown best there; a point that a first stage could still better is
    not, nor is one of a wider program."""
    program = random_lp(seed, stages=3)
    names = tuple(program.objectives)
    warm = Warm(program, names, linear_stages(program, names, Solver(program)))
    moved = program.with_bounds(col_upper=program.col_upper * 1.01)
    values, x = warm.reached(moved)
    if warm.now:
        assert warm.is_best(moved, x)
        worse = linear_stages(moved, names[1:], Solver(moved)).x
        if moved.value(names[0], worse) > values[names[0]] + 1e-6:
            assert not warm.is_best(moved, worse)
    assert warm.keeps(moved, lambda name, value: abs(value - values[name]) < 1e-7)
    assert not warm.keeps(moved, lambda name, value: name != names[1])


@pytest.mark.parametrize("seed", range(12))
def test_all_stages_at_once_reach_what_each_reaches_by_itself(monkeypatch, seed):
    """Other coefficients and bounds: one run of all stages, from a basis near by, ends where each stage confirms its
    value; nothing is then run stage by stage. Weights that are far too small lead elsewhere, and no steps lead nowhere:
    the stages are run one by one, to the same values."""
    program = random_lp(seed, stages=4)
    names = tuple(program.objectives)
    base = linear_stages(program, names, Solver(program))
    other = replace(program, matrix=program.matrix * 1.3, col_upper=program.col_upper * 1.1)
    wanted = linear_stages(other, names, Solver(other)).values
    known = Warm(program, names, base, together=True)
    with monkeypatch.context() as only:
        only.setattr("jaryq.solve.warm.linear_stages", lambda *_: pytest.fail("one by one"))
        values, x = known.reached(other)
    assert values == pytest.approx(wanted, abs=1e-7)
    assert {name: other.value(name, x) for name in names} == pytest.approx(wanted, abs=1e-7)
    assert known.values(program) == pytest.approx(base.values, abs=1e-7)
    for name, weight in (("LAST", 1.0), ("BEFORE", 1e-3), ("EACH", 1e-3), ("FEW", 0), ("NEAR_ALL", 0)):
        monkeypatch.setattr(f"jaryq.solve.at_once.{name}", weight)
        assert Warm(program, names, base, together=True).values(other) == pytest.approx(wanted, abs=1e-7)


def test_a_place_on_the_way_begins_where_the_stages_of_the_step_have_ended(monkeypatch):
    """Programs whose bounds a step moves so far that the stages go on one by one: half of it away each begins with the
    basis of the step, and reaches what it reaches from nothing."""
    on, begun = Warm._on, []
    monkeypatch.setattr(Warm, "_on", lambda near, name, face, changed, basis=None: (
        begun.append((name, basis)), on(near, name, face, changed, basis))[1])
    apart = 0
    for seed in range(30):
        program = random_lp(seed, stages=3)
        names = tuple(program.objectives)
        near = Warm(program, names, linear_stages(program, names, Solver(program)))
        half, step = (program.with_bounds(col_upper=program.col_upper * part) for part in (0.9, 0.8))
        near.faced(step)
        if not near.one_by_one:
            continue
        apart, known, seen = apart + 1, dict(near._ended), {}
        begun.clear()
        assert near.keeps(half, partial(_noted, seen))
        assert begun[0][0] == names[0]
        assert all(basis is known[name] for name, basis in begun)
        assert seen == pytest.approx(linear_stages(half, names, Solver(half)).values, abs=1e-7)
    assert apart > 5


def _noted(seen, name, value):
    seen[name] = value
    return True
