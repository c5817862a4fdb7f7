"""Works resources: needs against capacity in its season, overtime and lending, and what they cost on top
(docs/numbers.md, Works resources)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import fsum

from jaryq.case.case import Crew
from jaryq.case.plan import Plan
from jaryq.verify.calendar import by_year
from jaryq.verify.finding import Ledger
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import Schedule
from jaryq.verify.works import kind_of

UNIT = "crew-years"


def verify_crews(schedule: Schedule, plan: Plan, ledger: Ledger) -> None:
    """crews, crew_extra, crew_lent, crew_pool; crew-years in each period.

    A project is counted in the row of its region and in the row of the whole country; a year without a number has no
    limit, and nothing to lend or to add to.
    """
    calendar = schedule.calendar
    pools: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row, needs in _needs(schedule):
        in_season = {position: calendar.months_in(position, row.season) / len(row.season)
                     for position in range(calendar.count)}
        for label, position in calendar.positions().items():
            year, place = calendar.year(position), f"{row.id},{label}"
            capacity = row.capacity[year] * in_season[position] if year in row.capacity else None
            extra, lent, borrowed = (entries.get((row.id, label), 0.0)
                                     for entries in (plan.extra, plan.lent, plan.borrowed))
            if capacity is not None:
                used = fsum([*needs.get(position, ()), lent])
                ledger.note("crews", f"crews[{place}]", used, "<=", fsum([capacity, extra, borrowed]), UNIT, used)
            if extra:
                ledger.note("crew_extra", f"extra[{place}]", extra, "<=", row.extra_share * (capacity or 0.0), UNIT)
            if lent:
                most = row.lend_share * (capacity or 0.0) if row.region is not None else 0.0
                ledger.note("crew_lent", f"lent[{place}]", lent, "<=", most, UNIT)
            if borrowed and row.region is None:
                ledger.none("crew_lent", f"borrowed[{place}]", borrowed, UNIT)
            if row.region is not None:
                pools[row.crew, label].append((lent, borrowed))
    for (crew, label), amounts in pools.items():
        lent, borrowed = fsum(one for one, _ in amounts), fsum(other for _, other in amounts)
        ledger.note("crew_pool", f"lent[{crew},{label}]", lent, "=", borrowed, UNIT, lent + borrowed)


def _needs(schedule: Schedule) -> list[tuple[Crew, Mapping[int, list[float]]]]:
    """Each row with crew-years by position: facilities in its season, kilometres in the period they are renewed in."""
    case = schedule.case
    found: list[tuple[Crew, Mapping[int, list[float]]]] = []
    for row in case.crews:
        needs: dict[int, list[float]] = defaultdict(list)
        for key, facility in case.facilities.items():
            if row.crew in schedule.needs[key] and row.region in (None, facility.region):
                for start, share in schedule.starts.get(key, ()):
                    for position, need in schedule.crews(key, start, row).items():
                        needs[position].append(need * share)
        for key, package in case.packages.items():
            kind = kind_of(case, package)
            if kind is not None and kind.crew == row.crew and row.region in (None, package.region):
                for position, km in schedule.renewals.get(key, ()):
                    needs[position].append(kind.crew_need * km)
        found.append((row, needs))
    return found


def premiums(schedule: Schedule, plan: Plan, prices: Prices) -> dict[int, float]:
    """What overtime and borrowing cost on top in each planned year, nominal bn KZT."""
    rows, calendar = {row.id: row for row in schedule.case.crews}, schedule.calendar
    positions = calendar.positions()
    amounts = [(label, rows[key].extra_cost * amount) for (key, label), amount in plan.extra.items()]
    amounts += [(label, rows[key].lend_cost * amount) for (key, label), amount in plan.borrowed.items()]
    base = prices.general(prices.price_year)
    paid = [(calendar.year(positions[label]), cost) for label, cost in amounts]
    return by_year([*((year, 0.0) for year in calendar.years),
                    *((year, cost * prices.general(year) / base) for year, cost in paid)])
