"""Money as lenders and treasuries see it: accounts of loans, all-in cost, grant element, cash by year, tariffs, pages.
By hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.case import Currency, ReferenceRate, Tariff
from jaryq.case.plan import Plan
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import derive
from jaryq.report import build_report, claims
from jaryq.report.amounts import amounts
from jaryq.report.carry import years_of
from jaryq.report.debt import books, total
from jaryq.report.measures import reached
from jaryq.report.projects import owner_of
from jaryq.report.targets import short_of
from jaryq.report.terms import Basis, all_in, grant_element
from tests.cases import add, edit, facility, full_plan, keyed, named, rule, source, target, tiny_case
from tests.report.plans import finished, solution

START = {("F1", "2026"): 1.0}


def flat(*sources, **changes):
    """Constant prices, no discounting; the yen at 4.0, 4.4, 4.84 and constant from then on; one facility of 40 bn."""
    return tiny_case(**{
        "discount_rate": 0.0, "indices": {}, "targets": (), "crews": (), "packages": {},
        "facilities": keyed(facility("F1", cost=40.0)),
        "currencies": keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 4.4, 2028: 4.84})),
        "sources": keyed(source("B"), *sources), **changes,
    })


def loan(key="L", **more):
    return source(key, **{"kind": "loan", "partner": "JP", "currency": "JPY", "rate": 0.02, "grace": 1.0, "tenor": 2.0,
                          "payments": 1, "signing_year": 2026, **more})


def found(case, plan):
    return amounts(case, derive(case), plan)


def tables(case, plan):
    factors = derive(case)
    return build_report(case, factors, solution(plan, factors)).tables


def line(book, year, own=True):
    return next(one for one in (book.own if own else book.kzt) if one.year == year)


# Accounts of loans.

def test_account_in_its_currency_by_hand():
    """10 bn JPY drawn in the middle of 2026 (40 bn KZT): 5 paid back in 2027 and 2028, interest 2 % of 10 and of 5."""
    given = loan(guarantee_fee=0.01, premium=0.03, front_end=0.01, commitment_fee=0.005, available_to=2027)
    here = found(flat(given), Plan(START, draw={("L", "F1", 2026): 40.0}, signed={"L": 12.0}))
    (book,) = books(here).values()
    assert [one.year for one in book.own] == [2026, 2027, 2028]
    assert [one.closing for one in book.own] == pytest.approx([10.0, 5.0, 0.0])
    assert [one.principal for one in book.own] == pytest.approx([0.0, 5.0, 5.0])
    assert [one.interest for one in book.own] == pytest.approx([0.0, 0.2, 0.1])
    assert [one.guarantee for one in book.own] == pytest.approx([0.0, 0.1, 0.05])
    assert [one.premium for one in book.own] == pytest.approx([0.3, 0.0, 0.0])
    assert [one.front_end for one in book.own] == pytest.approx([0.12, 0.0, 0.0])
    # Signed and drawn in the middle of 2026: half a year x (12 - 10), then the whole of 2027.
    assert [one.commitment for one in book.own] == pytest.approx([0.005, 0.01, 0.0])


def test_account_in_kzt_closes_with_the_exchange_effect():
    """Year-end rates 4.2, 4.62, 4.84 as stated; payments in the middle of the years at the averages. 2026: 42 - 40;
    2027: 23.1 - 42 + 22; 2028: 0 - 23.1 + 24.2."""
    yen = keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.0, 2027: 4.4, 2028: 4.84},
                         year_ends={2026: 4.2, 2027: 4.62}))
    (book,) = books(found(flat(loan(), currencies=yen), Plan(START, draw={("L", "F1", 2026): 40.0}))).values()
    assert [one.closing for one in book.kzt] == pytest.approx([42.0, 23.1, 0.0])
    assert [one.exchange for one in book.kzt] == pytest.approx([2.0, 3.1, 1.1])
    assert line(book, 2027, own=False).principal == pytest.approx(22.0)
    for one in book.kzt:
        assert one.closing == pytest.approx(one.opening + one.drawn + one.capitalised - one.principal + one.exchange)


def test_capitalised_interest_and_subsidy():
    """Bullet after 3 years at 10 %: the balance grows in the grace; or the State pays 4 of the 10 points for 2
    years."""
    grown = loan("L", currency="KZT", rate=0.1, grace=2.0, tenor=3.0, repayment="equal_principal",
                 interest_in_grace="capitalised")
    (book,) = books(found(flat(grown), Plan(START, draw={("L", "F1", 2026): 40.0}))).values()
    assert [one.capitalised for one in book.own] == pytest.approx([0.0, 4.0, 0.0, 0.0])
    assert [one.closing for one in book.own] == pytest.approx([40.0, 44.0, 22.0, 0.0])
    helped = loan("L", currency="KZT", rate=0.1, tenor=3.0, repayment="bullet", subsidy=0.04, subsidy_years=2.0)
    (book,) = books(found(flat(helped), Plan(START, draw={("L", "F1", 2026): 40.0}))).values()
    assert [(one.interest, one.state) for one in book.own] == [pytest.approx(pair)
        for pair in ((0, 0), (2.4, 1.6), (2.4, 1.6), (4.0, 0.0))]


def many():
    """A case with every term, drawn over two years, into a project and into a fund."""
    case = flat(
        loan("L", grace=1.5, tenor=4.0, payments=2, guarantee_fee=0.01, premium=0.03, front_end=0.01,
             commitment_fee=0.005, subsidy=0.01, subsidy_years=2.0),
        loan("M", clock="loan", repayment="annuity", tenor=5.0, payments=4, rate=0.0, rate_index="TORF", margin=0.01),
        loan("X", currency="KZT", partner="KZ", rate=0.1, repayment="bullet", draws_to="O", service_from="O"),
        source("O", kind="own", ceilings={2026: 2.0, 2027: 2.0, 2028: 3.0}, carry_over="fund", interest=0.1),
        references={"TORF": ReferenceRate(**named("TORF"), rates={2026: 0.005, 2027: 0.006}, long_run=0.01)},
        facilities=keyed(facility("F1", cost=40.0, works_months=24.0, savings=2.0), facility("F2", cost=6.0)),
    )
    plan = Plan(
        {("F1", "2026"): 1.0, ("F2", "2026"): 1.0},
        draw={("L", "F1", 2026): 15.0, ("L", "F1", 2027): 12.0, ("M", "F1", 2026): 5.0, ("M", "F1", 2027): 8.0,
              ("O", "F2", 2026): 6.0},
        line={("X", 2026): 5.0}, idle={("O", 2026): 1.0, ("O", 2027): 2.6, ("O", 2028): 0.36}, signed={"L": 7.0},
    )
    return case, plan


def test_accounts_are_the_flows_of_the_factors():
    case, plan = many()
    here = found(case, plan)
    made = books(here)
    for measure, part in (("debt_service", "service"), ("subsidy", "state"), ("debt_stock", "closing")):
        for s in ("L", "M", "X"):
            flows = debt_flows(here.factors, plan, measure, [s])
            assert {y: total([made[s]], part, y) for y in flows} == pytest.approx(flows, abs=1e-12)
    for book in made.values():
        assert book.own[-1].closing == 0.0
        assert math.fsum(one.principal - one.capitalised - one.drawn for one in book.own) == pytest.approx(0.0,
            abs=1e-12)


def test_debt_service_sheet_adds_up_by_year():
    case, plan = many()
    table = tables(case, plan)["debt_service"]
    flows = debt_flows(derive(case), plan, "debt_service")
    stock = debt_flows(derive(case), plan, "debt_stock")
    assert list(table.group_values()) == sorted(table.group_values())
    for year in table.group_values():
        assert table.total("k_service", year) == pytest.approx(flows[year])
        assert table.total("k_closing", year) == pytest.approx(stock[year], abs=1e-9)


# What a loan costs.

@pytest.mark.parametrize("repayment", ["equal_principal", "annuity", "bullet"])
@pytest.mark.parametrize("clock", ["loan", "cohort"])
def test_a_plain_loan_costs_its_own_effective_rate(repayment, clock):
    given = loan(rate=0.06, payments=2, tenor=7.0, repayment=repayment, clock=clock)
    assert all_in(given, Basis({2026: 3.0, 2027: 5.0}, 0.0, True), {}, 2026) == pytest.approx(1.03**2 - 1, abs=1e-12)


def test_fees_raise_the_all_in_cost():
    """One year, 10 %, 2 % premium: 0.98 now against 1.1 a year later. A front-end fee of 2 % of the same amount does
    the same."""
    given = loan(rate=0.1, grace=0.0, tenor=1.0, premium=0.02)
    assert all_in(given, Basis({2026: 5.0}, 0.0, True), {}, 2026) == pytest.approx(1.1 / 0.98 - 1)
    given = replace(given, premium=0.0, front_end=0.02)
    assert all_in(given, Basis({2026: 5.0}, 5.0, True), {}, 2026) == pytest.approx(1.1 / 0.98 - 1)
    assert all_in(given, Basis({2026: 5.0}, 5.0, True), {}, 2027) == pytest.approx(0.1)  # the fee is past


def test_interest_the_state_pays_is_part_of_the_all_in_cost():
    given = loan(rate=0.1, tenor=3.0, repayment="bullet", subsidy=0.04, subsidy_years=3.0)
    assert all_in(given, Basis({2026: 1.0}, 0.0, True), {}, 2026) == pytest.approx(0.1)


@pytest.mark.parametrize(("rate", "grace", "tenor", "m"), [(0.017, 10.0, 30.0, 2), (0.0125, 5.0, 15.0, 2),
                                                           (0.05, 5.0, 25.0, 2), (0.0075, 10.0, 40.0, 1),
                                                           (0.08, 1.0, 7.0, 4)])
def test_grant_element_against_the_published_closed_forms(rate, grace, tenor, m):
    """World Bank and DAC note (lending_conventions 5): INT = G - 1/m, DR = M - INT, n = m DR."""
    i = 0.05
    d = (1 + i) ** (1 / m) - 1
    interval = grace - 1 / m
    repaying = tenor - interval
    n = m * repaying
    c1, c2 = (1 + i) ** interval, (1 + i) ** repaying
    equal = 1 - rate * (1 - 1 / c1) / (m * d) - (1 / n) * (1 / c1) * (1 - 1 / c2) / d - (rate / (m * n)) * (1 / c1) * (
        1 / c2 - 1 + d * n) / d**2
    level = 1 - rate * (1 - 1 / c1) / (m * d) - (rate / m) * (1 + 1 / ((1 + rate / m) ** n - 1)) * (1 / c1) * (1
        - 1 / c2) / d
    given = loan(rate=rate, grace=grace, tenor=tenor, payments=m)
    assert grant_element(given, 2026, {}, i) == pytest.approx(equal, abs=1e-12)
    assert grant_element(replace(given, repayment="annuity"), 2026, {}, i) == pytest.approx(level, abs=1e-12)


def test_grant_element_is_nothing_at_the_discount_rate_and_falls_by_a_fee():
    given = loan(rate=2 * (1.05**0.5 - 1), payments=2, tenor=10.0, clock="loan")
    assert grant_element(given, 2027, {}, 0.05) == pytest.approx(0.0, abs=1e-12)
    assert grant_element(replace(given, front_end=0.01), 2027, {}, 0.05) == pytest.approx(-0.01)


def test_loans_sheet_speaks_of_all_products():
    case, plan = many()
    case = add(case, "sources", loan("Z", open=False, closed_reason="tied", premium=0.02))
    rows = {row["source"]: row for row in tables(case, plan)["loans"].rows}
    assert list(rows) == ["L", "M", "Z", "X"]  # by partner, at home last
    assert rows["M"]["rate"] == pytest.approx(1.5)
    assert rows["M"]["floating"].en == "TORF + 1.00"
    assert (rows["L"]["signed"], rows["X"]["signed"]) == (7.0, 5.0)
    assert rows["L"]["used"] == pytest.approx(15 / 4 + 12 / 4.4)
    assert rows["X"]["total"] == 5.0
    assert (rows["Z"]["basis"].en, rows["Z"]["reason"].en) == ("one unit drawn in 2026", "tied")
    assert rows["X"]["all_in"] == pytest.approx(10.0)
    assert rows["X"]["factor"] == pytest.approx(1.2)  # 0.1 in 2027, 1.1 in 2028


# Cash by year.

def test_funds_balance_with_lines_interest_and_service():
    """O: 2 + 5 - 6 = 1; 2 + 1.1 - 0.5 = 2.6; 3 + 2.86 - 5.5 = 0.36."""
    case, plan = many()
    here = found(case, plan)
    rows = years_of(here, case.sources["O"])
    assert [row.added for row in rows] == pytest.approx([5.0, 0.1, 0.26])
    assert [row.served for row in rows] == pytest.approx([0.0, 0.5, 5.5])
    for row in rows:
        assert row.ceiling + (row.carried_in
                              or 0.0) + row.added == pytest.approx(row.used + row.served + (row.carried_out
                              or 0.0) + (row.left or 0.0))


def test_cash_balances_and_adds_up_to_the_claims():
    case, plan = many()
    factors = derive(case)
    cash, stated = tables(case, plan)["cash"], claims(case, factors, solution(plan, factors))
    assert [row.get("balance") for row in cash.rows if row["year"] <= 2028] == [0.0, 0.0, 0.0]
    assert cash.total("purse_pv") == pytest.approx(stated["benefits_pv"] + stated["income_pv"] + stated["interest_pv"]
                                                   - stated["funding_pv"])
    assert cash.total("society_pv") == pytest.approx(stated["society"])
    assert cash.total("service") == pytest.approx(math.fsum(debt_flows(factors, plan, "debt_service").values()))
    first = cash.rows[0]
    assert [first[part] for part in ("own", "abroad", "lines", "spending", "fund_out")] == pytest.approx([2.0, 20.0,
        5.0, 26.0, 1.0])


def test_cash_by_hand():
    """Only X and O: 2026 5 - 6; 2027 0.1 earned - 0.5 paid; 2028 0.26 - 5.5."""
    case, plan = many()
    plan = replace(plan, start={("F2", "2026"): 1.0}, draw={("O", "F2", 2026): 6.0}, signed={})
    rows = tables(case, plan)["cash"].rows
    assert [row["flow"] for row in rows[:3]] == pytest.approx([-1.0, -0.4, -5.24])


def test_cash_with_discounting_and_inflation_adds_up():
    case = tiny_case()
    plan = Plan({("F1", "2026"): 1.0}, {("N1", "2027"): 20.0},
                {("L", "F1", 2026): 5.0, ("B", "F1", 2026): 6.0, ("O", "N1", 2027): 2.42})
    factors = derive(case)
    cash, stated = tables(case, plan)["cash"], claims(case, factors, solution(plan, factors))
    assert cash.total("benefit_pv") == pytest.approx(stated["benefits_pv"])
    assert cash.total("purse_pv") == pytest.approx(stated["benefits_pv"] - stated["funding_pv"])
    assert cash.total("society_pv") == pytest.approx(stated["society"])


def test_states_lines():
    """Budget draws, the subsidy, and what the borrower's part of budget loans costs."""
    case = flat(loan(currency="KZT", rate=0.1, tenor=1.0, grace=0.0, subsidy=0.04, subsidy_years=1.0),
                loan("U", currency="KZT", who_repays="utility", tenor=1.0))
    plan = Plan(START, draw={("L", "F1", 2026): 10.0, ("U", "F1", 2026): 10.0, ("B", "F1", 2026): 20.0})
    rows = {row["year"]: row for row in tables(case, plan)["cash"].rows}
    assert (rows[2026]["s_draws"], rows[2026]["state"]) == (20.0, 20.0)
    assert (rows[2027]["s_subsidy"], rows[2027]["s_service"]) == pytest.approx((0.4, 10.6))


