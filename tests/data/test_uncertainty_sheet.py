"""Sheet uncertainty as it is read and checked: for each kind of mistake a row that makes it, told at its cell in both
languages, and the change that a draw makes."""

from dataclasses import replace

import pytest

from jaryq.api.accepted import accept, accept_changes, all_issues
from jaryq.api.reuse import key_of
from jaryq.base.errors import InputRejected
from jaryq.case.uncertain import changes_of_draw, uncertain_of
from jaryq.commands.cli import main
from jaryq.rules.uncertain import least_correlation
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from jaryq.tables.values import show
from jaryq.workbook.folder import write_folder
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.plan_file import open_plan
from jaryq.workbook.plan_read import stored_plan
from jaryq.workbook.read import read
from tests.workbooks import minimal_tables

COLUMNS = ("uncertain", "name", "name_ru", "sheet", "selector", "column", "years", "operation", "distribution", "low",
           "likely", "high", "probability", "values", "group", "correlation", "source")
CELL = {name: f"{chr(65 + place)}4" for place, name in enumerate(COLUMNS)}
TRIANGULAR = {"uncertain": "cost", "sheet": "facilities", "column": "cost", "operation": "multiply",
              "distribution": "triangular", "low": 0.9, "likely": 1.0, "high": 1.3,
              "source": "Stated"}
BLANK = {"low": None, "likely": None, "high": None}
DISCRETE = {**TRIANGULAR, **BLANK, "distribution": "discrete", "values": "0.9:0.2; 1:0.5; 1.2:0.3"}
UNIFORM = {**TRIANGULAR, "distribution": "uniform", "likely": None}
LOGNORMAL = {**UNIFORM, "distribution": "lognormal"}
COMES = {**TRIANGULAR, **BLANK, "uncertain": "lender", "sheet": "source_years", "column": None,
         "selector": "source_id=S1", "years": "2027", "distribution": "comes", "probability": 0.6}
DELAY = {**TRIANGULAR, "uncertain": "late", "column": "works_months", "operation": "add", "distribution": "delay",
         "low": 0.0, "likely": 2.0, "high": 5.0}
SHIFT = {**DISCRETE, "uncertain": "shift", "sheet": "sources", "selector": "source_id=S1", "column": "available_from",
         "operation": "shift", "values": "0:0.7; 1:0.3"}


def tables_of(*rows):
    return minimal_tables(
        uncertainty=[{**dict.fromkeys(COLUMNS), **row} for row in rows],
        facilities=[{"facility": "F1", "name": "Boiler house", "cost": 12.5, "works_months": 6.0, "earliest": 2026,
                     "latest": 2028},
                    {"facility": "F2", "name": "Substation", "cost": 7.0, "works_months": 18.0, "earliest": None,
                     "latest": None}],
        sources=[{"source_id": "S1", "name": "Budget", "kind": "budget", "keep": 100.0, "available_from": 2026,
                  "max_share": 90.0}],
        source_years=[{"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": 10.0}])


def issues_of(*rows):
    try:
        found = accept(tables_of(*rows), []).issues
    except InputRejected as rejected:
        found = rejected.issues
    return [issue for issue in found if issue.sheet == "uncertainty"]


def told(*rows):
    return [(issue.code, issue.column, issue.cell) for issue in issues_of(*rows)]


@pytest.mark.parametrize("row", [
    TRIANGULAR, DISCRETE, UNIFORM, LOGNORMAL, COMES, DELAY, SHIFT, {**COMES, "low": 0.5},
    {**TRIANGULAR, "low": 1.0}, {**TRIANGULAR, "high": 1.0}, {**DISCRETE, "values": "0,9:0,2; 1:0,8"},
    {**DISCRETE, "values": "0.9:20 %; 1:80%"},
    {**DELAY, "operation": "set", "low": 1.0}, {**UNIFORM, "sheet": "settings", "selector": "setting=discount_rate",
                                                "column": "value"},
    {**DISCRETE, "column": "latest", "selector": "facility=F1", "operation": "add", "values": "0:0.5; 1:0.5"}])
