"""Outages and their limits, order of works, shared trenches."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder.facts import FIRST_YEAR, Facts, Record, both, trace

SUMMER_HEAT = 0.25
"""Heat load of summer (hot water) against the heat capacity, by judgement."""
SHARED, SAVED = 0.10, 0.20
"""Part of the shorter of two packages that lies in the same street, and part of the unit cost that a shared trench
saves: judgement (half of earthworks and reinstatement of about 40 %)."""
PAIRS = (("water", "heat"), ("sewer", "water"))


def with_outage(facts: Facts, records: list[Record]) -> list[Record]:
    """Works under way and new buildings take nothing out of service; equipment of what is contracted is bought, its
    months hold the way; the order of works."""
    found = []
    for record in records:
        project = facts.project(record["facility"])
        more: Record = {"route": "bought"} if project.running or project.committed else {}
        if project.running or record["scope"] in ("new build", "new unit"):
            more["outage_months"] = 0
        if project.after:
            first, status, why = project.after
            more |= {"after": first, "note": f"{record['note']}; after {first}: {why} ({status})"}
        found.append({**record, **more})
    return found


def load_share(facts: Facts) -> float:
    """Load of the autumn of 2025 over the country's installed capacity."""
    return facts.value("power.load_autumn", 2025) / (facts.value("power.installed", 2025) * 1000)


def outage_limits(facts: Facts, records: list[Record]) -> list[Record]:
    """By region and unit: capacity of the plants of this case that stand today, less what they must carry in the
    months of works."""
    load = load_share(facts)
    winter = facts.url("power.winter_peak")
    rules = {
        "MW": (
            load,
            both(facts.url("power.load_autumn"), facts.url("power.installed", 2025)),
            f"peak: load of autumn 2025 over the country's installed capacity, {load:.0%} of the region's plants; "
            f"the winter peak of 17.6 GW leaves no room ({winter})",
        ),
        "Gcal/h": (
            SUMMER_HEAT,
            "engineering judgement",
            f"peak: hot water in summer, {SUMMER_HEAT:.0%} of the heat capacity",
        ),
    }
    working = {key: row["op_status"] == "operating" for key, row in facts.facilities.items()}
    standing = [
        one
        for one in records
        if one.get("capacity") and one["scope"] != "new build" and working.get(one["facility"], True)
    ]
    found = []
    for region in facts.regions:
        for unit, (part, source, why) in rules.items():
            total = sum(
                float(one["capacity"])
                for one in standing
                if one["region"] == region and one.get("capacity_unit") == unit
            )
            if total:
                found.append(
                    {
                        "region": region,
                        "unit": unit,
                        "available": round(total, 1),
                        "peak": round(total * part, 1),
                        "reserve": 15,
                        **trace("estimate", source, f"available: plants of this case that stand today; {why}"),
                    }
                )
    return found


def trenches(facts: Facts, records: list[Record], done: list[Record]) -> list[Record]:
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
                found.append(
                    {
                        "package": one,
                        "with_package": other,
                        "km": km,
                        "saving": round(by_key[one]["unit_cost"] * SAVED, 1),
                        **trace(
                            "estimate",
                            facts.url("trench.open_cut", None, "general"),
                            f"{SHARED:.0%} of the shorter package, {SAVED:.0%} of the unit cost: judgement, "
                            "replace by street plans",
                        ),
                    }
                )
    return found
