"""Changes of scenarios: what they do to the tables, and the issue each mistake gives at its own cell."""

from __future__ import annotations

import pytest

from jaryq.api.accepted import accept
from jaryq.base.errors import InputRejected
from jaryq.tables.change import Change
from jaryq.tables.scenarios import apply, changed, changes_of, names
from jaryq.tables.tables import Table, Tables
from jaryq.tables.typed import typed
from jaryq.tables.typed_changes import command_change
from tests.workbooks import minimal_tables

LETTERS = {"sheet": "B", "selector": "C", "column": "D", "years": "E", "operation": "F", "value": "G"}
SCENARIOS = [{"scenario": "more"}, {"scenario": "both", "builds_on": "more; less"}, {"scenario": "less"}]


def tables_with(changes: list[dict[str, object]], scenarios: list[dict[str, object]] = SCENARIOS) -> Tables:
    """The minimal case (two projects, one source with 50 and 20) with scenarios."""
    base = {
        "settings": [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2027}],
        "facilities": [{"facility": "A", "cost": 10.0, "works_months": 12.0},
                       {"facility": "B", "cost": 20.0, "works_months": 12.0}],
        "sources": [{"source_id": "S1"}, {"source_id": "S2", "envelope": 9.0}],
        "source_years": [{"source_id": "S1", "2026": 50.0, "2027": 20.0},
                         {"source_id": "S2", "2026": 5.0, "2027": None}],
    }
    rows = {**base, "scenarios": scenarios, "scenario_changes": changes}
    headings = ["scenario", "sheet", "selector", "column", "years", "operation", "value", "reason"]
    sheets = {name: Table.of(name, records, headings if name == "scenario_changes" else ())
              for name, records in rows.items()}
    return typed(Tables("t", sheets))[0]


def change(scenario: str = "more", sheet: str = "source_years", selector: str = "", column: str = "", years: str = "",
           operation: str = "multiply", value: str = "2") -> dict[str, object]:
    return {"scenario": scenario, "sheet": sheet, "selector": selector, "column": column, "years": years,
            "operation": operation, "value": value}


def done(*rows: dict[str, object], scenario: str = "more"):
    tables = tables_with(list(rows))
    changes, issues = changes_of(tables, scenario)
    assert issues == []
    return changed(tables, changes)


def test_base_comes_first_and_is_always_there():
    assert names(tables_with([])) == ("base", "more", "both", "less")


@pytest.mark.parametrize(("row", "cell", "old", "new"), [
    (change(selector="source_id=S1", years="2026"), "source_years!B4", 50.0, 100.0),
    (change(selector="source_id=S1", years="2027", operation="add", value="-5"), "source_years!C4", 20.0, 15.0),
    (change(sheet="facilities", selector="facility=B", column="cost", operation="set", value="7.5"), "facilities!B5",
     20.0, 7.5),
    (change(sheet="sources", selector="source_id=S2", column="status", operation="set", value="closed"), None, None,
     "closed"),
])
def test_one_cell_changes(row, cell, old, new):
    _, made, issues = done(row)
    assert issues == []
    assert [(item.old, item.new) for item in made] == [(old, new)]
    if cell:
        assert made[0].cell == cell


@pytest.mark.parametrize(("row", "new", "codes"), [
    (change(selector="source_id=S1", years="2026", value="1.5"), 75.0, []),
    (change(selector="source_id=S1", years="2026", value="1 200"), 60000.0, ["repaired_text"]),
    (change(selector="source_id=S1", years="2026", value="1\u202f200"), 60000.0, ["repaired_text"]),
    (change(selector="source_id=S1", years="2026", operation="add", value="−1.5"), 48.5, ["repaired_text"]),
    (change(selector="source_id=S1", years="2026", operation="add", value="500 млн"), 50.5, ["converted_unit"]),
    # S1 is in KZT
    (change(selector="source_id=S1", years="2026", operation="add", value="500 mn USD"), None, ["unit_unfit"]),
    (change(selector="source_id=S1", years="2026", operation="set", value="7,5"), 7.5, ["repaired_text"]),
    (change(selector="source_id=S1", years="2026", value="+20 %"), 60.0, ["percent_factor"]),
    (change(selector="source_id=S1", years="2026", value="−20%"), 40.0, ["percent_factor"]),
    (change(selector="source_id=S1", years="2026", value="20 %"), 10.0, ["percent_factor"]),
    (change(sheet="settings", selector="setting=last_year", column="value", operation="set", value="2028 г."), 2028,
     ["repaired_text"]),
    (change(sheet="settings", selector="setting=last_year", column="value", operation="add", value="+1"), 2028, []),
])
def test_numbers_of_changes_are_read_as_cells_are(row, new, codes):
    """The same separators, signs, units and refusals; a percentage in a multiplication is told."""
    _, made, issues = done(row)
    assert [item.new for item in made] == ([] if new is None else [new])
    assert [(issue.code, issue.cell) for issue in issues] == [(code, "G4") for code in codes]


