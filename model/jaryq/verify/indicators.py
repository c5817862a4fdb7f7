"""What the plan leaves by year: failures, what is not supplied, losses, zones, wear (docs/numbers.md, Condition and
risk, Targets)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import fsum

from jaryq.case.case import Package
from jaryq.verify.funding import At, sector_of
from jaryq.verify.health import bursts
from jaryq.verify.renewal import Path
from jaryq.verify.risk import Risk
from jaryq.verify.schedule import Schedule
from jaryq.verify.stretch_state import State
from jaryq.verify.unit_values import SECTORS_OF
from jaryq.verify.works import length_of

ZONES = ("green", "yellow", "red")


@dataclass(frozen=True)
class Service:
    """A share of an asset in service: its works end with period ``finish``, ``ended`` years after 1 January of
    ``plan_from``."""

    share: float
    finish: int
    ended: float
    path: Path | None


class Indicators:
    """By asset (the key of its own facility) or package and planned year.

    ``failures``: failures and bursts; ``unsupplied`` and ``losses``: MWh, Gcal or thousand m3, by the sector;
    ``zones[zone]``: shares of assets on 31 December; ``red_share``: share of red asset-periods that are not mended,
    None if there are none. ``state``: stretches of packages with a register, where the plan says what it renews of
    them.
    """

    def __init__(self, schedule: Schedule, risk: Risk, state: State | None = None) -> None:
        self.case, self.schedule, self.risk, self.state = schedule.case, schedule, risk, state
        self.calendar = schedule.calendar
        self.failures: At = {}
        self.unsupplied: At = {}
        self.losses: At = {}
        self.zones: dict[str, At] = {zone: {} for zone in ZONES}
        red: list[float] = []
        unmended: list[float] = []
        for own, keys in schedule.assets.items():
            services, planned = self._services(keys)
            self._risk_of(own, services)
            self._zones_of(own, services)
            if planned:
                for position in range(self.calendar.count):
                    if self._zone_waiting(own, risk.ended(position)) == "red":
                        red.append(1.0)
                        # mended is what is in service, from the period after its works on; on 31 December works ended
                        # that day count
                        unmended.append(self._in_zones(own, services, position, position - 1)["red"])
        self.red_share = fsum(unmended) / fsum(red) if red else None
        for key, package in self.case.packages.items():
            self._networks(key, package)

    def _services(self, keys: Iterable[str]) -> tuple[list[Service], bool]:
        """What is or enters service of an asset; and whether it is for the plan to decide. What is done serves since 31
        December of its year."""
        plan_from = self.calendar.plan_from
        for key in keys:
            done = self.case.facilities[key].done
            if done is not None:
                return [Service(1.0, -1, done + 1.0 - plan_from, self.risk.serves[key])], False
        return [
            Service(share, finish, self.risk.ended(finish), self.risk.serves[key]) for key in keys
            for finish, share in self.schedule.finished(key)
        ], True

    def _sum(self, into: At, key: str, yearly: Callable[[int, float], float]) -> None:
        """Adds up by year: 1/k of the yearly rate at the middle of each period."""
        k = self.calendar.per_year
        for year in self.calendar.years:
            last = self.calendar.last_of(year)
            into[key, year] = fsum(yearly(u, (u + 0.5) / k) / k for u in range(last + 1 - k, last + 1))

    def _risk_of(self, own: str, services: list[Service]) -> None:
        """Of an asset whose own facility has a score; what is in service without one does not fail."""
        before = self.risk.waits[own]
        if before is None:
            return

        def yearly(weight: Callable[[Path], float]) -> Callable[[int, float], float]:
            def rate(position: int, middle: float) -> float:
                there = [service for service in services if service.finish < position]
                terms = [s.share * s.path.failing(middle - s.ended) * weight(s.path)
                         for s in there if s.path is not None]
                waits = 1.0 - fsum(service.share for service in there)
                return fsum([*terms, waits * before.failing(middle) * weight(before) if waits else 0.0])
            return rate

        self._sum(self.failures, own, yearly(lambda _: 1.0))
        self._sum(self.unsupplied, own, yearly(lambda path: path.lost))

    def _zone(self, score: float) -> str:
        settings = self.case.settings
        if score >= settings.red_from:
            return "red"
        return "yellow" if score >= settings.yellow_from else "green"

    def _zone_waiting(self, own: str, years: float) -> str | None:
        """The worse one of what its score and its own zone say; None without either."""
        before, stated = self.risk.before[own], self.case.facilities[own].own_zone
        found = [self._zone(before.at(years))] if before is not None else []
        found += [stated] if stated is not None else []
        return max(found, key=ZONES.index, default=None)

    def _in_zones(self, own: str, services: list[Service], position: int, ended: int) -> dict[str, float]:
        """Shares of an asset by zone at the end of a period, after the works that ended with the period ``ended`` or
        before; nothing if it is in none."""
        end = self.risk.ended(position)
        waiting = self._zone_waiting(own, end)
        shares: dict[str, list[float]] = {zone: [] for zone in ZONES}
        if waiting is not None:
            there = [service for service in services if service.finish <= ended]
            shares[waiting] += [1.0, *(-service.share for service in there)]
            for service in there:
                shares[self._zone(service.path.ageing.at(end - service.ended)) if service.path is not None
                       else "green"].append(service.share)
        return {zone: fsum(parts) for zone, parts in shares.items()}

    def _zones_of(self, own: str, services: list[Service]) -> None:
        for year in self.calendar.years:
            last = self.calendar.last_of(year)
            for zone, share in self._in_zones(own, services, last, last).items():
                self.zones[zone][own, year] = share

    def _networks(self, key: str, package: Package) -> None:
        """Bursts and losses of what waits and of what is renewed, from the period after its renewal on."""
        length, renewals, of = length_of(package), self.schedule.renewals.get(key, ()), package.bursts

        def burst(position: int, middle: float) -> float:
            assert of is not None
            if self.state is not None and key in self.state:
                return self.state.bursts(package, of, position, middle)
            there = [(km, bursts(of, middle - self.risk.ended(t), new=True)) for t, km in renewals if t < position]
            return (length - fsum(km for km, _ in there)) * bursts(of, middle) + fsum(km * rate for km, rate in there)

        def lost(position: int, middle: float) -> float:
            before = package.losses or 0.0
            after = before if package.losses_after is None else package.losses_after
            there = fsum(km for t, km in renewals if t < position)
            return (length - there) * before + there * after

        if of is not None:
            self._sum(self.failures, key, burst)
            for year in self.calendar.years:
                self.unsupplied[key, year] = self.failures[key, year] * (of.lost or 0.0)
        if package.losses is not None:
            self._sum(self.losses, key, lost)

    def wear(self, packages: Iterable[Package], year: int) -> float | None:
        """Mean wear on 31 December, by length; None where no package has a wear."""
        lengths, worn = [], []
        for package in packages:
            if package.wear is not None:
                lengths.append(length_of(package))
                worn.append(self._worn(package, package.wear, year))
        total = fsum(lengths)
        return fsum(worn) / total if total > 0.0 else None

    def _worn(self, package: Package, wear: float, year: int) -> float:
        """km x wear."""
        if self.state is not None and package.id in self.state:
            return self.state.worn(package, wear, year)
        end = self.calendar.last_of(year)
        renewals = [(t, km) for t, km in self.schedule.renewals.get(package.id, ()) if t <= end]
        old = min(1.0, wear + (year + 1 - self.calendar.plan_from) / package.life)
        waits = length_of(package) - fsum(km for _, km in renewals)
        return fsum([waits * old,
                     *(km * min(1.0, (end - t) / self.calendar.per_year / package.life) for t, km in renewals)])

    def by_unit(self, amounts: At) -> dict[tuple[str, int], float]:
        """Sums over all assets and packages of the sectors of each unit, by planned year; units with such projects
        alone."""
        sectors = {key: sector_of(self.case, project) for key, project in self.case.projects.items()}
        found: dict[tuple[str, int], list[float]] = defaultdict(list)
        for unit, meant in SECTORS_OF.items():
            if any(sector in meant for sector in sectors.values()):
                for year in self.calendar.years:
                    found[unit, year] = [amount
                                         for (key, y), amount in amounts.items() if y == year and sectors[key] in meant]
        return {at: fsum(parts) for at, parts in found.items()}
