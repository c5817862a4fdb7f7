"""Lots: rows that are one contract, all or none (docs/numbers.md, Sources together)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum, inf

from jaryq.base.hair import hair
from jaryq.case.case import Case, Package
from jaryq.verify.finding import Ledger
from jaryq.verify.schedule import Schedule


def packages_by_lot(case: Case) -> dict[str, list[Package]]:
    """Packages of each lot that has some."""
    found: dict[str, list[Package]] = defaultdict(list)
    for package in case.packages.values():
        if package.lot is not None:
            found[package.lot].append(package)
    return dict(found)


def verify_lots(schedule: Schedule, ledger: Ledger) -> None:
    """lot_starts, lot_km."""
    facilities = schedule.lots
    for lot, keys in facilities.items():
        first, *others = keys
        started = _shares(schedule, first)
        for other in others:
            mine = _shares(schedule, other)
            for position in sorted({*started, *mine}):
                ledger.note("lot_starts", f"start[{other},{schedule.calendar.label(position)}] of {lot}",
                            mine.get(position, 0.0), "=", started.get(position, 0.0), "share")
    for lot, packages in packages_by_lot(schedule.case).items():
        if lot in facilities:
            _verify_km(schedule, packages, fsum(_shares(schedule, facilities[lot][0]).values()), ledger)
        else:
            _verify_alone(schedule, lot, packages, ledger)


def _shares(schedule: Schedule, facility: str) -> Mapping[int, float]:
    return {position: share for position, share in schedule.starts.get(facility, ()) if share != 0.0}


def _sizes(schedule: Schedule, package: Package) -> tuple[float, float, float]:
    """Km renewed, left in scope, and under the contract of the lot."""
    left = max(0.0, package.km - fsum(package.done.values()))
    return (fsum(km for _, km in schedule.renewals.get(package.id, ())), left,
            left if package.lot_km is None else package.lot_km)


def _verify_km(schedule: Schedule, packages: Sequence[Package], taken: float, ledger: Ledger) -> None:
    """Km of the lot with it, and not without it; ``taken``: the share of the lot that is done."""
    for package in packages:
        km, left, mine = _sizes(schedule, package)
        place, terms = f"renew[{package.id}] of {package.lot}", km + left
        ledger.note("lot_km", place, km, ">=", mine * taken, "km", terms)
        ledger.note("lot_km", place, km, "<=", left - mine + mine * taken, "km", terms)


def _verify_alone(schedule: Schedule, lot: str, packages: Sequence[Package], ledger: Ledger) -> None:
    """A lot of packages alone: in a whole plan taken if km of one need it; in a divisible one some share fits all."""
    sizes = {package.id: _sizes(schedule, package) for package in packages}
    if schedule.case.settings.whole:
        needs = any(km > left - mine + hair(left) for km, left, mine in sizes.values())
        _verify_km(schedule, packages, 1.0 if needs else 0.0, ledger)
        return
    least = max((km - left + mine) / mine for km, left, mine in sizes.values() if mine > 0.0) \
        if any(mine > 0.0 for _, _, mine in sizes.values()) else 0.0
    most = min((km / mine for km, _, mine in sizes.values() if mine > 0.0), default=inf)
    ledger.note("lot_km", f"share of {lot}", max(0.0, least), "<=", min(1.0, most), "share")
