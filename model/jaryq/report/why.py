"""Table ``why``: what the other choice costs, and the sentence that says so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.points import more
from jaryq.report.shapes import Out, Value
from jaryq.report.why_open import amount, could, tolerance, within
from jaryq.report.words import NOT_CHOSEN, POINTS, POINTS_SAID, UNIT_WORDS, joined, name_of, said_when, same, stage_name
from jaryq.solve.choice import Choice
from jaryq.solve.solution import Solution

KINDS_OF_CHOICE: Mapping[str, Text] = {"facility": Text("done or not", "выполнять ли"),
                                       "start": Text("start", "начало"),
                                       "payer": Text("payer", "плательщик")}
STATES: Mapping[str, Text] = {"in": Text("done", "выполняется"), "out": Text("not done", "не выполняется"),
                              "part": Text("done in part", "выполняется частью")}
WHOLLY = Text("done whole", "выполняется целиком")
VERDICTS: Mapping[str, Text] = {
    "always": Text("always", "всегда"), "never": Text("never", "никогда"), "open": Text("open", "открыто"),
    "undecided": Text("undecided", "не решено"),
}
SHOWN_BY: Mapping[str, Text] = {
    "multipliers": Text("stored multipliers, computed again by verify", "сохранённые множители, пересчитаны verify"),
    "program": Text("linear program with the opposite; verify --deep solves it again",
                    "линейная программа с обратным решением; verify --deep решает её снова"),
    "tree": Text("branching tree with the opposite; verify --deep solves again",
                 "дерево ветвления с обратным решением; verify --deep решает снова"),
    "found": Text("a plan found; verify --deep solves it again", "найденный план; verify --deep решает его снова"),
    "nothing": Text("not shown", "не показано"),
}
CANNOT = Text("cannot be: no plan holds the opposite", "невозможно: такого плана нет")
HEADINGS = ("choice", "project", "name", "now", "other", "verdict", "first", "least", "most", "unit", "instead",
            "proof", "why")


def why_tables(case: Case, solution: Solution) -> tuple[Out, ...]:
    """The table, where anything was asked."""
    if not solution.choices:
        return ()
    rows = tuple(_row(case, solution, one) for one in solution.choices)
    counts = {verdict: sum(1 for one in solution.choices if one.verdict == verdict) for verdict in VERDICTS}
    remarks = [Text(
        f"Always {counts['always']}, never {counts['never']}, open {counts['open']}, undecided {counts['undecided']}. "
        "A plan counts as good as this one if in no stage it is worse by more than the gap of its search.",
        f"Всегда: {counts['always']}, никогда: {counts['never']}, открыто: {counts['open']}, не решено: "
        f"{counts['undecided']}. План считается не хуже этого, если ни в одном этапе не хуже больше чем на допуск "
        "поиска.")]
    if solution.unasked:
        remarks.append(Text(f"The effort did not reach {solution.unasked} of them: of these only the first bound is "
                            "known.",
                            f"Усилий не хватило на {solution.unasked}: по ним известна только первая граница."))
    if any(row["unit"] is POINTS for row in rows):
        remarks.append(POINTS_SAID)
    return (Out("why", HEADINGS, rows, remarks=tuple(remarks)),)


def with_reasons(table: Out, case: Case, solution: Solution) -> Out:
    """The table ``facilities`` with the sentence in place of "not selected"."""
    known = {one.project: one for one in solution.choices if one.kind == "facility" and one.now == "out"}
    rows = [{**row, "why": _not_chosen(case, solution, one)}
            if row.get("why") == NOT_CHOSEN and (one := known.get(str(row["facility"]))) is not None else row
            for row in table.rows]
    return replace(table, rows=tuple(rows))


def _not_chosen(case: Case, solution: Solution, one: Choice) -> Text:
    """"Not selected", whether that is decided, and the sentence; no verdict stands beside it there."""
    said = sentence(case, solution, one)
    if one.verdict == "undecided":
        verdict = VERDICTS[one.verdict]
        said = Text(f"{verdict.en}: {said.en}", f"{verdict.ru}: {said.ru}")
    return Text(f"{NOT_CHOSEN.en}: {said.en}", f"{NOT_CHOSEN.ru}: {said.ru}")


def _row(case: Case, solution: Solution, one: Choice) -> dict[str, Value]:
    project = case.projects.get(one.project)
    stage = decisive(solution, one)
    return {
        "choice": KINDS_OF_CHOICE[one.kind], "project": one.project,
        "name": None if project is None else name_of(project),
        "now": _state(case, one, one.now), "other": _state(case, one, one.other), "verdict": VERDICTS[one.verdict],
        "first": stage_name(stage, solution.objective) if _shut(one) and not one.cannot else None,
        "least": one.at_least.get(stage), "most": one.at_most.get(stage), "unit": unit_of_stage(solution, stage),
        "instead": ", ".join(_signed(start) for start in one.instead) or None, "proof": SHOWN_BY[one.by],
        "why": sentence(case, solution, one),
    }


def decisive(solution: Solution, one: Choice) -> str:
    """The first stage that shuts the opposite out; else the objective."""
    return list(one.at_least)[-1] if _shut(one) and one.at_least else solution.stages[-1].name


def _shut(one: Choice) -> bool:
    return one.verdict in ("always", "never")


def _state(case: Case, one: Choice, state: str) -> Text:
    if one.kind == "facility":
        return WHOLLY if one.now == "part" and state == "in" else STATES[state]
    if one.kind == "start":
        return same(state)
    payer = state.removeprefix("-")
    name = name_of(case.sources[payer]) if payer in case.sources else same(payer)
    return Text(f"without {name.en}", f"без: {name.ru}") if state.startswith("-") else name


def unit_of_stage(solution: Solution, stage: str) -> Text:
    """The unit of a stage in words."""
    if stage.startswith("priority_"):
        return POINTS
    if stage != "objective":
        return UNIT_WORDS["share"]
    return UNIT_WORDS["years" if solution.objective == "earliest_finish" else BILLION]


def _signed(start: str) -> str:
    """``+F1 2027`` for ``start[F1,2027]``."""
    project, _, when = start.removeprefix("-").removeprefix("start[").removesuffix("]").rpartition(",")
    return f"{'-' if start.startswith('-') else '+'}{project} {when}"


def sentence(case: Case, solution: Solution, one: Choice) -> Text:
    """What is known of a choice, from its numbers only; its verdict stands before it."""
    stage = decisive(solution, one)
    if one.cannot:
        return CANNOT
    unit, name = unit_of_stage(solution, stage), stage_name(stage, solution.objective)
    least = one.at_least.get(stage, math.nan)
    other = _when(_state(case, one, one.other)) if one.kind == "start" else _state(case, one, one.other)
    if _shut(one) and unit is POINTS:
        by, kept = more(least), _kept(solution, stage, other)
        bare = stage.removeprefix("priority_")
        return Text(f"if {kept.en}, more is missed of the aims of priority {bare}, at least {by.en}: no plan "
                    "as good as this one",
                    f"если {kept.ru}, цели приоритета {bare} недовыполнены больше, не менее чем {by.ru}: "
                    "плана не хуже этого нет")
    if _shut(one):
        by = amount(least)
        return Text(f"if {other.en}, worse by at least {by.en} {unit.en} ({name.en}): no plan as good as this one",
                    f"если {other.ru}, хуже не менее чем на {by.ru} {unit.ru} ({name.ru}): плана не хуже этого нет")
    if one.verdict == "open":
        changes, said = joined(_changes(case, one), ", "), within(solution, one, unit)
        en, ru = ("", "") if changes is None else (f" ({changes.en})", f" ({changes.ru})")
        return Text(f"a plan as good exists with it {other.en}{en}: {said.en}",
                    f"есть план не хуже, где {other.ru}{ru}: {said.ru}")
    if least < 0:
        return could(solution, other, -least, unit)
    by, most = amount(least), amount(tolerance(solution))
    return Text(f"with it {other.en} worse by at least {by.en} {unit.en}; no plan was found. As good is what is worse "
                f"by at most {most.en} {unit.en}",
                f"если {other.ru}, хуже не менее чем на {by.ru} {unit.ru}; план не найден. Не хуже значит хуже "
                f"не более чем на {most.ru} {unit.ru}")


def _kept(solution: Solution, stage: str, other: Text) -> Text:
    """``other``, and that aims before those of a stage are missed by no more: only then is its loss known."""
    names = [one.name for one in solution.stages]
    before = names[:names.index(stage)] if stage in names else []
    listed = ", ".join(name.removeprefix("priority_") for name in before if name.startswith("priority_"))
    if not listed:
        return other
    (en, misses), ru = (("priorities", "miss"), "приоритетов") if "," in listed else \
        (("priority", "misses"), "приоритета")
    return Text(f"{other.en} and {en} {listed} {misses} no more",
                f"{other.ru} и цели {ru} {listed} недовыполнены не больше")


def _when(start: Text) -> Text:
    """A start in a sentence."""
    said = said_when(start.en)
    return Text(f"in {said.en}", f"начало {said.ru}")


def _changes(case: Case, one: Choice) -> list[Text]:
    """What else starts in the plan found, what does not, and what starts at another time."""
    when: dict[str, dict[str, str]] = {}
    for start in one.instead:
        sign, (project, _, period) = _signed(start)[0], _signed(start)[1:].rpartition(" ")
        when.setdefault(project, {})[sign] = period
    found = []
    for project, at in when.items():
        item = case.projects.get(project)
        name = same(project) if item is None else name_of(item)
        if len(at) == 1:
            sign = next(iter(at))
            found.append(Text(f"{sign}{name.en}", f"{sign}{name.ru}"))
        elif one.kind != "start" or project != one.project:
            found.append(Text(f"{name.en} {at['-']} -> {at['+']}", f"{name.ru} {at['-']} -> {at['+']}"))
    return found
