"""The command ``scenarios``: all scenarios of a workbook side by side, and what is said while they run."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from jaryq.api.accepted import accept, accept_all
from jaryq.api.besides import NOTHING, Besides, about_scenarios
from jaryq.api.html import clear_html, write_html_of_all
from jaryq.api.manifest import plan_in
from jaryq.api.results import free_results
from jaryq.api.whose import free_of_others
from jaryq.base.errors import InputRejected
from jaryq.base.free import free_file, free_folder
from jaryq.base.issues import Issue, stops
from jaryq.base.mark import purpose_of
from jaryq.base.text import Lang, Text
from jaryq.commands.batch import Ended, Task, result_of, run_all, tasks_of, workers
from jaryq.commands.messages import AS_BEFORE, NO_PLAN, SCENARIO, SCENARIOS, SCENARIOS_DONE, TOOK, WRITTEN
from jaryq.commands.plan import Progress, root_of
from jaryq.handover.compared import compared
from jaryq.handover.html.write import REPORT, is_report
from jaryq.handover.tables_compared import free_compared, write_compared
from jaryq.report.compare import comparison
from jaryq.report.result import Result
from jaryq.report.words import number
from jaryq.tables.fault import near
from jaryq.tables.scenarios import names
from jaryq.tables.typed import typed
from jaryq.workbook.comparison import PURPOSE, write_comparison
from jaryq.workbook.plan import read_plan
from jaryq.workbook.read import read

GOING = Text("{done} of {count} have ended; planning {planned}",
             "закончено {done} из {count}; рассчитываются {planned}")
COMPARISON = "comparison.xlsx"


def scenarios(source: Path, out: Path | None, lang: Lang, only: Sequence[str], processes: int | None,
              force: bool = False, besides: Besides = NOTHING) -> int:
    """Plan all scenarios of a workbook in parallel and compare them; exit code 1 if one of them has no plan.
    ``besides``: what else is written, for each scenario apart.

    Raises InputRejected for a name in ``only`` that no scenario has and for an input by which none can be planned, and
    Misplaced or Fault for a place that cannot be written, before planning.
    """
    besides.needed()
    say = Progress(lang)
    say(f"reading {source}")
    tables, issues = read(source)
    tables, more = typed(tables)
    if stops([*issues, *more]):
        accept(tables, [*issues, *more])
    known = names(tables)
    if unknown := [name for name in only if name not in known]:
        slots = [{"target": "scenarios", "hint": near(name, known)} for name in unknown]
        raise InputRejected([Issue("unknown_reference", "scenarios", "", "scenario", name, slot)
                             for name, slot in zip(unknown, slots, strict=True)])
    root = out or root_of(source, lang)
    say("checking the scenarios")
    tasks, failures, inputs = tasks_of(tables, source, root, lang, only, force, besides)
    if not tasks:  # not even the base: the input is at fault, and there is nothing to compare
        accept_all(tables, issues)
    free_folder(root)
    free_file(root / COMPARISON, _is_comparison, (source,), force)
    if besides.report:
        free_file(root / REPORT, is_report, (source,), force)
    if besides.tables is not None:
        free_compared(besides.tables, (source,), force)
    for task in tasks:
        free_results(task.folder, (source,), force)
        free_of_others(task.folder, source, task.scenario, force)
        task.besides.free(task.folder, (source,), force)
    order = [*dict.fromkeys([*(task.scenario for task in tasks), *failures])]
    count = processes or workers()
    print(SCENARIOS.say(lang, count=len(order), processes=min(count, max(1, len(tasks)))), file=sys.stderr)
    ended = run_all(tasks, count, lambda task, end: print(_line(task, end, lang), flush=True), lambda ended,
                    planned: say(
        GOING.say(lang, done=ended, count=len(order), planned=", ".join(planned)), always=True))
    for scenario, failure in failures.items():
        tasks.append(Task(source, scenario, root, lang, ""))
        ended[scenario] = Ended(failure)
        print(_line(tasks[-1], ended[scenario], lang), flush=True)
    results = [result_of(tables, task, inputs.get(task.scenario), ended[task.scenario]) for task in tasks]
    made = comparison(results)
    path = write_comparison(root / COMPARISON, made, lang)
    if besides.tables is not None:
        write_compared(besides.tables, made, about_scenarios(source, made), lang)
    told = _html(root, tasks, results, ended, compared(made).sentences, lang) if besides.report else None
    if told is None:
        clear_html(root / REPORT)
    done = sum(1 for result in results if result.done)
    print(SCENARIOS_DONE.say(lang, done=done, count=len(results), path=path))
    if told is not None:
        print(WRITTEN.say(lang, path=told))
    return 0 if done == len(results) else 1


def _html(root: Path, tasks: Sequence[Task], results: Sequence[Result], ended: Mapping[str, Ended],
          said: Sequence[Text], lang: Lang) -> Path | None:
    """report.html of all scenarios, with the sentences on them."""
    called = [Text(result.name, result.name_ru) for result in results]
    done = [(name, task.folder) for name, task, result in zip(called, tasks, results, strict=True) if result.done]
    failed = [(name, why) for name, task in zip(called, tasks, strict=True)
              if (why := ended[task.scenario].failure) is not None]
    return write_html_of_all(root / REPORT, done, failed, lang, said)


def _is_comparison(path: Path) -> bool:
    return purpose_of(path) == PURPOSE


def _line(task: Task, ended: Ended, lang: Lang) -> str:
    """How a scenario ended, in one line."""
    if ended.failure is not None:
        return NO_PLAN.say(lang, scenario=task.scenario, why=ended.failure)
    claims = ended.kept.stored.claims if ended.kept is not None else read_plan(plan_in(task.folder)).claims
    missed = sum(1 for key, value in claims.items() if key.startswith("shortfall[") and value > 1e-9)
    took = AS_BEFORE.say(lang) if ended.kept is not None else TOOK.say(lang, seconds=ended.seconds)
    return SCENARIO.say(lang, scenario=task.scenario, facilities=number(claims["facilities_completed"]),
                        km=number(claims["km_renewed"]),
                        objective=number(claims["objective"], 1), missed=missed, took=took)
