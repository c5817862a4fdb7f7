"""Forms of files: .xlsm, strict .xlsx, .ods, links to other workbooks; and those that are refused with what to do."""

import shutil
import zipfile

import openpyxl
import pytest

from jaryq.tables.typed import typed
from jaryq.workbook.read import read
from tests.workbooks import as_strict, edit_parts, grid_workbook, ods_workbook, same

ROWS = [["facility", "cost", "wear"], ["F1", 12.5, 40], ["F2", 7, 60.5]]


def told(issues):
    return [(issue.code, f"{issue.sheet}!{issue.cell}", issue.value) for issue in issues]


def typed_of(path):
    tables, issues = read(path)
    assert issues == []
    tables, issues = typed(tables)
    assert issues == []
    return tables


def test_a_workbook_with_macros(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=ROWS)
    plain = typed_of(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(kind,
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 whatever macros do"
    with zipfile.ZipFile(tmp_path / "case.xlsm", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert same(typed_of(tmp_path / "case.xlsm"), plain)


def test_a_strict_workbook_is_read_though_one_library_finds_no_sheets_in_it(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=ROWS)
    plain = typed_of(path)
    as_strict(path)
    with pytest.warns(UserWarning, match="invalid specification"):
        assert openpyxl.load_workbook(path).sheetnames == []
    assert same(typed_of(path), plain)


def test_percents_errors_and_hidden_rows_of_a_strict_workbook(tmp_path):
    rows = [["facility", "cost", "wear"], ["F1", "#REF!", (0.4, "0%")], ["F2", "=1+1", 1]]
    path = as_strict(grid_workbook(tmp_path / "case.xlsx", facilities=rows))
    edit_parts(path, sheet2_xml=lambda text: text.replace('<row r="5"', '<row r="5" hidden="1"'))
    tables, issues = read(path)
    assert told(issues) == [("error_value", "facilities!B4", "#REF!"), ("formula_without_value", "facilities!B5", ""),
                            ("hidden_rows", "facilities!A5", "")]
    assert tables["facilities"].frame["wear"].tolist() == [40.0, 1.0]


@pytest.mark.parametrize("ending", ["case.xlsx", "case", "case.tmp", "case.ods"])
def test_the_ending_of_the_name_does_not_matter(tmp_path, ending):
    path = grid_workbook(tmp_path / "book.xlsx", facilities=ROWS)
    shutil.copy(path, tmp_path / ending)
    assert same(typed_of(tmp_path / ending), typed_of(path))


# --- .ods -------------------------------------------------------------------------------------------------------------

def test_an_open_document(tmp_path):
    xlsx, ods = grid_workbook(tmp_path / "case.xlsx", facilities=ROWS), ods_workbook(tmp_path / "case.ods",
        facilities=ROWS)
    assert same(typed_of(ods), typed_of(xlsx))


def test_what_the_cells_of_an_open_document_tell(tmp_path):
    """Percent formats, errors, formulas without value, merged cells, hidden rows, columns and sheets, by the file's own
    marks."""
    percent = (
        '<table:table-cell office:value-type="percentage" office:value="0.4" '
        'calcext:value-type="percentage"><text:p>40 %</text:p></table:table-cell>')
    error = ('<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
             'calcext:value-type="error">'
             "<text:p>#DIV/0!</text:p></table:table-cell>")
    never = '<table:table-cell table:formula="of:=[.B4]*2"/>'
    far = ('<table:table-cell table:formula="of:=[\'file:///other.ods\'#$Sheet1.A1]" office:value-type="float" '
           'office:value="5" calcext:value-type="float">'
           "<text:p>5</text:p></table:table-cell>")
    merged = (
        '<table:table-cell table:number-rows-spanned="2" '
        'office:value-type="string"><text:p>KEGOC</text:p></table:table-cell>')
    rows = [["facility", "cost", "wear", "owner", "latitude"], ["F1", error, percent, merged, far],
            ["F2", never, percent, "<table:covered-table-cell/>", 50]]
    path = ods_workbook(tmp_path / "case.ods", facilities=rows)

    def edit(text):
        begin = text.index('<table:table table:name="facilities">')
        head, body = text[:begin], text[begin:]
        body = body.replace('<table:table table:name="facilities">',
                            '<table:table table:name="facilities" table:style-name="gone"><table:table-column/>'
                            '<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>', 1)
        fifth = body.index("<table:table-row>", body.index("F1"))
        return head + body[:fifth] + '<table:table-row table:visibility="filter">' + body[fifth
            + len("<table:table-row>"):]
    tables, issues = read(edit_parts(path, content_xml=edit))
    assert told(issues) == [
        ("merged_filled", "facilities!D4", "KEGOC"), ("error_value", "facilities!B4", "#DIV/0!"),
        ("external_link", "facilities!E4", ""),
        ("formula_without_value", "facilities!B5", ""), ("hidden_sheet", "facilities!", ""),
        ("hidden_rows", "facilities!A5", ""),
        ("hidden_columns", "facilities!B3", ""), ("hidden_columns", "facilities!C3", "")]
    assert tables["facilities"].frame["wear"].tolist() == [40.0, 40.0]
    assert tables["facilities"].frame["owner"].tolist() == ["KEGOC", "KEGOC"]


def test_struck_rows_of_an_open_document(tmp_path):
    """A style of its own, one that comes from another, one that takes the line away again, and that of a column for
    cells without a style."""
    def cell(text, style):
        return (
            f'<table:table-cell table:style-name="{style}" '
            f'office:value-type="string"><text:p>{text}</text:p></table:table-cell>')
    rows = [["facility", "name", "cost"], [cell("F1", "struck"), "a", 1], [cell("F2", "child"), "b", 2],
            [cell("F3", "freed"), "c", 3],
            ["F4", cell("d", "plain"), 4]]
    path = ods_workbook(tmp_path / "case.ods", facilities=rows)

    def style(name, inside, parent=""):
        return (f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}">'
                f'<style:text-properties {inside}/></style:style>')
    styles = (style("struck", 'style:text-line-through-style="solid"') + style("child", "", "struck") + style("plain",
        "")
              + style("freed", 'style:text-line-through-style="none"', "struck"))

    def edit(columns):
        def change(text):
            text = text.replace("<office:body>",
                                f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>", 1)
            return text.replace('<table:table table:name="facilities">',
                                f'<table:table table:name="facilities">{columns}', 1)
        return change
    issues = read(edit_parts(path, content_xml=edit("")))[1]
    assert [(issue.code, issue.cell, issue.slots) for issue in issues] == [("struck_rows", "A4", {"count": 2})]
    path = ods_workbook(tmp_path / "case.ods", facilities=rows)
    of_the_column = '<table:table-column/><table:table-column table:default-cell-style-name="struck"/>'
    issues = read(edit_parts(path, content_xml=edit(of_the_column)))[1]
    # F4's name has a style without a line
    assert [(issue.code, issue.cell, issue.slots) for issue in issues] == [("struck_rows", "A4", {"count": 3})]


def test_an_open_document_under_a_password(tmp_path):
    path = ods_workbook(tmp_path / "case.ods")
    inside = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    edit_parts(path, manifest_xml=lambda text: text.replace("/>", f">{inside}"))
    assert told(read(path)[1]) == [("protected_file", "!", "case.ods")]


# --- links ------------------------------------------------------------------------------------------------------------

def test_values_from_other_workbooks_are_told(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "cost", "#note"],
        ["F1", "=[1]Sheet1!A1*2", "=[1]Sheet1!A2"], ["F2", "=SUM(1,2)", None]])

    def values(text):
        return text.replace("<v></v>", "<v />").replace("<v/>", "<v />").replace("<f>[1]Sheet1!A1*2</f><v />",
            "<f>[1]Sheet1!A1*2</f><v>12.5</v>").replace("<f>SUM(1,2)</f><v />", "<f>SUM(1,2)</f><v>3</v>")
    edit_parts(path, sheet2_xml=values, workbook_xml_rels=lambda text: text.replace(
        "</Relationships>", '<Relationship Id="x" '
                            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
                            'Target="externalLinks/externalLink1.xml"/></Relationships>'))
    tables, issues = read(path)
    assert told(issues) == [("external_link", "facilities!B4", "")]
    assert issues[0].severity == "surprise"
    assert tables["facilities"].frame["cost"].tolist() == [12.5, 3.0]


# --- refused ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("parts", "word"), [
    ({"Index/Document.iwa": b"x"}, "Apple Numbers"),
    ({"word/document.xml": b"<a/>", "_rels/.rels": b"<a/>"}, "document or presentation"),
    ({"readme.txt": b"hello"}, "zip archive"),
    ({"inner.zip": b"PK\x03\x04"}, "zip archive"), ({"mimetype": b"application/vnd.oasis.opendocument.text",
                                                     "content.xml": b"<a/>"}, "opendocument.text")])
def test_other_files_that_are_zip_archives(tmp_path, parts, word):
    path = tmp_path / "case.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    tables, issues = read(path)
    assert tables.sheets == {}
    assert told(issues) == [("other_format", "!", "case.xlsx")]
    assert word in issues[0].say("en")
    assert "сохраните как .xlsx" in issues[0].say("ru")


def test_a_workbook_whose_sheets_are_lost(tmp_path):
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"),
                      workbook_xml=lambda text: text.replace("<sheet ", "<gone "))
    assert [(issue.code, "no sheets" in issue.say("en")) for issue in read(path)[1]] == [("unreadable_file", True)]


def test_a_folder_in_place_of_a_file_and_the_reverse(tmp_path):
    assert told(read(tmp_path)[1]) == [("unreadable_file", "!", tmp_path.name)]
    assert [issue.code for issue in read(tmp_path / "nothing.xlsx")[1]] == ["no_such_file"]
