"""Risk and condition of a case over time: failures expected, their money, zones, wear (docs/numbers.md: Condition and
risk).

The measures of condition are linear in the decisions: each is a :class:`Linear` here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from jaryq.case.case import Case, Package
from jaryq.case.works import Condition
from jaryq.factors import condition as cn
from jaryq.factors.failures import Monetised, Rates, first_failures, pipes_replaced_in, renewals, replaced_in
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.prices import Prices
from jaryq.factors.schedule import Start
from jaryq.factors.unit_values import UnitValues

ZONES = ("green", "yellow", "red")


class Risk:
    """Rates and zones of each asset and package, waiting or renewed; ``t``: years from 1 January of plan_from, ``v``:
    years since works ended."""

    def __init__(self, case: Case, prices: Prices, starts: Mapping[str, tuple[Start, ...]],
                 opened: Mapping[str, tuple[str, ...]], known: Risk | None = None) -> None:
        self.case = case
        self.known = known if known is not None and known.case.settings == case.settings else None
        self.prices = prices
        self.values = UnitValues(case, prices)
        self.starts = starts
        self.opened = opened
        self.k = case.settings.periods_per_year
        self.now = {key: cn.score(c, case.settings.plan_from)
                    for key, f in case.facilities.items() if (c := f.condition)}
        self.waiting = cache(self._waiting)
        self.renewed = cache(self._renewed)
        self.red_periods = cache(self._red_periods)
        self.money = cache(self._money)
        self.rates_of = cache(self._rates_of)
        self._by_year = cache(self._expected)
        self.times = cache(self._times)

    # Rates and zones

    def _waiting(self, asset: str, t: float) -> float:
        """Failures a year expected of an asset that waits: its probability, or where each failure renews those of all
        that stood there; 0 without a score."""
        c = self.case.facilities[asset].condition
        if c is None:
            return 0.0
        return self._by_year(asset, None)[math.floor(t)] if c.after_failure == "replace" else self.chance(asset, t)

    def _renewed(self, facility: str, v: float) -> float:
        """Failures a year expected after works, by the rule of the asset's own facility."""
        asset = self.case.facilities[facility].asset
        own, c = self.case.facilities[asset].condition, self.case.facilities[facility].condition
        if c is None:
            return 0.0
        return (self._by_year(asset, facility)[math.floor(v)] if own is not None and own.after_failure == "replace"
                else cn.probability(c, cn.score_after(c, v)))

    def chance(self, asset: str, t: float) -> float:
        """Probability of failure a year of an asset that waits and has a score."""
        c = self.case.facilities[asset].condition
        return cn.probability(c, cn.score_in(c, self.case.settings.plan_from, t, now=self.now[asset])) if c else 0.0

    def _expected(self, asset: str, renewed: str | None) -> list[float]:
        """Failures by year, each of which renews: of an asset that waits from 1 January of plan_from, or of a facility
        from the end of its works."""
        years = range(self._far - self.case.settings.plan_from + 1)
        c = self.case.facilities[renewed or asset].condition
        if c is None:
            return [0.0 for _ in years]
        again = first_failures([cn.probability(c, cn.score_after(c, n + 0.5)) for n in years])
        return renewals(again if renewed else first_failures([self.chance(asset, n + 0.5) for n in years]), again)

    @property
    def _far(self) -> int:
        """A year after all that is looked at."""
        settings = self.case.settings
        return max(settings.evaluation_last_year, settings.last_year) + len(settings.years) + 1

    def _money(self, key: str) -> Monetised | None:
        """Risk in money of a project; None where its condition, or that of the facility it is a variant of, is not
        known."""
        if key in self.case.packages:
            b = self.case.packages[key].bursts
            if b is None:
                return None
            each = self.values.consequence(key, b)
            return Monetised(each, each, self.rates_of(key))
        asset = self.case.facilities[key].asset
        before, after = self.case.facilities[asset].condition, self.case.facilities[key].condition
        if before is None or after is None:
            return None
        more = before.replacement if before.after_failure == "replace" else 0.0
        was, now = (self.values.consequence(row, c, key) + more for row, c in ((asset, before), (key, after)))
        return Monetised(was, now, self.rates_of(key))

    def _rates_of(self, key: str) -> Rates:
        """Failures of a facility, bursts of a km of a package, whose condition is known."""
        if self.known is not None and self._follows_from(key) == self.known._follows_from(key):
            return self.known.rates_of(key)
        settings, package = self.case.settings, self.case.packages.get(key)
        if package is not None and (b := package.bursts) is not None:
            return Rates(cache(lambda t: cn.bursts_old(b, t)), cache(lambda v: cn.bursts_new(b, v)),
                         pipes_replaced_in(b, settings.plan_from, settings.last_year, self._far))
        asset = self.case.facilities[key].asset
        before = self.case.facilities[asset].condition
        until = None if before is None else replaced_in(before, settings.plan_from, settings.last_year, self._far,
                                                        self.now[asset])
        return Rates(cache(lambda t: self.waiting(asset, t)), cache(lambda v: self.renewed(key, v)), until)

    def _follows_from(self, key: str) -> tuple[object, ...]:
        """What failures of a project follow from, of cases with the same settings."""
        if key in self.case.packages:
            return (self.case.packages[key].bursts,)
        facility = self.case.facilities.get(key)
        return () if facility is None else (facility.condition, self.case.facilities[facility.asset].condition)

    def zone_waiting(self, asset: str, t: float) -> str | None:
        """Zone of an asset that waits: by its score, at least as bad as it is said to be."""
        facility = self.case.facilities[asset]
        found = [facility.own_zone] if facility.own_zone else []
        if facility.condition:
            found.append(self._zone(cn.score_in(facility.condition, self.case.settings.plan_from, t,
                                                now=self.now[asset])))
        return max(found, key=ZONES.index) if found else None

    def zone_renewed(self, facility: str, v: float) -> str:
        c = self.case.facilities[facility].condition
        return self._zone(cn.score_after(c, v)) if c else "green"

    def _zone(self, h: float) -> str:
        settings = self.case.settings
        return "red" if h >= settings.red_from else "yellow" if h >= settings.yellow_from else "green"

    def done(self, asset: str) -> tuple[str, float] | None:
        """The variant of an asset that is done, and how many years before plan_from it came into service; None if none
        is."""
        for key in self.case.assets[asset]:
            year = self.case.facilities[key].done
            if year is not None:
                return key, float(self.case.settings.plan_from - year - 1)
        return None

    # Time

    def end(self, position: int) -> float:
        """End of a period, years from 1 January of plan_from."""
        return (position + 1) / self.k

    def middles(self, year: int) -> Iterator[tuple[int, float]]:
        """Position and middle of each period of a planned year."""
        for period in self.case.periods:
            if period.year == year:
                yield period.position, (period.position + 0.5) / self.k

    def _times(self, last: int) -> tuple[tuple[int, float, float], ...]:
        """Position (past the last for years after it), middle and weight (discounted years) of each period or year to
        31 December of ``last``."""
        settings = self.case.settings
        found = []
        for period in self.case.periods:
            if period.year <= last:
                x = settings.plan_from - settings.first_year + (period.position + self.prices.timing) / self.k
                found.append((period.position, (period.position + 0.5) / self.k, self.prices.discount(x) / self.k))
        for year in range(settings.last_year + 1, last + 1):
            x = year - settings.first_year + self.prices.timing
            found.append((len(self.case.periods), year - settings.plan_from + 0.5, self.prices.discount(x)))
        return tuple(found)

    # Measures

    def wear(self, packages: list[Package], year: int) -> Linear:
        """Mean wear of packages on 31 December, weighted by their length; renewed km are of average wear."""
        worn = [package for package in packages if package.wear is not None]
        weight = math.fsum(length(package) for package in worn)
        if weight <= 0:
            return Linear({}, 0.0)
        years = year + 1 - self.case.settings.plan_from
        of: dict[Decision, float] = {}
        constant = []
        for package in worn:
            old = min(1.0, (package.wear or 0.0) + years / package.life)
            constant.append(length(package) / weight * old)
            for label, position in self._open_to(package, year):
                new = min(1.0, (years - self.end(position)) / package.life)
                of["renew", (package.id, label)] = (new - old) / weight
        return Linear(of, math.fsum(constant))

    def in_zone(self, zone: str, assets: list[str], year: int) -> Linear:
        """Assets in a zone on 31 December of a planned year."""
        t = float(year + 1 - self.case.settings.plan_from)
        of: dict[Decision, float] = {}
        constant = []
        for asset in assets:
            waits = self.zone_waiting(asset, t)
            if waits is None:
                continue
            done = self.done(asset)
            if done:
                constant.append(float(self.zone_renewed(done[0], t + done[1]) == zone))
                continue
            constant.append(float(waits == zone))
            for key in self.case.assets[asset]:
                for start in self.starts[key]:
                    v = t - self.end(start.finish.position)
                    if start.finish.year <= year and (change := float(self.zone_renewed(key, v) == zone)
                                                      - float(waits == zone)):
                        of["start", (key, start.period.label)] = change
        return Linear(of, math.fsum(constant))

    def failures(self, asset: str, year: int, *, supply: bool) -> Linear:
        """Expected failures of an asset in a planned year, or what is not supplied by them."""
        base = self.case.facilities[asset].condition
        if base is None:
            return Linear({}, 0.0)
        done = self.done(asset)
        of: dict[Decision, float] = {}
        constant = []
        for position, t in self.middles(year):
            if done:
                constant.append(self.renewed(done[0], t + done[1]) * self._size(done[0], supply=supply) / self.k)
                continue
            old = self.waiting(asset, t) * self._size(asset, supply=supply)
            constant.append(old / self.k)
            for key in self.case.assets[asset]:
                for start in self.starts[key]:
                    if start.finish.position < position:
                        new = self.renewed(key, t - self.end(start.finish.position)) * self._size(key, supply=supply)
                        place = "start", (key, start.period.label)
                        of[place] = of.get(place, 0.0) + (new - old) / self.k
        return Linear(of, math.fsum(constant))

    def _size(self, facility: str, *, supply: bool) -> float:
        c: Condition | None = self.case.facilities[facility].condition
        return (c.lost or 0.0 if c else 0.0) if supply else 1.0

    def burst_count(self, package: Package, year: int, *, supply: bool) -> Linear:
        """Expected bursts of a package in a planned year, or what is not supplied by them."""
        b = package.bursts
        if b is None:
            return Linear({}, 0.0)
        size = (b.lost or 0.0) if supply else 1.0
        return self._per_km(package, year, lambda t: size * cn.bursts_old(b, t), lambda v: size * cn.bursts_new(b, v))

    def losses(self, package: Package, year: int) -> Linear:
        """Losses of a package in a planned year, in the unit of its sector."""
        before = package.losses
        if before is None:
            return Linear({}, 0.0)
        after = before if package.losses_after is None else package.losses_after
        return self._per_km(package, year, lambda _: before, lambda _: after)

    def _per_km(self, package: Package, year: int, old: Callable[[float], float],
                new: Callable[[float], float]) -> Linear:
        of: dict[Decision, float] = {}
        constant = []
        for position, t in self.middles(year):
            rate = old(t)
            constant.append(length(package) * rate / self.k)
            for label, place in self._open_to(package, year):
                if place < position and (change := (new(t - self.end(place)) - rate) / self.k):
                    of["renew", (package.id, label)] = of.get(("renew", (package.id, label)), 0.0) + change
        return Linear(of, math.fsum(constant))

    def _open_to(self, package: Package, year: int) -> Iterator[tuple[str, int]]:
        """Label and position of the periods to the end of ``year`` in which a package may be renewed."""
        wanted = set(self.opened[package.id])
        return ((p.label, p.position) for p in self.case.periods if p.year <= year and p.label in wanted)

    # Red zone first

    def _red_periods(self) -> Linear:
        """Share of red asset-periods that are not mended: 1 if nothing is done. No terms where nothing is red."""
        of: dict[Decision, float] = {}
        count = 0
        for asset, variants in self.case.assets.items():
            if self.done(asset):
                continue
            red = [p.position for p in self.case.periods if self.zone_waiting(asset, self.end(p.position)) == "red"]
            count += len(red)
            for key in variants:
                for start in self.starts[key]:
                    mended = sum(
                        1 for u in red
                        if u > start.finish.position
                        and self.zone_renewed(key, self.end(u) - self.end(start.finish.position)) != "red"
                    )
                    if mended:
                        of["start", (key, start.period.label)] = -float(mended)
        return Linear({key: value / count for key, value in of.items()}, 1.0) if count else Linear({}, 0.0)


def length(package: Package) -> float:
    """Km that wear, bursts and losses speak of: all of the network, else what is in scope and not done."""
    return package.km_total if package.km_total is not None else max(package.km - package.km_done, 0.0)
