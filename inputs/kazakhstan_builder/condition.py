"""Condition and risk: parameters of each kind of asset, and what is known of the condition of each facility."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jaryq.case.works import Condition
from jaryq.factors import condition as cnaim
from jaryq.sheets.condition import CUBIC
from kazakhstan_builder import published as pub
from kazakhstan_builder.facts import PLAN_FROM, Facts, Record, both, number
from kazakhstan_builder.illustrative import HEAT_OTHER

TRANSFORMER_K = 0.0454
"""K of 132 kV transformers, percent: the largest plant class of CNAIM 2.1; stands for plants and works, which have no class of their own."""
BREAKER_K = 0.0431
"""K of 132 kV circuit breakers, percent: most of a substation's failures are those of its switchgear."""
LARGE, BREAKER = (218_932, 36_171, 35_095), (38_181, 36_171, 21_756)
CONDUCTOR, POLE = (20_408, 1_508, 96), (2_466, 200, 90)
"""Reference costs of a failure in pounds (repair, people, environment): 132 kV transformer, 132 kV breaker, 132 kV conductor, 33 kV pole."""

RED_SCORE, YELLOW_SCORE = 7.25, 6.0
"""Typical scores of CNAIM's bands 4 and 3, which stand for the ministry's red and yellow zone."""
EXISTING = ("reconstruction", "repair", "conversion")
HEAT_PER_MW = 2.2
"""Gcal/h of heat per MW of an old CHP: Zhezkazgan 564 / 252, Kokshetau 520 / 240."""
CHP_HOURS, CHP_SHARE = 72.0, 0.3
PLANTS_OF_RISK = ("chp_coal", "chp_gas")
AFTER_WORKS = 1.0
BOILER_HOURS, BOILER_SHARE = 24.0, 30.0
WATER_HOURS, WATER_SHARE = 72.0, 0.5
SUBSTATION_HOURS, SUBSTATION_SHARE = 4.0, 10.0
ASSUMED_MVA = {"substation_500": 1000.0, "substation_220": 250.0, "substation_110": 50.0}


def millions(pounds: tuple[int, int, int]) -> Record:
    """CNAIM's reference costs in mn KZT of 2025."""
    names = ("repair_cost", "safety_cost", "environment_cost")
    return {name: round(value * pub.POUND / 1e6, 1) for name, value in zip(names, pounds, strict=True)}


def lost_load(facts: Facts) -> float:
    """Thousand KZT per MWh: gross domestic product over electricity generated."""
    return round(facts.value("gdp.nominal_imf", 2025) / facts.value("power.generation", 2025), 0)


HEAT_VALUE = round(1.163 * pub.POWER_TARIFF_KZT, 1)
"""Thousand KZT per Gcal: what it costs to heat with electricity at the tariff of households."""
SEWER_VALUE = 5 * pub.WATER_PRICE
"""Thousand KZT per thousand m3 that run out untreated: five times the mean tariff of water, by judgement."""


def almaty_pipes() -> float:
    """Bursts per 100 km and year of water and sewer pipes in Almaty."""
    return pub.ALMATY_WATER_BURSTS / (pub.ALMATY_WATER_KM + pub.ALMATY_SEWER_KM) * 100


