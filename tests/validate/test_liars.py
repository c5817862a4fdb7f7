"""A wrapper of a solver that lies, in every way there is a sentence for: each lie is told, by its name, and nobody else
is blamed."""

from dataclasses import replace

import numpy as np
import pytest

from jaryq.validate import run
from jaryq.validate.answer import BASIC, LOWER, UPPER, Answer, Basis
from jaryq.validate.table import said
from jaryq.validate.words import WHY, WORDS
from tests.solve.programs import INF, lp
from tests.validate.programs import BRANCHING, SIMPLEX, Liar, divisible, remarks, whole


def point(*x, **more):
    """Another point, its cost stated truly and nothing else."""
    def lie(question, answer):
        there = np.array(x, dtype=float)
        return replace(answer, **{"x": there, "value": question.value(there), "basis": None, "bound": np.nan, **more})
    return lie


def says(**words):
    return lambda question, answer: replace(answer, **words)


def basis(columns, rows):
    """Another basis. The true one of the second stage alone: both columns basic, both rows at their sides."""
    return says(basis=Basis(np.array(columns, dtype=np.int8), np.array(rows, dtype=np.int8)))


def scaled(field, factor):
    return lambda question, answer: replace(answer, basis=None, **{field: getattr(answer, field) * factor})


def moved(field, step):
    """A number of the answer moved by a step in the stage's own unit."""
    return lambda question, answer: replace(answer, **{field: answer.value + step * question.unit})


NONE = np.zeros(0)
LIES = {
    ("value", "not the cost of its point"): moved("value", -0.01),
    ("dual", "shape"): says(row_dual=NONE),
    ("dual", "sign"): lambda question, answer: replace(answer, basis=None,
                                                       row_dual=answer.row_dual - np.array([0, -1e6, 0])),
    ("dual", "no proof"): scaled("row_dual", 0.5),
    ("primal", "shape"): says(x=np.array([3.0, np.nan])),
    ("primal", "violated"): point(3, 0.5),
    ("primal", "beats the proof"): point(3, 1 - 3.9e-6),
    ("infeasible", "a plan exists"): lambda question, answer: Answer("liar", "infeasible"),
    ("optimal", "a better plan exists"): point(2, 2),
    ("bound", "a plan beats it"): moved("bound", 0.01),
    ("bound", "further than its gap"): moved("bound", -0.01),
    ("status", "unbounded"): says(stop="unbounded"),
    ("status", "optimal without a point"): says(x=NONE),
    ("status", "infeasible with a point"): says(stop="infeasible"),
    ("status", "early"): lambda question, answer: Answer("liar", "limit", seconds=0.1),
    ("basis", "size"): basis([BASIC], [LOWER, UPPER, UPPER]),
    ("basis", "count"): basis([BASIC, LOWER], [LOWER, UPPER, UPPER]),
    ("basis", "no such side"): basis([BASIC, BASIC], [UPPER, BASIC, UPPER]),
    ("basis", "singular"): basis([LOWER, BASIC], [BASIC, UPPER, BASIC]),
    ("basis", "another point"): basis([BASIC, LOWER], [BASIC, UPPER, BASIC]),
}
WHOLE_LIES = {
    ("value", "not the cost of its point"): moved("value", -0.01),
    ("primal", "shape"): says(x=np.array([3.0])),
    ("primal", "violated"): point(3, 0),
    ("primal", "not whole"): point(3, 0.5),
    ("infeasible", "a plan exists"): lambda question, answer: Answer("liar", "infeasible"),
    ("optimal", "a better plan exists"): point(2, 2),
    ("bound", "a plan beats it"): moved("bound", 0.5),
    ("bound", "further than its gap"): moved("bound", -0.5),
    ("status", "unbounded"): says(stop="unbounded"),
    ("status", "optimal without a point"): says(x=NONE),
    ("status", "infeasible with a point"): says(stop="infeasible"),
    ("status", "early"): lambda question, answer: Answer("liar", "limit", seconds=0.1),
}
ELSEWHERE = {("infeasible", "unproven"), ("primal", "choices"), ("value", "not the value of the stage")}
"""Told by tests of their own below."""


def test_honest_solvers_are_not_blamed():
    assert remarks(divisible(), SIMPLEX, Liar(lambda question, answer: answer)) == []
    assert remarks(whole(), SIMPLEX, BRANCHING, Liar(lambda question, answer: answer, whole=True)) == []


def told_of(key, found):
    """The lie is told in both languages; only the liar is blamed."""
    assert {remark.solver for remark in found} == {"liar"}
    assert key in {(remark.word, remark.why) for remark in found}
    for remark in found:
        assert "{" not in said(remark, "en")
        assert said(remark, "en") != said(remark, "ru")


