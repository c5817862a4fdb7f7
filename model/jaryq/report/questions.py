"""Table ``questions``: what is asked in meetings, answered from the plan's own numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.report.by_year import ALL, RENEWED
from jaryq.report.limits import binding, in_words, limit_name, loosened
from jaryq.report.question_changes import LINEAR, NOTHING, SEEN, changes, moved
from jaryq.report.question_places import (
    MONEY,
    Row,
    Tables,
    as_number,
    bound,
    dearest,
    explain,
    lenders,
    text,
    worst_off,
)
from jaryq.report.shapes import Out, plus
from jaryq.report.why import VERDICTS
from jaryq.report.words import OPEN, UNIT_WORDS, amount_of, country, joined, name_of, sheet, told
from jaryq.report.words import unit_of as unit_of_target
from jaryq.solve.solution import Solution, WhatIf

GROWTH = ("ramp_up[", "ramp_least[", "ramp_start[")
"""Limits on how much more is done from one year to the next, by the beginning of their keys."""
MUCH = 0.05
"""So much of the km lost is told apart."""


def questions_table(case: Case, solution: Solution, tables: Tables) -> Out:
    """One row for each question; what no plan can answer by itself says where the answer is."""
    parts = (dearest(tables), bound(tables), _doubled(solution, tables), _one_more(case, solution),
             worst_off(case, tables), _firm(tables), lenders(case, tables), _later(solution, tables), _binding(tables),
             _short(case, solution, tables), _cheapest(case, solution, tables), _last(case, solution, tables))
    rows = [row for part in parts for row in part]
    return Out("questions", ("question", "answer", "more"), tuple(
        {"question": question, "answer": answer, "more": more} for question, answer, more in rows))


def of_target(case: Case, solution: Solution, tables: Tables, row: str) -> Iterator[Row]:
    """What is answered of one row of sheet targets: why it is short, the cheapest way to it, what the last of it
    costs."""
    mine = {target.id for target in case.targets if target.row == row}
    asked = replace(solution, whatifs=tuple(one for one in solution.whatifs if one.subject in mine))
    for part in (_short, _cheapest, _last):
        yield from part(case, asked, tables)


def _doubled(solution: Solution, tables: Tables) -> Iterator[Row]:
    """What twice the money buys; what is drawn more in place of other money; what stays undrawn now, and why."""
    for one in solution.whatifs:
        if one.kind == "double":
            name, said = country(one.subject), changes(solution, one)
            parts = [said, *_in_place(one), *_undrawn(tables, name)]
            told_all = joined(parts) or said
            yield (Text(f"What if the money of {name.en} doubles?", f"Что если деньги удвоятся: {name.ru}?"),
                   Text(f"{told_all.en} ({LINEAR.en})", f"{told_all.ru} ({LINEAR.ru})"), explain(one.subject))


def _in_place(one: WhatIf) -> list[Text]:
    """What of the partner is drawn more than is spent more takes the place of other money."""
    more = moved(one, "draws")
    if more <= max(0.0, moved(one, "spent")):
        return []
    by = amount_of(more, MONEY)
    return [Text(f"{by.en} more of its money is drawn, in place of dearer money",
                 f"её денег выбрано больше на {by.ru}, вместо более дорогих")]


def _undrawn(tables: Tables, partner: Text) -> list[Text]:
    """What of a partner's open money stays undrawn in the plan, and what holds most of it."""
    rows = [row for row in tables["unused"].rows if row.get("group") == partner and row.get("status") is OPEN] \
        if "unused" in tables else []
    left = plus(row.get("total") for row in rows)
    if left < 0.5:
        return []
    by, why = amount_of(left, MONEY), text(max(rows, key=lambda row: as_number(row.get("total"))).get("why"))
    return [Text(f"as it is, {by.en} of it stays undrawn: {why.en}", f"и сейчас не выбрано {by.ru}: {why.ru}")]


def _one_more(case: Case, solution: Solution) -> Iterator[Row]:
    """Years in which the same brings as much stand together."""
    years = [one for one in solution.whatifs if one.kind == "more"]
    told = [(one.subject, _more(case, solution, one)) for one in years]
    parts = []
    for said, group in groupby(told, key=lambda year: year[1]):
        mine = [year for year, _ in group]
        when = mine[0] if len(mine) == 1 else f"{mine[0]}-{mine[-1]}"
        parts.append(Text(f"{when}: {said.en}", f"{when}: {said.ru}"))
    if (answer := joined(parts)) is not None:
        first = next((one.of for one in years if one.of), "ceiling[..]")
        yield (Text("What does one more bn KZT in a year buy?", "Что даст ещё 1 млрд тенге в году?"), answer,
               explain(first))


