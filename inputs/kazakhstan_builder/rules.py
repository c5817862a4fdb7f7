"""Eligibility, targets, settings."""

from __future__ import annotations

from jaryq.sheets.settings import SCHEMA_VERSION
from kazakhstan_builder.abroad import JICA
from kazakhstan_builder.facts import (
    FIRST_YEAR,
    LAST_YEAR,
    PLAN_FROM,
    PRICE_YEAR,
    PROGRAMME_END,
    Facts,
    Record,
    both,
    trace,
)
from kazakhstan_builder.kinds import COAL
from kazakhstan_builder.published import CNAIM

GAS_PLANTS = ("chp_gas", "gres_gas")
SUBSTATIONS = ("substation_500", "substation_220", "substation_110")
LINES = ("line_04_10", "line_35_110", "line_220")
PLANTS = ("chp_coal", "chp_gas", "gres_coal", "gres_gas", "hpp")

NO_COAL: dict[str, str] = {
    "IBRD": "the bank does not pay for coal plants",
    "ADB": "the energy policy of 2021 ends support of coal power and heat",
    "EBRD": "the bank does not pay for coal power and heat",
    "AIIB": "no new coal projects under the bank's energy strategy",
    "JP_JBIC_NEXI": "OECD rules on export credits: no support of unabated coal power",
    "JP_JCM": "grants go to low-carbon technology",
    **dict.fromkeys(JICA, "no support of unabated coal power since the pledge of the G7 of 2021"),
}
SECTORS_OF: dict[str, tuple[str, ...]] = {
    "KZ_RB_HEAT": ("heat",),
    "KZ_RESERVE": ("heat",),
    "KZ_MEKS_LOAN": ("heat", "power", "water", "sewer"),
    "KZ_MEKS_BOND_MIO": ("heat", "water", "power"),
    "IBRD": ("heat", "power", "water", "sewer"),
    "AIIB": ("heat", "power", "water", "sewer"),
    "ISDB": ("water", "sewer"),
    "JP_JCM": ("heat", "power"),
    "JP_JBIC_NEXI": ("power", "water"),
    **dict.fromkeys(JICA, ("heat", "power", "water", "sewer")),
    "KZ_TARIFF": ("heat", "power", "water", "sewer"),
}
KINDS_OF: dict[str, tuple[str, ...]] = {
    "KZ_RB_KOS": ("wastewater_plant",),
    "KZ_UAPF": PLANTS,
    "KZ_SK_BOND": ("chp_coal", "chp_gas", "gres_coal", "gres_gas"),
    "KZ_GEN_OWN": PLANTS,
    "KZ_DBK": ("chp_coal", "chp_gas", *SUBSTATIONS, *LINES),
    "EBRD": ("chp_gas", "heat_network", "boiler_house_gas", "wastewater_plant", *SUBSTATIONS, *LINES),
    "ADB": ("chp_gas", "wastewater_plant", *SUBSTATIONS, *LINES),
    "EDB": ("chp_coal", "chp_gas", *SUBSTATIONS, *LINES),
    "JP_JBIC_NEXI": ("chp_gas",),
}
PROJECT_OF = {"KZ_PPP": "F197", "EBRD_ALMATY": "F020", "ADB_ALMATY": "F020", "EDB_KARAGANDA": "F040", "CN_EXIM": "F116"}
EXCEPT: dict[str, tuple[tuple[str, ...], str]] = {
    "KZ_MEKS_LOAN": (("gres_coal", "gres_gas", "hpp"), "the programme's loans go to utilities: condensing and hydropower plants are not natural monopolies"),
    "KZ_TARIFF": (PLANTS, "tariff money of natural monopolies; generating companies have a row of their own"),
    "KZ_MEKS_BOND_MIO": (PLANTS, "bonds of 2025 paid for networks, boiler houses and water works"),
    **dict.fromkeys(JICA, (("gres_gas", "hpp"), "the published list names CHPs, substations and networks")),
}
LISTED = "kinds named for this source in the fact base"


