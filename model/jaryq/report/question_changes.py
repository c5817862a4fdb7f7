"""What a what if of the plan changes, in words that can be read out: what is done more or less, what the aims miss,
what it saves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import english, russian
from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.report.points import aims_of, fewer, more
from jaryq.report.words import UNIT_WORDS, amount_of, joined, number, told
from jaryq.solve.solution import MAXIMISED, Solution, WhatIf

SEEN = 5e-4
"""Smaller changes of a stage are nothing."""
LEAST: Mapping[str, float] = {"facilities": 0.005, "km": 0.5, "spent": 1.0, "draws": 0.5}
"""Smaller changes of what is done are nothing."""
HALF = 0.5
"""Of a smaller change it is said that about as many facilities are finished; others' money has gone down where at least
so much of what is given takes its place."""
ABOUT = Text("about as many facilities are finished (parts of them added up, {part} of one {more})",
             "завершено почти столько же объектов (в сумме их частей {more} на {part} объекта)")
NOTHING = Text("Nothing changes", "Ничего не меняется")
NO_WORKS = Text("Not one facility and not one km more is done", "Не делается больше ни одного объекта и ни одного "
                "километра")
SMALL = Text("So little lies within the tolerance of the search: the one plan is as good as the other",
             "Столь малое - в пределах допуска поиска: один план не хуже другого")
DIVISIBLE = Text("What would be if something else were asked or given is told of quick plans, in which a facility may "
                 "be done in part; whole plans may differ a little.",
                 "Что было бы при других условиях, сказано по быстрым планам, в которых объект можно выполнить частью; "
                 "целые планы могут немного отличаться.")
FACILITIES, KM, MONEY = UNIT_WORDS["facilities"], UNIT_WORDS["km"], UNIT_WORDS[BILLION]
FIGURES = 4
"""Digits of km and money in a sentence that is read out."""


def rounded(value: float) -> float:
    """From a thousand on with four digits."""
    return round(value, FIGURES - 1 - math.floor(math.log10(abs(value)))) if abs(value) >= 1000.0 else value


def spoken(value: float, unit: Text, *, genitive: bool = False) -> Text:
    """A figure from a thousand on with four digits, facilities as whole numbers, others as they are told."""
    if unit is FACILITIES:
        value = float(round(value))
    else:
        value = rounded(value)
    return amount_of(value, unit, genitive=genitive)


def sentences(parts: Sequence[Text]) -> Text:
    """Parts as sentences, each with a capital and a full stop."""
    return Text(" ".join(_sentence(part.en) for part in parts), " ".join(_sentence(part.ru) for part in parts))


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."


def moved(one: WhatIf, name: str) -> float:
    """By how much more of it is done; what is too small to be told is nothing."""
    value = one.works.get(name, 0.0)
    return value if abs(value) >= LEAST[name] else 0.0


def acts(one: WhatIf) -> bool:
    """Whether something is done, missed or lost by one more of money, or nothing is known of it (plans of an earlier
    version)."""
    return bool(one.of) and (not one.works or any(moved(one, name) for name in ("km", "facilities"))
                             or any(abs(value) >= SEEN for stage, value in one.changes.items() if stage != "objective"))


def replaces(one: WhatIf) -> bool:
    """Whether it takes the place of money of others."""
    return one.works.get("replaced", 0.0) >= HALF * one.amount


def loses(solution: Solution, one: WhatIf) -> bool:
    """Whether the objective is worse by it."""
    change = one.changes.get("objective", 0.0)
    return abs(change) >= SEEN and (change > 0) != (solution.objective in MAXIMISED)


def works(one: WhatIf) -> list[Text]:
    """``12 facilities and 800 km fewer are done``, ``900 bn KZT less is spent``; nothing where it is not known (plans
    of an earlier version)."""
    if not one.works:
        return []
    facilities, km, spent = (moved(one, name) for name in ("facilities", "km", "spent"))
    parts = []
    for by, unit, (en, ru) in ((facilities, FACILITIES, ("finished", "завершено")), (km, KM, ("renewed", "обновлено"))):
        if by:
            said, (more, ru_more) = spoken(abs(by), unit), ("more", "больше") if by > 0 else ("fewer", "меньше")
            if unit is FACILITIES and abs(by) < HALF:
                parts.append(ABOUT.fill(part=number(abs(by), 2), more=Text(more, ru_more)))
                continue
            parts.append(Text(f"{said.en} {more} {english(round(abs(by)), 'is', 'are')} {en}",
                              f"{ru} {ru_more} на {said.ru}"))
    if km and not facilities:
        parts.append(Text("no facility more is finished", "объектов не больше") if km > 0 else
                     Text("no facility is lost", "объекты при этом не теряются"))
    made = [joined(parts, " | ") or NO_WORKS]
    made = [Text(made[0].en.replace(" | ", " and "), made[0].ru.replace(" | ", " и "))]
    if spent:
        said, (en, ru) = spoken(abs(spent), MONEY), ("more", "больше") if spent > 0 else ("less", "меньше")
        made.append(Text(f"{said.en} {en} is spent", f"потрачено на {said.ru} {ru}"))
    return made


def missed(one: WhatIf) -> list[Text]:
    """Priorities whose aims are missed by more or less, as if so many more were missed or met."""
    found: dict[bool, list[Text]] = {}
    for stage, change in one.changes.items():
        priority = stage.removeprefix("priority_")
        if stage != priority and abs(change) >= SEEN:
            by = more(change) if change > 0 else fewer(-change)
            found.setdefault(change > 0, []).append(Text(f"priority {priority} ({by.en})",
                                                         f"приоритета {priority} ({by.ru})"))
    made = []
    for worse, parts in found.items():
        of = joined(parts, ", ")
        assert of is not None
        made.append(Text(f"{'more' if worse else 'less'} is missed of the aims of {of.en}",
                         f"недовыполнение целей {'больше' if worse else 'меньше'}: {of.ru}"))
    return made


def worse_aims(one: WhatIf) -> list[Text]:
    """Priorities of whose aims more is missed, by how much in as few words as can be: percent of what one aim asks."""
    worse = {stage.removeprefix("priority_"): change for stage, change in one.changes.items()
             if stage.startswith("priority_") and change >= SEEN}
    said = joined([number(by, 0) if (by := aims_of(change)) >= 1.0 else told(by) for change in worse.values()], " | ")
    if said is None:
        return []
    listed, n = ", ".join(worse), len(worse)
    en, ru = said.en.replace(" | ", " %, "), said.ru.replace(" | ", ", ")
    return [Text(f"more is missed of {english(n, 'priority', 'priorities')} {listed}: {en} % of what one aim asks",
                 f"недовыполнено больше, {russian(n, 'приоритет', 'приоритеты', 'приоритеты')} {listed}: "
                 f"на {ru} % одной цели")]


def changes(solution: Solution, one: WhatIf) -> list[Text]:
    """What is done, what is missed, and what is gained: where more is missed, a better objective is no gain, since less
    is done."""
    aims, change = missed(one), one.changes.get("objective", 0.0)
    better = (change > 0) == (solution.objective in MAXIMISED)
    worse_aims = any(value >= SEEN for stage, value in one.changes.items() if stage.startswith("priority_"))
    if not aims and abs(change) < SEEN:  # what is done may be another plan as good
        return [NOTHING]
    parts = [*works(one), *aims]
    if abs(change) >= SEEN:
        parts.append(gained(solution, abs(change), better=better, no_gain=better and worse_aims))
    return parts


def between(solution: Solution, before: Mapping[str, float], after: Mapping[str, float]) -> Text:
    """What a plan does otherwise than the plan of ``solution``, from what both state (claims): works, aims, then
    money, and whether that is more than the search of the plan tells apart."""
    apart = {name: after.get(key, 0.0) - before.get(key, 0.0) for name, key in
             (("km", "km_renewed"), ("facilities", "facilities_completed"))}
    stages = {stage.name: after.get(f"value[{stage.name}]", 0.0) - before.get(f"value[{stage.name}]", 0.0)
              for stage in solution.stages}
    parts = changes(solution, WhatIf("later", "", "", 1.0, stages, works={**apart, "spent": 0.0}))
    by, tolerance = abs(stages.get("objective", 0.0)), solution.gaps.get("objective", 0.0)
    return sentences([*parts, *([SMALL] if SEEN <= by <= tolerance else [])])


def gained(solution: Solution, by: float, *, better: bool, no_gain: bool = False) -> Text:
    """What the objective is better or worse by, of the purse in whose pocket it is."""
    time = solution.objective == "earliest_finish"
    said = spoken(by, UNIT_WORDS["years" if time else BILLION])
    if no_gain:
        who = Text("the objective is better by", "показатель цели лучше на") if solution.objective != "purse" else \
            Text("budgets, utilities and consumers keep", "у бюджетов, предприятий и потребителей остаётся")
        return Text(f"{who.en} {said.en} in money of today, which is no gain: less is done for it",
                    f"{who.ru} {said.ru} в сегодняшних деньгах, но это не выигрыш: сделано меньше")
    if solution.objective != "purse":
        how = ("better", "лучше") if better else ("worse", "хуже")
        return Text(f"the objective is {how[0]} by {said.en}", f"показатель цели {how[1]} на {said.ru}")
    how = ("better", "выигрывают") if better else ("worse", "теряют")
    return Text(f"budgets, utilities and consumers together are {how[0]} off by {said.en} in money of today",
                f"бюджеты, предприятия и потребители вместе {how[1]} {said.ru} в сегодняшних деньгах")
