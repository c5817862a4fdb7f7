"""What a target measures: which projects and sources it speaks of. Shared words of rules, algebra and reports; no algebra here."""

from __future__ import annotations

from model.data.case import Facility, Package, Source, Target
from model.data.selector import MONEY_COLUMNS, matches

UNIT_OF = {"km": "km", "facilities": "facilities", "share_done": "%", "spend": "bn KZT", "draw": "bn KZT", "debt_service": "bn KZT", "subsidy": "bn KZT",
           "debt_stock": "bn KZT", "borrowing": "bn KZT", "foreign_share": "%", "wear": "%", "red_zone": "facilities", "failures": "failures"}
SECTORS_OF = {"MWh": ("power",), "Gcal": ("heat",), "thousand m3": ("water", "sewer")}
"""Units of what is not supplied or lost, and the sectors that they are units of."""
BY_SECTOR = ("not_supplied", "losses")
"""Measures whose unit is that of the sector."""
CUMULATIVE = ("km", "facilities", "share_done", "debt_stock", "foreign_share", "wear", "red_zone")
PERCENT = ("share_done", "foreign_share", "wear")
OF_ASSETS = ("wear", "red_zone", "failures", "not_supplied", "losses")
"""Measures of condition: a variant belongs to the facility it is a variant of."""
BY_ASSET = ("facilities", "share_done")
"""Measures that count a variant for its asset: a filter on projects may name the row or its asset."""
OF_SOURCES = ("draw", "debt_service", "subsidy", "debt_stock", "borrowing", "foreign_share")
"""Measures of money of sources: their filter may name sources, partners, currencies, groups and who repays."""

BEYOND = ("debt_service", "subsidy", "debt_stock", "foreign_share")
"""Measures that go on after the last year, until loans are repaid."""
LAST_MATURITY = 2150
SLOPES = tuple(float(k) for k in range(1, 11))
WIDTHS = (0.1,) * (len(SLOPES) - 1)
"""Convex cost of a normalised shortfall: slope by stretch; the last stretch takes the rest. It rises at every level, so that a shortage spreads."""


def last_year_of(measure: str, last_year: int) -> int:
    """Last year that a target of this measure may name."""
    return LAST_MATURITY if measure in BEYOND else last_year


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
    return matches(wanted, columns) or (target.measure in BY_ASSET and matches(wanted, {**columns, "project": asset_of(project)}))


def asset_of(project: Facility | Package) -> str:
    """The facility that a variant is a variant of; itself otherwise."""
    return project.asset if isinstance(project, Facility) else project.id


def project_columns(project: Facility | Package) -> dict[str, object]:
    """Columns a selector may ask of a project."""
    return {
        "project": project.id, "kind": project.kind, "sector": project.sector, "type": project.asset_type, "region": project.region, "zone": project.zone,
    }


def draws_on(target: Target, source: Source) -> bool:
    """Whether a source falls under the target (measures of money of sources)."""
    wanted = {column: value for column, value in target.filter.items() if column in MONEY_COLUMNS}
    return matches(wanted, source_columns(source))


def source_columns(source: Source) -> dict[str, object]:
    """Columns a selector may ask of a source."""
    return {"source": source.id, "partner": source.partner, "currency": source.currency, "group": source.group, "payer": source.who_repays}


def weight_of(project: Facility | Package) -> float:
    """Overnight cost in scope, bn KZT of the price year: the weight of a project in ``share_done``."""
    return project.overnight if isinstance(project, Facility) else project.unit_cost * project.km