# Targets of debt, tariffs.

def test_reached_debt_targets_are_the_flows():
    case, plan = many()
    rows = (target("S", "debt_service", 1.0, 2030, year_first=2027, sense="<="),
            target("K", "debt_stock", 1.0, 2027, sense="<="),
            target("F", "debt_service", 1.0, 2026, sense="<=", filter={"source": "L"}),
            target("P", "subsidy", 1.0, 2027, sense="<=", filter={"project": "F1"}))
    case = replace(case, targets=rows)
    factors = derive(case)
    stated = claims(case, factors, solution(plan, factors))
    service, stock, helped = (debt_flows(factors, plan, measure)
                              for measure in ("debt_service", "debt_stock", "subsidy"))
    assert stated["reached[S]"] == pytest.approx(math.fsum(service[y] for y in range(2027, 2031)))
    assert stated["reached[K]"] == pytest.approx(stock[2027])
    assert stated["reached[F]"] == pytest.approx(debt_flows(factors, plan, "debt_service", ["L"])[2026])
    assert stated["reached[P]"] == pytest.approx(helped[2027])


def test_tariffs_by_hand():
    """A bill of 10; 6 of own money in 2026: 16 against 12; then 10 against 19.2."""
    case = flat(source("O", kind="own"), tariffs=(Tariff("R1", "heat", 10.0, 0.2, "tariffs!A4"),))
    rows = tables(case, Plan(START, draw={("O", "F1", 2026): 6.0, ("B", "F1", 2026): 34.0}))["tariffs"].rows
    assert [row["need"] for row in rows] == [16.0, 10.0, 10.0]
    assert [row["allowed"] for row in rows] == pytest.approx([12.0, 19.2, 12.0])
    assert rows[0]["headroom"] == pytest.approx(-4.0)
    assert rows[0]["rise"] == pytest.approx(60.0)


