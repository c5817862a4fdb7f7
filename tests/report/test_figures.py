"""Claims, summary and tables of a plan worked out on paper (see tests/cases.py: full_case, full_plan; constant prices,
discount 0)."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.formulation.assemble import limits
from jaryq.report import build_report, claims, summary
from jaryq.report.amounts import amounts
from jaryq.report.carry import left_over, years_of
from jaryq.report.gains import gain_of
from jaryq.report.limits import KINDS_OF_LIMIT, SHORTFALLS, in_words, words_of
from jaryq.report.measures import convex, missed, reached
from jaryq.report.objective import gains
from jaryq.report.objective import society as society_of
from jaryq.report.overview import built
from jaryq.report.projects import reason, who_pays
from jaryq.report.shapes import Ref
from jaryq.report.terms import price
from jaryq.report.words import (
    CHEAP,
    CHEAP_AT_HOME,
    COMMITTED,
    FOR_TARGET,
    IN_PLAN,
    NO_ROOM,
    NO_SOURCE,
    NOT_CHOSEN,
    OWN_VALUE,
    name_of,
)
from jaryq.sheets.results import RESULTS, TABLES
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import add, edit, facility, full_case, full_plan, keyed, package, rule, source, target, tiny_case
from tests.formulation.test_golden import CASES
from tests.make import bare_case
from tests.report.plans import finished, solution


def found(**changes):
    case = full_case(**changes)
    return amounts(case, derive(case), full_plan())


def test_claims_by_hand():
    case, factors, answer = finished()
    stated = claims(case, factors, answer)
    assert stated["spend[2026]"] == 11.0
    assert stated["spend[2027]"] == 14.0
    assert stated["spend[2028]"] == 0.0
    assert stated["outlays_pv"] == pytest.approx(25.0)
    assert stated["income_pv"] == pytest.approx(1.0)
    # F1 ends in 2027: 3 years of 1.0 to 2030; F2 ends in 2027: 3 of 0.5; F4 4.0; N1: 30 km x 4 years, 40 km x 3 years,
    # of 0.01.
    # F2 and the 40 km could have been a year earlier: a year of each is credited after 2030.
    assert stated["benefits_pv"] == pytest.approx(3.0 + 1.5 + 4.0 + 1.2 + 1.2 + 0.5 + 0.4)
    assert stated["residual_pv"] == pytest.approx(0.5 + 0.4)
    assert stated["km_renewed"] == 80.0
    assert stated["km_renewed[heat]"] == 80.0
    assert stated["facilities_completed"] == 4.0
    assert stated["draw[L]"] == 6.0
    assert stated["draw[C]"] == 0.0
    assert stated["draw_partner[JP]"] == 12.0
    assert stated["draw_partner[KZ]"] == 13.0
    assert stated["reached[S1]"] == 80.0
    assert stated["shortfall[S1]"] == 10.0
    assert stated["reached[S2]"] == 4.0
    assert stated["excess[S2]"] == 1.0
    assert stated["reached[P]"] == 25.0
    assert stated["reached[D]"] == 6.0
    assert stated["objective"] == answer.value


def test_price_of_money_by_hand():
    """L: bullet-like: two instalments... grace 0, tenor 2, one payment a year, 2 %: 0.5 + 0.02, then 0.5 + 0.01, and a
    fee of 1 %."""
    case, factors, answer = finished()
    stated = claims(case, factors, answer)
    factor_l = 0.01 + 0.52 + 0.51
    factor_e = 0.05 + 1.05
    assert stated["funding_pv"] == pytest.approx(13.0 + 6.0 * factor_l + 6.0 * factor_e)
    assert stated["society"] == pytest.approx(11.8 + 1.0 - 25.0 + 6.0 * (1 - factor_l) + 6.0 * (1 - factor_e))
    factor, element = price(amounts(case, factors, answer.plan), case.sources["L"])
    assert factor == pytest.approx(factor_l)
    # Of its own currency at 5 %, the fee paid with the draw.
    assert element == pytest.approx(100 * (1 - 0.01 - 0.52 / 1.05 - 0.51 / 1.05**2))


def test_shortfall_costs_by_hand():
    case, factors, answer = finished()
    stated = claims(case, factors, answer)
    u = 10 / 90
    assert stated["priority_1"] == pytest.approx(0.1 + 2 * (u - 0.1))
    assert stated["priority_2"] == pytest.approx(convex(1 / 3))
    assert convex(1 / 3) == pytest.approx(0.1 + 0.2 + 0.3 + 4 * (1 / 3 - 0.3))
    assert convex(1.0) == pytest.approx(5.5)
    assert convex(0.0) == 0.0


def test_claims_hold_before_the_verifier():
    case, factors, answer = finished()
    totals, _ = recompute(case, answer.plan)
    stated = claims(case, factors, answer) | {"objective": totals.objective}
    assert [finding.place for finding in compare(totals, stated) if not finding.ok] == []


def test_purse_is_benefits_and_income_less_funding_and_priced_targets():
    case, factors, answer = finished()
    stated = claims(case, factors, answer)
    totals, _ = recompute(case, answer.plan)
    assert stated["benefits_pv"] + stated["income_pv"] - stated["funding_pv"] - 0.1 * 5.0 == pytest.approx(
        totals.objective)


def test_share_done_weighs_by_overnight_cost():
    case = full_case(targets=(target("W", "share_done", 0.9), target("W26", "share_done", 0.9, 2026)))
    here = amounts(case, derive(case), full_plan())
    # Overnight: F1 12, F2 4, F3 2 (done), F4 2, N1 10 of which 8 are renewed; F1 and F2 end in 2027.
    assert reached(here, case.targets[0]) == pytest.approx(28 / 30)
    assert reached(here, case.targets[1]) == pytest.approx((2 + 2 + 4) / 30)


def test_missed_by_sense():
    assert missed(target("a", "km", 10.0), 8.0) == 2.0
    assert missed(target("a", "km", 10.0), 12.0) == 0.0
    assert missed(target("a", "km", 10.0, sense="<="), 12.0) == 2.0
    assert missed(target("a", "km", 10.0, sense="="), 12.0) == 2.0


def test_summary_has_the_stable_names():
    case, factors, answer = finished()
    made = summary(case, factors, answer, verified=True, seconds={"read": 0.1}, versions={"highs": "1"})
    assert list(made) == ["case", "scenario", "status", "verified", "objective", "stages", "kpi", "benefits_bn_kzt",
                          "benefits_sourced", "benefits_published", "quantities", "condition", "targets",
                          "findings", "seconds", "model",
                          "versions"]
    assert list(made["objective"]) == ["name", "value_bn_kzt", "society_bn_kzt", "lp_relaxation_bn_kzt",
                                       "certified_bound_bn_kzt", "certified_gap",
                                       "outlays_pv_bn_kzt", "certified_gap_of_stake", "value_at_stake_bn_kzt", "proved",
                                       "proved_for", "leaves", "hairs_bn_kzt",
                                       "gain_bn_kzt"]
    assert made["objective"]["proved"] is False
    assert made["objective"]["certified_gap"] == pytest.approx(0.24 / 25.0)
    assert made["kpi"]["facilities_in_scope"] == 4
    assert made["kpi"]["spend_by_year"] == {"2026": 11.0, "2027": 14.0, "2028": 0.0}
    assert made["kpi"]["draw_by_partner_bn_kzt"] == {"JP": 12.0, "KZ": 13.0, "US": 0.0}
    assert {row["target"]: row["shortfall"] for row in made["targets"]}["S2"] == 1.0
    json.dumps(made)


# What becomes of money that is not used.

def test_every_year_of_a_source_balances():
    here = found()
    for key, each in here.case.sources.items():
        for row in years_of(here, each) if each.open else ():
            if row.ceiling is not None:
                rest = sum(v or 0.0 for v in (row.used, row.lapsed, row.carried_out, row.left))
                assert row.ceiling + (row.carried_in or 0.0) == pytest.approx(rest), (key, row)


def test_money_that_lapses():
    rows = years_of(found(), found().case.sources["B"])
    assert [row.lapsed for row in rows] == [0.0, 1.0, 3.0]
    assert [row.envelope_left for row in rows] == [2.0, 0.0, 0.0]


def test_money_of_one_year():
    """Y: 4 given, 2 used in 2026; in 2027 one old and two new of 2; half of what is left may be kept, so 1 of 2
    lapses."""
    rows = years_of(found(), found().case.sources["Y"])
    assert [row.carried_in for row in rows] == [0.0, 2.0, 0.0]
    assert [row.lapsed for row in rows] == [0.0, 1.0, 0.0]
    assert [row.carried_out for row in rows] == [2.0, 0.0, None]
    assert [row.left for row in rows] == [None, None, 2.0]


def test_money_of_a_fund_with_income():
    """O: 1 idle in 2026; 1 + 1 of income + 1 idle, 3 used in 2027; 1 idle at the end."""
    rows = years_of(found(), found().case.sources["O"])
    assert [row.ceiling for row in rows] == [1.0, 2.0, 1.0]
    assert [row.used for row in rows] == [0.0, 3.0, 0.0]
    assert [row.carried_out for row in rows] == [1.0, 0.0, None]
    assert rows[-1].left == 1.0


def test_money_of_a_loan():
    """L: 0.75 a year in yen, all used at 4 KZT; E: ceilings in two years only, so nothing is said of the third."""
    here = found()
    assert [row.carried_out for row in years_of(here, here.case.sources["L"])][:2] == [0.0, 0.0]
    assert left_over(years_of(here, here.case.sources["L"])) == 0.0
    assert years_of(here, here.case.sources["E"])[-1].left is None


def test_what_is_left_is_no_more_than_the_envelope():
    case = edit(full_case(), "sources", "L", ceilings={2026: 0.75, 2027: 0.75, 2028: 9.0}, envelope=2.0)
    here = amounts(case, derive(case), full_plan())
    rows = years_of(here, case.sources["L"])
    assert rows[-1].left == pytest.approx(9.0)
    assert left_over(rows) == pytest.approx(0.5)


def test_a_closed_source_keeps_all_its_money():
    case = edit(full_case(), "sources", "C", ceilings={2026: 2.0, 2027: 3.0}, envelope=4.0)
    report = build_report(case, derive(case), solution(full_plan(), derive(case)))
    row = next(row for row in report.tables["funding"].rows if row["source"] == "C")
    assert row["left"] == 4.0
    assert row["unused"] == 4.0
    assert row["reason"] == Text("not ratified", "not ratified")


# Tables.

def test_tables_add_up_across_sheets():
    case, factors, answer = finished()
    tables = build_report(case, factors, answer).tables
    nothing_to_say = {"tariffs", "networks_by_period", "outages", "trenches", "ramps", "choices", "changes_since",
                      "quantities", "balances", "flows", "burden", "borrowers", "calibration", "condition", "wear",
                      "risk_by_class", "health", "options",
                          *(sheet.name for sheet in TABLES if sheet.name.startswith("stretches"))}
    assert list(tables) == [sheet.name for sheet in TABLES if sheet.name not in nothing_to_say]
    for year in (2026, 2027, 2028):
        spent = tables["facilities"].total(f"cost_{year}") + tables["networks_by_region"].total(f"cost_{year}")
        assert tables["funding"].total(f"use_{year}") == pytest.approx(spent)
        assert tables["funding_years"].total("used_kzt", year) == pytest.approx(spent)
    assert tables["networks"].total("total") == pytest.approx(tables["networks_by_region"].total("total"))
    for heading in ("scope", "done", "km_2026", "renewed", "remaining"):
        assert tables["networks"].total(heading) == pytest.approx(tables["networks_by_region"].total(heading))
    assert tables["partners"].total("total") == pytest.approx(12.0)
    for table in tables.values():
        if table.groups and table.sums:
            for heading in table.sums:
                assert math.fsum(table.total(heading, g)
                                 for g in table.group_values()) == pytest.approx(table.total(heading))


def test_facilities_say_why():
    case = add(full_case(), "facilities", facility("X1", cost=1.0, works_months=60.0),
               facility("X2", cost=1.0, region="R2"), facility("X3", cost=1.0))
    case = add(case, "rules", *(rule(key, allowed=False, region="R2") for key in case.sources))
    factors = derive(case)
    rows = {row["facility"]: row for row in build_report(case, factors,
                                                         solution(full_plan(), factors)).tables["facilities"].rows}
    assert rows["X1"]["why"] is NO_ROOM
    assert rows["X2"]["why"].en.startswith(NO_SOURCE.en)
    assert rows["X3"]["why"] is NOT_CHOSEN
    assert rows["F1"]["status"] is IN_PLAN
    assert (rows["F1"]["start"], rows["F1"]["finish"], rows["F1"]["total"]) == ("2026", "2027", 12.0)
    assert rows["F1"]["sources"].en == "E 50\u00a0%; L 50\u00a0%"
    assert rows["F3"]["finish"] == "2025"


def test_why_a_project_is_in():
    here = found()
    assert reason(here, here.case.facilities["F4"]) is OWN_VALUE  # 4 + 1 against 2
    assert reason(here, here.case.facilities["F1"]) is COMMITTED  # 3 against 12
    assert reason(here, here.case.packages["N1"]) is FOR_TARGET  # 2.4 against 7 of budget money
    case = edit(edit(full_case(), "facilities", "F1", must=False, savings=3.0), "sources", "E", kind="grant")
    # 9 against 12, but 6 of them are given
    assert reason(amounts(case, derive(case), full_plan()), case.facilities["F1"]) is CHEAP


def test_a_cheap_loan_at_home_is_not_cheap_foreign_money():
    """100 by an interest-free loan, grace 10, 11 yearly parts, 10 %, mid-year: it costs the purse 23.876, the country
    95.346; the benefit is 80. Its lender at home bears 71.470, one abroad gives them to the country."""
    lent = {"kind": "loan", "clock": "cohort", "grace": 10.0, "tenor": 20.0, "payments": 1, "signing_year": 2026}
    cost = sum(100 / 11 * 1.1 ** -(0.5 + k) for k in range(10, 21))
    for partner, why, society, lender in (("KZ", CHEAP_AT_HOME, 80 - 100 * 1.1**-0.5, "lenders"),
                                          ("JP", CHEAP, 80 - cost, "abroad")):
        projects = keyed(facility("A", cost=100.0, benefit=80.0, asset_type=None))
        case = bare_case(first_year=2026, discount_rate=0.1, discount_timing="mid", facilities=projects,
                         sources=keyed(source("L", partner=partner, **lent)))
        here = amounts(case, derive(case), Plan({("A", "2026"): 1.0}, draw={("L", "A", 2026): 100.0}))
        assert reason(here, case.facilities["A"]) is why
        assert ("its lender bears the difference" in why.en, "разницу несёт кредитор" in why.ru) == (partner == "KZ",
            partner == "KZ")
        gain = gain_of(here)
        assert gain == pytest.approx({"state": -cost, "users": 80.0, "lenders": 0.0,
                                      "abroad": 0.0} | {lender: cost - 100 * 1.1**-0.5})
        assert gain["state"] + gain["users"] == pytest.approx(sum(gains(here).values()))
        assert gain["state"] + gain["users"] + gain["lenders"] == pytest.approx(society_of(here))
        assert society_of(here) == pytest.approx(society)


def test_more_sources_than_are_shown():
    assert who_pays(found(), [(0.5, "B"), (0.3, "L"), (0.1, "O"),
                              (0.1, "Y")]).ru == "B 50\u00a0%; L 30\u00a0%; ещё 2: 20\u00a0%"


def test_divisible_plans_speak_of_equivalents():
    case = full_case(whole=False)
    factors = derive(case)
    report = build_report(case, factors, solution(Plan(start={("F2", "2026"): 0.25, ("F2", "2027"): 0.25}), factors))
    row = next(row for row in report.tables["facilities"].rows if row["facility"] == "F2")
    assert (row["share"], row["start"], row["finish"]) == (0.5, "2026", "2027")
    said = [fact.note.en for section in report.overview for fact in section.facts if fact.note]
    assert any("facility equivalents" in note for note in said)


def test_a_case_without_networks_or_targets():
    case = tiny_case(packages={}, targets=(), facilities={})
    factors = derive(case)
    report = build_report(case, factors, solution(Plan(), factors))
    assert report.value(Ref("facilities", "cost_2026")) == 0.0
    assert report.tables["networks"].rows == ()


def test_rows_keep_the_order_of_the_input():
    case = full_case(order={"facilities": ("F4", "F1"), "networks": (), "sources": ("Y", "B"), "targets": ("S1",)})
    tables = build_report(case, derive(case), solution(full_plan(), derive(case))).tables
    assert [row["facility"] for row in tables["facilities"].rows] == ["F4", "F1", "F2", "F3"]
    assert [row["source"] for row in tables["funding"].rows][:3] == ["Y", "B", "C"]
    assert tables["targets"].rows[0]["target"] == "S1"


def test_targets_in_percent_and_by_row():
    case = full_case(targets=(target("W", "share_done", 1.0, priority="1"),
                              target("S2", "facilities", 3.0, sense="=", priority="2")))
    rows = {row["target"]: row for row in build_report(case, derive(case),
                                                       solution(full_plan(), derive(case))).tables["targets"].rows}
    assert rows["W"]["value"] == 100.0
    assert rows["W"]["shortfall"] == pytest.approx(200 / 30)
    assert rows["W"]["normalised"] == pytest.approx(200 / 30)
    assert rows["S2"]["met"].en == "no"


def test_limits_in_words():
    """A step of 0.03 of B's ceiling takes 0.001 off the shortfall of priority 1 and adds 0.06; it cannot be tightened.
    Of 90 km asked a step of 0.9 less gains 0.01 of it, a step more loses as much: 1/90 a km; the rate holds from 45 to
    as far as was looked."""
    case, factors, answer = finished()
    target = replace(answer.prices[1], loosen=replace(answer.prices[1].loosen, until=45.0),
                     tighten=replace(answer.prices[1].tighten, until=math.inf), loosens=-1)
    tables = build_report(case, factors, replace(answer, prices=(answer.prices[0], target))).tables
    [ceiling], [asked] = tables["limits_same"].rows, tables["limits"].rows
    assert (ceiling["name"].en, ceiling["year"], ceiling["unit"]) == ("Ceiling of a source: B", "2026",
        Text("bn KZT", "млрд тенге"))
    assert (ceiling["moves"], ceiling["gain"], ceiling["loss"]) == (SHORTFALLS["1"], pytest.approx(0.001),
        Text("impossible", "невозможно"))
    assert ceiling["per_unit"] == pytest.approx(0.001 / 0.03)
    assert ceiling["besides"].en == "objective, bn KZT: better by 0.060"
    assert (ceiling["from"], ceiling["to"]) == (None, None)
    assert (asked["gain"], asked["loss"], asked["per_unit"]) == pytest.approx((0.01, 0.01, 1 / 90))
    assert (asked["from"], asked["to"].en) == (45.0, "180 or more")
    assert in_words(case, "ceiling", ("B", "2026"), "x").en == "Ceiling of a source: B, 2026"


def test_where_a_limit_holds_and_when():
    """Crews of a region, an outage of the whole country, an area, a target of a group: region and year apart from the
    name."""
    case = full_case()
    place = next(iter(case.regions))
    assert [(said.name.en, said.place.en if said.place else None, said.year) for said in (
        words_of(case, "crews", (f"dig@{place}", "2027"), ""), words_of(case, "outage", ("*@MW",), ""),
        words_of(case, "available", ("North@MW", "2026"), ""),
        words_of(case, "pace", ("B", "4"), ""))] == [
        ("Works resource: dig", name_of(case.regions[place]).en, "2027"),
        ("Capacity out of service", "whole country", None),
        ("Capacity available at the peak", "North", "2026"),
        ("Pace of drawing: B, by the end of its year 4", None, None)]


def test_packages_of_several_sectors():
    case = add(full_case(), "packages", package("N2", km=5.0, unit_cost=0.1, sector="water", region=None))
    factors = derive(case)
    report = build_report(case, factors, solution(full_plan(), factors))
    assert {row["package"]: row["remaining"] for row in report.tables["networks"].rows} == {"N1": 20.0, "N2": 5.0}
    assert report.tables["networks_by_region"].rows[-1]["region"] is None


def test_declarations_are_complete():
    for sheet in RESULTS:
        assert len(sheet.name) <= 31
        for text in (sheet.text, sheet.note, *(c.text for c in sheet.columns), *(c.note for c in sheet.columns)):
            assert text.en.strip()
            assert text.ru.strip()


def test_each_kind_of_limit_has_words_and_no_other():
    """Limits that can be moved in the cases of the golden rows, which have all of them."""
    made = {limit.kind for case in CASES.values() for limit in limits(derive(case()))}
    assert made == set(KINDS_OF_LIMIT)


@pytest.mark.parametrize(("shares", "said"), [
    ((0.434, 0.326, 0.15, 0.09), "B 43 %; L 33 %; +2 more 24 %"),
    ((0.426, 0.326, 0.248), "B 43 %; L 32 %; +1 more 25 %"),  # each rounded: 43 + 33 + 25 = 101
    ((0.334, 0.333, 0.333), "B 34 %; L 33 %; +1 more 33 %"),  # each rounded: 99
    ((0.997, 0.003), "B 100 %; L <1 %"), ((0.5, 0.494, 0.006), "B 50 %; L 49 %; +1 more 1 %")])
def test_shares_of_payers_add_up(shares, said):
    told = who_pays(found(), list(zip(shares, "BLOY", strict=False)))
    assert told.en == said.replace(" %", "\u00a0%")


@pytest.mark.parametrize(("status", "said", "russian"), [
    ({}, "No facilities of the programme.", "Не объекты программы."),
    ({"F1": "illustrative", "F2": "illustrative"}, "All of them illustrative.", "Все они условные."),
    ({"F1": "illustrative"}, "1 of them illustrative, the others no facilities of the programme.",
     "Из них условных 1, остальные не объекты программы.")])
def test_what_is_done_and_not_counted_is_called_what_it_is(status, said, russian):
    """F1 and F2 end in the plan and do not count, nor does F3, which is done before and so is none of these two."""
    case = full_case()
    for key in ("F1", "F2", "F3"):
        case = edit(case, "facilities", key, counts=False, data_status=status.get(key, "estimate"))
    factors = derive(case)
    here = amounts(case, factors, full_plan())
    section = built(here, build_report(case, factors, solution(full_plan(), factors)).tables)
    fact = next(one for one in section.facts if one.label.en == "Besides, done but not counted")
    assert (fact.value, fact.note.en, fact.note.ru) == (2.0, said, russian)
