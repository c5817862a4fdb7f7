"""Cases of 25 and 30 facilities leave no choice undecided; what each opposite costs, against a whole search by HiGHS
alone."""

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from jaryq.api.question import question
from jaryq.explain.other import other_choices
from jaryq.solve.run import solve
from tests.cases import package, target
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of
from tests.sampled import exhaustive_beside


def many(count, seed):
    """Facilities of two windows, worth 1.3 to 2.6 of their cost, money for half of them; with it at times a second
    source."""
    chance = random.Random(seed)
    records = []
    for i in range(count):
        cost = float(chance.randint(4, 14))
        records.append(plain(f"F{i}", cost=cost, benefit=round(cost * chance.uniform(1.3, 2.6), 1),
                             latest=chance.choice((2026, 2027))))
    total = sum(one.cost for one in records)
    money = [budget(first=round(total * 0.3), second=round(total * 0.2), third=0.0)]
    if chance.random() < 0.5:
        money.append(budget("C", first=round(total * 0.05), second=round(total * 0.05), third=0.0, max_share=0.5))
    return case_of(*records, *money, whole=True)


def alone(program, project, way):
    """The best whole plan with a row done or left out, by HiGHS alone."""
    cost, constant = program.objectives["objective"]
    starts = np.array([family == "start" and index[0] == project for family, index in program.columns], dtype=float)
    rows = [LinearConstraint(program.matrix, program.row_lower, program.row_upper),
            LinearConstraint(starts[None, :], *((1, 1) if way == "in" else (0, 0)))]
    found = milp(cost, constraints=rows, bounds=Bounds(program.col_lower, program.col_upper),
                 integrality=program.whole.astype(int),
                 options={"mip_rel_gap": 1e-7})
    return found.fun + constant if found.success else np.inf


def choices_of(count, seed):
    f, program = program_of(many(count, seed))
    solution = solve(question(f, program), program)
    return program, other_choices(question(f, program), program, solution)


@exhaustive_beside("tests/explain/test_random_cases.py::test_random_cases_agree_with_enumeration")
def test_25_facilities_leave_none_undecided_and_agree_with_a_search():
    program, told = choices_of(25, 1)
    assert (len(told.choices), told.unasked) == (25, 0)
    assert {choice.verdict for choice in told.choices} <= {"always", "never", "open"}
    best = min(alone(program, "F0", way) for way in ("in", "out"))
    for choice in told.choices:
        worse = alone(program, choice.project, "out" if choice.verdict == "always" or choice.now != "out"
                      else "in") - best
        assert (choice.verdict == "open") == (worse <= 1e-6), (choice, worse)
        if choice.verdict != "open":
            assert (0.7 * worse if choice.by == "tree"
                    else 0.0) <= choice.at_least["objective"] <= worse + 1e-5, (choice, worse)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_30_facilities_leave_none_undecided(seed):
    """Of the first a search for the best plan with one opposite had not ended after two minutes: whether a plan is as
    good is asked, and no more."""
    _, told = choices_of(30, seed)
    assert told.unasked == 0
    assert all(choice.verdict != "undecided" for choice in told.choices)


def staged(count, seed):
    """The same with two networks and two aims, of facilities and of km, in their order: more is asked than the money
    does."""
    chance = random.Random(seed)
    records = []
    for i in range(count):
        cost = float(chance.randint(4, 14))
        records.append(plain(f"F{i}", cost=cost, benefit=round(cost * chance.uniform(0.6, 2.2), 1),
                             latest=chance.choice((2026, 2027, 2028))))
    total = sum(one.cost for one in records)
    money = [budget(first=round(total * 0.25), second=round(total * 0.2), third=round(total * 0.1)),
             budget("C", first=round(total * 0.05), second=round(total * 0.05), third=5.0, max_share=0.5)]
    networks = [package(f"N{k}", km=40.0, unit_cost=1.0, asset_type=None) for k in range(2)]
    aims = (target("T", "facilities", round(count * 0.7)), target("K", "km", 60.0, priority="2"))
    return case_of(*records, *networks, *money, whole=True, targets=aims)


def in_order(program, names, project, way):
    """What each stage reaches at best with a row done or left out, those before it kept, by HiGHS alone."""
    starts = np.array([family == "start" and index[0] == project for family, index in program.columns], dtype=float)
    rows = [LinearConstraint(program.matrix, program.row_lower, program.row_upper),
            LinearConstraint(starts[None, :], *((1, 1) if way == "in" else (0, 0)))]
    reached = []
    for name in names:
        cost, constant = program.objectives[name]
        found = milp(cost, constraints=rows, bounds=Bounds(program.col_lower, program.col_upper),
                     integrality=program.whole.astype(int), options={"mip_rel_gap": 1e-7})
        if not found.success:
            return [*reached, np.inf]
        reached.append(found.fun + constant)
        rows.append(LinearConstraint(cost[None, :], -np.inf, found.fun + 1e-6))
    return reached


@exhaustive_beside("tests/explain/test_random_cases.py::test_random_cases_agree_with_enumeration")
@pytest.mark.parametrize(("count", "seed"), [(20, 1), (25, 3), (30, 4)])
def test_stages_and_networks_leave_none_undecided_and_agree_with_a_search(count, seed):
    f, program = program_of(staged(count, seed))
    solution = solve(question(f, program), program)
    told = other_choices(question(f, program), program, solution)
    names = [stage.name for stage in solution.stages]
    assert {"priority_1", "priority_2"} <= set(names)
    assert (len(told.choices), told.unasked) == (count, 0)
    assert {choice.verdict for choice in told.choices} <= {"always", "never", "open"}
    for choice in told.choices:
        other = in_order(program, names, choice.project, choice.other)
        shown = in_order(program, names, choice.project, choice.now)
        worse = next((by for by in (a - b for a, b in zip(other, shown, strict=False)) if abs(by) > 1e-5), 0.0)
        assert (choice.verdict == "open") == (worse <= 1e-5), (choice, other, shown)
