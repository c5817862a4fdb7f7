"""Printed pages of the comparison: where columns and rows break. Widths in letters (6.3 points, and 4.5 for a column);
a page is 780 points wide and holds 1,418 at the smallest scale."""

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from jaryq.report.compare import comparison
from jaryq.report.words import same
from jaryq.workbook.comparison import write_comparison
from jaryq.workbook.comparison_print import columns_printed, rows_printed
from tests.report.test_compare import failed, result
from tests.workbook.test_comparison import OPENING, scenarios


def test_all_columns_on_one_page_where_letters_stay_large():
    """40 + 9 x 17 letters are 194 x 6.3 + 10 x 4.5 = 1,267 points."""
    assert columns_printed([40.0, *[17.0] * 9], 1, [list(range(1, 10))]) == [(1, 10)]


def test_else_whole_groups_evenly():
    """Groups of two columns, 2 x (20 x 6.3 + 4.5) = 261 points; beside 40 letters (256.5) four fit into 1,418; five
    groups make pages of 3 and 2."""
    assert columns_printed([40.0, *[20.0] * 10], 1, [[1, 3, 5, 7, 9]]) == [(1, 7), (7, 11)]


def test_parts_share_no_page():
    """Eight values and seven differences of 15 letters: 99 points each, eleven fit; values on one page, differences on
    the next, the gap with them."""
    widths = [40.0, *[15.0] * 8, 2.0, *[15.0] * 7]
    assert columns_printed(widths, 1, [list(range(1, 9)), list(range(10, 17))]) == [(1, 10), (10, 17)]


def test_a_group_wider_than_a_page_has_its_own():
    assert columns_printed([10.0, 300.0, 300.0], 1, [[1, 2]]) == [(1, 2), (2, 3)]


def test_the_widest_page_is_as_narrow_as_can_be():
    """Beside 61 letters (388.8) 1,029 points are left; groups of 85 (540), 35, 35, 35 letters (225 each) need two
    pages: 540 and 675 is narrower than 765 and 450, or 990 and 225."""
    assert columns_printed([61.0, 85.0, 35.0, 35.0, 35.0], 1, [[1, 2, 3, 4]]) == [(1, 2), (2, 5)]


def test_rows_break_before_a_block_that_fits_and_within_one_that_does_not():
    """Head of 10; blocks of 3, 4 and 12 rows of 10 on pages of 100: 3 + 4 fit (70 of 90), the third does not fit any
    page: it goes on where it comes, and breaks after two rows and after nine more."""
    heights = [10.0] * 20
    assert rows_printed(heights, 1, [1, 4, 8], 100.0) == [10, 19]
    assert rows_printed(heights, 1, [1, 7, 13], 100.0) == [7, 13]
    assert rows_printed(heights, 1, [], 1000.0) == []


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Fifteen scenarios with names of 60 letters, one of a single word."""
    path = tmp_path_factory.mktemp("many") / "c.xlsx"
    base = result("base")
    others = [replace(base, scenario=f"s{i}",
                      name=("Without " + "money from abroad and with dearer works " + "x" * 20)[:58] + f"{i:02}",
                      name_ru="Ы" * 60) for i in range(13)]
    write_comparison(path, [base, *others, failed("bad")], "ru")
    return path


def test_fifteen_scenarios_print_whole_columns_with_the_names_of_rows(many):
    book = openpyxl.load_workbook(many)
    for name in book.sheetnames:
        sheet = book[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), name
        if name != "contents":
            assert sheet.print_area, name
        breaks = [brk.id for brk in sheet.col_breaks.brk]
        if sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert breaks == []
            assert sheet.page_setup.fitToHeight in (0, 1)
        if breaks:
            assert sheet.print_title_cols == "$A:$B", name
            assert sheet.page_setup.scale >= 45
    assert [brk.id for brk in book["overview"].col_breaks.brk]
    names = [c.value for c in book["targets"][2] if c.value]
    firsts = {c.column - 1 for c in book["targets"][2] if c.value in names[1:]}
    assert {brk.id for brk in book["targets"].col_breaks.brk} <= firsts


def test_the_opening_page_of_many_goes_on_of_few_is_one(many, tmp_path):
    def height(path, name):
        return openpyxl.load_workbook(path)[name].page_setup.fitToHeight

    assert height(many, OPENING["ru"]) == 0
    write_comparison(tmp_path / "c.xlsx", scenarios(), "en")
    assert height(tmp_path / "c.xlsx", OPENING["en"]) in (None, 1)


def test_ties_are_pale_and_the_first_sheet_is_shown(tmp_path):
    write_comparison(tmp_path / "c.xlsx", scenarios(), "en")
    with zipfile.ZipFile(tmp_path / "c.xlsx") as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert re.search(r"<sheets><sheet name=\"In short\"", book)
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["moves"]
    assert [c.value for c in sheet[3]] == ["Scenario", "Real or tie", "Facility or package", "Name", "Region",
                                           "In the base", "In the scenario", "Why it counts so"]
    order = ["real move", "not examined", "tie"]
    for scenario in ("MOVED", "DEAR"):
        stand = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == scenario]
        assert stand == sorted(stand, key=order.index)


def test_charts_stand_within_the_printed_columns(tmp_path):
    """By the columns in which they are anchored."""
    write_comparison(tmp_path / "c.xlsx", scenarios(), "en")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    for name in ("overview", "waterfall"):
        last = openpyxl.utils.cell.range_boundaries(book[name].print_area.rpartition("!")[2].replace("$", ""))[2]
        assert book[name]._charts
        assert all(chart.anchor.to.col < last for chart in book[name]._charts), name


def test_no_title_is_cut_off_on_paper_beside_few_scenarios(tmp_path):
    """Its letters take 1.25 letters of a column's width each, those of the note 0.8 (measured on paper); a column whose
    width is not set has 8.43."""
    write_comparison(tmp_path / "c.xlsx", replace(comparison(scenarios()[:2]),
                                                  title=same("Modernization of everything, everywhere " * 2)), "en")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx", rich_text=True)["overview"]
    title, note = (str(part) for part in sheet["A1"].value)
    last = openpyxl.utils.cell.range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))[2]
    letters = openpyxl.utils.get_column_letter
    widths = [sheet.column_dimensions[letters(c)].width if letters(c) in sheet.column_dimensions else 8.43
              for c in range(1, last + 1)]
    assert sum(widths) >= 1.25 * len(title) + 0.8 * len(note)
