"""Front sheets of a plan: where things stand on the page, and what a reader of the file finds there."""

import itertools
import zipfile

import openpyxl
import pytest
import xlsxwriter

from jaryq.base.sectors import SECTORS
from jaryq.base.text import LANGS, Text
from jaryq.base.units import UNITS
from jaryq.handover.shapes import Chart, Front, Gantt, Lane, Series, Span, Tile, Tiles
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Fact
from jaryq.report.words import BUYS, WORKS, same
from jaryq.workbook.front_gantt import COLUMNS as COLUMNS_OF_GANTT
from jaryq.workbook.front_gantt import INDENT, numbered
from jaryq.workbook.front_grid import STEP, Grid, free, packed, spans
from jaryq.workbook.front_sheet import figure_format, write_front
from jaryq.workbook.noted import Noted
from jaryq.workbook.plan_style import Style

KM = Text("km", "км")
COLUMNS = Grid().columns


def written(tmp_path, page, lang="en"):
    """The sheet as a spreadsheet reads it, and the cells that were noted."""
    path = tmp_path / "front.xlsx"
    book = xlsxwriter.Workbook(path)
    noted = Noted(book)
    write_front(noted.add_worksheet("P"), noted, "P", page, Style(noted), lang, "footer")
    book.close()
    return openpyxl.load_workbook(path)["P"], noted.cells["P"]


def table(*rows, fields=None):
    return Block(same("T"), fields or (Field(same("Name")), Field(same("Length"), "km", total=True, bar=True)), rows)


def test_a_page_prints_on_one_sheet_without_what_its_charts_draw(tmp_path):
    chart = Chart("c", "stacked", same("C"), KM, (2026, 2027), (Series(same("heat"), (1.0, None)),), same("alt"))
    sheet, _ = written(tmp_path, Front("p", same("P"), same("n"), charts=(chart,), blocks=(table(("a", 1.0)),)))
    # One page wide and high is what a file that asks to fit means where it says no number.
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight} <= {None, 1}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    last = openpyxl.utils.get_column_letter(COLUMNS)
    assert f"${last}$" in sheet.print_area
    beyond = [cell.value for row in sheet.iter_rows(min_col=COLUMNS + 1) for cell in row if cell.value is not None]
    assert beyond == ["What the chart draws: C", "heat", 2026, 1, 2027]
    assert len(sheet._charts) == 1


def test_a_total_has_room_in_its_column():
    """Nine columns of 999.99 twice, beside a text that takes what is left: 1,999.98 has eight letters, a part six."""
    fields = (Field(same("Name")), *(Field(same("D"), "km", total=True, exact=True) for _ in range(9)))
    rows = (("a" * 170, *[999.99] * 9), ("b", *[999.99] * 9))
    places = spans(table(*rows, fields=fields), Grid(), "en")
    assert places[-1][1] == COLUMNS - 1
    assert all((last - first + 1) * STEP >= 1.1 * len("1,999.98") for first, last in places[1:])


def test_sums_are_live_and_as_noted(tmp_path):
    """1 + 2.5 = 3.5 under the column, as a formula over its two cells."""
    sheet, cells = written(tmp_path, Front("p", same("P"), same("n"), blocks=(table(("a", 1.0), ("b", 2.5)),)))
    [(place, cell)] = [(place, cell) for place, cell in cells.items() if cell.formula]
    assert cell.value == 3.5
    assert sheet.cell(place[0] + 1, place[1] + 1).value == "=" + cell.formula
    above = [cells[place[0] - k, place[1]].value for k in (2, 1)]
    assert above == [1.0, 2.5]


def test_tables_do_not_overlap_and_stay_on_the_page():
    """Many wide columns shrink together; each column has a place, in order, none beyond the page."""
    fields = tuple(Field(same(f"Heading{i}")) for i in range(9))
    places = spans(table(tuple("a long text of many letters, longer than a column" for _ in range(9)), fields=fields),
                   Grid(), "en")
    assert all(a[1] < b[0] for a, b in itertools.pairwise(places))
    assert places[0][0] == 0
    assert places[-1][1] < COLUMNS


