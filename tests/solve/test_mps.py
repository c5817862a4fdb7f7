"""The linear program as MPS, read back by HiGHS."""

import highspy
import numpy as np
import pytest

from jaryq.solve.highs import Solver
from jaryq.solve.mps import LONGEST, mps, names
from jaryq.solve.stages import linear_stages
from tests.solve.programs import INF, lp, random_lp


def read(content, path):
    path.write_bytes(content)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    return solver


def test_a_program_by_hand(tmp_path):
    """At least 4 of x0 + x1, at most 3 of x0, 1 to 20 of x0 + 2 x1; x1 whole. Of 4 in all, 2 x0 + 3 x1 is least at x0 =
    3, x1 = 1: 9."""
    program = lp([([1, 1], 4, INF), ([1, 0], -INF, 3), ([1, 2], 1, 20), ([2, 0], 0, 6)],
                 {"priority_1": [1, 1], "objective": [2, 3]}, high=[6, 6], low=[-1, 0], whole=[1])
    solver = read(mps(program, "objective", {"priority_1": 4.0}), tmp_path / "x.mps")
    solver.run()
    assert solver.getInfo().objective_function_value == pytest.approx(9.0, abs=1e-7)
    found = solver.getLp()
    assert found.row_names_ == ["row[0]", "row[1]", "row[2]", "row[3]", "kept[priority_1]"]
    assert found.col_names_ == ["x[0]", "x[1]"]
    assert list(found.row_lower_)[:4] == [4.0, -INF, 1.0, 0.0]
    assert list(found.row_upper_)[:4] == [INF, 3.0, 20.0, 6.0]
    assert (list(found.col_lower_), list(found.col_upper_)) == ([-1.0, 0.0], [6.0, 6.0])
    assert [kind == highspy.HighsVarType.kInteger for kind in found.integrality_] == [False, True]


@pytest.mark.parametrize("seed", range(8))
def test_arrays_come_back_and_the_last_stage_has_its_value(seed, tmp_path):
    """A slack of 1e-9 in a row that keeps a stage is worth its multiplier times as much in the next."""
    program = random_lp(seed)
    stages = tuple(program.objectives)
    staged = linear_stages(program, stages, Solver(program))
    content = mps(program, stages[-1], {name: staged.values[name] for name in stages[:-1]})
    solver = read(content, tmp_path / "x.mps")
    found = solver.getLp()
    count = program.shape[0]
    assert np.array_equal(np.array(found.row_lower_)[:count], program.row_lower)
    assert np.array_equal(np.array(found.row_upper_)[:count], program.row_upper)
    assert np.array_equal(np.array(found.col_upper_), program.col_upper)
    assert int((program.matrix.data != 0).sum()) == sum(1 for row in found.a_matrix_.index_ if row < count)
    solver.run()
    assert solver.getInfo().objective_function_value == pytest.approx(staged.values[stages[-1]], rel=1e-6, abs=1e-6)


def test_names_stay_apart_and_short():
    """What is alike once blanks and long ends are gone gets a mark of its full name; plain names stay as they are."""
    told = [("draw", ("JICA", "F1", 2027)), ("x", ("a b",)), ("x", ("a_b",)), ("x", ("Жібек",)), ("x", ("a" * 300,)),
            ("x", ("a" * 301,))]
    made = names(told)
    assert made[0] == "draw[JICA,F1,2027]"
    assert made[3].startswith("x[Zhibek]~")
    assert len(set(made)) == len(told)
    assert all(len(name) <= LONGEST and name.isascii() and " " not in name for name in made)
