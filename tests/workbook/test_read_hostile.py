"""Files made to harm: refused or read in bounded memory and time. Those that could fill the memory run in a process of
their own that has little."""

import io
import json
import random
import resource
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from jaryq.tables.fault import near
from jaryq.tables.typed import typed
from jaryq.workbook.folder import write_folder
from jaryq.workbook.package import DEEPEST
from jaryq.workbook.read import read
from tests.workbooks import edit_parts, grid_workbook, minimal_tables, ods_workbook, raw_minimal

ROOT = Path(__file__).parents[2]


def told(issues):
    return [(issue.code, f"{issue.sheet}!{issue.cell}", issue.value) for issue in issues]


def assert_refused(path, code, *words, place="!"):
    tables, issues = read(path)
    assert tables.sheets == {}
    assert told(issues) == [(code, place, path.name)]
    assert all(word in issues[0].say("en") for word in words), issues[0].say("en")
    assert issues[0].say("ru") != issues[0].say("en")


def children() -> float:
    """Processor seconds of the processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_in_little_memory(path, megabytes=900, seconds=20):
    """Codes of issues, sheets and rows of a file, read by a process that may use so much memory and time."""
    code = textwrap.dedent("""
        import json, resource, sys
        limit = int(sys.argv[2]) << 20
        from jaryq.tables.typed import typed
        from jaryq.workbook.read import read
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        tables, issues = read(sys.argv[1])
        tables, more = typed(tables)
        print(json.dumps([[i.code for i in (*issues, *more)],
                          {name: len(table) for name, table in tables.sheets.items()}]))
    """)
    begun = children()
    done = subprocess.run([sys.executable, "-c", code, str(path), str(megabytes)], cwd=ROOT, capture_output=True,
                          text=True, timeout=3 * seconds, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert children() - begun < seconds
    codes, rows = json.loads(done.stdout)
    return codes, rows


def write_zip(path, parts, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- the archive ------------------------------------------------------------------------------------------------------

def test_a_zip_bomb_by_its_ratio(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx")
    parts = parts_of(path)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>",
        b"</sheetData>" + b" " * 20_000_000)
    write_zip(path, parts)
    assert path.stat().st_size < 100_000
    assert_refused(path, "unsafe_file", "sheet1.xml unpacks to", "times its size")


def test_a_workbook_that_unpacks_to_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.workbook.package.LARGEST", 1000)
    assert_refused(grid_workbook(tmp_path / "case.xlsx"), "too_large", "unpacks to more than")


def test_a_file_too_large_to_open(tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.workbook.file.LARGEST_FILE", 1000)
    assert_refused(grid_workbook(tmp_path / "case.xlsx"), "too_large", "larger than")


def test_parts_that_overlap(tmp_path):
    """Many names for the same packed bytes: each is small, all together are not."""
    path = grid_workbook(tmp_path / "case.xlsx")
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        first, second = infos[0], infos[1]
    raw = bytearray(path.read_bytes())
    central = raw.rindex(second.filename.encode()) - 46
    raw[central + 42:central + 46] = first.header_offset.to_bytes(4, "little")
    path.write_bytes(raw)
    assert_refused(path, "unsafe_file", "overlap")


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.XML", "xl/sharedstrings.XML"])
def test_a_part_that_stands_twice(tmp_path, name):
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("settings").write(2, 0, "setting")
    with zipfile.ZipFile(path, "a") as archive:
        if name in archive.namelist():
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(name, "<a/>")
        else:
            archive.writestr(name, "<a/>")
    assert_refused(path, "unsafe_file", "holds a part twice")


def test_parts_without_number(tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.workbook.package.MOST_PARTS", 5)
    assert_refused(grid_workbook(tmp_path / "case.xlsx"), "unsafe_file", "parts")


def test_a_part_packed_in_another_way(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx")
    parts = parts_of(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert_refused(path, "unsafe_file", "unusual method")


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_longer_than_it_says(tmp_path, part):
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("settings").write_column(2, 0, [f"text {number}" for number in range(500)])
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(part).file_size
    central = raw.rindex(part.encode()) - 46
    assert int.from_bytes(raw[central + 24:central + 28], "little") == size
    raw[central + 24:central + 28] = (100).to_bytes(4, "little")
    path.write_bytes(raw)
    assert_refused(path, "unreadable_file", "damaged")


def test_a_zip_within_a_zip_is_never_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    path = grid_workbook(tmp_path / "case.xlsx")
    write_zip(path, parts_of(path) | {"xl/embeddings/inner.zip": inner.getvalue()})
    assert read(path)[1] == []


# --- XML --------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("doctype", [
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://localhost:9/p"> %p;]>'])
@pytest.mark.parametrize("part", ["sheet1_xml", "workbook_xml", "styles_xml"])
def test_entities(tmp_path, doctype, part):
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"), **{part: lambda text: doctype + text})
    tables, issues = read(path)
    assert tables.sheets == {}
    # a declaration before an XML head is damage
    assert [issue.code for issue in issues] in (["unsafe_file"], ["unreadable_file"])


def test_entities_of_an_open_document(tmp_path):
    doctype = '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    path = edit_parts(ods_workbook(tmp_path / "case.ods"), content_xml=lambda text: text.replace("?>", doctype,
        1).replace("Boiler house", "&e;"))
    assert_refused(path, "unsafe_file", "document type definition")


def test_elements_without_end(tmp_path):
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"),
                      sheet1_xml=lambda text: text.replace("<sheetData>", "<a>" * (DEEPEST + 200_000) + "<sheetData>"))
    assert [issue.code for issue in read(path)[1]] == ["unsafe_file"]


def test_a_name_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.workbook.package.LONGEST_TOKEN", 1 << 20)
    junk = "".join(random.Random(1).choices("abcdefghij", k=3_000_000))
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"),
                      sheet1_xml=lambda text: text.replace("<sheetData>", f'<x a="{junk}"/><sheetData>'))
    assert [issue.code for issue in read(path)[1]] == ["unsafe_file"]


# --- sheets -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("row", ["1048576", "20"])  # a cell may contradict its row; calamine believes the cell
def test_a_stray_value_far_away(tmp_path, row):
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"), sheet1_xml=lambda text: text.replace(
        "</sheetData>", f'<row r="{row}"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    assert_refused(path, "too_large", "1048576 rows by 16384 columns", "Delete stray values",
                   place="settings!XFD1048576")


@pytest.mark.exhaustive
def test_a_stray_value_in_the_last_row_of_a_narrow_sheet_is_read(tmp_path):
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx"), sheet2_xml=lambda text: text.replace(
        "</sheetData>", '<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'))
    codes, rows = read_in_little_memory(path)
    assert codes == ["missing_value"]
    assert rows["facilities"] == 3


@pytest.mark.exhaustive
def test_a_million_blank_rows_with_formats(tmp_path):
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        form = book.add_format({"bg_color": "#FFFF00"})
        for name, rows in raw_minimal().items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows, start=2):
                page.write_row(number, 0, row)
            if name == "facilities":
                for number in range(10, 1_048_576):
                    page.write_blank(number, 0, None, form)
                    page.write_blank(number, 1, None, form)
    codes, rows = read_in_little_memory(path)
    assert codes == []
    assert rows["facilities"] == 2


def test_a_million_repeated_rows_of_an_open_document(tmp_path):
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    path = ods_workbook(tmp_path / "case.ods", raw={"regions": '<table:table-row '
        f'table:number-rows-repeated="1048576">{cell}</table:table-row>'})
    assert_refused(path, "too_large", "1048576 rows by 16384 columns", place="regions!XFD1048576")


def test_a_text_repeated_without_end_in_an_open_document(tmp_path):
    cell = (
        '<table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="10"><text:p>{"x" * 3000}</text:p></table:table-cell>')
    path = ods_workbook(tmp_path / "case.ods", raw={"regions": '<table:table-row '
        f'table:number-rows-repeated="100000">{cell}</table:table-row>'})
    assert_refused(path, "too_large", "268 million characters", place="regions!")


@pytest.mark.exhaustive
def test_a_long_text_in_very_many_cells(tmp_path):
    """One shared text of 30,000 letters, used in 200,000 cells: six thousand million letters."""
    path = tmp_path / "case.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("facilities")
        for number in range(20_000):
            for place in range(10):
                page.write_string(number, place, "x" * 30_000)
    assert path.stat().st_size < 3_000_000
    assert read_in_little_memory(path)[0] == ["too_large"]


def test_a_text_longer_than_a_cell_may_hold(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", facilities=[["facility", "note"], ["F1", "MARK"]])
    edit_parts(path, _xml=lambda text: text.replace("MARK", "x" * 40_000))
    tables, issues = read(path)
    assert [(issue.code, issue.cell, len(issue.value) < 1000) for issue in issues] == [("text_too_long", "B4", True)]
    assert "40000 characters; a cell holds 32767" in issues[0].say("en")
    assert typed(tables)[1] == []


def test_sixteen_thousand_unknown_headings(tmp_path):
    headings = ["facility", *(f"whatever {number}" for number in range(16_000))]
    begun = time.process_time()
    issues = read(grid_workbook(tmp_path / "case.xlsx", facilities=[headings, ["F1"]]))[1]
    assert len(issues) == 16_000
    assert time.process_time() - begun < 10


def test_the_nearest_name_of_a_huge_text_is_not_looked_for():
    begun = time.process_time()
    assert near("x" * 5_000_000, ["facility", "cost"]) == ""
    assert time.process_time() - begun < 1


def test_numbers_without_end(tmp_path):
    rows = [["facility", "cost"], ["F1", "1" * 30_000], ["F2", "1 234" * 6_000], ["F3", "-" * 30_000],
            ["F4", "1,5 " + "млрд " * 5_000]]
    begun = time.process_time()
    found = typed(read(grid_workbook(tmp_path / "case.xlsx", facilities=rows))[0])[1]
    assert [(issue.code, issue.cell) for issue in found] == [
        ("wrong_type", "B4"), ("wrong_type", "B5"), ("wrong_type", "B6"), ("words_beside_number", "B7")]
    assert all(len(issue.say("en")) < 400 for issue in found)
    assert time.process_time() - begun < 5


def test_ten_thousand_merged_areas_over_each_other(tmp_path):
    rows = [["facility", "owner"], *([f"F{number}", "x"] for number in range(2000))]
    areas = "".join(f'<mergeCell ref="B4:B{2003 - number % 500}"/>' for number in range(30_000))
    path = edit_parts(grid_workbook(tmp_path / "case.xlsx", facilities=rows),
                      sheet2_xml=lambda text: text.replace("</sheetData>",
                                                           f"</sheetData><mergeCells>{areas}</mergeCells>"))
    begun = time.process_time()
    assert {issue.code for issue in read(path)[1]} >= {"merged_cells"}
    assert time.process_time() - begun < 20


# --- texts that would run as formulas ---------------------------------------------------------------------------------

RUNS = ("=1+1", "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1", "''@x", "'plain", "=", "-", "plain")


def test_csv_files_hold_no_text_that_runs_as_a_formula(tmp_path):
    rows = [{"facility": f"F{number}", "name": text, "note": text, "savings": -5.0} for number, text in enumerate(RUNS)]
    write_folder(minimal_tables(facilities=rows), tmp_path / "case")
    text = (tmp_path / "case" / "facilities.csv").read_text("utf-8")
    fields = [field.strip('"') for line in text.splitlines()[1:] for field in line.split(",")]
    assert [field for field in fields if field[:1] in ("=", "+", "@", "\t")
            or (field[:1] == "-" and field != "-5")] == []
    tables, issues = read(tmp_path / "case")
    assert issues == []
    frame = tables["facilities"].frame
    assert dict(zip(frame["facility"], frame["name"], strict=True)) == {f"F{number}": text.strip()
        for number, text in enumerate(RUNS)}
    assert tables["facilities"].frame["savings"].tolist() == [-5.0] * len(RUNS)


# --- chance -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("seed", range(40))
def test_damaged_open_documents_never_raise(tmp_path, seed):
    chance = random.Random(seed)
    marks = ["<", "&x;", "", '"', 'table:number-rows-repeated="-5"', 'table:number-columns-repeated="x"',
             'office:value="1e999"', "<table:table>"]

    def damage(text):
        place = chance.randrange(len(text))
        return text[:place] + chance.choice(marks) + text[place + chance.randrange(4):]
    path = edit_parts(ods_workbook(tmp_path / "case.ods"), content_xml=damage)
    for issue in read(path)[1]:
        assert issue.say("en")

