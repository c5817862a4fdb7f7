"""Currencies, price indices, works resources."""

from __future__ import annotations

from statistics import fmean

from kazakhstan_builder.facts import HORIZON, PLAN_FROM, PLANNED, Facts, Record, both, trace
from kazakhstan_builder.kinds import CREW_OF, NEED_OF
from kazakhstan_builder.published import OVERTIME, OVERTIME_PAY

FOREIGN_INFLATION = 2.0
"""Target of the central banks of the United States and Japan."""

LENT, TRAVEL = 50, 0.10
"""Percent of a region's crews that may work elsewhere, and what their travel costs, as part of the works they do: judgement."""
EXTRA, PREMIUM = 20, 0.15
"""Percent that overtime (120 of about 1,970 hours, 6 %) and contractors from outside (14 %) may add; half a wage on top, wages being 30 %: judgement."""
SEASONAL = ("heat_network", "pipe")
"""Works in the ground; lines are built all year."""

CREW_NAMES = {"power_line": "lines", "heat_network": "heat networks", "pipe": "water and sewer pipes"}
PLANT_COST = "UC083"


def currencies(facts: Facts) -> list[Record]:
    dollar = {year: facts.value("fx.kzt_per_usd_imf_implied", year) for year in HORIZON}
    months = [facts.value("fx.kzt_per_jpy", f"{PLAN_FROM}-{month:02d}") for month in range(1, 11) if has_official(facts, month)]
    yen = {2025: facts.value("fx.kzt_per_jpy", 2025), PLAN_FROM: round(fmean(months), 3)}
    for year in PLANNED[1:]:
        yen[year] = round(yen[PLAN_FROM] * dollar[year] / dollar[PLAN_FROM], 3)
    return [
        {
            "currency": "USD",
            "name": "US dollar",
            "name_ru": "доллар США",
            "foreign_prices": "foreign_US",
            **{str(year): dollar[year] for year in HORIZON},
            **trace(
                "derived",
                facts.url("fx.kzt_per_usd_imf_implied", 2025),
                "rate implied by the IMF's GDP in tenge and in dollars; the market rate of September 2026 was 456",
            ),
        },
        {
            "currency": "JPY",
            "name": "Japanese yen",
            "name_ru": "японская иена",
            "foreign_prices": "foreign_JP",
            **{str(year): yen[year] for year in HORIZON},
            **trace(
                "estimate",
                facts.url("fx.kzt_per_jpy", 2025),
                f"2025: mean of official monthly averages; 2026: mean of {len(months)} months; later in step with the dollar (constant cross rate of 2026)",
            ),
        },
    ]


def has_official(facts: Facts, month: int) -> bool:
    return any(row["key"] == "fx.kzt_per_jpy" and row["year"] == f"{PLAN_FROM}-{month:02d}" for row in facts.facts)


def price_indices(facts: Facts) -> list[Record]:
    levels = facts.price_levels()
    home = {str(year): round(levels[year], 2) for year in HORIZON}
    abroad = {str(year): round(100 * (1 + FOREIGN_INFLATION / 100) ** (year - 2025), 2) for year in HORIZON}
    long_run = facts.value("inflation.nbk_target")
    imf = both(facts.url("inflation.cpi_imf", 2025), facts.url("inflation.nbk_target"))
    return [
        {
            "index": "general",
            "name": "General price level",
            "name_ru": "Общий уровень цен",
            "long_run": long_run,
            **home,
            **trace(
                "derived",
                imf,
                "consumer prices, IMF path; the government's forecast is lower (about 6 % in 2027-2028); long run: target of the central bank, also "
                "the IMF's 2031",
            ),
        },
        {
            "index": "construction",
            "name": "Construction costs",
            "name_ru": "Цены в строительстве",
            "long_run": long_run,
            **home,
            **trace("estimate", both(imf, facts.url("price.construction_total")), "taken equal to consumer prices: no construction index after 2023 was found"),
        },
        {
            "index": "foreign_US",
            "name": "Prices in the United States",
            "name_ru": "Цены в США",
            "long_run": FOREIGN_INFLATION,
            **abroad,
            **trace("estimate", "general reference", "2 % a year, the target of the central bank"),
        },
        {
            "index": "foreign_JP",
            "name": "Prices in Japan",
            "name_ru": "Цены в Японии",
            "long_run": FOREIGN_INFLATION,
            **abroad,
            **trace("estimate", "general reference", "2 % a year, the target of the central bank"),
        },
    ]


