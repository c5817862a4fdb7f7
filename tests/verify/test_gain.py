"""Whose gain: hand numbers, and sums that hold in every case (docs/numbers.md, Objective)."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case
from tests.cases import add, facility, full_case, full_plan, keyed, package, source
from tests.verify.common import bare, loan, totals_of

PAID = sum(100 / 11 * 1.1 ** -(0.5 + k) for k in range(10, 21))
"""Of 100 at 0 %, grace 10, tenor 20, one payment a year: eleven instalments; 23.87."""


def test_a_cheap_loan_from_home() -> None:
    """Benefit 80, 10 % nominal, mid: purse 80 - 23.87 = 56.13 (the users' 80 less the State's service), lenders 23.87 -
    95.346 = -71.47, society -15.346."""
    one = loan(partner="KZ", tenor=20.0, grace=10.0)
    case = bare(first_year=2026, price_year=2026, discount_rate=0.1, discount_basis="nominal", sources=keyed(one),
                facilities=keyed(facility("A", cost=100.0, benefit=80.0)))
    totals = totals_of(case, start={("A", "2026"): 1.0}, draw={("K", "A", 2026): 100.0})
    assert totals.gains == pytest.approx({"state": -PAID, "users": 80.0, "lenders": PAID - 100 * 1.1**-0.5,
                                          "abroad": 0.0}, rel=1e-12)
    assert (totals.objective, totals.society) == pytest.approx((80 - PAID, 80 - 100 * 1.1**-0.5), rel=1e-12)


def whole(**more: object) -> Case:
    """No discounting. N (1 bn a km) in 2026: budget 2, own 3, home grant 4, foreign grant 5, K from abroad 6 repaid by
    consumers, H from home 7 repaid by the budget."""
    kinds = {"O": "own", "G": "grant", "X": "grant"}
    return bare(sources=keyed(source("B"), *(source(key, kind=kind, partner="US" if key == "X" else "KZ")
                                             for key, kind in kinds.items()),
                              loan("K", partner="JP", rate=0.1, tenor=2.0, repayment="bullet", subsidy=0.04,
                                   subsidy_years=1.0, who_repays="consumers", **more),
                              loan("H", partner="KZ", rate=0.1, tenor=1.0, repayment="bullet", front_end=0.01)),
                packages=keyed(package("N", km=99.0, unit_cost=1.0, savings=1.0, life=4.0)))


AMOUNTS = {"B": 2.0, "O": 3.0, "G": 4.0, "X": 5.0, "K": 6.0, "H": 7.0}
PLAN = {"renew": {("N", "2026"): 27.0}, "draw": {(key, "N", 2026): amount for key, amount in AMOUNTS.items()},
        "signed": {"H": 10.0, "K": 6.0}}


def test_every_kind_of_money() -> None:
    """Benefits 27 x 4 (2027 to 2030). K costs 6 x 1.2 = 7.2, of which 0.24 is subsidy: users 6.96. H 7.7 and a fee of
    0.1. State: -2 - 4 - 7.7 - 0.1 - 0.24; users 108 - 3 - 6.96; lenders at home 0.7 + 0.1; abroad 1.2 - 5."""
    totals = totals_of(whole(), **PLAN)
    assert totals.gains == pytest.approx({"state": -14.04, "users": 98.04, "lenders": 0.8, "abroad": -3.8}, rel=1e-12)
    assert totals.objective == pytest.approx(108 - 2 - 3 - 4 - 7.2 - 7.8, rel=1e-12)
    assert totals.society == pytest.approx(108 - 2 - 3 - 4 - 7.2 - 7.0, rel=1e-12)


def test_income_and_interest_go_to_whose_source_it_is() -> None:
    """F brings in 1 for the fund O (own), E 4 for nobody, G 2 for the budget B, a fund that earns 10 % on its 3 of 2026
    and its 3.3 of 2027."""
    fund = source("B", carry_over="fund", ceilings={2026: 1.0, 2027: 0.0, 2028: 0.0}, interest=0.1)
    case = bare(sources=keyed(fund, source("O", kind="own", ceilings={2026: 0.0}, carry_over="fund")),
                facilities=keyed(facility("F", spend={2026: -1.0}, income_to="O"),
                                 facility("G", spend={2026: -2.0}, income_to="B"), facility("E", spend={2026: -4.0})))
    totals = totals_of(case, start={(f, "2026"): 1.0 for f in "FGE"}, idle={})
    assert totals.gains == pytest.approx({"state": 2.0 + 0.3 + 0.33, "users": 5.0, "lenders": 0.0, "abroad": 0.0},
                                         rel=1e-12)


@pytest.mark.parametrize("rate", [0.0, 0.07])
@pytest.mark.parametrize("lines", [False, True])
def test_purse_and_society_are_sums_of_gains(rate: float, lines: bool) -> None:
    """The full case has income, tied loans and a fund; a line from abroad or from home into the fund is spent there or
    lies idle."""
    case, plan = full_case(discount_rate=rate), full_plan()
    decisions = dict(vars(plan))
    if lines:
        for key, partner in (("V", "JP"), ("W", "KZ")):
            case = add(case, "sources", loan(key, partner=partner, tenor=3.0, rate=0.03, draws_to="O",
                                             commitment_fee=0.01, who_repays="utility"))
        decisions |= {"line": {("V", 2026): 0.5, ("W", 2027): 0.25}, "signed": {**plan.signed, "V": 1.0, "W": 1.0}}
    totals = totals_of(case, **decisions)
    gains = totals.gains
    assert gains["state"] + gains["users"] == pytest.approx(totals.objective + totals.priced_targets, rel=1e-12)
    assert gains["state"] + gains["users"] + gains["lenders"] == pytest.approx(totals.society, rel=1e-12)
    assert {f"gain[{whose}]" for whose in gains} <= set(totals.claims())
    assert totals.claims()["grant_element[L]"] == totals.grant_elements["L"]