def test_a_bill_at_its_limit_leaves_nothing():
    """A bill of 10 may rise to 11; own money makes it a rounding hair more, which would show as a red -0.0."""
    case = flat(source("O", kind="own"), tariffs=(Tariff("R1", "heat", 10.0, 0.1, "tariffs!A4"),))
    table = tables(case, Plan(START, draw={("O", "F1", 2026): 1.0 + 1e-14, ("B", "F1", 2026): 39.0}))["tariffs"]
    assert table.rows[0]["need"] > table.rows[0]["allowed"] == pytest.approx(11.0)
    assert str(table.rows[0]["headroom"]) == "0.0"
    assert table.rounded == ("headroom",)


# Pages of partners.

def block_of(page, head):
    """The one block of a page whose English heading begins so."""
    block, = (block for block in page.blocks if block.head.en.startswith(head))
    return block


def test_pages_hold_the_same_sums_as_the_sheets():
    case, factors, answer = finished()
    report = build_report(case, factors, answer)
    page = report.partner_pages[0]
    funding = {row["source"]: row for row in report.tables["funding"].rows}
    drawn = funding["L"]["total"] + funding["E"]["total"]
    assert [page.sheet for page in report.partner_pages] == ["partner_JP", "partner_US"]
    assert block_of(page, "Signing").rows[0][-1] + block_of(page, "Signing").rows[1][-1] == drawn == 12.0
    assert block_of(page, "Drawdown by year, in KZT").total("All years") == drawn
    assert block_of(page, "Projects").total("Partner's money") == drawn
    assert block_of(page, "Projects").total("It can supply") == pytest.approx(0.4 * 12.0)
    assert block_of(page, "Procurement").total("It can supply there") == pytest.approx(0.4 * 12.0)
    assert block_of(page, "Procurement").total("It could supply in all") == pytest.approx(0.4 * 18.0)
    home = block_of(page, "Service and debt to the last maturity, KZT")
    assert home.total("Service in all") == pytest.approx(math.fsum(debt_flows(factors, answer.plan, "debt_service",
        ["E"]).values()))
    yen = block_of(page, "Service and debt to the last maturity, JPY")
    assert math.fsum(row[-3] for row in yen.rows) == pytest.approx(math.fsum(debt_flows(factors, answer.plan,
        "debt_service", ["L"]).values()))


