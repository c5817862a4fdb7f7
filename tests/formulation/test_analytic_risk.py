"""Condition and risk in whole answers, by hand: avoided risk as a benefit, variants by risk, the red zone first,
targets of condition. As in the other analytic cases: 2026 to 2028, constant prices, no discounting, divisible, unless
said otherwise.

Rates that do not move: a life of a thousand million years does not age; with C = 1 and K = 1 % a score of 6 fails 0.01
x (1 + 6 + 18 + 36) = 0.61 times a year, 3: 0.01 x (1 + 3 + 4.5 + 4.5) = 0.13, 1: 0.01 x (1 + 1 + 1/2 + 1/6) =
0.0266667.
"""

import math

import pytest

from tests.cases import bursts, changed, condition, edit, package, target
from tests.formulation.small import answer, budget, case_of, drawn, km, plain, share
from tests.make import program_of, stage_values

BAD, FAIR, NEW = 0.61, 0.13, 0.08 / 3


def steady(now=6.0, **more):
    """A score that stays: ``now`` today, 1 after works."""
    return condition(**{"pof_k": 0.01, "pof_c": 1.0, "floor": 1.0, "life": 1e9, "least": now, "most": now,
                        "consequence": 1.0, **more})


# --- avoided risk as a benefit ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("first", "year", "years"), [(1.0, "2026", 4), (0.0, "2027", 4)])
def test_avoided_risk_is_a_benefit(first, year, years):
    """0.61 - 0.0267 failures a year at 1 bn, from the year after the finish to the end of 2030; for 1 bn. Savings come
    on top. A year later: three of the four, and the first one, given up, is credited."""
    plant = plain("P", cost=1.0, savings=0.5, condition=steady())
    found = answer(case_of(plant, budget("B", first, 1, 1)))
    assert found.plan.start == {("P", year): pytest.approx(1.0)}
    assert found.value == pytest.approx(years * (BAD - NEW + 0.5) - 1.0)


def test_a_stated_benefit_holds_its_risk_already():
    found = answer(case_of(plain("P", cost=1.0, benefit=1.5, condition=steady()), budget()))
    assert found.value == pytest.approx(0.5)


@pytest.mark.parametrize(("replaced", "years"), [(2029, 2), (2031, 4), (2040, 4), (2027, 0), (2020, 0)])
def test_no_risk_is_avoided_after_it_would_be_replaced_anyway(replaced, years):
    """Works end in 2026; replaced in 2029: 2027 and 2028 count. Savings 1 a year run on to 2030."""
    found = answer(case_of(plain("P", cost=1.0, savings=1.0, condition=steady(replaced=replaced)), budget()))
    assert found.value == pytest.approx(4 * 1.0 + years * (BAD - NEW) - 1.0)


def test_what_is_not_supplied_has_its_price():
    """0.2 bn a failure and 500 Gcal at 0.004 bn: 2.2 bn."""
    found = answer(case_of(plain("P", cost=1.0, condition=steady(consequence=0.2, lost=500.0, lost_value=0.004)),
                           budget()))
    assert found.value == pytest.approx(4 * 2.2 * (BAD - NEW) - 1.0)


