"""How sure the figures are that make the money of a plan, and which would have to be published, by hand
(docs/numbers.md, How sure figures are)."""

from dataclasses import replace

import openpyxl
import pytest

from jaryq.case.plan import Plan
from jaryq.factors.derive import derive
from jaryq.report import build_report, claims
from jaryq.report.amounts import amounts
from jaryq.report.published import SHOWN_FIGURES, Figure, by_status, figures, to_publish
from jaryq.report.words import DATA
from jaryq.verify.recompute import recompute
from jaryq.verify.totals import compare
from tests.cases import facility, keyed, package, source
from tests.make import bare_case
from tests.report.plans import solution
from tests.workbook.test_plan import inputs, write


def case_of(facilities=(), packages=()):
    return bare_case(facilities=keyed(*facilities), packages=keyed(*packages), sources=keyed(source("B")))


def plan_of(case):
    """Everything is done in the first year it can be, out of one budget."""
    start = {(key, str(min(f.spend or {2026: 0.0}))): 1.0 for key, f in case.facilities.items()}
    renew = {(key, "2026"): package.km for key, package in case.packages.items()}
    outlay = derive(case).outlays(Plan(start=start, renew=renew))
    return Plan(start=start, renew=renew, draw={("B", p, y): amount for (p, y), amount in outlay.items()})


def found(case):
    return amounts(case, derive(case), plan_of(case))


HAND = case_of(
    [facility("F1", cost=30.0, data_status="reported", estimated=frozenset({"cost"})), facility("F2", cost=40.0)],
    [package("N1", km=300.0, unit_cost=0.1, data_status="derived", estimated=frozenset({"km"}))])
"""The case of docs/numbers.md: 30 of F1 and 40 of F2 are estimates, 30 of N1 derived, for its length makes no money by
itself."""


def test_money_rests_on_the_figures_that_make_it():
    assert by_status(found(HAND)) == pytest.approx({"reported": 0.0, "derived": 30.0, "estimate": 70.0,
                                                    "illustrative": 0.0})
    assert figures(found(HAND)) == [Figure("F2", "cost", "estimate", pytest.approx(40.0)),
                                    Figure("F1", "cost", "estimate", pytest.approx(30.0)),
                                    Figure("N1", "unit_cost", "derived", pytest.approx(30.0))]


def test_the_largest_are_to_be_published_until_less_than_60_percent_rests_on_estimates():
    """70 % rests on estimates; without F2's cost 30 %."""
    assert [(figure.project, figure.column) for figure in to_publish(found(HAND))] == [("F2", "cost")]


@pytest.mark.parametrize(("estimated", "named"), [(59.9, []), (60.0, ["F1"]), (60.1, ["F1"])])
def test_60_percent_is_where_it_begins(estimated, named):
    case = case_of([facility("F1", cost=estimated), facility("F2", cost=100.0 - estimated, data_status="reported")])
    assert [figure.project for figure in to_publish(found(case))] == named


def test_illustrative_projects_rest_on_no_published_figure_either():
    """20 estimated, 50 illustrative, 30 reported: 70 %, the 50 would do."""
    case = case_of([facility("F1", cost=20.0), facility("F2", cost=50.0, data_status="illustrative",
                                                        estimated=frozenset({"cost"})),
                    facility("F3", cost=30.0, data_status="reported")])
    assert by_status(found(case)) == pytest.approx({"reported": 30.0, "derived": 0.0, "estimate": 20.0,
                                                    "illustrative": 50.0})
    assert [figure.project for figure in to_publish(found(case))] == ["F2"]


def test_stated_spending_rests_on_each_year_by_itself():
    """4 in 2026 reported, 6 in 2027 an estimate; 1 that comes in 2028 is no outlay, and ``cost`` is not used."""
    case = case_of([facility("F1", spend={2026: 4.0, 2027: 6.0, 2028: -1.0}, data_status="reported",
                             estimated=frozenset({"spend_2027", "spend_2028", "cost"}))])
    assert by_status(found(case)) == pytest.approx({"reported": 4.0, "derived": 0.0, "estimate": 6.0,
                                                    "illustrative": 0.0})
    assert [figure.column for figure in to_publish(found(case))] == ["spend_2027"]


def test_nothing_is_spent():
    case = case_of()
    assert to_publish(found(case)) == []
    assert set(by_status(found(case)).values()) == {0.0}


def report_of(case):
    plan = plan_of(case)
    factors = derive(case)
    answer = solution(plan, factors, prices=())
    _, findings = recompute(case, plan)
    return build_report(case, factors, answer, findings=findings)


