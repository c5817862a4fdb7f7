"""Where things stand: tables that were moved, headings in any language and with units, merged, hidden and filtered
cells, totals; and what was covered."""

import openpyxl
import pytest

from jaryq.base.text import LANGS
from jaryq.sheets.aliases import heading, sheet_called, sure_heading
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.tables.typed import typed
from jaryq.workbook.coverage import lines, summary, with_repairs
from jaryq.workbook.odd_rows import is_total
from jaryq.workbook.read import read, read_all
from tests.workbooks import grid_workbook

ROWS = [["facility", "name", "cost", "must_do"], ["F1", "Boiler house", 12.5, "yes"], ["F2", "Substation", 7, "no"]]


def told(issues):
    return [(issue.code, f"{issue.sheet}!{issue.cell}", issue.value) for issue in issues]


def edited(tmp_path, edit, rows=ROWS, **sheets):
    """The minimal workbook after ``edit`` of its sheet of facilities (with openpyxl)."""
    path = grid_workbook(tmp_path / "case.xlsx", facilities=rows, **sheets)
    book = openpyxl.load_workbook(path)
    edit(book["facilities"])
    book.save(path)
    return path


def costs(path):
    tables, issues = read(path)
    return tables["facilities"].frame["cost"].tolist(), told(issues)


# --- where the table begins -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("above", [1, 2, 7])
def test_rows_above_the_table(tmp_path, above):
    path = edited(tmp_path, lambda page: page.insert_rows(1, above))
    tables, issues = read(path)
    assert told(issues) == [("table_moved", f"facilities!A{3 + above}", "")]
    assert tables["facilities"].frame["cost"].tolist() == [12.5, 7.0]
    assert tables["facilities"].cell(1, "cost") == f"C{5 + above}"
    assert tables["facilities"].heading_row == 3 + above


def test_a_report_head_above_the_table(tmp_path):
    def edit(page):
        page.insert_rows(1, 3)
        page["A1"], page["B2"], page["C4"] = "Программа модернизации", "утверждено", "млрд тенге"
    assert costs(edited(tmp_path, edit)) == ([12.5, 7.0], [("table_moved", "facilities!A6", "")])


@pytest.mark.parametrize("row", [1, 2])
def test_headings_higher_up(tmp_path, row):
    assert costs(edited(tmp_path, lambda page: page.delete_rows(1, 3 - row))) == ([12.5, 7.0],
        [("table_moved", f"facilities!A{row}", "")])


def test_an_offset_to_the_right(tmp_path):
    path = edited(tmp_path, lambda page: page.insert_cols(1, 3))
    assert costs(path) == ([12.5, 7.0], [])
    assert read(path)[0]["facilities"].cell(0, "cost") == "F4"


def test_an_inserted_row_between_title_and_headings_of_a_whole_workbook(tmp_path):
    """Row 2 of our own workbooks holds titles and units; the names below them are the headings."""
    def edit(page):
        for place, text in enumerate(("Facility", "Name (English)", "Overnight cost\nbn KZT", "Must be done"), start=1):
            page.cell(2, place, text)
        page.insert_rows(1)
    assert costs(edited(tmp_path, edit)) == ([12.5, 7.0], [("table_moved", "facilities!A4", "")])


def test_a_wrong_heading_does_not_move_the_table_to_the_titles_above(tmp_path):
    def edit(page):
        for place, text in enumerate(("Facility", "Name (English)", "Overnight cost\nbn KZT", "Must be done"), start=1):
            page.cell(2, place, text)
        page["C3"] = "costly"
    assert told(read(edited(tmp_path, edit))[1]) == [("unknown_column", "facilities!C3", "costly")]


def test_blank_rows_inside_and_below(tmp_path):
    def edit(page):
        page.insert_rows(5, 4)
        page.cell(400, 1).number_format = "0.0"
    path = edited(tmp_path, edit)
    assert costs(path) == ([12.5, 7.0], [])
    assert read_all(path).coverage.read[1].blank_rows == 4


def test_headings_repeated_at_a_page_break(tmp_path):
    rows = [*ROWS, ROWS[0], ["F3", "Pump", 1, "no"]]
    assert costs(edited(tmp_path, lambda page: None, rows)) == ([12.5, 7.0, 1.0],
        [("heading_again", "facilities!A6", "facility")])


