"""Plans kept from an earlier run: shown again only where every byte, the key and every limit are right; else planned
again. Another language is no other plan."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from jaryq.api.accepted import accept
from jaryq.api.hashes import code_hash, file_hash
from jaryq.api.manifest import BESIDE, plan_in, read_manifest
from jaryq.api.reuse import kept, key_of
from jaryq.commands.cli import main
from jaryq.workbook.plan import read_plan
from jaryq.workbook.read import read
from tests.sampled import exhaustive_beside, exhaustive_but_for
from tests.test_cli import BASE
from tests.workbooks import minimal_tables, plain_workbook

RICH = [{"source_id": "S", "2026": 20.0, "2027": 1.0}]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    for name, sheets in (("poor", {}), ("rich", {"source_years": RICH})):
        (folder / name).mkdir()
        plain_workbook(minimal_tables(**{**BASE, **sheets}), folder / name / "case.xlsx")
        assert main(["plan", str(folder / name / "case.xlsx"), "--out", str(folder / name / "out")]) == 0
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy of the plan that may be spoilt, with its key."""
    shutil.copytree(made / "poor" / "out", tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture(scope="module")
def key(made):
    tables, issues = read(made / "poor" / "case.xlsx")
    return key_of(accept(tables, issues))


def rewrite(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_what_is_kept_is_found_by_the_key_of_its_input(folder, key):
    found = kept(folder, key)
    assert found is not None
    assert found.stored.plan.start == {("F1", "2026"): 1.0, ("F2", "2026"): 1.0}
    assert kept(folder, "another") is None


def truncated(folder):
    path = folder / "plan.xlsx"
    path.write_bytes(path.read_bytes()[:-100])


def edited(folder):
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["x_draw"].cell(4, 4).value = 5.5
    book.save(folder / "plan.xlsx")


def edited_with_its_hash(folder):
    edited(folder)
    rewrite(folder, sha256={**read_manifest(folder)["sha256"], "plan.xlsx": file_hash(folder / "plan.xlsx")})


def of_another_input(folder, made):
    """Another plan, under a manifest that claims this key: what a crash or a copying hand may leave."""
    shutil.copy(made / "rich" / "out" / "plan.xlsx", folder / "plan.xlsx")
    rewrite(folder, sha256={**read_manifest(folder)["sha256"], "plan.xlsx": file_hash(folder / "plan.xlsx")})


@pytest.mark.parametrize("spoil", [
    truncated, edited, edited_with_its_hash,
    lambda folder: (folder / "plan.xlsx").unlink(),
    lambda folder: (folder / "manifest.json").unlink(),
    lambda folder: rewrite(folder, status="failed"),
    lambda folder: rewrite(folder, sha256=None),
    lambda folder: rewrite(folder, sha256=["plan.xlsx"]),
    lambda folder: rewrite(folder, key=None),
    lambda folder: rewrite(folder, plan=None),
    lambda folder: rewrite(folder, plan="../plan.xlsx"),
    lambda folder: rewrite(folder, summary=None),
    lambda folder: (folder / "summary.json").unlink(),
    lambda folder: (folder / "summary.json").write_text("{}"),
    *(lambda folder, text=text: (folder / "manifest.json").write_bytes(text)
      for text in (b"", b"[]", b'["status", "ok"]', b"7", b"null", b'"ok"', b"{", b"\xff\xfe{", b"[" * 100_000,
                   b'{"status": "ok", "plan": ".."}', b"NaN")),
])
def test_anything_else_is_planned_again(folder, key, spoil):
    spoil(folder)
    assert kept(folder, key) is None
    assert plan_in(folder) == folder / "plan.xlsx"


@exhaustive_beside("test_anything_else_is_planned_again")
def test_a_manifest_of_which_any_text_was_changed_is_not_reused(folder, key):
    """Entry by entry, also those of ``versions``: seconds alone stand nowhere else, nor the way to the input, which
    says where to look and never what is there."""
    whole = json.loads((folder / "manifest.json").read_text())
    changes = [{name: said + "0"} for name, said in whole.items() if isinstance(said, str) and name != BESIDE] + [
        {"versions": {**whole["versions"], name: "0"}} for name in whole["versions"]] + [{"versions": None}]
    assert len(changes) > 20
    for change in changes:
        (folder / "manifest.json").write_text(json.dumps({**whole, **change}))
        assert kept(folder, key) is None, change
    for name in whole.keys() - {"seconds", BESIDE}:
        (folder / "manifest.json").write_text(json.dumps({n: said for n, said in whole.items() if n != name}))
        assert kept(folder, key) is None, name
    (folder / "manifest.json").write_text(json.dumps(whole))
    assert kept(folder, key) is not None


def test_a_plan_of_another_input_under_this_key(folder, key, made):
    of_another_input(folder, made)
    assert read_manifest(folder)["key"] == key
    assert kept(folder, key) is None


def test_a_crash_between_the_plan_and_its_manifest(folder, key, made):
    shutil.copy(made / "rich" / "out" / "plan.xlsx", folder / "plan.xlsx")
    assert kept(folder, key) is None


@exhaustive_but_for("edited")
@pytest.mark.parametrize("spoil", [edited, lambda folder: (folder / "manifest.json").write_text("[]")])
def test_scenarios_never_call_a_spoilt_plan_as_before(made, folder, capsys, spoil):
    book, out = made / "poor" / "case.xlsx", folder.parent / "all"
    out.mkdir()
    folder.rename(out / "base")
    assert main(["scenarios", str(book), "--out", str(out)]) == 0
    assert "base: 2 facilities, 0 km, objective -1.0, 0 target rows missed (as before)" in capsys.readouterr().out
    spoil(out / "base")
    assert main(["scenarios", str(book), "--out", str(out), "--processes", "1"]) == 0
    assert "(as before)" not in capsys.readouterr().out
    assert main(["verify", str(out / "base" / "plan.xlsx")]) == 0


def cells(path):
    book = CalamineWorkbook.from_path(str(path))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names
              if name not in ("manifest", "x_seal")}
    return {name: [row for row in rows if row[0] != "solver_seconds"] for name, rows in sheets.items()}


def test_another_language_is_written_and_not_solved(made, tmp_path, monkeypatch, capsys):
    """The plan in Russian of the kept English one is, cell by cell, the plan that is solved for Russian."""
    book = made / "rich" / "case.xlsx"
    assert main(["plan", str(book), "--out", str(tmp_path / "solved"), "--lang", "ru"]) == 0
    shutil.copytree(made / "rich" / "out", tmp_path / "kept")

    def solve(*_, **__):
        raise AssertionError("solved again")

    monkeypatch.setattr("jaryq.api.verified.solve", solve)
    assert main(["plan", str(book), "--out", str(tmp_path / "kept"), "--lang", "ru"]) == 0
    assert read_plan(tmp_path / "kept" / "plan.xlsx").lang == "ru"
    assert cells(tmp_path / "kept" / "plan.xlsx") == cells(tmp_path / "solved" / "plan.xlsx")
    old, new = (json.loads((tmp_path / name / "summary.json").read_text()) for name in ("solved", "kept"))
    assert {**old, "seconds": 0, "seal": 0} == {**new, "seconds": 0, "seal": 0}
    assert read_manifest(tmp_path / "kept")["solved_for"] == "the plan in en"
    # in its own language it is planned again
    assert main(["plan", str(book), "--out", str(tmp_path / "kept"), "--lang", "ru"]) == 1


def test_the_key_is_about_what_was_decided(made):
    """Names of scenarios, their changes once they are made, and remarks decide nothing; money does."""
    tables, issues = read(made / "poor" / "case.xlsx")
    known = key_of(accept(tables, issues))
    more = minimal_tables(**{**BASE, "scenarios": [{"scenario": "s", "name": "S"}],
                             "sources_and_method": [{"topic": "x", "text": "y"}]})
    assert key_of(accept(type(tables)("case", more.sheets), [])) == key_of(accept(type(tables)("case",
        minimal_tables(**BASE).sheets), []))
    rich, found = read(made / "rich" / "case.xlsx")
    assert key_of(accept(rich, found)) != known


def test_the_program_is_read_once_in_a_process(monkeypatch):
    """At each plan and each verify 800 files were read: a tenth of verifying a small plan."""
    first = code_hash()
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
    assert code_hash() == first
    assert len(first) == 64