def _more(case: Case, solution: Solution, one: WhatIf) -> Text:
    said = changes(solution, one)
    of = in_words(case, "ceiling", (one.of.partition("[")[2].partition(",")[0],), "") if one.of else \
        Text("no ceiling at home is used up", "ни один внутренний потолок не исчерпан")
    return Text(f"{said.en} ({of.en})", f"{said.ru} ({of.ru})")


def _firm(tables: Tables) -> Iterator[Row]:
    if "why" in tables and tables["why"].rows:
        counts = Counter(text(row.get("verdict")) for row in tables["why"].rows)
        said = joined([Text(f"{word.en} {counts[word]}", f"{word.ru} {counts[word]}") for word in VERDICTS.values()
                       if counts[word]], ", ")
        if said is not None:
            yield (Text("How firm are the choices?", "Насколько твёрды решения?"),
                   Text(f"of {sum(counts.values())} examined: {said.en}",
                        f"рассмотрено {sum(counts.values())}: {said.ru}"), sheet("why"))


def _later(solution: Solution, tables: Tables) -> Iterator[Row]:
    """If no works begin in the first year, and why more km than those of that year are lost; where that was not asked,
    a scenario answers."""
    found = next((one for one in solution.whatifs if one.kind == "later"), None)
    answer = None
    if found is not None:
        said = joined([changes(solution, found), *_more_than_the_year(found, tables)]) or NOTHING
        answer = Text(f"if in {found.subject} no works begin but those committed before: {said.en} ({LINEAR.en})",
                      f"если в {found.subject} году не начинать работ, кроме обязательных: {said.ru} ({LINEAR.ru})")
    yield (Text("What if we start a year later?", "Что если начать на год позже?"), answer,
           Text("comparison.xlsx with a later scenario", "comparison.xlsx со сценарием позже"))


def _more_than_the_year(one: WhatIf, tables: Tables) -> list[Text]:
    """Why a year without works costs more km than were planned in it: where works may grow only by so much from year to
    year, and such a limit binds, every later year starts lower."""
    lost = -moved(one, "km")
    row = next((row for row in (tables["by_year"].rows if "by_year" in tables else ())
                if row.get("what") == RENEWED and row.get("sector") == ALL), None)
    year = as_number(row.get(f"y_{one.subject}")) if row is not None else lost
    grown = any(str(limit.get("limit")).startswith(GROWTH) and as_number(limit.get("gain")) > 0
                for limit in binding(tables))
    if not grown or lost - year < MUCH * lost:
        return []
    of, rest = amount_of(year, UNIT_WORDS["km"]), amount_of(lost - year, UNIT_WORDS["km"])
    return [Text(f"of the km lost {of.en} are those of {one.subject} itself, the other {rest.en} are lost later, since "
                 "works may grow from one year to the next only by so much, and every year would start lower",
                 f"из потерянных км сам {one.subject} год даёт {of.ru}, ещё {rest.ru} теряются позже: от года к году "
                 "работы могут расти лишь на заданную величину, и каждый год начинался бы с меньшего")]


def _binding(tables: Tables) -> Iterator[Row]:
    rows = [row for row in loosened(binding(tables)) if as_number(row.get("gain")) > 0][:3]
    if (said := joined([limit_name(row) for row in rows])) is not None:
        yield (Text("Which limits that people can loosen bind most?",
                    "Какие ограничения, которые можно ослабить, держат сильнее всего?"), said, sheet("limits"))


