"""Trenches that two packages share (docs/numbers.md, Order, choice, variants, shared trenches)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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


def savings_at(schedule: Schedule, plan: Plan, prices: Prices) -> Iterator[tuple[str, int, float]]:
    """Package that becomes cheaper, position and nominal bn KZT of each decision to share a trench."""
    rows = {row.id: row for row in schedule.case.trenches}
    positions = schedule.calendar.positions()
    for (key, label), km in plan.joint.items():
        row, position = rows[key], positions[label]
        kind = kind_of(schedule.case, schedule.case.packages[row.package])
        yield row.package, position, row.saving * km * prices.cost(kind, schedule.calendar.year(position))


def trench_savings(schedule: Schedule, plan: Plan, prices: Prices) -> dict[tuple[str, int], float]:
    """Nominal bn KZT by (package that becomes cheaper, year)."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for package, position, amount in savings_at(schedule, plan, prices):
        found[package].append((schedule.calendar.year(position), amount))
    return {(package, year): amount for package, amounts in sorted(found.items())
            for year, amount in by_year(amounts).items()}
