"""Tables, claims and summary lines on capacity at the peak and on who can bear the debt, for the plans of the hand
cases."""

from dataclasses import replace

import pytest

from jaryq.base.text import Text
from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report.adequacy import at_the_end, balances_table, claims_on_adequacy, flows_table
from jaryq.report.amounts import amounts
from jaryq.report.borrowers import bearing, borrowers_table, burden_table, claims_on_debt, owed_by_others
from jaryq.report.build import build_report
from jaryq.report.gains import gain_of
from jaryq.report.objective import society
from jaryq.report.projects import reason
from jaryq.report.shapes import Fact
from jaryq.report.spared import spared
from jaryq.report.values import purse_by_year
from jaryq.report.words import OWN_VALUE
from jaryq.sheets.results_adequacy import BALANCES_OUT, FLOWS_OUT
from jaryq.workbook.plan_style import amount
from jaryq.workbook.plan_summary import _fine
from tests.cases import add, changed, facility, keyed
from tests.hand.test_hand_balances import areas, capacity, figures, one_area, one_year, plant, programme, tie, two_areas
from tests.hand.test_hand_debt import bill, burdened, guaranteed, lent, utility
from tests.make import solved


def found_of(case):
    return amounts(case, derive(case), solved(case).plan)


def lines(table):
    return [{key: value.en if isinstance(value, Text) else value for key, value in row.items()} for row in table.rows]


def test_a_year_is_shown_at_its_worst_peak():
    """B1: 90 available of 100 in 2026: 10 are missing; with 15 MW 95 in 2027."""
    rows = lines(balances_table(found_of(programme(plant(), balances=(one_area(),)))))
    assert [(row["year"], row["available"], row["works"], row["left"], row["deficit"]) for row in rows] == [
        (2026, 90.0, 0.0, pytest.approx(-10.0), pytest.approx(10.0)),
        (2027, 80.0, 15.0, pytest.approx(-5.0), pytest.approx(5.0)),
        (2028, 80.0, 15.0, pytest.approx(-5.0), pytest.approx(5.0))]


def test_claims_on_a_balance():
    """B1 to 2030: margins -10, -5, -5, -5 (2029: with all works in service); 10 + 5 + 5 + 2 x 5 = 30 are charged."""
    numbers = claims_on_adequacy(found_of(programme(plant(), balances=(one_area(priced_to=2030, later=(80,)),),
                                                    evaluation_last_year=2030)))
    assert numbers == pytest.approx({"deficit_pv": 30.0} | {f"deficit[South,MW,{y}]": -m
                                                            for y, m in ((2026, -10.0), (2027, -5.0), (2028, -5.0),
                                                            (2029, -5.0))}
                                    | {f"margin[South,MW,{y}]": m
                                       for y, m in ((2026, -10.0), (2027, -5.0), (2028, -5.0), (2029, -5.0))})
    assert claims_on_adequacy(found_of(programme(plant()))) == {}


def test_a_deficit_is_a_loss_of_the_country_and_of_consumers():
    """B1: 20 of deficits and 10 of cost (of the budget): society -30, utilities and consumers -20, the State -10; by
    year 10 + 10, 5, 5."""
    found = found_of(programme(plant(), balances=(one_area(),)))
    gains = gain_of(found)
    assert (society(found), gains["users"], gains["state"]) == pytest.approx((-30.0, -20.0, -10.0))
    assert purse_by_year(found) == pytest.approx({2026: -20.0, 2027: -5.0, 2028: -5.0})


def test_flows_stand_against_their_capacity():
    """B2: 10 flow over a tie of 10; a line of 15 done in 2026: 25 of 25 in 2027."""
    rows = lines(flows_table(found_of(two_areas(15.0))))
    assert [(row["period"], row["direction"], row["flow"], row["capacity"], row["room"]) for row in rows] == [
        ("2026", "North → South", pytest.approx(10.0), 10.0, pytest.approx(0.0, abs=1e-9)),
        ("2027", "North → South", pytest.approx(25.0), pytest.approx(25.0), pytest.approx(0.0, abs=1e-9))]


def test_what_a_project_spares_is_its_own_value():
    """B1: without F 50, with it 20: it spares 30 for 10. Without a price nothing is spared."""
    found = found_of(programme(plant(), balances=(one_area(),)))
    assert spared(found) == pytest.approx({"F": 30.0})
    assert reason(found, found.case.facilities["F"]) is OWN_VALUE
    assert spared(found_of(programme(plant(must=True), balances=(one_area(price=None),)))) == {}


