"""Quantities: what is read of their sheets and of the columns q_.., and what the case keeps."""

import pytest

from jaryq.case.build import build
from jaryq.case.works import YEAR
from jaryq.sheets.aliases import heading, sure_heading
from jaryq.sheets.inputs import INPUT
from jaryq.tables.scenarios import changed as with_changes
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change
from jaryq.workbook.read import read
from tests.workbooks import grid_workbook, minimal_tables, raw_minimal

MW = {"quantity": "MW_restored", "unit": "MW", "kind": "level", "value": 14_350_000.0}


def case_of(**sheets):
    tables, issues = typed(minimal_tables(**sheets))
    return build(tables), [(issue.code, f"{issue.sheet}!{issue.cell}") for issue in issues]


def test_what_the_case_keeps():
    """A season over the new year; values of a region and of all others, years as stated; blank and 0 are nothing, the
    key as it stands on its sheet."""
    winter = {"quantity": "heat", "unit": "Gcal", "kind": "flow", "season_from": 11, "season_to": 3,
              "data_status": "reported"}
    case, issues = case_of(
        regions=[{"region": "A"}], quantities=[winter, MW],
        quantity_values=[{"quantity": "heat", "region": "A", "2028": 60.0, "data_status": "derived"},
                         {"quantity": "heat", "2026": 40.0, "2030": 50.0}],
        facilities=[{"facility": "F1", "cost": 5.0, "q_mw_restored": 100.0, "q_heat": 0.0},
                    {"facility": "F1b", "cost": 4.0, "option_of": "F1", "q_heat": -2.5}],
        asset_types=[{"asset_type": "pipe", "sector": "heat"}],
        networks=[{"package": "N1", "asset_type": "pipe", "km": 10.0, "unit_cost": 50.0, "q_heat": 7.0}])
    assert issues == []
    assert list(case.quantities) == ["MW_restored", "heat"]
    heat, restored = case.quantities["heat"], case.quantities["MW_restored"]
    assert (heat.unit, heat.kind, heat.value, heat.season, heat.data_status) == ("Gcal", "flow", None,
        {11, 12, 1, 2, 3}, "reported")
    assert heat.by_region == {None: {2026: 40.0, 2030: 50.0}, "A": {2028: 60.0}}
    assert heat.statuses == {None: "estimate", "A": "derived"}
    assert heat.valued
    assert (restored.value, restored.season, restored.by_region, restored.index, restored.derived) == (14_350_000.0,
        YEAR, {}, None, None)
    assert case.facilities["F1"].quantities == {"MW_restored": 100.0}
    assert case.facilities["F1b"].quantities == {"heat": -2.5}  # its own, nothing of F1
    assert case.packages["N1"].quantities == {"heat": 7.0}


@pytest.mark.parametrize(("written", "read_as"), [
    ("q_mw", "q_mw"), ("q_MW", "q_mw"), ("Q_Mw", "q_mw"), ("Quantity mw", "q_mw"), ("Величина MW", "q_mw"),
    ("q_", None), ("q_м3", None), ("quantity", None),
    (f"q_{'x' * 25}", None)])
def test_headings(written, read_as):
    assert sure_heading(INPUT["facilities"], written) == read_as


def test_a_heading_in_letters_that_look_alike():
    assert sure_heading(INPUT["networks"], "q_МW") is None
    assert heading(INPUT["networks"], "q_МW") == "q_mw"


@pytest.mark.parametrize(("name", "told"), [("q_mw_restord", "(did you mean “q_mw_restored”?)"), ("q_water", "")])
def test_a_column_of_a_quantity_that_has_no_row(tmp_path, name, told):
    raw = raw_minimal()
    facilities = [[*raw["facilities"][0], name], *([*row, 3.0] for row in raw["facilities"][1:])]
    quantities = [["quantity", "unit", "kind"], ["MW_restored", "MW", "level"]]
    tables, shape = read(grid_workbook(tmp_path / "case.xlsx", facilities=facilities, quantities=quantities))
    assert shape == []
    _, (issue,) = typed(tables)
    assert (issue.code, issue.severity, issue.sheet, issue.column) == ("unknown_column", "stop", "facilities", name)
    assert issue.cell.endswith("3")
    assert told in issue.remedy()


