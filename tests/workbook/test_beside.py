"""Units in number formats, and texts with parts struck out or raised: what a cell shows beside its value, in .xlsx and
.ods."""

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jaryq.base.issues import stops
from jaryq.tables.typed import typed
from jaryq.workbook.read import read
from jaryq.workbook.shown_unit import Unit, unit_of_code
from tests.workbooks import edit_parts, grid_workbook, ods_workbook, raw_minimal

HEAD = ["facility", "name", "cost", "works_months", "import_share"]
STRIKE, RAISED, PLAIN = InlineFont(strike=True), InlineFont(vertAlign="superscript"), InlineFont()


@pytest.mark.parametrize(("code", "unit"), [
    ("General", None), ("0.0%", None), ("dd.mm.yyyy", None), ("[Red]0.0;[Blue]-0.0", None), ('0.0"*"', None),
    ("[$-419]0.0", None), ("#,##0 _₸", None), ('0;-0;"млн"', None),
    ("[$$-409]#,##0.00", Unit("$")), ('"$"#,##0', Unit("$")), ("€#,##0", Unit("€")),
    ("_-* #,##0.00\\ [$₸-43F]_-;-0", Unit("₸")), ("[$USD] #,##0", Unit("USD")),
    ('#,##0.0" млн ₸"', Unit("млн ₸")), ('0" лет"', Unit("лет")), ('0.0"%"', Unit("%")), ("0.0\\ \\к\\м", Unit("км")),
    ('"Cost: "0.0" млн ₸"', Unit("млн ₸")),
    ('0.0,"тыс. тг"', Unit("тыс. тг", 1)), ('#,##0.0,,"M"', None), ('#,##0.0,"k"', None), ('#,##0.0,,"$M"', None),
    ('#,##0.0,,"K"', Unit("K", 2)), ("[$¥-411]#,##0", Unit("JPY")), ("[$¥-804]#,##0", Unit("CNY")),
])
def test_the_unit_of_a_format(code, unit):
    assert unit_of_code(code) == unit


def workbook(path, damage):
    grid_workbook(path, facilities=[["facility", "name", "cost", "works_months"], ["F1", "Boiler house", 5.0, 12.0]])
    book = openpyxl.load_workbook(path)
    damage(book)
    book.save(path)
    return path


def found(path):
    tables, issues = read(path)
    done, more = typed(tables)
    return done, [*issues, *more]


def put(cell, value, form="General", sheet="facilities"):
    def damage(book):
        book[sheet][cell].value, book[sheet][cell].number_format = value, form
    return damage


@pytest.mark.parametrize(("cell", "value", "form"), [
    ("C4", 5, "[$$-409]#,##0.00"), ("C4", 5, '#,##0.0" млн ₸"'), ("C4", 5, '0.0"%"'), ("C4", 5, "€#,##0"),
    ("C4", 5, "[$₽-419]0"), ("C4", 5, '0" лет"'), ("C4", 5, "₹0"),
    ("C4", 5000, '0.0," млрд ₸"'), ("D4", 24, '0" лет"'), ("D4", 24, '0" дней"'), ("D4", 24, '0" км"'),
    ("D4", 24, "$0"),
])
def test_another_unit_in_the_format_stops(tmp_path, cell, value, form):
    _, issues = found(workbook(tmp_path / "case.xlsx", put(cell, value, form)))
    assert [(issue.code, issue.cell) for issue in issues] == [("unit_in_format", cell)]


@pytest.mark.parametrize(("cell", "value", "form"), [
    ("C4", 5, '#,##0.0" млрд ₸"'), ("C4", 5, '0.0" bn KZT"'), ("C4", 5, '0.0" млрд"'), ("D4", 24, '0" мес."'),
    ("D4", 24, '0" months"'),
    ("C4", 5, '"около "0.0'), ("C4", 5, '0.0" ?"'), ("C4", 5, "#,##0.0 _₸"), ("C4", 5000, '0.0," трлн ₸"'),
])
def test_the_own_unit_in_the_format_passes(tmp_path, cell, value, form):
    """5,000 bn shown as 5.0 trillion is the same amount."""
    done, issues = found(workbook(tmp_path / "case.xlsx", put(cell, value, form)))
    assert issues == []
    assert done["facilities"].frame[{"C4": "cost", "D4": "works_months"}[cell]].tolist() == [float(value)]


