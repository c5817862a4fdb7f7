"""Two stages against published and hand-made examples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from jaryq.solve.stacked import Branch
from jaryq.uncertainty.mean_future import mean_program
from jaryq.uncertainty.solved import solved
from jaryq.uncertainty.two_stage import regrets, tail_mean, two_stage
from tests.sampled import exhaustive_beside
from tests.solve.programs import INF, lp

SECONDS = 10.0


def branch(name, program, weight):
    return Branch(name, program, program.objectives["cost"][0], 0.0, weight)


def farmer(yields):
    """Birge and Louveaux 2011, section 1.1: 500 acres of wheat, corn and beet; planting costs 150, 230, 260 an acre;
    200 t of wheat and 240 t of corn are needed, bought at 238 and 210, sold at 170 and 150; beet sells at 36 up to
    6,000 t and at 10 above. Columns: acres (3), bought wheat and corn, sold wheat, corn, beet dear, beet cheap."""
    wheat, corn, beet = yields
    return lp([([1, 1, 1, 0, 0, 0, 0, 0, 0], -INF, 500),
               ([wheat, 0, 0, 1, 0, -1, 0, 0, 0], 200, INF),
               ([0, corn, 0, 0, 1, 0, -1, 0, 0], 240, INF),
               ([0, 0, beet, 0, 0, 0, 0, -1, -1], 0, INF)],
              {"cost": [150, 230, 260, 238, 210, -170, -150, -36, -10]},
              high=[500, 500, 500, 1e4, 1e4, 1e4, 1e4, 6000, 1e5])


def farmers():
    """Yields 2.5, 3 and 20 t an acre, a fifth more, a fifth less; each a third."""
    return [branch(name, farmer([k * y for y in (2.5, 3.0, 20.0)]), 1 / 3)
            for name, k in (("good", 1.2), ("mean", 1.0), ("bad", 0.8))]


def acres(name):
    return name[1][0] < 3


def test_the_farmer():
    """Published: 108,390 with all futures seen (170, 80, 250 acres), 115,406 if they were known, 107,240 by planning
    for the mean: the value of information 7,016, of the solution 1,150. The single futures: 167,667, 118,600 and
    59,950."""
    found = two_stage(farmers(), acres, SECONDS, mean=mean_program(farmers()))
    assert [-one.cost.high for one in found.known] == pytest.approx([167_666.67, 118_600, 59_950], abs=0.5)
    assert -found.together.cost.high == pytest.approx(108_390, abs=0.5)
    assert list(found.together.early.values()) == pytest.approx([170, 80, 250], abs=1e-6)
    assert found.of_information.high == pytest.approx(7_016, abs=1)
    assert found.of_solution.high == pytest.approx(1_150, abs=1)
    for interval in (found.of_information, found.of_solution, found.together.cost):
        assert 0 <= interval.width < 1e-4


def capital(demands):
    """Louveaux and Smeers, as in Birge and Louveaux 2011, section 1.3 (deterministic part): equipment of 4 kinds costs
    10, 7, 16, 6 a unit; of its capacity at most 120 in money and at least 12 units in all; three modes of demand
    (height, duration 10, 6, 1) are served at 4, 4.5, 3.2, 5.5 a unit of height, times duration times a tenth. Columns:
    capacity (4), then kind by mode."""
    cost = [10, 7, 16, 6, *(a * t / 10 for a in (40, 45, 32, 55) for t in (10, 6, 1))]
    rows = [([1, 1, 1, 1] + [0] * 12, 12, INF), ([10, 7, 16, 6] + [0] * 12, -INF, 120)]
    for i in range(4):
        rows.append(([-1 if k == i else 0 for k in range(4)] + [1 if k // 3 == i else 0 for k in range(12)], -INF, 0))
    for j, demand in enumerate(demands):
        rows.append(([0] * 4 + [1 if k % 3 == j else 0 for k in range(12)], demand, INF))
    return lp(rows, {"cost": cost}, high=[20] * 16)


def test_capacity_for_an_uncertain_demand():
    """Birge and Louveaux 2011, section 1.3 and exercise: demand of the base load 3, 5, 7 with 0.3, 0.4, 0.3, of the
    others 3 and 2. Published (also the example `LandS` of SMPS collections): cost 381.85, capacity 2.67, 4, 3.33, 2."""
    branches = [branch(f"d{d}", capital([d, 3, 2]), p) for d, p in ((3, 0.3), (5, 0.4), (7, 0.3))]
    found = two_stage(branches, lambda name: name[1][0] < 4, SECONDS)
    assert found.together.cost.high == pytest.approx(381.853333, abs=1e-4)
    assert list(found.together.early.values()) == pytest.approx([8 / 3, 4, 10 / 3, 2], abs=1e-6)


def newsvendor(demand):
    """Order x at 1 before demand is known, sell at 3 what is asked: cost x - 3 s, s <= x, s <= demand."""
    return lp([([-1, 1], -INF, 0)], {"cost": [1, -3]}, high=[10, demand])


def vendors():
    return [branch("low", newsvendor(2), 0.5), branch("high", newsvendor(8), 0.5)]


def ordered(name):
    return name[1][0] == 0


def test_expected_value_and_tail():
    """Mean: each unit above 2 costs 1 and earns 3 with one half: x = 8, cost 0.5 (8 - 6) + 0.5 (8 - 24) = -7. The worst
    tenth is "low": cost x - 6 for x >= 2, least at x = 2: -4. If known: -4 and -16, mean -10: information is worth
    3."""
    mean = two_stage(vendors(), ordered, SECONDS)
    assert (mean.together.cost.high, mean.of_information.high) == pytest.approx((-7, 3))
    worst = two_stage(vendors(), ordered, SECONDS, level=0.9)
    assert worst.together.cost.high == pytest.approx(-4)
    assert list(worst.together.early.values()) == pytest.approx([2])
    # at level 0.25 the worst three quarters are "low" whole and half of "high": (0.5 (x - 6) + 0.25 (-2 x)) / 0.75 = -4
    # for any x in 2..8
    assert two_stage(vendors(), ordered, SECONDS, level=0.25).together.cost.high == pytest.approx(-4)


def test_regret():
    """Ordering x costs in "low" x - 6 + 4 = x - 2 above the best, in "high" 16 - 2 x: equal at x = 6, regret 4. Low's
    own order 2: 0 and 12; high's 8: 6 and 0."""
    branches = vendors()
    known = [solved(b.program, b.cost, b.constant, SECONDS) for b in branches]
    found = regrets(branches, ordered, known, [], SECONDS)
    assert [[round(one.high, 6) for one in row] for row in found.of] == [[0, 12], [6, 0], [4, 4]]
    assert found.plans[found.least].name == "least_regret"
    assert found.bound == pytest.approx(4)
    assert list(found.plans[-1].early.values()) == pytest.approx([6])


