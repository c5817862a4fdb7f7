"""Sheets sources, source_years, eligibility, and the amounts they refer to. Nothing here is chosen to reach a
target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean
from typing import Any

from kazakhstan_builder.costs import NEW_LINE, WEST_LINE
from kazakhstan_builder.facilities import remaining
from kazakhstan_builder.facts import FIRST_YEAR, HORIZON, LAST_YEAR, PLAN_FROM, PLANNED, PRICE_YEAR, Facts, Record
from kazakhstan_builder.owners import works_of
from kazakhstan_builder.sheet import Names, declared, records

FOREIGN_INFLATION = 2.0
"""Target of the central banks of the United States and Japan."""
TRACE = ("data_status", "source", "note")


def left(facts: Facts, facility: str, kind: str, total: float) -> float:
    """What is left of a loan for a running project: in proportion to the time left, as the project's cost."""
    return round(remaining(facts.project(facility), facts.months(kind), total)[0], 3)


def left_west(facts: Facts, total: float) -> float:
    """What is left of money for the link of the western zone."""
    return left(facts, WEST_LINE, NEW_LINE, total)


def jbic_deal(facts: Facts) -> float:
    """bn JPY: JBIC's part in the Syrdarya plant at the rate of June 2026."""
    dollars = float(facts.cell("JP_JBIC_EXP", "amount_syrdarya"))
    return round(dollars / 1000 * facts.value("fx.jpy_per_usd", "2026-06-30"), 1)


def jbic_least_of_most(facts: Facts) -> float:
    """Percent of the most that it may pay of a project: JBIC's least published part of a debt by its greatest."""
    parts = [float(row["value"]) for row in facts.project_facts
             if (row["subject"], row["attribute"]) == ("JP_JBIC_COFIN", "jbic_share")]
    return round(min(parts) / max(parts) * 100, 1)


def jbic_parts(facts: Facts) -> Names:
    """Percent of gas plants and of grid and hydropower that the Japanese export credit pays at most and at least."""
    kinds = {row["asset_type"]: row for row in facts.choices["asset_types"]}
    money = next(row for row in facts.choices["sources"] if row["source_id"] == "JP_JBIC_NEXI")
    part = jbic_least_of_most(facts)
    found: dict[str, Any] = {"jbic_least_of_most": part}
    for name, kind in (("gas", "gres_gas"), ("grid", "hpp")):
        found[f"jbic_most_{name}"] = most_of_works(money, kinds[kind])
        found[f"jbic_least_{name}"] = least_of_works(part, money, kinds[kind])
    return found


def jcm_per_tonne(facts: Facts) -> float:
    """JPY of a JCM grant for a tonne a year at most: its limit for a tonne times the years of the statutory life."""
    return float(facts.cell("JP_JCM", "jpy_per_tco2")) * float(facts.cell("JP_JCM", "statutory_years"))


def three_chps_at_most(facts: Facts) -> float:
    """bn KZT: what the three CHPs can cost at most, all of it at prices of the last year."""
    projects = [facts.project(key) for key in ("F113", "F114", "F115")]
    costs = [facts.to_price_year(project.total or 0.0, project.price_year) for project in projects]
    return round(sum(costs) * facts.levels[LAST_YEAR] / facts.levels[PRICE_YEAR], 0)


def money_names(facts: Facts) -> Names:
    """Amounts that sheets refer to, bn of their currency."""

    def amount(row: str, column: str = "envelope_kzt_bn") -> float:
        return float(facts.sources[row][column])

    def dollar(year: int) -> float:
        return facts.value("fx.kzt_per_usd_path", year)

    own_west = left_west(facts, facts.euros(float(facts.cell("KZ_KEGOC", "amount"))))
    ebrd_share = float(facts.cell("EBRD_KEGOC_WEST", "share_of_cost"))
    years_left = math.ceil(facts.project(WEST_LINE).end or 0.0) - PLAN_FROM
    whole_west = facts.euros(float(facts.cell("F151+F221+F225", "cost")))
    almaty = facts.project("F020").total or 0.0
    repairs = float(facts.facilities["F002"]["project_cost_kzt_bn"]) + facts.unit_cost("UC067", "cost_kzt_bn")
    topar = float(facts.facilities["F046"]["project_cost_kzt_bn"])
    need = facts.value("year.2026.investment_need_updated", 2026) - facts.value("year.2026.confirmed", 2026)
    return {
        "left_edb_karaganda": left(facts, "F040", "chp_coal", amount("EDB", "envelope_usd_mn") / 1000),
        "left_ebrd_aktobe": left(facts, "F207", "wastewater_plant", amount("EBRD_AKTOBE", "envelope_usd_mn") / 1000),
        "left_ebrd_west": left_west(facts, float(facts.cell("EBRD_KEGOC_WEST", "amount")) / 1000),
        "left_own_west": own_west,
        "own_west_each": round(own_west / years_left, 3),
        "own_west_share": round(100 - ebrd_share, 1),
        "first_year_west": ebrd_share * facts.value("pace.investment_loan_year_1", region="general") / 100,
        "bonds_west": round(whole_west * facts.levels[LAST_YEAR] / facts.levels[PRICE_YEAR], 0),
        "ibrd_usd": amount("IBRD", "envelope_usd_mn") / 1000,
        "usual_usd": amount("EBRD_AKTOBE", "envelope_usd_mn") / 1000,
        "listed_usd": round(amount("KZ_KOS_IFI24") / 2 / dollar(2025), 3),
        "half_of_unit_3": round((facts.project("F116").total or 0.0) / 2 / dollar(2026), 3),
        "jbic_deal_jpy": jbic_deal(facts),
        **jbic_parts(facts),
        "jcm_per_tonne": jcm_per_tonne(facts),
        "three_chps_at_most": three_chps_at_most(facts),
        "kos_each": round(amount("KZ_KOS_RB24") / len(PLANNED), 3),
        "reserve_heat": facts.value("reserve.heat_grants"),
        "tariff_each": amount("KZ_TARIFF") / 3,
        "own_plants": repairs + topar / 2 + facts.value("generation.repairs", 2025, "KZ-63"),
        "dbk_each": (almaty - amount("EBRD") - amount("ADB")) / 3,
        "open_need": need,
        "rise_of_rb_heat": amount("KZ_RB_HEAT") - facts.value("budget.heat_before_amendment", 2026),
        "repairs_growth": round((facts.value("generation.repairs", 2025) / facts.value("generation.repairs", 2024) - 1)
                                * 100, 1),
    }


