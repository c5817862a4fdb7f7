"""Where the papers of a partner page begin, and how large they are printed, by hand: a paper that lies is 505 points
high within its margins, 780 wide."""

import openpyxl
import pytest
import xlsxwriter

from jaryq.base.text import Text
from jaryq.report.block import Block, Field
from jaryq.report.partner_shape import PartnerPage
from jaryq.workbook.noted import Noted
from jaryq.workbook.partner_pages import HEADS, longest, widths_of, write_partner_page
from jaryq.workbook.partner_print import printed, starts_in
from jaryq.workbook.plan_style import Style


def test_a_page_that_fits_one_paper_has_no_break():
    """20 rows of 15 points are 300; columns of 700 points, 1.35 as wide in some programs, are 945: 780 / 945 is 82
    %."""
    assert printed([15.0] * 20, 3, [5, 10], 700.0) == (82, ())


def test_the_second_paper_begins_with_the_last_start_that_keeps_both_full():
    """83 rows of 10 points, three repeated: starts at 40 and 60. With 60 the first paper takes 600 and the second 30 +
    230; at 60 % a paper holds 505 / 0.6 x 0.98 = 824.8, at 82 % 603.5, at 83 % 596.3. With 40 they take 400 and 460,
    which a paper holds at up to 107 %: the width of 570 (780 / 769.5) allows 100 %, where it holds 494.9."""
    rows = [10.0] * 83
    assert printed(rows, 3, [60], 570.0) == (82, (60,))
    assert printed(rows, 3, [40, 60], 570.0) == (100, (40,))


def test_letters_grow_no_smaller_than_can_be_read():
    """1,300 rows of 10 points, three repeated: at 70 % a paper holds 707 points, which is 67 of the others: twenty
    papers. At 72 % it holds 65 of them (687), still twenty papers; at 73 % 64 (677), which makes 21. Columns too wide
    for 70 % do not make letters smaller."""
    size, breaks = printed([10.0] * 1300, 3, range(3, 1300), 600.0)
    assert (size, len(breaks)) == (72, 19)
    assert printed([10.0] * 1300, 3, range(3, 1300), 2000.0).percent == 70


@pytest.mark.parametrize(("rows", "starts"), [(4, []), (5, [12, 13]), (8, [12, 13, 14, 15, 16])])
def test_two_rows_stay_with_the_headings_and_two_with_the_sums(rows, starts):
    """Of rows from 10 on."""
    assert list(starts_in(10, rows)) == starts


@pytest.mark.parametrize("notes", [0, 40])
def test_no_heading_stands_alone_at_the_foot_of_a_paper(tmp_path, notes):
    """Twelve tables of three rows, or three long lists of sentences between them: the row above a break is no heading,
    and what begins a paper is one, a row with two before it, or a sentence after the first."""
    def same(text):
        return Text(text, text)

    blocks = [Block(same(f"Table {i}"), (Field(same("Name")), Field(same("Cost"), "bn KZT", total=True)),
                    tuple((f"row {r}", 1.0) for r in range(3 if i % 3 else 9)),
                    tuple(same(f"note {n}") for n in range(notes if i % 4 == 0 else 1))) for i in range(12)]
    book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
    noted = Noted(book)
    write_partner_page(noted.add_worksheet("P"), PartnerPage("P", same("Japan"), same("note"), (), tuple(blocks)),
                       Style(noted), "en", "footer")
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["P"]
    assert sheet.row_breaks.brk
    assert sheet.print_title_rows == f"$1:${HEADS}"
    for one in sheet.row_breaks.brk:
        above, begins = sheet.cell(one.id, 1), sheet.cell(one.id + 1, 1)
        assert not str(above.value).startswith(("Table", "Name")), "a heading at the foot"
        if str(begins.value).startswith("row"):
            assert int(begins.value.split()[1]) >= 2
        elif str(begins.value).startswith("note"):
            assert begins.value != "note 0"
        else:
            assert str(begins.value).startswith("Table")
    goes_on = {row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).endswith(", continued")}
    assert goes_on <= {one.id + 1 for one in sheet.row_breaks.brk}, "said again at the head of a paper alone"


def test_amounts_of_a_row_are_shown_in_the_digits_of_its_own_currency(tmp_path):
    """52 bn of one currency have two decimals; beneath it 0.192 less 0.0864 leaves 0.1056: 0.192, 0.086, 0.106 (three
    decimals), and where 0.0014 is drawn, four; less than that is about nothing."""
    def same(text):
        return Text(text, text)

    fields = (Field(same("Product")), *(Field(same(head), "bn currency") for head in ("Limit", "Drawn", "Left")))
    rows = (("KZT", 52.0, 52.0, 0.0), ("USD", 0.192, 0.0864, 0.1056), ("EUR", 0.105, 0.0014, 0.1036),
            ("CHF", 0.1, 0.00001, 0.09999), ("none", 0.0, 0.0, 0.0))
    book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
    noted = Noted(book)
    write_partner_page(noted.add_worksheet("P"), PartnerPage("P", same("Japan"), same("note"), (),
        (Block(same("Products"), fields, rows),)), Style(noted), "en", "footer")
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["P"]
    forms = {row[0].value: [cell.number_format.partition(";")[0] for cell in row[1:4]]
             for row in sheet.iter_rows(max_col=4) if row[0].value in {"KZT", "USD", "EUR", "CHF", "none"}}
    assert forms == {"KZT": ["#,##0.00"] * 3, "USD": ["#,##0.000"] * 3, "EUR": ["#,##0.0000"] * 3,
                     "CHF": ["#,##0.0000", '"≈ 0"', "#,##0.0000"], "none": ["#,##0"] * 3}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_list_that_runs_over_to_another_paper_has_its_heading_there_again(tmp_path, lang):
    """Ten rows of a table, then a list of sixty sentences alone: the second paper begins with the heading, the third
    with those of the table that runs over, and no sentence is lost or said twice."""
    def same(text):
        return Text(text, text)

    listed = Block(same("What its rules open"), (), (), tuple(same(f"note {n}") for n in range(60)))
    table = Block(same("Table"), (Field(same("Name")), Field(same("Cost"), "bn KZT", total=True)),
                  tuple((f"row {r}", 1.0) for r in range(10)))
    book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
    noted = Noted(book)
    write_partner_page(noted.add_worksheet("P"), PartnerPage("P", same("Japan"), same("note"), (),
        (table, listed, table)), Style(noted), lang, "footer")
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["P"]
    begins = [sheet.cell(one.id + 1, 1).value for one in sheet.row_breaks.brk]
    goes_on = {"en": "continued", "ru": "продолжение"}[lang]
    assert begins == [f"What its rules open, {goes_on}", f"Table, {goes_on}"]
    column = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert [value for value in column if str(value).startswith("note ")] == [f"note {n}" for n in range(60)]


