"""All sheets of the case, in memory."""

from __future__ import annotations

from jaryq.sheets.inputs import INPUTS
from jaryq.sheets.settings import SCHEMA_VERSION
from jaryq.sheets.spec import Sheet
from jaryq.tables.tables import Table, Tables
from jaryq.workbook.inputs import settings_records
from kazakhstan_builder.adequacy import balances
from kazakhstan_builder.affordability import NOW, SURVEY, income, tariffs
from kazakhstan_builder.calibration import calibration
from kazakhstan_builder.condition import calibrations, risk_names, with_condition
from kazakhstan_builder.facilities import done_and_committed, milestones, named
from kazakhstan_builder.facts import FIRST_YEAR, HORIZON, PLAN_FROM, PLANNED, Facts, Record, both, sure, trace
from kazakhstan_builder.failures import PAVLODAR, rate_names, repair_names
from kazakhstan_builder.illustrative import illustrative
from kazakhstan_builder.late import late_plants
from kazakhstan_builder.lengths import ALMATY, losses, whole_pipes
from kazakhstan_builder.logistics import load_share, outage_limits, trenches, with_outage
from kazakhstan_builder.money import eligibility, money_names, price_names, sources
from kazakhstan_builder.need import least_of_a_region, need
from kazakhstan_builder.networks import done_2025, packages
from kazakhstan_builder.quantities import quantities, with_quantities
from kazakhstan_builder.ramps import ramp_names
from kazakhstan_builder.services import service_names
from kazakhstan_builder.sheet import Names, declared, records
from kazakhstan_builder.uncertainty import range_names
from kazakhstan_builder.variants import variants
from kazakhstan_builder.works import IN_WORDS, crew_needs, facility_crews, network_crews

YEARS_OF = {
    "source_years": PLANNED,
    "crews": PLANNED,
    "currencies": HORIZON,
    "reference_rates": PLANNED,
    "price_indices": HORIZON,
}
AS_CHOSEN = ("routes", "currencies", "price_indices", "reference_rates", "targets", "scenarios", "scenario_changes",
             "uncertainty")
"""Sheets that are rows of inputs/choices with their figures filled in."""
UNITS = {
    "kzt_mn_per_km": ("mn KZT/km", "млн тенге/км"),
    "kzt_mn_per_mw": ("mn KZT/MW", "млн тенге/МВт"),
    "kzt_mn_per_mva": ("mn KZT/MVA", "млн тенге/МВА"),
    "cost_kzt_bn": ("bn KZT", "млрд тенге"),
    "quantity_km": ("km", "км"),
}


def headings(sheet: Sheet, found: list[Record], changed: list[str]) -> list[str]:
    """Columns in the order of the declaration; members of families that the case uses, or one of its scenarios."""
    used = [*(name for record in found for name in record), *changed]
    names: list[str] = []
    for column in sheet.columns:
        if not column.family:
            names.append(column.name)
        elif column.family == "year" and sheet.name in YEARS_OF:
            names += [f"{column.name}{year}" for year in YEARS_OF[sheet.name]]
        else:
            names += dict.fromkeys(name for name in used if column.takes(name))
    return names


def regions(facts: Facts) -> list[Record]:
    return [
        {
            "region": key,
            "name": row["name_en"],
            "name_ru": row["name_ru"],
            "population": int(row["population_persons"]),
            "income": income(facts, key),
            "works_from": int(row["outage_window_start_month"]),
            "works_to": int(row["outage_window_end_month"]),
            **trace(
                "estimate",
                both(row["population_source_url"], row["heating_start_source_url"], facts.url(SURVEY, NOW)),
                f"population of {row['population_date']} is {row['population_status']}; months open for works are an "
                "estimate from "
                f"the start of heating ({row['heating_start_2023']} in 2023); no zone of wear has been published for "
                "a whole region",
            ),
        }
        for key, row in facts.regions.items()
    ]


def observed_costs(facts: Facts) -> list[Record]:
    """The unit costs that rows of the case refer to by number (UC...), with their sources, so that the workbook
    stands alone."""
    found = []
    for chosen in facts.choices["observed_costs"]:
        key, column = chosen["unit_cost"], chosen["column"]
        row, (unit, unit_ru) = facts.unit_costs[key], UNITS[column]
        dated = row["price_year"] and column != "quantity_km"
        found.append(
            {
                "topic": key,
                "text": f"{chosen['text']}: {float(row[column]):g} {unit}"
                + (f", money of {row['price_year']}" if dated else ""),
                "text_ru": f"{chosen['text_ru']}: {row[column].replace('.', ',')} {unit_ru}"
                + (f", цены {row['price_year']} года" if dated else ""),
                "source": "central value of the observed costs, an estimate"
                if row["status"] == "estimate"
                else row["source"],
            }
        )
    return found


