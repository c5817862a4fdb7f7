"""Every payment at its own date (docs/numbers.md: Discounting, Loans): loans at the discount rate, fees, day counts,
floors, year-end rates. By hand."""

from dataclasses import replace
from itertools import product

import pytest

from jaryq.case.case import Currency, PriceIndex, ReferenceRate
from jaryq.factors.dues import cost_of_draw, fees_of_signed, fees_saved
from jaryq.factors.loans import commitment, schedule
from jaryq.factors.prices import Prices
from jaryq.factors.service import service
from tests.cases import keyed, named, source
from tests.formulation.small import answer, case_of, drawn, plain
from tests.make import bare_case

YEARS = {"start": 0.0, "mid": 0.5, "end": 1.0}


def loan(key="L", **more):
    """At exactly 10 % nominal a year, paid twice a year: 2 (1.1^(1/2) - 1)."""
    terms = {"kind": "loan", "carry_over": "loan", "clock": "cohort", "rate": 2 * (1.1**0.5 - 1), "grace": 1.0,
             "tenor": 5.0, "payments": 2, "signing_year": 2026}
    return source(key, **{**terms, **more})


def nominal(**more):
    """10 % nominal, constant prices, money of a year in its middle."""
    return {"discount_rate": 0.1, "discount_basis": "nominal", "discount_timing": "mid", **more}


@pytest.mark.parametrize(("grace", "tenor", "payments", "repayment"), [
    (1.0, 5.0, 2, "equal_principal"), (0.0, 1.0, 1, "bullet"), (10.0, 30.0, 4, "annuity"),
    (5.0, 20.0, 12, "equal_principal")])
def test_a_loan_at_the_discount_rate_is_worth_its_face(grace, tenor, payments, repayment):
    """100 drawn in mid 2026 cost 100 x 1.1^-0.5 = 95.346, whatever grace, tenor and payments a year (rate m (1.1^(1/m)
    - 1))."""
    terms = {"rate": payments * (1.1 ** (1 / payments) - 1), "grace": grace, "tenor": tenor, "payments": payments,
             "repayment": repayment}
    found = answer(case_of(plain("A", cost=100.0, must=True, latest=2026), loan(**terms), **nominal()))
    assert found.value == pytest.approx(-100 * 1.1**-0.5, abs=1e-9)
    assert found.value == pytest.approx(-95.346, abs=1e-3)


@pytest.mark.parametrize(("basis", "timing", "draws", "payments"),
                         list(product(("real", "nominal"), YEARS, YEARS, (1, 2, 12))))
def test_in_both_bases_and_in_yen_with_inflation(basis, timing, draws, payments):
    """Prices grow 5 % a year and yen (KZT per unit) 3 %: the discount rate is 1.155 a year nominal (10 % real), so a
    loan in KZT at that rate, and one in yen at 1.155/1.03, cost what the KZT drawn are worth: 1.1^-x / 1.05^(x - h), x
    = 1 + o years from 1 January of 2026 to the draw of 2027; prices of 2026 stand h after its 1 January. The nominal
    basis has the same discount, and prices on 1 January are 1.05^-h."""
    general = keyed(PriceIndex(**named("general"), levels={2026: 100.0, 2027: 105.0}, long_run=0.05))
    yen = keyed(Currency(**named("JPY"), rates={y: 4.0 * 1.03 ** (y - 2026) for y in range(2026, 2060)}))
    rate = 0.1 if basis == "real" else 0.155
    case = bare_case(first_year=2026, price_year=2026, indices=general, currencies=yen, discount_rate=rate,
                     discount_basis=basis, discount_timing=timing)
    prices = Prices(case)
    x, h = 1.0 + YEARS[draws], YEARS[timing]
    worth = 1.1**-x * 1.05 ** -(x - h)
    for currency, yearly in (("KZT", 1.155), ("JPY", 1.155 / 1.03)):
        terms = loan(currency=currency, draw_timing=draws, payments=payments,
                     rate=payments * (yearly ** (1 / payments) - 1))
        assert cost_of_draw(terms, 2027, prices) == pytest.approx(worth, rel=1e-12)
    assert cost_of_draw(source("B", draw_timing=draws), 2027, prices) == pytest.approx(worth, rel=1e-12)


@pytest.mark.parametrize(("points", "of_loan"), [(0.0, 100.0), (-0.001, 100.0), (0.001, 0.0)])
def test_own_money_or_a_loan_of_the_same_price(points, of_loan):
    """Loan and own money cost the same: the rank decides, for the loan; 0.1 point cheaper it is taken, 0.1 point dearer
    it is not."""
    records = (loan(rank=1, rate=2 * (1.1**0.5 - 1) + points), source("O", kind="own", rank=2))
    found = answer(case_of(plain("A", cost=100.0, must=True, latest=2026), *records, **nominal()))
    assert drawn(found, "L") == pytest.approx(of_loan)


