"""Rules by which unknown costs are estimated, in bn KZT of 2025. Each returns the cost and the rule in words."""

from __future__ import annotations

from collections.abc import Mapping

from kazakhstan_builder.facts import Facts, number

Estimate = tuple[float, str]

UNIT_SHARE = 0.33
"""Big condensing and hydropower plants renew unit by unit: about a third of the capacity within the horizon."""

NEW_HEAT = 60.0
"""mn KZT per Gcal/h of a new gas heat source: about 100 USD per kW of heat at 521 KZT/USD; no published value for the
country was found."""

RENEWED_HEAT = NEW_HEAT / 2
NEW_LINE = "new_line_500"
WEST_LINE = "F225"
FLOOR_OF_CHP = "UC069"
MVA_500, MVA_1150, MVA_220, MVA_110 = 1000.0, 1500.0, 250.0, 50.0
"""Transformer capacity assumed where none is published; 220 kV as at Ortalyk."""

BIG, LARGE = ("big",), ("big", "large")
"""Sizes of towns: from about 300 thousand people, and regional centres and cities of about 100 thousand people and
more."""


def sewage_works(facts: Facts, big: bool, flow: float | None = None) -> Estimate:
    """By flow where it is known, else by the list of 2024: 8 works of large cities, 53 others."""
    if flow:
        per_flow = facts.to_price_year(facts.unit_cost("UC089", "cost_kzt_bn") / 100, 2024)
        return per_flow * flow, f"{flow:g} thousand m3/day at {per_flow * 1000:.0f} mn KZT each (Aktobe works, UC089)"
    of_large, of_all = facts.unit_cost("UC092", "cost_kzt_bn"), facts.unit_cost("UC048", "cost_kzt_bn")
    mean = of_large / 8 if big else (of_all - of_large) / 53
    group = "works with guaranteed loans, large cities (UC092)" if big else "53 other works (UC048 less UC092)"
    return facts.to_price_year(mean, 2024), f"mean of the {group} in the list of 2024, raised to 2025 prices"


def boiler_house(heat: float, new: bool) -> Estimate:
    per_unit = NEW_HEAT if new else RENEWED_HEAT
    return (
        heat * per_unit / 1000,
        f"{heat:g} Gcal/h at {per_unit:g} mn KZT ({'new' if new else 'renewal at half the price of new'} heat source)",
    )


def substation(facts: Facts, voltage: float, mva: float | None, new: bool) -> Estimate:
    assumed = MVA_1150 if voltage > 500 else MVA_500 if voltage >= 500 else MVA_220 if voltage >= 220 else MVA_110
    size, seen = mva or assumed, "published" if mva else "assumed for the class"
    per_mva = facts.unit_cost("UC082", "kzt_mn_per_mva")
    words = "new build" if new else "reconstruction at half of new build"
    cost = size * per_mva / 1000 * (1 if new else 0.5)
    return cost, f"{size:g} MVA ({seen}) at {per_mva:g} mn KZT per MVA (UC082), {words}"


def plant(facts: Facts, row: Mapping[str, str], kind: str) -> Estimate:
    """Life extension of a power plant: capacity times the share to be renewed times the default of UC084 (hydropower:
    UC093)."""
    mw, heat = number(row["capacity_mw"]) or 0.0, number(row["heat_gcal_h"]) or 0.0
    if kind == "hpp":
        share = 1.0 if mw < 50 else UNIT_SHARE
        per_mw = facts.to_price_year(facts.unit_cost("UC093", "kzt_mn_per_mw"), 2020)
        rule = f"{mw:g} MW x {share:.0%} of units x {per_mw:.0f} mn KZT per MW (Shardara, UC093, raised to 2025 prices)"
        return mw * share * per_mw / 1000, rule
    per_mw = facts.unit_cost("UC084", "kzt_mn_per_mw")
    if kind.startswith("gres"):
        rule = f"{mw:g} MW x {UNIT_SHARE:.0%} of units x {per_mw:g} mn KZT per MW (life extension, UC084)"
        return mw * UNIT_SHARE * per_mw / 1000, rule
    wear = number(row["wear_pct"]) or facts.value("chp.mean_wear", 2025)
    floor = facts.unit_cost(FLOOR_OF_CHP, "cost_kzt_bn")
    known = "life extension, UC084; wear: published, else the mean of CHPs"
    by_heat = f"{heat:g} Gcal/h x {wear:g} % worn x {RENEWED_HEAT:g} mn KZT per Gcal/h"
    choices = {
        f"{mw:g} MW x {wear:g} % worn x {per_mw:g} mn KZT per MW ({known})": mw * wear / 100 * per_mw / 1000,
        by_heat: heat * wear / 100 * RENEWED_HEAT / 1000,
        "least cost of a CHP: renewal of boilers as at Kentau (UC069)": floor,
    }
    rule = max(choices, key=lambda text: choices[text])
    return choices[rule], rule


