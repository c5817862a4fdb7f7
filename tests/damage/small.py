"""The shipped workbook cut down to two regions, so that a whole check of it takes a moment. Every row that is left stands where it stood."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.damage.book import Book

SHIPPED = Path(__file__).parents[2] / "inputs" / "kazakhstan.xlsx"
REGIONS = ("KZ-10", "KZ-71")
NETWORKS = (*REGIONS, "KZ-11", "KZ-15", "KZ-19")
"""Regions whose packages are kept: sizes are judged in classes of three rows and more."""

SCENARIOS = ("no_japan", "sea_route_late")
LOANS_OF_OTHERS = ("ADB_ALMATY", "EBRD_ALMATY", "EDB_KARAGANDA", "KZ_PPP")
"""Loans for one facility each, of another region."""

TARGETS = {"T-facilities": 20, "T-chp": 3, "T-km": 3000, "T-km-2026": 500, "T-km-heat": 60, "T-km-power": 2000, "T-km-sewer": 50, "T-km-water": 100}
"""Values within what the two regions can reach."""

HARMLESS = ("T-wear-heat", "T-wear-power", "T-wear-sewer", "T-wear-water", "T-red-zone", "T-red", "T-regions")
"""Targets that are left out: what they can reach depends on the whole country."""


@cache
def shipped() -> Book:
    return Book(SHIPPED)


@cache
def small(scenarios: bool = False) -> Book:
    """Copy it before damaging it. Each scenario is checked like an input of its own, so only cases about them have some."""
    book = shipped().copy()
    facilities = {row["facility"]: row for row in rows(book, "facilities")}
    kept = {key for key, row in facilities.items() if facilities.get(row.get("option_of"), row).get("region") in REGIONS}
    packages = {row["package"] for row in rows(book, "networks") if row.get("region") in NETWORKS}
    for name in ("#dictionary", "#lists", "sources_and_method"):
        page = book.page(name)
        data = page.find("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheetData")
        for line in list(data):
            if int(line.get("r")) > 9:
                data.remove(line)
    book.drop("facilities", lambda row: row["facility"] in kept)
    book.drop("networks", lambda row: row["package"] in packages)
    book.drop("trenches", lambda row: row["package"] in packages)
    book.drop("progress", lambda row: row["project"] in kept | packages)
    book.drop("eligibility", lambda row: not row.get("project") or row["project"] in kept | packages)
    book.drop("sources", lambda row: row["source_id"] not in LOANS_OF_OTHERS)
    book.drop("source_years", lambda row: row["source_id"] not in LOANS_OF_OTHERS)
    book.drop("crews", lambda row: not row.get("region") or row["region"] in NETWORKS)
    book.drop("regions", lambda row: row["region"] in NETWORKS)
    book.drop("tariffs", lambda row: row["region"] in NETWORKS)
    book.drop("outage_limits", lambda row: row["region"] in REGIONS)
    book.drop("targets", lambda row: row["target"] not in HARMLESS)
    for key, value in TARGETS.items():
        book.put(f"targets!{key}.value", value)
    book.drop("scenarios", lambda row: row["scenario"] == "base" or (scenarios and row["scenario"] in SCENARIOS))
    book.drop("scenario_changes", lambda row: scenarios and row["scenario"] in SCENARIOS)
    for sheet in ("settings", "regions", "routes", "asset_types", "facilities", "networks", "trenches", "progress", "last_plan", "sources", "source_years",
                  "source_groups", "eligibility", "currencies", "price_indices", "reference_rates", "crews", "crew_needs", "outage_limits", "tariffs",
                  "targets", "scenarios", "scenario_changes", "sources_and_method"):
        book.where(sheet)
    return book.settle()


def rows(book: Book, sheet: str) -> list[dict]:
    """The rows of a sheet by heading."""
    headings = {letters: name for name, letters in book.where(sheet)[1].items()}
    return [{headings[letters]: value for letters, value in cells.items() if letters in headings} for row, cells in book.values(sheet).items() if row > 3 and cells]
