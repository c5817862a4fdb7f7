"""Workbooks whose parts have odd names, references or encodings: Excel opens them, so they are read, as the usual form
of them is."""

import re
import zipfile

import pytest
import xlsxwriter

from jaryq.tables.typed import typed
from jaryq.workbook.read import read
from tests.workbooks import grid_workbook, minimal_tables, raw_minimal, same


def repacked(path, edits, rename=lambda name: name):
    """The workbook with the bytes of some parts changed (None: without the part), and other names of parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, edit in edits.items():
        made = edit(parts.pop(name))
        if made is not None:
            parts[name] = made
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(rename(name), content)
    return path


def replaced(old, new):
    def edit(content):
        assert old in content
        return content.replace(old, new)
    return edit


def moved(name):
    return {"xl/workbook.xml": "book/Main.xml", "xl/_rels/workbook.xml.rels": "book/_rels/Main.xml.rels"}.get(name,
        name)


def in_utf_16(content):
    return re.sub("encoding=.UTF-8.", 'encoding="UTF-16"', content.decode()).encode("utf-16")


def in_cp1251(content):
    return b'<?xml version="1.0" encoding="windows-1251"?>' + content.decode().partition("?>")[2].encode(
        "cp1251") if content.startswith(b"<?xml") else (
        b'<?xml version="1.0" encoding="windows-1251"?>' + content.decode().encode("cp1251"))


RELS = "xl/_rels/workbook.xml.rels"

BOOKS = {
    "letter case of parts": ({}, lambda name: name.replace("workbook.xml", "Workbook.XML").replace("xl/",
    "XL/").replace("sheet1", "SHEET1")),
    "backslashes": ({}, lambda name: name.replace("/", "\\")),
    "a slash before every part": ({}, lambda name: "/" + name),
    "absolute targets": ({RELS: lambda content: re.sub(rb'Target="/?(?:xl/)?', b'Target="/xl/', content)},),
    "targets with backslashes": ({RELS: lambda content: content.replace(b"worksheets/", b"worksheets\\")},),
    "targets from above": ({RELS: lambda content: re.sub(rb'Target="/?(?:xl/)?', b'Target="./../xl/', content)},),
    "another main part": ({"_rels/.rels": replaced(b"xl/workbook.xml", b"book/Main.xml"),
                           RELS: lambda content: re.sub(rb'Target="/?(?:xl/)?', b'Target="../xl/', content)}, moved),
    "another name of the texts": ({RELS: replaced(b"sharedStrings.xml", b"texts1.xml")},
                                  lambda name: name.replace("sharedStrings.xml", "texts1.xml")),
    "another name of the formats": ({RELS: replaced(b"styles.xml", b"look.xml")},
                                    lambda name: name.replace("xl/styles.xml", "xl/look.xml")),
    "a sheet in UTF-16": ({"xl/worksheets/sheet2.xml": in_utf_16},),
    "the workbook in UTF-16": ({"xl/workbook.xml": in_utf_16},),
    "the texts in UTF-16": ({"xl/sharedStrings.xml": in_utf_16},),
    "relations in UTF-16": ({RELS: in_utf_16},),
    "a sheet in cp1251": ({"xl/worksheets/sheet2.xml": in_cp1251},),
    "a mark before UTF-8": ({"xl/worksheets/sheet2.xml": lambda content: b"\xef\xbb\xbf" + content},),
    "no list of types": ({"[Content_Types].xml": lambda content: None},),
}


def texts_apart(path):
    """The minimal workbook as Excel writes it: texts in a part of their own."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in raw_minimal().items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows, start=2):
                page.write_row(number, 0, ["yes" if value is True else value for value in row])
    return path


@pytest.mark.parametrize("name", BOOKS)
def test_odd_parts(tmp_path, name):
    path = repacked(texts_apart(tmp_path / "case.xlsx"), *BOOKS[name])
    tables, issues = read(path)
    assert [issue.say() for issue in issues] == []
    assert same(typed(tables)[0], typed(minimal_tables())[0])


def test_percent_formats_are_found_under_another_name(tmp_path):
    path = grid_workbook(tmp_path / "case.xlsx", sources=[["source_id", "name", "kind", "keep"],
                                                          ["S1", "Budget", "budget", (0.5, "0%")]])
    repacked(path, *BOOKS["another name of the formats"])
    assert typed(read(path)[0])[0]["sources"].frame["keep"].tolist() == [50]


@pytest.mark.parametrize("drop", [{"xl/styles.xml": lambda content: None},
                                  {"xl/styles.xml": lambda content: None,
                                   RELS: lambda content: re.sub(rb'<Relationship [^>]*styles[^>]*/>', b"", content)}])
def test_a_workbook_without_formats(tmp_path, drop):
    tables, issues = read(repacked(texts_apart(tmp_path / "case.xlsx"), drop))
    assert issues == []
    assert same(typed(tables)[0], typed(minimal_tables())[0])


def test_a_workbook_without_its_texts_is_damaged(tmp_path):
    """Cells refer to texts that are nowhere: blank they must not be."""
    tables, issues = read(repacked(texts_apart(tmp_path / "case.xlsx"), {"xl/sharedStrings.xml": lambda content: None}))
    assert tables.sheets == {}
    assert [issue.code for issue in issues] == ["unreadable_file"]


def test_names_that_differ_in_slashes_only_are_one_part(tmp_path):
    path = texts_apart(tmp_path / "case.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl\\workbook.xml", "<a/>")
    assert [issue.code for issue in read(path)[1]] == ["unsafe_file"]
