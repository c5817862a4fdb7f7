"""The shipped case as data: what the programme's published figures ask of it, and that workbook and text mirror say the
same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jaryq.api.accepted import accept, accept_all
from jaryq.factors import condition
from jaryq.tables.scenarios import names
from jaryq.tables.typed import typed
from jaryq.workbook.read import read
from tests.workbooks import same

INPUTS = Path(__file__).parents[2] / "inputs"


@pytest.fixture(scope="module")
def tables():
    found, issues = read(INPUTS / "kazakhstan.xlsx")
    assert issues == []
    done, issues = typed(found)
    assert issues == []
    return done


@pytest.fixture(scope="module")
def case(tables):
    return accept(tables, []).case


def test_the_mirror_says_the_same_as_the_workbook(tables):
    """Row order apart (the mirror is sorted by key), every sheet holds the same typed values."""
    mirror, issues = read(INPUTS / "kazakhstan")
    assert issues == []
    mirror, issues = typed(mirror)
    assert issues == []
    assert same(tables, mirror, by_key=True)


def test_there_is_something_to_choose(case):
    """230 to 260 facilities, named and illustrative ones; variants are other ways to rebuild one of them."""
    assert 230 <= len(case.assets) <= 260


def test_the_programme_is_chosen_from_whole_networks(case):
    """Ministry's figures: electricity 77,600, heat 1,600, water 4,700, sewer 2,600 km, asked of networks that are many
    times as long; 8,500 km of 2025 count."""
    km = Counter()
    for package in case.packages.values():
        km[package.sector] += package.km
    asked = {target.id.removeprefix("T-km-"): target.value for target in case.targets if target.id.startswith("T-km-")}
    assert {sector: asked[sector] for sector in km} == {"power": 77600.0, "heat": 1600.0, "water": 4700.0,
                                                        "sewer": 2600.0}
    assert all(km[sector] > 4 * asked[sector] for sector in km)
    assert sum(package.done.get(2025, 0.0) for package in case.packages.values()) == pytest.approx(8500.0, abs=1e-6)


def test_japan_is_one_loan_and_one_credit_and_what_is_closed_says_why(case):
    japan = {s.id: s for s in case.sources.values() if s.partner == "JP"}
    assert {key for key, source in japan.items() if source.open} == {"JP_JICA", "JP_JBIC_NEXI"}
    assert "upper-middle-income" in japan["JP_JICA_STEP"].closed_reason
    assert "no project" in japan["JP_JCM"].closed_reason
    # JICA's published upper-middle-income terms from October 2025: 1.70 %, 30 years, 10 of grace.
    assert (japan["JP_JICA"].rate, japan["JP_JICA"].tenor, japan["JP_JICA"].grace) == (pytest.approx(0.017), 30, 10)


def test_every_row_of_facts_says_how_sure_it_is_and_where_it_comes_from(tables):
    for sheet in ("facilities", "networks", "sources", "source_years", "currencies", "price_indices", "crews",
                  "asset_types", "regions", "targets", "routes", "trenches",
                  "outage_limits", "progress", "scenarios"):
        frame = tables[sheet].frame
        assert frame["data_status"].notna().all(), sheet
        assert frame["source"].notna().all(), sheet


def test_illustrative_facilities_are_marked_and_do_not_count(tables):
    frame = tables["facilities"].frame
    made_up = frame[frame["facility"].str.startswith("I-")]
    assert len(made_up) > 50
    assert set(made_up["data_status"]) == {"illustrative"}
    assert not made_up["counts"].any()


def test_all_shipped_scenarios_pass_the_checks(tables):
    assert names(tables)[:6] == ("base", "japan_none", "japan_jica", "japan_export", "japan_late", "japan_dearer")
    assert 12 <= len(names(tables)) <= 17
    accept_all(tables, [])


def test_the_case_plans_in_quarters_from_a_clean_slate(case):
    assert case.settings.resolution == "quarter"
    assert len(case.periods) == 20
    assert (case.settings.stability, case.settings.red_zone_first) == (0.0, False)
    assert not case.before.start
    assert not case.before.renew


def test_the_ten_named_plants_are_red_and_only_they(case):
    """Ministry of Energy, August 2025: ten CHPs in the red zone (named in the press); a condensing plant of Temirtau is
    one of them."""
    red = {f.name for f in case.facilities.values() if f.own_zone == "red" and f.option_of is None}
    assert red == {
        "Stepnogorsk CHP", "Temirtau GRES-1 (Karaganda GRES-1)", "Arkalyk CHP", "Kyzylorda CHP", "MAEK CHP-2",
        "Pavlodar CHP-2", "Petropavlovsk CHP-2",
        "Semey CHP-1", "Uralsk CHP", "Taraz CHP-4",
    }


def test_age_and_wear_alone_make_no_plant_red(case):
    """Without the ministry's zone no score passes 5.5 (CNAIM caps what age says); with it the red ones stand at 7.25,
    the yellow ones at 6."""
    scores = {key: condition.score(f.condition, 2026) for key, f in case.facilities.items() if f.condition
              and f.option_of is None}
    zone = {key: case.facilities[key].own_zone for key in scores}
    assert max(score for key, score in scores.items() if zone[key] is None) == pytest.approx(5.5)
    assert {scores[key] for key in scores if zone[key] == "red"} == {7.25}
    assert {scores[key] for key in scores if zone[key] == "yellow"} == {6.0}
    inspected = {key for key, f in case.facilities.items() if f.condition and f.condition.inspected
                 and f.option_of is None}
    assert inspected == {key for key in scores if zone[key] in ("red", "yellow")}


def _failures_per_plant(case, kinds):
    found = [condition.probability(f.condition, condition.score(f.condition, 2026))
             for f in case.facilities.values() if f.asset_type in kinds and f.condition and f.option_of is None]
    return sum(found) / len(found)


def test_plants_and_substations_fail_as_often_as_published(case):
    """CHPs: six failures that cut a town's heat in two winters, 37 plants; substations: 12 violations at 82 of the
    national company in 2023."""
    assert _failures_per_plant(case, ("chp_coal", "chp_gas")) == pytest.approx(3 / 37, rel=0.01)
    assert _failures_per_plant(case, ("substation_500", "substation_220", "substation_110")) == pytest.approx(12 / 82,
        rel=0.01)


def test_what_a_failure_costs_has_a_source_for_chps_water_pipes_and_heat_networks_alone(case):
    """8.4 bn of the reserve for Ridder; 8 m of pipe (Almaty) at the unit cost of water pipes; 100 m at what repairs
    cost (Ekibastuz) of heat networks. Others by analogy or in pounds."""
    known = {facility.asset_type for facility in case.facilities.values() if facility.condition
             and facility.condition.cost_status == "derived"}
    assert known == {"chp_coal", "chp_gas"}
    assert {facility.condition.consequence for facility in case.facilities.values() if facility.asset_type in known
            and facility.condition} == {8.4}
    assert {package.asset_type for package in case.packages.values() if package.bursts.cost_status == "derived"} == {
        "water_network", "heat_network"}
    water = next(package for package in case.packages.values() if package.asset_type == "water_network")
    assert water.bursts.consequence == pytest.approx(600 / 4700 * 0.008, abs=1e-5)


def test_how_often_failures_come_rests_on_judgement_everywhere(case):
    """Scores after works, floors and caps are judgement, and so is where among regions and bands of wear the pipes fail
    that a count tells: so no amount of avoided risk rests on published figures alone."""
    rates = [facility.condition.rate_status for facility in case.facilities.values() if facility.condition]
    rates += [package.bursts.rate_status for package in case.packages.values()]
    assert set(rates) <= {"estimate", "illustrative"}


def test_pipes_burst_as_often_as_published(case):
    """Almaty heat: mean of 532 and 626 on 1,386 km; water and sewer 2,300 on 4,003 km there, sewer in the mean of the
    other regions the geometric mean with 23,803 on 200,000 miles. Water in the country: 21,000 on 53,000 km at 70 % of
    wear, now 39 %. Lines below 220 kV of the two regions that count: 1,651 and 2,669 on 17,500 km and 380 on those of
    East Kazakhstan. The worst pipes of Almaty, where heat networks were counted, fail as often as elsewhere."""
    heat = (532 + 626) / 2 / 1386
    almaty = 2300 / 4003
    abroad = 23803 / (200000 * 1.609344)
    km, rate = Counter(), Counter()
    for key, package in case.packages.items():
        whole = key.rpartition("-")[0]
        for of in (whole, package.asset_type if package.region != "KZ-75" else "", f"{package.asset_type} of all"):
            km[of] += package.km
            rate[of] += package.km * package.bursts.rate
        if package.region in ("KZ-55", "KZ-63"):
            km[f"{package.asset_type} counted"] += package.km
            rate[f"{package.asset_type} counted"] += package.km * package.bursts.rate
    rate = {key: rate[key] / km[key] for key in km}  # of both bands of wear
    assert rate["N-KZ-75-heat"] == pytest.approx(heat, abs=5e-4)
    worst = {package.bursts.rate for key, package in case.packages.items() if key.endswith("-heat-worst")}
    assert max(worst) == pytest.approx(min(worst), rel=1e-3)
    assert rate["N-KZ-75-water"] == pytest.approx(almaty, abs=5e-4)
    assert rate["sewer_network"] == pytest.approx((almaty * abroad) ** 0.5, abs=5e-4)
    assert rate["line_220"] == pytest.approx(53 / 27000, abs=1e-4)
    assert rate["water_network of all"] == pytest.approx(21_000 / 53_000 * 39 / 70, rel=2e-3)
    east = sum(package.km for package in case.packages.values() if package.region == "KZ-63"
               and package.asset_type in ("line_35_110", "line_04_10"))
    assert east == pytest.approx(35_000, rel=0.01)
    for kind in ("line_35_110", "line_04_10"):
        assert rate[f"{kind} counted"] == pytest.approx(((1651 + 2669) / 2 + 380) / (17_500 + east), rel=2e-3)


def test_coal_plants_have_variants_and_running_projects_have_none(case):
    """Each coal CHP that is only to be rebuilt may be overhauled instead (which does not count); Astana's and two
    others may turn to gas; F040 is under way."""
    kinds = {key: [case.facilities[v] for v in variants] for key, variants in case.assets.items() if len(variants) > 1}
    assert kinds
    assert {len([v for v in variants if v.scope == "repair" and not v.counts]) for variants in kinds.values()} == {1}
    assert {case.facilities[key].asset_type for key in kinds} == {"chp_coal"}
    assert {key for key, variants in kinds.items() if any(v.scope == "conversion" for v in variants)} == {"F001",
        "F002", "F041", "F047"}
    assert "F040" not in kinds


def test_what_has_begun_goes_on(case):
    """Started projects come with the months since they began; equipment under way no longer travels and takes nothing
    out of service."""
    started = {key: f for key, f in case.facilities.items() if f.started is not None}
    assert {"F017", "F020", "F040", "F113", "F121"} <= set(started)
    assert all(f.must and f.outage.months == 0 and f.route == "bought" for f in started.values())
    assert started["F113"].started == 3.0  # contracts of July, works from the fourth quarter of 2025
    assert [(p.project, p.year, p.amount, p.source) for p in case.paid] == [("F121", 2024, 137.0, None)]


def test_nothing_saves_a_share_of_its_own_cost(case):
    """Benefits are quantities at published values; savings in money have no source."""
    assert not any(facility.savings or facility.benefit for facility in case.facilities.values())
    assert not any(package.savings for package in case.packages.values())
    assert {"firm", "loss_power", "loss_heat", "loss_water", "co2"} <= {key for key, one in case.quantities.items()
        if one.value}


def test_heat_is_lost_as_in_the_energy_balances(case):
    """42,452, 72,259, 44,773 and 31,574 TJ of 2021 to 2024 at 4.184 TJ a thousand Gcal, 16,889 thousand Gcal of 2025:
    12.51 mn Gcal on 14,000 km."""
    mean = ((42451.9 + 72258.7 + 44772.6 + 31573.9) / 4.184 + 16888.8) / 5
    assert case.packages["N-KZ-55-heat-due"].losses == pytest.approx(mean / 14, abs=0.01)


def test_networks_in_scope_fit_into_the_whole(case):
    assert all(package.km_total >= package.km for package in case.packages.values())
    heat = sum(package.km_total for package in case.packages.values() if package.sector == "heat")
    assert heat == pytest.approx(14000, abs=20)


def test_substations_alone_are_replaced_by_their_score(tables):
    """Failures counted of substations are those of single units in them, so the rate is no reason to replace a whole
    one."""
    shipped = {row["asset_type"]: row for _, row in tables["asset_types"].records()}
    rule = {key: (row["replace_when"], row["replace_at"]) for key, row in shipped.items()
            if row["replace_at"] is not None}
    assert rule == dict.fromkeys(("substation_500", "substation_220", "substation_110"), ("score", 8.0))
