"""What each command does, from its arguments to its exit code; the steps themselves are in job.py, run_one.py and batch.py."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.base.errors import InputRejected
from model.base.issues import Issue, stops
from model.base.text import Lang, Text
from model.batch import Task, key_of, result_of, reusable, run_all, tasks_of, workers
from model.data.check import typed
from model.data.scenarios import Change, command_change
from model.formulation.assemble import assemble
from model.job import check as check_tables
from model.job import check_all
from model.job import verify as verify_plan
from model.manifest import whole_file
from model.messages import (
    AS_BEFORE,
    CHECKS_HOLD,
    MORE,
    NO_PLAN,
    NOTHING_MOVES,
    NOTHING_STOPS,
    SCENARIO,
    SCENARIOS,
    SCENARIOS_DONE,
    SEVERITY,
    STOPPED,
    TOOK,
    WRITTEN,
    WRITTEN_IN,
    headline,
)
from model.run_one import run_one
from model.solve.compile import compile_model
from model.verify.finding import CHECKS, Finding, failed
from model.verify.junit import junit
from model.workbook.comparison import write_comparison
from model.workbook.folder import write_folder
from model.workbook.inputs import template as write_template
from model.workbook.plan import read_plan
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


def plan(source: Path, scenario: str, out: Path | None, lang: Lang, tried: Sequence[str] = (), since: Path | None = None) -> int:
    """Plan a workbook and write plan.xlsx, summary.json, manifest.json; with ``tried`` changes, beside the plan without them; ``since`` the last plan."""
    if tried:
        return _try(source, scenario, out, lang, tried)
    folder = out or folder_of(source) / scenario
    content, checked = run_one(source, scenario, folder, lang, Progress(), since=since)
    told([issue for issue in checked.issues if issue.severity == "surprise"], lang)
    print(headline(content, lang))
    print(WRITTEN_IN.say(lang, path=folder / "plan.xlsx", seconds=content["seconds"]["total"]))
    return 0


def folder_of(source: Path) -> Path:
    """outputs/<workbook>."""
    return Path("outputs") / source.stem


def _try(source: Path, scenario: str, out: Path | None, lang: Lang, tried: Sequence[str]) -> int:
    """One change without editing the workbook: the plan with it, and the few figures that move against the plan without it."""
    changes, issues = _changes(tried)
    if issues:
        raise InputRejected(issues)
    say = Progress()
    tables, found = read(source)
    without = check_tables(tables, found, scenario)
    # A wrong change is told before anything is planned.
    check_tables(tables, found, scenario, changes)
    home = folder_of(source) / scenario
    task = Task(source, scenario, home, lang, key_of(without, lang))
    if reusable(task):
        say(f"the plan without the change stands in {home}")
    else:
        run_one(source, scenario, home, lang, say, (), task.key)
    folder = out or folder_of(source) / "tried"
    content, _ = run_one(source, scenario, folder, lang, say, changes)
    before = read_plan(home / "plan.xlsx").claims
    after = read_plan(folder / "plan.xlsx").claims
    print(headline(content, lang))
    for line in _moved(before, after, lang):
        print(line)
    print(WRITTEN.say(lang, path=folder / "plan.xlsx"))
    return 0


def _changes(tried: Sequence[str]) -> tuple[tuple[Change, ...], list[Issue]]:
    changes: list[Change] = []
    issues: list[Issue] = []
    for text in tried:
        change, found = command_change(text)
        issues += found
        if change is not None:
            changes.append(change)
    return tuple(changes), issues


FIGURES = (
    ("objective", Text("objective, bn KZT", "цель, млрд тенге")),
    ("society", Text("value for society, bn KZT", "ценность для общества, млрд тенге")),
    ("facilities_completed", Text("facilities completed", "объектов закончено")),
    ("km_renewed", Text("km renewed", "км обновлено")),
    ("outlays_pv", Text("spending, present value, bn KZT", "затраты, приведённые, млрд тенге")),
    ("funding_pv", Text("cost of funding, present value, bn KZT", "цена денег, приведённая, млрд тенге")),
    *((f"priority_{p}", Text(f"missed at priority {p}", f"не выполнено, приоритет {p}")) for p in (1, 2, 3)),
)
DRAWN = Text("drawn from {source}, bn KZT", "выбрано из {source}, млрд тенге")


def _moved(before: Mapping[str, float], after: Mapping[str, float], lang: Lang) -> list[str]:
    """The figures that move, most telling first; sources by the size of their move."""
    sources = sorted((key for key in {*before, *after} if key.startswith("draw[")), key=lambda key: (-abs(after.get(key, 0.0) - before.get(key, 0.0)), key))
    rows = [*((key, text.say(lang)) for key, text in FIGURES), *((key, DRAWN.say(lang, source=key[5:-1])) for key in sources[:8])]
    lines = []
    for key, text in rows:
        old, new = before.get(key, 0.0), after.get(key, 0.0)
        if abs(new - old) > 1e-6 * max(1.0, abs(old)):
            lines.append(f"  {text:<42} {old:>14,.2f} -> {new:>14,.2f}  ({new - old:+,.2f})")
    return lines or [NOTHING_MOVES.say(lang)]


def scenarios(source: Path, out: Path | None, lang: Lang, only: Sequence[str], processes: int | None) -> int:
    """Plan all scenarios of a workbook in parallel and compare them; exit code 1 if one of them has no plan."""
    root = out or folder_of(source)
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        check_tables(tables, [*issues, *more])
    tasks, failures, changed = tasks_of(tables, source, root, lang, only)
    order = [*dict.fromkeys([*(task.scenario for task in tasks), *failures])]
    count = processes or workers()
    print(SCENARIOS.say(lang, count=len(order), processes=count), file=sys.stderr)
    ended = run_all(tasks, count, lambda scenario, failure, seconds: _ended_line(scenario, failure, seconds, root, lang))
    for scenario, failure in failures.items():
        _ended_line(scenario, failure, 0.0, root, lang)
    results = []
    for task in tasks:
        failure, seconds, reused = ended[task.scenario]
        results.append(result_of(tables, task.scenario, task.folder, changed[task.scenario], failure, seconds, reused))
    results += [result_of(tables, scenario, root / scenario, (), failure, 0.0, False) for scenario, failure in failures.items()]
    write_comparison(root / "comparison.xlsx", results, lang)
    done = sum(1 for result in results if result.done)
    print(SCENARIOS_DONE.say(lang, done=done, count=len(results), path=root / "comparison.xlsx"))
    return 0 if done == len(results) else 1


def _ended_line(scenario: str, failure: str, seconds: float, root: Path, lang: Lang) -> None:
    if failure:
        print(NO_PLAN.say(lang, scenario=scenario, why=failure), flush=True)
        return
    claims = read_plan(root / scenario / "plan.xlsx").claims
    missed = sum(1 for key, value in claims.items() if key.startswith("shortfall[") and value > 1e-9)
    took = TOOK.say(lang, seconds=seconds) if seconds else AS_BEFORE.say(lang)
    print(SCENARIO.say(lang, scenario=scenario, facilities=claims["facilities_completed"], km=claims["km_renewed"], objective=claims["objective"],
                       missed=missed, took=took), flush=True)


def check(source: Path, lang: Lang) -> int:
    """All issues of an input and its scenarios, grouped; exit code 2 if one of them would stop a plan."""
    tables, issues = read(source)
    found = check_all(tables, issues)
    told(found, lang)
    print(NOTHING_STOPS.say(lang, path=source, count=len(found)))
    return 0


def template(out: Path, lang: Lang) -> int:
    """An empty workbook."""
    with whole_file(out) as temporary:
        write_template(temporary, lang)
    print(WRITTEN.say(lang, path=out))
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


def verify(path: Path, report: Path | None, lang: Lang) -> int:
    """Check a finished plan again from its workbook alone; exit code 1 if a check fails."""
    stored = read_plan(path)
    checked = check_tables(stored.tables, [], stored.scenario, as_changed=True)
    program = compile_model(assemble(checked.factors))
    findings = verify_plan(checked.case, stored.plan, stored.claims, stored.multipliers, program)
    if report is not None:
        with whole_file(report) as temporary:
            temporary.write_text(junit(findings, lang), encoding="utf-8")
    broken = failed(findings)
    for finding in broken[:20]:
        print(_line(finding, lang), file=sys.stderr)
    print(CHECKS_HOLD.say(lang, path=path, good=len(findings) - len(broken), all=len(findings)))
    return 1 if broken else 0


def _line(finding: Finding, lang: Lang) -> str:
    asserted = CHECKS[finding.check].say(lang)
    numbers = f"{finding.claimed:.9g} in the plan, {finding.recomputed:.9g} computed ({finding.unit})"
    return f"{finding.check} at {finding.place}: {numbers}. It should be: {asserted}."


def told(issues: Sequence[Issue], lang: Lang) -> None:
    """Issues for a person: stops first, grouped by kind and sheet, the first few places of each."""
    order = {"stop": 0, "surprise": 1, "note": 2}
    groups: dict[tuple[int, str, str, str], list[Issue]] = {}
    for issue in issues:
        groups.setdefault((order[issue.severity], issue.sheet, issue.code, issue.column), []).append(issue)
    for _, group in sorted(groups.items()):
        for issue in group[:SHOWN]:
            print(f"{SEVERITY[issue.severity].say(lang)}: {issue.say(lang)}", file=sys.stderr)
        if len(group) > SHOWN:
            cells = ", ".join(issue.cell for issue in group[SHOWN : SHOWN + 12])
            print(MORE.say(lang, count=len(group) - SHOWN, cells=cells), file=sys.stderr)
    counts = Counter(issue.severity for issue in issues)
    if counts["stop"]:
        print(STOPPED.say(lang, count=counts["stop"]), file=sys.stderr)

