"""What people type into cells, through files: what is repaired and said, and what is refused, with the cell, the kind
of issue and the value."""

import datetime

import openpyxl
import pytest
import xlsxwriter

from jaryq.base.issues import stops
from jaryq.tables.typed import typed
from jaryq.workbook.file import load
from jaryq.workbook.read import read
from tests.workbooks import grid_workbook

REGIONS = [["region"], ["KZ-10"], ["KZ-71"]]
KINDS = [["asset_type", "sector"], ["chp", "heat"]]


def checked(path):
    tables, issues = read(path)
    tables, more = typed(tables)
    return tables, [*issues, *more]


def told(issues):
    return [(issue.code, f"{issue.sheet}!{issue.cell}", issue.value) for issue in issues]


def through(tmp_path, column, cell, sheet="facilities", key="facility", **more):
    """The typed value of one cell (B4) below a key, and what is told."""
    path = grid_workbook(tmp_path / "case.xlsx", **{sheet: [[key, column], ["F1", cell]], "regions": REGIONS,
                                                    "asset_types": KINDS, **more})
    tables, issues = checked(path)
    return tables[sheet].frame[column][0], told(issues), issues


AT = "facilities!B4"
DATE = datetime.datetime(2027, 5, 12)
SERIAL_2027 = (2027, "dd.mm.yyyy")  # somebody typed 2027 into a cell with a date format; it is shown as 19.07.1905


REPAIRED = {
    "decimal_comma": ("cost", "12,5", 12.5, "repaired_text"),
    "number_stored_as_text": ("cost", "12.5", 12.5, "repaired_text"),
    "no_break_space": ("cost", "1\u00a0234,5", 1234.5, "repaired_text"),
    "narrow_no_break_space": ("cost", "1\u202f234", 1234.0, "repaired_text"),
    "thin_space": ("cost", "1\u2009234", 1234.0, "repaired_text"),
    "full_width_digits": ("cost", "１２．５", 12.5, "repaired_text"),
    "long_minus": ("savings", "−3,5", -3.5, "repaired_text"),
    "en_dash_as_minus": ("savings", "–3,5", -3.5, "repaired_text"),
    "zero_width_space_inside": ("cost", "12\u200b,5", 12.5, "repaired_text"),
    "percent_in_text": ("wear", "40 %", 40.0, "repaired_text"),
    "percent_in_text_small": ("wear", "0,4 %", 0.4, "repaired_text"),
    "percent_in_words": ("wear", "40 процентов", 40.0, "repaired_text"),
    "own_unit_ru": ("cost", "12,5 млрд", 12.5, "repaired_text"),
    "own_unit_full": ("cost", "3.4 bn KZT", 3.4, "repaired_text"),
    "own_unit_before": ("cost", "KZT 3.4 bn", 3.4, "repaired_text"),
    "own_unit_ja": ("cost", "12十億テンゲ", 12.0, "repaired_text"),
    "millions_to_billions": ("cost", "3 400 млн тенге", 3.4, "converted_unit"),
    "thousands_to_billions": ("cost", "3400000 тыс. тг", 3.4, "converted_unit"),
    "years_to_months": ("works_months", "1,5 года", 18.0, "converted_unit"),
    "months_to_years": ("life", "360 мес.", 30.0, "converted_unit"),
    "date_in_a_year_column": ("earliest", DATE, 2027, "date_as_year"),
    "date_as_text_in_a_year_column": ("earliest", "01.01.2027", 2027, "date_as_year"),
    "iso_date_in_a_year_column": ("earliest", "2027-05-12", 2027, "date_as_year"),
    "year_shown_as_date": ("earliest", SERIAL_2027, 2027, "date_as_year"),
    "year_with_its_word": ("earliest", "2027 г.", 2027, "repaired_text"),
    "year_as_text": ("earliest", "2027", 2027, "repaired_text"),
    "year_with_its_word_ja": ("earliest", "2027年", 2027, "repaired_text"),
    "cyrillic_letter_in_an_allowed_value": ("zone", "rеd", "red", "repaired_letters"),  # е
    "underscore_for_a_space_in_an_allowed_value": ("scope", "new_unit", "new unit", "repaired_letters"),
    "cyrillic_letter_in_yes": ("must_do", "yеs", True, "repaired_letters"),
    "latin_letter_in_a_russian_yes": ("must_do", "дa", True, "repaired_letters"),  # a is Latin
    "cyrillic_letters_in_a_reference": ("region", "КZ-10", "KZ-10", "repaired_letters"),
    "long_dash_in_a_reference": ("region", "KZ–10", "KZ-10", "repaired_letters"),
    "small_letters_in_a_reference": ("region", "kz-10", "KZ-10", "repaired_letters"),
    "invisible_mark_in_a_reference": ("region", "KZ\u200b-10", "KZ-10", "repaired_letters"),
}


