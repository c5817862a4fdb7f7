"""Rows of sheet calibration: published figures with their bands, and what of the case or plan is compared with each.

Rows of ``choices/calibration.csv`` without a measure say in ``unbound`` why nothing is
compared; one whose measure the program does not know is left out.
"""

from __future__ import annotations

from jaryq.sheets.inputs import INPUT
from kazakhstan_builder.condition import KOSTANAY
from kazakhstan_builder.facts import Facts, Record
from kazakhstan_builder.lengths import BELOW_220, NORTH, ZHETISU
from kazakhstan_builder.sheet import REFERENCE, Names, cell

SEASON = "2025-2026"
PART_OF_ZHETISU = 0.12
"""Of its lines, that the plan of the region renews (remark of programme.region_electricity_cost)."""
SHEET = INPUT["calibration"]
AS_IT_IS = ("measure", "quantity", "filter", "years", "take", "works", "per", "per_filter", "times", "published",
            "least",
            "most", "as_unit", "as_unit_ru", "source", "note")


def bound(facts: Facts) -> list[dict[str, str]]:
    """Rows of the table whose measure can be computed."""
    measures = SHEET.column("measure")
    return [row for row in facts.choices["calibration"] if measures is not None and row["measure"] in measures.one_of]


def calibration(facts: Facts, networks: list[Record]) -> list[Record]:
    """Rows of the sheet. ``networks``: packages of the case, of whose length a row speaks in percent."""
    names: Names = {
        "heat_percent_km": one_percent(networks, "heat_network"),
        "north_points": facts.value("programme.region_electricity_cost", "2026-2029", NORTH) * below(networks, NORTH)
        / float(facts.networks["NET035"]["length_km"]),
        "north_km": 2 * sum(facts.value("plan.electricity_company_km", year, NORTH) for year in (2025, 2026)),
        "zhetisu_km": round(PART_OF_ZHETISU * below(networks, ZHETISU), 1),
        "kostanay_money": raised(facts, "plan.heat_region_cost", 2023, KOSTANAY),
        "heat_need_money": raised(facts, "compare.heat_need_money", 2024),
        "heat_2023_money": spent_raised(facts, "UC007"),
        "heat_2024_money": spent_raised(facts, "UC010"),
        "heat_plan_2024_money": spent_raised(facts, "UC009"),
        "deficit_twh_per_mw": facts.value("winter.deficit_energy", SEASON) / facts.value("winter.deficit",
        SEASON) / 1000,
    }
    return [{
        "calibration": row["row"], "name": row["what"], "name_ru": row["what_ru"], "unit": row["of"],
        **{column: cell(SHEET, column, row[column], facts, names) for column in AS_IT_IS},
        **{column: row[column] or row[other] or None for column, other in (("why", "aside"), ("why_ru", "aside_ru"))},
        "counts": not row["aside"],
        "data_status": "reported" if taken(row["published"], names) else "derived",
    } for row in bound(facts)]


def taken(published: str, names: Names) -> bool:
    """Whether a published figure stands as a source states it."""
    found = REFERENCE.fullmatch(published)
    return found is not None and found[1] not in names


def raised(facts: Facts, key: str, year: int, region: str = "KZ") -> float:
    """bn KZT of a year in money of the price year."""
    return round(facts.to_price_year(facts.value(key, year, region), year), 3)


def spent_raised(facts: Facts, row: str) -> float:
    """bn KZT of an observed cost in money of the price year."""
    return round(facts.to_price_year(facts.unit_cost(row, "cost_kzt_bn"), int(facts.unit_costs[row]["price_year"])), 3)


def below(networks: list[Record], region: str) -> float:
    """Km of the lines of a region below 220 kV."""
    return sum(float(str(row["km_total"])) for row in networks
               if row["region"] == region and row["asset_type"] in BELOW_220)


def one_percent(networks: list[Record], kind: str) -> float:
    """Km of a hundredth of the networks of a kind."""
    lengths = (row.get("km_total") or row["km"] for row in networks if row["asset_type"] == kind)
    return round(sum(float(str(length)) for length in lengths) / 100, 3)