def test_blank_cells_are_passed_over_not_multiplied():
    """S2 has no ceiling in 2027: blank is no limit of its own, twice no limit is still none. Three cells remain."""
    tables, made, issues = done(change())
    assert issues == []
    assert sorted((item.key, item.column, item.new) for item in made) == [("S1", "2026", 100.0), ("S1", "2027", 40.0),
        ("S2", "2026", 10.0)]
    assert tables["source_years"].frame["2027"].tolist() == [40.0, None]


def test_parents_come_first_in_their_order():
    """both = more (x 2), then less (+ 1), then its own (x 10): (50 x 2 + 1) x 10 = 1010; whatever the order of the rows
    of other scenarios."""
    rows = [
        change("both", selector="source_id=S1", years="2026", value="10"),
        change("less", selector="source_id=S1", years="2026", operation="add", value="1"),
        change("more", selector="source_id=S1", years="2026"),
    ]
    _, made, issues = done(*rows, scenario="both")
    assert issues == []
    assert [(item.old, item.new) for item in made] == [(50.0, 1010.0)]


@pytest.mark.parametrize(("row", "code", "column"), [
    (change(selector="source_id=NOBODY"), "change_matches_nothing", "selector"),
    (change(sheet="networks"), "change_matches_nothing", "sheet"),
    (change(column="colour"), "change_matches_nothing", "column"),
    (change(years="2031"), "change_matches_nothing", "years"),
    (change(selector="source_id=S2", years="2027"), "change_matches_nothing", "selector"),
    (change(selector="source_id"), "change_unfit", "selector"),
    (change(selector="nonsense=1"), "change_unfit", "selector"),
    (change(years="soon"), "change_unfit", "years"),
    (change(value="twice"), "wrong_type", "value"),
    (change(value="1,200"), "ambiguous_number", "value"),
    (change(value="1_5"), "wrong_type", "value"),
    (change(value="1e999"), "not_finite", "value"),
    (change(value="2¹"), "footnote_mark", "value"),
    (change(value=""), "change_unfit", "value"),
    (change(sheet="facilities", column="cost", operation="add", value="+20 %"), "change_unfit", "value"),
    (change(sheet="facilities", column="cost", operation="set", value="12,500"), "ambiguous_number", "value"),
    (change(sheet="facilities", column="cost", operation="set", value="inf"), "not_finite", "value"),
    (change(sheet="settings", selector="setting=last_year", column="value", operation="set", value="2_027"),
     "wrong_type", "value"),
    (change(sheet="facilities", column="facility", operation="multiply"), "change_unfit", "column"),
    (change(sheet="facilities", column="cost", operation="multiply", value="-1"), "change_makes_invalid", "value"),
    (change(sheet="sources", column="status", operation="set", value="ajar"), "change_makes_invalid", "value"),
])
def test_a_wrong_change_is_an_issue_at_its_row(row, code, column):
    _, _, issues = done(row)
    assert {issue.code for issue in issues} == {code}
    assert {(issue.sheet, issue.cell, issue.column) for issue in issues} == {("scenario_changes", f"{LETTERS[column]}4",
        column)}


def test_an_overwritten_change_is_told_at_the_overwritten_row():
    rows = (change(selector="source_id=S1", years="2026"), change(selector="source_id=S1", years="2026",
        operation="set", value="7"))
    _, made, issues = done(*rows)
    assert [(issue.code, issue.cell, issue.severity) for issue in issues] == [("change_overwritten", "G4", "surprise")]
    assert [(item.old, item.new) for item in made] == [(50.0, 7.0)]


@pytest.mark.parametrize(("scenarios", "code", "cell"), [
    ([{"scenario": "more", "builds_on": "less"}, {"scenario": "less", "builds_on": "more"}], "scenario_loop", "B5"),
    ([{"scenario": "more", "builds_on": "lass"}, {"scenario": "less"}], "unknown_reference", "B4"),
])
def test_circles_and_unknown_parents(scenarios, code, cell):
    _, issues = changes_of(tables_with([], scenarios), "more")
    assert [(issue.code, issue.sheet, issue.column) for issue in issues] == [(code, "scenarios", "builds_on")]
    assert issues[0].cell[1:] == cell[1:]


