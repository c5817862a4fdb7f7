"""Wear of whole networks by sector and region: published figures as they are, the rest so that the mean by km is the
one published for the country.

1. Published for the kind and the whole region: a statement on networks, several companies that together have all of it
   by their km, or a figure of the region; the newest.
2. Of six regions the ministry tells one mean of heat, water and sewer networks. It is read as the plain mean of the
   three kinds, not one by length: of the country it tells 49 % where the kinds then had 52, 39 and 55, which is 48.7,
   and 42 by length; and of Abai and East Kazakhstan, whose heat networks are known besides, it leaves water networks
   46.8 and 49.1 %, where 46.7 and 49.1 are published. Kinds without a figure of their own share what the others leave
   of it, as the country's kinds are to each other.
3. Elsewhere one wear a sector: what these leave of the country's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kazakhstan_builder.facts import Facts, both
from kazakhstan_builder.pipes import PIPES

NATIONAL = {
    "power": ("wear.electricity", 2025), "heat": ("year.2025.heat_wear_end", 2025), "water": ("wear.water", 2025),
    "sewer": ("wear.sewer", 2025),
}
FIGURES = {
    "heat": {"KZ-39": 2022, "KZ-43": 2026}, "power": {"KZ-43": 2026, "KZ-55": 2024},
    "water": {"KZ-10": 2024, "KZ-63": 2024, "KZ-75": 2024}, "sewer": {"KZ-27": 2024},
}
"""Year of the figure (``wear.*_region``) of a whole region and all owners, where no statement on networks is newer."""
NAME = {"power": "electricity"}
LEAST_WORN, MOST_WORN = 3.0, 97.0
"""Percent; no whole network of a region is new, or worn out, altogether."""


class Wear(NamedTuple):
    """Percent of a whole network, by what rule, and its source where it has one of its own."""

    percent: float
    rule: str
    source: str = ""


Wears = dict[tuple[str, str], Wear]


def wears(facts: Facts, km: Mapping[tuple[str, str], float]) -> Wears:
    """Wear of the networks of each sector and region of ``km``, their lengths."""
    own = published(facts)
    own = {key: wear for key, wear in {**of_pipes(facts, own), **own}.items() if key in km}
    return {**own, **rest(own, km, {sector: national(facts, sector) for sector in NATIONAL})}


def national(facts: Facts, sector: str) -> float:
    """Percent of the country's networks at the end of 2025."""
    return facts.value(*NATIONAL[sector])


def published(facts: Facts) -> Wears:
    """What is published of the kind and the whole region."""
    found: Wears = {}
    for sector in NATIONAL:
        for region in facts.regions:
            if not (seen := facts.statements(region, sector, "length and wear")):
                continue
            length = [float(row["length_km"]) if len(seen) > 1 else 1.0 for row in seen]
            percent = sum(float(row["wear_pct"]) * km for row, km in zip(seen, length, strict=True)) / sum(length)
            rule = "published" if len(seen) == 1 else f"published by {len(seen)} companies, mean by their km"
            found[sector, region] = Wear(percent, rule, both(*(row["source"] for row in seen)))
    for sector, regions in FIGURES.items():
        key = f"wear.{NAME.get(sector, sector)}_region"
        for region, year in regions.items():
            found[sector, region] = Wear(facts.value(key, year, region), "published", facts.url(key, year, region))
    return found


def of_pipes(facts: Facts, own: Wears) -> Wears:
    """Kinds without a figure of their own in regions whose mean of the three kinds of pipes is published."""
    found: Wears = {}
    for region in facts.regions:
        if not (seen := facts.statement(region, "pipes", "mean wear")):
            continue
        open_kinds = [sector for sector in PIPES if (sector, region) not in own]
        left = len(PIPES) * float(seen["wear_pct"]) - sum(own[sector, region].percent for sector in PIPES
                                                          if sector not in open_kinds)
        weight = sum(national(facts, sector) for sector in open_kinds)
        for sector in open_kinds:
            found[sector, region] = Wear(
                min(max(left * national(facts, sector) / weight, LEAST_WORN), MOST_WORN),
                f"what its other pipes leave of their published plain mean ({float(seen['wear_pct']):g} %)",
                seen["source"])
    return found


def rest(own: Wears, km: Mapping[tuple[str, str], float], mean: Mapping[str, float]) -> Wears:
    """The others of a sector, all alike: what ``own`` leaves of the mean by ``km``, within what can be. Where that
    leaves another mean, the rule says so."""
    found: Wears = {}
    for sector, of_country in mean.items():
        length = {region: value for (kind, region), value in km.items() if kind == sector}
        others = [region for region in length if (sector, region) not in own]
        known = sum(own[sector, region].percent * value for region, value in length.items() if region not in others)
        whole, left = sum(length.values()), sum(length[region] for region in others)
        if not left:
            continue
        wanted = (of_country * whole - known) / left
        percent = min(max(wanted, LEAST_WORN), MOST_WORN)
        rule = f"what published ones leave of the country's {of_country:g} %"
        if percent != wanted:
            rule += f", which they make impossible: {(known + percent * left) / whole:.1f} %"
        found |= {(sector, region): Wear(percent, rule) for region in others}
    return found
