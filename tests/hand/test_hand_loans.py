"""Loans by hand: a loan at the discount rate is worth its face at the date of the draw; what one is worth decides who
pays."""

from itertools import product

import pytest

from jaryq.case.case import Currency, PriceIndex
from tests.cases import keyed, named, source
from tests.hand.runs import answer, drawn, edited, job, near, one_cost

FACE = 100 * 1.1**-0.5
"""100 bn in the middle of the first year at 10 % a year: 95.346."""


def test_a_loan_at_the_discount_rate_is_worth_its_face():
    """2 x (1.1^0.5 - 1) a year paid twice a year is 10 % a year: 100 x 1.1^-0.5 = 95.346."""
    assert job("loan-at-discount-rate").solution.value == near(-FACE, abs=1e-9)


TERMS = (
    {"grace": 0.0, "tenor": 3.0}, {"grace": 1.5, "tenor": 6.0, "repayment": "annuity"},
    {"grace": 4.0, "tenor": 4.0, "repayment": "bullet"},
    {"grace": 2.0, "tenor": 5.0, "interest_in_grace": "capitalised"},
    {"grace": 2.0, "tenor": 5.0, "first_repayment": "one_period_after"},
)


@pytest.mark.parametrize(("m", "timing"), list(product((1, 2, 4, 12), ("start", "mid", "end"))))
def test_face_whatever_clock_grace_and_tenor(m, timing):
    """At (1.1^(1/m) - 1) m a year, paid m times a year, on a nominal basis without inflation: every loan costs 100 at
    the date of the draw, which is 1 January, the middle or 31 December of 2026."""
    terms = TERMS[(m + len(timing)) % len(TERMS)]
    if terms["grace"] * m % 1:
        terms = {**terms, "grace": 2.0}
    loan = source("L", kind="loan", payments=m, rate=m * (1.1**(1 / m) - 1), draw_timing=timing, **terms)
    value = answer(one_cost(100.0, loan, discount_rate=0.1, discount_basis="nominal")).value
    assert value == near(-100 * 1.1**-{"start": 0.0, "mid": 0.5, "end": 1.0}[timing], abs=1e-9)


INFLATION = {2025: 1.0, 2026: 1.06, 2027: 1.06**2, 2028: 1.06**3}


def real(**more):
    """Prices rise by 6 % a year, the foreign ones by 2 %; 4 % real."""
    return {"discount_rate": 0.04, "discount_basis": "real", "price_year": 2026,
            "indices": keyed(PriceIndex(**named("general"), levels=INFLATION, long_run=0.06),
                             PriceIndex(**named("abroad"), levels={2026: 1.0}, long_run=0.02)), **more}


@pytest.mark.parametrize("m", [1, 2, 4, 12])
@pytest.mark.parametrize("timing", ["start", "mid", "end"])
def test_face_on_a_real_basis(m, timing):
    """10.24 % nominal a year = 1.04 x 1.06 - 1. The 100 of 2026 are 100 in money of 2026 in its middle; at its ends the
    level of prices, geometric between mid-years, is a half year's 6 % away: 100 x 1.04^-o / 1.06^(o - 1/2)."""
    loan = source("L", kind="loan", payments=m, rate=m * ((1.04 * 1.06)**(1 / m) - 1), draw_timing=timing, grace=1.0,
                  tenor=7.0)
    o = {"start": 0.0, "mid": 0.5, "end": 1.0}[timing]
    assert answer(one_cost(100.0, loan, **real())).value == near(-100 * 1.04**-o * 1.06**(0.5 - o), abs=1e-9)


@pytest.mark.parametrize("timing", ["start", "mid", "end"])
def test_face_in_foreign_money(timing):
    """The yen rises by (1.06/1.02 - 1) a year for ever, so a yen loan at 1.04 x 1.02 - 1 = 6.08 % a year is worth its
    face too; 100 are changed at the rate of the date of the draw."""
    loan = source("L", kind="loan", partner="JP", currency="JPY", payments=2, rate=2 * ((1.04 * 1.02)**0.5 - 1),
                  draw_timing=timing, grace=1.0, tenor=4.0)
    yen = Currency(**named("JPY"), rates={year: 4 * (1.06 / 1.02)**(year - 2026) for year in range(2025, 2029)},
                   foreign_prices="abroad")
    o = {"start": 0.0, "mid": 0.5, "end": 1.0}[timing]
    worth = 1.04**-o * 1.06**(0.5 - o)
    assert answer(one_cost(100.0, loan, **real(currencies=keyed(yen)))).value == near(-100 * worth, abs=1e-8)


