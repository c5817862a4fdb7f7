"""Length, wear and losses of whole networks: published for the region, else derived from national figures."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from kazakhstan_builder.facts import Facts

ZHETISU, KARAGANDA, ALMATY, NORTH = "KZ-33", "KZ-35", "KZ-75", "KZ-59"
PUBLISHED = {(ZHETISU, "heat"), (ZHETISU, "water"), (ZHETISU, "sewer"), (ALMATY, "water"), (ALMATY, "sewer")}
"""Regions and sectors whose whole length is a figure; others are statements on networks."""

SEEN = {ZHETISU: 2025, ALMATY: 2011, KARAGANDA: 2025}
"""Year in which both pipes were told."""
LINES = "length.electric_networks"
"""Lines of a region below 220 kV: of its companies, where no statement on networks is newer."""
BELOW_220 = ("line_04_10", "line_35_110")
NEWER = {(ALMATY, "water"): 2023}
"""Year of a length told later, on which the losses of a km are told too."""

TJ_PER_THOUSAND_GCAL = 4.184
NEW_PIPE_LOSES = 1 / 3
"""Losses of a renewed pipe against the old one, by judgement."""


def own_length(facts: Facts, region: str, sector: str) -> float:
    """Km of the whole network of a region, as published."""
    return facts.value(f"length.{sector}_networks", SEEN[region], region)


def national_km(facts: Facts) -> dict[str, tuple[float, str]]:
    """Length of the country's networks by kind. Sewer: the ratio to water in Zhetisu, Almaty and Karaganda."""
    water, sewer = (
        sum(own_length(facts, region, kind) for region in (ZHETISU, ALMATY, KARAGANDA))
        for kind in ("water", "sewer")
    )
    mapped = facts.value("osm.line_length", 2025) - facts.value("kegoc.line_length", 2022)
    all_water, heat = facts.value("length.water_networks", 2015), float(facts.networks["NET006"]["length_km"])
    trunk, others = facts.value("kegoc.line_length", 2022), facts.value("length.electric_networks_regional", 2025)
    return {
        "heat_network": (heat, f"{heat:,.0f} km in the country"),
        "water_network": (all_water, f"{all_water:,.0f} km in 2015"),
        "sewer_network": (
            all_water * sewer / water,
            f"{all_water:,.0f} km of water x {sewer / water:.2f}, the ratio of Zhetisu, Almaty and Karaganda",
        ),
        "line_220": (trunk, f"{trunk:,.0f} km of the national company"),
        "line_35_110": (mapped, "mapped lines without the national company's"),
        "line_04_10": (others - mapped, f"{others:,.0f} km of 2025 less those of 35-110 kV"),
    }


def own_lines(facts: Facts) -> dict[str, tuple[float, str]]:
    """Km of lines below 220 kV and their source by region, where the whole network of a region is published."""
    found: dict[str, tuple[float, str]] = {}
    for region in facts.regions:
        if facts.has(LINES, region):
            found[region] = facts.value(LINES, None, region), facts.url(LINES, None, region)
        elif seen := facts.statement(region, "power", "length"):
            found[region] = float(seen["length_km"]), seen["source"]
    return found


def lengths(
    facts: Facts,
    scope: Mapping[str, Mapping[str, float]],
    sector_of: Mapping[str, str],
    published: Mapping[tuple[str, str], tuple[float, str]],
) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Km, rule and source of each kind in each region: published (lines below 220 kV: both classes together, divided
    as in the country), else the rest of the national length in proportion to the scope; never below the scope."""
    found: dict[tuple[str, str], tuple[float, str, str]] = {}
    national = national_km(facts)
    own = {
        (region, sector): facts.row(f"length.{sector}_networks", NEWER.get((region, sector), SEEN[region]), region)
        for region, sector in PUBLISHED
    }
    stated = {**{key: (float(row["value"]), row["source"]) for key, row in own.items()}, **published}
    lines, below = own_lines(facts), sum(national[kind][0] for kind in BELOW_220)
    for kind, by_region in scope.items():
        total, words = national[kind]
        sector = sector_of[kind]
        if sector == "power":
            known = {r: (round(km * total / below), url) for r, (km, url) in lines.items() if kind in BELOW_220}
        else:
            known = {region: stated[region, sector] for region in by_region if (region, sector) in stated}
        rest = total - sum(km for km, _ in known.values())
        weight = sum(km for region, km in by_region.items() if region not in known)
        for region, km in by_region.items():
            if region in known:
                whole = f"{lines[region][0]:,.0f} km below 220 kV" if kind in BELOW_220 else ""
                rule = f"published, {total / below:.1%} of {whole}" if whole else "published"
                found[kind, region] = (known[region][0], rule, known[region][1])
            else:
                found[kind, region] = (
                    round(max(km, rest * km / weight)),
                    f"{words}, in proportion to the km in scope",
                    "",
                )
    return found


def wear_of(facts: Facts, region: str, sector: str) -> tuple[float, str]:
    """Wear where none is published for the kind in the region: mean of the region's pipes, else the country's for the
    kind."""
    if sector != "power" and (seen := facts.statement(region, "pipes", "mean wear")):
        return float(seen["wear_pct"]), "mean of the region's heat, water and sewer networks"
    key = {
        "power": "wear.electricity",
        "heat": "year.2025.heat_wear_end",
        "water": "wear.water",
        "sewer": "wear.sewer",
    }[sector]
    return facts.value(key, 2025), "mean of the country"


def lost_heat(facts: Facts) -> float:
    """thousand Gcal a year: mean of the energy balances of 2021 to 2025, of which the last one is in Gcal."""
    joules = [facts.value("losses.heat_national_tj", year) for year in range(2021, 2025)]
    return fmean([*(amount / TJ_PER_THOUSAND_GCAL for amount in joules), facts.value("losses.heat_national", 2025)])


def losses(facts: Facts) -> dict[tuple[str, str], tuple[float, float, str]]:
    """By sector and region (KZ: where none is published for the region): losses a year per km before and after renewal
    (MWh, Gcal, thousand m3), source."""
    heat = lost_heat(facts) * 1000 / float(facts.networks["NET006"]["length_km"])
    lines = facts.value("length.electric_networks_regional", 2025) + facts.value("kegoc.line_length", 2022)
    power = facts.value("losses.transmission", 2021) / 100 * facts.value("power.generation", 2025) * 1e6 / lines
    better = facts.value("losses.transmission", 2015) / facts.value("losses.transmission", 2021)
    water = facts.value("losses.water_national") * 1000 / facts.value("length.water_networks", 2015)
    own = facts.value("losses.water_m3_per_km", 2018, ALMATY) / 1000
    return {
        ("water", ALMATY): (own, own * NEW_PIPE_LOSES, facts.url("losses.water_m3_per_km", 2018, ALMATY)),
        ("heat", "KZ"): (heat, heat * NEW_PIPE_LOSES, facts.url("losses.heat_national", 2025)),
        ("power", "KZ"): (power, power * better, facts.url("losses.transmission", 2021)),
        ("water", "KZ"): (water, water * NEW_PIPE_LOSES, facts.url("losses.water_national")),
    }
