"""Whatever is wrong with an input is told in one go: what the rules on the Case find does not wait until cells are
mended that it does not follow from; and nothing is told that may be gone once they are."""

from pathlib import Path

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.base.issues import KINDS_OF_ISSUE
from jaryq.rules.feasible import FEASIBLE
from jaryq.rules.run import SENSE
from jaryq.rules.unused import UNUSED
from jaryq.tables.tables import Table
from jaryq.workbook.read import read
from tests.data import rows_of_adequacy, rows_of_quantities, rows_of_uncertainty, test_feasible
from tests.data.test_rules import BASE, BROKEN, edited
from tests.sampled import exhaustive_but

SHIPPED = Path(__file__).parents[2] / "inputs" / "kazakhstan.xlsx"
NONSENSE = "двести"
ROWS = {"facilities": {"facility": "F9", "asset_type": "plant", "cost": NONSENSE},
       "networks": {"package": "N9", "asset_type": "pipe", "km": NONSENSE, "unit_cost": 100.0},
       "sources": {**BASE["sources"][1], "source_id": "L9", "envelope": NONSENSE, "status": "closed"},
       "regions": {"region": "R99", "population": NONSENSE},
       "targets": {"target": "T9", "measure": "km", "value": NONSENSE, "unit": "km", "priority": "1"},
       "settings": {"setting": "grant_discount", "value": NONSENSE}}
"""A row for the end of a sheet, one cell of which is broken; what the rules find follows from none of them."""

PLANTS = {"measure": "facilities", "unit": "facilities"}

UNUSED_ROWS = [
    ("limits_are_there", {("asset_types", 0): {"crew": "build", "crew_need": 0.1}}, "limits_absent"),
    ("stated_elsewhere", {("progress", 2): None, ("progress", 1): None, ("progress", 0): None,
                          ("facilities", 2): {"cost": 1.0}}, "rows_absent"),
    ("years_are_used", {("source_years", 0): {"2035": 1.0}}, "year_unused"),
    ("rows_are_used", {("sources", 0): {"status": "closed"}}, "row_unused"),
    ("keys_are_used", {("asset_types", 0): {"crew": "builder", "crew_need": 0.1},
                       ("crews", 0): {"crew": "builder", "region": None, "2026": 1.0},
                       ("crews", 1): {"crew": "builders", "region": None, "2026": 1.0}}, "limit_unused"),
    ("terms_fall_on_payments", {("sources", 1): {"grace": 5.3}}, "term_rounded"),
    ("works_end_with_periods", {("facilities", 0): {"works_months": 18.0}}, "months_rounded"),
]
OF_FILES = {"stretches_share_trenches"}
"""It takes a file and streets: tests/test_stretches_input.py."""


def found(tables, issues=(), scenario="base"):
    try:
        return accept(tables, issues, scenario).issues
    except InputRejected as rejected:
        return rejected.issues


def places(tables, code):
    return {(issue.sheet, issue.cell) for issue in found(tables) if issue.code == code}


def with_row(tables, sheet, row):
    """The input with one more row."""
    rows = [dict(record) for _, record in tables.get(sheet).records()]
    return tables.with_sheet(Table.of(sheet, [*rows, row], tuple(tables.get(sheet).values)))


def with_cell(tables, sheet, heading, position, value):
    """The input with another value in a cell."""
    cells = list(tables[sheet].values[heading])
    cells[position] = value
    return tables.with_sheet(tables[sheet].with_column(heading, cells))


def alike(name, edits, code, *_):
    return name, edits, code


ALL = [alike(*case) for case in (*BROKEN, *rows_of_adequacy.BROKEN, *rows_of_quantities.BROKEN,
                                 *rows_of_uncertainty.BROKEN, *UNUSED_ROWS)]
CASES = [case for case in ALL if case[0] in {rule.__name__ for rule in (*SENSE, *UNUSED)}
         and KINDS_OF_ISSUE[case[2]].severity != "note"]


@pytest.mark.parametrize(("name", "edits", "code", "sheets"), [
    (*case, [list(ROWS)[(turn + more) % len(ROWS)] for more in (0, 3)]) for turn, case in enumerate(CASES)])
def test_a_finding_on_the_case_does_not_wait_for_a_broken_cell(name, edits, code, sheets):
    """Each finding beside broken cells of two sheets, each sheet beside many findings."""
    alone = places(edited(edits), code)
    assert alone
    for sheet in sheets:
        tables = with_row(edited(edits), sheet, ROWS[sheet])
        assert any(issue.severity == "stop" and issue.sheet == sheet and issue.cell.endswith(str(
            tables[sheet].rows[-1])) for issue in found(tables))
        if not (sheet == "facilities" and "project=F9" in str(edits)):  # it may be the one that is meant
            assert alone <= places(tables, code), sheet


@pytest.mark.parametrize(("name", "edits", "code"), [alike(*case) for case in test_feasible.OUT_OF_REACH])
def test_arithmetic_does_not_wait_for_a_broken_cell(name, edits, code):
    alone = places(test_feasible.tables_of(edits), code)
    assert alone
    for sheet in ("regions", "settings"):
        assert alone <= places(with_row(test_feasible.tables_of(edits), sheet, ROWS[sheet]), code), sheet


