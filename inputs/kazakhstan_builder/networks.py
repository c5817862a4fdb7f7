"""Packages of networks that add up to the programme, and the kilometres of 2025."""

from __future__ import annotations

from decimal import Decimal

from kazakhstan_builder import owners
from kazakhstan_builder.facts import FIRST_YEAR, Facts, Record, allocate, both, plain, trace
from kazakhstan_builder.failures import own_failures
from kazakhstan_builder.lengths import KARAGANDA, NORTH, lengths, losses
from kazakhstan_builder.network_costs import BUDGET_OF, by_region, unit_costs
from kazakhstan_builder.wear import wears

SECTORS = ("power", "heat", "water", "sewer")
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
SHYMKENT, ULYTAU = "KZ-79", "KZ-62"
NATIONAL = "NET009"
"""The lines of 220 kV and above: those of the national grid company are all that the case has (27,000 km)."""
BY_RULE = ("km", "km_total", "wear", "bursts", "km_per_year")
OF_SECTOR = {"power": ("unit_cost",), "heat": ("losses_after",), "water": ("losses_after",), "sewer": ()}
"""What a package has by a rule of this case, by sector too. Unit costs are published budgets over published lengths,
but for lines, whose budget the programme does not divide by class; losses are published ones over published lengths,
but for what renewed pipes lose."""

PROXY = (
    "no regional plan is published: split of the national length by a proxy "
    "(see sources_and_method, topic networks_by_region)"
)


def national(facts: Facts) -> dict[str, int]:
    return {sector: int(facts.value(f"programme.{BUDGET_OF[sector]}_km", "2025-2029")) for sector in SECTORS}


def proxies(facts: Facts, sector: str) -> dict[str, float]:
    key = f"estimate.region_km_{BUDGET_OF[sector]}"
    return {region: facts.value(key, "2025-2029", region) for region in facts.regions}


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
    fixed["water"][ULYTAU] = Decimal(int(facts.networks["NET092"]["plan_km"]))
    return fixed


def km_by_region(facts: Facts) -> dict[str, dict[str, Decimal]]:
    """Whole km by sector and region, adding up to the programme: plans of regions first, the rest in proportion to
    the proxies."""
    fixed, split = published(facts), {}
    for sector, total in national(facts).items():
        weights = {region: weight for region, weight in proxies(facts, sector).items() if region not in fixed[sector]}
        split[sector] = {**allocate(total - int(sum(fixed[sector].values())), weights), **fixed[sector]}
    return split


def lines_by_class(facts: Facts, by_region: dict[str, Decimal]) -> dict[str, dict[str, Decimal]]:
    """Power lines by class and region. 220 kV and above: the length in the national company's rehabilitation (UC035);
    35-110 kV: the share of mapped lines below 220 kV in the estimated length of all lines; 0.4-10 kV: the rest."""
    total = sum(by_region.values())
    high = Decimal(int(facts.unit_cost("UC035", "quantity_km")))
    all_lines = sum(facts.value("estimate.electricity_length", 2025, region) for region in facts.regions)
    share = (facts.value("osm.line_length", 2025) - facts.value("kegoc.line_length", 2022)) / all_lines
    middle = Decimal(round(int(total) * share, -1))
    split = {"line_220": allocate(high, by_region), "line_35_110": allocate(middle, by_region)}
    split["line_04_10"] = {
        region: km - split["line_220"][region] - split["line_35_110"][region] for region, km in by_region.items()
    }
    return split


def origin(facts: Facts, region: str, sector: str) -> tuple[str, str]:
    """Source and remark on the kilometres of a region."""
    if region == NORTH and sector in ("power", "heat"):
        key = "programme.region_electricity_km" if sector == "power" else "programme.region_heat_km"
        km = facts.value(key, "2025-2029", region)
        later = f"; a later report gives the same {km:,.0f} km for networks of all kinds" if sector == "power" else ""
        return facts.url(key, "2025-2029", region), f"plan of the region to 2029{later}"
    if region == KARAGANDA:
        km = facts.value("programme.region_km", "2025-2029", region)
        remark = f"share of the region's own plan of {km:,.0f} km for all kinds, divided by the proxies"
        return facts.url("programme.region_km", "2025-2029", region), remark
    if region == SHYMKENT and sector in ("water", "sewer"):
        km = facts.networks["NET044"]["plan_km"]
        remark = f"share of the city's {km} km of water and sewer pipes in the national project, divided by the proxies"
        return facts.networks["NET044"]["source"], remark
    if region == ULYTAU and sector == "water":
        row = facts.networks["NET092"]
        return row["source"], f"plan of the region to 2027, {row['plan_km']} km"
    return facts.url(f"programme.{BUDGET_OF[sector]}_km", "2025-2029"), PROXY


