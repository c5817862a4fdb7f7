"""Why a plan is as it is, asked of the ordinary command ``explain`` in a process of its own: its sentences as they
come."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from jaryq.desk.job import COMMAND


class Explaining:
    """What is said of a project (or a limit, a source, a target) of a plan; ``ended`` once all is said."""

    def __init__(self, plan: Path, what: str, lang: str) -> None:
        self.lines: list[str] = []
        self.ended = False
        package = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", COMMAND, "explain", f"--lang={lang}", "--", str(plan), what], text=True,
            encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"})
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        """Nobody reads it any more."""
        with suppress(OSError):
            self._process.kill()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.strip():
                self.lines.append(line.rstrip())
        self._process.wait()
        self._process.stdout.close()
        self.ended = True