def eligibility(facts: Facts, sources: list[Record]) -> list[Record]:
    """In the order of the sources: what each may pay for, then what it may not."""
    records: list[Record] = []
    for source in sources:
        key, url = source["source_id"], source["source"]
        blank = {"source_id": key, "sector": None, "asset_type": None, "region": None, "project": None}
        listed = {"allowed": True, "reason": LISTED, **trace("estimate", url)}
        records += [{**blank, "sector": sector, **listed} for sector in SECTORS_OF.get(key, ())]
        records += [{**blank, "asset_type": kind, **listed} for kind in KINDS_OF.get(key, ())]
        if key in PROJECT_OF:
            records.append(
                {
                    **blank,
                    "project": PROJECT_OF[key],
                    "allowed": True,
                    "reason": "money for one project",
                    **trace("reported" if key != "CN_EXIM" else "estimate", url),
                }
            )
        if key in NO_COAL:
            records += [
                {**blank, "asset_type": kind, "allowed": False, "reason": NO_COAL[key], **trace("estimate", "published policy of the lender; to be confirmed")}
                for kind in COAL
            ]
        kinds, reason = EXCEPT.get(key, ((), ""))
        records += [{**blank, "asset_type": kind, "allowed": False, "reason": reason, **trace("estimate", url)} for kind in kinds]
    return records


def target(
    key: str,
    names: tuple[str, str],
    measure: str,
    value: float,
    unit: str,
    priority: str,
    year: int,
    marks: Record,
    where: str | None = None,
    by: str | None = None,
    sense: str = ">=",
    scale: float | None = None,
) -> Record:
    return {
        "target": key,
        "name": names[0],
        "name_ru": names[1],
        "measure": measure,
        "filter": where,
        "by": by,
        "years": str(year),
        "sense": sense,
        "value": value,
        "unit": unit,
        "priority": priority,
        "price": None,
        "scale": scale,
        **marks,
    }


def targets(facts: Facts) -> list[Record]:
    total, plants = facts.value("programme.network_km_target", 2030), facts.value("programme.facilities_target", 2030)
    headline = facts.url("programme.network_km_target", 2030)
    records = [
        target(
            "T-km",
            ("Networks renewed by 2030", "Обновление сетей к 2030 году"),
            "km",
            total,
            "km",
            "1",
            LAST_YEAR,
            trace("reported", headline, "86,000 km, 2025 included"),
        ),
        target(
            "T-facilities",
            ("Facilities rebuilt by 2030", "Реконструкция объектов к 2030 году"),
            "facilities",
            plants,
            "facilities",
            "1",
            LAST_YEAR,
            trace(
                "reported",
                both(headline, facts.url("programme.monopolies_min", "2025-2029")),
                "at least 200; the approved text counts utilities and names 30 CHPs",
            ),
        ),
    ]
    words = {
        "power": ("electricity", "электрические сети"),
        "heat": ("heat", "тепловые сети"),
        "water": ("water", "водопроводные сети"),
        "sewer": ("sewer", "канализационные сети"),
    }
    for sector, (fact, russian) in words.items():
        records.append(
            target(
                f"T-km-{sector}",
                (f"Networks renewed: {fact}", f"Обновление сетей: {russian}"),
                "km",
                facts.value(f"programme.{fact}_km", "2025-2029"),
                "km",
                "2",
                PROGRAMME_END,
                trace("reported", facts.url(f"programme.{fact}_km", "2025-2029"), "length of the programme, which ends in 2029"),
                f"sector={sector}",
            )
        )
    year = facts.value("year.2026.network_km", PLAN_FROM) + facts.value("year.2025.network_km", FIRST_YEAR)
    records += [
        target(
            "T-chp",
            ("CHPs modernised", "Модернизация ТЭЦ"),
            "facilities",
            facts.value("programme.chp_target", "2025-2029"),
            "facilities",
            "2",
            PROGRAMME_END,
            trace("reported", facts.url("programme.chp_target", "2025-2029"), "30 CHPs in the approved text of the programme, which ends in 2029"),
            "type=chp*",
        ),
        target(
            "T-red-zone",
            ("Plants of the red zone rebuilt", "Реконструкция станций красной зоны"),
            "share_done",
            100,
            "%",
            "2",
            LAST_YEAR,
            trace(
                "estimate",
                facts.url("chp.red_after", 2025),
                "ten CHPs are in the red zone; that all are rebuilt by 2030 is this case's reading of their priority",
            ),
            "kind=facility; zone=red",
        ),
        target(
            "T-regions",
            ("Networks of each region", "Сети каждого региона"),
            "share_done",
            60,
            "%",
            "3",
            LAST_YEAR,
            trace("estimate", "choice of this case", "no region is left behind: 60 % of the value of its networks"),
            "kind=network",
            "region",
        ),
        target(
            "T-km-2026",
            ("Networks renewed by the end of 2026", "Обновление сетей к концу 2026 года"),
            "km",
            year,
            "km",
            "3",
            PLAN_FROM,
            trace(
                "derived",
                both(facts.url("year.2026.network_km", PLAN_FROM), facts.url("year.2025.network_km", FIRST_YEAR)),
                "8,500 km of 2025 and 14,000 km planned for 2026",
            ),
        ),
        target(
            "T-red",
            ("Plants left in the red zone", "Станции, остающиеся в красной зоне"),
            "red_zone",
            0,
            "facilities",
            "3",
            LAST_YEAR,
            trace("estimate", facts.url("chp.red_after", 2025), "ten CHPs are red; an overhaul takes one out for some years; none left is this case's wish"),
            sense="<=",
            scale=facts.value("chp.red_after", 2025),
        ),
    ]
    records += [
        target(
            f"T-wear-{sector}",
            (f"Wear of networks: {fact}", f"Износ: {russian}"),
            "wear",
            facts.value(f"programme.{fact}_wear_target", 2029),
            "%",
            "3",
            PROGRAMME_END,
            trace(
                "reported",
                facts.url(f"programme.{fact}_wear_target", 2029),
                "promised for 2029; here km renewed are of average wear and what waits ages by the normative life, so the promise cannot be kept by the "
                "km of the programme "
                "alone: see sources_and_method, topic wear_of_networks",
            ),
            f"sector={sector}",
            sense="<=",
        )
        for sector, (fact, russian) in words.items()
    ]
    return records


