"""A lender signs for no more than it may pay of the works that are done, by hand: a loan at 0 % signed in the middle of
2026 with a pace of 20; 30; 50, so that 35 % of what is signed may be drawn by the end of 2027 and 75 % by the end of
2028; dearer own money pays the rest."""

import pytest

from jaryq.case.case import AssetType, Currency
from jaryq.case.works import Paid
from tests.cases import facility, keyed, named, package, rule, source
from tests.hand.runs import answer, near
from tests.make import bare_case

SPEND = {2027: 5.0, 2028: 5.0}


def lent(*projects, packages=(), own=None, **loan):
    """A loan that would be signed for 100, and projects."""
    lender = source("L", **{"kind": "loan", "partner": "JP", "signing_year": 2026, "draw_timing": "mid", "tenor": 30.0,
                            "grace": 10.0, "payments": 1, "envelope": 100.0, "front_end": 0.002,
                            "pace": (0.2, 0.3, 0.5), **loan})
    settings = {key: own.pop(key) for key in ("whole", "currencies", "rules", "paid", "asset_types")
                if own and key in own}
    return bare_case(**{"discount_rate": 0.1, "whole": True, "facilities": keyed(*projects),
                        "packages": keyed(*packages),
                        "sources": keyed(lender, source("O", kind="own", **(own or {}))), **settings})


def work(key, **more):
    return facility(key, **{"spend": SPEND, "must": True, "latest": 2028, **more})


def signed_and_drawn(case):
    """What is signed, and drawn in 2027 and in 2028, bn KZT or of the currency."""
    plan = answer(case).plan
    return [plan.signed.get("L", 0.0), *(sum(v for (s, _, y), v in plan.draw.items() if (s, y) == ("L", year))
                                         for year in (2027, 2028))]


@pytest.mark.parametrize(("more", "expected"), [
    # With 14.29 signed all 10 could be drawn.
    ({}, [10, 3.5, 4]),
    # The ticket is reached.
    ({"ticket": 5.0}, [10, 3.5, 4]),
    ({"max_share": 0.6}, [6, 2.1, 2.4]),
    # An envelope below the works binds first.
    ({"envelope": 8.0}, [8, 2.8, 3.2]),
    # From 1 July 2027: half of the 5 of that year and the 5 of 2028; 10 and 35 %.
    ({"effective_months": 12.0}, [7.5, 0.75, 1.875]),
    # What must be drawn is signed for its draws alone: a quarter would stay undrawn, so nothing is signed.
    ({"must_draw": True}, [0, 0, 0]),
])
def test_one_project_of_ten(more, expected):
    assert signed_and_drawn(lent(work("A"), **more)) == near(expected, abs=1e-6)


@pytest.mark.parametrize(("works", "more", "expected"), [
    # 75 % of 8 are 6, less than the 7.5 that may be drawn of 10.
    ({}, {"ticket": 8.0}, [10, 3.5, 4]),
    ({}, {"ticket": 10.0}, [10, 3.5, 4]),
    # The project costs 10.
    ({}, {"ticket": 10.1}, [0, 0, 0]),
    # Of which it may pay 6.
    ({}, {"ticket": 6.1, "max_share": 0.6}, [0, 0, 0]),
    ({}, {"ticket": 6.0, "max_share": 0.6}, [6, 2.1, 2.4]),
    # 35 % of what is signed by the end of 2028 if it is effective a year later, of works of 7.5 since then.
    ({}, {"ticket": 7.5, "effective_months": 12.0}, [7.5, 0.75, 1.875]),
    ({}, {"ticket": 7.6, "effective_months": 12.0}, [0, 0, 0]),
    # Most of it was paid before the loan is there: 1 in 2028, 75 % of 1.33, and no more is signed than is of use.
    ({"spend": {2027: 9.0, 2028: 1.0}}, {"ticket": 1.3, "available_from": 2028}, [4 / 3, 0, 1]),
    ({"spend": {2027: 9.0, 2028: 1.0}}, {"ticket": 1.4, "available_from": 2028}, [0, 0, 0]),
])
def test_a_ticket_is_of_what_is_agreed_and_its_share_is_drawn(works, more, expected):
    assert signed_and_drawn(lent(work("A", **works), **more)) == near(expected, abs=1e-6)


