"""A scenario's plan takes the place of no other plan: not of one with changes, nor of another scenario, nor of another
workbook; and a folder that is named is written into, but what goes is told."""

import json

import pytest

from jaryq.api.manifest import read_manifest
from jaryq.commands.assistant.answers import Answers, Refused
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

CHANGE = ("--set", "facilities; F1; cost; set 6.5")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A workbook whose second scenario is called as somebody called a folder of his own."""
    monkeypatch.chdir(tmp_path)
    changes = [{"scenario": "what_if", "sheet": "facilities", "selector": "F1", "column": "cost", "operation": "set",
                "value": 5.5}]
    plain_workbook(minimal_tables(**BASE, scenarios=[{"scenario": "what_if"}], scenario_changes=changes),
                   tmp_path / "case.xlsx")
    return tmp_path


def seal(folder):
    return read_manifest(folder)["seal"]


def test_a_scenario_takes_the_place_of_no_plan_with_changes(run, home):
    """The folder was named by hand; every way to the scenario's plan stops before it, and says what stands there."""
    taken = home / "outputs" / "case" / "what_if"
    assert run("plan", "case.xlsx", "--no-report", *CHANGE, "--out", taken)[0] == 0
    kept = seal(taken)
    for arguments in (("plan", "case.xlsx", "--scenario", "what_if"), ("watch", "case.xlsx", "--scenario", "what_if",
                                                                       "--once"),
                      ("scenarios", "case.xlsx"), ("plan", "case.xlsx", "--scenario", "what_if", *CHANGE)):
        code, said = run(*arguments)
        assert code == 64, (arguments, said)
        assert ("holds another plan (case.xlsx, scenario base with changes: facilities [facility=F1] cost  set 6.5)"
                in said)
        assert "--force" in said
        assert seal(taken) == kept
    with pytest.raises(Refused, match="holds another plan"):
        Answers(home, write=True).write_plan("case.xlsx", "what_if")
    assert seal(taken) == kept
    code, said = run("plan", "case.xlsx", "--scenario", "what_if", "--no-report", "--force")
    assert (code, read_manifest(taken)["scenario"], "changes" in read_manifest(taken)) == (0, "what_if", False)
    assert run("plan", "case.xlsx", "--scenario", "what_if", "--no-report")[0] == 0


def test_a_folder_that_is_named_is_written_into_and_what_goes_is_told(run, home):
    out = home / "mine"
    assert "holds another plan" not in run("plan", "case.xlsx", "--no-report", "--out", out)[1]
    assert "holds another plan" not in run("plan", "case.xlsx", "--no-report", "--out", out)[1]
    code, said = run("plan", "case.xlsx", "--no-report", "--scenario", "what_if", "--out", out)
    assert (code, "mine holds another plan (case.xlsx, scenario base), which is replaced." in said) == (0, True)
    code, said = run("plan", "case.xlsx", "--no-report", "--scenario", "what_if", "--out", out, "--lang", "ru", *CHANGE)
    assert (code, "mine стоит другой план (case.xlsx, сценарий what_if), он заменяется." in said) == (0, True)
    (home / "case.xlsx").rename(home / "other.xlsx")
    plain_workbook(minimal_tables(**BASE), home / "case.xlsx")
    code, said = run("plan", "other.xlsx", "--no-report", "--out", out)
    assert (code, "holds another plan (case.xlsx, scenario what_if with changes: " in said) == (0, True)


def test_an_assistant_writes_beside_the_plans_of_another_workbook_of_the_same_name(home):
    below = home / "below"
    below.mkdir()
    plain_workbook(minimal_tables(**{**BASE, "facilities": [{"facility": "F1", "cost": 5.0}]}), below / "case.xlsx")
    answers = Answers(home, write=True)
    first, second = (answers.write_plan(name)["written"] for name in ("case.xlsx", "below/case.xlsx"))
    assert first != second
    told = [json.loads((home / written).with_name("manifest.json").read_text(encoding="utf-8"))["input_path"]
            for written in (first, second)]
    assert told == [str(home / "case.xlsx"), str(below / "case.xlsx")]
