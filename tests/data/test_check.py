"""Checks derived from the declarations: one broken cell for each issue, and what typed values are."""

import math

import numpy as np
import pytest

from jaryq.base.issues import stops
from jaryq.sheets.inputs import INPUT
from jaryq.tables.numerals import Ambiguous, Marked, number_of
from jaryq.tables.tables import Table
from jaryq.tables.typed import typed
from jaryq.tables.values import Rejected, hundredfold, show
from tests.workbooks import MINIMAL, minimal_tables


def places(issues):
    return [(issue.code, issue.sheet, issue.cell, issue.column, issue.value) for issue in issues]


def facility(**values):
    """Typed tables and issues of the minimal workbook with one facility."""
    return typed(minimal_tables(facilities=[{"facility": "F1", **values}]))


def one(column, value):
    """The typed value of a facility's column, and its issues."""
    tables, issues = facility(**{column: value})
    assert all(issue.cell == "B4" and issue.sheet == "facilities" and issue.column == column for issue in issues)
    return tables["facilities"].frame[column][0], [(issue.code, issue.value) for issue in issues]


# --- types ------------------------------------------------------------------------------------------------------------

def test_minimal_tables_are_fine():
    tables, issues = typed(minimal_tables())
    assert issues == []
    frame = tables["facilities"].frame
    assert list(frame.columns)[:3] == ["facility", "name", "name_ru"]
    assert set(frame.columns) == {column.name for column in INPUT["facilities"].columns if not column.family}
    assert frame["cost"].tolist() == [12.5, 7.0]
    assert frame["must_do"].tolist() == [True, None]  # defaults are not filled in
    assert frame["scope"].tolist() == [None, None]


def test_settings_are_typed_by_their_own_declarations():
    settings = [{"setting": "First_Year", "value": 2026.0}, {"setting": "last_year", "value": "2 030"},
                {"setting": "gap", "value": 1},
                {"setting": "case", "value": 2026.0}, {"setting": "tie_break", "value": True},
                {"setting": "objective", "value": "PURSE"}]
    tables, issues = typed(minimal_tables(settings=settings))
    assert places(issues) == [("repaired_text", "settings", "B5", "last_year", "2 030")]
    assert tables["settings"].frame["setting"].tolist() == ["first_year", "last_year", "gap", "case", "tie_break",
                                                            "objective"]
    values = tables["settings"].frame["value"].tolist()
    assert values == [2026, 2030, 1.0, "2026", "yes", "purse"]
    assert [type(value) for value in values] == [int, int, float, str, str, str]


@pytest.mark.parametrize(("value", "number"), [(7, 7.0), (7.5, 7.5), (np.float64(7.5), 7.5), (np.int64(7), 7.0),
                                               (None, None), ("", None), ("  ", None)])
def test_numbers(value, number):
    got, issues = one("cost", value)
    assert got == number
    assert type(got) is type(number)
    assert issues == []


@pytest.mark.parametrize(("text", "number"), [
    ("12,5", 12.5), ("12.5", 12.5), (" 1\u00a0234,5 ", 1234.5), ("1 234 567", 1234567.0), ("1\u202f234.5", 1234.5),
    ("1.234,5", 1234.5),
    ("1,234.5", 1234.5), ("1,234,567", 1234567.0), ("1'234", 1234.0), ("0,125", 0.125), ("7", 7.0), ("1e3", 1000.0)])
def test_numbers_in_texts_are_repaired_with_a_note(text, number):
    got, issues = one("cost", text)
    assert got == number
    assert issues == [("repaired_text", text)]


def test_repaired_text_says_what_was_read():
    assert "read as 1234.5" in facility(cost="1 234,5")[1][0].say()


@pytest.mark.parametrize("value", ["twelve", "1 2", "1,2,3", "1.2.3", True, "1 23,4", "--1"])
def test_wrong_type_number(value):
    assert one("cost", value) == (None, [("wrong_type", show(value))])


def test_ambiguous_number():
    assert one("cost", "12,500") == (None, [("ambiguous_number", "12,500")])
    assert "12.500 or 12500" in facility(cost="12,500")[1][0].say()


def test_a_point_parts_no_thousands():
    """None of the four languages writes 12.500 for twelve thousand five hundred."""
    assert one("cost", "12.500") == (12.5, [("repaired_text", "12.500")])