def facts(case):
    (section,) = [section for section in report_of(case).overview if section.head.en == "What it rests on"]
    return {fact.label.en: fact for fact in section.facts}


def test_the_summary_names_row_and_column():
    told = facts(HAND)
    assert told["Spending on reported or derived figures"].value == pytest.approx(30.0)
    assert told["Spending on estimates"].value == pytest.approx(70.0)
    assert told["Figures that would have to be published"].value == 1.0
    named = told["F2: Overnight cost"]
    assert (named.value, named.unit, named.note.en) == (pytest.approx(40.0), "%", "facilities: F2, cost")
    assert "F1: Overnight cost" not in told


def test_few_are_named_one_by_one():
    """20 estimates of 5 each are all there is: 9 published leave 55 %. With 60 of 1 it takes 25 (35 left of 60 are 58.3
    %), of which 12 are named."""
    assert facts(case_of([facility(f"F{i:02}", cost=5.0)
                          for i in range(20)]))["Figures that would have to be published"].value == 9.0
    told = facts(case_of([facility(f"F{i:02}", cost=1.0) for i in range(60)]))
    assert told["Figures that would have to be published"].value == 25.0
    assert sum("Overnight cost" in name for name in told) == SHOWN_FIGURES
    assert told["13 more"].value == pytest.approx(100.0 * 13 / 60)


def test_below_60_percent_none_is_named():
    told = facts(case_of([facility("F1", cost=50.0), facility("F2", cost=50.0, data_status="reported")]))
    assert "Figures that would have to be published" not in told


def test_verify_adds_up_the_same_and_finds_another_claim():
    case = case_of([facility("F1", spend={2026: 4.0, 2027: 6.0}, data_status="reported",
                             estimated=frozenset({"spend_2027"})), facility("F2", cost=40.0),
                    facility("F3", cost=5.0, data_status="illustrative", estimated=frozenset({"cost"}))],
                   [package("N1", km=300.0, unit_cost=0.1, data_status="derived", estimated=frozenset({"unit_cost"}))])
    plan = plan_of(case)
    factors = derive(case)
    stated = {key: value for key, value in claims(case, factors, solution(plan, factors)).items()
              if key.startswith("spend_status")}
    assert stated == pytest.approx({"spend_status[reported]": 4.0, "spend_status[derived]": 0.0,
                                    "spend_status[estimate]": 76.0, "spend_status[illustrative]": 5.0})
    totals, _ = recompute(case, plan)
    assert all(finding.ok for finding in compare(totals, stated))
    assert [finding.ok for finding in compare(totals, {"spend_status[estimate]": 75.0})] == [False]


def test_pages_show_the_weakest_figure_of_what_they_show():
    """Facilities and networks by their money, funding by its limits; a length that is an estimate leaves the money of
    its package as sure as it is."""
    case = replace(HAND, sources=keyed(source("B", data_status="reported", estimated=frozenset({"envelope"}),
                                              envelope=500.0), source("C", data_status="derived")))
    tables = report_of(case).tables
    assert {row["facility"]: row["data_status"] for row in tables["facilities"].rows} == {"F1": DATA["estimate"],
        "F2": DATA["estimate"]}
    assert [row["data_status"] for row in tables["networks"].rows] == [DATA["derived"]]
    assert {row["source"]: row["data_status"] for row in tables["funding"].rows} == {"B": DATA["estimate"],
        "C": DATA["derived"]}


def test_the_plans_input_sheets_tint_the_figure(tmp_path):
    """F1's row is reported: its name is plain, its cost, named as an estimate, is not; F2's row is an estimate."""
    from jaryq.tables.tables import Table
    table = Table.of("facilities", [{"facility": "F1", "name": "One", "cost": 1.0, "wear": 5.0,
                                     "data_status": "reported", "estimated": "cost"},
                                    {"facility": "F2", "name": "Two", "cost": 2.0, "wear": 6.0,
                                     "data_status": "estimate", "estimated": None}])
    write(tmp_path / "p.xlsx", inputs=inputs().with_sheet(table))
    page = openpyxl.load_workbook(tmp_path / "p.xlsx")["in_facilities"]
    columns = {cell.value: cell.column for cell in page[3]}
    rows = {row[0].value: row[0].row for row in page.iter_rows() if row[0].value in ("F1", "F2")}

    def tinted(key, column):
        return page.cell(rows[key], columns[column]).fill.fill_type == "solid"
    assert (tinted("F1", "name"), tinted("F1", "cost"), tinted("F1", "wear")) == (False, True, False)
    assert (tinted("F2", "name"), tinted("F2", "cost")) == (True, False)
