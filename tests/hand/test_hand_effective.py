"""A source pays for what is done once it is effective, by hand: a free loan of 100, effective in the middle of 2026
unless said otherwise, beside own money that pays the rest; quarters, no prices move. The loan is the cheaper money, so
it pays all that it may."""

import pytest

from jaryq.case.case import Currency, Region
from jaryq.case.works import Paid, Trench, Wish
from tests.cases import edit, facility, keyed, named, package, rule, source
from tests.hand.runs import answer, near
from tests.make import bare_case

AHEAD = 0.2
"""Share of a plant's cost that is paid while it is bought."""


def lent(*projects, packages=(), more=None, **loan):
    """The loan L, own money O, projects; ``more`` of the case."""
    lender = source("L", **{"kind": "loan", "partner": "JP", "signing_year": 2026, "draw_timing": "start",
                            "effective_months": 6.0, "tenor": 30.0, "grace": 10.0, "payments": 1, "envelope": 100.0,
                            **loan})
    case = bare_case(**{"discount_rate": 0.1, "whole": True, "resolution": "quarter", "facilities": keyed(*projects),
                        "packages": keyed(*packages), "sources": keyed(lender, source("O", kind="own")),
                        **(more or {})})
    return edit(case, "asset_types", "plant", procurement_share=AHEAD)


def drawn(case, year=2026):
    """What the loan pays in a year, bn KZT."""
    return sum(amount for (s, _, y), amount in answer(case).plan.draw.items() if (s, y) == ("L", year))


def left(months, cost):
    """A plant that has been under way for a while, with so many months and so much to pay left from 1 January 2026."""
    return facility("A", cost=cost, works_months=24.0, started=24.0 - months, must=True)


def fixed(quarter, key="A", **more):
    """A plant that begins in this quarter of 2026, and its wish."""
    work = facility(key, **{"cost": 10.0, "works_months": 6.0, "must": True, **more})
    return work, {key: Wish(key, first=quarter - 1, last=quarter - 1)}


@pytest.mark.parametrize(("months", "cost", "expected"), [
    # Works end in June: nothing, though the year is one of its draws.
    (6.0, 10.0, 0.0),
    (3.0, 10.0, 0.0),
    # 3 of 9 months come after June.
    (9.0, 9.0, 3.0),
    # Half a month of 6.5.
    (6.5, 13.0, 1.0),
    # 6 of the 12 months of 2026.
    (18.0, 18.0, 6.0),
])
def test_works_that_are_under_way(months, cost, expected):
    assert drawn(lent(left(months, cost))) == near(expected, abs=1e-6)


@pytest.mark.parametrize(("quarter", "works", "expected"), [
    # January to June, April to September, July to December.
    (1, {}, 0.0), (2, {}, 5.0), (3, {}, 10.0),
    # Bought from April to September for 8, then 24 months of works for 32: 4 and three months' 4 are paid after June.
    (2, {"cost": 40.0, "procurement_months": 6.0, "works_months": 24.0}, 8.0),
    # Bought in the first quarter for 2, 6 months of works for 8 from April on.
    (1, {"procurement_months": 3.0}, 4.0),
    # Paid ahead: all that is bought is bought by June; of the 8 of works, in July and later, the whole.
    (1, {"procurement_months": 6.0}, 8.0),
])
def test_works_by_their_months(quarter, works, expected):
    work, wishes = fixed(quarter, **works)
    assert drawn(lent(work, more={"wishes": wishes})) == near(expected, abs=1e-6)


@pytest.mark.parametrize(("loan", "expected"), [
    # The beginning of October; the middle of November, half of the fourth quarter's 5.
    ({"effective_months": 9.0}, 5.0), ({"effective_months": 10.5}, 2.5),
    # The beginning of a year: all of it, or nothing.
    ({"effective_months": 12.0}, 0.0), ({"effective_months": 0.0, "pace": (1.0,)}, 10.0),
    # Signed in the middle of 2025, a year later effective.
    ({"signing_year": 2025, "signed": 100.0, "draw_timing": "mid", "effective_months": 12.0}, 10.0),
    ({"signing_year": 2025, "signed": 100.0, "draw_timing": "mid", "effective_months": 16.5}, 2.5),
    # Without months to effectiveness or a pace it has no date.
    ({"effective_months": 0.0, "draw_timing": "end"}, 10.0),
])
def test_dates_of_effect(loan, expected):
    """10 from July to December of 2026."""
    work, wishes = fixed(3)
    assert drawn(lent(work, more={"wishes": wishes}, **loan)) == near(expected, abs=1e-6)