def test_percent_sign_in_the_text_of_a_percent_column():
    assert one("wear", "12,5 %") == (12.5, [("repaired_text", "12,5 %")])


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "nan", "inf", "-Infinity", 10**400,
                                   np.float64("nan")])
def test_not_finite(value):
    got, issues = one("cost", value)
    assert got is None
    assert [code for code, _ in issues] == ["not_finite"]


@pytest.mark.parametrize("column", ["cost", "earliest", "wear"])
def test_not_finite_in_a_long_column(column):
    rows = [{"facility": f"F{number}", column: 2027.0 if column == "earliest" else 50.0} for number in range(1000)]
    rows[700][column] = math.nan
    assert places(typed(minimal_tables(facilities=rows))[1]) == [("not_finite", "facilities", "B704", column, "nan")]


@pytest.mark.parametrize(("value", "year"), [(2027, 2027), (2027.0, 2027), ("2027", 2027)])
def test_integers(value, year):
    got = one("earliest", value)[0]
    assert got == year
    assert type(got) is int


@pytest.mark.parametrize("value", [2027.5, "2027,5", "2027-13", "next year", False])
def test_wrong_type_integer(value):
    got, issues = one("earliest", value)
    assert got is None
    assert issues[-1] == ("wrong_type", show(value))
    assert any(what in facility(earliest=value)[1][-1].say() for what in ("a whole number", "a year such as 2027"))


@pytest.mark.parametrize(("value", "truth"), [
    ("yes", True), ("No", False), ("TRUE", True), ("false", False), ("да", True), ("НЕТ", False), (1, True),
    (0.0, False), ("1", True), (True, True),
    (False, False), ("иә", True), ("жоқ", False), (None, None)])
def test_yes_no(value, truth):
    assert one("must_do", value) == (truth, [])


@pytest.mark.parametrize("value", ["maybe", 2, "x", 0.5])
def test_wrong_type_yes_no(value):
    assert one("must_do", value) == (None, [("wrong_type", show(value))])


@pytest.mark.parametrize(("value", "text"), [(12.0, "12"), (12, "12"), (12.5, "12.5"), (True, "TRUE"),
                                             ("  a b ", "a b"), ("", None)])
def test_texts(value, text):
    assert one("owner", value) == (text, [])


def test_a_rejected_cell_is_blank_and_reported_no_more():
    tables, issues = typed(minimal_tables(facilities=[{"facility": Rejected("#REF!"), "cost": Rejected(),
                                                       "earliest": Rejected("#N/A")}]))
    assert issues == []
    assert tables["facilities"].frame[["facility", "cost", "earliest"]].to_numpy().tolist() == [[None, None, None]]


def test_a_rejected_cell_is_not_taken_for_another_with_the_same_text():
    for first, second in ((Rejected("12"), "12"), ("12", Rejected("12"))):
        tables, issues = typed(minimal_tables(facilities=[{"facility": "F1", "cost": first},
                                                          {"facility": "F2", "cost": second}]))
        assert sorted(tables["facilities"].frame["cost"], key=str) == [12.0, None]
        assert [issue.code for issue in issues] == ["repaired_text"]


# --- required, bounds, allowed values ---------------------------------------------------------------------------------

def test_missing_value():
    issues = typed(minimal_tables(networks=[{"package": "N1", "asset_type": None, "km": None, "unit_cost": 49.0}]))[1]
    assert places(issues) == [("missing_value", "networks", "B4", "asset_type", ""),
                              ("missing_value", "networks", "C4", "km", "")]
    assert "Km in scope, km" in issues[1].say("en")
    assert "Км в программе, км" in issues[1].say("ru")


def test_missing_settings_with_and_without_a_row():
    issues = typed(minimal_tables(settings=[{"setting": "last_year", "value": None}]))[1]
    assert places(issues) == [("missing_value", "settings", "", "first_year", ""),
                              ("missing_value", "settings", "B4", "last_year", "")]


def test_missing_column():
    issues = typed(minimal_tables(source_years=[{"2026": 10.0}]))[1]
    assert places(issues) == [("missing_column", "source_years", "B3", "source_id", "")]


