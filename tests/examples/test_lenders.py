"""Lenders by their practice, and Japan in explicit cases."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jaryq.api.accepted import accept
from jaryq.factors.derive import derive
from jaryq.tables.typed import typed

COAL = {"chp_coal", "gres_coal", "boiler_house_coal"}


@pytest.fixture(scope="module")
def ready(built):
    found, issues = typed(built)
    assert issues == []
    return found


def open_in(ready, scenario):
    return {key: one for key, one in accept(ready, [], scenario).case.sources.items() if one.partner == "JP"
            and one.open}


@pytest.mark.parametrize(("scenario", "expected"), [
    ("base", {"JP_JICA", "JP_JBIC_NEXI"}),
    ("japan_none", set()),
    ("japan_jica", {"JP_JICA"}),
    ("japan_export", {"JP_JBIC_NEXI"}),
])
def test_japan_is_one_loan_one_credit_both_or_none(ready, scenario, expected):
    assert set(open_in(ready, scenario)) == expected


def test_a_point_dearer_is_a_point_dearer(ready):
    """JICA 1.70 % for 30 years of October 2025; a scenario a point above."""
    assert open_in(ready, "base")["JP_JICA"].rate == pytest.approx(0.017)
    assert open_in(ready, "japan_dearer")["JP_JICA"].rate == pytest.approx(0.027)


def test_the_deals_have_the_size_of_precedents(built):
    """Talimarjan 27.423 bn JPY; JBIC's 393 mn USD at Syrdarya at 162.65 JPY: 63.9 bn JPY, 60 % of a project at most, 10
    % of premium."""
    money = {row["source_id"]: row for _, row in built["sources"].records()}
    assert money["JP_JICA"]["envelope"] == 27.423
    assert (money["JP_JBIC_NEXI"]["envelope"], money["JP_JBIC_NEXI"]["max_share"]) == (63.9, 60)
    assert money["JP_JBIC_NEXI"]["premium"] == 10


def test_jcm_would_pay_by_the_tonne(built, ready):
    """4,000 JPY a tonne over the 15 years of the statutory life, half of a project at most; closed, and nothing is
    there for it. Opened, it may pay for what avoids emissions alone."""
    money = {row["source_id"]: row for _, row in built["sources"].records()}["JP_JCM"]
    years = {row["source_id"]: row for _, row in built["source_years"].records()}["JP_JCM"]
    assert (money["quantity"], money["per_unit"], money["max_share"], money["status"]) == ("co2", 60_000, 50, "closed")
    assert {value for key, value in years.items() if key.startswith("20")} == {0}
    case = accept(ready, [], "base").case
    jcm = replace(case.sources["JP_JCM"], open=True, ceilings={}, envelope=5.0)
    bounds = derive(replace(case, sources={**case.sources, "JP_JCM": jcm})).bounds
    paid_for = bounds.drawn_by["JP_JCM"]
    assert paid_for
    assert all(case.project(p).quantities["co2"] > 0 for p in paid_for)
    assert any(s == "JP_JCM" for s, _ in bounds.payees.closed)
    assert not COAL & {case.project(p).asset_type for p in paid_for}


def test_coal_is_closed_to_japan_and_says_why(built):
    """Barred since November 2021: new coal and works that prolong its life; filters and ash treatment qualify."""
    told = [row for _, row in built["eligibility"].records() if row["source_id"] in ("JP_JICA", "JP_JBIC_NEXI")]
    for source in ("JP_JICA", "JP_JBIC_NEXI"):
        mine = [row for row in told if row["source_id"] == source]
        assert {row["asset_type"] for row in mine if not row["allowed"]} - {None} == COAL
        assert not COAL & {row["asset_type"] for row in mine if row["allowed"]}
    assert any("November 2021" in row["reason"] and "filters" in row["reason"] for row in told)


def test_the_export_credit_is_closed_to_plants_whose_supplies_are_chosen_without_japan(built):
    """Kyzylorda's partner is from Qatar, the contractor of F224 from China. No part of its cost is a reason: the credit
    pays a smaller one of works that are open to it."""
    [row] = [row for _, row in built["eligibility"].records()
             if (row["source_id"], row["project"]) == ("JP_JBIC_NEXI", "F122")]
    assert not row["allowed"]
    assert all(not row["allowed"] for _, row in built["eligibility"].records()
               if (row["source_id"], row["project"]) == ("JP_JBIC_NEXI", "F224"))
    assert "Qatar" in row["reason"]
    assert not {"%", "quarter"} & set(row["reason"].replace("%", " % ").split())


def test_the_export_credit_is_closed_to_works_whose_suppliers_are_chosen(built, ready):
    """Whatever is begun or under contract, of the kinds that it is open to."""
    case = accept(ready, [], "base").case
    pays = case.facilities.keys() & derive(case).bounds.drawn_by["JP_JBIC_NEXI"]
    assert pays
    assert not {p for p in pays if case.facilities[p].committed or case.facilities[p].started is not None}


def test_nothing_names_what_is_gone(built):
    sources = {row["source_id"] for _, row in built["sources"].records()}
    assert {row["source_id"] for _, row in built["eligibility"].records()} <= sources
    scenarios = {row["scenario"] for _, row in built["scenarios"].records()}
    assert {row["scenario"] for _, row in built["scenario_changes"].records()} <= scenarios
    assert {name for _, row in built["scenarios"].records()
            for name in (row["builds_on"] or "base").split("; ")} <= scenarios


def test_sewage_loans_of_adb_do_not_come_before_2028(built):
    """Still in preparation in December 2025; a quarter of a project, as in Almaty CHP-2."""
    adb = next(row for _, row in built["sources"].records() if row["source_id"] == "ADB")
    assert (adb["available_from"], adb["max_share"]) == (2028, 30)


def test_a_year_late_is_a_year_late(ready):
    """Both may be drawn from 2028 on in base: signed in 2027, effective a year later."""
    years = {name: {key: one.available_from for key, one in open_in(ready, name).items()}
             for name in ("base", "japan_late")}
    assert years == {"base": {"JP_JICA": 2028, "JP_JBIC_NEXI": 2028},
                     "japan_late": {"JP_JICA": 2029, "JP_JBIC_NEXI": 2029}}


def test_each_source_has_a_pace_or_a_ramp_or_it_is_said_why_not(built):
    """The method page names every open source once, under what holds it: pace, ramp, or none and why."""
    page = next(row for _, row in built["sources_and_method"].records() if row["topic"] == "money_by_year")
    for text, paced, ramps, none in ((page["text"], "Pace of", "Ramps:", "No ramp"),
                                     (page["text_ru"], "Темп", "Рост:", "Без ограничения")):
        parts = {"pace": text[text.index(paced):text.index(ramps)], "ramp": text[text.index(ramps):text.index(none)],
                 "none": text[text.index(none):]}
        for _, row in built["sources"].records():
            if row["status"] == "open":
                named = {part for part, said in parts.items() if row["source_id"] in re.findall(r"[A-Z_]{3,}", said)}
                assert named == {"pace" if row["pace"] else "ramp" if row["ramp_up"] else "none"}, row["source_id"]


def test_the_rise_of_generators_money_is_that_of_repairs(built):
    """327 bn in 2024, 373 in 2025: 14.1 %."""
    row = next(row for _, row in built["sources"].records() if row["source_id"] == "KZ_GEN_OWN")
    assert row["ramp_up"] == round((373 / 327 - 1) * 100, 1) == 14.1


def test_a_paced_loan_rises_as_its_pace(built):
    """10, 20, 30, 25, 15 %: twice the year before at most (20 over 10), and a tenth of the sum; IBRD 0.35 bn USD. Three
    equal years (33, 33, 34 %): 3 % more than the year before, and a third of the sum at once, of 63.9 bn JPY 21.087."""
    paced = {row["source_id"]: row for _, row in built["sources"].records() if row["pace"]}
    assert len(paced) == 9
    export = paced.pop("JP_JBIC_NEXI")
    assert (export["ramp_up"], export["ramp_least"]) == (3.0, 21.087)
    for name, row in paced.items():
        assert (row["ramp_up"], row["ramp_least"]) == (100, pytest.approx(row["envelope"] / 10, abs=1e-4)), name
    assert paced["IBRD"]["ramp_least"] == pytest.approx(0.035)


def test_the_export_credit_pays_much_of_a_work_or_nothing(built, ready):
    """Of debts of the region JBIC lent 43.2 to 60 %: 72 %. Japan can deliver 40 % of gas plants: 34 % without the down
    payment, and half of 40 local, 54 % in all, of which 72 % are 38.9; of hydropower, 30 %: 40.5 and 29.2."""
    least = {row["asset_type"]: row["min_share"] for _, row in built["eligibility"].records()
             if row["source_id"] == "JP_JBIC_NEXI" and row["allowed"]}
    assert (least["gres_gas"], least["chp_gas"], least["hpp"], least["substation_500"]) == (38.9, 38.9, 29.2, 29.2)
    assert (least["line_220"], least["water_treatment"]) == (14.6, 19.4)
    page = next(row["text"] for _, row in built["sources_and_method"].records() if row["topic"] == "money_of_japan")
    assert "at least 72 %" in page
    assert "54 % of gas plants, 40.5 of hydropower and substations, so at least 38.9 and 29.2 %" in page
    shares = derive(accept(ready, [], "base").case).bounds.share_most
    assert {round(100 * shares["JP_JBIC_NEXI", p], 6) for p in ("F084", "F056")} == {54.0}


def test_the_export_credit_is_owed_by_owners_and_drawn_within_the_plan(ready):
    """A third by the end of each of 2028, 2029 and 2030, signed in the middle of 2027, effective half a year later."""
    credit = accept(ready, [], "base").case.sources["JP_JBIC_NEXI"]
    assert (credit.who_repays, credit.guaranteed, credit.borrower) == ("utility", 1.0, None)
    assert credit.pace == pytest.approx((0.33, 0.33, 0.34))
    assert (credit.signing_year, credit.effective_months) == (2027, 6)


def test_what_has_neither_pace_nor_ramp_pays_for_works_under_contract_alone(ready, built):
    """Their projects are committed or begun, and a ramp leaves such works free."""
    case = accept(ready, [], "base").case
    bound = {key: one for key, one in case.sources.items() if one.open and not one.pace and one.ramp is None}
    assert set(bound) == {"EBRD_ALMATY", "ADB_ALMATY", "EDB_KARAGANDA", "EBRD_AKTOBE", "KZ_NF_BOND", "CN_EXIM",
                          "KZ_KEGOC", "KZ_KEGOC_BOND"}
    told = [row for _, row in built["eligibility"].records() if row["source_id"] in bound and row["allowed"]]
    assert {row["source_id"] for row in told} == set(bound)
    for row in told:
        facility = case.facilities[row["project"]]
        assert facility.committed or facility.started is not None, row


def test_the_project_loan_is_owed_by_the_grid_company_under_a_guarantee(ready):
    """As its loans from the World Bank of 2009, in which the Republic is the guarantor."""
    loan = accept(ready, [], "base").case.sources["JP_JICA"]
    assert (loan.borrower, loan.who_repays, loan.guaranteed) == ("KEGOC", "utility", 1.0)


def test_dearer_construction_takes_no_more_crews(ready):
    """Facilities have crews of their own and kilometres their need: neither follows a price that rises by a quarter.
    The contractor of the new line takes none."""
    base, dear = (accept(ready, [], name) for name in ("base", "costs_up"))
    some = next(iter(base.case.facilities))
    assert dear.case.facilities[some].overnight == pytest.approx(1.25 * base.case.facilities[some].overnight)
    assert {key for key, facility in base.case.facilities.items() if not facility.crews} == {"F225"}
    assert dear.factors.works.crew_need == base.factors.works.crew_need
    assert dear.factors.works.crew_km == base.factors.works.crew_km


def test_a_facility_takes_the_crew_years_that_its_cost_means(built):
    """Ekibastuz GRES-2 unit 3: 36 months at 0.1 crew-years for each bn KZT; Almaty CHP-2, begun in July 2024 and to end
    with 2026, has a year left: its crews at once are the crew-years of what is left."""
    crews = {row["project"]: row for _, row in built["crew_needs"].records()}
    facilities = {row["facility"]: row for _, row in built["facilities"].records()}
    assert set(crews) == set(facilities) - {"F225"}
    assert crews["F116"]["crews"] == pytest.approx(0.1 * facilities["F116"]["cost"] / 3)
    assert crews["F020"]["crews"] == pytest.approx(0.1 * facilities["F020"]["cost"])
