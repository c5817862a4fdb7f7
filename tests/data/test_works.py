"""Sheets of condition and works as records of the Case: units, defaults, what a variant takes over, what has begun, the
last plan."""

import pytest

from jaryq.case.build import build
from jaryq.case.case import Crew
from jaryq.case.works import YEAR, Bursts, OutageLimit, Paid, Trench, months_between, slot_of
from tests.workbooks import minimal_tables

SETTINGS = {"first_year": 2025, "plan_from": 2026, "last_year": 2028, "discount_rate": 6.5}
KIND = {"asset_type": "chp", "sector": "heat", "life": 40.0}
PIPE = {"asset_type": "pipe", "sector": "heat"}


def case_of(facilities=(), settings=(), **sheets):
    rows = [{"setting": name, "value": value} for name, value in {**SETTINGS, **dict(settings)}.items()]
    listed = [{"facility": "F", "cost": 1.0}, *facilities] if not any(f["facility"] == "F"
        for f in facilities) else list(facilities)
    return build(minimal_tables(settings=rows, facilities=listed, source_years=None, **sheets))


def plant(kind, **own):
    """The facility F of a kind."""
    facility = {"facility": "F", "cost": 1.0, "asset_type": "chp", **own}
    return case_of([facility], asset_types=[{**KIND, **kind}]).facilities["F"]


# --- condition --------------------------------------------------------------------------------------------------------

def test_no_score_without_a_rate_or_an_age():
    assert plant({}, year_built=1990).condition is None
    assert plant({"pof_k": 0.0454}).condition is None
    assert plant({"pof_k": 0.0454}, wear=40.0).condition is not None
    assert case_of([{"facility": "F", "cost": 1.0, "year_built": 1990}]).facilities["F"].condition is None


def test_condition_in_canonical_units():
    """Percent to fractions; mn KZT to bn; thousand KZT a unit to bn; defaults of CNAIM."""
    c = plant({"pof_k": 0.0454, "repair_cost": 200.0, "safety_cost": 30.0, "environment_cost": 20.0, "lost_value": 40.0,
               "lost_each": 500.0}, wear=70.0).condition
    assert (c.pof_k, c.pof_c, c.calibration, c.floor, c.cap) == (pytest.approx(0.000454), 1.087, 1.0, 4.0, 15.0)
    assert (c.life, c.wear, c.year_built) == (40.0, pytest.approx(0.7), None)
    assert (c.observed, c.measured, c.reliability, c.duty, c.location) == (1.0,) * 5
    assert (c.least, c.most, c.health_after, c.inspected, c.replaced) == (0.5, 10.0, 0.5, False, None)
    assert (c.consequence, c.lost, c.lost_value) == (pytest.approx(0.25), 500.0, pytest.approx(0.00004))


def test_the_score_ages_by_the_life_of_the_kind():
    """The life of the works is their own: it ends the benefits."""
    facility = plant({"pof_k": 0.0454}, year_built=2000, life=25.0)
    assert facility.life == 25.0
    assert facility.condition.life == 40.0


@pytest.mark.parametrize("column", ["observed", "measured", "reliability", "score_least", "score_most"])
def test_inspected(column):
    assert plant({"pof_k": 0.0454}, wear=40.0, **{column: 1.0}).condition.inspected
    assert not plant({"pof_k": 0.0454}, wear=40.0, duty=1.2).condition.inspected


