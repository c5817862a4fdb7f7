"""Starts of facilities: when works begin and end, what is paid when, which outages they need (docs/numbers.md: Time,
Outages)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jaryq.base.hair import hair
from jaryq.case.case import Case, Crew, Facility, Package, Period
from jaryq.case.works import YEAR
from jaryq.factors.season import Stretch, by_block, latest, latest_by_block, share_of_block, shares_of_blocks


@dataclass(frozen=True)
class Start:
    """A possible start of a facility, for the whole of it. Money in bn KZT of the price year.

    ``begin``: position of the period in which works begin; ``works``: their stretch of months from 1 January of
    ``plan_from``; ``slack``: months by which they can slide without another period of start or finish; ``outage``:
    months out of service by period label; ``late``: works end after the last period (under contract, or because they go
    on as they were planned), so that nothing is finished and what is paid, or out of service, after it is not here.
    """

    period: Period
    finish: Period
    begin: int
    works: Stretch
    outlay: Mapping[int, float]
    income: Mapping[int, float]
    outage: Mapping[str, float]
    slack: float = 0.0
    late: bool = False


@lru_cache(maxsize=10_000)
def spread(first: float, last: float, size: float) -> Mapping[int, float]:
    """Shares of the stretch of months ``first..last`` (from the start) that fall into each block of ``size`` months;
    they sum to 1."""
    return {block: months / (last - first) for block, months in by_block([(first, last)], size).items()}


def starts(case: Case, facility: Facility) -> tuple[Start, ...]:
    """The allowed starts of a facility, earliest first; empty if its works do not fit into its window or a variant of
    it is under way. Of one that goes on late, those that end after its window too, from then on."""
    if facility.done is not None or _another_goes_on(case, facility):
        return ()
    found = _stated(case, facility, facility.spend) if facility.spend is not None else _phased(case, facility)
    needed, large = needed_by(case, facility), too_large(case, facility)
    fitting = (with_outage(case, facility, start, large=large) for start in found
               if not _idle_crews(case, needed, start))
    return tuple(start for start in fitting if start is not None)


def why_no_start(case: Case, facility: Facility) -> tuple[str, str] | None:
    """Why a facility that is not done has no allowed start: window, variant, crews, season or capacity, with what is
    missing; None if it has one."""
    if _another_goes_on(case, facility):
        return "variant", facility.asset
    found = _stated(case, facility, facility.spend) if facility.spend is not None else _phased(case, facility)
    if not found:
        return "window", ""
    needed = needed_by(case, facility)
    manned = [start for start in found if not _idle_crews(case, needed, start)]
    if not manned:
        return "crews", ", ".join(sorted({crew.crew for crew in needed}))
    large = too_large(case, facility)
    if any(with_outage(case, facility, start, large=large) for start in manned):
        return None
    if large:
        return "capacity", f"{facility.outage.capacity:g} {facility.outage.unit}"
    return "season", f"{facility.outage.months:g}"


def _another_goes_on(case: Case, facility: Facility) -> bool:
    """Whether another variant of the same asset is done or started."""
    others = (case.facilities[key] for key in case.assets.get(facility.asset, ()) if key != facility.id)
    return any(other.done is not None or other.started is not None for other in others)


def _phased(case: Case, facility: Facility) -> list[Start]:
    """Starts of a facility with procurement and works; one that has started goes on in the first period with what is
    left of its months."""
    months = 12 / case.settings.periods_per_year
    bought, total = facility.procurement_months, facility.procurement_months + facility.works_months
    if facility.started is not None:
        total = max(total - facility.started, 1.0)
        bought = max(bought - facility.started, 0.0)
    lead = math.ceil(total / months - 1e-9)
    paid = _paid(case, facility, bought, total, months)
    years = [period.year for period in case.periods]
    found = []
    for period in case.periods[:1] if facility.started is not None else case.periods:
        finish = _period_at(case, period.position + lead - 1)
        late = finish.position >= len(case.periods)
        if (facility.started is None and period.year < facility.earliest) or (
                (late or finish.year > facility.latest) and not _goes_on(case, facility, period)):
            continue
        outlay: dict[int, float] = {}
        for block, share in paid.items():
            if (at := period.position + block) < len(years):
                outlay[years[at]] = outlay.get(years[at], 0.0) + share * facility.cost
        first = period.position * months
        found.append(Start(period, finish, period.position + math.floor(bought / months + 1e-9),
                           (first + bought, first + total), outlay, {}, {}, lead * months - total, late))
    return found


def _goes_on(case: Case, facility: Facility, period: Period) -> bool:
    """Whether works that begin in a period go on whenever they end."""
    return facility.goes_on is not None and period.position >= case.period_at[facility.goes_on].position


def _period_at(case: Case, position: int) -> Period:
    """A period by its place, also one after the last."""
    if position < len(case.periods):
        return case.periods[position]
    settings = case.settings
    return Period(settings.label(position), settings.plan_from + position // settings.periods_per_year, position)


def _paid(case: Case, facility: Facility, bought: float, total: float, months: float) -> dict[int, float]:
    """Shares of the cost by period after the start."""
    ahead = paid_ahead(case, facility, bought)
    shares = {block: share * (1.0 - ahead) for block, share in spread(bought, total, months).items()}
    if ahead > 0:
        for block, share in spread(0.0, bought, months).items():
            shares[block] = shares.get(block, 0.0) + share * ahead
    return dict(sorted(shares.items()))


def paid_ahead(case: Case, facility: Facility, bought: float) -> float:
    """Share of the cost that is paid while it is ``bought``, if that takes any months."""
    kind = case.asset_types.get(facility.asset_type or "")
    return kind.procurement_share if kind and bought > 0 else 0.0


def _stated(case: Case, facility: Facility, spend: Mapping[int, float]) -> list[Start]:
    """The one start of a facility whose spending is stated by year."""
    paid = [year for year, amount in spend.items() if amount > 0]
    used = [year for year, amount in spend.items() if amount != 0]
    if not used:
        return []
    first, last = min(used), max(paid, default=min(used))
    goes_on = facility.started is not None
    mine = [p for p in case.periods if goes_on or p.year >= first]
    if not mine or (not goes_on and (mine[0].year != first or first < facility.earliest)):
        return []
    finish = _period_at(case, (last + 1 - case.settings.plan_from) * case.settings.periods_per_year - 1)
    late = finish.position >= len(case.periods)
    if (late or last > facility.latest) and not (facility.unfinished or _goes_on(case, facility, mine[0])):
        return []
    planned = {year: amount for year, amount in sorted(spend.items()) if year <= case.periods[-1].year}
    outlay = {year: amount for year, amount in planned.items() if amount > 0}
    income = {year: -amount for year, amount in planned.items() if amount < 0}
    begin = min(paid, default=first)
    works = (12.0 * (begin - case.settings.plan_from), 12.0 * (last + 1 - case.settings.plan_from))
    position = (begin - case.settings.plan_from) * case.settings.periods_per_year
    return [Start(mine[0], finish, position, works if paid else (works[0], works[0]), outlay, income, {}, late=late)]


def with_outage(case: Case, facility: Facility, start: Start, *, large: bool) -> Start | None:
    """The start with its outage placed; None if the open months do not suffice, or the region cannot spare the
    capacity (``large``)."""
    wanted = min(facility.outage.months, start.works[1] - start.works[0])
    if wanted <= 0:
        return start
    placed = latest_by_block(start.works, _open_to(case, facility), wanted, 12 / case.settings.periods_per_year)
    if placed is None or (large and facility.goes_on is None):
        return None
    outage = {case.periods[block].label: months for block, months in placed if block < len(case.periods)}
    return Start(start.period, start.finish, start.begin, start.works, start.outlay, start.income, outage, start.slack,
                 start.late)


def outage_months(case: Case, facility: Facility, start: Start) -> tuple[Stretch, ...] | None:
    """When a start takes its facility out of service, in months from 1 January of ``plan_from``; none where it does
    not, None if the open months do not suffice."""
    wanted = min(facility.outage.months, start.works[1] - start.works[0])
    if wanted <= 0:
        return ()
    return latest(start.works, _open_to(case, facility), wanted)


def _open_to(case: Case, facility: Facility) -> frozenset[int]:
    """Calendar months in which works may take the facility out of service."""
    return open_months(case, facility) if facility.outage.seasonal else YEAR


def too_large(case: Case, facility: Facility) -> bool:
    """Whether the region cannot spare the facility's capacity at all, by more than the limit may be broken by."""
    capacity = facility.outage.capacity
    return capacity is not None and any(
        limit.region == facility.region and limit.unit == facility.outage.unit
        and capacity > limit.value + hair(limit.value) for limit in case.outages
    )


