"""One plan from workbook to files: read, check, decide, write; and what is left behind when there is no plan."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

from jaryq.api.accepted import Accepted
from jaryq.api.besides import NOTHING, Besides
from jaryq.api.clock import Clock, Say
from jaryq.api.explained import why_no_plan, why_not_found
from jaryq.api.hashes import input_hash
from jaryq.api.html import has_report, mark_stale
from jaryq.api.last_plan import AnotherCase, last_plan
from jaryq.api.manifest import PLAN, plan_in, versions, write_json, write_manifest
from jaryq.api.rejected import accepted_or_why
from jaryq.api.results import free_results
from jaryq.api.reuse import kept, key_of
from jaryq.api.stretches_priced import Pricing, here
from jaryq.api.verified import Verified, decide, decided
from jaryq.api.written import Finished, manifest_of, write_words, write_workbook
from jaryq.base.errors import Infeasible, InputRejected, JaryqError, NoPlan
from jaryq.base.faults import Misplaced
from jaryq.base.free import same_file
from jaryq.base.text import Lang, printable
from jaryq.case.since import with_last_plan
from jaryq.tables.change import Change
from jaryq.workbook.finished import NotAPlan
from jaryq.workbook.plan_read import DamagedPlan
from jaryq.workbook.read import read
from jaryq.workbook.register.of_plan import told_of


def run_one(
    source: Path, scenario: str, folder: Path, lang: Lang, say: Say, extra: Sequence[Change] = (),
    since: Path | None = None, origin: Path | None = None, force: bool = False, explain: bool = True,
    besides: Besides = NOTHING, pricing: Pricing = here,
) -> Finished:
    """Plan and write plan.xlsx, report.html, summary.json, manifest.json into ``folder``. ``since``: the last plan;
    ``origin``: the input that ``source`` is a copy of; ``force``: strangers' files in ``folder`` are replaced;
    ``explain``: the other choice is priced as its setting asks; ``besides``: what else is written; ``pricing``: who
    prices stretches.

    Where the same plan stands there in another language or without its report, or something is asked besides it,
    nothing is solved again: it is verified and written in ``lang``. Raises Misplaced or Fault where they cannot be
    written, before anything is solved, and a JaryqError if there is no verified plan; then a summary and a manifest say
    so and an older plan is marked as stale (but not where no such input or scenario is there).
    """
    clock = Clock()
    begun = time.perf_counter()
    home = origin or source
    free_results(folder, (home, *([since] if since and not same_file(since, plan_in(folder)) else ())), force)
    besides.needed()
    besides.free(folder, (home,), force)
    manifest = manifest_of(source, scenario, lang, extra, home)
    try:
        say(f"reading {source}")
        with clock.step("read"):
            tables, issues = read(source)
            if since is not None:
                tables = with_last_plan(tables, last_plan(since, tables))
                manifest["since"] = since.name
        if source.exists() and all(issue.code != NOT_OPENED for issue in issues):
            manifest["input_sha256"] = input_hash(source)
        with clock.step("check"):
            accepted = accepted_or_why(tables, issues, scenario, extra, say)
        manifest["key"] = key_of(accepted)
        manifest |= told_of(accepted.tables.register, source, folder)
        before = kept(folder, manifest["key"])
        if before is not None and (before.stored.lang != lang or besides.asked
                                   or (besides.report and not has_report(folder))):
            manifest["solved_for"] = f"the plan in {before.stored.lang}"
            done = decided(accepted, before.stored.solution, clock, say)
        else:
            done = _decided(accepted, clock, say, pricing, explain=explain)
        say("writing")
        written = write_workbook(done, folder, manifest, lang, clock, besides)
    except Exception as error:
        if not _asked_wrongly(error):
            _ended(folder, printable(source.stem), manifest, error)
            besides.stale(folder)
        raise
    return write_words(done, written, folder, manifest, clock, begun)


def _decided(accepted: Accepted, clock: Clock, say: Say, pricing: Pricing, *, explain: bool) -> Verified:
    """As ``decide``; a contradiction is told with its conflict and repair, that none was found with the limits that are
    nearest."""
    try:
        return decide(accepted, clock, say, explain=explain, pricing=pricing)
    except Infeasible as error:
        say("why there is no plan")
        error.why = why_no_plan(accepted)
        raise
    except NoPlan as error:
        say("why there is no plan")
        error.why = why_not_found(accepted)
        raise


NOT_OPENED = "not_opened"
ASKED = ("no_such_file", "finished_plan", NOT_OPENED)
"""Issues that speak of what was typed or of the machine, not of what stands in an input."""


def _asked_wrongly(error: Exception) -> bool:
    """Whether no such input, scenario or last plan can be meant, or the input not be seen: then nothing is decided
    about any plan, and nothing is written."""
    if isinstance(error, InputRejected):
        return any(issue.code in ASKED or (issue.code == "unknown_reference" and issue.sheet == "scenarios"
                                           and not issue.cell) for issue in error.issues)
    return isinstance(error, AnotherCase | NotAPlan | DamagedPlan | Misplaced)


def _ended(folder: Path, case: str, manifest: dict[str, str], error: Exception) -> None:
    """A run that ended without a plan leaves a summary that says so; an older plan beside it is marked as stale."""
    status = error.status if isinstance(error, JaryqError) else "failed"
    for old in (folder / PLAN, plan_in(folder)):
        if old.is_file():
            # it is open in another program; the summary says that it does not count
            with contextlib.suppress(PermissionError):
                old.replace(folder / "plan.stale.xlsx")
    mark_stale(folder)
    issues = [
        {"code": i.code, "severity": i.severity, "sheet": i.sheet, "cell": i.cell, "column": i.column, "value": i.value,
         "rule": i.rule(), "remedy": i.remedy()}
        for i in getattr(error, "issues", ())
    ]
    write_json(folder / "summary.json", {
        "case": case, "scenario": manifest["scenario"], "status": status, "verified": False, "message": str(error),
        "issues": issues,
        "conflict": list(getattr(error, "conflict", ())),
        **({"why": dict(error.why.record)} if isinstance(error, JaryqError) and error.why is not None else {}),
        "versions": versions(),
    })
    write_manifest(folder, {**manifest, "status": status, "versions": versions()})