def test_narrow_tables_stand_beside_each_other(tmp_path):
    first, second = table(("a", 1.0)), table(("b", 2.0))
    _, cells = written(tmp_path, Front("p", same("P"), same("n"), blocks=(first, second)))
    heads = [place for place, cell in cells.items() if cell.value == "T"]
    assert len(heads) == 2
    assert heads[0][0] == heads[1][0]


def test_tables_that_share_a_row_keep_apart_and_fill_it():
    """As many as fit stand in a row, in their order, a column or more between them, the last one to the end of the
    page; two wide ones do not share."""
    wide = table(*[("a" * 60, 1.0)], fields=tuple(Field(same(f"H{c}")) for c in range(2)))
    rows = packed([table(("a", 1.0)), table(("b", 2.0)), table(("c", 3.0)), wide, wide], Grid(), "en")
    assert [len(row) for row in rows] == [4, 1]
    for row in rows:
        assert row[0].first == 0
        assert row[-1].last == COLUMNS - 1
        assert all(a.last + 1 < b.first for a, b in itertools.pairwise(row))
        assert all(placed.first <= first <= last <= placed.last for placed in row for first, last in placed.places)


def test_a_table_of_sentences_has_the_width_of_the_page():
    """Two tables of a word a row share a row of the page; the same beside answers of 200 letters (more than twice the
    44 of a column there) do not, before or behind."""
    short, long = table(("one", 1.0), ("two", 2.0)), table(("a" * 200, 1.0), ("b" * 200, 2.0))
    assert [[placed.block for placed in row] for row in packed((short, short), Grid(), "en")] == [[short, short]]
    assert [[placed.block for placed in row] for row in packed((short, long, short), Grid(), "en")] == [[short], [long],
        [short]]


def test_rows_that_tables_share_are_as_high_as_the_higher_asks(tmp_path):
    """The text of the left table takes several lines, that of the right one: the height is that of the left."""
    long = table((" ".join(["word"] * 60), 1.0), *[(letter, 1.0) for letter in "abc"])
    sheet, _ = written(tmp_path, Front("p", same("P"), same("n"), blocks=(long, table(("b", 2.0)))))
    alone, _ = written(tmp_path, Front("p", same("P"), same("n"), blocks=(table(("b", 2.0)), long)))
    high = [max(sheet.row_dimensions[r].height or 0 for r in range(5, 8)) for sheet in (sheet, alone)]
    assert min(high) > 40


@pytest.mark.parametrize(("value", "unit", "form"), [(1234.5, "km", "#,##0"), (12.5, "km", "#,##0.0"),
                                                     (1.25, "km", "#,##0.00"), (0.004, "%", "0.000"), (1e-7, "%", "0"),
                                                     (3.0, "km", "#,##0")])
def test_figures_have_no_digit_too_many(value, unit, form):
    assert figure_format(Fact(same("f"), value, unit), value) == form


def test_below_zero_is_not_red():
    assert "[Red]" not in free(-5.5)


def test_the_tile_map_follows_the_chosen_figure(tmp_path):
    """Two regions, two figures: the shown one stands on the tiles, a blank stays blank, a list offers both."""
    tiles = Tiles(same("map"), {"km": (same("Length"), KM), "wear": (same("Wear"), same("%"))}, "wear",
                  (Tile("A", same("Alpha"), same("Al"), 0, 0, {"km": 5.0, "wear": 40.0}),
                   Tile("B", same("Beta"), same("Be"), 1, 2, {"km": 7.0, "wear": None})), same("alt"))
    sheet, cells = written(tmp_path, Front("p", same("P"), same("n"), tiles=tiles))
    assert [cell.value for cell in cells.values() if cell.formula] == [40.0, ""]
    [choice] = sheet.data_validations.dataValidation
    free = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert str(choice.sqref) == free[0], "the one figure that can be chosen on a locked sheet"
    assert {at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            for at in free} == {free[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}, "a merged cell"
    assert [len(ranges.rules) for ranges in sheet.conditional_formatting] == [1]


def test_a_year_among_figures_of_other_units_is_no_amount(tmp_path):
    fields = tuple(Field(same(head)) for head in ("Figure", "Published", "Unit"))
    sheet, _ = written(tmp_path, Front("t", same("T"), same("n"), blocks=(
        table(("last winter", 2027.0, UNITS["year"].symbol), ("capacity", 2700.0, same("MW")), fields=fields),)))
    shown = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row if cell.value in (2027, 2700)}
    assert shown == {2027: "0", 2700: '#,##0;-#,##0;"–"'}


