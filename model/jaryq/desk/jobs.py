"""Jobs: ordinary commands in processes of their own, in a queue that stands on disk.

A folder for each job beside the results (``outputs/.jobs``) states what was asked, how far it is and how it ended, so
that the queue survives a reload of the page and an end of the server: jobs that run go on, and are found again. Nothing
is known of a job but what stands there and whether its process lives.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from jaryq.base.faults import fault
from jaryq.base.text import Text
from jaryq.desk.job import ALIVE, COMMAND, ENDED, LOG, REQUEST, RUNNING, write_whole_json
from jaryq.desk.job_held import Held, is_held

State = Literal["waiting", "running", "done", "failed", "cancelled", "killed"]
"""``failed``: with an exit code that the command has a sentence for, which stands in the log; ``killed``: its process
is gone and has not said how it ended."""

PLACE = Path("outputs") / ".jobs"
QUEUE, CANCELLED = "queue", "cancelled"

CORES_FOR_TWO = 8
"""Two jobs at once on a machine of so many cores (a job takes what it can use); one on smaller ones."""

LOADING = 20.0
"""Seconds that a process has to begin."""

PATIENCE = 6.0
"""Seconds that a cancelled job has to end by itself: its command takes three at most."""

TAIL = 20_000
"""Bytes of a log that are shown, its end."""


@dataclass(frozen=True)
class Asked:
    """What a job is asked: a command of the command line with its arguments; ``source``: the input, ``scenario`` of it;
    ``folder``: where its results go; ``changes``: those that stand in no cell."""

    command: str
    arguments: tuple[str, ...]
    source: str
    scenario: str = ""
    folder: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """A job as its folder tells it. ``code``: exit code; ``seconds`` that it took, or has run by now."""

    key: str
    asked: Asked
    state: State
    made: float
    seconds: float = 0.0
    code: int | None = None
    where: Path = field(default=Path(), compare=False)

    @property
    def over(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def log(self) -> str:
        """The end of what the command said."""
        try:
            with (self.where / LOG).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
                return file.read().decode("utf-8", "replace")
        except OSError:
            return ""

    @property
    def step(self) -> str:
        """The last line of the log."""
        return next((line.strip() for line in reversed(self.log.splitlines()) if line.strip()), "")


class Jobs:
    """The queue of a folder of cases. Every method may be called by any thread, and by several servers."""

    def __init__(self, home: Path, at_once: int | None = None, command: str = COMMAND) -> None:
        self.home, self.place, self.command = home, home / PLACE, command
        self.at_once = at_once or (2 if (os.cpu_count() or 1) >= CORES_FOR_TWO else 1)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.RLock()
        self.wrong: Text | None = None

    def add(self, asked: Asked) -> str:
        """Put a job at the end of the queue and begin what may begin; its key. Raises Fault where the queue cannot be
        written."""
        key = f"{time.time_ns():020d}-{secrets.token_hex(3)}"
        folder = self.place / key
        draft = folder.with_name(f".{key}")
        told = {**asdict(asked), "made": time.time(), "source": self._from_home(asked.source),
                "folder": self._from_home(asked.folder)}
        try:
            draft.mkdir(parents=True)
            write_whole_json(draft / REQUEST, told)
            draft.rename(folder)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            _give_back(asked.folder)
            raise fault(error, self.place) from error
        self.go_on()
        return key

    def all(self) -> list[Job]:
        """All jobs, the oldest first."""
        with suppress(FileNotFoundError):
            return [job for path in sorted(self.place.iterdir()) if not path.name.startswith(".")
                    and (job := self._job(path)) is not None]
        return []

    def get(self, key: str) -> Job | None:
        """A job by its key."""
        return self._job(self.place / key) if key and Path(key).name == key else None

    def go_on(self) -> None:
        """Begin the jobs that wait, as many as may run at once. To be called now and then. Raises Fault where the
        machine would not; ``wrong`` tells it until it goes on."""
        try:
            self._go_on()
        except OSError as error:
            told = fault(error, self.place)
            self.wrong = told.text
            raise told from error
        self.wrong = None

    def _go_on(self) -> None:
        with self._lock:
            if not any(job.state == "waiting" for job in self.all()):
                return
            try:
                held = Held(self.place / f".{QUEUE}")
            except OSError as error:
                if isinstance(error, BlockingIOError) or os.name == "nt":
                    return  # another server is at it
                raise
            try:
                jobs = self.all()
                running = [job for job in jobs if job.state == "running"]
                for job in jobs:
                    if job.state == "waiting" and len(running) < self.at_once:
                        self._begin(job)
                        running.append(job)
            finally:
                held.leave()

    def cancel(self, key: str) -> None:
        """Take a job out of the queue, or stop it: its command leaves no half-written file."""
        with self._lock:
            job = self.get(key)
            if job is None or job.over:
                return
            (job.where / CANCELLED).touch()
        if job.state == "running":
            threading.Thread(target=self._stop, args=(job,), daemon=True).start()

    def forget(self, key: str) -> None:
        """Take a job that is over off the list; its results stay."""
        with self._lock:
            job = self.get(key)
            if job is not None and job.over:
                shutil.rmtree(job.where, ignore_errors=True)
                _give_back(job.asked.folder)

    def wait(self, key: str, seconds: float, every: float = 0.1) -> Job:
        """A job once it is over. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.go_on()
            job = self.get(key)
            if job is not None and job.over:
                return job
            time.sleep(every)
        raise TimeoutError(key)

    def _begin(self, job: Job) -> None:
        package = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        write_whole_json(job.where / RUNNING, {"pid": None, "begun": time.time()})
        with (job.where / LOG).open("wb") as log:
            # A session of its own: an end of the server is not one of its jobs.
            apart = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)} if os.name == "nt" \
                else {"start_new_session": True}
            child = self._children[job.key] = subprocess.Popen(
                [sys.executable, "-m", "jaryq.desk.job", str(job.where), self.command], cwd=self.home,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": paths}, **apart)
        threading.Thread(target=child.wait, daemon=True).start()

    def _stop(self, job: Job) -> None:
        """End the process of a job: asked first, then killed with all that it began."""
        for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                pid = _read(job.where / RUNNING).get("pid")
                if isinstance(pid, int) and is_held(job.where / ALIVE):
                    with suppress(OSError):
                        if number == signal.SIGTERM or os.name == "nt":
                            os.kill(pid, number)
                        else:
                            os.killpg(pid, number)
                    break
                if self._state(job.where) != "running":
                    return
                time.sleep(0.1)
            while time.monotonic() < until and is_held(job.where / ALIVE):
                time.sleep(0.1)

    def _job(self, path: Path) -> Job | None:
        told = _read(path / REQUEST)
        try:
            asked = Asked(str(told["command"]), _texts(told["arguments"]), self._at_home(told["source"]),
                          str(told["scenario"]), self._at_home(told["folder"]), _texts(told["changes"]))
        except (KeyError, TypeError):
            return None
        state, ended = self._state(path), _read(path / ENDED)
        begun = _number(_read(path / RUNNING).get("begun"))
        seconds = _number(ended.get("seconds")) or (time.time() - begun if state == "running" else 0.0)
        code = ended.get("code")
        return Job(path.name, asked, state, _number(told.get("made")), seconds, code if isinstance(code, int) else None,
                   path)

    def _from_home(self, place: str) -> str:
        """A place as it is kept: below the folder of cases by its way from there, so that jobs go with the folder."""
        path = Path(place)
        return path.relative_to(self.home).as_posix() if place and path.is_relative_to(self.home) else place

    def _at_home(self, kept: object) -> str:
        return str(self.home / str(kept)) if kept else ""

    def _state(self, path: Path) -> State:
        ended, cancelled = _read(path / ENDED), (path / CANCELLED).exists()
        if ended:
            return "done" if ended.get("code") == 0 else "cancelled" if cancelled else "failed"
        running = _read(path / RUNNING)
        if not running:
            return "cancelled" if cancelled else "waiting"
        if is_held(path / ALIVE):
            return "running"
        child = self._children.get(path.name)
        if running.get("pid") is None and (child.poll() is None if child is not None
                                           else time.time() - _number(running.get("begun")) < LOADING):
            return "running"
        if _read(path / ENDED):  # it ended while it was looked at
            return self._state(path)
        if child is not None and (child.poll() or -1) > 0:  # by itself, though its end is not on disk
            return "cancelled" if cancelled else "failed"
        return "cancelled" if cancelled else "killed"


def _give_back(folder: str) -> None:
    """A folder that was reserved for a plan which did not come; with one it stays."""
    if folder:
        with suppress(OSError):
            Path(folder).rmdir()


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _texts(value: object) -> tuple[str, ...]:
    """A list of texts. Raises TypeError."""
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(str, value))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
