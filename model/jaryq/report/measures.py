"""What a plan reaches of each target row, and what a shortfall costs (docs/numbers.md: Targets)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.case.case import Case, Target
from jaryq.case.scope import draws_on, projects_of, weight_of
from jaryq.factors.risk import value
from jaryq.report.amounts import Amounts
from jaryq.report.borrowing import DEBT, beyond_share, debt
from jaryq.sheets.measures import OF_ASSETS, SLOPES, WIDTHS


def reached(amounts: Amounts, target: Target) -> float:
    """Value of the target's measure, in its own unit (km, facilities, fraction, bn KZT; of not_supplied and losses that
    of the row)."""
    case = amounts.case
    if target.measure in OF_ASSETS:
        return value(amounts.factors.risk.rates.terms(target), amounts.plan.start, amounts.plan.renew)
    scope = {project.id for project in projects_of(case, target)}
    if target.measure == "spend":
        return math.fsum(v for (p, y), v in amounts.outlay.items() if p in scope
                         and target.year_first <= y <= target.year)
    if target.measure == "draw":
        paying = {s for s, source in case.sources.items() if draws_on(target, source)}
        return math.fsum(v for (s, p, y), v in amounts.plan.draw.items() if s in paying and p in scope
                         and target.year_first <= y <= target.year)
    if target.measure in DEBT:
        return debt(amounts, target, scope)
    if target.measure == "km":
        return math.fsum(km_by(amounts, key, target.year) for key in sorted(scope) if key in case.packages)
    if target.measure == "facilities":
        return math.fsum(done_by(amounts, key, target.year)
                         for key in sorted(scope) if key in case.facilities and case.facilities[key].counts)
    return _share_done(amounts, sorted(scope), target.year)


def km_by(amounts: Amounts, package: str, year: int) -> float:
    """Km of a package renewed by 31 December of ``year``, what was done before included."""
    done = [v for y, v in amounts.case.packages[package].done.items() if y <= year]
    return math.fsum(done + [amounts.km.get((package, y), 0.0) for y in amounts.years if y <= year])


def done_by(amounts: Amounts, facility: str, year: int) -> float:
    """Share of a facility whose works have ended by 31 December of ``year`` (1 or 0 in a whole plan)."""
    done = amounts.case.facilities[facility].done
    if done is not None:
        return 1.0 if done <= year else 0.0
    plan = amounts.plan
    return math.fsum(
        plan.start.get((facility, start.period.label), 0.0)
        for start in amounts.factors.works.starts[facility] if start.finish.year <= year
    )


def _share_done(amounts: Amounts, scope: list[str], year: int) -> float:
    """Share of the overnight cost in scope that is done by the end of ``year``, as a fraction (0 for an empty scope). A
    variant has the weight of the facility it is a variant of, which counts once."""
    case = amounts.case
    assets = sorted({case.facilities[key].asset for key in scope if key in case.facilities})
    whole = math.fsum([*(case.facilities[key].overnight for key in assets),
                       *(weight_of(case.packages[key]) for key in scope if key in case.packages)])
    part = math.fsum(_weight_done(amounts, key, year) for key in scope)
    return part / whole if whole > 0 else 0.0


def _weight_done(amounts: Amounts, key: str, year: int) -> float:
    """Overnight cost of what is done of a project by the end of ``year``."""
    facilities = amounts.case.facilities
    if key in facilities:
        return facilities[facilities[key].asset].overnight * done_by(amounts, key, year)
    return amounts.case.packages[key].unit_cost * km_by(amounts, key, year)


def short_by(amounts: Amounts, target: Target) -> float:
    """By how much a plan misses a target, in the unit of its shortfall (of foreign_share bn KZT), >= 0."""
    if target.measure == "foreign_share":
        scope = {project.id for project in projects_of(amounts.case, target)}
        beyond = beyond_share(amounts, target, scope)
        return {">=": max(0.0, -beyond), "<=": max(0.0, beyond)}.get(target.sense, abs(beyond))
    return missed(target, reached(amounts, target))


def missed(target: Target, value: float) -> float:
    """By how much ``value`` misses the target, in its unit, >= 0."""
    if target.sense == ">=":
        return max(0.0, target.value - value)
    if target.sense == "<=":
        return max(0.0, value - target.value)
    return abs(value - target.value)


def convex(normalised: float) -> float:
    """Cost of a normalised shortfall: slopes 1, 2, .. 10 on widths of 0.1, the last open."""
    cost, left = 0.0, normalised
    for width, slope in zip((*WIDTHS, math.inf), SLOPES, strict=True):
        step = min(left, width)
        cost += slope * step
        left -= step
        if left <= 0.0:
            break
    return cost


def largest_missed(case: Case, short: Mapping[str, float], excess: Mapping[str, float]) -> dict[str, float]:
    """The largest normalised shortfall of each priority that has several rows."""
    rows = {n: [t for t in case.targets if t.priority == n] for n in ("1", "2", "3")}
    return {n: max((short.get(t.id, 0.0) + excess.get(t.id, 0.0)) / t.scale for t in mine) for n,
            mine in rows.items() if len(mine) > 1}


def priority_costs(case: Case, short: Mapping[str, float], excess: Mapping[str, float]) -> dict[str, float]:
    """Convex cost of the shortfalls of each priority that has rows: ``{"1": ..., "2": ...}``."""
    costs: dict[str, float] = {}
    for priority in ("1", "2", "3"):
        rows = [t for t in case.targets if t.priority == priority]
        if rows:
            costs[priority] = math.fsum(convex(amount.get(t.id, 0.0) / t.scale) for t in rows
                                        for amount in (short, excess))
    return costs