@pytest.mark.parametrize("resolution", ["year", "quarter"])
def test_avoided_risk_with_ageing_and_discounting(resolution):
    """A 132 kV transformer of 1986 found at a score of 8 by inspection, at 10 % (middle of the period), to the end of
    2030; works 12 months. 40 years old: b1 = ln(11)/60, H0 = 0.5 x 11^(40/60) = 2.47299, times 3.2 = 7.91. b2 =
    ln(7.91/0.5)/40 = 0.0690 (below 2 b1 = 0.0799), slowed by 1.5. New it starts at 0.5 (floor 4). Rates at the middle
    of each period, after 2028 of each year; the failure costs 3 bn."""
    c = condition(year_built=1986, observed=3.2, consequence=3.0)
    found = answer(case_of(plain("P", cost=0.1, life=50.0, condition=c, latest=2026), budget(), resolution=resolution,
                           discount_rate=0.1, discount_timing="mid", last_year=2028))
    k = 4 if resolution == "quarter" else 1
    h = 0.5 * 11 ** (40 / 60) * 3.2
    b2 = math.log(h / 0.5) / 40
    middles = [(1 + (i + 0.5) / k, 1 / k) for i in range(2 * k)] + [(3.5, 1.0), (4.5, 1.0)]

    def pof(score):
        x = 1.087 * min(max(score, 4.0), 15.0)
        return 0.000454 * (1 + x + x**2 / 2 + x**3 / 6)

    risk = sum(part * 1.1**-t * 3.0 * (pof(h * math.exp(b2 * t / 1.5)) - pof(0.5 * 11 ** ((t - 1) / 60)))
               for t, part in middles)
    # 7 % (score 8) to 10 % a year less 1.3 %, four years at 3 to 3.3 in all after discounting
    assert 3.0 * 3.0 * 0.058 < risk < 3.0 * 3.3 * 0.085
    assert found.value == pytest.approx(risk - 0.1 * 1.1**-0.5, abs=1e-9)


def test_avoided_bursts_of_a_km():
    """0.5 bursts per km and year, 10 % more each year, 0.1 renewed with the same growth; a burst costs 0.2 bn; a km
    0.1. Renewed in 2026 (v from its end), years to the end of 2030: at t = 1.5 .. 4.5."""
    net = package("N", km=10.0, unit_cost=0.1, bursts=bursts(rate=0.5, growth=0.1, after=0.1, consequence=0.2))
    found = answer(case_of(net, budget("B", 1, 0, 0)))
    per_km = 0.2 * sum(0.5 * 1.1**t - 0.1 * 1.1 ** (t - 1) for t in (1.5, 2.5, 3.5, 4.5))
    assert km(found, 2026) == pytest.approx(10.0)
    assert found.value == pytest.approx(10 * (per_km - 0.1))


# --- variants by risk -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("consequence", "chosen", "value"),
                         [(1.0, "R", 4 * (BAD - FAIR) - 1.0), (2.0, "N", 8 * (BAD - NEW) - 1.5), (0.3, None, 0.0)])
def test_the_variant_of_the_best_net_value_risk_included(consequence, chosen, value, whole):
    """Repair (1 bn) brings the score to 3, a new unit (1.5 bn) to 1; four years of avoided failures. At 1 bn a failure:
    1.92 - 1 against 2.333 - 1.5: repair; at 2 bn: 2.84 against 3.167: new; at 0.3 bn neither is worth its money:
    nothing is done and the risk stays."""
    ways = [plain("R", cost=1.0, condition=steady(health_after=3.0, consequence=consequence)),
            plain("N", cost=1.5, option_of="R", condition=steady(consequence=consequence))]
    found = answer(case_of(*ways, budget(), whole=whole))
    assert {p for p, _ in found.plan.start} == ({chosen} if chosen else set())
    assert found.value == pytest.approx(value)


def test_without_is_the_facility_with_is_the_variant():
    """The variant halves what a failure costs and is not renewed as far: without 0.61 x 1 (the facility's), with 0.13 x
    0.5 (its own)."""
    ways = [plain("R", cost=9.0, condition=steady()), plain("V", cost=1.0, option_of="R",
                                                            condition=steady(now=3.0, health_after=3.0,
                                                            consequence=0.5))]
    found = answer(case_of(*ways, budget("B", 1, 0, 0)))
    assert found.value == pytest.approx(4 * (BAD * 1.0 - FAIR * 0.5) - 1.0)
    none = edit(case_of(*ways, budget("B", 1, 0, 0)), "facilities", "V", condition=None)
    assert answer(none).value == pytest.approx(0.0)


# --- the red zone first -----------------------------------------------------------------------------------------------