@pytest.mark.parametrize(("column", "value", "code", "shown"), [
    ("cost", -5, "value_below_minimum", "-5"), ("wear", 100.5, "value_above_maximum", "100.5"),
    ("works_months", 0, "value_not_above", "0"),
    ("earliest", 1989, "value_below_minimum", "1989"), ("latest", 2151.0, "value_above_maximum", "2151")])
def test_bounds(column, value, code, shown):
    assert one(column, value) == (None, [(code, shown)])


@pytest.mark.parametrize(("column", "value"), [("cost", 0.0), ("wear", 100.0), ("wear", 0.0), ("works_months", 0.5),
                                               ("latest", 2150)])
def test_bounds_themselves_are_allowed(column, value):
    assert one(column, value) == (value, [])


def test_bounds_name_limit_and_unit_in_both_languages():
    issue = facility(cost=-5)[1][0]
    assert issue.say("en") == "facilities!B4 cost: -5 - at least 0 bn KZT is allowed. Enter 0 or more."
    assert "не меньше 0 млрд тенге" in issue.say("ru")


def test_bounds_without_a_unit_leave_no_gap():
    issue = typed(minimal_tables(settings=[*MINIMAL["settings"], {"setting": "seed", "value": -1}]))[1][0]
    assert issue.say("en") == "settings!B7 seed: -1 - at least 0 is allowed. Enter 0 or more."


def test_a_row_with_an_issue_keeps_its_other_cells():
    tables, issues = facility(cost=-5, wear=40, owner="Utility")
    assert len(issues) == 1
    assert tables["facilities"].frame[["facility", "cost", "wear", "owner"]].to_numpy().tolist() == [["F1", None, 40.0,
        "Utility"]]


def test_allowed_values_in_any_case():
    assert one("zone", "RED") == ("red", [])


def test_value_not_allowed_with_the_nearest():
    assert one("scope", "reconstructoin") == (None, [("value_not_allowed", "reconstructoin")])
    assert "did you mean “reconstruction”?" in facility(scope="reconstructoin")[1][0].say()


def test_unknown_setting():
    issues = typed(minimal_tables(settings=[*MINIMAL["settings"], {"setting": "discount", "value": "x"}]))[1]
    assert places(issues) == [("value_not_allowed", "settings", "A7", "setting", "discount")]
    assert "discount_" in issues[0].slots["hint"].en


def test_setting_out_of_bounds_names_the_setting():
    issues = typed(minimal_tables(settings=[*MINIMAL["settings"], {"setting": "gap", "value": 11.0},
                                            {"setting": "seed", "value": "x"}]))[1]
    assert places(issues) == [("value_above_maximum", "settings", "B7", "gap", "11"),
                              ("wrong_type", "settings", "B8", "seed", "x")]


# --- percent ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("column", ["keep", "max_share", "tied_share"])
def test_percent_below_one(column):
    tables, issues = typed(minimal_tables(sources=[{"source_id": "S1", column: 0.5}]))
    assert places(issues) == [("percent_below_one", "sources", "B4", column, "0.5")]
    assert "If 50 % is meant, enter 50." in issues[0].say()
    assert tables["sources"].frame[column][0] == 0.5
    assert stops(issues) == ()


@pytest.mark.parametrize(("column", "value"), [("subsidy", 0.05), ("rate", 0.065), ("premium", 0.02)])
def test_fractions_of_a_tenth_in_rates(column, value):
    """5 % typed as 0.05."""
    assert places(typed(minimal_tables(sources=[{"source_id": "S1", column: value}]))[1]) == [("percent_below_one",
        "sources", "B4", column, f"{value:g}")]


@pytest.mark.parametrize(("column", "value"), [("rate", 0.5), ("rate", 0.1), ("front_end", 0.25), ("keep", 0.0),
                                               ("keep", 1.0), ("max_share", 30.0)])
def test_small_rates_and_fees_are_no_surprise(column, value):
    assert typed(minimal_tables(sources=[{"source_id": "S1", column: value}]))[1] == []


def test_percent_below_one_in_a_family_and_on_kinds_of_assets():
    kinds = [{"asset_type": "chp", "sector": "heat", "import_share": 0.3, "procurement_share": 0.2, "content_JP": 0.1,
              "content_CN": 10.0}]
    issues = typed(minimal_tables(asset_types=kinds))[1]
    assert places(issues) == [("percent_below_one", "asset_types", cell, column, value) for cell, column, value in (
        ("C4", "import_share", "0.3"), ("D4", "procurement_share", "0.2"), ("E4", "content_JP", "0.1"))]


