"""Affordability and debt, by hand: room in tariffs, the burden of households, cover of debt service, guarantees. From
2026, no inflation, no discounting, divisible, unless said otherwise."""

import pytest

from jaryq.case.areas import Borrower
from jaryq.case.case import PriceIndex, Region, Tariff
from jaryq.factors.borrowers import service
from jaryq.factors.derive import derive
from jaryq.factors.measures import measured
from jaryq.formulation.borrowers import grown
from tests.cases import facility, keyed, named, source, target
from tests.formulation.small import drawn
from tests.hand.runs import answer
from tests.make import bare_case, stage_values


def goal(key, measure, value, year, priority="hard", unit="bn KZT", **more):
    return target(key, measure, value, year, sense="<=", priority=priority, unit=unit,
                  **{"scale": abs(value) or 1.0, **more})


# --- T1: room in a tariff ---------------------------------------------------------------------------------------------

def wanting(*years, cost=100.0, region="R"):
    """A project in each year that own money alone may pay for in part, as much of it as the bill allows: it is worth
    more than it costs."""
    return [facility(f"P{region}{y}", asset_type=None, cost=cost, earliest=y, latest=y, benefit=10 * cost,
                     region=region, sector="heat") for y in years]


def paid(tariff, *years, prices=None, **more):
    case = bare_case(facilities=keyed(*wanting(*years)), sources=keyed(source("O", kind="own", envelope=1e4)),
                     regions=keyed(Region(**named("R"))),
                     tariffs=(tariff,), first_year=2026, last_year=max(years), evaluation_last_year=max(years),
                     indices=keyed(*([PriceIndex(**named("general"), levels=prices)] if prices else [])), **more)
    found = answer(case)
    return [drawn(found, "O", y) for y in years]


def bill(base=40.0, rise=0.1, **more):
    return Tariff("R", "heat", base, rise, "tariffs!A4", **more)


def test_without_a_part_for_investment():
    """40 + x <= 44."""
    assert paid(bill(), 2026) == pytest.approx([4.0])


def test_the_part_for_investment_goes_on_to_pay():
    """32 + x <= 44."""
    assert paid(bill(invested=0.2), 2026) == pytest.approx([12.0])


def test_a_moratorium_in_one_year():
    """2026 must not rise: 32 + x <= 40: 8; 2027 from 40: 32 + x <= 44: 12."""
    assert paid(bill(invested=0.2, rises={2026: 0.0, 2027: 0.1}), 2026, 2027) == pytest.approx([8.0, 12.0])


def test_the_rest_of_the_bill_rises_no_faster_than_allowed():
    """Prices rise 10 % a year. 2026 (no rise): 32 + x <= 40: 8; 2027 (20 %): 32 x 1.1 + x <= 48: 12.8."""
    prices = {2025: 100.0, 2026: 110.0, 2027: 121.0}
    # Costs rise too; what counts is what is paid.
    assert paid(bill(rise=0.2, invested=0.2, rises={2026: 0.0, 2027: 0.2}), 2026, 2027,
                prices=prices) == pytest.approx([8.0, 12.8])


def test_a_year_without_a_rise_is_not_limited():
    """2026 is free (100 are paid: 132), so 2027 may go to 1.1 x 132 = 145.2: all 100 again, 132."""
    assert paid(bill(invested=0.2, rise=None, rises={2026: None, 2027: 0.1}), 2026,
                2027) == pytest.approx([100.0, 100.0])


# --- T2: burden -------------------------------------------------------------------------------------------------------

RICH = Region(**named("R"), population=1_000_000.0, income=200_000.0)


def burdened(tariffs, value=None, regions=(RICH,), **more):
    goals = (goal("B", "burden", value, 2026, unit="%"),) if value else (goal("B", "burden", 9.0, 2026, priority="3",
        unit="%"),)
    return bare_case(facilities=keyed(*wanting(2026, cost=10.0)), sources=keyed(source("O", kind="own", envelope=1e4)),
                     regions=keyed(*regions),
                     tariffs=tariffs, targets=goals, last_year=2026, evaluation_last_year=2026, **more)


def test_the_burden_of_households():
    """Incomes 1e6 x 200,000 x 12 = 2,400 bn; bill 40, own money 10, households pay 75 %: 0.75 x 50/2,400 = 1.5625 %."""
    case = burdened((bill(rise=None, household_share=0.75),))
    f, found = derive(case), answer(case)
    assert measured(f, case.targets[0]).on(found.plan) == pytest.approx(0.015625)


