"""What counts as a difference of two inputs, on tables small enough to see it."""

import pytest

from jaryq.base.issues import Issue
from jaryq.tables.compared import Unread, natural
from jaryq.tables.diff import CellDiff, differences
from jaryq.tables.tables import Table, Tables
from jaryq.tables.values import Rejected
from tests.workbooks import minimal_tables


def facilities(*records):
    return minimal_tables(facilities=list(records))


def changes(old, new):
    """(kind, key, {column: (old, new)}) of every row that differs."""
    return [(row.kind, row.key, {cell.column: (cell.old, cell.new) for cell in row.cells})
            for sheet in differences(old, new).sheets for row in sheet.rows]


def remarks(old, new):
    return [(r.why, r.side, r.sheet, r.cell, r.text) for r in differences(old, new).remarks]


def test_an_input_does_not_differ_from_itself():
    found = differences(minimal_tables(), minimal_tables())
    assert found.sheets == ()
    assert found.remarks == ()


def test_added_removed_changed_with_their_cells():
    old = facilities({"facility": "F1", "cost": 12.5, "note": "a"}, {"facility": "F2", "cost": 7.0})
    new = facilities({"facility": "F3", "cost": 1.0}, {"facility": "F1", "cost": 13.0, "note": "a"})
    (sheet,) = differences(old, new).sheets
    assert sheet.sheet.name == "facilities"
    changed, added, removed = sheet.rows
    assert (changed.kind, changed.key, changed.old_row, changed.new_row) == ("changed", ("F1",), 4, 5)
    assert changed.cells == (CellDiff("cost", 12.5, 13.0, "B4", "B5"),)
    assert (added.kind, added.key, added.old_row, added.new_row) == ("added", ("F3",), None, 4)
    assert added.cells == (CellDiff("cost", None, 1.0, "", "B4"),)
    assert (removed.kind, removed.key, removed.old_row, removed.new_row) == ("removed", ("F2",), 5, None)
    assert removed.cells == (CellDiff("cost", 7.0, None, "B5", ""),)
    assert [sheet.count(kind) for kind in ("changed", "added", "removed")] == [1, 1, 1]


@pytest.mark.parametrize(("column", "one", "other"), [
    ("cost", "12,5", 12.5), ("cost", 12, 12.0), ("cost", 0.1 + 0.2, 0.3), ("cost", 1.2000000000000002, 1.2),
    ("cost", "1 234.5", 1234.5), ("cost", " 7 ", 7),
    ("must_do", "да", True), ("must_do", "No", False),
    ("scope", "RECONSTRUCTION", "reconstruction"), ("year_built", "1979", 1979.0), ("name", "Станция ", "Станция"),
    ("place", 12.0, "12"), ("note", None, None)])
def test_values_are_compared_as_what_they_mean(column, one, other):
    assert changes(facilities({"facility": "F1", column: one}), facilities({"facility": "F1", column: other})) == []


@pytest.mark.parametrize(("column", "one", "other"), [("cost", 12.5, 12.6), ("cost", 1.00000000000001, 1.0),
                                                      ("cost", None, 0.0), ("cost", 0.0, None),
                                                      ("name", "a", "A"), ("must_do", None, False)])
def test_what_differs(column, one, other):
    """A blank is not zero, and not the default either."""
    found = changes(facilities({"facility": "F1", column: one}), facilities({"facility": "F1", column: other}))
    assert found == [("changed", ("F1",), {column: (one, other)})]


def test_values_out_of_bounds_are_still_numbers():
    assert changes(facilities({"facility": "F1", "cost": -1}), facilities({"facility": "F1", "cost": "-1"})) == []
    assert changes(facilities({"facility": "F1", "cost": -1}),
                   facilities({"facility": "F1", "cost": -2.0})) == [("changed", ("F1",), {"cost": (-1.0, -2.0)})]


