"""The most, and the least, that a measure can come to: bounds that hold for every plan, each from one kind of limit
alone.

They need no solver and overlook how limits act together, so a value within them may still be out of reach; one outside
never is in it. Money is nominal bn KZT; ``most`` and ``least`` are in the target's own unit (a share as a fraction).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from jaryq.case.case import Facility, Package, Target
from jaryq.case.scope import by_owner, draws_on, projects_of
from jaryq.factors.derive import Factors
from jaryq.factors.largest import most
from jaryq.factors.linear import Decision
from jaryq.factors.measures import measured
from jaryq.factors.stretch_targets import most_apart
from jaryq.factors.weights import weights
from jaryq.rules.affordable import (
    TOLERANCE,
    money_together,
    must,
    payable,
    payable_share,
)
from jaryq.rules.costs import costs_of
from jaryq.rules.reach_works import MONEY, NOBODY, SHARES, TIME, Bound, most_of_works, reach_of


def upper(f: Factors, target: Target) -> tuple[Bound, ...]:
    """Upper bounds of a measure by kind of limit; none for measures of debt, of which nothing simple holds."""
    mine = projects_of(f.case, target)
    if target.measure in ("km", "facilities", "share_done"):
        return most_of_works(f, target, mine)
    if target.measure == "spend":
        return _of_spending(f, target, mine)
    if target.measure in ("draw", "borrowing"):
        return _of_draws(f, target, mine)
    if target.quantity is not None:
        return _of_quantity(f, target)
    return ()


def _of_quantity(f: Factors, target: Target) -> tuple[Bound, ...]:
    """Most of a quantity by its coefficients; what follows from the condition is not derived for a rule."""
    if f.case.quantities[target.quantity or ""].derived:
        return ()
    return (Bound(most(f, measured(f, target).part, partial(_box, f)), TIME),)


def _box(f: Factors, decision: Decision) -> float:
    """The most of a start, of km renewed in a period, or of what stretches change beside the means of their
    packages."""
    family, index = decision
    if family == "apart":
        return most_apart(f, index[0], 1.0)
    key, t = index
    return 1.0 if family == "start" else f.bounds.km[key, t]


def lower(f: Factors, target: Target) -> float:
    """Least that a measure comes to by what is done and must be done; a quantity may be negative."""
    if target.quantity is not None:
        return -math.inf
    if by_owner(target):
        return 0.0  # what is forced may be paid so that others owe it
    mine = {project.id: project for project in projects_of(f.case, target)}
    bound = [rows for rows in must(f) if all(p in mine for p in rows)]
    if target.measure in ("km", "facilities", "share_done"):
        values = _values(f, target, mine.values())
        in_time = [rows for rows in bound if all(start.finish.year <= target.year for p in rows
                                                 for start in f.works.starts[p])]
        return reach_of(f, target, tuple(mine.values())).done + sum(min(values[p] for p in rows) for rows in in_time)
    if target.measure == "draw":
        sources = {s for s, source in f.case.sources.items() if draws_on(target, source)}
        bound = [rows for rows in bound if all(set(f.bounds.pays[p]) <= sources for p in rows)]
    elif target.measure != "spend":
        return 0.0
    return sum(costs_of(f).least(rows, target.year_first, target.year) for rows in bound)


def _values(f: Factors, target: Target, mine: Collection[Facility | Package]) -> Mapping[str, float]:
    """What a whole facility, or a km of a package, adds to a measure of works."""
    each, whole = weights(f.case, target.measure, mine)
    return {project.id: each.get(project.id, 0.0) / whole if whole > 0 else 0.0 for project in mine}


def most_spending(f: Factors, p: str, first: int, last: int) -> float:
    """Most that a project can cost in these years."""
    if p in f.case.facilities:
        return costs_of(f).most(p, first, last)
    package = f.case.packages[p]
    left = max(package.km - package.km_done, 0.0)
    costs = sorted((f.money.km_cost[p, u] for u in costs_of(f).years[p] if first <= u <= last), reverse=True)
    total = 0.0
    for cost in costs:
        km = left if package.km_per_year is None else min(left, package.km_per_year)
        total, left = total + km * cost, left - km
    return total


def _of_spending(f: Factors, target: Target, mine: Sequence[Facility | Package]) -> tuple[Bound, ...]:
    first, last = target.year_first, target.year
    most = {project.id: most_spending(f, project.id, first, last) for project in mine}
    paid = [p for p, amount in most.items() if amount > 0 and payable(f)[p] > 1 - TOLERANCE]
    return (
        Bound(sum(most.values()), TIME),
        Bound(sum(most[p] for p in paid), NOBODY),
        Bound(money_together(f, {s for p in paid for s in f.bounds.pays[p]}, first, last), MONEY),
    )


def _of_draws(f: Factors, target: Target, mine: Sequence[Facility | Package]) -> tuple[Bound, ...]:
    first, last = target.year_first, target.year
    sources = {s for s, source in f.case.sources.items() if source.open and draws_on(target, source)}
    lines = 0.0
    if target.measure == "borrowing":
        sources = {s for s in sources if f.case.sources[s].kind == "loan"}
        if len(mine) == len(f.case.projects):
            lines = sum(amount for (s, u), amount in f.bounds.line.items() if s in sources and first <= u <= last)
    else:
        sources = {s for s in sources if not f.case.sources[s].draws_to}
    ends = f.case.settings.plan_from, f.case.settings.last_year
    # A share holds over all years of a project: in some of them a source may pay all there is to pay.
    paid = [min(most_spending(f, p.id, first, last), most_spending(f, p.id, *ends) * payable_share(f, p.id, sources))
            for p in mine]
    return (
        Bound(lines + sum(paid), SHARES),
        Bound(money_together(f, sources, first, last), MONEY),
    )