def red_and_green(first, **more):
    """A, red, saves 1 a year, C, green, 3, to the end of 2030, at 10 %; 10 bn each, both must be done, 10 bn a year.
    What comes second gives up its 2027 for a 2031."""
    plants = [plain("A", cost=10.0, savings=1.0, must=True, own_zone="red"),
              plain("C", cost=10.0, savings=3.0, must=True)]
    return case_of(*plants, budget("B", 10, 10, 0), red_zone_first=first, discount_rate=0.1, **more)


@pytest.mark.parametrize("whole", [False, True])
def test_the_red_zone_first_and_what_it_costs(whole):
    """Three red years of A: mended from 2027 on 1/3 is left, from 2028 on 2/3. Second is worth 1.1^-1 - 1.1^-5 less per
    unit of savings: A first costs twice that."""
    years, less, cost = sum(1.1**-t for t in range(1, 5)), 1.1**-1 - 1.1**-5, 10 + 10 / 1.1
    free, held = (answer(red_and_green(first, whole=whole)) for first in (False, True))
    assert (free.value, held.value) == (pytest.approx(4 * years - less - cost),
                                        pytest.approx(4 * years - 3 * less - cost))
    assert stage_values(held)["red_zone"] == pytest.approx(1 / 3)
    assert held.red_cost.objective == pytest.approx(-2 * less)
    assert held.red_cost.shortfalls == {}
    assert free.red_cost is None
    assert "red_zone" not in stage_values(free)


def test_the_red_zone_comes_before_all_targets():
    """A target of priority 1 wants C in 2026: missed by 1 of 1 (5.5 of normalised shortfall) for the sake of A. At
    least cost nothing else changes."""
    goal = target("T", "facilities", 1.0, 2026, filter={"project": "C"})
    found = answer(red_and_green(True, targets=(goal,), whole=True, objective="least_cost"))
    assert set(found.plan.start) == {("A", "2026"), ("C", "2027")}
    assert found.red_cost.shortfalls == pytest.approx({"1": 5.5})
    assert found.red_cost.objective == pytest.approx(0.0, abs=1e-9)


def test_a_red_facility_without_money_stops_nothing():
    """Z is red and no source pays for it: its three of six red years stay; A's two are mended as before."""
    case = red_and_green(True)
    z = plain("Z", cost=50.0, own_zone="red")
    case = changed(case, facilities={**case.facilities, "Z": z})
    found = answer(case)
    assert share(found, "Z") == pytest.approx(0.0)
    assert stage_values(found)["red_zone"] == pytest.approx(4 / 6)


def test_red_by_its_score():
    """Red from 6.5. 40 years of 60 and an inspection: 7.91 is red in all years; 5.9 ages by 0.0617/1.5 a year: 6.15,
    6.41, 6.67: red at the end of 2028 only. Renewed to 7 it would be red again at once."""
    for observed, after, left in ((3.2, 0.5, 1 / 3), (2.386, 0.5, 0.0), (3.2, 7.0, None)):
        case = case_of(plain("P", cost=1.0, condition=condition(year_built=1986, observed=observed,
            health_after=after)), budget(), red_zone_first=True)
        names = program_of(case)[1].objectives
        if left is None:
            assert "red_zone" not in names
        else:
            assert stage_values(answer(case))["red_zone"] == pytest.approx(left)


def test_no_stage_where_nothing_is_red():
    case = case_of(plain("P", cost=1.0, savings=1.0), budget(), red_zone_first=True)
    found = answer(case)
    assert "red_zone" not in stage_values(found)
    assert found.red_cost is None


# --- targets of condition ---------------------------------------------------------------------------------------------

def wear_of(value, wear=0.6, **more):
    """100 km of pipes with a life of 20 years; mean wear at the end of 2028 at most ``value``."""
    net = package("N", **{"km": 100.0, "unit_cost": 0.1, "wear": wear, **more})
    return case_of(net, budget(), targets=(target("W", "wear", value, sense="<=", priority="hard"),),
                   objective="least_cost")


