"""Old and binary workbooks (.xls, .xlsb), made by LibreOffice and by SheetJS: see files/make.py. What they hold follows
from there."""

import random
import shutil
import struct
import time
import zipfile
from pathlib import Path

import pytest

from jaryq.base.text import LANGS
from jaryq.tables.typed import typed
from jaryq.workbook.read import read

FILES = Path(__file__).with_name("files")
FORMS = ("case.xls", "case.xlsb")


@pytest.mark.parametrize("name", FORMS)
def test_what_is_read_and_what_is_told(name):
    tables, issues = read(FILES / name)
    assert [(issue.code, issue.sheet, issue.cell, issue.value) for issue in issues] == [
        ("binary_form", "", "", name), ("merged_filled", "facilities", "C4", "Astana"),
        ("error_in_remark", "facilities", "E4", "#DIV/0!"), ("hidden_rows", "facilities", "A6", "")]
    done, more = typed(tables)
    assert more == []
    assert done["facilities"].frame[["facility", "name", "owner", "cost"]].to_numpy().tolist() == [
        ["F1", "Котельная", "Astana", 12.5], ["F2", "Substation", "Astana", 7.0], ["F3", "ЖЭО", "x", 1e-7]]
    assert done["sources"].frame["keep"].tolist() == [50.0]  # 0.5 in a percent format
    assert done["source_years"].frame[["2026", "2027", "2028"]].to_numpy().tolist() == [[10.0, 10.0, 0.0]]
    assert dict(zip(done["settings"].frame["setting"], done["settings"].frame["value"],
                    strict=True)) == {"first_year": 2026, "last_year": 2028, "discount_rate": 6.5}


@pytest.mark.parametrize("name", FORMS)
def test_the_note_says_what_is_not_checked(name):
    note = read(FILES / name)[1][0]
    assert note.severity == "note"
    assert "this is not checked: parts of a text that are struck out or raised, links to other workbooks" in note.say()
    assert len({note.say(lang) for lang in LANGS}) >= 2


@pytest.mark.parametrize("name", ["units.xls", "units.xlsb"])
def test_units_in_number_formats_are_compared_with_those_of_the_columns(name):
    """$ beside bn KZT and years beside months stop, the sign of the tenge (whose size a format may leave out) does
    not."""
    tables, issues = read(FILES / name)
    assert [issue.code for issue in issues if issue.severity == "stop"] == []
    told = [(issue.code, issue.cell, issue.slots["found"]) for issue in typed(tables)[1] if issue.severity == "stop"]
    assert told == [("unit_in_format", "B4", "$"), ("unit_in_format", "C4", "лет")]


def test_struck_out_rows_are_told(tmp_path):
    """F3 of units.xls; in .xlsb the bit of the only font (record 43, bit 3 of the flags behind its height)."""
    assert [(issue.cell, issue.slots["count"]) for issue in read(FILES / "units.xls")[1]
            if issue.code == "struck_rows"] == [("A6", 1)]

    def strike(data):
        place = data.index(b"\x2b", data.index(b"\xe3\x04"))  # behind the beginning of the fonts (611)
        return data[:place + 4] + bytes([data[place + 4] | 8]) + data[place + 5:]
    path = with_part(tmp_path / "units.xlsb", FILES / "units.xlsb", strike, "xl/styles.bin")
    found = [(issue.sheet, issue.cell, issue.slots["count"]) for issue in read(path)[1] if issue.code == "struck_rows"]
    assert ("facilities", "A4", 3) in found


def test_the_form_is_told_by_the_content(tmp_path):
    for name in FORMS:
        shutil.copy(FILES / name, tmp_path / "case.xlsx")
        assert read(tmp_path / "case.xlsx")[1][0].code == "binary_form"


def with_part(path, source, change, part="xl/worksheets/sheet2.bin"):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return path


def test_a_stray_value_far_away_is_refused_before_it_fills_the_memory(tmp_path):
    """A row header (0) of the last row and a number (5) in the last column before the end of the rows (146)."""
    row = bytes([0, 17]) + struct.pack("<I", 1_048_575) + bytes(13)
    cell = bytes([5, 16]) + struct.pack("<IId", 16_383, 0, 1.0)
    path = with_part(tmp_path / "case.xlsb", FILES / "case.xlsb",
                     lambda data: data.replace(b"\x92\x01\x00", row + cell + b"\x92\x01\x00"))
    assert [(issue.code, issue.cell) for issue in read(path)[1]] == [("too_large", "XFD1048576")]


def test_a_password_on_an_old_workbook(tmp_path):
    """The record FILEPASS (2F) in place of the first one behind the beginning of the workbook."""
    raw = bytearray((FILES / "case.xls").read_bytes())
    begin = raw.index(bytes.fromhex("09081000"))
    raw[begin + 20:begin + 22] = b"\x2f\x00"
    (tmp_path / "case.xls").write_bytes(raw)
    assert [issue.code for issue in read(tmp_path / "case.xls")[1]] == ["protected_file"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("seed", range(20))
def test_damaged_ones_never_raise(tmp_path, name, seed):
    """Bytes changed, taken out or put in; for .xlsb in its parts, so that the archive stays whole."""
    chance = random.Random(seed)

    def damage(data):
        raw = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(raw))
            raw[place:place + chance.choice((0, 1, 1, 4))] = chance.choice((b"", b"\0", b"\xff\xff", b"\x7f",
                b"\xff\xff\xff\x7f"))
        return bytes(raw)

    if name == "case.xls":
        (tmp_path / name).write_bytes(damage((FILES / name).read_bytes()))
    else:
        part = chance.choice(("xl/workbook.bin", "xl/worksheets/sheet1.bin", "xl/worksheets/sheet2.bin",
                              "xl/sharedStrings.bin", "xl/styles.bin"))
        with_part(tmp_path / name, FILES / name, damage, part)
    begun = time.process_time()
    tables, issues = read(tmp_path / name)
    assert tables.sheets or issues
    assert all(issue.say() for issue in issues)
    assert time.process_time() - begun < 2
