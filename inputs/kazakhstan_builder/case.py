"""All sheets of the case, in memory."""

from __future__ import annotations

from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.spec import Sheet
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.inputs import settings_records
from kazakhstan_builder.condition import calibrations, of_kinds, with_condition
from kazakhstan_builder.facilities import done_and_committed, named
from kazakhstan_builder.facts import HORIZON, PLANNED, Facts, Record
from kazakhstan_builder.illustrative import illustrative
from kazakhstan_builder.kinds import LIFE_OF, asset_types, regions
from kazakhstan_builder.logistics import outage_limits, routes, trenches, with_outage
from kazakhstan_builder.method import method
from kazakhstan_builder.method_works import method_works
from kazakhstan_builder.money import source_records
from kazakhstan_builder.networks import done_2025, packages
from kazakhstan_builder.observations import observations
from kazakhstan_builder.rules import eligibility, settings, targets
from kazakhstan_builder.scenarios import scenario_changes, scenarios
from kazakhstan_builder.terms import reference_rates
from kazakhstan_builder.variants import variants
from kazakhstan_builder.works import currencies, facility_crews, network_crews, price_indices

YEARS_OF = {"source_years": PLANNED, "crews": PLANNED, "currencies": HORIZON, "reference_rates": PLANNED, "price_indices": HORIZON}


def headings(sheet: Sheet, records: list[Record]) -> list[str]:
    """Columns in the order of the declaration; members of families that the case uses."""
    used = [name for record in records for name in record]
    names: list[str] = []
    for column in sheet.columns:
        if not column.family:
            names.append(column.name)
        elif column.family == "year" and sheet.name in YEARS_OF:
            names += [f"{column.name}{year}" for year in YEARS_OF[sheet.name]]
        else:
            names += dict.fromkeys(name for name in used if column.takes(name))
    return names


def build(facts: Facts) -> Tables:
    real = named(facts)
    drawn = illustrative(facts)
    assets = with_outage(with_condition(facts, [*real, *drawn]))
    others = variants(facts, assets)
    lines = packages(facts, assets)
    risk = of_kinds(facts, {record["asset_type"]: record["unit_cost"] for record in lines})
    calibration = calibrations(facts, assets, risk, LIFE_OF)
    done = done_2025(facts, lines)
    sources, source_years = source_records(facts)
    sheets: dict[str, list[Record]] = {
        "settings": settings_records({str(row["setting"]): row for row in settings(facts)}),
        "regions": regions(facts),
        "routes": routes(),
        "asset_types": asset_types(risk, calibration),
        "facilities": [*assets, *others],
        "networks": lines,
        "trenches": trenches(lines, done),
        "last_plan": [],
        "progress": [*done, *done_and_committed(real)],
        "sources": sources,
        "source_years": source_years,
        "eligibility": eligibility(facts, sources),
        "currencies": currencies(facts),
        "price_indices": price_indices(facts),
        "reference_rates": reference_rates(facts),
        "source_groups": [],
        "tariffs": [],
        "crews": [*network_crews(facts, lines, done), *facility_crews(facts, assets)],
        "crew_needs": [],
        "outage_limits": outage_limits(facts, assets),
        "targets": targets(facts),
        "scenarios": scenarios(),
        "scenario_changes": scenario_changes(),
        "sources_and_method": [
            *method(facts, {"all": len(assets), "named": len(real), "illustrative": len(drawn)}),
            *method_works(facts, calibration, len(others)),
            *observations(facts),
        ],
    }
    return Tables("kazakhstan", {sheet.name: Table.of(sheet.name, sheets[sheet.name], headings(sheet, sheets[sheet.name])) for sheet in INPUTS})
