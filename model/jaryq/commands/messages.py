"""Sentences that the command line says to a person, in every language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from jaryq.base.errors import JaryqError, NoPlan, Told
from jaryq.base.text import Lang, Text
from jaryq.report.proved import within
from jaryq.report.searched import CUT, ENDED
from jaryq.report.words import number, proved, same, stage_name

WRITTEN = Text("Written to {path}.", "Записано в {path}.")
WRITTEN_IN = Text("Written to {path} in {seconds:.1f} s.", "Записано в {path} за {seconds:.1f} с.")
BESIDE = Text("An older file is open in another program, so this one stands beside it: {path}.",
              "Прежний файл открыт в другой программе, поэтому новый записан рядом: {path}.")
CHECKS_HOLD = Text("{path}: {good} of {all} checks hold.", "{path}: выполнено проверок {good} из {all}.")
CHECKS_BUT = Text(
    "{path} does not stand as it is: checks that fail: {bad}, cells that differ: {differ}{more}. That {good} of "
    "{all} checks of what the plan stores hold does not change that.",
    "{path} в таком виде не подтверждается: проверок не выполнено: {bad}, ячеек расходится: {differ}{more}. То, "
    "что выполнены проверки того, что хранит план ({good} из {all}), этого не меняет.")
NOT_READ = Text(", and it could not be read to its end", ", и до конца он не прочитан")
NOT_THIS_SEAL = Text(", and its seal is another", ", и печать у него другая")
CHECK_FAILS = Text("{check} at {place}: {claimed} in the plan, {computed} computed ({unit}). It should be: {asserted}.",
                   "{check}, {place}: {claimed} в плане, {computed} пересчитано ({unit}). Должно быть: {asserted}.")
CELLS_HOLD = Text("{cells} cells on {sheets} sheets compared with what follows from inputs and decisions: {differ} "
                  "differ. Seal {seal}",
                  "Ячеек {cells} на листах {sheets} сопоставлено с тем, что следует из исходных данных и решений: "
                  "расходятся {differ}. Печать {seal}")
CELL_DIFFERS = Text("{address} shows {shown}: {why}.", "{address}, в ячейке {shown}: {why}.")
MORE_CELLS = Text("and {count} more: {cells}", "и ещё {count}: {cells}")
FOLLOWS = Text("Because of that {count} more cells differ: {cells}", "Из-за этого расходятся ещё {count}: {cells}")
NOT_HERE = Text("The plan was written by another version of the program or on another machine: its sheets may differ "
                "for that reason.",
                "План записан другой версией программы или на другой машине: листы могут расходиться и поэтому.")
NOT_TOGETHER = Text("what it holds does not fit together", "его содержимое не согласуется между собой")
NOT_READ_FURTHER = Text("So the plan cannot be read to its end: {why}", "Поэтому план не прочитать до конца: {why}")
ANOTHER_SEAL = Text("This is not the plan with the seal {expected}.", "Это не тот план, печать которого {expected}.")
SOLVED_AGAIN = Text("Solved again: prices, relaxations and remarks are the same.",
                    "Решено заново: цены, ослабления и замечания те же.")
SEAL = Text("Seal {seal}", "Печать {seal}")
SCENARIOS = Text("{count} scenarios in {processes} processes.", "Сценариев: {count}, процессов: {processes}.")
SCENARIOS_DONE = Text("{done} of {count} scenarios have a plan. Written to {path}.",
                      "План есть у {done} сценариев из {count}. Записано в {path}.")
NO_PLAN = Text("{scenario}: no plan. {why}", "{scenario}: плана нет. {why}")
SCENARIO = Text(
    "{scenario}: {facilities} facilities, {km} km, objective {objective}, {missed} target rows missed{took}",
    "{scenario}: объектов {facilities}, {km} км, цель {objective}, не выполнено строк целей: {missed}{took}",
)
TOOK = Text(" ({seconds:.0f} s)", " ({seconds:.0f} с)")
AS_BEFORE = Text(" (as before)", " (как раньше)")
HEADLINE = Text(
    "{facilities} of {scope} {what}, {km} of {km_scope} km, {spend} bn KZT; {missed} of {rows} target rows "
    "missed.\n{distance}",
    "{what}: {facilities} из {scope}, {km} из {km_scope} км, {spend} млрд тенге; не выполнено строк целей: {missed} из "
    "{rows}.\n{distance}",
)
WHOLE = Text("facilities", "объектов")
EQUIVALENTS = Text("facilities (equivalents)", "объектов (эквивалентов)")
PROVED = Text("Proved optimal{within}{tree}{shortfalls}.", "Доказано: лучшего плана нет{within}{tree}{shortfalls}.")
TREE = Text(" (branching tree of {leaves} leaves)", " (дерево ветвления, листьев: {leaves})")
SHORTFALLS = Text(", for the shortfalls as they are", ", при этих недовыполнениях")
CERTIFIED = Text("Within {gap} % of outlays{stake} of the best possible{shortfalls} (certified){search}.",
                 "Не дальше {gap} % затрат{stake} от лучшего возможного{shortfalls} (доказано){search}.")
OF_STAKE = Text(" ({gap} % of the value at stake)", " ({gap} % ценности, зависящей от выбора)")
SEARCH = Text("; search: {ended}", "; поиск: {ended}")
STAGE_CUT = Text("; {stage}: {ended}", "; {stage}: {ended}")
CERTIFIED_TIME = Text("The mean finish is within {years} years of the earliest possible (certified){search}.",
                      "Среднее окончание не дальше {years} года от самого раннего возможного (доказано){search}.")
CONTRADICTION = Text("hard rules contradict each other", "жёсткие правила противоречат друг другу")
IN_CONFLICT = Text("  in conflict: {limit}", "  противоречат: {limit}")
MORE_IN_CONFLICT = Text("  in conflict: {count} more (summary.json)", "  противоречат: ещё {count} (summary.json)")
NOTHING_SPENT = Text("Nothing is spent.", "Ничего не тратится.")
NOTHING_YET = Text("Nothing is spent; at most {distance} bn KZT from the best possible{shortfalls} "
                   "(certified){search}.",
                   "Ничего не тратится; не дальше {distance} млрд тенге от лучшего возможного{shortfalls} "
                   "(доказано){search}.")
NO_WHOLE_PLAN = Text("no plan of whole facilities keeps all hard rules",
                     "ни один план из целых объектов не соблюдает все жёсткие правила")
STANDS = Text("the plan without the change stands in {folder}", "план без изменения лежит в {folder}")
NOTHING_MOVES = Text("  Nothing moves.", "  Ничего не меняется.")


MISSED = Text("no plan of whole facilities was found: each that was tried misses a limit by a hair",
              "план из целых объектов не найден: каждый из опробованных нарушает какое-то ограничение на волосок")
NOT_PROVED = Text("{why}; that there is none is not proved", "{why}; что его нет, не доказано")

WHYS: Mapping[str, Text] = {text.en: text for text in (CONTRADICTION, NO_WHOLE_PLAN, MISSED)}
"""Why there is no plan, by what the parts of the program say in English."""

OF_FILE = Text("In {path}:", "В {path}:")

STEPS: Mapping[str, str] = {
    "building the linear program": "составляется линейная программа",
    "solving: linear stages": "решение: линейные этапы",
    "why there is no plan": "почему нет плана",
    "solving: what the red zone first costs": "решение: цена правила «сначала красная зона»",
    "solving: whole facilities": "решение: целые объекты",
    "solving: branching": "решение: ветвление",
    "solving: certificates and prices of limits": "решение: доказательства и цены ограничений",
    "solving: certificates": "решение: доказательства",
    "checking the scenarios": "проверка сценариев", "verifying": "проверка", "solving again": "решение заново",
    "what ifs": "что если", "pricing the other choice": "цена иного решения",
    "writing": "запись", "the mean future": "средний вариант", "all futures side by side": "все варианты рядом",
    "the least largest regret": "наименьшее из наибольших сожалений",
    "each future, if it were known, and all side by side": "каждый вариант, если бы он был известен, и все рядом",
    "what goes on from early decisions in each future": "что следует из ранних решений в каждом варианте",
    "early decisions of each future in every other one": "ранние решения каждого варианта в каждом другом",
}
"""Steps of a run as the parts of the program call them, in Russian."""

STEPS_OF: Mapping[str, str] = {
    "reading (.*)": "чтение {0}", "the program of (.*)": "программа варианта «{0}»",
    "(.*), if it were known": "вариант «{0}», если бы он был известен",
    "early decisions of (.*) in (.*)": "ранние решения «{0}» в варианте «{1}»",
    r"a whole plan of draw (\d+)": "план из целых объектов для розыгрыша {0}",
}
"""The same of steps that name something."""


def why(error: JaryqError) -> Text:
    """Why there is no plan, in the languages in which it is known; without a point at its end."""
    known = error.text if isinstance(error, Told) else WHYS.get(str(error))
    known = known or same(str(error) or type(error).__name__)
    # What comes with limits that are nearest is the end of a planning run.
    return NOT_PROVED.fill(why=known) if isinstance(error, NoPlan) and error.why is not None else known


def step_in(step: str, lang: Lang) -> str:
    """A step of a run in the language chosen."""
    if lang not in ("ru", "kk"):
        return step
    if said := STEPS.get(step):
        return said
    for begun, form in STEPS_OF.items():
        if found := re.fullmatch(begun, step):
            return form.format(*found.groups())
    return step


def moved_line(label: str, old: float | None, new: float | None, lang: Lang) -> str:
    """A figure that moves, in columns: what it was, what it is, the change; with the marks of the language."""
    one, other = ("-" if value is None else number(value, 2).say(lang) for value in (old, new))
    change = ("" if old is None or new is None
              else f"  ({'-' if new < old else '+'}{number(abs(new - old), 2).say(lang)})")
    return f"  {label:<42} {one:>14} -> {other:>14}{change}"


def headline(content: Mapping[str, Any], lang: Lang) -> str:
    """The plan in two lines, from its summary: what it does, and how far it can be from the best."""
    kpi, gap = content["kpi"], content["objective"]["certified_gap"]
    done = float(kpi["facilities_completed"])
    whole = abs(done - round(done)) < 1e-9
    return HEADLINE.say(
        lang, facilities=number(done, 0 if whole else 2), scope=kpi["facilities_in_scope"],
        what=WHOLE if whole else EQUIVALENTS,
        km=number(kpi["km_renewed"]), km_scope=number(kpi["km_in_scope"]), spend=number(kpi["spend_bn_kzt"]),
        rows=len(content["targets"]),
        missed=sum(1 for target in content["targets"] if target["shortfall"] > 1e-9),
        distance=_distance(content, gap, lang),
    )


def _distance(content: Mapping[str, Any], gap: float | None, lang: Lang) -> Text | str:
    """How far a plan is from the best possible, or that there is none better."""
    objective = content["objective"]
    if objective["name"] == "earliest_finish":
        return CERTIFIED_TIME.say(lang, years=proved(objective["value_bn_kzt"] - objective["certified_bound_bn_kzt"]),
                                  search=_ends(content, lang))
    if objective.get("proved"):
        tree = TREE.say(lang, leaves=objective["leaves"]) if objective["leaves"] else ""
        room = within(objective.get("hairs_bn_kzt"), money=True)
        return PROVED.say(lang, within=room, tree=tree, shortfalls="" if objective["proved_for"] == "all_plans"
                          else SHORTFALLS.say(lang))
    shortfalls = SHORTFALLS.say(lang) if len(content["stages"]) > 1 else ""
    if gap is None:
        bound = objective["certified_bound_bn_kzt"]
        if bound is None or not math.isfinite(bound):
            return NOTHING_SPENT
        return NOTHING_YET.say(lang, distance=proved(abs(bound - objective["value_bn_kzt"])), shortfalls=shortfalls,
                               search=_ends(content, lang))
    stake = objective.get("certified_gap_of_stake")
    return CERTIFIED.say(
        lang, gap=proved(100.0 * gap), stake="" if stake is None else OF_STAKE.say(lang, gap=proved(100.0 * stake)),
        shortfalls=shortfalls, search=_ends(content, lang),
    )


def _ends(content: Mapping[str, Any], lang: Lang) -> str:
    """What ended the search of the objective, and every other stage that was cut off."""
    ends = {stage["name"]: stage.get("search_ended") for stage in content["stages"]}
    said = SEARCH.say(lang, ended=ENDED[ends["objective"]]) if ends.get("objective") else ""
    return said + "".join(
        STAGE_CUT.say(lang, stage=stage_name(name, content["objective"]["name"]), ended=ENDED[end])
        for name, end in ends.items() if name != "objective" and end in CUT
    )
