"""What guides people while they fill in the workbook: drop-downs that follow, guarded headings, marks of faults and of
estimates."""

import openpyxl
import pytest

from jaryq.base.text import LANGS
from jaryq.sheets.inputs import INPUT, INPUTS
from jaryq.tables.typed import ODD_BELOW
from jaryq.workbook import style
from jaryq.workbook.inputs import write_inputs
from tests.sampled import exhaustive_but
from tests.workbooks import minimal_tables, random_tables


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("guided") / "case.xlsx"
    write_inputs(random_tables(1), path, "ru")
    return openpyxl.load_workbook(path)


def letter_of(page, heading):
    return next(cell.column_letter for cell in page[3] if cell.value == heading)


def validation(page, cell):
    return next(rule for rule in page.data_validations.dataValidation if cell in rule.sqref)


def named(book, name):
    return book.defined_names[name].attr_text


# --- drop-downs -------------------------------------------------------------------------------------------------------

def test_every_choice_has_a_drop_down_of_its_values(book):
    seen = 0
    for sheet in INPUTS:
        page = book[sheet.name]
        for column in sheet.columns:
            if (column.one_of or column.kind == "yes_no") and sheet.name != "settings":
                rule = validation(page, letter_of(page, column.name) + "4")
                place = named(book, rule.formula1).removeprefix("'#lists'!").replace("$", "")
                assert [cell.value for row in book["#lists"][place] for cell in row] == list(column.one_of
                    or ("yes", "no"))
                assert (rule.type, rule.showErrorMessage) == ("list", True)
                seen += 1
    assert seen > 30
    assert book["#lists"].sheet_state == "hidden"


def test_no_formula_is_longer_than_excel_takes(book):
    """255 letters for a drop-down, 8192 for the formula of a name or a cell."""
    for page in book:
        assert all(len(rule.formula1 or "") <= 255 for rule in page.data_validations.dataValidation)
    assert all(len(name.attr_text) < 8192 for name in book.defined_names.values())


@pytest.mark.parametrize("lang", exhaustive_but(LANGS, ["ru"]))
def test_messages_of_drop_downs_are_as_short_as_excel_wants_them(tmp_path, lang):
    """Excel calls a workbook damaged where one is longer than 225 letters."""
    write_inputs(minimal_tables(), tmp_path / "case.xlsx", lang)
    messages = {rule.error for page in openpyxl.load_workbook(tmp_path / "case.xlsx")
                for rule in page.data_validations.dataValidation}
    assert len(messages) > 10
    assert max(map(len, messages)) <= 225


def test_references_offer_the_keys_of_the_other_sheet_down_to_its_last_filled_row(book):
    """From the heading on, so that the first row may be deleted or another put in above it; the count passes over blank
    rows."""
    page = book["facilities"]
    rule = validation(page, letter_of(page, "region") + "4")
    assert (rule.formula1, rule.errorStyle) == ("keys_regions", "warning")
    name = named(book, "keys_regions")
    start, _, end = name.partition(":INDEX(")
    assert start == "INDEX(regions!$A$3:$A$20000,2)"
    column, counted = end.removesuffix(")").split(",")
    assert column == "regions!$A$3:$A$20000"
    cell = counted.removeprefix("'#lists'!").replace("$", "")
    assert book["#lists"][cell].value == (
        '=MAX(2,SUMPRODUCT(MAX((regions!$A$3:$A$20000<>"")*(ROW(regions!$A$3:$A$20000)-2))))')


def test_keys_of_two_sheets_follow_too(book):
    """Formulas put them one after the other, with room for 500 more; here four facilities and four packages."""
    rule = validation(book["progress"], "A4")
    assert rule.formula1 == "keys_facilities_networks"
    cells = named(book, rule.formula1).removeprefix("'#lists'!").split(":")[0].replace("$", "")
    letter = cells.rstrip("0123456789")
    page = book["#lists"]
    formulas = [cell.value for cell in page[letter] if isinstance(cell.value, str) and "facilities!" in cell.value
                and cell.row >= 3]
    assert len(formulas) == 508
    assert all("networks!$A$3" in formula for formula in formulas)


