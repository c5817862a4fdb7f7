"""The works themselves in whole answers, by hand: order, variants, shared trenches, crews, outages, routes,
commitments, the last plan. As in the other analytic cases: 2026 to 2028, constant prices, no discounting, divisible,
unless said otherwise."""

from dataclasses import replace

import pytest

from jaryq.case.build import build
from jaryq.case.case import Crew, PriceIndex, Region
from jaryq.case.works import YEAR, Before, Outage, OutageLimit, Paid, Trench, months_between
from tests.cases import facility, keyed, named, package, target
from tests.formulation.small import EVERY, answer, budget, case_of, drawn, km, plain, share
from tests.make import stage_values
from tests.workbooks import minimal_tables

SOONEST = {"objective": "earliest_finish"}


def when(found):
    return {p: t for (p, t), part in found.plan.start.items() if part > 0.5}


# --- order ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("months", "procurement", "after", "mean"), [
    (12.0, 0.0, (), 1.0), (12.0, 0.0, ("Q",), 1.5), (12.0, 12.0, ("Q",), 1.5), (24.0, 0.0, ("Q",), 2.5)])
@pytest.mark.parametrize("whole", [False, True])
def test_works_wait_for_another_facility(months, procurement, after, mean, whole):
    """Q takes 1 year (2): in service from 2027 (2028). P works in the year after that: mean (1 + 2)/2, (2 + 3)/2. A
    year of procurement goes on meanwhile: the works wait, not the start."""
    projects = [plain("Q", cost=10.0, works_months=months), plain("P", cost=10.0, procurement_months=procurement,
        after=after)]
    found = answer(case_of(*projects, budget(), **SOONEST, whole=whole))
    assert found.value == pytest.approx(mean)


def test_order_in_quarters():
    """Q: 6 months from January. P buys for 3 months and works for 3, after Q and Z (3 months): its works begin in Q3,
    it starts in Q2. Ends: 0.5, 0.25, 0.75."""
    projects = [plain("Q", cost=10.0, works_months=6.0), plain("Z", cost=10.0, works_months=3.0),
                plain("P", cost=10.0, procurement_months=3.0, works_months=3.0, after=("Q", "Z"))]
    found = answer(case_of(*projects, budget(), **SOONEST, whole=True, resolution="quarter"))
    assert found.plan.start == {("P", "2026Q2"): 1.0, ("Q", "2026Q1"): 1.0, ("Z", "2026Q1"): 1.0}
    assert found.value == pytest.approx(0.5)


def test_what_is_done_or_started_keeps_nothing_waiting():
    """After D, done: at once. S has started, so it no longer waits for Q; R waits for S, which ends in 2026."""
    projects = [plain("D", cost=1.0, done=2025), plain("P", cost=10.0, after=("D",)),
                plain("Q", cost=10.0, earliest=2028),
                plain("S", cost=10.0, works_months=24.0, started=12.0, must=True, after=("Q",)),
                plain("R", cost=10.0, after=("S",))]
    found = answer(case_of(*projects, budget(), **SOONEST, first_year=2025, whole=True))
    assert when(found) == {"P": "2026", "Q": "2028", "S": "2026", "R": "2027"}


@pytest.mark.parametrize(("cost", "value"), [(10.0, 5.0), (16.0, 0.0)])
def test_what_is_worth_nothing_is_done_for_what_waits_for_it(cost, value):
    """P: 20 for 5. Q, worth nothing, must come first: 20 - 5 - 10; not at 16."""
    found = answer(case_of(plain("Q", cost=cost, benefit=0.0), plain("P", cost=5.0, benefit=20.0, after=("Q",)),
                           budget()))
    assert found.value == pytest.approx(value)


def test_half_in_service_lets_half_begin():
    """Money for half of Q in 2026 (5 of 10): half of P in 2027 at most, although P alone has money: 0.5 x 20 - 5 -
    2.5."""
    found = answer(case_of(plain("Q", cost=10.0, benefit=0.0, latest=2026),
                           plain("P", cost=5.0, benefit=20.0, latest=2027, after=("Q",)), budget("B", 5, 50, 0)))
    assert share(found, "P") == pytest.approx(0.5)
    assert found.value == pytest.approx(2.5)