def price_names(facts: Facts) -> Names:
    """Price levels at home and abroad, the yen and the euro: official means of 2025 and of the months of 2026, then in
    step with the dollar."""
    months = [f"{PLAN_FROM}-{month:02d}" for month in range(1, 11)]
    yen = {FIRST_YEAR: facts.value("fx.kzt_per_jpy", FIRST_YEAR)}
    yen[PLAN_FROM] = round(fmean(facts.value("fx.kzt_per_jpy", month) for month in months), 3)
    base = facts.value("fx.kzt_per_usd_path", PLAN_FROM)
    euro = {year: facts.value("fx.kzt_per_eur", year) for year in (FIRST_YEAR, PLAN_FROM)}
    for year in PLANNED[1:]:
        change = facts.value("fx.kzt_per_usd_path", year) / base
        yen[year] = round(yen[PLAN_FROM] * change, 3)
        euro[year] = round(euro[PLAN_FROM] * change, 2)
    abroad = {year: round(100 * (1 + FOREIGN_INFLATION / 100) ** (year - PRICE_YEAR), 2) for year in HORIZON}
    return {
        **{f"level_{year}": round(facts.levels[year], 2) for year in HORIZON},
        **{f"foreign_{year}": level for year, level in abroad.items()},
        **{f"yen_{year}": rate for year, rate in yen.items()},
        **{f"euro_{year}": rate for year, rate in euro.items()},
    }


def sources(facts: Facts, names: Names) -> tuple[list[Record], list[Record]]:
    """Rows of ``sources`` and ``source_years``: a ceiling in money of a year is kept in real terms, without a year as
    it is."""
    found, years = records("sources", facts, names), []
    for row in found:
        row |= rise_of_pace(row)
        ceiling, of, more = (row.pop(name) for name in ("ceiling", "ceiling_money_of", "terms_note"))
        if ceiling is not None:
            scale = {year: facts.levels[year] / facts.levels[of] if of else 1.0 for year in PLANNED}
            amounts = {str(year): round(ceiling * scale[year], 3) for year in PLANNED}
            years.append({"source_id": row["source_id"], **amounts, **{name: row[name] for name in TRACE}})
        row["note"] = "; ".join(part for part in (row["note"], more) if part)
    return declared("sources", found), years


def rise_of_pace(row: Record) -> Record:
    """What a pace says of the rise from year to year: at most its steepest step, and its first year's part at once."""
    if not row["pace"] or not row["envelope"]:
        return {}
    shares = [float(share) for share in str(row["pace"]).split("; ")]
    steepest = max(later / sooner for sooner, later in pairwise(shares))
    return {"ramp_up": round((steepest - 1) * 100, 1), "ramp_least": round(row["envelope"] * shares[0] / 100, 4)}


def eligibility(facts: Facts, names: Names, found: list[Record], assets: list[Record]) -> list[Record]:
    """One row for each value, of owners for each of ``assets`` that is theirs; without a source of its own that of the
    money."""
    sources = {row["source_id"]: row for row in found}
    kinds = {row["asset_type"]: row for row in records("asset_types", facts, names)}
    return [
        {
            "source_id": row["source_id"],
            "project" if row["column"] == "belongs_to" else row["column"]: value,
            "allowed": row["allowed"],
            "min_share": None if row["least_of_most"] is None
            else least_of_works(row["least_of_most"], sources[row["source_id"]], kinds[value]),
            "reason": row["reason"],
            "reason_ru": row["reason_ru"],
            "data_status": row["data_status"],
            "source": row["source"] or sources[row["source_id"]]["source"],
        }
        for row in records("eligibility", facts, names)
        for value in values_of(facts, row, assets)
    ]


def values_of(facts: Facts, row: Record, assets: list[Record]) -> list[str]:
    """What a row of eligibility names: words of a column of the sheet, or what groups of owners have."""
    values: list[str] = row["values"].split(" ")
    return works_of(facts, values, assets) if row["column"] == "belongs_to" else values


def least_of_works(part: float, money: Mapping[str, Any], kind: Mapping[str, Any]) -> float:
    """Percent of works of a kind that an export credit pays at least: ``part`` percent of the most."""
    return round(most_of_works(money, kind) * part / 100, 1)


def most_of_works(money: Mapping[str, Any], kind: Mapping[str, Any]) -> float:
    """Percent of works of a kind that an export credit pays at most: of what its country can deliver all but the down
    payment, and local costs by that (OECD Arrangement), no more than its own limit."""
    contract = float(kind[f"content_{money['partner']}"]) / 100
    credit = (1 - float(money["down_payment"]) / 100) * contract
    most = min(credit + float(money["local_cost"]) / 100 * contract, credit + 1 - contract)
    return min(round(100 * most, 10), float(money["max_share"]))