def test_a_scenario_that_changes_nothing_leaves_every_cell():
    tables = tables_with([])
    changes, _ = changes_of(tables, "more")
    after, made, issues = apply(tables, changes)
    assert (made, issues) == ((), [])
    assert after is tables


def test_an_unknown_scenario_is_an_issue_with_the_nearest_name():
    with pytest.raises(InputRejected) as caught:
        accept(tables_with([]), [], "moore")
    assert [(issue.code, issue.value) for issue in caught.value.issues] == [("unknown_reference", "moore")]
    assert "more" in caught.value.issues[0].say()


def test_what_a_changed_value_breaks_across_sheets_is_blamed_on_the_change():
    """The last year moves before the first: the rule speaks of settings, the issue of the change."""
    row = change(sheet="settings", selector="setting=last_year", column="value", operation="set", value="2020")
    with pytest.raises(InputRejected) as caught:
        accept(tables_with([row]), [], "more")
    blamed = [issue for issue in caught.value.issues if issue.code == "change_makes_invalid"]
    assert [(issue.sheet, issue.cell) for issue in blamed] == [("scenario_changes", "G4")]


def test_the_tables_of_a_finished_plan_are_not_changed_twice():
    tables = tables_with([change(selector="source_id=S1", years="2026")])
    once = accept(tables, [], "more")
    again = accept(once.tables, [], "more", as_changed=True)
    assert once.case.sources["S1"].ceilings[2026] == again.case.sources["S1"].ceilings[2026] == 100.0


@pytest.mark.parametrize(("text", "expected"), [
    ("sources; JICA*; envelope; multiply 0.5", ("sources", "source_id=JICA*", "envelope", "", "multiply", "0.5")),
    ("sources; source=JICA*; envelope; multiply 0.5", ("sources", "source=JICA*", "envelope", "", "multiply", "0.5")),
    ("source_years; source_id=A, source_id=B; 2027-2030; set 3",
     ("source_years", "source_id=A; source_id=B", "", "2027-2030", "set", "3")),
    ("facilities; ; spend 2027; add 1", ("facilities", "", "spend", "2027", "add", "1")),
])
def test_a_change_from_the_command_line(text, expected):
    made, issues = command_change(text)
    assert issues == []
    assert made is not None
    assert (made.table, made.selector, made.column, made.years, made.operation, made.value) == expected


@pytest.mark.parametrize("text", ["sources; envelope; multiply 2", "nothing; x; y; set 1", ""])
def test_a_wrong_change_from_the_command_line(text):
    made, issues = command_change(text)
    assert made is None
    assert [issue.code for issue in issues] == ["change_unfit"]


def test_source_means_the_source_of_money():
    _, made, issues = done(change(sheet="sources", selector="source=S2", column="envelope"))
    assert issues == []
    assert [(item.key, item.new) for item in made] == [("S2", 18.0)]


def test_source_may_be_chosen_by_its_name():
    """`source=JICA*` finds JP_JICA_HS30 by its name, also on sheets that know the key alone."""
    tables = tables_with([change(selector="source=Second*", years="2026")])
    tables = tables.with_sheet(tables["sources"].with_column("name", ["First", "Second fund"]))
    changes, _ = changes_of(tables, "more")
    _, made, issues = changed(tables, changes)
    assert issues == []
    assert [(item.key, item.new) for item in made] == [("S2", 10.0)]


def test_minimal_tables_have_no_scenarios_but_base():
    assert names(minimal_tables()) == ("base",)


@pytest.mark.parametrize("text", ["facilities; F1; cost; set 7", "Объекты; F1; Стоимость; set 7",
                                  "Facilities; объект=F1; cost; set 7"])
def test_a_change_by_titles_in_any_language(text: str) -> None:
    """One reader for the command line and the sheet: sheets and columns by their titles, a bare key."""
    tables = typed(minimal_tables(facilities=[{"facility": "F1", "cost": 5.0}, {"facility": "F2", "cost": 6.0}]))[0]
    change, issues = command_change(text)
    assert (change is not None, issues) == (True, [])
    assert apply(tables, (change,) if change else ())[0]["facilities"].frame["cost"].tolist() == [7.0, 6.0]


@pytest.mark.parametrize("selector", ["F1", "F1*", "facility=F1", "Объект=F1"])
def test_a_bare_key_in_a_filter_of_the_sheet(selector: str) -> None:
    tables = typed(minimal_tables(facilities=[{"facility": "F1", "cost": 5.0}, {"facility": "F2", "cost": 6.0}]))[0]
    done, _, issues = apply(tables, (Change("facilities", selector, "cost", "", "set", "7", "scenario_changes", "4"),))
    assert issues == []
    assert done["facilities"].frame["cost"].tolist() == [7.0, 6.0]
