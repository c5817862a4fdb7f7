"""Solvers in a process of their own: they answer as on paper, and a process that is silent, dead or at odds is no
reason to wait or to fall."""

import sys

import numpy as np
import pytest

from jaryq.validate.answer import question
from jaryq.validate.apart import Apart, Other
from jaryq.validate.examine import examine
from jaryq.validate.run import validate
from jaryq.validate.table import verdict
from tests.sampled import exhaustive_beside
from tests.solve.programs import INF, lp
from tests.validate.programs import BRANCHING, SIMPLEX, divisible, whole


def asked(programme, stage="objective", seconds=5.0, **more):
    return question(programme.program, stage, (), seconds, **more)


def test_glop_answers_with_everything_and_every_word_holds():
    """x0 = 3, x1 = 1, worth 9; multipliers 3 and -1 (see ``divisible``)."""
    with Apart() as apart:
        this = asked(divisible())
        answer = Other(apart, "GLOP", whole=False).solve(this)
    assert (answer.stop, answer.value / this.unit) == ("optimal", pytest.approx(9.0))
    assert answer.bound / this.unit == pytest.approx(9.0)
    assert answer.x == pytest.approx([3.0, 1.0])
    assert answer.row_dual / this.unit == pytest.approx([3.0, -1.0])
    assert answer.basis is not None
    found = examine(this, answer)
    assert found.remarks == ()
    assert float(found.proof) / this.unit == pytest.approx(9.0)


def test_scip_answers_with_a_whole_plan_and_a_bound():
    with Apart() as apart:
        this = asked(whole(), whole=True)
        answer = Other(apart, "SCIP", whole=True).solve(this)
    assert (answer.stop, answer.value / this.unit, answer.bound / this.unit) == ("optimal", pytest.approx(9.0),
        pytest.approx(9.0))
    assert answer.x == pytest.approx([3.0, 1.0])
    assert examine(this, answer).remarks == ()


@pytest.mark.parametrize("name", ["GLOP", "SCIP"])
def test_no_plan(name):
    """x0 + x1 of at least 4, each at most 1."""
    program = lp([([1, 1], 4, INF)], {"objective": [1, 1]}, high=[1, 1], whole=[0, 1])
    with Apart() as apart:
        answer = Other(apart, name, whole=name == "SCIP").solve(question(program, "objective", (), 5.0,
            whole=name == "SCIP"))
    assert answer.stop == "infeasible"
    assert not len(answer.x)


def silent():
    return Apart((sys.executable, "-c", "import time; time.sleep(600)"), grace=0.3)


@exhaustive_beside("test_the_next_question_gets_a_new_process")
def test_a_silent_process_is_killed_and_nothing_is_said_to_agree():
    """It has 0.5 s and 0.3 s more. The questions count as not decided, although HiGHS has answered them."""
    with silent() as apart:
        answer = Other(apart, "GLOP", whole=False).solve(asked(divisible(), seconds=0.5))
        assert answer.stop == "limit"
        assert 0.8 <= answer.seconds < 30
        assert apart._process is None
        judged = validate(whole(), [SIMPLEX, BRANCHING, Other(apart, "SCIP", whole=True)], 0.5)
    of_whole = [found for found in judged if found.question.whole]
    assert [verdict(found) for found in of_whole] == ["undecided", "undecided"]
    assert [found.best is not None for found in of_whole] == [True, True]


@pytest.mark.parametrize("code", ["pass", "raise SystemExit(3)", "input(); print('Running something else')",
                                  "input(); print('failed ValueError: no')"])
def test_a_process_that_ends_or_fails_is_no_answer(code):
    with Apart((sys.executable, "-c", code)) as apart:
        answer = Other(apart, "GLOP", whole=False).solve(asked(divisible()))
        assert answer.stop == "other"
        assert answer.said
        assert apart._process is None


def test_the_next_question_gets_a_new_process():
    with Apart() as apart:
        glop = Other(apart, "GLOP", whole=False)
        assert glop.solve(asked(divisible())).stop == "optimal"
        apart._process.kill()
        apart._process.wait()
        assert glop.solve(asked(divisible())).stop == "other"
        assert glop.solve(asked(divisible())).stop == "optimal"
        process = apart._process
    assert process.poll() is not None


def test_a_program_the_other_side_refuses_is_told_not_raised():
    """Lower above upper bound: HiGHS' ``infeasible``; the message of the other process, whatever it is, is passed
    on."""
    program = lp([([1], 0, INF)], {"objective": [1]}, low=[2], high=[1])
    with Apart() as apart:
        answer = Other(apart, "GLOP", whole=False).solve(question(program, "objective", (), 5.0))
    assert answer.stop in ("infeasible", "other")
    assert answer.said


def test_limits_at_infinity_and_empty_rows_reach_the_other_side():
    """A free row, a row without entries, a column in no row: max x0 + x1 with x1 at most 2 and x0 at most 5 by bounds:
    -7."""
    program = lp([([1, 1], -INF, INF), ([0, 0], -1, 1)], {"objective": [-1, -1]}, high=[5, 2])
    this = question(program, "objective", (), 5.0)
    with Apart() as apart:
        answer = Other(apart, "GLOP", whole=False).solve(this)
    assert answer.value / this.unit == pytest.approx(-7.0)
    assert answer.row_dual == pytest.approx(np.zeros(2))
    assert examine(this, answer).remarks == ()
