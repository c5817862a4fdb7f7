"""Balances of capacity against the winter peak."""

from __future__ import annotations

from kazakhstan_builder.facts import PLAN_FROM, PLANNED, Facts, Record, Row
from kazakhstan_builder.sheet import REFERENCE, Names, looked_up

NUMBERS = ("peak_from", "peak_to", "reserve", "peak", "peak_growth", "available")


def adequacy_names(facts: Facts) -> Names:
    """``demand_growth``: % a year of gross demand (production and imports less exports) from 2020 to 2025."""
    gross = (
        facts.value("electricity.production", 2025)
        + facts.value("electricity.import", 2025)
        - facts.value("electricity.export", 2025)
    )
    growth = (gross / facts.value("electricity_demand_total", 2020)) ** (1 / 5) - 1
    return {"demand_growth": round(growth * 100, 1)}


def balances(facts: Facts) -> list[Record]:
    """Rows of ``balances``: peaks grow from the first planned year, what is available stays as it is without works."""
    names = adequacy_names(facts)
    return [balance(facts, row, names) for row in facts.choices["balances"]]


def balance(facts: Facts, row: Row, names: Names) -> Record:
    number = {name: amount(facts, row[name], names) for name in NUMBERS}
    peak, growth = number.pop("peak") or 0.0, number.pop("peak_growth") or 0.0
    available = number.pop("available")
    sources = [facts.source(part.removeprefix("@")) for part in row["source"].split("; ")]
    return {
        **{name: text or None for name, text in row.items() if name not in NUMBERS},
        **number,
        **{f"peak_{year}": round(peak * (1 + growth / 100) ** (year - PLAN_FROM), 1) for year in PLANNED},
        f"available_{PLAN_FROM}": available,
        "source": "; ".join(dict.fromkeys(sources)),
    }


def amount(facts: Facts, text: str, names: Names) -> float | None:
    if not text:
        return None
    match = REFERENCE.fullmatch(text)
    return float(looked_up(match[1], facts, names) if match else text)
