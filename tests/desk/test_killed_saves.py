"""A save that is killed in the middle: the workbook is the old or the new one, whole, and what was left lying about
goes with the next save."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jaryq.desk.draft import Draft
from jaryq.workbook.read import read_all
from tests.sampled import exhaustive_but_for
from tests.workbooks import minimal_tables, plain_workbook

ROOT = Path(__file__).parents[2]
WAITS = """
import os, sys, time, zipfile
from pathlib import Path
from jaryq.desk.draft import Draft
from jaryq.desk import saving as module

def waiting(real, before):
    def wait(*given, **more):
        done = None if before else real(*given, **more)
        Path(sys.argv[1]).touch()
        time.sleep(60)
        return done
    return wait

owner, name, before = {"packing": (zipfile.ZipFile, "writestr", False), "written": (module, "to_disk", False),
                       "placing": (os, "replace", True), "placed": (os, "replace", False)}[sys.argv[2]]
opened = Draft(Path(sys.argv[3]))
opened.put("facilities", 4, "cost", 13.5, 12.5)
setattr(owner, name, waiting(getattr(owner, name), before))
opened.save()
"""


@exhaustive_but_for("placing-12.5", "placed-13.5")
@pytest.mark.skipif(sys.platform == "win32", reason="no signal ends a process there without its knowing")
@pytest.mark.parametrize(("moment", "cost"), [("packing", 12.5), ("written", 12.5), ("placing", 12.5),
                                              ("placed", 13.5)])
def test_a_killed_save_leaves_one_whole_workbook(tmp_path, moment, cost):
    """By the moments: until the new file takes its place the old one stands, byte for byte; from then on the new
    one."""
    case, reached = tmp_path / "case.xlsx", tmp_path / "reached"
    plain_workbook(minimal_tables(), case)
    old = case.read_bytes()
    run = subprocess.Popen([sys.executable, "-c", WAITS, str(reached), moment, str(case)], cwd=ROOT / "model")
    deadline = time.monotonic() + 60
    while not reached.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait(20)
    assert reached.exists()
    assert (case.read_bytes() == old) == (cost == 12.5)
    assert read_all(case).tables["facilities"].values["cost"] == (cost, 7.0)
    draft = Draft(case)
    draft.put("facilities", 5, "cost", 8, 7.0)
    draft.save()
    assert read_all(case).tables["facilities"].values["cost"] == (cost, 8.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.xlsx", "reached"]
