"""Loan terms beyond rate, grace and tenor; where none was found the column stays blank and its default is said in the template."""

from __future__ import annotations

from kazakhstan_builder.abroad import REFERENCE_DOLLAR, REFERENCE_YEN
from kazakhstan_builder.facts import PLANNED, Facts, Record, trace

PROGRAMME = {"clock": "cohort"}
"""A programme of many loans: each draw has its own grace and tenor."""
EXPORT = {"down_payment": 15.0, "local_cost": 50.0, "max_share": None}
"""OECD Arrangement: 15 % before the starting point of credit, local costs up to 50 % of the contract in countries of Category II."""

TERMS: dict[str, Record] = {
    "JP_JICA_PF40": {"rate": None, "rate_index": "TORF", "margin": 1.0},
    "JP_JBIC_NEXI": EXPORT,
    "CN_EXIM": {**EXPORT, "who_repays": "utility"},
    "IBRD": {"rate": None, "rate_index": "SOFR", "margin": 1.35, "first_repayment": "one_period_after", "commitment_fee": 0.25, "commitment_free": 2},
    "AIIB": {"rate": None, "rate_index": "SOFR", "margin": 1.1, "commitment_fee": 0.25, "commitment_free": 2},
    "ADB": {"rate": None, "rate_index": "SOFR", "margin": 1.0, "commitment_fee": 0.15, "commitment_free": 2},
    "EBRD": {"rate": None, "rate_index": "SOFR", "margin": 1.0, "commitment_fee": 0.5},
    "ISDB": {"rate": None, "rate_index": "SOFR", "margin": 1.5},
    "EDB": {"rate": None, "rate_index": "SOFR", "margin": 3.0, "who_repays": "utility"},
    "EDB_KARAGANDA": {"rate": None, "rate_index": "SOFR", "margin": 3.0, "signing_year": 2024, "who_repays": "utility"},
    "EBRD_ALMATY": {"signing_year": 2022, "who_repays": "utility"},
    "ADB_ALMATY": {"signing_year": 2023, "who_repays": "utility"},
    "KZ_MEKS_LOAN": {**PROGRAMME, "who_repays": "consumers"},
    "KZ_MEKS_BOND_MIO": PROGRAMME,
    "KZ_UAPF": {**PROGRAMME, "who_repays": "utility"},
    "KZ_SK_BOND": {**PROGRAMME, "who_repays": "utility"},
    "KZ_DBK": {**PROGRAMME, "who_repays": "utility"},
    "KZ_STB": {**PROGRAMME, "who_repays": "consumers"},
    "KZ_PPP": {**PROGRAMME, "who_repays": "budget"},
}

REMARKS = {
    "IBRD": "front-end and commitment fee of 0.25 %, free for 60 days, as published",
    "AIIB": "front-end and commitment fee of 0.25 %, free for 60 days, as published (2021)",
    "ADB": "commitment fee of 0.15 % after 60 days: usual terms, to be confirmed",
    "EBRD": "commitment fee of 0.5 %: usual terms, to be confirmed",
    "JP_JBIC_NEXI": "down payment 15 % and local costs up to 50 % of the contract: OECD Arrangement",
    "CN_EXIM": "down payment 15 % and local costs up to 50 %: taken as under the OECD Arrangement, which does not bind this lender",
    "KZ_MEKS_LOAN": "the subsidised part of the rate was not found, so none is entered",
}


def with_terms(row: Record) -> Record:
    """A row of ``sources`` with its further terms and the remark they need."""
    key = str(row["source_id"])
    remark = REMARKS.get(key)
    note = f"{row['note']}; {remark}" if remark else row["note"]
    return {**row, **TERMS.get(key, {}), "note": note}


def reference_rates(facts: Facts) -> list[Record]:
    """Reference rates kept at their level of June 2026: no published path was found."""
    flat = "kept at the level of June 2026: no path is published"
    rows = (("SOFR", "Dollar reference rate", "Базовая ставка в долларах", REFERENCE_DOLLAR, "middle of the American policy range", "rate.fed_policy"),
            ("TORF", "Yen reference rate", "Базовая ставка в иенах", REFERENCE_YEN, "policy rate of the Bank of Japan", "rate.boj_policy"))
    return [
        {"reference": key, "name": name, "name_ru": name_ru, "long_run": rate, **{str(year): rate for year in PLANNED},
         **trace("estimate", facts.url(fact, "2026-06"), f"{what}; {flat}")}
        for key, name, name_ru, rate, what, fact in rows
    ]
