"""The package in a notebook: what docs/api.md shows is true, the names of ``jaryq`` are no modules, and a plan is the
one the command writes."""

import doctest
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import jaryq
from jaryq.api.manifest import read_manifest
from jaryq.api.shown import html, listed
from jaryq.commands import cli
from jaryq.sheets.results import RESULT
from jaryq.workbook.plan_file import open_plan
from tests.rich import rich_tables
from tests.workbooks import minimal_tables, plain_workbook, two_that_exclude_each_other

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "inputs" / "lorie_savage.xlsx"
FUNCTIONS = ("read", "plan")


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """An input with a row of most kinds, and its plan."""
    path = tmp_path_factory.mktemp("rich") / "rich.xlsx"
    plain_workbook(rich_tables(), path)
    return jaryq.plan(jaryq.read(path))


def fresh(code):
    """What a new process says."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("page", ["docs/api.md"])
def test_the_page_is_true(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (failed, tried > 10) == (0, True)


def test_the_names_of_the_package_are_no_modules_of_it():
    """A submodule that is imported takes the place of a function of its name: it must not be there."""
    modules = {path.stem for path in (ROOT / "model/jaryq").iterdir()}
    assert modules & set(jaryq.__all__) == set()
    assert set(jaryq.__all__) == set(jaryq._HOMES) <= set(dir(jaryq))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        jaryq.nothing  # noqa: B018


def test_each_name_works_twice_in_a_new_process_whatever_was_imported_between():
    code = f"""
import jaryq
for _ in range(2):
    plan = jaryq.plan(jaryq.read({str(SMALL)!r}))
    print(plan.summary["objective"]["name"])
    import jaryq.api.planned, jaryq.commands.plan, jaryq.workbook.read, jaryq.case.plan
from jaryq import InputRejected, plan, read
for _ in range(2):
    try:
        read("no-such-file.xlsx")
    except InputRejected as error:
        print(error.issues[0].code, isinstance(error, jaryq.JaryqError))
"""
    assert fresh(code) == ["purse", "purse", "no_such_file True", "no_such_file True"]


def test_importing_is_light_and_reading_loads_neither_algebra_nor_solver():
    code = f"""
