"""Whole answers worked out by hand, through the driver. Unless said otherwise: 2026 to 2028, constant prices, no
discounting, divisible, money of a year counted at its start, projects of 12 months without a kind of asset."""

from dataclasses import replace

import pytest

from jaryq.base.errors import Infeasible
from jaryq.case.build import build
from jaryq.case.case import Crew, Currency, PriceIndex, Region
from tests.cases import edit, facility, keyed, named, package, rule, source, target
from tests.formulation.small import EVERY, answer, budget, case_of, drawn, km, plain, share
from tests.make import solved, stage_values
from tests.workbooks import minimal_tables

# --- money ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("rate", "cost", "of_loan"), [(0.0, 6 / 1.1 + 4, 6.0), (0.21, 7 + 3 * 1.1, 3.0)])
def test_loan_against_budget_by_factor(rate, cost, of_loan):
    """10 bn in 2026, 10 % discount. A budget tenge costs 1; a loan tenge is repaid in 2027 (drawn with 2026, paid a
    year later) with interest: (1 + rate)/1.1 = 0.909 or 1.1. The loan has 6, the budget 7: the cheaper one first."""
    loan = budget("L", 6, 0, 0, kind="loan", draw_timing="start", rate=rate, tenor=1.0, payments=1, repayment="bullet")
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget("B", 7, 0, 0), loan,
                           discount_rate=0.10))
    assert found.value == pytest.approx(-cost, abs=1e-9)
    assert drawn(found, "L") == pytest.approx(of_loan)


@pytest.mark.parametrize(("carry", "in_2027", "in_2028"), [("none", 3.0, 3.0), ("one_year", 5.0, 4.5),
                                                           ("fund", 5.0, 5.5), ("loan", 7.0, 10.0)])
@pytest.mark.parametrize("year", [2027, 2028])
def test_what_is_left_of_earlier_years(carry, in_2027, in_2028, year):
    """Ceilings 4, 3, 3, half is kept. For a bill of 2027: none 3; one year 3 + 4/2 = 5; fund the same; loan 4 + 3.
    For 2028: none 3; one year 3 + 3/2 = 4.5 (the rest of 2026 has lapsed); fund 3 + (3 + 4/2)/2 = 5.5; loan 10.
    A project of 10 bn that year with a benefit of 20 is done to that part, worth 20 - 10 for the whole."""
    found = answer(case_of(plain("P", spend={year: 10.0}, benefit=20.0),
                           budget("S", 4, 3, 3, carry_over=carry, keep=0.5)))
    usable = in_2027 if year == 2027 else in_2028
    assert share(found, "P") == pytest.approx(usable / 10)
    assert found.value == pytest.approx(usable)


def test_old_money_is_not_carried_twice():
    """Ceilings 5, 5, 5 carried one year: a bill of 2028 can have 5 + 5. A project that could bring 10 in 2027 and is
    not done changes nothing (a larger bound of old money once let 2026's money through to 2028)."""
    sale = plain("A", spend={2027: -10.0}, income_to="S", benefit=-100.0)
    found = answer(case_of(sale, plain("P", spend={2028: 12.0}, benefit=100.0),
                           budget("S", 5, 5, 5, carry_over="one_year")))
    assert drawn(found, "S") == pytest.approx(10.0)
    assert share(found, "A") == 0


def test_envelope_in_yen_with_a_moving_rate():
    """A yen is 4 KZT in 2026 and 8 in 2028. A grant of 1 bn yen pays 4 of the 8 bn of A in 2026, or all 8 of Z in 2028:
    it waits for Z, the budget pays A."""
    grant = source("G", kind="grant", partner="JP", currency="JPY", envelope=1.0)
    yen = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 8.0}))
    found = answer(case_of(plain("A", spend={2026: 8.0}, must=True), plain("Z", spend={2028: 8.0}, must=True), budget(),
                           grant, currencies=yen))
    assert found.value == pytest.approx(-8.0)
    assert drawn(found, "G", 2028) == pytest.approx(8.0)
    assert drawn(found, "G", 2026) == 0