@pytest.mark.parametrize(("kind", "own", "consequence", "lost"), [
    ({"repair_cost": 200.0, "safety_cost": 50.0}, {}, 0.25, None),
    # stated nothing is nothing, not a blank
    ({"repair_cost": 200.0, "safety_cost": 50.0}, {"consequence": 0.0}, 0.0, None),
    ({"hours_lost": 48.0}, {"capacity": 100.0, "capacity_unit": "MW"}, 0.0, 4800.0),
    ({"hours_lost": 48.0, "share_lost": 25.0}, {"capacity": 100.0, "capacity_unit": "Gcal/h"}, 0.0, 1200.0),
    ({"hours_lost": 48.0}, {"capacity": 30.0, "capacity_unit": "thousand m3/day"}, 0.0, 60.0),
    ({"hours_lost": 48.0}, {"capacity": 110.0, "capacity_unit": "kV"}, 0.0, None),
    ({"hours_lost": 48.0, "lost_each": 7.0}, {"capacity": 100.0, "capacity_unit": "MW"}, 0.0, 7.0),
    ({"lost_each": 7.0}, {"lost": 0.0}, 0.0, 0.0),
])
def test_consequence_and_what_is_lost(kind, own, consequence, lost):
    """Own value, then each of the kind, then capacity x hours x share; thousand m3 a day by 24 hours; volts say nothing
    about what is lost."""
    c = plant({"pof_k": 0.0454, **kind}, wear=40.0, **own).condition
    assert c.consequence == pytest.approx(consequence)
    assert c.lost == (None if lost is None else pytest.approx(lost))


def test_bursts_of_a_package():
    """Per 100 km on the sheet, per km here; own value, else that of the kind; without bursts after renewal they stay as
    they are."""
    kind = {**PIPE, "bursts": 50.0, "burst_growth": 5.0, "bursts_after": 4.0, "repair_cost": 3.0, "calibration": 2.0,
            "lost_each": 10.0, "lost_value": 8.0}
    nets = [{"package": "A", "asset_type": "pipe", "km": 10.0, "unit_cost": 100.0},
            {"package": "B", "asset_type": "pipe", "km": 10.0, "unit_cost": 100.0, "bursts": 80.0, "burst_growth": 0.0,
             "bursts_after": 80.0, "consequence": 1.0, "lost": 0.0}]
    found = case_of(networks=nets, asset_types=[kind]).packages
    assert found["A"].bursts == Bursts(rate=pytest.approx(0.5), growth=pytest.approx(0.05), after=pytest.approx(0.04),
                                       most=5.0, calibration=2.0,
                                       consequence=pytest.approx(0.003), lost=10.0, lost_value=pytest.approx(0.000008))
    assert found["B"].bursts == Bursts(rate=pytest.approx(0.8), growth=0.0, after=pytest.approx(0.8), most=5.0,
                                       calibration=2.0,
                                       consequence=pytest.approx(0.001), lost=0.0, lost_value=pytest.approx(0.000008))
    plain = case_of(networks=nets[:1], asset_types=[PIPE]).packages["A"]
    assert plain.bursts is None
    only = case_of(networks=nets[:1], asset_types=[{**PIPE, "bursts": 50.0}]).packages["A"]
    assert (only.bursts.after, only.bursts.growth) == (0.5, 0.0)


# --- variants, order, outages, routes ---------------------------------------------------------------------------------

def test_a_variant_takes_what_it_leaves_blank_from_its_facility():
    """Place, condition, consequence and route; not the money, the months, the score after works, or whether it
    counts."""
    base = {"facility": "F", "cost": 9.0, "asset_type": "chp", "region": "R", "place": "Ekibastuz", "capacity": 300.0,
            "capacity_unit": "MW", "wear": 80.0, "zone": "red",
            "observed": 1.4, "consequence": 500.0, "lost": 70.0, "route": "sea", "works_months": 30.0,
            "health_after": 3.0, "counts": False, "savings": 2.0}
    other = {"facility": "G", "cost": 20.0, "option_of": "F", "capacity": 350.0, "health_after": 0.5}
    kinds = [{**KIND, "pof_k": 0.0454, "works_months": 24.0, "procurement_months": 6.0, "outage_months": 5.0,
              "offline_share": 50.0, "outage_season": True, "health_after": 1.0}]
    case = case_of([base, other], asset_types=kinds, regions=[{"region": "R", "works_from": 5, "works_to": 9}],
                   routes=[{"route": "sea", "lead_months": 3.0, "delay_months": 2.0}])
    f, g = case.facilities["F"], case.facilities["G"]
    assert (g.asset_type, g.region, g.place, g.own_zone, g.zone, g.route, g.sector) == ("chp", "R", "Ekibastuz", "red",
        "red", "sea", "heat")
    assert (g.condition.wear, g.condition.observed, g.condition.consequence, g.condition.lost) == (pytest.approx(0.8),
        1.4, 0.5, 70.0)
    assert (f.condition.health_after, g.condition.health_after) == (3.0, 0.5)
    assert (f.works_months, g.works_months, g.savings, g.counts, f.counts) == (30.0, 24.0, 0.0, True, False)
    assert (f.procurement_months, g.procurement_months) == (11.0, 11.0)  # 6 + 3 on the way + 2 late
    assert (g.outage.months, f.outage.capacity, g.outage.capacity, g.outage.unit, g.outage.seasonal) == (5.0, 150.0,
        175.0, "MW", True)
    assert case.regions["R"].open_months == frozenset(range(5, 10))
    assert case.assets == {"F": ("F", "G")}
    assert (f.asset, g.asset) == ("F", "F")


