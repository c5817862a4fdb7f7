"""What each command does, from its arguments to its exit code; the steps themselves are in job.py, run_one.py and batch.py."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.base.errors import Infeasible, InputRejected, JaryqError, Told
from model.base.issues import Issue, stops
from model.base.places import write_whole
from model.base.text import Lang, Text
from model.batch import Task, key_of, result_of, reusable, run_all, tasks_of, workers
from model.check.text import told
from model.data.check import typed
from model.data.scenarios import Change, command_change
from model.job import check as check_tables
from model.messages import (
    AS_BEFORE,
    BESIDE,
    CONTRADICTION,
    IN_CONFLICT,
    NO_PLAN,
    NOTHING_MOVES,
    SCENARIO,
    SCENARIOS,
    SCENARIOS_DONE,
    SEAL,
    TOOK,
    WRITTEN,
    WRITTEN_IN,
    headline,
    step_in,
)
from model.run_one import Finished, plan_in, run_one
from model.workbook.comparison import write_comparison
from model.workbook.folder import write_folder
from model.workbook.inputs import template as write_template
from model.workbook.plan import read_plan
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


def plan(source: Path, scenario: str, out: Path | None, lang: Lang, tried: Sequence[str] = (), since: Path | None = None) -> int:
    """Plan a workbook and write plan.xlsx, summary.json, manifest.json; with ``tried`` changes, beside the plan without them; ``since`` the last plan."""
    if tried:
        return _try(source, scenario, out, lang, tried)
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


def _try(source: Path, scenario: str, out: Path | None, lang: Lang, tried: Sequence[str]) -> int:
    """One change without editing the workbook: the plan with it, and the few figures that move against the plan without it."""
    changes, issues = _changes(tried)
    if issues:
        raise InputRejected(issues)
    say = Progress(lang)
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
    done = run_one(source, scenario, folder, lang, say, changes)
    before = read_plan(plan_in(home)).claims
    after = read_plan(done.plan).claims
    print(headline(done.content, lang))
    for line in _moved(before, after, lang):
        print(line)
    print(WRITTEN.say(lang, path=done.plan))
    beside(done, lang)
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
    path = write_comparison(root / "comparison.xlsx", results, lang)
    done = sum(1 for result in results if result.done)
    print(SCENARIOS_DONE.say(lang, done=done, count=len(results), path=path))
    return 0 if done == len(results) else 1


def _ended_line(scenario: str, failure: str, seconds: float, root: Path, lang: Lang) -> None:
    if failure:
        print(NO_PLAN.say(lang, scenario=scenario, why=failure), flush=True)
        return
    claims = read_plan(plan_in(root / scenario)).claims
    missed = sum(1 for key, value in claims.items() if key.startswith("shortfall[") and value > 1e-9)
    took = TOOK.say(lang, seconds=seconds) if seconds else AS_BEFORE.say(lang)
    print(SCENARIO.say(lang, scenario=scenario, facilities=claims["facilities_completed"], km=claims["km_renewed"], objective=claims["objective"],
                       missed=missed, took=took), flush=True)


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