def test_a_limit_of_the_burden():
    """At most 1.5 %: 0.75 need/2,400 <= 0.015: need <= 48, own money 8."""
    assert drawn(answer(burdened((bill(rise=None, household_share=0.75),), 0.015)), "O") == pytest.approx(8.0)


def test_two_sectors_share_the_incomes_of_their_region():
    """Bills of 50 (40 + 10) and 30, households 75 % and 80 %: (37.5 + 24)/2,400 = 2.5625 %: the incomes count once."""
    case = burdened((bill(rise=None, household_share=0.75), Tariff("R", "water", 30.0, None, "tariffs!A5",
        household_share=0.8)))
    assert measured(derive(case), case.targets[0]).on(answer(case).plan) == pytest.approx(0.025625)


def test_incomes_follow_their_index():
    """Incomes 20 % above those of the year before: 0.75 x 50/2,880; the index does not reach back to 2025: that of 2026
    counts for it."""
    for levels, incomes in (({2025: 100.0, 2026: 120.0}, 2880.0), ({2026: 120.0}, 2400.0)):
        case = burdened((bill(rise=None, household_share=0.75),),
                        indices=keyed(PriceIndex(**named("pay"), levels=levels)),
                        regions=(Region(**named("R"), population=1_000_000.0, income=200_000.0, income_index="pay"),))
        assert measured(derive(case), case.targets[0]).on(answer(case).plan) == pytest.approx(0.75 * 50 / incomes)


# --- T3: cover of debt service ----------------------------------------------------------------------------------------

def loan(**more):
    """At 0 %, one payment a year, grace 1, tenor 4, equal principal: payments of a quarter in each of the four years
    after the draw."""
    return source("L", kind="loan", **{"rate": 0.0, "grace": 1.0, "tenor": 4.0, "payments": 1, "available_to": 2026,
                                       "who_repays": "utility", **more})


def utility(**more):
    return Borrower(**{**named("U"), "cover": 1.25, "priority": "1", "cash": dict.fromkeys(range(2026, 2031), 10.0),
                       **more})


def lent(borrower=None, own=20.0, lending=None, **more):
    """A project of 40 in 2026 of the utility U; own money is dearer (no discounting: the loan is charged at 10 %
    off)."""
    case = bare_case(
        facilities=keyed(facility("A", asset_type=None, cost=40.0, must=True, latest=2026, benefit=0.0, borrower="U")),
        sources=keyed(lending or loan(), source("O", kind="own", envelope=own)), borrowers=keyed(borrower or utility()),
        discount_rate=0.1, discount_timing="mid",
        **more)
    return case


def test_cash_covers_the_service():
    """1.25 x L/4 <= 10: L = 32, own 8. All by the loan would be 12.5 against 10 in each of four years."""
    found = answer(lent())
    assert (drawn(found, "L"), drawn(found, "O")) == pytest.approx((32.0, 8.0))
    assert stage_values(found)["priority_1"] == pytest.approx(0.0, abs=1e-9)


def test_what_is_missing_without_own_money():
    """All by the loan: 10 a year, 10 - 12.5: short of 2.5, u = 0.25, 0.1 + 0.2 + 3 x 0.05 = 0.45 in each of 2027 to
    2030; 2026 has no service."""
    found = answer(lent(own=0.0))
    assert found.plan.short == pytest.approx({f"dscr[U,{y}]": 2.5 for y in range(2027, 2031)})
    assert stage_values(found)["priority_1"] == pytest.approx(4 * 0.45)


def test_other_debts_come_first():
    """Other service of 2 in 2027: 1.25 (L/4 + 2) <= 10: L = 24."""
    assert drawn(answer(lent(utility(other={2027: 2.0}))), "L") == pytest.approx(24.0)


def test_what_other_debts_lack_is_no_shortfall_of_the_programme():
    """Other service of 9 in 2027 needs 11.25 of 10: no room at all, and a shortfall of 1.25 x L/4 there, none for the
    1.25 that is missing anyway."""
    found = answer(lent(utility(other={2027: 9.0}), own=0.0))
    assert found.plan.short["dscr[U,2027]"] == pytest.approx(12.5)


def test_only_reported_without_a_priority():
    assert drawn(answer(lent(utility(priority=None))), "L") == pytest.approx(40.0)


