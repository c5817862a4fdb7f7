"""Borrowing, the share of foreign debt, and filters by group and payer, against numbers worked out by hand
(docs/numbers.md, Targets)."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case, Currency
from jaryq.verify.finding import failed
from jaryq.verify.targets import normal
from jaryq.verify.totals import compare
from tests.cases import add, keyed, named, package, source, target
from tests.verify.common import bare, failing, loan, totals_of

BULLET = {"tenor": 10.0, "repayment": "bullet"}
PLAN = {"renew": {("N", "2026"): 20.0, ("M", "2027"): 20.0, ("M", "2028"): 5.0, ("N", "2028"): 5.0},
        "line": {("W", 2028): 5.0},
        "draw": {("K", "N", 2026): 10.0, ("J", "N", 2026): 10.0, ("K", "M", 2027): 20.0, ("J", "M", 2028): 5.0,
                 ("F", "N", 2028): 5.0}}


def debts(**changes: object) -> Case:
    """K in tenge, from abroad; J in yen (4, then 6 KZT, 5 on 31 December 2026), of group G, repaid by the utility; W in
    dollars, a line into F. Repaid after ten years.

    Drawn: K 10 (N, 2026), 20 (M, 2027); J 10 (N, 2026), 5 (M, 2028); W 5 (2028). F pays 5 for N. Owed at the ends of
    2026, 2027, 2028: K 10, 30, 30; J for N 12.5 (at 5), 15, 15; J for M 5 in 2028; W 5 in 2028. In all 22.5, 45, 55. Q
    lies in another region.
    """
    sources = keyed(loan("K", **BULLET), loan("J", partner="JP", currency="JPY", group="G", who_repays="utility",
                                              **BULLET),
                    loan("W", currency="USD", draws_to="F", **BULLET),
                    source("F", carry_over="fund", ceilings=dict.fromkeys(range(2026, 2029), 0.0)))
    money = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 6.0}, year_ends={2026: 5.0}),
                  Currency(**named("USD"), rates={2026: 450.0}))
    packages = keyed(*(package(key, km=90.0, unit_cost=1.0) for key in "MN"), package("Q", km=1.0, region="R2"))
    return bare(**{"sources": sources, "currencies": money, "packages": packages, **changes})


def aiming(measure: str, value: float, year: int, **more: object) -> Case:
    return add(debts(), "targets", target("T", measure, value, year, **more))


@pytest.mark.parametrize(("filters", "year", "foreign", "debt"), [
    ({}, 2026, 12.5, 22.5), ({}, 2027, 15.0, 45.0), ({}, 2028, 25.0, 55.0), ({}, 2036, 10.0, 30.0),
    ({}, 2037, 10.0, 10.0), ({}, 2025, 0.0, 0.0), ({}, 2038, 0.0, 0.0),
    ({"currency": "JPY"}, 2028, 20.0, 55.0), ({"currency": "USD"}, 2028, 5.0, 55.0),
    ({"currency": "KZT"}, 2028, 0.0, 55.0), ({"currency": "*"}, 2028, 25.0, 55.0),
    ({"source": "K"}, 2028, 0.0, 55.0), ({"partner": "INT"}, 2028, 5.0, 55.0), ({"group": "G"}, 2028, 20.0, 55.0),
    ({"group": "*"}, 2028, 20.0, 55.0),
    ({"group": "H"}, 2028, 0.0, 55.0), ({"payer": "utility"}, 2028, 20.0, 55.0), ({"payer": "budget"}, 2028, 5.0, 55.0),
    ({"project": "N"}, 2028, 15.0, 25.0), ({"project": "M"}, 2028, 5.0, 25.0), ({"project": "M"}, 2027, 0.0, 20.0),
    ({"project": "Q"}, 2028, 0.0, 0.0),
    ({"project": "N", "payer": "budget"}, 2028, 0.0, 25.0), ({"project": "M", "partner": "JP", "group": "G"}, 2028, 5.0,
    25.0),
    ({"region": "R1"}, 2028, 20.0, 50.0),  # not of all projects: without the line
    ({"region": "R*"}, 2028, 25.0, 55.0), ({"region": "R1", "source": "W"}, 2028, 0.0, 50.0),
])
def test_share_of_foreign_debt(filters: dict[str, str], year: int, foreign: float, debt: float) -> None:
    """What is filtered by source is the foreign part alone; projects are chosen above and below. Shortfalls at 40 % are
    in bn KZT."""
    share, off = foreign / debt if debt else 0.0, foreign - 0.4 * debt
    for sense, short, excess in (("<=", max(0.0, off), 0.0), (">=", max(0.0, -off), 0.0),
                                 ("=", max(0.0, -off), max(0.0, off))):
        case = aiming("foreign_share", 0.4, year, filter=filters, sense=sense, scale=10.0)
        totals = totals_of(case, **PLAN)
        assert (totals.reached["T"], totals.short["T"], totals.excess["T"]) == pytest.approx((share, short, excess),
            rel=1e-12, abs=1e-12)
        assert failing(case, **PLAN, short={"T": short}, excess={"T": excess}) == set()


def test_a_range_of_years_is_taken_at_its_last() -> None:
    assert totals_of(aiming("foreign_share", 0.4, 2027, year_first=2026), **PLAN).reached["T"] == pytest.approx(1 / 3,
        rel=1e-12)


def test_what_a_missed_share_costs() -> None:
    """30 % of 45 is 13.5 where 15 are owed: 1.5 of 10 is u = 0.15, 0.1 + 2 x 0.05; at 0.1 a bn 0.15."""
    limit = {"sense": "<=", "scale": 10.0}
    assert totals_of(aiming("foreign_share", 0.3, 2027, **limit), **PLAN).shortfall_cost["1"] == pytest.approx(0.2,
        rel=1e-12)
    assert totals_of(aiming("foreign_share", 0.3, 2027, **limit, priority="price", price=0.1),
                     **PLAN).priced_targets == pytest.approx(0.15, rel=1e-12)


@pytest.mark.parametrize(("stated", "wrong"), [(1.5, set()), (1.4, {"target_short"}), (1.6, {"target_exact"}),
                                               (1 / 3 - 0.3, {"target_short"})])
def test_the_stated_shortfall_is_in_money(stated: float, wrong: set[str]) -> None:
    assert failing(aiming("foreign_share", 0.3, 2027, sense="<="), **PLAN, short={"T": stated}) == wrong


@pytest.mark.parametrize(("value", "sense", "wrong"), [(0.33, "<=", True), (0.34, "<=", False), (0.34, ">=", True),
                                                       (0.33, ">=", False), (0.34, "=", True)])
def test_hard_limit_of_the_share(value: float, sense: str, wrong: bool) -> None:
    assert failing(aiming("foreign_share", value, 2027, sense=sense, priority="hard"), **PLAN) == ({"target_hard"}
        if wrong else set())


def test_without_debt_nothing_is_missed() -> None:
    """Even half of nothing, hard; and where there is no scale either."""
    for priority in ("hard", "1"):
        totals = totals_of(aiming("foreign_share", 0.5, 2027, priority=priority, scale=0.0))
        assert (totals.reached["T"], totals.short["T"], totals.shortfall_cost["1"]) == (0.0, 0.0, 0.0)
        assert failing(aiming("foreign_share", 0.5, 2027, priority=priority, scale=0.0)) == set()
    assert (normal(1.0, 4.0), normal(0.0, 0.0), normal(1.0, 0.0)) == (0.25, 0.0, float("inf"))


def test_the_share_as_it_is_claimed() -> None:
    """1/3 in 2027. Of a debt of 1e-9 the share is whatever rounding makes of it, so no false alarm there."""
    case = aiming("foreign_share", 0.4, 2027)
    totals = totals_of(case, **PLAN)
    assert failed(compare(totals, {"reached[T]": 1 / 3, "shortfall[T]": 0.4 * 45 - 15})) == ()
    assert [one.place for one in failed(compare(totals, {"reached[T]": 15.0,
                                                         "shortfall[T]": 0.4 - 1 / 3}))] == ["reached[T]",
                                                         "shortfall[T]"]
    hair = totals_of(case, draw={("J", "N", 2026): 1e-9})
    assert hair.reached["T"] == pytest.approx(1.0)
    assert failed(compare(hair, {"reached[T]": 0.0})) == ()


@pytest.mark.parametrize(("measure", "filters", "first", "last", "expected"), [
    ("borrowing", {}, 2026, 2028, 50.0), ("borrowing", {}, 2027, 2027, 20.0), ("borrowing", {}, 2028, 2028, 10.0),
    ("borrowing", {}, 2029, 2038, 0.0),
    ("borrowing", {"project": "N"}, 2026, 2028, 20.0), ("borrowing", {"region": "R1"}, 2026, 2028, 45.0),
    ("borrowing", {"region": "R*"}, 2026, 2028, 50.0),
    ("borrowing", {"source": "F"}, 2026, 2028, 0.0),  # a fund lends nothing
    ("borrowing", {"currency": "USD"}, 2026, 2028, 5.0), ("borrowing", {"partner": "INT"}, 2026, 2028, 35.0),
    ("borrowing", {"group": "G"}, 2026, 2028, 15.0),
    ("borrowing", {"payer": "budget"}, 2026, 2028, 35.0), ("borrowing", {"payer": "utility", "project": "M"}, 2026,
                                                           2028, 5.0),
    ("borrowing", {"group": "*"}, 2026, 2026, 10.0), ("borrowing", {"payer": "consumers"}, 2026, 2028, 0.0),
    ("draw", {"group": "G"}, 2026, 2028, 15.0), ("draw", {"payer": "util*"}, 2026, 2028, 15.0),
    ("draw", {"payer": "utility", "project": "M"}, 2026, 2028, 5.0),
    ("debt_stock", {"group": "G"}, 2028, 2028, 20.0), ("debt_stock", {"payer": "budget"}, 2028, 2028, 35.0),
    ("debt_service", {"payer": "utility"}, 2036, 2036, 15.0),
    ("debt_service", {"group": "G", "project": "M"}, 2036, 2038, 5.0),
])
def test_borrowing_and_filters(measure: str, filters: dict[str, str], first: int, last: int, expected: float) -> None:
    """Draws are summed over the years; a line counts where the target speaks of all projects, whatever loans it
    chooses."""
    totals = totals_of(aiming(measure, 0.0, last, year_first=first, filter=filters), **PLAN)
    assert totals.reached["T"] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_subsidy_by_payer() -> None:
    """4 points on the balance of the first year: 0.4 for K; the utility's loan has none."""
    loans = keyed(*(loan(key, rate=0.10, subsidy=0.04, subsidy_years=years, who_repays=payer, **BULLET)
                    for key, years, payer in (("K", 1.0, "budget"), ("J", 0.0, "utility"))))
    goals = tuple(target(payer, "subsidy", 0.0, 2027, filter={"payer": payer}) for payer in ("budget", "utility"))
    totals = totals_of(debts(sources=loans, targets=goals), draw={("K", "N", 2026): 10.0, ("J", "N", 2026): 10.0})
    assert totals.reached == pytest.approx({"budget": 0.4, "utility": 0.0}, rel=1e-12)


def test_the_plan_of_these_tests_holds() -> None:
    assert failing(debts(), **PLAN) == set()
