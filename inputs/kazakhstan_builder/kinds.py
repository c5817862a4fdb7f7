"""Regions and kinds of assets."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder import published as pub
from kazakhstan_builder.facts import Facts, Record, both, trace
from kazakhstan_builder.logistics import OUTAGE, ROUTE_OF

JUDGEMENT = "engineering judgement; see sources_and_method, topic asset_types"

PARTNERS = ("JP", "CN", "RU", "DE")
KINDS: tuple[tuple[str, str, str, str, int, int, int, int, int, str, float, tuple[int, int, int, int]], ...] = (
    # kind, English, Russian, sector, life, procurement, works (months), share paid in procurement, imported share, crew, need, content of JP, CN, RU, DE
    ("gres_coal", "Condensing power plant, coal", "ГРЭС на угле", "power", 30, 9, 24, 20, 45, "power_plant", 0.1, (25, 60, 40, 20)),
    ("gres_gas", "Condensing or combined-cycle power plant, gas", "ГРЭС или ПГУ на газе", "power", 30, 9, 24, 25, 55, "power_plant", 0.1, (40, 45, 25, 40)),
    ("chp_coal", "Combined heat and power plant, coal", "ТЭЦ на угле", "heat", 30, 6, 24, 20, 40, "power_plant", 0.1, (20, 55, 45, 20)),
    ("chp_gas", "Combined heat and power plant, gas", "ТЭЦ на газе", "heat", 30, 6, 24, 25, 50, "power_plant", 0.1, (40, 40, 30, 40)),
    ("hpp", "Hydropower plant", "ГЭС", "power", 40, 9, 24, 25, 45, "power_plant", 0.1, (30, 45, 30, 35)),
    ("boiler_house_coal", "Boiler house, coal", "Котельная на угле", "heat", 20, 4, 10, 20, 25, "heat_source", 0.5, (5, 30, 30, 15)),
    ("boiler_house_gas", "Boiler house, gas or oil", "Котельная на газе или мазуте", "heat", 20, 4, 10, 20, 30, "heat_source", 0.5, (15, 30, 25, 30)),
    ("substation_500", "Substation, 500 kV and above", "Подстанция 500 кВ и выше", "power", 30, 6, 18, 30, 45, "substation", 0.5, (30, 50, 30, 35)),
    ("substation_220", "Substation, 220 kV", "Подстанция 220 кВ", "power", 30, 6, 12, 30, 45, "substation", 0.5, (30, 50, 30, 35)),
    ("substation_110", "Substation, 110 kV and below", "Подстанция 110 кВ и ниже", "power", 30, 4, 8, 30, 40, "substation", 0.5, (25, 50, 30, 30)),
    ("water_treatment", "Water intake or treatment works", "Водозабор или водоочистные сооружения", "water", 30, 4, 14, 15, 25, "works", 0.5, (20, 25, 15, 30)),
    ("wastewater_plant", "Sewage treatment works", "Канализационные очистные сооружения", "sewer", 30, 4, 18, 15, 25, "works", 0.5, (20, 25, 15, 30)),
    (
        "line_04_10",
        "Lines of 0.4-10 kV with their transformer points",
        "Линии 0,4-10 кВ с трансформаторными пунктами",
        "power",
        30,
        0,
        12,
        0,
        20,
        "power_line",
        0.05,
        (5, 25, 20, 5),
    ),
    ("line_35_110", "Lines of 35-110 kV", "Линии 35-110 кВ", "power", 35, 0, 12, 0, 25, "power_line", 0.125, (10, 30, 25, 10)),
    ("line_220", "Lines of 220 kV and above", "Линии 220 кВ и выше", "power", 40, 0, 12, 0, 30, "power_line", 0.25, (15, 35, 25, 15)),
    ("heat_network", "Heat networks", "Тепловые сети", "heat", 25, 0, 12, 0, 20, "heat_network", 0.5, (5, 20, 25, 10)),
    ("water_network", "Water networks", "Водопроводные сети", "water", 40, 0, 12, 0, 15, "pipe", 0.2, (5, 20, 15, 10)),
    ("sewer_network", "Sewer networks", "Канализационные сети", "sewer", 40, 0, 12, 0, 15, "pipe", 0.25, (5, 20, 15, 10)),
)

SECTOR_OF = {kind[0]: kind[3] for kind in KINDS}
MONTHS_OF = {kind[0]: kind[5] + kind[6] for kind in KINDS}
NEED_OF = {kind[0]: kind[10] for kind in KINDS}
LIFE_OF = {kind[0]: kind[4] for kind in KINDS}
CREW_OF = {kind[0]: kind[9] for kind in KINDS}
COAL = ("chp_coal", "gres_coal", "boiler_house_coal")


REPLACED = {key: {"replace_when": "score", "replace_at": 8} for key in ("substation_500", "substation_220", "substation_110")}
"""The failures counted of substations are those of single units in them, so the rate is no reason to replace a whole one: its score is."""
BY_SCORE = "; failures are those of single units, so replaced by its score: 8 begins the worst health band of the method"

SOURCES_OF_RISK = {
    "heat_network": (pub.ALMATY_HEAT_2019, pub.ALMATY_HEAT_2021, pub.NEW_HEAT_PIPE, pub.WATER_BREAKS, pub.MENDED, pub.CUT_OFF, pub.POWER_TARIFF),
    "water_network": (pub.ALMATY_WATER_2011, pub.WATER_BREAKS, pub.MENDED, pub.CUT_OFF_WATER, pub.WATER_PRICES),
    "sewer_network": (pub.ALMATY_WATER_2011, pub.WATER_BREAKS, pub.MENDED),
    "line_220": (pub.KEGOC_2023, pub.CNAIM),
    "line_35_110": (pub.KEGOC_2023, pub.CNAIM),
    "line_04_10": (pub.KEGOC_2023, pub.CNAIM),
    "chp_coal": (pub.CNAIM, pub.CHP_WINTER_2022, pub.CHP_WINTER_2023, pub.RIDDER_2024),
    "chp_gas": (pub.CNAIM, pub.CHP_WINTER_2022, pub.CHP_WINTER_2023, pub.RIDDER_2024),
    "substation_500": (pub.CNAIM, pub.KEGOC_2023),
    "substation_220": (pub.CNAIM, pub.KEGOC_2023),
    "substation_110": (pub.CNAIM, pub.KEGOC_2023),
}
"""Where failures, their cost and what is not supplied come from; other kinds: CNAIM alone."""


def asset_types(risk: Mapping[str, Record], calibration: Mapping[str, float]) -> list[Record]:
    """``risk``: columns of condition by kind; ``calibration``: multipliers where failures are published."""
    records: list[Record] = []
    for key, en, ru, sector, life, procurement, works, share, imported, crew, need, content in KINDS:
        network = procurement == 0
        records.append(
            {
                "asset_type": key,
                "name": en,
                "name_ru": ru,
                "sector": sector,
                "life": life,
                "procurement_months": procurement,
                "works_months": works,
                "procurement_share": share,
                "cost_class": "construction",
                "import_share": imported,
                "import_currency": "USD",
                "crew": crew,
                "crew_need": need,
                "route": ROUTE_OF.get(key),
                **OUTAGE.get(key, {}),
                **risk[key],
                **REPLACED.get(key, {}),
                "calibration": calibration.get(key, 1),
                **{f"content_{partner}": value for partner, value in zip(PARTNERS, content, strict=True)},
                **trace(
                    "estimate",
                    both(JUDGEMENT, *SOURCES_OF_RISK.get(key, (pub.CNAIM,))),
                    (f"one crew-year renews {1 / need:g} km" if network else f"one crew-year does {1 / need:g} bn KZT of works")
                    + "; failures and their cost: topics condition_kinds, failures_of_networks"
                    + (BY_SCORE if key in REPLACED else ""),
                ),
            }
        )
    return records


def regions(facts: Facts) -> list[Record]:
    return [
        {
            "region": row["region_id"],
            "name": row["name_en"],
            "name_ru": row["name_ru"],
            "population": int(row["population_persons"]),
            "zone": None,
            "works_from": int(row["outage_window_start_month"]),
            "works_to": int(row["outage_window_end_month"]),
            **trace(
                "estimate",
                both(row["population_source_url"], row["heating_start_source_url"]),
                f"population of {row['population_date']} is {row['population_status']}; months open for works are an estimate from the start of heating "
                f"({row['heating_start_2023']} in 2023); no zone of wear has been published for a whole region",
            ),
        }
        for row in facts.regions
    ]
