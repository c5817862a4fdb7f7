"""What is done once a source is effective: it pays for nothing else (docs/numbers.md, Pace and continuity).

Time is counted in months from 1 January of ``plan_from``, without a break: what a start pays in a stretch of time is
its procurement and its works in it, each at its own even rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import floor, fsum

from jaryq.base.home import BILLION
from jaryq.case.case import Case, Facility, Source
from jaryq.case.plan import Plan
from jaryq.verify.calendar import HAIR
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import At, Funding
from jaryq.verify.pace import effective, paced
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import Schedule
from jaryq.verify.trenches import savings_at
from jaryq.verify.works import kind_of, phases


def common(begin: float, end: float, since: float, until: float) -> float:
    """How long two stretches of time have in common."""
    return max(0.0, min(end, until) - max(begin, since))


def year_of_effect(case: Case, source: Source) -> int | None:
    """The planned year within which a source becomes effective; None where that is at the beginning of a year, in none
    that is planned, or not said."""
    if not paced(source):
        return None
    at = effective(case, source)
    year = floor(at + HAIR)
    return year if year < at - HAIR and year in case.settings.years else None


class Effect:
    """Outlay by project and year of what is done once a source is effective, ``outlay_E``, nominal bn KZT."""

    def __init__(self, schedule: Schedule, plan: Plan, prices: Prices) -> None:
        self.case, self.schedule, self.plan, self.prices = schedule.case, schedule, plan, prices

    def outlay(self, funding: Funding, source: Source) -> At:
        """Of all projects that anything is spent on from the effect on; without a pace or months to effectiveness of
        all."""
        if not paced(source):
            return funding.outlay
        at, within = effective(self.case, source), year_of_effect(self.case, source)
        found = {(p, y): amount for (p, y), amount in funding.outlay.items() if y >= at - HAIR}
        if within is not None:
            found |= {(p, within): amount for p, amount in self.in_year(within, at).items()}
        return dict(sorted(found.items()))

    def in_year(self, year: int, at: float) -> dict[str, float]:
        """By project, of a planned year in which something is effective at the date ``at``."""
        parts: dict[str, list[float]] = defaultdict(list)
        first = self.schedule.calendar.plan_from
        for key, amount in self._amounts(year, 12.0 * (at - first), 12.0 * (year + 1 - first)):
            parts[key].append(amount)
        return {key: fsum(amounts) for key, amounts in parts.items()}

    def _amounts(self, year: int, since: float, until: float) -> Iterator[tuple[str, float]]:
        """What is spent between two points of time within a year; what trenches save is negative."""
        case, months = self.case, self.schedule.calendar.months
        for key, starts in self.schedule.starts.items():
            facility = case.facilities[key]
            cost = self.prices.cost(kind_of(case, facility), year)
            for position, share in starts:
                begins = position * months
                spent = (max(0.0, facility.spend.get(year, 0.0)) * (until - since) / 12.0 if facility.spend is not None
                         else facility.cost * self.part_paid(facility, since - begins, until - begins))
                yield key, share * spent * cost
        for key, renewals in self.schedule.renewals.items():
            package = case.packages[key]
            cost = self.prices.cost(kind_of(case, package), year)
            for position, km in renewals:
                yield key, package.unit_cost * km * cost * self._part_of(position, since, until)
        for key, position, saved in savings_at(self.schedule, self.plan, self.prices):
            yield key, -saved * self._part_of(position, since, until)

    def part_paid(self, facility: Facility, since: float, until: float) -> float:
        """Part of the cost of a facility by phases that is paid between two points of time, months after its start."""
        kind = kind_of(self.case, facility)
        buying, working = phases(facility)
        share = kind.procurement_share if kind is not None and buying > 0.0 else 0.0
        bought = common(0.0, buying, since, until) / buying if buying > 0.0 else 0.0
        return share * bought + (1.0 - share) * common(buying, buying + working, since, until) / working

    def _part_of(self, position: int, since: float, until: float) -> float:
        """How much of a period lies between two points of time."""
        months = self.schedule.calendar.months
        return common(position * months, (position + 1) * months, since, until) / months


def verify_effect(funding: Funding, effect: Effect, ledger: Ledger) -> None:
    """draw_effect: of each project that a source pays for in the year within which it becomes effective."""
    for s, source in funding.case.sources.items():
        year = year_of_effect(funding.case, source)
        if year is None:
            continue
        most = effect.outlay(funding, source)
        for (payer, p, y), amount in funding.plan.draw.items():
            if (payer, y) == (s, year):
                ledger.note("draw_effect", f"draw[{s},{p},{y}]", amount, "<=", max(0.0, most.get((p, y), 0.0)), BILLION,
                            amount + funding.outlay.get((p, y), 0.0))