def test_whole_decisions():
    """A plant of 5 at 4 or nothing, demand 2 or 8 as above, goods worth 3 a unit, s <= 5 y. Divisible mean: y = 0.4
    earns 6 - 1.6 = 4.4 in both, more than that only in "high": each unit of y above earns 7.5 - 4: y = 1: 0.5 x 6 + 0.5
    x 15 - 4 = 6.5. Whole: the same."""
    def plant(demand):
        return lp([([-5, 1], -INF, 0)], {"cost": [4, -3]}, high=[1, demand], whole=[0])
    branches = [branch("low", plant(2), 0.5), branch("high", plant(8), 0.5)]
    found = two_stage(branches, ordered, SECONDS)
    assert found.together.cost.high == pytest.approx(-6.5)
    assert found.if_known.high == pytest.approx(0.5 * -2 + 0.5 * -11)  # low alone, whole: 6 - 4


def test_a_future_without_the_decision():
    """What one future does not have is nothing in all of them."""
    one, other = lp([([1, 1], 1, INF)], {"cost": [1, 5]}, high=[1, 1]), lp([([1], 1, INF)], {"cost": [5]}, high=[1])
    other = type(other)(**{**other.__dict__, "columns": (one.columns[1],)})
    branches = [branch("a", one, 0.5), branch("b", other, 0.5)]
    found = two_stage(branches, lambda name: True, SECONDS)
    assert found.together.cost.high == pytest.approx(5)
    assert mean_program(branches) is None


