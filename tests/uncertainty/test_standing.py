"""The program of what may still be decided where the plan's starts are held says what the whole program with the same
starts held says."""

from dataclasses import replace

import pytest

from jaryq.api.arrays import arrays_of
from jaryq.api.asked import asked
from jaryq.api.uncertain.judge import Judge, opened
from jaryq.factors.going_on import going_on, held_starts, standing
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from tests.uncertainty.test_order_and_end import WAITS
from tests.uncertainty.test_what_must_be_done import VARIANT, one_facility, planned

G = {"facility": "G", "name": "G", "cost": 4.0, "works_months": 12.0, "asset_type": "boiler", "data_status": "estimate",
     "benefit": 100.0}
FREE = [G, {**G, "facility": "H", "name": "H", "cost": 30.0, "benefit": 1.0}]
CASES = {
    "free choice, one not taken": ({"objective": "purse", "years": 2, "more": FREE},
                                   ["facilities; ; cost; multiply 2"]),
    "a must that is late": ({"must_do": "yes", "years": 2, "cost": 12.0, "earliest": 2027, "latest": 2027},
                            ["facilities; ; works_months; add 12"]),
    "variants": ({"must_do": "yes", "more": VARIANT}, ["facilities; ; cost; multiply 2"]),
    "a lot": ({"years": 2, "must_do": "yes", "lot": "L", "earliest": 2027, "latest": 2027, "cost": 8.0,
               "more": [{**G, "lot": "L", "earliest": 2027, "latest": 2027, "benefit": None}]},
               ["facilities; ; works_months; add 12"]),
    "in order": ({"years": 3, "must_do": "yes", "earliest": 2026, "latest": 2026, "more": [{**WAITS, "after": "F"}]},
                 ["facilities; facility=F; works_months; add 12", "facilities; facility=F; latest; set 2027"]),
    "less money": ({"objective": "purse", "years": 2, "more": FREE}, ["source_years; ; 2026; multiply 0.5"]),
    "later than planned": ({"objective": "purse", "years": 3, "more": FREE}, ["facilities; ; earliest; set 2027"]),
}


def outcome(judged):
    one = judged.stands
    return one.missed, one.unfinished, one.why, one.years


@pytest.mark.parametrize("name", CASES)
def test_the_same_comes_out(name):
    cells, changes = CASES[name]
    accepted = one_facility(**cells)
    plan = planned(accepted)
    for one in ([], changes):
        small, whole = (Judge(accepted, plan, best=best).of(asked(one)) for best in (False, True))
        assert small.impossible is whole.impossible is None
        assert small.stands.figures == pytest.approx(whole.stands.figures, abs=1e-9)
        assert outcome(small) == outcome(whole)
        assert small.stands.shares == pytest.approx(whole.stands.shares)


def test_it_has_nothing_that_is_decided_already():
    """F and G are planned, H (30, worth 1) is not: no start of it, no draw for it, of the others the planned start
    alone; values of all stages are those of the whole program."""
    accepted = one_facility(objective="purse", years=2, more=FREE)
    plan = planned(accepted)
    f = accepted.factors
    small, whole = standing(f, plan, f), going_on(f, plan)
    assert sorted(held_starts(whole, plan)) == sorted(plan.start)
    assert sorted((p, s.period.label) for p, mine in small.works.starts.items() for s in mine) == sorted(plan.start)
    program = arrays_of(small)
    assert {index[0] for family, index in program.columns if family == "start"} == {p for p, _ in plan.start} < {"F",
        "G", "H"}
    assert all(index[1] != "H" for family, index in program.columns if family == "draw")
    judge = Judge(accepted, plan)
    found = []
    for factors in (small, whole):
        held = judge.held(opened(arrays_of(factors), factors))
        found.append(linear_stages(held, judge.stages, Solver(held)).values)
    assert found[0] == pytest.approx(found[1])


def test_a_must_that_is_not_planned_leaves_no_plan():
    """F must be done, the plan does without it: neither program has a plan that keeps its starts."""
    accepted = one_facility(must_do="yes", more=[G], objective="purse", years=2)
    plan = planned(accepted)
    without = replace(plan, start={at: share for at, share in plan.start.items() if at[0] != "F"})
    usual = Judge(accepted, plan, best=False)
    usual.plan = without
    assert usual.of(asked([])).stands.figures is None
    assert usual.of(asked([])).stands.why is not None
