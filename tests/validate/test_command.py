"""The command: what it says, what it writes, how it ends."""

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jaryq.api.accepted import accept
from jaryq.commands import cli
from jaryq.validate import command
from jaryq.validate.apart import Apart
from jaryq.validate.small import contradiction, generated, half_a_facility, made
from jaryq.validate.table import verdict
from tests.sampled import exhaustive_beside
from tests.validate.programs import Liar
from tests.validate.test_liars import moved
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """Two facilities that are whole, one of them to be done."""
    path = tmp_path_factory.mktemp("validate") / "two.xlsx"
    plain_workbook(minimal_tables(source_years=[{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]), path)
    return path


def test_a_workbook_on_which_all_agree(workbook, tmp_path, capsys):
    report = tmp_path / "report.xml"
    assert cli.main(["validate", str(workbook), "--junit", str(report)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("two: columns")
    asked = said[2:-2]
    assert all(line.endswith("agree") for line in asked)
    assert {"objective", "objective, whole"} <= {line[2:44].strip() for line in asked}
    assert said[-1] == f"{len(asked)} questions: {len(asked)} agree, 0 not decided, 0 disagree."
    assert all(f"{name} " in said[-2] for name in ("HiGHS", "highspy", "ortools", "pyomo", "Python"))
    suite = ElementTree.parse(report).getroot()
    assert {case.get("classname") for case in suite} == {"validate.two"}
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == (str(len(asked)), "0", "0")


def test_in_russian(workbook, capsys):
    assert cli.main(["validate", str(workbook), "--lang", "ru"]) == 0
    assert "согласны" in capsys.readouterr().out


def test_a_lie_ends_with_1_and_stands_in_the_file(workbook, tmp_path, capsys, monkeypatch):
    honest = command.solvers
    monkeypatch.setattr(command, "solvers", lambda apart: [*honest(apart), Liar(moved("value", -0.5))])
    report = tmp_path / "report.xml"
    assert cli.main(["validate", str(workbook), "--junit", str(report)]) == 1
    assert "liar, value: it says" in capsys.readouterr().out
    failed = [case for case in ElementTree.parse(report).getroot() if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["objective"]
    assert "liar, value" in failed[0].find("failure").text


def test_what_is_not_decided_in_time_is_said_and_skipped(workbook, tmp_path, capsys, monkeypatch):
    """A second solver that uses up its time: no disagreement, exit code 0, and no word of agreement."""
    def slow(question, answer):
        return type(answer)("liar", "limit", "time", seconds=question.seconds)

    monkeypatch.setattr(command, "solvers", lambda apart: [Liar(lambda question, answer: answer),
                                                           Liar(slow, "objective"), Liar(slow, whole=True)])
    report = tmp_path / "report.xml"
    assert cli.main(["validate", str(workbook), "--junit", str(report)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[-1].endswith(" 2 not decided, 0 disagree.")
    assert "liar: not decided in time (time)" in said
    assert [case.get("name") for case in ElementTree.parse(report).getroot()
            if case.find("skipped") is not None] == ["objective", "objective, whole"]


def test_without_the_second_solvers_the_command_to_install_them_is_said(workbook, capsys, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert cli.main(["validate", str(workbook)]) == 64
    said = capsys.readouterr().err
    assert "ortools is not installed" in said
    assert "-m pip install" in said


@pytest.mark.parametrize("wrong", [["--small", "x.xlsx"], ["--seconds", "soon"], ["--seconds", "0"]])
def test_wrong_use(wrong):
    with pytest.raises(SystemExit) as ended:
        cli.main(["validate", *wrong])
    assert ended.value.code == 64


def test_a_rejected_input_is_told_before_anything_is_solved(tmp_path, capsys):
    path = tmp_path / "wrong.xlsx"
    plain_workbook(minimal_tables(sources=[{"source_id": "S1", "name": "Budget", "kind": "no such kind"}]), path)
    assert cli.main(["validate", str(path)]) == 2
    assert "no such kind" in capsys.readouterr().err


def test_small_is_the_generated_cases_and_the_published_examples(monkeypatch):
    asked = {}
    monkeypatch.setattr(command, "run", lambda sources, scenario, seconds, report, lang,
                        count: asked.update(sources=sources, count=count) or 0)
    assert cli.main(["validate", "--small"]) == 0
    assert asked["count"] == 6
    assert {path.name for path in asked["sources"]} == {path.name
                                                        for path in (ROOT / "inputs").glob("*.xlsx")} - {
                                                        "kazakhstan.xlsx"}
    assert cli.main(["validate"]) == 0
    assert {path.name for path in asked["sources"]} == {path.name for path in (ROOT / "inputs").glob("*.xlsx")}
    assert cli.main(["validate", "one.xlsx"]) == 0
    assert (asked["sources"], asked["count"]) == ([Path("one.xlsx")], None)


def test_the_generated_cases_are_worth_asking():
    """The same for the same seed; whole and divisible, years and quarters; no issue stops them."""
    assert made(3).get("facilities").frame.equals(made(3).get("facilities").frame)
    assert not made(3).get("facilities").frame.equals(made(4).get("facilities").frame)
    settings = [accept(tables, []).case.settings for tables in generated(6)]
    assert {(s.whole, s.resolution) for s in settings} == {(True, "year"), (True, "quarter"), (False, "year"),
                                                           (False, "quarter")}


@pytest.mark.parametrize(("tables", "stages"), [(contradiction(), {False}), (half_a_facility(), {True})],
                         ids=["contradiction", "half"])
def test_cases_without_a_plan_are_told_by_all(tables, stages):
    """The first has none in parts, the second only none that is whole."""
    with Apart() as apart:
        judged = command.validate(command._programme(tables, [], "base"), command.solvers(apart), 5.0)
    assert {found.question.whole for found in judged if found.infeasible} == stages
    assert {verdict(found) for found in judged} == {"agree"}


@exhaustive_beside("test_a_workbook_on_which_all_agree")
def test_all_solvers_agree_on_generated_cases():
    """Three of them here; all are in the small set, which runs apart from the tests."""
    with Apart() as apart:
        for seed in (1, 2, 4):
            judged = command.validate(command._programme(made(seed), [], "base"), command.solvers(apart), 20.0)
            assert {verdict(found) for found in judged} == {"agree"}
            assert max(found.spread for found in judged) < 1e-6