def test_a_fund_in_yen_keeps_its_account_in_yen():
    """1 bn yen a year, at 4 KZT in 2026 and 5 in 2027: the bill of 2027 gets 2 bn yen, 10 of its 20 bn KZT; 1 bn yen
    was idle before."""
    yen = keyed(Currency(**named("JPY"), rates={2026: 4.0, 2027: 5.0, 2028: 5.0}))
    fund = source("O", kind="own", currency="JPY", ceilings={2026: 1.0, 2027: 1.0, 2028: 0.0}, carry_over="fund")
    found = answer(case_of(plain("P", spend={2027: 20.0}, benefit=99.0), fund, currencies=yen))
    assert drawn(found, "O") == pytest.approx(10.0)
    assert found.plan.idle == pytest.approx({("O", 2026): 1.0})


def test_largest_share_is_of_all_years_together():
    """A foreign grant (free) pays up to 60 % of 3 + 7: 6, all of it in 2027 if need be. The budget pays 4 and has just
    3 in 2026 and 1 in 2027."""
    found = answer(case_of(plain("P", spend={2026: 3.0, 2027: 7.0}, must=True), budget("B", 3, 1, 0),
                           budget("G", 0, 9, 0, kind="grant", partner="US", max_share=0.6)))
    assert found.value == pytest.approx(-4.0)
    assert drawn(found, "G", 2027) == pytest.approx(6.0)


@pytest.mark.parametrize(("tied", "over", "granted"), [(0.5, "project", 3.0), (0.5, "product", 6.0),
                                                       (1.0, "product", 3.0), (1.0, "project", 3.0)])
def test_tied_money(tied, over, granted):
    """P (JP delivers 40 % of its 10 bn) and Q (nothing of its 10 bn) must be done; a free grant of JP pays at most 30 %
    of each. Half tied in each project: 3 in P (1.5 of content 4), none in Q. Half tied over the product: 3 + 3, goods
    for 3 bought in P (content 4). All tied over the product: what is bought in P is at most what is drawn there, 3, so
    nothing is left for Q."""
    grant = budget("G", kind="grant", partner="JP", max_share=0.3, tied_share=tied, tied_over=over)
    found = answer(case_of(facility("P", cost=10.0, must=True), facility("Q", cost=10.0, must=True, asset_type=None),
                           budget(), grant))
    assert drawn(found, "G") == pytest.approx(granted)
    assert found.value == pytest.approx(granted - 20.0)


def test_content_bounds_tied_money_of_a_project():
    """Half of the grant buys goods of JP, which delivers 40 % of 10 bn = 4: 8 may be drawn."""
    found = answer(case_of(facility("P", cost=10.0, must=True), budget(),
                           budget("G", kind="grant", partner="JP", tied_share=0.5)))
    assert drawn(found, "G") == pytest.approx(8.0)


def test_negative_spending_feeds_a_source():
    """A costs 2 in 2026 and brings 5 in 2027. With the 5 in S (3 of its own) P is paid in full: 10 - 8 + 5 - 2 = 5.
    Without, 3/8 of P: 10 x 3/8 - 3 + 5 - 2 = 3.75."""
    for goes_to, value, part in (("S", 5.0, 1.0), (None, 3.75, 0.375)):
        asset = plain("A", spend={2026: 2.0, 2027: -5.0}, income_to=goes_to, benefit=0.0)
        found = answer(case_of(asset, plain("P", spend={2027: 8.0}, benefit=10.0), budget("S", 2, 3, 0)))
        assert found.value == pytest.approx(value)
        assert share(found, "P") == pytest.approx(part)


def test_eligibility():
    """G is free but its rules list only R2 and exclude Z there: it pays for Q alone."""
    projects = [plain(key, cost=10.0, must=True, region=region)
                for key, region in (("P", "R1"), ("Q", "R2"), ("Z", "R2"))]
    rules = (rule("G", region="R2"), rule("G", allowed=False, project="Z"))
    found = answer(case_of(*projects, budget(), budget("G", kind="grant", partner="US"), rules=rules))
    assert found.value == pytest.approx(-20.0)
    assert {p for s, p, _ in found.plan.draw if s == "G"} == {"Q"}


