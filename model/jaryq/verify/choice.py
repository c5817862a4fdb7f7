"""What is done only together with others, and how many of a group (docs/numbers.md, Order, choice, variants, shared
trenches)."""

from __future__ import annotations

from math import fsum

from jaryq.verify.finding import Ledger
from jaryq.verify.schedule import Schedule


def verify_choice(schedule: Schedule, ledger: Ledger) -> None:
    """only_with, choice."""
    for key, project in schedule.case.projects.items():
        for other in project.only_with:
            _verify_company(schedule, key, other, ledger)
    for key, number in chosen(schedule).items():
        group = schedule.case.choices[key]
        if group.at_least is not None:
            ledger.note("choice", f"at_least[{key}]", number, ">=", float(group.at_least), "facilities")
        if group.at_most is not None:
            ledger.note("choice", f"at_most[{key}]", number, "<=", float(group.at_most), "facilities")


def _verify_company(schedule: Schedule, key: str, other: str, ledger: Ledger) -> None:
    """Of a package its km against that share of the km left."""
    there = 1.0 if any(schedule.case.facilities[one].done is not None for one in schedule.case.meets(other)) \
        else fsum(_share(schedule, one) for one in schedule.case.meets(other))
    if key in schedule.case.facilities:
        ledger.note("only_with", f"start[{key}] with {other}", _share(schedule, key), "<=", there, "share")
        return
    package = schedule.case.packages[key]
    left = max(0.0, package.km - fsum(package.done.values()))
    km = fsum(amount for _, amount in schedule.renewals.get(key, ()))
    ledger.note("only_with", f"renew[{key}] with {other}", km, "<=", left * there, "km", left)


def chosen(schedule: Schedule) -> dict[str, float]:
    """How many facilities of each group are done: shares of the plan, and those that ``progress`` calls done."""
    return {key: fsum(1.0 if facility.done is not None else _share(schedule, facility.id)
                      for facility in schedule.case.facilities.values() if key in facility.choices)
            for key in schedule.case.choices}


def _share(schedule: Schedule, facility: str) -> float:
    return fsum(share for _, share in schedule.starts.get(facility, ()))
