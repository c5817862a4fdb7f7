"""Packages of networks that add up to the programme, and the kilometres of 2025."""

from __future__ import annotations

import math
from decimal import Decimal

from kazakhstan_builder.condition import almaty_pipes
from kazakhstan_builder.costs import SAVINGS
from kazakhstan_builder.facts import FIRST_YEAR, Facts, Record, allocate, both, number, plain, trace
from kazakhstan_builder.lengths import ALMATY, lengths, losses, wear_of
from kazakhstan_builder.published import ALMATY_WATER_2011

SECTORS = ("power", "heat", "water", "sewer")
FACT_OF = {"power": "electricity", "heat": "heat", "water": "water", "sewer": "sewer"}
CLASSES: dict[str, tuple[tuple[str, str, str | None, str, str], ...]] = {
    # sector: (end of the key, kind of asset, voltage class, English, Russian)
    "power": (
        ("power-04-10", "line_04_10", "0.4-10 kV", "power lines 0.4-10 kV", "линии 0,4-10 кВ"),
        ("power-35-110", "line_35_110", "35-110 kV", "power lines 35-110 kV", "линии 35-110 кВ"),
        ("power-220", "line_220", "220 kV and above", "power lines 220 kV and above", "линии 220 кВ и выше"),
    ),
    "heat": (("heat", "heat_network", None, "heat networks", "тепловые сети"),),
    "water": (("water", "water_network", None, "water networks", "водопроводные сети"),),
    "sewer": (("sewer", "sewer_network", None, "sewer networks", "канализационные сети"),),
}
LINE_CLASSES = ("line_04_10", "line_35_110", "line_220")
KARAGANDA, SHYMKENT, NORTH = "KZ-35", "KZ-79", "KZ-59"
PER_YEAR = 0.30
"""Largest part of a package renewed in one year: half as much again as an even pace over five years."""

DONE_2025_HEAT = {"NET108": "KZ-75", "NET051": "KZ-63", "NET058": "KZ-55", "NET056": "KZ-10", "NET109": "KZ-11", "NET097": "KZ-59"}
"""Statements on heat networks renewed in 2025, by region; the rest of the 323 km is spread."""

TOTAL_AND_WEAR: dict[tuple[str, str], tuple[str, ...]] = {
    # published length and wear of whole networks: the first row that has the value counts
    ("KZ-10", "heat"): ("NET057",),
    ("KZ-55", "heat"): ("NET058",),
    ("KZ-35", "heat"): ("NET027",),
    ("KZ-63", "heat"): ("NET051",),
    ("KZ-59", "heat"): ("NET026",),
    ("KZ-75", "heat"): ("NET046",),
    ("KZ-27", "heat"): ("NET081",),
    ("KZ-23", "heat"): ("NET086",),
    ("KZ-31", "heat"): ("NET089",),
    ("KZ-35", "power"): ("NET028",),
    ("KZ-33", "power"): ("NET041",),
    ("KZ-79", "power"): ("NET045",),
    ("KZ-75", "power"): ("NET048",),
    ("KZ-63", "power"): ("NET053",),
    ("KZ-27", "power"): ("NET080",),
    ("KZ-23", "power"): ("NET088",),
    ("KZ-35", "water"): ("NET029",),
    ("KZ-75", "water"): ("NET049",),
    ("KZ-27", "water"): ("NET082",),
    ("KZ-79", "water"): ("NET044",),
    ("KZ-35", "sewer"): ("NET030",),
    ("KZ-75", "sewer"): ("NET050",),
    ("KZ-27", "sewer"): ("NET083",),
    ("KZ-23", "sewer"): ("NET087",),
    ("KZ-79", "sewer"): ("NET044",),
}

PROXY = "no regional plan is published: split of the national length by a proxy (see sources_and_method, topic networks_by_region)"


def national(facts: Facts) -> dict[str, int]:
    return {sector: int(facts.value(f"programme.{FACT_OF[sector]}_km", "2025-2029")) for sector in SECTORS}


def proxies(facts: Facts, sector: str) -> dict[str, float]:
    key = f"estimate.region_km_{FACT_OF[sector]}"
    return {region: facts.value(key, "2025-2029", region) for region in facts.region_ids()}


def published(facts: Facts) -> dict[str, dict[str, Decimal]]:
    """Kilometres by sector and region that follow a published plan of the region."""
    by_proxy = {sector: proxies(facts, sector) for sector in SECTORS}
    fixed: dict[str, dict[str, Decimal]] = {sector: {} for sector in SECTORS}
    fixed["power"][NORTH] = Decimal(int(facts.value("programme.region_electricity_km", "2025-2029", NORTH)))
    fixed["heat"][NORTH] = Decimal(int(facts.value("programme.region_heat_km", "2025-2029", NORTH)))
    whole = int(facts.value("programme.region_km", "2025-2029", KARAGANDA))
    for sector, km in allocate(whole, {sector: by_proxy[sector][KARAGANDA] for sector in SECTORS}).items():
        fixed[sector][KARAGANDA] = km
    pipes = int(facts.networks["NET044"]["plan_km"])
    for sector, km in allocate(pipes, {sector: by_proxy[sector][SHYMKENT] for sector in ("water", "sewer")}).items():
        fixed[sector][SHYMKENT] = km
    return fixed