def open_months(case: Case, project: Facility | Package) -> frozenset[int]:
    """Calendar months in which the project's region lets heat assets be out of service."""
    region = case.regions.get(project.region or "")
    return region.open_months if region else YEAR


def need_of(case: Case, crew: Crew, project: Facility | Package, months: float = 0.0) -> float:
    """Crew-years of a resource row that a facility with ``months`` of works, or a km of a package, needs; 0 if the row
    does not serve it."""
    if crew.region not in (None, project.region):
        return 0.0
    if isinstance(project, Facility) and project.crews is not None:
        return project.crews.get(crew.crew, 0.0) * months / 12.0
    kind = case.asset_types.get(project.asset_type or "")
    if kind is None or kind.crew != crew.crew:
        return 0.0
    return kind.crew_need * (project.overnight if isinstance(project, Facility) else 1.0)


def crew_shares(case: Case, crew: Crew, start: Start) -> dict[str, float]:
    """Shares of a facility's need of a resource by period: evenly over the months of its works that lie in the
    season."""
    size = 12 / case.settings.periods_per_year
    return {case.periods[block].label: share for block, share in shares_of_blocks(start.works, crew.season, size)
            if block < len(case.periods)}


def needed_by(case: Case, facility: Facility) -> list[Crew]:
    """Resource rows that works of the facility need, however long they take, in the order of the case."""
    return [crew for crew in case.crews_in(facility.region) if need_of(case, crew, facility, 12.0) > 0]


