"""Where more of a source could be drawn in the planned years: in place of other money in works of the plan, or for
works outside it. What is left beyond that can pay for nothing more (docs/numbers.md: Money left unused)."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jaryq.case.case import Facility, Source
from jaryq.case.ramps import ramps_of
from jaryq.factors.loans import new_loan
from jaryq.factors.pace import pace_to, paced
from jaryq.factors.ramps import allowed, amount
from jaryq.report.amounts import Amounts
from jaryq.report.carry import Year, left_over, years_of
from jaryq.report.held import group_left, holds, members
from jaryq.report.lenders import cumulative, signed
from jaryq.report.so_far import left_of_share, more_in

CLOSE = 1e-6
"""Less than a thousand tenge is nothing (bn), and the relative distance at which a limit counts as reached."""


class Left(NamedTuple):
    """What is left of a source, bn KZT: what could at most still pay for something, and what can pay for nothing
    more."""

    usable: float
    barred: float


class Place(NamedTuple):
    """Money of another payer in a work of the plan, bn KZT of the year, that a source might take the place of: no more
    than its share of what the work has cost so far leaves."""

    project: str
    year: int
    payer: str
    paid: float


@dataclass(frozen=True)
class Room:
    """Where more of a source could be drawn, bn KZT of the years.

    ``free``: years in which its own ceilings, envelope, pace and ramp let a little more be drawn; ``full``: its other
    years, with whether its ramp is what holds it; ``places``: what others pay in free years for what it may pay for,
    but where its share, its group, tied content or counterpart money is used up; ``within[p]``: what its share leaves
    in a project; ``beyond[p, y]``: most that it could pay for a work outside the plan in a free year, and ``cost[p]``
    for it in all.
    """

    free: tuple[int, ...]
    full: Mapping[int, bool]
    places: tuple[Place, ...]
    within: Mapping[str, float]
    beyond: Mapping[tuple[str, int], float]
    cost: Mapping[str, float]

    def replaced(self, years: Collection[int] | None = None) -> float:
        """Most of others' money whose place it could take (in these years)."""
        sums: dict[str, list[float]] = {}
        for place in self.places:
            if years is None or place.year in years:
                sums.setdefault(place.project, []).append(place.paid)
        return math.fsum(min(math.fsum(paid), self.within.get(p, math.inf)) for p, paid in sums.items())

    def added(self, years: Collection[int] | None = None) -> float:
        """Most that it could pay for works outside the plan (in these years)."""
        sums: dict[str, list[float]] = {}
        for (p, y), most in self.beyond.items():
            if years is None or y in years:
                sums.setdefault(p, []).append(most)
        return math.fsum(min(math.fsum(most), self.cost[p]) for p, most in sums.items())

    def most(self, years: Collection[int] | None = None) -> float:
        """Both."""
        return self.replaced(years) + self.added(years)


def room_of(found: Amounts, source: Source) -> Room:
    """The room of an open source."""
    bounds, s = found.factors.bounds, source.id
    years = bounds.years[s]
    full = {y: ramp for y in years if (ramp := _full(found, source, y)) is not None}
    free = tuple(y for y in years if y not in full)
    mine = bounds.drawn_by.get(s, ())
    places, within = [], {}
    for p in mine:
        if p not in found.spent or any(holds(found, source, found.case.projects[p]).values()):
            continue
        if left := left_of_share(found, s, p):
            within[p] = left[found.years[-1]]
        for r, y, paid in found.draws_of.get(p, ()):
            if r != s and y in free and bounds.has_draw(s, p, y):
                places.append(Place(p, y, r, min(paid, more_in(found, s, p, y))))
    places = [place for place in places if place.paid > CLOSE]
    cost = {p: most for p in mine if (most := outside(found, p) * bounds.share_most.get((s, p), 1.0)) > CLOSE}
    beyond = {(p, y): bounds.draw_most(s, p, y) for p in cost for y in free if bounds.has_draw(s, p, y)}
    return Room(free, full, tuple(places), within, beyond, cost)