def test_a_variant_is_as_good_to_wait_for():
    """P waits for Q; Q's other variant V takes a year, Q two: with V first P ends in 2027."""
    projects = [plain("Q", cost=10.0, works_months=24.0), plain("V", cost=12.0, option_of="Q"),
                plain("P", cost=5.0, benefit=50.0, latest=2027, after=("Q",))]
    found = answer(case_of(*projects, budget(), whole=True))
    assert when(found) == {"V": "2026", "P": "2027"}


# --- variants ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("money", "chosen", "value"), [(100.0, "G", 6.0), (9.0, "F", 4.0), (1.0, None, 0.0)])
def test_at_most_one_variant(money, chosen, value):
    """F: 10 for 6, G: 16 for 10, H: 14 for 9. All together would be worth 15; only one is done, the best that the money
    buys."""
    ways = [plain("F", cost=6.0, benefit=10.0), plain("G", cost=10.0, benefit=16.0, option_of="F"),
            plain("H", cost=9.5, benefit=14.0, option_of="F")]
    found = answer(case_of(*ways, budget("B", money, 0, 0), whole=True))
    assert set(when(found)) == ({chosen} if chosen else set())
    assert found.value == pytest.approx(value)


def test_a_variant_counts_once_with_the_weight_of_its_facility():
    """F (10 bn, not counted) or its variant G (30 bn, counted), and P (10 bn): half of the 20 bn done by G alone, 1
    facility by G or P."""
    ways = [plain("F", cost=10.0, counts=False), plain("G", cost=30.0, option_of="F"),
            plain("P", cost=10.0, latest=2026)]
    half = target("T", "share_done", 0.5, 2026)
    found = answer(case_of(*ways, budget("B", 30, 0, 0), targets=(half, target("N", "facilities", 1.0, 2026)),
                           whole=True, objective="least_cost"))
    assert when(found) == {"P": "2026"}  # cheapest: half of 20 and one facility
    found = answer(case_of(*ways[:2], plain("P", cost=10.0, latest=2025), budget("B", 30, 0, 0),
                           targets=(half, target("N", "facilities", 1.0, 2026)), whole=True, objective="least_cost"))
    assert when(found) == {"G": "2026"}
    assert stage_values(found)["priority_1"] == pytest.approx(0.0)


def test_the_mean_finish_counts_a_facility_once():
    """F (10 bn, a year) or its dearer variant G (30 bn, two years), and P (10 bn): both in service after a year,
    whatever the variant costs."""
    ways = [plain("F", cost=10.0), plain("G", cost=30.0, works_months=24.0, option_of="F"), plain("P", cost=10.0)]
    found = answer(case_of(*ways, budget(), **SOONEST, whole=True))
    assert set(when(found)) == {"F", "P"}
    assert found.value == pytest.approx(1.0)


# --- shared trenches --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("late", "pace", "cost"), [(2026, None, 1.82), (2027, None, 2.0), (2026, 4.0, 1.88)])
def test_a_shared_trench_saves(late, pace, cost):
    """10 km each at 0.1, both in 2026; 0.03 less for the 6 km that they share: 2 - 0.18. Not if the water comes a year
    later. With 4 km of heat in 2026 and the rest later, water all in 2026: 4 shared."""
    nets = [package("H", km=10.0, unit_cost=0.1, km_per_year=pace, latest=2026 if pace is None else 2028),
            package("W", km=10.0, unit_cost=0.1, sector="water", earliest=late, latest=late)]
    goal = target("T", "km", 20.0, priority="hard")
    found = answer(case_of(*nets, budget(), targets=(goal,), trenches=(Trench("H", "W", 6.0, 0.03, "test"),),
                           objective="least_cost"))
    assert found.value == pytest.approx(cost)
    assert sum(found.plan.joint.values()) == pytest.approx((2.0 - cost) / 0.03, abs=1e-9)


def test_sharing_is_worth_waiting_for():
    """A km of heat saves 0.02 a year to the end of 2030 and costs 0.1: alone in 2026 -0.1 + 4 x 0.02; with the water of
    2027 0.05 less a year later: 0.03 (the saving of 2027 that is given up is credited after the end)."""
    nets = [package("H", km=10.0, unit_cost=0.1, savings=0.02),
            package("W", km=10.0, unit_cost=0.1, sector="water", earliest=2027, latest=2027)]
    goal = target("T", "km", 10.0, filter={"project": "W"}, priority="hard")
    found = answer(case_of(*nets, budget(), targets=(goal,), trenches=(Trench("H", "W", 10.0, 0.05, "test"),)))
    assert found.plan.renew == pytest.approx({("H", "2027"): 10.0, ("W", "2027"): 10.0})
    assert found.value == pytest.approx(10 * (0.05 - 0.1 + 4 * 0.02) - 1.0)


