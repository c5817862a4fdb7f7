"""What condition comes to in years: wear, zones, failures, bursts and losses, each one linear form in the decisions
(docs/numbers.md: Condition and risk)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache

from jaryq.case.case import Package
from jaryq.case.works import Condition
from jaryq.factors import condition as cn
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.risk import Risk


def wear(risk: Risk, packages: list[Package], year: int) -> Linear:
    """Mean wear of packages on 31 December, weighted by their length; renewed km are of average wear."""
    worn = [package for package in packages if package.wear is not None]
    weight = math.fsum(length(package) for package in worn)
    if weight <= 0:
        return Linear({}, 0.0)
    years = year + 1 - risk.case.settings.plan_from
    of: dict[Decision, float] = {}
    constant = []
    for package in worn:
        old = min(1.0, (package.wear or 0.0) + years / package.life)
        constant.append(length(package) / weight * old)
        for label, position in _open_to(risk, package, year):
            new = min(1.0, (years - risk.end(position)) / package.life)
            of["renew", (package.id, label)] = (new - old) / weight
    return Linear(of, math.fsum(constant))


def in_zone(risk: Risk, zone: str, assets: list[str], year: int) -> Linear:
    """Assets in a zone on 31 December of a planned year."""
    t = float(year + 1 - risk.case.settings.plan_from)
    of: dict[Decision, float] = {}
    constant = []
    for asset in assets:
        waits = risk.zone_waiting(asset, t)
        if waits is None:
            continue
        done = risk.done(asset)
        if done:
            constant.append(float(risk.zone_renewed(done[0], t + done[1]) == zone))
            continue
        constant.append(float(waits == zone))
        for key in risk.case.assets[asset]:
            for start in risk.starts[key]:
                v = t - risk.end(start.finish.position)
                if start.finish.year <= year and (change := float(risk.zone_renewed(key, v) == zone)
                                                  - float(waits == zone)):
                    of["start", (key, start.period.label)] = change
    return Linear(of, math.fsum(constant))


def failures(risk: Risk, asset: str, year: int, *, supply: bool) -> Linear:
    """Expected failures of an asset in a planned year, or what is not supplied by them."""
    base = risk.case.facilities[asset].condition
    if base is None:
        return Linear({}, 0.0)
    done = risk.done(asset)
    of: dict[Decision, float] = {}
    constant = []
    for position, t in risk.middles(year):
        if done:
            constant.append(risk.renewed(done[0], t + done[1]) * _size(risk, done[0], supply=supply) / risk.k)
            continue
        old = risk.waiting(asset, t) * _size(risk, asset, supply=supply)
        constant.append(old / risk.k)
        for key in risk.case.assets[asset]:
            for start in risk.starts[key]:
                if start.finish.position < position:
                    new = risk.renewed(key, t - risk.end(start.finish.position)) * _size(risk, key, supply=supply)
                    place = "start", (key, start.period.label)
                    of[place] = of.get(place, 0.0) + (new - old) / risk.k
    return Linear(of, math.fsum(constant))


def _size(risk: Risk, facility: str, *, supply: bool) -> float:
    c: Condition | None = risk.case.facilities[facility].condition
    return (c.lost or 0.0 if c else 0.0) if supply else 1.0


def burst_count(risk: Risk, package: Package, year: int, *, supply: bool) -> Linear:
    """Expected bursts of a package in a planned year, or what is not supplied by them."""
    b = package.bursts
    if b is None:
        return Linear({}, 0.0)
    size = (b.lost or 0.0) if supply else 1.0
    # As old as one another are pipes of many periods, each a while after its own.
    return _per_km(risk, package, year, lambda t: size * cn.bursts_old(b, t),
                   cache(lambda v: size * cn.bursts_new(b, v)))


def losses(risk: Risk, package: Package, year: int) -> Linear:
    """Losses of a package in a planned year, in the unit of its sector."""
    before = package.losses
    if before is None:
        return Linear({}, 0.0)
    after = before if package.losses_after is None else package.losses_after
    return _per_km(risk, package, year, lambda _: before, lambda _: after)


def _per_km(risk: Risk, package: Package, year: int, old: Callable[[float], float],
            new: Callable[[float], float]) -> Linear:
    of: dict[Decision, float] = {}
    constant = []
    opened = [(("renew", (package.id, label)), place, risk.end(place))
              for label, place in _open_to(risk, package, year)]
    for position, t in risk.middles(year):
        rate = old(t)
        constant.append(length(package) * rate / risk.k)
        for renewed, place, end in opened:
            if place < position and (change := (new(t - end) - rate) / risk.k):
                of[renewed] = of.get(renewed, 0.0) + change
    return Linear(of, math.fsum(constant))


def _open_to(risk: Risk, package: Package, year: int) -> Iterator[tuple[str, int]]:
    """Label and position of the periods to the end of ``year`` in which a package may be renewed."""
    wanted = set(risk.opened[package.id])
    return ((p.label, p.position) for p in risk.case.periods if p.year <= year and p.label in wanted)


def length(package: Package) -> float:
    """Km that wear, bursts and losses speak of: all of the network, else what is in scope and not done."""
    return package.km_total if package.km_total is not None else max(package.km - package.km_done, 0.0)