@pytest.mark.parametrize(("more", "renewed"), [({}, 100 / 3), ({"km_total": 200.0}, 200 / 3), ({"wear": 0.9}, 50.0),
                                               ({"done": {2025: 10.0}}, 30.0)])
def test_wear_is_met_with_the_fewest_km(more, renewed):
    """Untouched 0.6 + 3/20 = 0.75; a km renewed in 2028 has no wear at its end: 75 - 0.75 R = 50, R = 33.3, all in
    2028. Of 200 km in all 150 - 0.75 R = 100. Wear stops at 100 %: 100 - R = 50. What is done already belongs to no
    wear here: 0.75 (90 - R) = 45."""
    found = answer(wear_of(0.5, **more))
    assert km(found) == pytest.approx(renewed)
    assert km(found, 2028) == pytest.approx(renewed)


def test_wear_of_km_renewed_early():
    """In 2026 only: two years old at the end of 2028, 0.1: 75 - 0.65 R = 50."""
    assert km(answer(wear_of(0.5, latest=2026))) == pytest.approx(25 / 0.65)


def test_wear_is_a_mean_over_packages_by_length():
    """100 km at 0.75 and 300 km at 0.35 (0.2 + 3/20) are 0.45 on average; 0.4 asks for 0.05 x 400 = 20 of the 75 km of
    wear of the first: R = 20/0.75. A package without a known wear does not count."""
    nets = [package("N", km=100.0, unit_cost=0.1, wear=0.6), package("M", km=300.0, unit_cost=0.5, wear=0.2),
            package("X", km=900.0, unit_cost=0.01)]
    goal = target("W", "wear", 0.4, sense="<=", priority="hard")
    found = answer(case_of(*nets, budget(), targets=(goal,), objective="least_cost"))
    assert km(found) == pytest.approx(20 / 0.75)
    assert found.value == pytest.approx(0.1 * 20 / 0.75)


def test_wear_that_cannot_be_met_is_missed():
    """20 km a year: 60 km are 0.1, 0.05 and 0 worn at the end of 2028: 0.4 x 0.75 + 0.2 x 0.15 = 0.33; the target 0.3
    is missed by 0.03 (0.1 of it, at slope 1)."""
    net = package("N", km=100.0, unit_cost=0.1, wear=0.6, km_per_year=20.0)
    found = answer(case_of(net, budget(), targets=(target("W", "wear", 0.3, sense="<="),)))
    assert found.plan.short == pytest.approx({"W": 0.03})
    assert stage_values(found)["priority_1"] == pytest.approx(0.1)


def test_red_facilities_are_counted():
    """A and D red by decree, E by its score (9); at most one at the end of 2027: the two cheapest are mended. A variant
    counts for its facility."""
    plants = [plain("A", cost=10.0, own_zone="red"), plain("V", cost=4.0, option_of="A", own_zone="red"),
              plain("D", cost=6.0, own_zone="red"),
              plain("E", cost=5.0, condition=steady(now=9.0))]
    goal = target("R", "red_zone", 1.0, 2027, sense="<=", priority="hard")
    found = answer(case_of(*plants, budget(), targets=(goal,), objective="least_cost", whole=True))
    assert {p for p, _ in found.plan.start} == {"V", "E"}
    assert found.value == pytest.approx(9.0)


def test_what_is_done_ages_from_the_end_of_its_year():
    """Done in 2024 with a score of 6.1: on 31 December 2026 two years old, 6.1 x 11^(2/60/1.5) = 6.43; a year later
    6.61, red. So is the plan's own work, in 2026, by 31 December 2028: two years again is not, and it was red
    before."""
    rate = condition(year_built=1986, observed=3.2, health_after=6.1)
    plants = [plain("D", cost=1.0, done=2024, condition=rate),
              plain("P", cost=1.0, must=True, latest=2026, condition=rate)]
    goals = tuple(target(f"R{y}", "red_zone", 0.0, y, sense="<=") for y in (2026, 2027, 2028))
    found = answer(case_of(*plants, budget(), first_year=2024, targets=goals))
    assert found.plan.short == pytest.approx({"R2027": 1.0, "R2028": 1.0})