def test_what_is_spared_chooses_flows_anew():
    """One area short of 40, the other with 30 to spare, a tie of 25 that a line raises by 10: with it 30 flow and 10
    are missing, without it 25: 15."""
    line = facility("L", asset_type=None, cost=1.0, must=True, latest=2026, quantities={"tie_ns": 10.0})
    case = programme(line, balances=areas((2026, 2027), price=1.0),
                     ties=(tie("NS", "North", "South", figures(25, 25), quantity="tie_ns"),),
                     quantities=keyed(capacity(), capacity("tie_ns")), last_year=2027, evaluation_last_year=2027)
    assert spared(found_of(case)) == pytest.approx({"L": 5.0})


def test_the_summary_tells_the_last_winter():
    section = at_the_end(found_of(one_year(price=1.0)))
    assert [(fact.label.en, fact.value) for fact in section.facts] == [
        ("North: deficit at the peak of 2026", 0.0), ("South: deficit at the peak of 2026", pytest.approx(40.0)),
        ("Cost of deficits", pytest.approx(40.0))]


# --- debt -------------------------------------------------------------------------------------------------------------

def test_a_borrower_by_year():
    """T3: 32 drawn, 8 a year in 2027 to 2030, cover 1.25; 2026 has cash and no service."""
    found = found_of(lent())
    rows = lines(borrowers_table(found))
    assert [(row["year"], row["cash"], row["service"], row["dscr"], row["shortfall"]) for row in rows] == [
        (2026, 10.0, 0.0, None, 0.0), *((y, 10.0, pytest.approx(8.0), pytest.approx(1.25), pytest.approx(0.0, abs=1e-6))
                                        for y in range(2027, 2031))]
    numbers = claims_on_debt(found)
    assert numbers == pytest.approx({f"service[U,{y}]": 0.0 if y < 2027 else 8.0 for y in range(2026, 2031)}
                                    | {f"dscr[U,{y}]": 1.25 for y in range(2027, 2031)})


def test_other_service_counts_in_the_cover():
    """T3 with other service of 2 in 2027: 6 + 2 against 10; without cash nothing is told of the cover."""
    found = found_of(lent(utility(other={2027: 2.0}, cash={2027: 10.0, 2028: 10.0})))
    numbers = claims_on_debt(found)
    assert {key: value for key, value in numbers.items()
            if key.startswith("dscr")} == pytest.approx({"dscr[U,2027]": 10 / 8, "dscr[U,2028]": 10 / 6})


def said(found):
    return [remark.en for remark in borrowers_table(found).remarks]


def test_what_is_blank_of_a_borrower_is_told():
    """U has cash in all years of its service and no other debts entered: these cells are blank, not nought; without
    cash nothing is measured. With both there is nothing to say."""
    other = "U: where other service is blank, no debts outside the programme are entered; it may have some."
    assert said(found_of(lent())) == [other]
    assert {row["other"] for row in lines(borrowers_table(found_of(lent())))} == {None}
    bare = found_of(lent(utility(cash={}, priority=None)))
    assert said(bare) == [
        "U: where cash is blank, none is entered, so what is left, cover and shortfall are not measured.", other]
    assert borrowers_table(bare).remarks[0].ru.startswith("U: где денежный поток пуст, он не указан")
    years = range(2026, 2031)
    assert said(found_of(lent(utility(other=dict.fromkeys(years, 0.5))))) == []


def test_loans_that_others_owe_for_works_of_a_borrower_are_told():
    """The loan K, which the budget owes, pays 5 for works of V, whose owner is U by its key or its name; own money is
    no loan, and U owes what L pays for its A."""
    plan = Plan(start={("A", "2026"): 1.0, ("V", "2026"): 1.0},
                draw={("L", "A", 2026): 32.0, ("O", "A", 2026): 8.0, ("K", "V", 2026): 5.0, ("O", "V", 2026): 2.0})
    for owner, told in (("U", 5.0), ("The utility", 5.0), ("another", None), ("", None)):
        case = lent(replace(utility(), name="The utility"))
        case = replace(case, facilities={**case.facilities, "V": facility(
            "V", asset_type=None, cost=7.0, must=True, latest=2026, benefit=0.0, owner=owner)})
        case = add(case, "sources", replace(case.sources["L"], id="K", name="K", who_repays="budget"))
        found = amounts(case, derive(case), plan)
        assert owed_by_others(found, "U") == (0.0 if told is None else told)
        there = [text for text in said(found) if "besides, loans that others owe pay 5.0 bn KZT" in text]
        assert len(there) == (told is not None)