def growth_of_networks(facts: Facts) -> float:
    """Yearly growth of renewed km from 2023 to 2025, percent."""
    return ((facts.value("year.2025.network_km", 2025) / facts.value("year.2023.network_km", 2023)) ** 0.5 - 1) * 100


def network_crews(facts: Facts, packages: list[Record], done: list[Record]) -> list[Record]:
    """Crew-years of 2025 by resource, scaled by the plan of 2026, in each region by its share of the need; they may be lent."""
    need = {record["package"]: (CREW_OF[record["asset_type"]], record["region"], NEED_OF[record["asset_type"]], record["km"]) for record in packages}
    value = {record["package"]: record["km"] * record["unit_cost"] for record in packages}
    scale = facts.value("year.2026.network_km", 2026) / facts.value("year.2025.network_km", 2025)
    growth = round(growth_of_networks(facts), 1)
    url = both(facts.url("year.2026.network_km", 2026), facts.url("year.2025.network_km", 2025), facts.url("year.2023.network_km", 2023))
    months = {row["region_id"]: (int(row["network_works_start_month"]), int(row["network_works_end_month"])) for row in facts.regions}
    records: list[Record] = []
    for crew, words in CREW_NAMES.items():
        mine = {key: per_km * km for key, (name, _, per_km, km) in need.items() if name == crew}
        worth = sum(value[key] for key in mine) / sum(mine.values())
        capacity = scale * sum(need[row["project"]][2] * row["km"] for row in done if row["project"] in mine)
        for region in facts.region_ids():
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
                        both(url, OVERTIME, OVERTIME_PAY),
                        f"crew-years behind the km of 2025 ({words}) x 14,000/8,500 (plan of 2026) x {part:.1%}, the region's share of the need; growth: km "
                        f"renewed in 2023-2025; a crew-year does {worth:.0f} mn KZT of works: travel {TRAVEL:.0%}, premium {PREMIUM:.0%} of it"
                        + ("; season: months open for earthworks, by climate" if first else ""),
                    ),
                }
            )
    return records


def extra(worth: float) -> Record:
    """Overtime and contractors from outside; ``worth`` is the works of a crew-year, mn KZT."""
    return {"extra_share": EXTRA, "extra_cost": round(worth * PREMIUM, 1)}


def facility_crews(facts: Facts, facilities: list[Record]) -> list[Record]:
    """Power plants: capacity put in service in 2025 at the price of a new plant. Others: their share of the programme's volume confirmed for 2026."""
    plants = facts.value("power.new_2025", 2025) * facts.unit_cost(PLANT_COST, "kzt_mn_per_mw") / 1000 * (1 + facts.value("construction.growth", 2025) / 100)
    records: list[Record] = [
        {
            "crew": "power_plant",
            "region": None,
            "growth": facts.value("construction.growth_official", "2026-2028"),
            **extra(1000 / NEED_OF["chp_gas"]),
            str(PLAN_FROM): round(plants * NEED_OF["chp_gas"], 2),
            **trace(
                "estimate",
                both(facts.url("power.new_2025", 2025), facts.url("construction.growth_official", "2026-2028")),
                f"622 MW put in service in 2025 at 850 mn KZT per MW, raised by the growth of construction in 2025: {plants:.0f} bn KZT of works; "
                f"growth: official forecast",
            ),
        },
    ]
    confirmed, utilities = facts.value("year.2026.confirmed", 2026), facts.value("programme.investment_utilities_decree", "2025-2029")
    for crew, words in (("heat_source", "boiler houses"), ("substation", "substations"), ("works", "water and sewage works")):
        members = [one for one in facilities if CREW_OF[one["asset_type"]] == crew]
        volume = sum(one["cost"] for one in members) / utilities * confirmed
        records.append(
            {
                "crew": crew,
                "region": None,
                "growth": round(growth_of_networks(facts), 1),
                **extra(1000 / NEED_OF[members[0]["asset_type"]]),
                str(PLAN_FROM): round(volume * NEED_OF[members[0]["asset_type"]], 2),
                **trace(
                    "estimate",
                    both(facts.url("year.2026.confirmed", 2026), facts.url("programme.investment_utilities_decree", "2025-2029")),
                    f"{words}: their share of the 6,778 bn of utilities x 974 bn confirmed for 2026 = {volume:.0f} bn KZT of works; growth as km "
                    f"renewed in 2023-2025",
                ),
            }
        )
    return records
