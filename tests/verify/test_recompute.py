"""Limits of money, targets and totals, against numbers worked out by hand in the docstrings (docs/numbers.md)."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.verify.finding import Finding, failed
from jaryq.verify.measures import fits
from jaryq.verify.recompute import recompute
from jaryq.verify.targets import convex
from tests.cases import (
    add,
    changed,
    edit,
    facility,
    full_case,
    full_plan,
    keyed,
    package,
    rule,
    source,
    target,
    tiny_case,
)
from tests.verify.common import bare, failing, outlays_of, totals_of

# Money ---------------------------------------------------------------------------------------------------------------

def test_outlays_are_nominal() -> None:
    """Tiny case: F2 6 bn over 24 months from 2026: 3 x 1.1 and 3 x 1.21. N1 20 km in 2028 at 0.1: 2 x 1.331."""
    case, decisions = tiny_case(), {"start": {("F2", "2026"): 1.0}, "renew": {("N1", "2028"): 20.0}}
    assert totals_of(case, **decisions).spend_by_year == pytest.approx({2026: 3.3, 2027: 3.63, 2028: 2.662}, rel=1e-12)
    assert outlays_of(case, **decisions) == pytest.approx({("F2", 2026): 3.3, ("F2", 2027): 3.63, ("N1", 2028): 2.662},
                                                          rel=1e-12)


def paying(case: Case, amounts: dict[int, float], **more: object) -> set[str]:
    """What fails if source S pays all of N, 1 bn a kilometre, km and bn by year."""
    case = add(case, "packages", package("N", km=100.0, unit_cost=1.0))
    return failing(case, renew={("N", str(y)): v for y, v in amounts.items()},
                   draw={("S", "N", y): v for y, v in amounts.items()}, **more)


def test_a_fund_keeps_a_share() -> None:
    """4 a year, half is kept: idle 4 in 2026; 4 + 2 - 5 = 1 in 2027; 4 + 0.5 - 4.5 = 0 in 2028. 0.1 more is too
    much."""
    case = bare(sources=keyed(source("S", carry_over="fund", keep=0.5, ceilings={2026: 4.0, 2027: 4.0, 2028: 4.0})))
    assert paying(case, {2027: 5.0, 2028: 4.5}, idle={("S", 2026): 4.0, ("S", 2027): 1.0}) == set()
    assert "fund_balance" in paying(case, {2027: 5.0, 2028: 4.6}, idle={("S", 2026): 4.0, ("S", 2027): 1.0})


def test_money_carried_one_year_is_gone_after_it() -> None:
    """4 a year. Nothing used in 2026: 8 in 2027 are 4 new and 4 old, then 4 in 2028. But unused 2026 and 2027 give 8 in
    2028, not 12."""
    case = bare(sources=keyed(source("S", carry_over="one_year", ceilings={2026: 4.0, 2027: 4.0, 2028: 4.0})))
    assert paying(case, {2027: 8.0, 2028: 4.0}, old={("S", 2027): 4.0}) == set()
    assert paying(case, {2028: 8.0}, old={("S", 2028): 4.0}) == set()
    assert paying(case, {2028: 12.0}, old={("S", 2028): 8.0}) == {"old_money"}


def test_nothing_is_carried_out_of_a_year_without_a_ceiling() -> None:
    """No ceiling in 2026: 50 may be used there, but 2027 has its own 4 alone, whether one year or for ever is
    carried."""
    ceilings = {2027: 4.0, 2028: 4.0}
    for kind, failed_check in (("one_year", "new_money"), ("fund", "fund_balance")):
        case = bare(sources=keyed(source("S", carry_over=kind, ceilings=ceilings)))
        assert paying(case, {2026: 50.0, 2027: 4.0, 2028: 4.0}) == set()
        assert failed_check in paying(case, {2027: 4.1, 2028: 4.0})
    assert paying(bare(sources=keyed(source("S", carry_over="one_year", ceilings=ceilings))), {2027: 4.1},
                  old={("S", 2027): 0.1}) == {"old_money"}


def test_a_loan_does_not_lapse_and_its_pace_ends_where_ceilings_do() -> None:
    """4, 4, then no ceiling: 8 in 2027 is the pace; 20 in 2028 has no limit, but 8.1 by 2027 is too much. Without one
    in 2026 there is no pace."""
    case = bare(sources=keyed(source("S", kind="loan", tenor=5.0, carry_over="loan", ceilings={2026: 4.0, 2027: 4.0})))
    assert paying(case, {2027: 8.0, 2028: 20.0}) == set()
    assert paying(case, {2027: 8.1}) == {"loan_pace"}
    assert paying(edit(case, "sources", "S", ceilings={2027: 4.0, 2028: 4.0}), {2028: 20.0}) == set()


def test_ceilings_are_in_the_sources_currency_and_raised_by_income() -> None:
    """Tiny case: 1 bn JPY is 4.84 bn KZT in 2027. An income of 1 bn of the price year is 1.21 bn KZT there: together
    6.05 (5 km at 1.21), no more."""
    case = add(tiny_case(sources=keyed(source("B"), source("S", currency="JPY", ceilings={2027: 1.0}, envelope=1.0)),
                         facilities={}, packages={}, targets=()),
               "packages", package("N", km=9.0, unit_cost=1.0))
    case = add(case, "facilities", facility("F", spend={2026: 1.0, 2027: -1.0}, income_to="S"))

    def run(km: float) -> set[str]:
        return failing(case, start={("F", "2026"): 1.0}, renew={("N", "2027"): km},
                       draw={("B", "F", 2026): 1.1, ("S", "N", 2027): km * 1.21})

    assert run(5.0) == set()
    assert run(5.01) == {"ceiling", "envelope"}


@pytest.mark.parametrize(("rules", "allowed"), [
    ((), True),
    ((rule("S", sector="heat"),), True),
    ((rule("S", sector="power"),), False),
    ((rule("S", sector="power"), rule("S", region="R1", asset_type="pipe")), True),
    ((rule("S", sector="heat"), rule("S", False, project="N")), False),
    ((rule("S", False, sector="power"),), True),
    ((rule("B", sector="power"),), True),  # speaks of another source
])
def test_eligibility(rules: tuple[object, ...], allowed: bool) -> None:
    """N is a pipe for heat in R1."""
    assert paying(bare(sources=keyed(source("B"), source("S")), rules=rules), {2026: 1.0}) == (set() if allowed
        else {"draw_eligible"})


def test_a_project_without_a_sector_has_that_of_its_kind() -> None:
    """Of no kind it has none, and no rule about a sector speaks of it."""
    case = bare(sources=keyed(source("S")), rules=(rule("S", sector="heat"),),
                packages=keyed(package("N", km=9.0, unit_cost=1.0, sector=None)))
    decisions = {"renew": {("N", "2026"): 1.0}, "draw": {("S", "N", 2026): 1.0}}
    assert failing(case, **decisions) == set()
    assert failing(edit(case, "packages", "N", asset_type=None), **decisions) == {"draw_eligible"}


# Targets -------------------------------------------------------------------------------------------------------------

def test_convex_cost() -> None:
    """Slopes 1, 2, .. 10 on widths of 0.1: u = 0.35: 0.1 (1 + 2 + 3) + 0.05 x 4 = 0.8; 0.65: 2.1 + 0.35; 1: 5.5; the
    last is open, 1.2: 5.5 + 0.2 x 10."""
    assert [convex(u) for u in (0.0, 0.05, 0.1, 0.35, 0.65, 1.0, 1.2)] == pytest.approx([0.0, 0.05, 0.1, 0.8, 2.45, 5.5,
        7.5], rel=1e-12)


def test_the_largest_shortfall_of_a_priority() -> None:
    """S1 of priority 1 stands alone; of priority 2, S2 has an excess of 1 in 3 and D nothing short; of two rows of
    priority 3 the larger u counts."""
    totals = totals_of(full_case(), **vars(full_plan()))
    assert totals.spread == pytest.approx({"2": 1 / 3}, rel=1e-12)
    assert totals.claims()["spread_2"] == totals.spread["2"]
    third = [target("X", "km", 100.0, priority="3"), target("Z", "km", 160.0, priority="3")]
    assert totals_of(add(full_case(), "targets", *third), **vars(full_plan())).spread == pytest.approx({"2": 1 / 3,
        "3": 0.5}, rel=1e-12)


@pytest.mark.parametrize(("pattern", "value", "fit"), [
    ("KZ-1*", "KZ-10", True), ("KZ-1*", "KZ-20", False), ("heat", "heat", True), ("heat", "heating", False),
    ("*eat", "heat", True),
    ("a.c", "abc", False), ("red", None, False), ("*", None, False), ("*", "red", True),
])
def test_selectors(pattern: str, value: str | None, fit: bool) -> None:
    assert fits(pattern, value) is fit


def test_a_price_counts_only_in_place_of_a_priority() -> None:
    """P as a row of priority 3 is missed by 5 of 20 (u = 0.25, 0.1 + 0.2 + 3 x 0.05), and charges nothing in the
    objective."""
    totals = totals_of(edit(full_case(), "targets", "P", priority="3"), **vars(full_plan()))
    assert totals.priced_targets == 0.0
    assert totals.shortfall_cost["3"] == pytest.approx(0.45, rel=1e-12)


@pytest.mark.parametrize(("measure", "filters", "year", "first", "expected"), [
    ("km", {}, 2026, 2026, 40.0),  # 10 done, 30 renewed
    ("km", {"kind": "facility"}, 2028, 2028, 0.0),
    ("facilities", {}, 2026, 2026, 2.0),  # F3 done, F4 ends in 2026
    ("facilities", {}, 2027, 2027, 4.0),
    ("facilities", {"project": "F1"}, 2026, 2026, 0.0),
    ("share_done", {}, 2026, 2026, 8.0 / 30.0),  # F3 2, F4 2, N1 4 of F 12 + 4 + 2 + 2 and N 10
    ("share_done", {"type": "pipe"}, 2028, 2028, 0.8),
    ("share_done", {"zone": "red"}, 2028, 2028, 0.0),  # nothing there
    ("spend", {}, 2027, 2026, 25.0),
    ("spend", {"kind": "network"}, 2027, 2027, 4.0),
    ("spend_real", {}, 2027, 2026, 25.0),  # prices do not move
    ("draw", {"partner": "JP"}, 2028, 2026, 12.0),
    ("draw", {"source": "O", "project": "N1"}, 2027, 2027, 2.0),
])
def test_measures(measure: str, filters: dict[str, str], year: int, first: int, expected: float) -> None:
    """Of full_plan: N1 30 km in 2026 and 40 in 2027 at 0.1; F1 (12) and F2 (4) end in 2027, F4 (2) in 2026, F3 (2) is
    done."""
    case = full_case(targets=(target("T", measure, 0.0, year, year_first=first, filter=filters),))
    assert totals_of(case, **vars(full_plan())).reached["T"] == pytest.approx(expected, rel=1e-12)


# All of it -----------------------------------------------------------------------------------------------------------

def test_totals_of_the_full_case() -> None:
    """Discount 0, constant prices, so w = 1.

    Benefits to 2030: F1 1 x 3 (2028-2030), F2 0.5 x 3, F4 4 as stated, N1 0.01 x (30 x 4 + 40 x 3) = 2.4: 10.9; F2 and
    40 km a year later than possible: 0.5 + 0.4 = 0.9 credited. Income 1. Outlays 11 + 14. Cost of money: B 5, Y 5, O 3;
    L 6 x (0.01 + 1 + 0.02 + 0.01) = 6.24; E 6 x (1 + 2 x 0.05) = 6.6: 25.84. P is missed by 5 at 0.1. Society: 11.8 + 1
    - 25 - 0.24 - 0.6. S1: u = 10/90, 0.1 + 2 (u - 0.1); S2: u = 1/3, 0.1 + 0.2 + 0.3 + 4 (u - 0.3).
    """
    totals = totals_of(full_case(), **vars(full_plan()))
    found = (totals.pv_benefits, totals.pv_income, totals.pv_outlays, totals.pv_funding, totals.priced_targets,
             totals.objective, totals.society)
    assert found == pytest.approx((11.8, 1.0, 25.0, 25.84, 0.5, -13.54, -13.04), rel=1e-12)
    assert totals.shortfall_cost == pytest.approx({"1": 0.1 + 2 * (1 / 9 - 0.1), "2": 0.6 + 4 * (1 / 3 - 0.3),
                                                   "3": 0.0}, rel=1e-12)
    assert (totals.short, totals.excess["S2"]) == ({"H": 0.0, "S1": 10.0, "S2": 0.0, "P": 5.0, "D": 0.0}, 1.0)
    assert (totals.spend_by_year, totals.income_by_year) == ({2026: 11.0, 2027: 14.0, 2028: 0.0},
        {2026: 0.0, 2027: 1.0, 2028: 0.0})
    assert (totals.km_renewed, totals.km_before, totals.km_by_sector) == (80.0, 10.0, {"heat": 70.0})
    assert (totals.facilities_completed, totals.facilities_before, totals.finished_by_year) == (4.0, 1.0,
        {2026: 1.0, 2027: 2.0, 2028: 0.0})
    assert totals.draw_by_source == {"B": 5.0, "C": 0.0, "E": 6.0, "L": 6.0, "O": 3.0, "Y": 5.0}
    stated = {"km_renewed": 80.0, "km_renewed[heat]": 80.0, "facilities_completed": 4.0, "draw_partner[JP]": 12.0,
              "draw[O,2027]": 3.0, "draw[C,2026]": 0.0,
              "spend": 25.0, "spend[2027]": 14.0, "income[2027]": 1.0, "excess[S2]": 1.0, "shortfall[P]": 5.0,
              "reached[D]": 6.0, "outlays_pv": 25.0}
    assert {key: totals.claims()[key] for key in stated} == pytest.approx(stated, rel=1e-12)


def test_a_loan_at_home_moves_money_within_the_country() -> None:
    """E (6.6 for 6) from KZ: society is dearer by nothing but the outlays and what L takes, 11.8 + 1 - 25 - 0.24; a
    foreign grant of 6 gives 6."""
    home = edit(full_case(), "sources", "E", partner="KZ")
    assert totals_of(home, **vars(full_plan())).society == pytest.approx(-12.44, rel=1e-12)
    grant = edit(full_case(), "sources", "E", kind="grant")
    assert totals_of(grant, **vars(full_plan())).society == pytest.approx(-12.44 + 6.0, rel=1e-12)
    budget = edit(full_case(), "sources", "E", kind="budget")
    assert totals_of(budget, **vars(full_plan())).society == pytest.approx(-12.44, rel=1e-12)


def test_too_much_has_its_price_too() -> None:
    """S2: 4 facilities where exactly 3 were wanted, at 0.2 each; with P (5 x 0.1) 0.7. At 5 wanted, one is missing."""
    for value in (3.0, 5.0):
        case = edit(full_case(), "targets", "S2", priority="price", price=0.2, value=value)
        assert totals_of(case, **vars(full_plan())).priced_targets == pytest.approx(0.7, rel=1e-12)


def test_mean_finish_in_quarters() -> None:
    """Started in 2026Q2, 6 months: ends with Q3, 0.75 years. 4 km in 2026Q1: 0.25; 4 not done: 13 quarters, 3.25.
    Weights 4, 4, 4."""
    case = bare(resolution="quarter", objective="earliest_finish",
                facilities=keyed(facility("F", cost=4.0, works_months=6.0)),
                packages=keyed(package("N", km=10.0, done={2025: 2.0}, unit_cost=1.0)))
    totals = totals_of(case, start={("F", "2026Q2"): 1.0}, renew={("N", "2026Q1"): 4.0})
    assert totals.mean_finish == pytest.approx((0.75 + 0.25 + 3.25) / 3, rel=1e-12)
    assert totals.objective_unit == "years"


@pytest.mark.parametrize(("objective", "expected"), [
    ("purse", 11.8 + 1 - 25.84 - 0.5), ("least_cost", 25.84 - 1 + 0.5), ("most_benefit", 11.8 - 0.5),
    ("earliest_finish", 53 / 27 + 0.5),
])
def test_objectives_of_the_full_case(objective: str, expected: float) -> None:
    """Mean finish from 1 January 2026: F1 12 x 2, F2 4 x 2, F4 2 x 1, N1 0.1 x (30 x 1 + 40 x 2 + 20 x 4 not done) =
    53, over 12 + 4 + 2 + 9 = 27."""
    totals = totals_of(changed(full_case(), objective=objective), **vars(full_plan()))
    assert totals.objective == pytest.approx(expected, rel=1e-12)


def test_a_number_that_is_none_never_passes() -> None:
    """NaN compares false with everything, so it must not be taken for a small residual."""
    assert not Finding("crews", "", 0.0, 0.0, float("nan"), 1e-6, "share").ok


def test_an_empty_plan_of_the_tiny_case() -> None:
    """Nothing is done: 10 of 80 km, 1 of 3 facilities; stated exactly, everything holds."""
    totals, findings = recompute(tiny_case(), Plan(short={"T-km": 70.0, "T-fac": 2.0}))
    assert failed(findings) == ()
    assert (totals.objective, totals.short) == (0.0, {"T-km": 70.0, "T-fac": 2.0})
