"""Capacity against the peak: what adds to it, what is out of service, what flows between areas (docs/numbers.md:
Adequacy)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from jaryq.base.once import once
from jaryq.base.text import Text
from jaryq.base.units import CAPACITY
from jaryq.case.areas import Balance, Tie
from jaryq.case.case import Case, Facility
from jaryq.factors.derive import Factors
from jaryq.factors.largest import most
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.quantities import in_service
from jaryq.factors.schedule import outage_months
from jaryq.factors.season import by_block, months_of
from jaryq.factors.soft import Rule

WHAT = Text("capacity at the peak", "мощность в пик")
WAYS = ("forth", "back")


@dataclass(frozen=True)
class Peak:
    """When a balance must hold: a period with peak months, or a later year (``position`` None), in which all works are
    in service and nothing is out."""

    label: str
    year: int
    position: int | None


@once
def peaks(f: Factors) -> Mapping[str, tuple[Peak, ...]]:
    """The peaks of each balance: periods of the planned years that hold a month of its season, then later years."""
    return {b.id: (*_planned(f, b), *(Peak(str(y), y, None) for y in b.years if y > f.case.settings.last_year))
            for b in f.case.balances}


@once
def peak_at(f: Factors) -> Mapping[tuple[str, str], Peak]:
    """Peaks by their balance and label."""
    return {(b, peak.label): peak for b, found in peaks(f).items() for peak in found}


def _planned(f: Factors, balance: Balance) -> Iterator[Peak]:
    size = 12 / f.case.settings.periods_per_year
    for period in f.case.periods:
        first = period.position * size
        if any(months_of((first, first + size), balance.months)):
            yield Peak(period.label, period.year, period.position)


def scale_of(balance: Balance, year: int) -> float:
    """What a deficit is a share of; 1 where there is no peak."""
    return balance.needed(year) or 1.0


# What there is at a peak


def supply(f: Factors, balance: Balance, peak: Peak) -> Linear:
    """Capacity available at a peak, with works in service and outages, before flows."""
    available = Linear({}, balance.available[peak.year], balance.unit)
    return total((available, works(f, balance, peak), out(f, balance, peak).times(-1.0)), balance.unit)


def works(f: Factors, balance: Balance, peak: Peak) -> Linear:
    """What planned works add at a peak; what was done before is in what is available."""
    return _added(f, balance.quantity, peak, lambda p: holds(balance, f.case, p), balance.unit)


def raised(f: Factors, tie: Tie, peak: Peak) -> Linear:
    """What planned works add to a tie, wherever they are."""
    return _added(f, tie.quantity, peak, lambda _: True, tie.unit)


def _added(f: Factors, quantity: str | None, peak: Peak, mine: Callable[[str], bool], unit: str) -> Linear:
    if quantity is None:
        return Linear({}, 0.0, unit)
    position = len(f.case.periods) if peak.position is None else peak.position
    projects = [project for key, project in f.case.projects.items() if project.quantities.get(quantity) and mine(key)]
    return Linear(in_service(f, quantity, projects, position).of, 0.0, unit)


def holds(balance: Balance, case: Case, p: str) -> bool:
    """Whether a project belongs to a balance."""
    project = case.project(p)
    return balance.has(project.region, project.place if isinstance(project, Facility) else None)


def out(f: Factors, balance: Balance, peak: Peak) -> Linear:
    """Capacity that works take out of service in a month of the peak season within the period: all of it, however
    short."""
    if peak.position is None:
        return Linear({}, 0.0, balance.unit)
    return Linear(_outs(f)[balance.id].get(peak.position, {}), 0.0, balance.unit)


@once
def _outs(f: Factors) -> Mapping[str, Mapping[int, Mapping[Decision, float]]]:
    """By balance and position of a period: capacity that works take out of service in a month of the peak season."""
    return {balance.id: _outs_of(f, balance) for balance in f.case.balances}


def _outs_of(f: Factors, balance: Balance) -> Mapping[int, Mapping[Decision, float]]:
    size = 12 / f.case.settings.periods_per_year
    found: dict[int, dict[Decision, float]] = {}
    for key, facility in f.case.facilities.items():
        outage = facility.outage
        if outage.unit != balance.unit or not outage.capacity or not holds(balance, f.case, key):
            continue
        for start in f.works.starts[key]:
            inside = (part for stretch in outage_months(f.case, facility, start) or ()
                      for part in months_of(stretch, balance.months))
            for position in by_block(inside, size):
                found.setdefault(position, {})["start", (key, start.period.label)] = outage.capacity
    return found


@once
def flows(f: Factors) -> tuple[tuple[str, str, str], ...]:
    """Flows that there are: ties, ways, and the peaks that both areas have."""
    found = []
    for tie in f.case.ties:
        a, b = ([peak.label for peak in peaks(f)[end]] for end in tie.ends)
        found += [(tie.id, way, label) for way in WAYS for label in a if label in b]
    return tuple(found)


@once
def _flows_at(f: Factors) -> Mapping[tuple[str, str], Mapping[Decision, float]]:
    """By balance and peak: flows in, less flows out."""
    found: dict[tuple[str, str], dict[Decision, float]] = {}
    for i, way, label in flows(f):
        a, b = f.case.tie_at[i].ends if way == "forth" else f.case.tie_at[i].ends[::-1]
        found.setdefault((a, label), {})["flow", (i, way, label)] = -1.0
        found.setdefault((b, label), {})["flow", (i, way, label)] = 1.0
    return found


def flowing(f: Factors, balance: Balance, peak: Peak) -> Linear:
    """What flows into an area less what flows out."""
    return Linear(_flows_at(f).get((balance.id, peak.label), {}), 0.0, balance.unit)


# Deficits


@once
def deficits(f: Factors) -> tuple[tuple[str, int], ...]:
    """Balances and the years in which they may have a deficit."""
    return tuple((balance.id, y) for balance in f.case.balances for y in balance.years)


@once
def weights(f: Factors) -> Mapping[tuple[str, int], float]:
    """What a unit of deficit costs, bn KZT of the price year in present value, by balance and year; the last row speaks
    for all years to the last one that is charged. Nothing where it costs nothing."""
    found = {}
    first, h = f.case.settings.first_year, f.prices.timing
    for balance in f.case.balances:
        last = balance.years[-1]
        for y in balance.years if balance.price is not None else ():
            goes_on = balance.priced_to if y == last > f.case.settings.last_year else y
            charged = range(y, min(goes_on, balance.priced_to) + 1)
            if weight := math.fsum(f.prices.discount(u - first + h) for u in charged) * (balance.price or 0.0):
                found[balance.id, y] = weight
    return found


def unweighed(f: Factors) -> tuple[tuple[str, int], ...]:
    """Deficits that neither a priority nor a price weighs."""
    return tuple((b, y) for b, y in deficits(f)
                 if f.case.balance_at[b].priority is None and (b, y) not in weights(f))


def short_of_peak(f: Factors) -> Iterator[Rule]:
    """Balances with a priority, in each of their years: the peak with its reserve, against it less the deficit."""
    for b, y in deficits(f):
        balance = f.case.balance_at[b]
        if balance.priority is None:
            continue
        need = balance.needed(y)
        area = balance.name
        unit = CAPACITY[balance.unit]
        name = Text(f"Capacity of {area.en}, {unit.en}", f"Мощность: {area.ru}, {unit.ru}")
        forms = Linear({("deficit", (b, y)): -1.0}, need, balance.unit), Linear({}, need, balance.unit)
        yield Rule("balance", (balance.area, balance.unit, y), balance.priority, scale_of(balance, y), y,
                   partial(_as_they_are, forms), name, WHAT, balance.unit, balance.origin)


def _as_they_are(forms: tuple[Linear, Linear], f: Factors) -> tuple[Linear, Linear]:
    """Forms that are the same whatever the factors."""
    del f
    return forms


# Bounds


Box = Callable[[Decision], float]


def flow_most(f: Factors, i: str, d: str, t: str, box: Box) -> float:
    """The most that can flow over a tie at a peak: its capacity of the year, and what works can raise it by."""
    tie = f.case.tie_at[i]
    peak = peak_at(f)[tie.ends[0], t]
    return tie.capacity[peak.year] + most(f, raised(f, tie, peak), box)


def deficit_most(f: Factors, b: str, y: int, box: Box) -> float:
    """The most that can be missing in a year: the peak with its reserve, and what works can take out or take away at
    its worst peak; at least 1."""
    balance = f.case.balance_at[b]
    taken = [total((out(f, balance, peak), works(f, balance, peak).times(-1.0)), balance.unit)
             for peak in peaks(f)[b] if peak.year == y]
    return max(balance.needed(y) + max(most(f, one, box) for one in taken), 1.0)
