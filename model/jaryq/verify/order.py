"""What depends on what: works after others, variants of a facility, shared trenches (docs/numbers.md, Order, variants,
shared trenches)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.case.plan import Plan
from jaryq.verify.calendar import by_year
from jaryq.verify.finding import Ledger
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import Schedule
from jaryq.verify.works import kind_of


def check_order(schedule: Schedule, ledger: Ledger) -> None:
    """works_after, one_variant."""
    for key, facility in schedule.case.facilities.items():
        if facility.started is None:
            for other in facility.after:
                _check_after(schedule, key, other, ledger)
    for own, keys in schedule.assets.items():
        if len(keys) > 1:
            total = fsum(share for key in keys for _, share in schedule.starts.get(key, ()))
            ledger.note("one_variant", f"start[{own} and variants]", total, "<=", 1.0, "share")


def _check_after(schedule: Schedule, key: str, other: str, ledger: Ledger) -> None:
    """Shares started up to each start against those of the other facility, or of its variants, whose works end before
    these begin."""
    facilities = schedule.case.facilities
    waited_for = {other, *schedule.assets.get(other, ())}
    if any(facilities[one].done is not None for one in waited_for):
        return
    ended = [row for one in waited_for for row in schedule.finished(one)]
    so_far: list[float] = []
    for position, share in schedule.starts.get(key, ()):
        so_far.append(share)
        begin = position + schedule.works[key].begins
        ready = fsum(part for finish, part in ended if finish < begin)
        place = f"start[{key},{schedule.calendar.label(position)}] after {other}"
        ledger.note("works_after", place, fsum(so_far), "<=", ready, "share")


def check_trenches(schedule: Schedule, plan: Plan, ledger: Ledger) -> None:
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
    return {(package, year): amount for package, amounts in sorted(found.items()) for year,
            amount in by_year(amounts).items()}
