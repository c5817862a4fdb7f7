"""Amortisation against closed forms and the invariants of lending_conventions.md 2 and 3, not against the code's own
recursion."""

from __future__ import annotations

from itertools import product

import pytest

from jaryq.case.case import ReferenceRate, Source
from jaryq.verify.loans import grant_element, has_tenor, payments
from tests.cases import keyed, named
from tests.verify.common import loan, steady, terms_of

CASE = steady()
KINDS = [dict(zip(("repayment", "first_repayment", "interest_in_grace", "draw_timing", "payments", "clock"), row,
                  strict=True)) for row in product(
    ("equal_principal", "annuity", "bullet", "shares"), ("at_grace_end", "one_period_after"), ("paid", "capitalised"),
    ("start", "mid", "end"), (1, 2, 4),
    ("cohort", "loan"))]


def instalments(terms: Source, drawn: int = 2026) -> list[float]:
    return [one.principal for one in payments(CASE, terms, drawn) if one.principal]


@pytest.mark.parametrize("terms", KINDS, ids=lambda terms: "-".join(map(str, terms.values())))
def test_invariants(terms: dict[str, object]) -> None:
    """Principal adds to 1 + capitalised interest; the balance ends at 0; service at the loan's own rate per period is
    worth the draw."""
    m = int(terms["payments"])
    late = 1 if terms["clock"] == "loan" else 0
    count = m * 4 + (terms["first_repayment"] == "at_grace_end")
    one = loan(rate=0.06, grace=3.0, tenor=7.0, signing_year=2026, shares=tuple(range(1, count + 1))
               if terms["repayment"] == "shares" else (), **terms)
    rows = payments(CASE, one, 2026 + late)
    assert sum(row.principal for row in rows) == pytest.approx(1 + sum(row.capitalised for row in rows), rel=1e-12)
    assert rows[-1].after == pytest.approx(0.0, abs=1e-12)
    assert sum((row.principal + row.interest) * (1 + 0.06 / m) ** -row.number for row in rows) == pytest.approx(1.0,
        rel=1e-12)
    assert [row.number for row in rows] == list(range(1, m * (7 - late) + 1))
    assert (rows[0].capitalised > 0) == (terms["interest_in_grace"] == "capitalised")


@pytest.mark.parametrize("repayment", ["equal_principal", "annuity", "bullet"])
def test_without_interest_service_is_principal(repayment: str) -> None:
    rows = payments(CASE, loan(tenor=5.0, repayment=repayment), 2026)
    assert [row.service for row in rows] == [row.principal for row in rows] == pytest.approx([0, 0, 0, 0, 1]
        if repayment == "bullet" else [0.2] * 5)


def test_equal_principal() -> None:
    """After j instalments of n = 8 the balance is 1 - j/8; interest on it."""
    rows = payments(CASE, loan(rate=0.04, tenor=8.0), 2026)
    assert [row.after for row in rows] == pytest.approx([1 - j / 8 for j in range(1, 9)], abs=1e-12)
    assert [row.interest for row in rows] == pytest.approx([0.04 * (1 - j / 8) for j in range(8)], rel=1e-12)


def test_annuity_payment_and_balance() -> None:
    """A = r/(1 - (1+r)^-n); balance after j: ((1+r)^n - (1+r)^j)/((1+r)^n - 1). Half-yearly, 4 years at 6 %: r = 0.03,
    n = 8."""
    r, n = 0.03, 8
    rows = payments(CASE, loan(rate=0.06, tenor=4.0, payments=2, repayment="annuity"), 2026)
    assert [row.service for row in rows] == pytest.approx([r / (1 - (1 + r) ** -n)] * n, rel=1e-12)
    assert [row.after for row in rows] == pytest.approx([((1 + r) ** n - (1 + r) ** j) / ((1 + r) ** n - 1)
                                                         for j in range(1, n + 1)], abs=1e-12)


