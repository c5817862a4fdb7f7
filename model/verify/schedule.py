"""Periods, windows, spending and crews by time (docs/numbers.md, Time)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, fsum

from model.data.case import AssetType, Case, Facility, Package, Settings
from model.data.plan import Plan

HAIR = 1e-9
"""Months typed as decimal fractions may add up to a hair more than a whole period."""


@dataclass(frozen=True)
class Calendar:
    """The planned periods: position 0 is the first period of ``plan_from``."""

    first_year: int
    plan_from: int
    last_year: int
    per_year: int

    @staticmethod
    def of(settings: Settings) -> Calendar:
        return Calendar(settings.first_year, settings.plan_from, settings.last_year, settings.periods_per_year)

    @property
    def months(self) -> int:
        return 12 // self.per_year

    @property
    def years(self) -> range:
        return range(self.plan_from, self.last_year + 1)

    @property
    def count(self) -> int:
        return len(self.years) * self.per_year

    def year(self, position: int) -> int:
        return self.plan_from + position // self.per_year

    def part(self, position: int) -> float:
        """How much of its year has passed when the period begins."""
        return (position % self.per_year) / self.per_year

    def positions(self) -> dict[str, int]:
        """Position of each label: ``2026``, or ``2026Q1``."""
        labels = [str(y) for y in self.years] if self.per_year == 1 else [f"{y}Q{q}" for y in self.years for q in range(1, self.per_year + 1)]
        return {label: position for position, label in enumerate(labels)}


@dataclass(frozen=True)
class Works:
    """A facility's project in periods after its start: shares of the cost and of the crews, and the periods it takes."""

    lead: int
    paid: Mapping[int, float]
    crews: Mapping[int, float]


def kind_of(case: Case, project: Facility | Package) -> AssetType | None:
    return case.asset_types[project.asset_type] if project.asset_type is not None else None


def works_of(case: Case, facility: Facility, calendar: Calendar) -> Works:
    """Month by month; stated spending needs only its years."""
    if facility.spend is not None:
        return _stated(facility.spend, calendar)
    kind = kind_of(case, facility)
    first, then = facility.procurement_months, facility.works_months
    share = kind.procurement_share if kind is not None and first > 0.0 else 0.0
    paid: dict[int, list[float]] = defaultdict(list)
    crews: dict[int, list[float]] = defaultdict(list)
    for month in range(ceil(first + then - HAIR)):
        procuring = max(0.0, min(first, month + 1.0) - month)
        working = max(0.0, min(first + then, month + 1.0) - max(first, float(month)))
        place = month // calendar.months
        paid[place].append((share * procuring / first if first > 0.0 else 0.0) + (1.0 - share) * working / then)
        crews[place].append(working / then)
    lead = ceil((first + then) / calendar.months - HAIR)
    return Works(lead, {o: fsum(v) for o, v in paid.items()}, {o: fsum(v) for o, v in crews.items()})


def _stated(spend: Mapping[int, float], calendar: Calendar) -> Works:
    """Start in the first year with an amount, end with the last positive one; crews over the years of positive amounts."""
    named = [year for year, amount in spend.items() if amount != 0.0]
    positive = [year for year, amount in spend.items() if amount > 0.0]
    if not positive:
        return Works(calendar.per_year, {}, {})
    k, origin = calendar.per_year, min(named)
    busy = range((min(positive) - origin) * k, (max(positive) - origin + 1) * k)
    return Works(busy.stop, {}, {place: 1.0 / len(busy) for place in busy})


def starts_of(facility: Facility, works: Works, calendar: Calendar) -> tuple[int, ...]:
    """Positions of the periods in which the facility may start."""
    if facility.done is not None:
        return ()
    floor, roof = max(facility.earliest, calendar.plan_from), min(facility.latest, calendar.last_year)
    fits = [t for t in range(calendar.count) if calendar.year(t) >= floor and calendar.year(t + works.lead - 1) <= roof]
    if facility.spend is None:
        return tuple(fits)
    named = [year for year, amount in facility.spend.items() if amount != 0.0]
    return tuple(t for t in fits if named and calendar.year(t) == min(named) and calendar.part(t) == 0.0)


def window_of(package: Package, calendar: Calendar) -> range:
    """Years in which the package's kilometres may be renewed."""
    return range(max(package.earliest, calendar.plan_from), min(package.latest, calendar.last_year) + 1)


@dataclass(frozen=True)
class Schedule:
    """What is done when: ``starts[f]`` = (position, share), ``renewals[n]`` = (position, km)."""

    case: Case
    calendar: Calendar
    works: Mapping[str, Works]
    allowed: Mapping[str, tuple[int, ...]]
    starts: Mapping[str, tuple[tuple[int, float], ...]]
    renewals: Mapping[str, tuple[tuple[int, float], ...]]

    @staticmethod
    def of(case: Case, plan: Plan) -> Schedule:
        calendar = Calendar.of(case.settings)
        positions = calendar.positions()
        works = {key: works_of(case, facility, calendar) for key, facility in case.facilities.items()}
        allowed = {key: starts_of(facility, works[key], calendar) for key, facility in case.facilities.items()}
        return Schedule(case, calendar, works, allowed, _by_project(plan.start, positions), _by_project(plan.renew, positions))

    def finish(self, facility: str, position: int) -> int:
        """Position of the period in which the works of a start end."""
        return position + self.works[facility].lead - 1

    def finished_by_year(self, facility: str) -> dict[int, float]:
        """Share of the facility that enters service by 31 December of each year, year by year (planned works only)."""
        return by_year((self.calendar.year(self.finish(facility, t)), share) for t, share in self.starts.get(facility, ()))

    def km_by_year(self, package: str) -> dict[int, float]:
        return by_year((self.calendar.year(t), km) for t, km in self.renewals.get(package, ()))


def _by_project(entries: Mapping[tuple[str, str], float], positions: Mapping[str, int]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for (key, label), amount in entries.items():
        found[key].append((positions[label], amount))
    return {key: tuple(sorted(rows)) for key, rows in found.items()}


def by_year(rows: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sums by year, exact, in the order of years."""
    found: dict[int, list[float]] = defaultdict(list)
    for year, amount in rows:
        found[year].append(amount)
    return {year: fsum(amounts) for year, amounts in sorted(found.items())}
