"""A run that is killed at the worst moments: while a plan is packed, before it takes its place, and between it and its
summary."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jaryq.base.mark import purpose_of
from jaryq.commands.cli import main
from jaryq.handover.html.write import is_report
from jaryq.workbook.plan_read import read_plan
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).parents[2]
WAITS = textwrap.dedent("""
    import os, sys, time, zipfile
    from pathlib import Path
    from jaryq.commands.cli import main

    def wait_before(owner, name, call):
        real, calls = getattr(owner, name), []
        def waiting(*given, **more):
            calls.append(1)
            if len(calls) == call:
                Path(sys.argv[1]).touch()
                time.sleep(60)
            return real(*given, **more)
        setattr(owner, name, waiting)

    replaced = {"placing": 1, "placed": 2, "shown": 3, "summed": 4, "briefed": 4, "marked": 5, "tabled": 12}
    wait_before(*{"packing": (zipfile.ZipFile, "_open_to_write", 4),
                  **{name: (os, "replace", count) for name, count in replaced.items()}}[sys.argv[2]])
    sys.exit(main(sys.argv[3:]))
""")
"""A run that touches a file at a moment and waits there: before the fourth part of the plan is written, before the
first file takes its place, and so on."""


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "case.xlsx"
    plain_workbook(minimal_tables(source_years=[{"source_id": "S1", "2026": 20.0, "2027": 20.0, "2028": 20.0}]), path)
    return path


@pytest.fixture(scope="module")
def older(tmp_path_factory, case):
    """The files of an earlier run."""
    before = signal.getsignal(signal.SIGTERM)
    out = tmp_path_factory.mktemp("older")
    assert main(["plan", str(case), "--out", str(out)]) == 0
    signal.signal(signal.SIGTERM, before)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def waiting(place, moment, temporary, *arguments):
    """A run that has come to a moment."""
    mark = place / "mark"
    run = subprocess.Popen([sys.executable, "-c", WAITS, str(mark), moment, *arguments], cwd=ROOT,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(temporary)})
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return run


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("moment", "how"), [
    ("packing", signal.SIGINT), ("packing", signal.SIGTERM), ("packing", signal.SIGKILL), ("placing", signal.SIGTERM),
    ("placing", signal.SIGKILL), ("placed", signal.SIGTERM), ("shown", signal.SIGTERM), ("summed", signal.SIGTERM)])
def test_killed_at(case, older, tmp_path, moment, how):
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    out.mkdir()
    temporary.mkdir()
    for name, content in older.items():
        (out / name).write_bytes(content)
    run = waiting(tmp_path, moment, temporary, "plan", str(case), "--out", str(out))
    run.send_signal(how)
    assert run.wait(timeout=60) == {signal.SIGTERM: 143, signal.SIGINT: 130}.get(how, -how)
    left = {path.name: path.read_bytes() for path in out.iterdir()}
    if how != signal.SIGKILL:
        assert left.keys() == older.keys()
        assert list(temporary.iterdir()) == []
    if moment in ("packing", "placing"):
        assert {name: left[name] for name in older} == older
    assert read_plan(out / "plan.xlsx").plan.draw
    for name in ("summary.json", "manifest.json"):
        assert json.loads(left[name])["status"]


@pytest.fixture(scope="module")
def richer(tmp_path_factory, case):
    """A folder of an earlier run with its brief and tables, in Russian: every file of a run in English differs from
    it."""
    pytest.importorskip("docx")
    pytest.importorskip("pyarrow")
    before = signal.getsignal(signal.SIGTERM)
    place = tmp_path_factory.mktemp("richer")
    assert main(["plan", str(case), "--out", str(place / "out"), "--tables", str(place / "tables"), "--brief", "--lang",
                 "ru"]) == 0
    signal.signal(signal.SIGTERM, before)
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("moment", "how"), [("placed", signal.SIGKILL), ("shown", signal.SIGKILL),
                                             ("briefed", signal.SIGKILL), ("briefed", signal.SIGTERM),
                                             ("marked", signal.SIGKILL),
                                             ("tabled", signal.SIGKILL), ("tabled", signal.SIGTERM)])
def test_killed_while_it_writes_what_stands_beside_the_plan(case, richer, tmp_path, moment, how):
    """Before the second file (report), the third and fourth (brief), the fifth (mark of the tables) and the twelfth (a
    table) takes its place: each file is the old or the new one, whole; what a signal stops puts tables back; and the
    next run writes everything, without --force."""
    shutil.copytree(richer, tmp_path / "here")
    out, tables = tmp_path / "here" / "out", tmp_path / "here" / "tables"
    arguments = ["plan", str(case), "--out", str(out), "--tables", str(tables), "--brief"]
    run = waiting(tmp_path, moment, tmp_path, *arguments)
    run.send_signal(how)
    assert run.wait(timeout=60) == {signal.SIGTERM: 143}.get(how, -how)
    assert (is_report(out / "report.html"), purpose_of(out / "brief.en.docx"),
            purpose_of(out / "brief.ru.docx")) == (True, "brief", "brief")
    assert read_plan(out / "plan.xlsx").plan.draw
    strays = [path.name for folder in (out, tables.parent, tables) for path in folder.iterdir()
              if path.name.endswith(".part")]
    assert bool(strays) == (how == signal.SIGKILL)
    old = {path.name: path.read_bytes() for path in (richer / "tables").iterdir()}
    changed = [path.name for path in tables.iterdir() if path.name in old and path.read_bytes() != old[path.name]]
    assert {"placed": not changed, "shown": not changed, "briefed": not changed, "marked": not changed,
            "tabled": changed != []}[moment] or how == signal.SIGTERM
    assert [name for name in changed if name != ".tables.json"] == [] or how == signal.SIGKILL
    before = signal.getsignal(signal.SIGTERM)
    assert main(arguments) == 0
    signal.signal(signal.SIGTERM, before)
    assert [path.name for folder in (out, tables.parent, tables) for path in folder.iterdir()
            if path.name.endswith(".part")] == []
    told = json.loads((tables / ".tables.json").read_text(encoding="utf-8"))
    assert told == {name: hashlib.sha256((tables / name).read_bytes()).hexdigest() for name in told}
    assert is_report(out / "report.html")


def test_two_runs_at_once_in_one_folder(case, tmp_path):
    """Whichever is last, every file is whole, and the manifest fits them or is known not to: then the next run writes
    anew."""
    pytest.importorskip("docx")
    pytest.importorskip("pyarrow")
    arguments = ["plan", str(case), "--out", str(tmp_path / "out"), "--tables", str(tmp_path / "tables"), "--brief"]
    runs = [subprocess.Popen([sys.executable, "run.py", *arguments, "--lang", lang], cwd=ROOT,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for lang in ("en", "ru")]
    said = [run.communicate(timeout=120)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert is_report(tmp_path / "out" / "report.html")
    assert read_plan(tmp_path / "out" / "plan.xlsx").plan.draw
    assert not list(tmp_path.rglob("*.part"))
    before = signal.getsignal(signal.SIGTERM)
    assert main(arguments) == 0
    signal.signal(signal.SIGTERM, before)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == {name: hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest()
                                  for name in manifest["sha256"]}