def test_costs_rise_and_ceilings_do_not():
    """Prices rise by 10 %: P of 10 bn costs 11 in 2027. A ceiling of 5.5 pays half; worth, in money of 2026, (20 -
    11/1.1)/2 = 5."""
    general = keyed(PriceIndex(**named("general"), levels={2026: 1.0, 2027: 1.1}, long_run=0.1))
    found = answer(case_of(plain("P", cost=10.0, benefit=20.0, earliest=2027, latest=2027), budget("B", 0, 5.5, 0),
                           indices=general))
    assert share(found, "P") == pytest.approx(0.5)
    assert found.value == pytest.approx(5.0)


# --- time -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("first", "year", "rate", "value"), [
    (1.0, "2026", 0.0, 2.0), (0.0, "2027", 0.0, 2.0), (0.0, "2028", 0.1, 0.0),
    (1.0, "2026", 0.1, 1.1**-1 + 1.1**-2 + 1.1**-3 - 1)])
def test_a_late_start_is_credited_what_it_gives_up(first, year, rate, value):
    """Savings 1 a year, life 3, cost 1: F = 2026, H = 2029. Started in 2026: 2027 to 2029 = 3, less 1. In 2027 (no
    money before): 2, and the one of 2027 given up is credited for 2030. Discounted (start of the year), 2028: 2029,
    then 2027 and 2028 as 2030 and 2031: 1.1^-3 + 1.1^-4 + 1.1^-5, for 1.1^-2."""
    value = value if (year, rate) != ("2028", 0.1) else 1.1**-3 + 1.1**-4 + 1.1**-5 - 1.1**-2
    money = budget("B", first, 0 if year == "2028" else 1, 1)
    found = answer(case_of(plain("P", cost=1.0, savings=1.0, life=3.0), money, evaluation_last_year=2060,
                           discount_rate=rate))
    assert found.plan.start == {("P", year): pytest.approx(1.0)}
    assert found.value == pytest.approx(value)


def test_savings_and_outlays_are_discounted_to_mid_year():
    """The same at 10 %, mid-year: 1.1^-1.5 + 1.1^-2.5 + 1.1^-3.5 - 1.1^-0.5."""
    found = answer(case_of(plain("P", cost=1.0, savings=1.0, life=3.0), budget(), discount_rate=0.1,
                           discount_timing="mid"))
    assert found.value == pytest.approx(1.1**-1.5 + 1.1**-2.5 + 1.1**-3.5 - 1.1**-0.5, abs=1e-9)


def test_stated_benefit_of_a_later_start():
    """Benefit 11 if started in 2026; money only from 2027: D(1)/D(0) = 1/1.1, so 10, less a cost of 5 x 1/1.1."""
    found = answer(case_of(plain("P", cost=5.0, benefit=11.0), budget("B", 0, 5, 5), discount_rate=0.1))
    assert found.plan.start == {("P", "2027"): pytest.approx(1.0)}
    assert found.value == pytest.approx(10 - 5 / 1.1, abs=1e-9)


@pytest.mark.parametrize(("net", "granted", "value"), [(False, 0.0, 0.0), (True, 0.0, 4.0), (True, 3.0, 7.0),
                                                       (False, 3.0, 1.0)])
def test_gross_and_net_benefits(net, granted, value):
    """P spends 3 and 3 for a benefit of 4. Gross: 4 - 6 < 0, not done; with 3 from a free grant 4 - 3 = 1. Net: 4 is
    what is left after outlays at the budget's price; a free grant of 3 saves 3 of them."""
    grant = budget("G", granted, 0, 0, kind="grant", partner="US")
    found = answer(case_of(plain("P", spend={2026: 3.0, 2027: 3.0}, benefit=4.0), budget(), grant, benefit_is_net=net))
    assert found.value == pytest.approx(value)
    assert share(found, "P") == pytest.approx(1.0 if value else 0.0)


