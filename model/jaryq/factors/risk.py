"""Risk and condition of a case over time: failures expected, their money, zones, wear (docs/numbers.md: Condition and
risk).

The measures of condition are linear in the decisions: each is a :class:`Linear` here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from jaryq.case.case import Case
from jaryq.case.works import Bursts, Condition
from jaryq.factors import condition as cn
from jaryq.factors.failures import (
    Monetised,
    Rates,
    as_often,
    first_failures,
    pipes_replaced_in,
    renewals,
    replaced_in,
)
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
        self.known = known if known is not None and known.case.settings.plan_from == case.settings.plan_from else None
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
        """Failures of a facility, bursts of a km of a package, whose condition is known. Those of another case are
        taken over where they follow from the same, whatever each costs; looked at for as long, as the same object."""
        if self.known is not None and self._fails_as_often(key, self.known):
            theirs, ends = self.known.rates_of(key), (self.case.settings.last_year, self._far)
            alike = ends == (self.known.case.settings.last_year, self.known._far)
            return theirs if alike else replace(theirs, until=self._until(key))
        until = self._until(key)
        if key in self.case.packages and (b := self.case.packages[key].bursts) is not None:
            return Rates(cache(lambda t: cn.bursts_old(b, t)), cache(lambda v: cn.bursts_new(b, v)), until)
        asset = self.case.facilities[key].asset
        return Rates(cache(lambda t: self.waiting(asset, t)), cache(lambda v: self.renewed(key, v)), until)

    def _fails_as_often(self, key: str, other: Risk) -> bool:
        """Whether failures of a project come as often in another case that is planned from the same year. Where each
        renews they are counted year by year, as far as that case looks."""
        mine, theirs = self._follows_from(key), other._follows_from(key)
        if self._far > other._far and any(isinstance(c, Condition) and c.after_failure == "replace" for c in mine):
            return False
        return len(mine) == len(theirs) and all(map(as_often, mine, theirs))

    def _until(self, key: str) -> int | None:
        """The year from which a project would have been replaced; None if not while anybody looks, or not known."""
        settings, package = self.case.settings, self.case.packages.get(key)
        if package is not None:
            return None if package.bursts is None else \
                pipes_replaced_in(package.bursts, settings.plan_from, settings.last_year, self._far)
        asset = self.case.facilities[key].asset
        before = self.case.facilities[asset].condition
        return None if before is None else \
            replaced_in(before, settings.plan_from, settings.last_year, self._far, self.now[asset])

    def _follows_from(self, key: str) -> tuple[Condition | Bursts | None, ...]:
        """What failures of a project follow from, beside the year from which it is planned."""
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

