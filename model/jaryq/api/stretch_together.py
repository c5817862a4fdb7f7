"""What a stretch brings with its street: trenches that it shares with stretches of other packages (docs/numbers.md,
Stretches: Street, Why a stretch)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from jaryq.api.stretch_figures import NOISE, millions, places_for
from jaryq.api.stretches import OBJECTIVE, placed_trenches
from jaryq.base.text import Text
from jaryq.case.stretches import NO_STREET, Stretches
from jaryq.factors.derive import Factors
from jaryq.report.words import joined, name_of, told
from jaryq.solve.lp import label
from jaryq.solve.solution import Solution
from jaryq.solve.stretches.restricted import TRENCH

NEVER, TIE = "", 1e-6
"""The period of what is not renewed; bn KZT within which two periods are equally good: prices are not nearer."""

Left = Mapping[str, float]
"""By open period: what a km of a stretch brings above what it has to, bn KZT."""


@dataclass(frozen=True)
class Shared:
    """A trench that two stretches of a street share: its km, and what a shared km saves by period, bn KZT."""

    ends: frozenset[int]
    km: float
    saves: Mapping[str, float]


@dataclass(frozen=True)
class Together:
    """The best way to renew a stretch with others of its street: their ``rows`` (its own first), the ``period``, the
    km of trench that it ``shares`` with each of those that it shares one with, what all trenches there are worth at the
    plan's prices (``saves``) and by how much all bring more than each alone (``gain``), bn KZT."""

    rows: tuple[int, ...]
    period: str
    shares: Mapping[int, float]
    saves: float
    gain: float


@dataclass(frozen=True)
class Margin:
    """By how much a km of a stretch may bring less (more, where below 0) before it is better out (in), all of its
    street chosen anew, bn KZT; ``period``: the best one for it if it is in."""

    left: float
    period: str


def shared_with(f: Factors, solution: Solution, row: int) -> tuple[Shared, ...]:
    """The trenches of the street of a stretch, as far as they hang together with it."""
    register = f.case.stretches
    assert register is not None
    place = int(register.places[row])
    found = []
    for trench in placed_trenches(f.case) if place != NO_STREET else ():
        ends = [at.start + np.flatnonzero(register.places[at] == place)
                for at in (register.slices[trench.package], register.slices[trench.other])]
        if all(len(one) for one in ends):
            one, other = (int(rows[0]) for rows in ends)
            saves = {t: max(-solution.multipliers.get(f"{OBJECTIVE}|{label((TRENCH, (trench.id, t)))}", 0.0), 0.0)
                     for t in f.works.open[trench.package] if t in f.works.open[trench.other]}
            found.append(Shared(frozenset({one, other}), float(min(register.km[one], register.km[other])), saves))
    return joined_with(row, found)


def joined_with(row: int, shared: Sequence[Shared]) -> tuple[Shared, ...]:
    """Those of the trenches of a place that hang together with a stretch: a street may have several groups."""
    reached = {row}
    while more := {end for one in shared if one.ends & reached for end in one.ends} - reached:
        reached |= more
    return tuple(one for one in shared if one.ends <= reached)


def best_together(register: Stretches, row: int, left: Mapping[int, Left], shared: Sequence[Shared],
                  now: Sequence[str] = ()) -> Together | None:
    """The best set of stretches with ``row`` in it and the best period for it, of equal ones the first of ``now``; None
    where it shares no trench."""
    place = {t: i for i, t in enumerate(now)}
    others = sorted({end for one in shared for end in one.ends} - {row})
    best: Together | None = None
    for count in range(1, len(others) + 1):
        for more in combinations(others, count):
            rows = (row, *more)
            inside = [one for one in shared if one.ends <= set(rows)]
            if not any(row in one.ends for one in inside):
                continue
            alone = sum(float(register.km[i]) * max(0.0, *left[i].values()) for i in rows)
            for t in left[row]:
                if all(t in left[i] for i in rows):
                    saves = sum(one.km * one.saves.get(t, 0.0) for one in inside)
                    gain = sum(float(register.km[i]) * left[i][t] for i in rows) + saves - alone
                    sooner = best is not None and place.get(t, len(now)) < place.get(best.period, len(now))
                    if best is None or gain > best.gain + TIE or (gain >= best.gain - TIE and sooner):
                        shares = {end: one.km for one in inside if row in one.ends for end in one.ends - {row}}
                        best = Together(rows, t, shares, saves, gain)
    return best


