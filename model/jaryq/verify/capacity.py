"""The checks of starts, kilometres and capacity out of service (docs/numbers.md, Time and Outages; sheets facilities,
networks, outage_limits)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.case.case import Package
from jaryq.verify.finding import NOTHING, Ledger
from jaryq.verify.schedule import Schedule, limit_of, window_of
from jaryq.verify.works import open_months


def verify_starts(schedule: Schedule, ledger: Ledger) -> None:
    """start_window, start_once, start_must, start_started, start_whole."""
    calendar = schedule.calendar
    whole = schedule.case.settings.whole
    for key, facility in schedule.case.facilities.items():
        starts = schedule.starts.get(key, ())
        for position, share in starts:
            place = f"start[{key},{calendar.label(position)}]"
            if position not in schedule.allowed[key]:
                ledger.none("start_window", place, share, "share")
            if whole:
                ledger.note("start_whole", place, share, "=", 0.0 if abs(share) < abs(share - 1.0) else 1.0, "share",
                            tolerance=NOTHING)
        total = fsum(share for _, share in starts)
        ledger.note("start_once", f"start[{key}]", total, "<=", 1.0, "share")
        if facility.started is not None:
            goes_on = fsum(share for position, share in starts if position == 0)
            ledger.note("start_started", f"start[{key},{calendar.label(0)}]", goes_on, "=", 1.0, "share")
        elif facility.must and facility.done is None:
            ledger.note("start_must", f"start[{key}]", total, "=", 1.0, "share")
    _verify_any(schedule, ledger)


def _verify_any(schedule: Schedule, ledger: Ledger) -> None:
    """start_must of assets of which any variant will do; one that is done, or has started, is enough."""
    facilities = schedule.case.facilities
    for own, keys in schedule.assets.items():
        if any(facilities[key].must_any for key in keys) and not any(facilities[key].done is not None for key in keys):
            total = fsum(share for key in keys for _, share in schedule.starts.get(key, ()))
            ledger.note("start_must", f"start[{own} or a variant]", total, "=", 1.0, "share")


def verify_renewals(schedule: Schedule, ledger: Ledger) -> None:
    """renew_window, renew_scope, renew_pace, renew_season."""
    calendar = schedule.calendar
    for key, package in schedule.case.packages.items():
        renewals = schedule.renewals.get(key, ())
        window = window_of(package, calendar)
        for position, km in renewals:
            if calendar.year(position) not in window:
                ledger.none("renew_window", f"renew[{key},{calendar.label(position)}]", km, "km")
        total = fsum(km for _, km in renewals)
        left = package.km - fsum(package.done.values())
        ledger.note("renew_scope", f"renew[{key}]", total, "<=", left, "km", package.km)
        if package.km_per_year is not None:
            for year, km in schedule.km_by_year(key).items():
                ledger.note("renew_pace", f"renew[{key},{year}]", km, "<=", package.km_per_year, "km")
        if package.seasonal:
            _verify_season(schedule, package, ledger)


def _verify_season(schedule: Schedule, package: Package, ledger: Ledger) -> None:
    """The open months of a period are its part of a year's kilometres; a period without any has none."""
    season = open_months(schedule.case, package)
    for position, km in schedule.renewals.get(package.id, ()):
        there = schedule.calendar.months_in(position, season)
        place = f"renew[{package.id},{schedule.calendar.label(position)}]"
        if there == 0:
            ledger.none("renew_season", place, km, "km")
        elif package.km_per_year is not None:
            ledger.note("renew_season", place, km, "<=", package.km_per_year * there / len(season), "km")


def verify_outages(schedule: Schedule, ledger: Ledger) -> None:
    """outage_capacity, outage_season: capacity out of service in each period, each facility for the part of it that its
    outage takes."""
    case, calendar = schedule.case, schedule.calendar
    out: dict[tuple[str, int], list[float]] = defaultdict(list)
    in_season: dict[tuple[str, int], list[float]] = defaultdict(list)
    for key, facility in case.facilities.items():
        limit, capacity = limit_of(case, facility), facility.outage.capacity
        if limit is None or capacity is None:
            continue
        for start, share in schedule.starts.get(key, ()):
            for position, months in schedule.outage(key, start).items():
                amount = capacity * share * months / calendar.months
                out[limit.id, position].append(amount)
                if facility.outage.seasonal:
                    in_season[limit.id, position].append(amount)
    for row in case.outages:
        season = case.regions[row.region].open_months
        for label, position in calendar.positions().items():
            place = f"outage[{row.id},{label}]"
            if out[row.id, position]:
                ledger.note("outage_capacity", place, fsum(out[row.id, position]), "<=", row.value, "unit of capacity")
            if in_season[row.id, position]:
                most = row.value * calendar.months_in(position, season) / calendar.months
                ledger.note("outage_season", place, fsum(in_season[row.id, position]), "<=", most, "unit of capacity")
