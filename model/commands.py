"""What each command does, from its arguments to its exit code; the steps themselves are in job.py."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.base.errors import JaryqError
from model.base.issues import Issue, stops
from model.base.text import Lang
from model.data.check import typed
from model.formulation.assemble import assemble
from model.job import Clock, Job
from model.job import check as check_tables
from model.job import plan as plan_job
from model.job import verify as verify_plan
from model.manifest import code_hash, input_hash, versions, whole_file, write_json
from model.report.build import build_report
from model.report.figures import summary
from model.solve.compile import compile_model
from model.verify.finding import CHECKS, Finding, failed
from model.verify.junit import junit
from model.workbook.folder import write_folder
from model.workbook.inputs import template as write_template
from model.workbook.plan import read_plan, write_plan
from model.workbook.read import read

SHOWN = 5
"""So many places of one kind of issue are listed; the others are counted."""

PATIENCE = 2.0
"""Seconds after which a run says what it is doing."""


class Progress:
    """Says what a run is doing once it has taken longer than a moment."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.last = ""

    def __call__(self, step: str) -> None:
        spent = time.perf_counter() - self.begun
        if step != self.last and (spent > PATIENCE or not self.last):
            print(f"[{spent:5.1f} s] {step}", file=sys.stderr, flush=True)
        self.last = step


def plan(source: Path, scenario: str, out: Path | None, lang: Lang) -> int:
    """Plan a workbook and write plan.xlsx, summary.json, manifest.json."""
    folder = out or Path("outputs") / source.stem / scenario
    clock, say = Clock(), Progress()
    begun = time.perf_counter()
    manifest: dict[str, str] = {"scenario": scenario, "input": source.name, "lang": lang, "code_sha256": code_hash()}
    try:
        if source.exists():
            manifest["input_sha256"] = input_hash(source)
        job = plan_job(source, scenario, clock, say)
        say("writing")
        _write(job, folder, manifest, lang, clock)
    except JaryqError as error:
        _ended(folder, source.stem, scenario, manifest, error)
        raise
    clock.seconds["total"] = time.perf_counter() - begun
    content = summary(job.checked.case, job.checked.factors, job.solution, findings=job.findings, verified=True, seconds=clock.seconds, versions=versions())
    write_json(folder / "summary.json", content)
    write_json(folder / "manifest.json", {**manifest, "status": "ok", "versions": versions(), "seconds": clock.seconds})
    _notes(job.checked.issues, lang)
    print(_headline(content, folder))
    return 0


def _write(job: Job, folder: Path, manifest: dict[str, str], lang: Lang, clock: Clock) -> None:
    settings = job.checked.case.settings
    manifest |= {
        "status": "ok", "objective": settings.objective, "facilities": "whole" if settings.whole else "divisible", "gap": repr(settings.gap),
        "seed": str(settings.seed), "node_limit": str(settings.node_limit), "time_limit": repr(settings.time_limit),
        "remarks": "; ".join(job.solution.remarks), "checks": f"{len(job.findings)} checks, {len(failed(job.findings))} failed",
        **{f"version {name}": text for name, text in versions().items()},
    }
    with clock.step("write"):
        report = build_report(job.checked.case, job.checked.factors, job.solution, job.findings, manifest)
        write_plan(folder / "plan.xlsx", job.checked.case, report, job.checked.tables, job.solution.plan, job.claims, job.solution.multipliers, manifest, lang)
        (folder / "plan.stale.xlsx").unlink(missing_ok=True)


def _ended(folder: Path, case: str, scenario: str, manifest: dict[str, str], error: JaryqError) -> None:
    """A run that ended without a plan leaves a summary that says so; an older plan beside it is marked as stale."""
    old = folder / "plan.xlsx"
    if old.exists():
        old.replace(folder / "plan.stale.xlsx")
    issues = getattr(error, "issues", ())
    write_json(folder / "summary.json", {
        "case": case, "scenario": scenario, "status": error.status, "verified": False, "message": str(error),
        "issues": [{"code": i.code, "severity": i.severity, "sheet": i.sheet, "cell": i.cell, "column": i.column, "value": i.value, "rule": i.rule(), "remedy": i.remedy()} for i in issues],
        "conflict": list(getattr(error, "conflict", ())), "versions": versions(),
    })
    write_json(folder / "manifest.json", {**manifest, "status": error.status, "versions": versions()})


