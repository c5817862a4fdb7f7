"""Scenarios in parallel: n in, n out, reasons for those that fail; order and number of processes change nothing; a
second run is immediate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jaryq.commands.cli import main
from jaryq.workbook.plan import read_plan
from tests.sampled import exhaustive_beside
from tests.workbooks import minimal_tables, plain_workbook

CHANGES = [
    {"scenario": "richer", "sheet": "source_years", "selector": None, "column": None, "years": "2026-2027",
     "operation": "multiply", "value": "2"},
    {"scenario": "broken", "sheet": "source_years", "selector": "source_id=NONE", "column": None, "years": None,
     "operation": "multiply", "value": "2"},
    {"scenario": "poor", "sheet": "source_years", "selector": None, "column": None, "years": "2026-2028",
     "operation": "set", "value": "6.9"},
    {"scenario": "poor", "sheet": "source_years", "selector": None, "column": None, "years": "2027", "operation": "set",
     "value": "7"},
    {"scenario": "poor", "sheet": "facilities", "selector": "facility=F2", "column": "must_do", "years": None,
     "operation": "set", "value": "yes"},
    {"scenario": "empty", "sheet": "source_years", "selector": None, "column": None, "years": "2026-2028",
     "operation": "set", "value": "0"},
]
SCENARIOS = ["same", "richer", "broken", "poor", "empty"]


def book(tmp_path: Path, order: list[str] = SCENARIOS) -> Path:
    """F1 (12.5, must be done) and F2 (7), 10 a year: richer has 20; same changes nothing; empty cannot pay for what
    must be done.

    In poor F2 must be done too: each has money alone, F2 in 2027 only, when F1 needs it in any case."""
    tables = minimal_tables(
        settings=[{"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
                  {"setting": "prices", "value": 0}],
        facilities=[{"facility": "F1", "cost": 12.5, "works_months": 24.0, "benefit": 30.0, "must_do": True},
                    {"facility": "F2", "cost": 7.0, "benefit": 9.0}],
        source_years=[{"source_id": "S1", "2026": 10.0, "2027": 10.0, "2028": 10.0}],
        scenarios=[{"scenario": name} for name in order], scenario_changes=CHANGES,
    )
    path = tmp_path / "case.xlsx"
    plain_workbook(tables, path)
    return path


def run(path: Path, out: Path, capsys, *more: str) -> tuple[int, str]:
    code = main(["scenarios", str(path), "--out", str(out), *more])
    return code, capsys.readouterr().out


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    tmp = tmp_path_factory.mktemp("batch")
    path = book(tmp)
    code = main(["scenarios", str(path), "--out", str(tmp / "two"), "--processes", "2"])
    return path, tmp / "two", code


def test_every_scenario_comes_out_or_says_why(ran, capsys):
    path, out, code = ran
    assert code == 1
    assert sorted(folder.name for folder in out.iterdir() if (folder / "plan.xlsx").exists()) == ["base", "richer",
        "same"]
    assert json.loads((out / "poor" / "summary.json").read_text())["status"] == "infeasible"
    _, said = run(path, out, capsys)
    lines = {line.split(":")[0]: line for line in said.splitlines() if ":" in line}
    assert set(lines) >= {"base", *SCENARIOS}
    assert "no plan" in lines["broken"]
    assert "no row fits the selector" in lines["broken"]
    assert "no plan of whole facilities keeps all hard rules" in lines["poor"]
    assert "paid_in_full[F1,2027]" in json.loads((out / "poor" / "summary.json").read_text())["conflict"]
    assert "at most 0 % of its cost can be paid" in lines["empty"]


@exhaustive_beside("tests/test_reuse.py::test_another_language_is_written_and_not_solved")
def test_a_second_run_reuses_every_plan(ran, capsys):
    path, out, _ = ran
    before = {name: (out / name / "plan.xlsx").stat().st_mtime_ns for name in ("base", "same", "richer")}
    _, said = run(path, out, capsys)
    assert said.count("(as before)") == 3
    assert before == {name: (out / name / "plan.xlsx").stat().st_mtime_ns for name in before}


def test_a_scenario_that_changes_nothing_is_the_base_plan_exactly(ran):
    _, out, _ = ran
    base, same = read_plan(out / "base" / "plan.xlsx"), read_plan(out / "same" / "plan.xlsx")
    assert base.plan == same.plan
    assert base.claims == same.claims


def test_order_and_processes_change_nothing(ran, tmp_path, capsys):
    _, out, _ = ran
    path = book(tmp_path, list(reversed(SCENARIOS)))
    run(path, tmp_path / "one", capsys, "--processes", "1")
    for name in ("base", "same", "richer"):
        one, two = read_plan(tmp_path / "one" / name / "plan.xlsx"), read_plan(out / name / "plan.xlsx")
        assert one.plan == two.plan
        assert one.claims == two.claims


@exhaustive_beside("test_every_scenario_comes_out_or_says_why")
def test_only_some_scenarios(ran, tmp_path, capsys):
    path, _, _ = ran
    code, _ = run(path, tmp_path / "some", capsys, "--only", "richer")
    assert code == 0
    assert sorted(folder.name for folder in (tmp_path / "some").iterdir() if folder.is_dir()) == ["base", "richer"]


def test_one_change_tried_from_the_command_line(ran, tmp_path, capsys, monkeypatch):
    """10 a year pay F1 (6.25 in 2026 and 2027) and F2 (7 in 2028); 6.5 a year pay F1 but never F2: one facility less.
    What the change makes surprising is said as of a workbook."""
    path, _, _ = ran
    monkeypatch.chdir(tmp_path)
    code = main(["plan", str(path), "--set", "source_years; S1; 2026-2028; multiply 65 %"])
    said, wrong = capsys.readouterr()
    assert code == 0
    assert "a percentage in a multiplication; read as multiplied by 0.65. If 1.65 is meant, enter 1.65." in wrong
    assert "facilities completed" in said
    assert "2.00 ->           1.00  (-1.00)" in said
    assert (tmp_path / "outputs" / "case" / "tried" / "plan.xlsx").exists()
    assert main(["plan", str(path), "--set", "source_years; NOBODY; 2026; multiply 2"]) == 2


@exhaustive_beside("tests/data/test_feasible.py::test_what_is_certain_for_hard_rules_stops_and_soft_ones_go_on")
def test_a_contradiction_in_words_of_the_workbook(ran, tmp_path, capsys):
    """What must be done cannot be paid together: the ceilings with their cells and currency, the two facilities, no row
    of the program. F1 takes two years in a row and F2 (7) one: it has no room in 2027, where F1 is in any case, nor
    beside F1; 0.1 more in 2028, after F1 in 2026 and 2027, is the least."""
    path, _, _ = ran
    assert main(["plan", str(path), "--scenario", "poor", "--out", str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err.splitlines()
    assert said[1:] == [
        "no plan of whole facilities keeps all hard rules.",
        "  in conflict: Must be done, F1 (facilities!V4)", "  in conflict: Must be done, F2 (facilities!V5)",
        "  in conflict: Ceiling of the year, Republican budget (S1), 2026: 6.9 bn KZT (source_years!B4)",
        "  in conflict: Ceiling of the year, Republican budget (S1), 2027: 7 bn KZT (source_years!C4)",
        "  in conflict: Ceiling of the year, Republican budget (S1), 2028: 6.9 bn KZT (source_years!D4)",
        "Proved in exact arithmetic for whole projects (3 cases); parts of projects would do.",
        "Give up any one of these rules, and the others can be kept together.",
        "Cheapest repair, with which a plan was found:", "  Ceiling of the year, Republican budget (S1), 2028: 6.9 -> "
                                                         "7 bn KZT (source_years!D4)",
        '  try: --set "source_years; source_id=S1; 2028; set 7"',
    ]
    assert main(["scenarios", str(path), "--out", str(tmp_path / "all"), "--only", "poor", "--lang", "ru"]) == 1
    assert "poor: плана нет. ни один план из целых объектов не соблюдает все жёсткие правила" in capsys.readouterr().out
