"""Targets: shortfalls, their cost by priority and in the objective (docs/numbers.md, Targets)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from jaryq.base.home import BILLION
from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.verify.finding import Ledger
from jaryq.verify.measures import Measures

UNITS_OF = {"km": "km", "facilities": "facilities", "share_done": "share", "spend": BILLION,
            "spend_real": BILLION, "draw": BILLION, "debt_service": BILLION,
            "subsidy": BILLION, "debt_stock": BILLION, "borrowing": BILLION, "foreign_share": BILLION,
            "wear": "share", "red_zone": "facilities",
            "failures": "number", "not_supplied": "units", "losses": "units", "quantity": "unit of quantity",
            "deficit": "unit of capacity", "burden": "share", "guarantees": BILLION, "new_guarantees": BILLION}
"""Of the row that is checked: a share of debt is checked as an amount."""

WIDTH, LAST = 0.1, 10
"""Width of each step of the convex cost of a normalised shortfall; the slopes are 1, 2, .. up to that of the last one,
which is open."""


@dataclass(frozen=True)
class Missed:
    """What one row reached, and by how much it is missed (recomputed), in the target's unit: of foreign_share, which
    reaches a fraction, bn KZT.

    ``per_unit``: by how much ``reached`` moves with 1 bn KZT of debt, where it is a share of debt; ``priority`` and
    ``scale`` of the row.
    """

    reached: float
    short: float
    excess: float
    per_unit: float = 0.0
    priority: str = ""
    scale: float = 1.0


def normal(short: float, scale: float) -> float:
    """``u``; without a scale (a share of debt over projects that cost nothing) nothing may be missed."""
    return short / scale if scale > 0.0 else (math.inf if short > 0.0 else 0.0)


def convex(u: float) -> float:
    """Cost of a normalised shortfall: of every step whose beginning is passed what lies above it costs 1 more."""
    return fsum(max(0.0, u - WIDTH * step) for step in range(LAST))


def verify_targets(case: Case, plan: Plan, measures: Measures, ledger: Ledger) -> dict[str, Missed]:
    """target_hard, target_short, target_exact; and what each row reached and missed.

    A hard row has no shortfall, so any that is stated for it is too much; likewise an excess stated for a row without
    one.
    """
    results = {}
    for target in case.targets:
        unit, row = UNITS_OF[target.measure], measures.row(target)
        below, above = max(0.0, row.right - row.left), max(0.0, row.left - row.right)
        short = above if target.sense == "<=" else below
        excess = above if target.sense == "=" else 0.0
        results[target.id] = Missed(row.reached, short, excess, row.per_unit, target.priority, target.scale)
        terms = abs(row.left) + abs(row.right)
        hard = target.priority == "hard"
        if hard:
            ledger.note("target_hard", f"target[{target.id}]", row.left, target.sense, row.right, unit, terms)
        for name, true, stated in (("short", short, plan.short.get(target.id, 0.0)),
                                   ("excess", excess, plan.excess.get(target.id, 0.0))):
            if not hard:
                ledger.note("target_short", f"{name}[{target.id}]", stated, ">=", true, unit, terms)
            ledger.note("target_exact", f"{name}[{target.id}]", stated, "<=", true if not hard else 0.0, unit, terms)
    return results


def shortfall_costs(results: Iterable[Missed]) -> dict[str, float]:
    """Normalised shortfall cost of each priority: the sum of the convex cost over its rows."""
    costs: dict[str, list[float]] = {"1": [], "2": [], "3": []}
    for missed in results:
        if missed.priority in costs:
            costs[missed.priority] += [convex(normal(missed.short, missed.scale)),
                                       convex(normal(missed.excess, missed.scale))]
    return {priority: fsum(terms) for priority, terms in costs.items()}


def largest_shortfalls(results: Iterable[Missed]) -> dict[str, float]:
    """The largest normalised shortfall of each priority of two rows or more: the values of the stages ``spread_1``,
    ``spread_2``, ``spread_3``."""
    rows: dict[str, list[float]] = {"1": [], "2": [], "3": []}
    for missed in results:
        if missed.priority in rows:
            rows[missed.priority].append(max(normal(missed.short, missed.scale), normal(missed.excess, missed.scale)))
    return {priority: max(found) for priority, found in rows.items() if len(found) > 1}


def priced(case: Case, results: Mapping[str, Missed]) -> float:
    """What missed targets cost in the objective: those that have a price in place of a priority (conventions.md 10)."""
    rows = [(target, results[target.id]) for target in case.targets if target.priority == "price"]
    return fsum(target.price * (missed.short + missed.excess) for target, missed in rows)
