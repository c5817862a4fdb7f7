"""Claims and tables of a plan in quarters with condition and works, worked out on paper (tests/report/works.py)."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.works import Before
from jaryq.factors.derive import derive
from jaryq.report import build_report, claims, summary
from jaryq.report.amounts import amounts
from jaryq.report.charges import changed
from jaryq.report.objective import society
from jaryq.report.words import (
    BUYS,
    DONE,
    GOES_ON,
    IN_PART,
    NOT_CHOSEN,
    NOT_IN,
    OTHER_VARIANT,
    OUT_OF_SERVICE,
    OUTAGE_TOO_LARGE,
    WORKS,
    YES,
)
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import edit
from tests.report.works import PERIODS, made, works_plan


@pytest.fixture(scope="module")
def stated():
    return claims(*made())


@pytest.fixture(scope="module")
def tables():
    return build_report(*made()).tables


def row(table, **wanted):
    found = [r for r in table.rows if all(r.get(key) == value for key, value in wanted.items())]
    assert len(found) == 1, (wanted, len(found))
    return found[0]


def region(key):
    """A key that is its own name in both languages."""
    return Text(key, key)


def in_english(row_):
    return {key: getattr(value, "en", value) for key, value in row_.items()}


# Claims.

def test_claims_on_works_by_hand(stated):
    # Overtime 0.5 crew-years at 0.5 bn and 0.3 borrowed at 0.1.
    assert stated["premiums[2026]"] == pytest.approx(0.28)
    assert stated["premiums[2027]"] == 0.0
    assert stated["crews_pv"] == pytest.approx(0.28)
    assert stated["trench_savings[2026]"] == pytest.approx(0.1)
    # AV moved by a quarter: 10 x 2. N1: 6 km before, 8 now, 6 kept: 0.1 x 2. N2: 5 km new. S is started and left out.
    assert stated["changed"] == pytest.approx(20.0 + 0.2 + 0.5)
    assert stated["stability"] == pytest.approx(2.07)
    assert stated["spend[2026]"] == pytest.approx(10.0 + 2.0 + 0.8 - 0.1 + 0.5)


def test_claims_on_condition_by_hand(stated):
    # AV is in service from 2026Q4: five quarters to the end of 2027 of 0.19 x 10 - 0.08 x 5 a year.
    assert stated["risk_avoided_pv"] == pytest.approx(1.25 * 1.5)
    # Bursts of N1: 20 km x 0.5 in two quarters, then 8 km with 0.1.
    bursts = (2 * 10.0 + 2 * (12 * 0.5 + 8 * 0.1)) / 4
    assert stated["failures[2026]"] == pytest.approx((3 * 0.19 + 0.08) / 4 + bursts)
    assert stated["failures[2027]"] == pytest.approx(0.08 + 6.8)
    assert stated["not_supplied[Gcal,2026]"] == pytest.approx(3.0 * bursts)
    assert stated["losses[Gcal,2026]"] == pytest.approx((2 * 2000.0 + 2 * (12 * 100.0 + 8 * 40.0)) / 4)
    # Wear rises by 1/20 a year; renewed km are half a year old on 31 December 2026.
    assert stated["wear[pipe,2026]"] == pytest.approx((12 * 0.65 + 8 * 0.025) / 20)
    assert stated["wear[pipe,2027]"] == pytest.approx((12 * 0.70 + 8 * 0.075) / 20)
    # A is red (5.5 x 1.2); done it is green, and so is Z. W, X and S have neither score nor zone.
    assert [stated[f"zone[{zone},2026]"] for zone in ("red", "yellow", "green")] == [0.0, 0.0, 2.0]
    # Red in all eight quarters; in service in the last five.
    assert stated["red_share"] == pytest.approx(3 / 8)


def test_units_without_a_sector_are_not_claimed(stated):
    assert not [key for key in stated if "MWh" in key or "thousand m3" in key]


def test_claims_hold_before_the_verifier():
    case, factors, answer = made()
    totals, _ = recompute(case, answer.plan)
    said = claims(case, factors, answer) | {"objective": totals.objective}
    assert [finding.place for finding in compare(totals, said) if not finding.ok] == []


@pytest.mark.parametrize("objective", ["purse", "least_cost", "most_benefit"])
def test_parts_add_up_to_the_objective_and_to_society(objective):
    """Benefits 1.875, draws 13.2, premiums 0.28, price of change 2.07."""
    case, factors, answer = made(objective=objective)
    table = build_report(case, factors, answer).tables["objective"]
    totals, _ = recompute(case, answer.plan)
    by_hand = {"purse": 1.875 - 13.2 - 0.28 - 2.07, "least_cost": 13.2 + 0.28 + 2.07,
               "most_benefit": 1.875 - 2.07}[objective]
    assert table.total("value") == pytest.approx(by_hand)
    assert totals.objective == pytest.approx(by_hand)
    assert table.total("society") == pytest.approx(1.875 - 13.2 - 0.28)
    assert society(amounts(case, factors, answer.plan)) == pytest.approx(totals.society)


def test_value_by_year_adds_up_with_premiums_and_avoided_risk(tables):
    cash = tables["cash"]
    assert cash.total("benefit_pv") == pytest.approx(1.875)
    assert cash.total("purse_pv") == pytest.approx(1.875 - 13.2 - 0.28)
    assert cash.total("society_pv") == pytest.approx(1.875 - 13.2 - 0.28)
    assert row(cash, year=2026)["benefit_pv"] == pytest.approx(0.375)


def test_nothing_is_changed_without_a_last_plan():
    case, factors, answer = made(before=Before())
    found = amounts(case, factors, answer.plan)
    assert changed(found) == {}
    assert "changes_since" not in build_report(case, factors, answer).tables


def test_a_last_plan_in_years_is_met_by_any_of_its_quarters():
    case, _, answer = made()
    case = replace(case, before=replace(case.before, start={("AV", "2026"): 1.0}))
    assert changed(amounts(case, derive(case), answer.plan))["AV"] == 0.0


# Tables.

def test_timetable_by_hand(tables):
    table = tables["timetable"]
    av = row(table, facility="AV")
    assert (av["start"], av["bought"], av["begin"], av["finish"], av["outage"]) == ("2026Q1", "2026Q1", "2026Q2",
        "2026Q3", "2026Q3")
    assert [av.get(t) for t in PERIODS] == [BUYS, WORKS, OUT_OF_SERVICE, None, None, None, None, None]
    assert (av["lead"], av["works"], av["route"]) == (3.0, 6.0, "sea")
    started = row(table, facility="S")
    assert (started["start"], started["begin"], started["finish"], started["works"]) == ("2025Q3", "2025Q3", "2026Q2",
        6.0)
    assert "share" not in table.headings
    assert [r["facility"] for r in table.rows] == ["AV", "S"]
    assert {text.en for text in table.bands.values()} == {"2026", "2027"}


def test_labels_before_and_after_the_planned_periods():
    case = made()[0]
    assert [case.settings.label(position) for position in (-3, -1, 0, 7, 8)] == ["2025Q2", "2025Q4", "2026Q1", "2027Q4",
        "2028Q1"]


def test_km_by_period(tables):
    table = tables["networks_by_period"]
    assert [row(table, package="N1")[t] for t in PERIODS[:3]] == [0.0, 8.0, 0.0]
    assert table.total("2026Q2") == 13.0
    assert table.total("renewed") == 13.0


def test_crews_by_hand(tables):
    """AV needs 1 crew-year over Q2 and Q3, N1 and N2 need 1.3 in Q2; S is of no kind and needs none."""
    here = in_english(row(tables["crews"], region=region("R1"), year=2026))
    assert here["facilities"] == pytest.approx(1.0)
    assert here["networks"] == pytest.approx(1.3)
    assert here["need"] == pytest.approx(2.3)
    assert (here["capacity"], here["extra"], here["borrowed"], here["lent"]) == (4.0, 0.5, 0.3, 0.0)
    assert here["free"] == pytest.approx(2.5)
    assert here["premium"] == pytest.approx(0.28)
    assert [here[f"used_{q}"] for q in (1, 2, 3, 4)] == pytest.approx([0.0, 180.0, 50.0, 0.0])
    assert row(tables["crews"], region=region("R2"), year=2026)["used_2"] == pytest.approx(30.0)


def test_outages_by_hand(tables):
    only, = tables["outages"].rows
    assert in_english(only) == {"region": "R1", "unit": "Gcal/h", "year": 2026, "period": "2026Q3", "out": 30.0,
                                "limit": 60.0, "used": 50.0, "season": 30.0,
                                "open": 60.0, "which": "AV (30 Gcal/h)"}


def test_trenches_by_hand(tables):
    only, = tables["trenches"].rows
    assert (only["shared"], only["km_2026"], only["km"], only["saved_2026"], only["saved"]) == (5.0, 5.0, 5.0,
        pytest.approx(0.1), pytest.approx(0.1))


def test_changes_by_hand(tables):
    table = tables["changes_since"]
    av, n1, n2 = (in_english(row(table, project=key)) for key in ("AV", "N1", "N2"))
    assert (av["change"], av["was"], av["now"], av["cost_was"], av["cost_now"], av["moved"]) == ("earlier", "2026Q2",
        "2026Q1", 10.0, 10.0, 20.0)
    assert (n1["change"], n1["was"], n1["now"], n1["km_was"], n1["km_now"]) == ("more km", "2026: 6.0 km",
        "2026: 8.0 km", 6.0, 8.0)
    assert n1["moved"] == pytest.approx(0.2)
    assert (n2["change"], n2["was"]) == ("added", "not in the plan")
    assert table.total("moved") == pytest.approx(20.7)
    assert table.total("price") == pytest.approx(2.07)
    assert "2.07 bn KZT" in table.remarks[1].en
    assert "2,07 млрд" in table.remarks[1].ru


def test_dropped_later_and_otherwise():
    plan = works_plan(start={("AV", "2026Q2"): 0.4, ("S", "2026Q1"): 1.0}, renew={("N1", "2027Q2"): 6.0}, joint={})
    case, _, answer = made(plan, whole=False)
    case = replace(case, before=replace(case.before, start={("AV", "2026Q2"): 1.0, ("W", "2026Q1"): 1.0,
                                                            ("X", "2026Q1"): 1.0}))
    answer = replace(answer, plan=replace(plan, start={**plan.start, ("X", "2026Q3"): 1.0}))
    table = build_report(case, derive(case), answer).tables["changes_since"]
    assert {r["project"]: r["change"].en for r in table.rows} == {"AV": "changed otherwise", "W": "dropped",
        "X": "later", "N1": "km moved between years"}
    assert row(table, project="AV")["now"].en == "2026Q2 40\u00a0%"
    assert row(table, project="AV")["moved"] == pytest.approx(10.0 * (1.0 + 0.4 - 0.8))


def test_condition_by_hand(tables):
    table = tables["condition"]
    def line(by, measure):
        return next(in_english(r) for r in table.rows if r["by"].en == by and r["measure"].en == measure)
    red = line("all", "Facilities in the red zone")
    assert (red["now"], red["plan_2026"], red["idle_2026"], red["idle_2027"], red["better"]) == (1.0, 0.0, 1.0, 1.0,
        1.0)
    assert line("all", "Facilities in the green zone")["plan_2027"] == 2.0
    failures = line("region", "Expected failures and bursts")
    assert failures["now"] == pytest.approx(0.19 + 10.0)
    assert failures["plan_2027"] == pytest.approx(0.08 + 6.8)
    assert failures["idle_2027"] == pytest.approx(10.19)
    assert line("sector", "Heat lost in networks")["better"] == pytest.approx(480.0)
    assert line("all", "Heat not supplied")["unit"] == "Gcal"
    assert "in none: 3" in table.remarks[0].en


def test_wear_by_hand(tables):
    whole, part = (in_english(r) for r in tables["wear"].rows)
    assert (whole["region"], part["region"], whole["km"]) == ("whole programme", "R1", 20.0)
    assert whole["now"] == pytest.approx(60.0)
    assert whole["plan_2026"] == pytest.approx(40.0)
    assert whole["idle_2027"] == pytest.approx(70.0)
    assert whole["better"] == pytest.approx(70.0 - 45.0)


def test_risk_by_class_by_hand(tables):
    """By age the score is 5.5 (30 years of 30), with the inspection 6.6; the probability does not depend on it here."""
    boiler = in_english(row(tables["risk_by_class"], kind=region("boiler")))
    assert (boiler["number"], boiler["inspected"], boiler["red_age"], boiler["red"], boiler["done"]) == (1.0, 1.0, 0.0,
        1.0, 1.0)
    assert (boiler["score_age"], boiler["score"]) == (pytest.approx(5.5), pytest.approx(6.6))
    assert (boiler["pof_age"], boiler["pof"], boiler["failures"]) == (pytest.approx(19.0), pytest.approx(19.0),
        pytest.approx(0.19))
    assert (boiler["risk_age"], boiler["risk"], boiler["change"]) == (pytest.approx(1900.0), pytest.approx(1900.0),
        pytest.approx(0.0, abs=1e-9))
    assert (boiler["real"], boiler["avoided"]) == (pytest.approx(10.0), pytest.approx(1.875))
    assert (boiler["per"], boiler["unit_cost"]) == (pytest.approx(0.1875), pytest.approx(10.0 / 1.875))
    pipe = row(tables["risk_by_class"], kind=region("pipe"))
    assert (pipe["failures"], pipe.get("number"), pipe["done"]) == (10.0, None, None)


def test_an_inspection_changes_the_risk_of_its_class():
    """Between a floor of 1 and a cap of 15 the probability is K (1 + s/2 + s^2/8 + s^3/48): at 5.5 and at 6.6."""
    case, _, answer = made()
    open_scale = replace(case.facilities["A"].condition, floor=1.0, cap=15.0)
    case = edit(case, "facilities", "A", condition=open_scale)
    boiler = row(build_report(case, derive(case), answer).tables["risk_by_class"], kind=region("boiler"))
    by_age, seen = (0.03 * (1 + s / 2 + s**2 / 8 + s**3 / 48) for s in (5.5, 6.6))
    assert (boiler["pof_age"], boiler["pof"]) == (pytest.approx(100 * by_age), pytest.approx(100 * seen))
    assert boiler["change"] == pytest.approx(10_000 * (seen - by_age))


def test_health_by_hand(tables):
    a, z = (in_english(r) for r in tables["health"].rows)
    assert (a["asset"], a["inspected"], a["zone"], a["last"], a["idle"], a["status"], a["finish"]) == ("A", "yes",
        "red", "green", "red", "in the plan", "2026Q3")
    assert (a["cost"], a["risk"], a["waiting"], a["avoided"]) == (pytest.approx(10_000.0), pytest.approx(1900.0),
        pytest.approx(3.8), pytest.approx(1.875))
    assert (z["asset"], z["zone"], z["status"], z.get("score")) == ("Z", "green", "done before", None)


def test_options_by_hand(tables):
    """A done from 2026Q1 (12 months) would fail as before: nothing avoided. Waiting costs 0.19 x 10 x 2 years = 3.8."""
    own, variant, waiting = (in_english(r) for r in tables["options"].rows)
    assert (own["option"], own["cost"], own["start"], own["finish"], own["chosen"]) == ("A", 20.0, "2026Q1", "2026Q4",
        "another variant is done")
    assert (own["avoided"], own["left"], own["net"]) == (pytest.approx(0.0, abs=1e-9), pytest.approx(3.8),
                                                         pytest.approx(-20.0))
    assert (variant["option"], variant["scope"], variant["chosen"], variant["start"]) == ("AV", "repair", YES.en,
        "2026Q1")
    assert (variant["avoided"], variant["left"], variant["net"]) == (pytest.approx(1.875), pytest.approx(1.925),
        pytest.approx(1.875 - 10.0))
    assert (waiting["name"], waiting["left"], waiting["net"], waiting["chosen"]) == ("do nothing: it waits",
        pytest.approx(3.8), 0.0, None)


def test_facilities_say_what_they_wait_for_and_what_was_spent(tables):
    table = tables["facilities"]
    assert row(table, facility="S")["status"] is GOES_ON
    assert (row(table, facility="S")["spent"], row(table, facility="S")["start"]) == (1.0, "2025Q3")
    assert row(table, facility="X")["waits"].en == "W"
    assert row(table, facility="X")["why"].en == "waits for what is not in the plan: W"
    assert row(table, facility="W")["why"] is NOT_CHOSEN
    assert row(table, facility="A")["why"] is OTHER_VARIANT
    assert (row(table, facility="AV")["variant"], row(table, facility="AV")["lead"],
            row(table, facility="AV")["route"]) == ("A", 3.0, "sea")
    assert row(table, facility="Z")["status"] is DONE
    assert table.total("spent") == 1.0


def test_an_outage_that_no_region_can_spare_is_the_reason():
    case, _, answer = made(works_plan(start={("S", "2026Q1"): 1.0}),
                           outages=(replace(made()[0].outages[0], value=20.0),))
    table = build_report(case, derive(case), answer).tables["facilities"]
    assert row(table, facility="AV")["why"] is OUTAGE_TOO_LARGE


def test_targets_on_condition(tables):
    wear, losses = row(tables["targets"], target="T-wear"), row(tables["targets"], target="T-loss")
    assert (wear["reached"], wear["value"], wear["unit"].en) == (pytest.approx(40.0), pytest.approx(30.0), "%")
    assert (losses["reached"], losses["unit"].en) == (pytest.approx(1760.0), "Gcal")


# A part is never shown as a whole.

def test_divisible_plans_speak_of_shares():
    plan = works_plan(start={("A", "2026Q1"): 0.25, ("AV", "2026Q1"): 0.4, ("S", "2026Q1"): 1.0})
    case, factors, answer = made(plan, whole=False)
    report = build_report(case, factors, answer)
    assert row(report.tables["facilities"], facility="AV")["status"] is IN_PART
    assert row(report.tables["facilities"], facility="AV")["share"] == 0.4
    assert row(report.tables["facilities"], facility="W")["status"] is NOT_IN
    assert row(report.tables["timetable"], facility="AV")["share"] == 0.4
    assert "share" in report.tables["timetable"].headings
    health = row(report.tables["health"], asset="A")
    assert health["status"] is IN_PART
    # A is renewed to new in part too, and ages from 0.5 a year later: green for 25 % + 40 %.
    assert health["last"].en == "red 35\u00a0%; green 65\u00a0%"
    options = report.tables["options"]
    assert [r.get("share") for r in options.rows] == pytest.approx([0.25, 0.4, 0.35])
    assert row(options, option="AV")["chosen"] is IN_PART
    built = report.overview[0]
    assert built.facts[0].label.en == "Facility equivalents completed by the end"
    # A in part, S and Z; the repair AV does not count.
    assert built.facts[0].value == pytest.approx(2.25)


def test_summary_says_what_wholeness_and_the_red_zone_cost():
    report = build_report(*made())
    facts = {fact.label.en: fact for section in report.overview for fact in section.facts}
    assert facts["Were facilities divisible: objective"].value == -9.5
    assert "Whole less divisible: -2.20" in facts["Were facilities divisible: objective"].note.en
    assert facts["Were facilities divisible: equivalents done"].value == 2.5
    assert "1 done in part, 2 with a split start" in facts["Were facilities divisible: equivalents done"].note.en
    assert facts["Red zone first changes the objective by"].value == -1.5
    assert facts["and shortfalls of priority 1 by"].value == 0.25
    assert any("-1.500" in remark.en and "+0.2500" in remark.en for remark in report.tables["stages"].remarks)


def test_summary_shows_condition_now_at_the_end_and_without_works():
    section = next(s for s in build_report(*made()).overview if s.head.en == "Condition and risk")
    facts = {fact.label.en: fact for fact in section.facts}
    assert (facts["Facilities in the red zone"].value, facts["Facilities in the red zone"].note.en) == (0.0,
        "at the start 1, nothing done 1")
    assert facts["Wear of heat networks"].value == pytest.approx(45.0)
    assert facts["Wear of heat networks"].note.en == "at the start 60.0, nothing done 70.0"
    assert facts["Heat not supplied"].value == pytest.approx(3 * 6.8)
    assert facts["Heat not supplied"].said.en == "Gcal"


def test_machines_read_the_same_figures(stated):
    made_ = summary(*made())
    assert made_["condition"]["wear[pipe,2026]"] == stated["wear[pipe,2026]"]
    assert math.fsum(v for key, v in made_["condition"].items() if key.startswith("premiums[")) == pytest.approx(0.28)