def test_net_benefit_of_a_project_that_brings_income():
    """Spends 3, brings 1, net 4: gross 4 + 3 - 1 = 6; the purse gets 6 + 1 - 3 = 4 again. With a free grant of 3 it
    gets 7."""
    for granted, value in ((0.0, 4.0), (3.0, 7.0)):
        grant = budget("G", granted, 0, 0, kind="grant", partner="US")
        found = answer(case_of(plain("P", spend={2026: 3.0, 2027: -1.0}, benefit=4.0), budget(), grant,
                               benefit_is_net=True))
        assert found.value == pytest.approx(value)


@pytest.mark.parametrize(("last", "mean"), [(1.0, 2.0), (0.0, 7 / 3)])
def test_crews_spread_starts_over_years(last, mean):
    """Three plants of 10 bn need one crew-year each (0.1 per bn); one crew: they end after 1, 2, 3 years, mean 2.
    Without the crew in 2028 the third is never done, which counts as 4 years: 7/3."""
    plants = [facility(key, cost=10.0) for key in ("A", "B1", "C")]
    crews = (Crew("build", None, {2026: 1.0, 2027: 1.0, 2028: last}, "test"),)
    found = answer(case_of(*plants, budget(), crews=crews, objective="earliest_finish", whole=True))
    assert found.value == pytest.approx(mean)
    assert sorted(t for _, t in found.plan.start) == ["2026", "2027", "2028"][: 2 + int(last)]


def test_crews_of_a_region_and_of_the_country_both_count():
    """R1 has one crew, the country two: a plant in R1 and one elsewhere each year. R1's two end after 1 and 2 years,
    R2's two as well."""
    plants = [facility(key, cost=10.0, region=region)
              for key, region in (("A", "R1"), ("A2", "R1"), ("C", "R2"), ("C2", "R2"))]
    crews = tuple(Crew("build", region, dict.fromkeys(EVERY, size), "test")
                  for region, size in ((None, 2.0), ("R1", 1.0)))
    regions = keyed(Region(**named("R1")), Region(**named("R2")))
    found = answer(case_of(*plants, budget(), crews=crews, regions=regions, objective="earliest_finish", whole=True))
    assert found.value == pytest.approx(1.5)
    assert sorted(p for p, t in found.plan.start if t == "2026")[0][0] == "A"


def test_km_a_year():
    """100 km, 40 a year: 40, 40, 20; mean finish (40 x 1 + 40 x 2 + 20 x 3)/100 = 1.8 years."""
    found = answer(case_of(package("N", km=100.0, unit_cost=0.1, km_per_year=40.0), budget(),
                           objective="earliest_finish"))
    assert found.value == pytest.approx(1.8)
    assert [km(found, y) for y in EVERY] == pytest.approx([40.0, 40.0, 20.0])


def quarters(*records, crews=()):
    case = case_of(*records, source("B", ceilings={2026: 100.0, 2027: 100.0}, available_to=2027), last_year=2027,
                   resolution="quarter",
                   objective="earliest_finish", whole=True, crews=crews)
    return edit(case, "asset_types", "plant", procurement_share=0.2)


def test_quarters_lead_time():
    """3 months of procurement and 6 of works from January: in service after the third quarter, 0.75 years. 7 months
    without procurement: also 3 quarters."""
    assert answer(quarters(facility("P", cost=10.0, procurement_months=3.0, works_months=6.0,
                                    latest=2027))).value == pytest.approx(0.75)
    assert answer(quarters(facility("P", cost=10.0, works_months=7.0, latest=2027))).value == pytest.approx(0.75)


def test_quarters_crews():
    """Two such plants need 0.5 crew-years in each of two quarters of works; 2 crews a year are 0.5 a quarter. The first
    works in Q2 and Q3, the second in Q4 and 2027Q1, so it starts in Q3: it ends after 5 quarters. Mean (0.75 + 1.25)/2
    = 1. Its last 4 of 10 bn fall into 2027."""
    plants = [facility(key, cost=10.0, procurement_months=3.0, works_months=6.0, latest=2027) for key in ("P", "Q")]
    found = answer(quarters(*plants, crews=(Crew("build", "R1", {2026: 2.0, 2027: 2.0}, "test"),)))
    assert found.value == pytest.approx(1.0)
    assert sorted(t for _, t in found.plan.start) == ["2026Q1", "2026Q3"]
    assert [drawn(found, "B", y) for y in (2026, 2027)] == pytest.approx([16.0, 4.0])


