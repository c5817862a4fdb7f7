"""What each command does, from its arguments to its exit code; the steps themselves are in the room api and in
batch.py."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from jaryq.api.accepted import accept
from jaryq.api.besides import NOTHING, Besides
from jaryq.api.results import folder_of, inside
from jaryq.api.run_one import run_one
from jaryq.api.stretches_priced import Pricing, here, on_cluster
from jaryq.api.whose import free_of_others, replaced
from jaryq.api.written import Finished
from jaryq.base.errors import Infeasible, InputRejected, JaryqError
from jaryq.base.extras import need
from jaryq.base.free import free_file, marked_as
from jaryq.base.issues import stops
from jaryq.base.places import write_whole
from jaryq.base.text import Lang, Text
from jaryq.commands.check.text import told
from jaryq.commands.messages import (
    BESIDE,
    IN_CONFLICT,
    MORE_IN_CONFLICT,
    OF_FILE,
    SEAL,
    WRITTEN,
    WRITTEN_IN,
    headline,
    step_in,
    why,
)
from jaryq.commands.versions import lost_in_tables
from jaryq.tables.change import Change
from jaryq.tables.typed import typed
from jaryq.workbook.inputs import template as write_template
from jaryq.workbook.mirror import free_mirror, write_mirror
from jaryq.workbook.read import read

MOST_OF_A_CONFLICT = 16
"""So many lines of a conflict are shown; the rows are all in summary.json."""

TEMPLATE = "template"
"""What an empty workbook is marked as."""

AFTER = Text("[{seconds:5.1f} s] {step}", "[{seconds:5.1f} с] {step}")

PATIENCE = 2.0
"""Seconds after which a run says what it is doing."""


class Progress:
    """Says what a run is doing once it has taken longer than a moment; ``lines``: how often it has."""

    def __init__(self, lang: Lang = "en") -> None:
        self.lang: Lang = lang
        self.begun = time.perf_counter()
        self.last, self.lines = "", 0

    def __call__(self, step: str, always: bool = False) -> None:
        spent = time.perf_counter() - self.begun
        if always or (step != self.last and (spent > PATIENCE or not self.last)):
            print(AFTER.say(self.lang, seconds=spent, step=step_in(step, self.lang)), file=sys.stderr, flush=True)
            self.lines += 1
        self.last = step


def plan(source: Path, scenario: str, out: Path | None, lang: Lang, since: Path | None = None,
         force: bool = False, besides: Besides = NOTHING, pricing: Pricing = here) -> int:
    """Plan a workbook and write plan.xlsx, report.html, summary.json, manifest.json, and ``besides`` what is
    asked for; ``since``: the last plan; ``pricing``: who prices stretches."""
    folder = place_of(source, scenario, out, lang, force)
    done = run_one(source, scenario, folder, lang, Progress(lang), since=since, force=force, besides=besides,
                   pricing=pricing)
    told([issue for issue in done.accepted.issues if issue.severity == "surprise"], lang)
    print(headline(done.content, lang))
    print(WRITTEN_IN.say(lang, path=done.plan, seconds=done.content["seconds"]["total"]))
    if done.report is not None:
        print(WRITTEN.say(lang, path=done.report))
    print(SEAL.say(lang, seal=done.content["seal"]))
    beside(done, lang)
    tell_besides(besides, folder, lang)
    return 0


def pricing_of(scheduler: str | None, lang: Lang) -> Pricing:
    """Who prices stretches: this process, or a cluster of Dask. Raises MissingExtra."""
    if scheduler is None:
        return here
    need("cluster")
    return on_cluster(scheduler, waiting(lang))


def waiting(lang: Lang) -> Callable[[Text], None]:
    """Says at once what is waited for."""
    return lambda text: print(text.say(lang), file=sys.stderr, flush=True)


def tell_besides(besides: Besides, folder: Path, lang: Lang) -> None:
    """Says where what was asked for besides the plan stands."""
    for path in besides.places(folder):
        print(WRITTEN.say(lang, path=path))


def ended(error: JaryqError, lang: Lang) -> int:
    """Says why there is no plan; the exit code."""
    if error.of:
        print(OF_FILE.say(lang, path=error.of), file=sys.stderr)
    if isinstance(error, InputRejected):
        told(error.issues, lang)
    else:
        print(f"{why(error).say(lang).rstrip('.')}.", file=sys.stderr)
    if error.why is not None:
        for rule in error.why.conflict[:MOST_OF_A_CONFLICT]:
            print(IN_CONFLICT.say(lang, limit=rule.say(lang)), file=sys.stderr)
        if (more := len(error.why.conflict) - MOST_OF_A_CONFLICT) > 0:
            print(MORE_IN_CONFLICT.say(lang, count=more), file=sys.stderr)
        for line in error.why.said:
            print(line.say(lang), file=sys.stderr)
    elif isinstance(error, Infeasible):
        for limit in [*(text.say(lang) for text in error.limits),
                      *(error.conflict if not error.limits else ())][:MOST_OF_A_CONFLICT]:
            print(IN_CONFLICT.say(lang, limit=limit), file=sys.stderr)
    return error.exit_code


def beside(done: Finished, lang: Lang) -> None:
    """Says which files could not take their place because an older one is open."""
    for path in done.beside:
        print(BESIDE.say(lang, path=path), file=sys.stderr)


def root_of(source: Path, lang: Lang) -> Path:
    """outputs/<workbook>, or another folder beside it, which is told, where another input of this name has its results
    there."""
    folder, said = folder_of(source)
    if said is not None:
        print(said.say(lang), file=sys.stderr)
    return folder


def home_of(source: Path, scenario: str, lang: Lang) -> Path:
    """outputs/<workbook>/<scenario>."""
    return inside(root_of(source, lang), scenario)


def place_of(source: Path, scenario: str, out: Path | None, lang: Lang, force: bool,
             changes: Sequence[Change] = ()) -> Path:
    """Where a plan goes: the folder ``out`` that was named (a plan of another kind there is told before it goes), or
    that of its scenario. Raises Misplaced where a plan stands there that is not the scenario's."""
    if out is None:
        folder = home_of(source, scenario, lang)
        free_of_others(folder, source, scenario, force)
        return folder
    if (said := replaced(out, source, scenario, changes)) is not None:
        print(said.say(lang), file=sys.stderr)
    return out


def template(out: Path, lang: Lang, force: bool = False) -> int:
    """An empty workbook."""
    free_file(out, marked_as(TEMPLATE), force=force)
    path = write_whole(out, lambda draft: write_template(draft, lang), TEMPLATE)
    print(WRITTEN.say(lang, path=path))
    return 0


def mirror(source: Path, folder: Path, lang: Lang, force: bool = False) -> int:
    """The text mirror of a workbook: whole, or not at all."""
    free_mirror(folder, source, force)
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        accept(tables, [*issues, *more])
    told(lost_in_tables(issues, source, folder), lang)
    write_mirror(tables, folder)
    print(WRITTEN.say(lang, path=folder))
    return 0