def test_the_value_of_a_setting_is_typed_by_the_setting():
    old = minimal_tables(settings=[{"setting": "discount_rate", "value": "6,5"}, {"setting": "case", "value": 12}])
    new = minimal_tables(settings=[{"setting": "case", "value": "12"}, {"setting": "discount_rate", "value": 6.5}])
    assert changes(old, new) == []
    assert changes(old, minimal_tables(settings=[{"setting": "case", "value": "13"},
                                                 {"setting": "discount_rate", "value": 7}])) == [
        ("changed", ("case",), {"value": ("12", "13")}), ("changed", ("discount_rate",), {"value": (6.5, 7.0)})]


def test_order_of_rows_and_columns_does_not_matter():
    one = facilities({"facility": "F1", "cost": 1.0, "name": "a"}, {"facility": "F2", "cost": 2.0})
    other = facilities({"name": None, "cost": 2.0, "facility": "F2"}, {"name": "a", "cost": 1.0, "facility": "F1"})
    assert changes(one, other) == []


def test_an_absent_sheet_or_column_is_blank():
    assert changes(minimal_tables(facilities=[{"facility": "F1", "note": None}]),
                   minimal_tables(facilities=[{"facility": "F1"}])) == []
    assert changes(minimal_tables(), minimal_tables(regions=[])) == []
    assert changes(minimal_tables(), minimal_tables(regions=[{"region": "KZ-10"}])) == [("added", ("KZ-10",), {})]
    assert changes(minimal_tables(sources=None, source_years=None, targets=None),
                   minimal_tables(sources=None, source_years=None)) == []


def test_members_of_families():
    old = minimal_tables(source_years=[{"source_id": "S1", "2026": 1.0, "2027": 2.0}])
    new = minimal_tables(source_years=[{"source_id": "S1", "2026": 1.0, "2028": 2.0}])
    assert changes(old, new) == [("changed", ("S1",), {"2028": (None, 2.0), "2027": (2.0, None)})]


def test_keys_of_several_columns_with_blank_parts():
    """crews: crew and region make the key; a blank region is the whole country, a value like any other."""
    old = minimal_tables(crews=[{"crew": "heat", "region": None, "2026": 1.0},
                                {"crew": "heat", "region": "KZ-10", "2026": 2.0}])
    new = minimal_tables(crews=[{"crew": "heat", "region": "KZ-10", "2026": 2.0},
                                {"crew": "heat", "region": None, "2026": 3.0}])
    (row,) = differences(old, new).sheets[0].rows
    assert (row.kind, row.by_position) == ("changed", False)
    assert [(cell.column, cell.old, cell.new) for cell in row.cells] == [("2026", 1.0, 3.0)]
    assert remarks(old, new) == []


# --- what cannot be read, keys that do not decide ---------------------------------------------------------------------

def test_unreadable_values_are_compared_as_text_and_told():
    old, new = facilities({"facility": "F1", "cost": "many"},
                          {"facility": "F2", "cost": "12,500"}), facilities({"facility": "F1", "cost": 3.0},
                          {"facility": "F2", "cost": "12,500"})
    assert changes(old, new) == [("changed", ("F1",), {"cost": (Unread("many"), 3.0)})]
    assert remarks(old, new) == [("unreadable", "old", "facilities", "B4", "many"),
                                 ("unreadable", "old", "facilities", "B5", "12,500"),
                                 ("unreadable", "new", "facilities", "B5", "12,500")]


def test_errors_and_formulas_without_value():
    old, new = facilities({"facility": "F1", "cost": Rejected("#DIV/0!")}), facilities({"facility": "F1",
        "cost": Rejected()})
    assert changes(old, new) == [("changed", ("F1",), {"cost": (Unread("#DIV/0!"), Unread(""))})]


def test_a_key_that_stands_twice():
    """Rows that are the same pair up first, whatever their order; the rest in order; all are told."""
    old = facilities({"facility": "F1", "cost": 1.0}, {"facility": "F1", "cost": 2.0}, {"facility": "F2", "cost": 9.0})
    new = facilities({"facility": "F1", "cost": 2.0}, {"facility": "F2", "cost": 9.0}, {"facility": "F1", "cost": 5.0})
    (row,) = differences(old, new).sheets[0].rows
    assert (row.kind, row.by_position, row.old_row, row.new_row) == ("changed", True, 4, 6)
    assert row.cells == (CellDiff("cost", 1.0, 5.0, "B4", "B6"),)
    assert remarks(old, new) == [("key_twice", "old", "facilities", "A4", "F1"),
                                 ("key_twice", "old", "facilities", "A5", "F1"),
                                 ("key_twice", "new", "facilities", "A4", "F1"),
                                 ("key_twice", "new", "facilities", "A6", "F1")]


