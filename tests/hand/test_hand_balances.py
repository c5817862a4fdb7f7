"""Balances of capacity, by hand: what a deficit costs, ties between areas, outages in the peak, a hard limit. 2026 to
2028, no discounting, money without end, unless said otherwise; a facility of 12 months that starts in a year is in
service from the next."""

import pytest

from jaryq.base.errors import Infeasible
from jaryq.case.areas import Balance, Tie
from jaryq.case.quantities import Quantity
from jaryq.case.works import Outage
from jaryq.factors.adequacy import out, peaks
from jaryq.factors.derive import derive
from tests.cases import condition, facility, keyed, named, source, target
from tests.hand.runs import answer
from tests.make import bare_case, stage_values

WINTER = frozenset({11, 12, 1, 2})


def capacity(key="mw", value=None, unit="MW"):
    return Quantity(**named(key), unit=unit, kind="level", value=value)


def figures(*values, first=2026):
    return {first + i: float(value) for i, value in enumerate(values)}


def balance(area, peak, available, **more):
    return Balance(**{"area": area, "unit": "MW", "origin": "balances!A4", "peak": peak, "available": available,
                      "quantity": "mw", "months": WINTER,
                      "priced_to": 2028, **more})


def tie(key, a, b, capacity, **more):
    return Tie(**named(key), a=a, b=b, unit="MW", capacity=capacity, **more)


def plant(key="F", mw=15.0, cost=10.0, **more):
    return facility(key, **{"asset_type": None, "cost": cost, "quantities": {"mw": mw}, **more})


def programme(*projects, **more):
    return bare_case(**{"facilities": keyed(*projects), "sources": keyed(source("B", envelope=1000.0)), "whole": True,
                        "evaluation_last_year": 2028, "quantities": keyed(capacity()), **more})


def one_area(*values, price=1.0, priced_to=2028, later=(), **more):
    """Peak 100; available 90, 80, 80 (then ``later``)."""
    available = figures(90, 80, 80, *later)
    return balance("South", dict.fromkeys(available, 100.0), available, price=price, priced_to=priced_to, **more)


def when(found):
    return {p: t for (p, t), part in found.plan.start.items() if part > 0.5}


def lacking(found, area="South"):
    return {y: amount for (b, y), amount in sorted(found.plan.deficit.items()) if b == f"{area}@MW" and amount > 1e-9}


# --- B1: a price ------------------------------------------------------------------------------------------------------

def test_a_deficit_with_a_price_is_worth_works():
    """15 MW against 10, 20, 20 missing at 1 bn per MW and year. Nothing: 50. Started 2026: 10 + 5 + 5, and 10 of cost:
    -30. 2027: 10 + 20 + 5 + 10 = 45; 2028: 60."""
    found = answer(programme(plant(), balances=(one_area(),)))
    assert found.value == pytest.approx(-30.0)
    assert when(found) == {"F": "2026"}
    assert lacking(found) == pytest.approx({2026: 10.0, 2027: 5.0, 2028: 5.0})


@pytest.mark.parametrize(("latest", "value"), [(2026, -30.0), (2027, -45.0), (2028, -60.0)])
def test_what_later_starts_cost(latest, value):
    """The same, F being bound to one year."""
    found = answer(programme(plant(must=True, earliest=latest), balances=(one_area(),)))
    assert found.value == pytest.approx(value)


def test_nothing_done_is_charged_in_full():
    """10 + 20 + 20 = 50, since 15 MW for 60 would cost more than they spare."""
    found = answer(programme(plant(cost=60.0), balances=(one_area(),)))
    assert (found.value, when(found)) == (pytest.approx(-50.0), {})


