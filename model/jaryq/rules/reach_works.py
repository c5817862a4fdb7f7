"""The most that measures of works (km, facilities, shares of them) can come to (see ``reach.py``)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jaryq.base.once import once_beside, once_for
from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Target
from jaryq.factors.derive import Factors
from jaryq.factors.weights import done_already, weights
from jaryq.rules.affordable import TOLERANCE, payable, within_money
from jaryq.rules.costs import Costs, costs_of
from jaryq.rules.crews import Item, crew_years, crew_years_of_km, within_crews, works_of

SCOPE = Text("what is in scope", "объём программы")
TIME = Text("windows, durations and km a year", "сроки, длительность работ и км в год")
NOBODY = Text("projects that nobody may pay for in full", "проекты, которые некому оплатить полностью")
CREWS = Text("the works capacity", "мощность строителей")
SHARES = Text("what its projects cost in these years and the largest shares",
              "стоимость проектов в эти годы и наибольшие доли")
MONEY = Text("the money of the sources", "деньги источников")


@dataclass(frozen=True)
class Bound:
    """An upper bound on a measure and the kind of limit it comes from."""

    most: float
    why: Text


def most_of_works(f: Factors, target: Target, mine: Sequence[Facility | Package]) -> tuple[Bound, ...]:
    """Upper bounds of a measure of works by kind of limit. That of money is exact below the target alone: once there
    is money for all that the target asks for, what more there is money for is not counted."""
    reach, last = reach_of(f, target, mine), target.year
    done, whole, costs = reach.done, payable(f), _by_cost(reach, (costs_of(f), last))
    paid = [item for item in reach.items if whole[item.project] > 1 - TOLERANCE or costs[item.project] <= 0]
    each = target.measure == "facilities" and f.case.settings.whole
    asked = math.ceil(target.value) if each else target.value
    found = [
        Bound(done + reach.scope, SCOPE),
        Bound(done + reach.time, TIME),
        Bound(done + sum([item.amount for item in paid]), NOBODY),
        Bound(done + _manned(f, reach, paid, last), CREWS),
        Bound(done + within_money(f, paid, costs, last, asked - done), MONEY),
    ]
    if each:
        found = [Bound(math.floor(bound.most + TOLERANCE), bound.why) for bound in found]
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Reach:
    """What works alone allow of a measure: done before the plan, and of each project in scope; the most whatever the
    time, and in time; ``manned``: what the crews can do of some of the projects, as far as it was asked."""

    done: float
    items: tuple[Item, ...]
    scope: float
    time: float
    manned: dict[tuple[str, ...], float] = field(default_factory=dict)


def reach_of(f: Factors, target: Target, mine: Sequence[Facility | Package]) -> Reach:
    """What works alone allow of a measure of works; found once for all factors with the same works."""
    known, key = _reaches(f), (target.measure, target.year, tuple(project.id for project in mine))
    if key not in known:
        weight, whole = weights(f.case, target.measure, mine)
        values = {p: each / whole for p, each in weight.items()} if whole > 0 else {}
        items = tuple(item for project in mine
                      if (item := _item(f, project, values.get(project.id, 0.0), target.year)) is not None)
        known[key] = Reach(
            done_already(mine, weight, whole, target.year), items,
            _once(f, ((item.project, item.scope) for item in items)),
            _once(f, ((item.project, item.amount) for item in items)))
    return known[key]


@once_beside
def _by_cost(reach: Reach, beside: tuple[Costs, int]) -> Mapping[str, float]:
    """Least that a unit of the measure costs, by project, the cheapest first."""
    costs, last = beside
    cheapest = costs.cheapest(last)
    found = [(cheapest[item.project] / item.value, item.project) for item in reach.items]
    return {project: cost for cost, project in sorted(found)}


@once_for(works_of)
def _reaches(f: Factors) -> dict[tuple[str, int, tuple[str, ...]], Reach]:
    """What ``reach_of`` has found so far: it follows from works, facilities and packages, never from money."""
    del f
    return {}


def _manned(f: Factors, reach: Reach, items: Sequence[Item], last: int) -> float:
    """What the crews can do of some of the items."""
    key = tuple([item.project for item in items])
    if key not in reach.manned:
        reach.manned[key] = within_crews(f, items, last)
    return reach.manned[key]


def _once(f: Factors, amounts: Iterable[tuple[str, float]]) -> float:
    """The sum of amounts by project, of a facility and its variants the largest."""
    largest: dict[str, float] = {}
    for p, amount in amounts:
        own = f.case.facilities[p].asset if p in f.case.facilities else p
        largest[own] = max(largest.get(own, 0.0), amount)
    return sum(largest.values())


def _item(f: Factors, project: Facility | Package, value: float, last: int) -> Item | None:
    p = project.id
    if value <= 0:
        return None
    if isinstance(project, Facility):
        if project.done is not None:
            return None
        least = _least_needs(f, p, last)
        needs: dict[str, float] = {}
        for crew, need in least or ():
            needs[crew] = max(needs.get(crew, 0.0), need / value)
        return Item(p, value, 0.0 if least is None else value, needs, value)
    left = max(project.km - project.km_done, 0.0)
    years = [year for year in costs_of(f).years[p] if year <= last]
    pace = left if project.km_per_year is None else min(left, project.km_per_year * len(years))
    needs = {crew: need / value for crew, need in crew_years_of_km(f).get(p, {}).items()}
    return Item(p, left * value, (pace if years else 0.0) * value, needs, value)


def _least_needs(f: Factors, p: str, last: int) -> Sequence[tuple[str, float]] | None:
    """The least crew-years that a facility in service by the end of ``last`` needs, for each row of its resources; None
    if no start of it is in time."""
    known, key = _needs_found(f), (p, last)
    if key not in known:
        inside = [start.period.label for start in f.works.starts[p] if start.finish.year <= last]
        known[key] = [(crew, min(by_start.get(t, 0.0) for t in inside))
                      for crew, by_start in crew_years(f).get(p, ())] if inside else None
    return known[key]


@once_for(works_of)
def _needs_found(f: Factors) -> dict[tuple[str, int], Sequence[tuple[str, float]] | None]:
    """What ``_least_needs`` has found so far."""
    del f
    return {}
