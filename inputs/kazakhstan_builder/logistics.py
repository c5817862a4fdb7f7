"""Routes of equipment, outages and their limits, order of works, shared trenches."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder import published as pub
from kazakhstan_builder.facts import FIRST_YEAR, Facts, Record, both, trace
from kazakhstan_builder.projects import PROJECTS

ROUTES: tuple[tuple[str, str, str, str | None, float, str, str], ...] = (
    ("bought", "Bought already, or made at home", "Уже куплено или местное", None, 0, "choice of this case", "for works under way"),
    ("sea-JP", "Japan and Korea by sea, then rail", "Япония и Корея морем, далее железной дорогой", "JP", 3, both(pub.BY_RAIL, pub.BORDER_DAYS),
     "three weeks through China by rail are published for containers; heavy pieces, ship and customs taken as long again, and a month at the border"),
    ("sea-EU", "Europe by sea and over the Caspian", "Европа морем и через Каспий", "DE", 3, pub.BY_RAIL,
     "as from Japan: heavy pieces that roads do not carry"),
    ("rail-CN", "China by rail", "Китай железной дорогой", "CN", 2, both(pub.RAIL_DAYS, pub.BORDER_DAYS),
     "10 days published for containers, a month at the border, customs"),
    ("rail-RU", "Russia by rail", "Россия железной дорогой", "RU", 1, "engineering judgement", "no customs border; a month"),
    ("road-EU", "Europe by road", "Европа автотранспортом", "DE", 2, "engineering judgement", "three weeks on the road, customs, waiting"),
)
ROUTE_OF = {
    "gres_coal": "rail-CN", "gres_gas": "sea-JP", "chp_coal": "rail-CN", "chp_gas": "sea-JP", "hpp": "sea-EU", "boiler_house_coal": "rail-RU",
    "boiler_house_gas": "rail-CN", "substation_500": "sea-JP", "substation_220": "rail-CN", "substation_110": "rail-CN", "water_treatment": "road-EU",
    "wastewater_plant": "road-EU",
}
"""The country with the largest content; gas turbines, hydro turbines and the heaviest transformers come by sea."""

OUTAGE: dict[str, Record] = {
    "chp_coal": {"outage_months": 8, "outage_season": "yes", "offline_share": 25},
    "chp_gas": {"outage_months": 8, "outage_season": "yes", "offline_share": 25},
    "gres_coal": {"outage_months": 4, "outage_season": "yes", "offline_share": 17},
    "gres_gas": {"outage_months": 4, "outage_season": "yes", "offline_share": 17},
    "hpp": {"outage_months": 4, "outage_season": "no", "offline_share": 25},
    "boiler_house_coal": {"outage_months": 4, "outage_season": "yes", "offline_share": 50},
    "boiler_house_gas": {"outage_months": 4, "outage_season": "yes", "offline_share": 50},
    "heat_network": {"outage_season": "yes"},
}
"""A quarter of a CHP (one of about four units), a sixth of a condensing plant, half a boiler house; two summers for a CHP, one for others."""

AFTER: dict[str, tuple[str, str, str]] = {
    # facility: what must be in service before its works begin, status of the link, why
    "F052": ("F121", "derived", "the old plant is rebuilt once the new one carries the town"),
    "F128": ("F121", "derived", "reported to have no reserve: rebuilt once the new plant gives it"),
    "F018": ("F020", "estimate", "Almaty keeps a reserve: CHP-1 after CHP-2"),
    "F111": ("F113", "estimate", "the boiler houses carry Kokshetau until the new CHP works"),
    "F112": ("F113", "estimate", "the boiler houses carry Kokshetau until the new CHP works"),
}

SUMMER_HEAT = 0.25
"""Heat load of summer (hot water) against the heat capacity, by judgement."""
SHARED, SAVED = 0.10, 0.20
"""Part of the shorter of two packages that lies in the same street, and part of the unit cost that a shared trench saves: judgement (half of earthworks and
reinstatement of about 40 %)."""
PAIRS = (("water", "heat"), ("sewer", "water"))


def routes() -> list[Record]:
    return [
        {"route": key, "name": name, "name_ru": name_ru, "partner": partner, "lead_months": months, "delay_months": 0, **trace("estimate", source, note)}
        for key, name, name_ru, partner, months, source, note in ROUTES
    ]


def with_outage(records: list[Record]) -> list[Record]:
    """Works under way and new buildings take nothing out of service; equipment of works under way is bought; works that wait for others say so."""
    found = []
    for record in records:
        running = record["facility"] in PROJECTS and PROJECTS[record["facility"]].running
        more: Record = {"route": "bought"} if running else {}
        if running or record["scope"] in ("new build", "new unit"):
            more["outage_months"] = 0
        if record["facility"] in AFTER:
            first, status, why = AFTER[record["facility"]]
            more |= {"after": first, "note": f"{record['note']}; after {first}: {why} ({status})"}
        found.append({**record, **more})
    return found


def outage_limits(facts: Facts, records: list[Record]) -> list[Record]:
    """By region and unit: capacity of the plants of this case that stand today, less what they must carry in the months of works."""
    load = pub.LOAD_2025_MW / (facts.value("power.installed", 2025) * 1000)
    rules = {
        "MW": (load, both(pub.LOAD_2025, facts.url("power.installed", 2025)),
               f"peak: load of autumn 2025 over the country's installed capacity, {load:.0%} of the region's plants; "
               f"the winter peak of 17.6 GW leaves no room ({pub.WINTER_2025})"),
        "Gcal/h": (SUMMER_HEAT, "engineering judgement", f"peak: hot water in summer, {SUMMER_HEAT:.0%} of the heat capacity"),
    }
    working = {row["facility_id"]: row["op_status"] == "operating" for row in facts.facilities}
    standing = [one for one in records if one.get("capacity") and one["scope"] != "new build" and working.get(one["facility"], True)]
    found = []
    for region in facts.region_ids():
        for unit, (part, source, why) in rules.items():
            total = sum(float(one["capacity"]) for one in standing if one["region"] == region and one.get("capacity_unit") == unit)
            if total:
                found.append({"region": region, "unit": unit, "available": round(total, 1), "peak": round(total * part, 1), "reserve": 15,
                              **trace("estimate", source, f"available: plants of this case that stand today; {why}")})
    return found


def trenches(records: list[Record], done: list[Record]) -> list[Record]:
    """Water beside heat, sewer beside water, in each region."""
    by_key: Mapping[str, Record] = {record["package"]: record for record in records}
    past = {record["project"]: record["km"] for record in done if record["year"] == FIRST_YEAR}
    left = {key: record["km"] - past.get(key, 0) for key, record in by_key.items()}
    found = []
    for region in dict.fromkeys(record["region"] for record in records):
        for first, second in PAIRS:
            one, other = f"N-{region}-{first}", f"N-{region}-{second}"
            km = round(min(left[one], left[other]) * SHARED, 1)
            if km > 0:
                found.append({
                    "package": one, "with_package": other, "km": km, "saving": round(by_key[one]["unit_cost"] * SAVED, 1),
                    **trace("estimate", pub.TRENCHES, f"{SHARED:.0%} of the shorter package, {SAVED:.0%} of the unit cost: judgement, replace by street plans"),
                })
    return found
