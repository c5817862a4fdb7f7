"""The programme's own categories where it names none: sewage works, district boiler houses, 110-220 kV substations."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder.costs import BIG, LARGE, Estimate, boiler_house, sewage_works, substation
from kazakhstan_builder.facts import Facts, Record, both, trace

COAL_REGIONS = ("KZ-10", "KZ-11", "KZ-33", "KZ-35", "KZ-55", "KZ-59", "KZ-62", "KZ-63")
NODES_220 = ("KZ-10", "KZ-11", "KZ-15", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-55", "KZ-59", "KZ-63")
"""Regions without a named 220 kV substation that are on the grid of 220 kV and above."""

HEAT_LARGE, HEAT_OTHER = 100.0, 50.0
MVA_LARGE, MVA_OTHER, MVA_220 = 80.0, 50.0, 250.0
BOILER_HOUSES = {"KZ-75": 4}
"""Number of boiler houses where it is not one in each of two towns (Almaty rebuilds 17)."""

STANDS_FOR = "stands for a facility of the programme that is not named in public; replace it by the real one"

Town = Mapping[str, str]


def record(facts: Facts, kind: str, town: Town, key: str, names: tuple[str, str], estimate: Estimate) -> Record:
    cost, rule = estimate
    region = facts.regions[town["region"]]
    at_capital = region["capital_ru"] == town["name_ru"]
    return {
        "facility": f"I-{key.format(town['town'].upper().replace(' ', '-'))}",
        "name": f"{names[0]}, {town['town']}",
        "name_ru": f"{names[1]}, {town['name_ru']}",
        "asset_type": kind,
        "region": town["region"],
        "place": town["town"],
        "latitude": float(region["lat"]) if at_capital else None,
        "longitude": float(region["lon"]) if at_capital else None,
        "scope": "reconstruction",
        "counts": "no",
        "cost": round(cost, 3),
        **trace("illustrative", rule, STANDS_FOR),
    }


def sewage(facts: Facts, towns: list[Town]) -> list[Record]:
    names = ("Sewage works", "Канализационные очистные сооружения")
    return [
        record(facts, "wastewater_plant", town, "KOS-{}", names, sewage_works(facts, town["size"] in BIG))
        for town in towns
        if town["sewage_works"] == "yes"
    ]


def numbered(places: list[Town]) -> list[tuple[Town, int]]:
    """Each place with how often it has come."""
    return [(town, 1 + places[:position].count(town)) for position, town in enumerate(places)]


def boilers(facts: Facts, region: str, towns: list[Town]) -> list[Record]:
    kind = "boiler_house_coal" if region in COAL_REGIONS else "boiler_house_gas"
    places = towns[:2] if len(towns) > 1 else towns * BOILER_HOUSES.get(region, 2)
    records: list[Record] = []
    for town, count in numbered(places):
        size = HEAT_LARGE if town["size"] in LARGE else HEAT_OTHER
        names = (f"District boiler house {count}", f"Районная котельная № {count}")
        one = record(facts, kind, town, f"BH-{{}}-{count}", names, boiler_house(size, new=False))
        records.append({**one, "capacity": size, "capacity_unit": "Gcal/h"})
    return records


def substations(facts: Facts, region: str, towns: list[Town]) -> list[Record]:
    records: list[Record] = []
    for town, count in numbered(towns[:2] if len(towns) > 1 else towns * 2):
        size = MVA_LARGE if town["size"] in LARGE else MVA_OTHER
        end, english, russian = ("-2", " 2", " № 2") if count > 1 else ("", "", "")
        names = (f"110 kV substation{english}", f"Подстанция 110 кВ{russian}")
        one = record(facts, "substation_110", town, f"SS-{{}}-110{end}", names, substation(facts, 110, size, new=False))
        records.append({**one, "capacity": size, "capacity_unit": "MVA"})
    if region in NODES_220:
        names = ("220 kV substation", "Подстанция 220 кВ")
        one = record(facts, "substation_220", towns[0], "SS-{}-220", names, substation(facts, 220, None, new=False))
        records.append({**one, "capacity": MVA_220, "capacity_unit": "MVA"})
    return records


def illustrative(facts: Facts) -> list[Record]:
    """By region, in the order of the regions: sewage works, boiler houses, substations."""
    sources = {
        "wastewater_plant": both(facts.url("kos.projects", 2026), facts.url("kos.projects_2024", 2024)),
        "boiler": facts.url("boiler_houses.below_100_gcal_h", 2015),
        "substation": facts.url("year.2026.hv_substations", 2026),
    }
    records: list[Record] = []
    for region in facts.regions:
        towns = [town for town in facts.choices["towns"] if town["region"] == region]
        records += [*sewage(facts, towns), *boilers(facts, region, towns), *substations(facts, region, towns)]
    for one in records:
        group = next(name for name in sources if str(one["asset_type"]).startswith(name))
        one["source"] = f"category of the programme: {sources[group]}; cost: {one['source']}"
    return records
