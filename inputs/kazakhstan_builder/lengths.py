"""Length, wear and losses of whole networks: published for the region, else derived from national figures."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder import published as pub
from kazakhstan_builder.facts import Facts, number

ZHETISU, KARAGANDA, ALMATY = "KZ-33", "KZ-35", "KZ-75"
LENGTHS: dict[tuple[str, str], tuple[float, str]] = {
    **{(ZHETISU, sector): (km, pub.ZHETISU) for sector, km in pub.ZHETISU_KM.items()},
    (ALMATY, "water"): (pub.ALMATY_WATER_KM, pub.ALMATY_WATER_2011),
    (ALMATY, "sewer"): (pub.ALMATY_SEWER_KM, pub.ALMATY_WATER_2011),
}
"""Published lengths of whole networks besides those of the fact base."""

MEAN_OF_PIPES = {"KZ-55": "NET016", "KZ-35": "NET017", "KZ-10": "NET018", "KZ-63": "NET019", "KZ-62": "NET020", "KZ-59": "NET021"}
"""Regions with a published mean wear of heat, water and sewer networks together."""

NEW_PIPE_LOSES = 1 / 3
"""Losses of a renewed pipe against the old one, by judgement."""


def national_km(facts: Facts) -> dict[str, tuple[float, str]]:
    """Length of the country's networks by kind. Sewer: the ratio to water in Zhetisu, Almaty and Karaganda."""
    water = pub.ZHETISU_KM["water"] + pub.ALMATY_WATER_KM + pub.KARAGANDA_KM["water"]
    sewer = pub.ZHETISU_KM["sewer"] + pub.ALMATY_SEWER_KM + pub.KARAGANDA_KM["sewer"]
    mapped = facts.value("osm.line_length", 2025) - facts.value("kegoc.line_length", 2022)
    all_water = facts.value("length.water_networks", 2015)
    return {
        "heat_network": (float(facts.networks["NET006"]["length_km"]), "14,000 km in the country"),
        "water_network": (all_water, "61,000 km in 2015"),
        "sewer_network": (all_water * sewer / water, f"61,000 km of water x {sewer / water:.2f}, the ratio of Zhetisu, Almaty and Karaganda"),
        "line_220": (facts.value("kegoc.line_length", 2022), "27,000 km of the national company"),
        "line_35_110": (mapped, "mapped lines without the national company's"),
        "line_04_10": (facts.value("length.electric_networks", 2015) - mapped, "136,600 km of 2015 less those of 35-110 kV"),
    }


def lengths(
    facts: Facts, scope: Mapping[str, Mapping[str, float]], sector_of: Mapping[str, str], published: Mapping[tuple[str, str], tuple[float, str]]
) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Km, rule and source of each kind in each region: published, else the rest of the national length in proportion to the scope; never below the scope."""
    found: dict[tuple[str, str], tuple[float, str, str]] = {}
    national = national_km(facts)
    for kind, by_region in scope.items():
        total, words = national[kind]
        stated = {**LENGTHS, **published}
        known = {region: stated[region, sector_of[kind]] for region in by_region if (region, sector_of[kind]) in stated and not kind.startswith("line")}
        rest = total - sum(km for km, _ in known.values())
        weight = sum(km for region, km in by_region.items() if region not in known)
        for region, km in by_region.items():
            if region in known:
                found[kind, region] = (known[region][0], "published", known[region][1])
            else:
                found[kind, region] = (round(max(km, rest * km / weight)), f"{words}, in proportion to the km in scope", "")
    return found


def wear_of(facts: Facts, region: str, sector: str) -> tuple[float, str]:
    """Wear where none is published for the kind in the region: mean of the region's pipes, else the country's for the kind."""
    if sector != "power" and region in MEAN_OF_PIPES:
        return float(facts.networks[MEAN_OF_PIPES[region]]["wear_pct"]), "mean of the region's heat, water and sewer networks"
    key = {"power": ("wear.electricity", 2025), "heat": ("year.2025.heat_wear_end", 2025), "water": ("wear.water", 2025), "sewer": ("wear.sewer", 2025)}[sector]
    return facts.value(*key), "mean of the country"


def losses(facts: Facts) -> dict[str, tuple[float, float, float, str]]:
    """By sector: losses a year per km before and after renewal (MWh, Gcal, thousand m3), thousand KZT for one of them, source."""
    lost_heat = 138_000 / (number(facts.networks["NET037"]["length_km"]) or 1)
    heat_price = 500_000 / 138_000
    lines = facts.value("length.electric_networks", 2015) + facts.value("kegoc.line_length", 2022)
    power = facts.value("losses.transmission", 2021) / 100 * facts.value("power.generation", 2025) * 1e6 / lines
    better = facts.value("losses.transmission", 2015) / facts.value("losses.transmission", 2021)
    water = pub.WATER_LOST_THOUSAND_M3 / facts.value("length.water_networks", 2015)
    return {
        "heat": (lost_heat, lost_heat * NEW_PIPE_LOSES, heat_price, facts.networks["NET038"]["source_url"]),
        "power": (power, power * better, 0.0, facts.url("losses.transmission", 2021)),
        "water": (water, water * NEW_PIPE_LOSES, pub.WATER_PRICE, pub.WATER_LOST),
    }
