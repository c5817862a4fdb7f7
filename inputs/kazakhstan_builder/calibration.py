"""Rows of sheet calibration: published figures with their bands, and what of the case or plan is compared with each.

Rows of ``choices/calibration.csv`` without a measure say in ``unbound`` why nothing is
compared; one whose measure the program does not know is left out.
"""

from __future__ import annotations

from jaryq.sheets.inputs import INPUT
from kazakhstan_builder.facts import Facts, Record
from kazakhstan_builder.sheet import REFERENCE, Names, cell

SEASON = "2025-2026"
SHEET = INPUT["calibration"]
AS_IT_IS = ("measure", "quantity", "filter", "years", "take", "works", "per", "per_filter", "times", "published", "least",
            "most", "as_unit", "source", "note")


def bound(facts: Facts) -> list[dict[str, str]]:
    """Rows of the table whose measure can be computed."""
    measures = SHEET.column("measure")
    return [row for row in facts.choices["calibration"] if measures is not None and row["measure"] in measures.one_of]


def calibration(facts: Facts, networks: list[Record]) -> list[Record]:
    """Rows of the sheet. ``networks``: packages of the case, of whose length a row speaks in percent."""
    names: Names = {
        "heat_percent_km": one_percent(networks, "heat_network"),
        "deficit_twh_per_mw": facts.value("winter.deficit_energy", SEASON) / facts.value("winter.deficit", SEASON) / 1000,
    }
    return [{
        "calibration": row["row"], "name": row["what"], "name_ru": row["what_ru"], "unit": row["of"],
        **{column: cell(SHEET, column, row[column], facts, names) for column in AS_IT_IS},
        "data_status": "reported" if REFERENCE.fullmatch(row["published"]) else "derived",
    } for row in bound(facts)]


def one_percent(networks: list[Record], kind: str) -> float:
    """Km of a hundredth of the networks of a kind."""
    lengths = (row.get("km_total") or row["km"] for row in networks if row["asset_type"] == kind)
    return round(sum(float(str(length)) for length in lengths) / 100, 3)
