"""How much the plan moves against the last one (docs/numbers.md, Objective): overnight cost of what is moved,
price-year bn KZT."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.verify.schedule import Schedule


def changed(schedule: Schedule) -> float:
    """sum of weight x (last + now - 2 kept); 0 without a last plan.

    Facilities by period (where one of the two plans knows only the year, by year), packages by year. What has started
    or is done is left out.
    """
    before, case = schedule.case.before, schedule.case
    if not before.start and not before.renew:
        return 0.0
    terms = []
    for key, facility in case.facilities.items():
        if facility.started is None and facility.done is None:
            last = {label: share for (project, label), share in before.start.items() if project == key}
            now = {schedule.calendar.label(position): share for position, share in schedule.starts.get(key, ())}
            terms.append(facility.overnight * _moved(*_alike(last, now)))
    for key, package in case.packages.items():
        km = {str(year): amount for (project, year), amount in before.renew.items() if project == key}
        today = {str(year): amount for year, amount in schedule.km_by_year(key).items()}
        terms.append(package.unit_cost * _moved(km, today))
    return fsum(terms)


def _alike(last: dict[str, float], now: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Both by the same periods: quarters of a year of which one of the two has the whole are added up."""
    whole = {label for label in (*last, *now) if "Q" not in label}

    def added(amounts: dict[str, float]) -> dict[str, float]:
        found: dict[str, list[float]] = defaultdict(list)
        for label, amount in amounts.items():
            year = label.partition("Q")[0]
            found[year if year in whole else label].append(amount)
        return {label: fsum(parts) for label, parts in found.items()}

    return added(last), added(now)


def _moved(last: dict[str, float], now: dict[str, float]) -> float:
    return fsum(abs(last.get(label, 0.0) - now.get(label, 0.0)) for label in {*last, *now})