@pytest.mark.parametrize("said", [
    "Итого по области", "Sub-total", "sub total", "Heat Total", "Total, KZ-10", "TOTAL_HEAT", "(Итого)",
    "Всего по программе", "ИТOГО:", "и т о г о", "Подытог — тепло",
    "Grand total (bn KZT)", "Sub total heat", "В т.ч.", "of which heat", "Нарастающим итогом", "Общая сумма",
    "Облыс бойынша жиыны", "Барлығы (млрд)", "合計額", "合計（税込）", "熱供給合計", "地域計", "計", "Σ", "∑ heat"])
def test_words_of_totals(said):
    assert is_total(said)


@pytest.mark.parametrize("said", ["TotalEnergies wind farm", "Summit", "Итоговая ПС", "Всеволожск", "設計センター",
                                  "中央設計", "電力計画", "会計", "F001", "Тотальная", "=SUM(A1:A2)"])
def test_words_that_are_no_totals(said):
    """Words that only begin like one, and Japanese ones with the same sign: design, plan, accounting."""
    assert not is_total(said)


@pytest.mark.parametrize("said", ["=SUM(A1:A3)", "@SUM(A1)", "+SUM(A1)", "-СУММ(A1:A3)", "=Total"])
def test_formulas_that_were_typed_as_a_text_are_no_totals(said):
    assert not is_total(said)


@pytest.mark.parametrize("said", ["- Итого", "+Total", "-total (heat)", "@ sum"])
def test_a_sign_before_the_word_does_not_hide_a_total(said):
    assert is_total(said)


def test_a_group_may_be_called_by_a_total():
    assert is_total("Итого", alone=True)
    assert is_total("Общий итог", alone=True)
    assert not is_total("Foreign loans, total", alone=True)


@pytest.mark.parametrize("row", [["Итого", None, 19.5, None], ["TOTAL:", None, 19.5, None], [None, "Всего", 19.5, None],
                                 ["合計", None, 19.5, None],
                                 ["Итого по области", None, 19.5, None], [None, "Heat (sub-total)", 19.5, None]])
def test_a_row_of_totals_stops(tmp_path, row):
    values, issues = costs(edited(tmp_path, lambda page: None, [*ROWS, row]))
    assert values == [12.5, 7.0]
    assert issues == [("total_row", "facilities!A6", row[0] or row[1])]


# --- headings ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("lang", LANGS)
def test_headings_and_sheets_in_every_language(lang):
    for sheet in INPUTS:
        assert sheet_called(INPUTS, sheet.text.say(lang)) is sheet
        for column in sheet.columns:
            member = {"": "", "year": " 2027", "country": " JP", "quantity": " mw"}[column.family]
            assert heading(sheet, column.text.say(lang) + member) == column.name + member.strip(), (sheet.name,
                column.text.say(lang))


def test_a_sheet_by_its_title(tmp_path):
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", Регионы=[["Регион"], ["KZ-10"]],
                                        資産の種類=[["asset_type", "sector"], ["chp", "heat"]]))
    assert issues == []
    assert tables["regions"].frame["region"].tolist() == ["KZ-10"]
    assert tables["asset_types"].frame["sector"].tolist() == ["heat"]


def test_a_sheet_name_with_cyrillic_letters(tmp_path):
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", rеgions=[["region"], ["KZ-10"]]))  # the first е
    assert told(issues) == [("repaired_letters", "regions!", "r\u0435gions")]
    assert len(tables["regions"]) == 1


def test_two_sheets_for_one(tmp_path):
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", Объекты=[["facility"], ["X"]]))
    assert told(issues) == [("duplicate_sheet", "facilities!", "Объекты")]
    assert tables["facilities"].frame["facility"].tolist() == ["F1", "F2"]


@pytest.mark.parametrize(("text", "name"), [
    ("сost", "cost"), ("Overnight\u00a0cost", "cost"), ("Overnight  cost", "cost"), ("works months", "works_months"),
    ("Стоимость, млрд тенге", "cost"),
    ("Стоимость (млрд. тенге)", "cost"), ("Overnight cost\nbn KZT", "cost"), ("Wear, %", "wear"),
    ("Works, months", "works_months"), ("cost*", "cost"),
    ("spend 2027", "spend_2027")])
def test_headings_that_are_repaired_with_a_note(tmp_path, text, name):
    assert sure_heading(INPUT["facilities"], text) is None
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", text], ["F1", 5]]))
    assert told(issues) == [("repaired_heading", "facilities!B3", text)]
    assert list(tables["facilities"].frame.columns) == ["facility", name]


