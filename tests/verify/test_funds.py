"""Funds with interest, lines and service; tariffs; against numbers worked out in the docstrings (docs/numbers.md)."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case, Tariff
from tests.cases import add, edit, keyed, package, source, tiny_case
from tests.verify.common import bare, failing, loan, totals_of

# The classical problem of short-term financing -----------------------------------------------------------------------

Z3 = 353.0 / 1.003
Y2 = 50.0 / 1.02
X2 = 100.0 - Y2
Y3 = Z3 - 200.0 + 1.01 * X2
WEALTH = 300.0 - 1.02 * Y3


def short_term() -> tuple[Case, dict[str, object]]:
    """Cornuejols and Tutuncu, Optimization Methods in Finance, chapter 3: net cash -150, -100, 200, -200, 50, 300 in
    six months (here years 2026 to 2031). A credit line of 100 at 1 % a month; in the first three months commercial
    paper for three months at 2 % in all; 0.3 % on surplus.

    Published: credit line 50.98 in month 2; paper 150, 49.02, 203.43; surplus 351.94 in month 3; wealth 92.497 at the
    end.
    """
    money = {2026: 0.0, 2027: 0.0, 2028: 200.0, 2029: 0.0, 2030: 50.0, 2031: 300.0}
    into = {"repayment": "bullet", "draws_to": "F", "service_from": "F"}
    case = bare(last_year=2031, packages=keyed(package("N", km=450.0, unit_cost=1.0, latest=2031)), sources=keyed(
        source("F", carry_over="fund", interest=0.003, ceilings=money, available_to=2031),
        loan("LINE", rate=0.01, tenor=1.0, ceilings=dict.fromkeys(money, 100.0), available_to=2031, **into),
        loan("PAPER", rate=1.02 ** (1 / 3) - 1, grace=3.0, tenor=3.0, interest_in_grace="capitalised",
             available_to=2028, **into)))
    plan = {"renew": {("N", "2026"): 150.0, ("N", "2027"): 100.0, ("N", "2029"): 200.0},
            "draw": {("F", "N", 2026): 150.0, ("F", "N", 2027): 100.0, ("F", "N", 2029): 200.0},
            "line": {("PAPER", 2026): 150.0, ("PAPER", 2027): Y2, ("LINE", 2027): X2, ("PAPER", 2028): Y3},
            "idle": {("F", 2028): Z3, ("F", 2031): WEALTH}}
    return case, plan


def test_the_published_plan_holds() -> None:
    case, plan = short_term()
    found = (X2, Y3, Z3, WEALTH)
    assert found == pytest.approx((50.98, 203.43, 351.94, 92.497), abs=0.005)
    assert failing(case, **plan) == set()


def test_wealth_is_what_came_and_was_earned_less_what_was_spent_and_paid() -> None:
    """Without discounting: objective = interest earned - spending - interest paid = wealth - 550 of money that came
    in."""
    case, plan = short_term()
    totals = totals_of(case, **plan)
    assert totals.pv_interest == pytest.approx(0.003 * Z3, rel=1e-12)
    assert totals.pv_funding == pytest.approx(450 + 0.01 * X2 + 0.02 * (150 + Y2 + Y3), rel=1e-12)
    assert totals.objective == pytest.approx(WEALTH - 550.0, rel=1e-12)
    assert totals.society == pytest.approx(WEALTH - 550.0, rel=1e-12)
    assert totals.line_by_source == pytest.approx({"LINE": X2, "PAPER": 150 + Y2 + Y3}, rel=1e-12)
    assert totals.debt_service[2029] == pytest.approx(153.0, rel=1e-12)
    assert (totals.draw_by_source["PAPER"], totals.claims()["line[LINE]"]) == (0.0, pytest.approx(X2))


@pytest.mark.parametrize(("changes", "failed"), [
    ({"line": {("PAPER", 2026): 149.9}}, {"fund_balance", "fund_idle"}),
    ({"idle": {("F", 2031): WEALTH + 0.1}}, {"fund_idle"}),
    ({"idle": {("F", 2028): 0.0, ("F", 2031): 0.0}}, {"fund_idle"}),
    ({"line": {("PAPER", 2029): 0.5}, "idle": {("F", 2029): 0.5, ("F", 2030): 0.5 * 1.003,
                                               ("F", 2031): WEALTH + 0.5 * 1.003**2}}, {"line_window"}),
    ({"line": {("LINE", 2031): 100.1}, "idle": {("F", 2031): WEALTH + 100.1}}, {"ceiling"}),
])
def test_damage(changes: dict[str, dict[object, float]], failed: set[str]) -> None:
    case, plan = short_term()
    assert failing(case, **{name: {**part, **changes.get(name, {})} for name, part in plan.items()}) == failed


@pytest.mark.parametrize(("key", "changes", "failed"), [
    ("F", {"interest": 0.0}, {"fund_balance", "fund_idle"}),
    ("LINE", {"rate": 0.02}, {"fund_balance", "fund_idle"}),
    ("LINE", {"draws_to": None}, {"line_fund", "fund_balance", "fund_idle"}),
    ("LINE", {"draws_to": "PAPER"}, {"line_fund", "fund_balance", "fund_idle"}),
    ("PAPER", {"open": False}, {"draw_open"}),
    ("LINE", {"envelope": 50.9}, {"envelope"}),
    ("LINE", {"carry_over": "loan", "ceilings": {2026: 0.0, 2027: 50.9}}, {"loan_pace"}),
    ("PAPER", {"front_end": 0.01}, {"signed_covers"}),
    ("PAPER", {"smallest": 402.5}, {"smallest"}),
])
def test_another_case(key: str, changes: dict[str, object], failed: set[str]) -> None:
    case, plan = short_term()
    assert failing(edit(case, "sources", key, **changes), **plan) == failed


def test_fees_on_a_signed_amount_are_paid_by_the_fund() -> None:
    """Half a percent of 200 signed in 2026 is 1 bn that the fund does not have; with 1 bn more it has."""
    case, plan = short_term()
    case = edit(case, "sources", "LINE", front_end=0.005, envelope=200.0)
    assert failing(case, **plan, signed={"LINE": 200.0}) == {"fund_balance", "fund_idle"}
    money = case.sources["F"].ceilings
    assert failing(edit(case, "sources", "F", ceilings={**money, 2026: 1.0}), **plan, signed={"LINE": 200.0}) == set()


def test_interest_in_the_funds_own_currency() -> None:
    """Tiny case, yen at 4.4, 4.84, 5.324: 10 bn yen of 2026, half is kept, 10 %: earns 0.5 in 2027 (2.42 bn KZT), 0.5 x
    5.5 x 0.1 = 0.275 in 2028. At no discount 2.42/1.21 + 0.275 x 5.324/1.331 = 3.1. A closed fund earns nothing."""
    fund = source("F", currency="JPY", carry_over="fund", keep=0.5, interest=0.10,
                  ceilings={2026: 10.0, 2027: 0.0, 2028: 0.0})
    case = tiny_case(sources=keyed(fund), targets=(), discount_rate=0.0)
    idle = {("F", 2026): 10.0, ("F", 2027): 5.5, ("F", 2028): 3.025}
    totals = totals_of(case, idle=idle)
    assert totals.pv_interest == totals.objective == totals.society == pytest.approx(3.1, rel=1e-12)
    assert failing(case, idle=idle) == set()
    assert failing(case, idle={**idle, ("F", 2027): 5.0}) == failing(case) == {"fund_idle"}
    assert totals_of(edit(case, "sources", "F", open=False)).pv_interest == 0.0


# Tariffs -------------------------------------------------------------------------------------------------------------

def utility(rise: float | None, **changes: object) -> Case:
    """Heat in R1 was 10 bn in 2025; prices rise by 10 % a year. Own money 2 and a loan of 5 repaid by consumers in 2026
    (10 %, 4 points from the State for a year, all back in 2028, premium 1 %); another repaid by the budget, another
    region's project, and a line."""
    terms = {"rate": 0.10, "tenor": 2.0, "repayment": "bullet"}
    case = tiny_case(targets=(), facilities={}, packages=keyed(package("N", km=9.0, unit_cost=1.0),
        package("M", km=9.0, unit_cost=1.0, region="R2")), sources=keyed(
        source("O", kind="own"), loan("C", who_repays="consumers", subsidy=0.04, subsidy_years=1.0, premium=0.01,
                                      **terms), loan("G", **terms),
        loan("W", who_repays="consumers", draws_to="F", **terms), source("F", carry_over="fund", ceilings={2026: 0.0})))
    return add(case, "tariffs", Tariff("R1", "heat", 10.0, rise, "")) if not changes else tiny_case(
        **{**{f: getattr(case, f) for f in ("targets", "facilities", "packages", "sources")},
           "tariffs": (Tariff("R1", "heat", 10.0, rise, ""),), **changes})


