"""Condition and risk: parameters of each kind of asset, and what is known of the condition of each facility."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.case.works import Condition
from jaryq.factors import condition as cnaim
from jaryq.sheets.condition import CUBIC
from kazakhstan_builder.facts import PLAN_FROM, Facts, Record, both, number
from kazakhstan_builder.illustrative import HEAT_OTHER
from kazakhstan_builder.sheet import Names

RED_SCORE, YELLOW_SCORE = 7.25, 6.0
"""Typical scores of CNAIM's bands 4 and 3, which stand for the ministry's red and yellow zone."""
EXISTING = ("reconstruction", "repair", "conversion")
HEAT_PER_MW = 2.2
"""Gcal/h of heat per MW of an old CHP: Zhezkazgan 564 / 252, Kokshetau 520 / 240."""
CHP_HOURS, CHP_SHARE = 72.0, 0.3
KOSTANAY = "KZ-39"
BRITISH = "United Kingdom"
PLANTS_OF_RISK = ("chp_coal", "chp_gas")
AFTER_WORKS = 1.0
BOILER_HOURS, BOILER_SHARE = 24.0, 30.0
WATER_HOURS, WATER_SHARE = 72.0, 0.5
SUBSTATION_HOURS, SUBSTATION_SHARE = 4.0, 10.0
ASSUMED_MVA = {"substation_500": 1000.0, "substation_220": 250.0, "substation_110": 50.0}


def risk_names(facts: Facts) -> Names:
    """Scores and costs of failures that the kinds refer to.

    What is not supplied is valued by the quantities. ``mn_*``: CNAIM's reference costs of a failure in mn
    KZT of 2025."""
    pound = facts.value("cnaim.kzt_per_pound") / 1e6
    costs = {row["key"].removeprefix("cnaim."): float(row["value"]) for row in facts.figures if row["unit"] == "GBP"}
    return {
        "cubic": CUBIC,
        "red_score": RED_SCORE,
        "yellow_score": YELLOW_SCORE,
        "chp_repair_half": facts.value("chp.repair_after_failures", 2023, "KZ-63") / 2,
        **{f"mn_{key}": round(value * pound, 1) for key, value in costs.items()},
    }


def chance(facts: Facts, record: Mapping[str, object]) -> float:
    """Probability of failure in a year on 1 January of the first planned year, before calibration."""
    kind = str(record["asset_type"])
    part = "breaker" if kind in ASSUMED_MVA else "transformer"
    rate, life = facts.value(f"cnaim.k_{part}_132kv", None, BRITISH) / 100, facts.kind(kind, "life")
    built, worn, least = record.get("year_built"), record.get("wear"), record.get("score_least")
    if built is None and worn is None:
        return 0.0
    c = Condition(
        pof_k=rate,
        pof_c=CUBIC,
        calibration=1.0,
        floor=4.0,
        cap=15.0,
        life=life,
        duty=1.0,
        location=1.0,
        year_built=None if built is None else int(str(built)),
        wear=None if worn is None else float(str(worn)) / 100,
        observed=1.0,
        measured=1.0,
        reliability=1.0,
        least=0.5 if least is None else float(str(least)),
        most=10.0,
        inspected=least is not None,
        health_after=AFTER_WORKS,
        consequence=0.0,
        lost=None,
        lost_value=0.0,
        replaced=None,
    )
    return cnaim.probability(c, cnaim.score(c, PLAN_FROM))


def calibrations(facts: Facts, records: list[Record]) -> Names:
    """Multipliers that make the case's plants and substations fail as often as published: CHPs three a year among 37,
    substations 12 a year among 82."""
    winters = [facts.value("chp.failures", years) for years in ("2022-2023", "2023-2024")]
    stations = facts.value("kegoc.violations_at_substations") / facts.value("kegoc.substations", 2022)
    observed = {
        "calibration_chp": (PLANTS_OF_RISK, sum(winters) / len(winters) / facts.value("chp.count", 2025)),
        "calibration_substation": (tuple(ASSUMED_MVA), stations),
    }
    found: dict[str, float] = {}
    for name, (group, rate) in observed.items():
        chances = [p for one in records if one["asset_type"] in group and (p := chance(facts, one))]
        found[name] = round(rate * len(chances) / sum(chances), 2)
    return found


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
        return {
            "wear": float(facts.facilities["F111"]["wear_pct"])
        }, "wear: that of Kokshetau's boiler houses, the only one published"
    if kind.startswith("substation"):
        wear, where = facts.value("wear.electricity", 2025), "electricity networks at the end of 2025"
        if record["region"] == KOSTANAY:
            wear, where = facts.value("wear.substations", None, KOSTANAY), "substations of Kostanay (NET073)"
        return {"wear": wear}, f"wear: mean of {where}, none of its own is published"
    if kind == "wastewater_plant":
        built = facts.row("sewage.works_built")
        words = f"year: most sewage works are said to be older than 50 years ({built['source']})"
        return {"year_built": int(built["value"])}, words
    return {}, ""


def heat_supplied(row: Mapping[str, str], mw: float) -> float:
    """Gcal/h of a CHP: published, else by its MW, at least those of a small boiler house."""
    return number(row.get("heat_gcal_h", "")) or max(HEAT_PER_MW * mw, HEAT_OTHER)


def lost_of(facts: Facts, record: Mapping[str, object], row: Mapping[str, str]) -> tuple[Record, str]:
    """Heat, power or sewage not supplied per failure, where the kind's rule does not fit the unit of the capacity."""
    kind, capacity = str(record["asset_type"]), record.get("capacity")
    if kind in PLANTS_OF_RISK and record.get("capacity_unit") == "MW":
        heat = heat_supplied(row, float(str(capacity)))
        return {
            "lost": round(heat * CHP_HOURS * CHP_SHARE, 0)
        }, f"not supplied: {heat:g} Gcal/h x {CHP_HOURS:g} h x {CHP_SHARE:.0%}"
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
    found = []
    for record in records:
        if record["scope"] not in EXISTING:
            built = record.get("year_built")
            old = f"a new unit does not mend the old ones (of {built}), so the row has no score" if built else ""
            found.append({**record, "year_built": None, "wear": None, **noted(record, old)})
            continue
        age, age_note = age_of(facts, record)
        lost, lost_note = lost_of(facts, record, facts.facilities.get(record["facility"], {}))
        zone = zone_of(record)
        zone_note, source = "", record["source"]
        if least := zone["score_least"]:
            zone_note = f"score at least {least:g}: zone of the ministry, which ranks by wear, violations and staff"
            source = both(source, facts.url("chp.zone_criteria"))
        health = {"health_after": cnaim.NEW} if record["scope"] == "conversion" else {}
        found.append(
            {
                **record,
                **age,
                **zone,
                **lost,
                **health,
                "source": source,
                "estimated": [*record.get("estimated", ()), *age, *lost, *zone, *health],
                **noted(record, age_note, lost_note, zone_note),
            }
        )
    return found


def noted(record: Mapping[str, object], *more: str) -> Record:
    """The remark with further sentences."""
    return {"note": "; ".join(part for part in (str(record.get("note") or ""), *more) if part) or None}
