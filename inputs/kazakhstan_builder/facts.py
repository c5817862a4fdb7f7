"""Reading inputs/facts and inputs/choices, and the arithmetic that several sheets share: price levels, shares that
add up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from kazakhstan_builder.project import Project

Record = dict[str, Any]
Row = Mapping[str, str]

FIRST_YEAR, PLAN_FROM, LAST_YEAR, PRICE_YEAR = 2025, 2026, 2030, 2025
PLANNED = tuple(range(PLAN_FROM, LAST_YEAR + 1))
HORIZON = tuple(range(FIRST_YEAR, LAST_YEAR + 1))

LONG_RUN_MEDIAN = 7.75
"""Median inflation of 2000-2025, percent; used for years before 2025, for which the fact base has no index."""


@dataclass(frozen=True)
class Facts:
    """The rows of both folders, as text. ``choices``: the case's own tables by name of file."""

    figures: Sequence[Row]
    facilities: Mapping[str, Row]
    networks: Mapping[str, Row]
    sources: Mapping[str, Row]
    unit_costs: Mapping[str, Row]
    regions: Mapping[str, Row]
    units: Mapping[str, Row]
    project_facts: Sequence[Row]
    choices: Mapping[str, Sequence[Row]]

    @staticmethod
    def read(folder: Path) -> Facts:
        """From a folder that holds ``facts/`` and ``choices/``."""
        facts = folder / "facts"
        names = ("facilities", "networks", "sources", "unit_costs", "regions", "units")
        tables = [keyed(facts / f"{name}.csv") for name in names]
        choices = {path.stem: rows(path) for path in sorted((folder / "choices").glob("*.csv"))}
        return Facts(rows(facts / "figures.csv"), *tables, rows(facts / "project_facts.csv"), choices)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], dict[str, Row]]:
        found: dict[tuple[str, str], dict[str, Row]] = {}
        for row in self.figures:
            found.setdefault((row["key"], row["region"]), {})[row["year"]] = row
        return found

    def row(self, key: str, year: str | int | None = None, region: str = "KZ") -> Row:
        """The figure; without a year the only one of its key and region. KeyError where there is none, or more than
        one and no year."""
        years = self._by_key.get((key, region), {})
        if year is None and len(years) == 1:
            return next(iter(years.values()))
        if str(year) not in years:
            raise KeyError(f"figure {key} {year} {region}: the facts have {', '.join(years) or 'none'}")
        return years[str(year)]

    def has(self, key: str, region: str) -> bool:
        """Whether there is such a figure of a region."""
        return (key, region) in self._by_key

    def value(self, key: str, year: str | int | None = None, region: str = "KZ") -> float:
        return float(self.row(key, year, region)["value"])

    def url(self, key: str, year: str | int | None = None, region: str = "KZ") -> str:
        return self.row(key, year, region)["source"]

    @cached_property
    def _of_projects(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.project_facts:
            found.setdefault((row["subject"], row["attribute"]), []).append(row)
        return found

    def said(self, subject: str, attribute: str) -> Row:
        """The fact on a project or loan. KeyError where there is none, or more than one."""
        found = self._of_projects.get((subject, attribute), [])
        if len(found) != 1:
            raise KeyError(f"{subject}!{attribute}: the facts have {len(found)}")
        return found[0]

    def later_end(self, subject: str, attribute: str) -> int | None:
        """A year that was published for the end of a project; None where there is none."""
        return int(self.said(subject, attribute)["value"]) if (subject, attribute) in self._of_projects else None

    def cell(self, row: str, column: str) -> str:
        """A cell of a row of facts, or the value of a fact on a project."""
        if (row, column) in self._of_projects:
            return self.said(row, column)["value"]
        return self.of(row)[column]

    def source(self, name: str) -> str:
        """Where a figure, a row, or a fact on a project (``subject!attribute``) comes from."""
        row, _, column = name.partition("!")
        return self.said(row, column)["source"] if column else self.of(name)["source"]

    def of(self, name: str) -> Row:
        """The row that ``name`` stands for: ``key``, ``key|year``, ``key|year|region``, or the id of a row of another
        table."""
        for table in (self.facilities, self.networks, self.sources, self.unit_costs):
            if name in table:
                return table[name]
        key, year, region = (*name.split("|"), "", "")[:3]
        return self.row(key, year or None, region or "KZ")

    def unit_cost(self, key: str, column: str) -> float:
        return float(self.unit_costs[key][column])

    @cached_property
    def projects(self) -> dict[str, Project]:
        return {row["facility"]: Project.of({**row, "total": self.total(row)}) for row in self.choices["projects"]}

    def total(self, row: Row) -> str:
        """Full cost of a project: a number, ``{subject!attribute}``, or blank; with ``like`` that of other
        facilities, by MW."""
        text = row["total"]
        if text.startswith("{"):
            subject, _, attribute = text.strip("{}").partition("!")
            text = self.cell(subject, attribute)
        if not row["like"]:
            return text
        own, others = (sum(float(self.facilities[key]["capacity_mw"]) for key in keys.split("+"))
                       for keys in (row["facility"], row["like"]))
        return str(float(text) / others * own)

    def project(self, facility: str) -> Project:
        return self.projects.get(facility, Project())

    def statement(self, region: str, sector: str, use: str) -> Row | None:
        """The statement on networks that serves this use, if one was chosen."""
        return next(iter(self.statements(region, sector, use)), None)

    def statements(self, region: str, sector: str, use: str) -> list[Row]:
        """Those chosen for this use: several where companies share the networks of a region."""
        return [self.networks[row["statement"]] for row in self.choices["network_statements"]
                if (row["region"], row["sector"], row["use"]) == (region, sector, use)]

    def size(self, town: str) -> str:
        """``big``, ``large`` or blank."""
        return next((row["size"] for row in self.choices["towns"] if row["town"] == town), "")

    @cached_property
    def kinds(self) -> dict[str, Row]:
        """Kinds of asset, as chosen."""
        return {row["asset_type"]: row for row in self.choices["asset_types"]}

    def months(self, kind: str) -> int:
        """Procurement and works of a kind."""
        return int(self.kinds[kind]["procurement_months"]) + int(self.kinds[kind]["works_months"])

    def kind(self, kind: str, column: str) -> float:
        return float(self.kinds[kind][column])

    @cached_property
    def levels(self) -> dict[int, float]:
        """General price level, 2025 = 100: IMF path of consumer prices to the last year; the long-run median before
        2025."""
        levels = {PRICE_YEAR: 100.0}
        for year in PLANNED:
            levels[year] = levels[year - 1] * (1 + self.value("inflation.cpi_imf", year) / 100)
        levels[PRICE_YEAR - 1] = 100.0 / (1 + self.value("inflation.cpi_imf", PRICE_YEAR) / 100)
        for year in range(PRICE_YEAR - 2, 2009, -1):
            levels[year] = levels[year + 1] / (1 + LONG_RUN_MEDIAN / 100)
        return levels

    def to_price_year(self, amount: float, year: int) -> float:
        """An amount in money of ``year`` in money of the price year."""
        return amount * 100.0 / self.levels[year]

    def dollars(self, million: float) -> float:
        """bn KZT for mn USD at the average rate of the price year."""
        return million / 1000 * self.value("fx.kzt_per_usd_path", PRICE_YEAR)

    def euros(self, million: float) -> float:
        """bn KZT for mn EUR at the average rate of the price year."""
        return million / 1000 * self.value("fx.kzt_per_eur", PRICE_YEAR)


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
    """``total`` split in proportion to ``weights``, in whole ``step``s that add up exactly (largest remainder, ties
    by key)."""
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


def sure(record: Record) -> Record:
    """The row with its estimated columns in one cell, as far as they are filled in and the whole row is no estimate."""
    named = [name for name in record.get("estimated") or () if record.get(name) is not None]
    firm = record["data_status"] in ("reported", "derived")
    return {**record, "estimated": "; ".join(dict.fromkeys(named)) or None if firm else None}


def both(*parts: str) -> str:
    """Several sources in one cell."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