def test_energy_that_failures_leave_unsupplied_is_valued_once():
    """Of a plant that adds to a priced balance, and of its variant that does, lost energy counts as nothing in both
    paths: avoided risk is that of the money of a failure alone. A variant that adds nothing keeps it."""
    lossy = condition(pof_k=0.01, consequence=1.0, lost=2.0, lost_value=0.5, life=20.0)
    rows = [plant(sector="power", condition=lossy), plant("V", mw=0.0, option_of="F", sector="power", condition=lossy,
                                                          quantities={})]
    risks = [{key: derive(case).risk.avoided[key, "2026"] for key in ("F", "V")} for case in (
        programme(*rows, balances=(one_area(),)), programme(*rows, balances=(one_area(price=None),)))]
    # A failure costs 1, or 1 + 2 x 0.5.
    assert risks[1]["F"] == pytest.approx(2 * risks[0]["F"])
    assert risks[0]["V"] == pytest.approx(risks[1]["V"]) == pytest.approx(risks[1]["F"])


def test_capacity_is_valued_once():
    """A value of 0.5 bn per MW and year on the quantity of a priced balance changes nothing; in an area without a price
    15 MW in 2027 and 2028 are worth 15, less 10 of cost."""
    valued = {"quantities": keyed(capacity(value=0.5e9))}
    assert answer(programme(plant(), balances=(one_area(),), **valued)).value == pytest.approx(-30.0)
    assert answer(programme(plant(), balances=(one_area(price=None),), **valued)).value == pytest.approx(5.0)


@pytest.mark.parametrize(("must", "value"), [({}, -40.0), ({"must": True, "earliest": 2028}, -70.0)])
def test_the_last_figures_go_on_to_the_last_year_that_is_charged(must, value):
    """To 2030: the year after the last one speaks for 2029 and 2030. Nothing: 50 + 2 x 20 = 90; started 2026: 20 + 2 x
    5 + 10 = 40; 2028: 50 + 10 + 10."""
    found = answer(programme(plant(**must), balances=(one_area(priced_to=2030, later=(80,)),),
                             evaluation_last_year=2030))
    assert found.value == pytest.approx(value)


def test_a_price_that_ends_before_charges_less():
    """Charged to 2027 only: 10 + 5 + 10 of cost = 25 against 30 for nothing; the deficit of 2028 is told all the
    same."""
    found = answer(programme(plant(), balances=(one_area(priced_to=2027),)))
    assert (found.value, lacking(found)) == (pytest.approx(-25.0), pytest.approx({2026: 10.0, 2027: 5.0, 2028: 5.0}))


def test_a_reserve_comes_on_top_of_the_peak():
    """10 % of 100: 20, 30, 30 are missing, 15 with F: 20 + 15 + 15 + 10 = 60."""
    assert answer(programme(plant(), balances=(one_area(reserve=0.1),))).value == pytest.approx(-60.0)


@pytest.mark.parametrize("objective", ["purse", "least_cost", "most_benefit"])
def test_every_objective_is_charged(objective):
    """Money: 30 as above; benefits alone: F, whatever it costs: -20."""
    value = {"purse": -30.0, "least_cost": 30.0, "most_benefit": -20.0}[objective]
    assert answer(programme(plant(), balances=(one_area(),), objective=objective)).value == pytest.approx(value)


def test_discounting_stands_at_the_middle_of_a_year():
    """10 %, counted mid-year, nothing done: 10/1.1^0.5 + 20/1.1^1.5 + 20/1.1^2.5 = 42.511018."""
    case = programme(balances=(one_area(),), discount_rate=0.1, discount_timing="mid")
    assert answer(case).value == pytest.approx(-(10 / 1.1**0.5 + 20 / 1.1**1.5 + 20 / 1.1**2.5))


def test_deficits_that_nothing_weighs_are_told_as_they_are():
    """Neither priority nor price: F is worth nothing and not done; 10, 20, 20, though no tie-break is asked."""
    for more in ({}, {"tie_break": False}):
        found = answer(programme(plant(), balances=(one_area(price=None),), **more))
        assert (when(found), found.value) == ({}, pytest.approx(0.0))
        assert lacking(found) == pytest.approx({2026: 10.0, 2027: 20.0, 2028: 20.0})


