"""What a plan reaches of each target row, and what a shortfall costs (docs/numbers.md: Targets)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.case.case import Target
from jaryq.factors.derive import Factors
from jaryq.factors.measures import measured
from jaryq.factors.soft_rows import by_priority
from jaryq.report.amounts import Amounts
from jaryq.sheets.measures import SLOPES, WIDTHS


def reached(amounts: Amounts, target: Target) -> float:
    """Value of the target's measure, in its own unit (km, facilities, fraction, bn KZT; of not_supplied and losses that
    of the row)."""
    return measured(amounts.factors, target).on(amounts.plan)


def short_by(amounts: Amounts, target: Target) -> float:
    """By how much a plan misses a target, in the unit of its shortfall (of a ratio that of its part), >= 0."""
    return measured(amounts.factors, target).missed(amounts.plan, target)


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


def largest_missed(f: Factors, short: Mapping[str, float], excess: Mapping[str, float]) -> dict[str, float]:
    """The largest normalised shortfall of each priority that has several rows, of targets or of other rules."""
    rows = {n: by_priority(f, n) for n in ("1", "2", "3")}
    return {n: max((short.get(t.id, 0.0) + excess.get(t.id, 0.0)) / t.scale for t in mine)
            for n, mine in rows.items() if len(mine) > 1}


def priority_costs(f: Factors, short: Mapping[str, float], excess: Mapping[str, float]) -> dict[str, float]:
    """Convex cost of the shortfalls of each priority that has rows: ``{"1": ..., "2": ...}``."""
    costs: dict[str, float] = {}
    for priority in ("1", "2", "3"):
        if rows := by_priority(f, priority):
            costs[priority] = math.fsum(convex(amount.get(t.id, 0.0) / t.scale) for t in rows
                                        for amount in (short, excess))
    return costs
