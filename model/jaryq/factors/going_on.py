"""A plan in a future in which works are late: what is planned goes on (docs/numbers.md: Deciding before knowing)."""

from __future__ import annotations

from dataclasses import replace

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
    if not late:
        return f
    facilities = {p: replace(one, goes_on=late[p]) if p in late else one for p, one in f.case.facilities.items()}
    return derive(replace(f.case, facilities=facilities), f)