@pytest.mark.parametrize(("value", "form"), [(5, "[$₸-43F]#,##0"), (5, '0.0" тг"'), ("5 ₸", "General"),
                                             ("₸5", "General"), ("5 тенге", "General")])
def test_a_currency_without_its_size_is_told_alike_in_a_text_and_in_a_format(tmp_path, value, form):
    """Five tenge are no cost in bn KZT: read as 5 bn, to be confirmed."""
    done, issues = found(workbook(tmp_path / "case.xlsx", put("C4", value, form)))
    assert [(issue.code, issue.severity, issue.cell, issue.slots["read"])
            for issue in issues] == [("size_left_out", "surprise", "C4", "5")]
    assert done["facilities"].frame["cost"].tolist() == [5.0]


@pytest.mark.parametrize(("form", "code"), [('0.0" bn JPY"', []), ("[$¥-411]0.0", ["size_left_out"]),
                                            ('0.0" млрд тенге"', ["unit_in_format"]), ("$0", ["unit_in_format"])])
def test_amounts_are_compared_with_the_currency_of_their_source(tmp_path, form, code):
    path = grid_workbook(tmp_path / "case.xlsx", sources=[["source_id", "currency", "envelope"], ["S1", "JPY", 7.0]],
                         source_years=[["source_id", "2026"], ["S1", 5.0]],
                         currencies=[["currency", "2026"], ["JPY", 3.2]])
    book = openpyxl.load_workbook(path)
    book["sources"]["C4"].number_format = book["source_years"]["B4"].number_format = form
    book.save(path)
    assert [issue.code for issue in found(path)[1]] == code * 2


def test_a_percent_format_of_a_change_is_part_of_it(tmp_path):
    """0.2 shown as 20 % in a cell of scenario_changes is 20 %, whatever the column it changes."""
    path = grid_workbook(tmp_path / "case.xlsx", scenarios=[["scenario"], ["low"]], scenario_changes=[
        ["scenario", "sheet", "column", "operation", "value"], ["low", "facilities", "cost", "multiply", 0.2]])
    book = openpyxl.load_workbook(path)
    book["scenario_changes"]["E4"].number_format = "0%"
    book.save(path)
    assert found(path)[0]["scenario_changes"].frame["value"].tolist() == ["20 %"]


PARTS = [
    ([TextBlock(STRIKE, "15"), "12.5"], "“15” struck out, “12.5”"),
    (["5.5", TextBlock(RAISED, "1")], "“5.5”, “1” raised"),
    (["4 ", TextBlock(STRIKE, "500")], "“4”, “500” struck out"),
    (["4", TextBlock(InlineFont(vertAlign="subscript"), "1")], "“4”, “1” lowered"),
]


@pytest.mark.parametrize(("parts", "said"), PARTS)
@pytest.mark.parametrize("inline", [False, True])
def test_parts_of_a_number_are_not_joined(tmp_path, parts, said, inline):
    """Shared and inline texts alike: openpyxl writes rich texts inline."""
    path = tmp_path / "case.xlsx"
    _, issues = found(workbook(path, put("C4", CellRichText(*parts))) if inline else shared(path, parts))
    assert [(issue.code, issue.cell) for issue in stops(issues)] == [("parts_apart", "C4")]
    assert said in issues[0].say()
    assert "зачёркнуто" in issues[0].say("ru") or "строчное" in issues[0].say("ru")


def shared(path, parts):
    """The minimal workbook with the rich text as a shared one: XlsxWriter writes them so."""
    book = xlsxwriter.Workbook(path)
    looks = {"strike": {"font_strikeout": True}, "superscript": {"font_script": 1}, "subscript": {"font_script": 2}}
    for name, rows in (raw_minimal() | {"facilities": [["facility", "works_months", "cost"],
                                                       ["F1", 12.0, None]]}).items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number + 2, 0, row)
    pieces = []
    for part in parts:
        look = looks["strike" if part.font.strike else part.font.vertAlign] if isinstance(part, TextBlock) else {}
        pieces += [book.add_format(look), str(part)] if look else [str(part)]
    book.get_worksheet_by_name("facilities").write_rich_string("C4", *pieces)
    book.close()
    return path


