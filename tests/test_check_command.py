"""The command ``check``: groups, lines for people in both languages, JSON, GitHub and JUnit for machines, a marked
copy."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from jaryq.base.issues import Issue
from jaryq.base.junit import Entry, junit
from jaryq.commands.check.formats import as_github, as_json, as_junit
from jaryq.commands.check.groups import grouped
from jaryq.commands.check.text import lines, summed
from jaryq.commands.cli import main
from jaryq.workbook.inputs import write_inputs
from tests.workbooks import minimal_tables, plain_workbook


def wrong(row, value="x"):
    return Issue("wrong_type", "facilities", f"C{row}", "cost", value, {"what": "a number"})


def low(row, limit):
    return Issue("value_below_minimum", "sources", f"D{row}", "envelope", "-1", {"limit": limit, "unit": "bn"})


def unknown(row, hint):
    return Issue("unknown_reference", "networks", f"B{row}", "asset_type", "pip",
                 {"target": "asset_types", "hint": hint})


ODD = Issue("duration_unusual", "sources", "F4", "tenor", "84",
            {"unit": "years", "other": "months", "odd": "longer", "usual": "0-50"}, "low")
NOTE = Issue("tariff_without_projects", "tariffs", "B4", "sector", "water")
MANY = [NOTE, *(wrong(row) for row in range(4, 24)), ODD, low(4, 0), low(5, 2), unknown(4, ""),
        unknown(5, " (did you mean “pipe”?)")]


# --- groups and lines -------------------------------------------------------------------------------------------------

def test_groups_stops_first_then_in_the_order_of_the_sheets():
    found = [(group.severity, group.place, len(group.issues)) for group in grouped(MANY)]
    assert found == [("stop", "facilities cost", 20), ("stop", "networks asset_type", 2),
                     ("stop", "sources envelope", 2), ("surprise", "sources tenor", 1),
                     ("note", "tariffs sector", 1)]


def test_rule_and_remedy_once_five_cells_and_how_many_more():
    said = lines(MANY, "en")
    assert said[:7] == [
        "stop: facilities cost, 20 cells: expected a number. Enter a number.",
        "  facilities!C4: x", "  facilities!C5: x", "  facilities!C6: x", "  facilities!C7: x", "  facilities!C8: x",
        "  +15 more: C9, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, ...",
    ]


def test_where_the_rule_or_the_remedy_differs_each_cell_has_its_own():
    said = lines(MANY, "en")
    assert said[7:10] == [
        "stop: networks asset_type, 2 cells: asset_types has no such row.",
        "  networks!B4: pip. Use a key that stands in asset_types, or add the row there.",
        "  networks!B5: pip. Use a key that stands in asset_types (did you mean “pipe”?), or add the row there.",
    ]
    assert said[10:13] == [
        "stop: sources envelope, 2 cells:",
        "  sources!D4: -1 - at least 0 bn is allowed. Enter 0 or more.",
        "  sources!D5: -1 - at least 2 bn is allowed. Enter 2 or more.",
    ]


def test_a_group_of_one_is_one_line_and_names_its_scenario():
    assert lines(MANY, "en")[13].startswith("surprise: sources!F4 tenor (low): 84 - the column is in years")


def test_the_same_in_russian_and_other_languages_fall_back():
    said = lines(MANY, "ru")
    assert said[0] == "стоп: facilities cost, ячеек: 20: ожидается a number. Введите a number."
    assert said[6].startswith("  ещё 15: C9")
    assert lines(MANY, "kk")[0].startswith("стоп")
    assert lines(MANY, "ja")[0].startswith("stop")


@pytest.mark.parametrize(("issues", "annotated", "said"), [
    (MANY, False, ["case.xlsx: 24 issue(s) stop the run, 1 surprise(s), 1 note(s).",
                   "Next: correct what stops the run, save, and check again; "
                   "--annotate COPY marks the cells in a copy."]),
    (MANY, True, ["case.xlsx: 24 issue(s) stop the run, 1 surprise(s), 1 note(s).",
                  "Next: correct what stops the run, save, and check again."]),
    ([ODD], False, ["case.xlsx: nothing stops a plan; 1 surprise(s).",
                    "Next: look at the surprises and correct what is not meant; then plan case.xlsx."]),
    ([NOTE], False, ["case.xlsx: nothing stops a plan; 1 note(s).", "Next: plan case.xlsx."]),
    ([], False, ["case.xlsx: nothing stops a plan.", "Next: plan case.xlsx."]),
])
def test_counts_and_what_to_do_next(issues, annotated, said):
    assert summed(issues, Path("case.xlsx"), "en", annotated=annotated) == said


def test_codes_that_command_a_terminal_are_not_said():
    assert "\x1b" not in "\n".join(lines([wrong(4, "\x1b[2J"), wrong(5, "\x1b[31m")], "en"))


# --- machines ---------------------------------------------------------------------------------------------------------

def test_json_holds_every_issue_and_the_groups():
    found = json.loads(as_json(MANY, Path("case.xlsx"), "en", {"annotated": None}))
    assert (found["status"], found["counts"]) == ("rejected", {"stops": 24, "surprises": 1, "notes": 1})
    assert len(found["issues"]) == 26
    assert found["groups"][0] == {"severity": "stop", "code": "wrong_type", "sheet": "facilities", "column": "cost",
                                  "count": 20,
                                  "cells": [f"C{row}" for row in range(4, 24)], "rule": "expected a number",
                                  "remedy": "Enter a number."}
    assert found["groups"][2]["rule"] is None
    assert found["issues"][21]["scenario"] == "low"
    assert json.loads(as_json([], Path("case.xlsx"), "en", {}))["status"] == "ok"


def test_github_gets_a_command_a_group():
    said = as_github(MANY, Path("inputs/case.xlsx"), "en").splitlines()
    assert len(said) == 5
    assert said[0].startswith("::error file=inputs/case.xlsx,title=facilities!C4 cost wrong_type +19::facilities!C4 "
                              "cost: x - expected a number. Enter a number.%0A")
    assert said[0].endswith("%0A+15")
    assert [line.split(" ")[0] for line in said] == ["::error"] * 3 + ["::warning", "::notice"]


def test_github_texts_cannot_make_commands_of_their_own():
    text = as_github([wrong(4, "100 %\r\n::error::gotcha"), Issue("unknown_sheet", "a,b:c", value="x",
        slots={"hint": ""})], Path("a,b.xlsx"), "en")
    assert len(text.splitlines()) == 2
    assert "100 %25" in text
    assert "file=a%2Cb.xlsx,title=a%2Cb%3Ac unknown_sheet::" in text


def test_github_finds_the_line_of_a_csv_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case").mkdir()
    assert as_github([wrong(7)], Path("case"),
                     "en").startswith("::error file=case/facilities.csv,line=7,title=facilities!C7 cost wrong_type::")


def test_junit_has_a_case_a_group():
    root = ElementTree.fromstring(as_junit(MANY, Path("case.xlsx"), "en"))
    assert (root.get("name"), root.get("tests"), root.get("failures")) == ("jaryq check", "5", "3")
    first = root[0]
    assert (first.get("classname"), first.get("name")) == ("check.stop.wrong_type", "facilities cost (20)")
    assert first[0].get("message") == "expected a number"
    assert len(first[0].text.splitlines()) == 20
    assert root[3][0].tag == "system-out"


def test_junit_of_a_sound_input_has_one_case_that_passes():
    root = ElementTree.fromstring(as_junit([], Path("case.xlsx"), "en"))
    assert (root.get("tests"), root.get("failures"), root[0].get("name")) == ("1", "0", "case.xlsx")


def test_junit_holds_what_xml_cannot():
    root = ElementTree.fromstring(junit("s", [Entry("g", "n\x00", "bad \x1b", "text \ud800 <&>")]))
    assert (root[0].get("name"), root[0][0].get("message"), root[0][0].text) == ("n?", "bad ?", "text ? <&>")


# --- from the command line --------------------------------------------------------------------------------------------

SOUND = {"source_years": [{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]}
WRONG = {**SOUND, "facilities": [{"facility": "F1", "cost": -1.0}, {"facility": "F2", "cost": 7.0, "savings": 7.0}]}


@pytest.fixture
def run(tmp_path, capsys):
    """Writes a workbook, runs ``check`` on it; the exit code, and both streams."""
    def call(sheets, *arguments):
        path = tmp_path / "case.xlsx"
        plain_workbook(minimal_tables(**sheets), path)
        code = main(["check", str(path), *map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return call


def test_a_sound_workbook(tmp_path, capsys):
    write_inputs(minimal_tables(**SOUND), tmp_path / "case.xlsx")
    assert main(["check", str(tmp_path / "case.xlsx")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "nothing stops a plan" in out
    assert re.search(r"case\.xlsx: \d+ sheet\(s\) read, \d+ rows; not read: #contents", out)


@pytest.mark.parametrize(("lang", "words"), [("en", ("stop: facilities!", "surprise: facilities!",
                                                     "1 issue(s) stop the run, 1 surprise(s)", "Next:")),
                                             ("ru", ("стоп: facilities!", "внимание: facilities!",
                                                     "останавливающих расчёт: 1", "Дальше:"))])
def test_a_wrong_one(run, lang, words):
    code, out, err = run(WRONG, "--lang", lang)
    assert (code, err) == (2, "")
    assert all(word in out for word in words)


def test_formats_stand_alone_on_the_screen(run, tmp_path):
    code, out, err = run(WRONG, "--format", "json", "--annotate", tmp_path / "marked.xlsx")
    assert code == 2
    assert json.loads(out)["annotated"] == {"path": str(tmp_path / "marked.xlsx"), "cells": 2, "why_not_changed": None}
    assert "2 cell(s) are marked" in err
    code, out, _ = run(WRONG, "--format", "github")
    assert [line.split(" ")[0] for line in out.splitlines()] == ["::error", "::warning"]
    code, out, _ = run(SOUND, "--format", "junit")
    assert (code, ElementTree.fromstring(out).get("failures")) == (0, "0")


def test_annotate_from_the_command_line(run, tmp_path):
    code, out, _ = run(WRONG, "--annotate", tmp_path / "marked.xlsx")
    assert code == 2
    assert "2 cell(s) are marked" in out
    assert openpyxl.load_workbook(tmp_path / "marked.xlsx")["facilities"]["A3"].value
    code, out, _ = run(WRONG, "--annotate", tmp_path / "marked.ods")
    assert (tmp_path / "marked.xlsx").exists()
    assert not (tmp_path / "marked.ods").exists()


def test_annotate_never_writes_over_the_input(tmp_path, capsys):
    plain_workbook(minimal_tables(), tmp_path / "case.xlsx")
    before = (tmp_path / "case.xlsx").read_bytes()
    with pytest.raises(SystemExit) as error:
        main(["check", str(tmp_path / "case.xlsx"), "--annotate", str(tmp_path / "sub" / ".." / "case.xlsx")])
    assert error.value.code == 64
    assert (tmp_path / "case.xlsx").read_bytes() == before
    assert "another file" in capsys.readouterr().err


def test_no_such_file(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.xlsx"), "--annotate", str(tmp_path / "marked.xlsx")]) == 2
    assert "there is no such file" in capsys.readouterr().out
