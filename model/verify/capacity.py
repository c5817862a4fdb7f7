"""The checks of starts, kilometres and crews (docs/numbers.md, Time; sheets facilities, networks, crews)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from model.verify.finding import Ledger
from model.verify.schedule import Schedule, kind_of, window_of


def check_starts(schedule: Schedule, ledger: Ledger) -> None:
    """start_window, start_once, start_must, start_whole."""
    labels = list(schedule.calendar.positions())
    whole = schedule.case.settings.whole
    for key, facility in schedule.case.facilities.items():
        starts = schedule.starts.get(key, ())
        for position, share in starts:
            place = f"start[{key},{labels[position]}]"
            if position not in schedule.allowed[key]:
                ledger.note("start_window", place, share, "<=", 0.0, "share")
            if whole:
                ledger.note("start_whole", place, share, "=", 0.0 if abs(share) < abs(share - 1.0) else 1.0, "share", tolerance=0.0)
        total = fsum(share for _, share in starts)
        ledger.note("start_once", f"start[{key}]", total, "<=", 1.0, "share")
        if facility.must and facility.done is None:
            ledger.note("start_must", f"start[{key}]", total, "=", 1.0, "share")


def check_renewals(schedule: Schedule, ledger: Ledger) -> None:
    """renew_window, renew_scope, renew_pace."""
    labels = list(schedule.calendar.positions())
    for key, package in schedule.case.packages.items():
        renewals = schedule.renewals.get(key, ())
        window = window_of(package, schedule.calendar)
        for position, km in renewals:
            if schedule.calendar.year(position) not in window:
                ledger.note("renew_window", f"renew[{key},{labels[position]}]", km, "<=", 0.0, "km")
        total = fsum(km for _, km in renewals)
        left = package.km - fsum(package.done.values())
        ledger.note("renew_scope", f"renew[{key}]", total, "<=", left, "km", package.km)
        if package.km_per_year is not None:
            for year, km in schedule.km_by_year(key).items():
                ledger.note("renew_pace", f"renew[{key},{year}]", km, "<=", package.km_per_year, "km")


def check_crews(schedule: Schedule, ledger: Ledger) -> None:
    """Crew-years needed in each period, against the year's capacity spread evenly over its periods.

    A project is counted in the row of its region and in the row of the whole country; a year without a number has no limit.
    """
    calendar = schedule.calendar
    needs: dict[tuple[str, str | None, int], list[float]] = defaultdict(list)
    for resource, region, position, need in _needs(schedule):
        needs[resource, None, position].append(need)
        if region is not None:
            needs[resource, region, position].append(need)
    for row in schedule.case.crews:
        for label, position in calendar.positions().items():
            capacity = row.capacity.get(calendar.year(position))
            if capacity is not None:
                used = fsum(needs.get((row.crew, row.region, position), ()))
                ledger.note("crews", f"crews[{row.id},{label}]", used, "<=", capacity / calendar.per_year, "crew-years")


def _needs(schedule: Schedule) -> list[tuple[str, str | None, int, float]]:
    """(works resource, region, position, crew-years): per bn KZT of overnight cost for facilities, per km for packages."""
    found = []
    for key, facility in schedule.case.facilities.items():
        kind = kind_of(schedule.case, facility)
        if kind is None or kind.crew is None:
            continue
        in_all = kind.crew_need * facility.overnight
        for position, share in schedule.starts.get(key, ()):
            found += [(kind.crew, facility.region, position + later, in_all * share * part) for later, part in schedule.works[key].crews.items()]
    for key, package in schedule.case.packages.items():
        kind = kind_of(schedule.case, package)
        if kind is None or kind.crew is None:
            continue
        found += [(kind.crew, package.region, position, kind.crew_need * km) for position, km in schedule.renewals.get(key, ())]
    return found