def test_a_hard_cover():
    assert drawn(answer(lent(utility(priority="hard"))), "L") == pytest.approx(32.0)


def test_cash_grows_from_the_last_year_given():
    """Given for 2026 and 2027 alone, growing 20 % a year: 2027 binds as before; without growth later years have no
    row."""
    for growth, rows in ((0.2, 4), (None, 1)):
        case = lent(utility(cash={2026: 10.0, 2027: 10.0}, growth=growth), own=0.0)
        mine = case.borrowers["U"]
        assert sum(1 for y in range(2027, 2031) if mine.cash_in(y) is not None) == rows
        assert grown(mine, 2027, 2029) == pytest.approx(1.44 if growth else 0.0)


@pytest.mark.parametrize(("of_loan", "payer", "owed"), [(None, "utility", 10.0), (None, "consumers", 10.0),
                                                        (None, "budget", 0.0), ("W", "budget", 0.0),
                                                        ("U", "budget", 10.0)])
def test_who_owes(of_loan, payer, owed):
    """The loan's own borrower; else, unless the budget repays, that of the project. 40 drawn: 10 a year."""
    case = lent(own=0.0, lending=loan(borrower=of_loan, who_repays=payer))
    case = type(case)(**{**vars(case), "borrowers": {**case.borrowers, **keyed(Borrower(**named("W")))}})
    f = derive(case)
    assert service(f, "U", 2027).on(answer(case).plan) == pytest.approx(owed)


# --- T4: guarantees ---------------------------------------------------------------------------------------------------

def guaranteed(*goals):
    return lent(lending=loan(guaranteed=0.8, signing_year=2026), targets=goals)


def test_guarantees_follow_the_balance():
    """32 drawn in 2026 and signed then, 80 %: 25.6 on 31 December 2026, 19.2 in 2027; new ones of 2026: 25.6, of 2027:
    nothing."""
    case = guaranteed(*(goal(f"{m}{y}", m, 1e3, y, priority="3") for m in ("guarantees", "new_guarantees")
                        for y in (2026, 2027)))
    f, found = derive(case), answer(case)
    assert [measured(f, g).on(found.plan) for g in case.targets] == pytest.approx([25.6, 19.2, 25.6, 0.0])


def test_a_limit_of_new_guarantees():
    """20 at most: 0.8 L <= 20: L = 25."""
    assert drawn(answer(guaranteed(goal("G", "new_guarantees", 20.0, 2026))), "L") == pytest.approx(25.0)


def test_new_guarantees_of_a_loan_with_fees_follow_what_is_signed():
    """A front-end fee makes the signed amount a decision of its own: at least what is drawn; the limit holds it at
    25."""
    case = lent(lending=loan(guaranteed=0.8, signing_year=2026, front_end=0.001),
                targets=(goal("G", "new_guarantees", 20.0, 2026),))
    found = answer(case)
    assert (found.plan.signed["L"], drawn(found, "L")) == pytest.approx((25.0, 25.0))


def test_a_limit_of_what_local_borrowers_owe():
    """debt_stock with level=local of U: at most 20 on 31 December 2026."""
    room = goal("S", "debt_stock", 20.0, 2026, filter={"level": "local"})
    case = lent(utility(level="local", priority=None), targets=(room,))
    assert drawn(answer(case), "L") == pytest.approx(20.0)
    other = lent(utility(priority=None), targets=(room,))
    assert drawn(answer(other), "L") == pytest.approx(40.0)


def test_the_price_of_cash():
    """T3: 32 by the loan because 1.25 L/4 <= 10. The cash of one year alone binds in each of four: a little more of
    2027 changes nothing, a little less (0.1 of 10, 1 %) takes 0.32 of the loan, whose price is below that of own money;
    hard, so no shortfall pays for it."""
    case = lent(utility(priority="hard"), prices=20)
    found = answer(case)
    moves = {price.index[1]: (price.loosen.objective, price.tighten.objective) for price in found.prices
             if price.kind == "cash"}
    own, of_loan = (derive(case).money.cost[s, 2026] for s in ("O", "L"))
    assert set(moves) & {"2027", "2028", "2029", "2030"}, "the one whose row has the multiplier, at least"
    assert moves == {year: pytest.approx((0.0, -0.32 * (own - of_loan)), abs=1e-7) for year in moves}
