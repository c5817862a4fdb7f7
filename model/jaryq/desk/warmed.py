"""What-ifs from the side of the page: the process that keeps a case warm, and its last answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

CLOSING = 5.0
"""Seconds that a killed process is waited for."""

LEAST = 5
"""So much lower than ours is the priority of a process that gives way."""

MOST_GIVEN = 60
"""Answers that are remembered beside those that stand on somebody's page."""

Answer = dict[str, Any]


@dataclass
class Answers:
    """The last answers: the case as it stands, the last question moved, proved or refused."""

    ready: Answer | None = None
    moved: Answer | None = None
    proved: Answer | None = None
    refused: Answer | None = None
    ended: bool = False


@dataclass
class Given:
    """What was answered to the same changes: moved, then proved; or refused."""

    moved: Answer | None = None
    proved: Answer | None = None
    refused: Answer | None = None


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
        self._lock = threading.RLock()
        self._open: dict[str, tuple[str, ...]] = {}
        self._given: dict[tuple[str, ...], Given] = {}
        package = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jaryq.desk.warm", str(self.source.resolve()), self.scenario], text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0) if self.behind else 0)
        if self.behind and sys.platform != "win32":
            with suppress(OSError):
                lower = os.getpriority(os.PRIO_PROCESS, 0) + LEAST
                os.setpriority(os.PRIO_PROCESS, self._process.pid, lower)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def fresh(self) -> bool:
        """Whether it still answers, for the input as it stands."""
        return not self.answers.ended and stamp_of(self.source) == self.stamp

    @property
    def waits(self) -> bool:
        """Whether anybody's last question has no answer yet."""
        with self._lock:
            return not self.answers.ended and (self.answers.ready is None
                                               or any(not self._known(changes) for changes in self._open.values()))

    def given(self, changes: tuple[str, ...]) -> Given:
        """What was answered to these changes, whoever asked. An answer belongs to its changes alone."""
        with self._lock:
            if changes not in self._given:
                return Given()
            self._given[changes] = self._given.pop(changes)  # who is asked for lately is forgotten last
            return replace(self._given[changes])

    def ask(self, changes: tuple[str, ...], known: Answer | None = None, by: str = "") -> None:
        """What if, asked by a visitor: his earlier question, if it has no answer yet, is passed over; those of others
        are not. An answer that is ``known`` stands at once, and is proved as others are; what was proved or refused
        once is not computed again."""
        with self._lock:
            self.asked += 1
            self._open.pop(by, None)
            self._open[by] = changes
            if known is not None and not self._known(changes):
                self._take({**known, "number": self.asked, "changes": list(changes), "known": True})
            one = self._given.get(changes, Given())
            settled = one.proved is not None or one.refused is not None
            question = {"number": self.asked, "by": by, "changes": None if settled else changes}
            with suppress(OSError, ValueError):
                assert self._process.stdin is not None
                self._process.stdin.write(json.dumps(question) + "\n")
                self._process.stdin.flush()

    def _known(self, changes: tuple[str, ...]) -> bool:
        one = self._given.get(changes)
        return one is not None and (one.moved is not None or one.refused is not None)

    def _take(self, said: Answer) -> None:
        """Remember an answer: as the last of its kind, and by its changes."""
        setattr(self.answers, said["kind"], said)
        changes = tuple(str(change) for change in said["changes"])
        one = self._given.pop(changes, None) or Given()
        if said["kind"] == "refused":
            one.refused = said
        else:
            if said["kind"] != "proved":
                one.moved = said
            if said["proved"]:
                one.proved = said
        self._given[changes] = one
        for old in [key for key in self._given if key and key not in self._open.values()][:-MOST_GIVEN]:
            del self._given[old]

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
                with self._lock:
                    self._take(json.loads(line))
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