# --- B2: ties ---------------------------------------------------------------------------------------------------------

AREAS = {"North": 130.0, "South": 60.0}
"""What is available; the peak is 100."""


def areas(years, **more):
    return tuple(balance(area, dict.fromkeys(years, 100.0), dict.fromkeys(years, there), **more)
                 for area, there in AREAS.items())


def two_areas(raised=None):
    """2026 and 2027; a tie of 10, and a line that raises it, done in 2026; priority 1."""
    line = [facility("L", asset_type=None, cost=1.0, must=True, latest=2026,
                     quantities={"tie_ns": raised})] if raised else []
    return programme(*line, balances=areas((2026, 2027), priority="1"),
                     ties=(tie("NS", "North", "South", figures(10, 10), quantity="tie_ns"),),
                     quantities=keyed(capacity(), capacity("tie_ns")), last_year=2027, evaluation_last_year=2027)


def one_year(*ties, prices=0, **more):
    return programme(balances=areas((2026,), **more), ties=ties, last_year=2026, evaluation_last_year=2026,
                     prices=prices)


def test_a_tie_brings_what_it_can():
    """South is short of 100 - 60 - 10 = 30 in both years: u = 0.3, 0.1 + 0.2 + 0.3 = 0.6 each."""
    found = answer(two_areas())
    assert lacking(found) == pytest.approx({2026: 30.0, 2027: 30.0})
    assert stage_values(found)["priority_1"] == pytest.approx(1.2)
    assert found.plan.flow == pytest.approx({("NS", "forth", "2026"): 10.0, ("NS", "forth", "2027"): 10.0})


@pytest.mark.parametrize(("raised", "north", "south"), [(15.0, 0.0, 15.0), (40.0, 5.0, 5.0)])
def test_works_raise_a_tie(raised, north, south):
    """A line done in 2026. By 15: South is short of 15 (0.1 + 2 x 0.05 = 0.2). By 40 the surplus of 30 binds: 10 are
    missing in all, and South 10 and North 0 costs 0.1 as 5 and 5 does. The largest of all rows is South in 2026 (0.3),
    so 2027 is settled by the cost alone: any split of 10 that keeps it."""
    found = answer(two_areas(raised))
    here = {area: lacking(found, area).get(2027, 0.0) for area in ("North", "South")}
    assert here["North"] + here["South"] == pytest.approx(north + south)
    if raised == 15.0:
        assert here == pytest.approx({"North": north, "South": south})
    assert stage_values(found)["priority_1"] == pytest.approx(0.6 + (0.2 if raised == 15.0 else 0.1))


def test_what_is_missing_together_is_spread():
    """One year, a tie of 50: 10 are missing in all; the largest share is least with 5 and 5."""
    found = answer(one_year(tie("NS", "North", "South", figures(50)), priority="1"))
    assert {b: amount for (b, _), amount in found.plan.deficit.items()} == pytest.approx({"North@MW": 5.0,
        "South@MW": 5.0})
    assert stage_values(found)["spread_1"] == pytest.approx(0.05)


def test_a_tie_of_nothing_is_two_balances():
    """South misses its 40, North nothing."""
    apart, tied = answer(one_year(price=1.0)), answer(one_year(tie("NS", "North", "South", figures(0)), price=1.0))
    assert apart.value == tied.value == pytest.approx(-40.0)
    assert not tied.plan.flow


def test_a_tie_works_both_ways():
    """The tie is named from South to North; what South needs flows back."""
    found = answer(one_year(tie("SN", "South", "North", figures(25)), price=1.0))
    assert found.plan.flow == pytest.approx({("SN", "back", "2026"): 25.0})
    assert found.value == pytest.approx(-15.0)


# --- B3: outages in the peak ------------------------------------------------------------------------------------------

