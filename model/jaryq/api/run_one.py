"""One plan from workbook to files: read, check, decide, write; and what is left behind when there is no plan."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jaryq.api.accepted import Accepted, accept
from jaryq.api.clock import Clock, Say
from jaryq.api.findings import outcome
from jaryq.api.manifest import PLAN, code_hash, file_hash, input_hash, plan_in, versions, write_json
from jaryq.api.results import free_results
from jaryq.api.reuse import kept, key_of
from jaryq.api.verified import Verified, decide, decided
from jaryq.base.errors import InputRejected, JaryqError, Told
from jaryq.base.faults import Misplaced
from jaryq.base.free import same_file
from jaryq.base.text import Lang, Text, printable
from jaryq.case.plan import Plan
from jaryq.case.since import with_last_plan
from jaryq.report.build import build_report
from jaryq.report.figures import summary
from jaryq.tables.same_case import another_case
from jaryq.tables.scenarios import Change
from jaryq.tables.tables import Tables
from jaryq.workbook.finished import NotAPlan, expect_plan
from jaryq.workbook.plan import Written, read_plan, write_plan
from jaryq.workbook.plan_read import DamagedPlan
from jaryq.workbook.read import read


@dataclass(frozen=True, eq=False)
class Finished:
    """A plan that was written: its summary, the accepted input, and where each file stands (beside its place if an
    older one is open)."""

    content: dict[str, Any]
    accepted: Accepted
    plan: Path
    summary: Path

    @property
    def beside(self) -> tuple[Path, ...]:
        """Files that could not take their place."""
        return tuple(path for path, name in ((self.plan, PLAN), (self.summary, "summary.json")) if path.name != name)


def run_one(
    source: Path, scenario: str, folder: Path, lang: Lang, say: Say, extra: Sequence[Change] = (),
    since: Path | None = None,
    origin: Path | None = None, force: bool = False,
) -> Finished:
    """Plan and write plan.xlsx, summary.json, manifest.json into ``folder``. ``since``: the last plan; ``origin``: the
    input that ``source`` is a copy of; ``force``: strangers' files in ``folder`` are replaced.

    Where the same plan stands there in another language, nothing is solved again: it is verified and written in
    ``lang``. Raises Misplaced or Fault where they cannot be written, before anything is solved, and a JaryqError if
    there is no verified plan; then a summary and a manifest say so and an older plan is marked as stale (but not where
    no such input or scenario is there).
    """
    clock = Clock()
    begun = time.perf_counter()
    home = origin or source
    free_results(folder, (home, *([since] if since and not same_file(since, plan_in(folder)) else ())), force)
    manifest: dict[str, str] = {
        "scenario": printable(scenario), "input": printable(source.name), "input_path": printable(str(home.resolve())),
        "lang": lang,
        "code_sha256": code_hash(),
    }
    if extra:
        manifest["changes"] = "; ".join(f"{c.table} [{c.selector}] {c.column} {c.years} {c.operation} {c.value}"
                                        for c in extra)
    try:
        say(f"reading {source}")
        with clock.step("read"):
            tables, issues = read(source)
            if since is not None:
                tables = with_last_plan(tables, last_plan(since, tables))
                manifest["since"] = since.name
        if source.exists():
            manifest["input_sha256"] = input_hash(source)
        with clock.step("check"):
            accepted = accept(tables, issues, scenario, extra)
        manifest["key"] = key_of(accepted)
        before = kept(folder, manifest["key"])
        if before is not None and before.stored.lang != lang:
            manifest["solved_for"] = f"the plan in {before.stored.lang}"
            job = decided(accepted, before.stored.solution, clock, say)
        else:
            job = decide(accepted, clock, say)
        say("writing")
        plan, seal = _write(job, folder, manifest, lang, clock)
    except Exception as error:
        if not _asked_wrongly(error):
            _ended(folder, printable(source.stem), manifest, error)
        raise
    clock.seconds["total"] = time.perf_counter() - begun
    content = summary(accepted.case, accepted.factors, job.solution, findings=job.findings, verified=True,
                      seconds=clock.seconds, versions=versions())
    content |= {"plan": plan.name, "seal": seal}
    told = write_json(folder / "summary.json", content)
    # Last, and with what the others hold: a run that is killed before leaves a manifest that does not fit them.
    hashes = {path.name: file_hash(path) for path in (plan, told)}
    write_json(folder / "manifest.json",
               {**manifest, "status": "ok", "plan": plan.name, "summary": told.name, "sha256": hashes, "seal": seal,
                                           "versions": versions(), "seconds": clock.seconds})
    return Finished(content, accepted, plan, told)


class AnotherCase(Told):
    """The last plan is of another case, so that nothing can be said about what changed."""

    exit_code = 2
    status = "rejected"


def last_plan(since: Path, tables: Tables) -> Plan:
    """The last plan. Raises NotAPlan, DamagedPlan, AnotherCase."""
    expect_plan(since)
    stored = read_plan(since)
    if tables.sheets and (why := another_case(tables, stored.tables)) is not None:
        raise AnotherCase(Text("{path}: {why}", "{path}: {why}").fill(path=since, why=why))
    return stored.plan


def _write(job: Verified, folder: Path, manifest: dict[str, str], lang: Lang, clock: Clock) -> Written:
    manifest |= {**outcome(job.accepted.case, job.solution, job.findings, lang),
                 **{f"version {name}": text for name, text in versions().items()}}
    with clock.step("write"):
        report = build_report(job.accepted.case, job.accepted.factors, job.solution, job.findings, manifest)
        written = write_plan(folder / PLAN, job.accepted.case, report, job.accepted.tables, job.solution, job.claims,
                             manifest, lang)
        # What is older goes; a file that is open stays, and the manifest names the plan that counts.
        for old in {plan_in(folder), folder / "plan.stale.xlsx"} - {written.path, folder / PLAN}:
            with contextlib.suppress(PermissionError):
                old.unlink(missing_ok=True)
    return written


ASKED = ("no_such_file", "finished_plan")
"""Issues that speak of what was typed, not of what stands in an input."""


def _asked_wrongly(error: Exception) -> bool:
    """Whether no such input, scenario or last plan can be meant: then nothing is decided about any plan, and nothing is
    written."""
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
    issues = [
        {"code": i.code, "severity": i.severity, "sheet": i.sheet, "cell": i.cell, "column": i.column, "value": i.value,
         "rule": i.rule(), "remedy": i.remedy()}
        for i in getattr(error, "issues", ())
    ]
    write_json(folder / "summary.json", {
        "case": case, "scenario": manifest["scenario"], "status": status, "verified": False, "message": str(error),
        "issues": issues,
        "conflict": list(getattr(error, "conflict", ())), "versions": versions(),
    })
    write_json(folder / "manifest.json", {**manifest, "status": status, "versions": versions()})