def test_own_outage_capacity_and_route_come_first():
    own = {"facility": "F", "cost": 1.0, "asset_type": "chp", "capacity": 300.0, "capacity_unit": "MW",
           "outage_months": 0.0, "offline": 40.0, "route": "rail", "procurement_months": 0.0}
    kinds = [{**KIND, "outage_months": 5.0, "route": "sea", "procurement_months": 9.0}]
    f = case_of([own], asset_types=kinds, routes=[{"route": "sea", "lead_months": 3.0},
                                                  {"route": "rail", "lead_months": 1.5}]).facilities["F"]
    assert (f.outage.months, f.outage.capacity, f.procurement_months) == (0.0, 40.0, 1.5)


def test_after_is_a_list():
    found = case_of([{"facility": "F", "cost": 1.0, "after": " H;G ; "}, {"facility": "G", "cost": 1.0},
                     {"facility": "H", "cost": 1.0}]).facilities
    assert found["F"].after == ("G", "H")
    assert found["G"].after == ()


def test_needs_of_a_facility():
    found = case_of(crew_needs=[{"project": "F", "crew": "lift", "crews": 2.0},
                                {"project": "F", "crew": "build", "crews": 0.5}],
                                crews=[{"crew": "build", "2026": 1.0}])
    assert found.facilities["F"].crews == {"build": 0.5, "lift": 2.0}
    assert case_of([{"facility": "G", "cost": 1.0}]).facilities["G"].crews is None


# --- resources, outages, trenches -------------------------------------------------------------------------------------

def test_crews():
    """Growth after the last year given; percent to fractions; mn KZT to bn; a season over the new year."""
    row = {"crew": "build", "region": "R", "2026": 10.0, "growth": 20.0, "season_from": 10, "season_to": 4,
           "lend_share": 25.0, "lend_cost": 15.0, "extra_share": 10.0, "extra_cost": 40.0}
    case = case_of(crews=[row, {"crew": "build", "2027": 5.0}], regions=[{"region": "R"}])
    country, region = case.crews
    assert region == Crew("build", "R", pytest.approx({2026: 10.0, 2027: 12.0, 2028: 14.4}), region.origin,
                          dict.fromkeys((2026, 2027, 2028), "crews!C4"),
                          months_between(10, 4), 0.25, pytest.approx(0.015), 0.1, pytest.approx(0.04), 0.2)
    assert (country.capacity, country.season, country.lend_share, country.extra_share) == ({2027: 5.0, 2028: 5.0}, YEAR,
        0.0, 0.0)


def test_outage_limits():
    """Stated, or 900 - 600 x 1.15 = 210; never below nothing."""
    rows = [{"region": "R", "unit": "MW", "available": 900.0, "peak": 600.0},
            {"region": "R", "unit": "Gcal/h", "limit": 50.0},
            {"region": "R", "unit": "MVA", "available": 100.0, "peak": 100.0, "reserve": 10.0}]
    found = case_of(outage_limits=rows, regions=[{"region": "R"}]).outages
    assert [(limit.id, limit.value) for limit in found] == [("R@Gcal/h", 50.0), ("R@MVA", 0.0),
                                                            ("R@MW", pytest.approx(210.0))]
    assert isinstance(found[0], OutageLimit)


