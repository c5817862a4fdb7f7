"""Table ``questions``: what is asked in meetings, answered from the plan's own numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.report.amounts import Amounts
from jaryq.report.by_year import ALL, RENEWED
from jaryq.report.limits import binding
from jaryq.report.question_changes import (
    DIVISIBLE,
    KM,
    MONEY,
    NOTHING,
    SEEN,
    changes,
    moved,
    rounded,
    sentences,
    spoken,
    works,
    worse_aims,
)
from jaryq.report.question_firm import earlier, firm, waiting
from jaryq.report.question_limits import holding, one_more
from jaryq.report.question_money import doubled
from jaryq.report.question_places import (
    Tables,
    bound,
    explain,
    lenders,
    span,
    text,
    worst_off,
)
from jaryq.report.question_row import Row, first_told, leading, row_of
from jaryq.report.shapes import Out, as_number, plus
from jaryq.report.targets import PRIORITIES
from jaryq.report.words import UNIT_WORDS, amount_of, name_of, told
from jaryq.report.words import unit_of as unit_of_target
from jaryq.solve.solution import Solution, WhatIf

GROWTH = ("ramp_up[", "ramp_least[", "ramp_start[")
"""Limits on how much more is done from one year to the next, by the beginning of their keys."""
MUCH = 0.05
"""So much of the km lost is told apart."""
LOST_LATER = Text("of the km lost {of} are those of {year} itself, the other {rest} are lost later, since works may "
                  "grow from one year to the next only by so much, and every year would start lower",
                  "из потерянных км сам {year} год даёт {of}, ещё {rest} теряются позже: от года к году работы могут "
                  "расти лишь на заданную величину, и каждый год начинался бы с меньшего")
ONLY_COMMITTED = Text("suppose that in {year} only committed works begin",
                      "допустим, в {year} году начинаются только обязательные работы")
AFTER = Text("(of the km {rest} after {year}: yearly growth is limited)",
             "(из этих км {rest} после {year} года: годовой рост ограничен)")


def questions_table(case: Case, solution: Solution, tables: Tables, found: Amounts | None = None) -> Out:
    """One row for each question; what no plan can answer by itself says where the answer is. Without the sums of the
    plan (``found``) what rests on them is not told. ``short``, no column of the table: the answer on the page of
    answers."""
    parts = (dearest(tables, found), waiting(found), bound(tables), first_told(doubled(solution, tables)),
             one_more(case, solution, tables), worst_off(case, tables), firm(solution, tables, found),
             lenders(case, tables, found), _later(solution, tables), holding(solution, tables),
             first_told(_short(case, solution, tables)), first_told(_cheapest(case, solution, tables)),
             first_told(_last(case, solution, tables)))
    return Out("questions", ("question", "answer", "more"), tuple(row._asdict() for part in parts for row in part),
        remarks=(DIVISIBLE,) if solution.whatifs else ())


def dearest(tables: Tables, found: Amounts | None) -> Iterator[Row]:
    """Why the dearest facility of the plan is when it is, and what an earlier start would have cost and brought."""
    rows = [row for row in tables["facilities"].rows if row.get("start") and as_number(row.get("total")) > 0]
    if rows:
        one = max(rows, key=lambda row: as_number(row.get("total")))
        name, why, when, key = text(one.get("name")), text(one.get("why")), span(one), one.get("facility")
        yield row_of(Text(f"Why is the dearest facility, {name.en}, when it is?",
                          f"Почему самый дорогой объект, {name.ru}, строится в это время?"),
                     [Text(f"{when.en}: {why.en}", f"{when.ru}: {why.ru}"), *earlier(found, str(key))], explain(key))


def of_target(case: Case, solution: Solution, tables: Tables, row: str) -> Iterator[Row]:
    """What is answered of one row of sheet targets: why it is short, the cheapest way to it, what the last of it
    costs."""
    mine = {target.id for target in case.targets if target.row == row}
    asked = replace(solution, whatifs=tuple(one for one in solution.whatifs if one.subject in mine))
    for part in (_short, _cheapest, _last):
        yield from part(case, asked, tables)


def _later(solution: Solution, tables: Tables) -> Iterator[Row]:
    """If no works begin in the first year, and why more km than those of that year are lost; where that was not asked,
    a scenario answers."""
    found = next((one for one in solution.whatifs if one.kind == "later"), None)
    answer = short = None
    if found is not None:
        head = Text(f"suppose that in {found.subject} no works begin but those committed before",
                    f"допустим, в {found.subject} году не начинаются никакие работы, кроме обязательных")
        said, lost = changes(solution, found), _lost_later(found, tables)
        why = [] if lost is None else [LOST_LATER.fill(of=amount_of(lost[0], KM), rest=amount_of(lost[1], KM),
                                                      year=found.subject)]
        answer = sentences([head, *said[:1], *why, *said[1:]] if works(found) else [head, *said])
        if works(found):
            rest = None if lost is None else AFTER.fill(rest=told(lost[1]), year=found.subject)
            done = said[0] if rest is None else Text(f"{said[0].en} {rest.en}", f"{said[0].ru} {rest.ru}")
            short = leading([ONLY_COMMITTED.fill(year=found.subject), done, *worse_aims(found), *said[1:2]])
        else:
            short = leading([head, *said])
    yield Row(Text("What if we start a year later?", "Что если начать на год позже?"), answer,
              Text("comparison.xlsx with a later scenario", "comparison.xlsx со сценарием позже"), short)


def _lost_later(one: WhatIf, tables: Tables) -> tuple[float, float] | None:
    """Km lost of the year without works, and those of later years, which it costs too: where works may grow only by so
    much from year to year, and such a limit binds, every later year starts lower. None where it is not so."""
    lost = -moved(one, "km")
    row = next((row for row in (tables["by_year"].rows if "by_year" in tables else ())
                if row.get("what") == RENEWED and row.get("sector") == ALL), None)
    year = as_number(row.get(f"y_{one.subject}")) if row is not None else lost
    grown = any(str(limit.get("limit")).startswith(GROWTH) and as_number(limit.get("gain")) > 0
                for limit in binding(tables))
    if not grown or lost - year < MUCH * lost:
        return None
    return rounded(year), rounded(lost - year)


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
            said = Text(f"{most.en} is all that can be reached, even if nothing else were asked",
                        f"{most.ru}: это всё, чего можно достичь, даже если больше ничего не требовать")
        else:
            said = OTHERS_TAKE.fill(most=most) if _others(tables, one.subject) else WHOLE_ALLOW.fill(
                most=most, reached=told(as_number(row.get("reached"))))
        yield row_of(Text(f"{name.en}: why {short.en} short?", f"{name.ru}: почему не хватает {short.ru}?"), [said],
                     explain(target.row))


def _others(tables: Tables, subject: str) -> bool:
    """Whether another aim or rule stands before an aim or beside it."""
    order = [PRIORITIES[key] for key in ("hard", "1", "2", "3")]
    every = {str(row.get("target")): row.get("priority") for row in tables["targets"].rows}
    rank = {key: order.index(of) if of in order else len(order) for key, of in every.items()}
    return any(key != subject and of <= rank[subject] for key, of in rank.items())


OTHERS_TAKE = Text("asked alone, at most {most} could be reached; other aims of its priority, or those before it, take "
                   "the rest",
                   "если требовать только её, достижимо не более {most}; остальное берут другие цели того же или более "
                   "высокого приоритета")
WHOLE_ALLOW = Text("by parts of facilities at most {most} could be reached; {reached} is what whole facilities allow",
                   "частями объектов достижимо не более {most}; целые объекты позволяют {reached}")
BOUND = Text(", works that are begun or committed included", ", вместе с начатым и обязательным")
"""They are paid for in any plan."""


def _cheapest(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """The least money with which a target is reached as far as it can be."""
    every = plus(row.get("total") for row in tables["funding"].rows) if "funding" in tables else 0.0
    begun = any(one.committed or one.started is not None for one in case.facilities.values())
    en, ru = (BOUND.en, BOUND.ru) if begun else ("", "")
    for one in solution.whatifs:
        target = case.target_at.get(one.subject)
        if one.kind != "cheapest" or target is None:
            continue
        per, unit, name = _per(target), unit_of_target(target), name_of(target)
        asked, most = (amount_of(value * per, unit, genitive=True) for value in (target.value, one.amount))
        money, plan = spoken(one.also, MONEY), amount_of(every, MONEY)
        far = one.amount < target.value * (1.0 - 1e-6)
        said = [Text(f"{asked.en} cannot be reached, {most.en} at most can",
                     f"достичь {asked.ru} нельзя, самое большее {most.ru}")] if far else []
        said.append(Text(f"the cheapest way to {most.en} takes {money.en} in the planned years, if nothing else is "
                         f"asked{en}", f"самый дешёвый путь до {most.ru}: {money.ru} в плановые годы, если больше "
                         f"ничего не требовать{ru}"))
        if every:
            said.append(Text(f"the plan spends {plan.en} for all its aims", f"весь план на все цели тратит {plan.ru}"))
        yield row_of(Text(f"{name.en}: what is the cheapest way to {asked.en}?",
                          f"{name.ru}: как дешевле всего дойти до {asked.ru}?"), said, explain(target.row))


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
        if said == [NOTHING]:
            parts = _by_the_way(solution, one, together.get(one.subject), target)
        else:
            parts = [Text("suppose that they are not asked for (this aim itself is then not counted)",
                          "допустим, их не требуют (сама эта цель тогда не в счёт)"), *said]
        yield row_of(Text(f"{name.en}: what do the last {last.en} of the {of.en} reached cost?",
                          f"{name.ru}: сколько стоят последние {last.ru} из достигнутых {of.ru}?"), parts,
                     explain(target.row))


def _by_the_way(solution: Solution, one: WhatIf, together: WhatIf | None, target: Target) -> list[Text]:
    """Nothing alone: so much is reached without being asked for."""
    parts = [Text("nothing by themselves", "сами по себе нисколько")]
    if math.isfinite(one.also):
        still = amount_of(one.also * _per(target), unit_of_target(target))
        parts.append(Text(f"without asking for them the plan still reaches {still.en}, for its other aims or benefits",
                          f"и без этого требования план достигает {still.ru} ради других целей или выгод"))
    if together is not None:
        parts += [Text("suppose that every aim of this measure asks a tenth less",
                       "допустим, все цели этого показателя требуют на десятую часть меньше"),
                  *changes(solution, together)]
    return parts


def _per(target: Target) -> float:
    return 100.0 if unit_of_target(target) == UNIT_WORDS["%"] else 1.0