def margin(register: Stretches, row: int, left: Mapping[int, Left], shared: Sequence[Shared],
           now: Sequence[str] = ()) -> Margin:
    """What the best choices for all of a street bring with ``row`` renewed less what they bring without it, a km of
    ``row``: so much less, in each of its periods, may a km of it bring. Each stretch has a period or none; those of one
    period share their trenches (docs/numbers.md, Why a stretch). Of equal periods the first of ``now`` is named."""
    rows = (row, *sorted({end for one in shared for end in one.ends} - {row}))
    best = dict.fromkeys((NEVER, *left[row]), -math.inf)
    for times in product(*((NEVER, *left[i]) for i in rows)):
        at = dict(zip(rows, times, strict=True))
        value = sum(float(register.km[i]) * left[i][t] for i, t in at.items() if t != NEVER)
        value += sum(one.km * one.saves.get(t, 0.0) for one in shared for t in {at[end] for end in one.ends}
                     if len({at[end] for end in one.ends}) == 1 and t != NEVER)
        best[times[0]] = max(best[times[0]], value)
    without = best.pop(NEVER)
    most = max(best.values())
    equal = [t for t, value in best.items() if value >= most - TIE]
    return Margin((most - without) / float(register.km[row]), next((t for t in now if t in equal), equal[0]))


def said_together(f: Factors, best: Together) -> Text:
    """With which stretches it shares how much trench, what that is worth, and whether it is worth it, in a sentence."""
    register = f.case.stretches
    assert register is not None
    with_it = [row for row in best.rows[1:] if row in best.shares]
    said = joined([_called(f, register, row, told(best.shares[row])) for row in with_it])
    assert said is not None, "it shares a trench with one at least"
    beside = joined([_called(f, register, row) for row in best.rows[1:] if row not in best.shares])
    others = ("", "") if beside is None else (f" with {beside.en}", f" с {beside.ru}")
    places = places_for((best.saves, best.gain))
    saves, gain = millions(best.saves, places), millions(abs(best.gain), places)
    worth = Text(f"that is worth {saves.en} mn KZT at the plan's prices",
                 f"это даёт {saves.ru} млн тенге по ценам плана")
    if abs(best.saves) <= NOISE:
        worth = Text("that is worth nothing at the plan's prices of that time",
                     "это ничего не даёт по ценам плана на это время")
    more = Text(f"that is {gain.en} mn KZT more than each at its own time", f"это на {gain.ru} млн тенге больше, чем "
                "каждый в своё время")
    if abs(best.gain) <= NOISE:
        more = Text("that is as much as each at its own time", "это столько же, сколько даёт каждый в своё время")
    elif best.gain < 0.0:
        more = Text(f"each at its own time brings {gain.en} mn KZT more", f"каждый в своё время даёт на {gain.ru} млн "
                    "тенге больше")
    return Text(f"In its street it shares a trench with {said.en}: renewed together in {best.period}{others[0]} "
                f"{worth.en}; {more.en}.",
                f"На своей улице он делит траншею с {said.ru}: вместе в {best.period}{others[1]} {worth.ru}; "
                f"{more.ru}.")


def _called(f: Factors, register: Stretches, row: int, km: Text | None = None) -> Text:
    """``1 km: a of Heat``."""
    package, segment = register.key(row)
    name = name_of(f.case.packages[package])
    far = ("", "") if km is None else (f", {km.en} km", f", {km.ru} км")
    return Text(f"{segment} of {name.en}{far[0]}", f"участком {segment} ({name.ru}){far[1]}")