def test_stated_shares_are_taken_over_their_sum() -> None:
    """33.33, 33.33, 33.33 are thirds; 10, 30, 60 as they stand."""
    assert instalments(loan(tenor=3.0, repayment="shares", shares=(33.33, 33.33, 33.33))) == pytest.approx([1 / 3] * 3,
        rel=1e-12)
    assert instalments(loan(tenor=3.0, repayment="shares", shares=(10.0, 30.0, 60.0))) == pytest.approx([0.1, 0.3, 0.6],
        rel=1e-12)


def test_shares_of_another_number_are_refused() -> None:
    with pytest.raises(ValueError, match="shares"):
        payments(CASE, loan(tenor=3.0, repayment="shares", shares=(50.0, 50.0)), 2026)


def test_two_readings_of_grace_are_one_instalment_apart() -> None:
    """Half-yearly, 40 years with 10 of grace: 61 instalments under at_grace_end (JICA), 60 under one_period_after, the
    first half a year later."""
    first, second = (payments(CASE, loan(tenor=40.0, grace=10.0, payments=2, first_repayment=way), 2026)
                     for way in ("at_grace_end", "one_period_after"))
    for rows, count, number in ((first, 61, 20), (second, 60, 21)):
        paid = [row for row in rows if row.principal]
        assert (len(paid), paid[0].number, paid[-1].number) == (count, number, 80)
    assert len(instalments(loan(tenor=30.0, payments=2, grace=0.0))) == 60


def test_world_bank_years_6_to_25() -> None:
    """Grace 5, tenor 25, half-yearly, one_period_after, drawn on 1 January 2026: 5 % in each of 2031 to 2050."""
    rows = payments(CASE, loan(tenor=25.0, grace=5.0, payments=2, first_repayment="one_period_after",
                               draw_timing="start"), 2026)
    by_year = {year: sum(row.principal for row in rows if row.year == year) for year in range(2026, 2052)}
    assert by_year == pytest.approx({year: 0.05 if 2031 <= year <= 2050 else 0.0 for year in range(2026, 2052)},
                                    abs=1e-12)


# Interest during construction ----------------------------------------------------------------------------------------

def test_capitalised_with_draws_at_year_ends() -> None:
    """B_t = B_(t-1)(1 + r) + D_t: draws 10, 20, 30 at 8 %; then a year more. Signed in 2026, grace 4: first principal
    in 2030."""
    one = terms_of(CASE, loan(rate=0.08, grace=4.0, tenor=10.0, clock="loan", signing_year=2026, draw_timing="end",
                              interest_in_grace="capitalised"))
    balance, draws = 0.0, {2026: 10.0, 2027: 20.0, 2028: 30.0}
    for year in range(2026, 2030):
        balance = balance * 1.08 + draws.get(year, 0.0)
        assert sum(amount * one.flow("K", y).stock.get(year, 0.0)
                   for y, amount in draws.items()) == pytest.approx(balance, rel=1e-12)
        assert all(one.flow("K", y).service.get(year, 0.0) == 0.0 for y in draws)
    # 7 instalments in 2030 to 2036 of what stands at the end of 2029; interest is paid from the first one
    assert sum(amount * one.flow("K", y).service[2030]
               for y, amount in draws.items()) == pytest.approx(balance * (1 / 7 + 0.08), rel=1e-12)
    assert sum(amount * one.flow("K", y).service[2036]
               for y, amount in draws.items()) == pytest.approx(balance / 7 * 1.08, rel=1e-12)


def test_capitalised_half_yearly_from_mid_year() -> None:
    """(1 + r/2)^k after k half-years: the first on 31 December of the year of the draw."""
    flow = terms_of(CASE, loan(rate=0.08, grace=4.0, tenor=10.0, payments=2, interest_in_grace="capitalised")).flow("K",
        2026)
    assert [flow.stock[2026 + t] for t in range(3)] == pytest.approx([1.04 ** (2 * t + 1) for t in range(3)], rel=1e-12)


