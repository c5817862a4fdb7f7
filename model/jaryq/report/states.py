"""Condition over time, with the plan and if nothing more were done: zones, failures, what is not supplied, losses,
wear, for each project.

All are values of the linear quantities of ``factors.health`` (docs/numbers.md: Condition and risk); sums over regions
and sectors are the report's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jaryq.base.once import once
from jaryq.case.case import Facility, Package
from jaryq.factors import condition as cn
from jaryq.factors import health
from jaryq.factors.health import length
from jaryq.factors.linear import Linear
from jaryq.factors.risk import ZONES
from jaryq.report.amounts import Amounts, beside_means
from jaryq.sheets.measures import SECTORS_OF

UNIT_OF_SECTOR: Mapping[str, str] = {sector: unit for unit, sectors in SECTORS_OF.items() for sector in sectors}


@dataclass(frozen=True)
class Pair:
    """A quantity with the plan, and if nothing more were done."""

    plan: float = 0.0
    idle: float = 0.0

    def with_more(self, plan: float, idle: float, times: float = 1.0) -> Pair:
        """So much more of both, so many times."""
        return Pair(self.plan + times * plan, self.idle + times * idle)


@dataclass(frozen=True)
class States:
    """zone[asset, zone, y]: 1 (a share in divisible plans) where the asset is in the zone on 31 December of y;
    failures, supply [project, y]: of the year (supply in the unit of the sector); losses[package, y] likewise. ``now``
    holds the same at 1 January of plan_from (rates of a year)."""

    found: Amounts
    zone: Mapping[tuple[str, str, int], Pair] = field(default_factory=dict)
    failures: Mapping[tuple[str, int], Pair] = field(default_factory=dict)
    supply: Mapping[tuple[str, int], Pair] = field(default_factory=dict)
    losses: Mapping[tuple[str, int], Pair] = field(default_factory=dict)
    zone_now: Mapping[str, str] = field(default_factory=dict)
    failures_now: Mapping[str, float] = field(default_factory=dict)
    supply_now: Mapping[str, float] = field(default_factory=dict)
    losses_now: Mapping[str, float] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether anything is known of the condition of the programme's assets and networks."""
        return bool(self.zone_now or self.failures_now or self.losses_now
                    or worn(self.found.case.packages.values()))

    def wear(self, packages: Iterable[Package], year: int) -> Pair | None:
        """Mean wear on 31 December, a fraction; None if none of the packages has a wear."""
        mine = worn(packages)
        if not mine:
            return None
        more = [beside_means(self.found).worn.get((package.id, year), (0.0, 0.0)) for package in mine]
        whole = math.fsum(length(package) for package in mine)
        return self._pair(health.wear(self.found.factors.risk.rates, mine, year)).with_more(
            math.fsum(plan for plan, _ in more) / whole, math.fsum(idle for _, idle in more) / whole)

    def wear_now(self, packages: Iterable[Package]) -> float | None:
        """Mean wear on 1 January of plan_from, a fraction."""
        mine = worn(packages)
        return (math.fsum(length(p) * (p.wear or 0.0) for p in mine) / math.fsum(length(p) for p in mine) if mine
                else None)

    def _pair(self, linear: Linear) -> Pair:
        return Pair(linear.on(self.found.plan), linear.constant)


def worn(packages: Iterable[Package]) -> list[Package]:
    """Packages whose wear is known and that have a length."""
    mine = [package for package in packages if package.wear is not None]
    return mine if any(length(package) > 0 for package in mine) else []


@once
def states(found: Amounts) -> States:
    """The condition of every asset and package in every planned year."""
    case, rates = found.case, found.factors.risk.rates
    empty = States(found)
    pair, more = empty._pair, beside_means(found).failures
    zone: dict[tuple[str, str, int], Pair] = {}
    failures: dict[tuple[str, int], Pair] = {}
    supply: dict[tuple[str, int], Pair] = {}
    losses: dict[tuple[str, int], Pair] = {}
    zone_now: dict[str, str] = {}
    rated = {asset: zone_at(found, asset) for asset in case.assets}
    scored = [asset for asset in case.assets if case.facilities[asset].condition]
    for y in found.years:
        for asset, now in rated.items():
            if now is not None:
                zone_now[asset] = now
                zone |= {(asset, z, y): pair(health.in_zone(rates, z, [asset], y)) for z in ZONES}
        for asset in scored:
            failures[asset, y] = pair(health.failures(rates, asset, y, supply=False))
            if any((c := case.facilities[v].condition) and c.lost for v in case.assets[asset]):
                supply[asset, y] = pair(health.failures(rates, asset, y, supply=True))
        for n, package in case.packages.items():
            if package.bursts:
                own = more.get((n, y), (0.0, 0.0))
                failures[n, y] = pair(health.burst_count(rates, package, y, supply=False)).with_more(*own)
                if package.bursts.lost:
                    supply[n, y] = pair(health.burst_count(rates, package, y, supply=True)).with_more(
                        *own, package.bursts.lost)
            if package.losses is not None:
                losses[n, y] = pair(health.losses(rates, package, y))
    failing = {asset: rate_now(found, asset) for asset in scored}
    bursts = {n: length(p) * cn.bursts_old(p.bursts, 0.0) for n, p in case.packages.items() if p.bursts}
    return States(
        found, zone, failures, supply, losses, zone_now, failures_now=failing | bursts,
        supply_now={a: rate * lost_of(found, a) for a, rate in failing.items()}
        | {n: v * lost_of(found, n) for n, v in bursts.items()},
        losses_now={n: length(p) * p.losses for n, p in case.packages.items() if p.losses is not None},
    )


def zone_at(found: Amounts, asset: str) -> str | None:
    """Zone of an asset on 1 January of plan_from; None if it has neither a score nor a stated zone."""
    risk = found.factors.risk
    waits, done = risk.rates.zone_waiting(asset, 0.0), risk.rates.done(asset)
    return risk.rates.zone_renewed(*done) if waits and done else waits


def rate_now(found: Amounts, asset: str) -> float:
    """Probability of failure a year of an asset on 1 January of plan_from."""
    risk = found.factors.risk
    done = risk.rates.done(asset)
    return risk.rates.renewed(*done) if done else risk.rates.waiting(asset, 0.0)


def lost_of(found: Amounts, key: str) -> float:
    """MWh, Gcal or thousand m3 not supplied per failure of an asset as it stands, or per burst."""
    if key in found.case.packages:
        bursts = found.case.packages[key].bursts
        return (bursts.lost or 0.0) if bursts else 0.0
    done = found.factors.risk.rates.done(key)
    condition = found.case.facilities[done[0] if done else key].condition
    return (condition.lost or 0.0) if condition else 0.0


def consequence_of(found: Amounts, project: Facility | Package) -> float | None:
    """bn KZT of the price year per failure or burst, without what a quantity values; None without a score."""
    known = project.condition if isinstance(project, Facility) else project.bursts
    return found.factors.risk.rates.values.consequence(project.id, known) if known else None
