"""How often networks fail, for 100 km and year: counted in a region where a count is published, else derived from the
country's; and what mending a burst costs."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kazakhstan_builder.facts import Facts, Record, both
from kazakhstan_builder.lengths import ALMATY, BELOW_220, LINES, whole_pipes
from kazakhstan_builder.sheet import Names

PAVLODAR, EAST = "KZ-55", "KZ-63"
ABROAD, KM_PER_MILE = "North America", 1.609344
COUNTED_IN = {**dict.fromkeys(BELOW_220, (PAVLODAR, EAST)), "heat_network": (ALMATY,)}
"""Regions whose own count is the rate of a kind: it holds at their wear."""
COUNTED_LINES, COUNTED_WATER = (2022, 2023), 2012
"""Years of the counts: violations on the lines of Pavlodar, accidents of the country's water networks."""


def rate_names(facts: Facts, packages: Iterable[Record]) -> Names:
    """Failures of each kind of network, before and after renewal, that the kinds refer to.

    Lines below 220 kV: the mean by km of what two regions count, one rate for both classes, which no count tells
    apart; renewal leaves the failures by nature. Pipes: damage found in Almaty (heat), the country's count (water),
    the mean of Almaty and North America (sewer)."""
    trunk = facts.value("kegoc.violations_on_lines") / facts.value("kegoc.line_length", 2022) * 100
    lines = {"line_220": trunk, **dict.fromkeys(BELOW_220, regional_lines(facts, packages))}
    by_nature = facts.value("kegoc.violations_by_nature") / facts.value("kegoc.violations")
    growth = (1 + facts.value("water.breaks_growth_six_years", None, ABROAD) / 100) ** (1 / 6) - 1
    return {
        **{f"bursts_{kind}": round(rate, 2) for kind, rate in lines.items()},
        **{f"bursts_after_{kind}": round(rate * by_nature, 2) for kind, rate in lines.items()},
        "bursts_heat_network": round(almaty_heat(facts), 1),
        "bursts_water_network": round(water_elsewhere(facts), 1),
        "bursts_sewer_network": round(math.sqrt(almaty_pipes(facts) * abroad(facts)), 1),
        "breaks_growth": round(growth * 100, 1),
    }


def regional_lines(facts: Facts, packages: Iterable[Record]) -> float:
    """Events on lines below 220 kV in Pavlodar (mean of two years) and East Kazakhstan together, over their km."""
    counted = [facts.value("accident.power_events", year, PAVLODAR) for year in COUNTED_LINES]
    events = sum(counted) / len(counted) + facts.value("accident.power_events", None, EAST)
    east = sum(float(str(row["km_total"])) for row in packages
               if row["region"] == EAST and row["asset_type"] in BELOW_220)
    return events / (facts.value(LINES, None, PAVLODAR) + east) * 100


def water_elsewhere(facts: Facts) -> float:
    """Accidents of water networks outside Almaty, which has its own count: those of the country, at today's wear in
    place of that of the year of the count, to which failures are in proportion."""
    today = facts.value("wear.water", 2025) / facts.value("wear.water", COUNTED_WATER)
    country = facts.value("water.accidents_per_100km", COUNTED_WATER) * today
    km = {region: length for (sector, region), (length, *_) in whole_pipes(facts).items() if sector == "water"}
    whole, own = sum(km.values()), km[ALMATY]
    return (country * whole - almaty_pipes(facts) * own) / (whole - own)


def almaty_heat(facts: Facts) -> float:
    """Damage found in a year in 100 km of the heat networks of Almaty: mean of two years."""
    found = [facts.value("heat.damage_found", year, ALMATY) for year in (2019, 2021)]
    return sum(found) / len(found) / float(facts.networks["NET046"]["length_km"]) * 100


def almaty_pipes(facts: Facts) -> float:
    """Bursts per 100 km and year of water and sewer pipes in Almaty."""
    km = sum(facts.value(f"length.{kind}_networks", 2011, ALMATY) for kind in ("water", "sewer"))
    return facts.value("water.accidents", 2011, ALMATY) / km * 100


def abroad(facts: Facts) -> float:
    """Breaks of water mains in 100 km of North America."""
    mains = facts.value("length.water_mains", None, ABROAD) * KM_PER_MILE
    return facts.value("water.breaks", None, ABROAD) / mains * 100


def own_failures(facts: Facts) -> dict[tuple[str, str], tuple[float, str]]:
    """Failures for 100 km and year by sector and region where they are published for a region, and their source.

    Lines: what the regions count is not alike, so it is entered as their mean alone."""
    accidents = facts.url("water.accidents", None, ALMATY)
    found = both(*(facts.url("heat.damage_found", year, ALMATY) for year in (2019, 2021)))
    return {("heat", ALMATY): (almaty_heat(facts), found),
            **{(sector, ALMATY): (almaty_pipes(facts), accidents) for sector in ("water", "sewer")}}


def repair_names(facts: Facts, packages: list[Record]) -> Names:
    """Cost of mending a burst, mn KZT: metres of pipe at the mean cost of the programme; of heat networks the metres
    laid anew after bursts in Ekibastuz at what its repairs cost."""
    metres = facts.value("burst.pipe_replaced", None, ALMATY)
    kinds = dict.fromkeys(str(row["asset_type"]) for row in packages)
    repairs = {f"repair_{kind}": round(mean_cost(packages, kind) * metres / 1000, 2) for kind in kinds}
    of_heat = facts.value("burst.heat_pipe_replaced", 2023, PAVLODAR) / 1000
    return repairs | {"repair_heat_network": round(of_heat * facts.value("heat.repair_per_km", "2023-2025", PAVLODAR),
                                                   2)}


def mean_cost(packages: Iterable[Record], kind: str) -> float:
    """mn KZT a km of a kind in the programme."""
    mine = [(float(row["km"]), float(row["unit_cost"])) for row in packages if row["asset_type"] == kind]
    return sum(km * cost for km, cost in mine) / sum(km for km, _ in mine)
