"""What a what if of the plan changes, in words: what is done more or less, what the aims miss, what it saves."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text
from jaryq.report.words import POINTS, UNIT_WORDS, amount_of, joined
from jaryq.solve.solution import MAXIMISED, Solution, WhatIf

SEEN = 5e-4
"""Smaller changes of a stage are nothing."""
LEAST: Mapping[str, float] = {"facilities": 0.05, "km": 0.5, "spent": 0.5, "draws": 0.5}
"""Smaller changes of what is done are nothing."""
NOTHING = Text("nothing changes", "ничего не меняется")
NO_WORKS = Text("no facility and no km more", "ни одного объекта и километра больше")
LINEAR = Text("facilities divisible", "объекты делимы")
FACILITIES, KM, MONEY = UNIT_WORDS["facilities"], UNIT_WORDS["km"], UNIT_WORDS["bn KZT"]


def moved(one: WhatIf, name: str) -> float:
    """By how much more of it is done; what is too small to be told is nothing."""
    value = one.works.get(name, 0.0)
    return value if abs(value) >= LEAST[name] else 0.0


def works(one: WhatIf) -> Text | None:
    """``12 facilities and 800 km fewer are done, 900 bn KZT less is spent``; None where it is not known (plans of an
    earlier version)."""
    if not one.works:
        return None
    parts = []
    for name, unit in (("facilities", FACILITIES), ("km", KM)):
        if by := moved(one, name):
            said, (en, ru) = amount_of(abs(by), unit), ("more", "больше") if by > 0 else ("fewer", "меньше")
            parts.append(Text(f"{said.en} {en}", f"{ru} на {said.ru}"))
    done = Text(" and ".join(p.en for p in parts) + " are done", "сделано " + " и ".join(p.ru for p in parts)) \
        if parts else NO_WORKS if not any(value < 0 for value in (moved(one, "facilities"), moved(one, "km"))) else None
    spent = moved(one, "spent")
    if not spent:
        return done
    said, (en, ru) = amount_of(abs(spent), MONEY), ("more", "больше") if spent > 0 else ("less", "меньше")
    return joined([*([done] if done else []), Text(f"{said.en} {en} is spent", f"потрачено на {said.ru} {ru}")], ", ")


def missed(one: WhatIf) -> list[Text]:
    """Priorities whose aims are missed by more or less."""
    parts = []
    for stage, change in one.changes.items():
        priority = stage.removeprefix("priority_")
        if stage == priority or abs(change) < SEEN:
            continue
        by, (en, ru) = amount_of(abs(change), POINTS), ("more", "больше") if change > 0 else ("less", "меньше")
        parts.append(Text(f"aims of priority {priority} are missed by {by.en} {en}",
                          f"недовыполнение целей приоритета {priority} {ru} на {by.ru}"))
    return parts


def changes(solution: Solution, one: WhatIf) -> Text:
    """What is done, what is missed, and what is gained: where more is missed, a better objective is no gain, since less
    is done."""
    done, aims = works(one), missed(one)
    change = one.changes.get("objective", 0.0)
    better = (change > 0) == (solution.objective in MAXIMISED)
    worse_aims = any(value >= SEEN for stage, value in one.changes.items() if stage.startswith("priority_"))
    if not aims and abs(change) < SEEN:  # what is done may be another plan as good
        return NOTHING
    parts = [*([done] if done is not None else []), *aims]
    if abs(change) >= SEEN:
        by = amount_of(abs(change), UNIT_WORDS["years" if solution.objective == "earliest_finish" else "bn KZT"])
        if better and worse_aims:
            parts.append(Text(f"the objective is {by.en} higher only because less is done, which is no gain",
                              f"показатель цели выше на {by.ru} лишь потому, что сделано меньше: это не выигрыш"))
        else:
            how = ("better", "лучше") if better else ("worse", "хуже")
            parts.append(Text(f"the objective {how[0]} by {by.en}", f"показатель цели {how[1]} на {by.ru}"))
    said = joined(parts, ", ")
    assert said is not None
    return said
