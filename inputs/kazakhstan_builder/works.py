"""Works resources: crews of networks by region, of other works for the whole country."""

from __future__ import annotations

from kazakhstan_builder.facts import PLAN_FROM, Facts, Record, both, trace

LENT, TRAVEL = 50, 0.10
"""Percent of a region's crews that may work elsewhere, and what their travel costs, as part of the works they do:
judgement."""
EXTRA, PREMIUM = 20, 0.15
"""Percent that overtime (120 of about 1,970 hours, 6 %) and contractors from outside (14 %) may add; half a wage on
top, wages being 30 %: judgement."""
SEASONAL = ("heat_network", "pipe")
"""Works in the ground; lines are built all year."""

CREW_NAMES = {"power_line": "lines", "heat_network": "heat networks", "pipe": "water and sewer pipes"}
IN_WORDS = {key: {"crew_name": english, "crew_ru": russian} for key, english, russian in (
    ("heat_network", "crews of heat networks", "бригады теплосетей"),
    ("pipe", "crews of water and sewer pipes", "бригады водопровода и канализации"),
    ("power_line", "crews of power lines", "бригады линий"),
    ("power_plant", "crews of power plants", "бригады электростанций"),
    ("heat_source", "crews of boiler houses", "бригады котельных"),
    ("substation", "crews of substations", "бригады подстанций"),
    ("works", "crews of water and sewage works", "бригады водоочистки и канализационных сооружений"),
)}
"""Names of the works resources in both languages."""
PLANT_COST = "UC083"


def growth_of_networks(facts: Facts) -> float:
    """Yearly growth of renewed km from 2023 to 2025, percent."""
    return ((facts.value("year.2025.network_km", 2025) / facts.value("year.2023.network_km", 2023)) ** 0.5 - 1) * 100


def network_crews(facts: Facts, packages: list[Record], done: list[Record]) -> list[Record]:
    """Crew-years of 2025 by resource, scaled by the plan of 2026, in each region by its share of the need; they may
    be lent."""
    need = {
        one["package"]: (crew_of(facts, one), one["region"], facts.kind(one["asset_type"], "crew_need"), one["km"])
        for one in packages
    }
    value = {record["package"]: record["km"] * record["unit_cost"] for record in packages}
    planned, done_2025 = facts.value("year.2026.network_km", 2026), facts.value("year.2025.network_km", 2025)
    scale = planned / done_2025
    growth = round(growth_of_networks(facts), 1)
    url = both(*(facts.url(f"year.{year}.network_km", year) for year in (2026, 2025, 2023)))
    overtime = both(url, facts.url("labour.overtime_most"), facts.url("labour.overtime_pay"))
    months = {
        key: [int(row[f"network_works_{end}_month"]) for end in ("start", "end")] for key, row in facts.regions.items()
    }
    records: list[Record] = []
    for crew, words in CREW_NAMES.items():
        mine = {key: per_km * km for key, (name, _, per_km, km) in need.items() if name == crew}
        worth = sum(value[key] for key in mine) / sum(mine.values())
        capacity = scale * sum(need[row["project"]][2] * row["km"] for row in done if row["project"] in mine)
        for region in facts.regions:
            part = sum(size for key, size in mine.items() if need[key][1] == region) / sum(mine.values())
            first, last = months[region] if crew in SEASONAL else (None, None)
            records.append(
                {
                    "crew": crew,
                    "region": region,
                    "growth": growth,
                    "season_from": first,
                    "season_to": last,
                    "lend_share": LENT,
                    "lend_cost": round(worth * TRAVEL, 1),
                    **extra(worth),
                    str(PLAN_FROM): round(capacity * part, 3),
                    **trace(
                        "estimate",
                        overtime,
                        f"crew-years behind the km of 2025 ({words}) x {planned:,.0f}/{done_2025:,.0f} (plan of 2026) "
                        f"x {part:.1%}, "
                        "the region's share of the need; growth: km renewed in 2023-2025; a crew-year does "
                        f"{worth:.0f} mn KZT of works: travel {TRAVEL:.0%}, premium {PREMIUM:.0%} of it"
                        + ("; season: months open for earthworks, by climate" if first else ""),
                    ),
                }
            )
    return records