# --- crews ------------------------------------------------------------------------------------------------------------

def short_of_crews(extra, lend, **more):
    """P in R1 must be done in 2026 and needs 1.5 crew-years; R1 has 1, R2 another 1 that is idle. Half may be added,
    half may be lent."""
    crews = (Crew("build", "R1", dict.fromkeys(EVERY, 1.0), "test", extra_share=0.5, extra_cost=extra, lend_cost=lend),
             Crew("build", "R2", dict.fromkeys(EVERY, 1.0), "test", lend_share=0.5))
    regions = keyed(Region(**named("R1")), Region(**named("R2")))
    return case_of(facility("P", cost=15.0, must=True, latest=2026), budget(), crews=crews, regions=regions,
                   objective="least_cost", **more)


@pytest.mark.parametrize(("extra", "lend", "premium", "how"),
                         [(0.05, 0.02, 0.01, "borrowed"), (0.02, 0.05, 0.01, "extra")])
def test_the_cheaper_of_lending_and_overtime(extra, lend, premium, how):
    """0.5 crew-years short: 0.5 x 0.02, by whichever costs it."""
    found = answer(short_of_crews(extra, lend))
    assert found.value == pytest.approx(15.0 + premium)
    assert getattr(found.plan, how) == pytest.approx({("build@R1", "2026"): 0.5})
    assert found.plan.lent == (pytest.approx({("build@R2", "2026"): 0.5}) if how == "borrowed" else {})


def test_both_where_one_is_not_enough_and_prices_of_the_year():
    """P needs 1.9: 0.5 borrowed at 0.02 and 0.4 of overtime at 0.05. Prices rise 10 % a year from 2026 on and 2026 is
    discounted by half a year at 10 %: premiums keep their real value."""
    general = keyed(PriceIndex(**named("general"), levels={2026: 1.0, 2027: 1.1}, long_run=0.1))
    case = short_of_crews(0.05, 0.02, indices=general, discount_rate=0.1, discount_timing="mid")
    case = replace(case, facilities=keyed(facility("P", cost=19.0, must=True, latest=2026)))
    assert answer(case).value == pytest.approx((19.0 + 0.01 + 0.02) / 1.1**0.5)


def test_what_is_lent_is_missed_at_home():
    """R2 has a plant of its own that needs all of its crew in 2026: its delay or P's overtime. Both must be done, R2's
    by 2027: it works in 2027."""
    crews = (Crew("build", "R1", dict.fromkeys(EVERY, 1.0), "test", extra_share=0.5, extra_cost=9.0),
             Crew("build", "R2", dict.fromkeys(EVERY, 1.0), "test", lend_share=0.5))
    regions = keyed(Region(**named("R1")), Region(**named("R2")))
    plants = [facility("P", cost=15.0, must=True, latest=2026),
              facility("Q", cost=10.0, must=True, latest=2027, region="R2", savings=1.0)]
    found = answer(case_of(*plants, budget(), crews=crews, regions=regions, whole=True))
    assert when(found) == {"P": "2026", "Q": "2027"}
    assert found.plan.lent == pytest.approx({("build@R2", "2026"): 0.5})


def test_a_premium_too_dear_leaves_the_works_undone():
    """P brings 16 for 15 and needs 0.5 crew-years too many at 3 each: 16 - 16.5 < 0. Two thirds of it need no premium:
    2/3."""
    case = short_of_crews(3.0, 3.0)
    case = replace(case, facilities=keyed(facility("P", cost=15.0, benefit=16.0, latest=2026)),
                   settings=replace(case.settings, objective="purse"))
    found = answer(case)
    assert share(found, "P") == pytest.approx(2 / 3)
    assert found.value == pytest.approx(2 / 3)


