"""A plan in a future in which works are late: what is planned goes on (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from jaryq.case.lots import lots_of
from jaryq.case.plan import Plan
from jaryq.factors.benefits import risks_of
from jaryq.factors.bounds import payers
from jaryq.factors.derive import Factors, derive
from jaryq.factors.risk import Risk


def going_on(f: Factors, plan: Plan) -> Factors:
    """Factors in which each facility of the plan may begin as planned, or later, also where its works end after its
    latest year or the last period: it is paid in the planned years; what ends after them is not finished. The same
    factors where all of the plan ends in time."""
    position = f.works.position
    late: dict[str, str] = {}
    for (p, t), share in sorted(plan.start.items(), key=lambda item: -position[item[0][1]]):
        starts = f.works.starts.get(p)
        if share > 0 and starts is not None and not any(s.period.position >= position[t] for s in starts):
            late[p] = t
    return _from(f, late)


def held_starts(f: Factors, plan: Plan) -> Mapping[tuple[str, str], float]:
    """Where the facilities of a plan begin, by their shares: as planned, or at the next start that there is."""
    position, found = f.works.position, dict[tuple[str, str], float]()
    for (p, t), share in plan.start.items():
        later = (s.period for s in f.works.starts.get(p, ()) if s.period.position >= position[t])
        if (at := min(later, key=lambda period: period.position, default=None)) is not None:
            found[p, at.label] = min(1.0, found.get((p, at.label), 0.0) + share)
    return found


def standing(f: Factors, plan: Plan, like: Factors) -> Factors:
    """Factors of ``going_on`` with nothing but what may be decided where the plan's starts are held: no other start of
    a facility, no draw for one that is not begun. What must be done and is not planned keeps its starts, and a source
    that must be drawn its draws, so that a program without a plan stays without one. Benefits, prices and bounds are
    those of all starts; failures over time are taken from ``like`` where they are the same."""
    stays = going_on(f, plan)
    works, bounds = stays.works, stays.bounds
    kept, must = held_starts(stays, plan), bound(stays) - {p for p, _ in plan.start}
    starts = {p: tuple(s for s in mine if p in must or (p, s.period.label) in kept)
              for p, mine in works.starts.items()}
    done = {p for p, mine in starts.items() if mine} | set(stays.case.packages)
    draws = {(s, p): most for (s, p), most in bounds.draws.items() if p in done or stays.case.sources[s].must_draw}
    at = {(p, s.period.label) for p, mine in starts.items() for s in mine}
    money = replace(stays.money, outlay={key: by for key, by in stays.money.outlay.items() if key in at},
                    income={key: by for key, by in stays.money.income.items() if key in at})
    crew_need = {w: {key: need for key, need in needs.items() if key in at} for w, needs in works.crew_need.items()}
    rates = cache(lambda: Risk(stays.case, stays.prices, starts, works.open, like.rates))
    later = cache(lambda: risks_of(stays.case, stays.prices, works, stays.money, rates(), like.risk, asked=starts))
    return replace(
        stays, money=money, rates_later=rates, later=later, works=replace(works, starts=starts, crew_need=crew_need),
        bounds=replace(bounds, draws=draws, drawn_by=payers(draws, stays.case)))


def musts_going_on(f: Factors, base: Factors) -> Factors:
    """Factors in which what must be done and cannot be in time (``late_musts``) may begin from the first period on in
    which ``base`` lets it begin, and goes on whenever it ends. The same factors where all of it ends in time."""
    first = f.case.periods[0].label
    return _from(f, {p: base.works.starts[p][0].period.label if base.works.starts.get(p) else first
                     for p in sorted(late_musts(f))})


def _from(f: Factors, late: Mapping[str, str]) -> Factors:
    """Factors in which facilities go on from a period, by its label."""
    if not late:
        return f
    facilities = {p: replace(one, goes_on=late[p]) if p in late else one for p, one in f.case.facilities.items()}
    return derive(replace(f.case, facilities=facilities), f)


def bound(f: Factors) -> frozenset[str]:
    """Facilities that must be done, and those that may do in their place."""
    return frozenset(key for key, one in f.case.facilities.items()
                     if one.done is None and (one.must or key in f.case.any_of(one.asset)))


def late_commitments(f: Factors, plan: Plan) -> Plan:
    """Of a plan the starts of what must be done and cannot be in time any more, and of what is in a lot with it."""
    late = late_musts(f)
    return replace(plan, start={at: share for at, share in plan.start.items() if at[0] in late})


def late_musts(f: Factors) -> set[str]:
    """What must be done and has no start in time, nor a variant in its place, and what is in a lot with it."""
    starts = f.works.starts
    late = {key for key in bound(f)
            if not any(starts[other] for other in f.case.any_of(f.case.facilities[key].asset) or (key,))}
    for lot in lots_of(f.case).values():
        if not late.isdisjoint(lot.facilities):
            late |= set(lot.facilities)
    return late
