"""Other ways to rebuild coal CHPs: overhaul, replacement by a new plant, conversion to gas."""

from __future__ import annotations

from kazakhstan_builder.costs import NEW_HEAT
from kazakhstan_builder.facts import Facts, Record, both, number, trace

NEW_PLANTS = ("KZ-10", "KZ-63")
"""Regions whose new CHP is a facility of its own (Semey, Ust-Kamenogorsk)."""
LEAST_MW = 50.0
"""Below it, without a published heat capacity, too little is known to price a new plant."""
MEAN_WEAR = 0.61
REPAIR_LIFE = 8.0


def repair_share(facts: Facts) -> float:
    """An overhaul against a reconstruction: a year's repairs at Karaganda (UC067) over life extension at mean wear
    (UC084)."""
    return facts.unit_cost("UC067", "kzt_mn_per_mw") / (facts.unit_cost("UC084", "kzt_mn_per_mw") * MEAN_WEAR)


def variants(facts: Facts, records: list[Record]) -> list[Record]:
    """Rows with ``option_of`` for each coal CHP of the case on which no project runs."""
    share = repair_share(facts)
    per_gas = (facts.unit_cost("UC053", "kzt_mn_per_mw") + facts.unit_cost("UC054", "kzt_mn_per_mw")) / 2
    per_new = facts.unit_cost("UC083", "kzt_mn_per_mw")
    found: list[Record] = []
    for base in records:
        key = base["facility"]
        if base["asset_type"] != "chp_coal" or base["scope"] != "reconstruction" or facts.project(key).running:
            continue
        mw, heat = float(base["capacity"]), number(facts.facilities[key]["heat_gcal_h"]) or 0.0
        found.append(
            {
                **row(base, "repair", ("overhaul", "капитальный ремонт"), "repair"),
                "cost": round(base["cost"] * share, 3),
                "procurement_months": 3,
                "works_months": 6,
                "outage_months": 3,
                "health_after": 4.0,
                "life": REPAIR_LIFE,
                "counts": "no",
                **trace(
                    "estimate",
                    both(facts.unit_costs["UC067"]["source"], "engineering judgement"),
                    f"{share:.0%} of the reconstruction: a year's repairs (UC067) over life extension at 61 % wear "
                    f"(UC084); holds {REPAIR_LIFE:g} years",
                ),
            }
        )
        if mw < LEAST_MW and not heat:
            continue
        if base["region"] not in NEW_PLANTS:
            rule, cost = larger(mw, per_new, heat, NEW_HEAT)
            found.append(
                {
                    **row(base, "new", ("new plant in its place", "новая станция взамен"), "replacement"),
                    "cost": cost,
                    "procurement_months": 9,
                    "works_months": 36,
                    "outage_months": 0,
                    "health_after": 0.5,
                    **trace(
                        "estimate",
                        facts.unit_costs["UC083"]["source"],
                        f"{rule} (UC083; heat: new source)",
                    ),
                }
            )
        if base["place"] in facts.row("gas.towns")["value"].split("; "):
            rule, cost = larger(mw, per_gas, heat, NEW_HEAT)
            found.append(
                {
                    **row(base, "gas", ("conversion to gas", "перевод на газ"), "conversion"),
                    "asset_type": "chp_gas",
                    "cost": cost,
                    "procurement_months": 9,
                    "works_months": 30,
                    "outage_months": 4,
                    "health_after": 0.5,
                    **trace(
                        "estimate",
                        both(facts.unit_costs["UC053"]["source"], facts.url("gas.towns")),
                        f"{rule} (mean of UC053 and UC054; heat: new source); gas main in the town",
                    ),
                }
            )
    return found


def row(base: Record, end: str, names: tuple[str, str], scope: str) -> Record:
    return {
        "facility": f"{base['facility']}-{end}",
        "name": f"{base['name']}: {names[0]}",
        "name_ru": f"{base['name_ru']}: {names[1]}",
        "option_of": base["facility"],
        "scope": scope,
        "owner": base["owner"],
        "owner_ru": base["owner_ru"],
        "borrower": base["borrower"],
        "latitude": base["latitude"],
        "longitude": base["longitude"],
    }


def larger(mw: float, per_mw: float, heat: float, per_heat: float) -> tuple[str, float]:
    """The dearer of the costs by electric and by heat capacity, bn KZT."""
    choices = {
        f"{mw:g} MW at {per_mw:.0f} mn KZT": mw * per_mw / 1000,
        f"{heat:g} Gcal/h at {per_heat:g} mn KZT": heat * per_heat / 1000,
    }
    rule = max(choices, key=lambda text: choices[text])
    return rule, round(choices[rule], 3)
