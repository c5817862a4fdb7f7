"""Encodings and separators of CSV files: what people save from Excel, LibreOffice and editors."""

import pytest

from jaryq.sheets.inputs import INPUT
from jaryq.workbook.csv_text import Undecodable, decoded, separator
from jaryq.workbook.folder import write_folder
from jaryq.workbook.read import read
from tests.workbooks import minimal_tables

TEXT = "facility,name\nF1,Котельная № 3 «Север»\nF2,ТЭЦ-2 Алматы\n"


@pytest.mark.parametrize(("raw", "encoding"), [
    (TEXT.encode(), ""), (TEXT.encode("utf-8-sig"), ""), (TEXT.encode("utf-16"), "UTF-16"),
    (TEXT.encode("utf-16-le"), "UTF-16"),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"), (TEXT.encode("utf-16-be"), "UTF-16"),
    (TEXT.encode("cp1251"), "cp1251"),
    (TEXT.encode("utf-32"), "UTF-32"), (b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"), "UTF-32")])
def test_encodings(raw, encoding):
    assert decoded(raw) == (TEXT, encoding)


@pytest.mark.parametrize(("raw", "line", "byte"), [
    ("facility,name\nF1,Zürich\n".encode("cp1252"), 2, 5),  # in cp1251 it would be Zьrich
    ("facility,name\nF1,x\nF2,Котельная\n".encode("cp866"), 3, 4),
    ("facility,name\nF1,Котельная Север\n".encode("koi8-r"), 2, 4),  # in cp1251 it would be лПФЕМШОБС
    (TEXT.encode().replace("Алматы".encode(), "Алматы".encode()[1:]), 3, 13),  # "F2," 3 bytes, "ТЭЦ" 6, "-2 " 3
    (TEXT.encode("utf-8-sig") + b"\xff\n", 4, 1),
    # half of the last line break; before it 12 bytes and 6 letters of two, as UTF-8 counts
    (TEXT.encode("utf-16")[:-1], 3, 25),
    ("facility,name\nF1,東京\n".encode("shift_jis"), 2, 4),
    (b"facility,name\nF1,x\x00y\n", 2, 5),  # no text holds a zero
])
def test_what_is_in_no_encoding_has_its_place(raw, line, byte):
    with pytest.raises(Undecodable) as caught:
        decoded(raw)
    assert f"line {line}, byte {byte} " in caught.value.detail.en
    assert f"строка {line}, байт {byte} " in caught.value.detail.ru


@pytest.mark.parametrize(("text", "mark"), [
    ("facility;name;Overnight cost, bn KZT;works_months\nA;x;5;12\n", ";"),
    ("A plan, made by us, for you, and others\nfacility;name;cost\nA;x;5\n", ";"),
    ('"facility, of a region"\tname\tcost\nA\tx\t5\n', "\t"),
    ("facility|name|cost\nA|a, b; c|5\n", "|"),
    ('facility,name,cost\n"A;1;2;3;4","x;y;z",5\n', ","),
    ('facility;"name\nof, it, all";cost\n', ";"),
    ("facility\nA\n", ","), ("", ","),
])
def test_the_separator_is_the_one_that_makes_headings(text, mark):
    assert separator(text, INPUT["facilities"]) == mark


def test_a_sheet_without_fixed_headings_has_the_separator_of_most_lines():
    free = next(sheet for sheet in INPUT.values() if sheet.free)
    assert separator("topic;text\na;b, c, d\ne;f\n", free) == ";"


@pytest.mark.parametrize(("text", "cost"), [("sep=;\r\nfacility;cost\r\nF1;12,5\r\n", 12.5),
                                            ("facility\tcost\nF1\t12.5\n", 12.5)])
def test_numbers_of_each_form(tmp_path, text, cost):
    write_folder(minimal_tables(), tmp_path)
    (tmp_path / "facilities.csv").write_bytes(text.encode("utf-16"))
    tables, issues = read(tmp_path)
    assert [issue.code for issue in issues] == ["other_encoding"]
    assert tables["facilities"].frame["cost"].tolist() == [cost]


def test_messages_name_the_lines_of_the_file(tmp_path):
    """A CSV file has its headings in line 1; a comma in one of them is none between fields."""
    write_folder(minimal_tables(), tmp_path)
    (tmp_path / "facilities.csv").write_text('facility;name;"Overnight cost,\nbn KZT"\nF1;"two\nlines";abc\n', "utf-8")
    (tmp_path / "source_years.csv").write_text("2026;2027\n10;10\n", "utf-8")
    issues = read(tmp_path)[1]
    assert [issue.code for issue in issues] == ["repaired_heading", "missing_column"]
    assert "headed “source_id” in row 1" in issues[1].say()