def _short(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """Why a target is missed by so much: how much of it could be reached at all."""
    rows = {str(row.get("target")): row for row in tables["targets"].rows}
    for one in solution.whatifs:
        row, target = rows.get(one.subject), case.target_at.get(one.subject)
        if one.kind != "alone" or row is None or target is None or as_number(row.get("shortfall")) <= SEEN:
            continue
        per, unit = _per(target), unit_of_target(target)
        name, short = name_of(target), amount_of(as_number(row.get("shortfall")), unit, genitive=True)
        most = told(one.amount * per)
        if one.amount * per <= as_number(row.get("reached")) * (1 + 1e-6):
            said = Text(f"{most.en} is all that can be reached, even if nothing else were asked ({LINEAR.en})",
                        f"{most.ru}: это всё, чего можно достичь, даже если больше ничего не требовать ({LINEAR.ru})")
        else:
            said = Text(f"asked alone, at most {most.en} could be reached ({LINEAR.en}); other aims of its priority, "
                        "or those before it, take the rest", f"если требовать только её, достижимо не более {most.ru} "
                        f"({LINEAR.ru}); остальное берут другие цели того же или более высокого приоритета")
        yield (Text(f"{name.en}: why {short.en} short?", f"{name.ru}: почему не хватает {short.ru}?"), said,
               explain(target.row))


def _cheapest(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """The least money with which a target is reached as far as it can be."""
    every = plus(row.get("total") for row in tables["funding"].rows) if "funding" in tables else 0.0
    for one in solution.whatifs:
        target = case.target_at.get(one.subject)
        if one.kind != "cheapest" or target is None:
            continue
        per, unit, name = _per(target), unit_of_target(target), name_of(target)
        asked, most = (amount_of(value * per, unit, genitive=True) for value in (target.value, one.amount))
        money, plan = amount_of(one.also, MONEY), told(every)
        far = one.amount < target.value * (1.0 - 1e-6)
        short = (f"{most.en} at most can be reached, for", f"достижимо не более {most.ru}, за") \
            if far else ("for", "за")
        beside = (f"; the plan spends {plan.en} for all its aims", f"; весь план на все цели тратит {plan.ru}") \
            if every else ("", "")
        yield (Text(f"{name.en}: what is the cheapest way to {asked.en}?",
                    f"{name.ru}: как дешевле всего дойти до {asked.ru}?"),
               Text(f"{short[0]} {money.en} in the planned years, if nothing else is asked{beside[0]} ({LINEAR.en})",
                    f"{short[1]} {money.ru} в плановые годы, если больше ничего не требовать{beside[1]} "
                    f"({LINEAR.ru})"),
               explain(target.row))


def _last(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """What the last tenth of a target costs, of what is reached of it; of one that others reach by the way, what all of
    its measure cost."""
    together = {one.subject: one for one in solution.whatifs if one.kind == "together"}
    rows = {str(row.get("target")): row for row in tables["targets"].rows}
    for one in solution.whatifs:
        target = case.target_at.get(one.subject)
        if one.kind != "last" or target is None:
            continue
        per, unit, name = _per(target), unit_of_target(target), name_of(target)
        last = told(one.amount * per)
        had = min(as_number(rows.get(one.subject, {}).get("reached")), target.value * per) or target.value * per
        of = amount_of(had, unit, genitive=True)
        said = changes(solution, one)
        answer = Text(f"without asking for them: {said.en} (this aim itself not counted; {LINEAR.en})",
                      f"если их не требовать: {said.ru} (сама эта цель не в счёт; {LINEAR.ru})")
        if said == NOTHING:
            answer = _by_the_way(solution, one, together.get(one.subject), target)
        yield (Text(f"{name.en}: what do the last {last.en} of the {of.en} reached cost?",
                    f"{name.ru}: сколько стоят последние {last.ru} из достигнутых {of.ru}?"), answer,
               explain(target.row))


def _by_the_way(solution: Solution, one: WhatIf, together: WhatIf | None, target: Target) -> Text:
    """Nothing alone: so much is reached without being asked for."""
    en, ru = ("nothing by themselves", "сами по себе нисколько")
    if math.isfinite(one.also):
        still = amount_of(one.also * _per(target), unit_of_target(target))
        en = f"{en}: without asking for them the plan still reaches {still.en}, for its other aims or benefits"
        ru = f"{ru}: и без этого требования план достигает {still.ru} ради других целей или выгод"
    if together is not None:
        said = changes(solution, together)
        en = f"{en}; with a tenth less in every target of this measure: {said.en}"
        ru = f"{ru}; если во всех целях этого показателя требовать на десятую часть меньше: {said.ru}"
    return Text(f"{en} ({LINEAR.en})", f"{ru} ({LINEAR.ru})")


def _per(target: Target) -> float:
    return 100.0 if unit_of_target(target) == UNIT_WORDS["%"] else 1.0
