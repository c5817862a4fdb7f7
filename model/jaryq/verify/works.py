"""One facility's works in months and periods after its start: payments, resources, outage (docs/numbers.md, Time, Works
resources, Outages)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, floor, fsum

from jaryq.case.case import AssetType, Case, Facility, Package
from jaryq.case.works import YEAR, Outage
from jaryq.verify.calendar import HAIR, Calendar


@dataclass(frozen=True)
class Works:
    """A facility's project after its start: periods it takes, shares of the cost by period, periods before its works
    begin, and ``months``: of each month after the start the part that is works."""

    lead: int
    paid: Mapping[int, float]
    begins: int
    months: Mapping[int, float]

    @property
    def length(self) -> float:
        """Months of works."""
        return fsum(self.months.values())


def kind_of(case: Case, project: Facility | Package) -> AssetType | None:
    return case.asset_types[project.asset_type] if project.asset_type is not None else None


def open_months(case: Case, project: Facility | Package) -> Collection[int]:
    """Calendar months that the project's region has open for works on heat; all of them without a region."""
    region = case.regions.get(project.region) if project.region is not None else None
    return region.open_months if region is not None else YEAR


def phases(facility: Facility) -> tuple[float, float]:
    """Months of procurement and of works; of what has started those that are left, at least one month in all."""
    if facility.started is None:
        return facility.procurement_months, facility.works_months
    left = max(facility.procurement_months + facility.works_months - facility.started, 1.0)
    buying = max(facility.procurement_months - facility.started, 0.0)
    return buying, left - buying


def works_of(case: Case, facility: Facility, calendar: Calendar) -> Works:
    """Month by month; stated spending needs only its years."""
    if facility.spend is not None:
        return _stated(facility, facility.spend, calendar)
    kind = kind_of(case, facility)
    first, then = phases(facility)
    share = kind.procurement_share if kind is not None and first > 0.0 else 0.0
    paid: dict[int, list[float]] = defaultdict(list)
    months = {}
    for month in range(ceil(first + then - HAIR)):
        procuring = max(0.0, min(first, month + 1.0) - month)
        working = max(0.0, min(first + then, month + 1.0) - max(first, float(month)))
        paid[month // calendar.months].append((share * procuring / first if first > 0.0 else 0.0)
                                              + (1.0 - share) * working / then)
        if working > 0.0:
            months[month] = working
    lead = ceil((first + then) / calendar.months - HAIR)
    return Works(lead, {later: fsum(v) for later, v in paid.items()}, floor(first / calendar.months + HAIR), months)


def _stated(facility: Facility, spend: Mapping[int, float], calendar: Calendar) -> Works:
    """Start in the first year with an amount (what has started: in the first planned year), end with the last positive
    one; works in the years between."""
    begun = facility.started is not None
    origin = calendar.plan_from if begun else min((year for year, amount in spend.items() if amount != 0.0),
                                                  default=calendar.plan_from)
    positive = [year for year, amount in spend.items() if amount > 0.0 and year >= origin]
    if not positive:
        return Works(calendar.per_year, {}, 0, {})
    first, last = min(positive) - origin, max(positive) + 1 - origin
    return Works(last * calendar.per_year, {}, first * calendar.per_year,
                 dict.fromkeys(range(12 * first, 12 * last), 1.0))


def needs_of(case: Case, facility: Facility, works: Works) -> dict[str, float]:
    """Crew-years that the whole facility needs, by resource: stated, else per bn KZT of its overnight cost. What is not
    needed has no entry."""
    if facility.crews is not None:
        needs = {crew: at_once * works.length / 12.0 for crew, at_once in facility.crews.items()}
    else:
        kind = kind_of(case, facility)
        needs = {kind.crew: kind.crew_need * facility.overnight} if kind is not None and kind.crew is not None else {}
    return {crew: need for crew, need in needs.items() if need > 0.0}


def spread(works: Works, season: Collection[int], position: int, calendar: Calendar) -> dict[int, float]:
    """Shares by periods after a start in ``position`` of what is needed evenly over the months of works in the season;
    empty if none lies in it."""
    parts: dict[int, list[float]] = defaultdict(list)
    for month, part in works.months.items():
        if calendar.month(position, month) in season:
            parts[month // calendar.months].append(part)
    total = fsum(part for row in parts.values() for part in row)
    return {later: fsum(row) / total for later, row in parts.items()} if total > 0.0 else {}


def outage_of(works: Works, outage: Outage, open_to: Collection[int], position: int,
              calendar: Calendar) -> tuple[dict[int, float], bool]:
    """Months out of service by periods after a start in ``position``; and whether all of them were found."""
    months, found = outage_months(works, outage, open_to, position, calendar)
    parts: dict[int, list[float]] = defaultdict(list)
    for month, taken in months.items():
        parts[month // calendar.months].append(taken)
    return {later: fsum(row) for later, row in parts.items()}, found


def outage_months(works: Works, outage: Outage, open_to: Collection[int], position: int,
                  calendar: Calendar) -> tuple[dict[int, float], bool]:
    """The part of each month after a start in ``position`` that is out of service, the latest of the works first
    (``seasonal``: of the open ones); and whether all of them were found."""
    season = open_to if outage.seasonal else YEAR
    left = min(outage.months, works.length)
    found: dict[int, float] = {}
    for month in sorted(works.months, reverse=True):
        if left <= HAIR:
            break
        if calendar.month(position, month) in season:
            taken = min(works.months[month], left)
            found[month] = taken
            left -= taken
    return found, left <= HAIR


def length_of(package: Package) -> float:
    """``K``: the whole network, or what is in scope and not done."""
    return package.km_total if package.km_total is not None else package.km - fsum(package.done.values())
