"""Which projects and sources a target speaks of. Shared by rules, algebra and reports; no algebra here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from jaryq.case.case import Case, Facility, Package, Source, Target
from jaryq.sheets.measures import BY_ASSET, BY_SECTOR, KINDS, MEASURES, SECTORS_OF
from jaryq.tables.selector import MONEY_COLUMNS, fits, matches


def projects_of(case: Case, target: Target) -> tuple[Facility | Package, ...]:
    """The projects that fall under a target (its filter on projects, and its measure), sorted by key."""
    found = []
    if (only := KINDS[target.measure].only) is not None:
        found.append(case.keys_by["kind"].get(only, frozenset()))
    if target.measure in BY_SECTOR:
        found.append(_any_of(case.keys_by["sector"], SECTORS_OF[target.unit].__contains__))
    for column, wanted in target.filter.items():
        if column in MONEY_COLUMNS:
            continue
        keys = _any_of(case.keys_by[column], partial(fits, wanted))
        if column == "project" and target.measure in BY_ASSET:
            keys |= _any_of(case.keys_by["asset"], partial(fits, wanted))
        found.append(keys)
    if not found:
        return tuple(case.projects.values())
    return tuple(case.projects[key] for key in sorted(frozenset.intersection(*found)))


def _any_of(keys: Mapping[str, frozenset[str]], wanted: Callable[[str], bool]) -> frozenset[str]:
    """Keys of the values that are wanted."""
    return frozenset().union(*(mine for value, mine in keys.items() if wanted(value)))


def is_ratio(target: Target) -> bool:
    """Whether a target measures one amount of money over another, so that it is missed by money."""
    return MEASURES[target.measure].ratio


def of_sources(target: Target) -> bool:
    """Whether a target measures money of sources."""
    return MEASURES[target.measure].sources


def asset_of(project: Facility | Package) -> str:
    """The facility that a variant is a variant of; itself otherwise."""
    return project.asset if isinstance(project, Facility) else project.id


def project_columns(project: Facility | Package) -> dict[str, object]:
    """Columns a selector may ask of a project."""
    return {
        "project": project.id, "kind": project.kind, "sector": project.sector, "type": project.asset_type,
        "region": project.region, "zone": project.zone,
    }


def draws_on(target: Target, source: Source) -> bool:
    """Whether a source falls under the target (measures of money of sources)."""
    wanted = {column: value for column, value in target.filter.items() if column in MONEY_COLUMNS}
    return matches(wanted, source_columns(source))


def source_columns(source: Source) -> dict[str, object]:
    """Columns a selector may ask of a source."""
    return {"source": source.id, "partner": source.partner, "currency": source.currency, "group": source.group,
            "payer": source.who_repays}


def weight_of(project: Facility | Package) -> float:
    """Overnight cost in scope, bn KZT of the price year: the weight of a project in ``share_done``."""
    return project.overnight if isinstance(project, Facility) else project.unit_cost * project.km
