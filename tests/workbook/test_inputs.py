"""The workbook people edit: what is written is read back, and what Excel needs of it holds."""

import zipfile

import openpyxl
import pytest

from model.base.text import LANGS
from model.data.check import typed
from model.sheets.inputs import INPUT, INPUTS
from model.sheets.settings import SETTING_COLUMNS
from model.workbook.inputs import template, write_inputs
from model.workbook.read import read
from tests.workbooks import minimal_tables, random_tables, same


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The random workbook in each language, opened again."""
    folder = tmp_path_factory.mktemp("written")
    tables = random_tables(1)
    for lang in LANGS:
        write_inputs(tables, folder / f"{lang}.xlsx", lang)
    return {lang: openpyxl.load_workbook(folder / f"{lang}.xlsx", rich_text=True) for lang in LANGS}


# --- round trip --------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("seed", range(8))
def test_what_is_written_is_read_back(tmp_path, seed):
    before, issues = typed(random_tables(seed))
    assert issues == []
    write_inputs(before, tmp_path / "random.xlsx", LANGS[seed % 2])
    raw, shape = read(tmp_path / "random.xlsx")
    after, issues = typed(raw)
    assert shape == []
    assert issues == []
    assert same(before, after)
    assert same(typed(random_tables(seed))[0], before)  # writing changes nothing of what it was given


def test_absent_sheets_and_columns_come_back_empty(tmp_path):
    write_inputs(minimal_tables(), tmp_path / "minimal.xlsx")
    tables, issues = read(tmp_path / "minimal.xlsx")
    assert issues == []
    assert list(tables.sheets) == [sheet.name for sheet in INPUTS]
    assert len(tables["regions"]) == 0
    assert same(typed(tables)[0], typed(minimal_tables())[0])


def test_cells_of_issues_are_those_of_the_written_workbook(tmp_path):
    tables = minimal_tables(facilities=[{"facility": "F1", "cost": 1.0}, {"facility": "F2", "cost": -3.0}])
    write_inputs(tables, tmp_path / "case.xlsx")
    (issue,) = typed(read(tmp_path / "case.xlsx")[0])[1]
    page = openpyxl.load_workbook(tmp_path / "case.xlsx")["facilities"]
    assert issue.code == "value_below_minimum"
    assert page[issue.cell].value == -3
    assert page[issue.cell[:-1] + "3"].value == "cost"


@pytest.mark.parametrize("lang", LANGS)
def test_template_lacks_only_the_required_settings(tmp_path, lang):
    template(tmp_path / "template.xlsx", lang)
    tables, shape = read(tmp_path / "template.xlsx")
    assert shape == []
    issues = typed(tables)[1]
    assert [(issue.code, issue.sheet, issue.cell, issue.column) for issue in issues] == [
        ("missing_value", "settings", "B7", "first_year"), ("missing_value", "settings", "B9", "last_year")]
    assert tables["settings"].frame["setting"].tolist() == [setting.name for setting in SETTING_COLUMNS]
    notes = dict(zip(tables["settings"].frame["setting"], tables["settings"].frame["note"], strict=True))
    assert ("Default: 0.5 %." if lang == "en" else "По умолчанию: 0.5 %.") in notes["gap"]


def test_same_tables_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_inputs(random_tables(3), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert b"2026-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.xlsx", "two.xlsx"]


def test_control_characters_and_endless_texts_do_not_stop_the_writing(tmp_path):
    write_inputs(minimal_tables(facilities=[{"facility": "F1", "name": "a\x00\x1fb", "note": "x" * 40000}]), tmp_path / "case.xlsx")
    frame = read(tmp_path / "case.xlsx")[0]["facilities"].frame
    assert frame["name"][0] == "ab"
    assert len(frame["note"][0]) == 32767


# --- layout ------------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("sheet", INPUTS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("lang", LANGS)
def test_layout_of_a_sheet(written, sheet, lang):
    page = written[lang][sheet.name]
    assert str(page["A1"].value).startswith(sheet.title(lang))
    assert sheet.note.say(lang) in str(page["A1"].value)
    headings = [cell.value for cell in page[3]]
    for cell in page[3]:
        column = sheet.column(cell.value)
        above = page.cell(2, cell.column).value
        assert above.startswith(column.text.say(lang))
        assert column.unit_of is None or above.endswith(column.unit_of.symbol.say(lang))
        assert column.note.say(lang) in cell.comment.text
        assert page.column_dimensions[cell.column_letter].width >= max(column.width, len(cell.value) + 2)
    table = page.tables[f"t_{sheet.name}"]
    assert table.ref.startswith("A3:")
    assert [column.name for column in table.tableColumns] == headings
    assert page.freeze_panes == "B4"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToWidth == 1
    assert page.print_title_rows == "$1:$3"


def test_comment_of_a_heading_says_the_rules(written):
    sheet = written["en"]["facilities"]
    comments = {cell.value: cell.comment.text for cell in sheet[3]}
    assert comments["cost"].startswith("Overnight cost, bn KZT\n")
    assert "Allowed: ≥ 0" in comments["cost"]
    assert "Example: 12.5" in comments["cost"]
    assert "Allowed: > 0 ≤ 240" in comments["works_months"]
    assert "Required." in comments["facility"]
    assert "A key of: regions" in comments["region"]
    assert "One of: red, yellow, green" in comments["zone"]
    assert "Default: no." in comments["must_do"]


def validation(page, letter):
    return next(rule for rule in page.data_validations.dataValidation if f"{letter}4" in rule.sqref)


def letter_of(page, heading):
    return next(cell.column_letter for cell in page[3] if cell.value == heading)


def test_every_choice_has_a_drop_down_of_its_values(written):
    book = written["ru"]
    for sheet in INPUTS:
        page = book[sheet.name]
        for column in sheet.columns:
            if column.one_of and sheet.name != "settings":
                rule = validation(page, letter_of(page, column.name))
                place = rule.formula1.removeprefix("'#lists'!").replace("$", "")
                assert [cell.value for row in book["#lists"][place] for cell in row] == list(column.one_of)
    assert book["#lists"].sheet_state == "hidden"


def test_no_formula_of_a_drop_down_is_longer_than_excel_takes(written):
    for page in written["en"]:
        for rule in page.data_validations.dataValidation:
            assert len(rule.formula1) <= 255


def test_references_offer_the_keys_of_the_other_sheet(written):
    page = written["en"]["facilities"]
    rule = validation(page, letter_of(page, "region"))
    assert rule.formula1 == "OFFSET(regions!$A$4,0,0,MAX(1,COUNTA(regions!$A$4:$A$20000)),1)"
    assert rule.errorStyle == "warning"
    page = written["en"]["progress"]
    place = validation(page, "A").formula1.removeprefix("'#lists'!").replace("$", "")
    keys = [cell.value for row in written["en"]["#lists"][place] for cell in row]
    assert keys == [f"{name}-{number}" for name in ("FAC", "NET") for number in range(4)]


def test_bounds_of_numbers(written):
    page = written["en"]["facilities"]
    wear, works, cost = (validation(page, letter_of(page, name)) for name in ("wear", "works_months", "cost"))
    assert (wear.type, wear.operator, wear.formula1, wear.formula2) == ("decimal", "between", "0", "100")
    assert (works.operator, works.formula1, works.formula2) == ("between", "0", "240")
    assert (cost.operator, cost.formula1) == ("greaterThanOrEqual", "0")


def test_values_of_settings_have_their_own_rules(written):
    page = written["en"]["settings"]
    assert (validation(page, "B").type, validation(page, "B").formula1) == ("whole", "1990")
    assert page["A4"].comment.text.startswith("First year, year")


def test_texts_are_texts_and_numbers_have_the_format_of_their_unit(written):
    page = written["en"]["facilities"]
    for row in page.iter_rows(min_row=4):
        for cell in row:
            column = INPUT["facilities"].column(page.cell(3, cell.column).value)
            assert cell.data_type in ("s", "n")
            if column.kind == "number" and cell.value is not None:
                assert cell.number_format == ("General" if "#" in column.unit_of.format[-1] else column.unit_of.format)


def test_marks_of_estimates_and_of_blank_required_cells(written):
    page = written["en"]["networks"]
    status = letter_of(page, "data_status")
    formulas = {formula for area in page.conditional_formatting for rule in area.rules for formula in rule.formula}
    assert {f'${status}4="estimate"', f'${status}4="illustrative"'} <= formulas
    assert sum("COUNTA" in formula for formula in formulas) == sum(column.required for column in INPUT["networks"].columns)


@pytest.mark.parametrize("lang", LANGS)
def test_contents(written, lang):
    page = written[lang]["#contents"]
    assert written[lang].sheetnames[0] == "#contents"
    for row, sheet in enumerate(INPUTS, start=4):
        assert page.cell(row, 1).value == sheet.name
        assert page.cell(row, 1).hyperlink.location == f"{sheet.name}!A1"
        assert page.cell(row, 2).value == sheet.title(lang)
        assert page.cell(row, 3).value == f"=COUNTA({sheet.name}!$A$4:$A$1048576)"
