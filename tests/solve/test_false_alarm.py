"""A claim of infeasibility is believed only when it is confirmed: by a second search without presolve, or by an exact
proof."""

import numpy as np
import pytest

from jaryq.base.errors import Infeasible, NoPlan
from jaryq.solve import highs, relaxed, search
from jaryq.solve.highs import Outcome, Solver
from tests.cases import facility, keyed, source, target
from tests.make import bare_case, solved

NONE = np.zeros(0)


def said(stop):
    return Outcome(stop, NONE, NONE, NONE, np.nan, np.nan, f"made up: {stop}")


def case_of(**more):
    """Three facilities of 4, 5, 6 bn worth 4, 4, 5 beyond their cost, and 10.5 bn of money: whole, the best is 4 + 6,
    worth 9."""
    projects = [facility(f"P{cost}", asset_type=None, cost=float(cost), benefit=float(cost + worth))
                for cost, worth in ((4, 4), (5, 4), (6, 5))]
    return bare_case(**{"facilities": keyed(*projects), "sources": keyed(source("B",
        ceilings={2026: 10.5, 2027: 0.0, 2028: 0.0})), "whole": True, **more})


def lying(monkeypatch, lies):
    """Whole searches answer by ``lies[presolve]`` (None: the truth); the list of searches made, by presolve."""
    made = []

    class Liar(Solver):
        def __init__(self, program, *, seed=0, presolve=True, whole=False):
            super().__init__(program, seed=seed, presolve=presolve, whole=whole)
            self.search = presolve if whole else None

        def run(self):
            if self.search is None:
                return super().run()
            made.append(self.search)
            return super().run() if lies[self.search] is None else said(lies[self.search])

    monkeypatch.setattr(search, "Solver", Liar)
    return made


def test_the_truth():
    found = solved(case_of())
    assert found.value == pytest.approx(9.0)
    assert found.remarks == ()


def test_a_false_alarm_is_caught_and_told(monkeypatch):
    made = lying(monkeypatch, {True: "infeasible", False: None})
    found = solved(case_of())
    assert found.value == pytest.approx(9.0)
    assert {p for p, _ in found.plan.start} == {"P4", "P6"}
    assert any("called a feasible program infeasible" in remark for remark in found.remarks)
    # The two searches at once are tries and need no second opinion; the search by stages does.
    assert made[:4] == [True, True, True, False]


def half_a_facility():
    """Exactly one and a half facilities (hard): possible in parts, not in whole ones."""
    return case_of(targets=(target("T", "facilities", 1.5, sense="=", priority="hard"),))


def test_a_true_alarm_is_told_only_after_the_second_search(monkeypatch):
    made = lying(monkeypatch, {True: None, False: None})
    with pytest.raises(Infeasible, match="second search"):
        solved(half_a_facility())
    # At once (two tries), then everywhere: the alarm of a search by stages is followed by its own without presolve.
    # An alarm without a proof is asked again where rows give way by a hair.
    assert made == [True, True, True, False] * 2


def test_a_second_search_without_an_answer_is_no_plan(monkeypatch):
    lying(monkeypatch, {True: "infeasible", False: "limit"})
    with pytest.raises(NoPlan):
        solved(half_a_facility())


def test_a_search_that_finds_nothing_within_its_limits_is_no_plan(monkeypatch):
    """Neither a list of facilities nor doing nothing keeps the hard rule."""
    lying(monkeypatch, {True: "limit", False: "limit"})
    with pytest.raises(NoPlan, match="whole facilities"):
        solved(half_a_facility())


def test_where_searches_find_nothing_a_plain_plan_is_mended_and_proved_by_the_tree(monkeypatch):
    """Nothing is mandatory, so there is a plan to begin with; the branching tree asks for no whole search, and 9 is the
    best."""
    lying(monkeypatch, {True: "limit", False: "limit"})
    found = solved(case_of())
    assert found.value == pytest.approx(9.0)
    assert found.certified_bound == pytest.approx(9.0)


def test_linear_infeasibility_without_proof_is_no_plan(monkeypatch):
    """The solver insists that a feasible linear program is infeasible: there is no exact proof, so nobody is told
    so."""
    asked = []

    class Liar(Solver):
        def run(self):
            asked.append(self.highs.getOptionValue("presolve")[1])
            return said("infeasible")

    monkeypatch.setattr(relaxed, "Solver", Liar)
    with pytest.raises(NoPlan):
        solved(case_of(whole=False))
    # As stated, and where rows give way by a hair.
    assert asked == ["on", "off"] * 2


def test_an_unclear_linear_answer_is_tried_once_more(monkeypatch):
    """The first answer of every run is lost; the second counts."""
    lost = []

    class Forgetful(Solver):
        def run(self):
            if self.highs.getOptionValue("presolve")[1] == "on":
                lost.append(1)
                return said("other")
            return super().run()

    monkeypatch.setattr(relaxed, "Solver", Forgetful)
    found = solved(case_of(whole=False))
    assert lost
    # In parts: P4 is worth 1 a bn, P6 5/6, P5 0.8: all of P4 and P6, and 0.5 of the 5 bn of P5: 4 + 5 + 0.4.
    assert found.value == pytest.approx(9.4)


def test_interrupt_of_the_solver_is_passed_on(monkeypatch):
    class Stopped(highs.Silent):
        def getModelStatus(self):
            return highs.highspy.HighsModelStatus.kInterrupt

    monkeypatch.setattr(highs, "Silent", Stopped)
    with pytest.raises(KeyboardInterrupt):
        solved(case_of(whole=False))
