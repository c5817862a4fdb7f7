"""Balances of capacity, their deficits and flows between areas (docs/numbers.md, Adequacy)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from jaryq.case.areas import Balance, Tie
from jaryq.case.case import Case, Facility
from jaryq.case.plan import Plan
from jaryq.verify.finding import Ledger
from jaryq.verify.prices import Prices
from jaryq.verify.schedule import Schedule
from jaryq.verify.soft import Soft
from jaryq.verify.works import open_months, outage_months

CAPACITY = "unit of capacity"
DIRECTIONS = ("forth", "back")


@dataclass(frozen=True)
class Peak:
    """A row of a balance or tie: its label, its year, its position among the planned periods (None: a later year)."""

    label: str
    year: int
    position: int | None


def peaks_of(schedule: Schedule, years: Collection[int], months: Collection[int]) -> list[Peak]:
    """The periods of the planned years that hold a month of the peak season, then later years as they are."""
    calendar = schedule.calendar
    found = [Peak(label, calendar.year(position), position) for label, position in calendar.positions().items()
             if calendar.months_in(position, months)]
    return found + [Peak(str(year), year, None) for year in sorted(years) if year > calendar.last_year]


@dataclass(frozen=True)
class Adequacy:
    """By balance and year: ``deficit`` as stated, ``missing`` in the worst peak with the plan's flows, ``margin``
    before flows (the smallest), all in the unit of the balance."""

    case: Case
    deficit: Mapping[tuple[str, int], float]
    missing: Mapping[tuple[str, int], float]
    margin: Mapping[tuple[str, int], float]


def adequacy_of(schedule: Schedule, plan: Plan) -> Adequacy:
    """All balances of a plan."""
    missing: dict[tuple[str, int], float] = {}
    margin: dict[tuple[str, int], float] = {}
    for balance in schedule.case.balances:
        for peak in peaks_of(schedule, balance.years, balance.months):
            at = (balance.id, peak.year)
            alone = _alone(schedule, balance, peak)
            lacks = -(alone + _flows(schedule.case.ties, plan, balance, peak))
            missing[at] = max(missing.get(at, 0.0), lacks)
            margin[at] = min(margin.get(at, alone), alone)
    deficit = {(balance.id, y): plan.deficit.get((balance.id, y), 0.0) for balance in schedule.case.balances
               for y in balance.years}
    return Adequacy(schedule.case, deficit, missing, margin)


def _alone(schedule: Schedule, balance: Balance, peak: Peak) -> float:
    """Available, with works and without what is out, above the peak with its reserve."""
    case, parts = schedule.case, [balance.available[peak.year], -balance.peak[peak.year] * (1.0 + balance.reserve)]
    for key, project in case.projects.items():
        place = (project.place or "") if isinstance(project, Facility) else None
        if not _belongs(balance, project.region, place):
            continue
        parts.append(project.quantities.get(balance.quantity or "", 0.0) * _serving(schedule, key, peak))
        if isinstance(project, Facility) and peak.position is not None and project.outage.unit == balance.unit:
            out = project.outage.capacity or 0.0
            parts += [-out * share for start, share in schedule.starts.get(key, ())
                      if _is_out(schedule, project, start, peak.position, balance.months)]
    return fsum(parts)


def _belongs(balance: Balance, region: str | None, place: str | None) -> bool:
    """Whether a facility of a place, or a package (None), of a region belongs to an area."""
    if balance.regions is not None and region not in balance.regions:
        return False
    return balance.places is None or (place is not None and place in balance.places)


def _serving(schedule: Schedule, key: str, peak: Peak) -> float:
    """Shares, or km, in service before a period: all of them in a later year."""
    done = (schedule.finished(key) if key in schedule.case.facilities
            else [(t, km) for t, km in schedule.renewals.get(key, ())])
    return fsum(amount for t, amount in done if peak.position is None or t < peak.position)


def _is_out(schedule: Schedule, facility: Facility, start: int, position: int, months: Collection[int]) -> bool:
    """Whether the outage of a start has a part of a month of the peak season in a period."""
    calendar = schedule.calendar
    taken, _ = outage_months(schedule.works[facility.id], facility.outage, open_months(schedule.case, facility), start,
                             calendar)
    return any(start + month // calendar.months == position and calendar.month(start, month) in months
               for month, part in taken.items() if part > 0.0)


def _flows(ties: Sequence[Tie], plan: Plan, balance: Balance, peak: Peak) -> float:
    """What comes in less what goes out; ``forth`` goes from the first area of a tie to the second."""
    parts = []
    for tie in ties:
        for end, comes, goes in ((tie.b, *DIRECTIONS), (tie.a, *reversed(DIRECTIONS))):
            if (end, tie.unit) == (balance.area, balance.unit):
                parts += [plan.flow.get((tie.id, comes, peak.label), 0.0),
                          -plan.flow.get((tie.id, goes, peak.label), 0.0)]
    return fsum(parts)


def verify_adequacy(schedule: Schedule, found: Adequacy, plan: Plan, ledger: Ledger) -> None:
    """balance, deficit_exact, tie_flow."""
    needs = {(b.id, y): b.peak[y] * (1.0 + b.reserve) for b in found.case.balances for y in b.years}
    for at, missing in found.missing.items():
        place, terms = f"deficit[{at[0]},{at[1]}]", needs[at] + abs(missing)
        ledger.note("balance", place, found.deficit[at], ">=", missing, CAPACITY, terms)
        ledger.note("deficit_exact", place, found.deficit[at], "<=", missing, CAPACITY, terms)
    for at, stated in plan.deficit.items():
        if at not in found.missing:
            ledger.none("deficit_exact", f"deficit[{at[0]},{at[1]}]", stated, CAPACITY)
    most = {(tie.id, peak.label): room for tie in found.case.ties for peak, room in _rooms(schedule, tie)}
    for (i, direction, label), flow in plan.flow.items():
        ledger.note("tie_flow", f"flow[{i},{direction},{label}]", flow, "<=", most.get((i, label), 0.0), CAPACITY)


def _rooms(schedule: Schedule, tie: Tie) -> Iterator[tuple[Peak, float]]:
    """Capacity of a tie in each peak of its areas, with what works anywhere add to it."""
    case = schedule.case
    ends = [balance for balance in case.balances if (balance.area, balance.unit) in ((tie.a, tie.unit),
                                                                                     (tie.b, tie.unit))]
    months = {month for balance in ends for month in balance.months}
    years = {year for balance in ends for year in balance.years}
    for peak in peaks_of(schedule, years, months):
        yield peak, fsum([tie.capacity[peak.year],
                          *(project.quantities.get(tie.quantity or "", 0.0) * _serving(schedule, key, peak)
                            for key, project in case.projects.items())])


def lacks(found: Adequacy) -> list[Soft]:
    """Rows of balances with a priority: each year falls short by its deficit."""
    rows = []
    for b in found.case.balances:
        for y in b.years if b.priority is not None else ():
            need = b.peak[y] * (1.0 + b.reserve)
            rows.append(Soft(f"balance[{b.area},{b.unit},{y}]", b.priority or "", need if need > 0.0 else 1.0,
                             -found.deficit[b.id, y], 0.0, CAPACITY, need))
    return rows


def lack_keys(case: Case) -> set[str]:
    """Keys of shortfalls that balances may have."""
    return {f"balance[{b.area},{b.unit},{y}]" for b in case.balances if b.priority is not None for y in b.years}


def deficit_pv(found: Adequacy, prices: Prices) -> float:
    """What deficits of priced balances cost: price-year bn KZT at 1 January of the first year. The last year of a
    balance stands for those up to ``priced_to``."""
    parts = []
    for b in found.case.balances:
        for y in b.years if b.price is not None else ():
            through = range(y, (b.priced_to if y == max(b.years) else min(y, b.priced_to)) + 1)
            weight = fsum(prices.discount(u - prices.first_year + prices.half) for u in through)
            parts.append(weight * (b.price or 0.0) * found.deficit[b.id, y])
    return fsum(parts)
