"""A run that is killed at the worst moments: while a plan is packed, before it takes its place, and between it and its summary."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jaryq.commands.cli import main
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

    wait_before(*{"packing": (zipfile.ZipFile, "_open_to_write", 4), "placing": (os, "replace", 1), "placed": (os, "replace", 2), "shown": (os, "replace", 3), "summed": (os, "replace", 4)}[sys.argv[2]])
    sys.exit(main(sys.argv[3:]))
""")
"""A run that touches a file at a moment and waits there: before the fourth part of the plan is written, before the first file takes its place, and so on."""


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


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("moment", "how"), [
    ("packing", signal.SIGINT), ("packing", signal.SIGTERM), ("packing", signal.SIGKILL), ("placing", signal.SIGTERM), ("placing", signal.SIGKILL), ("placed", signal.SIGTERM), ("shown", signal.SIGTERM), ("summed", signal.SIGTERM)])
def test_killed_at(case, older, tmp_path, moment, how):
    out, temporary, mark = tmp_path / "out", tmp_path / "temporary", tmp_path / "mark"
    out.mkdir()
    temporary.mkdir()
    for name, content in older.items():
        (out / name).write_bytes(content)
    run = subprocess.Popen([sys.executable, "-c", WAITS, str(mark), moment, "plan", str(case), "--out", str(out)], cwd=ROOT, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, env={**os.environ, "TMPDIR": str(temporary)})
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert run.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
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