def of_kinds(facts: Facts, unit_costs: Mapping[str, float]) -> dict[str, Record]:
    """Columns of ``asset_types`` for each kind; ``unit_costs`` in mn KZT per km."""
    power, water = {"lost_value": lost_load(facts)}, {"lost_value": pub.WATER_PRICE_DEAREST}
    heat, sewer = {"lost_value": HEAT_VALUE}, {"lost_value": SEWER_VALUE}
    scored = {"pof_k": TRANSFORMER_K, "pof_c": CUBIC, "health_after": AFTER_WORKS, "score_floor": 4, "score_cap": 15}
    large = millions(LARGE)
    plant = {**scored, **large, "repair_cost": pub.CHP_REPAIR}
    found: dict[str, Record] = {
        "chp_coal": {**plant, **heat},
        "chp_gas": {**plant, **heat},
        "gres_coal": {**plant, **power, "hours_lost": 72, "share_lost": 1.7},
        "gres_gas": {**plant, **power, "hours_lost": 72, "share_lost": 1.7},
        "hpp": {**plant, **power, "repair_cost": pub.CHP_REPAIR / 2, "hours_lost": 72, "share_lost": 2.5},
        "boiler_house_coal": {**scored, **large, **heat, "repair_cost": 655, "hours_lost": BOILER_HOURS, "share_lost": BOILER_SHARE},
        "boiler_house_gas": {**scored, **large, **heat, "repair_cost": 655, "hours_lost": BOILER_HOURS, "share_lost": BOILER_SHARE},
        "water_treatment": {**scored, **large, **water},
        "wastewater_plant": {**scored, **large, **sewer, "hours_lost": WATER_HOURS, "share_lost": WATER_SHARE * 100},
    }
    for kind in ASSUMED_MVA:
        found[kind] = {
            **scored, **millions(BREAKER), **power, "pof_k": BREAKER_K, "hours_lost": SUBSTATION_HOURS, "share_lost": SUBSTATION_SHARE,
        }
    per_line = pub.KEGOC_ON_LINES / facts.value("kegoc.line_length", 2022) * 100
    for kind, steps, cost, lost in (("line_220", 0, CONDUCTOR, 10), ("line_35_110", 1, POLE, 10), ("line_04_10", 2, POLE, 2)):
        rate = round(per_line * 5**steps, 2)
        found[kind] = {
            **power, **millions(cost), "bursts": rate, "burst_growth": 2.5, "bursts_after": round(rate * pub.KEGOC_BY_NATURE, 2), "lost_each": lost,
        }
    heat_rate = sum(pub.ALMATY_HEAT_BURSTS) / len(pub.ALMATY_HEAT_BURSTS) / float(facts.networks["NET046"]["length_km"]) * 100
    pipe_rate = math.sqrt(almaty_pipes() * pub.BREAKS_ABROAD)
    for kind, rate, value, lost in (("heat_network", heat_rate, heat, 8), ("water_network", pipe_rate, water, 0.1), ("sewer_network", pipe_rate, sewer, 0.1)):
        found[kind] = {
            **value, "repair_cost": round(unit_costs[kind] * pub.MENDED_METRES / 1000, 2), "safety_cost": 0, "environment_cost": 0,
            "bursts": round(rate, 1), "burst_growth": round(pub.BREAKS_GROWTH, 1), "bursts_after": pub.NEW_PIPE_BURSTS, "lost_each": lost,
        }
    return found


def chance(record: Mapping[str, object], kind: Mapping[str, object], life: float) -> float:
    """Probability of failure in a year on 1 January of the first planned year, before calibration."""
    built, worn, least = record.get("year_built"), record.get("wear"), record.get("score_least")
    if built is None and worn is None:
        return 0.0
    c = Condition(
        pof_k=float(str(kind["pof_k"])) / 100, pof_c=CUBIC, calibration=1.0, floor=4.0, cap=15.0, life=life, duty=1.0, location=1.0,
        year_built=None if built is None else int(str(built)), wear=None if worn is None else float(str(worn)) / 100, observed=1.0, measured=1.0,
        reliability=1.0, least=0.5 if least is None else float(str(least)), most=10.0, inspected=least is not None, health_after=AFTER_WORKS,
        consequence=0.0, lost=None, lost_value=0.0, replaced=None,
    )
    return cnaim.probability(c, cnaim.score(c, PLAN_FROM))


def calibrations(facts: Facts, records: list[Record], kinds: Mapping[str, Record], lives: Mapping[str, int]) -> dict[str, float]:
    """Multipliers that make the case's plants and substations fail as often as published: CHPs three a year among 37, substations 12 a year among 82."""
    observed = {
        PLANTS_OF_RISK: pub.CHP_FAILURES_A_YEAR / facts.value("chp.count", 2025),
        tuple(ASSUMED_MVA): pub.KEGOC_AT_SUBSTATIONS / facts.value("kegoc.substations", 2022),
    }
    found: dict[str, float] = {}
    for group, rate in observed.items():
        chances = [p for one in records if one["asset_type"] in group and (p := chance(one, kinds[one["asset_type"]], lives[one["asset_type"]]))]
        found |= dict.fromkeys(group, round(rate * len(chances) / sum(chances), 2))
    return found | dict.fromkeys(("gres_coal", "gres_gas"), found["chp_coal"])


def zone_of(record: Mapping[str, object]) -> Record:
    """What the ministry's zone says of the score."""
    return {"score_least": {"red": RED_SCORE, "yellow": YELLOW_SCORE}.get(str(record.get("zone")))}