def extra(worth: float) -> Record:
    """Overtime and contractors from outside; ``worth`` is the works of a crew-year, mn KZT."""
    return {"extra_share": EXTRA, "extra_cost": round(worth * PREMIUM, 1)}


def crew_of(facts: Facts, record: Record) -> str:
    return facts.kinds[record["asset_type"]]["crew"]


def facility_crews(facts: Facts, facilities: list[Record]) -> list[Record]:
    """Power plants: capacity put in service in 2025 at the price of a new plant. Others: their share of the
    programme's volume confirmed for 2026."""
    new, growth = facts.value("power.new_2025", 2025), facts.value("construction.growth", 2025)
    besides = [facts.of(row["figure"]) for row in facts.choices["works_besides"] if row["crew"] == "power_plant"]
    repaired = sum(float(row["value"]) for row in besides)
    price = facts.unit_cost(PLANT_COST, "kzt_mn_per_mw")
    plants = (new * price / 1000 + repaired) * (1 + growth / 100)
    urls = both(
        facts.url("power.new_2025", 2025),
        *(row["source"] for row in besides),
        facts.url("construction.growth_official", "2026-2028"),
    )
    also = f" and {repaired:g} bn of repairs of stations" if besides else ""
    rule = (
        f"{new:g} MW put in service in 2025 at {price:g} mn KZT per MW{also}, raised by the growth of construction in "
        "2025: "
        f"{plants:.0f} bn KZT of works; growth: official forecast"
    )
    official = facts.value("construction.growth_official", "2026-2028")
    records = [crew("power_plant", official, facts.kind("chp_gas", "crew_need"), plants, trace("estimate", urls, rule))]
    utilities = facts.value("programme.investment_utilities_decree", "2025-2029")
    confirmed = facts.value("year.2026.confirmed", 2026)
    urls = both(facts.url("year.2026.confirmed", 2026), facts.url("programme.investment_utilities_decree", "2025-2029"))
    for name, words in (
        ("heat_source", "boiler houses"),
        ("substation", "substations"),
        ("works", "water and sewage works"),
    ):
        members = [one for one in facilities if crew_of(facts, one) == name]
        volume = sum(one["cost"] for one in members) / utilities * confirmed
        rule = (
            f"{words}: their share of the {utilities:,.0f} bn of utilities x {confirmed:g} bn confirmed for 2026 = "
            f"{volume:.0f} bn KZT "
            "of works; "
            "growth as km renewed in 2023-2025"
        )
        need = facts.kind(members[0]["asset_type"], "crew_need")
        records.append(crew(name, round(growth_of_networks(facts), 1), need, volume, trace("estimate", urls, rule)))
    return records


def crew(name: str, growth: float, need: float, volume: float, marks: Record) -> Record:
    """A resource of the whole country; ``volume``: bn KZT of works a year, ``need``: crew-years per bn."""
    return {
        "crew": name,
        "region": None,
        "growth": growth,
        **extra(1000 / need),
        str(PLAN_FROM): round(volume * need, 2),
        **marks,
    }


def crew_needs(facts: Facts, facilities: list[Record], progress: list[Record]) -> list[Record]:
    """Crews at work on each facility throughout its works, so that in all they take the crew-years that its cost means.

    None where the kind takes no resource. Rows and not the need of the kind per bn KZT: what works take does not rise
    where their price does.
    """
    begun = {
        row["project"]: 12 * (PLAN_FROM - row["year"]) - 3 * (row["quarter"] - 1)
        for row in progress
        if row["status"] == "started"
    }
    kinds = {one["facility"]: one["asset_type"] for one in facilities if one.get("asset_type")}
    found = []
    for one in facilities:
        kind = facts.kinds[kinds[one["facility"] if one.get("asset_type") else one["option_of"]]]
        if not kind["crew"]:
            continue
        months = float(one.get("works_months") or kind["works_months"]) - begun.get(one["facility"], 0)
        each = float(kind["crew_need"])
        note = (
            f"{each * one['cost']:.4g} crew-years ({each:g} per bn KZT) in {months:g} months, whatever the price "
            "becomes")
        record = {"project": one["facility"], "crew": kind["crew"], "crews": each * one["cost"] * 12 / months}
        found.append({**record, **trace("estimate", one["source"], note)})
    return found
