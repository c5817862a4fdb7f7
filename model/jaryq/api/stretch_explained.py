"""``explain PLAN PACKAGE/SEGMENT``: why a stretch is renewed or not, what a km of it has to bring, and how far that is
(docs/numbers.md, Stretches: Why a stretch)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jaryq.api.stretch_figures import millions, places_for, rounded
from jaryq.api.stretch_together import TIE, Margin, Together, best_together, margin, said_together, shared_with
from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.case.stretches import Floats, Renewed, Stretches
from jaryq.factors.derive import Factors
from jaryq.factors.stretch_targets import asked_of_stretches
from jaryq.factors.stretches import stretch_benefits
from jaryq.formulation.targets import ROW_OF
from jaryq.report.stretches import done, next_km
from jaryq.report.words import name_of, number, told
from jaryq.solve.lp import label
from jaryq.solve.solution import Solution
from jaryq.solve.stretches.restricted import LINK

OBJECTIVE, NEXT, NOISE = "objective", 100.0, 1e-9
YEAR, LEAST = 4, 1e-6
"""Letters of a period that are its year; km below which nothing is renewed (docs/numbers.md, Stretches: Check)."""
PART = "/"
"""Between package and segment."""


@dataclass(frozen=True)
class Asked:
    """A km of a stretch renewed in a period, present value, bn KZT: what it ``brings``, what it helps ``targets``
    beside a mean km, and what a km of its package ``has`` to bring there."""

    period: str
    brings: float
    targets: float
    has: float

    @property
    def left(self) -> float:
        """By how much it brings more than it has to."""
        return self.brings + self.targets - self.has


@dataclass(frozen=True)
class Why:
    """``km``: what is renewed of the stretch by period; ``asked``: its open periods."""

    row: int
    km: Mapping[str, float]
    asked: tuple[Asked, ...]

    @property
    def best(self) -> Asked:
        """The period in which most is left; of equal ones that of the renewal."""
        most = max(one.left for one in self.asked)
        return next(one for one in sorted(self.asked, key=lambda one: one.period not in self.km)
                    if one.left >= most - TIE)


def stretch_at(register: Stretches, said: str) -> int | None:
    """The place of ``PACKAGE/SEGMENT``; None where there is no such stretch."""
    for at in (i for i, letter in enumerate(said) if letter == PART):
        here = register.slices.get(said[:at].strip())
        if here is not None:
            found = np.flatnonzero(register.segment[here] == said[at + 1:].strip().encode())
            if len(found):
                return int(here.start) + int(found[0])
    return None


def why_of(f: Factors, solution: Solution, row: int) -> Why:
    """What the multipliers of a plan say of a stretch. Raises ValueError where the plan has none of stretches."""
    register, renewed = f.case.stretches, solution.renewed
    if register is None or renewed is None:
        raise ValueError("a plan without stretches")
    package = register.packages[register.package[row]]
    held, benefits = solution.multipliers, stretch_benefits(f)[row]
    helped = _targets(f, solution, row)
    mine = np.flatnonzero(renewed.row == row)
    labels = [period.label for period in f.case.periods]
    has = {t: held.get(f"{OBJECTIVE}|{label((LINK, (package, t)))}", 0.0) for t in f.works.open[package]}
    asked = tuple(Asked(t, float(benefits[j]), float(helped[j]), has[t])
                  for t in has for j in [f.works.position[t]])
    return Why(row, {labels[renewed.period[i]]: float(renewed.km[i]) for i in mine if renewed.km[i] > LEAST}, asked)


def _targets(f: Factors, solution: Solution, row: int) -> Floats:
    """What a km of a stretch is worth to the targets beside a mean km, by period."""
    register = f.case.stretches
    found: Floats = np.zeros(len(f.case.periods))
    for one in asked_of_stretches(f) if register is not None else ():
        for g, weights in one.weights.items():
            held = solution.multipliers.get(f"{OBJECTIVE}|{label((ROW_OF[f.case.target_at[g].sense], (g,)))}", 0.0)
            if register is not None and held:
                found += held * float(weights[register.package[row]]) * one.table[row]
    return found


def said_of(f: Factors, solution: Solution, row: int) -> tuple[Text, ...]:
    """A stretch in sentences."""
    case, register, renewed = f.case, f.case.stretches, solution.renewed
    assert register is not None
    assert renewed is not None
    why = why_of(f, solution, row)
    said = [_what(case, register, row), _done(register, why)]
    said.extend(said_asked(shown_of(why)))
    if why.asked:
        best, street = _street(f, solution, why)
        if best is not None:
            said.append(said_together(f, best))
        said.append(_verdict(register, why, street))
    return (*said, *_next(f, register, renewed, why))


def shown_of(why: Why) -> tuple[Asked, ...]:
    """Of each year the period in which most is left, and those in which it is renewed."""
    best: dict[str, Asked] = {}
    for one in why.asked:
        year = one.period[:YEAR]
        if year not in best or one.left > best[year].left:
            best[year] = one
    return tuple(one for one in why.asked if one.period in why.km or one is best[one.period[:YEAR]])


def said_asked(asked: Sequence[Asked]) -> tuple[Text, ...]:
    """A sentence a period, in mn KZT a km, all with as many places as the least that is left needs for two digits,
    three at most. What a km has to bring is told so that the figures of a sentence add up."""
    places = places_for([one.left for one in asked])
    said = []
    for one in asked:
        brings, helps, left = (rounded(value, places) for value in (one.brings, one.targets, one.left))
        told_so = [millions(value, places) for value in (brings, abs(helps), brings + helps - left, abs(left))]
        more = helps > 0.0
        to = ("", "") if not helps else (f", to targets {told_so[1].en} {'more' if more else 'less'} than a mean km",
                                         f", целям на {told_so[1].ru} {'больше' if more else 'меньше'} среднего км")
        ends = ("left", "остаётся") if left >= 0.0 else ("missing", "не хватает")
        said.append(Text(f"{one.period}: a km brings {told_so[0].en}{to[0]}, and has to bring {told_so[2].en} mn KZT: "
                         f"{told_so[3].en} {ends[0]}.",
                         f"{one.period}: км даёт {told_so[0].ru}{to[1]}, а должен давать {told_so[2].ru} млн тенге: "
                         f"{ends[1]} {told_so[3].ru}."))
    return tuple(said)


def _what(case: Case, register: Stretches, row: int) -> Text:
    package, segment = register.key(row)
    name, km = name_of(case.packages[package]), told(float(register.km[row]))
    en, ru = [f"{km.en} km"], [f"{km.ru} км"]
    if register.built[row]:
        en.append(f"built {register.built[row]}")
        ru.append(f"построен в {register.built[row]}")
    if register.material[row] >= 0:
        en.append(register.materials[register.material[row]])
        ru.append(register.materials[register.material[row]])
    if not np.isnan(register.wear[row]):
        wear = number(100.0 * float(register.wear[row]), 0)
        en.append(f"wear {wear.en} %")
        ru.append(f"износ {wear.ru} %")
    if not np.isnan(register.rate[row]):
        rate = told(100.0 * float(register.rate[row]))
        en.append(f"{rate.en} bursts per 100 km and year")
        ru.append(f"{rate.ru} прорывов на 100 км в год")
    return Text(f"Stretch {segment} of {name.en}: {', '.join(en)}.", f"Участок {segment}, {name.ru}: {', '.join(ru)}.")


def _done(register: Stretches, why: Why) -> Text:
    if not why.km:
        return Text("It is not renewed in the plan.", "В плане он не обновляется.")
    parts = [(told(km), t) for t, km in why.km.items()]
    whole = sum(why.km.values()) >= register.km[why.row] - 1e-6
    en, ru = ", ".join(f"{km.en} km in {t}" for km, t in parts), ", ".join(f"{km.ru} км в {t}" for km, t in parts)
    return Text(f"It is renewed{'' if whole else ' in part'}: {en}.",
                f"Он обновляется{'' if whole else ' частично'}: {ru}.")


def _street(f: Factors, solution: Solution, why: Why) -> tuple[Together | None, Margin | None]:
    """The best way to renew a stretch with others of its street, and how far it is from the other choice there; none
    where it shares no trench."""
    register, row = f.case.stretches, why.row
    shared = shared_with(f, solution, row)
    if register is None or not shared:
        return None, None
    rows = {row, *(end for one in shared for end in one.ends)}
    left = {i: {one.period: one.left for one in why_of(f, solution, i).asked} for i in rows}
    now = sorted(why.km, key=lambda t: -why.km[t])
    return best_together(register, row, left, shared, now), margin(register, row, left, shared, now)


def _verdict(register: Stretches, why: Why, street: Margin | None = None) -> Text:
    """Break-even; where prices, which are those of the divisible plan, and the plan disagree, that. ``street``: how far
    it is where it shares trenches."""
    best, inside = why.best, bool(why.km)
    left, t = (best.left, best.period) if street is None else (street.left, street.period)
    far, with_it = _a_km(left, why), ("", "") if street is None else (" with its street", " вместе с улицей")
    whole = sum(why.km.values()) >= register.km[why.row] - 1e-6
    if inside and whole and abs(left) <= 1e-6 * max(1.0, abs(best.has)):
        return Text("It stands at the margin: a little less benefit and it is out.",
                    "Он на границе: чуть меньше выгоды, и он не обновляется.")
    if abs(left) <= 1e-6 * max(1.0, abs(best.has)) or (inside and not whole):
        return Text("It stands at the margin: a little less benefit and it is out, a little more and all of it is in.",
                    "Он на границе: чуть меньше выгоды, и он не обновляется, чуть больше, и обновляется целиком.")
    if inside and left > 0.0:
        alone = ("", "") if street is None else _alone(why, t)
        return Text(f"Break-even: it stays in{with_it[0]} as long as a km in {t} brings no more than {far.en} mn KZT "
                    f"less.{alone[0]}",
                    f"Порог: он остаётся в плане{with_it[1]}, пока км в {t} даёт меньше не более чем на {far.ru} млн "
                    f"тенге.{alone[1]}")
    if not inside and left < 0.0:
        return Text(f"Break-even: it comes in{with_it[0]} when a km in {t} brings {far.en} mn KZT more.",
                    f"Порог: он входит в план{with_it[1]}, когда км в {t} даёт на {far.ru} млн тенге больше.")
    return Text("Prices are those of facilities that may be built in part; by them it would be the other way, within "
                "the distance that the plan states.",
                "Цены взяты при объектах, которые можно строить частично; по ним было бы наоборот, в пределах "
                "расстояния до границы, указанного в плане.")


def _alone(why: Why, t: str) -> tuple[str, str]:
    """What would be without its street, where that is another thing; English and Russian, after a sentence."""
    best = why.best
    if best.left < -NOISE:
        far = _a_km(best.left, why)
        return (f" Alone a km brings {far.en} mn KZT less than it has to, at the best ({best.period}).",
                f" Один он даёт на км в лучшем случае ({best.period}) на {far.ru} млн тенге меньше, чем должен.")
    then = max((one.left for one in why.asked if one.period == t), default=-math.inf)
    if best.left > then + TIE:
        return f" Alone it would best be renewed in {best.period}.", f" Одному ему лучшее время: {best.period}."
    return "", ""


def _a_km(value: float, why: Why) -> Text:
    """An amount of a km, in mn KZT, with the places of the sentences before it."""
    return millions(abs(value), places_for([value, *(one.left for one in shown_of(why))]))


def _next(f: Factors, register: Stretches, renewed: Renewed, why: Why) -> tuple[Text, ...]:
    """What the next km of the package bring."""
    package = register.packages[register.package[why.row]]
    found = next_km(register, renewed, stretch_benefits(f), package, NEXT)
    if not len(found.km):
        return (Text("Nothing else of the package is left.", "Больше в пакете ничего не осталось."),)
    place = np.flatnonzero(found.row == why.row)
    left = register.km[why.row] - done(register, renewed)[why.row] > NOISE
    km, worth = told(float(found.km.sum())), told(found.value)
    among = ("", "")
    if left:
        among = ("; it is among them", "; он среди них") if len(place) else (
            "; it is not among them", "; его среди них нет")
    return (Text(f"The next {km.en} km of the package bring {worth.en} bn KZT, without their cost{among[0]}.",
                 f"Следующие {km.ru} км пакета дают {worth.ru} млрд тенге без затрат на них{among[1]}."),)
