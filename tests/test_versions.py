"""The commands diff and text from the outside: what they say, write and end with, and git with the set-up of the
docs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from jaryq.report.differences import LONGEST, apart, as_json, plain, text
from jaryq.tables.diff import differences
from jaryq.tables.values import Rejected
from jaryq.workbook.differences import write_differences
from jaryq.workbook.folder import write_folder
from jaryq.workbook.plan import NotWritten
from tests.sampled import exhaustive_beside
from tests.workbooks import grid_workbook, minimal_tables, plain_workbook

ROOT = Path(__file__).parents[1]
OLD = {"facilities": [{"facility": "F1", "name": "Boiler", "name_ru": "Котельная", "cost": 10.0, "must_do": True,
                       "year_built": 1979}, {"facility": "F2", "cost": 4.0, "note": "a" * 100 + "b"},
                      {"facility": "F3", "cost": 1.0}]}
NEW = {"facilities": [{"facility": "F9", "name": "=1+1", "cost": 2.5},
                      {"facility": "F2", "cost": "4,0", "note": "a" * 100 + "c"},
                      {"facility": "F1", "name": "Boiler", "name_ru": "Котельная", "cost": 12.5, "must_do": False,
                       "year_built": 1981}],
       "settings": [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
                    {"setting": "discount_rate", "value": "many"}]}


@pytest.fixture
def books(tmp_path):
    """The two workbooks."""
    for name, changes in (("old", OLD), ("new", NEW)):
        plain_workbook(minimal_tables(**changes), tmp_path / f"{name}.xlsx")
    return tmp_path / "old.xlsx", tmp_path / "new.xlsx"


@pytest.fixture
def run(run_apart):
    return run_apart


def said(lang="en", old=OLD, new=NEW):
    return text(differences(minimal_tables(**old), minimal_tables(**new)), "old.xlsx", "new.xlsx", lang)


# --- text -------------------------------------------------------------------------------------------------------------

def test_text():
    assert said()[:14] == [
        "old.xlsx -> new.xlsx: 5 row(s) differ on 2 sheet(s).",
        "",
        "settings (Settings): 1 changed",
        "  ~ discount_rate (row 6)",
        "      value  6.5 % -> “many” (unreadable)  [B6]",
        "",
        "facilities (Facilities): 2 changed, 1 added, 1 removed",
        "  ~ F1 Boiler (row 4 -> 6)",
        "      year_built  1979 -> 1981 (+2)  [G6]",
        "      cost        10 -> 12.5 bn KZT (+2.5, +25 %)  [C6]",
        "      must_do     yes -> no  [F6]",
        "  ~ F2 (row 5)",
        f"      note  …{'a' * 20}b -> …{'a' * 20}c  [D5]",
        "  + F9 =1+1 (row 4)",
    ]
    assert said()[14:] == ["      name  =1+1", "      cost  2.5 bn KZT", "  - F3 (row 6)", "      cost  1 bn KZT", "",
                           "! new: the value cannot be read; it is compared as text:",
                           "    settings!B6 many"]


def test_text_in_russian():
    lines = said("ru")
    assert lines[0] == "old.xlsx -> new.xlsx: строк с различиями 5, листов 2."
    assert "  ~ F1 Котельная (строка 4 -> 6)" in lines
    assert "      cost        10 -> 12,5 млрд тенге (+2,5, +25 %)  [C6]" in lines


def test_text_of_nothing():
    assert said(new=OLD) == ["No differences between old.xlsx and new.xlsx."]


def test_many_remarks_are_counted():
    old = {"facilities": [{"facility": f"F{i}", "cost": "x"} for i in range(8)]}
    assert said(old=old, new=old)[-7:] == [
        "! new: the value cannot be read; it is compared as text:",
        *(f"    facilities!B{row} x" for row in range(4, 9)), "    +3 more"]


def test_long_texts_are_cut_where_they_part():
    one, other = apart("x" * 50 + "1" + "y" * 50, "x" * 50 + "2" + "y" * 50)
    assert one != other
    assert len(one) <= LONGEST + 2
    assert apart("short", "other") == ("short", "other")
    assert apart("a" * 70, "") == ("a" * LONGEST + "…", "")


def test_json(run, books):
    code, out, _ = run("diff", *books, "--format", "json")
    assert code == 0
    found = json.loads(out)
    assert found["counts"] == {"changed": 3, "added": 1, "removed": 1}
    assert list(found["sheets"]) == ["settings", "facilities"]
    changed, second, added, removed = found["sheets"]["facilities"]
    assert (changed["change"], changed["key"], changed["name"], changed["old_row"], changed["new_row"],
            changed["by_position"]) == ("changed", {"facility": "F1"}, "Boiler", 4, 6, False)
    cost, must_do, year = ({k: cell[k] for k in ("column", "old", "new")}
                           for cell in sorted(changed["cells"], key=lambda cell: cell["column"]))
    assert (cost, must_do, year) == ({"column": "cost", "old": 10.0, "new": 12.5},
                                     {"column": "must_do", "old": True, "new": False},
                                     {"column": "year_built", "old": 1979, "new": 1981})
    assert all(re.fullmatch(r"[A-Z]+4", cell["old_cell"]) and re.fullmatch(r"[A-Z]+6", cell["new_cell"])
               for cell in changed["cells"])
    assert (added["change"], removed["change"], second["key"]) == ("added", "removed", {"facility": "F2"})
    assert found["sheets"]["settings"][0]["cells"][0]["new"] == {"unreadable": "many"}
    assert found["remarks"] == [{"kind": "unreadable", "file": "new", "sheet": "settings",
                                 "cell": found["remarks"][0]["cell"], "text": "many"}]


def test_json_of_nothing_is_json():
    found = as_json(differences(minimal_tables(), minimal_tables()), "a", "b")
    assert json.loads(json.dumps(found)) == {"old": "a", "new": "b", "counts": {"changed": 0, "added": 0, "removed": 0},
                                             "sheets": {}, "remarks": []}


# --- files ------------------------------------------------------------------------------------------------------------

def test_workbooks_and_folders(run, books, tmp_path):
    write_folder(minimal_tables(**OLD), tmp_path / "case")
    code, out, _ = run("diff", books[0], tmp_path / "case")
    assert code == 0
    assert out.startswith("No differences")
    assert run("diff", tmp_path / "case", books[1])[1].splitlines()[0].endswith("5 row(s) differ on 2 sheet(s).")


def test_files_that_cannot_be_compared(run, books, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert run("diff", books[0], tmp_path / "none.xlsx")[0] == 2
    code, out, err = run("diff", tmp_path / "broken.xlsx", books[0])
    assert (code, out) == (2, "")
    assert "broken.xlsx" in err


def test_inputs_with_issues_of_shape_are_compared(run, tmp_path):
    """A column and a sheet that are not read, be they one's own, are told; the rest is compared."""
    one = grid_workbook(tmp_path / "one.xlsx", facilities=[["facility", "cost", "colour"], ["F1", 1, "red"]])
    two = grid_workbook(tmp_path / "two.xlsx", facilities=[["facility", "cost"], ["F1", 2], ["F1", 3]],
                        wonders=[["wonder"], [1]])
    code, out, _ = run("diff", one, two)
    assert code == 0
    assert "cost  1 -> 2 bn KZT (+1, +100 %)  [B4]" in out
    assert "! old: this is not read" in out
    assert "facilities!C3 colour" in out
    assert "wonders" in out
    assert "! new: the key stands more than once" in out


