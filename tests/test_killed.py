"""A run that is killed leaves whole files or none: an older plan stays readable, nothing is half written."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.cli import main
from model.workbook.plan_read import read_plan

ROOT = Path(__file__).parents[1]
CASE = ROOT / "inputs" / "short_term_financing.xlsx"
WHOLE = {"plan.xlsx", "plan.stale.xlsx", "summary.json", "manifest.json"}


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A plan of an earlier run, file by file."""
    out = tmp_path_factory.mktemp("older")
    assert main(["plan", str(CASE), "--out", str(out)]) == 0
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
@pytest.mark.parametrize("after", [0.4, 1.0, 1.4, 1.8])
def test_what_is_left_is_whole(older, tmp_path, how, after):
    for name, content in older.items():
        (tmp_path / name).write_bytes(content)
    run = subprocess.Popen([sys.executable, str(ROOT / "run.py"), "plan", str(CASE), "--out", str(tmp_path)], cwd=ROOT,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    run.send_signal(how)
    run.wait(timeout=60)
    left = {path.name for path in tmp_path.iterdir()}
    if how == signal.SIGTERM:
        assert left <= WHOLE
    assert left & {"plan.xlsx", "plan.stale.xlsx"}
    for name in left & {"plan.xlsx", "plan.stale.xlsx"}:
        assert read_plan(tmp_path / name).plan.draw
    for name in left & {"summary.json", "manifest.json"}:
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))
