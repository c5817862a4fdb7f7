"""Column ``estimated``: which figures of a row are estimates (docs/numbers.md, How sure figures are)."""

import pytest

from jaryq.case.build import build
from jaryq.case.status import status_of, status_of_limits
from jaryq.case.sureness import SOURCED, columns_of, weakest
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.tables.typed import typed
from tests.workbooks import minimal_tables


def read(cell, sheet="facilities", **more):
    """The cell as it is read, and the issues of its column."""
    row = {"facilities": {"facility": "F1", "cost": 12.5, **more},
           "source_years": {"source_id": "S1", "2026": 10.0, **more}}[sheet]
    tables, issues = typed(minimal_tables(**{sheet: [{**row, "estimated": cell}]}))
    return tables[sheet].frame["estimated"][0], [issue for issue in issues if issue.column == "estimated"]


@pytest.mark.parametrize("sheet", [sheet for sheet in INPUTS if sheet.column("data_status")],
                         ids=lambda sheet: sheet.name)
def test_sheets_whose_rows_have_several_figures_say_which_are_estimates(sheet):
    """Also sheets that are still to come: with one figure a row's status is that of the figure. The parameters of a
    range (sheet uncertainty) are one."""
    figures = [column for column in sheet.columns if column.kind in ("number", "integer")
               and column.name not in sheet.key]
    several = sheet.name != "uncertainty" and (len(figures) > 1 or any(column.family for column in figures))
    assert (sheet.column("estimated") is not None) == several
    if several:
        names = [column.name for column in sheet.columns]
        assert names[names.index("data_status") + 1] == "estimated"


@pytest.mark.parametrize(("cell", "said"), [
    ("cost", "cost"), ("cost; wear", "cost; wear"), (" cost ;wear; ", "cost; wear"), ("cost; cost", "cost"),
    ("spend_2027; life", "spend_2027; life"), (None, None)])
def test_headings_stand_as_they_are(cell, said):
    assert read(cell) == (said, [])


@pytest.mark.parametrize(("cell", "said", "mended"), [
    ("Cost", "cost", 1), ("Overnight cost", "cost", 1), ("Стоимость; Износ", "cost; wear", 2),
    ("Стоимость, млрд тенге", "cost", 1), ("works months", "works_months", 1),
    ("cost, wear", "cost; wear", 0), ("cost | Износ", "cost; wear", 1), ("Spending in 2027", "spend_2027", 1),
    ("費用(建中金利を除く)", "cost", 1)])
def test_titles_and_other_signs_are_read_with_a_note(cell, said, mended):
    found, issues = read(cell)
    assert found == said
    assert [issue.code for issue in issues] == ["repaired_letters"] * mended


@pytest.mark.parametrize(("cell", "name", "hint", "rest"), [
    ("csot", "csot", "cost", None), ("cost; waer", "waer", "wear", "cost"), ("Стоимасть", "Стоимасть", "cost", None),
    ("colour", "colour", "", None),
    ("facility; cost", "facility", "", "cost"), ("data_status", "data_status", "", None),
    ("estimated", "estimated", "", None), ("source", "source", "", None)])
def test_what_is_no_figure_of_the_row_stops(cell, name, hint, rest):
    """The key and what says where a row comes from are no figures. The nearest name is offered; the rest of the cell
    stays."""
    found, issues = read(cell)
    assert found == rest
    (issue,) = [issue for issue in issues if issue.code != "repaired_letters"]
    assert (issue.code, issue.severity, issue.slots["name"]) == ("figure_unknown", "stop", name)
    said = issue.slots["hint"].say("ru") if issue.slots["hint"] else ""
    assert f"«{hint}»" in said if hint else said == ""


def test_years_of_a_family_are_named_by_the_year():
    assert read("2026", sheet="source_years") == ("2026", [])
    found, issues = read("Ceiling in 2026", sheet="source_years")
    assert (found, [issue.code for issue in issues]) == ("2026", ["repaired_letters"])


