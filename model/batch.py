"""Scenarios side by side: each planned in a process of its own, reused where nothing it depends on has changed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputRejected, JaryqError
from model.base.text import Lang
from model.checked import Checked, check
from model.data.scenarios import BASE, Change, Changed, names
from model.data.tables import Tables
from model.data.values import show
from model.manifest import code_hash
from model.report.result import Result
from model.run_one import plan_in, run_one
from model.solve.highs import versions as solver_versions
from model.workbook.plan import read_plan

NOT_DECIDING = ("scenarios", "scenario_changes", "sources_and_method")
"""Sheets that do not decide a plan once a scenario's changes are made."""


@dataclass(frozen=True)
class Task:
    """One scenario to be planned: where from, where to, and the key of what it depends on."""

    source: Path
    scenario: str
    folder: Path
    lang: Lang
    key: str
    extra: tuple[Change, ...] = ()


def key_of(checked: Checked, lang: Lang) -> str:
    """SHA-256 of all a plan depends on: the changed tables cell by cell, the code, the solver, the language of the workbook."""
    digest = hashlib.sha256()
    digest.update(json.dumps([code_hash(), solver_versions(), lang, checked.tables.name, checked.case.scenario]).encode())
    for name, table in sorted(checked.tables.sheets.items()):
        if name not in NOT_DECIDING:
            digest.update(f"\0{name}\0{'|'.join(map(str, table.frame.columns))}\0{table.rows}".encode())
            for row in table.frame.itertuples(index=False, name=None):
                digest.update("\x1f".join(show(value) for value in row).encode() + b"\n")
    return digest.hexdigest()


def reusable(task: Task) -> bool:
    """Whether the folder holds a verified plan of exactly this key."""
    try:
        manifest = json.loads((task.folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return manifest.get("status") == "ok" and manifest.get("key") == task.key and plan_in(task.folder).exists()


def run_all(tasks: Sequence[Task], workers: int, said: Callable[[str, str, float], None]) -> dict[str, tuple[str, float, bool]]:
    """Run tasks in parallel processes. For each scenario: why it failed (empty: it did not), seconds, whether it was reused.

    ``said(scenario, failure, seconds)`` is called as each ends. The result does not depend on the number of processes.
    """
    ended: dict[str, tuple[str, float, bool]] = {}
    waiting = []
    for task in tasks:
        if reusable(task):
            ended[task.scenario] = ("", 0.0, True)
            said(task.scenario, "", 0.0)
        else:
            waiting.append(task)
    if not waiting:
        return ended
    # Spawned processes behave the same on every system, and inherit no half-made state.
    with ProcessPoolExecutor(min(workers, len(waiting)), mp_context=multiprocessing.get_context("spawn")) as pool:
        begun = time.perf_counter()
        futures: dict[Future[tuple[str, float]], Task] = {pool.submit(_work, task): task for task in waiting}
        try:
            for future in as_completed(futures):
                scenario = futures[future].scenario
                try:
                    failure, seconds = future.result()
                except Exception as error:
                    failure, seconds = f"{type(error).__name__}: {error}", time.perf_counter() - begun
                ended[scenario] = (failure, seconds, False)
                said(scenario, failure, seconds)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
    return ended


def _work(task: Task) -> tuple[str, float]:
    """Plan one scenario; a JaryqError is told as text, so that the other scenarios still come out."""
    begun = time.perf_counter()
    try:
        run_one(task.source, task.scenario, task.folder, task.lang, lambda _: None, task.extra, task.key)
    except InputRejected as error:
        stop = next((issue for issue in error.issues if issue.severity == "stop"), None)
        return (stop.say(task.lang) if stop else str(error)), time.perf_counter() - begun
    except JaryqError as error:
        return str(error), time.perf_counter() - begun
    return "", time.perf_counter() - begun


def tasks_of(
    tables: Tables, source: Path, root: Path, lang: Lang, only: Sequence[str] = (),
) -> tuple[list[Task], dict[str, str], dict[str, tuple[Changed, ...]]]:
    """Tasks of all scenarios (or ``only`` these), why others cannot run, and what each changes."""
    tasks, failures, changed = [], {}, {}
    for scenario in names(tables):
        if only and scenario not in only and scenario != BASE:
            continue
        try:
            checked = check(tables, [], scenario)
        except InputRejected as error:
            stop = next(issue for issue in error.issues if issue.severity == "stop")
            failures[scenario] = stop.say(lang)
            continue
        changed[scenario] = checked.changed
        tasks.append(Task(source, scenario, root / scenario, lang, key_of(checked, lang)))
    return tasks, failures, changed


def result_of(tables: Tables, scenario: str, folder: Path, changed: tuple[Changed, ...], failure: str, seconds: float, reused: bool) -> Result:
    """The result of a scenario as its plan workbook tells it, or the reason why there is none."""
    rows = {row.get("scenario"): row for _, row in tables.get("scenarios").records()}
    row = rows.get(scenario, {})
    name = str(row.get("name") or ("Base" if scenario == BASE else scenario))
    name_ru = str(row.get("name_ru") or row.get("name") or ("База" if scenario == BASE else scenario))
    if failure:
        return Result(scenario, name, name_ru, changed, failure=failure, seconds=seconds)
    stored = read_plan(plan_in(folder))
    factors = check(stored.tables, [], stored.scenario, as_changed=True).factors
    return Result(scenario, name, name_ru, changed, factors, stored.plan, stored.claims, "", seconds, reused)


def workers() -> int:
    """One process per core that this one may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