def test_every_rule_on_the_case_has_a_case_here():
    """Or all that is known of it are notes: nothing is to be mended, so they wait."""
    told = {name for name, *_ in (*CASES, *test_feasible.OUT_OF_REACH)}
    notes = {name for name, *_ in ALL}
    assert {rule.__name__ for rule in (*SENSE, *FEASIBLE, *UNUSED)} - told - OF_FILES <= notes


@pytest.mark.parametrize("part", exhaustive_but(range(6), [0, 3]))
def test_whatever_cell_is_broken_nothing_is_told_that_a_sound_workbook_does_not_have(part):
    """The sound workbook is one that the broken one may be mended to. Every sixth cell."""
    tables = edited({})
    sound = {(issue.code, issue.sheet, issue.cell) for issue in found(tables)}
    cells = [(sheet, heading, position) for sheet, table in tables.sheets.items() for heading in table.values
             for position in range(len(table))]
    for sheet, heading, position in cells[part::6]:
        told = {(issue.code, issue.sheet, issue.cell): issue
                for issue in found(with_cell(tables, sheet, heading, position, NONSENSE))}
        own = {key for key, issue in told.items() if issue.severity == "stop"
               and key[1:] == (sheet, tables[sheet].cell(position, heading))}
        assert not own or told.keys() - own <= sound, (sheet, heading, position)


@pytest.mark.parametrize(("edits", "told"), [
    ({("targets", 0): {**PLANTS, "filter": "region=R1"}, ("facilities", 0): {"region": "R9"}}, False),
    ({("targets", 0): {**PLANTS, "filter": "region=R9"}, ("facilities", 0): {"region": "R9"}}, False),
    ({("targets", 0): {**PLANTS, "filter": "project=F1"}, ("facilities", 0): {"cost": NONSENSE}}, False),
    ({("targets", 0): {"filter": "zone=north"}, ("regions", 0): {"works_from": NONSENSE}}, True),
    ({("targets", 0): {"filter": "sector=water", "value": NONSENSE}}, True),
], ids=["may be the region", "is what stands there", "the row itself", "no zone", "the same row"])
def test_a_filter_beside_a_broken_cell(edits, told):
    assert (("selector_matches_nothing", "targets") in {(issue.code, issue.sheet) for issue in found(
        edited(edits))}) is told


@pytest.mark.parametrize(("scenario", "change", "told"), [
    ("lower", {"selector": "source_id=Z*"}, True), ("lowest", {}, True),
    ("lower", {"sheet": "facilities", "selector": "facility=F9", "column": "cost", "years": None}, True),
    ("lower", {"sheet": "targets", "selector": "target=Z", "column": "filter", "years": None, "operation": "set",
               "value": "sector=heat"}, False),
], ids=["another sheet", "no such scenario", "no such row", "may be the filter"])
def test_a_filter_beside_a_change_that_stops(scenario, change, told):
    """The filter fits no project; a change of the scenario is broken."""
    issues = found(edited({("targets", 0): {"filter": "sector=water"}, ("scenario_changes", 0): change}), (), scenario)
    codes = {(issue.code, issue.sheet) for issue in issues}
    assert len({issue.sheet for issue in issues if issue.severity == "stop"} - {"targets"}) == 1
    assert (("selector_matches_nothing", "targets") in codes) is told


def test_what_the_broken_cell_decides_is_not_told():
    """B gives 12 bn a year. F1 must be done: of 100 bn no plan pays it; of what is not known nobody can say. F2 alone
    (cost 500 bn) is told in both."""
    wide = {("facilities", 0): {"cost": 100.0}}
    assert "commitment_not_payable" in {issue.code for issue in found(test_feasible.tables_of(wide))}
    broken = with_cell(test_feasible.tables_of({("facilities", 1): {"cost": 500.0}}), "facilities", "cost", 0, NONSENSE)
    assert [(issue.code, issue.cell) for issue in found(broken) if "payable" in issue.code] == [
        ("project_not_payable", "D5")]


def test_more_broken_cells_than_are_told_one_by_one():
    """Of 1,200 a thousand are told, so what the others may become is not tried, and nothing fails."""
    tables = edited({})
    rows = [{**BASE["networks"][0], "package": f"P{number}", "km": NONSENSE} for number in range(1200)]
    told = found(tables.with_sheet(Table.of("networks", rows)))
    assert sum(issue.sheet == "networks" and issue.column == "km" for issue in told) == 1001


def test_three_cells_of_the_shipped_case():
    tables, issues = read(SHIPPED)
    for sheet, heading, row, value in (("facilities", "cost", 4, NONSENSE), ("sources", "pace", 4, "230 %"),
                                       ("targets", "filter", 20, "region=KZ-99")):
        tables = with_cell(tables, sheet, heading, tables[sheet].rows.index(row), value)
    stopped = [issue for issue in found(tables, issues) if issue.severity == "stop"]
    assert {(issue.sheet, issue.column, issue.code) for issue in stopped} == {
        ("facilities", "cost", "wrong_type"), ("sources", "pace", "pace_unfit"),
        ("targets", "filter", "selector_matches_nothing")}
    assert all(issue.cell and issue.value and issue.rule("ru") and issue.remedy("ru") for issue in stopped)
