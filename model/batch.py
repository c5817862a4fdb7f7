"""Scenarios side by side: each planned in a process of its own, reused where nothing it depends on has changed."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputRejected, JaryqError
from model.base.text import Lang
from model.checked import check
from model.data.scenarios import BASE, Change, Changed, names
from model.data.tables import Tables
from model.manifest import plan_in
from model.report.result import Result
from model.reuse import Kept, kept, key_of
from model.run_one import run_one
from model.workbook.plan import read_plan


@dataclass(frozen=True)
class Task:
    """One scenario to be planned: where from, where to, and the key of what it depends on."""

    source: Path
    scenario: str
    folder: Path
    lang: Lang
    key: str
    extra: tuple[Change, ...] = ()


@dataclass(frozen=True, eq=False)
class Ended:
    """How a task ended: why it failed (empty: it did not), after how many seconds, and the plan where it was kept from an earlier run."""

    failure: str = ""
    seconds: float = 0.0
    kept: Kept | None = None


def run_all(tasks: Sequence[Task], workers: int, said: Callable[[Task, Ended], None]) -> dict[str, Ended]:
    """Run tasks in parallel processes, but for those whose plan of this key is kept in their language.

    ``said(task, ended)`` is called as each ends. The result does not depend on the number of processes.
    """
    ended: dict[str, Ended] = {}
    waiting = []
    for task in tasks:
        found = kept(task.folder, task.key)
        if found is not None and found.stored.lang == task.lang:
            ended[task.scenario] = Ended(kept=found)
            said(task, ended[task.scenario])
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
                task = futures[future]
                try:
                    failure, seconds = future.result()
                except Exception as error:
                    failure, seconds = f"{type(error).__name__}: {error}", time.perf_counter() - begun
                ended[task.scenario] = Ended(failure, seconds)
                said(task, ended[task.scenario])
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
        run_one(task.source, task.scenario, task.folder, task.lang, lambda _: None, task.extra)
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
        tasks.append(Task(source, scenario, root / scenario, lang, key_of(checked)))
    return tasks, failures, changed


def result_of(tables: Tables, task: Task, changed: tuple[Changed, ...], ended: Ended) -> Result:
    """The result of a scenario as its plan workbook tells it, or the reason why there is none."""
    scenario = task.scenario
    rows = {row.get("scenario"): row for _, row in tables.get("scenarios").records()}
    row = rows.get(scenario, {})
    name = str(row.get("name") or ("Base" if scenario == BASE else scenario))
    name_ru = str(row.get("name_ru") or row.get("name") or ("База" if scenario == BASE else scenario))
    if ended.failure:
        return Result(scenario, name, name_ru, changed, failure=ended.failure, seconds=ended.seconds)
    if ended.kept is not None:
        stored, factors = ended.kept.stored, ended.kept.checked.factors
    else:
        stored = read_plan(plan_in(task.folder))
        factors = check(stored.tables, [], stored.scenario, as_changed=True).factors
    return Result(scenario, name, name_ru, changed, factors, stored.plan, stored.claims, "", ended.seconds, ended.kept is not None)


def workers() -> int:
    """One process per core that this one may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