def network_names(facts: Facts) -> Names:
    lost, whole = losses(facts), whole_pipes(facts)
    water = sum(km for (sector, _), (km, *_) in whole.items() if sector == "water")
    return {
        "km_2025_and_2026": facts.value("year.2026.network_km", PLAN_FROM)
        + facts.value("year.2025.network_km", FIRST_YEAR),
        "water_km": round(water / 100) * 100,
        "load_share": load_share(facts),
        **{f"lost_{sector}": lost[sector, "KZ"][0] for sector in ("power", "heat", "water")},
    }


def build(facts: Facts) -> Tables:
    real, drawn = named(facts), illustrative(facts)
    assets = with_outage(facts, with_condition(facts, [*real, *drawn]))
    others = variants(facts, assets)
    changed = with_quantities(facts, [*assets, *others])
    lines = packages(facts, assets)
    done = done_2025(facts, lines)
    names: dict[str, float | int | str] = {
        "schema_version": SCHEMA_VERSION,
        "facilities_all": len(assets),
        "facilities_named": len(real),
        "facilities_illustrative": len(drawn),
        "variants": len(others),
        **milestones(facts, real),
        **money_names(facts),
        **price_names(facts),
        **network_names(facts),
        **risk_names(facts),
        **rate_names(facts, lines),
        **repair_names(facts, lines),
        **calibrations(facts, assets),
        **range_names(facts),
        **ramp_names(facts, lines, done),
        **service_names(facts, changed[:len(real)], done, lines),
        "least_of_a_region": least_of_a_region(lines),
        "km_pavlodar_2025_and_2026": facts.value("programme.region_2026_km", PLAN_FROM, PAVLODAR)
        + sum(row["km"] for row in done if row["project"].startswith(f"N-{PAVLODAR}-")),
        "km_heat_almaty_from_2025": facts.value("plan.heat_company_km", "2023-2026", ALMATY)
        - sum(facts.value(f"year.{year}.region_heat_km", year, ALMATY) for year in (2023, 2024)),
    }
    money, ceilings = sources(facts, names)
    needed = declared("crew_needs", crew_needs(facts, [*assets, *others], done_and_committed(facts, real)))
    sheets: dict[str, list[Record]] = {
        **{name: records(name, facts, names) for name in AS_CHOSEN},
        "settings": settings_records({row["setting"]: row for row in records("settings", facts, names)}),
        "regions": regions(facts),
        "asset_types": declared("asset_types", records("asset_types", facts, names)),
        "facilities": declared("facilities", [sure(row) for row in changed]),
        "quantities": declared("quantities", quantities(facts)),
        "tariffs": declared("tariffs", tariffs(facts)),
        "borrowers": declared("borrowers", records("borrowers", facts, names)),
        "balances": declared("balances", balances(facts)),
        "networks": lines,
        "trenches": trenches(facts, lines, done),
        "progress": [*done, *done_and_committed(facts, real)],
        "sources": money,
        "source_years": ceilings,
        "eligibility": eligibility(facts, names, money, changed),
        "crews": [{**row, **IN_WORDS[str(row["crew"])]} for row in
                  (*network_crews(facts, lines, done), *facility_crews(facts, assets))],
        "crew_needs": needed,
        "outage_limits": outage_limits(facts, assets),
        "sources_and_method": [*records("sources_and_method", facts, names), *observed_costs(facts)],
    }
    sheets["scenario_changes"] += late_plants(facts, real, needed)
    sheets |= need(facts, sheets)
    sheets["calibration"] = calibration(facts, sheets["networks"])
    tables = {sheet.name: (sheet, sheets.get(sheet.name, [])) for sheet in INPUTS}
    changes_of = [(row["sheet"], str(row["column"])) for row in sheets["scenario_changes"] if row["column"]]
    changed = {name: [column for sheet, column in changes_of if sheet == name] for name in tables}
    return Tables(
        "kazakhstan", {name: Table.of(name, found, headings(sheet, found, changed[name]))
                       for name, (sheet, found) in tables.items()}
    )