def test_expected_failures():
    """Two plants of 0.61 failures a year and 10 km of 0.5 bursts: 1.22 + 5 in 2027. 3 at most: renewing a km in 2026
    saves 0.4 for 0.1 bn, a plant 0.583 for 1 bn: (6.22 - 3)/0.4 = 8.05 km."""
    records = [plain("A", cost=1.0, condition=steady()), plain("C", cost=1.0, condition=steady()),
               package("N", km=10.0, unit_cost=0.1, bursts=bursts(rate=0.5, after=0.1))]
    goal = target("F", "failures", 3.0, 2027, sense="<=", priority="hard")
    found = answer(case_of(*records, budget(), targets=(goal,), objective="least_cost"))
    assert km(found) == pytest.approx(3.22 / 0.4)
    assert found.value == pytest.approx(0.805)


def test_failures_of_several_years_are_summed():
    """0.61 a year over 2026 to 2028: 1.83. Done in 2026 two years fail 0.0267 instead: 0.61 + 0.0533; half of it leaves
    1.2467."""
    goal = target("F", "failures", (1.83 + BAD + 2 * NEW) / 2, 2028, year_first=2026, sense="<=", priority="hard")
    found = answer(case_of(plain("P", cost=1.0, condition=steady(), latest=2026), budget(), targets=(goal,),
                           objective="least_cost"))
    assert share(found, "P") == pytest.approx(0.5)


@pytest.mark.parametrize(("unit", "value", "kind"), [("Gcal", 30.0, "heat"), ("MWh", 30.0, "power"),
                                                     ("thousand m3", 30.0, "water"), ("thousand m3", 30.0, "sewer")])
def test_what_is_not_supplied_counts_by_unit(unit, value, kind):
    """100 units a failure: 61 a year; a second plant of another sector has no say. At most 30 in 2027: (61 - 30)/58.33
    of the plant in 2026."""
    other = "power" if kind != "power" else "heat"
    plants = [plain("P", cost=1.0, sector=kind, condition=steady(lost=100.0), latest=2026),
              plain("O", cost=1.0, sector=other, condition=steady(lost=999.0))]
    goal = target("N", "not_supplied", value, 2027, sense="<=", priority="hard", unit=unit)
    found = answer(case_of(*plants, budget(), targets=(goal,), objective="least_cost"))
    assert share(found, "P") == pytest.approx(31 / (100 * (BAD - NEW)))
    assert share(found, "O") == pytest.approx(0.0)


def test_losses():
    """100 Gcal a km and year on 50 km, 40 after renewal; 2000 less in 2028: 2000/60 km by 2027. Km that are renewed in
    2028 save nothing in 2028."""
    net = package("N", km=50.0, unit_cost=0.1, losses=100.0, losses_after=40.0)
    goal = target("L", "losses", 3000.0, 2028, sense="<=", priority="hard", unit="Gcal")
    found = answer(case_of(net, budget(), targets=(goal,), objective="least_cost"))
    assert km(found, 2026) + km(found, 2027) == pytest.approx(2000 / 60)
    assert drawn(found, "B") == pytest.approx(0.1 * 2000 / 60)


def test_failures_within_a_year_of_quarters():
    """6 months of works from January 2026: in service in Q3 and Q4, half a year of 0.583 less: 0.61 - 0.2917 in
    2026."""
    goal = target("F", "failures", BAD - (BAD - NEW) / 2 + 1e-6, 2026, sense="<=", priority="hard")
    found = answer(case_of(plain("P", cost=1.0, works_months=6.0, condition=steady()), budget(), targets=(goal,),
                           objective="least_cost", resolution="quarter", whole=True))
    assert found.plan.start == {("P", "2026Q1"): 1.0}
