"""What-ifs from the side of the page: the process that keeps a case warm, and its last answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CLOSING = 5.0
"""Seconds that a killed process is waited for."""

LEAST = 10
"""Priority of a process that gives way."""

Answer = dict[str, Any]


@dataclass
class Answers:
    """The last answers: the case as it stands, the last question moved, proved or refused."""

    ready: Answer | None = None
    moved: Answer | None = None
    proved: Answer | None = None
    refused: Answer | None = None
    ended: bool = False


@dataclass(eq=False)
class Warmed:
    """A case kept warm in a process of its own, begun at once. ``stamp``: of the input as it was read; ``behind``: it
    gives way to everything else on the machine."""

    source: Path
    scenario: str
    answers: Answers = field(default_factory=Answers)
    asked: int = 0
    begun: float = field(default_factory=time.monotonic)
    behind: bool = False

    def __post_init__(self) -> None:
        self.stamp = stamp_of(self.source)
        package = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jaryq.desk.warm", str(self.source.resolve()), self.scenario], text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0) if self.behind else 0)
        if self.behind and sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, LEAST)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def fresh(self) -> bool:
        """Whether it still answers, for the input as it stands."""
        return not self.answers.ended and stamp_of(self.source) == self.stamp

    @property
    def waits(self) -> bool:
        """Whether the last question has no answer yet."""
        found = self.answers
        last = max((one["number"] for one in (found.ready, found.moved, found.refused) if one is not None), default=-1)
        return not found.ended and last < self.asked

    def ask(self, changes: tuple[str, ...], known: Answer | None = None) -> None:
        """What if. An earlier question that has no answer yet is passed over; an answer that is ``known`` stands at
        once, and is proved as others are."""
        self.asked += 1
        if known is not None:
            setattr(self.answers, known["kind"], {**known, "number": self.asked, "known": True})
        with suppress(OSError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({"number": self.asked, "changes": changes}) + "\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """End the process."""
        with suppress(OSError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        self._process.kill()
        self._thread.join(CLOSING)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):
            for line in self._process.stdout:
                said = json.loads(line)
                setattr(self.answers, said["kind"], said)
        self._process.wait()
        self._process.stdout.close()
        self.answers.ended = True


def stamp_of(source: Path) -> tuple[int, int]:
    """By what a change of an input is noticed."""
    try:
        files = [source, *sorted(source.glob("*.csv"))] if source.is_dir() else [source]
        found = [file.stat() for file in files]
    except OSError:
        return (0, 0)
    return max(one.st_mtime_ns for one in found), sum(one.st_size for one in found)