def test_works_of_years_without_draws_count_for_a_ticket():
    """A lot of a facility, 6 in 2027, and of 60 km for 6 in 2028, a loan drawn to 2027 alone, when 75 % of what is
    signed may be drawn: 12 of works are enough for a ticket of 8, of which the 6 of 2027 are drawn."""
    km = package("N", km=60.0, unit_cost=0.1, earliest=2028, lot="X")
    case = lent(work("A", spend={2027: 6.0}, lot="X"), packages=(km,), ticket=8.0, pace=(0.5, 0.5), available_to=2027)
    assert signed_and_drawn(case) == near([8, 6, 0], abs=1e-6)


def test_each_project_reaches_its_ticket():
    """Tickets of 4: one of 10 is signed for 10, beside one of 3 too, which is too small; beside one of 4 for 14, of
    which 35 and 75 % are drawn, of 7 and 7 that are to be paid."""
    small, large = (work("B", spend={2027: part, 2028: part}) for part in (1.5, 2.0))
    assert signed_and_drawn(lent(work("A"), small, ticket=4.0)) == near([10, 3.5, 4], abs=1e-6)
    assert signed_and_drawn(lent(work("A"), large, ticket=4.0)) == near([14, 4.9, 5.6], abs=1e-6)


def test_two_projects_of_which_one_is_not_done():
    """B brings nothing, so it is not done and nothing is signed for it; both done: 20."""
    assert signed_and_drawn(lent(work("A"), work("B", must=False))) == near([10, 3.5, 4], abs=1e-6)
    assert signed_and_drawn(lent(work("A"), work("B"))) == near([20, 7, 8], abs=1e-6)


@pytest.mark.parametrize("more", [{"ticket": 3.0, "projects_most": 1}, {}])
def test_both_done_and_one_of_them_financed(more):
    """With a ticket a loan is signed for what it takes part in: one of two projects; where eligibility confines it to
    one, without a ticket too."""
    rules = {} if more else {"rules": (rule("L", project="A"),)}
    assert signed_and_drawn(lent(work("A"), work("B"), own=rules, **more)) == near([10, 3.5, 4], abs=1e-6)


def test_a_number_of_projects_alone_counts_all_that_is_done():
    """Without a ticket it is not decided in which it takes part: 20 signed, 7 by the end of 2027 of which the one
    project asks for 5, and 5 more in 2028."""
    assert signed_and_drawn(lent(work("A"), work("B"), projects_most=1))[1:] == near([5, 5], abs=1e-6)


def test_a_lot_is_one():
    """A and B in a lot: 20, with a ticket that neither reaches alone."""
    assert signed_and_drawn(lent(work("A", lot="X"), work("B", lot="X"), ticket=12.0)) == near([20, 7, 8], abs=1e-6)


@pytest.mark.parametrize(("own", "share", "expected"), [
    # Own money 0.75 a year: of a share x the loan pays 3.5 x and 4 x, own money 1.5 x and x.
    ({"whole": False, "ceilings": {2026: 0.0, 2027: 0.75, 2028: 0.75}}, 0.5, [5, 1.75, 2]),
    # Whole: not at all.
    ({"whole": True, "ceilings": {2026: 0.0, 2027: 0.75, 2028: 0.75}}, 0.0, [0, 0, 0]),
    ({"whole": True, "ceilings": {2026: 0.0, 2027: 1.5, 2028: 1.0}}, 1.0, [10, 3.5, 4]),
])
def test_what_is_done_in_part(own, share, expected):
    case = lent(work("A", must=False, benefit=50.0), own=own)
    assert sum(answer(case).plan.start.values()) == near(share, abs=1e-6)
    assert signed_and_drawn(case) == near(expected, abs=1e-6)


def test_km():
    """30 of 40 km in 2027 and 2028 at 0.5 a km, 15 a year: 15 signed; 35 % of it are 5.25, 75 % 11.25."""
    pipes = package("N", km=40.0, unit_cost=0.5, km_per_year=15.0, earliest=2027, savings=1.0)
    assert signed_and_drawn(lent(packages=(pipes,))) == near([15, 5.25, 6], abs=1e-6)
    # A ticket, in a whole plan.
    assert signed_and_drawn(lent(packages=(pipes,), ticket=11.0)) == near([15, 5.25, 6], abs=1e-6)