def test_guarantees_are_claimed_where_there_are_any():
    """T4: 25.6 on 31 December 2026, then a quarter less each year; new ones in 2026."""
    numbers = claims_on_debt(found_of(guaranteed()))
    assert {key: value for key, value in numbers.items() if "guarantees" in key} == pytest.approx({
        "guarantees[2026]": 25.6, "guarantees[2027]": 19.2, "guarantees[2028]": 12.8, "guarantees[2029]": 6.4,
        "guarantees[2030]": 0.0,
        "new_guarantees[2026]": 25.6, "new_guarantees[2027]": 0.0, "new_guarantees[2028]": 0.0}, abs=1e-9)
    assert not [key for key in claims_on_debt(found_of(lent())) if "guarantees" in key]


def test_a_peak_that_is_what_is_missing_alone_is_said_to_be_no_peak_of_the_town():
    """An area for which no available capacity is stated, beside one that has some."""
    given = one_area()
    bare = replace(given, area="S", area_ru="С", available=dict.fromkeys(given.available, 0.0), origin="balances!9")
    said = balances_table(found_of(programme(plant(), balances=(given, bare)))).remarks[-1]
    assert said.en.startswith("S: the inputs state only the missing part")
    assert said.ru.startswith("С: ")
    assert len(balances_table(found_of(programme(plant(), balances=(given,)))).remarks) == 1


def test_the_burden_by_region():
    """T2: 37.5 of 2,400."""
    found = found_of(burdened((bill(rise=None, household_share=0.75),)))
    assert lines(burden_table(found)) == [{"region": "R", "year": 2026, "bills": pytest.approx(37.5),
                                           "incomes": pytest.approx(2400.0),
                                           "burden": pytest.approx(1.5625)}]
    assert claims_on_debt(found) == pytest.approx({"burden[R,2026]": 0.015625})
    assert [fact.label.en for fact in bearing(found, {}).facts] == ["Largest burden of households"]


def test_what_is_not_known_is_not_told():
    found = found_of(changed(burdened((bill(rise=None),)), targets=()))
    assert (lines(burden_table(found)), claims_on_debt(found), bearing(found, {})) == ([], {}, None)


def test_the_report_has_these_sheets_where_there_is_something_to_say():
    for case, sheets in ((programme(plant(), balances=(one_area(),)), {"balances"}),
                         (two_areas(), {"balances", "flows"}),
                         (lent(), {"borrowers"}), (burdened((bill(rise=None, household_share=0.75),)),
                                                   {"burden", "tariffs"})):
        made = build_report(case, derive(case), solved(case))
        assert {"balances", "flows", "borrowers", "burden", "tariffs"} & set(made.tables) == sheets



def test_units_of_rows_and_few_decimals():
    """Areas differ in their units: a column tells where it stands, and a cover of 5/6 is 0.833."""
    assert {column.unit for column in (*BALANCES_OUT.columns, *FLOWS_OUT.columns)
            if column.kind == "number"} == {"capacity of the row"}
    assert _fine(Fact(Text("Cover", "Покрытие"), 5 / 6, "number"), 5 / 6) == amount(3)
    assert _fine(Fact(Text("Cover", "Покрытие"), 2.0, "number"), 2.0) == amount(0)


def test_areas_have_their_russian_names():
    """In the table, along ties and in the summary; an area without one keeps its own."""
    base = two_areas()
    south, north = (next(balance for balance in base.balances if balance.area == area) for area in ("South", "North"))
    case = replace(base, balances=(replace(south, area_ru="Юг"), north))
    found = found_of(case)
    assert {(row["area"].en, row["area"].ru) for row in balances_table(found).rows} == {("South", "Юг"),
        ("North", "North")}
    assert {row["direction"].ru for row in flows_table(found).rows} == {"North → Юг"}
    assert [fact.label.ru for fact in at_the_end(found).facts] == ["Юг: дефицит в пик 2027 года",
        "North: дефицит в пик 2027 года"]


def test_a_share_is_not_shown_above_the_limit_that_it_keeps():
    """1.5625 % of incomes beside a limit of 1.5625 %: 1.56, not 1.6; 15.625 % has one decimal as other percents."""
    assert _fine(Fact(Text("a", "а"), 1.5625, "%"), 1.5625) == "0.00"
    assert _fine(Fact(Text("a", "а"), 15.625, "%"), 15.625) is None