def test_the_case_knows_the_status_of_each_figure():
    """F1 reported, its cost an estimate; an illustrative row has no firmer figure; a ceiling is as sure as its own row
    says."""
    tables = minimal_tables(
        facilities=[{"facility": "F1", "cost": 12.5, "wear": 50.0, "data_status": "reported", "estimated": "cost"},
                    {"facility": "F2", "cost": 7.0, "data_status": "illustrative", "estimated": "cost"},
                    {"facility": "F3", "cost": 1.0}],
        sources=[{"source_id": "S1", "kind": "budget", "envelope": 50.0, "data_status": "derived", "estimated": None},
                 {"source_id": "S2", "kind": "budget", "envelope": None, "data_status": "derived",
                  "estimated": "keep"}],
        source_years=[{"source_id": "S1", "2026": 10.0, "2027": 10.0, "data_status": "reported", "estimated": "2027"},
                      {"source_id": "S2", "2026": 10.0, "2027": None, "data_status": "reported", "estimated": "2027"}])
    sure, issues = typed(tables)
    assert [issue for issue in issues if issue.severity == "stop"] == []
    case = build(sure, "base")
    f1, f2, f3 = (case.facilities[key] for key in ("F1", "F2", "F3"))
    assert (status_of(f1), status_of(f1, "wear"), status_of(f1, "cost"), status_of(f1, "wear", "cost")) == ("reported",
        "reported", "estimate", "estimate")
    assert (status_of(f2, "cost"), status_of(f3, "cost")) == ("illustrative", "estimate")
    assert case.sources["S1"].ceiling_status == {2026: "reported", 2027: "estimate"}
    assert status_of_limits(case.sources["S1"]) == "estimate"
    assert status_of_limits(case.sources["S2"]) == "reported"


def test_the_weakest_counts():
    assert weakest(["derived", "reported"]) == "derived"
    assert weakest(["illustrative", "estimate", "reported"]) == "illustrative"
    assert columns_of("cost; wear ") == {"cost", "wear"}
    assert columns_of(None) == frozenset()


def test_the_columns_of_the_page_of_condition_are_those_of_facilities():
    from jaryq.case.status import CONDITION
    assert {name for name in CONDITION if INPUT["facilities"].column(name) is None} == set()


@pytest.mark.parametrize(("kind", "row", "sourced"), [
    ({"data_status": "derived", "estimated": "works_months; safety_cost"}, {}, True),  # a cost of 0 is no figure
    ({"data_status": "derived", "estimated": "repair_cost"}, {}, False),
    ({"data_status": "estimate"}, {}, False),
    ({"data_status": "derived", "lost_value": 20.0, "estimated": "lost_value"}, {}, False),
    ({"data_status": "estimate"}, {"consequence": 900.0, "data_status": "reported"}, True),  # the row's own comes first
    ({"data_status": "derived"}, {"consequence": 900.0, "data_status": "reported", "estimated": "consequence"}, False)])
def test_what_a_failure_costs_has_a_source(kind, row, sourced):
    """Of a plant and of pipes alike: repair 500, safety 0."""
    blank = {"data_status": "estimate", "estimated": None, "consequence": None}
    kinds = [{"asset_type": "K", "sector": "heat", "repair_cost": 500.0, "safety_cost": 0.0, "pof_k": 0.04,
              "bursts": 10.0, "estimated": None, "lost_value": None, **kind}]
    tables = minimal_tables(asset_types=kinds, facilities=[{"facility": "F1", "asset_type": "K", "cost": 1.0,
                                                            "year_built": 1980, **blank, **row}],
                            networks=[{"package": "N1", "asset_type": "K", "km": 1.0, "unit_cost": 1.0, **blank,
                                       **row}])
    case = build(typed(tables)[0], "base")
    of_both = (case.facilities["F1"].condition, case.packages["N1"].bursts)
    assert [one.cost_status in SOURCED for one in of_both] == [sourced, sourced]


@pytest.mark.parametrize(("kind", "row", "plant", "pipes"), [
    ({"data_status": "derived"}, {"data_status": "reported"}, "derived", "derived"),
    ({"data_status": "derived", "estimated": "repair_cost; works_months"}, {"data_status": "reported"}, "derived",
     "derived"),
    ({"data_status": "derived", "estimated": "score_cap; burst_growth"}, {"data_status": "reported"}, "estimate",
     "estimate"),
    ({"data_status": "reported"}, {"data_status": "reported", "estimated": "year_built"}, "estimate", "reported"),
    ({"data_status": "reported"}, {"data_status": "estimate"}, "estimate", "reported"),
    ({"data_status": "estimate"}, {"data_status": "reported", "bursts": 8.0, "bursts_after": 1.0, "burst_growth": 2.0},
     "estimate", "estimate")])  # the kind's own calibration stays one