@pytest.mark.parametrize("ticket", [None, 1.0])
def test_a_loan_in_yen(ticket):
    """5 at 4 and 5 at 5 KZT are 2.25 bn yen, of which 1.6875 are drawn: 5 are 1 bn yen in 2028; 2.75 in 2027,
    when fewer tenge are to be had for a yen (35 % would be 3.15)."""
    own = {"currencies": keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 4.0, 2028: 5.0}))}
    case = lent(work("A"), own=own, currency="JPY", ticket=ticket)
    assert signed_and_drawn(case) == near([2.25, 2.75, 5], abs=1e-6)


def test_a_started_project():
    """4 were spent before, 1 of it by the loan, which may pay half of all: 0.5 x 14 - 1 = 6 of the 10 that are to come,
    of which 9 come after the middle of 2026: signed for 5.4; 10, 35 and 75 % of it."""
    case = lent(work("A", spend={2026: 2.0, 2027: 3.0, 2028: 5.0}, started=24.0), max_share=0.5,
                own={"paid": (Paid("A", "L", 2025, 1.0), Paid("A", "O", 2025, 3.0))})
    assert signed_and_drawn(case) == near([5.4, 1.35, 2.16], abs=1e-6)


@pytest.mark.parametrize(("most", "signed", "drawn"), [(1, 5.0 / 0.35, 9.0), (2, 19.0, 14.25)])
def test_a_lender_without_a_ticket_that_takes_part_in_as_many_projects_as_it_may_signs_for_all_works(most, signed,
                                                                                                     drawn):
    """Without a ticket works count whomever it pays: A (5 and 5) and what is left of B since the middle of 2026 (1 of
    2, 4 and 4), 19, of which 10, 35 and 75 % may be drawn. It has paid B: with one project at most it pays all of B (1,
    5 and 9 in all: 5 are 35 % of what is signed) and nothing of A, with two 14.25."""
    case = lent(work("A"), work("B", spend={2026: 2.0, 2027: 4.0, 2028: 4.0}, started=24.0), projects_most=most,
                front_end=0.0, own={"paid": (Paid("B", "L", 2025, 1.0),)})
    plan = answer(case).plan
    paid = [(p, v) for (s, p, _), v in plan.draw.items() if s == "L" and v > 1e-6]
    assert [plan.signed["L"], sum(v for _, v in paid)] == near([signed, drawn], abs=1e-6)
    assert {p for p, _ in paid} == ({"B"} if most == 1 else {"A", "B"})


def test_an_export_credit_for_what_has_started_counts_what_was_spent_before():
    """60 % of the plant comes from Japan, 85 % of that is lent: 0.51 x (10 + 10) = 10.2 of all spending, of which own
    money paid 10 before; so all of the 10 that are to come."""
    kind = AssetType(**named("plant"), content={"JP": 0.6})
    case = lent(work("A", asset_type="plant", started=24.0), down_payment=0.15, local_cost=0.0, pace=None,
                front_end=0.0, own={"paid": (Paid("A", "O", 2025, 10.0),), "asset_types": keyed(kind)})
    assert signed_and_drawn(case)[1:] == near([5.0, 5.0], abs=1e-6)


def test_a_new_loan_with_a_ticket_that_has_paid_before_draws_its_pace_of_all():
    """A costs 10 and 10, what is left of B 5 in 2026, and the loan paid 4 of B before. What a new loan paid lies behind
    no pace: of the 20 of its envelope 10, 35 and 75 % may be drawn, so 2 for B and 5 and 8 for A."""
    case = lent(work("A", spend={2027: 10.0, 2028: 10.0}), work("B", spend={2026: 5.0}, started=12.0), envelope=20.0,
                ticket=4.0, front_end=0.0, own={"paid": (Paid("B", "L", 2025, 4.0),)})
    plan = answer(case).plan
    paid = {p: sum(v for (s, q, _), v in plan.draw.items() if (s, q) == ("L", p)) for p in "AB"}
    assert [plan.signed["L"], paid["B"], paid["A"]] == near([20.0, 2.0, 13.0], abs=1e-6)
