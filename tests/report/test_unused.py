"""Money that is left: why, and what of it could still pay for something. By hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jaryq.case.case import Ramp, SourceGroup
from jaryq.case.plan import Plan
from jaryq.report.reasons import LAPSES, NOTHING_ELIGIBLE, NOTHING_LEFT, OUTSIDE, UNPRICED
from jaryq.report.unused import could_buy, unused_table
from tests.cases import add, edit, facility, keyed, named, package, rule, source
from tests.report.test_lending import START, flat, found, loan, many, tables

DEAR = "it is dearer than all money it could replace, by 0.15 tenge of today on each tenge"
"""A loan at 10 %, repaid in two years: 1 + 0.1 + 0.05 on each tenge, 1 of the budget."""


# Money left unused.

def why(case, plan, key):
    return next(row["why"].en for row in tables(case, plan)["unused"].rows if row["source"] == key)


def test_reasons_of_unused_money():
    cheap = loan(currency="KZT", rate=0.0, envelope=50.0)
    plan = HALF
    assert why(flat(replace(cheap, max_share=0.5)), plan, "L").startswith("its largest share is reached")
    # 0.8 x 20 = 0.4 x 40
    assert why(flat(replace(cheap, tied_share=0.8)), plan, "L").startswith("tied: the partner's suppliers")
    assert why(flat(replace(cheap, counterpart=1.0)), plan, "L").startswith("no counterpart money")
    grouped = flat(replace(cheap, group="japan"), groups={"japan": SourceGroup(**named("japan"), envelope=20.0)})
    assert why(grouped, plan, "L").startswith("the envelope of its group is used up; all it may pay for is paid")
    more = add(flat(replace(cheap, rate=0.1)), "facilities", facility("F2", cost=5.0))
    assert why(more, plan, "L") == ("what it may still pay for is less than what is left: 20.00 bn KZT that others "
                                    f"pay, 5.00 outside the plan; {DEAR}; {OUTSIDE.en}")
    assert why(add(flat(cheap), "rules", rule("L", project="none")), Plan(START, draw={("B", "F1", 2026): 40.0}),
               "L") == NOTHING_ELIGIBLE.en
    assert why(flat(replace(cheap, open=False, closed_reason="not ratified")),
               Plan(START, draw={("B", "F1", 2026): 40.0}), "L") == "not ratified"
    assert why(flat(replace(cheap, envelope=60.0)), Plan(START, draw={("L", "F1", 2026): 40.0}),
               "L").startswith("all it may pay for")


def left(case, plan, key="L"):
    """What could still pay for something, what can pay for nothing more, and why."""
    [row] = [row for row in unused_table(found(case, plan)).rows if row["source"] == key]
    assert row["usable"] + row["barred"] == pytest.approx(row["total"])
    return pytest.approx(row["usable"]), pytest.approx(row["barred"]), row["why"].en


HALF = Plan(START, draw={("L", "F1", 2026): 20.0, ("B", "F1", 2026): 20.0})
"""Half of the one work of 40 is paid by the loan, half by the budget."""


def test_dear_money_is_left_for_its_price_where_others_pay_and_for_nothing_beyond():
    """A dear loan of 50 pays 20 of 40, others 20, which it could replace: 10 of the 30 left can pay for nothing. So too
    if the asset's variant is outside; if another asset of 30 is, all of it could pay; so too of a loan of 35, of which
    the 15 left could replace others."""
    dear = flat(loan(currency="KZT", rate=0.1, envelope=50.0))
    told = "all it may pay for is paid or finished, 20.00 bn KZT of it by other money"
    assert left(dear, HALF) == (20.0, 10.0, f"{told}; {DEAR}")
    other = add(dear, "facilities", facility("F1b", cost=30.0, option_of="F1"))
    assert left(other, HALF) == (20.0, 10.0, f"{told}; {DEAR}")
    assert left(add(dear, "facilities", facility("F2", cost=30.0)), HALF) == (30.0, 0.0, f"{DEAR}; {OUTSIDE.en}")
    assert left(edit(dear, "sources", "L", envelope=35.0), HALF) == (15.0, 0.0, DEAR)
    [row] = [row for row in tables(dear, HALF)["unused"].rows if row["source"] == "L"]
    assert row["why"].ru == ("всё, за что он может платить, оплачено или завершено, из этого другими деньгами 20,00 "
                             "млрд тенге; он дороже всех денег, которые мог бы заменить, на 0,15 сегодняшнего тенге за "
                             "каждый тенге")


def test_what_is_paid_in_full_leaves_money_for_nothing():
    """All 40 are paid by the loan of 60, and nothing else is there: 20 can pay for nothing, whatever they cost."""
    for rate in (0.0, 0.1):
        assert left(flat(loan(currency="KZT", rate=rate, envelope=60.0)),
                    Plan(START, draw={("L", "F1", 2026): 40.0})) == (0.0, 20.0, NOTHING_LEFT.en)


def test_a_variant_of_what_is_built_is_nothing_to_pay_for():
    """The loan may pay for the variant only, which nobody builds since the other is: not that it is dearer, and the
    variant is nothing that its money could have bought."""
    of = add(flat(loan(currency="KZT", rate=0.1, envelope=50.0)), "facilities",
             facility("F1b", cost=30.0, option_of="F1"))
    of = add(of, "rules", rule("L", project="F1b"))
    plan = Plan(START, draw={("B", "F1", 2026): 40.0})
    assert left(of, plan) == (0.0, 50.0, "nothing it may pay for is built in these years")
    assert could_buy(found(of, plan), of.sources["L"], 50.0).facilities == ()


def test_a_share_that_is_reached_leaves_nothing_to_pay_for():
    """At most half of the work: the other half is no place for the 30 left."""
    half = flat(loan(currency="KZT", rate=0.0, envelope=50.0, max_share=0.5))
    assert left(half, HALF)[:2] == (0.0, 30.0)
    most = edit(half, "sources", "L", max_share=0.75)  # 10 more of the 40
    assert left(most, HALF)[:2] == (10.0, 20.0)


def years_of_two(*sources):
    """F1 of 40 over 24 months, 20 in each of 2026 and 2027."""
    return flat(*sources, facilities=keyed(facility("F1", cost=40.0, works_months=24.0)))


def test_a_year_that_is_used_up_and_one_without_bills():
    """10 a year that lapse: of 2026 all is used and the budget pays 10 beside it; in 2027 nothing is used of what
    others pay in full; in 2028 nobody is paid: its 10 can pay for nothing."""
    case = years_of_two(source("C", ceilings={2026: 10.0, 2027: 10.0, 2028: 10.0}))
    plan = Plan(START, draw={("C", "F1", 2026): 10.0, ("B", "F1", 2026): 10.0, ("B", "F1", 2027): 20.0})
    usable, barred, why = left(case, plan, "C")
    assert (usable, barred) == (10.0, 10.0)
    assert why.startswith("its money of 2026 is used up, when others pay 10.00 bn KZT that it may pay for; in other "
                          "years there is less to pay for than is left")
    later = replace(plan, draw={("B", "F1", 2026): 20.0, ("B", "F1", 2027): 20.0})
    assert left(case, later, "C")[:2] == (20.0, 10.0)
    assert left(case, later, "C")[2].startswith(LAPSES.en)


def test_a_ramp_that_lets_it_rise_no_more():
    """Nothing before, at most 5 in any year (a rise of nothing on 5 of the year before and 5 more in 2027): 5 in 2026,
    10 in 2027; others pay 15 and 10, and nobody in 2028."""
    case = years_of_two(source("C", ceilings={2026: 30.0, 2027: 30.0, 2028: 30.0}, carry_over="loan",
                               ramp=Ramp(up=0.0, down=None, least=5.0)))
    plan = Plan(START, draw={("C", "F1", 2026): 5.0, ("C", "F1", 2027): 10.0, ("B", "F1", 2026): 15.0,
                             ("B", "F1", 2027): 10.0})
    assert left(case, plan, "C") == (0.0, 75.0, "its ramp lets it rise no more in 2026, 2027, when others pay 25.00 bn "
                                                "KZT that it may pay for")


def test_a_pace_leaves_money_for_after_the_plan():
    """40 % of 100 by the end of 2028 (two years after the signing at the end of 2026), all drawn."""
    case = years_of_two(loan(currency="KZT", rate=0.0, envelope=100.0, pace=(0.2, 0.2, 0.6), signing_year=2026,
                             draw_timing="end"))
    case = replace(case, facilities=keyed(facility("F1", cost=60.0, earliest=2028, latest=2028)))
    plan = Plan({("F1", "2028"): 1.0}, draw={("L", "F1", 2028): 40.0, ("B", "F1", 2028): 20.0}, signed={"L": 100.0})
    assert left(case, plan) == (0.0, 60.0, "its pace binds: by the end of 2028 at most 40 % of what is signed may be "
                                           "drawn")


@pytest.mark.parametrize(("paid", "said"), [
    # R at 20 %: 1.3 a tenge, L 1.15, B 1.
    ({("B", "F1", 2026): 20.0, ("B", "F1", 2027): 20.0}, DEAR),
    ({("B", "F1", 2026): 20.0, ("R", "F1", 2027): 20.0},
     "of 40 bn KZT that it could replace it is dearer than 20, by 0.15 tenge of today on each tenge; the other 20 cost "
     "as much or more, and other rules of the plan hold them"),
    ({("R", "F1", 2026): 20.0, ("R", "F1", 2027): 15.0, ("L", "F1", 2027): 5.0},
     "it is not dearer than the 35 bn KZT that it could replace, but payers of 15 of them may fall no further from "
     "year to year (R), other rules of the plan hold the rest"),
])
def test_dearer_is_said_only_of_what_is_cheaper_there(paid, said):
    """R may fall by a quarter a year: its 15 after 20 are the least."""
    case = years_of_two(loan(currency="KZT", rate=0.1, envelope=40.0),
                        loan("R", currency="KZT", rate=0.2, ramp=Ramp(up=None, down=0.25, least=0.0)))
    assert left(case, Plan(START, draw=paid))[2] == said


def test_where_money_costs_nothing_in_the_objective_its_price_is_no_reason():
    case = flat(loan(currency="KZT", rate=0.1, envelope=35.0))
    case = replace(case, settings=replace(case.settings, objective="most_benefit"))
    assert left(case, HALF) == (15.0, 0.0, UNPRICED.en)


def test_all_that_is_used_is_not_listed():
    case, plan = many()
    assert [row["source"] for row in tables(case, plan)["unused"].rows] == ["O"]


def test_what_unused_money_could_have_bought():
    """12 bn: the facility of 4 and that of 7, not that of 9; or 30 km at 0.1 and 90 at 0.1."""
    case = flat(loan(currency="KZT", rate=0.0, envelope=12.0),
                packages=keyed(package("N1", km=30.0, unit_cost=0.1), package("N2", km=100.0, unit_cost=0.1)))
    case = add(case, "facilities", facility("A", cost=7.0), facility("B", cost=4.0), facility("C", cost=9.0),
               facility("D", cost=1.0, done=2025))
    could = could_buy(found(case, Plan(START, draw={("B", "F1", 2026): 40.0})), case.sources["L"], 12.0)
    assert [(one.id, cost) for one, cost in could.facilities] == [("B", 4.0), ("A", 7.0)]
    assert could.km == pytest.approx(120.0)


