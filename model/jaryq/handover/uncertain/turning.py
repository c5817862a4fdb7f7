"""The page of what the best plan decides otherwise where one uncertain input is at its low or its high value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jaryq.base.counted import FACILITIES, INPUTS, OF_FACILITIES, counted, english, russian
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.case.uncertain import Uncertain
from jaryq.handover.shapes import Front, Verdict
from jaryq.handover.uncertain.facilities import dearest, decided, name, named
from jaryq.handover.uncertain.named import listed, said
from jaryq.report.block import Block, Field
from jaryq.report.words import number
from jaryq.uncertainty.otherwise import Otherwise, otherwise, taken
from jaryq.uncertainty.outcomes import Outcome

DECISIONS = "sweep_decisions"
"""The key of the page."""

MOST = 8
"""Ends of inputs that the first page names."""

NAMED = 4
"""Facilities that a sentence names of each kind of change."""

KM = 0.5
"""Km by which a plan renews more or less than another one, to be told."""


@dataclass(frozen=True)
class End:
    """An input at one of its two values, the others in the middle, with the best plan there."""

    row: Uncertain
    middle: float
    value: float
    plan: Outcome
    as_good: bool = False
    """Whether all that the plan is judged by is what it is in the middle: another plan is then no better."""

    @property
    def other(self) -> bool:
        """Whether the value is not that of the middle."""
        return self.value != self.middle


def decisions(case: Case, middle: Outcome, ends: Sequence[End]) -> Front:
    """``middle``: the best plan with all inputs in the middle. Its decisions against those of each of ``ends``."""
    others = [one for one in ends if one.other]
    found = [(one, otherwise(case.assets, middle, one.plan) if one.plan.figures is not None else None)
             for one in others] if middle.figures is not None else []
    found.sort(key=lambda item: (item[0].as_good, -_weight(item[1])))
    km = _km(case, middle)
    rows = tuple((one.row.name, said(one.row, one.value), said(one.row, one.middle),
                  *_told(case, change, len(case.facilities)),
                  _km(case, one.plan) - km if change is not None else None,
                  Text("the same", "тот же") if one.as_good else None)
                 for one, change in found if change is None or not change.nothing
                 or abs(_km(case, one.plan) - km) > KM)
    block = Block(Text("What the best plan decides otherwise", "Что лучший план решает иначе"),
                  (Field(Text("Uncertain input", "Неопределённое данное")), Field(Text("at", "при")),
                   Field(Text("in the middle", "в середине")), Field(Text("comes in", "входит")),
                   Field(Text("goes out", "выходит")), Field(Text("begins at another time", "начинается иначе")),
                   Field(Text("km renewed, more or less", "км обновлено, больше или меньше"), "km"),
                   Field(Text("result against the middle", "результат против середины"))), rows)
    return Front(DECISIONS, Text("What one input alone changes", "Что меняет одно данное"),
                 Text("The best plan where one input is at its low or its high value and all others are in the middle, "
                      "against the best plan with all in the middle. A facility is taken where at least half of it is; "
                      "starts are told apart from half a year on.",
                      "Лучший план, где одно данное на низком или высоком значении, а прочие в середине, против "
                      "лучшего плана, где в середине все. Объект выбран, если выбрана хотя бы половина; начала "
                      "различаются от полугода."),
                 (), _said(middle, found), (), (block,) if rows else (), long=True,
                 verdict=_verdict(case, middle, found) if found else None)


Found = Sequence[tuple[End, Otherwise | None]]


def _said(middle: Outcome, found: Found) -> tuple[Text, ...]:
    if middle.figures is None:
        return (Text("With all inputs in the middle there is no plan: there are no decisions to compare with.",
                     "Со всеми данными в середине плана нет: сравнивать решения не с чем."),)
    moving, count = _count(_moving(found)), _inputs(found)
    ties = (Text("Where the result is that of the middle, another facility or start is no better and no worse.",
                 "Где результат тот же, что в середине, другой объект или начало не лучше и не хуже."),
            ) if _equal(found) else ()
    if not moving:
        return (Text(f"None of {count.en} alone changes which facilities the best plan takes, or when they begin.",
                     f"Ни одно из {count.ru} само по себе не меняет ни набор объектов лучшего плана, ни их начала."),
                *ties)
    return (Text(f"{moving} of {count.en} alone {english(moving, 'changes', 'change')} which facilities the best plan "
                 f"takes, or when they begin.",
                 f"Из {count.ru} само по себе {russian(moving, 'меняет', 'меняют', 'меняют')} набор объектов лучшего "
                 f"плана или их начала: {moving}."), *ties)


def _verdict(case: Case, middle: Outcome, found: Found) -> Verdict:
    """What holds at all ends, what does not, and which end changes what."""
    changes = [change for _, change in found if change is not None]
    where = ("", "") if len(changes) == len(found) else (", where there is a plan", ", если план есть")
    touched = frozenset().union(*(change.every for change in changes))
    every = dearest(case, taken(case.assets, middle))
    firm = [key for key in every if key not in touched]
    which, inputs = decided(case, firm), _inputs(found)
    count, of = number(len(firm)), counted(len(every), *OF_FACILITIES)
    robust = Text(f"Whichever of {inputs.en} alone is at its low or high value{where[0]}, the best plan takes "
                  f"{count.en} of the {of.en} of the middle, begun at the same time{which[0]}.",
                  f"Какое бы из {inputs.ru} ни было одно на низком или высоком значении{where[1]}, лучший план берёт "
                  f"{count.ru} из {of.ru} середины с тем же началом{which[1]}.")
    open_: tuple[Text, ...] = ()
    moving = _moving(found)
    loose = frozenset().union(*(change.every for _, change in moving if change is not None))
    moved = len(loose)
    if loose:
        names = named(case, loose)
        verbs = russian(moved, "входит, выходит или начинается", *["входят, выходят или начинаются"] * 2)
        open_ = (Text(f"{counted(moved, *FACILITIES).en} {english(moved, 'comes', 'come')} in, "
                      f"{english(moved, 'goes', 'go')} out or {english(moved, 'begins', 'begin')} at another time "
                      f"with one input alone: {names.en}.",
                      f"{counted(moved, *FACILITIES).ru} {verbs} иначе из-за одного данного: {names.ru}."),)
    told_ = [_change(case, one, change) for one, change in moving[:MOST]]
    if (more := len(moving) - MOST) > 0:
        told_.append(Text(f"Of {more} more ends the table of the same page says it.",
                          f"Ещё о {more} значениях говорит таблица той же страницы."))
    told_ += [_change(case, one, change) for one, change in _equal(found)[:NAMED]]
    still = _count(found) - _count([*moving, *_equal(found)])
    if still:
        told_.append(Text(f"{still} of {inputs.en} alone {english(still, 'changes', 'change')} no facility and no "
                          f"start at {english(still, 'its', 'their')} low and high values.",
                          f"Из {inputs.ru} не {russian(still, 'меняет', 'меняют', 'меняют')} ни одного объекта и "
                          f"начала на своих низком и высоком значениях: {still}."))
    return Verdict((robust,), open_, tuple(told_))


def _moving(found: Found) -> Found:
    """The ends that change a decision."""
    return [(one, change) for one, change in found if change is None or not (change.nothing or one.as_good)]


def _equal(found: Found) -> Found:
    """The ends of which another plan was found that is as good as the one of the middle."""
    return [(one, change) for one, change in found if change is not None and not change.nothing and one.as_good]


def _count(found: Found) -> int:
    """How many inputs these ends are of."""
    return len({one.row.id for one, _ in found})


def _inputs(found: Found) -> Text:
    return counted(_count(found), *INPUTS)


def _change(case: Case, one: End, change: Otherwise | None) -> Text:
    """``Costs 1.46 (1.15 in the middle): A and B go out; C comes in; D begins in 2028, not 2026``."""
    value, before = said(one.row, one.value), said(one.row, one.middle)
    head = Text(f"{one.row.name.en}: {value.en} (in the middle {before.en})",
                f"{one.row.name.ru}: {value.ru} (в середине {before.ru})")
    if change is None:
        why = one.plan.why or Text("no plan", "нет плана")
        return Text(f"{head.en}: there is no plan ({why.en.rstrip('.')}).",
                    f"{head.ru}: плана нет ({why.ru.rstrip('.')}).")
    comes, goes, moved = _told(case, change, NAMED)
    parts = [part for part, names in (
        (Text(f"comes in: {comes.en}", f"входит: {comes.ru}"), change.comes),
        (Text(f"goes out: {goes.en}", f"выходит: {goes.ru}"), change.goes),
        (Text(f"begins at another time: {moved.en}", f"начинается иначе: {moved.ru}"), change.moved)) if names]
    en, ru = (" with the same result as in the middle,", " при том же результате, что в середине,"
              ) if one.as_good else ("", "")
    return Text(f"{head.en}:{en} {'; '.join(part.en for part in parts)}.",
                f"{head.ru}:{ru} {'; '.join(part.ru for part in parts)}.")


def _told(case: Case, change: Otherwise | None, most: int) -> tuple[Text, Text, Text]:
    """What comes in, what goes out, what begins at another time, so many of each by name."""
    if change is None:
        none = Text("there is no plan", "плана нет")
        return none, none, none
    moved = listed([Text(f"{of.en} ({after.en}, not {before.en})", f"{of.ru} ({after.ru}, не {before.ru})")
                    for key in dearest(case, change.moved) for of in [name(case, key)]
                    for before, after in [_years(change.moved[key])]], most)
    return named(case, change.comes, most), named(case, change.goes, most), moved


def _years(both: tuple[float, float]) -> tuple[Text, Text]:
    """Two mean years of starts: whole ones where these tell them apart."""
    places = 0 if round(both[0]) != round(both[1]) else 1
    before, after = (f"{year:.{places}f}" for year in both)
    return Text(before, before.replace(".", ",")), Text(after, after.replace(".", ","))


def _km(case: Case, plan: Outcome) -> float:
    return math.fsum(plan.shares.get(key, 0.0) for key in case.packages)


def _weight(change: Otherwise | None) -> float:
    """What changes most first: facilities in and out before starts; no plan before all."""
    return math.inf if change is None else len(change.comes) + len(change.goes) + 0.001 * len(change.moved)