def test_two_columns_of_one_quantity():
    _, issues = case_of(quantities=[MW], facilities=[{"facility": "F1", "cost": 5.0, "q_mw_restored": 1.0,
                                                      "q_MW_restored": 2.0}])
    assert issues == [("duplicate_column", "facilities!D3")]


def test_amounts_with_units_are_read_in_the_unit_of_the_row():
    case, issues = case_of(quantities=[{**MW, "value": "14,35 млн тенге/МВт"}],
                           facilities=[{"facility": "F1", "cost": 5.0, "q_mw_restored": "0,1 ГВт"}],
                           quantity_values=[{"quantity": "MW_restored", "2028": "15 млн тенге/МВт"}])
    assert {code for code, _ in issues} <= {"converted_unit", "repaired_text", "unit_converted"}
    assert case.quantities["MW_restored"].value == 14_350_000.0
    assert case.quantities["MW_restored"].by_region == {None: {2028: 15_000_000.0}}
    assert case.facilities["F1"].quantities == {"MW_restored": 100.0}
    _, issues = case_of(quantities=[MW], facilities=[{"facility": "F1", "cost": 5.0, "q_mw_restored": "100 Гкал"}])
    assert issues == [("unit_unfit", "facilities!C4")]


@pytest.mark.parametrize("column", ["q_MW_restored", "q_mw_restored", "q_"])
def test_a_scenario_changes_a_quantity(column):
    tables, _ = typed(minimal_tables(quantities=[MW], facilities=[{"facility": "F1", "cost": 5.0,
        "q_mw_restored": 100.0}]))
    change, issues = command_change(f"facilities; F1; {column}; multiply 2")
    assert issues == []
    changed, _, issues = with_changes(tables, (change,))
    assert issues == []
    assert build(changed).facilities["F1"].quantities == {"MW_restored": 200.0}


# --- the form of version 3 --------------------------------------------------------------------------------------------

def notes_of(tmp_path, version, rise=4, after="F2", levels=((2026, 100), (2027, 105), (2028, 110.25)), **more):
    """Notes that reading a workbook of an older version gives; prices rise 5 % a year unless said."""
    settings = [*raw_minimal()["settings"], ["schema_version", version]]
    sheets = {
        "facilities": [["facility", "cost", "after"], ["F1", 5.0, after], ["F2", 4.0, None]],
        "regions": [["region"], ["R1"]],
        "tariffs": [["region", "sector", "base", "rise"], ["R1", "heat", 5.0, rise]],
        "price_indices": [["index", "long_run", *(str(year) for year, _ in levels)],
                          ["general", 5.0, *(level for _, level in levels)]], **more,
    }
    _, issues = read(grid_workbook(tmp_path / "old.xlsx", settings=settings, **sheets))
    return [(issue.code, issue.sheet, issue.cell) for issue in issues]


def test_step_to_version_3_tells_what_means_something_else(tmp_path):
    assert notes_of(tmp_path, 2) == [("migrated", "facilities", "C4"), ("migrated", "tariffs", "D4")]
    assert notes_of(tmp_path, 3) == []


@pytest.mark.parametrize(("rise", "levels", "told"), [
    (5, ((2026, 100), (2027, 105), (2028, 110.25)), False), (None, ((2026, 100), (2027, 105), (2028, 110.25)), False),
    (4, ((2026, 100),), True),  # from 2027 on the long-run growth of 5 %
    (4, ((2025, 100), (2026, 103), (2027, 105), (2028, 107)), False),
    # what rose before the planned years is past
    (4, ((2024, 100), (2025, 110), (2026, 112), (2027, 114), (2028, 116)), False),
])
def test_bills_that_may_rise_less_than_prices_are_told(tmp_path, rise, levels, told):
    assert (("migrated", "tariffs", "D4") in notes_of(tmp_path, 2, rise=rise, levels=levels)) is told


def test_nothing_is_told_where_nothing_waits(tmp_path):
    assert notes_of(tmp_path, 1, rise=None, after=None) == []