# --- keys and references ----------------------------------------------------------------------------------------------

def test_duplicate_key():
    issues = typed(minimal_tables(facilities=[{"facility": "F1"}, {"facility": "F2"}, {"facility": 1.0},
                                              {"facility": "1"}, {"facility": "F1 "}]))[1]
    assert places(issues) == [("duplicate_key", "facilities", "A7", "facility", "1"),
                              ("duplicate_key", "facilities", "A8", "facility", "F1")]
    assert issues[1].slots["other"] == "A4"


@pytest.mark.parametrize(("sheet", "rows", "cell"), [
    ("crews", [{"crew": "welders", "region": "KZ-1", "2026": 1.0},
               {"crew": "welders", "region": "Алматы", "2026": 2.0}], "A5"),
    ("tariffs", [{"region": "Алматы", "sector": "heat", "base": 1.0},
                 {"region": "KZ-1", "sector": "heat", "base": 2.0}], "A5")])
def test_a_key_by_name_is_the_same_key(sheet, rows, cell):
    """A region once by its key and once by its name: two rows for one thing, of which one would be lost."""
    regions = [{"region": "KZ-1", "name": "Almaty", "name_ru": "Алматы"}]
    issues = stops(typed(minimal_tables(regions=regions, **{sheet: rows}))[1])
    assert [(issue.code, issue.sheet, issue.cell) for issue in issues] == [("duplicate_key", sheet, cell)]


def test_a_reference_without_its_row_is_not_the_same_as_none():
    crews = [{"crew": "welders", "region": region, "2026": 1.0} for region in (None, "R7", "R8")]
    issues = typed(minimal_tables(crews=crews, regions=[{"region": "R1"}]))[1]
    assert {issue.code for issue in issues} == {"unknown_reference"}


def test_growth_as_a_fraction():
    """5 % a year typed as 0.05."""
    issues = typed(minimal_tables(borrowers=[{"borrower": "CO", "growth": 0.05}]))[1]
    assert places(issues) == [("percent_below_one", "borrowers", "B4", "growth", "0.05")]


def test_blank_parts_of_a_key_count_as_a_value():
    crews = [{"crew": "welders", "region": region, "2026": 1.0} for region in (None, "R1", None)]
    issues = typed(minimal_tables(crews=crews, regions=[{"region": "R1"}]))[1]
    assert places(issues) == [("duplicate_key", "crews", "A6", "crew", "welders")]
    assert issues[0].slots["column"] == "crew, region"


def test_rows_without_a_required_key_are_not_duplicates():
    issues = typed(minimal_tables(facilities=[{"facility": None, "cost": 1.0}, {"facility": None, "cost": 1.0}]))[1]
    assert [issue.code for issue in issues] == ["missing_value", "missing_value"]


def test_unknown_reference_with_the_nearest():
    ceilings = [{"source_id": key, "2026": 1.0} for key in ("JICA", "JIKA")]
    tables, issues = typed(minimal_tables(source_years=ceilings, sources=[{"source_id": "JICA"}]))
    assert places(issues) == [("unknown_reference", "source_years", "A5", "source_id", "JIKA")]
    assert "did you mean “JICA”?" in issues[0].say()
    assert tables["source_years"].frame["source_id"].tolist() == ["JICA", None]


def test_reference_to_an_absent_sheet():
    assert places(facility(region="KZ-10")[1]) == [("unknown_reference", "facilities", "B4", "region", "KZ-10")]


def test_reference_to_either_of_two_sheets():
    packages = [{"package": "N1", "asset_type": "pipes", "km": 5.0, "unit_cost": 9.0}]
    progress = [{"project": name, "year": 2026, "status": "done"} for name in ("F1", "N1", "X1")]
    issues = typed(minimal_tables(networks=packages, progress=progress,
                                  asset_types=[{"asset_type": "pipes", "sector": "heat"}]))[1]
    assert places(issues) == [("unknown_reference", "progress", "A6", "project", "X1")]
    assert "facilities, networks has no such row" in issues[0].say()


