"""What each command does, from its arguments to its exit code; the steps themselves are in job.py, run_one.py and batch.py."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from model.base.errors import Infeasible, InputRejected, JaryqError, Told
from model.base.issues import stops
from model.base.places import write_whole
from model.base.text import Lang
from model.check.text import told
from model.data.check import typed
from model.job import check as check_tables
from model.messages import (
    BESIDE,
    CONTRADICTION,
    IN_CONFLICT,
    SEAL,
    WRITTEN,
    WRITTEN_IN,
    headline,
    step_in,
)
from model.run_one import Finished, run_one
from model.workbook.folder import write_folder
from model.workbook.inputs import template as write_template
from model.workbook.read import read

MOST_OF_A_CONFLICT = 16
"""So many lines of a conflict are shown; the rows are all in summary.json."""

PATIENCE = 2.0
"""Seconds after which a run says what it is doing."""


class Progress:
    """Says what a run is doing once it has taken longer than a moment."""

    def __init__(self, lang: Lang = "en") -> None:
        self.lang: Lang = lang
        self.begun = time.perf_counter()
        self.last = ""

    def __call__(self, step: str) -> None:
        spent = time.perf_counter() - self.begun
        if step != self.last and (spent > PATIENCE or not self.last):
            print(f"[{spent:5.1f} s] {step_in(step, self.lang)}", file=sys.stderr, flush=True)
        self.last = step


def plan(source: Path, scenario: str, out: Path | None, lang: Lang, since: Path | None = None) -> int:
    """Plan a workbook and write plan.xlsx, summary.json, manifest.json; ``since``: the last plan."""
    folder = out or folder_of(source) / scenario
    done = run_one(source, scenario, folder, lang, Progress(lang), since=since)
    told([issue for issue in done.checked.issues if issue.severity == "surprise"], lang)
    print(headline(done.content, lang))
    print(WRITTEN_IN.say(lang, path=done.plan, seconds=done.content["seconds"]["total"]))
    print(SEAL.say(lang, seal=done.content["seal"]))
    beside(done, lang)
    return 0


def ended(error: JaryqError, lang: Lang) -> int:
    """Says why there is no plan; the exit code."""
    if isinstance(error, InputRejected):
        told(error.issues, lang)
    elif isinstance(error, Told):
        print(f"{error.text.say(lang)}.", file=sys.stderr)
    else:
        print(f"{CONTRADICTION.say(lang) if str(error) == CONTRADICTION.en else error}.", file=sys.stderr)
    if isinstance(error, Infeasible):
        for limit in [*(text.say(lang) for text in error.limits), *(error.conflict if not error.limits else ())][:MOST_OF_A_CONFLICT]:
            print(IN_CONFLICT.say(lang, limit=limit), file=sys.stderr)
    return error.exit_code


def beside(done: Finished, lang: Lang) -> None:
    """Says which files could not take their place because an older one is open."""
    for path in done.beside:
        print(BESIDE.say(lang, path=path), file=sys.stderr)


def folder_of(source: Path) -> Path:
    """outputs/<workbook>."""
    return Path("outputs") / source.stem


def template(out: Path, lang: Lang) -> int:
    """An empty workbook."""
    path = write_whole(out, lambda draft: write_template(draft, lang))
    print(WRITTEN.say(lang, path=path))
    return 0


def mirror(source: Path, folder: Path) -> int:
    """The text mirror of a workbook."""
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        check_tables(tables, [*issues, *more])
    write_folder(tables, folder)
    print(WRITTEN.say(path=folder))
    return 0
