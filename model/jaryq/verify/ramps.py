"""How fast km and use of money rise and fall from year to year, and km under contract (docs/numbers.md, Pace and
continuity)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from jaryq.case.case import Case, Ramp, Source
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import Funding, use_of, used_in
from jaryq.verify.schedule import Schedule
from jaryq.verify.soft import Soft


@dataclass(frozen=True)
class Climb:
    """A ramp with what the plan has under it: ``amounts`` of the year before the first planned one and of each planned
    year, ``exempt`` of each planned year, in ``unit``; ``years``: those it holds for; ``size``: scale of a missed
    fall."""

    key: str
    ramp: Ramp
    years: Sequence[int]
    amounts: Mapping[int, float]
    exempt: Mapping[int, float]
    size: float
    unit: str

    def beginning(self, y: int) -> bool:
        """Whether a year is one up to that in which the ramp begins."""
        return y <= (self.years[0] if self.ramp.begins is None else self.ramp.begins)

    def before(self, y: int) -> float:
        """What a year is counted from."""
        stated = self.ramp.begins is not None and self.beginning(y)
        return self.amounts[min(self.amounts) if stated else y - 1]


def key_of(case: Case, source: Source) -> str:
    """Key of a source's ramp: where a kind of asset with a ramp bears the source's key, it is told apart."""
    kind = case.asset_types.get(source.id)
    return f"{source.id} (source)" if kind is not None and kind.ramp is not None else source.id


def _ramped(case: Case) -> Iterator[tuple[str, Ramp, Sequence[int], str, str]]:
    """Key, ramp, years, whether of a kind or a source, and its id."""
    years = case.settings.years
    for k, kind in case.asset_types.items():
        if kind.ramp is not None:
            yield k, kind.ramp, years, "kind", k
    for s, source in case.sources.items():
        if source.ramp is not None and source.open:
            mine = [y for y in years if source.available_from <= y <= source.available_to]
            yield key_of(case, source), source.ramp, mine, "source", s


def fall_keys(case: Case) -> Iterator[str]:
    """Keys of the shortfalls of all falls."""
    return (f"ramp_down[{key},{y}]" for key, ramp, years, _, _ in _ramped(case) if ramp.down is not None
            for y in years if y >= (ramp.begins or y))


def climbs(funding: Funding, schedule: Schedule) -> list[Climb]:
    """Every ramp of the case with the plan's amounts."""
    case = funding.case
    found = []
    for key, ramp, years, of, own in _ramped(case):
        of_kind = of == "kind"
        amounts, exempt, whole = _of_kind(schedule, own) if of_kind else _of_source(funding, case.sources[own])
        size = max(whole / len(case.settings.years), ramp.least)
        found.append(Climb(key, ramp, years, amounts, exempt, size, "km" if of_kind else "bn currency"))
    return found


def _of_kind(schedule: Schedule, kind: str) -> tuple[dict[int, float], dict[int, float], float]:
    """Km by year from the year before the planned ones, km under contract, km left in scope."""
    case = schedule.case
    mine = [package for package in case.packages.values() if package.asset_type == kind]
    by_year = [(schedule.km_by_year(package.id), package) for package in mine]
    before = case.settings.plan_from - 1
    amounts = {before: fsum(package.done.get(before, 0.0) for package in mine)}
    amounts |= {y: fsum(km.get(y, 0.0) for km, _ in by_year) for y in case.settings.years}
    exempt = {y: fsum(package.committed.get(y, 0.0) for package in mine) for y in case.settings.years}
    return amounts, exempt, fsum(max(0.0, package.km - fsum(package.done.values())) for package in mine)


def _of_source(funding: Funding, source: Source) -> tuple[dict[int, float], dict[int, float], float]:
    """Use by year from the year before the planned ones, use for what is under contract, the envelope; bn of the
    currency."""
    case = funding.case
    before = case.settings.plan_from - 1
    amounts = {before: used_in(case, funding.prices, source, before), **use_of(funding, source)}
    bound = {f for f, facility in case.facilities.items() if facility.committed or facility.started is not None}
    drawn: dict[int, list[float]] = {y: [] for y in case.settings.years}
    for (s, p, y), amount in funding.plan.draw.items():
        if s == source.id and p in bound:
            drawn[y].append(amount)
    exempt = {y: fsum(rows) / funding.prices.rate_of(source, y) if rows else 0.0 for y, rows in drawn.items()}
    whole = fsum(source.ceilings.values()) if source.envelope is None else source.envelope
    return amounts, exempt, whole


def verify_ramps(found: Sequence[Climb], ledger: Ledger) -> None:
    """ramp_up."""
    for climb in found:
        up = climb.ramp.up
        if up is None:
            continue
        for y in climb.years:
            free = climb.ramp.least
            if climb.ramp.start is not None and climb.beginning(y):
                free = climb.ramp.start
            parts = [(1.0 + up) * climb.before(y), free, climb.exempt[y]]
            ledger.note("ramp_up", f"ramp_up[{climb.key},{y}]", climb.amounts[y], "<=", fsum(parts), climb.unit,
                        climb.amounts[y])


def falls(found: Sequence[Climb]) -> Iterator[Soft]:
    """The rows of falls, each with its priority; what a ramp always allows is on top of a rise, not off a fall."""
    for climb in found:
        down = climb.ramp.down
        if down is None:
            continue
        for y in climb.years:
            if climb.ramp.begins is not None and y < climb.ramp.begins:
                continue
            least = (1.0 - down) * climb.before(y)
            yield Soft(f"ramp_down[{climb.key},{y}]", climb.ramp.priority, climb.size, climb.amounts[y], least,
                       climb.unit, climb.amounts[y] + climb.before(y))


def verify_contracts(schedule: Schedule, ledger: Ledger) -> None:
    """committed_km."""
    for n, package in schedule.case.packages.items():
        renewed = schedule.km_by_year(n)
        for y in package.committed:
            if y > schedule.calendar.last_year:
                continue
            due = fsum(km for year, km in package.committed.items() if year <= y)
            there = fsum(km for year, km in renewed.items() if year <= y)
            ledger.note("committed_km", f"renew[{n},{y}]", there, ">=", due, "km", there)