@pytest.mark.parametrize(("rate", "timing"), [(0.0, "start"), (0.1, "start"), (0.1, "mid")])
def test_quarters_savings(rate, timing):
    """6 months of works from January 2026, savings 1 a year to the end of 2028: a quarter of it in each of the six
    quarters 2026Q3 to 2027Q4, 0.5, 0.75 ... 1.75 years after 1 January 2026, then the whole of 2028, 2 years after.
    Mid: half a quarter and half a year later. Cost 0.5 in 2026."""
    shift = 0.5 if timing == "mid" else 0.0
    case = quarters(plain("P", cost=0.5, savings=1.0, works_months=6.0, latest=2027, life=50.0))
    changes = {"objective": "purse", "discount_rate": rate, "discount_timing": timing, "evaluation_last_year": 2028}
    case = edit(case, "sources", "B", draw_timing=timing)
    found = answer(replace(case, settings=replace(case.settings, **changes)))
    worth = sum(0.25 * (1 + rate) ** -((quarter + shift) / 4) for quarter in range(2, 8)) + (1 + rate) ** -(2 + shift)
    assert found.value == pytest.approx(worth - 0.5 * (1 + rate) ** -shift, abs=1e-9)
    if rate:
        assert found.plan.start == {("P", "2026Q1"): 1.0}


def test_quarters_share_km_of_a_year():
    """20 km a year over four quarters; 30 km: 20 in the first quarter of 2026, 10 in that of 2027: (20 x 0.25 + 10 x
    1.25)/30."""
    found = answer(quarters(package("N", km=30.0, unit_cost=0.1, km_per_year=20.0, latest=2027)))
    assert found.value == pytest.approx((20 * 0.25 + 10 * 1.25) / 30)
    assert km(found, 2026) == pytest.approx(20.0)


# --- targets and objectives -------------------------------------------------------------------------------------------

def two_regions(money, **more):
    nets = [package(f"N{region}", km=100.0, unit_cost=0.1, region=region) for region in ("R1", "R2")]
    goals = tuple(target(f"T@{region}", "km", 100.0, filter={"region": region}, **more) for region in ("R1", "R2"))
    return case_of(*nets, budget("B", money, 0, 0), targets=goals)


def test_a_shortage_is_spread_over_regions():
    """Money for 100 of 200 km: each misses 50 of 100 (the next km missed would cost slope 6 instead of 5): 2 x 0.1 x (1
    + 2 + 3 + 4 + 5) = 3."""
    found = answer(two_regions(10.0))
    assert found.plan.short == pytest.approx({"T@R1": 50.0, "T@R2": 50.0})
    assert stage_values(found)["priority_1"] == pytest.approx(3.0)
    assert stage_values(found)["spread_1"] == pytest.approx(0.5)


def test_all_is_missed():
    """No money: u = 1 twice: 0.1 x (1 + 2 + .. + 10) = 5.5 each."""
    found = answer(two_regions(0.0))
    assert stage_values(found)["priority_1"] == pytest.approx(11.0)
    assert found.plan.renew == {}


def test_a_hard_target_beyond_the_money_is_a_named_contradiction():
    with pytest.raises(Infeasible) as error:
        solved(two_regions(10.0, priority="hard"))
    assert {"at_least[T@R1]", "at_least[T@R2]", "ceiling[B,2026]"} <= set(error.value.conflict)
    assert answer(two_regions(20.0, priority="hard")).value == pytest.approx(-20.0)


@pytest.mark.parametrize(("price", "done", "value"), [(0.2, 100.0, -10.0), (0.1001, 100.0, -10.0), (0.0999, 0.0, -9.99),
                                                      (0.05, 0.0, -5.0)])
