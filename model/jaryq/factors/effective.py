"""What is done once a source is effective: of the outlay of the year in which its date falls, the part that is paid for
after it (docs/numbers.md: Pace and continuity)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from jaryq.base.home import BILLION
from jaryq.case.case import Case, Source
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.money import Money
from jaryq.factors.pace import LEAST, effective, paced
from jaryq.factors.schedule import paid_ahead
from jaryq.factors.season import Stretch
from jaryq.factors.works import Works


@dataclass(frozen=True)
class Begun:
    """A planned year within which a source becomes effective, and the most that it may pay of outlays of that year,
    nominal bn KZT, for projects of which something may be paid before."""

    year: int
    most: Mapping[str, float]


def year_of_effect(case: Case, source: Source) -> int | None:
    """The planned year within which a source becomes effective; None where it does at the beginning of a year, in no
    planned one, or has no such date."""
    if not paced(source):
        return None
    at = effective(source)
    return next((y for y in case.settings.years if y + LEAST < at < y + 1 - LEAST), None)


def part_after(case: Case, works: Works, decision: Decision, year: int, at: float) -> float:
    """Part of what a start, or km, cost in ``year`` that is paid after the date ``at``."""
    if at <= year + LEAST or at >= year + 1 - LEAST:
        return float(at <= year + LEAST)
    family, (project, label) = decision
    since, first = 12.0 * (at - case.settings.plan_from), 12.0 * (year - case.settings.plan_from)
    size = 12.0 / case.settings.periods_per_year
    if family != "start":
        return _after((works.position[label] * size, (works.position[label] + 1) * size), since) / size
    facility = case.facilities[project]
    if facility.spend is not None:
        return (first + 12.0 - since) / 12.0
    start = works.start_at[project, label]
    begun = start.period.position * size
    ahead = paid_ahead(case, facility, start.works[0] - begun)
    return _of_phases((begun, start.works[0]), start.works, ahead, (first, first + 12.0), since)


@lru_cache(maxsize=100_000)
def _of_phases(bought: Stretch, works: Stretch, ahead: float, year: Stretch, since: float) -> float:
    """Part of what is paid within the months of a year that is paid after ``since``: ``ahead`` of all evenly while it
    is bought, the rest evenly in the works."""
    paid = after = 0.0
    for (first, last), share in ((bought, ahead), (works, 1.0 - ahead)):
        if share > 0.0 and (within := (max(first, year[0]), min(last, year[1])))[1] > within[0]:
            paid += share * (within[1] - within[0]) / (last - first)
            after += share * _after(within, since) / (last - first)
    return after / paid if paid > 0.0 else 0.0


def _after(months: Stretch, since: float) -> float:
    """Months of a stretch after a date."""
    return max(months[1] - max(months[0], since), 0.0)


def begun(case: Case, works: Works, money: Money, outlay: Mapping[tuple[str, int], float],
          pays: Mapping[str, Iterable[str]]) -> dict[str, Begun]:
    """Sources that become effective within a planned year; ``outlay``: largest outlays, ``pays``: sources by project
    that they may pay for."""
    found: dict[str, Begun] = {}
    after = cache(partial(_most_after, case, works, money, outlay))  # sources begin at few dates
    for s, source in case.sources.items():
        year = year_of_effect(case, source) if source.open and not source.draws_to else None
        if year is not None:
            at = effective(source)
            mine = (p for p, sources in pays.items() if outlay.get((p, year), 0.0) > 0.0 and s in sources)
            found[s] = Begun(year, {p: most for p in mine
                                    if (most := after(p, year, at)) is not None})
    return found


def _most_after(case: Case, works: Works, money: Money, outlay: Mapping[tuple[str, int], float], p: str, year: int,
                at: float) -> float | None:
    """Most that a project can cost in ``year`` after the date ``at`` within it; None if all of it is after it."""
    if p in case.packages:
        parts = [part_after(case, works, ("renew", (p, t)), year, at) for t in works.open[p]
                 if works.period_year[t] == year]
        return None if min(parts) >= 1.0 else max(parts) * outlay[p, year]
    parts, most = [], 0.0
    for start in works.starts[p]:
        amount = money.outlay[p, start.period.label].get(year, 0.0)
        if amount > 0.0:
            parts.append(part_after(case, works, ("start", (p, start.period.label)), year, at))
            most = max(most, amount * parts[-1])
    return None if min(parts) >= 1.0 else most


def most_from(source: Source, late: Begun | None, p: str, outlay: Mapping[int, float]) -> Mapping[int, float]:
    """Of largest outlays of a project by year what a source may pay for at most since it is effective."""
    if not paced(source):
        return outlay
    return {y: late.most.get(p, amount) if late is not None and y == late.year else amount
            for y, amount in outlay.items() if effective(source) < y + 1 - LEAST}


def outlay_after(case: Case, works: Works, outlay: Linear, year: int, at: float) -> Linear:
    """What of the outlay of a project in a year is paid after the date ``at``."""
    if at <= year + LEAST:
        return outlay
    return Linear({decision: factor * part for decision, factor in outlay.of.items()
                   if (part := part_after(case, works, decision, year, at)) > 0.0}, 0.0, BILLION)


def start_from(case: Case, works: Works, source: Source, place: tuple[str, str],
               spent: Mapping[int, float]) -> Mapping[int, float]:
    """What of the outlay of a start by year a source may pay for since it is effective."""
    if not paced(source):
        return spent
    return {y: amount * part for y, amount in spent.items()
            if (part := part_after(case, works, ("start", place), y, effective(source))) > 0.0}