@pytest.mark.parametrize("there", [False, True], ids=["it does not have it", "its bounds do not allow it"])
def test_an_early_decision_that_a_future_does_not_allow_is_marked_there(there):
    """One unit is asked for: x at 1, or late at 5; in "b" nobody offers x (or at most 0). Early x = 1: 1 in "a", 5 in
    "b", both the best there: no regret, but "b" has not all of it. What every future allows is x = 0: 4 more in "a",
    and so says the bound."""
    one, other = lp([([1, 1], 1, INF)], {"cost": [1, 5]}, high=[1, 1]), lp([([1], 1, INF)], {"cost": [5]}, high=[1])
    other = type(other)(**{**other.__dict__, "columns": (one.columns[1],)})
    other = one.with_bounds(col_upper=np.array([0.0, 1.0])) if there else other
    branches = [branch("a", one, 0.5), branch("b", other, 0.5)]
    known = [solved(b.program, b.cost, b.constant, SECONDS) for b in branches]
    found = regrets(branches, ordered, known, [], SECONDS)
    rows = {plan.name: ([one.high for one in row], plan.gave_way)
            for plan, row in zip(found.plans, found.of, strict=True)}
    assert rows["a"] == (pytest.approx([0, 0]), {1})
    assert rows["b"] == (pytest.approx([4, 0]), frozenset())
    assert found.bound == pytest.approx(4)


def test_money_that_no_whole_work_takes_gives_way():
    """Money x (1, worth 1) is drawn early; in "b" it can be had with whole works of 2 alone, so none of it: half a work
    takes 1, no whole one does. From x = 1 nothing goes on there, from none of it a plan that costs 0, the best."""
    def program(tied):
        return lp([([1, -2], 0 if tied else -INF, 0 if tied else INF)], {"cost": [-1, 0]}, high=[1, 1], whole=[1])
    branches = [branch("a", program(False), 0.5), branch("b", program(True), 0.5)]
    known = [solved(b.program, b.cost, b.constant, SECONDS) for b in branches]
    assert [one.cost.high for one in known] == pytest.approx([-1, 0])
    stiff, giving = (regrets(branches, ordered, known, [], SECONDS, gives=gives)
                     for gives in (lambda name: False, ordered))
    assert stiff.of[0][1] is None
    assert [one.high for one in giving.of[0]] == pytest.approx([0, 0])
    assert giving.plans[0].gave_way == {1}


def test_early_decisions_that_do_not_go_on():
    """All the money spent early: in the future where it is needed there is no plan; the regret of it is without end."""
    def program(needed):
        return lp([([1, 1], -INF, 1), ([0, 1], needed, INF)], {"cost": [-1, 0]}, high=[1, 1])
    branches = [branch("calm", program(0), 0.5), branch("storm", program(1), 0.5)]
    known = [solved(b.program, b.cost, b.constant, SECONDS) for b in branches]
    found = regrets(branches, ordered, known, [], SECONDS)
    assert found.of[0] == (found.of[0][0], None)
    assert math.isinf(found.largest(0))
    assert found.plans[found.least].name in ("storm", "least_regret")


def test_the_mean_of_the_worst():
    """Costs 1, 2, 3, 4 of 0.25 each: the worst 40 %: (0.25 x 4 + 0.15 x 3) / 0.4 = 3.625."""
    assert tail_mean([3.0, 1.0, 4.0, 2.0], [0.25] * 4, 0.6) == pytest.approx(3.625)
    assert tail_mean([5.0], [1.0], 0.95) == pytest.approx(5)


@exhaustive_beside("test_the_farmer", "test_regret", "test_whole_decisions")
def test_random_two_stages_agree_with_trying_every_early_decision():
    """Thirty random problems of one whole early decision 0..3 and three futures: the mean, the tail and the least
    regret against enumeration."""
    rng = np.random.default_rng(7)
    for _ in range(30):
        price, worth = rng.uniform(0.5, 2.0), rng.uniform(1.0, 4.0, 3)
        demand, weights = rng.uniform(0.5, 3.5, 3), rng.dirichlet(np.ones(3))
        branches = [branch(str(b), lp([([-1, 1], -INF, 0)], {"cost": [price, -worth[b]]}, high=[3, demand[b]],
                                      whole=[0]), weights[b])
                    for b in range(3)]
        costs = np.array([[price * x - worth[b] * min(x, demand[b]) for b in range(3)] for x in range(4)])
        found = two_stage(branches, ordered, SECONDS)
        assert found.together.cost.high == pytest.approx((costs @ weights).min(), abs=5e-6)
        known = costs.min(axis=0)
        assert found.of_information.high == pytest.approx((costs @ weights).min() - weights @ known, abs=5e-6)
        level = 0.5
        worst = two_stage(branches, ordered, SECONDS, level=level)
        assert worst.together.cost.high == pytest.approx(min(tail_mean(list(row), list(weights), level)
            for row in costs), abs=5e-6)
        table = regrets(branches, ordered, found.known, [], SECONDS)
        assert table.largest(table.least) == pytest.approx((costs - known).max(axis=1).min(), abs=5e-6)
        assert table.bound <= table.largest(table.least) + 1e-9
