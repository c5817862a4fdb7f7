"""Loans, funds, groups, tariffs: whole answers worked out by hand, through the driver (the cases are as in
``small``)."""

from itertools import product

import pytest

from jaryq.base.errors import Infeasible
from jaryq.case.case import Currency, PriceIndex, ReferenceRate, SourceGroup, Tariff
from jaryq.factors.debt import debt_flows
from jaryq.factors.derive import derive
from tests.cases import edit, facility, keyed, named, package, rule, source, target
from tests.formulation.small import EVERY, answer, budget, case_of, drawn, plain, share
from tests.make import solved, stage_values


def loan(key="L", **more):
    """Of KZT, without interest, drawn at the end of a year and repaid at once a year later; 100 in all."""
    terms = {"kind": "loan", "envelope": 100.0, "tenor": 1.0, "payments": 1, "repayment": "bullet",
             "draw_timing": "end", "signing_year": 2026}
    return source(key, **{**terms, **more})


def flows(case, found, measure):
    """Service, subsidy or stock by year, without zeros."""
    made = debt_flows(derive(case), found.plan, measure)
    return {year: pytest.approx(amount) for year, amount in made.items() if abs(amount) > 1e-9}


# --- fees -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("free", "fees"), [(0.0, 0.025 + 0.05 + 0.025), (6.0, 0.05 + 0.025), (30.0, 0.0)])
def test_a_commitment_fee_makes_the_plan_sign_what_it_draws(free, fees):
    """5 in 2026 and 5 in 2028, 1 % on what is signed and not drawn, from the middle of 2026 on, when it is signed and
    first drawn: half a year x 5, a year x 5, half a year x 5. Six free months: not in 2026. Thirty: the fee begins with
    2029, when nothing may be drawn any more."""
    found = answer(case_of(plain("P", spend={2026: 5.0, 2028: 5.0}, must=True),
                           loan(commitment_fee=0.01, commitment_free=free, draw_timing="mid")))
    assert found.plan.signed == ({"L": pytest.approx(10.0)} if fees else {})
    assert found.value == pytest.approx(-10.0 - fees)


def test_a_loan_is_signed_for_less_than_its_envelope_only_if_the_plan_decides():
    """Signed in 2024 for 20 bn: 1 % of 20 less half of the 10 drawn in 2026 (a whole year, 0.15), of 10 in 2027 and
    2028: 0.35. The past is past."""
    signed = {"commitment_fee": 0.01, "front_end": 0.02, "signing_year": 2024, "signed": 20.0, "draw_timing": "mid"}
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(**signed))
    found = answer(case)
    assert found.plan.signed == {}
    assert found.value == pytest.approx(-10.35)


@pytest.mark.parametrize(("fee", "value", "of_loan"), [(0.02, -10 / 1.331 - 0.2 / 1.1, 10.0), (0.10, -10 / 1.21, 0.0)])
def test_a_front_end_fee_is_paid_at_signing(fee, value, of_loan):
    """10 bn at the end of 2027, 10 % discount. The loan is repaid at the end of 2028 (10/1.331 = 7.51) and signed at
    the end of 2026: its fee is discounted by a year. The budget costs 10/1.21 = 8.26."""
    case = case_of(plain("P", spend={2027: 10.0}, must=True), budget(), loan(front_end=fee), discount_rate=0.1,
                   discount_timing="end")
    found = answer(case)
    assert found.value == pytest.approx(value)
    assert drawn(found, "L") == pytest.approx(of_loan)
    assert sum(found.plan.signed.values()) == pytest.approx(of_loan)


# --- interest ---------------------------------------------------------------------------------------------------------

def test_capitalised_interest_becomes_debt():
    """10 at the end of 2026, 10 %, grace 2, tenor 3: 2027 adds 1; 2028 pays 5.5 and 1.1; 2029 pays 5.5 and 0.55."""
    terms = {"rate": 0.1, "grace": 2.0, "tenor": 3.0, "repayment": "equal_principal",
             "interest_in_grace": "capitalised"}
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(**terms))
    found = answer(case)
    assert found.value == pytest.approx(-12.65)
    assert flows(case, found, "debt_service") == {2028: 6.6, 2029: 6.05}
    assert flows(case, found, "debt_stock") == {2026: 10.0, 2027: 11.0, 2028: 5.5}


