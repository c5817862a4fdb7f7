"""Trenches that two packages share (docs/numbers.md, Order, choice, variants, shared trenches)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.case.plan import Plan
from jaryq.verify.calendar import by_year
from jaryq.verify.finding import Ledger
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import Schedule
from jaryq.verify.works import kind_of


def verify_trenches(schedule: Schedule, plan: Plan, ledger: Ledger) -> None:
    """trench_joint, trench_km."""
    km = {(package, position): amount for package, rows in schedule.renewals.items() for position, amount in rows}
    positions = schedule.calendar.positions()
    for row in schedule.case.trenches:
        joint = {positions[label]: amount for (key, label), amount in plan.joint.items() if key == row.id}
        for position, amount in joint.items():
            for package in (row.package, row.other):
                place = f"joint[{row.id},{schedule.calendar.label(position)}]"
                ledger.note("trench_joint", place, amount, "<=", km.get((package, position), 0.0), "km")
        ledger.note("trench_km", f"joint[{row.id}]", fsum(joint.values()), "<=", row.km, "km")


def trench_savings(schedule: Schedule, plan: Plan, prices: Prices) -> dict[tuple[str, int], float]:
    """Nominal bn KZT by (package that becomes cheaper, year)."""
    rows = {row.id: row for row in schedule.case.trenches}
    positions = schedule.calendar.positions()
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (key, label), km in plan.joint.items():
        row, year = rows[key], schedule.calendar.year(positions[label])
        kind = kind_of(schedule.case, schedule.case.packages[row.package])
        found[row.package].append((year, row.saving * km * prices.cost(kind, year)))
    return {(package, year): amount for package, amounts in sorted(found.items())
            for year, amount in by_year(amounts).items()}