@pytest.mark.parametrize("parts", [["Boiler ", TextBlock(STRIKE, "house")], ["Boiler house", TextBlock(RAISED, "1")]])
def test_parts_of_a_name_are_a_note(tmp_path, parts):
    done, issues = found(workbook(tmp_path / "case.xlsx", put("B4", CellRichText(*parts))))
    assert [(issue.code, issue.cell, issue.severity) for issue in issues] == [("text_in_parts", "B4", "note")]
    assert done["facilities"].frame["name"].tolist() == ["".join(map(str, parts))]


def test_parts_of_a_key_stop(tmp_path):
    _, issues = found(workbook(tmp_path / "case.xlsx", put("A4", CellRichText("F1", TextBlock(RAISED, "2")))))
    assert [(issue.code, issue.cell) for issue in stops(issues)] == [("parts_apart", "A4")]


def test_parts_that_look_alike_are_joined(tmp_path):
    """Bold and colours tell nothing; in a cell that is struck out as a whole the parts without a font of their own are
    struck out too."""
    def damage(book):
        book["facilities"]["C4"].value = CellRichText(TextBlock(InlineFont(b=True), "12"), TextBlock(PLAIN, ".5"))
        book["facilities"]["D4"].value = CellRichText("1", TextBlock(STRIKE, "2"))
        book["facilities"]["D4"].font = Font(strike=True)
    done, issues = found(workbook(tmp_path / "case.xlsx", damage))
    assert [issue.code for issue in issues if issue.code in ("parts_apart", "text_in_parts")] == []
    assert (done["facilities"].frame["cost"].tolist(), done["facilities"].frame["works_months"].tolist()) == ([12.5],
        [12.0])


STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super '
    '58%"/></style:style>'
    '<number:number-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'style:name="N1"><number:number number:decimal-places="1"/>'
    "<number:text> млн ₸</number:text></number:number-style>"
    '<number:number-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'style:name="N2"><number:number number:decimal-places="1"/>'
    "<number:text> млрд ₸</number:text></number:number-style>"
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="ce2" '
    'style:family="table-cell" style:data-style-name="N2"/>')


@pytest.mark.parametrize(("cell", "code"), [
    ('<table:table-cell office:value-type="string"><text:p><text:span '
     'text:style-name="T1">15</text:span>12.5</text:p></table:table-cell>', ["parts_apart"]),
    ('<table:table-cell office:value-type="string"><text:p>5.5<text:span '
     'text:style-name="T2">1</text:span></text:p></table:table-cell>', ["parts_apart"]),
    ('<table:table-cell office:value-type="currency" office:currency="USD" '
     'office:value="5"><text:p>$5.00</text:p></table:table-cell>', ["unit_in_format"]),
    ('<table:table-cell office:value-type="currency" office:currency="KZT" office:value="5"><text:p>5 '
     '₸</text:p></table:table-cell>', ["size_left_out"]),
    ('<table:table-cell table:style-name="ce1" office:value-type="float" office:value="5"><text:p>5 млн '
     '₸</text:p></table:table-cell>', ["unit_in_format"]),
    ('<table:table-cell table:style-name="ce2" office:value-type="float" office:value="5"><text:p>5 млрд '
     '₸</text:p></table:table-cell>', []),
])
def test_open_documents_tell_the_same(tmp_path, cell, code):
    path = ods_workbook(tmp_path / "case.ods", facilities=[["facility", "works_months", "cost"], ["F1", 12.0, cell]])
    edit_parts(path, content_xml=lambda text: text.replace("<office:automatic-styles>",
                                                           f"<office:automatic-styles>{STYLES}", 1))
    _, issues = found(path)
    assert [(issue.code, issue.cell) for issue in issues] == [(each, "C4") for each in code]


@pytest.mark.parametrize("parts", [[TextBlock(STRIKE, "12"), TextBlock(STRIKE, ".5")], [TextBlock(STRIKE, "12.5")]])
def test_a_number_all_of_whose_parts_are_struck_out_is_told(tmp_path, parts):
    """The cell's own font strikes nothing; each of its parts does. It is read as it stands, as a cell struck out whole
    is."""
    _, issues = found(workbook(tmp_path / "case.xlsx", put("C4", CellRichText(*parts))))
    assert not stops(issues)
    assert [issue.cell for issue in issues if issue.code == "struck_rows"] == ["A4"]