def test_price_of_an_envelope_by_two_plans():
    """Own money costs 1.1^-0.5 = 0.953463 a KZT, a loan at 1 % with 9 instalments from the second year on 0.594529: 40
    or 40.4 of it."""
    terms = {"rate": 0.01, "payments": 1, "grace": 2.0, "tenor": 10.0}
    values = [
        answer(case_of(plain("A", cost=100.0, must=True, latest=2026), loan(**terms, envelope=most),
                       source("O", kind="own"), discount_rate=0.1,
                       discount_timing="mid")).value
        for most in (40.0, 40.4)
    ]
    instalments = [(1 / 9 + 0.01 * (1 - (k - 2) / 9)) * 1.1**-k for k in range(2, 11)]
    price = 1.1**-0.5 * (0.01 / 1.1 + sum(instalments))
    assert price == pytest.approx(0.594529, abs=1e-6)
    assert values[1] - values[0] == pytest.approx(0.4 * (1.1**-0.5 - price), abs=1e-9)
    assert values[1] - values[0] == pytest.approx(0.143573, abs=1e-6)


@pytest.mark.parametrize(("timing", "level"), [("mid", 121 / 110 * 100), ("start", 121.0), ("end", 100.0)])
def test_between_the_years_prices_are_geometric(timing, level):
    """Levels 100 in 2026 and 121 in 2027. On 1 January of 2027: mid-years, (100 x 121)^(1/2) = 110; start, 121; end,
    100. Before the first it goes back."""
    general = keyed(PriceIndex(**named("general"), levels={2026: 100.0, 2027: 121.0}, long_run=0.0))
    prices = Prices(bare_case(first_year=2026, indices=general, discount_timing=timing))
    assert prices.level_at(1.0) == pytest.approx(level)
    assert prices.level_at(0.0) == pytest.approx(level / 1.21)


def test_worth_of_a_draw_at_the_end_of_a_year():
    """8 % real, prices growing 5 %: 1.08^-2 x 1.05^-1.5 = 0.796835."""
    general = keyed(PriceIndex(**named("general"), levels={2026: 1.0}, long_run=0.05))
    prices = Prices(bare_case(first_year=2026, indices=general, discount_rate=0.08, discount_timing="mid"))
    assert cost_of_draw(source("B", draw_timing="end"), 2027, prices) == pytest.approx(0.796835, abs=1e-6)


@pytest.mark.parametrize(("timing", "fees"), [("mid", (0.5, 0.75, 0.5)), ("start", (1.0, 0.5, 0.5)),
                                              ("end", (0.0, 1.0, 0.5))])
def test_commitment_fees_follow_signing_and_draws(timing, fees):
    """100 signed in 2026, 1 %, to 2028; 50 drawn in 2027."""
    terms = loan(draw_timing=timing, commitment_fee=0.01, available_to=2028)
    prices = Prices(bare_case(first_year=2026, discount_timing="mid"))
    signed, saved = fees_of_signed(terms, prices), fees_saved(terms, 2027, prices)
    assert [100 * signed.get(y, 0.0) - 50 * saved.get(y, 0.0) for y in (2026, 2027, 2028)] == pytest.approx(fees)
    assert commitment(replace(terms, commitment_free=6.0), 2027) == pytest.approx({"mid": 1.0, "start": 1.0,
        "end": 0.5}[timing])


@pytest.mark.parametrize(("count", "interest"), [("30/360", (0.05, 0.05)),
                                                 ("act/360", (0.1 * 184 / 360, 0.1 * 181 / 360)),
                                                 ("act/365", (0.1 * 184 / 365, 0.1 * 181 / 365))])
def test_day_counts(count, interest):
    """Drawn on 1 July 2026 at 10 %: 184 days to 1 January, 181 to 1 July 2027."""
    terms = loan(rate=0.1, day_count=count, repayment="bullet")
    assert [pay.interest for pay in schedule(terms, 2026, {})][:2] == pytest.approx(interest)


def test_days_of_a_leap_year_and_of_parts_of_months():
    """Yearly from mid 2027: 366 days (February 2028). Five payments a year from 1 January 2026: 2.4 months, 31 + 28 +
    0.4 x 31 days, over 365."""
    yearly = schedule(loan(rate=0.1, day_count="act/360", payments=1), 2027, {})
    assert next(yearly).interest == pytest.approx(0.1 * 366 / 360)
    fifths = schedule(loan(rate=0.1, day_count="act/365", payments=5, draw_timing="start"), 2026, {})
    assert next(fifths).interest == pytest.approx(0.1 * 71.4 / 365)


@pytest.mark.parametrize(("floor", "interest", "state"), [(0.0, 0.0, 0.0), (0.001, 0.001, 0.001), (-0.02, -0.005, 0.0)])
def test_floors_of_floating_rates(floor, interest, state):
    """Reference -1 %, margin 0.5 %: the floor holds the sum; of a rate below zero the State pays nothing."""
    rates = {"TORF": ReferenceRate(**named("TORF"), rates={2026: -0.01}, long_run=-0.01)}
    terms = loan(rate_index="TORF", rate=0.0, margin=0.005, rate_floor=floor, payments=1, subsidy=0.04,
                 subsidy_years=9.0)
    first = next(schedule(terms, 2026, rates))
    assert (first.interest, first.subsidy) == pytest.approx((interest, state))


@pytest.mark.parametrize(("ends", "stock"), [({}, 2.5 * 20**0.5), ({2026: 4.8}, 12.0)])
def test_year_end_rates(ends, stock):
    """10 bn KZT at 4 in mid 2026 are 2.5 bn yen; on 31 December at the stated rate, else half-way to 5."""
    yen = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 5.0}, year_ends=ends))
    prices = Prices(bare_case(first_year=2026, currencies=yen, discount_timing="mid"))
    assert 10 * service(loan(currency="JPY", rate=0.0), 2026, prices).stock[2026] == pytest.approx(stock)
