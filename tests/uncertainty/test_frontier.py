"""Two figures against each other and plans that are almost as good, by hand."""

import numpy as np
import pytest

from jaryq.api.uncertain.futures import turns
from jaryq.sheets.decisions import DECISIONS
from jaryq.solve.reduced import reduced
from jaryq.solve.unfunded import BEYOND, UNFUNDED, UNSPENT, held_at, rows_of, with_unfunded
from jaryq.uncertainty.early import early, money
from jaryq.uncertainty.frontier import Axis, frontier, near_best, with_least
from jaryq.uncertainty.solved import solved
from tests.solve.programs import INF, lp


def triangle():
    """x + y >= 4, x, y in 0..4: the costs x and y trade one for one."""
    return lp([([1, 1], 4, INF)], {"objective": [1, 1]}, high=[4, 4])


def test_a_front_is_evenly_spaced_and_complete():
    points = frontier(triangle(), Axis(np.array([1.0, 0.0]), 0.0, 1.0), Axis(np.array([0.0, 1.0]), 0.0, 1.0), 5)
    assert [(round(p.one, 6), round(p.other, 6)) for p in points] == [(4, 0), (3, 1), (2, 2), (1, 3), (0, 4)]


def test_what_does_not_contradict_is_one_point():
    """Both want x small."""
    points = frontier(triangle(), Axis(np.array([1.0, 0.0]), 0.0, 1.0), Axis(np.array([2.0, 0.0]), 1.0, -1.0), 4)
    assert [(p.one, p.other) for p in points] == [(0.0, -1.0)]


def test_the_worst_of_two_parts():
    """min -w, w <= x, w <= 3 - x, x in 0..3: the worse part is 1.5 at best."""
    program = with_least(lp([([1], 0, INF)], {"objective": [1]}, high=[3]), [np.array([1.0]), np.array([-1.0])],
                         [0.0, 3.0])
    cost = np.array([0.0, -1.0])
    assert solved(program, cost, 0.0, 1.0).cost.high == pytest.approx(-1.5)


def test_plans_that_are_almost_as_good():
    """Cost x + y + 1.1 z for x + y + z >= 4, spending the same: best 4; within 5 % (0.2) z can be at most 2, x anything
    from 0 to 4."""
    program = lp([([1, 1, 1], 4, INF)], {"objective": [1, 1, 1.1]}, high=[4, 4, 4])
    cost = program.objectives["objective"][0]
    near, plans = near_best(program, cost, 0.0, 0.05, cost, [np.array([1.0, 0, 0]), np.array([0, 0, 1.0])])
    assert (near[0].low, near[0].high) == pytest.approx((0, 4))
    assert (near[1].best, near[1].low, near[1].high) == pytest.approx((0, 0, 2), abs=1e-6)
    assert len(plans) == 5


def paid():
    """draw - 10 start = 0, draw <= 6; crews: 4 start <= 3."""
    program = lp([([1, -10], 0, 0), ([0, 4], -INF, 3)], {"objective": [1, -100]}, high=[6, 1])
    return type(program)(**{**program.__dict__, "rows": (("paid_in_full", ("p", 2027)),
                                                         ("crew_capacity", ("w", "2027"))),
                            "columns": (("draw", ("s", "p", 2027)), ("start", ("p", "2027")))})


def test_unfunded_money_and_limits_that_are_passed():
    """The start held at 1 needs 10, of which 6 are there: 4 unfunded; crews 4 of 3: beyond by a third of the limit."""
    open_ = with_unfunded(paid(), rows_of(paid(), "paid_in_full"), rows_of(paid(), "crew_capacity"))
    held = held_at(open_, {("start", ("p", "2027")): 1.0, ("start", ("q", "2027")): 1.0})
    found = solved(held, held.objectives[UNFUNDED][0], 0.0, 1.0)
    assert found.cost.high == pytest.approx(4)
    assert solved(held, held.objectives[BEYOND][0], 0.0, 1.0).cost.high == pytest.approx(1 / 3)
    assert [name for name, _ in open_.columns[2:]] == [UNFUNDED, BEYOND]
    assert open_.col_upper[2:].tolist() == pytest.approx([10, 4 / 3])


