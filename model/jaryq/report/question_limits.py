"""Which limits hold a plan, and what one more bn KZT in a year buys, in words that can be read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.report.limits import PRIORITY_OF, SHORTFALLS, binding, limit_name, loosened
from jaryq.report.points import fewer
from jaryq.report.question_changes import MONEY, NOTHING, acts, changes, loses, replaces, sentences
from jaryq.report.question_places import Tables, explain, text
from jaryq.report.question_row import Row, leading
from jaryq.report.shapes import Value, as_number
from jaryq.report.words import amount_of, joined, name_of, sheet, told
from jaryq.solve.solution import Solution, WhatIf

GROWTH = ("ramp_up[", "ramp_least[")
GROWS = Text("growth of works from year to year", "рост работ от года к году")
BUILDS_NOTHING = Text("In no year does it build a facility or a km more",
                      "Ни в одном году на него не строится ни объекта, ни километра больше")
REPLACES = Text("{said}; it takes the place of dearer money", "{said}: он заменяет более дорогие деньги")
BETTER_OFF = Text("So much better off are budgets, utilities and consumers in money of today: {by}",
                  "Выигрыш бюджетов, предприятий и потребителей в сегодняшних деньгах: {by}")
GAIN = Text("The gain of all payers in money of today, {unit}: {by}",
            "Выигрыш всех плательщиков в сегодняшних деньгах, {unit}: {by}")
"""In short, so that five years of five gains have room too: the unit once."""
OF_MONEY = ("ceiling[", "envelope[", "group_envelope[", "pace[")
"""Limits on money, by the beginning of their keys."""
NONE_FULL = Text("nothing, since no ceiling at home is used up", "ничего: ни один внутренний потолок не исчерпан")
NAMED, FEW = 3, 2
FIRST = Text("these first: {names}", "прежде всего: {names}")
NONE_MATTERS = Text("none of them matters much by itself", "каждое само по себе меняет мало")
"""So in short; it is never left out for room."""
MATTERS = 0.01
"""A limit matters where a step of it, a hundredth, takes at least a hundredth off the shortfall."""


def one_more(case: Case, solution: Solution, tables: Tables) -> Iterator[Row]:
    """What a bn KZT more of the money at home that is worth most brings, years that bring the same together; where it
    builds nothing in any year, what holds the works instead."""
    years = [one for one in solution.whatifs if one.kind == "more"]
    if not years:
        return
    given, worse = [one for one in years if one.of], [one for one in years if loses(solution, one)]
    buys = any(acts(one) for one in given) or bool(worse)
    nothing = REPLACES.fill(said=BUILDS_NOTHING) if given and all(replaces(one) for one in given) else BUILDS_NOTHING
    listed = _by_years(years, [_brings(case, solution, one, buys) for one in years])
    parts = [listed] if buys else [nothing, BETTER_OFF.fill(by=listed), *holds_instead(tables)]
    short = leading(parts) if buys else sentences(
        [nothing, GAIN.fill(unit=MONEY, by=_by_years(years, [_gains(one) for one in years]))])
    first = next((one.subject for one in years if one.of), years[0].subject)
    yield Row(Text("What does one more bn KZT in a year buy?", "Что даст ещё 1 млрд тенге в году?"), sentences(parts),
              explain(first), short)


def _by_years(years: Sequence[WhatIf], said: Sequence[Text]) -> Text:
    """What each year brings, neighbours that bring the same together."""
    groups = groupby(zip(said, years, strict=True), key=lambda one: one[0])
    listed = joined([_in([year for _, year in group], by) for by, group in groups])
    assert listed is not None
    return listed


def _gains(one: WhatIf) -> Text:
    """What it gains alone, without its unit."""
    return told(abs(one.changes.get("objective", 0.0))) if one.of else NONE_FULL


def _in(years: list[WhatIf], said: Text) -> Text:
    when = years[0].subject if len(years) == 1 else f"{years[0].subject}–{years[-1].subject}"
    return Text(f"{when}: {said.en}", f"{when}: {said.ru}")


def holds_instead(tables: Tables) -> list[Text]:
    """What holds the works where more money builds nothing."""
    names = joined(_sized(_of_works(tables))[:NAMED - 1])
    return [] if names is None else [Text(f"what holds the works back is not money but: {names.en}",
                                          f"работы держат не деньги, а: {names.ru}")]


def _brings(case: Case, solution: Solution, one: WhatIf, buys: bool) -> Text:
    """What it brings, and of which source; of one that builds nothing the gain alone."""
    if not one.of:
        return NONE_FULL
    return more_of(case, solution, one, buys=buys)


def more_of(case: Case, solution: Solution, one: WhatIf, *, buys: bool) -> Text:
    """What one more of a ceiling brings, where nothing of them ``buys`` works the gain alone; and of which source."""
    source = case.sources.get(one.of.partition("[")[2].partition(",")[0])
    of = ("", "") if source is None else (f" ({name_of(source).en})", f" ({name_of(source).ru})")
    if not buys:
        by = amount_of(abs(one.changes.get("objective", 0.0)), MONEY)
    else:
        by = joined(changes(solution, one), ", ") or NOTHING
    return Text(f"{by.en}{of[0]}", f"{by.ru}{of[1]}")


def _of_works(tables: Tables) -> list[Mapping[str, Value]]:
    """Limits that bind and are none of money."""
    others = (*OF_MONEY, "target[")
    return [row for row in loosened(binding(tables)) if as_number(row.get("gain")) > 0
            and row.get("moves") in SHORTFALLS.values() and not str(row.get("limit")).startswith(others)]


def holding(solution: Solution, tables: Tables) -> Iterator[Row]:
    """The limits that people can loosen which gain most, each with its size, and whether any of them matters much."""
    rows = [row for row in loosened(binding(tables)) if as_number(row.get("gain")) > 0]
    sized, more = _sized(rows), _little(solution, rows[0]) if rows else []
    named, few = joined(sized[:NAMED]), joined(sized[:FEW])
    if named is None or few is None:
        return
    yield Row(Text("Which limits that people can loosen bind most?",
                   "Какие ограничения, которые можно ослабить, держат сильнее всего?"),
              sentences([FIRST.fill(names=named), *more]), sheet("limits"),
              leading([sentences([few, *([NONE_MATTERS] if more else [])])]))


def _sized(rows: Sequence[Mapping[str, Value]]) -> list[Text]:
    """Limits with their sizes; both parts of a growth, in percent and in units, as one."""
    growth: dict[str, list[Text]] = {}
    made: dict[str, Text] = {}
    for row in rows:
        key, name = str(row.get("limit")), limit_name(row)
        if key.startswith(GROWTH):
            key = key.partition("[")[2]
            name = Text(f"{GROWS.en}: {name.en.partition(': ')[2]}", f"{GROWS.ru}: {name.ru.partition(': ')[2]}")
        growth.setdefault(key, []).extend(_size(row))
        made.setdefault(key, name)
    return [Text(f"{name.en} ({sizes.en})", f"{name.ru} ({sizes.ru})") if (sizes := _and(growth[key])) else name
            for key, name in made.items()]


def _and(parts: Sequence[Text]) -> Text | None:
    return Text(" and ".join(p.en for p in parts), " и ".join(p.ru for p in parts)) if parts else None


def _size(row: Mapping[str, Value]) -> list[Text]:
    value, unit = row.get("value"), row.get("unit")
    if not isinstance(value, (int, float)):
        return []
    return [amount_of(float(value), text(unit)) if unit else told(float(value))]


def _little(solution: Solution, first: Mapping[str, Value]) -> list[Text]:
    """That none of them changes much, where the first, which gains most, does not."""
    priority = PRIORITY_OF.get(first.get("moves"))
    stage = solution.stage_at.get(f"priority_{priority}")
    gain = as_number(first.get("gain"))
    if stage is None or gain >= MATTERS * stage.value:
        return []
    by, (step,) = fewer(gain), _size({"value": first.get("step"), "unit": first.get("unit")}) or [told(0.0)]
    return [Text(f"none of them matters much by itself: with {step.en} more of the first less is missed of the aims of "
                 f"priority {priority}, but only {by.en}",
                 f"ни одно из них само по себе многого не меняет: при {step.ru} сверх первого цели приоритета "
                 f"{priority} недовыполнены меньше, но лишь так, {by.ru}")]
