"""A verified plan written into its folder: plan.xlsx, report.html, summary.json, manifest.json, each whole or not at
all."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jaryq.api.accepted import Accepted
from jaryq.api.besides import NOTHING, Besides, outdated
from jaryq.api.changes import told_of_changes
from jaryq.api.clock import Clock
from jaryq.api.findings import outcome
from jaryq.api.hashes import code_hash, file_hash
from jaryq.api.html import clear_reports, write_html
from jaryq.api.manifest import PLAN, plan_in, read_manifest, versions, write_json, write_manifest
from jaryq.api.renewed import beside_plan
from jaryq.api.verified import Verified
from jaryq.base.text import Lang, printable
from jaryq.handover.html.write import REPORT
from jaryq.report.build import build_report
from jaryq.report.figures import summary
from jaryq.tables.change import Change
from jaryq.workbook.plan import write_plan


@dataclass(frozen=True, eq=False)
class Finished:
    """A plan that was written: its summary, the accepted input, and where each file stands (beside its place if an
    older one is open)."""

    content: dict[str, Any]
    accepted: Accepted
    plan: Path
    summary: Path
    report: Path | None = None

    @property
    def beside(self) -> tuple[Path, ...]:
        """Files that could not take their place."""
        return tuple(path for path, name in ((self.plan, PLAN), (self.report, REPORT), (self.summary, "summary.json"))
                     if path is not None and path.name != name)


@dataclass(frozen=True)
class Standing:
    """Where workbook and report of a plan stand, and the seal of the workbook."""

    plan: Path
    seal: str
    report: Path | None


def manifest_of(source: Path, scenario: str, lang: Lang, extra: Sequence[Change] = (),
                home: Path | None = None) -> dict[str, str]:
    """What a manifest says from the start of a run. ``home``: the input that ``source`` is a copy of."""
    manifest = {
        "scenario": printable(scenario), "input": printable(source.name),
        "input_path": printable(str((home or source).resolve())), "lang": lang, "code_sha256": code_hash(),
    }
    return manifest | told_of_changes(extra)


def write_results(done: Verified, folder: Path, manifest: dict[str, str], lang: Lang, clock: Clock,
                  begun: float | None = None, besides: Besides = NOTHING) -> Finished:
    """Write the files, and ``besides`` what is asked for; ``manifest`` holds what is known of the run already,
    ``begun`` is when it began (of ``time.perf_counter``; None: its steps are all there was). Raises Misplaced or
    Fault."""
    written = write_workbook(done, folder, manifest, lang, clock, besides)
    return write_words(done, written, folder, manifest, clock, begun)


def write_words(done: Verified, written: Standing, folder: Path, manifest: dict[str, str], clock: Clock,
                begun: float | None = None) -> Finished:
    """summary.json and manifest.json of a plan whose workbook and report are ``written``."""
    clock.seconds["total"] = sum(clock.seconds.values()) if begun is None else time.perf_counter() - begun
    content = {**summary_of(done, clock), "plan": written.plan.name, "seal": written.seal}
    told = write_json(folder / "summary.json", content)
    # Last, and with what the others hold: a run that is killed before leaves a manifest that does not fit them.
    hashes = {path.name: file_hash(path) for path in (written.plan, written.report, told) if path is not None}
    page = {} if written.report is None else {"report": written.report.name}
    write_manifest(folder, {
        **manifest, "status": "ok", "plan": written.plan.name, **page, "summary": told.name, "sha256": hashes,
        "seal": written.seal, "versions": versions(), "seconds": clock.seconds})
    return Finished(content, done.accepted, written.plan, told, written.report)


def summary_of(done: Verified, clock: Clock) -> dict[str, Any]:
    """The summary of a verified plan, without what only its file has (name and seal)."""
    return summary(done.accepted.case, done.accepted.factors, done.solution, findings=done.findings, verified=True,
                   seconds=clock.seconds, versions=versions())


def write_workbook(done: Verified, folder: Path, manifest: dict[str, str], lang: Lang, clock: Clock,
                   besides: Besides = NOTHING) -> Standing:
    """plan.xlsx, and ``besides`` what is asked for; what stands in ``manifest`` and follows from the plan is added to
    it."""
    case = done.accepted.case
    manifest |= {**outcome(case, done.solution, done.findings, lang),
                 **{f"version {name}": text for name, text in versions().items()}}
    with clock.step("write"):
        stretches = beside_plan(case, done.solution, folder)
        manifest |= stretches.said
        report = build_report(case, done.accepted.factors, done.solution, done.findings, manifest)
        with stretches.with_plan(folder / PLAN):
            written = write_plan(folder / PLAN, case, report, done.accepted.tables, done.solution, done.claims,
                                 manifest, lang, stretches.write)
        stretches.clear()
        # What is older goes; a file that is open stays, and the manifest names the plan that counts.
        for old in {plan_in(folder), folder / "plan.stale.xlsx"} - {written.path, folder / PLAN}:
            with contextlib.suppress(PermissionError):
                old.unlink(missing_ok=True)
        told = write_html(done, report, folder, lang, manifest.get("key", "")) if besides.report else None
        clear_reports(folder, told)
        besides.write(done, report, folder, lang)
        if read_manifest(folder).get("key") != manifest.get("key"):  # the folder held another plan
            outdated(folder, besides.places(folder))
    return Standing(written.path, written.seal, told)