def test_interest_paid_in_grace():
    """The same, paid: 1 in 2027, 5 + 1, 5 + 0.5."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026),
                   loan(rate=0.1, grace=2.0, tenor=3.0, repayment="equal_principal"))
    assert flows(case, answer(case), "debt_service") == {2027: 1.0, 2028: 6.0, 2029: 5.5}


def test_a_floating_rate_moves_with_its_reference():
    """9 at the end of 2026, three yearly parts of 3; 2 %, 3 % and then 5 % with 1 % of margin: 9 x 0.03, 6 x 0.04, 3 x
    0.06."""
    rates = keyed(ReferenceRate(**named("TORF"), rates={2026: 0.01, 2027: 0.02, 2028: 0.03}, long_run=0.05))
    terms = {"rate_index": "TORF", "margin": 0.01, "tenor": 3.0, "repayment": "equal_principal"}
    case = case_of(plain("P", cost=9.0, must=True, latest=2026), loan(**terms), references=rates)
    found = answer(case)
    assert found.value == pytest.approx(-9 - 0.27 - 0.24 - 0.18)
    assert flows(case, found, "debt_service") == {2027: 3.27, 2028: 3.24, 2029: 3.18}


def test_one_clock_for_all_draws():
    """Signed in 2026 for 3 years: what is drawn at the end of 2027 has two years left, what would be drawn in 2028 one.
    Equal yearly parts."""
    case = case_of(plain("P", spend={2027: 8.0}, must=True), loan(clock="loan", tenor=3.0, repayment="equal_principal"))
    assert flows(case, answer(case), "debt_service") == {2028: 4.0, 2029: 4.0}


@pytest.mark.parametrize(("first", "shares", "service"), [
    ("at_grace_end", (1.0, 2.0, 2.0), {2027: 2.0, 2028: 4.0, 2029: 4.0}),
    ("one_period_after", (1.0, 3.0), {2028: 2.5, 2029: 7.5})])
def test_shares_of_principal(first, shares, service):
    """10 at the end of 2026, grace 1, tenor 3: the grace ends with the first of three payments, or before the first of
    two."""
    terms = {"grace": 1.0, "tenor": 3.0, "repayment": "shares", "shares": shares, "first_repayment": first}
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(**terms))
    assert flows(case, answer(case), "debt_service") == service


def test_an_annuity():
    """10 at 10 % in two yearly payments of 10 x 0.1/(1 - 1.1^-2) = 121/21."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(rate=0.1, tenor=2.0, repayment="annuity"))
    assert flows(case, answer(case), "debt_service") == {2027: 121 / 21, 2028: 121 / 21}


def test_guarantee_and_premium():
    """1 % a year on 10 owed for two years, 5 % of the draw with it."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(tenor=2.0, guarantee_fee=0.01, premium=0.05))
    found = answer(case)
    assert found.value == pytest.approx(-10.7)
    assert flows(case, found, "debt_service") == {2026: 0.5, 2027: 0.1, 2028: 10.1}


def test_a_foreign_loan_moves_with_its_currency():
    """10 bn KZT at 4 in 2026 are 2.5 bn yen, repaid at 5 in 2027, mid-year both. Debt at the end of 2026: half-way, 2.5
    x (4 x 5)^(1/2)."""
    yen = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 8.0}))
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(currency="JPY", partner="JP", draw_timing="mid"),
                   currencies=yen, discount_timing="mid")
    found = answer(case)
    assert found.value == pytest.approx(-12.5)
    assert flows(case, found, "debt_stock") == {2026: 2.5 * 20**0.5}


def test_half_yearly_payments_of_a_draw_in_mid_year():
    """Drawn on 1 July 2026, tenor 1: 5 and 0.5 of interest on 31 December 2026, 5 and 0.25 on 1 July 2027."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026),
                   loan(rate=0.1, payments=2, draw_timing="mid", repayment="equal_principal"))
    assert flows(case, answer(case), "debt_service") == {2026: 5.5, 2027: 5.25}


# --- targets of debt --------------------------------------------------------------------------------------------------

def test_a_limit_on_subsidies_holds_back_the_loan():
    """A loan of 10 pays all of P (benefit 20): 10 % for two years, of which the State pays 4 points: 0.4 in 2027 and in
    2028. At most 0.4 in both: half of P."""
    goal = target("T", "subsidy", 0.4, 2028, year_first=2027, sense="<=", priority="hard")
    terms = {"rate": 0.1, "tenor": 2.0, "subsidy": 0.04, "subsidy_years": 5.0}
    case = case_of(plain("P", cost=10.0, benefit=20.0, latest=2026), loan(**terms), targets=(goal,))
    found = answer(case)
    assert share(found, "P") == pytest.approx(0.5)
    assert found.value == pytest.approx(0.5 * (20 - 12))
    assert flows(case, found, "subsidy") == {2027: 0.2, 2028: 0.2}