def test_trenches():
    nets = [{"package": p, "asset_type": "pipe", "km": 10.0, "unit_cost": 100.0} for p in "AB"]
    found = case_of(networks=nets, asset_types=[PIPE], trenches=[{"package": "B", "with_package": "A", "km": 4.0,
        "saving": 8.0}]).trenches
    assert found == (Trench("B", "A", 4.0, pytest.approx(0.008), found[0].origin),)
    assert found[0].id == "B+A"


# --- what has begun, the last plan ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("year", "quarter", "months"), [(2025, None, 12.0), (2025, 1, 12.0), (2025, 4, 3.0),
                                                         (2023, 2, 33.0)])
def test_started(year, quarter, months):
    """Months from the first day of the quarter to 1 January 2026."""
    f = case_of(progress=[{"project": "F", "year": year, "quarter": quarter, "status": "started"}]).facilities["F"]
    assert (f.started, f.must, f.done) == (months, True, None)


def test_money_spent_before():
    """By year and source; what is spent in a planned year is no past; a facility that is done has spent money too."""
    progress = [{"project": "F", "year": 2025, "status": "started", "spent": 3.0, "paid_by": "S1"},
                {"project": "F", "year": 2024, "status": "committed", "spent": 1.0},
                {"project": "G", "year": 2025, "status": "done", "spent": 5.0, "paid_by": "S1"},
                {"project": "G", "year": 2026, "status": "committed", "spent": 9.0}]
    case = case_of([{"facility": "F", "cost": 1.0}, {"facility": "G", "cost": 1.0}], progress=progress)
    assert case.paid == (Paid("F", None, 2024, 1.0), Paid("F", "S1", 2025, 3.0), Paid("G", "S1", 2025, 5.0))


def test_the_last_plan():
    """Shares by period, km by year; rows before the first planned year are history."""
    nets = [{"package": "N", "asset_type": "pipe", "km": 10.0, "unit_cost": 100.0}]
    rows = [{"project": "F", "period": "2027Q3", "share": 1.0}, {"project": "F", "period": "2025Q3", "share": 1.0},
            {"project": "N", "period": "2026Q2", "km": 3.0},
            {"project": "N", "period": "2026Q3", "km": 4.0}, {"project": "N", "period": "2025", "km": 9.0},
            {"project": "gone", "period": "2026", "share": 0.5}]
    before = case_of(networks=nets, asset_types=[PIPE], last_plan=rows).before
    assert before.start == {("F", "2027Q3"): 1.0, ("gone", "2026"): 0.5}
    assert before.renew == {("N", 2026): 7.0}


def test_periods_of_the_last_plan_that_today_can_meet():
    """The same period; the year that holds a quarter; a year of quarters stays a year."""
    quarters, years = frozenset({"2026Q1", "2026Q2"}), frozenset({"2026"})
    assert [slot_of(label, quarters) for label in ("2026Q2", "2026")] == ["2026Q2", "2026"]
    assert [slot_of(label, years) for label in ("2026Q2", "2026")] == ["2026", "2026"]


def test_settings_of_zones_and_stability():
    settings = case_of(settings={"yellow_from": 4.0, "red_from": 7.5, "red_zone_first": "yes", "stability": 5.0,
                                 "resolution": "quarter"}).settings
    assert (settings.yellow_from, settings.red_from, settings.red_zone_first, settings.stability,
            settings.periods_per_year) == (4.0, 7.5, True, pytest.approx(0.05), 4)
    plain = case_of().settings
    assert (plain.yellow_from, plain.red_from, plain.red_zone_first, plain.stability) == (5.5, 6.5, False, 0.0)