def outage_case(start=None, resolution="quarter", **more):
    """2026 and 2027; available 100, peak 80; F of 50 MW, works of 12 months, the last six of them out."""
    window = {} if start is None else {"earliest": int(start[:4]), "latest": 2028}
    works = plant(must=True, mw=0.0, cost=1.0, benefit=0.0, outage=Outage(6.0, 50.0, "MW"), **window)
    area = balance("South", figures(80, 80, 80), figures(100, 100, 100), priority="1", priced_to=2028)
    return programme(works, balances=(area,), first_year=2026, resolution=resolution, **more)


@pytest.mark.parametrize(("start", "short"), [
    ("2026Q1", {2026: 30.0}), ("2026Q2", {2026: 30.0, 2027: 30.0}), ("2026Q3", {2027: 30.0}), ("2026Q4", {}),
    ("2027Q1", {2027: 30.0})])
def test_an_outage_in_the_peak_is_missing(start, short):
    """Out are the last six of twelve months. 2026Q1: July to December: 2026Q4 has 50 of 80. 2026Q2: October to March,
    both winters. 2026Q3: January to June. 2026Q4: April to September, no month of the peak. 2027Q1: July to December
    2027."""
    f = derive(outage_case())
    area = f.case.balances[0]
    missing = {}
    for peak in peaks(f)[area.id]:
        amount = out(f, area, peak).of.get(("start", ("F", start)), 0.0)
        if amount:
            missing[peak.year] = max(missing.get(peak.year, 0.0), amount - 20.0)
    assert missing == pytest.approx(short)


def test_works_that_must_be_done_wait_for_the_end_of_the_peak():
    """With a priority F starts in 2026Q4, the only one without a deficit."""
    found = answer(outage_case())
    assert (when(found), lacking(found)) == ({"F": "2026Q4"}, {})


def test_a_year_cannot_hide_its_peak():
    """Yearly periods: out July to December: 30 are missing in the year of the start, which is as good as any."""
    found = answer(outage_case(resolution="year"))
    assert sorted(lacking(found).values()) == pytest.approx([30.0])


# --- B4: hard ---------------------------------------------------------------------------------------------------------

def test_a_hard_limit_of_a_deficit_that_nothing_can_keep():
    """Of B1 in 2027: 5 are missing at least."""
    goal = target("D", "deficit", 0.0, 2027, sense="<=", priority="hard", unit="MW", scale=1.0)
    with pytest.raises(Infeasible):
        answer(programme(plant(), balances=(one_area(price=None),), targets=(goal,)))


def test_a_hard_limit_makes_works_start():
    """At most 5 in 2027: F must start in 2026."""
    goal = target("D", "deficit", 5.0, 2027, sense="<=", priority="hard", unit="MW", filter={"area": "South"})
    found = answer(programme(plant(), balances=(one_area(price=None),), targets=(goal,)))
    assert when(found) == {"F": "2026"}
    assert lacking(found) == pytest.approx({2026: 10.0, 2027: 5.0, 2028: 5.0})


# --- prices -----------------------------------------------------------------------------------------------------------

def test_prices_of_capacity_and_ties_are_two_plans():
    """South is short of 40 less 25 of the tie, at 1 bn a MW: one MW more of what is available there, or of the tie, is
    worth 1; of North, that has 5 to spare, nothing. A step is 1 % of 60, of 25 and of 130."""
    found = answer(one_year(tie("NS", "North", "South", figures(25)), price=1.0, prices=10))
    moves = {(price.kind, price.index[0]): (price.step, price.loosen.objective, price.tighten.objective)
             for price in found.prices}
    assert moves["available", "South@MW"] == pytest.approx((0.6, 0.6, -0.6))
    assert moves["tie", "NS"] == pytest.approx((0.25, 0.25, -0.25))
    assert ("available", "North@MW") not in moves or moves["available", "North@MW"][1:] == pytest.approx((0.0, 0.0),
        abs=1e-9)