def _idle_crews(case: Case, needed: Sequence[Crew], start: Start) -> bool:
    """Whether a resource that the works need has no month of its season in them."""
    size = 12 / case.settings.periods_per_year
    return start.works[1] > start.works[0] and any(not shares_of_blocks(start.works, crew.season, size)
                                                   for crew in needed)


def capacity_in(case: Case, crew: Crew, period: Period) -> float:
    """Crew-years of a resource row in a period: the year's capacity by the months of its season."""
    size = 12 / case.settings.periods_per_year
    months = share_of_block(period.position, size, crew.season) * size
    return crew.capacity.get(period.year, 0.0) * months / len(crew.season)


def open_periods(case: Case, package: Package) -> tuple[Period, ...]:
    """Periods in which a package may be renewed: in its window, and with open months where its works take it out of
    service."""
    return tuple(p for p in case.periods if package.earliest <= p.year <= package.latest
                 and open_share(case, package, p) > 0)


def open_share(case: Case, package: Package, period: Period) -> float:
    """Part of a period in which the package may be out of service."""
    return share_of_block(period.position, 12 / case.settings.periods_per_year,
                          open_months(case, package)) if package.seasonal else 1.0


def most_km(case: Case, package: Package, period: Period) -> float:
    """Km of a package that a period may renew at most: what is left, and the open months' part of what a year may."""
    left = max(package.km - package.km_done, 0.0)
    if package.km_per_year is None:
        return left
    if not package.seasonal:
        return min(left, package.km_per_year)
    size = 12 / case.settings.periods_per_year
    return min(left, package.km_per_year * open_share(case, package, period) * size / len(open_months(case, package)))
