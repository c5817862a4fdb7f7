"""Fees on signed amounts, foreign exchange, and debt by calendar year, against numbers worked out in the docstrings."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case, Source
from tests.cases import add, keyed, package, source, target, tiny_case
from tests.verify.common import bare, failing, loan, totals_of

DRAWS = {2026: 20.0, 2027: 40.0, 2028: 40.0}


def borrowing(*loans: Source, **changes: object) -> Case:
    """A package N at 1 bn a km, a budget and loans; no discount, constant prices."""
    return add(bare(sources=keyed(source("B"), *loans), **changes), "packages", package("N", km=1000.0, unit_cost=1.0),
               package("M", km=1000.0, unit_cost=1.0))


def drawing(key: str = "K", draws: dict[int, float] = DRAWS, project: str = "N", **more: object) -> dict[str, object]:
    return {"renew": {(project, str(y)): v for y, v in draws.items()},
            "draw": {(key, project, y): v for y, v in draws.items()}, **more}


def test_commitment_fee_by_hand() -> None:
    """0.25 % of 100 signed in 2026, 2 months free: drawn in the middle of their years: a third of 2026 on 80, 2027 on
    80 and 40, 2028 on 40 and 0, half a year each: 0.2/3, 0.15, 0.05. Interest-free, repaid in 2036."""
    case = borrowing(loan(tenor=10.0, repayment="bullet", clock="loan", signing_year=2026, commitment_fee=0.0025,
                          commitment_free=2.0))
    totals = totals_of(case, **drawing(signed={"K": 100.0}))
    assert {y: v for y, v in totals.debt_service.items() if v} == pytest.approx({2026: 0.2 / 3, 2027: 0.15, 2028: 0.05,
        2036: 100.0}, rel=1e-12)
    assert totals.pv_funding == pytest.approx(100.2 + 0.2 / 3, rel=1e-12)
    assert totals.pv_fees == pytest.approx(0.0025 * 100 * (1 / 3 + 2), rel=1e-12)
    assert (totals.objective, totals.society) == pytest.approx((-100.2 - 0.2 / 3, -100.2 - 0.2 / 3), rel=1e-12)


@pytest.mark.parametrize(("timing", "fees"), [("mid", [0.5, 0.75, 0.5]), ("start", [1.0, 0.5, 0.5]),
                                              ("end", [0.0, 1.0, 0.5])])
def test_commitment_fee_follows_the_dates_of_signing_and_draws(timing: str, fees: list[float]) -> None:
    """100 signed in 2026, 1 %, to 2028, 50 drawn in 2027: each from the point of its year on."""
    case = borrowing(loan(tenor=10.0, repayment="bullet", signing_year=2026, commitment_fee=0.01, draw_timing=timing))
    totals = totals_of(case, **drawing(draws={2027: 50.0}, signed={"K": 100.0}))
    assert [totals.debt_service[y] for y in (2026, 2027, 2028)] == pytest.approx(fees, rel=1e-12)


def test_more_signed_costs_more() -> None:
    """Another 100, never drawn: front-end 1 % in 2026 and 0.25 % x (1/2 + 2) years."""
    case = borrowing(loan(tenor=10.0, commitment_fee=0.0025, front_end=0.01))
    low, high = (totals_of(case, **drawing(signed={"K": amount})).objective for amount in (100.0, 200.0))
    assert low - high == pytest.approx(1.0 + 0.25 * 2.5, rel=1e-12)


@pytest.mark.parametrize(("more", "base"), [({"signed": 100.0, "envelope": 200.0}, 100.0), ({"envelope": 200.0}, 200.0),
                                            ({"ceilings": {2026: 50.0, 2027: 60.0, 2028: 70.0}, "carry_over": "loan"},
                                             180.0)])
def test_a_loan_signed_before_the_plan(more: dict[str, object], base: float) -> None:
    """Signed in 2024: its front-end fee is past; commitment on what is signed (or the envelope, or all ceilings) less
    draws: half of 20, 20 + 20, 60 + 20."""
    case = borrowing(loan(tenor=20.0, signing_year=2024, commitment_fee=0.0025, front_end=0.01, **more))
    fees = [0.0025 * (base - drawn) for drawn in (10.0, 40.0, 80.0)]
    totals = totals_of(case, **drawing())
    assert totals.pv_funding == pytest.approx(100 + sum(fees), rel=1e-12)
    assert [totals_of(case).pv_funding, totals_of(case).debt_service[2027]] == pytest.approx([0.0075 * base,
        0.0025 * base], rel=1e-12)
    assert "signed_covers" not in failing(case, **drawing())


def test_a_loan_without_fees_needs_no_signed_amount_but_a_stated_one_is_checked() -> None:
    case = borrowing(loan(tenor=10.0, envelope=150.0))
    assert failing(case, **drawing()) == set()
    for signed, wrong in ((100.0, set()), (99.0, {"signed_covers"}), (151.0, {"signed_covers"})):
        assert failing(case, **drawing(signed={"K": signed})) == wrong


def test_a_new_loan_with_a_fee_needs_one() -> None:
    for fee in ("front_end", "commitment_fee"):
        assert failing(borrowing(loan(tenor=10.0, **{fee: 0.01})), **drawing()) == {"signed_covers"}


def test_a_commitment_fee_that_never_runs_needs_none() -> None:
    """Signed in 2026, free for 18 months from the middle of it, drawn to the end of 2027: nothing falls due; a month
    less and something does."""
    draws = {2026: 20.0, 2027: 40.0}
    for free, wrong in ((18.0, set()), (17.0, {"signed_covers"})):
        assert failing(borrowing(loan(tenor=10.0, commitment_fee=0.01, commitment_free=free, available_to=2027)),
                       **drawing(draws=draws)) == wrong


def test_draws_after_the_tenor_are_found() -> None:
    """Signed in 2026 for 2 years: nothing may be drawn in 2028."""
    case = borrowing(loan(tenor=2.0, clock="loan", signing_year=2026))
    assert failing(case, **drawing(draws={2026: 1.0, 2027: 1.0})) == set()
    assert failing(case, **drawing(draws={2028: 1.0})) == {"draw_window"}


def yen(**more: object) -> Case:
    """The yen and prices rise by 10 % a year from 4.4 in 2026. 10 % interest, repaid after 2 years in one sum."""
    one = loan(partner="JP", currency="JPY", rate=0.10, tenor=2.0, repayment="bullet", **more)
    return tiny_case(sources=keyed(source("B"), one), facilities={},
                     packages=keyed(package("N", km=9.0, unit_cost=4.0)), targets=(), discount_rate=0.0)


def test_foreign_exchange() -> None:
    """4.4 bn KZT = 1 bn yen of 2026: interest 0.1 x 4.84, then 1.1 x 5.324. Stock on 31 December, half a year later:
    4.4 x 1.1^0.5, then 4.84 x 1.1^0.5. Prices P: 1.21, 1.331 of 2025."""
    totals = totals_of(yen(), renew={("N", "2026"): 1.0}, draw={("K", "N", 2026): 4.4})
    assert {y: v for y, v in totals.debt_service.items() if v} == pytest.approx({2027: 0.484, 2028: 5.8564}, rel=1e-12)
    assert {y: v for y, v in totals.debt_stock.items() if v} == pytest.approx({2026: 4.4 * 1.1**0.5,
        2027: 4.84 * 1.1**0.5}, rel=1e-12)
    assert totals.pv_funding == pytest.approx(0.484 / 1.21 + 5.8564 / 1.331, rel=1e-12)
    assert totals.society == pytest.approx(-4.4 / 1.1 + 4.4 / 1.1 - 0.4 - 4.4, rel=1e-12)


def test_front_end_fee_is_paid_at_the_rate_of_the_signing_year() -> None:
    """1 % of 2 bn yen signed in 2027: 0.02 x 4.84 nominal, 0.02 x 4 in money of 2025 (1.21)."""
    totals = totals_of(yen(front_end=0.01, signing_year=2027), signed={"K": 2.0})
    assert (totals.debt_service[2027], totals.pv_fees) == pytest.approx((0.0968, 0.08), rel=1e-12)
    assert totals.society == totals.objective == pytest.approx(-0.08, rel=1e-12)


def test_every_year_to_the_last_maturity_is_there() -> None:
    """Drawn in 2028 at the latest and repaid 10 years later, zeros included; nothing before 2026."""
    totals = totals_of(borrowing(loan(tenor=10.0, repayment="bullet")), **drawing())
    for series in (totals.debt_service, totals.subsidy, totals.debt_stock):
        assert list(series) == list(range(2026, 2039))
    assert totals.debt_stock == pytest.approx({2026: 20.0, 2027: 60.0, **dict.fromkeys(range(2028, 2036), 100.0),
                                               2036: 80.0, 2037: 40.0, 2038: 0.0})
    assert {f"{name}[{y}]" for name in ("debt_service", "subsidy", "debt_stock")
            for y in (2026, 2038)} <= set(totals.claims())


TWO = borrowing(
    loan("K", rate=0.10, tenor=2.0, repayment="bullet", subsidy=0.04, subsidy_years=1.0, premium=0.01, front_end=0.02),
    loan("L", partner="JP", rate=0.05, tenor=1.0, guarantee_fee=0.01, draws_to="F"),
    source("F", carry_over="fund", ceilings=dict.fromkeys(range(2026, 2029), 0.0)))
TWO = add(TWO, "packages", package("Q", km=1.0, region="R2"))
PLAN = {"renew": {("N", "2026"): 10.0, ("M", "2027"): 20.0, ("N", "2028"): 5.0}, "signed": {"K": 30.0},
        "line": {("L", 2028): 5.0},
        "draw": {("K", "N", 2026): 10.0, ("K", "M", 2027): 20.0, ("F", "N", 2028): 5.0}}


@pytest.mark.parametrize(("measure", "filters", "first", "last", "expected"), [
    ("debt_service", {}, 2026, 2026, 0.1 + 0.6),  # premium, front-end fee
    ("debt_service", {"project": "N"}, 2026, 2026, 0.1),
    ("debt_service", {"source": "K"}, 2027, 2027, 0.2 + 1.0),
    ("debt_service", {"project": "M"}, 2026, 2028, 0.2 + 2.0),
    ("debt_service", {}, 2028, 2029, 11.0 + 2.0 + 22.0 + 5.3),  # the years are summed, also after 2028
    ("debt_service", {"partner": "JP"}, 2026, 2029, 5.3),
    ("debt_service", {"currency": "KZT", "source": "L"}, 2029, 2029, 5.3),
    ("debt_service", {"currency": "JPY"}, 2026, 2029, 0.0),
    ("debt_service", {"project": "[MN]"}, 2026, 2029, 0.0),
    ("debt_service", {"region": "R1"}, 2026, 2026, 0.1),  # Q lies elsewhere: neither fee nor line belongs to a project
    ("debt_service", {"region": "R1"}, 2027, 2029, 0.2 + 1.0 + 11.0 + 2.0 + 22.0),
    ("debt_service", {"region": "R*"}, 2026, 2026, 0.7),  # all projects
    ("subsidy", {}, 2026, 2029, 0.4 + 0.8),
    ("subsidy", {"project": "M"}, 2028, 2028, 0.8),
    ("debt_stock", {}, 2028, 2028, 25.0),
    ("debt_stock", {"project": "M"}, 2028, 2028, 20.0),
    ("debt_stock", {}, 2026, 2027, 30.0),  # of its year alone
    ("draw", {"currency": "KZT", "partner": "INT"}, 2026, 2028, 30.0),
])
def test_measures_of_debt(measure: str, filters: dict[str, str], first: int, last: int, expected: float) -> None:
    """K: 10 for N in 2026 and 20 for M in 2027, 10 % (4 of it from the State in the first year), repaid after two
    years, premium 1 %, front-end 2 % of 30. L: a line of 5 in 2028 at 5 % and 1 % of guarantee, repaid in 2029."""
    case = add(TWO, "targets", target("T", measure, 0.0, last, year_first=first, filter=filters))
    assert totals_of(case, **PLAN).reached["T"] == pytest.approx(expected, rel=1e-12)


def test_what_draws_save_of_a_commitment_fee_belongs_to_no_project() -> None:
    """1 % of 30 signed in mid 2026: half a year on 20 in 2026, half a year on 20 in 2027 and nothing then: 0.1 and 0.1
    are fees of all; M (20 of 2027, 10 % interest) has its service alone."""
    case = borrowing(loan("K", rate=0.10, tenor=2.0, repayment="bullet", commitment_fee=0.01),
                     targets=tuple(target(key, "debt_service", 0.0, 2028, year_first=2026, filter=wanted)
                                   for key, wanted in (("A", {}), ("M", {"project": "M"}))))
    plan = {"draw": {("K", "N", 2026): 10.0, ("K", "M", 2027): 20.0}, "signed": {"K": 30.0}}
    assert totals_of(case, **plan).reached == pytest.approx({"A": 1.0 + 11.0 + 2.0 + 0.1 + 0.1, "M": 2.0}, rel=1e-12)


def test_a_plan_with_lines_and_fees_holds() -> None:
    assert failing(TWO, **PLAN) == set()


def test_hard_limit_of_debt() -> None:
    case = add(TWO, "targets", target("T", "debt_stock", 29.9, 2027, sense="<=", priority="hard"))
    assert failing(case, **PLAN) == {"target_hard"}