def test_nothing_to_say(row):
    assert told(row) == []


def test_an_input_without_the_sheet():
    tables = tables_of(TRIANGULAR)
    without = type(tables)(tables.name, {name: sheet for name, sheet in tables.sheets.items() if name != "uncertainty"})
    assert uncertain_of(accept(without, []).tables) == ()
    assert told() == []


WRONG = [
    (TRIANGULAR, {"low": None}, "parameter_missing", "low"),
    (DISCRETE, {"values": None}, "parameter_missing", "values"),
    (COMES, {"probability": None}, "parameter_missing", "probability"),
    (UNIFORM, {"likely": 1.0}, "unused_term", "likely"), (TRIANGULAR, {"probability": 0.5}, "unused_term",
                                                          "probability"),
                                                          (TRIANGULAR, {"values": "1:1"}, "unused_term", "values"),
    (LOGNORMAL, {"likely": 1.0}, "unused_term", "likely"), (COMES, {"high": 1.0}, "unused_term", "high"),
    (TRIANGULAR, {"low": 1.1}, "limits_crossed", "low"), (TRIANGULAR, {"likely": 1.4}, "limits_crossed", "likely"),
    (UNIFORM, {"low": 1.4}, "limits_crossed", "low"),
    (LOGNORMAL, {"low": 0.0}, "value_not_above", "low"), (COMES, {"probability": 1.2}, "value_above_maximum",
                                                          "probability"),
    (DISCRETE, {"values": "0.9:0.2; 1:0.9"}, "probabilities_sum", "values"),
    (DISCRETE, {"values": "0.9; 1:1"}, "uncertain_unfit", "values"),
    (DISCRETE, {"values": "0.9:0.2; x:0.8"}, "uncertain_unfit", "values"),
    (DISCRETE, {"values": "0.9:0.2:1; 1:0.8"}, "uncertain_unfit", "values"),
    (DISCRETE, {"values": "0.9:0.2; 1:inf"}, "uncertain_unfit", "values"),
    (DISCRETE, {"values": "0.9:-0.2; 1:1"}, "uncertain_unfit", "values"),
    (DISCRETE, {"values": "1:0.5; 1:0.5"}, "uncertain_unfit", "values"),
    (TRIANGULAR, {"distribution": "normal"}, "value_not_allowed", "distribution"),
    (TRIANGULAR, {"distribution": None}, "missing_value", "distribution"),
    (TRIANGULAR, {"group": "g", "correlation": 0.5}, "correlation_unfit", "group"),
    (TRIANGULAR, {"correlation": 0.5}, "unused_term", "correlation"),
    (TRIANGULAR, {"sheet": "calibration"}, "value_not_allowed", "sheet"),
    (TRIANGULAR, {"column": "costs"}, "change_matches_nothing", "column"),
    (COMES, {"years": "2031-2033"}, "change_matches_nothing", "years"),
    (COMES, {"years": "2031-x"}, "change_unfit", "years"),
    (TRIANGULAR, {"selector": "facility=F9"}, "change_matches_nothing", "selector"),
    (TRIANGULAR, {"selector": "colour=red"}, "change_unfit", "selector"),
    (TRIANGULAR, {"column": "name", "operation": "set"}, "uncertain_unfit", "column"),
    (TRIANGULAR, {"column": "name"}, "change_unfit", "column"),
    (TRIANGULAR, {"column": "latest", "selector": "facility=F1"}, "uncertain_unfit", "distribution"),
    *((LOGNORMAL, {"column": "latest", "selector": "facility=F1", "operation": operation, "low": low, "high": high},
       "uncertain_unfit", "distribution")
      for operation, low, high in (("set", 2031.0, 2032.0), ("set", 2030.5, 2032.0), ("add", 1.0, 2.0),
                                   ("multiply", 0.9, 1.1))),
    (LOGNORMAL, {"sheet": "settings", "selector": "setting=last_year", "column": "value", "operation": "set",
                 "low": 2030.5, "high": 2032.0}, "uncertain_unfit", "distribution"),
    (DELAY, {"operation": "multiply"}, "uncertain_unfit", "operation"),
    (DELAY, {"column": "cost"}, "uncertain_unfit", "column"),
    (SHIFT, {"distribution": "uniform", "values": None, "low": 0.0, "high": 2.0}, "uncertain_unfit", "distribution"),
    (SHIFT, {"values": "0:0.5; 1.5:0.5"}, "uncertain_unfit", "values"),
    (SHIFT, {"values": "0:0.5; 40:0.5"}, "change_unfit", "values"),
    (SHIFT, {"column": "keep"}, "change_unfit", "column"),
    (TRIANGULAR, {"low": -0.1}, "draw_impossible", "low"), (UNIFORM,
                                                            {"sheet": "sources", "column": "max_share", "high": 1.2},
                                                            "draw_impossible", "high"),
    (LOGNORMAL, {"sheet": "sources", "column": "max_share", "low": 0.9, "high": 1.1}, "draw_impossible", "high"),
    (COMES, {"low": -1.0}, "draw_impossible", "low"),
    (DISCRETE, {"values": "-1:0.5; 1:0.5"}, "draw_impossible", "values"),
    (DISCRETE, {"column": "latest", "selector": "facility=F1", "operation": "add", "values": "0:0.5; -5:0.5"},
     "draw_impossible", "values"),
    (COMES, {"probability": 1.0}, "uncertain_certain", "probability"),
    (DISCRETE, {"values": "1.1:1"}, "uncertain_certain", "values"),
    (UNIFORM, {"low": 1.3}, "uncertain_certain", "high"),
    (DELAY, {"low": 0.5}, "uncertain_unfit", "low"), (DELAY, {"likely": 2.25}, "uncertain_unfit", "likely"),
    (DELAY, {"high": 5.5}, "uncertain_unfit", "high"),
    (DISCRETE, {"source": None}, "uncertain_unsourced", "source"),
    (COMES, {"source": " "}, "uncertain_unsourced", "source"),
]


