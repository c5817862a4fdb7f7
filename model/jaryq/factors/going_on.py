"""A plan in a future in which works are late: what is planned goes on (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jaryq.case.lots import lots_of
from jaryq.case.plan import Plan
from jaryq.factors.derive import Factors, derive


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
