"""The command line from the outside: exit codes of DESIGN section 6, what is written and what is not, and never a
traceback."""

import json
import shutil
import signal

import numpy as np
import openpyxl
import pytest

from jaryq.base.errors import NoPlan
from jaryq.commands.cli import main
from jaryq.solve.highs import Outcome, Solver
from tests.sampled import exhaustive_but_for
from tests.workbooks import minimal_tables, plain_workbook

BASE = {
    "settings": [{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2027},
                 {"setting": "prices", "value": 2}],
    "facilities": [{"facility": "F1", "cost": 6.0, "must_do": True}, {"facility": "F2", "cost": 4.0, "benefit": 9.0},
                   {"facility": "F3", "cost": 9.0, "benefit": 12.0}],
    "sources": [{"source_id": "S", "kind": "budget"}],
    "source_years": [{"source_id": "S", "2026": 10.0, "2027": 1.0}],
}


@pytest.fixture(autouse=True)
def restored_signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command; the exit code, and what was said on both streams, which never holds a traceback."""
    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    return call


@pytest.fixture
def book(tmp_path):
    """Writes a workbook of BASE with sheets replaced."""
    def make(name="case.xlsx", **sheets):
        path = tmp_path / name
        plain_workbook(minimal_tables(**{**BASE, **sheets}), path)
        return path

    return make


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished plan, made once."""
    folder = tmp_path_factory.mktemp("finished")
    plain_workbook(minimal_tables(**BASE), folder / "case.xlsx")
    assert main(["plan", str(folder / "case.xlsx"), "--out", str(folder / "out")]) == 0
    return folder / "out"


def summary(folder):
    content = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["status"] == content["status"]
    return content


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def stale(folder):
    """A folder with a plan of an earlier run."""
    folder.mkdir()
    (folder / "plan.xlsx").write_bytes(b"older")
    (folder / "report.html").write_bytes(b"older")
    (folder / "manifest.json").write_text('{"scenario": "base", "input": "case.xlsx", "status": "ok"}')
    return folder


# --- 0: done ----------------------------------------------------------------------------------------------------------

def test_plan(run, book, tmp_path):
    """F1 must be done for 6; 4 are left in 2026: F2 (9 for 4); F3 costs 9 and does not fit. Value 9 - 10 = -1 (no
    discount)."""
    out = stale(tmp_path / "out")
    (out / "plan.stale.xlsx").write_bytes(b"oldest")
    code, said = run("plan", book(), "--out", out)
    assert code == 0
    assert files(out) == ["manifest.json", "plan.xlsx", "report.html", "summary.json"]
    assert summary(out)["status"] == "ok"
    assert summary(out)["verified"] is True
    assert summary(out)["objective"]["value_bn_kzt"] == pytest.approx(-1.0)
    assert "2 of 3 facilities" in said


def test_plan_without_out_goes_to_outputs(run, book, tmp_path, monkeypatch):
    path = book()
    monkeypatch.chdir(tmp_path)
    assert run("plan", path)[0] == 0
    assert files(tmp_path / "outputs" / "case" / "base") == ["manifest.json", "plan.xlsx", "report.html",
        "summary.json"]


def test_check(run, book):
    code, said = run("check", book())
    assert code == 0
    assert "nothing stops a plan" in said


@exhaustive_but_for("ru")
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_template_is_written_and_read_back(run, tmp_path, lang):
    """An empty template is a form, not a case: it reads, and what is missing is said."""
    assert run("template", tmp_path / "new.xlsx", "--lang", lang)[0] == 0
    assert files(tmp_path) == ["new.xlsx"]
    code, said = run("check", tmp_path / "new.xlsx", "--lang", lang)
    assert code == 2
    assert "first_year" in said


def test_mirror(run, book, tmp_path):
    assert run("mirror", book(), tmp_path / "csv")[0] == 0
    assert (tmp_path / "csv" / "facilities.csv").exists()
    assert run("check", tmp_path / "csv")[0] == 0


def test_verify_with_junit(run, finished, tmp_path):
    code, said = run("verify", finished / "plan.xlsx", "--junit", tmp_path / "report.xml")
    assert code == 0
    assert "checks hold" in said
    assert files(tmp_path) == ["report.xml"]
    assert "<testcase" in (tmp_path / "report.xml").read_text(encoding="utf-8")


def test_verify_needs_nothing_but_the_plan(run, finished, tmp_path):
    shutil.copy(finished / "plan.xlsx", tmp_path / "moved.xlsx")
    assert run("verify", tmp_path / "moved.xlsx")[0] == 0