def test_home_currency_needs_no_row():
    kinds = [{"asset_type": "chp", "sector": "heat", "import_currency": "KZT"},
             {"asset_type": "pump", "sector": "heat", "import_currency": "JPY"}]
    assert places(typed(minimal_tables(asset_types=kinds))[1]) == [("unknown_reference", "asset_types", "C5",
        "import_currency", "JPY")]
    assert typed(minimal_tables(sources=[{"source_id": "S1", "currency": "KZT"}]))[1] == []


# --- the whole --------------------------------------------------------------------------------------------------------

def test_unknown_sheets_and_columns_of_tables_made_in_memory():
    tables, issues = typed(minimal_tables(facility=[{"a": 1}], facilities=[{"facility": "F1", "costs": 1.0}]))
    assert places(issues) == [("unknown_sheet", "facility", "", "", "facility"),
                              ("unknown_column", "facilities", "", "costs", "costs")]
    assert "facility" not in tables
    assert "costs" not in tables["facilities"].frame


def test_all_issues_come_at_once_in_the_order_of_sheets_and_rows():
    facilities = [{"facility": "F1", "cost": -1.0, "zone": "blue"}, {"facility": "F1", "cost": "x"}]
    issues = typed(minimal_tables(facilities=facilities, source_years=[{"source_id": "nobody"}]))[1]
    assert [(issue.sheet, issue.cell) for issue in issues] == [
        ("facilities", "B4"), ("facilities", "C4"), ("facilities", "A5"), ("facilities", "B5"), ("source_years", "A4")]
    assert all(issue.say(lang) for issue in issues for lang in ("en", "ru"))


def test_typed_is_idempotent_and_leaves_its_input_alone():
    before = minimal_tables()
    once = typed(before)[0]
    twice, issues = typed(once)
    assert issues == []
    assert all(once[name].frame.equals(twice[name].frame) for name in once.sheets)
    assert "scope" not in before["facilities"].frame


def test_empty_tables_are_as_good_as_absent():
    tables, issues = typed(minimal_tables(regions=[]))
    assert issues == []
    assert len(tables["regions"]) == 0


def test_free_sheets_pass_untouched():
    sheet = Table.of("sources_and_method", [{"topic": "km", "anything": 1.0}])
    assert typed(minimal_tables().with_sheet(sheet))[0]["sources_and_method"] is sheet


@pytest.mark.parametrize(("text", "number"), [
    ("−3", -3.0), ("- 3", None), ("1 234,567", 1234.567), ("12.345.678,9", 12345678.9), ("5.", 5.0), (".5", 0.5),
    ("", None),
    ("１２．５", 12.5), ("٤٢", 42.0), ("४२٫५", 42.5), ("𝟒𝟐", 42.0), ("4२", None), ("٤४", None), ("1_5", None),
    ("8_0", None), ("0x10", None), ("1e3", 1000.0),
    ("1\u2009200", 1200.0), ("1\u00a0200\u202f300,5", 1200300.5), ("4½", None), ("½", None), ("四", None), ("Ⅳ", None),
    ("5 м³", None), ("+20", 20.0), ("20²³%", None)])
def test_number_of(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(("text", "bare", "marks"), [
    ("4¹", "4", "1"), ("10¹", "10", "1"), ("4₁", "4", "1"), ("①4", "4", "1"), ("4⑴", "4", "(1)"), ("4❶", "4", "❶"),
    ("4⒈", "4", "1."), ("4ª", "4", "a"),
    ("4ⓐ", "4", "a"), ("12,5²", "12,5", "2"), ("1 200¹²", "1 200", "12"), ("4*", "4", "*"), ("4 †", "4", "†"),
    ("12,500¹", "12,500", "1"), ("1²3", "13", "2")])
def test_marks_are_no_digits(text, bare, marks):
    with pytest.raises(Marked) as caught:
        number_of(text)
    assert (caught.value.bare, caught.value.marks) == (bare, marks)


@pytest.mark.parametrize("text", ["1,234", "-12,500", "999,000", "１，２３４"])
def test_a_factor_of_a_thousand_is_not_guessed(text):
    with pytest.raises(Ambiguous):
        number_of(text)


def test_hundredfold_has_no_noise():
    assert [hundredfold(value) for value in (0.07, 0.125, 0.29, 1.1, 1e-7)] == [7.0, 12.5, 29.0, 110.0, 1e-5]