@pytest.mark.parametrize(("row", "cells", "code", "column"), WRONG)
def test_what_is_wrong_is_told_at_its_cell(row, cells, code, column):
    """40 years are more than a shift can be; 1.2 x 90 % and the P99.9 of 0.9 to 1.1 (1.27) x 90 % are above 100 %; five
    years before 2028 is before the earliest start."""
    found = [issue for issue in issues_of({**row, **cells}) if issue.code == code]
    assert {(issue.column, issue.cell) for issue in found} == {(column, CELL[column])}
    if code in ("draw_impossible", "uncertain_unfit", "change_unfit", "change_matches_nothing"):
        assert {issue.value for issue in found} == {show({**row, **cells}.get(column))}
    for lang in ("en", "ru"):
        assert "{" not in found[0].say(lang)
        assert found[0].remedy(lang)
    assert found[0].say("en") != found[0].say("ru")


@pytest.mark.parametrize("low", [2031.0, 2030.5])
def test_whole_years_are_told_by_their_kind_of_draw_alone(low):
    """P0.1 of 2031 to 2032 is no whole year, and no low value would make it one."""
    row = {**LOGNORMAL, "column": "latest", "selector": "facility=F1", "operation": "set", "low": low, "high": 2032.0}
    assert {(issue.code, issue.column) for issue in issues_of(row)} == {("uncertain_unfit", "distribution")}


def test_the_mistakes_are_of_every_kind_of_the_sheet():
    assert {"parameter_missing", "probabilities_sum", "correlation_unfit", "uncertain_unfit", "draw_impossible",
            "uncertain_certain", "uncertain_unsourced"} <= {code for _, _, code, _ in WRONG}