def test_stated_needs_take_the_place_of_the_kind():
    """P and Q of 10 bn need 1 crew-year each by their kind; Q states 3 lifts at once and no builders. Two lifts until
    2027, three in 2028: Q waits for them, P does not."""
    crews = (Crew("build", None, dict.fromkeys(EVERY, 1.0), "test"),
             Crew("lift", None, {2026: 2.0, 2027: 2.0, 2028: 3.0}, "test"))
    plants = [facility("P", cost=10.0), facility("Q", cost=10.0, crews={"lift": 3.0})]
    found = answer(case_of(*plants, budget(), crews=crews, **SOONEST, whole=True))
    assert when(found) == {"P": "2026", "Q": "2028"}


# --- outages and seasons ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("resolution", "ends"), [("quarter", (0.5, 0.75, 1.5)), ("year", (1.0, 1.0, 2.0))])
def test_outages_take_turns(resolution, ends):
    """Three boiler houses of 90 Gcal/h, 6 months of works, out for 2 of the open months May to September; the region
    spares 90. Quarters: out on average 60 of a quarter's 90 (60 of them in Q2, when two of three months are open): one
    at a time. From January (out in May and June), from April (August and September); the third not from July (August,
    September again) nor October (nothing open) but from January 2027. Years: 15 each of 90 x 5/12 = 37.5: two a
    year."""
    plants = [facility(key, cost=10.0, works_months=6.0, latest=2027, outage=Outage(2.0, 90.0, "Gcal/h", seasonal=True))
              for key in ("A", "B", "C")]
    more = {"regions": keyed(Region(**named("R1"), open_months=months_between(5, 9))),
            "outages": (OutageLimit("R1", "Gcal/h", 90.0, "test"),), "last_year": 2027}
    found = answer(case_of(*plants, budget("M"), **more, **SOONEST, whole=True, resolution=resolution))
    assert found.value == pytest.approx(sum(ends) / 3)


def test_capacity_out_of_service_without_a_season():
    """60 and 50 MW, out all of their 12 months; the region spares 100: one after the other. With 110 at once."""
    plants = [facility(key, cost=10.0, outage=Outage(12.0, size, "MW")) for key, size in (("A", 60.0), ("B", 50.0))]
    for limit, mean in ((100.0, 1.5), (110.0, 1.0)):
        found = answer(case_of(*plants, budget(), **SOONEST, whole=True,
                               outages=(OutageLimit("R1", "MW", limit, "test"),)))
        assert found.value == pytest.approx(mean)


def test_pipes_are_renewed_in_season():
    """10 km, 8 a year, May to September: 2/5 of 8 = 3.2 in Q2, 4.8 in Q3 of 2026, 2 in Q2 of 2027: (3.2 x 0.5 + 4.8 x
    0.75 + 2 x 1.5)/10."""
    regions = keyed(Region(**named("R1"), open_months=months_between(5, 9)))
    net = package("N", km=10.0, unit_cost=0.1, km_per_year=8.0, latest=2027, seasonal=True)
    found = answer(case_of(net, budget(), regions=regions, **SOONEST, resolution="quarter", last_year=2027))
    assert found.plan.renew == pytest.approx({("N", "2026Q2"): 3.2, ("N", "2026Q3"): 4.8, ("N", "2027Q2"): 2.0})
    assert found.value == pytest.approx((3.2 * 0.5 + 4.8 * 0.75 + 2 * 1.5) / 10)


@pytest.mark.parametrize(("season", "ends"), [(YEAR, (0.5, 1.0, 1.25)), (months_between(7, 9), (0.75, 0.75, 1.75))])
def test_crews_of_a_season(season, ends):
    """P and Q: 6 months, 1 crew-year each; Z: 3 months at 0.8 crews, 0.2; 2 crew-years a year. All year: 0.5 a quarter,
    one after another. July to September: all 2 in the third quarter, where P and Q, begun in April, have all their
    crews at work; Z comes in the next summer."""
    crews = (Crew("build", "R1", {2026: 2.0, 2027: 2.0}, "test", season=season),)
    plants = [facility(key, cost=10.0, works_months=6.0, latest=2027) for key in ("P", "Q")]
    case = case_of(*plants, facility("Z", cost=2.0, works_months=3.0, latest=2027, crews={"build": 0.8}), budget(),
                   crews=crews, **SOONEST, whole=True, resolution="quarter", last_year=2027)
    assert answer(case).value == pytest.approx((10 * ends[0] + 10 * ends[1] + 2 * ends[2]) / 22)


def price(found, kind):
    """Change of the value per unit of a limit, loosened and tightened."""
    (one,) = (p for p in found.prices if p.kind == kind)
    return one.loosen.objective / one.step, one.tighten.objective / one.step