@pytest.mark.parametrize("name", REPAIRED)
def test_repaired_with_a_note(tmp_path, name):
    column, cell, value, code = REPAIRED[name]
    got, said, issues = through(tmp_path, column, cell)
    assert (got, type(got)) == (value, type(value))
    assert [(kind, place) for kind, place, _ in said] == [(code, AT)]
    assert issues[0].severity == "note"
    assert issues[0].say("en") != issues[0].say("ru")


PLAIN = {
    "spaces_at_the_ends": ("region", "  KZ-10\u00a0", "KZ-10"),
    "percent_format": ("wear", (0.4, "0%"), 40.0),
    "percent_format_small": ("wear", (0.004, "0.0%"), 0.4),
    "blank_spaces": ("cost", "   ", None),
    "yes_in_kazakh": ("must_do", "иә", True),
    "yes_in_japanese": ("must_do", "はい", True),
    "allowed_value_in_capitals": ("zone", "RED", "red"),
    "number_in_a_text": ("place", 12.0, "12"),
    "date_in_a_remark": ("note", DATE, "2027-05-12"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_read_without_a_word(tmp_path, name):
    column, cell, value = PLAIN[name]
    assert through(tmp_path, column, cell)[:2] == (value, [])


REFUSED = {
    "thousands_or_decimals": ("cost", "12,500", "ambiguous_number", "12.500 or 12500"),
    "thousands_or_decimals_with_a_unit": ("cost", "12,500 млрд", "ambiguous_number", "12.500 or 12500"),
    "dash_for_nothing": ("cost", "–", "no_number", "Clear the cell if there is no value"),
    "no_data_in_words": ("cost", "н/д", "no_number", "enter 0 if it is zero"),
    "another_currency": ("cost", "3,4 bn USD", "unit_unfit", "the column is in bn KZT; the cell says bn USD"),
    "currency_sign": ("cost", "$3,4 bn", "unit_unfit", "the cell says $ bn"),
    "kilometres_of_money": ("cost", "40 km", "unit_unfit", "Enter the number in bn KZT, without a unit."),
    "percent_of_money": ("cost", "40 %", "unit_unfit", "bn KZT"),
    "a_unit_nobody_knows": ("cost", "12,5 попугаев", "words_beside_number", "Enter 12.5 alone"),
    "a_range": ("cost", "10-12", "wrong_type", "a number"),
    "about": ("cost", "~12", "wrong_type", "a number"),
    "words": ("cost", "двенадцать", "wrong_type", "a number"),
    "date_in_a_column_of_numbers": ("cost", DATE, "date_for_number", "turn numbers such as 12.5 into dates"),
    "time_in_a_column_of_numbers": ("cost", datetime.time(12, 30), "date_for_number", "number format"),
    # 1905 and 2027 are both possible years
    "year_or_day": ("year_built", SERIAL_2027, "date_for_number", "number format"),
    "quarter_in_a_year_column": ("earliest", "2027Q1", "wrong_type", "a year such as 2027"),
    "infinity": ("cost", "∞", "not_finite", "finite"),
    "true_for_a_number": ("cost", True, "wrong_type", "a number"),
    "unknown_allowed_value": ("zone", "rad", "value_not_allowed", "did you mean “red”?"),
    "unknown_reference": ("region", "KZ-17", "unknown_reference", "did you mean “KZ-"),
    "date_in_a_reference": ("region", DATE, "unknown_reference", "regions has no such row"),
    "maybe": ("must_do", "maybe", "wrong_type", "yes or no"),
    "error_value": ("cost", "#REF!", "error_value", "Excel error"),
    "formula_never_calculated": ("cost", "=1+1", "formula_without_value", "no stored value"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_rule_and_remedy(tmp_path, name):
    column, cell, code, words = REFUSED[name]
    got, said, issues = through(tmp_path, column, cell)
    assert got is None
    assert [(kind, place) for kind, place, _ in said] == [(code, AT)]
    assert words in next(issue for issue in issues if issue.code == code).say("en")
    assert stops(issues)


def test_a_fraction_in_a_percent_column_is_to_be_confirmed(tmp_path):
    value, said, issues = through(tmp_path, "wear", 0.4)
    assert (value, said) == (0.4, [("percent_below_one", AT, "0.4")])
    assert issues[0].severity == "surprise"
    assert "0.4 means 0.4 %" in issues[0].say("en")


def test_a_discount_rate_of_a_fraction_is_to_be_confirmed(tmp_path):
    settings = [["setting", "value"], ["first_year", 2026], ["last_year", 2028], ["discount_rate", 0.06]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", settings=settings))
    assert told(issues) == [("percent_below_one", "settings!B6", "0.06")]
    assert tables["settings"].frame["value"][2] == 0.06


def test_amounts_in_the_currency_of_the_row(tmp_path):
    sources = [["source_id", "currency", "envelope"], ["A", "JPY", "300億円"], ["B", "JPY", "30 bn KZT"],
               ["C", None, "30 млрд тенге"], ["D", None, "500 млн"]]
    currencies = [["currency", "2026"], ["JPY", 3]]
    tables, issues = checked(grid_workbook(
        tmp_path / "case.xlsx", sources=sources, source_years=[["source_id", "2026"], ["A", 1]], currencies=currencies))
    assert tables["sources"].frame["envelope"].tolist() == [30.0, None, 30.0, 0.5]
    assert told(issues) == [("converted_unit", "sources!C4", "300億円"), ("unit_unfit", "sources!C5", "30 bn KZT"),
                            ("repaired_text", "sources!C6", "30 млрд тенге"),
                            ("converted_unit", "sources!C7", "500 млн")]


def test_units_that_the_row_states(tmp_path):
    targets = [["target", "measure", "value", "unit"], ["T1", "share_done", "60 %", "%"],
               ["T2", "km", "86 тыс. км", "km"], ["T3", "km", "60 %", "km"]]
    facilities = [["facility", "capacity", "capacity_unit"], ["F1", "560 МВт", "MW"], ["F2", "1,2 ГВт", "MW"],
                  ["F3", "560 МВт", "Gcal/h"]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", targets=targets, facilities=facilities))
    assert tables["targets"].frame["value"].tolist() == [60.0, 86000.0, None]
    assert tables["facilities"].frame["capacity"].tolist() == [560.0, 1200.0, None]
    assert [(code, place) for code, place, _ in told(issues)] == [
        ("repaired_text", "facilities!B4"), ("converted_unit", "facilities!B5"), ("unit_unfit", "facilities!B6"),
        ("repaired_text", "targets!C4"), ("converted_unit", "targets!C5"), ("unit_unfit", "targets!C6")]


def test_capacities_out_of_service_are_in_the_unit_that_their_row_states(tmp_path):
    """The unit may be named as people name it; without one a unit in the cell is not understood, and a plain number
    is."""
    facilities = [["facility", "cost", "capacity", "capacity_unit", "offline"],
                  ["F1", 1, "794 Гкал/ч", "Гкал/ч", "100 Гкал/ч"],
                  ["F2", 1, "50 тыс. м3/сут", "thousand m3/day", "500 м3/ч"],
                  ["F3", 1, 30, "MW", "20 Гкал/ч"], ["F4", 1, None, None, "20 МВт"], ["F5", 1, None, None, 20]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", facilities=facilities))
    frame = tables["facilities"].frame
    assert frame["capacity"].tolist() == [794.0, 50.0, 30.0, None, None]
    assert frame["capacity_unit"].tolist() == ["Gcal/h", "thousand m3/day", "MW", None, None]
    assert frame["offline"].tolist() == [100.0, 12.0, None, None, 20.0]
    assert [(code, place) for code, place, _ in told(issues)] == [
        ("repaired_text", "facilities!C4"), ("repaired_letters", "facilities!D4"), ("repaired_text", "facilities!E4"),
        ("repaired_text", "facilities!C5"),
        ("converted_unit", "facilities!E5"), ("unit_unfit", "facilities!E6"), ("unit_unfit", "facilities!E7")]
    assert [issue.rule("ru") for issue in issues][-2:] == [
        "столбец в единицах «MW», а в ячейке «Гкал/ч»", "столбец в единицах «единица строки, которая не указана», а в "
                                                        "ячейке «МВт»"]


def test_what_is_not_supplied_is_in_the_unit_of_the_sector(tmp_path):
    """MWh of power, Gcal of heat, thousand m3 of water, by the kind of asset."""
    kinds = [["asset_type", "sector", "lost_each"], ["boiler", "heat", "2 тыс. Гкал"], ["plant", "power", "5 ГВт·ч"],
             ["mains", "water", None]]
    facilities = [["facility", "cost", "asset_type", "lost"], ["F1", 1, "boiler", "17150 Гкал"],
                  ["F2", 1, "plant", "17150 Гкал"], ["F3", 1, "plant", 17150]]
    networks = [["package", "asset_type", "km", "unit_cost", "losses"], ["N1", "mains", 5, 49, "1200 м3/км/год"]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", asset_types=kinds, facilities=facilities,
                                           networks=networks))
    assert tables["asset_types"].frame["lost_each"].tolist() == [2000.0, 5000.0, None]
    assert tables["facilities"].frame["lost"].tolist() == [17150.0, None, 17150.0]
    assert tables["networks"].frame["losses"].tolist() == [1.2]
    assert [(code, place) for code, place, _ in told(issues)] == [
        ("converted_unit", "asset_types!C4"), ("converted_unit", "asset_types!C5"), ("repaired_text", "facilities!D4"),
        ("unit_unfit", "facilities!D5"),
        ("converted_unit", "networks!E4")]


def test_compound_units(tmp_path):
    networks = [["package", "asset_type", "km", "unit_cost", "km_per_year"],
                ["N1", "chp", "1,2 тыс. км", "0,049 млрд тенге/км", "100 км в год"],
                ["N2", "chp", 5, "49 млн", "10 км/мес"], ["N3", "chp", 5, "49 млн тенге/год", 10]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", networks=networks, asset_types=KINDS))
    assert tables["networks"].frame[["km", "unit_cost", "km_per_year"]].to_numpy().tolist() == [[1200.0, 49.0, 100.0],
        [5.0, 49.0, 120.0], [5.0, None, 10.0]]
    assert [(code, place) for code, place, _ in told(issues)] == [
        ("converted_unit", "networks!C4"), ("converted_unit", "networks!D4"), ("repaired_text", "networks!E4"),
        ("repaired_text", "networks!D5"), ("converted_unit", "networks!E5"), ("unit_unfit", "networks!D6")]


# --- keys -------------------------------------------------------------------------------------------------------------

def keys(tmp_path, *rows):
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx",
                                           facilities=[["facility", "cost"], *([row, 1.0] for row in rows)]))
    return tables["facilities"].frame["facility"].tolist(), issues


def test_a_key_that_only_looks_like_another(tmp_path):
    _, issues = keys(tmp_path, "C-1", "С-1", "C–1")  # Latin C, Cyrillic С, a long dash
    assert told(issues) == [("lookalike_key", "facilities!A5", "[С]-1"), ("lookalike_key", "facilities!A6", "C–1")]
    assert "it looks like the key in A4 (C-1), but is another" in issues[0].say("en")


def test_two_alphabets_in_one_word(tmp_path):
    got, issues = keys(tmp_path, "KZ-1", "КZ-2", "ТЭЦ-PVL", "ПС-220кВ")  # the second begins with a Cyrillic К
    assert told(issues) == [("mixed_letters", "facilities!A5", "КZ-2")]
    assert got == ["KZ-1", "КZ-2", "ТЭЦ-PVL", "ПС-220кВ"]
    assert "[К]Z" in issues[0].say("en")


def test_keys_with_odd_spaces(tmp_path):
    got, issues = keys(tmp_path, "CHP\u00a01", "CHP  2", "CHP\n3")
    assert got == ["CHP 1", "CHP 2", "CHP 3"]
    assert [code for code, _, _ in told(issues)] == ["repaired_letters"] * 3


def test_a_key_that_became_a_day(tmp_path):
    got, issues = keys(tmp_path, datetime.date(2026, 2, 1))
    assert got == ["2026-02-01"]
    assert [(code, place, issues[0].severity)
            for code, place, _ in told(issues)] == [("date_as_text", "facilities!A4", "surprise")]


def test_a_reference_that_looks_like_two_keys_is_refused(tmp_path):
    regions = [["region"], ["AB"], ["ab"]]
    _, said, _ = through(tmp_path, "region", "aB", regions=regions)
    assert [code for code, _, _ in said] == ["unknown_reference"]


def test_a_reference_with_its_key_in_cyrillic(tmp_path):
    """Both directions: the key is Cyrillic, the reference Latin."""
    value, said, _ = through(tmp_path, "region", "AKMO", regions=[["region"], ["АКМО"]])
    assert value == "АКМО"
    assert [code for code, _, _ in said] == ["repaired_letters"]


def test_keys_shown_with_leading_zeros(tmp_path):
    got, issues = keys(tmp_path, (7, "000"), (12, "000"), (7, "0"))
    assert (got, issues) == (["007", "012", "7"], [])


def test_leading_zeros_mean_nothing_in_a_number(tmp_path):
    assert through(tmp_path, "cost", (7, "000"))[:2] == (7.0, [])


@pytest.mark.parametrize(("code", "seen"), [("0.0,", "12.5"), ('#,##0.0,"k"', "12.5"), ("0.00,,", "0.0125")])
def test_a_format_that_leaves_thousands_out(tmp_path, code, seen):
    value, said, issues = through(tmp_path, "cost", (12500.0, code))
    assert value == 12500.0
    assert said == [("scaled_format", AT, "12500")]
    assert f"the cell shows {seen} (its number format leaves thousands out) but holds 12500" in issues[0].say("en")


@pytest.mark.parametrize("code", ["#,##0", "#,##0.00", '0.0","', "0.00;-0.0,"])
def test_commas_between_thousands_leave_nothing_out(tmp_path, code):
    assert through(tmp_path, "cost", (12500.0, code))[:2] == (12500.0, [])


# --- signs and settings -----------------------------------------------------------------------------------------------

def test_signs_as_one_letter(tmp_path):
    targets = [["target", "measure", "sense", "value", "unit"], ["T1", "km", "≥", 5, "km"]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", targets=targets))
    assert tables["targets"].frame["sense"][0] == ">="
    assert told(issues) == [("repaired_letters", "targets!C4", "≥")]


def test_settings_by_their_titles(tmp_path):
    # Cyrillic о
    settings = [["Настройка", "Значение"], ["Первый год", 2026], ["Last year", "2028 г."], ["discоunt_rate", "6,5 %"]]
    tables, issues = checked(grid_workbook(tmp_path / "case.xlsx", settings=settings))
    assert tables["settings"].frame[["setting", "value"]].to_numpy().tolist() == [["first_year", 2026],
        ["last_year", 2028], ["discount_rate", 6.5]]
    assert [(code, place) for code, place, _ in told(issues)] == [
        ("repaired_text", "settings!B5"), ("repaired_letters", "settings!A6"), ("repaired_text", "settings!B6")]


# --- very many issues -------------------------------------------------------------------------------------------------

def test_a_column_of_wrong_cells_is_told_in_a_thousand_issues(tmp_path):
    book = openpyxl.load_workbook(grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "cost"]]))
    for number in range(1500):
        book["facilities"].append([f"F{number}", "?"])
    book.save(tmp_path / "case.xlsx")
    issues = checked(tmp_path / "case.xlsx")[1]
    assert [issue.code for issue in issues].count("no_number") == 1000
    assert [(issue.cell, issue.slots["count"], issue.severity) for issue in issues
            if issue.code == "more_of_the_same"] == [("B1004", 500, "note")]


def test_what_a_terminal_would_obey_is_not_printed(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "zone"], ["F1", "_x001B_[31mred"]])
    issue = checked(path)[1][0]
    assert (issue.code, issue.value) == ("value_not_allowed", "\ufffd[31mred")  # no workbook could hold it
    assert "\x1b" not in issue.say("en")
    path = grid_workbook(tmp_path / "c1.xlsx", facilities=[["facility", "zone"], ["F1", "\x9b31mred"]])
    issue = checked(path)[1][0]
    # a workbook holds this one, a terminal obeys it too
    assert (issue.code, issue.value) == ("value_not_allowed", "\x9b31mred")
    assert "\x9b" not in issue.say("en")


@pytest.mark.parametrize(("code", "value", "told"), [
    (";;;", 12.5, True), (";;;@", 12.5, True), ('"x"', 12.5, True), ('"";"";""', 12.5, True), (";-0", 12.5, True),
    (";-0", -12.5, False),
    ("0;;", 12.5, False), ("General;;", 12.5, False), ("[Red]", 12.5, False), ('[=0]"";General', 12.5, False),
    ("#", 12.5, False), ("@", 12.5, False),
])
def test_a_number_that_its_format_hides(tmp_path, code, value, told):
    """The first section of a format is that of numbers above zero; a colour or a condition alone hides nothing."""
    rows = [["facility", "savings"], ["F1", (value, code)]]
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", facilities=rows))
    assert tables["facilities"].frame["savings"][0] == value
    assert [issue.cell for issue in issues if issue.code == "unseen_number"] == (["B4"] if told else [])


def test_whole_numbers_of_a_workbook_are_floats(tmp_path):
    """Whatever wrote them, with a type or without one: of .xlsx they are not looked through for whole ones again."""
    by_openpyxl, by_other = openpyxl.Workbook(), xlsxwriter.Workbook(tmp_path / "other.xlsx")
    by_openpyxl.active.append([2026, -3, 0, 10**12, 1.5, True])
    by_openpyxl.save(tmp_path / "one.xlsx")
    page = by_other.add_worksheet("Sheet")
    page.write_row(0, 0, [2026, -3, 0, 10**12, 1.5, True])
    by_other.close()
    for name in ("one", "other"):
        book = load(tmp_path / f"{name}.xlsx", lambda names: names)
        ((first, *_),) = (sheet.values for sheet in book.sheets.values())
        assert [type(value) for value in first] == [float] * 5 + [bool]
