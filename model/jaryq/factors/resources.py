"""What works need while they are under way: crews, and capacity that they take out of service, in terms of the
decisions (docs/numbers.md: Crews, Outages)."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear

Place = tuple[str, str, str]
"""Region, unit of capacity, period."""


@once
def crews_needed(f: Factors) -> Mapping[tuple[str, str], Linear]:
    """Crew-years that works need of each row of capacity in each period."""
    found: dict[tuple[str, str], dict[Decision, float]] = {}
    for w, by_start in f.works.crew_need.items():
        for key, need in sorted(by_start.items()):
            for t, crews in need.items():
                found.setdefault((w, t), {})["start", key] = crews
    for w, by_package in f.works.crew_km.items():
        for n, crews in sorted(by_package.items()):
            for t in f.works.open[n]:
                found.setdefault((w, t), {})["renew", (n, t)] = crews
    return {place: Linear(of, 0.0, "crew-years") for place, of in found.items()}


@once
def premiums_of_crews(f: Factors) -> Mapping[tuple[str, str], Linear]:
    """What crews that are added, and those borrowed from other regions, cost beside the works that they do, by row of
    capacity and period: bn KZT of the price year."""
    found: dict[tuple[str, str], dict[Decision, float]] = {}
    for family, most, cost in (
        ("extra", f.works.rooms.extra, {crew.id: crew.extra_cost for crew in f.case.crews}),
        ("borrowed", f.works.rooms.borrowed, {crew.id: crew.lend_cost for crew in f.case.crews}),
    ):
        for w, t in sorted(most):
            found.setdefault((w, t), {})[family, (w, t)] = cost[w]
    return {place: Linear(of, 0.0, BILLION) for place, of in found.items()}


@once
def out_of_service(f: Factors) -> Mapping[Place, Linear]:
    """Capacity out of service in each region and period, mean over the months of the period, in its unit."""
    size = 12 / f.case.settings.periods_per_year
    found: dict[Place, dict[Decision, float]] = {}
    for key, starts in sorted(f.works.starts.items()):
        facility = f.case.facilities[key]
        outage = facility.outage
        if not outage.capacity or not outage.unit:
            continue
        for start in starts:
            for t, months in start.outage.items():
                at = (facility.region or "", outage.unit, t)
                found.setdefault(at, {})["start", (key, start.period.label)] = outage.capacity * months / size
    return {at: Linear(of, 0.0, at[1]) for at, of in found.items()}


@once
def out_in_season(f: Factors) -> Mapping[Place, Linear]:
    """The same of the facilities alone whose outage keeps to the season of their kind."""
    kept = {at: {decision: part for decision, part in linear.of.items()
                 if f.case.facilities[decision[1][0]].outage.seasonal} for at, linear in out_of_service(f).items()}
    return {at: Linear(of, 0.0, at[1]) for at, of in kept.items() if of}