def grouped(*correlations, group="g"):
    return [{**TRIANGULAR, "uncertain": f"u{place}", "group": group, "correlation": correlation}
            for place, correlation in enumerate(correlations)]


@pytest.mark.parametrize(("correlations", "cell"), [
    ((0.5, 0.5), None), ((0.5, None), None), ((None, -0.9), None), ((-0.48, None, None), None), ((None, None), "P4"),
    ((0.5, 0.4), "P5"), ((1.0, None), None), ((1.0, None, None), None), ((-1.0, None), None),
    ((-0.5, None, None), "P4"), ((-1.0, None, None), "P4")])
def test_correlations_of_a_group(correlations, cell):
    """Of three rows it lies above 6/pi asin(-1/4) = -0.4826; two may be each other's reverse, any number go
    together."""
    found = [issue for issue in issues_of(*grouped(*correlations)) if issue.severity == "stop"]
    assert [issue.cell for issue in found] == ([] if cell is None else [cell])
    assert {issue.code for issue in found} <= {"correlation_unfit"}
    assert least_correlation(3) == pytest.approx(-0.4826, abs=1e-4)


def test_two_rows_that_set_one_cell():
    """The later one makes the earlier one void."""
    rows = [{**UNIFORM, "uncertain": key, "operation": operation, "selector": "facility=F1"}
            for key, operation in (("a", "multiply"), ("b", "set"))]
    assert told(*rows) == [("change_overwritten", "low", "J4"), ("change_overwritten", "high", "L4")]
    assert told(*rows[::-1]) == []


def test_two_rows_that_set_one_cell_to_the_same_range():
    """At both ends the later one finds the cell as it would make it: the earlier one is void all the same."""
    rows = [{**UNIFORM, "uncertain": key, "operation": "set", "selector": "facility=F1"} for key in ("a", "b")]
    assert told(*rows) == [("change_overwritten", "low", "J4"), ("change_overwritten", "high", "L4")]
    assert told(rows[0], {**rows[1], "column": "benefit"}) == []


def test_rules_across_sheets_hold_at_the_ends():
    """The earliest start of F1 may be set behind its latest finish: no cell alone is out of its bounds."""
    found = issues_of({**DISCRETE, "column": "earliest", "selector": "facility=F1", "operation": "add",
                       "values": "0:0.5; 3:0.5"})
    assert [(issue.code, issue.column) for issue in found] == [("draw_impossible", "values")]


def test_a_row_is_checked_while_another_sheet_stops():
    tables = tables_of({**TRIANGULAR, "selector": "facility=F9"})
    columns = tables["sources"].with_column("kind", ["gift"])
    with pytest.raises(InputRejected) as rejected:
        accept(tables.with_sheet(columns), [])
    assert ("uncertainty", "change_matches_nothing") in {(issue.sheet, issue.code) for issue in rejected.value.issues}


ROWS = ({**TRIANGULAR, "name": "Costs", "name_ru": "Затраты", "group": "g", "correlation": 0.5},
        {**DISCRETE, "uncertain": "d", "group": "g"}, COMES)


@pytest.mark.parametrize("write", [write_folder, write_inputs])
def test_written_and_read_again(write, tmp_path):
    write(typed(tables_of(*ROWS))[0], path := tmp_path / ("case.xlsx" if write is write_inputs else "case"))
    tables, issues = read(path)
    assert [issue for issue in issues if issue.sheet == "uncertainty"] == []
    assert [replace(row, cell="") for row in uncertain_of(typed(tables)[0])] == [replace(row, cell="")
        for row in uncertain_of(typed(tables_of(*ROWS))[0])]


