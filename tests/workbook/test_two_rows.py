"""Headings over two rows, rows of units and numbers below them, years with a word beside them, texts that stand alone.

The right answers are what a person reads from the sheets: names belong to the units, years and parts right below them.
"""

import openpyxl
import pytest

from jaryq.tables.typed import typed
from jaryq.workbook.inputs import write_inputs
from jaryq.workbook.kept import kept
from jaryq.workbook.read import read
from tests.sampled import exhaustive_but_for
from tests.workbooks import grid_workbook

PARTS = [["facility", "Name", None, "cost", "Spending"], [None, "English", "Russian", "bn KZT", 2026, 2027],
         ["F1", "Boiler", "Котёл", 5, 1, 4]]
YEARS = [["source_id", "Years"], [None, 2026, 2027, 2028], ["S1", 10, 9, None]]


def found(tmp_path, sheet, rows, *merged):
    """The columns of a sheet of the minimal workbook, and the codes and cells that are told of it (types and blanks
    included)."""
    path = grid_workbook(tmp_path / "case.xlsx", **{sheet: rows})
    book = openpyxl.load_workbook(path)
    for area in merged:
        book[sheet].merge_cells(area)
    book.save(path)
    tables, issues = read(path)
    return tables[sheet].frame.to_dict("list"), [(issue.code, issue.cell) for issue in [*issues, *typed(tables)[1]]
                                                 if issue.sheet == sheet], tables[sheet]


@pytest.mark.parametrize("merged", [(), ("B3:D3", "A3:A4")])
def test_a_name_over_years(tmp_path, merged):
    columns, told, table = found(tmp_path, "source_years", YEARS, *merged)
    assert columns == {"source_id": ["S1"], "2026": [10], "2027": [9], "2028": [None]}
    assert told == [("headings_in_two_rows", "A4")]
    assert table.cell(0, "2027") == "C5"


@pytest.mark.parametrize("merged", [(), ("B3:C3", "E3:F3", "A3:A4")])
def test_names_over_parts_units_and_years(tmp_path, merged):
    columns, told, _ = found(tmp_path, "facilities", PARTS, *merged)
    assert columns == {"facility": ["F1"], "name": ["Boiler"], "name_ru": ["Котёл"], "cost": [5], "spend_2026": [1],
                       "spend_2027": [4]}
    assert told == [("headings_in_two_rows", "A4")]


@pytest.mark.parametrize("below", [[[None, None, "bn KZT"]], [["-", None, "млрд тенге"]], [["1", "2", "3"]],
                                   [[None, None, "bn KZT"], [1, 2, 3]]])
def test_rows_of_units_and_numbers_are_passed_over(tmp_path, below):
    columns, told, table = found(tmp_path, "facilities", [["facility", "name", "cost"], *below, ["F1", "Boiler", 5]])
    assert columns == {"facility": ["F1"], "name": ["Boiler"], "cost": [5]}
    assert told == [("row_below_headings", f"A{4 + place}") for place in range(len(below))]
    assert table.cell(0, "cost") == f"C{4 + len(below)}"


def test_units_below_two_rows_of_headings(tmp_path):
    rows = [*YEARS[:2], [None, "bn KZT", "bn KZT", "mn KZT"], YEARS[2]]
    columns, told, _ = found(tmp_path, "source_years", rows)
    assert columns == {"source_id": ["S1"], "2026": [10], "2027": [9], "2028": [None]}
    assert told == [("heading_unit", "D5"), ("headings_in_two_rows", "A4"), ("row_below_headings", "A5")]


def test_another_unit_below_a_heading_stops(tmp_path):
    told = found(tmp_path, "facilities", [["facility", "name", "cost"], [None, None, "mn KZT"], ["F1", "Boiler", 5]])[1]
    assert told == [("heading_unit", "C4"), ("row_below_headings", "A4")]


def test_another_unit_over_the_years_stops(tmp_path):
    rows = [["source_id", "note", "Ceiling, mn KZT"], [None, None, "2026", "2027"], ["S1", "x", 10, 10]]
    assert found(tmp_path, "source_years", rows)[1] == [("heading_unit", "C3"), ("headings_in_two_rows", "A4")]


@pytest.mark.parametrize(("head", "below", "cell"), [
    (["facility", "name", "cost"], ["code", "text", "bn KZT"], "A4"),
    (["facility", "name", "Plan"], [None, None, 2026, 2027], "C4"),
    (["facility", "name", "Стоимость работ"], [None, None, "с НДС", "без НДС"], "C4")])
def test_what_makes_no_heading_is_told_once(tmp_path, head, below, cell):
    assert found(tmp_path, "facilities", [head, below, ["F1", "Boiler", 5, 4][:len(below)]])[1] == [("headings_unclear",
        cell)]


@pytest.mark.parametrize("first", [["F1", "Boiler", 2027], [None, "Boiler", 5], ["F1", "2027", None], [1, 2, 3.5]])
def test_a_first_row_of_data_is_no_heading(tmp_path, first):
    assert {"headings_in_two_rows", "headings_unclear", "row_below_headings"}.isdisjoint(
        code for code, _ in found(tmp_path, "facilities", [["facility", "name", "cost"], first, ["F2", "Mast", 5]])[1])