def test_a_bullet_with_capitalised_interest_is_paid_with_compound_interest() -> None:
    """Grace as long as the tenor: all at the end, (1 + r)^3, also where the first principal is one period after."""
    for way in ("at_grace_end", "one_period_after"):
        rows = payments(CASE, loan(rate=0.08, grace=3.0, tenor=3.0, repayment="bullet", interest_in_grace="capitalised",
                                   first_repayment=way), 2026)
        assert [row.service for row in rows] == pytest.approx([0.0, 0.0, 1.08**3], rel=1e-12)


def test_a_bullet_pays_its_interest_after_the_grace() -> None:
    """Grace 2 of 4 years: capitalised at payment 1 alone (k0 = 2), then 8 % of 1.08 a year, all of it at the end."""
    rows = payments(CASE, loan(rate=0.08, grace=2.0, tenor=4.0, repayment="bullet", interest_in_grace="capitalised"),
                    2026)
    assert [row.service for row in rows] == pytest.approx([0.0, 0.0864, 0.0864, 1.1664], rel=1e-12)


# Clocks and timing ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("drawn", "years"), [(2025, range(2028, 2036)), (2026, range(2029, 2037)),
                                              (2028, range(2029, 2037)), (2029, range(2030, 2037)),
                                              (2035, range(2036, 2037))])
def test_a_late_draw_on_the_loans_clock(drawn: int, years: range) -> None:
    """Signed in 2026, grace 3, tenor 10: principal in 2029 to 2036 for every draw before 2029, later ones in what is
    left."""
    rows = payments(CASE, loan(tenor=10.0, grace=3.0, clock="loan", signing_year=2026), drawn)
    assert [row.year for row in rows if row.principal] == list(years)


def test_no_draw_when_the_tenor_is_over() -> None:
    """Signed in 2026 for 10 years: 2035 is the last year; a draw with its own clock always has time, a budget has none
    to keep."""
    for terms, year, left in ((loan(tenor=10.0, clock="loan", signing_year=2026), 2035, True),
                              (loan(tenor=10.0, clock="loan", signing_year=2026), 2036, False),
                              (loan(tenor=10.0, signing_year=2026), 2036, True),
                              (loan(kind="budget", clock="loan", signing_year=2026), 2036, True)):
        assert has_tenor(CASE, terms, year) is left


def test_a_draw_with_its_own_clock_lives_past_the_loans() -> None:
    assert payments(CASE, loan(tenor=10.0, grace=3.0, signing_year=2026), 2028)[-1].year == 2038


def test_late_draws_take_the_shares_that_are_left() -> None:
    """Instalments 10, 20, 30, 40 in 2027 to 2030: a draw of 2028 is repaid by the last two."""
    assert instalments(loan(tenor=4.0, repayment="shares", shares=(10, 20, 30, 40), clock="loan", signing_year=2026),
                       2028) == pytest.approx([3 / 7, 4 / 7])


@pytest.mark.parametrize(("timing", "years"), [("start", [2026, 2026, 2027, 2027]), ("mid", [2026, 2027, 2027, 2028]),
                                               ("end", [2027, 2027, 2028, 2028])])
def test_timing_of_half_yearly_payments(timing: str, years: list[int]) -> None:
    """From 1 January, 1 July or 31 December 2026; what falls on 31 December belongs to the year that ends."""
    assert [row.year for row in payments(CASE, loan(tenor=2.0, payments=2, draw_timing=timing), 2026)] == years


# Floating rates ------------------------------------------------------------------------------------------------------

def floating(**more: object) -> tuple[object, Source]:
    case = steady(references=keyed(ReferenceRate(**named("TORF"), rates={2026: 0.01, 2027: 0.02}, long_run=0.04)))
    return case, loan(rate_index="TORF", margin=0.01, rate=0.99, **more)


