"""Large programs of futures side by side: solved from within, in so many steps; what is told of one that was stopped is
proved all the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from jaryq.base.errors import Infeasible
from jaryq.base.text import Text
from jaryq.handover.uncertain.regret import regretting
from jaryq.handover.uncertain.two_stage import STOPPED, deciding
from jaryq.solve import both_ways as dive
from jaryq.solve.highs import Outcome, Solver
from jaryq.uncertainty import side_by_side, solved
from jaryq.uncertainty.side_by_side import Beside, beside, nearest, whole_in
from jaryq.uncertainty.two_stage import regrets, two_stage
from tests.solve.programs import INF, lp
from tests.uncertainty.test_two_stage import SECONDS, acres, branch, farmers, ordered, vendors


@pytest.fixture
def large(monkeypatch):
    """Every program of futures side by side is a large one."""
    monkeypatch.setattr(solved, "LARGE", 0)


@pytest.fixture
def stopped(large, monkeypatch):
    """And its interior point method is stopped at once."""
    monkeypatch.setattr(side_by_side, "ROUNDS", 0)


def shops(seed):
    """An order of 0 to 3 before demand is known, three futures; what each order costs in each."""
    rng = np.random.default_rng(seed)
    price, worth, demand = rng.uniform(0.5, 2.0), rng.uniform(1.0, 4.0, 3), rng.uniform(0.5, 3.5, 3)
    branches = [branch(str(b), lp([([-1, 1], -INF, 0)], {"cost": [price, -worth[b]]}, high=[3, demand[b]], whole=[0]),
                       1 / 3) for b in range(3)]
    return branches, np.array([[price * x - worth[b] * min(x, demand[b]) for b in range(3)] for x in range(4)])


def test_what_is_best_is_found_from_within(large):
    """The vendors of ``test_two_stage``: least regret 4 by an order of 6; the farmer: 108,390."""
    known = [solved.solved(b.program, b.cost, b.constant, SECONDS) for b in vendors()]
    found = regrets(vendors(), ordered, known, [], SECONDS)
    assert (found.bound, found.largest(found.least), found.ended) == (pytest.approx(4), pytest.approx(4), True)
    assert list(found.plans[-1].early.values()) == pytest.approx([6])
    farm = two_stage(farmers(), acres, SECONDS)
    assert (-farm.together.cost.low, farm.ended) == (pytest.approx(108_390, abs=0.5), True)


@pytest.mark.parametrize("effort", ["large", "stopped"])
def test_no_more_is_told_than_is_true(effort, request):
    """Of thirty random shops, against every order: none regrets less than the bound, and what is called the least
    regret is not less than it; neither where the program was stopped."""
    request.getfixturevalue(effort)
    tight = 0
    for seed in range(30):
        branches, costs = shops(seed)
        made = two_stage(branches, ordered, SECONDS)
        table = regrets(branches, ordered, made.known, [made.together], SECONDS)
        regret = (costs - costs.min(axis=0)).max(axis=1)
        assert table.bound <= regret.min() + 1e-6
        assert table.largest(table.least) >= regret.min() - 1e-6
        for plan, row in zip(table.plans, table.of, strict=True):
            order = round(plan.early["x", (0,)])
            assert [one.high for one in row] == pytest.approx(list(costs[order] - costs.min(axis=0)), abs=1e-5)
        assert made.decided.low <= costs.mean(axis=1).min() + 1e-6 <= made.decided.high + 2e-6
        assert table.ended is (effort == "large")
        assert made.ended or effort == "stopped"  # some are so small that nothing is left to stop
        tight += table.largest(table.least) <= regret.min() + 1e-5
    assert tight >= (25 if effort == "large" else 5)


def test_a_program_that_is_stopped_says_so(stopped):
    """On both pages; nothing of the kind where it has ended."""
    branches, _ = shops(1)
    made = two_stage(branches, ordered, SECONDS)
    table = regrets(branches, ordered, made.known, [], SECONDS)
    names = {plan.name: Text(plan.name, plan.name) for plan in table.plans}
    titles = [Text(one.name, one.name) for one in branches]
    assert STOPPED in regretting(table, names, titles, {}).sentences
    assert STOPPED in deciding(made, titles, 2027, (), None, {}).sentences


def test_a_program_that_has_ended_says_nothing(large):
    branches, _ = shops(1)
    made = two_stage(branches, ordered, SECONDS)
    table = regrets(branches, ordered, made.known, [], SECONDS)
    names = {plan.name: Text(plan.name, plan.name) for plan in table.plans}
    titles = [Text(one.name, one.name) for one in branches]
    assert STOPPED not in regretting(table, names, titles, {}).sentences
    assert STOPPED not in deciding(made, titles, 2027, (), None, {}).sentences


def test_contradictions_are_proved():
    """x at least 2 and at most 1."""
    program = lp([([1], 2, INF), ([1], -INF, 1)], {"cost": [1]}, high=[5])
    with pytest.raises(Infeasible):
        beside(program, Solver(program), np.array([1.0]), 0.0)


def test_the_nearest_choices():
    """Starts: 0.3 + 0.4 is at least half, so the later one; 0.2 + 0.2 is none; alone 0.6 is done and 0.4 not; whole
    ones stay."""
    x = np.array([0.3, 0.4, 0.2, 0.2, 0.6, 0.4, 1.0, 0.0, 0.7])
    at = {("start", "A"): [0, 1], ("start", "B"): [2, 3], ("part", "C"): [4], ("part", "D"): [5],
          ("start", "E"): [6, 7]}
    assert nearest(x, at).tolist() == [0, 1, 0, 0, 1, 0, 1, 0, 0.7]


class Ways:
    """A solver of one choice whose answers are told beforehand, with what is asked of it."""

    def __init__(self, answers):
        self.answers, self.steps, self.limits, self.bases = answers, 0, [], []

    def option(self, name, value):
        assert name == "simplex_iteration_limit"
        self.limits.append(value)

    def column_bounds(self, lower, upper):
        self.bounds = lower.tolist(), upper.tolist()

    def basis(self):
        return self.bounds

    def start_from(self, basis):
        self.bases.append(basis)

    def run(self):
        stop, x, objective, steps = self.answers.pop(0)
        self.steps += steps
        none = np.zeros(0)
        return Outcome(stop, np.array(x), none, none, objective, 0.0, "", steps)


def test_a_way_that_does_not_end_is_not_gone():
    """An eighth of 800 steps for each way: the dear way is found, the other one is stopped and left; the next program
    begins where the first way ended, and has what is left of the steps, 100 at most."""
    program = lp([], {"cost": [1, 1]}, high=[1, 1], whole=[0, 1])
    best = np.array([0.6, 0.7])
    solver = Ways([("optimal", best, 1.0, 0), ("optimal", [0.4, 1.0], 2.0, 90), ("limit", [], np.nan, 100),
                   ("optimal", [0.0, 1.0], 2.0, 90)])
    at = {("x", (j,)): [j] for j in range(2)}
    assert dive.both_ways(solver, program, at, best, 800).x.tolist() == [0, 1]
    assert solver.limits == [100] * 4
    assert solver.bases == [([0, 1], [1, 1])]


def test_a_dive_ends_by_its_steps():
    """Both ways of the first choice take all steps: there is no point, and the nearest choices stand in its place."""
    program = lp([], {"cost": [1, 1]}, high=[1, 1], whole=[0, 1])
    best = np.array([0.6, 0.7])
    solver = Ways([("optimal", best, 1.0, 0), ("limit", [], np.nan, 100), ("limit", [], np.nan, 700)])
    at = {("x", (j,)): [j] for j in range(2)}
    assert dive.both_ways(solver, program, at, best, 800) is None
    solver = Ways([("optimal", best, 1.0, 0), ("limit", [], np.nan, 1), ("limit", [], np.nan, 1)])
    solver.option = lambda name, value: None
    assert whole_in(program, solver, Beside(0.0, math.inf, best, True), at).tolist() == [1, 1]
