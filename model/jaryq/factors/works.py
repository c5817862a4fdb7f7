"""Factors of works: allowed starts and periods, what crews they need, what crews there are (docs/numbers.md: Crews)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from jaryq.case.case import Case, Facility, Package, Project
from jaryq.case.lots import lots_of
from jaryq.case.since import last_done
from jaryq.case.works import Trench
from jaryq.factors.order import Wait, waits
from jaryq.factors.schedule import Start, capacity_in, crew_shares, need_of, needed_by, open_periods, starts

Need = Mapping[tuple[str, str], Mapping[str, float]]


@dataclass(frozen=True)
class Rooms:
    """Crew-years of resource row w in period t: ``own[w, t]`` its capacity, and the most that may be added
    (``extra``), lent and borrowed there (absent: nothing)."""

    own: Mapping[tuple[str, str], float]
    extra: Mapping[tuple[str, str], float]
    lent: Mapping[tuple[str, str], float]
    borrowed: Mapping[tuple[str, str], float]


@dataclass(frozen=True, eq=False)
class Works:
    """starts[f]: allowed starts; open[n]: labels of the periods in which a package may be renewed;
    crew_need[w]: crew-years of resource row w by (facility, start) and period; crew_km[w]: per km of a package; rooms:
    what crews there are; trenches[k]: the row of a shared trench; period_year[t], position[t]: year and place of a
    period; last[p, t]: what of the last plan this one can meet, share of a facility or km of a package; waits[p, q, v]:
    what works of ``p`` wait for, through rows ``v`` in between."""

    starts: Mapping[str, tuple[Start, ...]]
    open: Mapping[str, tuple[str, ...]]
    crew_need: Mapping[str, Need]
    crew_km: Mapping[str, Mapping[str, float]]
    rooms: Rooms
    trenches: Mapping[str, Trench]
    period_year: Mapping[str, int]
    position: Mapping[str, int]
    last: Mapping[tuple[str, str], float]
    waits: Mapping[tuple[str, str, str], Wait]

    @cached_property
    def start_at(self) -> Mapping[tuple[str, str], Start]:
        """Allowed starts by facility and period."""
        return {(key, start.period.label): start for key, mine in self.starts.items() for start in mine}

    @cached_property
    def shared(self) -> Mapping[tuple[str, int], tuple[tuple[str, str], ...]]:
        """Places (trench, period), sorted, in which km of a package may share a trench, by package and year."""
        found: dict[tuple[str, int], list[tuple[str, str]]] = {}
        for trench in self.trenches.values():
            other = set(self.open[trench.other])
            for t in self.open[trench.package]:
                if t in other:
                    found.setdefault((trench.package, self.period_year[t]), []).append((trench.id, t))
        return {key: tuple(sorted(places)) for key, places in found.items()}


OF_WORKS = ("settings", "periods", "regions", "asset_types", "facilities", "packages", "crews", "outages", "trenches",
            "before", "sequence")
"""What the works of a case follow from (held by a test)."""


def works_of(case: Case, like: tuple[Case, Works] | None = None) -> Works:
    """Factors of the works of a case. They follow from the fields ``OF_WORKS`` alone. ``like``: another case and its
    works, whose facilities have the same starts where they are the same."""
    known = {} if like is None else dict(_starts_alike(case, *like))
    possible = in_lots(case, {key: known[key] if key in known else starts(case, facility)
                              for key, facility in case.facilities.items()})
    crew_km: dict[str, dict[str, float]] = {crew.id: {} for crew in case.crews}
    for n, package in case.packages.items():
        for crew in case.crews_in(package.region):
            if (amount := need_of(case, crew, package)) > 0:
                crew_km[crew.id][n] = amount
    return Works(
        starts=possible, crew_need=_needs(case, possible, known, like), crew_km=crew_km, rooms=rooms(case),
        open={n: tuple(p.label for p in open_periods(case, package)) for n, package in case.packages.items()},
        trenches={trench.id: trench for trench in case.trenches},
        period_year={p.label: p.year for p in case.periods},
        position={p.label: p.position for p in case.periods}, last=last_done(case), waits=waits(case, possible),
    )


def _starts_alike(case: Case, other: Case, works: Works) -> Iterator[tuple[str, tuple[Start, ...]]]:
    """Facilities, in no lot with another, that have the starts of another case: that differs in facilities and packages
    alone, and in neither them nor their variants."""
    if any(getattr(case, name) != getattr(other, name) for name in OF_WORKS if name not in ("facilities", "packages")):
        return
    joined = {key for lot in (*lots_of(case).values(), *lots_of(other).values()) if len(lot.facilities) > 1
              for key in lot.facilities}
    for asset, keys in case.assets.items():
        if other.assets.get(asset) == keys and all(case.facilities[key] == other.facilities[key] for key in keys):
            yield from ((key, works.starts[key]) for key in keys if key not in joined)


def in_lots(case: Case, possible: Mapping[str, tuple[Start, ...]]) -> dict[str, tuple[Start, ...]]:
    """Starts of facilities of a lot are those that all of its facilities may make."""
    found = dict(possible)
    for lot in lots_of(case).values():
        if len(lot.facilities) > 1:
            common = set.intersection(*({start.period.label for start in possible[f]} for f in lot.facilities))
            for f in lot.facilities:
                found[f] = tuple(start for start in possible[f] if start.period.label in common)
    return found


def _needs(case: Case, possible: Mapping[str, tuple[Start, ...]], known: Collection[str],
           like: tuple[Case, Works] | None) -> Mapping[str, Need]:
    """Crew-years of each resource row by (facility, start) and period; of ``known`` facilities those of ``like``."""
    found: dict[str, dict[tuple[str, str], Mapping[str, float]]] = {crew.id: {} for crew in case.crews}
    for key, facility in case.facilities.items():
        if like is not None and key in known:
            for crew in case.crews:
                of = like[1].crew_need[crew.id]
                found[crew.id] |= {at: of[at] for start in possible[key] if (at := (key, start.period.label)) in of}
            continue
        for crew in needed_by(case, facility):
            for start in possible[key]:
                amount = need_of(case, crew, facility, start.works[1] - start.works[0])
                if amount > 0:
                    shares = crew_shares(case, crew, start)
                    found[crew.id][key, start.period.label] = {t: share * amount for t, share in shares.items()}
    return found


def rooms(case: Case, known: tuple[Case, Rooms] | None = None) -> Rooms:
    """Capacity of each resource row by period, and how far it can move. ``known``: those of a case with the same
    periods, whose rows have the same where they are the same."""
    rows = {crew.id: crew for crew in case.crews}
    before = {} if known is None else known[0].crew_at
    own: dict[tuple[str, str], float] = {}
    for w, crew in sorted(rows.items()):
        of = [p for p in case.periods if p.year in crew.capacity]
        if known is not None and before.get(w) is crew:
            own |= {(w, p.label): known[1].own[w, p.label] for p in of}
        else:
            own |= {(w, p.label): capacity_in(case, crew, p) for p in of}
    lent = {key: most for key, there in own.items() if rows[key[0]].region is not None
            and (most := rows[key[0]].lend_share * there) > 0}
    pool: dict[tuple[str, str], float] = {}
    for (w, t), most in lent.items():
        pool[rows[w].crew, t] = pool.get((rows[w].crew, t), 0.0) + most
    extra = {key: most for key, there in own.items() if (most := rows[key[0]].extra_share * there) > 0}
    others = {(w, t): pool.get((rows[w].crew, t), 0.0) - lent.get((w, t), 0.0) for w, t in own
              if rows[w].region is not None}
    return Rooms(own, extra, lent, {key: most for key, most in others.items() if most > 0})


def done_before(project: Project, year: int) -> float:
    """What was done of a project before the plan, by the end of ``year``: a whole facility, km of a package."""
    if isinstance(project, Facility):
        return float(project.done is not None and project.done <= year)
    return sum(km for y, km in project.done.items() if y <= year) if isinstance(project, Package) else 0.0
