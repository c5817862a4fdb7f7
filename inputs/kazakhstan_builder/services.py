"""What targets in terms of service ask: nothing is published, so estimates by rules that the method page tells.

Capacity: all that the named plants of a group bring. People: who is heated by plants of the red zone. Losses: what the
kilometres of the programme would avoid at the mean loss of a kilometre.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kazakhstan_builder.condition import EXISTING, heat_supplied
from kazakhstan_builder.facts import Facts, Record, number
from kazakhstan_builder.lengths import NEW_PIPE_LOSES, losses, whole_pipes
from kazakhstan_builder.sheet import Names

PEOPLE_BY_HEAT = "F213"
"""Two boiler houses of which both Gcal/h and the people they serve are published."""
LOST = ("power", "heat", "water")
LOSSES_IN, PEOPLE_IN = 1000, 100
"""Targets are told in whole thousands of MWh and Gcal, people in whole hundreds: nothing finer is known."""
KM = {"power": "programme.electricity_km", "heat": "programme.heat_km", "water": "programme.water_km"}


def people_per_heat(facts: Facts) -> float:
    """Persons for a Gcal/h of a heat source."""
    people, heat = (float(facts.said(PEOPLE_BY_HEAT, name)["value"]) for name in ("population_served", "heat_capacity"))
    return people / heat


def heated_people(facts: Facts, record: Record) -> float | None:
    """People whose heat comes from a plant of the red zone that works rebuild; None for all others.

    Its part, by MW, of those in its town who are heated from outside, but no more than its heat serves elsewhere.
    """
    if record.get("zone") != "red" or record["scope"] not in EXISTING or record["capacity_unit"] != "MW":
        return None
    town = next(row for row in facts.figures if (row["key"], row["region"]) == ("population.town", record["place"]))
    share = facts.value("heat.households_in_towns", 2022) / 100
    mine = facts.facilities[record["facility"]]
    of_town = float(town["value"]) * share * float(record["capacity"]) / sum(
        number(row["capacity_mw"]) or 0.0 for row in facts.facilities.values()
        if row["type"] == "chp" and row["city_en"] == record["place"] and row["op_status"] == "operating")
    served = heat_supplied(mine, float(record["capacity"])) * people_per_heat(facts)
    return round(min(of_town, served) / PEOPLE_IN) * PEOPLE_IN


def service_names(facts: Facts, real: Sequence[Record], done: Sequence[Record], lines: Sequence[Record]) -> Names:
    """What the targets ask. ``real``: named facilities with their quantities, ``done``: progress of the packages
    ``lines`` in the year before the plan."""
    sectors = {one["package"]: facts.kinds[one["asset_type"]]["sector"] for one in lines}
    red = [one for one in real if one.get("zone") == "red"]
    return {
        "heat_of_named": total(real, "q_heat_firm"),
        "mw_of_red": total(red, "q_mw_renewed"),
        "people_of_red": total(red, "q_heat_people"),
        **{f"loss_avoided_{sector}": avoided(facts, sector, [
            float(row["km"]) for row in done if sectors[row["project"]] == sector]) for sector in LOST},
    }


def total(records: Sequence[Record], name: str) -> float:
    return round(sum(float(one.get(name) or 0.0) for one in records), 1)


def avoided(facts: Facts, sector: str, done: Sequence[float]) -> float:
    """MWh, Gcal or thousand m3 a year that the programme's km still to be done avoid at the country's mean loss."""
    if sector == "water":  # Almaty's networks have a figure of their own
        km = sum(length for (name, _), (length, *_) in whole_pipes(facts).items() if name == sector)
        lost = facts.value("losses.water_national") * 1000 / km
        after = lost * NEW_PIPE_LOSES
    else:
        lost, after, _ = losses(facts)[sector, "KZ"]
    left = facts.value(KM[sector], "2025-2029") - sum(done)
    return math.floor(left * (round(lost, 2) - round(after, 2)) / LOSSES_IN) * LOSSES_IN
