"""Reading the fact base, and the arithmetic that several sheets share: price levels, shares that add up exactly."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

Record = dict[str, Any]

FIRST_YEAR, PLAN_FROM, LAST_YEAR, PRICE_YEAR = 2025, 2026, 2030, 2025
PLANNED = tuple(range(PLAN_FROM, LAST_YEAR + 1))
HORIZON = tuple(range(FIRST_YEAR, LAST_YEAR + 1))

PROGRAMME_END = 2029
"""Last year of the national project; the headline targets name 2030."""

LONG_RUN_MEDIAN = 7.75
"""Median inflation of 2000-2025, percent; used for years before 2025, for which the fact base has no index."""


@dataclass(frozen=True)
class Facts:
    """The rows of the fact base, as text."""

    facts: Sequence[Mapping[str, str]]
    facilities: Sequence[Mapping[str, str]]
    networks: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, Mapping[str, str]]
    unit_costs: Mapping[str, Mapping[str, str]]
    regions: Sequence[Mapping[str, str]]

    @staticmethod
    def read(folder: Path) -> Facts:
        return Facts(
            rows(folder / "facts.csv"),
            rows(folder / "facilities.csv"),
            keyed(folder / "networks.csv"),
            keyed(folder / "funding_sources.csv"),
            keyed(folder / "unit_costs.csv"),
            rows(folder / "regions.csv"),
        )

    def row(self, key: str, year: str | int | None = None, region: str = "KZ") -> Mapping[str, str]:
        """The first statement of ``key`` (and year) for a region."""
        for row in self.facts:
            if row["key"] == key and row["region"] == region and (year is None or row["year"] == str(year)):
                return row
        raise KeyError(f"{key} {year} {region}")

    def value(self, key: str, year: str | int | None = None, region: str = "KZ") -> float:
        return float(self.row(key, year, region)["value"])

    def url(self, key: str, year: str | int | None = None, region: str = "KZ") -> str:
        return self.row(key, year, region)["source_url"]

    def unit_cost(self, key: str, column: str) -> float:
        return float(self.unit_costs[key][column])

    def region_ids(self) -> list[str]:
        return [row["region_id"] for row in self.regions]

    def price_levels(self) -> dict[int, float]:
        """General price level, 2025 = 100: IMF path of consumer prices to the last year; the long-run median before 2025."""
        levels = {PRICE_YEAR: 100.0}
        for year in PLANNED:
            levels[year] = levels[year - 1] * (1 + self.value("inflation.cpi_imf", year) / 100)
        levels[PRICE_YEAR - 1] = 100.0 / (1 + self.value("inflation.cpi_imf", PRICE_YEAR) / 100)
        for year in range(PRICE_YEAR - 2, 2009, -1):
            levels[year] = levels[year + 1] / (1 + LONG_RUN_MEDIAN / 100)
        return levels

    def to_price_year(self, amount: float, year: int) -> float:
        """An amount in money of ``year`` in money of the price year."""
        return amount * 100.0 / self.price_levels()[year]

    def dollars(self, million: float) -> float:
        """bn KZT for mn USD at the average rate of the price year."""
        return million / 1000 * self.value("fx.kzt_per_usd_imf_implied", PRICE_YEAR)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def keyed(path: Path) -> dict[str, dict[str, str]]:
    """Rows by their first column."""
    return {next(iter(row.values())): row for row in rows(path)}


def number(text: str) -> float | None:
    return float(text) if text.strip() else None


def whole(text: str) -> int | None:
    return int(float(text)) if text.strip() else None


def allocate(total: Decimal | int, weights: Mapping[str, Decimal | float | int], step: str = "1") -> dict[str, Decimal]:
    """``total`` split in proportion to ``weights``, in whole ``step``s that add up exactly (largest remainder, ties by key)."""
    unit = Decimal(step)
    exact = {key: Decimal(str(weight)) for key, weight in weights.items()}
    scale = sum(exact.values())
    units = Decimal(total) / unit
    if not scale or units != units.to_integral_value():
        raise ValueError(f"cannot split {total} in steps of {step}")
    shares = {key: units * weight / scale for key, weight in exact.items()}
    floors = {key: share.to_integral_value(ROUND_FLOOR) for key, share in shares.items()}
    missing = int(units - sum(floors.values()))
    for key in sorted(shares, key=lambda k: (floors[k] - shares[k], k))[:missing]:
        floors[key] += 1
    return {key: count * unit for key, count in floors.items()}


def plain(amount: Decimal) -> int | float:
    """A Decimal as the number a sheet holds."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def trace(status: str, source: str, note: str = "") -> Record:
    return {"data_status": status, "source": source, "note": note or None}


def both(*parts: str) -> str:
    """Several sources in one cell."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
