"""A finished plan is told from an input workbook by every command, and two plans are compared.

The case: F1 must be done for 6, F2 brings 9 for 4, F3 brings 12 for 9; 10 bn KZT in 2026 and 1 in 2027. Nothing is
discounted. So F1 and F2 are done in 2026 (value 9 - 10 = -1). With 20 in 2026 all three are done: 19 spent, benefits
21, value 2."""

import json
import zipfile

import openpyxl
import pytest

from jaryq.commands.cli import main
from jaryq.workbook.finished import finished
from tests.sampled import exhaustive_beside
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, ods_workbook, plain_workbook

RICH = [{"source_id": "S", "2026": 20.0, "2027": 1.0}]


def write(path, **sheets):
    plain_workbook(minimal_tables(**{**BASE, **sheets}), path)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The plan of the case as it is, and of the case with more money."""
    folder = tmp_path_factory.mktemp("made")
    for name, sheets in (("poor", {}), ("rich", {"source_years": RICH})):
        (folder / name).mkdir()
        assert main(["plan", str(write(folder / name / "case.xlsx", **sheets)), "--out",
                     str(folder / name / "out")]) == 0
    return folder


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def plan_as_ods(path):
    """A plan as LibreOffice saves it: the same sheets in another form."""
    head = [["title"], [None]]
    sheets = {"x_form": [["key", "value"], ["form", "3"], ["case", "case"], ["scenario", "base"]],
              "in_settings": [["setting", "value"]], "x_start": head}
    return ods_workbook(path, **sheets)


@pytest.mark.parametrize("arguments", [
    ("check", "PLAN"), ("plan", "PLAN"), ("scenarios", "PLAN"), ("watch", "PLAN", "--once"), ("mirror", "PLAN", "csv"),
    ("migrate", "PLAN", "new.xlsx"),
    ("check", "FOLDER")], ids=lambda given: given[0])
def test_a_plan_where_an_input_is_wanted(made, run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    out = made / "poor" / "out"
    code, said, errors = run(*(str({"PLAN": out / "plan.xlsx", "FOLDER": out}.get(word, word)) for word in arguments))
    assert code == 2
    assert "this is a finished plan of case case, scenario base, not an input workbook" in said + errors
    assert "verify" in said + errors
    assert not (tmp_path / "csv").exists()
    assert not (tmp_path / "new.xlsx").exists()


def test_text_says_it_and_goes_on(made, run):
    """Git stops at a converter that fails."""
    code, said, errors = run("text", made / "poor" / "out" / "plan.xlsx", "--lang", "ru")
    assert code == 0
    assert "finished_plan" in said
    assert "это готовый план" in errors


def test_an_input_where_a_plan_is_wanted(made, run, tmp_path):
    book = made / "poor" / "case.xlsx"
    code, _, errors = run("verify", book)
    assert (code, "is an input workbook, not a finished plan" in errors) == (1, True)
    code, _, errors = run("plan", book, "--since", book, "--out", tmp_path / "out", "--lang", "ru")
    assert (code, "книга исходных данных, а не готовый план" in errors) == (1, True)
    code, _, errors = run("verify", made / "poor" / "out")
    assert (code, "is a folder; name the plan in it" in errors) == (1, True)


def test_a_plan_saved_as_ods(made, run, tmp_path):
    plan = plan_as_ods(tmp_path / "plan.ods")
    assert "finished plan of case case, scenario base" in run("check", plan)[1]
    for arguments in (("verify", plan), ("plan", made / "poor" / "case.xlsx", "--since", plan, "--out",
                                         tmp_path / "out"), ("diff", plan, made / "poor" / "out")):
        code, _, errors = run(*arguments)
        assert code == 1
        assert "a plan is read as .xlsx only: save it as .xlsx" in errors


def test_a_plan_without_its_form_is_a_plan_all_the_same(made, tmp_path):
    book = openpyxl.load_workbook(made / "poor" / "out" / "plan.xlsx")
    del book["x_form"]
    book.save(tmp_path / "plan.xlsx")
    found = finished(tmp_path / "plan.xlsx")
    assert found is not None
    assert (found.case, found.scenario) == ("", "")
    assert finished(made / "poor" / "case.xlsx") is None
    (tmp_path / "half.xlsx").write_bytes((tmp_path / "plan.xlsx").read_bytes()[:5000])
    assert finished(tmp_path / "half.xlsx") is None


def test_a_plan_and_an_input_are_not_compared(made, run):
    for pair in ((made / "poor" / "out" / "plan.xlsx", made / "poor" / "case.xlsx"),
                 (made / "poor" / "case.xlsx", made / "poor" / "out")):
        code, _, errors = run("diff", *pair)
        assert code == 2
        assert "is a finished plan (case case, scenario base)" in errors
        assert "name two plans, or two inputs" in errors


# --- two plans --------------------------------------------------------------------------------------------------------

def test_two_plans_as_text(made, run):
    """Poor: F1 and F2 for 10. Rich: F3 too, for 9 more, all in 2026; benefits 9 -> 21."""
    code, said, _ = run("diff", made / "poor" / "out" / "plan.xlsx", made / "rich" / "out" / "plan.xlsx")
    assert code == 0
    assert "Inputs: 1 row(s) differ, on source_years." in said
    assert "Facilities completed by the end: 2 -> 3 (+1)" in said
    assert "Spending, nominal: 10 -> 19 bn KZT (+9)" in said
    assert "Net value for the programme purse: -1 -> 2 bn KZT (+3)" in said
    assert "Projects that differ: 1 (added 1)" in said
    assert "  F3: added 2026" in said
    assert "    by year: 2026 10 -> 19" in said


def test_two_plans_in_russian(made, run):
    said = run("diff", made / "rich" / "out", made / "poor" / "out", "--lang", "ru")[1]
    assert "Объектов завершено к концу: 3 -> 2 (-1)" in said
    assert "F3: исключён" in said


def test_two_plans_for_machines_and_as_a_workbook(made, run, tmp_path):
    code, said, _ = run("diff", made / "poor" / "out", made / "rich" / "out", "--format", "json", "--out",
                        tmp_path / "diff.xlsx")
    found = json.loads(said)
    assert code == 0
    assert (found["kind"], found["same"], found["inputs"]) == ("plans", False, {"source_years": 1})
    assert [(one["project"], one["kinds"], one["old"], one["new"])
            for one in found["projects"]] == [("F3", ["added"], "not in the plan", "2026")]
    assert [(one["source"], one["old"]["2026"], one["new"]["2026"], one["old"]["total"])
            for one in found["money"]] == [("S", 10.0, 19.0, 10.0)]
    assert {one["label"]: one["change"] for one in found["figures"]}["Facilities completed by the end"] == 1
    book = openpyxl.load_workbook(tmp_path / "diff.xlsx")
    assert {"overview", "projects", "money", "targets", "inputs"} <= set(book.sheetnames)
    changed = [[cell.value for cell in row] for row in book["inputs"].iter_rows(min_row=4)]
    assert any({"source_years", "2026", 10, 20} <= set(row) for row in changed)


def test_a_plan_and_itself(made, run):
    code, said, _ = run("diff", made / "poor" / "out", made / "poor" / "out" / "plan.xlsx")
    assert code == 0
    assert said.startswith("No differences between")


@exhaustive_beside("test_the_last_plan_of_another_case")
def test_targets_of_two_plans(tmp_path, run):
    """Two of three facilities asked for; with 6 a year nothing but F1, with 10 two."""
    targets = [{"target": "T", "measure": "facilities", "value": 3.0, "unit": "facilities", "priority": "1",
                "years": 2027}]
    for name, money in (("one", 6.0), ("two", 10.0)):
        book = write(tmp_path / f"{name}.xlsx", targets=targets,
                     source_years=[{"source_id": "S", "2026": money, "2027": 0.0}])
        assert run("plan", book, "--out", tmp_path / name)[0] == 0
    said = run("diff", tmp_path / "one", tmp_path / "two")[1]
    assert "T, 2027: 1 -> 2 facilities (+1); missed by 2 -> 1" in said
    found = json.loads(run("diff", tmp_path / "one", tmp_path / "two", "--format", "json")[1])
    assert found["targets"] == [{"target": "T", "name": "T", "old": {"value": 3.0, "reached": 1.0, "shortfall": 2.0},
                                 "new": {"value": 3.0, "reached": 2.0, "shortfall": 1.0}}]


# --- the last plan ----------------------------------------------------------------------------------------------------

OTHER = [{"facility": "P1", "cost": 6.0, "must_do": True}, {"facility": "P2", "cost": 4.0, "benefit": 9.0}]


def test_the_last_plan_of_another_case(made, run, tmp_path):
    """Other projects under the same file name; the same keys at other costs under another; the same case under another
    name is taken."""
    last = made / "poor" / "out" / "plan.xlsx"
    code, _, errors = run("plan", write(tmp_path / "case.xlsx", facilities=OTHER), "--since", last, "--out",
                          tmp_path / "a")
    assert code == 2
    assert (
        "the last plan is of another case: case, not case; of its 3 projects 0 are the same here (not here: F1, F2, F3)"
        in errors)
    dearer = [{"facility": f"F{n}", "cost": 1.0 + n, "benefit": 9.0} for n in range(1, 7)]
    code, _, errors = run("plan", write(tmp_path / "dearer.xlsx", facilities=dearer), "--since", last, "--out",
                          tmp_path / "b")
    assert code == 2
    assert "case, not dearer" in errors
    assert "F1 has cost 6 there and 2 here" in errors
    assert run("plan", write(tmp_path / "next year.xlsx"), "--since", last, "--out", tmp_path / "c")[0] == 0


def test_half_of_the_projects_are_enough(made, run, tmp_path):
    """F1 and F2 of three are still there: the same case."""
    book = write(tmp_path / "case.xlsx", facilities=BASE["facilities"][:2])
    assert run("plan", book, "--since", made / "poor" / "out" / "plan.xlsx", "--out", tmp_path / "out")[0] == 0
    with zipfile.ZipFile(tmp_path / "out" / "plan.xlsx") as archive:
        assert archive.testzip() is None