def test_every_reference_has_a_name(book):
    refs = {column.ref for sheet in INPUTS for column in sheet.columns if column.ref}
    assert {f"keys_{ref.replace('|', '_')}" for ref in refs} <= set(book.defined_names)


def test_drop_downs_reach_beyond_the_last_row(book):
    page = book["facilities"]
    area = str(validation(page, letter_of(page, "region") + "4").sqref)
    assert int(area.partition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == 3 + 4 + 500


def test_bounds_of_numbers(book):
    page = book["facilities"]
    wear, works, cost = (validation(page, letter_of(page, name) + "4") for name in ("wear", "works_months", "cost"))
    assert (wear.type, wear.operator, wear.formula1, wear.formula2) == ("decimal", "between", "0", "100")
    assert (works.operator, works.formula1, works.formula2) == ("between", "0", "240")
    assert (cost.operator, cost.formula1) == ("greaterThanOrEqual", "0")
    assert "≥ 0, ≤ 100" in wear.error


def test_values_of_settings_have_their_own_rules(book):
    page = book["settings"]
    row = next(cell.row for cell in page["A"] if cell.value == "first_year")
    assert (validation(page, f"B{row}").type, validation(page, f"B{row}").formula1) == ("whole", "1990")
    assert page[f"A{row}"].comment.text.startswith("Первый год, год")


# --- headings ---------------------------------------------------------------------------------------------------------

def test_headings_are_guarded(book):
    for sheet in INPUTS:
        page = book[sheet.name]
        for cell in page[3]:
            if not sheet.free:
                rule = validation(page, cell.coordinate)
                assert (rule.type, rule.errorStyle or "stop") == ("custom", "stop")
                assert rule.formula1.endswith(f'LEFT({cell.coordinate},1)="#")')
    page = book["facilities"]
    cost, spend = (f"{letter_of(page, name)}3" for name in ("cost",
                                                            next(cell.value for cell in page[3]
                                                            if str(cell.value).startswith("spend_"))))
    assert validation(page, cost).formula1 == f'OR(EXACT({cost},"cost"),LEFT({cost},1)="#")'
    assert validation(page, spend).formula1 == (
        f'OR(AND(LEFT({spend},6)="spend_",LEN({spend})>=10,LEN({spend})<=10),LEFT({spend},1)="#")')


# --- marks ------------------------------------------------------------------------------------------------------------

def marks(page, cell):
    """Formulas and fills of the conditional formats of a cell, in the order in which they count."""
    rules = [rule for area in page.conditional_formatting for rule in area.rules if cell in area.sqref]
    return [(rule.formula[0], rule.dxf.fill.bgColor.rgb) for rule in sorted(rules, key=lambda rule: rule.priority)]


MISSING, WRONG, SUSPICIOUS, ILLUSTRATIVE, ESTIMATE = (
    look.fill.bgColor.rgb for look in (style.MISSING, style.WRONG, style.SUSPICIOUS, style.ILLUSTRATIVE,
                                       style.ESTIMATE))


def test_marks_of_a_number_in_percent(book):
    """Out of 0 to 100 is wrong; text and 0.4 (unless shown as 40 %) are suspicious; then the data status."""
    page = book["facilities"]
    wear, status, named = (letter_of(page, name) for name in ("wear", "data_status", "estimated"))
    here = first(page, wear)
    assert marks(page, f"{wear}4") == [
        (f"IF(ISNUMBER(${wear}4),OR(${wear}4<0,${wear}4>100))", WRONG),
        (f'OR(ISTEXT(${wear}4),IF(ISNUMBER(${wear}4),AND(${wear}4>0,${wear}4<1,LEFT(CELL("format",${wear}4),1)<>"P")))',
         SUSPICIOUS),
        (f'AND({first(page, wear)}4&""<>"",${status}4="illustrative")', ILLUSTRATIVE),
        (f'AND({here}4&""<>"",OR(${status}4="estimate",${status}4&""="",'
         f'ISNUMBER(SEARCH(";"&{here}$3&";",";"&SUBSTITUTE(${named}4," ","")&";"))))', ESTIMATE),
    ]


def first(page, letter):
    """The first column of the neighbours that a mark of estimates covers: formulas are written for the first cell of
    their area."""
    area = next(str(area.sqref) for area in page.conditional_formatting for rule in area.rules
                if f"{letter}4" in area.sqref and "illustrative" in rule.formula[0])
    return area.partition(":")[0].rstrip("0123456789")


def test_marks_of_keys_choices_and_references(book):
    page = book["networks"]
    end = letter_of(page, "note")
    package, kind, zone, km = (letter_of(page, name) for name in ("package", "asset_type", "zone", "km"))
    assert marks(page, f"{package}4")[:2] == [
        (f'AND(${package}4&""="",COUNTA($A4:${end}4)>0)', MISSING),
        (f'AND(${package}4&""<>"",IFERROR(MATCH(${package}4,$A$4:$A$507,0),ROW())<ROW()-3)', WRONG),
    ]
    assert marks(page, f"{kind}4") == [
        (f'AND(${kind}4&""="",COUNTA($A4:${end}4)>0)', MISSING),
        (f'AND(${kind}4&""<>"",ISNA(MATCH(${kind}4&"",keys_asset_types,0)))', WRONG),
    ]
    assert marks(page, f"{zone}4") == [(f'AND(${zone}4&""<>"",ISNA(MATCH(${zone}4&"",choices_zone,0)))', WRONG)]
    assert marks(page, f"{km}4")[:3] == [
        (f'AND(${km}4&""="",COUNTA($A4:${end}4)>0)', MISSING), (f"IF(ISNUMBER(${km}4),${km}4<0)", WRONG),
        (f"ISTEXT(${km}4)", SUSPICIOUS)]


def test_the_home_currency_is_no_unknown_key(book):
    page = book["asset_types"]
    letter = letter_of(page, "import_currency")
    assert f'${letter}4<>"KZT"' in marks(page, f"{letter}4")[0][0]


def test_each_figure_and_key_shows_the_data_status(book):
    for name in ("facilities", "sources", "targets"):
        page = book[name]
        for column in INPUT[name].columns:
            if column.family:
                continue
            fills = [fill for _, fill in marks(page, letter_of(page, column.name) + "4")]
            shown = column.kind in ("number", "integer") or column.name in (*INPUT[name].key, "data_status")
            assert (ESTIMATE in fills, ILLUSTRATIVE in fills) == (shown, shown), column.name


def test_shares_below_one_are_marked_where_the_check_asks_about_them(book):
    for sheet in INPUTS:
        for column in sheet.columns:
            if column.unit.startswith("%") and not column.family and sheet.name != "settings":
                page = book[sheet.name]
                asked = any('CELL("format"' in formula
                            for formula, _ in marks(page, letter_of(page, column.name) + "4"))
                assert asked == (column.name in ODD_BELOW), f"{sheet.name} {column.name}"


def test_settings_are_marked_by_their_own_rules(tmp_path):
    write_inputs(minimal_tables(), tmp_path / "case.xlsx")
    page = openpyxl.load_workbook(tmp_path / "case.xlsx")["settings"]
    rows = {page.cell(row, 1).value: row for row in range(4, 7)}
    year, rate = f"B{rows['first_year']}", f"B{rows['discount_rate']}"
    assert marks(page, year)[:2] == [(f'AND({year}&""="",TRUE)', MISSING),
                                     (f"IF(ISNUMBER({year}),OR({year}<1990,{year}>2150,{year}<>INT({year})))", WRONG)]
    assert marks(page, rate)[0] == (f"IF(ISNUMBER({rate}),OR({rate}<0,{rate}>50))", WRONG)
