"""The most, and the least, that a measure can come to: bounds that hold for every plan, each from one kind of limit
alone.

They need no solver and overlook how limits act together, so a value within them may still be out of reach; one outside
never is in it. Money is nominal bn KZT; ``most`` and ``least`` are in the target's own unit (a share as a fraction).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Target
from jaryq.case.scope import by_owner, draws_on, projects_of
from jaryq.factors.bounds import grown
from jaryq.factors.derive import Factors
from jaryq.factors.largest import most
from jaryq.factors.linear import Decision
from jaryq.factors.measures import measured, weights
from jaryq.factors.schedule import Start
from jaryq.rules.crews import Item, crew_years, crew_years_of_km, within_crews

SCOPE = Text("what is in scope", "объём программы")
TIME = Text("windows, durations and km a year", "сроки, длительность работ и км в год")
NOBODY = Text("projects that nobody may pay for in full", "проекты, которые некому оплатить полностью")
CREWS = Text("the works capacity", "мощность строителей")
SHARES = Text("what its projects cost in these years and the largest shares",
              "стоимость проектов в эти годы и наибольшие доли")
MONEY = Text("the money of the sources", "деньги источников")
TOLERANCE = 1e-6
Given = Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class Bound:
    """An upper bound on a measure and the kind of limit it comes from."""

    most: float
    why: Text


@once
def draws_by_year(f: Factors) -> Given:
    """Most that all sources together may draw for a project in a year."""
    given: dict[tuple[str, int], float] = {}
    for (_, p, u), amount in f.bounds.draw.items():
        given[p, u] = given.get((p, u), 0.0) + amount
    return given


def money_of(f: Factors, s: str, first: int, last: int) -> float:
    """Most that a source can pay in the years ``first..last``, nominal bn KZT: its money, what is carried into them,
    income and lines that feed it."""
    known = _moneys(f)
    if (s, first, last) not in known:
        known[s, first, last] = _money_of(f, s, first, last)
    return known[s, first, last]


@once
def _moneys(f: Factors) -> dict[tuple[str, int, int], float]:
    """What ``money_of`` has found so far."""
    return {}


def _money_of(f: Factors, s: str, first: int, last: int) -> float:
    source, plan_from = f.case.sources[s], f.case.settings.plan_from
    years = [u for u in f.bounds.years[s] if first <= u <= last]
    if not years or not source.open:
        return 0.0
    so_far = [u for u in f.case.settings.years if u <= last]
    growth = grown(f.case, source, last)
    limit = math.inf
    if source.carry_over in ("fund", "loan"):
        if all(u in source.ceilings for u in so_far):
            limit = sum(source.ceilings[u] for u in so_far) * growth
    elif all(u in source.ceilings for u in years):
        limit = sum(source.ceilings[u] for u in years)
        if source.carry_over == "one_year" and first > plan_from:
            limit += source.keep * source.ceilings.get(first - 1, 0.0)
    if s in f.bounds.envelope:
        limit = min(limit, f.bounds.envelope[s])
    rate = max(f.money.exchange[s, u] for u in years)
    fed = sum(max((sum(a for u, a in f.money.income[p, start.period.label].items() if u <= last)
                   for start in f.works.starts[p]),
                  default=0.0) for p in f.money.feeds.get(s, ()))
    fed += sum(amount for (loan, u), amount in f.bounds.line.items() if f.case.sources[loan].draws_to == s
               and u <= last)
    return limit * rate + fed * growth * rate / min(f.money.exchange[s, u] for u in so_far)


def money_together(f: Factors, sources: Collection[str], first: int, last: int) -> float:
    """Most that several sources can pay in the years ``first..last``, within the envelopes of their groups."""
    by_group: dict[str | None, float] = {}
    for s in sorted(sources):
        group = f.case.sources[s].group
        by_group[group] = by_group.get(group, 0.0) + money_of(f, s, first, last)
    return sum(min(amount, _envelope(f, group)) for group, amount in by_group.items())


def _envelope(f: Factors, group: str | None) -> float:
    envelope = f.case.groups[group].envelope if group else None
    return math.inf if envelope is None else envelope


def payable_share(f: Factors, p: str, sources: Collection[str]) -> float:
    """Most of a project's cost that these sources may pay, as a share (at most 1): largest shares of sources and
    groups, counterpart money."""
    home = any(f.case.sources[s].kind in ("budget", "own") and not f.case.sources[s].foreign for s in f.bounds.pays[p])
    by_group: dict[str | None, float] = {}
    for s in f.bounds.pays[p]:
        if s in sources and (home or f.case.sources[s].counterpart == 0):
            group = f.case.sources[s].group
            # What was spent on a started project before counts in its shares, so more of the rest may come from one
            # source.
            by_group[group] = by_group.get(group, 0.0) + (1.0 if p in f.money.spent_before
                                                          else f.bounds.share_most.get((s, p), 1.0))
    return min(1.0, sum(min(share, _share(f, group)) for group, share in by_group.items()))


def _share(f: Factors, group: str | None) -> float:
    share = f.case.groups[group].max_share if group else None
    return math.inf if share is None else share


def spending(start: Start, f: Factors, p: str, first: int, last: int) -> float:
    """Outlay of a facility from one of its starts in the years ``first..last``."""
    return math.fsum(amount for u, amount in f.money.outlay[p, start.period.label].items() if first <= u <= last)


def least_spending(f: Factors, p: str, first: int, last: int) -> float:
    """Least that a facility costs in these years if it is done at all."""
    return min((spending(start, f, p, first, last) for start in f.works.starts[p]), default=0.0)


def least_of_any(f: Factors, rows: Collection[str], first: int, last: int) -> float:
    """Least that a commitment costs in these years, whichever of its rows is done."""
    return min((least_spending(f, p, first, last) for p in rows), default=0.0)


@once
def must(f: Factors) -> list[tuple[str, ...]]:
    """The commitments of every plan: of each the rows that have a start, one of which is done."""
    alone = ((key,) for key, facility in f.case.facilities.items() if facility.must and f.works.starts[key])
    any_of = (tuple(p for p in f.case.any_of(asset) if f.works.starts[p]) for asset in f.case.assets)
    return [*alone, *(rows for rows in any_of if rows)]


def upper(f: Factors, target: Target, given: Given) -> tuple[Bound, ...]:
    """Upper bounds of a measure by kind of limit; none for measures of debt, of which nothing simple holds. ``given``:
    of ``draws_by_year``."""
    mine = projects_of(f.case, target)
    if target.measure in ("km", "facilities", "share_done"):
        return _of_works(f, target, mine, given)
    if target.measure == "spend":
        return _of_spending(f, target, mine)
    if target.measure in ("draw", "borrowing"):
        return _of_draws(f, target, mine)
    if target.quantity is not None:
        return _of_quantity(f, target)
    return ()


def _of_quantity(f: Factors, target: Target) -> tuple[Bound, ...]:
    """Most of a quantity by its coefficients; what follows from the condition is not derived for a check."""
    if f.case.quantities[target.quantity or ""].derived:
        return ()
    return (Bound(most(f, measured(f, target).part, partial(_box, f)), TIME),)


def _box(f: Factors, decision: Decision) -> float:
    """The most of a start, or of km renewed in a period."""
    family, (key, t) = decision
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
        return measured(f, target).part.constant + sum(min(values[p] for p in rows) for rows in in_time)
    if target.measure == "draw":
        sources = {s for s, source in f.case.sources.items() if draws_on(target, source)}
        bound = [rows for rows in bound if all(set(f.bounds.pays[p]) <= sources for p in rows)]
    elif target.measure != "spend":
        return 0.0
    return sum(least_of_any(f, rows, target.year_first, target.year) for rows in bound)


def _values(f: Factors, target: Target, mine: Collection[Facility | Package]) -> Mapping[str, float]:
    """What a whole facility, or a km of a package, adds to a measure of works."""
    each, whole = weights(f.case, target.measure, mine)
    return {project.id: each.get(project.id, 0.0) / whole if whole > 0 else 0.0 for project in mine}


def _of_works(f: Factors, target: Target, mine: Sequence[Facility | Package], given: Given) -> tuple[Bound, ...]:
    values, last = _values(f, target, mine), target.year
    done = measured(f, target).part.constant
    items = [item for project in mine if (item := _item(f, project, values[project.id], last)) is not None]
    paid = [item for item in items if item.cost <= 0 or payable_share(f, item.project, f.bounds.pays[item.project]) > 1
            - TOLERANCE]
    found = [
        Bound(done + _once(f, ((item.project, item.scope) for item in items)), SCOPE),
        Bound(done + _once(f, ((item.project, item.amount) for item in items)), TIME),
        Bound(done + sum(item.amount for item in paid), NOBODY),
        Bound(done + within_crews(f, paid, last), CREWS),
        Bound(done + within_money(f, paid, last, given), MONEY),
    ]
    if target.measure == "facilities" and f.case.settings.whole:
        found = [Bound(math.floor(bound.most + TOLERANCE), bound.why) for bound in found]
    return tuple(found)


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
        inside = [start for start in f.works.starts[p] if start.finish.year <= last]
        cost = min((spending(start, f, p, 0, last) for start in inside), default=0.0)
        needs: dict[str, float] = {}
        for crew, by_start in crew_years(f).get(p, ()) if inside else ():
            need = min(by_start.get(start.period.label, 0.0) for start in inside)
            needs[crew] = max(needs.get(crew, 0.0), need / value)
        return Item(p, value, value if inside else 0.0, needs, cost / value)
    left = max(project.km - project.km_done, 0.0)
    years = sorted({f.works.period_year[t] for t in f.works.open[p] if f.works.period_year[t] <= last})
    pace = left if project.km_per_year is None else min(left, project.km_per_year * len(years))
    mine = trenches_of(f).get(p, ())
    saved = {u: math.fsum(f.money.trench_saving[k, u] for k in mine) for u in years}
    cost = min((f.money.km_cost[p, u] - saved[u] for u in years), default=0.0)
    needs = {crew: need / value for crew, need in crew_years_of_km(f).get(p, {}).items()}
    return Item(p, left * value, (pace if years else 0.0) * value, needs, cost / value)


@once
def trenches_of(f: Factors) -> Mapping[str, Sequence[str]]:
    """Trenches that make a package cheaper."""
    found: dict[str, list[str]] = {}
    for trench in f.case.trenches:
        found.setdefault(trench.package, []).append(trench.id)
    return found


def within_money(f: Factors, items: Collection[Item], last: int, given: Given) -> float:
    """Most of the items that all money up to ``last`` can pay for: the cheapest first, after what must be done with the
    same money."""
    first = f.case.settings.plan_from
    here = {item.project for item in items}
    sources = {s for p in here for s in f.bounds.pays[p]}
    most = {p: sum(given.get((p, u), 0.0) for u in f.case.settings.years if u <= last) for p in here}
    pool = money_together(f, sources, first, last)
    others = (rows for rows in must(f) if not here & set(rows) and all(set(f.bounds.pays[p]) <= sources for p in rows))
    pool -= sum(least_of_any(f, rows, first, last) for rows in others)
    total = 0.0
    for item in sorted(items, key=lambda item: (item.cost, item.project)):
        amount = item.amount if item.cost <= 0 else min(item.amount, most[item.project] / item.cost,
                                                        max(pool, 0.0) / item.cost)
        pool -= amount * item.cost
        total += amount
    return total


def most_spending(f: Factors, p: str, first: int, last: int) -> float:
    """Most that a project can cost in these years."""
    if p in f.case.facilities:
        return max((spending(start, f, p, first, last) for start in f.works.starts[p]), default=0.0)
    package = f.case.packages[p]
    left = max(package.km - package.km_done, 0.0)
    costs = sorted((f.money.km_cost[p, u] for u in {f.works.period_year[t] for t in f.works.open[p]}
                    if first <= u <= last), reverse=True)
    total = 0.0
    for cost in costs:
        km = left if package.km_per_year is None else min(left, package.km_per_year)
        total, left = total + km * cost, left - km
    return total


def _of_spending(f: Factors, target: Target, mine: Sequence[Facility | Package]) -> tuple[Bound, ...]:
    first, last = target.year_first, target.year
    most = {project.id: most_spending(f, project.id, first, last) for project in mine}
    paid = [p for p, amount in most.items() if amount > 0 and payable_share(f, p, f.bounds.pays[p]) > 1 - TOLERANCE]
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