# --- the workbook -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_workbook_of_differences(run, books, tmp_path, lang):
    (tmp_path / "out").mkdir()
    code, out, _ = run("diff", *books, "--out", tmp_path / "out" / "diff.xlsx", "--lang", lang)
    assert code == 0
    assert "diff.xlsx" in out
    book = openpyxl.load_workbook(tmp_path / "out" / "diff.xlsx")
    assert book.sheetnames == ["overview", "settings", "facilities"]
    overview = [[cell.value for cell in row] for row in book["overview"].iter_rows(min_row=4, max_row=5)]
    assert [row[0] for row in overview] == ["settings", "facilities"]
    assert [row[2:6] for row in overview] == [[1, 0, 0, 1], [2, 1, 1, 7]]
    assert book["overview"]["A4"].hyperlink.location == "'settings'!A1"
    page = book["facilities"]
    lines = {(row[1].value, row[3].value): row for row in page.iter_rows(min_row=4)}
    assert len(lines) == 7
    cost = lines["F1", "cost"]
    assert [cell.value for cell in cost[5:9]] == [10, 12.5, 2.5, 25]
    assert all(isinstance(cell.value, int | float) for cell in cost[5:9])
    assert cost[0].value == ("changed" if lang == "en" else "изменено")
    assert cost[2].value == ("Boiler" if lang == "en" else "Котельная")
    assert cost[9].value == ("bn KZT" if lang == "en" else "млрд тенге")
    assert (cost[10].hyperlink.target.replace("\\", "/"), cost[10].hyperlink.location) == ("../old.xlsx",
        f"'facilities'!{cost[10].value}")
    assert (cost[11].hyperlink.target.replace("\\", "/"), cost[11].hyperlink.location) == ("../new.xlsx",
        f"'facilities'!{cost[11].value}")
    assert [lines["F1", "must_do"][c].value for c in (5, 6)] == ["yes", "no"]
    name = lines["F9", "name"][6]
    assert (name.value, name.data_type) == ("=1+1", "s")  # a text, no formula
    assert lines["F3", "cost"][6].value is None
    remarks = [[cell.value for cell in row[:3]] for row in book["overview"].iter_rows(min_row=9, max_row=9)]
    assert remarks[0][1] == "many"
    assert remarks[0][2].startswith("settings!B")
    assert page.auto_filter.ref == "A3:L10"
    assert page.freeze_panes == "C4"


