"""Which projects and sources a target speaks of. Shared by rules, algebra and reports; no algebra here."""

from __future__ import annotations

from jaryq.case.case import Facility, Package, Source, Target
from jaryq.sheets.measures import BY_ASSET, BY_SECTOR, SECTORS_OF
from jaryq.tables.selector import MONEY_COLUMNS, matches


def speaks_of(target: Target, project: Facility | Package) -> bool:
    """Whether a project falls under the target (its filter on projects, and its measure)."""
    if target.measure == "km" and project.kind != "network":
        return False
    if target.measure in ("facilities", "red_zone") and project.kind != "facility":
        return False
    if target.measure in ("wear", "losses") and project.kind != "network":
        return False
    if target.measure in BY_SECTOR and project.sector not in SECTORS_OF[target.unit]:
        return False
    wanted = {column: value for column, value in target.filter.items() if column not in MONEY_COLUMNS}
    if not wanted:
        return True
    columns = project_columns(project)
    return matches(wanted, columns) or (target.measure in BY_ASSET
                                        and matches(wanted, {**columns, "project": asset_of(project)}))


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
