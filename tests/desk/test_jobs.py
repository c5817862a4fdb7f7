"""Jobs of the page: ordinary commands in processes of their own, a queue on disk, cancelled and killed jobs told."""

import errno
import json
import os
import signal
import time

import pytest

from jaryq.base.faults import Fault
from jaryq.desk.desk import Desk
from jaryq.desk.job import ALIVE, REQUEST, RUNNING, write_whole_json
from jaryq.desk.job_held import Held, is_held
from jaryq.desk.jobs import Asked, Jobs
from jaryq.desk.jobs_asked import plan_asked
from jaryq.desk.kept_warm import EVERY, jobs_of
from jaryq.workbook.plan_file import open_plan


@pytest.fixture
def jobs(tmp_path):
    made = Jobs(tmp_path, at_once=1)
    yield made
    for job in made.all():
        made.cancel(job.key)
        made.wait(job.key, 20)


@pytest.fixture
def sleeping(tmp_path, monkeypatch):
    """A queue of jobs that wait for ever in place of a command."""
    (tmp_path / "sleeper.py").write_text("import time\nprint('[  0.1 s] asleep', flush=True)\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ["PYTHONPATH"])))
    made = Jobs(tmp_path, at_once=1, command="sleeper")
    yield made
    for job in reversed(made.all()):
        made.cancel(job.key)
        made.wait(job.key, 20)


ASKED = Asked("plan", ("plan", "x"), "x")


def running(jobs, key):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        jobs.go_on()  # as a server does now and then: the one before may have ended after the last look at the queue
        job = jobs.get(key)
        if "asleep" in job.log:
            return job
        time.sleep(0.05)
    raise AssertionError(jobs.get(key))


def test_a_plan_of_a_job_is_that_of_the_command_line(jobs, book, run, tmp_path):
    """What machines read, and cell by cell, but for seconds and the seal over them."""
    key = jobs.add(plan_asked(book, "base", "en"))
    job = jobs.wait(key, 60)
    assert (job.state, job.code) == ("done", 0)
    assert "facilities" in job.log
    assert run("plan", book, "--out", tmp_path / "other")[0] == 0
    folders = (tmp_path / "outputs" / "case" / "base", tmp_path / "other")
    of_job, other = (json.loads((folder / "summary.json").read_text(encoding="utf-8")) for folder in folders)
    for content in (of_job, other):
        del content["seconds"], content["seal"]
    assert of_job == other
    assert of_job["verified"] is True
    files = [open_plan(folder / "plan.xlsx", everything=True).cells for folder in folders]
    assert files[0].keys() == files[1].keys()
    differing = {(sheet, cells.get((place[0], 0)).value) for sheet, cells in files[0].items() if sheet != "x_seal"
                 for place, cell in cells.items() if files[1][sheet].get(place) != cell}
    assert differing <= {("x_sealed", "solver_seconds")}


def test_one_at_a_time_and_in_order(sleeping):
    first, second = sleeping.add(ASKED), sleeping.add(ASKED)
    running(sleeping, first)
    assert [job.state for job in sleeping.all()] == ["running", "waiting"]
    sleeping.cancel(first)
    assert sleeping.wait(first, 20).state == "cancelled"
    sleeping.go_on()
    assert running(sleeping, second).state == "running"
    assert sleeping.get(second).step == "[  0.1 s] asleep"


def test_another_server_finds_what_runs_and_what_waits(sleeping):
    """A job goes on when the server is gone; the next one sees it, cancels it and begins the one behind it."""
    first, second = sleeping.add(ASKED), sleeping.add(ASKED)
    running(sleeping, first)
    other = Jobs(sleeping.home, at_once=1, command="sleeper")
    assert [job.state for job in other.all()] == ["running", "waiting"]
    other.cancel(first)
    assert other.wait(first, 20).state == "cancelled"
    assert running(other, second).state == "running"


def test_a_killed_job_is_told(sleeping):
    key = sleeping.add(ASKED)
    job = running(sleeping, key)
    os.kill(json.loads((job.where / "running.json").read_text())["pid"], signal.SIGKILL if hasattr(signal, "SIGKILL")
            else signal.SIGTERM)
    assert sleeping.wait(key, 20).state == "killed"
    assert Jobs(sleeping.home).get(key).state == "killed"
    sleeping.forget(key)
    assert sleeping.all() == []


def test_a_job_that_waits_is_cancelled_without_a_process(sleeping):
    first, second = sleeping.add(ASKED), sleeping.add(ASKED)
    sleeping.cancel(second)
    assert sleeping.get(second).state == "cancelled"
    assert sleeping.get(first).state == "running"


def test_a_rejected_input_fails_with_the_sentences_of_the_command(jobs, tmp_path):
    key = jobs.add(plan_asked(tmp_path / "none.xlsx", "base", "ru"))
    job = jobs.wait(key, 60)
    assert (job.state, job.code) == ("failed", 2)
    assert "none.xlsx" in job.log


def test_a_name_that_begins_with_a_dash_is_no_option(tmp_path):
    """Of a scenario or a change."""
    asked = plan_asked(tmp_path / "a.xlsx", "--force", "en", ["--force; x; y; set 1"])
    assert "--force" not in asked.arguments
    assert "--scenario=--force" in asked.arguments


def test_what_is_no_job_is_passed_over(jobs):
    """Strange files and folders in the place of the jobs, and keys that lead elsewhere."""
    (jobs.place / "strange").mkdir(parents=True)
    (jobs.place / "file").write_text("x")
    (jobs.place / "broken").mkdir()
    (jobs.place / "broken" / REQUEST).write_text('{"command": 3}')
    assert jobs.all() == []
    assert jobs.get("../..") is None
    assert jobs.get("") is None


def test_a_file_is_held_once(tmp_path):
    held = Held(tmp_path / ALIVE)
    assert is_held(tmp_path / ALIVE)
    with pytest.raises(OSError):
        Held(tmp_path / ALIVE)
    held.leave()
    assert not is_held(tmp_path / ALIVE)


def test_a_queue_on_a_full_disk_says_so_and_goes_on(tmp_path, monkeypatch):
    """The first job cannot be begun as nothing can be written; the thread of the queue lives, and begins it once there
    is room again."""
    room = []

    def written(path, content):
        if path.name == RUNNING and not room:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write_whole_json(path, content)

    monkeypatch.setattr("jaryq.desk.jobs.write_whole_json", written)
    queue = jobs_of(Desk.of(tmp_path))
    queue.command = "json.tool"
    with pytest.raises(Fault):
        queue.add(ASKED)
    time.sleep(3 * EVERY)
    [job] = queue.all()
    assert job.state == "waiting"
    assert "space" in queue.wrong.say("en")
    room.append(True)
    until = time.monotonic() + 20
    while (queue.wrong is not None or not queue.all()[0].over) and time.monotonic() < until:
        time.sleep(0.05)
    assert queue.wrong is None
    assert queue.all()[0].over


def test_a_job_that_the_disk_does_not_take_leaves_nothing(tmp_path, monkeypatch):
    """Neither the folder that was reserved for its plan nor a draft of it; a folder with a plan stays as it is."""
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    queue, held = Jobs(tmp_path), tmp_path / "held"
    held.mkdir()
    (held / "plan.xlsx").touch()
    monkeypatch.setattr("jaryq.desk.jobs.write_whole_json", full)
    for folder in (tmp_path / "tried-forced", held):
        folder.mkdir(exist_ok=True)
        with pytest.raises(Fault):
            queue.add(plan_asked(tmp_path / "a.xlsx", "base", "en", (), folder))
    assert not (tmp_path / "tried-forced").exists()
    assert list(held.iterdir()) == [held / "plan.xlsx"]
    assert list(queue.place.iterdir()) == []
