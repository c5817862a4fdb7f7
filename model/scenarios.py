"""The command ``scenarios``: all scenarios of a workbook side by side, and what is said while they run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from model.base.issues import stops
from model.base.text import Lang
from model.batch import Ended, Task, result_of, run_all, tasks_of, workers
from model.checked import check
from model.commands import folder_of
from model.data.check import typed
from model.manifest import plan_in
from model.messages import AS_BEFORE, NO_PLAN, SCENARIO, SCENARIOS, SCENARIOS_DONE, TOOK
from model.report.words import number
from model.workbook.comparison import write_comparison
from model.workbook.plan import read_plan
from model.workbook.read import read


def scenarios(source: Path, out: Path | None, lang: Lang, only: Sequence[str], processes: int | None) -> int:
    """Plan all scenarios of a workbook in parallel and compare them; exit code 1 if one of them has no plan."""
    root = out or folder_of(source)
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        check(tables, [*issues, *more])
    tasks, failures, changed = tasks_of(tables, source, root, lang, only)
    order = [*dict.fromkeys([*(task.scenario for task in tasks), *failures])]
    count = processes or workers()
    print(SCENARIOS.say(lang, count=len(order), processes=count), file=sys.stderr)
    ended = run_all(tasks, count, lambda task, end: print(_line(task, end, lang), flush=True))
    for scenario, failure in failures.items():
        tasks.append(Task(source, scenario, root / scenario, lang, ""))
        ended[scenario] = Ended(failure)
        print(_line(tasks[-1], ended[scenario], lang), flush=True)
    results = [result_of(tables, task, changed.get(task.scenario, ()), ended[task.scenario]) for task in tasks]
    path = write_comparison(root / "comparison.xlsx", results, lang)
    done = sum(1 for result in results if result.done)
    print(SCENARIOS_DONE.say(lang, done=done, count=len(results), path=path))
    return 0 if done == len(results) else 1


def _line(task: Task, ended: Ended, lang: Lang) -> str:
    """How a scenario ended, in one line."""
    if ended.failure:
        return NO_PLAN.say(lang, scenario=task.scenario, why=ended.failure)
    claims = ended.kept.stored.claims if ended.kept is not None else read_plan(plan_in(task.folder)).claims
    missed = sum(1 for key, value in claims.items() if key.startswith("shortfall[") and value > 1e-9)
    took = AS_BEFORE.say(lang) if ended.kept is not None else TOOK.say(lang, seconds=ended.seconds)
    return SCENARIO.say(lang, scenario=task.scenario, facilities=number(claims["facilities_completed"]), km=number(claims["km_renewed"]),
                        objective=number(claims["objective"], 1), missed=missed, took=took)
