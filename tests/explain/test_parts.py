"""Why this money, why then: the parts of a cost add up to what the exact bound uses, and are those of hand cases."""

import random

import pytest

from jaryq.api.question import question
from jaryq.explain.bounds import taken
from jaryq.explain.opposites import Rows
from jaryq.explain.parts import OWN, parts_of, payer_beside, years_beside
from jaryq.explain.plans import Plans
from jaryq.explain.shown import shown
from jaryq.solve.run import solve
from tests.explain.test_random_cases import few
from tests.formulation.small import budget, case_of, plain
from tests.make import program_of


def plan_of(case):
    factors, program = program_of(case)
    q = question(factors, program)
    found = shown(q, program, solve(q, program))
    return found, Rows(found.program)


def test_own_money_costs_more_than_a_grant():
    """F1 costs 10: a grant from abroad, which costs the purse nothing, has 6 in 2026 (so much at most can be drawn: no
    row says it), the rest is own money at 1. Of a bn the own money costs 1 more, by its own cost alone."""
    case = case_of(plain("F1", cost=10.0, benefit=30.0, latest=2026), budget(),
                   budget("G", kind="grant", partner="JP", first=6.0, second=0.0, third=0.0), whole=True)
    found = payer_beside(plan_of(case)[0], "F1")
    assert (found.chosen, found.next, found.year) == ("G", "B", 2026)
    assert found.next_cost.cost - found.cost.cost == pytest.approx(1.0)
    apart = {name: value for name, value in found.next_cost.less(found.cost).items() if abs(value) > 1e-9}
    assert apart == {OWN: pytest.approx(1.0)}


@pytest.mark.parametrize("seed", range(3))
def test_parts_add_up_to_the_exact_cost(seed):
    chance = random.Random(seed)
    for _ in range(5):
        found, rows = plan_of(few(chance))
        name = found.names[-1]
        exact = taken(found, name, found.held[name].rows, found.held[name].before)
        for columns in rows.starts.values():
            for j in columns:
                assert parts_of(found, j).cost == pytest.approx(float(exact.of(j)), abs=1e-9)
        for project in rows.starts:
            for beside in years_beside(found, rows, project):
                assert sum(beside.next_cost.less(beside.cost).values()) == pytest.approx(beside.next_cost.cost
                    - beside.cost.cost)


@pytest.mark.parametrize("seed", range(3))
def test_money_of_the_plan_as_it_stands_is_the_cheapest_that_is_left(seed):
    """With all choices as they are the draws of a plan are best for them: by the multipliers of that program none that
    is drawn costs more than one of which more could be drawn (complementary slackness), which those of the plan with
    parts of projects do not promise."""
    chance, seen = random.Random(seed), 0
    for _ in range(5):
        found, rows = plan_of(few(chance))
        held = Plans(found, rows).as_done()
        assert held is not None
        for j, meaning in enumerate(found.question.meanings):
            if meaning is None or meaning.field != "draw":
                continue
            drawn, most = found.solution.plan.draw.get(meaning.key, 0.0), found.program.col_upper[j] / meaning.per_unit
            cost = parts_of(found, j, held).cost
            if drawn > 1e-6:
                assert cost <= 1e-6
                seen += 1
            if drawn < most - 1e-6:
                assert cost >= -1e-6
    assert seen