@pytest.mark.parametrize("more", [{}, {"started": 12.0}, {"committed": True}])
def test_what_is_stated_by_year_is_even_over_it(more):
    """10 in 2026 and 4 in 2027: 5 and 4."""
    case = lent(facility("A", spend={2026: 10.0, 2027: 4.0}, must=True, **more))
    assert [drawn(case), drawn(case, 2027)] == near([5.0, 4.0], abs=1e-6)


def test_a_source_of_another_kind():
    """A grant from 2026 on, effective three months later: 9 of 12 months of 12."""
    grant = {"kind": "grant", "tenor": None, "grace": 0.0, "signing_year": None, "effective_months": 3.0}
    assert drawn(lent(facility("A", spend={2026: 12.0}, must=True), **grant)) == near(9.0, abs=1e-6)


def test_a_part_of_a_plant():
    """Own money has 0.6 for the year, nothing later: of a share x of works of 10 from July the loan effective in
    October pays 5 x and own money 5 x, so x = 0.12."""
    work, wishes = fixed(3, must=False, benefit=50.0)
    case = lent(work, effective_months=9.0, more={"wishes": wishes, "whole": False})
    case = edit(case, "sources", "O", ceilings={2026: 0.6, 2027: 0.0, 2028: 0.0})
    found = answer(case)
    assert sum(found.plan.start.values()) == near(0.12, abs=1e-6)
    assert drawn(case) == near(0.6, abs=1e-6)


@pytest.mark.parametrize(("resolution", "loan", "expected"), [
    # 30 km from July, 10 before: 3.
    ("quarter", {}, 3.0),
    # From the middle of August: half of those of the third quarter.
    ("quarter", {"effective_months": 7.5}, 1.5),
    # From October on nothing is open.
    ("quarter", {"effective_months": 9.0}, 0.0),
    # By years half of all 4, whatever the season.
    ("year", {}, 2.0),
])
def test_km_by_their_periods(resolution, loan, expected):
    """40 km at 0.1 under contract for 2026; heat may be out of service from May to September, and in the third quarter
    for 3/5 of the 50 km a year: the loan pays as much as it can, so 30 km lie there and 10 in the second."""
    pipes = package("N", km=40.0, unit_cost=0.1, km_per_year=50.0, seasonal=True, latest=2026, committed={2026: 40.0})
    region = Region(**named("R1"), open_months=frozenset(range(5, 10)))
    case = lent(packages=(pipes,), more={"regions": keyed(region), "resolution": resolution}, **loan)
    assert drawn(case) == near(expected, abs=1e-6)


def test_what_a_shared_trench_saves_lies_where_its_km_lie():
    """10 km of N at 0.1 by years, 5 of them in a trench with N2 that saves 0.04 a km: of 0.8 half, and half of the 1 of
    N2."""
    pipes = [package(key, km=10.0, unit_cost=0.1, latest=2026, committed={2026: 10.0}) for key in ("N", "N2")]
    case = lent(packages=pipes, more={"resolution": "year", "trenches": (Trench("N", "N2", 5.0, 0.04, "test"),)})
    assert drawn(case) == near(0.4 + 0.5, abs=1e-6)