def test_a_priced_target_is_bought_when_its_price_exceeds_its_cost(price, done, value):
    """A km costs 0.1: 100 km for 10, or 100 km missed for 100 x price."""
    goal = target("T", "km", 100.0, priority="price", price=price)
    found = answer(case_of(package("N", km=100.0, unit_cost=0.1), budget(), targets=(goal,)))
    assert km(found) == pytest.approx(done)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(("first", "second", "done"), [("1", "2", "A"), ("2", "1", "C"), ("1", "3", "A")])
def test_priorities_come_one_after_another(first, second, done):
    """Money for one of A and C, each wanted by a target; the higher priority wins although C alone is worth
    something."""
    goals = tuple(target(f"T{p}", "facilities", 1.0, filter={"project": p}, priority=rank)
                  for p, rank in (("A", first), ("C", second)))
    found = answer(case_of(plain("A", cost=10.0), plain("C", cost=10.0, benefit=50.0), budget("B", 10, 0, 0),
                           targets=goals))
    assert share(found, done) == pytest.approx(1.0)
    assert stage_values(found)[f"priority_{min(first, second)}"] == pytest.approx(0.0)
    assert stage_values(found)[f"priority_{max(first, second)}"] == pytest.approx(5.5)


@pytest.mark.parametrize(("objective", "value", "starts"), [
    ("purse", 1.0, {("A", "2026")}), ("most_benefit", 8.0, {("C", "2026")}), ("least_cost", 5.0, {("A", "2026")})])
def test_objectives(objective, value, starts):
    """A costs 5 for 6, C 10 for 8; 10 of money, one facility at least. purse: 6 - 5 (C: -2); most_benefit: 8;
    least_cost: 5."""
    goal = (target("T", "facilities", 1.0),)
    found = answer(case_of(plain("A", cost=5.0, benefit=6.0), plain("C", cost=10.0, benefit=8.0), budget("B", 10, 0, 0),
                           targets=goal, objective=objective, whole=True))
    assert found.value == pytest.approx(value)
    assert set(found.plan.start) == starts


def test_earliest_finish_does_the_dearer_first():
    """10 a year: C (10 bn) first and A (5 bn) next: (10 x 1 + 5 x 2)/15 = 4/3; the other way 5/3."""
    found = answer(case_of(plain("A", cost=5.0), plain("C", cost=10.0), budget("B", 10, 10, 10),
                           objective="earliest_finish", whole=True))
    assert found.value == pytest.approx(4 / 3)
    assert set(found.plan.start) == {("C", "2026"), ("A", "2027")}


def test_least_cost_takes_income_off():
    """A (must) costs 2 and brings 5: least cost 2 - 5 = -3."""
    found = answer(case_of(plain("A", spend={2026: 2.0, 2027: -5.0}, must=True), budget(), objective="least_cost"))
    assert found.value == pytest.approx(-3.0)


def test_hard_limit_of_spending():
    """A km saves far more than it costs; spending of 2026 and 2027 together is at most 4 (hard): 40 km. 2028 is free: 3
    for 30 km."""
    goal = target("T", "spend", 4.0, 2027, year_first=2026, sense="<=", priority="hard")
    nets = package("N", km=100.0, unit_cost=0.1, savings=0.1, life=20.0)
    found = answer(case_of(nets, budget("B", 10, 10, 3), targets=(goal,)))
    assert km(found, 2026) + km(found, 2027) == pytest.approx(40.0)
    assert km(found, 2028) == pytest.approx(30.0)


def test_equal_target_has_a_shortfall_and_an_excess():
    """Draws on JP of 2026 shall be 4. P must be done and only JP pays: 10, an excess of 6, u = 1.5: 0.1 x (1 + .. + 9)
    + 10 x 0.6 = 10.5."""
    goal = target("T", "draw", 4.0, 2026, sense="=", filter={"partner": "JP"})
    found = answer(case_of(plain("P", cost=10.0, must=True, latest=2026), budget("G", kind="grant", partner="JP"),
                           targets=(goal,)))
    assert found.plan.excess == pytest.approx({"T": 6.0})
    assert stage_values(found)["priority_1"] == pytest.approx(10.5)