def test_suppliers_are_not_told_what_the_rules_close():
    """F2, 4 bn of the 18 that the plan spends on plants, is closed to L by name, and E pays for F1 alone: 14 are open,
    of which 40 % are 5.6."""
    case, _, answer = finished()
    case = replace(case, rules=(*case.rules, rule("L", allowed=False, project="F2")))
    block = block_of(build_report(case, derive(case), answer).partner_pages[0], "Procurement")
    assert block.total("Spending of the plan open to its money") == pytest.approx(14.0)
    assert block.total("It could supply in all") == pytest.approx(5.6)


def test_only_japans_page_sets_its_products_beside_the_others():
    case, factors, answer = finished()
    case = add(case, "sources", loan("Q", partner="CN", currency="KZT"))
    factors = derive(case)
    pages = build_report(case, factors, answer).partner_pages
    assert [page.sheet for page in pages] == ["partner_JP", "partner_CN", "partner_US"]
    beside = block_of(pages[0], "Beside the loans")
    assert [row[0].en for row in beside.rows] == ["E", "L", "Q"]
    assert beside.strong == {0, 1}
    assert all("Beside" not in block.head.en for page in pages[1:] for block in page.blocks)
    assert block_of(pages[2], "Products").notes[0].en == "Closed: C; not ratified."


