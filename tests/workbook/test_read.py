"""Reading workbooks: values and their cells, headings in every form, and one broken workbook for each issue of
shape."""

import datetime
import random
import zipfile

import openpyxl
import pytest
import xlsxwriter

from jaryq.sheets.aliases import heading as canonical
from jaryq.sheets.inputs import INPUTS
from jaryq.tables.values import Rejected
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but
from tests.workbooks import grid_workbook, raw_minimal


def places(issues):
    return [(issue.code, issue.sheet, issue.cell, issue.column, issue.value) for issue in issues]


def edited(path, edit, part="xl/worksheets/sheet1.xml"):
    """The workbook with the text of one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = edit(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def book(tmp_path):
    return lambda **sheets: grid_workbook(tmp_path / "case.xlsx", **sheets)


# --- what is read -----------------------------------------------------------------------------------------------------

def test_minimal_workbook_has_no_issues(book):
    tables, issues = read(book())
    assert issues == []
    assert tables.name == "case"
    assert list(tables.sheets) == ["settings", "facilities", "sources", "source_years"]
    assert tables["facilities"].frame["cost"].tolist() == [12.5, 7.0]
    assert tables["settings"].frame["value"].tolist() == [2026.0, 2028.0, 6.5]


def test_blank_rows_are_skipped_and_row_numbers_stay(book):
    table = read(book(facilities=[["facility", "cost"], [None, None], ["F1", 1.5], ["  ", None],
                                  ["F2", 2]]))[0]["facilities"]
    assert table.frame["facility"].tolist() == ["F1", "F2"]
    assert table.rows == (5, 7)
    assert table.cell(1, "cost") == "B7"


def test_comment_columns_and_note_sheets_are_skipped(book):
    tables, issues = read(book(facilities=[["# ours", "facility", "#", "cost"], ["x", "F1", "y", 1],
                                           ["only a comment", None, None, None]],
                               __notes=[["anything"], ["=1+"]]))
    assert issues == []
    assert tables["facilities"].columns == {"facility": "B", "cost": "D"}
    assert len(tables["facilities"]) == 1


@pytest.mark.parametrize(("heading", "name"), [
    ("facility", "facility"), ("Facility", "facility"), ("ОБЪЕКТ", "facility"), ("  Объект ", "facility")])
def test_heading_by_name_or_title_in_any_case(book, heading, name):
    tables, issues = read(book(facilities=[[heading, "Стоимость"], ["F1", 3]]))
    assert issues == []
    assert list(tables["facilities"].columns) == [name, "cost"]


@pytest.mark.parametrize("heading", [2026, 2026.0, "2026", "Ceiling in 2026", "потолок в 2026"])
def test_year_headings(book, heading):
    tables, issues = read(book(source_years=[["source_id", heading], ["S1", 5]]))
    assert issues == []
    assert tables["source_years"].frame["2026"].tolist() == [5.0]


def test_families_with_prefix(book):
    tables, issues = read(book(facilities=[["facility", "SPEND_2026", "Затраты в 2027"], ["F1", 1, 2]],
                               asset_types=[["asset_type", "sector", "content_jp"], ["chp", "heat", 10]]))
    assert issues == []
    assert list(tables["facilities"].columns) == ["facility", "spend_2026", "spend_2027"]
    assert list(tables["asset_types"].columns) == ["asset_type", "sector", "content_JP"]


def test_every_name_and_title_leads_to_its_column():
    """Names win over titles; where two columns share a word in different case (``source``, ``Source``) each finds its
    own."""
    for sheet in INPUTS:
        for column in sheet.columns:
            member = {"": "", "year": "2027", "country": "JP", "quantity": "mw"}[column.family]
            gap = " " if member else ""
            want = column.name + member
            assert canonical(sheet, want) == want
            for title in (column.text.en, column.text.ru):
                assert canonical(sheet, title + gap + member) == want, (sheet.name, title)


def test_texts_are_stripped_composed_and_never_numbers(book):
    decomposed = "Павлодарски\u0438\u0306"  # the last letter as и and a breve
    rows = [["facility", "name", "place", "owner", "note"], [12, decomposed, "\u00a0 Almaty\n", True,
        datetime.date(2026, 3, 1)], [12.5, "", "  ", None, "x"]]
    table = read(book(facilities=rows))[0]["facilities"]
    assert table.frame.to_numpy().tolist() == [["12", "Павлодарски\u0439", "Almaty", "TRUE", "2026-03-01"],
                                               ["12.5", None, None, None, "x"]]


def test_sheet_names_in_any_case(book):
    tables, issues = read(book(facilities=[["facility"]], **{" Regions ": [["region"], ["KZ-10"]]}))
    assert issues == []
    assert "regions" in tables


def test_free_sheets_are_read_as_they_are(book):
    tables, issues = read(book(sources_and_method=[["Topic", "text", "whatever", None], ["km", "=1+1", "=A1", 4]]))
    assert issues == []
    assert list(tables["sources_and_method"].frame.columns) == ["topic", "text", "whatever"]


# --- percent formats --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0%", '#,##0.0 "share" %', "[Red]0.0%"])
def test_percent_format_in_a_percent_column(book, code):
    tables, issues = read(book(sources=[["source_id", "rate", "keep"], ["S1", (0.07, code), 0.5]]))
    assert issues == []
    assert tables["sources"].frame.to_numpy().tolist() == [["S1", 7.0, 0.5]]  # 0.07 * 100 would be 7.000000000000001


@pytest.mark.parametrize("code", ['0.0"%"', r"0.0\%", "0.00"])
def test_a_percent_sign_that_is_only_text_changes_nothing(book, code):
    assert read(book(sources=[["source_id", "rate"], ["S1", (7, code)]]))[0]["sources"].frame["rate"].tolist() == [7.0]


def test_percent_format_of_a_setting_and_of_a_target(book):
    settings = [["setting", "value"], ["first_year", 2026], ["last_year", 2028], ["discount_rate", (0.065, "0.0%")],
                ["shortfall_gap", (0.01, "0%")]]
    targets = [["target", "value", "unit"], ["T1", (0.6, "0%"), "%"], ["T2", (0.6, "0%"), "km"]]
    tables, issues = read(book(settings=settings, targets=targets))
    assert tables["settings"].frame["value"].tolist() == [2026.0, 2028.0, 6.5, 0.01]
    assert tables["targets"].frame["value"].tolist() == [60.0, 0.6]
    assert [place for place in places(issues) if place[0] == "percent_format"] == [
        ("percent_format", "settings", "B7", "value", "1 %"), ("percent_format", "targets", "B5", "value", "60 %")]


# --- issues of shape --------------------------------------------------------------------------------------------------

def test_missing_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "regions"
    book.active.cell(3, 1, "region")
    book.save(tmp_path / "case.xlsx")
    assert places(read(tmp_path / "case.xlsx")[1]) == [("missing_sheet", name, "", "", "")
                                                       for name in ("settings", "facilities", "sources",
                                                       "source_years")]


def test_unknown_sheet_with_the_nearest_name(book):
    issues = read(book(region=[["region"]], Сценари=[["scenario"]]))[1]
    assert places(issues) == [("unknown_sheet", "region", "", "", "region"),
                              ("unknown_sheet", "Сценари", "", "", "Сценари")]
    assert "did you mean “regions”?" in issues[0].remedy("en")
    assert "возможно, «scenarios»?" in issues[1].remedy("ru")


def test_missing_column(book):
    tables, issues = read(book(source_years=[["2026"], [10]]))
    assert places(issues) == [("missing_column", "source_years", "B3", "source_id", "")]
    assert all(isinstance(value, Rejected) for value in tables["source_years"].frame["source_id"])


def test_unknown_column_with_the_nearest_name(book):
    issues = read(book(facilities=[["facility", "costs", "spent_2026", "2026"], ["F1", 1, 2, 3]]))[1]
    assert places(issues)[0] == ("unknown_column", "facilities", "B3", "costs", "costs")
    assert [issue.cell for issue in issues] == ["B3", "C3", "D3"]
    assert "did you mean “cost”?" in issues[0].say()
    assert "did you mean “spend_2026”?" in issues[1].say()


def test_duplicate_column(book):
    tables, issues = read(book(facilities=[["facility", "cost", "Overnight cost"], ["F1", 1, 2]]))
    assert places(issues) == [("duplicate_column", "facilities", "C3", "cost", "Overnight cost")]
    assert tables["facilities"].frame["cost"].tolist() == [1.0]


def test_missing_heading(book):
    issues = read(book(facilities=[["facility", None, None, "cost"], ["F1", None, None, 1], ["F2", " ", "x", 1]]))[1]
    assert places(issues) == [("missing_heading", "facilities", "C3", "", "")]
    assert issues[0].slots == {"first": "C5"}


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_error_value(book, error):
    # openpyxl writes t="e"
    tables, issues = read(book(facilities=[["facility", "cost", "#note"], ["F1", error, error], ["F2", 2, None]]))
    assert places(issues) == [("error_value", "facilities", "B4", "cost", error)]
    assert isinstance(tables["facilities"].frame["cost"][0], Rejected)


def test_error_value_in_a_heading_and_beyond_the_values(book):
    issues = read(book(facilities=[["facility", "#REF!"], ["F1", 1], [None, None], ["#N/A", None]]))[1]
    assert places(issues) == [("error_value", "facilities", "B3", "", "#REF!"),
                              ("error_value", "facilities", "A6", "facility", "#N/A")]


def test_error_in_a_formula(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "cost"], ["F1", "=1/0"]])
    edited(path, lambda text: text.replace("<v></v>", "<v />").replace("<v/>",
        "<v />").replace('<c r="B4"><f>1/0</f><v />', '<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v>'),
        "xl/worksheets/sheet2.xml")
    assert places(read(path)[1]) == [("error_value", "facilities", "B4", "cost", "#DIV/0!")]


def test_formula_without_value(book):
    tables, issues = read(book(facilities=[["facility", "cost"], ["F1", "=1+1"], ["F2", 2]]))
    assert places(issues) == [("formula_without_value", "facilities", "B4", "cost", "")]
    assert isinstance(tables["facilities"].frame["cost"][0], Rejected)


def test_formula_with_a_value_is_read(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "cost", "owner"], ["F1", "=1+1", '=""']])
    edited(path, lambda text: text.replace("<v></v>", "<v />").replace("<v/>", "<v />").replace("<f>1+1</f><v />",
        "<f>1+1</f><v>2</v>").replace(
        '<c r="C4"><f>""</f><v />', '<c r="C4" t="str"><f>""</f><v></v>'), "xl/worksheets/sheet2.xml")
    tables, issues = read(path)
    assert issues == []
    assert tables["facilities"].frame.to_numpy().tolist() == [["F1", 2.0, None]]


def test_zeros_that_xlsxwriter_stores_for_formulas_are_no_values(tmp_path):
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in raw_minimal().items():
            page = book.add_worksheet(name)
            for row, values in enumerate(rows, start=2):
                page.write_row(row, 0, values)
        page = book.get_worksheet_by_name("facilities")
        page.write_formula("C4", "=5*2")
        page.write_formula("C5", "=5*2", None, 10)
    tables, issues = read(path)
    assert places(issues) == [("formula_without_value", "facilities", "C4", "cost", "")]
    assert tables["facilities"].frame["cost"][1] == 10.0


# --- files that are not workbooks -------------------------------------------------------------------------------------

def assert_refused(path, code, *words, sheet="", cell=""):
    tables, issues = read(path)
    assert tables.sheets == {}
    assert places(issues) == [(code, sheet, cell, "", path.name)]
    assert all(word in issues[0].say("en") for word in words), issues[0].say("en")
    assert issues[0].say("ru") != issues[0].say("en")


@pytest.mark.parametrize(("content", "code", "word"), [
    (b"", "unreadable_file", "empty"), (b"facility,cost\n", "other_format", "CSV files are read as a folder"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "other_format", "web page"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable_file", "damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected_file",
     "password"),
    (b"\x89PNG\r\n\x1a\n\0\0", "unreadable_file", "not an Excel workbook"),
    (b"PK\x03\x04 and no more", "unreadable_file", "damaged")])
def test_files_that_are_not_workbooks(tmp_path, content, code, word):
    path = tmp_path / "case.xlsx"
    path.write_bytes(content)
    assert_refused(path, code, word)


def test_no_such_file(tmp_path):
    tables, issues = read(tmp_path / "nowhere.xlsx")
    assert tables.sheets == {}
    assert places(issues) == [("no_such_file", "", "", "", str(tmp_path / "nowhere.xlsx"))]


def test_a_formatted_blank_far_away_is_harmless(book):
    path = edited(book(), lambda text: text.replace("</sheetData>",
                                                    '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'))
    assert read(path)[1] == []


@pytest.mark.parametrize("seed", range(40))
def test_damaged_workbooks_never_raise(book, seed):
    """Cut off at a random place, or with random bytes changed: issues or a table, never an exception."""
    path, chance = book(), random.Random(seed)
    raw = bytearray(path.read_bytes())
    if seed % 2:
        raw = raw[: chance.randrange(len(raw))]
    else:
        for _ in range(20):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw)
    for issue in read(path)[1]:
        assert issue.say("en")


@pytest.mark.parametrize("seed", exhaustive_but(range(20), range(5)))
def test_damaged_xml_never_raises(book, seed):
    chance = random.Random(seed)

    def damage(text):
        place = chance.randrange(len(text))
        return text[:place] + chance.choice(["<", "&x;", "", '"', "<v>1e999</v>",
                                             'r="ZZZZ0"']) + text[place + chance.randrange(4):]

    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/_rels/workbook.xml.rels"):
        read(edited(book(), damage, part))
        if chance.random() < 0.5:
            read(edited(book(), lambda text: text.replace('r="', 'r="-', 3).replace('s="1"', 's="x"'), part))