def split(found: Amounts, source: Source, room: Room, left: float) -> Left:
    """What is ``left`` of a source, bn KZT: what lapses could pay in its years, what is left over in all that are free,
    no more than its pace and its group allow."""
    rate, rows = found.factors.money.exchange, years_of(found, source)
    parts = [(tuple(y for y in room.free if y == row.year or (y < row.year and source.carry_over != "none")),
              (row.lapsed or 0.0) * rate[source.id, row.year]) for row in rows]
    parts.append((room.free, (left_over(rows) or 0.0) * rate[source.id, rows[-1].year]))
    used = math.fsum(min(amount, room.most(years)) for years, amount in parts)
    own = set(members(found, source))
    grouped = group_left(found, source) + math.fsum(place.paid for place in room.places if place.payer in own)
    most = max(min(used, room.most(), _paced(found, source), grouped), 0.0)
    return Left(left, 0.0) if most >= left * (1.0 - CLOSE) else Left(most, left - most)


def _paced(found: Amounts, source: Source) -> float:
    """What the pace of a source lets be drawn more by its last year, bn KZT at the rate of that year."""
    years = found.factors.bounds.years[source.id]
    if not years or (most := most_signed(found, source)) is None or not paced(source):
        return math.inf
    more = pace_to(source, years[-1]) * most - cumulative(found, source, years[-1])
    return max(more, 0.0) * found.factors.money.exchange[source.id, years[-1]]


def most_signed(found: Amounts, source: Source) -> float | None:
    """What of a source may be signed at most, bn of its currency; None: no limit, or nothing is signed of it."""
    return source.envelope if new_loan(source, found.case.settings.plan_from) else signed(found, source)


def _full(found: Amounts, source: Source, year: int) -> bool | None:
    """Whether a year of a source is full (None if it is not), and if so, whether by its ramp."""
    for ramped in ramps_of(found.case).values():
        if (ramped.of, ramped.id) == ("source", source.id) and year in ramped.years and ramped.ramp.up is not None:
            most = allowed(found.factors, ramped, year).on(found.plan)
            if amount(found.factors, ramped, year).on(found.plan) >= most - CLOSE * max(1.0, most):
                return True
    return False if _spent(source, years_of(found, source), year) or _at_pace(found, source, year) else None


def _spent(source: Source, rows: tuple[Year, ...], year: int) -> bool:
    """Whether nothing is left of the ceiling of a year, with what was carried into it, or of the envelope."""
    if rows[-1].envelope_left is not None and rows[-1].envelope_left <= CLOSE:
        return True
    later = [row for row in rows if row.year >= year]
    if source.carry_over == "none":
        return _none(later[0].lapsed)
    rest = [one.left if one is rows[-1] else one.carried_out for one in later]
    if source.carry_over != "one_year":
        return any(map(_none, rest))
    if not _none(later[0].lapsed):
        return False
    for one, after in zip(rest, [*(row.lapsed for row in later[1:]), None], strict=True):
        if _none(one):
            return True
        if not _none(after):  # of what is carried over some lapses
            return False
    return False


def _none(amount: float | None) -> bool:
    """Whether nothing is left; without a limit there is no end of it."""
    return amount is not None and amount <= CLOSE


def _at_pace(found: Amounts, source: Source, year: int) -> bool:
    """Whether all is drawn that its pace lets be drawn by the end of the year or of a later one."""
    most = most_signed(found, source)
    if not paced(source) or most is None:
        return False
    return any(pace_to(source, y) < 1.0
               and cumulative(found, source, y) >= pace_to(source, y) * most * (1.0 - CLOSE) - CLOSE
               for y in found.factors.bounds.years[source.id] if y >= year)


def outside(found: Amounts, p: str) -> float:
    """What of a project is outside the plan, at its dearest start or km in the planned years, bn KZT. Nothing of a
    facility whose asset is done, here or by a variant of it."""
    project, money, works = found.case.projects[p], found.factors.money, found.factors.works
    if isinstance(project, Facility):
        variants = found.case.assets.get(project.asset, (p,))
        if any(found.case.facilities[v].done is not None for v in variants):
            return 0.0
        rest = 1.0 - math.fsum(found.share.get(v, 0.0) for v in variants)
        return max(rest, 0.0) * max((math.fsum(money.outlay[p, one.period.label].values())
                                     for one in works.starts[p]), default=0.0)
    km = project.km - project.km_done - found.renewed.get(p, 0.0)
    years = {works.period_year[t] for t in works.open[p]}
    return max(km, 0.0) * max((money.km_cost[p, y] for y in years), default=0.0)
