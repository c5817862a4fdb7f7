"""Length and losses of whole networks: published for the region, else derived from national figures."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from kazakhstan_builder.facts import Facts
from kazakhstan_builder.pipes import PIPES, national_heat, pipes

ZHETISU, ALMATY, NORTH, KOSTANAY = "KZ-33", "KZ-75", "KZ-59", "KZ-39"
ASTANA, ALMATY_REGION, ZHAMBYL, KARAGANDA = "KZ-71", "KZ-19", "KZ-31", "KZ-35"
PUBLISHED = {
    ("heat", ZHETISU): 2025, ("heat", KOSTANAY): 2022, ("heat", ALMATY_REGION): 2025,
    ("heat", ZHAMBYL): 2025,
    ("water", ZHETISU): 2025, ("water", ALMATY): 2023, ("water", ASTANA): 2018,
    ("water", KARAGANDA): 2025,
    ("sewer", ZHETISU): 2025, ("sewer", ALMATY): 2011, ("sewer", ASTANA): 2018,
    ("sewer", KARAGANDA): 2025,
}
"""Year of the figure of a whole length, by sector and region; other published lengths are statements on networks."""

LINES = "length.electric_networks"
"""Lines of a region below 220 kV: of its companies, where no statement on networks is newer."""
BELOW_220 = ("line_04_10", "line_35_110")

TJ_PER_THOUSAND_GCAL = 4.184
NEW_PIPE_LOSES = 1 / 3
"""Losses of a renewed pipe against the old one, by judgement."""


def national_lines(facts: Facts) -> dict[str, tuple[float, str]]:
    """Length of the country's lines by class, and what it is."""
    mapped = facts.value("osm.line_length", 2025) - facts.value("kegoc.line_length", 2022)
    trunk, others = facts.value("kegoc.line_length", 2022), facts.value("length.electric_networks_regional", 2025)
    return {
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


def published_pipes(facts: Facts) -> dict[tuple[str, str], tuple[float, str]]:
    """Km and source of whole pipe networks by sector and region."""
    rows = {key: facts.row(f"length.{key[0]}_networks", year, key[1]) for key, year in PUBLISHED.items()}
    seen = {(sector, region): facts.statement(region, sector, "length and wear") for sector in PIPES
            for region in facts.regions}
    return {**{key: (float(row["value"]), row["source"]) for key, row in rows.items()},
            **{key: (float(row["length_km"]), row["source"]) for key, row in seen.items()
               if row is not None and row["length_km"]}}


def whole_pipes(facts: Facts) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Km, rule and source of the pipes of each region, by sector."""
    return pipes(facts, published_pipes(facts))


def lengths(
    facts: Facts, scope: Mapping[str, Mapping[str, float]], sector_of: Mapping[str, str]
) -> dict[tuple[str, str], tuple[float, str, str]]:
    """Km, rule and source of each kind in each region, never below the scope. Lines below 220 kV: as published, both
    classes together and divided as in the country, else the rest of it in proportion to the scope."""
    found: dict[tuple[str, str], tuple[float, str, str]] = {}
    national, of_pipes, lines = national_lines(facts), whole_pipes(facts), own_lines(facts)
    below = sum(national[kind][0] for kind in BELOW_220)
    for kind, by_region in scope.items():
        if (sector := sector_of[kind]) in PIPES:
            for region, km in by_region.items():
                length, rule, url = of_pipes[sector, region]
                found[kind, region] = (round(max(km, length)), rule, url)
            continue
        total, words = national[kind]
        known = {r: (round(km * total / below), url) for r, (km, url) in lines.items() if kind in BELOW_220}
        rest = total - sum(km for km, _ in known.values())
        weight = sum(km for region, km in by_region.items() if region not in known)
        for region, km in by_region.items():
            if region in known:
                rule = f"published, {total / below:.1%} of {lines[region][0]:,.0f} km below 220 kV"
                found[kind, region] = (known[region][0], rule, known[region][1])
            else:
                rule = f"{words}, in proportion to the km in scope"
                found[kind, region] = (round(max(km, rest * km / weight)), rule, "")
    return found


def lost_heat(facts: Facts) -> float:
    """thousand Gcal a year: mean of the energy balances of 2021 to 2025, of which the last one is in Gcal."""
    joules = [facts.value("losses.heat_national_tj", year) for year in range(2021, 2025)]
    return fmean([*(amount / TJ_PER_THOUSAND_GCAL for amount in joules), facts.value("losses.heat_national", 2025)])


def losses(facts: Facts) -> dict[tuple[str, str], tuple[float, float, str]]:
    """By sector and region (KZ: where none is published for the region): losses a year per km before and after renewal
    (MWh, Gcal, thousand m3), source."""
    heat = lost_heat(facts) * 1000 / national_heat(facts)
    lines = facts.value("length.electric_networks_regional", 2025) + facts.value("kegoc.line_length", 2022)
    power = facts.value("losses.transmission", 2021) / 100 * facts.value("power.generation", 2025) * 1e6 / lines
    better = facts.value("losses.transmission", 2015) / facts.value("losses.transmission", 2021)
    own = facts.value("losses.water_m3_per_km", 2018, ALMATY) / 1000
    km = {region: length for (sector, region), (length, *_) in whole_pipes(facts).items() if sector == "water"}
    water = (facts.value("losses.water_national") * 1000 - own * km[ALMATY]) / (sum(km.values()) - km[ALMATY])
    return {
        ("water", ALMATY): (own, own * NEW_PIPE_LOSES, facts.url("losses.water_m3_per_km", 2018, ALMATY)),
        ("heat", "KZ"): (heat, heat * NEW_PIPE_LOSES, facts.url("losses.heat_national", 2025)),
        ("power", "KZ"): (power, power * better, facts.url("losses.transmission", 2021)),
        ("water", "KZ"): (water, water * NEW_PIPE_LOSES, facts.url("losses.water_national")),
    }
