"""Solvers of another origin (OR-Tools' GLOP and SCIP) in a process of their own, killed when it is not done in time."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

import numpy as np
from scipy.sparse import csr_array

from jaryq.solve.lp import Array
from jaryq.validate.answer import NOTHING, Answer, Basis, Question, Stop

CHILD = Path(__file__).with_name("child.py")
GRACE = 20.0
"""Seconds beyond its own limit after which a silent process is killed: it starts, loads and reads in them."""


class Apart:
    """The other process, started when it is needed and again after it was killed; ends with its context."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-P", str(CHILD)), grace: float = GRACE) -> None:
        self.command = command
        self.grace = grace
        self._folder = tempfile.TemporaryDirectory(prefix="jaryq-validate-")
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.end()
        self._folder.cleanup()

    def end(self) -> None:
        """Kill the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def ask(self, name: str, question: Question) -> Answer:
        """The answer, or what became of the process instead."""
        begun = time.perf_counter()
        asked, told = Path(self._folder.name) / "question.npz", Path(self._folder.name) / "answer.npz"
        np.savez(asked, allow_pickle=False, **_arrays(question))
        try:
            self._write(f"{asked}\t{told}\n")
            line = self._lines.get(timeout=question.seconds + self.grace)
        except (queue.Empty, OSError) as error:
            self.end()
            seconds = time.perf_counter() - begun
            if isinstance(error, queue.Empty):
                return Answer(name, "limit", f"no answer after {seconds:.0f} s, stopped", seconds=seconds)
            return Answer(name, "other", f"its process cannot be reached: {error}", seconds=seconds)
        seconds = time.perf_counter() - begun
        if line != "done":
            self.end()
            return Answer(name, "other", line or "its process ended without an answer", seconds=seconds)
        with np.load(told) as found:
            return _answer(name, found, seconds)

    def _write(self, line: str) -> None:
        if self._process is None:
            self._lines = queue.Queue()
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=nowhere, encoding="utf-8")
            threading.Thread(target=_listen, args=(self._process.stdout, self._lines), daemon=True).start()
        assert self._process.stdin is not None
        self._process.stdin.write(line)
        self._process.stdin.flush()


def _listen(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Pass on the lines that are answers; an empty one when the process has ended."""
    for line in stream:
        if line.startswith(("done", "failed")):
            lines.put(line.strip())
    lines.put("")


class Other:
    """GLOP or SCIP through the process."""

    def __init__(self, apart: Apart, name: str, *, whole: bool) -> None:
        self.apart = apart
        self.name = name
        self.whole = whole

    def solve(self, question: Question) -> Answer:
        return self.apart.ask(self.name, question)


def _arrays(question: Question) -> dict[str, Any]:
    program = question.program
    matrix = csr_array(program.matrix)
    matrix.sum_duplicates()
    entries = matrix.tocoo()
    return {
        "cost": question.cost, "offset": np.float64(question.offset), "whole": program.whole & question.whole,
        "col_lower": program.col_lower, "col_upper": program.col_upper,
        "row_lower": program.row_lower, "row_upper": program.row_upper,
        "at_row": entries.coords[0], "at_column": entries.coords[1], "coefficients": entries.data,
        "gap": np.float64(question.gap), "seconds": np.float64(question.seconds),
    }


def _answer(name: str, found: Mapping[str, Any], seconds: float) -> Answer:
    def array(key: str) -> Array:
        return np.asarray(found[key], dtype=np.float64) if key in found else NOTHING.copy()

    def number(key: str) -> float:
        return float(found[key]) if key in found else np.nan

    basis = Basis(found["basis_columns"], found["basis_rows"]) if "basis_columns" in found else None
    stop, said = cast("Stop", str(found["stop"])), str(found["said"])
    stated = number("value"), number("bound"), array("x"), array("row_dual"), array("ray")
    return Answer(name, stop, said, *stated, basis, seconds)
