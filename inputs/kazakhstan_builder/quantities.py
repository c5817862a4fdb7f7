"""What works change besides money, from physics: coefficients of facilities, and the quantities with their values.

Nothing here is proportional to a project's own cost.
"""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder.costs import UNIT_SHARE
from kazakhstan_builder.facts import Facts, Record, Row
from kazakhstan_builder.services import heated_people
from kazakhstan_builder.sheet import REFERENCE, Names, looked_up

EQUIVALENT = 29.3
"""GJ of a tonne of coal equivalent."""
CARBON_OF_COAL = EQUIVALENT * 94.6 / 1000
"""t CO2 for a tonne of coal equivalent: 29.3 GJ at 94.6 kg a GJ, as in the notes of the emission factors."""
LARGE_HPP = 50.0
WORN = "factor.co2_coal_electricity_worn"
GRID = "factor.co2_grid_average"
EMITTED = {"coal": "factor.co2_coal_electricity_renewed", "gas": "factor.co2_gas_ccgt"}
EMISSIONS_AFTER = {
    "reconstruction": "factor.co2_coal_electricity_renewed", "replacement": "factor.co2_coal_electricity_renewed",
    "conversion": "factor.co2_gas_ccgt", "repair": "",
}
"""What is emitted for a MWh after works of each scope; works of other scopes restore nothing."""
STATED = {"q_people": "population_served", "q_transfer": "transfer_gain"}
"""What sources state of a facility as it is."""
UNIT_BY_UNIT = ("gres_coal", "gres_gas")


def quantities(facts: Facts) -> list[Record]:
    """Rows of ``quantities``: values in KZT of the price year, blank where no value was found."""
    names = {"coal_equivalent": coal_equivalent(facts)}
    return [quantity(facts, row, names) for row in facts.choices["quantities"]]


def coal_equivalent(facts: Facts) -> float:
    """KZT of 2025 for a tonne of coal equivalent: coal as delivered, by its heat."""
    price, heat = facts.value("price.coal_delivered_retail", 2025, "KZ-59"), facts.value("fuel.coal_heat_value", 2025)
    return price * EQUIVALENT / heat


def quantity(facts: Facts, row: Row, names: Names) -> Record:
    found: Record = {name: text or None for name, text in row.items() if name not in ("times", "money_of")}
    if match := REFERENCE.fullmatch(row["value"]):
        amount = float(looked_up(match[1], facts, names)) * float(row["times"])
        found["value"] = round(facts.to_price_year(amount, int(row["money_of"])), 1)
    for name in ("season_from", "season_to"):
        found[name] = int(row[name]) if row[name] else None
    sources = [facts.source(part.removeprefix("@")) for part in row["source"].split("; ")]
    return found | {"source": "; ".join(dict.fromkeys(sources))}


def missing_share(facts: Facts) -> float:
    """Part of installed capacity that is not available: that of the country at the beginning of 2024."""
    installed, available = (facts.value(f"power.{kind}", "2024-01-01") for kind in ("installed", "available"))
    return 1 - available / installed


def hours(facts: Facts) -> float:
    """Full-load hours of the country's plants: generation over installed capacity."""
    return facts.value("power.generation", 2025) * 1000 / facts.value("power.installed", 2025)


def rebuilt_mw(record: Record) -> float:
    """MW that the works of a row renew: large condensing and hydropower plants unit by unit, others whole."""
    if record["capacity_unit"] != "MW":
        return 0.0
    by_unit = record["asset_type"] in UNIT_BY_UNIT or (record["asset_type"] == "hpp"
                                                       and record["capacity"] >= LARGE_HPP)
    return float(record["capacity"]) * (UNIT_SHARE if by_unit else 1.0)


def missing_mw(facts: Facts, record: Record) -> float:
    """MW that are not available today of what is rebuilt: the plant's own figure, else the country's share."""
    available = fact(facts, record, "available_mw")
    return rebuilt_mw(record) * missing_share(facts) if available is None else float(record["capacity"]) - available


def fact(facts: Facts, record: Record, attribute: str) -> float | None:
    """A number that a source states of the facility."""
    try:
        return float(facts.said(str(record["facility"]), attribute)["value"])
    except KeyError:
        return None


def with_quantities(facts: Facts, records: list[Record]) -> list[Record]:
    """Every row with its ``q_...``, and those of them that are estimates among its estimated columns."""
    changes, plants = of_facilities(facts, records), {record["facility"]: record for record in records}
    return [{**record, **changes[record["facility"]],
             "estimated": [*(record.get("estimated") or ()),
                           *judged(facts, plants.get(record.get("option_of")) or record, record,
                                   changes[record["facility"]])]} for record in records]