def test_what_rates_of_failures_rest_on(kind, row, plant, pipes):
    """A plant by its year and the curve of its kind; pipes by their own bursts, else those of the kind."""
    own = {"estimated": None, **{name: row[name] for name in ("data_status", "estimated") if name in row}}
    more = {name: row.get(name) for name in ("bursts", "bursts_after", "burst_growth")}
    kinds = [{"asset_type": "K", "sector": "heat", "repair_cost": 500.0, "pof_k": 0.04, "bursts": 10.0,
              "bursts_after": 1.0, "burst_growth": 2.0, "estimated": None, **kind}]
    tables = minimal_tables(asset_types=kinds, facilities=[{"facility": "F1", "asset_type": "K", "cost": 1.0,
                                                            "year_built": 1980, **own}],
                            networks=[{"package": "N1", "asset_type": "K", "km": 1.0, "unit_cost": 1.0, **own, **more}])
    case = build(typed(tables)[0], "base")
    assert (case.facilities["F1"].condition.rate_status, case.packages["N1"].bursts.rate_status) == (plant, pipes)


@pytest.mark.parametrize(("kind", "row", "plant", "pipes"), [
    ({"data_status": "derived", "lost_each": 8.0}, {"data_status": "reported"}, "derived", "derived"),
    ({"data_status": "derived", "lost_each": 8.0, "estimated": "lost_each"}, {"data_status": "reported"}, "estimate",
     "estimate"),
    ({"data_status": "estimate", "lost_each": 8.0}, {"data_status": "reported", "lost": 5.0}, "reported", "reported"),
    ({"data_status": "derived"}, {"data_status": "reported", "estimated": "capacity"}, "estimate", "derived")])
def test_what_is_not_supplied_rests_on(kind, row, plant, pipes):
    """The row's own loss, else that of its kind each time, else its capacity with hours and share of the kind."""
    own = {"estimated": None, "lost": None, **row}
    kinds = [{"asset_type": "K", "sector": "heat", "repair_cost": 500.0, "pof_k": 0.04, "bursts": 10.0,
              "hours_lost": 24.0, "share_lost": 30.0, "lost_each": None, "estimated": None, **kind}]
    tables = minimal_tables(asset_types=kinds, facilities=[{"facility": "F1", "asset_type": "K", "cost": 1.0,
                                                            "year_built": 1980, "capacity": 10.0,
                                                            "capacity_unit": "Gcal/h", **own}],
                            networks=[{"package": "N1", "asset_type": "K", "km": 1.0, "unit_cost": 1.0, **own}])
    case = build(typed(tables)[0], "base")
    assert (case.facilities["F1"].condition.lost_status, case.packages["N1"].bursts.lost_status) == (plant, pipes)


def test_a_value_that_is_an_estimate_is_no_sourced_one():
    """The quantity's row is reported and its season an estimate: the value stays reported; a year of the row of R1 is
    one, so that row is as weak."""
    tables = minimal_tables(
        regions=[{"region": "R1"}, {"region": "R2"}],
        quantities=[{"quantity": "mw", "unit": "MW", "kind": "flow", "value": 5.0, "season_from": 11,
                     "data_status": "reported", "estimated": "season_from"},
                    {"quantity": "t", "unit": "t", "kind": "once", "value": 5.0, "season_from": None,
                     "data_status": "reported", "estimated": "value"}],
        quantity_values=[{"quantity": "mw", "region": "R1", "2026": 1.0, "2027": 2.0, "data_status": "derived",
                          "estimated": "2027"},
                         {"quantity": "mw", "region": "R2", "2026": 1.0, "2027": None, "data_status": "derived",
                          "estimated": "2027"}])
    case = build(typed(tables)[0], "base")
    assert {key: quantity.data_status for key, quantity in case.quantities.items()} == {"mw": "reported",
        "t": "estimate"}
    assert case.quantities["mw"].statuses == {"R1": "estimate", "R2": "derived"}
