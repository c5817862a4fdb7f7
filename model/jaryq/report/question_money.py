"""What more money buys: of a partner or source twice, of a year one bn, of a limit a step; what is done, and in whose
place it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.alike import shape, together
from jaryq.report.question_changes import (
    MONEY,
    NO_WORKS,
    NOTHING,
    acts,
    changes,
    loses,
    moved,
    replaces,
    sentences,
    spoken,
)
from jaryq.report.question_limits import NONE_FULL, holds_instead, more_of
from jaryq.report.question_places import Tables, explain, text
from jaryq.report.question_row import Row, row_of
from jaryq.report.shapes import Value, as_number, plus
from jaryq.report.words import OPEN, amount_of, country, joined, name_of, same
from jaryq.solve.solution import Solution, WhatIf

NAMED = 3
"""So many sources are named in whose place money is drawn."""
DOUBLES = Text("What if the money of {name} doubles?", "Что если деньги удвоятся: {name}?")
ONE_MORE = Text("What does one more bn KZT in {year} buy?", "Что даст ещё 1 млрд тенге в {year} году?")
STEP = Text("{name}: what does {step} more buy?", "{name}: что даст ещё {step}?")
IN_PLACE = Text("what is drawn less in its place: {names}", "вместо чего: меньше выборка у источников: {names}")
OF = Text("{name} ({by})", "{name} ({by})")
MORE = Text("{count} more", "ещё {count}")
THE_MOST = Text("{by}, the most", "{by}, больше всего")
ASKED = Text("{by}, which was asked for", "{by}, о нём спрошено")
LESS_OF = Text("each of {count} others brings less", "остальные ({count}) дают меньше")
ASKED_LEFT = Text("more of {name} brings nothing: {left} of it stay unused as it is",
                  "ещё деньги источника {name} ничего не дают: и сейчас не использовано {left}")
LEFT = Text("{left} of it stay unused as it is", "и сейчас не использовано {left}")
NO_PLAN = Text("no plan holds it", "плана с этим нет")


def doubled(solution: Solution, tables: Tables) -> Iterator[Row]:
    """What twice the money buys; what is drawn more in place of other money; what stays undrawn now, and why."""
    for one in solution.whatifs:
        if one.kind == "double":
            yield of_money(solution, tables, one, country(one.subject), _of_group(tables, country(one.subject)))


def of_source(case: Case, solution: Solution, tables: Tables, one: WhatIf, less: Mapping[str, float]) -> Row:
    """The same of any source or partner, and of whom less is drawn then."""
    if one.subject in case.sources:
        name = name_of(case.sources[one.subject])
        unused = [row for row in _unused(tables) if row.get("source") == one.subject]
    else:
        name = country(one.subject)
        unused = _of_group(tables, name)
    row = of_money(solution, tables, one, name, unused)
    named = [OF.fill(name=name_of(case.sources[source]), by=spoken(by, MONEY))
             for source, by in list(less.items())[:NAMED]]
    named += [MORE.fill(count=len(less) - NAMED)] if len(less) > NAMED else []
    names = joined(named)
    if names is None or row.answer is None or moved(one, "draws") <= 0.0:
        return row
    more = sentences([IN_PLACE.fill(names=names)])
    return row._replace(answer=Text(f"{row.answer.en} {more.en}", f"{row.answer.ru} {more.ru}"))


def of_money(solution: Solution, tables: Tables, one: WhatIf, name: Text, unused: Sequence[Mapping[str, Value]]) -> Row:
    """What twice the money of ``name`` buys."""
    return row_of(DOUBLES.fill(name=name), [*changes(solution, one), *_in_place(one), *_undrawn(unused)],
                  explain(one.subject))


def _in_place(one: WhatIf) -> list[Text]:
    """What of the partner is drawn more than is spent more takes the place of other money."""
    more = moved(one, "draws")
    if more <= max(0.0, moved(one, "spent")):
        return []
    by = spoken(more, MONEY)
    return [Text(f"{by.en} more of its money is drawn, in place of dearer money",
                 f"выборка этих денег больше на {by.ru}, вместо более дорогих")]


def _unused(tables: Tables) -> list[Mapping[str, Value]]:
    """Open money that stays undrawn in the plan."""
    return [row for row in tables["unused"].rows if row.get("status") is OPEN] if "unused" in tables else []


def _of_group(tables: Tables, partner: Text) -> list[Mapping[str, Value]]:
    return [row for row in _unused(tables) if row.get("group") == partner]


def _undrawn(rows: Sequence[Mapping[str, Value]]) -> list[Text]:
    """What of open money stays undrawn in the plan, and what holds most of it."""
    left = plus(row.get("total") for row in rows)
    if left < 0.5:
        return []
    by, first = spoken(left, MONEY), text(max(rows, key=lambda row: as_number(row.get("total"))).get("why"))
    why = together([said for row in rows if shape(said := text(row.get("why"))) == shape(first)])
    return [Text(f"as it is, {by.en} of what it offers stays undrawn, and of twice as much the same would hold: "
                 f"{why.en}",
                 f"и сейчас из предложенного не выбрано {by.ru}, и с удвоенной суммой было бы так же: {why.ru}")]


def in_year(case: Case, solution: Solution, tables: Tables, year: int, best: Sequence[WhatIf],
            asked: WhatIf | None = None, left: float = 0.0) -> Row:
    """What one bn KZT more in a year buys: of the source at home where it is worth most, as sheet ``questions`` says
    it, then of others; ``asked``: of a ceiling that was asked for, of which so much may be ``left`` unused."""
    others = [asked] if asked is not None and asked.of not in {one.of for one in best} and not left else []
    every = [*best, *others]
    buys = any(acts(one) or loses(solution, one) for one in every)
    shown = [one for place, one in enumerate(every) if place < NAMED or (asked is not None and one.of == asked.of)]
    said = [_ranked(more_of(case, solution, one, buys=buys), first=one is every[0] and len(every) > 1,
                    asked=asked is not None and one.of == asked.of and one is not every[0]) for one in shown]
    said += [LESS_OF.fill(count=len(every) - len(shown))] if len(every) > len(shown) else []
    listed = joined(said) or NONE_FULL
    place = all(replaces(one) for one in every)
    parts = [listed] if buys or not every else [*no_works(listed, place=place), *holds_instead(tables)]
    if asked is not None and left:
        parts.append(ASKED_LEFT.fill(name=_source(case, asked.of), left=amount_of(left, MONEY)))
    return row_of(ONE_MORE.fill(year=year), parts, explain(str(year)))


def _ranked(said: Text, *, first: bool, asked: bool) -> Text:
    return THE_MOST.fill(by=said) if first else ASKED.fill(by=said) if asked else said


def no_works(listed: Text, *, place: bool) -> list[Text]:
    """That nothing more is done, whether it takes the ``place`` of others' money, and who is better off by how much."""
    en, ru = ("", "")
    if place:
        en, ru = "it takes the place of dearer money, and ", "эти деньги заменяют более дорогие, и "
    return [NO_WORKS, Text(
        f"{en}so much better off are budgets, utilities and consumers in money of today: {listed.en}",
        f"{ru}выигрыш бюджетов, предприятий и потребителей в сегодняшних деньгах таков: {listed.ru}")]


def _source(case: Case, limit: str) -> Text:
    source = case.sources.get(limit.partition("[")[2].partition(",")[0])
    return same(limit) if source is None else name_of(source)


def of_step(solution: Solution, name: Text, step: Text, one: WhatIf | None, left: Text | None) -> Row:
    """What a step more of one limit buys."""
    parts = [NO_PLAN] if one is None else changes(solution, one)
    if parts == [NOTHING] and left is not None:
        parts.append(LEFT.fill(left=left))
    return row_of(STEP.fill(name=name, step=step), parts, explain("" if one is None else one.of))
