"""A project of 10 bn that must be done brings 1,000 MWh a year: a grant pays for it by the MWh, a budget of 3 the
rest."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.clock import Clock
from jaryq.api.verified import decide
from tests.explain.test_no_plan import explained, names
from tests.hand.test_from_workbooks import book, facility


def granted(per_unit):
    grant = {"source_id": "G", "kind": "grant", "partner": "JP", "envelope": 100, "quantity": "mwh",
             "per_unit": per_unit}
    return book([grant, {"source_id": "B", "envelope": 3}],
                [facility("P", 10, must_do=True, benefit=1, q_mwh=1000)],
                quantities=[{"quantity": "mwh", "unit": "MWh", "kind": "flow"}])


@pytest.mark.parametrize(("per_unit", "paid"), [(7e6, 7), (9e6, 9)])
def test_it_pays_so_much_for_a_unit(per_unit, paid):
    plan = decide(accept(granted(per_unit), []), Clock(), lambda _: None).solution.plan
    assert sum(amount for (s, _, _), amount in plan.draw.items() if s == "G") == pytest.approx(paid)


def test_a_unit_too_cheap_leaves_no_plan_and_is_named_by_its_cell():
    """6 and 3 are less than 10."""
    found = explained(granted(6e6))
    assert names(found.record) == {"by_quantity[G]", "envelope[B]", "start_required[P]"}
    rule, = (rule for rule in found.record["conflict"] if rule["name"].startswith("by_quantity"))
    assert rule["cell"].startswith("sources!")