def test_a_source_called_1_is_no_number_of_a_column(tmp_path):
    columns, told, _ = found(tmp_path, "source_years", [["source_id", "2026", "2027"], ["1", 2, 3]])
    assert (columns["2027"], told) == ([3], [("unknown_reference", "A4")])  # no such source


@pytest.mark.parametrize("heading", ["2027.0", "2027,00", "2027 план", "План 2027", "на 2027 год", "План на 2027 г.",
                                     "2027 (plan)", "2027 жоспар", "2027年計画"])
def test_a_year_with_a_word_beside_it(tmp_path, heading):
    columns, told, _ = found(tmp_path, "source_years", [["source_id", "2026", heading], ["S1", 1, 2]])
    assert (list(columns), told) == (["source_id", "2026", "2027"], [("repaired_heading", "C3")])


@pytest.mark.parametrize("heading", ["2027 факт", "FY2027", "2027E", "2027.5", "до 2027", "с 2027 года"])
def test_a_year_that_may_be_another_stops(tmp_path, heading):
    assert found(tmp_path, "source_years", [["source_id", "2026", heading], ["S1", 1, 2]])[1] == [("unknown_column",
        "C3")]


def test_a_year_and_its_plan_are_two_columns_for_one(tmp_path):
    assert found(tmp_path, "source_years", [["source_id", "2027", "2027 план"],
                                            ["S1", 1, 2]])[1] == [("duplicate_column", "C3")]


@pytest.mark.parametrize("merged", [(), ("A4:C4",)])
def test_headings_of_parts_and_footnotes(tmp_path, merged):
    rows = [["facility", "name", "cost"], ["Тепло"], ["F1", "Boiler", 5], ["Электрические сети"], ["F2", "Mast", 4],
            [None, "и прочие"], ["* по данным акимата"]]
    columns, told, _ = found(tmp_path, "facilities", rows, *merged)
    assert columns["facility"] == ["F1", "F2"]
    assert told == [("lone_text", cell) for cell in ("A4", "A6", "B8", "A9")]


def test_they_are_called_what_they_are(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "cost"], ["Heat supply"], ["F1", 5],
        ["Note: as of 2026"]])
    part, footnote = read(path)[1]
    assert "it looks like the heading of a part of the table" in part.say("en")
    assert "это похоже на сноску" in footnote.say("ru")


@pytest.mark.parametrize(("sheet", "rows"), [
    ("facilities", [["facility", "cost"], ["F1", 5], ["F3"]]),
    ("facilities", [["facility", "cost"], ["boiler", 5], ["mast"]]),
    ("regions", [["region", "name"], ["KZ-10", "Abai"], ["Astana"]]),
    ("regions", [["region", "name"], ["Abai region", "x"], ["Ulytau region"]])])
def test_a_key_that_is_like_the_others_is_a_row(tmp_path, sheet, rows):
    columns, told, _ = found(tmp_path, sheet, rows)
    assert ("lone_text" in dict(told), len(columns[rows[0][0]])) == (False, 2)


def test_two_rows_of_headings_in_a_csv_file(tmp_path):
    (tmp_path / "source_years.csv").write_text("source_id,Years,,\n,2026,2027,2028\nS1,10,9,\n", "utf-8")
    tables, issues = read(tmp_path)
    assert tables["source_years"].frame.to_dict("list") == {"source_id": ["S1"], "2026": [10.0], "2027": [9.0],
                                                            "2028": [None]}
    assert [(issue.code, issue.cell) for issue in issues if issue.sheet == "source_years"] == [("headings_in_two_rows",
        "A2")]


@exhaustive_but_for("below0")
@pytest.mark.parametrize("below", [[None, 2026, 2027, 2028, None, "sub", None],
                                   [None, 2026, 2027, 2028, None, "sub", "#own"]])
def test_comments_of_a_sheet_with_two_rows_of_headings_are_carried_over(tmp_path, below):
    """A column of one's own may be headed in the upper row, in both, or in the lower one; so may a lone remark."""
    top = ["source_id", "Ceilings", None, None, "# mine", "# two", None]
    path = grid_workbook(tmp_path / "two.xlsx", source_years=[top, below, ["S1", 10, 11, 12, "hello", "x", "y"],
        [None, None, None, None, "alone", None, None]])
    tables, issues = read(path)
    told = [issue.code for issue in issues if issue.sheet == "source_years"]
    assert {*told} == {"headings_in_two_rows", *([] if below[-1] else ["missing_heading"])}
    sheet = kept(path, tables).sheets["source_years"]
    heads = ["# mine", "# two sub", *(["#own"] if below[-1] else [])]
    assert [*sheet.notes.values()] == heads
    new = tmp_path / "new.xlsx"
    write_inputs(tables, new, found=kept(path, tables))
    page = openpyxl.load_workbook(new)["source_years"]
    places = {cell.value: cell.column for cell in page[3]}
    assert [page.cell(4, places[head]).value for head in heads] == ["hello", "x", "y"][:len(heads)]
    assert page.cell(5, places["# mine"]).value == "alone"