def age_of(facts: Facts, record: Mapping[str, object]) -> tuple[Record, str]:
    """Year or wear where the facility has none of its own: what is published for its kind."""
    kind = str(record["asset_type"])
    if record.get("year_built") is not None or record.get("wear") is not None:
        return {}, ""
    if kind in PLANTS_OF_RISK:
        return {"wear": facts.value("chp.mean_wear", 2025)}, "wear: mean of the CHPs, none of its own is published"
    if kind.startswith("boiler_house"):
        published = next(float(row["wear_pct"]) for row in facts.facilities if row["facility_id"] == "F111")
        return {"wear": published}, "wear: that of Kokshetau's boiler houses, the only one published"
    if kind.startswith("substation"):
        own = 72.0 if record["region"] == "KZ-39" else facts.value("wear.electricity", 2025)
        where = "substations of Kostanay (NET073)" if record["region"] == "KZ-39" else "electricity networks at the end of 2025"
        return {"wear": own}, f"wear: mean of {where}, none of its own is published"
    if kind == "wastewater_plant":
        return {"year_built": pub.OLD_SEWAGE_YEAR}, f"year: most sewage works are said to be older than 50 years ({pub.OLD_SEWAGE_WORKS})"
    return {}, ""


def lost_of(facts: Facts, record: Mapping[str, object], row: Mapping[str, str]) -> tuple[Record, str]:
    """Heat, power or sewage not supplied per failure, where the kind's rule does not fit the unit of the capacity."""
    kind, capacity = str(record["asset_type"]), record.get("capacity")
    if kind in PLANTS_OF_RISK and record.get("capacity_unit") == "MW":
        heat = number(row.get("heat_gcal_h", "")) or max(HEAT_PER_MW * float(str(capacity)), HEAT_OTHER)
        return {"lost": round(heat * CHP_HOURS * CHP_SHARE, 0)}, f"not supplied: {heat:g} Gcal/h x {CHP_HOURS:g} h x {CHP_SHARE:.0%}"
    if kind in ASSUMED_MVA and record.get("capacity_unit") != "MVA":
        mva = ASSUMED_MVA[kind]
        words = f"not supplied: {mva:g} MVA assumed x {SUBSTATION_HOURS:g} h x {SUBSTATION_SHARE:g} %"
        return {"lost": mva * SUBSTATION_HOURS * SUBSTATION_SHARE / 100}, words
    if kind.startswith("boiler_house") and capacity is None:
        words = f"not supplied: {HEAT_OTHER:g} Gcal/h assumed x {BOILER_HOURS:g} h x {BOILER_SHARE:g} %"
        return {"lost": HEAT_OTHER * BOILER_HOURS * BOILER_SHARE / 100}, words
    if kind == "wastewater_plant" and capacity is None:
        flow = float(str(record["cost"])) / (facts.to_price_year(facts.unit_cost("UC089", "cost_kzt_bn") / 100, 2024))
        words = f"not supplied: {flow:.0f} thousand m3/day by its cost x {WATER_HOURS:g} h x {WATER_SHARE:.0%}"
        return {"lost": round(flow / 24 * WATER_HOURS * WATER_SHARE, 0)}, words
    return {}, ""


def with_condition(facts: Facts, records: list[Record]) -> list[Record]:
    """Facilities with their condition; new buildings and new units have none."""
    rows = {row["facility_id"]: row for row in facts.facilities}
    found = []
    for record in records:
        if record["scope"] not in EXISTING:
            old = f"a new unit does not mend the old ones (of {record['year_built']}), so the row has no score" if record.get("year_built") else ""
            found.append({**record, "year_built": None, "wear": None, **noted(record, old)})
            continue
        age, age_note = age_of(facts, record)
        lost, lost_note = lost_of(facts, record, rows.get(record["facility"], {}))
        zone = zone_of(record)
        zone_note = f"score at least {zone['score_least']:g}: zone of the ministry, which ranks by wear, violations and staff" if zone["score_least"] else ""
        source = both(record["source"], pub.ZONES) if zone_note else record["source"]
        health = {"health_after": cnaim.NEW} if record["scope"] == "conversion" else {}
        found.append({**record, **age, **zone, **lost, **health, "source": source, **noted(record, age_note, lost_note, zone_note)})
    return found


def noted(record: Mapping[str, object], *more: str) -> Record:
    """The remark with further sentences."""
    return {"note": "; ".join(part for part in (str(record.get("note") or ""), *more) if part) or None}