def settings(facts: Facts) -> list[Record]:
    rows = (
        ("schema_version", SCHEMA_VERSION, "derived", "", ""),
        (
            "case",
            "Kazakhstan: modernization of energy and utilities",
            "derived",
            facts.url("programme.investment_total_decree", "2025-2029"),
            "national project 2025-2029, targets of 2030",
        ),
        (
            "case_ru",
            "Казахстан: модернизация энергетического и коммунального секторов",
            "derived",
            facts.url("programme.investment_total_decree", "2025-2029"),
            "",
        ),
        ("first_year", FIRST_YEAR, "reported", facts.url("programme.network_km_target", 2030), "2025 is done: sheet progress"),
        ("plan_from", PLAN_FROM, "reported", facts.url("programme.network_km_target", 2030), ""),
        ("last_year", LAST_YEAR, "reported", facts.url("programme.network_km_target", 2030), ""),
        ("resolution", "quarter", "estimate", "", "works run in quarters, money in years; year is possible"),
        ("yellow_from", 5.5, "estimate", CNAIM, "end of CNAIM's band 2: the end of the expected life"),
        ("red_from", 6.5, "estimate", CNAIM, "beginning of CNAIM's band 4"),
        ("red_zone_first", "no", "estimate", "", "scenario red_zone_first turns it on"),
        ("stability", 0, "estimate", "", "no plan has gone before"),
        ("price_year", PRICE_YEAR, "estimate", "", "year of the programme's budgets"),
        (
            "discount_rate",
            8,
            "estimate",
            facts.url("rate.discount_model_convention", 2024),
            "real; no official appraisal rate was found: about the real yield of long government bonds (15.1 % nominal, inflation near 9 %) plus a "
            "margin for risk; models use 10-20 % nominal",
        ),
        ("discount_basis", "real", "estimate", "", ""),
        ("objective", "purse", "estimate", "", ""),
        ("facilities", "whole", "estimate", "", ""),
    )
    return [{"setting": name, "value": value, **trace(status, source or "choice of this case", note)} for name, value, status, source, note in rows]