def test_no_word_of_the_gantt_breaks_and_texts_stand_apart_from_the_cost(tmp_path):
    """The longest word of the sectors in each language fits its column beside its indent; letters are of 9 points,
    columns are told in those of 10."""
    room = (next(letters for title, letters in COLUMNS_OF_GANTT if title.en == "Sector") - INDENT) * 10 / 9
    assert max(len(word) for sector in SECTORS.values() for lang in LANGS for word in sector.say(lang).split()) <= room
    lane = Lane("F", same("Plant"), same("Alpha"), same("heat"), 12.5, same("Budget"), same("crews"), ())
    sheet, _ = written(tmp_path, Front("g", same("G"), same("n"), gantt=Gantt((same("2026"),), (lane,))))
    assert [sheet.cell(7, c).alignment.indent for c in (5, 6)] == [1, 1]


def test_figures_of_lying_bars_stand_by_their_unit(tmp_path):
    """With the first bar above, the axis of figures crosses at the last: beneath, where its unit stands."""
    chart = Chart("c", "bars", same("C"), same("km"), (same("A"), same("B")), (Series(same("s"), (1.0, 2.0)),),
                  same("alt"))
    written(tmp_path, Front("t", same("T"), same("n"), charts=(chart,)))
    with zipfile.ZipFile(tmp_path / "front.xlsx") as archive:
        drawn = archive.read("xl/charts/chart1.xml").decode()
    assert '<c:orientation val="maxMin"/>' in drawn.partition("<c:valAx>")[0]
    assert '<c:crosses val="max"/>' in drawn.partition("<c:valAx>")[2]


def test_the_gantt_has_filters_and_a_letter_for_each_period(tmp_path):
    lane = Lane("F", same("Plant"), same("Alpha"), same("heat"), 12.5, same("Budget"), same("crews"),
                (Span(BUYS, 0, 1), Span(WORKS, 2, 2)))
    sheet, cells = written(tmp_path, Front("g", same("G"), same("n"),
                                           gantt=Gantt(tuple(same(f"2026 Q{q}") for q in (1, 2, 3, 4)), (lane,))))
    row = [cells.get((6, c)) for c in range(10)]
    assert [cell.value if cell else None for cell in row] == ["Plant", "Alpha", "heat", 12.5, "Budget", "crews", "P",
        "P", "W", None]
    assert sheet.auto_filter.ref == "A6:F7"
    assert sheet.print_title_rows == "$4:$6"
    assert cells[4, 6].value == "2026"
    assert [cells[5, c].value for c in range(6, 10)] == ["1", "2", "3", "4"]


def test_km_of_networks_stand_at_the_beginning_of_their_year(tmp_path):
    """7.25 km from the second quarter to the fourth: one number and a band without letters."""
    lane = Lane("N", same("Pipes"), same("Alpha"), same("heat"), 2.5, same("Budget"), same("age"),
                (Span(WORKS, 1, 3, 7.25),))
    sheet, cells = written(tmp_path, Front("g", same("G"), same("n"),
                                           gantt=Gantt(tuple(same(f"2026 Q{q}") for q in (1, 2, 3, 4)), (lane,))))
    assert [cell.value if (cell := cells.get((6, c))) else None for c in range(6, 10)] == [None, "7.2", None, None]
    assert {sheet.cell(7, c).fill.fgColor.rgb for c in (8, 9, 10)} == {"FFCFE3D4"}


def lane(key, reason="why", spans=()):
    return Lane(key, same(f"R: {key}"), same("R"), same("heat"), 1.0, same("b"), same(reason), spans
                or (Span(WORKS, 0, 0),))


def test_of_many_packages_their_kinds_are_printed_and_they_follow_beneath(tmp_path):
    """Printed: the facility and the kind, in rows 7 and 8; then a line that says so, and the two packages, which the
    filter holds too."""
    km = (Span(WORKS, 0, 0, 3.0),)
    page = Front("gantt", same("G"), same("n"), gantt=Gantt((same("2026"),),
                                                            (lane("F"), lane("N1", spans=km), lane("N2", spans=km)),
                                                            (lane("K", spans=km),)))
    sheet, _ = written(tmp_path, page)
    assert [sheet.cell(r, 1).value for r in (7, 8, 10, 11)] == ["F", "K", "N1",
        "N2"], "the region is told in its own column"
    assert sheet.cell(9, 1).value.startswith("Printed are facilities and kinds of networks")
    assert sheet.print_area.endswith("$A$1:$G$8")
    assert sheet.auto_filter.ref == "A6:F11"