# --- 1: a check fails -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("sheet", "row", "column", "value"), [("x_draw", 4, 4, 5.5), ("x_claims", 4, 2, 123.0)])
def test_verify_of_a_changed_plan(run, finished, tmp_path, sheet, row, column, value):
    plan = openpyxl.load_workbook(finished / "plan.xlsx")
    cell = plan[sheet].cell(row, column)
    assert isinstance(cell.value, float | int)
    assert cell.value != value
    cell.value = value
    plan.save(tmp_path / "plan.xlsx")
    code, said = run("verify", tmp_path / "plan.xlsx")
    assert code == 1
    assert "It should be" in said


def test_verify_of_half_a_file(run, finished, tmp_path):
    content = (finished / "plan.xlsx").read_bytes()
    (tmp_path / "plan.xlsx").write_bytes(content[: len(content) // 2])
    code, said = run("verify", tmp_path / "plan.xlsx")
    assert code == 1
    assert "damaged" in said


def test_verify_of_no_file_and_of_an_input(run, book, tmp_path):
    assert run("verify", tmp_path / "none.xlsx")[0] == 1
    assert run("verify", book())[0] == 1


def test_something_unforeseen_is_one_line(run, book, tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.api.verified.solve", fails(RuntimeError("boom")))
    code, said = run("plan", book(), "--out", tmp_path / "out")
    assert code == 1
    assert "RuntimeError: boom" in said
    assert "--debug" in said


def test_something_unforeseen_leaves_no_plan_that_looks_current(run, book, tmp_path, monkeypatch):
    out = stale(tmp_path / "out")
    monkeypatch.setattr("jaryq.api.verified.solve", fails(RuntimeError("boom")))
    run("plan", book(), "--out", out)
    assert files(out) == ["manifest.json", "plan.stale.xlsx", "report.stale.html", "summary.json"]
    assert summary(out)["status"] == "failed"


# --- 2: rejected ------------------------------------------------------------------------------------------------------

BROKEN = {
    "facilities": [{"facility": "F1", "cost": -1.0}, {"facility": "F1", "cost": 4.0},
                   {"facility": "F3", "cost": "many"}],
    "sources": [{"source_id": "S", "kind": "gift"}],
    "targets": [{"target": "T", "measure": "km", "value": 5.0, "unit": "%", "priority": "1"}],
}
PLACES = {("value_below_minimum", "facilities"), ("duplicate_key", "facilities"), ("wrong_type", "facilities"),
          ("value_not_allowed", "sources"), ("target_unfit", "targets")}


def test_rejected_with_every_issue_in_one_go(run, book, tmp_path):
    out = stale(tmp_path / "out")
    code, said = run("plan", book(**BROKEN), "--out", out)
    assert code == 2
    assert files(out) == ["manifest.json", "plan.stale.xlsx", "report.stale.html", "summary.json"]
    assert (out / "plan.stale.xlsx").read_bytes() == b"older"
    content = summary(out)
    assert content["status"] == "rejected"
    assert content["verified"] is False
    stops = {(i["code"], i["sheet"]) for i in content["issues"] if i["severity"] == "stop"}
    assert stops >= PLACES
    for issue in content["issues"]:
        assert f"{issue['sheet']}!{issue['cell']}" in said
        assert issue["rule"]
        assert issue["remedy"]


def test_check_says_the_same_and_writes_nothing(run, book, tmp_path):
    path = book(**BROKEN)
    code, said = run("check", path)
    assert code == 2
    assert "issue(s) stop the run" in said
    assert files(tmp_path) == ["case.xlsx"]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook(run, tmp_path, content):
    (tmp_path / "case.xlsx").write_bytes(content)
    code, said = run("plan", tmp_path / "case.xlsx", "--out", tmp_path / "out")
    assert code == 2
    assert summary(tmp_path / "out")["issues"][0]["code"] in ("unreadable_file", "other_format")
    assert "case.xlsx" in said


def test_no_such_file_and_no_such_scenario(run, book, tmp_path):
    assert run("plan", tmp_path / "none.xlsx", "--out", tmp_path / "out")[0] == 2
    code, said = run("plan", book(), "--scenario", "rain", "--out", tmp_path / "out")
    assert code == 2
    assert "rain" in said


# --- 3: contradiction, 4: no plan -------------------------------------------------------------------------------------

def test_a_contradiction_is_named(run, book, tmp_path):
    """Two facilities, each of which the 11 bn pay for, but not both (4 + 9): arithmetic sees it in neither target
    alone, the solver proves it."""
    out = stale(tmp_path / "out")
    facilities = [{"facility": "F2", "cost": 4.0, "benefit": 9.0}, {"facility": "F3", "cost": 9.0, "benefit": 12.0}]
    targets = [{"target": key, "measure": "facilities", "filter": f"project={key}", "value": 1.0, "unit": "facilities",
                "priority": "hard", "years": 2027} for key in ("F2", "F3")]
    code, said = run("plan", book(facilities=facilities, targets=targets), "--out", out)
    assert code == 3
    assert files(out) == ["manifest.json", "plan.stale.xlsx", "report.stale.html", "summary.json"]
    content = summary(out)
    assert content["status"] == "infeasible"
    assert {"at_least[F2]", "at_least[F3]"} <= set(content["conflict"])
    assert any(name.startswith("ceiling[S,") for name in content["conflict"])
    # In the words of the workbook: each target and ceiling with its size and cell, targets first.
    told = [line.removeprefix("  in conflict: ") for line in said.splitlines() if line.startswith("  in conflict: ")]
    assert told[:2] == ["Target, at least, F2: 1 facilities (targets!I4)",
                        "Target, at least, F3: 1 facilities (targets!I5)"]
    assert any(line.startswith("Ceiling of the year, S, 2027: ") and "source_years!" in line for line in told)


def test_what_arithmetic_alone_forbids_is_said_before_the_solve(run, book, tmp_path):
    """All three facilities (19 bn) with 11 of money: at most two of them."""
    targets = [{"target": "T3", "measure": "facilities", "value": 3.0, "unit": "facilities", "priority": "hard",
                "years": 2027}]
    code, said = run("plan", book(targets=targets), "--out", tmp_path / "out")
    assert code == 2
    assert [(i["code"], i["sheet"]) for i in summary(tmp_path / "out")["issues"]] == [("hard_target_out_of_reach",
        "targets")]
    assert "at most 2 facilities by the end of 2027, because of the money of the sources" in said


def fails(error):
    def call(*_, **__):
        raise error

    return call


def test_no_plan(run, book, tmp_path, monkeypatch):
    out = stale(tmp_path / "out")
    monkeypatch.setattr("jaryq.api.verified.solve", fails(NoPlan("the solver stopped without a plan: time limit")))
    code, said = run("plan", book(), "--out", out)
    assert code == 4
    assert files(out) == ["manifest.json", "plan.stale.xlsx", "report.stale.html", "summary.json"]
    assert summary(out)["status"] == "no_plan"
    assert "time limit" in said


def test_a_solver_that_gives_up_is_no_plan(run, book, tmp_path, monkeypatch):
    none = np.zeros(0)
    monkeypatch.setattr(Solver, "run", lambda self: Outcome("limit", none, none, none, np.nan, np.nan,
                                                            "Iteration limit reached"))
    code, said = run("plan", book(), "--out", tmp_path / "out")
    assert code == 4
    assert "the solver stopped without a plan: a limit on its steps was reached" in said


# --- 64: wrong use, 130: interrupted ----------------------------------------------------------------------------------

@pytest.mark.parametrize("arguments", [("fly",), ("plan", "a", "b"), ("plan", "--lang", "xx"), ("check",), ("verify",),
                                       ("template",), ("--what",)])
def test_wrong_use(capsys, arguments):
    with pytest.raises(SystemExit) as error:
        main(arguments)
    assert error.value.code == 64
    said = capsys.readouterr()
    assert "usage" in said.err
    assert "Traceback" not in said.err


def test_help_is_no_wrong_use(capsys):
    with pytest.raises(SystemExit) as error:
        main(["--help"])
    assert error.value.code == 0
    assert "plan" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["jaryq.solve.highs.Solver.run", "jaryq.api.question.assemble",
                                   "jaryq.api.written.build_report", "jaryq.workbook.plan._contents",
                                   "jaryq.workbook.plan._manifest"])
def test_interrupted(run, book, tmp_path, monkeypatch, place):
    """Wherever a run is stopped, nothing is half written: the older plan is untouched, no temporary file is left."""
    path = book()
    out = stale(tmp_path / "out")
    monkeypatch.setattr(place, fails(KeyboardInterrupt()))
    code, said = run("plan", path, "--out", out)
    assert code == 130
    assert "Stopped" in said
    assert files(out) == ["manifest.json", "plan.xlsx", "report.html"]
    assert (out / "plan.xlsx").read_bytes() == (out / "report.html").read_bytes() == b"older"
    assert files(tmp_path) == ["case.xlsx", "out"]


def test_terminated(run, book, tmp_path, monkeypatch):
    monkeypatch.setattr("jaryq.api.verified.solve", lambda *_, **__: signal.raise_signal(signal.SIGTERM))
    assert run("plan", book(), "--out", tmp_path / "out")[0] == 143
    assert not (tmp_path / "out").exists() or files(tmp_path / "out") == []