def test_a_key_that_was_cleared_is_found_in_the_same_row():
    old = facilities({"facility": "F1", "cost": 1.0}, {"facility": "F2", "cost": 2.0})
    new = facilities({"facility": "F1", "cost": 1.0}, {"facility": None, "cost": 2.0})
    assert changes(old, new) == [("changed", (None,), {"facility": ("F2", None)})]
    assert remarks(old, new) == [("no_key", "new", "facilities", "A5", "")]


def test_a_key_that_was_overwritten_by_another_that_stands_already():
    old = facilities({"facility": "F1", "cost": 1.0}, {"facility": "F2", "cost": 2.0})
    new = facilities({"facility": "F1", "cost": 1.0}, {"facility": "F1", "cost": 2.0})
    assert changes(old, new) == [("changed", ("F1",), {"facility": ("F2", "F1")})]


def test_a_new_key_is_another_row_where_both_are_sound():
    old, new = facilities({"facility": "F1", "cost": 1.0}), facilities({"facility": "F9", "cost": 1.0})
    assert [kind for kind, _, _ in changes(old, new)] == ["added", "removed"]


def test_rows_without_key_on_both_sides():
    old = facilities({"facility": None, "cost": 1.0}, {"facility": None, "cost": 2.0})
    new = facilities({"facility": None, "cost": 2.0}, {"facility": None, "cost": 4.0}, {"facility": None, "cost": 6.0})
    assert changes(old, new) == [("changed", (None,), {"cost": (1.0, 4.0)}), ("added", (None,), {"cost": (None, 6.0)})]


def test_a_sheet_without_its_key_column():
    """The reader fills a missing required column with rejected cells that have no letters: all its rows are without
    key."""
    table = Table.of("facilities", [{"facility": Rejected(), "cost": 1.0}])
    old = minimal_tables().with_sheet(Table("facilities", table.values, table.rows, {"cost": "A"}))
    assert changes(old, facilities({"facility": "F1", "cost": 1.0})) == [("changed", ("F1",),
        {"facility": (None, "F1")})]


def test_order_counts_where_changes_meet():
    first, second = ({"scenario": "s", "sheet": "sources", "column": "envelope", "operation": name, "value": "2"}
                     for name in ("set", "add"))
    other = {**first, "scenario": "t"}
    scenarios = [{"scenario": "s"}, {"scenario": "t"}]
    one, two = minimal_tables(scenario_changes=[first, second, other],
                              scenarios=scenarios), minimal_tables(scenario_changes=[other, second, first],
                              scenarios=scenarios)
    assert changes(one, two) == []
    assert remarks(one, two) == [("order", "new", "scenario_changes", "A5", "s")]
    assert remarks(one, minimal_tables(scenario_changes=[other, first, second], scenarios=scenarios)) == []


def test_what_reading_left_out_is_told():
    issues = [Issue("unknown_column", "facilities", "F3", "colour", "colour"), Issue("percent_format", "sources", "B4")]
    found = differences(minimal_tables(), minimal_tables(), (), issues)
    assert [(r.why, r.side, r.sheet, r.cell, r.text) for r in found.remarks] == [("not_compared", "new", "facilities",
        "F3", "colour")]


def test_natural_order():
    keys = [("F10",), ("F2",), ("F1", "b"), ("F1", "a"), (None,), ("12",), ("2",)]
    assert sorted(keys, key=natural) == [(None,), ("2",), ("12",), ("F1", "a"), ("F1", "b"), ("F2",), ("F10",)]


def test_tables_of_nothing():
    assert differences(Tables("a"), Tables("b")).sheets == ()