# --- who pays ---------------------------------------------------------------------------------------------------------

def by_rank(tables, **loan):
    """The loan-or-own-money case with columns of the loan changed."""
    table = tables.get("sources")
    return tables.with_sheet(type(table).of("sources", [{**row, **(loan if row["source_id"] == "L" else {})}
                                                        for _, row in table.records()]))


@pytest.mark.parametrize(("rank", "payer"), [(1, "L"), (3, "O")])
def test_what_costs_the_same_is_decided_by_rank(rank, payer):
    """The loan has rank 1, own money 2; with rank 3 the loan comes last."""
    found = job("loan-or-own-money", lambda tables: by_rank(tables, rank=rank)).solution
    assert found.value == near(-FACE, abs=1e-9)
    assert drawn(found, payer) == near(100.0)


@pytest.mark.parametrize(("points", "rank", "payer"), [(-0.1, 3, "L"), (0.1, 1, "O")])
def test_a_tenth_of_a_point_decides(points, rank, payer):
    """Dearer by 0.1 point than own money it is not taken, cheaper it is, whatever the rank."""
    rate = 200 * (1.1**0.5 - 1) + points
    assert drawn(job("loan-or-own-money", lambda tables: by_rank(tables, rate=rate, rank=rank)).solution,
                 payer) == near(100.0)


def test_a_cheap_loan_at_home_is_no_gain_of_the_country():
    """An interest-free loan at home, 10 years of grace, 20 of tenor, yearly: it is worth 80 + 95.346 less to the lender
    than to the purse. Purse: 80 less the 11 equal payments 100/11 of the years 10 .. 20 after the draw; society pays
    the 95.346 that the works cost: -15.346."""
    paid = sum(100 / 11 * 1.1**-(0.5 + k) for k in range(10, 21))
    done = job("cheap-home-loan")
    assert done.claims["society"] == near(80 - FACE, abs=1e-9)
    assert done.solution.value == near(80 - paid, abs=1e-9)


# --- export credit ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("content", "down", "local", "most"), [
    (20, 15, 50, 27.0),    # 0.85 x 20 + 0.5 x 20
    # 0.85 x 60 + what is not from Japan, 40, less than the 60 of local costs that the contract would carry
    (60, 15, 100, 91.0),
    (40, 20, 0, 32.0),     # 0.8 x 40, no local costs
])
def test_export_credit(content, down, local, most):
    """Of 100: the contract with the partner less the down payment, and local costs up to a share of the contract; tying
    all of it to Japanese goods does not cut the local costs off again."""
    def change(tables):
        kinds = tables.get("asset_types")
        tables = tables.with_sheet(type(kinds).of("asset_types",
                                                  [{**row, "content_JP": content} for _, row in kinds.records()]))
        rows = [{**row, **({"down_payment": down, "local_cost": local, "envelope": 95} if row["source_id"] == "J"
                           else {})} for _, row in tables.get("sources").records()]
        return tables.with_sheet(type(kinds).of("sources", rows))
    assert drawn(job("export-credit", change).solution, "J") == near(most, abs=1e-6)


def test_the_shipped_folder_of_the_export_credit():
    assert drawn(job("export-credit").solution, "J") == near(27.0, abs=1e-6)


def test_editing_reaches_every_row():
    """The helper of these tests changes what it says."""
    assert drawn(job("export-credit", edited("asset_types", content_JP=0)).solution, "J") == near(0.0, abs=1e-6)


@pytest.mark.parametrize(("signed", "fee"), [({}, 0.0), ({"signing_year": 2025, "signed": 150, "commitment_fee": 1},
                                                         0.5)])
def test_debt_is_told_to_the_last_year(signed, fee):
    """100 drawn in 2026 and repaid in 2027 at the latest: 2028 is told too. Of 150 signed before, 50 are never drawn,
    at 1 % a year to the end of 2028."""
    done = job("loan-at-discount-rate", edited("sources", grace=0, tenor=1, **signed))
    assert done.claims["debt_service[2028]"] == near(fee)
    assert done.claims["debt_stock[2028]"] == 0.0
