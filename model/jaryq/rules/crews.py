"""What the crews can do of several projects: a bound for every plan (see ``reach.py``)."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jaryq.base.once import once_for
from jaryq.factors.derive import Factors
from jaryq.factors.works import Works


@dataclass(frozen=True)
class Item:
    """What one project can add to a measure: ``scope`` whatever the time, ``amount`` in time; ``value`` a whole
    facility or a km, and crew-years by resource per unit of it, at least."""

    project: str
    scope: float
    amount: float
    needs: Mapping[str, float]
    value: float


def works_of(f: Factors) -> Works:
    """What all factors share that differ in money alone."""
    return f.works


@once_for(works_of)
def crew_years(f: Factors) -> Mapping[str, Sequence[tuple[str, Mapping[str, float]]]]:
    """Of each facility the resources that it needs, once for each of their rows, with the crew-years by start."""
    found: dict[str, list[tuple[str, Mapping[str, float]]]] = {}
    for row in f.case.crews:
        mine: dict[str, dict[str, float]] = {}
        for (p, label), needs in f.works.crew_need[row.id].items():
            mine.setdefault(p, {})[label] = math.fsum(needs.values())
        for p, by_start in mine.items():
            found.setdefault(p, []).append((row.crew, by_start))
    return found


@once_for(works_of)
def crew_years_of_km(f: Factors) -> Mapping[str, Mapping[str, float]]:
    """Crew-years that a km of each package needs, by resource."""
    found: dict[str, dict[str, float]] = {}
    for row in f.case.crews:
        for n, need in f.works.crew_km[row.id].items():
            found.setdefault(n, {})[row.crew] = need
    return found


@dataclass(frozen=True)
class Pool:
    """The rows of a resource by region (None: the whole country), the crew-years in each up to a year (``regions``: in
    all regions together), and whether every region with a row has its capacity stated."""

    rows: Mapping[str | None, str]
    left: Mapping[object, float]
    limited: bool


@once_for(works_of)
def pools(f: Factors) -> Mapping[tuple[str, int], Pool]:
    """Crews of each resource up to each planned year, and up to the year before them."""
    settings = f.case.settings
    return {(crew, last): _pool(f, crew, last) for crew in {row.crew for row in f.case.crews}
            for last in range(settings.plan_from - 1, settings.last_year + 1)}


def _pool(f: Factors, crew: str, last: int) -> Pool:
    labels = [p.label for p in f.case.periods if p.year <= last]
    rows = {row.region: row.id for row in f.case.crews if row.crew == crew
            and all((row.id, t) in f.works.rooms.own for t in labels)}
    most, own = crews_most(f), crews_most_alone(f)
    left: dict[object, float] = {region: sum([most[w, t] for t in labels]) for region, w in rows.items()}
    # What regions lend to each other adds nothing to all of them together.
    left["regions"] = sum([own[w, t] for region, w in rows.items() if region is not None for t in labels])
    limited = {row.region for row in f.case.crews if row.crew == crew and row.region is not None} <= set(rows)
    return Pool(rows, left, limited)


@once_for(works_of)
def crews_most_alone(f: Factors) -> Mapping[tuple[str, str], float]:
    """Most crew-years of each resource row in each period, nothing borrowed: its own, what may be added."""
    rooms = f.works.rooms
    return {at: own + rooms.extra.get(at, 0.0) for at, own in rooms.own.items()}


@once_for(works_of)
def crews_most(f: Factors) -> Mapping[tuple[str, str], float]:
    """The same with what may be borrowed."""
    borrowed = f.works.rooms.borrowed
    return {at: alone + borrowed.get(at, 0.0) for at, alone in crews_most_alone(f).items()}


def within_crews(f: Factors, items: Collection[Item], last: int) -> float:
    """Most of the items that the crews up to ``last`` can do, of each resource in turn."""
    return min((_within(f, crew, items, last) for crew in sorted({row.crew for row in f.case.crews})),
               default=sum(item.amount for item in items))


def _within(f: Factors, crew: str, items: Collection[Item], last: int) -> float:
    """Most of the items that one resource can do: those of least need first, within region, all regions with a row, and
    country (nested, so exact)."""
    pool = pools(f)[crew, min(max(last, f.case.settings.plan_from - 1), f.case.settings.last_year)]
    rows, left = pool.rows, dict(pool.left)
    total = 0.0
    for need, project, most in sorted([(item.needs.get(crew, 0.0), item.project, item.amount) for item in items]):
        if need <= 0:
            total += most
            continue
        region = f.case.project(project).region
        mine: list[object] = [row for row in (None, region) if row in rows]
        if region is not None and region in rows and pool.limited:
            mine.append("regions")
        amount = min([most, *(left[row] / need for row in set(mine))])
        for row in set(mine):
            left[row] -= amount * need
        total += amount
    return total