import sys, jaryq
print(sorted({{"numpy", "pandas", "openpyxl", "pyomo", "highspy", "scipy"}} & set(sys.modules)))
case = jaryq.read({str(SMALL)!r})
case.tables["facilities"], case.issues, repr(case), case._repr_html_()
print(sorted({{"pyomo", "highspy", "scipy"}} & set(sys.modules)))
"""
    assert fresh(code) == ["[]", "[]"]


def test_a_plan_is_written_as_the_command_writes_it(rich, tmp_path):
    """Cell by cell, but for seconds and the seal over them; and so is what machines read."""
    assert rich.write(tmp_path / "api") == tmp_path / "api" / "plan.xlsx"
    assert cli.main(["plan", str(rich.case.source), "--out", str(tmp_path / "command")]) == 0
    one, other = (json.loads((tmp_path / name / "summary.json").read_text(encoding="utf-8"))
                  for name in ("api", "command"))
    for content in (one, other):
        del content["seconds"], content["seal"]
    assert one == other
    assert {name: rich.summary[name] for name in one if name not in ("plan", "seal")} == {name: one[name]
        for name in one if name not in ("plan", "seal")}
    manifests = [read_manifest(tmp_path / name) for name in ("api", "command")]
    assert manifests[0].keys() == manifests[1].keys()
    assert manifests[0]["key"] == manifests[1]["key"]
    files = [open_plan(tmp_path / name / "plan.xlsx", everything=True).cells for name in ("api", "command")]
    assert files[0].keys() == files[1].keys()
    differing = {(sheet, cells.get((place[0], 0)).value) for sheet, cells in files[0].items() if sheet != "x_seal"
                 for place, cell in cells.items() if files[1][sheet].get(place) != cell}
    assert differing <= {("x_sealed", "solver_seconds")}
    assert cli.main(["verify", str(tmp_path / "api" / "plan.xlsx")]) == 0


def test_what_is_written_may_not_be_a_strangers(rich, tmp_path):
    (tmp_path / "plan.xlsx").write_bytes(b"mine")
    with pytest.raises(jaryq.JaryqError, match=r"plan\.xlsx is there already") as refused:
        rich.write(tmp_path)
    assert refused.value.exit_code == 64
    assert (tmp_path / "plan.xlsx").read_bytes() == b"mine"
    rich.write(tmp_path, force=True, lang="ru")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", read_only=True)
    assert "Объекты" in str(book["facilities"]["A1"].value)


def test_sheets_of_the_plan_have_the_rows_and_units_of_the_workbook(rich, tmp_path):
    """Cell by cell, but for cells with formulas, whose values a spreadsheet calculates."""
    book = openpyxl.load_workbook(rich.write(tmp_path), read_only=False)
    compared = 0
    for name, frame in rich.tables.items():
        page = book[name]
        assert [page.cell(3, c + 1).value for c in range(frame.shape[1])] == [frame.attrs["headings"][heading]
            for heading in frame.columns]
        for r, row in enumerate(frame.itertuples(index=False), start=4):
            for c, value in enumerate(row, start=1):
                shown = page.cell(r, c).value
                if isinstance(shown, str) and shown.startswith("="):
                    continue
                if isinstance(value, float) and not math.isnan(value):
                    assert shown == pytest.approx(value, abs=1e-5), (name, r, c)  # money is shown to the tenge
                else:
                    assert (shown is None) == (value is None or value is pd.NA or value != value), (name, r, c, shown,
                        value)
                compared += 1
        for heading, unit in frame.attrs["units"].items():
            assert unit == RESULT[name].column(heading).unit
    assert compared > 500


def test_sheets_of_the_case_are_typed_and_blanks_are_missing(rich):
    sources = rich.case.tables["sources"]
    assert sources["envelope"].dtype == "float64"
    assert sources["tenor"].dtype in ("Int64", "float64")
    assert [math.isnan(value) for value in sources["envelope"]] == [True, False]
    assert sources.attrs["units"]["envelope"] == "bn currency"
    facilities = rich.case.tables["facilities"]
    assert facilities["must_do"].dtype == "boolean"
    assert facilities["must_do"].tolist() == [True, pd.NA, pd.NA]
    assert facilities["year_built"].tolist() == [1985, 1999, 2015]
    facilities.loc[:, "cost"] = 0.0
    assert rich.case.tables["facilities"]["cost"].tolist() == [6.0, 4.1, 9.7]
    with pytest.raises(KeyError, match=r"no sheet 'facilites' \(did you mean “facilities”\?\); it has settings, "):
        rich.case.tables["facilites"]
    with pytest.raises(KeyError, match=r"no sheet 'x'; it has settings, "):
        rich.case.tables["x"]


def test_a_change_is_the_edit_it_stands_for(tmp_path):
    """A budget of 51 in place of 50 in the first year, typed and edited."""
    typed = jaryq.plan(jaryq.read(SMALL, changes=["source_years; BUDGET; 2026; set 51"]))
    book = openpyxl.load_workbook(SMALL)
    page = book["source_years"]
    headings = [cell.value for cell in page[3]]
    page.cell(4, headings.index("2026" if "2026" in headings else 2026) + 1).value = 51
    book.save(tmp_path / "edited.xlsx")
    edited = jaryq.plan(jaryq.read(tmp_path / "edited.xlsx"))
    assert typed.summary["objective"] == edited.summary["objective"]
    # The published price of the first budget is 0.136: 3/22 of a unit of value for one unit more.
    assert typed.summary["objective"]["value_bn_kzt"] - jaryq.plan(
        jaryq.read(SMALL)).summary["objective"]["value_bn_kzt"] == pytest.approx(3 / 22)


def test_a_scenario_and_a_last_plan_are_taken(rich, tmp_path):
    last = rich.write(tmp_path / "last")
    again = jaryq.read(rich.case.source, since=last, lang="ru")
    assert len(again.tables["last_plan"]) == len(rich.done.solution.plan.start) + len(rich.done.solution.plan.renew) > 0
    with pytest.raises(jaryq.InputRejected) as refused:
        jaryq.read(rich.case.source, scenario="no such")
    assert [issue.code for issue in refused.value.issues] == ["unknown_reference"]
    with pytest.raises(jaryq.JaryqError):
        jaryq.read(SMALL, since=last)


def test_a_rejected_input_says_its_issues_beneath_the_traceback(tmp_path):
    path = tmp_path / "wrong.xlsx"
    plain_workbook(minimal_tables(facilities=[{"facility": f"F{i}", "name": "One", "cost": -1.0, "must_do": "perhaps"}
                                              for i in range(25)]), path)
    with pytest.raises(jaryq.InputRejected) as refused:
        jaryq.read(path)
    stops = [issue for issue in refused.value.issues if issue.severity == "stop"]
    assert len(stops) >= 25
    assert refused.value.__notes__[0] == stops[0].say()
    assert refused.value.__notes__[-1] == f"and {len(stops) - 20} more: see issues of this exception"


@pytest.mark.parametrize(("call", "kind"), [
    (lambda: jaryq.read(SMALL, changes="source_years; BUDGET; 2026; set 51"), TypeError),
    (lambda: jaryq.read(SMALL, changes=None), TypeError),
    (lambda: jaryq.read(SMALL, changes=[3]), TypeError), (lambda: jaryq.read(SMALL, lang="de"), ValueError),
    (lambda: jaryq.plan(str(SMALL)), TypeError)])
def test_wrong_use_is_an_error_of_python(call, kind):
    with pytest.raises(kind):
        call()


def test_nothing_that_a_notebook_holds_can_be_set(rich):
    """What a name gives stays what it is: sheets of a case are not replaced by accident."""
    for one, name in ((rich, "tables"), (rich.case, "tables"), (rich.case, "scenario"), (rich.case, "mine")):
        with pytest.raises(AttributeError, match=f"'{name}'"):
            setattr(one, name, {})


def test_a_frame_that_is_changed_changes_nothing_else(rich):
    for frames, sheet, column in ((rich.case.tables, "facilities", "cost"), (rich.tables, "facilities", "total")):
        before, mine = frames[sheet], frames[sheet]
        mine[column] = 0.0
        pd.testing.assert_frame_equal(frames[sheet], before)


def test_contradicting_rules_are_raised_with_the_limits_in_words(tmp_path):
    """Two facilities that the 10 bn pay for one by one, but not both (4 + 9); arithmetic sees it in neither target
    alone."""
    two_that_exclude_each_other(tmp_path / "two.xlsx")
    case = jaryq.read(tmp_path / "two.xlsx")
    with pytest.raises(jaryq.Infeasible) as none:
        jaryq.plan(case)
    assert [text.en.partition(":")[0] for text in none.value.limits[:2]] == ["Target, at least, F2",
        "Target, at least, F3"]


def test_what_is_shown_is_short_and_escaped(rich):
    program = rich.case.build()
    for one in (rich, rich.case, program, rich.tables, rich.case.tables):
        assert repr(one).startswith("<")
        assert "\n" not in repr(one)
        assert len(repr(one)) < 400
    assert re.fullmatch(r"<jaryq case rich, scenario base: facilities 3, packages of networks 1, sources 2, targets 2; "
                        r"surprises \d+, notes \d+>", repr(rich.case))
    assert "<b>Plan of rich, scenario base</b>" in rich._repr_html_()
    assert f"<td style='text-align:left'>{program.linear.shape[0]:,}</td>" in program._repr_html_()
    assert "<li>draw: " in program._repr_html_()
    solution = program.solve()
    assert "not verified yet" in solution._repr_html_()
    assert all(f"<td>{stage}</td>" in solution._repr_html_() for stage in solution.stages["stage"])
    shown = html("<b>", [("&", "<i>")], listed(["<u>"] * 60))
    assert "<i>" not in shown
    assert "<u>" not in shown
    assert shown.count("&lt;u&gt;") == 50
    assert "+10" in shown


def test_what_if_is_a_table_with_names_and_refuses_what_is_no_change(rich):
    """Half a bn more of the budget in each year: shortfalls do not grow, and where they stay the objective does not
    fall."""
    more = rich.again(["source_years; S1; 2026-2028; add 0.5"])
    table = more.stages.set_index("stage")
    assert list(table.index) == list(more.before) == list(more.after)
    assert (table["change"] == table["after"] - table["before"]).all()
    first = next((stage for stage in table.index if abs(table["change"][stage]) > 1e-7), None)
    assert first is not None
    assert (table["change"][first] > 0) == (first == "objective")
    assert "\n" not in repr(more)
    assert "<b>What if (facilities divisible)</b>" in more._repr_html_()
    with pytest.raises(jaryq.InputRejected) as refused:
        rich.again(["nowhere; S1; 2026; add 1"])
    assert [issue.code for issue in refused.value.issues] == ["change_unfit"]
    assert refused.value.__notes__ == [refused.value.issues[0].say()]
    with pytest.raises(TypeError):
        rich.again("source_years; S1; 2026; add 1")


def test_the_checks_are_made_again(rich):
    checks = rich.verify()
    assert checks["ok"].all()
    assert len(checks) == len(rich.done.findings) > 50
