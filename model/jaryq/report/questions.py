"""Table ``questions``: what is asked in meetings, answered from the plan's own numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from jaryq.base.text import Text
from jaryq.case.case import Case, Target
from jaryq.report.limits import binding, in_words, limit_name
from jaryq.report.shapes import Out, Value, plus
from jaryq.report.why import VERDICTS
from jaryq.report.words import UNIT_WORDS, country, figure, joined, name_of, number, same
from jaryq.report.words import unit_of as unit_of_target
from jaryq.solve.solution import MAXIMISED, Solution, WhatIf

Tables = Mapping[str, Out]
Row = tuple[Text, Text | None, Text]
"""A question, its answer (none: only the command answers it), and where it is answered in full."""

SEEN = 5e-4
"""Smaller changes are nothing."""
NOTHING = Text("nothing changes", "ничего не меняется")
LINEAR = Text("facilities divisible", "объекты делимы")


def questions_table(case: Case, solution: Solution, tables: Tables) -> Out:
    """One row for each question; what no plan can answer by itself has the command alone."""
    parts = (_when(tables), _doubled(solution), _one_more(case, solution), _worst_off(case, tables), _firm(tables),
             _lender(case, tables), _later(solution), _binding(tables), _short(case, solution, tables),
             _cheapest(case, solution, tables), _last(case, solution))
    rows = [row for part in parts for row in part]
    return Out("questions", ("question", "answer", "more"), tuple(
        {"question": question, "answer": answer, "more": more} for question, answer, more in rows))


def _text(value: Value) -> Text:
    return value if isinstance(value, Text) else same("" if value is None else str(value))


def _number(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _when(tables: Tables) -> Iterator[Row]:
    """Why the dearest facility of the plan is when it is."""
    rows = [row for row in tables["facilities"].rows if row.get("start") and _number(row.get("total")) > 0]
    if rows:
        one = max(rows, key=lambda row: _number(row.get("total")))
        name, why = _text(one.get("name")), _text(one.get("why"))
        begun, done = str(one.get("start")), str(one.get("finish"))
        when = same(begun) if begun == done else Text(f"{begun} to {done}", f"{begun}-{done}")
        yield (Text(f"Why is the dearest facility, {name.en}, when it is?",
                    f"Почему самый дорогой объект, {name.ru}, строится в это время?"),
               Text(f"{when.en}: {why.en}", f"{when.ru}: {why.ru}"),
               Text(f"jaryq explain PLAN {one.get('facility')}", f"jaryq explain ПЛАН {one.get('facility')}"))


def _doubled(solution: Solution) -> Iterator[Row]:
    for one in solution.whatifs:
        if one.kind == "double":
            name, said = country(one.subject), changes(solution, one)
            yield (Text(f"What if the money of {name.en} doubles?", f"Что если деньги удвоятся: {name.ru}?"),
                   Text(f"{said.en} ({LINEAR.en})", f"{said.ru} ({LINEAR.ru})"),
                   Text(f"jaryq explain PLAN {one.subject}", f"jaryq explain ПЛАН {one.subject}"))


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
               Text(f'jaryq explain PLAN "{first}"', f'jaryq explain ПЛАН "{first}"'))


def _more(case: Case, solution: Solution, one: WhatIf) -> Text:
    said = changes(solution, one)
    of = in_words(case, "ceiling", (one.of.partition("[")[2].partition(",")[0],), "") if one.of else \
        Text("no ceiling at home is used up", "ни один внутренний потолок не исчерпан")
    return Text(f"{said.en} ({of.en})", f"{said.ru} ({of.ru})")


def _worst_off(case: Case, tables: Tables) -> Iterator[Row]:
    """The region of which the networks are worn most at the end."""
    every = tables["by_region"].rows if "by_region" in tables else ()
    rows = [row for row in every if _number(row.get("wear_plan")) > 0]
    if rows:
        one = max(rows, key=lambda row: _number(row.get("wear_plan")))
        name, last = _text(one.get("name")), case.settings.last_year
        now, then, total, head = (number(_number(one.get(part)), places) for part, places in (
            ("wear_now", 1), ("wear_plan", 1), ("total", 0), ("per_head", 0)))
        a_head = (f", {head.en} thousand KZT a head", f", {head.ru} тыс. тенге на жителя") if one.get("per_head") \
            else ("", "")
        yield (Text("Which region is worst off?", "Какой регион в худшем положении?"),
               Text(f"{name.en}: networks worn to {then.en} % by {last} ({now.en} % now); it gets {total.en} bn "
                    f"KZT{a_head[0]}",
                    f"{name.ru}: износ сетей к {last} году {then.ru} % (сейчас {now.ru} %); получает {total.ru} млрд "
                    f"тенге{a_head[1]}"), Text("sheet by_region", "лист by_region"))


def _firm(tables: Tables) -> Iterator[Row]:
    if "why" in tables and tables["why"].rows:
        counts = Counter(_text(row.get("verdict")) for row in tables["why"].rows)
        said = joined([Text(f"{word.en} {counts[word]}", f"{word.ru} {counts[word]}") for word in VERDICTS.values()
                       if counts[word]], ", ")
        if said is not None:
            yield (Text("How firm are the choices?", "Насколько твёрды решения?"),
                   Text(f"of {sum(counts.values())} examined: {said.en}",
                        f"рассмотрено {sum(counts.values())}: {said.ru}"), Text("sheet why", "лист why"))


def _lender(case: Case, tables: Tables) -> Iterator[Row]:
    """Who abroad pays most, and when that is repaid."""
    abroad = {key for key, source in case.sources.items() if source.foreign}
    rows = [row for row in tables["loans"].rows if _number(row.get("total")) > 0 and row.get("source") in abroad] \
        if "loans" in tables else []
    if not rows:
        return
    one = max(rows, key=lambda row: _number(row.get("total")))
    due = [row for row in tables["debt_service"].rows if row.get("source") == one.get("source")] \
        if "debt_service" in tables else []
    repaid = [int(_number(row.get("year"))) for row in due if _number(row.get("principal")) > 0]
    name, partner = _text(one.get("name")), _text(one.get("partner"))
    total = number(_number(one.get("total")), 1)
    service = number(plus(row.get("k_service") for row in due), 1)
    when = (f"; repaid {min(repaid)}-{max(repaid)}, in all {service.en} bn KZT with interest",
                f"; возврат {min(repaid)}-{max(repaid)}, всего с процентами {service.ru} млрд тенге") if repaid \
        else ("", "")
    yield (Text("What does the largest lender abroad pay, and when is it repaid?",
                "Сколько даёт крупнейший зарубежный кредитор и когда долг возвращают?"),
           Text(f"{partner.en}, {name.en}: {total.en} bn KZT{when[0]}", f"{partner.ru}, {name.ru}: {total.ru} млрд "
                f"тенге{when[1]}"),
           Text("sheet debt_service, the partner's page", "лист debt_service, страница партнёра"))


def _later(solution: Solution) -> Iterator[Row]:
    """If no works begin in the first year; where that was not asked, a scenario answers."""
    found = next((one for one in solution.whatifs if one.kind == "later"), None)
    answer = None
    if found is not None:
        said = changes(solution, found)
        answer = Text(f"if in {found.subject} no works begin but those committed before: {said.en} ({LINEAR.en})",
                      f"если в {found.subject} году не начинать работ, кроме обязательных: {said.ru} ({LINEAR.ru})")
    yield (Text("What if we start a year later?", "Что если начать на год позже?"), answer,
           Text("a scenario with later dates: jaryq scenarios CASE.xlsx, then comparison.xlsx",
                "сценарий с более поздними сроками: jaryq scenarios РАСЧЁТ.xlsx, затем comparison.xlsx"))


def _binding(tables: Tables) -> Iterator[Row]:
    rows = [row for row in binding(tables) if _number(row.get("gain")) > 0][:3]
    if (said := joined([limit_name(row) for row in rows])) is not None:
        yield (Text("Which limits bind most?", "Какие ограничения держат сильнее всего?"), said,
               Text("sheet limits", "лист limits"))


def _short(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """Why a target is missed by so much: how much of it could be reached at all."""
    rows = {str(row.get("target")): row for row in tables["targets"].rows}
    for one in solution.whatifs:
        row, target = rows.get(one.subject), case.target_at.get(one.subject)
        if one.kind != "alone" or row is None or target is None or _number(row.get("shortfall")) <= SEEN:
            continue
        per, unit = _per(target), _unit(target)
        name, short = name_of(target), figure(_number(row.get("shortfall")))
        most = figure(round(one.amount * per, 3))
        if one.amount * per <= _number(row.get("reached")) * (1 + 1e-6):
            said = Text(f"{most.en} is all that can be reached, even if nothing else were asked ({LINEAR.en})",
                        f"{most.ru}: это всё, чего можно достичь, даже если больше ничего не требовать ({LINEAR.ru})")
        else:
            said = Text(f"asked alone, at most {most.en} could be reached ({LINEAR.en}); other aims of its priority, "
                        "or those before it, take the rest", f"если требовать только её, достижимо не более {most.ru} "
                        f"({LINEAR.ru}); остальное берут другие цели того же или более высокого приоритета")
        yield (Text(f"{name.en}: why {short.en} {unit.en} short?",
                    f"{name.ru}: почему не достигнуто (не хватает: {short.ru} {unit.ru})?"),
               said, Text(f"jaryq explain PLAN {target.row}", f"jaryq explain ПЛАН {target.row}"))


def _cheapest(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """The least money with which a target is reached as far as it can be."""
    every = plus(row.get("total") for row in tables["funding"].rows) if "funding" in tables else 0.0
    for one in solution.whatifs:
        target = case.target_at.get(one.subject)
        if one.kind != "cheapest" or target is None:
            continue
        per, unit, name = _per(target), _unit(target), name_of(target)
        asked, most, money = figure(target.value * per), figure(round(one.amount * per, 3)), number(one.also, 0)
        far = one.amount < target.value * (1.0 - 1e-6)
        short = (f"{most.en} {unit.en} at most can be reached, for", f"достижимо не более: {most.ru} {unit.ru}, за") \
            if far else ("for", "за")
        plan = number(every, 0)
        beside = (f"; the plan spends {plan.en} for all its aims", f"; весь план на все цели тратит {plan.ru}") \
            if every else ("", "")
        yield (Text(f"{name.en}: what is the cheapest way to {asked.en} {unit.en}?",
                    f"{name.ru}: как дешевле всего этого достичь ({asked.ru} {unit.ru})?"),
               Text(f"{short[0]} {money.en} bn KZT in the planned years, if nothing else is asked{beside[0]} "
                    f"({LINEAR.en})", f"{short[1]} {money.ru} млрд тенге в плановые годы, если больше ничего не "
                    f"требовать{beside[1]} ({LINEAR.ru})"),
               Text(f"jaryq explain PLAN {target.row}", f"jaryq explain ПЛАН {target.row}"))


def _last(case: Case, solution: Solution) -> Iterator[Row]:
    """What the last tenth of a target costs; of one that others reach by the way, what all of its measure cost."""
    together = {one.subject: one for one in solution.whatifs if one.kind == "together"}
    for one in solution.whatifs:
        target = case.target_at.get(one.subject)
        if one.kind == "last" and target is not None:
            amount, unit, name = figure(round(one.amount * _per(target), 3)), _unit(target), name_of(target)
            said = changes(solution, one)
            answer = Text(f"without asking for them: {said.en} ({LINEAR.en})",
                          f"если их не требовать: {said.ru} ({LINEAR.ru})")
            if said == NOTHING:
                answer = _by_the_way(solution, one, together.get(one.subject), target)
            yield (Text(f"{name.en}: what do the last {amount.en} {unit.en} cost?",
                        f"{name.ru}: сколько стоит последняя часть ({amount.ru} {unit.ru})?"), answer,
                   Text(f"jaryq explain PLAN {target.row}", f"jaryq explain ПЛАН {target.row}"))


def _by_the_way(solution: Solution, one: WhatIf, together: WhatIf | None, target: Target) -> Text:
    """Nothing alone: so much is reached without being asked for."""
    unit = _unit(target)
    still = figure(round(one.also * _per(target), 3)) if math.isfinite(one.also) else None
    en, ru = ("nothing by themselves", "сами по себе нисколько")
    if still is not None:
        en = (f"{en}: without asking for them the plan still reaches {still.en} {unit.en}, for its other aims or "
              "benefits")
        ru = f"{ru}: и без этого требования план достигает {still.ru} {unit.ru} ради других целей или выгод"
    if together is not None:
        said = changes(solution, together)
        en = f"{en}; with a tenth less in every target of this measure: {said.en}"
        ru = f"{ru}; если во всех целях этого показателя требовать на десятую часть меньше: {said.ru}"
    return Text(f"{en} ({LINEAR.en})", f"{ru} ({LINEAR.ru})")


def _per(target: Target) -> float:
    return 100.0 if unit_of_target(target) == UNIT_WORDS["%"] else 1.0


def _unit(target: Target) -> Text:
    return unit_of_target(target)


def changes(solution: Solution, one: WhatIf) -> Text:
    """What a what if changes, stage by stage."""
    parts = []
    for stage, change in one.changes.items():
        priority = stage.removeprefix("priority_")
        by = figure(abs(change))
        if abs(change) < SEEN or (stage != "objective" and not stage.startswith("priority_")):
            continue
        if stage == "objective":
            better = (change > 0) == (solution.objective in MAXIMISED)
            unit = UNIT_WORDS["years" if solution.objective == "earliest_finish" else "bn KZT"]
            parts.append(Text(f"the objective {'better' if better else 'worse'} by {by.en} {unit.en}",
                              f"показатель цели {'лучше' if better else 'хуже'} на {by.ru} {unit.ru}"))
        else:
            parts.append(Text(f"aims of priority {priority} miss {by.en} {'more' if change > 0 else 'less'}",
                              f"по целям приоритета {priority} не хватает {'больше' if change > 0 else 'меньше'} "
                              f"на {by.ru}"))
    return joined(parts, ", ") or NOTHING