def packages(facts: Facts, facilities: list[Record]) -> list[Record]:
    split = km_by_region(facts)
    by_class = {
        **lines_by_class(facts, split["power"]),
        **{CLASSES[sector][0][1]: split[sector] for sector in SECTORS[1:]},
    }
    totals = {kind: Decimal(sum(km.values())) for kind, km in by_class.items()}
    stations = sum(one["cost"] for one in facilities if str(one["asset_type"]).startswith("substation"))
    scope = {kind: {region: float(km) for region, km in km_of.items()} for kind, km_of in by_class.items()}
    kinds = {kind: sector for sector, classes in CLASSES.items() for _, kind, *_ in classes}
    whole, lost, failing = lengths(facts, scope, kinds), losses(facts), own_failures(facts)
    costs = by_region(facts, unit_costs(facts, totals, stations), scope, kinds)
    worn = wears(facts, {(sector, region): sum(whole[kind, region][0] for _, kind, *_ in CLASSES[sector])
                         for region in facts.regions for sector in SECTORS})
    records: list[Record] = []
    for region, row in facts.regions.items():
        for sector in SECTORS:
            wear, wear_rule, seen = worn[sector, region]
            own, own_url = failing.get((sector, region), (None, ""))
            before, after, lost_url = lost.get((sector, region)) or lost.get((sector, "KZ")) or (None, None, "")
            url, remark = origin(facts, region, sector)
            for end, kind, voltage, english, russian in CLASSES[sector]:
                km, (cost, rule) = by_class[kind][region], costs[kind, region]
                total, length_rule, length_url = whole[kind, region]
                owner = facts.networks[NATIONAL]["operator"] if kind == "line_220" else ""
                records.append(
                    {
                        "package": f"N-{region}-{end}",
                        "name": f"{row['name_en']}: {english}",
                        "name_ru": f"{capital(row['name_ru'])}: {russian}",
                        "asset_type": kind,
                        "region": region,
                        **owners.columns(facts, owner),
                        "voltage": voltage,
                        "km": plain(km),
                        "km_total": total,
                        "wear": round(wear, 2),
                        "zone": None,
                        "unit_cost": cost,
                        "km_per_year": None,
                        "earliest": None,
                        "latest": None,
                        "bursts": None if own is None else round(own, 1),
                        "losses": None if before is None else round(before, 2),
                        "losses_after": None if after is None else round(after, 2),
                        "estimated": (*BY_RULE, *OF_SECTOR[sector]),
                        **trace(
                            "derived",
                            both(
                                url,
                                seen,
                                length_url,
                                facts.networks[NATIONAL]["source"] if owner else "",
                                lost_url,
                                own_url,
                            ),
                            f"{remark}; unit cost: {rule}; km in all: {length_rule}; wear: {wear_rule}",
                        ),
                    }
                )
    return records


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def done_2025(facts: Facts, records: list[Record]) -> list[Record]:
    """The kilometres of 2025: heat as published, the rest spread over packages in proportion to their scope."""
    total, heat = (int(facts.value(f"year.2025.{key}", FIRST_YEAR)) for key in ("network_km", "heat_km"))
    said = {
        f"N-{region}-heat": row for region in facts.regions if (row := facts.statement(region, "heat", "done in 2025"))
    }
    known = {key: Decimal(row["plan_km"]) for key, row in said.items()}
    scope = {record["package"]: Decimal(str(record["km"])) for record in records}
    other_heat = {key: km for key, km in scope.items() if key.endswith("-heat") and key not in known}
    done = {**known, **allocate(heat - sum(known.values()), other_heat, "0.5")}
    done |= allocate(total - heat, {key: km for key, km in scope.items() if not key.endswith("-heat")})
    part = (
        f"part of the national figure ({heat:,} km of heat networks, {total:,} km in all), "
        "in proportion to the km in scope"
    )
    progress: list[Record] = []
    for key in scope:
        url = facts.url("year.2025.heat_km" if key.endswith("-heat") else "year.2025.network_km", FIRST_YEAR)
        source, remark = (both(said[key]["source"], url), "published for the region") if key in said else (url, part)
        if done[key]:
            row = {"project": key, "year": FIRST_YEAR, "status": "done", "km": plain(done[key]), "spent": None}
            progress.append({**row, **trace("estimate", source, remark)})
    return progress
