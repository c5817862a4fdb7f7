"""Ranges of the uncertain inputs: arithmetic on published figures, for sheet uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist, correlation, fmean, stdev

from kazakhstan_builder.facts import LAST_YEAR, PLAN_FROM, Facts
from kazakhstan_builder.sheet import Names

OCTOBERS = tuple(f"{year}-10" for year in range(2015, PLAN_FROM + 1))
TENTH = NormalDist().inv_cdf(0.9)
LEAST_COST = 0.95
"""Of a budget, what works cost at least: an estimate."""
CURRENCIES = {"usd": "fx.kzt_per_usd", "jpy": "fx.kzt_per_jpy"}


def range_names(facts: Facts) -> Names:
    """Numbers that choices/uncertainty.csv refers to, each as its note says."""
    changes = {name: yearly(facts, key) for name, key in CURRENCIES.items()}
    distance = fmean(year - PLAN_FROM for year in range(PLAN_FROM + 1, LAST_YEAR + 1))
    spreads = {name: math.exp(TENTH * stdev(found) * math.sqrt(distance)) for name, found in changes.items()}
    fed = middle(facts, "rate.fed_policy", "2023-07", "general")
    now = middle(facts, "rate.fed_policy", "2026-06")
    two_years = math.prod(1 + facts.value("inflation.cpi_imf", year) / 100 for year in (2027, 2028))
    official = math.prod(1 + facts.value("inflation.cpi_official_forecast", year) / 100 for year in (2027, 2028))
    as_in_2025 = (1 + facts.value("inflation.cpi", 2025) / 100) ** 2
    heat, lines, water = (facts.unit_cost(key, "kzt_mn_per_km") for key in ("UC001", "UC002", "UC003"))
    import_winter = facts.value("price.electricity_import_winter", 2025)
    coal = facts.value("price.coal_delivered_retail", 2025, "KZ-59")
    named = {
        "least_cost": LEAST_COST,
        "usd_low": 1 / spreads["usd"], "usd_high": spreads["usd"],
        "jpy_low": 1 / spreads["jpy"], "jpy_high": spreads["jpy"],
        "currencies_together": correlation(ranks(changes["usd"]), ranks(changes["jpy"])),
        "prices_low": official / two_years, "prices_high": as_in_2025 / two_years,
        "energy_most": most(facts.value("overrun.cost_energy", region="general")),
        "water_most": most(facts.value("overrun.cost_water", region="general")),
        "heat_km_low": facts.unit_cost("UC009", "kzt_mn_per_km") / heat,
        "heat_km_high": facts.unit_cost("UC023", "kzt_mn_per_km") / heat,
        "line_km_low": facts.unit_cost("UC035", "kzt_mn_per_km") / facts.unit_cost("UC078", "kzt_mn_per_km"),
        "line_km_high": facts.unit_cost("UC029", "kzt_mn_per_km") / lines,
        "water_km_high": facts.unit_cost("UC044", "kzt_mn_per_km") / water,
        "sofr_low": facts.value("rate.fed_projection", region="general") - now, "sofr_high": fed - now,
        "torf_high": bounds(facts, "rate.boj_neutral", region="general")[1] - facts.value("rate.boj_policy", "2026-06"),
        "home_low": facts.value("rate.uapf_baiterek_15y") - facts.value("rate.minfin_6y"),
        "home_high": facts.value("rate.nbk_base", "2025-10-13") - facts.value("rate.nbk_base", "2026-09-07"),
        "applied_low": facts.value("year.2026.applications") / facts.value("year.2026.confirmed"),
        "applied_high": facts.value("year.2026.investment_need_updated") / facts.value("year.2026.confirmed"),
        "power_low": facts.value("price.electricity_single_buyer") / import_winter,
        "coal_likely": 15000 / coal, "coal_high": facts.value("price.coal_delivered_retail", 2025, "KZ-15") / coal,
        "carbon_low": facts.value("price.ets_quota", 2025) / facts.value("price.ets_quota", "2025-08-31"),
        "capacity_low": facts.value("price.capacity_single_buyer", 2023)
        / facts.value("price.capacity_single_buyer", 2024),
    }
    return {name: round(value, 3) for name, value in named.items()}


def yearly(facts: Facts, key: str) -> list[float]:
    """Changes of the logarithm of a rate from October to October."""
    rates = [math.log(facts.value(key, month)) for month in OCTOBERS]
    return [later - earlier for earlier, later in pairwise(rates)]


def most(overrun: float) -> float:
    """The greatest value of a triangular distribution from LEAST_COST, most likely 1, whose mean is 1 and the mean
    overrun in percent: the mean is a third of the three."""
    return 3 * (1 + overrun / 100) - LEAST_COST - 1


def bounds(facts: Facts, key: str, year: str | None = None, region: str = "KZ") -> tuple[float, float]:
    """The lowest and the highest of a figure that is a range."""
    low, _, high = facts.row(key, year, region)["value"].partition("-")
    return float(low), float(high)


def middle(facts: Facts, key: str, year: str, region: str = "KZ") -> float:
    return fmean(bounds(facts, key, year, region))


def ranks(values: Sequence[float]) -> list[int]:
    """Places in ascending order; no two are equal."""
    return [sorted(values).index(value) for value in values]