def test_floating_interest() -> None:
    """Reference 2 % in 2027, 4 % after it, margin 1 %: 3 %, 5 %, 5 % of 1, 2/3, 1/3."""
    rows = payments(*floating(tenor=3.0), 2026)
    assert [row.interest for row in rows] == pytest.approx([0.03, 0.05 * 2 / 3, 0.05 / 3], rel=1e-12)


def test_floating_annuity() -> None:
    """At each payment a level payment over those left at its own rate: 3 % over 3, then 5 % over 2."""
    rows = payments(*floating(tenor=3.0, repayment="annuity"), 2026)
    first = 0.03 / (1 - 1.03**-3)
    then = (1.03 - first) * 0.05 / (1 - 1.05**-2)
    assert [row.service for row in rows] == pytest.approx([first, then, then], rel=1e-12)


def test_before_the_first_reference_rate_the_first_holds_but_a_gap_is_an_error() -> None:
    """A payment on 31 December 2025 is at the 1 % of 2026 and the margin."""
    case, terms = floating(tenor=3.0, draw_timing="start")
    assert payments(case, terms, 2025)[0].interest == pytest.approx(0.02, rel=1e-12)
    gap = steady(references=keyed(ReferenceRate(**named("TORF"), rates={2026: 0.01, 2028: 0.02}, long_run=0.04)))
    with pytest.raises(ValueError, match="2027"):
        payments(gap, terms, 2026)


@pytest.mark.parametrize(("floor", "paid"), [(0.0, 0.0), (-0.02, -0.005), (0.03, 0.03)])
def test_the_floor_of_a_floating_rate(floor: float, paid: float) -> None:
    """Reference -1 %, margin 0.5 %: 0 by default; with a floor of -2 % the lender pays half a percent; at least 3 %.
    The State pays no part of what is not paid: of its 4 points 0, 0 and 3."""
    case = steady(references=keyed(ReferenceRate(**named("TORF"), rates={2027: -0.01}, long_run=-0.01)))
    row = payments(case, loan(rate_index="TORF", margin=0.005, tenor=2.0, rate_floor=floor, subsidy=0.04,
                              subsidy_years=1.0), 2026)[0]
    assert (row.interest, row.subsidy) == pytest.approx((paid, max(paid, 0.0)), rel=1e-12)


# Day counts ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("m", "timing", "count", "expected"), [
    (2, "mid", "30/360", [0.05, 0.05]), (2, "mid", "act/360", [18.4 / 360, 18.1 / 360]),
    (2, "mid", "act/365", [18.4 / 365, 18.1 / 365]),
    # 31 + 28 + 31, 30 + 31 + 30, 31 + 31 + 30, 31 + 30 + 31
    (4, "start", "act/360", [9.0 / 360, 9.1 / 360, 9.2 / 360, 9.2 / 360]),
    (12, "end", "act/365", [3.1 / 365, 2.8 / 365, 3.1 / 365]),  # January, February, March of 2027
    (1, "mid", "act/365", [0.1, 36.6 / 365]),  # over February of 2028
])
def test_days_of_interest(m: int, timing: str, count: str, expected: list[float]) -> None:
    """10 % on 1 drawn on 1 January or 1 July 2026, or 1 January 2027: 184 days from July to December, 181 from January
    to June."""
    rows = payments(CASE, loan(rate=0.10, tenor=9.0, grace=9.0, payments=m, draw_timing=timing, day_count=count), 2026)
    assert [row.interest for row in rows[: len(expected)]] == pytest.approx(expected, rel=1e-12)


def test_a_part_of_a_month_is_that_part_of_its_days() -> None:
    """Eight payments a year are a month and a half apart: January and half of February, 31 + 14 days; the other half
    and March, 14 + 31."""
    rows = payments(CASE, loan(rate=0.10, tenor=9.0, grace=9.0, payments=8, draw_timing="start", day_count="act/365"),
                    2026)
    assert [row.interest * 3650 for row in rows[:2]] == pytest.approx([45.0, 45.0], rel=1e-12)