@pytest.mark.parametrize("key", LIES, ids=" ".join)
def test_a_lie_about_a_divisible_program(key):
    told_of(key, remarks(divisible(), SIMPLEX, Liar(LIES[key])))


@pytest.mark.parametrize("key", WHOLE_LIES, ids=" ".join)
def test_a_lie_about_a_whole_program(key):
    told_of(key, remarks(whole(), SIMPLEX, BRANCHING, Liar(WHOLE_LIES[key], whole=True)))


def test_there_is_a_lie_for_every_word_and_every_sentence():
    assert set(LIES) | set(WHOLE_LIES) | ELSEWHERE == set(WHY)
    assert {word for word, _ in LIES} == set(WORDS)
    assert len(WORDS) == 8


@pytest.mark.parametrize("alone", [key for key in LIES if key[0] in ("value", "dual", "primal", "status", "basis")],
                         ids=" ".join)
def test_these_lies_are_told_without_another_solver(alone):
    if alone != ("primal", "beats the proof"):
        told_of(alone, remarks(divisible(), Liar(LIES[alone])))


def test_a_lie_in_an_early_stage_does_not_spoil_the_next():
    """The liar states 0.01 less at the first stage than can be reached; the second is asked with what is proved, and
    stays solvable."""
    found = remarks(divisible(), SIMPLEX, Liar(moved("value", -0.01), "priority_1"))
    assert [(remark.solver, remark.word) for remark in found] == [("liar", "value")]


def test_all_solvers_may_lie_together():
    """Nobody holds a plan, but there is no exact proof that none exists."""
    liars = [Liar(lambda question, answer: Answer("liar", "infeasible"), "priority_1"),
             Liar(lambda question, answer: Answer("another", "infeasible"), "priority_1", name="another")]
    found = remarks(divisible(), *liars)
    assert {(remark.solver, remark.word, remark.why) for remark in found} == {("liar", "infeasible", "unproven"),
        ("another", "infeasible", "unproven")}


def test_a_true_alarm_is_proved():
    """x0 + x1 at least 4, each at most 1."""
    impossible = run.Programme("impossible", lp([([1, 1], 4, INF)], {"objective": [1, 1]}, high=[1, 1]), False)
    found, = run.validate(impossible, [SIMPLEX, Liar(lambda question, answer: answer)], 5.0)
    assert found.infeasible
    assert found.decided
    assert found.remarks == ()


def test_choices_that_hold_only_by_a_tolerance():
    """A million times x is at least 0.5, x whole: 1. A millionth of a half is a whole number to 5e-7 and keeps the row;
    nothing is left of it."""
    program = run.Programme("steep", lp([([1e6], 0.5, INF)], {"objective": [1]}, high=[6], whole=[0]), True)
    told_of(("primal", "choices"), remarks(program, SIMPLEX, BRANCHING, Liar(point(0.5e-6), whole=True)))


def test_the_programs_own_stages_are_checked_too(monkeypatch):
    """Stages on faces that end 0.01 above what the solvers prove."""
    def worse(program, names, solver, honest=run.linear_stages):
        staged = honest(program, names, solver)
        return replace(staged, values={name: value + 0.01 * (name == "objective")
                                       for name, value in staged.values.items()})

    monkeypatch.setattr(run, "linear_stages", worse)
    found, = remarks(divisible(), SIMPLEX, Liar(lambda question, answer: answer))
    assert (found.solver, found.word, found.why) == (run.FACES, "value", "not the value of the stage")
    assert found.said == pytest.approx(9.01)
    assert found.found == pytest.approx(9.0)
    assert said(found, "en") != said(found, "ru")


def test_a_whole_plan_may_not_beat_the_proof_of_the_divisible_program():
    """The liar's point keeps every row within its tolerance of 1e-6 and is 3e-6 cheaper than any plan: its choices are
    solved again and cost what they do."""
    found = run.validate(whole(), [SIMPLEX, BRANCHING, Liar(point(3, 1 - 1e-7), whole=True)], 5.0)
    best = next(one for one in found if one.question.whole and one.question.stage == "objective")
    assert best.best / best.question.unit == pytest.approx(9.0, abs=1e-12)
    assert best.remarks == ()


def test_a_false_alarm_is_caught_by_a_plan_of_the_stage_before():
    """Both searches say of the second stage that there is no plan; the one of the first stage (cost 4 in all) is a plan
    of the second too."""
    def none(name):
        return Liar(lambda question, answer: Answer(name, "infeasible"), whole=True, name=name)

    found = remarks(whole(), SIMPLEX, none("liar"), none("another"))
    assert {(remark.solver, remark.word, remark.why) for remark in found} == {("liar", "infeasible", "a plan exists"),
        ("another", "infeasible", "a plan exists")}