def _headline(content: dict[str, Any], folder: Path) -> str:
    kpi, objective = content["kpi"], content["objective"]
    gap = objective["certified_gap"]
    missed = sum(1 for target in content["targets"] if target["shortfall"] > 1e-9)
    lines = [
        f"{kpi['facilities_completed']:.0f} of {kpi['facilities_in_scope']} facilities, {kpi['km_renewed']:,.0f} of {kpi['km_in_scope']:,.0f} km, "
        f"{kpi['spend_bn_kzt']:,.0f} bn KZT; {missed} of {len(content['targets'])} target rows missed; "
        + (f"within {100 * gap:.2f} % of the best possible (certified)." if gap is not None else "nothing is spent."),
        f"Written to {folder / 'plan.xlsx'} in {content['seconds']['total']:.1f} s.",
    ]
    return "\n".join(lines)


def check(source: Path, lang: Lang) -> int:
    """All issues of an input, grouped; exit code 2 if one of them would stop a plan."""
    tables, issues = read(source)
    found = check_tables(tables, issues).issues
    told(found, lang)
    print(f"{source}: nothing stops a plan; {len(found)} remark(s).")
    return 0


def template(out: Path, lang: Lang) -> int:
    """An empty workbook."""
    with whole_file(out) as temporary:
        write_template(temporary, lang)
    print(f"Written to {out}.")
    return 0


def mirror(source: Path, folder: Path) -> int:
    """The text mirror of a workbook."""
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        check_tables(tables, issues)
    write_folder(tables, folder)
    print(f"Written to {folder}.")
    return 0


def verify(path: Path, report: Path | None, lang: Lang) -> int:
    """Check a finished plan again from its workbook alone; exit code 1 if a check fails."""
    stored = read_plan(path)
    checked = check_tables(stored.tables, [], stored.manifest.get("scenario", "base"))
    program = compile_model(assemble(checked.factors))
    findings = verify_plan(checked.case, stored.plan, stored.claims, stored.multipliers, program)
    if report is not None:
        with whole_file(report) as temporary:
            temporary.write_text(junit(findings, lang), encoding="utf-8")
    broken = failed(findings)
    for finding in broken[:20]:
        print(_line(finding, lang), file=sys.stderr)
    print(f"{path}: {len(findings) - len(broken)} of {len(findings)} checks hold.")
    return 1 if broken else 0


def _line(finding: Finding, lang: Lang) -> str:
    asserted = CHECKS[finding.check].say(lang)
    return f"{finding.check} at {finding.place}: {finding.claimed:.9g} in the plan, {finding.recomputed:.9g} computed ({finding.unit}). It should be: {asserted}."


def told(issues: Sequence[Issue], lang: Lang) -> None:
    """Issues for a person: stops first, grouped by kind and sheet, the first few places of each."""
    order = {"stop": 0, "surprise": 1, "note": 2}
    groups: dict[tuple[int, str, str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((order[issue.severity], issue.sheet, issue.code, issue.column), []).append(issue)
    for (_, _, _, _), group in sorted(groups.items()):
        for issue in group[:SHOWN]:
            print(f"{issue.severity}: {issue.say(lang)}", file=sys.stderr)
        if len(group) > SHOWN:
            print(f"  +{len(group) - SHOWN} more: {', '.join(issue.cell for issue in group[SHOWN:SHOWN + 12])}", file=sys.stderr)
    counts = Counter(issue.severity for issue in issues)
    if counts["stop"]:
        print(f"{counts['stop']} issue(s) stop the run.", file=sys.stderr)


def _notes(issues: Sequence[Issue], lang: Lang) -> None:
    told([issue for issue in issues if issue.severity == "surprise"], lang)



