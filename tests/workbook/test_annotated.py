"""The user's own workbook with marks: what must change changes, everything else is the same to the byte."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from jaryq.api.accepted import all_issues
from jaryq.base.issues import Issue
from jaryq.tables.tables import Tables
from jaryq.workbook.annotated import comments as commenting
from jaryq.workbook.annotated.comments import cell_of
from jaryq.workbook.annotated.copy import annotate
from jaryq.workbook.annotated.xml import NotDone, Patch, quoted, said, tree
from jaryq.workbook.folder import write_folder
from jaryq.workbook.read import read, read_all
from tests.workbooks import minimal_tables, raw_minimal, same

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360606060000000050001a5f645400000000049454e44ae426082")
MACROS = b"\xd0\xcf\x11\xe0 not really macros, but nobody looks"
PIVOT = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<pivotTableDefinition '
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="P" cacheId="1"/>')


def rich(path, rows=None, macros=False):
    """The minimal workbook with a chart, a text box, a picture, formulas with cached values, comments, conditional
    formats, validation, a picture in the header, notes, and a part that stands for a pivot table."""
    sheets = raw_minimal()
    sheets["source_years"][1][-1] = 10.0
    with xlsxwriter.Workbook(path) as book:
        if macros:
            binary = Path(path).with_suffix(".bin")
            binary.write_bytes(MACROS)
            book.add_vba_project(str(binary))
        money = book.add_format({"num_format": "#,##0.000", "bg_color": "#CCFFCC"})
        for name, grid in sheets.items():
            page = book.add_worksheet(name)
            for row, values in enumerate(rows.get(name, grid) if rows else grid, start=2):
                for column, value in enumerate(values):
                    if value is not None:
                        page.write(row, column, value, money if name == "facilities" and column == 2 else None)
            if name == "facilities":
                page.write_comment("B4", "mine", {"author": "Aigul"})
                page.conditional_format("C4:C9", {"type": "3_color_scale"})
                page.conditional_format("C4:C9", {"type": "cell", "criteria": ">", "value": 100,
                                                  "format": book.add_format({"bold": True})})
                page.data_validation("F4:F9", {"validate": "list", "source": ["reported", "estimate"]})
                chart = book.add_chart({"type": "column"})
                chart.add_series({"values": "=facilities!$C$4:$C$5"})
                page.insert_chart("K4", chart)
                page.insert_textbox("K20", "my text box")
                picture = Path(path).with_suffix(".png")
                picture.write_bytes(PICTURE)
                page.insert_image("K30", str(picture))
                page.set_header("&L&G", {"image_left": str(picture)})
        notes = book.add_worksheet("#notes")
        notes.write_formula("A1", "=1+2", None, 3)
        notes.write("A2", "my notes")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/pivotTables/pivotTable1.xml", PIVOT)
    return path


def parts(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changes(one, other):
    """Names of changed and of new parts; none is lost."""
    old, new = parts(one), parts(other)
    assert list(new)[: len(old)] == list(old)
    return {name for name in old if old[name] != new[name]}, set(new) - set(old)


COST = Issue("value_below_minimum", "facilities", "C5", "cost", "-5", {"limit": "0", "unit": "bn KZT"})
NAME = Issue("duplicate_key", "facilities", "B4", "name", "Boiler house", {"other": "B9", "column": "name"})
ODD = Issue("unit_unusual", "facilities", "C5", "cost", "-5", {"count": 5, "unit": "MW"})
KIND = Issue("value_not_allowed", "sources", "C4", "kind", "=HYPERLINK(\"http://x\")",
             {"allowed": "budget", "hint": ""})
ISSUES = (COST, NAME, ODD, KIND)


def marks(path, sheet):
    """Areas of our conditional formats with their colour, in order of priority."""
    page = openpyxl.load_workbook(path)[sheet]
    found = [(rule.priority, str(area.sqref), rule.dxf.fill.bgColor.rgb)
             for area, rules in page.conditional_formatting._cf_rules.items()
             for rule in rules if rule.formula == ['"Jaryq check"<>""']]
    return [(area, colour) for _, area, colour in sorted(found)]


def told(path, sheet):
    page = openpyxl.load_workbook(path)[sheet]
    return {cell.coordinate: (cell.comment.author, cell.comment.text) for row in page.iter_rows() for cell in row
            if cell.comment}


# --- what changes and what does not -----------------------------------------------------------------------------------

def test_only_what_must_change_changes(tmp_path):
    source, copy = rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx"
    done = annotate(source, copy, ISSUES, "en")
    assert (done.path, done.marked, done.why) == (copy, 3, None)
    changed, new = changes(source, copy)
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet2.xml", "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet3.xml"}
    assert new == {"xl/comments2.xml", "xl/drawings/vmlDrawing3.vml", "xl/worksheets/_rels/sheet3.xml.rels",
                   "xl/worksheets/sheet6.xml"}
    kept = parts(copy)
    for name in ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/media/image1.png",
                 "xl/drawings/vmlDrawing2.vml", "xl/pivotTables/pivotTable1.xml",
                 "xl/sharedStrings.xml", "xl/worksheets/sheet5.xml", "xl/theme/theme1.xml", "docProps/app.xml"):
        assert name in kept
        assert name not in changed
    assert b"<f>1+2</f><v>3</v>" in kept["xl/worksheets/sheet5.xml"]


def test_the_copy_reads_as_the_original(tmp_path):
    source, copy = rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx"
    annotate(source, copy, ISSUES, "en")
    one, other = read_all(source), read_all(copy)
    assert same(one.tables, other.tables)
    assert one.issues == other.issues
    values = [python_calamine.CalamineWorkbook.from_path(str(path)) for path in (source, copy)]
    for name in values[0].sheet_names:
        assert values[0].get_sheet_by_name(name).to_python() == values[1].get_sheet_by_name(name).to_python()
    assert values[1].sheet_names == [*values[0].sheet_names, "#issues"]


def test_no_cell_or_format_is_touched(tmp_path):
    source, copy = rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx"
    annotate(source, copy, ISSUES, "en")
    old, new = (openpyxl.load_workbook(path)["facilities"] for path in (source, copy))
    for row in old.iter_rows():
        for cell in row:
            other = new[cell.coordinate]
            assert (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.font.b) == (other.value,
                other.number_format, other.fill.fgColor.rgb, other.font.b)
    data = [re.search(rb"<sheetData>.*</sheetData>", parts(path)["xl/worksheets/sheet2.xml"], re.DOTALL)[0]
            for path in (source, copy)]
    assert data[0] == data[1]
    assert len(new._charts) == 1
    assert new.data_validations.dataValidation[0].sqref == old.data_validations.dataValidation[0].sqref


def test_marks_and_comments(tmp_path):
    source, copy = rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx"
    annotate(source, copy, ISSUES, "en")
    assert marks(copy, "facilities") == [("B4", "FFFFC7CE"), ("C5", "FFFFC7CE")] or marks(copy,
        "facilities") == [("B4 C5", "FFFFC7CE")]
    assert marks(copy, "sources") == [("C4", "FFFFC7CE")]
    said = told(copy, "facilities")
    assert said["C5"][0] == "Jaryq check"
    assert "stop: at least 0 bn KZT is allowed. Enter 0 or more." in said["C5"][1]
    assert "surprise: the 5 other rows of this kind are in MW" in said["C5"][1]
    assert said["B4"][0] == "Aigul"
    assert said["B4"][1].startswith("mine")
    assert "the key stands already in B9" in said["B4"][1]


def test_the_sheet_of_issues(tmp_path):
    source, copy = rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx"
    lost = Issue("missing_sheet", "source_groups", slots={"name": "source_groups"})
    annotate(source, copy, (*ISSUES, lost), "ru")
    page = openpyxl.load_workbook(copy)["#issues"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert [row[1] for row in rows] == ["facilities!C5", "facilities!B4", "sources!C4", "source_groups",
                                        "facilities!C5"]
    assert [row[0] for row in rows] == ["стоп"] * 4 + ["внимание"]
    assert [page.cell(number, 2).hyperlink.location if page.cell(number, 2).hyperlink else None
            for number in range(5, 10)] == [
        "'facilities'!C5", "'facilities'!B4", "'sources'!C4", None, "'facilities'!C5"]
    value = page.cell(7, 4)
    # a text, not a formula
    assert (value.value, value.data_type) in {('=HYPERLINK("http://x")', "s"), ('=HYPERLINK("http://x")', "inlineStr")}
    assert "допустимо не меньше 0" in rows[0][4]


def test_conditional_formats_of_others_keep_their_order_below_the_marks(tmp_path):
    source, once, twice = rich(tmp_path / "case.xlsx"), tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    annotate(source, once, ISSUES, "en")
    annotate(once, twice, ISSUES, "en")
    for path in (once, twice):
        rules = openpyxl.load_workbook(path)["facilities"].conditional_formatting._cf_rules.values()
        assert sorted((rule.priority, rule.type) for found in rules for rule in found) == [(1, "expression"),
            (4, "colorScale"), (5, "cellIs")]


# --- again ------------------------------------------------------------------------------------------------------------

def test_twice_is_once(tmp_path):
    source, once, twice = rich(tmp_path / "case.xlsx"), tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    annotate(source, once, ISSUES, "en")
    annotate(once, twice, ISSUES, "en")
    assert parts(once) == parts(twice)


def test_what_is_corrected_is_marked_no_more(tmp_path):
    source, once, clean = rich(tmp_path / "case.xlsx"), tmp_path / "once.xlsx", tmp_path / "clean.xlsx"
    annotate(source, once, ISSUES, "en")
    annotate(once, clean, (), "en")
    assert marks(clean, "facilities") == marks(clean, "sources") == []
    assert told(clean, "facilities") == {"B4": ("Aigul", "mine")}
    assert told(clean, "sources") == {}
    assert openpyxl.load_workbook(clean)["#issues"].max_row == 4
    assert b"ObjectType=\"Note\"" not in parts(clean)["xl/drawings/vmlDrawing3.vml"]


def test_comments_of_the_template_stay(tmp_path):
    """The template's own remarks have another author than the marks."""
    book = openpyxl.load_workbook(rich(tmp_path / "case.xlsx"))
    book["facilities"]["A3"].comment = openpyxl.comments.Comment("Key of the row", "Jaryq")
    book.save(tmp_path / "case.xlsx")
    annotate(tmp_path / "case.xlsx", tmp_path / "once.xlsx", ISSUES, "en")
    annotate(tmp_path / "once.xlsx", tmp_path / "clean.xlsx", (), "en")
    assert told(tmp_path / "clean.xlsx", "facilities")["A3"] == ("Jaryq", "Key of the row")
    assert set(told(tmp_path / "once.xlsx", "facilities")) == {"A3", "B4", "C5"}