def test_the_state_pays_for_some_years_only():
    """One year of subsidy, and never more than the rate: 1 % of 10 in 2027."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026),
                   loan(rate=0.01, tenor=2.0, subsidy=0.04, subsidy_years=1.0))
    assert flows(case, answer(case), "subsidy") == {2027: 0.1}


@pytest.mark.parametrize(("measure", "year"), [("debt_service", 2031), ("debt_stock", 2030)])
def test_a_cap_after_the_last_year(measure, year):
    """A loan of 2026 is repaid in 2031; discounted it is cheaper than the budget of 2026. In 2031 at most 4 are paid
    (owed a year before)."""
    goal = target("T", measure, 4.0, year, sense="<=", priority="hard")
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget(), loan(tenor=5.0), targets=(goal,),
                           discount_rate=0.1, discount_timing="end"))
    assert drawn(found, "L") == pytest.approx(4.0)
    assert found.value == pytest.approx(-6 / 1.1 - 4 * 1.1**-6)


@pytest.mark.parametrize(("measure", "year"), [("debt_service", 2031), ("debt_stock", 2030)])
def test_a_cap_after_the_last_year_that_cannot_hold(measure, year):
    """Only the loan pays: 10 against 4, u = 6/4: 0.1 x (1 + .. + 9) + 10 x 0.6 = 10.5. As a hard limit it is a
    contradiction."""
    goal = target("T", measure, 4.0, year, sense="<=")
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), loan(tenor=5.0), targets=(goal,))
    found = answer(case)
    assert found.plan.short == pytest.approx({"T": 6.0})
    assert stage_values(found)["priority_1"] == pytest.approx(10.5)
    with pytest.raises(Infeasible):
        solved(edit(case, "targets", "T", priority="hard"))


def test_interest_may_exceed_all_spending_and_a_soft_cap_still_bends():
    """100 % for five years on 10: service of 2027 to 2031 is 60, six times the spending; 59 too much."""
    goal = target("T", "debt_service", 1.0, 2031, year_first=2027, sense="<=")
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), loan(rate=1.0, tenor=5.0), targets=(goal,)))
    assert found.plan.short == pytest.approx({"T": 59.0})


def test_borrowing_of_a_year_is_limited():
    """At most 3 are borrowed in 2026 from those that consumers repay; the other loan costs 1.05/1.1 a KZT, the budget
    1."""
    goal = target("T", "borrowing", 3.0, 2026, year_first=2026, sense="<=", filter={"payer": "consumers"},
                  priority="hard")
    lent = (loan(who_repays="consumers"), loan("K", rate=0.05))
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget(), *lent, targets=(goal,),
                           discount_rate=0.1, discount_timing="end"))
    assert (drawn(found, "L"), drawn(found, "K")) == pytest.approx((3.0, 7.0))
    assert found.value == pytest.approx(-(3 + 7 * 1.05) / 1.1**2)


@pytest.mark.parametrize(("most", "of_yen"), [(0.4, 4.0), (0.0, 0.0), (1.0, 10.0)])
def test_foreign_share_of_the_debt(most, of_yen):
    """Yen (4 KZT, constant) repaid in 2031, tenge in 2027; discounted, yen are cheaper, but at most a share of the debt
    at the end of 2026 may be in yen."""
    yen = keyed(Currency(**named("JPY"), rates={2026: 4.0}))
    goal = target("T", "foreign_share", most, 2026, sense="<=", scale=10.0, priority="hard")
    lent = (loan(currency="JPY", partner="JP", tenor=5.0), loan("K"))
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), *lent, targets=(goal,), currencies=yen,
                           discount_rate=0.1, discount_timing="end"))
    assert drawn(found, "L") == pytest.approx(of_yen)
    assert found.value == pytest.approx(-of_yen * 1.1**-6 - (10 - of_yen) * 1.1**-2)


# --- sources together -------------------------------------------------------------------------------------------------

def grant(key="G", *years, **more):
    """Free foreign money."""
    return budget(key, *(years or (100, 0, 0)), kind="grant", partner="JP", **more)


@pytest.mark.parametrize(("asks", "granted"), [(0.0, 10.0), (0.25, 8.0), (1.0, 5.0)])
def test_counterpart_money(asks, granted):
    """x of the grant asks for a share of x of the budget: x (1 + share) = 10."""
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget(), grant(counterpart=asks)))
    assert drawn(found, "G") == pytest.approx(granted)
    assert found.value == pytest.approx(granted - 10)


@pytest.mark.parametrize(("most", "envelope", "granted"), [(0.5, None, 5.0), (None, 3.0, 3.0), (0.5, 7.0, 5.0),
                                                           (None, None, 10.0)])
def test_two_grants_of_a_group(most, envelope, granted):
    """Each has 8; together they pay the group's share of P, and no more than its envelope."""
    groups = keyed(SourceGroup(**named("g"), max_share=most, envelope=envelope))
    records = (grant("G1", 8, 0, 0, group="g"), grant("G2", 8, 0, 0, group="g"))
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget(), *records, groups=groups))
    assert drawn(found, "G1") + drawn(found, "G2") == pytest.approx(granted)


