"""A hand-made plan: the works of a plan with the wishes of sheet overrides put into them, whatever they break
(docs/numbers.md, Wishes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.case.works import Wish
from jaryq.factors.derive import Factors

PART = 0.5
"""A facility that is started to more than this share counts as started there."""


@dataclass(frozen=True)
class Works:
    """Period in which each facility starts, and km of packages by period."""

    start: Mapping[str, str]
    renew: Mapping[tuple[str, str], float]


def by_hand(f: Factors, plan: Plan) -> Works:
    """The works of ``plan`` with the wishes of the case: a facility that is wanted starts where it did if the wish
    allows that, else in the nearest period that it allows; one that is not wanted, and other variants of one that is,
    do not start. Km that are wanted in a year are those, km where they are not wanted move to the nearest period in
    which they are allowed."""
    start = {p: t for (p, t), share in plan.start.items() if share > PART}
    renew = dict(plan.renew)
    for key, wish in f.case.wishes.items():
        if key in f.case.facilities:
            _starts(f, wish, start)
        else:
            _km(f, wish, renew)
    return Works(dict(sorted(start.items())), {place: km for place, km in sorted(renew.items()) if km > 0.0})


def _starts(f: Factors, wish: Wish, start: dict[str, str]) -> None:
    key, facility = wish.project, f.case.facilities[wish.project]
    if wish.decision is False:
        start.pop(key, None)
        return
    if key not in start and wish.decision is None:
        return
    labels = [one.period.label for one in f.works.starts[key] if facility.started is not None
              or wish.allows(one.period.position)]
    if not labels:
        start.pop(key, None)
        return
    wanted = f.works.position[start[key]] if key in start else -1
    start[key] = min(labels, key=lambda t: (abs(f.works.position[t] - wanted), t))
    for other in f.case.assets[facility.asset]:
        if other != key and wish.decision is True:
            start.pop(other, None)


def _km(f: Factors, wish: Wish, renew: dict[tuple[str, str], float]) -> None:
    key = wish.project
    opened = [t for t in f.works.open[key] if wish.allows(f.works.position[t])]
    for (package, t), km in list(renew.items()):
        if package == key and t not in opened:
            del renew[package, t]
            free = [other for other in opened if f.works.period_year[other] not in wish.km]
            if free:
                to = min(free, key=lambda other: (abs(f.works.position[other] - f.works.position[t]), other))
                renew[key, to] = renew.get((key, to), 0.0) + km
    for year, km in wish.km.items():
        mine = [t for t in opened if f.works.period_year[t] == year]
        room = {t: f.bounds.km.get((key, t), 0.0) for t in mine}
        for t in mine:
            renew[key, t] = km * room[t] / sum(room.values()) if sum(room.values()) > 0 else km / len(mine)


def differing(case: Case, plans: Mapping[str, Works]) -> dict[str, dict[str, str | float]]:
    """Projects in which plans differ: of each plan the period of the start, or the km in all; empty where it has
    nothing."""
    found: dict[str, dict[str, str | float]] = {}
    for key in case.projects:
        of = {name: _said(works, key) for name, works in plans.items()}
        if len(set(of.values())) > 1:
            found[key] = of
    return found


def _said(works: Works, key: str) -> str | float:
    if key in works.start:
        return works.start[key]
    km = sum(amount for (package, _), amount in works.renew.items() if package == key)
    return round(km, 6) if km else ""
