"""Scenarios side by side: each planned in a process of its own, reused where nothing it depends on has changed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jaryq.api.accepted import Accepted, accept
from jaryq.api.besides import NOTHING, Besides
from jaryq.api.html import has_report
from jaryq.api.manifest import plan_in, read_manifest
from jaryq.api.results import inside
from jaryq.api.reuse import Kept, kept, key_of
from jaryq.api.run_one import run_one
from jaryq.base.errors import InputRejected, JaryqError
from jaryq.base.faults import fault
from jaryq.base.places import clear_own, clear_strays
from jaryq.base.text import LANGS, Lang, Text
from jaryq.commands.messages import why
from jaryq.report.result import Result
from jaryq.report.words import same
from jaryq.tables.change import Change
from jaryq.tables.scenarios import BASE, called, names
from jaryq.tables.tables import Tables
from jaryq.workbook.plan import read_plan

EVERY = 5.0
"""Seconds after which it is said again how far a batch is."""

PATIENCE = 2.0
"""Seconds that the processes of a stopped batch have to end."""

GONE = Text("its process was ended from outside; was there too little memory?",
            "её процесс был завершён извне; не хватило памяти?")


@dataclass(frozen=True)
class Task:
    """One scenario to be planned: where from, where to, and the key of what it depends on."""

    source: Path
    scenario: str
    folder: Path
    lang: Lang
    key: str
    extra: tuple[Change, ...] = ()
    force: bool = False
    besides: Besides = NOTHING


@dataclass(frozen=True, eq=False)
class Ended:
    """How a task ended: why it failed (None: it did not), after how many seconds, and the plan where it was kept from
    an earlier run."""

    failure: Text | None = None
    seconds: float = 0.0
    kept: Kept | None = None


Going = Callable[[int, list[str]], None]
"""Says how far a batch is: how many scenarios have ended, and which are being planned."""


def run_all(tasks: Sequence[Task], workers: int, said: Callable[[Task, Ended], None], going: Going = lambda done,
            planned: None) -> dict[str, Ended]:
    """Run tasks in parallel processes, but for those whose plan of this key is kept in their language with its
    report, and of which nothing is asked besides.

    ``said(task, ended)`` is called as each ends, ``going`` every few seconds. The result does not depend on the number
    of processes.
    """
    ended: dict[str, Ended] = {}
    waiting = []
    for task in tasks:
        found = kept(task.folder, task.key)
        if found is not None and found.stored.lang == task.lang and not task.besides.asked and (
                has_report(task.folder) or not task.besides.report):
            ended[task.scenario] = Ended(kept=found)
            said(task, ended[task.scenario])
        else:
            waiting.append(task)
    if not waiting:
        return ended
    _run(waiting, workers, ended, said, going)
    return ended


def _run(waiting: Sequence[Task], workers: int, ended: dict[str, Ended], said: Callable[[Task, Ended], None],
         going: Going) -> None:
    """Plan tasks in processes of their own. A run that is stopped leaves none of them, and no draft of theirs."""
    begun = time.perf_counter()
    # Spawned processes behave the same on every system, and inherit no half-made state.
    with ProcessPoolExecutor(min(workers, len(waiting)), mp_context=multiprocessing.get_context("spawn"),
                             initializer=_begin) as pool:
        try:
            with _deaf():
                futures = {pool.submit(_work, task): task for task in waiting}
            left = set(futures)
            while left:
                going(len(ended), [futures[future].scenario for future in futures if future in left][:workers])
                done, left = wait(left, timeout=EVERY, return_when=FIRST_COMPLETED)
                for future in done:
                    task = futures[future]
                    failure, seconds = _outcome(future, begun)
                    ended[task.scenario] = Ended(failure, seconds)
                    said(task, ended[task.scenario])
        except BaseException:
            _end(pool)
            for task in waiting:
                clear_strays(task.folder)
            raise


def _outcome(future: Future[tuple[Text | None, float]], begun: float) -> tuple[Text | None, float]:
    """Why a task failed, and after how many seconds."""
    try:
        return future.result()
    except BrokenProcessPool:
        return GONE, time.perf_counter() - begun
    except Exception as error:
        return same(f"{type(error).__name__}: {error}"), time.perf_counter() - begun


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool: those that compute hear of nothing and are killed."""
    processes = multiprocessing.active_children()
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are spawned here do not hear of Ctrl-C, which goes to all of a terminal: the run that began them
    ends them."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin() -> None:
    """In a process of the pool: SIGTERM takes the drafts away and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _: object) -> None:
    clear_own()
    os._exit(128 + number)


def _work(task: Task) -> tuple[Text | None, float]:
    """Plan one scenario; a JaryqError is told as a text, so that the other scenarios still come out."""
    begun = time.perf_counter()
    try:
        run_one(task.source, task.scenario, task.folder, task.lang, lambda _: None, task.extra, force=task.force,
                explain=task.scenario == BASE, besides=task.besides)
    except InputRejected as error:
        return _first_stop(error), time.perf_counter() - begun
    except JaryqError as error:
        return why(error), time.perf_counter() - begun
    except (OSError, MemoryError) as error:
        return fault(error).text, time.perf_counter() - begun
    return None, time.perf_counter() - begun


def _first_stop(error: InputRejected) -> Text:
    """The first of the issues that stop a scenario: a table of scenarios has one line for each."""
    return next((Text(*map(issue.say, LANGS)) for issue in error.issues if issue.severity == "stop"), same(str(error)))


def tasks_of(
    tables: Tables, source: Path, root: Path, lang: Lang, only: Sequence[str] = (), force: bool = False,
    besides: Besides = NOTHING,
) -> tuple[list[Task], dict[str, Text], dict[str, Accepted]]:
    """Tasks of all scenarios (or ``only`` these), why others cannot run, and the accepted input of each."""
    tasks, failures, inputs = [], {}, {}
    for scenario in names(tables):
        if only and scenario not in only and scenario != BASE:
            continue
        try:
            inputs[scenario] = accept(tables, [], scenario)
        except InputRejected as error:
            failures[scenario] = _first_stop(error)
            continue
        key = key_of(inputs[scenario])
        tasks.append(Task(source, scenario, inside(root, scenario), lang, key, (), force,
                          besides.of(scenario)))
    return tasks, failures, inputs


def result_of(tables: Tables, task: Task, accepted: Accepted | None, ended: Ended) -> Result:
    """The result of a scenario as its plan workbook tells it, or the reason why there is none. ``accepted``: its input
    when the batch began, which is not read out of the plan again where it is of the same key."""
    scenario = task.scenario
    said = called(tables, scenario)
    name, name_ru = said.en, said.ru
    changed = () if accepted is None else accepted.changed
    if ended.failure is not None:
        return Result(scenario, name, name_ru, changed, failure=ended.failure.say(task.lang), seconds=ended.seconds)
    if ended.kept is not None:
        stored, factors = ended.kept.stored, ended.kept.accepted.factors
    else:
        stored = read_plan(plan_in(task.folder))
        if accepted is None or read_manifest(task.folder).get("key") != task.key:
            accepted = accept(stored.tables, [], stored.scenario, as_changed=True)
        factors = accepted.factors
    return Result(scenario, name, name_ru, changed, factors, stored.plan, stored.claims, seconds=ended.seconds,
                  choices=stored.solution.choices, gaps=stored.solution.gaps)


def workers() -> int:
    """One process per core that this one may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
