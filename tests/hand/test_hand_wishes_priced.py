"""Wishes priced, by hand: the hand-made plan as it stands, also where it breaks limits, the best that keeps them, the
best without."""

import pytest

from jaryq.api.accepted import accept
from jaryq.api.wishes import BEST, HAND, KEPT, wished
from tests.hand.test_from_workbooks import PIPE, book, facility, goal, loan, package
from tests.hand.test_hand_wishes import tables, two


def priced(sheets):
    return wished(accept(tables(sheets), [], "base"))


def values(found, stage="objective"):
    return {name: round(plan.stages[stage], 6) for name, plan in found.plans.items()}


def test_a_wish_that_keeps_all_limits():
    """10 a year; best A 2026 and B 2027: 20 + 11.2. A not before 2028 by hand: A 2028, B stays in 2027: 12.8 + 11.2 =
    24; best with it B at once: 26.8."""
    found = priced(two({"project": "A", "not_before": "2028"}))
    assert values(found) == {HAND: 24.0, KEPT: 26.8, BEST: 31.2}
    assert (found.broken, found.given_up) == ((), ())
    assert found.differ == {"A": {HAND: "2028", KEPT: "2028", BEST: "2026"},
                            "B": {HAND: "2027", KEPT: "2026", BEST: "2027"}}
    assert list(found.frame.loc["facilities"]) == [2.0, 2.0, 2.0]


def test_a_wish_that_breaks_a_ceiling():
    """C in 2026 beside A, which stays there: 20 are needed of 10, so the ceiling of 2026 is moved to 20: 20 + 11.2 - 4.
    Kept: C, then A, then B: 20.96."""
    found = priced(two({"project": "C", "decision": "do", "not_after": "2026"}))
    assert values(found) == {HAND: 27.2, KEPT: 20.96, BEST: 31.2}
    assert [(one.rule.cell, one.rule.value, one.now) for one in found.broken] == [("source_years!B4", 10.0,
        pytest.approx(20.0))]
    assert found.given_up == ()
    assert found.differ["C"] == {HAND: "2026", KEPT: "2026", BEST: ""}


def test_what_is_left_out_frees_money():
    """A left out by hand: B stays in 2027: 11.2; best 14."""
    assert values(priced(two({"project": "A", "decision": "leave_out"}))) == {HAND: 11.2, KEPT: 14.0, BEST: 31.2}


def test_km_of_a_package():
    """20 km of 40 are asked for, 1 bn each, money for 20. 15 in 2027 and the 20 that were planned in 2026: 35, 15 more
    than the envelope; kept: 5 and 15."""
    found = priced(book(sources=[{"source_id": "B", "envelope": 20}], asset_types=PIPE, networks=[package()],
                        targets=[goal("T", "km", 20, "km", "2028")],
                        overrides=[{"project": "N", "km_2027": 15}]).sheets)
    assert values(found) == {HAND: -35.0, KEPT: -20.0, BEST: -20.0}
    assert [(one.rule.cell, one.now) for one in found.broken] == [("sources!B4", pytest.approx(35.0))]
    assert found.differ == {"N": {HAND: 35.0, KEPT: 20.0, BEST: 20.0}}
    assert {name: plan.km for name, plan in found.plans.items()} == pytest.approx({HAND: 35.0, KEPT: 20.0, BEST: 20.0})


def test_the_money_of_the_hand_made_plan_is_the_best():
    """Of two loans with a ticket one costs nothing and the other a tenth at signing. Each facility is worth three times
    its cost whenever it comes: 90 in all, 87 if the dear loan paid. Who takes part in which loan is a whole decision
    of money, so the plan by hand takes the cheap one as well."""
    dear = {**loan(envelope=400, ticket=5, front_end=10), "source_id": "M"}
    found = priced(book([loan(envelope=400, ticket=5), dear],
                        [facility(f"F{cost}", cost, savings=2 * cost) for cost in (6, 7, 8, 9)],
                        overrides=[{"project": "F7", "not_before": "2027"}]).sheets)
    assert values(found) == {HAND: 90.0, KEPT: 90.0, BEST: 90.0}
    assert found.differ == {"F7": {HAND: "2027", KEPT: "2027", BEST: "2026"}}


def test_what_is_signed_already_costs_the_plan_by_hand_no_more():
    """A loan of 40 signed in 2025 costs a tenth of what is not drawn a year: a constant of every plan, which limits
    that are lifted far away must not raise. The wish is kept by the best plan as it is: three plans that are one."""
    lent = loan(envelope=40, signing_year=2025, commitment_fee=10, clock="loan", tenor=9)
    found = priced(book([lent], [facility("A", 10, savings=20)],
                        overrides=[{"project": "A", "not_after": "2028"}]).sheets)
    # 2 x 20 less 10, and a tenth of 35 (10 are drawn in the middle of 2026), 30 and 30.
    assert values(found) == {HAND: 20.5, KEPT: 20.5, BEST: 20.5}
    assert found.differ == {}


def test_facilities_are_counted_as_the_programme_counts_them():
    """15 for F (10) and G (5), or for the overhaul R (4) of F, which is no facility of the programme, and G. H was done
    before: 3 are completed, with R 2; km of 2025 count too."""
    found = priced(book([{"source_id": "B", "envelope": 15}],
                        [facility("F", 10, benefit=30), facility("R", 4, benefit=10, option_of="F", counts=False),
                         facility("G", 5, benefit=9), facility("H", 5, benefit=9)],
                        asset_types=PIPE, networks=[package()],
                        progress=[{"project": "H", "year": 2025, "status": "done"},
                                  {"project": "N", "year": 2025, "status": "done", "km": 7}],
                        overrides=[{"project": "R", "decision": "do"}]).sheets)
    assert list(found.frame.loc["facilities"]) == [2.0, 2.0, 3.0]
    assert list(found.frame.loc["km"]) == [7.0, 7.0, 7.0]


def test_a_rule_that_is_no_limit_is_given_up():
    """B waits for A, which is to be left out; B stays where it was, two years on: without A it does not wait, and all
    is kept. C done only together with A cannot be: the rule is given up."""
    sheets = two({"project": "A", "decision": "leave_out"})
    rows = [row for _, row in sheets["facilities"].records()]
    rows[1]["only_with"] = "A"
    found = priced({**sheets, "facilities": type(sheets["facilities"]).of("facilities", rows)})
    assert [rule.name.split("[")[0] for rule in found.given_up] == ["only_with"]
    assert values(found) == {HAND: 11.2, KEPT: 0.0, BEST: 31.2}


def test_without_wishes_there_is_nothing_to_price():
    with pytest.raises(ValueError):
        priced({name: table for name, table in two().items() if name != "overrides"})