def km_by_region(facts: Facts) -> dict[str, dict[str, Decimal]]:
    """Whole km by sector and region, adding up to the programme: plans of regions first, the rest in proportion to the proxies."""
    fixed, split = published(facts), {}
    for sector, total in national(facts).items():
        weights = {region: weight for region, weight in proxies(facts, sector).items() if region not in fixed[sector]}
        split[sector] = {**allocate(total - int(sum(fixed[sector].values())), weights), **fixed[sector]}
    return split


def lines_by_class(facts: Facts, by_region: dict[str, Decimal]) -> dict[str, dict[str, Decimal]]:
    """Power lines by class and region. 220 kV and above: the length in the national company's rehabilitation (UC035); 35-110 kV: the share of
    mapped lines below 220 kV in the estimated length of all lines; 0.4-10 kV: the rest."""
    total = sum(by_region.values())
    high = Decimal(int(facts.unit_cost("UC035", "quantity_km")))
    all_lines = sum(facts.value("estimate.electricity_length", 2025, region) for region in facts.region_ids())
    share = (facts.value("osm.line_length", 2025) - facts.value("kegoc.line_length", 2022)) / all_lines
    middle = Decimal(round(int(total) * share, -1))
    split = {"line_220": allocate(high, by_region), "line_35_110": allocate(middle, by_region)}
    split["line_04_10"] = {region: km - split["line_220"][region] - split["line_35_110"][region] for region, km in by_region.items()}
    return split


def unit_costs(facts: Facts, km: dict[str, Decimal], substations: float) -> dict[str, tuple[float, str]]:
    """mn KZT per km by kind of network, so that networks and the stations that share their budget cost what the programme says."""
    budget = {sector: facts.value(f"programme.{FACT_OF[sector]}_cost", "2025-2029") for sector in SECTORS}
    defaults = {kind: facts.unit_cost(row, "kzt_mn_per_km") for kind, row in zip(LINE_CLASSES, ("UC076", "UC077", "UC078"), strict=True)}
    high = defaults["line_220"] * float(km["line_220"]) / 1000
    low = sum(defaults[kind] * float(km[kind]) for kind in LINE_CLASSES[:2]) / 1000
    number_of_works = facts.value("kos.projects", 2026)
    works = number_of_works * facts.unit_cost("UC048", "cost_kzt_bn") / facts.value("kos.projects_2024", 2024)
    factor = (budget["power"] - substations - high) / low
    costs = {
        "line_220": (defaults["line_220"], "default of the class (UC078); its substations are facilities"),
        "heat_network": (budget["heat"] * 1000 / float(km["heat_network"]), "programme budget over programme length (UC001)"),
        "water_network": (budget["water"] * 1000 / float(km["water_network"]), "programme budget over programme length (UC003)"),
        "sewer_network": (
            (budget["sewer"] - works) * 1000 / float(km["sewer_network"]),
            f"programme budget of 1,100 bn less {works:.0f} bn of sewage works ({number_of_works:g} at the mean of the list of 2024, UC048), over "
            f"programme length (UC004)",
        ),
    }
    for kind in LINE_CLASSES[:2]:
        costs[kind] = (
            defaults[kind] * factor,
            f"default of the class x {factor:.2f}, so that all lines and the {substations:.0f} bn of substations among the "
            f"facilities cost 3,800 bn (UC002); transformer points and meters included",
        )
    return {kind: (round(cost, 1), rule) for kind, (cost, rule) in costs.items()}


def condition(facts: Facts, region: str, sector: str) -> tuple[float | None, float | None, str]:
    """Length and wear of the whole network, where published, with the source."""
    found = [facts.networks[key] for key in TOTAL_AND_WEAR.get((region, sector), ())]
    length = next((value for row in found if (value := number(row["length_km"])) is not None), None)
    wear = next((value for row in found if (value := number(row["wear_pct"])) is not None), None)
    return length if sector != "power" else None, wear, both(*(row["source_url"] for row in found))