def test_projects_of_a_page_say_who_adds_what():
    case, factors, answer = finished()
    rows = block_of(build_report(case, factors, answer).partner_pages[0], "Projects").rows
    assert [(row[0].en, row[3].en, row[4], row[6], row[8], row[9])
            for row in rows] == [("F1", "2026 - 2027", 12.0, 12.0, 0.0, 0.0)]
    assert rows[0][1].en == "R1"
    owned = edit(case, "facilities", "F1", owner="KEGOC", owner_ru="КЕГОК")
    where = block_of(build_report(owned, derive(owned), answer).partner_pages[0], "Projects").rows[0][1]
    assert (where.en, where.ru) == ("R1; KEGOC", "R1; КЕГОК")
    networks = tiny_case().packages["N1"]
    assert owner_of(networks) is None
    assert owner_of(replace(networks, owner="KEGOC")) == Text("KEGOC", "KEGOC")
    half = edit(case, "sources", "E", partner="KZ")
    rows = block_of(build_report(half, derive(half), solution(full_plan(signed={"L": 1.5}),
        derive(half))).partner_pages[0], "Projects").rows
    assert (rows[0][4], *rows[0][6:10]) == (12.0, 6.0, 50.0, 0.0, 6.0)


def test_reached_borrowing_and_foreign_share():
    """Yen loans against all loans at the end of 2026; 5 bn of X are a line and count where the target speaks of all
    projects."""
    case, plan = many()
    rows = (target("B", "borrowing", 1.0, 2027, year_first=2026, sense="<="),
            target("J", "borrowing", 1.0, 2026, sense="<=", filter={"project": "F1"}),
            target("V", "foreign_share", 0.5, 2026, sense="<=", scale=10.0))
    case = replace(case, targets=rows)
    here = found(case, plan)
    stock = {s: debt_flows(here.factors, plan, "debt_stock", [s])[2026] for s in ("L", "M", "X")}
    share = (stock["L"] + stock["M"]) / math.fsum(stock.values())
    assert [reached(here, row) for row in rows] == pytest.approx([45.0, 20.0, share])
    assert short_of(here, rows[2]) == pytest.approx(stock["L"] + stock["M"] - 0.5 * math.fsum(stock.values()))
    shown = next(row for row in tables(case, plan)["targets"].rows if row["target"] == "V")
    assert (shown["value"], shown["reached"], shown["shortfall"]) == pytest.approx((50.0, 100 * share,
        100 * share - 50.0))