@pytest.mark.parametrize(("loan", "expected"), [
    # 5 of 10 in 2026 lie after June, 4 more in 2027: signed for 9; 10 % by the end of 2026, 35 by that of 2027.
    ({}, [9.0, 0.9, 2.25]),
    # A ticket of what is agreed: 9 will do, 9.1 will not.
    ({"ticket": 9.0}, [9.0, 0.9, 2.25]), ({"ticket": 9.1}, [0.0, 0.0, 0.0]),
    # At most 60 % of what is done from July on.
    ({"max_share": 0.6}, [5.4, 0.54, 1.35]),
    # From April 2027, 9 months later: 3 of the 4 of that year; 15 % of 3 by its end.
    ({"effective_months": 15.0}, [3.0, 0.0, 0.45]),
])
def test_what_is_signed_is_for_works_since_it_is_effective(loan, expected):
    """10 in 2026 and 4 in 2027; a pace of 20; 30; 50, so 10 and 35 % of what is signed by the ends of
    the years, the last of draws."""
    case = lent(facility("A", spend={2026: 10.0, 2027: 4.0}, must=True),
                **{"pace": (0.2, 0.3, 0.5), "available_to": 2027, **loan})
    plan = answer(case).plan
    paid = [sum(amount for (s, _, y), amount in plan.draw.items() if (s, y) == ("L", year)) for year in (2026, 2027)]
    assert [plan.signed.get("L", 0.0), *paid] == near(expected, abs=1e-6)


def test_a_lot_of_which_one_ends_before():
    """A ends in June 2026, B costs 10 from April to September: 5 of works since then, so a ticket of 5 is met by both
    and one of 5.1 by neither; a quarter of what is signed may be drawn by the end of 2026, its last year."""
    work = {"cost": 10.0, "must": True, "lot": "X", "latest": 2026}
    lot = (facility("A", **{**work, "works_months": 3.0}), facility("B", **{**work, "works_months": 6.0}))
    wishes = {key: Wish(key, first=1, last=1) for key in "AB"}
    for ticket, expected in ((5.0, 1.25), (5.1, 0.0)):
        case = lent(*lot, ticket=ticket, pace=(0.5, 0.5), available_to=2026, more={"wishes": wishes})
        assert drawn(case) == near(expected, abs=1e-6)


def test_shares_are_of_all_that_is_spent():
    """Half of a plant of 10 that is paid from April to September: the 5 of July to September, which are half."""
    work, wishes = fixed(2)
    assert drawn(lent(work, max_share=0.5, more={"wishes": wishes})) == near(5.0, abs=1e-6)
    assert drawn(lent(work, max_share=0.4, more={"wishes": wishes})) == near(4.0, abs=1e-6)


def test_a_started_plant_and_what_it_paid_before():
    """8 of 12 months are left, and 8 of 12 to pay; the loan, of 2025, paid 2 before. Half of all is 6, so 4 more, but
    two months alone, 2, come after June."""
    work = facility("A", cost=8.0, works_months=12.0, started=4.0, must=True)
    case = lent(work, signing_year=2025, signed=100.0, effective_months=18.0, max_share=0.5,
                more={"paid": (Paid("A", "L", 2025, 2.0), Paid("A", "O", 2025, 2.0))})
    assert drawn(case) == near(2.0, abs=1e-6)


def test_a_loan_in_yen():
    """5 of 10 after June: 5 bn KZT, whatever the rate."""
    work, wishes = fixed(2)
    currency = {"currencies": keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 4.0}))}
    assert drawn(lent(work, currency="JPY", more={"wishes": wishes, **currency})) == near(5.0, abs=1e-6)


def test_a_line_pays_for_no_works():
    """A loan drawn into the fund of own money: all of the 10 until June."""
    case = lent(left(6.0, 10.0), draws_to="O", service_from="O", draw_timing="start")
    case = edit(case, "sources", "O", carry_over="fund", ceilings={2026: 0.0, 2027: 20.0, 2028: 20.0})
    assert sum(answer(case).plan.line.values()) == near(10.0, abs=1e-6)


def test_nobody_else_may_pay():
    """Works from April to September that only the loan may pay for are not done; from July on they are."""
    only = (rule("L", project="A"), rule("O", project="B"))
    for quarter, share in ((2, 0.0), (3, 1.0)):
        work, wishes = fixed(quarter, must=False, benefit=50.0)
        case = lent(work, facility("B"), more={"wishes": wishes, "rules": only})
        assert answer(case).plan.start.get(("A", f"2026Q{quarter}"), 0.0) == near(share, abs=1e-6)