def test_principal_does_not_follow_the_days() -> None:
    """A level payment is that of equal periods; its interest follows the days. The State's 4 points of 10 follow them
    too."""
    rows = payments(CASE, loan(rate=0.10, tenor=2.0, payments=2, repayment="annuity", day_count="act/360", subsidy=0.04,
                               subsidy_years=1.0), 2026)
    assert rows[0].principal == pytest.approx(0.05 / (1.05**4 - 1), rel=1e-12)
    assert (rows[0].interest, rows[0].subsidy) == pytest.approx((18.4 / 360, 7.36 / 360), rel=1e-12)


# Grant element -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("terms", "rate", "expected"), [
    ({"tenor": 10.0, "repayment": "bullet"}, 0.05, 1 - 1.05**-10), ({"tenor": 10.0, "repayment": "bullet"}, 0.0, 0.0),
    ({"tenor": 10.0, "repayment": "bullet", "premium": 0.02, "front_end": 0.01}, 0.05, 0.97 - 1.05**-10),
    ({"tenor": 7.0, "grace": 3.0, "rate": 0.05}, 0.05, 0.0),  # at the rate itself
    ({"tenor": 2.0, "rate": 0.03, "guarantee_fee": 0.01, "payments": 1, "clock": "loan", "signing_year": 2026}, 0.05,
     1 - 0.54 / 1.05 - 0.52 / 1.05**2),
])
def test_grant_element(terms: dict[str, object], rate: float, expected: float) -> None:
    """Interest-free and repaid after ten years at 5 %: 38.609 %; fees paid at signing reduce it. Interest and guarantee
    of 4 % on 1 and on 1/2."""
    assert grant_element(steady(grant_discount=rate), loan(**terms)) == pytest.approx(expected, rel=1e-12, abs=1e-12)


# Interest subsidy ----------------------------------------------------------------------------------------------------

def test_the_state_pays_points_for_a_while() -> None:
    """10 %, of which 4 for 2 years: 0.04 x (1, 3/4), nothing later; all interest is paid once, by both together."""
    rows = payments(CASE, loan(rate=0.10, tenor=4.0, subsidy=0.04, subsidy_years=2.0), 2026)
    assert [row.subsidy for row in rows] == pytest.approx([0.04, 0.03, 0.0, 0.0], abs=1e-15)
    assert [row.interest for row in rows] == pytest.approx([0.10, 0.075, 0.05, 0.025], rel=1e-12)


def test_the_state_pays_at_most_the_rate() -> None:
    rows = payments(CASE, loan(rate=0.03, tenor=2.0, subsidy=0.04, subsidy_years=9.0), 2026)
    assert [row.subsidy for row in rows] == [row.interest for row in rows]


@pytest.mark.parametrize(("clock", "helped"), [("loan", 1), ("cohort", 3)])
def test_the_subsidy_runs_from_signing_or_from_the_draw(clock: str, helped: int) -> None:
    """Signed in 2026, helped for 3 years, drawn in 2028: one year is left of it on the loan's clock."""
    rows = payments(CASE, loan(rate=0.10, tenor=8.0, subsidy=0.04, subsidy_years=3.0, clock=clock, signing_year=2026),
                    2028)
    assert sum(1 for row in rows if row.subsidy) == helped


def test_capitalised_interest_is_nobodys_payment() -> None:
    """It is added to the debt in full, so the stock does not depend on the subsidy."""
    rows = payments(CASE, loan(rate=0.10, grace=2.0, tenor=3.0, subsidy=0.04, subsidy_years=9.0,
                               interest_in_grace="capitalised"), 2026)
    assert [(row.capitalised, row.subsidy) for row in rows] == [(pytest.approx(0.1), 0.0), (0.0, pytest.approx(0.044)),
        (0.0, pytest.approx(0.022))]