def test_share_done():
    """Of 10 bn (A), 20 bn (N, 10 of 200 km done) and 10 bn done (D), half by 2026: 10 + 1 of 40 are done, 9 more: the
    cheapest way is A alone at 8 (a grant pays 2) instead of 90 km for 9."""
    goal = target("T", "share_done", 0.5, 2026)
    records = [plain("A", cost=10.0), plain("D", cost=10.0, done=2025),
               package("N", km=200.0, unit_cost=0.1, done={2025: 10.0})]
    grant = budget("G", 2, 0, 0, kind="grant", partner="US", max_share=0.2)
    case = case_of(*records, budget(), grant, first_year=2025, targets=(goal,), rules=(rule("G", project="A"),),
                   objective="least_cost")
    found = answer(case)
    assert stage_values(found)["priority_1"] == pytest.approx(0.0, abs=1e-9)
    # 9/10 of A, of which the grant pays 20 % = 1.8.
    assert share(found, "A") == pytest.approx(0.9)
    assert found.value == pytest.approx(7.2)


@pytest.mark.parametrize(("price", "value", "done"), [(0.11, -10.0, 1.0), (0.05, -5.0, 0.0)])
def test_price_of_a_share_is_per_percentage_point(price, value, done):
    """One facility of 10 bn is 100 %: a percentage point costs 0.1 to do, or its price to miss."""
    goal = [{"target": "T", "measure": "share_done", "value": 100.0, "unit": "%", "price": price, "years": 2027}]
    found = answer(build(tables_of([{"facility": "F", "cost": 10.0}], targets=goal)))
    assert share(found, "F") == pytest.approx(done)
    assert found.value == pytest.approx(value)


def test_crews_grow_after_the_last_year_given():
    """1 crew-year in 2026, growing by 50 %: 1, 1.5. Plants of 10, 10 and 5 bn need 1, 1 and 0.5: one ends in 2026, the
    other two in 2027."""
    facilities = [{"facility": f"F{i}", "asset_type": "plant", "cost": cost}
                  for i, cost in enumerate((10.0, 10.0, 5.0))]
    kinds = [{"asset_type": "plant", "sector": "heat", "crew": "build", "crew_need": 0.1}]
    case = build(tables_of(facilities, asset_types=kinds, crews=[{"crew": "build", "growth": 50.0, "2026": 1.0}],
                           money=50.0))
    assert case.crews[0].capacity == pytest.approx({2026: 1.0, 2027: 1.5})
    found = answer(replace(case, settings=replace(case.settings, objective="earliest_finish")))
    assert found.value == pytest.approx((10 * 1 + 15 * 2) / 25)


# --- progress ---------------------------------------------------------------------------------------------------------

def test_what_is_done_counts_and_is_not_paid_again():
    """80 km by 2028, 30 done in 2025: 50 more for 5."""
    goal = target("T", "km", 80.0)
    found = answer(case_of(package("N", km=100.0, unit_cost=0.1, done={2025: 30.0}), budget(), first_year=2025,
                           targets=(goal,)))
    assert km(found) == pytest.approx(50.0)
    assert found.value == pytest.approx(-5.0)


@pytest.mark.parametrize(("status", "value", "done"), [("committed", -7.0, 1.0), (None, 0.0, 0.0)])
def test_committed_facilities_are_done_at_a_loss(status, value, done):
    """7 bn without a benefit: done if committed, not else."""
    progress = [{"project": "F", "year": 2025, "status": status}] if status else None
    found = answer(build(tables_of([{"facility": "F", "cost": 7.0}], progress=progress)))
    assert found.value == pytest.approx(value)
    assert share(found, "F") == done


def tables_of(facilities, money=10.0, **sheets):
    """A workbook planned for 2026 and 2027 from 2025 on, with one budget."""
    settings = [{"setting": "first_year", "value": 2025}, {"setting": "plan_from", "value": 2026},
                {"setting": "last_year", "value": 2027}]
    return minimal_tables(settings=settings, facilities=facilities, sources=[{"source_id": "S", "kind": "budget"}],
                          source_years=[{"source_id": "S", "2026": money, "2027": money}], **sheets)