SPENT = {"draw": {("O", "N", 2026): 2.0, ("C", "N", 2026): 5.0, ("G", "N", 2026): 3.0, ("O", "M", 2026): 7.0,
                  ("C", "M", 2027): 7.0}, "line": {("W", 2026): 1.0}}


def needs(case: Case) -> list[float]:
    return [value for (region, sector, _), value in totals_of(case, **SPENT).tariff_need.items()
            if (region, sector) == ("R1", "heat")]


def test_tariff_that_passes_costs_through() -> None:
    """2026: 11 + 2 + 0.05; 2027: 12.1 + 0.5 - 0.2; 2028: 13.31 + 5.5."""
    assert needs(utility(None)) == pytest.approx([10.0, 13.05, 12.4, 18.81], rel=1e-12)


def test_tariff_on_an_asset_base() -> None:
    """7 in the base over 4 years at 10 %: 2027: 12.1 + 7 (0.1 + 0.25); 2028: 13.31 + 7 (0.075 + 0.25). With a life of
    one year: 7 x 1.1, then nothing."""
    mode = {"tariff_mode": "rab", "rab_return": 0.10}
    assert needs(utility(None, **mode, rab_life=4.0)) == pytest.approx([10.0, 11.0, 14.55, 15.585], rel=1e-12)
    assert needs(utility(None, **mode, rab_life=1.0)) == pytest.approx([10.0, 11.0, 19.8, 13.31], rel=1e-12)


def test_where_the_price_index_does_not_reach_back() -> None:
    """From 2026 on: its level stands for that of 2025."""
    levels = tiny_case().indices["general"]
    case = utility(None, price_year=2026, first_year=2026, indices={"general": type(levels)(**{**vars(levels),
        "levels": {2026: 100.0, 2027: 110.0}})})
    assert needs(case)[:3] == pytest.approx([10.0, 12.05, 11.3], rel=1e-12)


@pytest.mark.parametrize(("rise", "broken"), [(0.50, True), (0.52, False), (None, False)])
def test_largest_rise(rise: float | None, broken: bool) -> None:
    """The steepest is 18.81 on 12.4, 51.7 %; 13.05 on 10 before it."""
    assert ("tariff_rise" in failing(utility(rise), **SPENT)) is broken


def test_tariff_is_a_claim() -> None:
    assert totals_of(utility(None), **SPENT).claims()["tariff[R1,heat,2027]"] == pytest.approx(12.4, rel=1e-12)
