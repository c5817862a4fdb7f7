"""What an assistant may ask, each answer a value that JSON can hold: the functions that the command line and notebooks
have, on the files of one folder. One question is answered at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import pandas as pd

from jaryq.api.again import Standing
from jaryq.api.hashes import input_hash
from jaryq.api.opened import OpenedCase, read
from jaryq.api.planned import VerifiedPlan, build_program, plan
from jaryq.api.results import folder_of, inside
from jaryq.api.whose import free_of_others
from jaryq.base.confined import Outside, confined
from jaryq.base.errors import JaryqError
from jaryq.base.faults import fault
from jaryq.base.safe_name import TRIED
from jaryq.base.text import Lang
from jaryq.commands import explain, versions
from jaryq.commands import plan as commands
from jaryq.commands.check.run import check
from jaryq.commands.ends import UNFORESEEN
from jaryq.commands.messages import headline
from jaryq.workbook.finished import finished

BOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
MOST_FILES, MOST_ROWS = 200, 500
"""So many files and rows are told at once; how many there are is told too."""

KEPT = 2
"""So many plans, and so many programs, stay in memory: one of the shipped case takes some hundred MB."""

T = TypeVar("T")

Asked = tuple[Path, str, str, tuple[str, ...]]
"""A file, the hash of its content, a scenario, changes: what an answer depends on."""


class Refused(Exception):
    """There is no answer; the text says why, in the words of the command line."""


class Answers:
    """The answers about the cases and plans in ``folder``; nothing is written unless ``write``."""

    def __init__(self, folder: Path, lang: Lang = "en", *, write: bool = False) -> None:
        self.folder, self.lang, self.write = folder.resolve(), lang, write
        self._one = Lock()
        self._plans: dict[Asked, VerifiedPlan] = {}
        self._standing: dict[Asked, Standing] = {}

    def cases(self) -> dict[str, Any]:
        """The workbooks of the folder and of those in it: inputs, and finished plans with their case and scenario."""
        return self._answer(self._cases)

    def check(self, file: str) -> dict[str, Any]:
        """All issues of an input and of its scenarios, in groups: severity, sheet, cells, rule, remedy."""
        return self._answer(lambda: dict(json.loads(_printed(lambda: check(self._path(file), self.lang, "json")))))

    def sheets(self, file: str) -> dict[str, Any]:
        """Sheets of an input with their titles and numbers of rows."""
        def asked() -> dict[str, Any]:
            opened = self._opened(file, "base", ())
            frames = {name: opened.tables[name] for name in opened.tables}
            return {"file": file, "sheets": [{"sheet": name, "title": frame.attrs["title"], "rows": len(frame)}
                                             for name, frame in frames.items()]}
        return self._answer(asked)

    def rows(self, file: str, sheet: str, scenario: str = "base", changes: Sequence[str] = (), first: int = 1,
             count: int = 50) -> dict[str, Any]:
        """Rows of an input sheet as typed (blank is null, never zero), with units."""
        return self._answer(lambda: _rows(self._opened(file, scenario, changes).tables, sheet, first, count))

    def plan(self, file: str, scenario: str = "base", changes: Sequence[str] = ()) -> dict[str, Any]:
        """The verified plan of an input: its summary and the sheets it has. Nothing is written."""
        def asked() -> dict[str, Any]:
            made = self._planned(file, scenario, changes)
            return {"said": headline(made.summary, self.lang), "summary": made.summary, "sheets": list(made.tables)}
        return self._answer(asked)

    def results(self, file: str, sheet: str, scenario: str = "base", changes: Sequence[str] = (), first: int = 1,
                count: int = 50) -> dict[str, Any]:
        """Rows of an output sheet of the plan of an input (planned first where it is not yet)."""
        return self._answer(lambda: _rows(self._planned(file, scenario, changes).tables, sheet, first, count))

    def write_plan(self, file: str, scenario: str = "base", changes: Sequence[str] = ()) -> dict[str, Any]:
        """The plan of an input written: plan.xlsx, report.html, summary.json into outputs/ of the folder."""
        def asked() -> dict[str, Any]:
            made = self._planned(file, scenario, changes)
            source = self._path(file)
            root = self._path(str(folder_of(source, self.folder / "outputs")[0]))
            place = root / TRIED if changes else inside(root, scenario)
            if not changes:
                free_of_others(place, source, scenario)
            return {"written": str(made.write(place).relative_to(self.folder))}
        return self._answer(asked)

    def explain(self, plan: str, what: str = "", low: float = -50.0, high: float = 100.0) -> dict[str, Any]:
        """Why a finished plan is as it is: of a project its other choices, of a limit or a source its curve, of a
        target what it would take; ``wishes``, ``ranking``; without ``what`` all targets that are missed."""
        return self._answer(lambda: {"said": _printed(lambda: explain.command(
            self._path(plan), what or None, low, high, 0, self.lang))})

    def compare(self, old: str, new: str) -> dict[str, Any]:
        """What changed between two inputs or two finished plans."""
        return self._answer(lambda: dict(json.loads(_printed(lambda: versions.diff(
            self._path(old), self._path(new), "json", None, self.lang)))))

    def what_if(self, file: str, changes: Sequence[str], scenario: str = "base") -> dict[str, Any]:
        """What each stage would reach with changes, facilities divisible; the first time solves the case."""
        def asked() -> dict[str, Any]:
            again = self._program(file, scenario).again(changes)
            return {"divisible": True, "stages": _records(again.stages), "built_again": again.remark is not None,
                    "remark": None if again.remark is None else again.remark.say(self.lang)}
        return self._answer(asked)

    def _answer(self, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """One at a time: what is printed is caught, and the solver takes all cores. Raises Refused."""
        with self._one:
            try:
                return ask()
            except (JaryqError, OSError, MemoryError) as error:
                told = error if isinstance(error, JaryqError) else fault(error)
                said = io.StringIO()
                with redirect_stderr(said), redirect_stdout(said):
                    commands.ended(told, self.lang)
                raise Refused(said.getvalue().strip()) from error
            except (KeyError, ValueError) as error:  # a sheet or a place that there is not
                raise Refused(str(error.args[0] if error.args else error)) from error
            except Exception as error:
                raise Refused(UNFORESEEN.say(self.lang, kind=type(error).__name__, what=error)) from error

    def _cases(self) -> dict[str, Any]:
        books = sorted(path for path in self.folder.rglob("*")
                       if path.suffix.lower() in BOOKS and not path.name.startswith(("~$", "."))
                       and self._here(path))
        return {"files": [self._told(path) for path in books[:MOST_FILES]], "count": len(books)}

    def _here(self, path: Path) -> bool:
        """Whether it is a file of the folder, links followed; one that leads round in a circle is none."""
        try:
            return confined(self.folder, str(path)).is_file()
        except Outside:
            return False

    def _told(self, path: Path) -> dict[str, Any]:
        told: dict[str, Any] = {"file": str(path.relative_to(self.folder)), "bytes": path.stat().st_size}
        try:
            found = finished(path)
        except JaryqError:
            return {**told, "kind": "unreadable"}
        if found is None:
            return {**told, "kind": "input"}
        return {**told, "kind": "plan", "case": found.case, "scenario": found.scenario}

    def _path(self, name: str) -> Path:
        return confined(self.folder, name)

    def _opened(self, file: str, scenario: str, changes: Sequence[str]) -> OpenedCase:
        return read(self._path(file), scenario, changes, lang=self.lang)

    def _planned(self, file: str, scenario: str, changes: Sequence[str]) -> VerifiedPlan:
        key = self._key(file, scenario, changes)
        return _kept(self._plans, key, lambda: plan(self._opened(file, scenario, changes)))

    def _program(self, file: str, scenario: str) -> Standing:
        def built() -> Standing:
            opened = self._opened(file, scenario, ())
            return Standing(opened.accepted, build_program(opened).linear)
        return _kept(self._standing, self._key(file, scenario, ()), built)

    def _key(self, file: str, scenario: str, changes: Sequence[str]) -> Asked:
        path = self._path(file)
        return path, input_hash(path), scenario, tuple(changes)


def _kept(shelf: dict[Asked, T], key: Asked, make: Callable[[], T]) -> T:
    """What stands on the shelf under a key, made if it does not; the oldest makes room first."""
    if key not in shelf:
        while len(shelf) >= KEPT:
            del shelf[next(iter(shelf))]
        shelf[key] = make()
    return shelf[key]


def _printed(command: Callable[[], int]) -> str:
    """What a command prints."""
    said = io.StringIO()
    with redirect_stdout(said):
        command()
    return said.getvalue()


def _rows(frames: Any, sheet: str, first: int, count: int) -> dict[str, Any]:
    """Rows ``first`` (from 1) and the following ones of a sheet. Raises KeyError, ValueError."""
    if first < 1 or not 1 <= count <= MOST_ROWS:
        raise ValueError(f"first is at least 1, count 1 to {MOST_ROWS}")
    frame = frames[sheet]
    return {"sheet": sheet, "title": frame.attrs["title"], "units": frame.attrs["units"],
            "headings": frame.attrs["headings"], "count": len(frame), "first": first,
            "rows": _records(frame.iloc[first - 1:first - 1 + count])}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: missing values are null."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15, default_handler=str))
    return found