def test_a_plan_holds_its_uncertain_inputs(tmp_path):
    write_inputs(typed(tables_of(*ROWS))[0], tmp_path / "case.xlsx")
    assert main(["plan", str(tmp_path / "case.xlsx"), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    stored = stored_plan(open_plan(tmp_path / "out" / "plan.xlsx"))
    assert [(row.id, row.name.say("ru"), row.ends()) for row in uncertain_of(stored.tables)] == [
        ("cost", "Затраты", (("low", 0.9), ("high", 1.3))), ("d", "d", (("values", 0.9), ("values", 1.2))),
        ("lender", "lender", (("low", 0.0), ("low", 1.0)))]
    assert main(["verify", str(tmp_path / "out" / "plan.xlsx")]) == 0


def test_a_plan_does_not_depend_on_the_sheet():
    with_rows, without = (accept(tables_of(*rows), []) for rows in (ROWS, ()))
    assert key_of(with_rows) == key_of(without)


def test_of_a_finished_plan_draws_are_not_asked_again():
    """A scenario may have taken away what a row changes."""
    gone = tables_of({**TRIANGULAR, "selector": "facility=F9"})
    assert [issue for issue in accept(gone, [], as_changed=True).issues if issue.severity == "stop"] == []
    with pytest.raises(InputRejected):
        accept(gone, [])


def test_told_once_whatever_the_scenarios():
    tables = tables_of({**UNIFORM, "low": 1.3})
    tables = tables.with_sheet(Table.of("scenarios", [{"scenario": "s"}])).with_sheet(Table.of("scenario_changes", [
        {"scenario": "s", "sheet": "facilities", "column": "cost", "operation": "multiply", "value": "1.1"}]))
    assert [(issue.code, issue.scenario) for issue in all_issues(tables, [])
            if issue.sheet == "uncertainty"] == [("uncertain_certain", "")]


def test_rows_as_they_are_drawn():
    rows = uncertain_of(accept(tables_of({**TRIANGULAR, "name": "Costs", "name_ru": "Затраты", "group": "g",
                                          "correlation": 0.5, "source": "x"},
                                          {**DISCRETE, "uncertain": "d", "group": "g"}, COMES), []).tables)
    assert [row.id for row in rows] == ["cost", "d", "lender"]
    assert (rows[0].low, rows[0].likely, rows[0].high, rows[0].values, rows[0].source) == (0.9, 1.0, 1.3, (), "x")
    assert rows[0].name.say("ru") == "Затраты"
    assert rows[1].name.say("ru") == "d"
    assert [row.correlation for row in rows] == [0.5, 0.5, 0.0]
    assert rows[1].values == ((0.9, 0.2), (1.0, 0.5), (1.2, 0.3))
    assert (rows[2].low, rows[2].probability) == (0.0, 0.6)


@pytest.mark.parametrize(("comes", "money"), [(1.0, 10.0), (0.0, 0.0)])
def test_the_changes_of_a_draw(comes, money):
    """Costs times 1.1, works three months longer, and a lender that comes or not."""
    accepted = accept(tables_of(TRIANGULAR, DELAY, COMES, {**SHIFT, **BLANK, "uncertain": "shift"}), [])
    changes = changes_of_draw(uncertain_of(accepted.tables), (1.1, 3.0, comes, 0.0))
    assert [(change.place, change.cell) for change in changes] == [("uncertainty", cell)
        for cell in (("4", "5") if comes else ("4", "5", "6"))]
    drawn = accept_changes(accepted, changes)
    assert drawn.case.facilities["F1"].cost == pytest.approx(13.75)
    assert [drawn.tables["facilities"].values["works_months"][place] for place in (0, 1)] == [9.0, 21.0]
    assert drawn.tables["source_years"].values["2027"][0] == money
    assert uncertain_of(drawn.tables) == uncertain_of(accepted.tables)


def test_a_draw_is_refused_at_the_parameter_on_its_side():
    accepted = accept(tables_of(TRIANGULAR), [])
    with pytest.raises(InputRejected) as rejected:
        accept_changes(accepted, changes_of_draw(uncertain_of(accepted.tables), (-1.0,)))
    assert {(issue.sheet, issue.cell) for issue in rejected.value.issues} == {("uncertainty", CELL["low"])}