def of_facilities(facts: Facts, records: list[Record]) -> dict[str, dict[str, float]]:
    """``q_...`` of every row, by key; a variant has its own, from the plant that it rebuilds."""
    blank = dict.fromkeys(("capacity", "capacity_unit", "asset_type"))
    plants = {record["facility"]: {**blank, **record} for record in records}
    return {key: coefficients(facts, record, plants.get(record.get("option_of"))) for key, record in plants.items()}


def judged(facts: Facts, plant: Record, record: Record, changes: Mapping[str, float]) -> list[str]:
    """``q_...`` that rest on judgement: emissions and coal (factors of worn and renewed units), and what works restore
    where the plant's own figure of what is missing is not known."""
    restored = record["scope"] in EMISSIONS_AFTER
    unknown = restored and fact(facts, plant, "available_mw") is None
    names = {"q_co2": True, "q_coal": True, "q_heat_people": True, "q_heat_firm": restored, "q_mw_renewed": unknown,
             "q_firm": unknown}
    return [name for name, applies in names.items() if applies and name in changes]


def coefficients(facts: Facts, record: Record, plant: Record | None = None) -> dict[str, float]:
    """``q_...`` of a row; what is stated of the project itself comes first. Blank where nothing changes."""
    chosen = next((row for row in facts.choices["projects"] if row["facility"] == record["facility"]), {})
    stated = {name: float(text) for name, text in chosen.items() if name.startswith("q_") and text}
    found = {**renewed(facts, plant or record, record["scope"]), **added(facts, record, stated), **stated}
    found["q_firm"] = round(found.get("q_mw_new", 0.0) + found.get("q_mw_renewed", 0.0), 1)
    for name, attribute in STATED.items():
        if (amount := fact(facts, record, attribute)) is not None:
            found[name] = amount
    if heated := heated_people(facts, plant or record):
        found["q_heat_people"] = heated
    return {name: value for name, value in found.items() if value}


def added(facts: Facts, record: Record, stated: Mapping[str, float]) -> dict[str, float]:
    """New capacity, and what its power emits against the mean of the grid: more for coal, less for gas."""
    if record["scope"] not in ("new build", "new unit") or not record.get("capacity"):
        return {}
    if record["capacity_unit"] == "Gcal/h":
        return {"q_heat_firm": float(record["capacity"])}
    if record["capacity_unit"] != "MW":
        return {}
    mw = stated.get("q_mw_new", float(record["capacity"]))
    fuel = EMITTED.get(str(record["asset_type"]).rpartition("_")[2])
    spared = mw * hours(facts) * (facts.value(GRID) - facts.value(fuel)) if fuel else 0.0
    return {"q_mw_new": mw, "q_co2": round(spared, 0)}


def renewed(facts: Facts, plant: Record, scope: str) -> dict[str, float]:
    """Capacity restored, and what coal burnt better, or gas in its place, spares; an overhaul burns as before."""
    if scope not in EMISSIONS_AFTER:
        return {}
    found = {"q_heat_firm": round(heat_of(facts, plant) * missing_share(facts), 1)}
    if not (mw := rebuilt_mw(plant)):
        return found
    found["q_mw_renewed"] = round(missing_mw(facts, plant), 1)
    if burns_coal(facts, plant, scope) and (after := EMISSIONS_AFTER[scope]):
        spared = mw * hours(facts) * (facts.value(WORN) - facts.value(after))
        found["q_co2"] = round(spared, 0)
        if scope != "conversion":
            found["q_coal"] = round(spared / CARBON_OF_COAL, 0)
    return found


def burns_coal(facts: Facts, plant: Record, scope: str) -> bool:
    """A plant that is being converted has the kind of its new fuel; the facts tell the old one."""
    listed = facts.facilities.get(str(plant["facility"]), {}).get("fuel") == "coal"
    return str(plant["asset_type"]).endswith("_coal") or (scope == "conversion" and listed)


def heat_of(facts: Facts, record: Record) -> float:
    """Gcal/h of a heat source, where published."""
    if record.get("capacity_unit") == "Gcal/h":
        return float(record["capacity"])
    text = facts.facilities.get(str(record["facility"]), {}).get("heat_gcal_h", "")
    return float(text) if text else 0.0