def origin(facts: Facts, region: str, sector: str) -> tuple[str, str]:
    """Source and remark on the kilometres of a region."""
    if region == NORTH and sector in ("power", "heat"):
        key = "programme.region_electricity_km" if sector == "power" else "programme.region_heat_km"
        remark = "plan of the region to 2029" + ("; a later report gives the same 7,000 km for networks of all kinds" if sector == "power" else "")
        return facts.url(key, "2025-2029", region), remark
    if region == KARAGANDA:
        return facts.url("programme.region_km", "2025-2029", region), "share of the region's own plan of 1,199 km for all kinds, divided by the proxies"
    if region == SHYMKENT and sector in ("water", "sewer"):
        return facts.networks["NET044"]["source_url"], "share of the city's 160 km of water and sewer pipes in the national project, divided by the proxies"
    return facts.url(f"programme.{FACT_OF[sector]}_km", "2025-2029"), PROXY


def packages(facts: Facts, facilities: list[Record]) -> list[Record]:
    split = km_by_region(facts)
    by_class = {**lines_by_class(facts, split["power"]), **{CLASSES[sector][0][1]: split[sector] for sector in SECTORS[1:]}}
    totals = {kind: Decimal(sum(km.values())) for kind, km in by_class.items()}
    costs = unit_costs(facts, totals, sum(one["cost"] for one in facilities if str(one["asset_type"]).startswith("substation")))
    scope = {kind: {region: float(km) for region, km in km_of.items()} for kind, km_of in by_class.items()}
    kinds = {kind: sector for sector, classes in CLASSES.items() for _, kind, *_ in classes}
    known = {(region, sector): condition(facts, region, sector) for region in facts.region_ids() for sector in SECTORS}
    stated = {key: (length, seen) for key, (length, _, seen) in known.items() if length is not None}
    whole, lost = lengths(facts, scope, kinds, stated), losses(facts)
    records: list[Record] = []
    for row in facts.regions:
        region = row["region_id"]
        for sector in SECTORS:
            _, wear, seen = known[region, sector]
            worn, wear_rule = (wear, "published") if wear is not None else wear_of(facts, region, sector)
            own_bursts = region == ALMATY and sector in ("water", "sewer")
            before, after, price, lost_url = lost.get(sector, (None, None, 0.0, ""))
            url, remark = origin(facts, region, sector)
            for end, kind, voltage, english, russian in CLASSES[sector]:
                km, (cost, rule) = by_class[kind][region], costs[kind]
                total, length_rule, length_url = whole[kind, region]
                saved = ((before or 0.0) - (after or 0.0)) * price / 1000
                records.append(
                    {
                        "package": f"N-{region}-{end}",
                        "name": f"{row['name_en']}: {english}",
                        "name_ru": f"{capital(row['name_ru'])}: {russian}",
                        "asset_type": kind,
                        "region": region,
                        "voltage": voltage,
                        "km": plain(km),
                        "km_total": total,
                        "wear": round(worn, 2),
                        "zone": None,
                        "unit_cost": cost,
                        "km_per_year": max(1, math.ceil(float(km) * PER_YEAR)),
                        "earliest": None,
                        "latest": None,
                        "savings": round(cost * SAVINGS[kind] / 100 + saved, 3),
                        "bursts": round(almaty_pipes(), 1) if own_bursts else None,
                        "losses": None if before is None else round(before, 2),
                        "losses_after": None if after is None else round(after, 2),
                        **trace(
                            "estimate",
                            both(url, seen, length_url, lost_url, ALMATY_WATER_2011 if own_bursts else ""),
                            f"{remark}; unit cost: {rule}; km in all: {length_rule}; wear: {wear_rule}",
                        ),
                    }
                )
    return records


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def done_2025(facts: Facts, records: list[Record]) -> list[Record]:
    """The kilometres of 2025: heat as published, the rest spread over packages in proportion to their scope."""
    total, heat = int(facts.value("year.2025.network_km", FIRST_YEAR)), int(facts.value("year.2025.heat_km", FIRST_YEAR))
    known = {f"N-{region}-heat": Decimal(facts.networks[key]["plan_km"]) for key, region in DONE_2025_HEAT.items()}
    scope = {record["package"]: Decimal(str(record["km"])) for record in records}
    other_heat = {key: km for key, km in scope.items() if key.endswith("-heat") and key not in known}
    done = {**known, **allocate(heat - sum(known.values()), other_heat, "0.5")}
    done |= allocate(total - heat, {key: km for key, km in scope.items() if not key.endswith("-heat")})
    progress: list[Record] = []
    for key in scope:
        fact = "year.2025.heat_km" if key.endswith("-heat") else "year.2025.network_km"
        seen = [facts.networks[row]["source_url"] for row, region in DONE_2025_HEAT.items() if key == f"N-{region}-heat"]
        remark = (
            "published for the region" if seen else "part of the national figure (323 km of heat networks, 8,500 km in all), in proportion to the km in scope"
        )
        if done[key]:
            progress.append(
                {
                    "project": key,
                    "year": FIRST_YEAR,
                    "status": "done",
                    "km": plain(done[key]),
                    "spent": None,
                    **trace("estimate", both(*seen, facts.url(fact, FIRST_YEAR)), remark),
                }
            )
    return progress