def test_a_row_of_a_limit_adds_up_as_printed_and_one_amount_has_one_form(tmp_path):
    """0.3504 allows 0.2976 and 0.0528: three decimals, of which one by one the parts would make 0.351; in a second
    table 0.0012 of the same product is drawn, so that both have four and nothing is rounded away."""
    def same(text):
        return Text(text, text)

    fields = (Field(same("Product")), *(Field(same(head), "bn currency") for head in ("Limit", "Drawn", "Left")))
    years = (Field(same("Product")), Field(same("2026"), "bn currency"), Field(same("All"), "bn currency"))
    for also, expected in (((), {"WB": (0.350, 0.297, 0.053)}),
                           ((("WB", 0.0012, 0.0012),), {"WB": (0.3504, 0.2976, 0.0528)})):
        blocks = (Block(same("Products"), fields, (("WB", 0.35042, 0.29762, 0.0528),), adds=((1, (2, 3)),)),
                  Block(same("Years"), years, also, adds=((2, (1,)),)))
        book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
        noted = Noted(book)
        write_partner_page(noted.add_worksheet("P"), PartnerPage("P", same("Japan"), same("note"), (), blocks),
                           Style(noted), "en", "footer")
        book.close()
        lines = [row for row in openpyxl.load_workbook(tmp_path / "p.xlsx")["P"].iter_rows(max_col=4)
                 if row[0].value == "WB"]
        first = tuple(cell.value for cell in lines[0][1:])
        assert first == pytest.approx(expected["WB"], abs=1e-9)
        assert first[0] == pytest.approx(first[1] + first[2], abs=1e-9)
        assert {cell.number_format.partition(";")[0] for line in lines for cell in line[1:]
                if cell.value is not None} == {"#,##0.0000" if also else "#,##0.000"}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_table_that_runs_over_to_another_paper_has_its_headings_there_again(tmp_path, lang):
    """A hundred rows of 1.0: each paper but the first begins with the band that says so and the headings; the sum, 100,
    is of all rows, each of which stands there once."""
    def same(text):
        return Text(text, text)

    block = Block(same("Loans"), (Field(same("Name")), Field(same("Cost"), "bn KZT", total=True)),
                  tuple((f"row {r}", 1.0) for r in range(100)))
    book = xlsxwriter.Workbook(tmp_path / "p.xlsx")
    noted = Noted(book)
    write_partner_page(noted.add_worksheet("P"), PartnerPage("P", same("Japan"), same("note"), (), (block,)),
                       Style(noted), lang, "footer")
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["P"]
    begins = [[sheet.cell(one.id + more, 1).value for more in (1, 2)] for one in sheet.row_breaks.brk]
    assert len(begins) >= 2
    assert begins == [[f"Loans, {'continued' if lang == 'en' else 'продолжение'}", "Name"]] * len(begins)
    column = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert [value for value in column if str(value).startswith("row ")] == [f"row {r}" for r in range(100)]
    first, last = column.index("row 0") + 1, column.index("row 99") + 1
    assert sheet.cell(last + 1, 2).value == f"=SUM(B{first}:B{last})"


@pytest.mark.parametrize(("text", "expected"), [
    ("опубликовано", 1.0 + 13.5 / 1.08), ("1\u00a0кв.\u00a02028 - 4\u00a0кв.\u00a02030", 1.0 + 13.5 / 1.08),
    ("in JPY", 1.0 + 4.5 / 1.2)])
def test_a_column_is_as_wide_as_its_longest_word(text, expected):
    """The twelve letters of a Russian word, of a period with the dash after it, three Latin ones."""
    assert longest(text) == pytest.approx(expected)


def test_columns_fill_a_paper_in_letters_of_seven_points():
    """Nine columns at 70 %: 780 / (1.35 x 0.7) are 825.4 points, less 9 x 3.75 for borders, over 5.25: 150.8 letters.
    Six short ones take 57, so that 93.8 are left for the first three: 5 / 11.8 of them 39.7."""
    page = PartnerPage("P", Text("Japan", "Япония"), Text("n", "n"), (), ())
    widths = widths_of(page, "en")
    assert sum(widths) == pytest.approx(150.8, abs=0.05)
    assert widths[0] == pytest.approx(39.7, abs=0.05)
    assert widths[3:] == [9.5] * 6
