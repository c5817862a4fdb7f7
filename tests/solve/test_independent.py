"""Whole plans against whole programs written apart (scipy's milp, from the arithmetic of the cases and not from our
rows), by default settings."""

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from jaryq.api.question import question
from jaryq.solve import fixings, near, whole
from jaryq.solve.aggregate import aggregate
from jaryq.solve.clock import now
from jaryq.solve.fixings import Fixer, fix
from jaryq.solve.highs import Solver
from jaryq.solve.limits import Limits
from jaryq.solve.listed import Lister
from jaryq.solve.search import weighted
from jaryq.solve.stages import linear_stages
from jaryq.solve.stake import gaps
from jaryq.solve.whole import choose
from tests.cases import facility, keyed, source
from tests.make import bare_case, program_of, solved

YEARS = range(2026, 2032)
FREE = {"asset_type": None, "income_to": None}
DEFAULTS = {"whole": True, "gap": 0.005, "shortfall_gap": 1e-4, "node_limit": None, "time_limit": 300.0,
            "last_year": 2031, "evaluation_last_year": 2061}


def budgeting(seed, count, years):
    """Projects with spending in each year and a budget a year of half of it all, worth what they cost and up to a third
    more."""
    chance = random.Random(seed)
    spend = np.array([[chance.randint(5, 100) for _ in range(years)] for _ in range(count)], dtype=float)
    worth = np.array([round(float(row.sum()) * chance.uniform(1.0, 1.35), 1) for row in spend])
    return spend, worth, np.floor(spend.sum(axis=0) / 2)


def best_of(spend, worth, budget):
    found = milp(spend.sum(axis=1) - worth, constraints=LinearConstraint(spend.T, ub=budget),
                 integrality=np.ones(len(worth)), bounds=Bounds(0, 1),
                 options={"mip_rel_gap": 0.0})
    return -found.fun


def case_of_budgets(spend, worth, budget):
    first, last = 2026, 2026 + len(budget) - 1
    things = [facility(f"P{i:02}", **FREE, spend={first + k: float(part) for k, part in enumerate(row)},
                       benefit=float(value), latest=last)
              for i, (row, value) in enumerate(zip(spend, worth, strict=True))]
    money = source("M", ceilings={first + k: float(limit) for k, limit in enumerate(budget)}, available_to=last)
    return bare_case(**{**DEFAULTS, "facilities": keyed(*things), "sources": keyed(money), "last_year": last,
                        "evaluation_last_year": last})


@pytest.mark.parametrize(("seed", "count", "years"), [(1, 30, 5)])
def test_capital_budgets_reach_the_best_or_stay_within_the_stated_gap(seed, count, years):
    """Several constraints by year, as in the capital budgeting cases of the literature (Weingartner, Petersen)."""
    spend, worth, budget = budgeting(seed, count, years)
    best = best_of(spend, worth, budget)
    found = solved(case_of_budgets(spend, worth, budget))
    assert found.value <= best + 1e-6
    assert found.search is not None
    assert best - found.value <= (1e-6 if found.search.ended == "solved" else found.search.gap.size + 1e-6)
    assert found.certified_bound >= best - 1e-6


def pit(rows=3, columns=3, levels=3, seed=3):
    """Blocks of an open pit: each waits for the (up to) four above it. Cost, value, and the blocks above of each."""
    chance = random.Random(seed)
    places = [(depth, i, j) for depth in range(levels) for i in range(rows) for j in range(columns)]
    number = {place: k for k, place in enumerate(places)}
    above = [[number[depth - 1, i + a, j + b] for a in (0, 1) for b in (0, 1) if (depth - 1, i + a, j + b) in number]
             for depth, i, j in places]
    cost = [round(chance.uniform(0.5, 1.5), 2) for _ in places]
    value = [round(max(0.1, chance.gauss(0.7 + 0.6 * depth, 0.6)), 2) for depth, _, _ in places]
    return cost, value, above


def pit_case(cost, value, above, budget, **more):
    blocks = [facility(f"B{k:03}", **FREE, cost=c, benefit=v, after=tuple(f"B{q:03}" for q in waits), latest=2031,
                       life=30.0)
              for k, (c, v, waits) in enumerate(zip(cost, value, above, strict=True))]
    money = source("M", ceilings=dict.fromkeys(YEARS, budget), available_to=2031)
    return bare_case(**{**DEFAULTS, "facilities": keyed(*blocks), "sources": keyed(money), **more})