def single(facts: Facts, row: Mapping[str, str]) -> Estimate | None:
    """Facilities whose cost follows a rule of their own."""
    per_mw_coal = facts.to_price_year(facts.unit_cost("UC056", "kzt_mn_per_mw"), 2024)
    intake = facts.unit_cost("UC094", "cost_kzt_bn")
    key = row["facility_id"]
    if key in ("F114", "F115"):
        rule = f"360 MW at {per_mw_coal:.0f} mn KZT per MW (Kokshetau CHP, UC056, raised to 2025 prices)"
        return 360 * per_mw_coal / 1000, rule
    if key == WEST_LINE:
        whole = facts.euros(float(facts.cell("F151+F221+F225", "cost")))
        ends = sum(substation(facts, 500, None, new)[0] for new in (False, True))
        rule = f"the whole link at the mean rate of 2025, {whole:.1f} bn, less {ends:g} of its two ends (F151, F221)"
        return whole - ends, rule
    if key == "F057":
        rule = "unit 7 of 325 MW at 270 mn KZT per MW (life extension, UC084)"
        return 325 * facts.unit_cost("UC084", "kzt_mn_per_mw") / 1000, rule
    if key == "F059":
        per_mw = facts.unit_cost("UC067", "kzt_mn_per_mw")
        return 4040 * per_mw / 1000, f"4,040 MW at {per_mw:g} mn KZT per MW (UC067): fuel handling and stack, no units"
    if key == "F123":
        return boiler_house(150, new=True)
    if key in ("F215", "F216", "F217"):
        return intake / 3, "three intakes together at the price of the Uralsk intake and main (UC094)"
    if key == "F218":
        return facts.unit_cost("UC052", "cost_kzt_bn"), "as pump-filter station 3 with its main (UC052)"
    if key == "F198":
        return sewage_works(facts, big=True)
    if key == "F191":
        return sewage_works(facts, big=True, flow=50)
    return None


def full_cost(facts: Facts, row: Mapping[str, str], kind: str, place: str, scope: str) -> Estimate:
    """The rule of the facility's class."""
    if (own := single(facts, row)) is not None:
        return own
    if (dollars := number(row["project_cost_usd_mn"])) and not number(row["project_cost_kzt_bn"]):
        return facts.dollars(dollars), f"loan of {dollars:g} mn USD at the average rate of 2025"
    new = scope == "new build"
    if kind.startswith("substation"):
        return substation(facts, number(row["voltage_kv"]) or 110, number(row["capacity_mva"]), new)
    if kind == "wastewater_plant":
        return sewage_works(facts, facts.size(place) in BIG, number(row["flow_thousand_m3_day"]))
    if kind == "water_treatment":
        return facts.unit_cost("UC051", "cost_kzt_bn"), "city water works as the Atyrau filter station (UC051)"
    if kind.startswith("boiler_house"):
        if heat := number(row["heat_gcal_h"]):
            return boiler_house(heat, new)
        rule = "central boiler house without published capacity: as Kyzylorda South (UC070)"
        return facts.unit_cost("UC070", "cost_kzt_bn"), rule
    return plant(facts, row, kind)
