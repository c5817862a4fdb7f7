"""Pages of the regions: figures that agree with the page of places and the tables, names that Excel takes, and
`--regions` itself."""

import math
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jaryq.api.besides import outdated
from jaryq.base.text import Text
from jaryq.commands.cli import main
from jaryq.handover.places import places
from jaryq.handover.regions import SHOWN, asked, built, regions
from jaryq.report import build_report
from jaryq.report.shapes import Out
from jaryq.report.words import IN_PLAN, NO, YES
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.regions import names_of
from tests.handover.test_tables import SHEETS
from tests.report.plans import finished
from tests.report.works import made
from tests.workbooks import minimal_tables


@pytest.fixture(scope="module", params=["years", "quarters"])
def told(request):
    case, factors, answer = finished() if request.param == "years" else made()
    return case, build_report(case, factors, answer)


def block(page, head):
    return next((one for one in page.blocks if one.head.en == head), None)


def total(pages, head, heading):
    return math.fsum(one.total(heading) for region in pages if (one := block(region.page, head)) is not None)


def test_pages_add_up_to_the_tables(told):
    """What the pages show of km, costs, payers and facilities is, over all regions, what the tables of the plan sum up
    to."""
    case, report = told
    pages, networks = regions(case, report), report.tables["networks"]
    assert [region.row for region in pages] == list(report.tables["by_region"].rows)
    for heading, column in (("In scope", "scope"), ("Done before", "done"), ("Renewed by the plan", "renewed"),
                            ("Cost", "total")):
        assert total(pages, "Networks", heading) == pytest.approx(networks.total(column))
    for year in case.settings.years:
        assert total(pages, "Networks", str(year)) == pytest.approx(networks.total(f"km_{year}"))
    assert total(pages, "Facilities", "Cost") == pytest.approx(report.tables["facilities"].total("total"))
    assert total(pages, "Who pays for what", "In all") == pytest.approx(report.tables["uses"].total("total"))
    left = [row for row in report.tables["facilities"].rows if row["status"].en == "not in the plan"]
    assert total(pages, "Left out", "Facilities") == len(left)


def test_each_page_agrees_with_the_page_of_places(told):
    case, report = told
    page = places(case, report)
    if page is None:
        pytest.skip("one region")
    fields = [field.head.en for field in page.blocks[0].fields]
    by_name = {line[0]: dict(zip(fields, line, strict=True)) for line in page.blocks[0].rows}
    for region in regions(case, report):
        shown, facts = by_name[region.name], {fact.label.en: fact.value for fact in region.page.figures}
        assert facts["Facilities finished"] == shown["Facilities finished"]
        assert facts["Cost, nominal"] == shown["Cost"]
        assert facts.get("Networks renewed", 0.0) == pytest.approx(shown["Networks renewed"])
        money = block(region.page, "Year by year").rows[0]
        assert math.fsum(money[1:-1]) == pytest.approx(money[-1]) == pytest.approx(shown["Cost"])


def test_regions_of_one_name_show_no_table_that_goes_by_names(told):
    """Payers are told by the name of the region: of two with one name nobody could say whose they are."""
    case, report = told
    table = report.tables["by_region"]
    same = Text("Twin", "Близнец")
    twins = replace(report, tables={**report.tables, "by_region": replace(table,
        rows=tuple({**row, "name": same} for row in table.rows))})
    if len(table.rows) > 1:
        assert all(block(region.page, "Who pays for what") is None for region in regions(case, twins))


def test_targets_of_a_region_are_those_whose_filter_names_it():
    row = {"name": Text("a", "а"), "year": "2030", "sense": ">=", "value": 5.0, "reached": 3.0,
           "unit": Text("km", "км"), "shortfall": 2.0, "met": NO}
    rows = ({**row, "filter": "kind=network; region=R1"}, {**row, "filter": "region=R10"},
            {**row, "filter": "region=R1", "met": YES}, {**row, "filter": None})
    report = type("Made", (), {"tables": {"targets": Out("targets", (), rows)}})
    assert [(line[2].en, line[3], line[5]) for line in asked(report, "R1").rows] == [("at least 5", 3.0, 2.0),
        ("at least 5", 3.0, None)]
    assert asked(report, "").rows == ()


def test_a_page_holds_so_many_facilities_and_says_how_many_more():
    rows = [{"name": Text(f"f{i}", f"f{i}"), "status": IN_PLAN, "start": "2026", "finish": "2027", "total": 1.0}
            for i in range(SHOWN + 3)]
    shown = built(rows)
    assert len(shown.rows) == SHOWN
    assert shown.notes[0].en == "3 more on the sheet facilities of the plan."
    assert not any(field.total for field in shown.fields)  # a sum of a part would be no sum
    assert built(rows[:SHOWN]).notes == ()


def test_names_of_sheets_are_what_excel_takes():
    """At most 31 letters, none of []:*?/\\, no quote at the ends, each once in any letter case, never History."""
    wanted = ["a/b", "A B", "'quoted'", "x" * 40, "x" * 40, "", "History", "[*]"]
    made = names_of(wanted)
    assert made == ["a b", "A B 2", "quoted", "x" * 31, "x" * 29 + " 2", "–", "History 2", "– 2"]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    place = tmp_path_factory.mktemp("regions")
    write_inputs(minimal_tables(**SHEETS), place / "case.xlsx")
    assert main(["plan", str(place / "case.xlsx"), "--out", str(place / "out"), "--regions", "--lang", "ru"]) == 0
    return place


def test_the_contents_stand_first_and_lead_to_each_page(written):
    book = openpyxl.load_workbook(written / "out" / "regions.xlsx")
    assert {sheet.oddFooter.left.text.rpartition(", ")[2] for sheet in book.worksheets} == {"сценарий базовый"}
    first, *pages = book.worksheets
    assert first.title == "Содержание"
    links = [cell.hyperlink.location for row in first.iter_rows(max_col=1) for cell in row if cell.hyperlink]
    assert links == [f"'{sheet.title}'!A1" for sheet in pages] != []
    for sheet in pages:
        assert sheet.page_setup.orientation == "landscape"
        # A4; one page is the default of fit
        assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet["A3"].hyperlink.location == "'Содержание'!A1"


def test_what_speaks_of_another_plan_is_marked_as_stale(written, run, tmp_path):
    """The same plan in another language keeps the pages; another plan, or none, takes their name away; a stranger's
    file stays."""
    out = tmp_path / "out"
    assert run("plan", written / "case.xlsx", "--out", out, "--regions")[0] == 0
    assert run("plan", written / "case.xlsx", "--out", out, "--lang", "ru")[0] == 0
    assert (out / "regions.xlsx").is_file()
    assert run("plan", written / "case.xlsx", "--out", out, "--set",
               "facilities; facility=F3; benefit; multiply 2")[0] == 0
    assert not (out / "regions.xlsx").exists()
    assert (out / "regions.stale.xlsx").is_file()
    (out / "regions.xlsx").write_text("mine")
    outdated(out)
    assert (out / "regions.xlsx").read_text() == "mine"
    assert run("plan", written / "case.xlsx", "--out", out, "--regions")[0] == 64
    assert Path(out / "regions.xlsx").read_text() == "mine"