def best_by_hand(money, part, least):
    """P costs 3 (benefit 2), Q 5 (benefit 4); 4 of budget, ``money`` of a grant. Every choice on a grid of quarters."""
    best = 0.0
    grid = [step / 4 for step in range(int(4 * money) + 1)]
    for starts in product((0, 1), repeat=2):
        costs = [cost * done for cost, done in zip((3, 5), starts, strict=True)]
        for given in product(grid, repeat=2):
            total = sum(given)
            fair = all(g == 0 or (g <= cost and g >= part * cost) for g, cost in zip(given, costs, strict=True))
            if fair and total <= money and (total == 0 or total >= least) and sum(costs) - total <= 4:
                best = max(best, 2 * starts[0] + 4 * starts[1] - sum(costs) + total)
    return best


@pytest.mark.parametrize(("money", "part", "least"), list(product((2.0, 3.5, 5.0), (0.0, 0.5, 0.75), (0.0, 3.0, 4.0))))
def test_smallest_shares_and_amounts_of_whole_plans(money, part, least):
    records = (plain("P", cost=3.0, benefit=2.0, latest=2026), plain("Q", cost=5.0, benefit=4.0, latest=2026))
    given = grant("G", money, 0, 0, min_share=part or None, smallest=least or None)
    assert answer(case_of(*records, budget("B", 4, 0, 0), given, whole=True)).value == pytest.approx(best_by_hand(money,
        part, least))


@pytest.mark.parametrize(("of_source", "of_row", "granted"), [(None, 0.3, 3.0), (0.2, 0.3, 2.0), (0.5, None, 5.0)])
def test_the_smaller_largest_share_holds(of_source, of_row, granted):
    """A share of the source and one of the row of eligibility that lets it pay for P."""
    rules = (rule("G", asset_type="plant", max_share=of_row),)
    found = answer(case_of(facility("P", cost=10.0, must=True, latest=2026), budget(), grant(max_share=of_source),
                           rules=rules))
    assert drawn(found, "G") == pytest.approx(granted)


@pytest.mark.parametrize(("of_row", "granted"), [(0.3, 3.0), (0.4, 0.0)])
def test_a_smallest_share_of_a_row(of_row, granted):
    """The grant has 3 of 10: enough for a smallest share of 30 %, not of 40 %."""
    case = case_of(plain("P", cost=10.0, must=True, latest=2026), budget(), grant("G", 3, 0, 0),
                   rules=(rule("G", min_share=of_row),), whole=True)
    assert drawn(answer(case), "G") == pytest.approx(granted)


def test_smallest_amounts_do_not_hold_in_divisible_plans():
    found = answer(case_of(plain("P", cost=3.0, must=True, latest=2026), budget(),
                           grant("G", 1, 0, 0, min_share=0.5, smallest=2.0)))
    assert found.value == pytest.approx(-2.0)


@pytest.mark.parametrize(("content", "local", "most", "paid"),
                         [(0.4, 0.0, None, 3.4), (0.4, 0.5, None, 5.4), (1.0, 0.5, None, 8.5), (0.4, 0.5, 0.3, 3.0),
                          (0.0, 0.5, None, 0.0)])
def test_share_of_an_export_credit(content, local, most, paid):
    """15 % of the contract (the partner's content) is paid down; local costs are at most a part of the contract, and no
    more than the rest of the project."""
    case = case_of(facility("P", cost=10.0, must=True, latest=2026), budget(),
                   loan(partner="JP", down_payment=0.15, local_cost=local, max_share=most), discount_rate=0.1)
    found = answer(edit(case, "asset_types", "plant", content={"JP": content}))
    assert drawn(found, "L") == pytest.approx(paid)


# --- funds and lines --------------------------------------------------------------------------------------------------