def test_money_that_is_drawn_and_not_needed():
    """A draw held at 6 for a start that is not made: 6 unspent."""
    open_ = with_unfunded(paid(), (0,), unspent=True)
    held = held_at(open_, {("draw", ("s", "p", 2027)): 6.0, ("start", ("p", "2027")): 0.0})
    assert [name for name, _ in open_.columns[2:]] == [UNFUNDED, UNSPENT]
    assert solved(held, held.objectives[UNFUNDED][0], 0.0, 1.0).cost.high == pytest.approx(6)


def test_what_bounds_decide_is_taken_out():
    """x0 + x1 = 0 with x0, x1 >= 0: both are 0 (a project that is not begun draws nothing). Then x0 + x2 >= 1 is x2 >=
    1, x2 <= 9 cannot be broken (x2 <= 4), x3 stands at 2 and takes 2 of x2 + x3 <= 5. Least x2 - x3 is 1 - 2."""
    program = lp([([1, 1, 0, 0], 0, 0), ([1, 0, 1, 0], 1, INF), ([0, 0, 1, 0], -INF, 9), ([0, 0, 1, 1], -INF, 5)],
                 {"objective": [0, 0, 1, -1]}, high=[3, 3, 4, 2])
    program = program.with_bounds(col_lower=np.array([0.0, 0, 0, 2]))
    made = reduced(program)
    assert made.left.tolist() == [2]
    assert [row[1] for row in made.program.rows] == [program.rows[1][1], program.rows[3][1]]
    assert made.program.row_upper.tolist() == [INF, 3]
    assert made.of(np.array([1.0])).tolist() == [0, 0, 1, 2]
    assert solved(made.program, made.program.objectives["objective"][0], made.program.objectives["objective"][1],
                  1.0).cost.high == pytest.approx(-1)


def test_rows_that_contradict_bounds_are_not_taken_out():
    """x0 <= -1 of what is not below 0: the row stays, for nobody may say that there is a plan."""
    made = reduced(lp([([1, 0], -INF, -1), ([0, 1], 1, INF)], {"objective": [1, 1]}, high=[3, 3]))
    assert len(made.program.rows) == 2


def test_what_is_held_stays_within_its_bounds():
    assert held_at(paid(), {("start", ("p", "2027")): 3.0}).col_lower[1] == 1.0


@pytest.mark.parametrize(("name", "expected"), [
    (("start", ("p", "2027")), True), (("start", ("p", "2028")), False), (("renew", ("n", "2027")), True),
    (("draw", ("s", "p", 2027)), True), (("draw", ("s", "p", 2028)), False), (("signed", ("s",)), True),
    (("payee", ("t", "p")), False),
    (("short", ("g", 0)), False), (("deficit", ("b", 2027)), False), (("flow", ("i", "forth", "2027")), False)])
def test_what_is_early(name, expected):
    """Known from 2028; s is signed in 2027, t in 2028."""
    assert early(2028, turns(), {"2027": 2027, "2028": 2028}, {"s": 2027, "t": 2028})(name) is expected


def test_of_every_family_it_is_said_when_it_is_decided():
    """Dated families: those of a plan whose index ends in a period are works, of a year money. A family of which nobody
    says it is an error."""
    period = {name for name, family in DECISIONS.items() if family.index[-1] == "period"}
    assert {name for name, turn in turns().items()
            if turn == "period"} == period - {"above"}, "what stretches cost beside their mean follows from km"
    assert money(turns()).families == ("draw", "line", "part", "payee", "signed", "taken")
    with pytest.raises(ValueError, match="spare: it is not declared when it is decided"):
        early(2028, turns(), {}, {})(("spare", ("x", "2027")))
    assert not early(2028, turns(), {}, {})(("unfunded", ("p", 2027)))
