"""What is done when, and where starts are allowed (docs/numbers.md, Time, Outages, Works resources)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jaryq.base.hair import hair
from jaryq.case.case import Case, Crew, Facility, Package
from jaryq.case.plan import Plan
from jaryq.case.works import OutageLimit
from jaryq.verify.calendar import Calendar, by_year
from jaryq.verify.works import Works, needs_of, open_months, outage_of, spread, works_of


def starts_of(facility: Facility, works: Works, calendar: Calendar) -> tuple[int, ...]:
    """Positions of the periods whose years allow the facility to start: one alone for what has started and for stated
    spending."""
    if facility.done is not None:
        return ()
    roof = facility.latest if ends_after(facility, calendar) else min(facility.latest, calendar.last_year)
    if facility.started is not None:
        return (0,) if calendar.year(works.lead - 1) <= roof else ()
    floor = max(facility.earliest, calendar.plan_from)
    fits = [t for t in range(calendar.count) if calendar.year(t) >= floor and calendar.year(t + works.lead - 1) <= roof]
    if facility.spend is None:
        return tuple(fits)
    named = [year for year, amount in facility.spend.items() if amount != 0.0]
    return tuple(t for t in fits if named and calendar.year(t) == min(named) and calendar.part(t) == 0.0)


def ends_after(facility: Facility, calendar: Calendar) -> bool:
    """Whether it is under contract, is paid in planned years, and states spending after them."""
    under_contract = facility.committed or facility.started is not None
    paid = [year for year, amount in (facility.spend or {}).items() if amount > 0.0]
    return (under_contract and any(year in calendar.years for year in paid) and max(paid) > calendar.last_year)


def limit_of(case: Case, facility: Facility) -> OutageLimit | None:
    """The limit of capacity out of service that the facility falls under."""
    found = [row for row in case.outages if row.region == facility.region and row.unit == facility.outage.unit]
    return found[0] if found else None


def fits_the_year(case: Case, facility: Facility, works: Works, needs: Mapping[str, float],
                  calendar: Calendar) -> tuple[bool, ...]:
    """For each period of a year: whether a start in it finds the months of its outage, no more capacity out than may
    be, and a month of works in the season of each row of each resource that it needs."""
    outage, limit = facility.outage, limit_of(case, facility)
    if min(outage.months, works.length) > 0.0 and limit is not None and outage.capacity is not None \
            and outage.capacity > limit.value + hair(limit.value):
        return (False,) * calendar.per_year
    rows = [row for row in case.crews if row.crew in needs and row.region in (None, facility.region)]
    there = open_months(case, facility)
    return tuple(
        outage_of(works, outage, there, place, calendar)[1]
        and all(spread(works, season, place, calendar) for season in {row.season for row in rows})
        for place in range(calendar.per_year)
    )


def window_of(package: Package, calendar: Calendar) -> range:
    """Years in which the package's kilometres may be renewed."""
    return range(max(package.earliest, calendar.plan_from), min(package.latest, calendar.last_year) + 1)


@dataclass(frozen=True)
class Schedule:
    """What is done when: ``starts[f]`` = (position, share), ``renewals[n]`` = (position, km). ``needs[f]``: crew-years
    by resource.

    ``assets``: the variants of each facility that is none, itself first; ``lots``: facilities of each lot that are not
    done, which start together."""

    case: Case
    calendar: Calendar
    works: Mapping[str, Works]
    needs: Mapping[str, Mapping[str, float]]
    allowed: Mapping[str, tuple[int, ...]]
    starts: Mapping[str, tuple[tuple[int, float], ...]]
    renewals: Mapping[str, tuple[tuple[int, float], ...]]
    assets: Mapping[str, tuple[str, ...]]
    lots: Mapping[str, Sequence[str]]

    @staticmethod
    def of(case: Case, plan: Plan) -> Schedule:
        calendar, assets = Calendar.of(case.settings), case.assets
        positions = calendar.positions()
        works = {key: works_of(case, facility, calendar) for key, facility in case.facilities.items()}
        needs = {key: needs_of(case, facility, works[key]) for key, facility in case.facilities.items()}
        allowed: dict[str, tuple[int, ...]] = {}
        for key, facility in case.facilities.items():
            allowed[key] = ()
            if not _taken(case, [other for other in assets[facility.asset] if other != key]):
                fits = fits_the_year(case, facility, works[key], needs[key], calendar)
                allowed[key] = tuple(t for t in starts_of(facility, works[key], calendar)
                                     if fits[t % calendar.per_year])
        lots = lots_of(case)
        for keys in lots.values():
            common = set.intersection(*(set(allowed[key]) for key in keys))
            allowed.update({key: tuple(sorted(common)) for key in keys})
        return Schedule(case, calendar, works, needs, allowed, _by_project(plan.start, positions),
                        _by_project(plan.renew, positions), assets, lots)

    def finish(self, facility: str, position: int) -> int:
        """Position of the period in which the works of a start end."""
        return position + self.works[facility].lead - 1

    @cached_property
    def served(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """The starts whose works end in a planned period: what ends later is in no service, and has no benefit."""
        return {key: tuple((t, share) for t, share in rows if self.finish(key, t) < self.calendar.count)
                for key, rows in self.starts.items()}

    def finished(self, facility: str) -> list[tuple[int, float]]:
        """(position of the period in which works end, share), by that position."""
        return sorted((self.finish(facility, t), share) for t, share in self.served.get(facility, ()))

    def finished_by_year(self, facility: str) -> dict[int, float]:
        """Share of the facility that enters service by 31 December of each year, year by year (planned works only)."""
        return by_year((self.calendar.year(at), share) for at, share in self.finished(facility))

    def km_by_year(self, package: str) -> dict[int, float]:
        return by_year((self.calendar.year(t), km) for t, km in self.renewals.get(package, ()))

    def crews(self, facility: str, position: int, row: Crew) -> dict[int, float]:
        """Crew-years by position that the whole facility, started in ``position``, needs of a row of crews."""
        need = self.needs[facility].get(row.crew, 0.0)
        return {position + later: need * share
                for later, share in spread(self.works[facility], row.season, position, self.calendar).items()}

    def outage(self, facility: str, position: int) -> dict[int, float]:
        """Months out of service by position of the facility started in ``position``."""
        record = self.case.facilities[facility]
        found, _ = outage_of(self.works[facility], record.outage, open_months(self.case, record), position,
                             self.calendar)
        return {position + later: months for later, months in found.items()}


def lots_of(case: Case) -> dict[str, list[str]]:
    """Facilities of each lot that are not done; a lot without any is left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, facility in case.facilities.items():
        if facility.lot is not None and facility.done is None:
            found[facility.lot].append(key)
    return dict(found)


def _taken(case: Case, others: Sequence[str]) -> bool:
    """Whether one of these variants is done or started."""
    return any(case.facilities[key].done is not None or case.facilities[key].started is not None for key in others)


def _by_project(entries: Mapping[tuple[str, str], float],
                positions: Mapping[str, int]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (key, label), amount in entries.items():
        found[key].append((positions[label], amount))
    return {key: tuple(sorted(rows)) for key, rows in found.items()}