def test_a_line_bridges_a_year():
    """10 are needed in 2026, the fund receives 11 in 2027. A line of 10 at 10 % brings it over: 10 spent and 1 of
    interest."""
    fund = budget("O", 0, 11, 0, kind="own", carry_over="fund")
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), fund,
                           loan(draws_to="O", service_from="O", rate=0.1, clock="cohort")))
    assert found.plan.line == {("L", 2026): pytest.approx(10.0)}
    assert sum(found.plan.idle.values()) == pytest.approx(0.0, abs=1e-9)
    assert found.value == pytest.approx(-11.0)


def test_a_line_that_the_fund_cannot_repay_is_not_drawn():
    """With 10.9 in 2027 at most 10.9/1.1 can be drawn."""
    fund = budget("O", 0, 10.9, 0, kind="own", carry_over="fund")
    line = loan(draws_to="O", service_from="O", rate=0.1, clock="cohort", available_to=2026)
    found = answer(case_of(plain("P", cost=10.0, benefit=99.0, latest=2026), fund, line))
    assert share(found, "P") == pytest.approx(1.09 / 1.1)


@pytest.mark.parametrize(("keep", "had"), [(1.0, 11.0), (0.5, 5.5)])
def test_a_fund_earns_interest(keep, had):
    """10 in 2026, 10 % on what is kept: a bill of 2027 can have 10 x keep x 1.1, more than was ever paid in. Of the
    whole (11) it costs 11 and earned keep x 1."""
    fund = budget("O", 10, 0, 0, kind="own", carry_over="fund", interest=0.1, keep=keep)
    found = answer(case_of(plain("P", spend={2027: 11.0}, benefit=22.0), fund))
    assert share(found, "P") == pytest.approx(had / 11)
    assert found.value == pytest.approx(22 * had / 11 - had + keep)


# --- tariffs ----------------------------------------------------------------------------------------------------------

def network(money, **more):
    """A package of 300 km at 0.1, worth far more than it costs, paid with the utility's own money; a bill of 10 that
    may rise by 10 % a year."""
    return case_of(package("N", km=300.0, unit_cost=0.1, savings=1.0), budget("O", *money, kind="own"),
                   tariffs=(Tariff("R1", "heat", 10.0, 0.1, "test"),), **more)


def test_the_bill_holds_back_spending_that_is_passed_through():
    """10 + x <= 1.1 x the bill before: 11, 12.1, 13.31."""
    found = answer(network((10, 10, 10)))
    assert [drawn(found, "O", y) for y in EVERY] == pytest.approx([1.0, 2.1, 3.31])


def test_prices_use_up_the_rise():
    """Prices rise by 10 % in 2026: 11 + x <= 11, nothing in 2026. Then they stand still: 11 + x <= 12.1, and 11 + x <=
    13.31."""
    general = keyed(PriceIndex(**named("general"), levels={2025: 100.0, 2026: 110.0, 2027: 110.0, 2028: 110.0},
                               long_run=0.0))
    found = answer(network((10, 10, 10), indices=general))
    assert [drawn(found, "O", y) for y in EVERY] == pytest.approx([0.0, 1.1, 2.31])


def test_the_bill_holds_back_spending_that_enters_the_asset_base():
    """Return 10 %, life 10: the first year after costs consumers 0.2 of it, the second 0.19. 2027: 10 + 0.2 x <= 11: 5.
    2028: 10 + 0.19 x 5 + 0.2 x <= 1.1 x 11: 5.75. 2028's own spending is paid for later: all of the money."""
    found = answer(network((10, 10, 8), tariff_mode="rab", rab_return=0.1, rab_life=10.0))
    assert [drawn(found, "O", y) for y in EVERY] == pytest.approx([5.0, 5.75, 8.0])


def test_a_short_life_leaves_the_base():
    """Life 1: the year after pays back all and 10 %: 10 + 1.1 x <= 11 in 2027; 10 + 1.1 x <= 1.1 x 11 in 2028."""
    found = answer(network((10, 10, 8), tariff_mode="rab", rab_return=0.1, rab_life=1.0))
    assert [drawn(found, "O", y) for y in EVERY] == pytest.approx([1 / 1.1, 2.1 / 1.1, 8.0])


def test_a_loan_that_consumers_repay_delays_less():
    """Only a loan pays, a year later and without interest: what is drawn in 2026 enters the bill of 2027: 1, 2.1;
    2028's is repaid after the end: 7."""
    case = network((0, 0, 0))
    case = edit(case, "sources", "O", open=False)
    lent = loan(ceilings={2026: 7.0, 2027: 7.0, 2028: 7.0}, who_repays="consumers", envelope=None)
    found = answer(case_of(*case.packages.values(), lent, tariffs=case.tariffs))
    assert [drawn(found, "L", y) for y in EVERY] == pytest.approx([1.0, 2.1, 7.0])