def test_what_many_reasons_add_is_said_once_on_each_printed_page(tmp_path):
    """Three add the same, two another thing: the first stands above the headings, with a mark in its place."""
    lanes = [*(lane(f"A{i}", "for a target; not earlier: dear") for i in range(3)),
             *(lane(f"B{i}", "committed; late") for i in range(2))]
    sheet, _ = written(tmp_path, Front("gantt", same("G"), same("n"), gantt=Gantt((same("2026"),), tuple(lanes))))
    assert sheet["A4"].value == "P procurement   W works   O works, out of service   ¹ not earlier: dear"
    assert [sheet.cell(r, 6).value for r in (7, 9, 10)] == ["for a target ¹", "for a target ¹", "committed; late"]
    assert sheet.print_title_rows == "$4:$6"


def test_pages_of_the_front_are_numbered_among_themselves(tmp_path):
    """Four pages, the second a gantt of 200 rows of 13.1 points and 58 above its headings: 2,678. Its columns, 150
    letters and 810 points wide, are shrunk to 784: 2,592 points on pages of 516 less headings of 55 are 5.6, and 5.2
    when shrunk by 7 % more: six. Its sheet counts on from 2, the others are told."""
    lanes = tuple(lane(f"F{i}") for i in range(200))
    pages = {"A": Front("a", same("A"), same("n")), "G": Front("gantt", same("G"), same("n"), gantt=Gantt((), lanes)),
             "B": Front("b", same("B"), same("n")), "C": Front("c", same("C"), same("n"))}
    assert {name: tuple(told) for name, told in numbered(pages, "en").items()} == {"A": (1, 9), "G": (2, 9),
        "B": (8, 9), "C": (9, 9)}
    book = xlsxwriter.Workbook(tmp_path / "f.xlsx")
    noted = Noted(book)
    for name, page in pages.items():
        write_front(noted.add_worksheet(name), noted, name, page, Style(noted), "en", "12 & more",
                    numbers=numbered(pages, "en")[name])
    noted.add_worksheet("contents")
    book.close()
    sheets = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert [sheets[name].oddFooter.right.text for name in pages] == ["1 / 9", "&P / 9", "8 / 9", "9 / 9"]
    assert sheets["G"].page_setup.firstPageNumber == 2
    assert sheets["G"].page_setup.fitToHeight == 6


def test_a_cell_that_names_a_sheet_leads_to_it_and_so_do_the_links_of_a_page(tmp_path):
    """"sheet why" leads there, "sheet other" is no sheet of the book; of two links one has its sheet."""
    path = tmp_path / "front.xlsx"
    book = xlsxwriter.Workbook(path)
    noted = Noted(book)
    page = Front("p", same("P"), same("n"), blocks=(table(("sheet why", 1.0), ("sheet other", 2.0)),),
                 links=((Text("→ Japan", "→ Япония"), "partner_JP"), (same("→ none"), "gone")))
    write_front(noted.add_worksheet("P"), noted, "P", page, Style(noted), "en", "footer",
                others=("why", "partner_JP", "P"))
    for name in ("contents", "why", "partner_JP"):
        noted.add_worksheet(name)
    book.close()
    sheet = openpyxl.load_workbook(path)["P"]
    leads = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row
             if cell.hyperlink is not None}
    assert leads == {"→ all sheets": "'contents'!A1", "→ Japan": "'partner_JP'!A1", "sheet why": "'why'!A1"}


def test_the_timetable_leads_back(tmp_path):
    lane = Lane("F", same("F"), same("R"), same("heat"), 1.0, same("b"), same("why"), (Span(WORKS, 0, 0),))
    sheet, _ = written(tmp_path, Front("gantt", same("G"), same("n"), gantt=Gantt((same("2026"),), (lane,))))
    assert [cell.value for cell in sheet[1] if cell.hyperlink is not None] == ["→ all sheets"]