def best_pit(cost, value, above, budget):
    """Block k in year t costs then and is worth the same whenever (nothing is discounted); at most once, later than
    those above it, within the budget."""
    count, years = len(cost), len(YEARS)
    at = np.arange(count * years).reshape(count, years)
    rows, most = [], []
    for k in range(count):
        rows.append({int(j): 1.0 for j in at[k]})
        most.append(1.0)
        for q in above[k]:
            for t in range(years):
                rows.append({**{int(j): 1.0 for j in at[k, :t + 1]}, **{int(j): -1.0 for j in at[q, :t]}})
                most.append(0.0)
    for t in range(years):
        rows.append({int(at[k, t]): cost[k] for k in range(count)})
        most.append(budget)
    matrix = np.zeros((len(rows), count * years))
    for i, row in enumerate(rows):
        matrix[i, list(row)] = list(row.values())
    worth = np.repeat(np.array(cost) - np.array(value), years)
    found = milp(worth, constraints=LinearConstraint(matrix, ub=most), integrality=np.ones(count * years),
                 bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-4})
    return -found.fun


def test_blocks_that_wait_are_listed_and_searched_window_by_window(monkeypatch):
    """By the path of large cases: the best, to the gap; the plan keeps order and budget."""
    monkeypatch.setattr(whole, "FULL_SEARCH", 0)
    for module in (near, whole):
        monkeypatch.setattr(module, "OPEN", 0)
    monkeypatch.setattr(near, "DECIDED", 0)
    cost, value, above = pit()
    best = best_pit(cost, value, above, 2.5)
    factors, program = program_of(pit_case(cost, value, above, 2.5))
    relaxed = linear_stages(program, ("objective",), Solver(program))
    limits = Limits.of(gaps(question(factors, program), program, relaxed, ("objective",)), None, now() + 60, 0)
    found = choose(question(factors, program), aggregate(question(factors, program), program), program, relaxed,
                   tuple(program.objectives), limits)
    assert best - limits.gaps["objective"].size - 1e-3 <= -found.staged.values["objective"] <= best + 1e-3
    year = {int(index[0][1:]): int(index[1]) for (family, index), x in zip(program.columns, found.staged.x, strict=True)
            if family == "start" and x > 0.5}
    assert all(q in year and year[q] < t for k, t in year.items() for q in above[k])
    assert all(sum(cost[k] for k in year if year[k] == t) <= 2.5 + 1e-6 for t in YEARS)


def test_no_time_is_left_and_a_plan_is_written_that_says_so():
    """All time is used up before anything is searched: a plan is there, its bound is certified, trees and prices are
    left out with a remark."""
    cost, value, above = pit()
    found = solved(pit_case(cost, value, above, 2.5, time_limit=1e-3, prices=3))
    assert 0.0 <= found.value <= best_pit(cost, value, above, 2.5) + 1e-3 <= found.certified_bound + 2e-3
    assert found.prices == ()
    assert found.proof.trees == {}
    assert found.search.ended == "time"
    assert any("no tree" in remark for remark in found.remarks)
    assert any("no price" in remark for remark in found.remarks)


def test_a_list_follows_the_relaxation():
    """4 bn a year for A, then B, then C (4 each, worth 1, 1, 30): 32 - 12 = 20. D (4, worth 5) has no year left."""
    worth = {"A": (1.0, ()), "B": (1.0, ("A",)), "C": (30.0, ("B",)), "D": (5.0, ())}
    things = [facility(key, **FREE, cost=4.0, benefit=value, after=waits) for key, (value, waits) in worth.items()]
    _, program = program_of(bare_case(facilities=keyed(*things),
                                      sources=keyed(source("S", ceilings=dict.fromkeys((2026, 2027, 2028), 4.0))),
                                      whole=True))
    relaxed = linear_stages(program, ("objective",), Solver(program))
    lister = Lister(program, weighted(program, ("objective",)), near.groups(program), 0, now() + 60)
    for early in (False, True):
        point = lister.plan(relaxed.x, least=1e-6, early=early)
        assert point is not None
        assert -program.value("objective", point.x) == pytest.approx(20.0)


def test_a_fixing_by_arithmetic_costs_the_numbers_of_its_row(monkeypatch):
    """One multiplier a proof, in one sign or both: no effort that grows with the rows of the program (a thousand blocks
    took 40 s)."""
    calls = []
    monkeypatch.setattr(fixings, "fifteen", lambda number: calls.append(number) or number)
    cost, value, above = pit()
    _, program = program_of(pit_case(cost, value, above, 2.5))
    fixer = Fixer(program)
    assert fixer.by_arithmetic() > 0
    assert len(calls) <= 2 * len(fixer.found)


def test_fixing_ends_in_time():
    cost, value, above = pit()
    _, program = program_of(pit_case(cost, value, above, 2.5))
    relaxed = linear_stages(program, ("objective",), Solver(program))
    assert fix(program, ("objective",), relaxed, now() - 1.0).found == []