def test_years_as_headings(tmp_path):
    headings = ["source_id", "2026 г.", (2027, "dd.mm.yyyy"), "2028年", "Потолок в 2029 году"]
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", source_years=[headings, ["S1", 1, 2, 3, 4]]))
    assert list(tables["source_years"].frame.columns) == ["source_id", "2026", "2027", "2028", "2029"]
    assert told(issues) == [("repaired_heading", "source_years!C3", "2027")]


@pytest.mark.parametrize(("text", "said"), [("Стоимость, млн тенге", "млн тенге"), ("cost (USD bn)", "USD bn"),
                                            ("Overnight cost\nmn KZT", "mn KZT")])
def test_a_heading_with_another_unit_stops(tmp_path, text, said):
    issues = read(grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", text], ["F1", 5]]))[1]
    assert told(issues) == [("repaired_heading", "facilities!B3", text), ("heading_unit", "facilities!B3", said)]
    assert "the column is in bn KZT" in issues[1].say("en")


@pytest.mark.parametrize(("above", "codes"), [
    ("млн тенге", ["heading_unit"]), ("Overnight cost\nmn KZT", ["heading_unit"]), ("Overnight cost\nbn KZT", []),
    ("Стоимость\nмлрд тенге", []),
    ("Overnight cost", []), ("see the note", [])])
def test_a_unit_above_the_heading(tmp_path, above, codes):
    def edit(page):
        page["C2"] = above
    issues = read(edited(tmp_path, edit))[1]
    assert [(issue.code, issue.cell) for issue in issues] == [(code, "C2") for code in codes]


# --- merged, hidden, filtered -----------------------------------------------------------------------------------------

def test_a_text_merged_downwards_counts_for_each_row(tmp_path):
    rows = [["facility", "owner", "cost"], ["F1", "KEGOC", 1], ["F2", None, 2], ["F3", None, 3], ["F4", "REK", 4]]
    tables, issues = read(edited(tmp_path, lambda page: page.merge_cells("B4:B6"), rows))
    assert told(issues) == [("merged_filled", "facilities!B4", "KEGOC")]
    assert tables["facilities"].frame["owner"].tolist() == ["KEGOC", "KEGOC", "KEGOC", "REK"]
    assert "B4:B6" in issues[0].say("en")


@pytest.mark.parametrize(("area", "cell"), [("C4:C5", "C4"), ("A4:A5", "A4"), ("B4:C4", "B4"), ("B4:C5", "B4")])
def test_merged_numbers_keys_and_neighbours_stop(tmp_path, area, cell):
    rows = [["facility", "owner", "cost"], ["F1", "KEGOC", 1], ["F2", None, 2]]
    issues = read(edited(tmp_path, lambda page: page.merge_cells(area), rows))[1]
    assert [(code, place) for code, place, _ in told(issues)] == [("merged_cells", f"facilities!{cell}")]
    assert area in issues[0].say("ru")


@pytest.mark.parametrize("area", ["A1:D1", "A2:D2", "E4:E5", "B10:C12"])
def test_merged_titles_comments_and_blanks_do_no_harm(tmp_path, area):
    rows = [[*row, "#note" if place == 0 else "x"] for place, row in enumerate(ROWS)]
    assert costs(edited(tmp_path, lambda page: page.merge_cells(area), rows)) == ([12.5, 7.0], [])


def test_hidden_rows_and_columns_are_read_and_told(tmp_path):
    def edit(page):
        page.row_dimensions[5].hidden = page.row_dimensions[50].hidden = True
        page.column_dimensions["C"].hidden = page.column_dimensions["H"].hidden = True
    path = edited(tmp_path, edit)
    tables, issues = read(path)
    assert tables["facilities"].frame["cost"].tolist() == [12.5, 7.0]
    assert [(issue.code, issue.cell, issue.severity) for issue in issues] == [("hidden_rows", "A5", "surprise"),
        ("hidden_columns", "C3", "note")]
    assert "1 row(s) are hidden" in issues[0].say("en")


def test_filtered_rows_count(tmp_path):
    def edit(page):
        page.auto_filter.ref = "A3:D5"
        page.auto_filter.add_filter_column(3, ["yes"])
        page.row_dimensions[5].hidden = True
    values, issues = costs(edited(tmp_path, edit))
    assert values == [12.5, 7.0]
    assert issues == [("hidden_rows", "facilities!A5", "")]


@pytest.mark.parametrize("column", ["A", "C"])
def test_struck_rows_are_read_and_told(tmp_path, column):
    """The whole row or one value of it; a remark, a blank cell and what stands below the table may be struck out."""
    def edit(page):
        page[f"{column}5"].font = openpyxl.styles.Font(strike=True)
        page["D4"].font = page["B7"].font = page["E4"].font = openpyxl.styles.Font(strike=True)
    rows = [[*ROWS[0], "note"], ["F1", "Boiler house", 12.5, None, "cancelled in spring, then not"], ROWS[2]]
    issues = read(edited(tmp_path, edit, rows))[1]
    assert [(issue.code, issue.cell, issue.severity, issue.slots)
            for issue in issues] == [("struck_rows", "A5", "surprise", {"count": 1})]
    assert "1 row(s) are struck out" in issues[0].say("en")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_counts(tmp_path, state):
    def edit(page):
        page.sheet_state = state
    path = edited(tmp_path, edit)
    assert costs(path) == ([12.5, 7.0], [("hidden_sheet", "facilities!", "")])


# --- coverage ---------------------------------------------------------------------------------------------------------

def test_everything_is_covered(tmp_path):
    rows = [["facility", "cost", "# ours", "note"], ["F1", "12,5", "x", " spaces "], [None, None, None, None],
            ["F2", 7, "y", None]]

    def edit(page):
        page.row_dimensions[6].hidden = True
        page.parent.create_sheet("#mine")
        page.parent.create_chartsheet("picture")
        page.parent.create_sheet("whatever")
    reading = read_all(edited(tmp_path, edit, rows))
    issues = [*reading.issues, *typed(reading.tables)[1]]
    coverage = with_repairs(reading.coverage, issues)
    one = {sheet.name: sheet for sheet in coverage.sheets}
    facilities = one["facilities"]
    assert (facilities.rows, facilities.columns, facilities.comments) == (2, ("facility", "cost", "note"), ("# ours",))
    assert (facilities.blank_rows, facilities.hidden_rows, facilities.trimmed, facilities.repaired) == (1, 1, 1, 1)
    assert {sheet.name: sheet.why.en for sheet in coverage.not_read} == {
        "#mine": "a sheet of notes (its name starts with #)", "picture": "it holds a chart or macros, no cells",
        "whatever": "no sheet of this name is known"}
    assert summary(coverage) == "case.xlsx: 4 sheet(s) read, 7 rows; not read: #mine, whatever, picture"
    said = "\n".join(lines(coverage, "ru"))
    assert "facilities: строк 2, столбцов 3; пустых строк пропущено: 1" in said
    assert "исправлено ячеек: 1" in said
    assert "#mine" not in said.partition("\n")[2]
    assert len(lines(coverage, whole=True)) == 1 + len(coverage.sheets)


def test_files_of_a_folder_are_covered(tmp_path):
    (tmp_path / "facilities.csv").write_text("facility,cost,#x\nF1,1,a\n,,\n", "utf-8")
    (tmp_path / "REGIONS.CSV").write_text("region\nR1\n", "utf-8")
    for name in ("notes.txt", "#old.csv", "other.csv"):
        (tmp_path / name).write_text("x\n", "utf-8")
    reading = read_all(tmp_path)
    assert {(sheet.name, sheet.sheet, sheet.rows, sheet.blank_rows, sheet.comments)
            for sheet in reading.coverage.read} == {
        ("REGIONS.CSV", "regions", 1, 0, ()), ("facilities.csv", "facilities", 1, 1, ("#x",))}
    assert {sheet.name for sheet in reading.coverage.not_read} == {"notes.txt", "#old.csv", "other.csv"}


@pytest.mark.parametrize(("cost", "code"), [(11.0, "total_row"), (11.02, "total_row"), (40.0, "total_named")])
def test_a_total_with_a_kind_stops_where_its_numbers_add_up(tmp_path, cost, code):
    """5 + 6 = 11 above it, also rounded: a total in spite of its region. 40 is no sum: a row of its own, which is
    told."""
    rows = [["facility", "region", "cost"], ["F1", None, 5.0], ["F2", None, 6.0], ["Heat Total", "KZ-10", cost]]
    tables, issues = read(grid_workbook(tmp_path / "case.xlsx", facilities=rows))
    assert told(issues) == [(code, "facilities!A6", "Heat Total")]
    assert len(tables["facilities"]) == (3 if code == "total_named" else 2)
