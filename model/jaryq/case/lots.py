"""Who is paid under one contract: lots of facilities and networks, and what a lender counts as one project
(docs/numbers.md: Sources together)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.case.case import Case, Package


@dataclass(frozen=True)
class Lot:
    """Rows under one contract, those that are done left out; sorted by key."""

    facilities: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


def lots_of(case: Case) -> dict[str, Lot]:
    """Every lot by its name, sorted."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for key, facility in case.facilities.items():
        if facility.lot is not None and facility.done is None:
            found.setdefault(facility.lot, ([], []))[0].append(key)
    for key, package in case.packages.items():
        if package.lot is not None:
            found.setdefault(package.lot, ([], []))[1].append(key)
    return {name: Lot(tuple(sorted(found[name][0])), tuple(sorted(found[name][1]))) for name in sorted(found)}


def km_left(package: Package) -> float:
    """Km of a package in scope that are not done."""
    return max(package.km - package.km_done, 0.0)


def lot_km(package: Package) -> float:
    """Km of a package under the contract of its lot: all that is left where none are stated, never more."""
    return km_left(package) if package.lot_km is None else min(package.lot_km, km_left(package))


def payees_of(case: Case) -> dict[str, tuple[str, ...]]:
    """What a lender counts as one project, by key: a lot with all its rows, done ones too, and each project in no lot.

    A lot goes by its name; where a project outside of it bears that key, by ``NAME (lot)``."""
    members: dict[str, list[str]] = {}
    for key, project in case.projects.items():
        if project.lot is not None:
            members.setdefault(project.lot, []).append(key)
    alone = {key: (key,) for key, project in case.projects.items() if project.lot is None}
    together = {key_of_lot(case, lot): tuple(sorted(keys)) for lot, keys in members.items()}
    return dict(sorted((alone | together).items()))


def key_of_lot(case: Case, lot: str) -> str:
    """The key of a lot among payees."""
    taken = lot in case.projects and case.projects[lot].lot != lot
    return f"{lot} (lot)" if taken else lot


def payee_at(case: Case, project: str) -> str:
    """The payee that a project is, or belongs to."""
    lot = case.projects[project].lot
    return project if lot is None else key_of_lot(case, lot)


def pays_already(case: Case) -> Mapping[str, frozenset[str]]:
    """Payees in which each source takes part already: ``progress`` says that it paid for one of their projects."""
    found: dict[str, set[str]] = {}
    for row in case.paid:
        if row.source is not None and row.project in case.projects:
            found.setdefault(row.source, set()).add(payee_at(case, row.project))
    return {s: frozenset(keys) for s, keys in found.items()}