@pytest.mark.parametrize("season", [YEAR, months_between(4, 9)])
def test_price_of_a_crew_year(season):
    """40 bn need 4 crew-years in a quarter of works; 2 a year are enough for half of it, over whatever quarters of the
    season: one more crew-year is a quarter more of the project, 0.25 x (80 - 40)."""
    crews = (Crew("build", None, {2026: 2.0}, "test", season=season),)
    plant = facility("P", cost=40.0, benefit=80.0, works_months=3.0, latest=2026)
    found = answer(case_of(plant, budget(), crews=crews, resolution="quarter", last_year=2026, prices=5))
    assert found.value == pytest.approx(20.0)
    assert price(found, "crews") == pytest.approx((10.0, -10.0))


def test_price_of_room_for_outages():
    """Two plants of 50 MW for 10 bn, worth 30, in 2026; 60 MW may be out: 1.2 of them. A MW more is 1/50 of a plant,
    0.02 x 20."""
    plants = [facility(key, cost=10.0, benefit=30.0, latest=2026, outage=Outage(12.0, 50.0, "MW"))
              for key in ("A", "B")]
    found = answer(case_of(*plants, budget(), outages=(OutageLimit("R1", "MW", 60.0, "test"),), prices=5))
    assert found.value == pytest.approx(24.0)
    assert price(found, "outage") == pytest.approx((0.4, -0.4))


# --- routes -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("delay", "end"), [(0.0, 1.0), (6.0, 1.5)])
def test_a_late_route_moves_the_finish(delay, end):
    """3 months of procurement, 3 on the way, 6 of works: 4 quarters. Half a year late: 6 quarters. Pipes are bought
    ahead: the route does not count for them."""
    kinds = [{"asset_type": "chp", "sector": "heat", "procurement_months": 3.0, "works_months": 6.0, "route": "sea"},
             {"asset_type": "pipe", "sector": "heat", "route": "sea"}]
    settings = {"first_year": 2026, "last_year": 2028, "resolution": "quarter", "objective": "earliest_finish",
                "prices": 0}
    tables = minimal_tables(
        settings=[{"setting": name, "value": value} for name, value in settings.items()], source_years=None,
        asset_types=kinds,
        facilities=[{"facility": "F", "cost": 10.0, "asset_type": "chp"}],
        routes=[{"route": "sea", "lead_months": 3.0, "delay_months": delay}],
        networks=[{"package": "N", "asset_type": "pipe", "km": 10.0, "unit_cost": 100.0}])
    found = answer(build(tables))
    assert found.value == pytest.approx((10 * end + 1 * 0.25) / 11)


# --- commitments and the last plan ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("spent", "paid", "granted"), [(6.0, 2.0, 3.0), (6.0, 5.0, 0.0), (6.0, 6.0, 0.0),
                                                        (6.0, 0.0, 4.0), (0.0, 0.0, 2.0)])
def test_a_started_project_keeps_its_largest_share(spent, paid, granted):
    """4 to pay. Of all spending, 6 before included, the grant may pay half: 5 less what it has paid, never less than
    nothing, and no more than the 4."""
    rows = tuple(Paid("P", s, 2025, amount) for s, amount in (("G", paid), ("B", spent - paid)) if amount)
    grant = budget("G", kind="grant", partner="US", max_share=0.5)
    found = answer(case_of(plain("P", cost=4.0, works_months=24.0, started=12.0, must=True), budget(), grant, paid=rows,
                           first_year=2025))
    assert drawn(found, "G") == pytest.approx(granted)
    assert found.value == pytest.approx(granted - 4.0)


def test_money_spent_before_counts_against_the_envelope():
    """An envelope of 5, 2 spent on what is done and 1 on what goes on: 2 are left of the free grant."""
    rows = (Paid("D", "G", 2024, 2.0), Paid("P", "G", 2025, 1.0))
    projects = [plain("D", cost=9.0, done=2025), plain("P", cost=4.0, works_months=24.0, started=12.0, must=True)]
    found = answer(case_of(*projects, budget(), budget("G", kind="grant", partner="US", envelope=5.0), paid=rows,
                           first_year=2024))
    assert drawn(found, "G") == pytest.approx(2.0)