def test_the_links_lead_to_the_cells(run, books, tmp_path):
    assert run("diff", *books, "--out", tmp_path / "diff.xlsx")[0] == 0
    page = openpyxl.load_workbook(tmp_path / "diff.xlsx")["facilities"]
    for row in page.iter_rows(min_row=4):
        for value, link in ((row[5], row[10]), (row[6], row[11])):
            if link.value is not None:
                target = openpyxl.load_workbook(tmp_path / link.hyperlink.target)["facilities"][link.value]
                assert str(target.value).replace(",0", "") == str(value.value).removesuffix(".0")


def test_no_differences_make_a_workbook_too(tmp_path):
    found = differences(minimal_tables(), minimal_tables())
    assert write_differences(tmp_path / "diff.xlsx", found, tmp_path / "a.xlsx",
                             tmp_path / "b.xlsx") == tmp_path / "diff.xlsx"
    assert openpyxl.load_workbook(tmp_path / "diff.xlsx")["overview"]["A4"].value == "No differences."


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "a").write_text("a file")
    found = differences(minimal_tables(), minimal_tables())
    with pytest.raises(NotWritten):
        write_differences(tmp_path / "a" / "diff.xlsx", found, tmp_path, tmp_path)


def test_long_sheets_are_cut_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.workbook.differences.MOST_LINES", 3)
    monkeypatch.setattr("jaryq.workbook.differences.MOST_LINKED", 5)
    found = differences(minimal_tables(facilities=[]), minimal_tables(facilities=[{"facility": f"F{i}", "cost": 1.0}
        for i in range(5)]))
    write_differences(tmp_path / "diff.xlsx", found, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    page = openpyxl.load_workbook(tmp_path / "diff.xlsx")["facilities"]
    assert page.max_row == 7
    assert page["A7"].value.startswith("+2 more")
    assert page["L4"].hyperlink is not None
    assert page["L6"].hyperlink is None


# --- plain text, and git ----------------------------------------------------------------------------------------------

def test_plain_text():
    tables = minimal_tables(
        settings=[{"setting": "last_year", "value": 2028.0}, {"setting": "first_year", "value": "2026"}], sources=None,
        source_years=None,
        facilities=[{"facility": "F10", "cost": "12,5", "must_do": "да", "note": "two\nlines"},
                    {"facility": "F2", "cost": Rejected("#N/A")}, {"facility": None, "cost": 1},
                    {"facility": "F2", "cost": 3}],
        crews=[{"crew": "heat", "region": None, "2026": 2}, {"crew": "heat", "region": "KZ-10"}])
    assert list(plain(tables)) == [
        "settings | first_year | value = 2026",
        "settings | last_year | value = 2028",
        "facilities | (no key) | cost = 1",
        "facilities | F2 | cost =? #N/A",
        "facilities | F2 (2) | cost = 3",
        "facilities | F10 | cost = 12.5",
        "facilities | F10 | must_do = yes",
        "facilities | F10 | note = two\\nlines",
        "crews | heat / * | 2026 = 2",
        "crews | heat / KZ-10",
    ]


def test_plain_text_is_the_same_for_the_same_content(run, tmp_path):
    rows = [{"facility": f"F{i}", "cost": float(i), "name": "x"} for i in range(12)]
    for name, lang, order in (("one", "en", 1), ("two", "ru", -1)):
        plain_workbook(minimal_tables(facilities=rows[::order]), tmp_path / f"{name}.xlsx", lang)
    write_folder(minimal_tables(facilities=rows), tmp_path / "case")
    texts = [run("text", tmp_path / name)[1] for name in ("one.xlsx", "two.xlsx", "case")]
    assert texts[0] == texts[1] == texts[2]
    assert "facilities | F11 | cost = 11\n" in texts[0]
    assert str(tmp_path) not in texts[0]


def test_order_of_changes_is_seen_in_plain_text():
    rows = [{"scenario": "s", "sheet": "sources", "operation": name} for name in ("set", "add")]
    one, other = (list(plain(minimal_tables(scenario_changes=list(order)))) for order in (rows, rows[::-1]))
    assert sorted(one) == sorted(other)
    assert one != other


def test_text_of_files_that_are_no_workbook(run, tmp_path):
    """Git stops at a converter that fails, so only a file that is not there is an error."""
    (tmp_path / "old.xlsx").write_bytes(b"no workbook")
    code, out, _ = run("text", tmp_path / "old.xlsx")
    assert code == 0
    assert out.startswith("# other_format |")
    assert run("text", tmp_path / "none.xlsx")[0] == 2


@exhaustive_beside("test_plain_text_is_the_same_for_the_same_content")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_shows_the_difference_with_the_set_up_of_the_docs(tmp_path):
    """The two lines are taken from docs/compare.md as they stand there, with this Python in place of the one in
    .venv."""
    page = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    (attributes,) = re.findall(r"^\*\.xlsx diff=jaryq$", page, re.MULTILINE)
    (command,) = re.findall(r"^git config diff\.jaryq\.textconv \"(.*)\"$", page, re.MULTILINE)
    command = command.replace(".venv/bin/python", f"'{sys.executable}'").replace("run.py", f"'{ROOT / 'run.py'}'")
    environment = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path),
                   "PATH": str(Path(shutil.which("git")).parent) + ":/usr/bin:/bin"}

    def git(*arguments):
        done = subprocess.run(["git", *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True,
                              encoding="utf-8", timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    git("init", "-q")
    (tmp_path / ".gitattributes").write_text(attributes + "\n")
    git("config", "diff.jaryq.textconv", command)
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    git("add", "case.xlsx")
    plain_workbook(minimal_tables(facilities=[{"facility": "F1", "name": "Boiler house", "cost": 13.0, "must_do": True,
                                               "data_status": "estimate"},
                                            {"facility": "F2", "name": "Substation", "cost": 7.0, "works_months": 18.0,
                                             "data_status": "reported"}]), tmp_path / "case.xlsx")
    shown = [line for line in git("diff", "-U0").splitlines() if re.match(r"[+-][^+-]", line)]
    assert shown == ["-facilities | F1 | cost = 12.5", "+facilities | F1 | cost = 13"]