def test_a_sheet_of_the_same_name_that_is_somebody_elses_stays(tmp_path):
    book = openpyxl.load_workbook(rich(tmp_path / "case.xlsx"))
    book.create_sheet("#issues")["A1"] = "my own list"
    book.save(tmp_path / "case.xlsx")
    annotate(tmp_path / "case.xlsx", tmp_path / "once.xlsx", ISSUES, "en")
    annotate(tmp_path / "once.xlsx", tmp_path / "twice.xlsx", ISSUES, "en")
    made = openpyxl.load_workbook(tmp_path / "twice.xlsx")
    assert made["#issues"]["A1"].value == "my own list"
    assert made.sheetnames[-1] == "#issues 2"


# --- other shapes -----------------------------------------------------------------------------------------------------

def test_macros_stay_and_the_ending_with_them(tmp_path):
    source = rich(tmp_path / "case.xlsm", macros=True)
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert done.path == tmp_path / "marked.xlsm"
    assert not (tmp_path / "marked.xlsx").exists()
    assert parts(done.path)["xl/vbaProject.bin"] == MACROS
    assert b"macroEnabled" in parts(done.path)["[Content_Types].xml"]


def repacked(source, target, change):
    """A copy with parts changed by name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts(source).items():
            if (made := change(name, data)) is not None:
                new.writestr(name, made)
    return target


def prefixed(name, data):
    """The main vocabulary under a prefix, as some programs write it."""
    if not name.startswith("xl/") or not name.endswith(
            ".xml") or b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' not in data:
        return data
    data = data.replace(b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
                        b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')
    return re.sub(rb"<(/?)([A-Za-z]+)(?=[\s/>])", rb"<\1x:\2", data)


def test_prefixes_of_another_program(tmp_path):
    source = repacked(rich(tmp_path / "plain.xlsx"), tmp_path / "case.xlsx", prefixed)
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert (done.marked, done.why) == (3, None)
    assert set(told(done.path, "facilities")) == {"B4", "C5"}
    assert marks(done.path, "facilities") == [("B4 C5", "FFFFC7CE")]
    assert same(read(source)[0], read(done.path)[0])


def test_ignorable_vocabularies_survive(tmp_path):
    """What Excel adds for its newer versions: a library that writes anew would lose the prefixes that attributes
    name."""
    extra = (b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac '
             b'xr" '
             b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
             b'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{1}" ')
    source = repacked(rich(tmp_path / "plain.xlsx"), tmp_path / "case.xlsx",
                      lambda name, data: data.replace(b"<worksheet ", extra, 1) if name == "xl/worksheets/sheet2.xml"
                      else data)
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert parts(done.path)["xl/worksheets/sheet2.xml"].count(extra) == 1


def test_a_cell_in_a_merged_area_a_row_and_a_column_that_is_not_there(tmp_path):
    book = openpyxl.load_workbook(rich(tmp_path / "case.xlsx"))
    book["facilities"].merge_cells("C4:D5")
    book.save(tmp_path / "case.xlsx")
    row = Issue("missing_value", "facilities", "7", "cost", "", {"what": "bn KZT"})
    column = Issue("missing_column", "facilities", "", "cost", "", {"name": "cost", "row": 3})
    done = annotate(tmp_path / "case.xlsx", tmp_path / "marked.xlsx", (COST, row, column), "en")
    assert marks(done.path, "facilities") == [("A7 C4", "FFFFC7CE")]
    assert done.marked == 2


def test_many_cells_are_marked_as_areas_and_comments_are_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(commenting, "MOST", 3)
    issues = [Issue("wrong_type", "facilities", f"C{row}", "cost", "x", {"what": "a number"}) for row in range(4, 40)]
    done = annotate(rich(tmp_path / "case.xlsx"), tmp_path / "marked.xlsx", issues, "en")
    assert marks(done.path, "facilities") == [("C4:C39", "FFFFC7CE")]
    assert done.marked == 36
    assert set(told(done.path, "facilities")) == {"B4", "C4", "C5", "C6"}


def test_a_thread_is_left_alone(tmp_path):
    source = repacked(rich(tmp_path / "plain.xlsx"), tmp_path / "case.xlsx", lambda _,
                      data: data.replace(b"<author>Aigul</author>", b"<author>tc={1-2}</author>"))
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert told(done.path, "facilities")["B4"] == ("tc={1-2}", "mine")
    assert marks(done.path, "facilities") == [("B4 C5", "FFFFC7CE")]


def test_a_title_in_another_language_is_the_same_sheet(tmp_path):
    book = openpyxl.load_workbook(rich(tmp_path / "case.xlsx"))
    book["facilities"].title = "Объекты"
    book.save(tmp_path / "case.xlsx")
    done = annotate(tmp_path / "case.xlsx", tmp_path / "marked.xlsx", (COST,), "en")
    assert marks(done.path, "Объекты") == [("C5", "FFFFC7CE")]
    assert openpyxl.load_workbook(done.path)["#issues"]["B5"].hyperlink.location == "'Объекты'!C5"


def test_relations_that_are_declared_on_each_element(tmp_path):
    """Some programs declare the prefix of relations on every element that names one, not on the root of the part: a new
    sheet and a new drawing of comments declare theirs."""
    spaces = b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

    def change(name, data):
        if not name.startswith("xl/wor") or spaces not in data:
            return data
        return re.sub(rb"(<[A-Za-z]+)( [^<>]*\br:id=)", rb"\1" + spaces + rb"\2", data.replace(spaces, b"", 1))

    source = repacked(rich(tmp_path / "plain.xlsx"), tmp_path / "case.xlsx", change)
    with zipfile.ZipFile(source) as parts:
        assert spaces + b" " not in parts.read("xl/workbook.xml").partition(b"<sheets>")[0]
        assert parts.read("xl/workbook.xml").count(spaces) > 3
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert marks(done.path, "facilities") == marks(annotate(rich(tmp_path / "plain.xlsx"), tmp_path / "same.xlsx",
                                                            ISSUES, "en").path, "facilities")
    assert "C4" in told(done.path, "sources")
    assert openpyxl.load_workbook(done.path)["#issues"]["B5"].value == "facilities!C5"


# --- where it is better not changed -----------------------------------------------------------------------------------

def in_utf16(name, data):
    return data.decode().replace("UTF-8", "UTF-16").encode("utf-16") if name == "xl/styles.xml" else data


@pytest.mark.parametrize(("change", "why"), [
    (lambda name, data: data.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                     b"http://purl.oclc.org/ooxml/spreadsheetml/main"), "strict"),
    (lambda name, data: None if name == "xl/styles.xml" else data, "styles"),
    (in_utf16, "UTF-8"),
    (lambda name, data: data.replace(b"<cellXfs", b"<cellXxx").replace(b"</cellXfs", b"</cellXxx")
     if name == "xl/styles.xml" else data, "styles"),
    (lambda name, data: data[:-20] if name == "xl/worksheets/sheet2.xml" else data, "damaged"),
    (lambda name, data: data.replace(b"?>", b"?><!DOCTYPE a>", 1) if name == "xl/worksheets/sheet2.xml" else data,
     "document type"),
])
def test_a_workbook_of_issues_instead(tmp_path, change, why):
    source = repacked(rich(tmp_path / "plain.xlsx"), tmp_path / "case.xlsx", change)
    done = annotate(source, tmp_path / "marked.xlsx", ISSUES, "en")
    assert why in done.why.en
    assert done.why.ru != done.why.en
    page = openpyxl.load_workbook(done.path)["#issues"]
    assert [page.cell(row, 2).value for row in range(5, 9)] == ["facilities!C5", "facilities!B4", "sources!C4",
        "facilities!C5"]
    link = page.cell(5, 2).hyperlink
    assert f"{link.target}#{link.location}" in {"case.xlsx#'facilities'!C5",
                                                "case.xlsx#'facilities'!C5#None"} or link.target.endswith(
                                                "case.xlsx#'facilities'!C5")
    assert page.cell(7, 4).data_type == "s"


def test_a_signed_workbook_is_not_changed(tmp_path):
    source = rich(tmp_path / "case.xlsx")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", b"<Signature/>")
    assert "signed" in annotate(source, tmp_path / "marked.xlsx", ISSUES, "en").why.en


@pytest.mark.parametrize(("name", "why"), [("case", "its name has no ending such as .xlsx"),
                                           ("case.ods", "a file of the kind .ods")])
def test_a_file_of_another_kind_or_of_none(tmp_path, name, why):
    (tmp_path / name).write_bytes(b"not read")
    assert annotate(tmp_path / name, tmp_path / "marked.xlsx", (), "en").why.en == why


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_what_is_no_workbook(tmp_path, content):
    (tmp_path / "case.xlsx").write_bytes(content)
    done = annotate(tmp_path / "case.xlsx", tmp_path / "marked.xlsx",
                    (Issue("unreadable_file", value="case.xlsx", slots={"detail": "it is empty"}),), "en")
    assert done.why
    assert openpyxl.load_workbook(done.path)["#issues"]["G5"].value == "unreadable_file"


def test_a_folder_gets_a_workbook_of_issues_with_links_to_its_files(tmp_path):
    write_folder(minimal_tables(), tmp_path / "case")
    done = annotate(tmp_path / "case", tmp_path / "marked.xlsx", ISSUES, "en")
    assert "folder" in done.why.en
    page = openpyxl.load_workbook(done.path)["#issues"]
    assert page["B5"].hyperlink.target.replace("\\", "/") == "case/facilities.csv"


def test_issues_that_were_found_are_those_that_are_marked(tmp_path):
    """From the file to the marks: F2 costs a text, the source is of an unknown kind."""
    sheets = raw_minimal()
    sheets["facilities"][2][2] = "many"
    sheets["sources"][1][2] = "gift"
    source = rich(tmp_path / "case.xlsx", sheets)
    reading = read_all(source)
    issues = all_issues(reading.tables, reading.issues)
    done = annotate(source, tmp_path / "marked.xlsx", issues, "en")
    assert {"C5"} <= set(told(done.path, "facilities"))
    assert {"C4"} <= set(told(done.path, "sources"))
    assert isinstance(read(done.path)[0], Tables)


# --- bytes ------------------------------------------------------------------------------------------------------------

def test_texts_are_what_they_were():
    assert said("a<b & _x0041_ \x00 c\r\nd") == "a&lt;b &amp; _x005F_x0041_ ? c\nd"
    assert quoted('a"b\nc') == "a&quot;b c"


def test_places_of_elements():
    data = b'<?xml version="1.0"?><a:x y=">\'" ><b/><c>1</c></a:x>'
    root = tree(data)
    assert (root.prefix, root.name, root.attributes) == ("a:", "x", {"y": ">'"})
    assert [data[child.start: child.end] for child in root.children] == [b"<b/>", b"<c>1</c>"]


def test_a_patch_puts_in_and_takes_out():
    data = b"<x><b count='1'/><c>1</c></x>"
    root = tree(data)
    patch = Patch(data)
    patch.append(root.children[0], "<d/>")
    patch.attribute(root.children[0], "count", "2")
    patch.append(root.children[1], "2")
    patch.put(root.close, "<e/>")
    assert patch.done() == b'<x><b count="2"><d/></b><c>12</c><e/></x>'


def test_a_patch_does_not_change_a_place_twice():
    patch = Patch(b"<x><b/></x>")
    patch.replace(3, 7, "")
    patch.replace(5, 7, "")
    with pytest.raises(NotDone):
        patch.done()


@pytest.mark.parametrize(("ref", "cell"), [("A1", (1, 1)), ("$AA$10", (10, 27)), ("D14", (14, 4)), ("", (0, 0)),
                                           ("14", (0, 0)), ("D14:E15", (0, 0))])
def test_addresses(ref, cell):
    assert cell_of(ref) == cell