def two_plants(stability, before, **more):
    """A and C, 10 bn each, 10 bn a year in 2026 and 2027, at 10 %; C saves 3 a year, A 1, to the end of 2030. What
    comes second has its first year at the end instead: 1.1^-1 - 1.1^-5 = 0.288170 less per unit, so A first is worth 2
    x 0.288170 less than C first."""
    plants = [plain("A", cost=10.0, savings=1.0, must=True), plain("C", cost=10.0, savings=3.0, must=True)]
    return case_of(*plants, budget("B", 10, 10, 0), stability=stability, before=Before(before, {}), whole=True,
                   discount_rate=0.1, **more)


LATER = 1.1**-1 - 1.1**-5
A_FIRST = 4 * sum(1.1**-t for t in range(1, 5)) - 3 * LATER - 10 - 10 / 1.1


@pytest.mark.parametrize(("stability", "first", "value"), [
    (0.0, "C", A_FIRST + 2 * LATER), (0.012, "C", A_FIRST + 2 * LATER - 0.48), (0.016, "A", A_FIRST)])
def test_the_last_plan_is_kept_below_a_threshold(stability, first, value):
    """The last plan had A first. Turning round moves both: (1 + 1) x 10 each, 40 in all, for a gain of 0.57634: given
    up at 1.44 % and more."""
    found = answer(two_plants(stability, {("A", "2026"): 1.0, ("C", "2027"): 1.0}))
    assert when(found)[first] == "2026"
    assert found.value == pytest.approx(value)


def test_a_quarterly_last_plan_is_met_by_its_year():
    """Any quarter of 2026 is 2026 today; a project that is no longer there is left out."""
    found = answer(two_plants(0.016, {("A", "2026Q3"): 1.0, ("C", "2027Q1"): 1.0, ("gone", "2026Q1"): 1.0}))
    assert found.value == pytest.approx(A_FIRST)


@pytest.mark.parametrize(("percent", "first"), [(1.2, "C"), (1.6, "A")])
def test_the_last_plan_of_a_workbook(percent, first):
    """The same through sheets last_plan and settings; periods may be numbers."""
    settings = {"first_year": 2026, "last_year": 2028, "evaluation_last_year": 2030, "discount_timing": "start",
                "discount_rate": 10, "stability": percent, "prices": 0, "gap": 0}
    tables = minimal_tables(
        settings=[{"setting": name, "value": value} for name, value in settings.items()],
        facilities=[{"facility": key, "cost": 10.0, "savings": saved, "must_do": True}
                    for key, saved in (("A", 1.0), ("C", 3.0))],
        source_years=[{"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": 0.0}],
        last_plan=[{"project": "A", "period": 2026, "share": 1.0}, {"project": "C", "period": "2027", "share": 1.0}])
    assert when(answer(build(tables)))[first] == "2026"


def test_what_is_new_and_what_is_dropped_is_a_change():
    """The last plan had only A, in 2026, which is worth nothing any more (10 for 9); N is new (10 for 14). At 10 %:
    keeping A costs 1 of value, dropping it 1; N costs a change of 1. At 11 %: A is kept (-1), N done at 4 - 1.1."""
    for price, value, kept in ((0.09, 4.0 - 0.9 - 0.9, {"N"}), (0.11, -1.0 + 4.0 - 1.1, {"A", "N"})):
        projects = [plain("A", cost=10.0, benefit=9.0), plain("N", cost=10.0, benefit=14.0)]
        found = answer(case_of(*projects, budget(), stability=price, before=Before({("A", "2026"): 1.0}, {}),
                               whole=True))
        assert set(when(found)) == kept
        assert found.value == pytest.approx(value)


@pytest.mark.parametrize(("stability", "early"), [(0.0, 20.0), (0.011, 20.0), (0.013, 5.0)])
def test_km_of_the_last_plan(stability, early):
    """20 km at 0.1, 15 of them in 2027 by the last plan. A year sooner is worth 0.04 x (1.1^-1 - 1.1^-5) - 0.1 x (1 -
    1/1.1) = 0.002436 a km at 10 %; moving it is charged (1 + 1) x 0.1 x stability: worth it below 1.2 %."""
    net = package("N", km=20.0, unit_cost=0.1, savings=0.04)
    found = answer(case_of(net, budget(), discount_rate=0.1, stability=stability,
                           before=Before({}, {("N", 2026): 5.0, ("N", 2027): 15.0})))
    assert km(found, 2026) == pytest.approx(early)
