"""Rows that are not on sheet targets and may fall short at a priority (docs/numbers.md, Targets)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jaryq.case.plan import Plan
from jaryq.verify.finding import Ledger
from jaryq.verify.targets import Missed


@dataclass(frozen=True)
class Soft:
    """A row ``left >= right - short`` of a plan. ``key``: of its shortfall; ``scale``: what a shortfall is a share of;
    ``terms``: sum of the absolute terms of the row."""

    key: str
    priority: str
    scale: float
    left: float
    right: float
    unit: str
    terms: float = 0.0


def verify_soft(rows: Iterable[Soft], plan: Plan, ledger: Ledger) -> dict[str, Missed]:
    """target_short and target_exact of these rows; what each missed."""
    results = {}
    for row in rows:
        short, stated = max(0.0, row.right - row.left), plan.short.get(row.key, 0.0)
        place, terms = f"short[{row.key}]", max(row.terms, abs(row.left) + abs(row.right))
        ledger.note("target_short", place, stated, ">=", short, row.unit, terms)
        ledger.note("target_exact", place, stated, "<=", short, row.unit, terms)
        results[row.key] = Missed(row.left, short, 0.0, priority=row.priority, scale=row.scale)
    return results
