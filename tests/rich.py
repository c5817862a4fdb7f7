"""A small input with a row of most kinds, planned in a moment: facilities with a condition, a package, a loan from
Japan, targets, crews."""

from __future__ import annotations

from jaryq.tables.tables import Tables
from tests.workbooks import Records, minimal_tables

RICH: dict[str, Records] = {
    "settings": [
        {"setting": "first_year", "value": 2026}, {"setting": "last_year", "value": 2028},
        {"setting": "discount_rate", "value": 6.5},
        {"setting": "case", "value": "Small programme"}, {"setting": "case_ru", "value": "Малая программа"},
        {"setting": "prices", "value": 2},
    ],
    "regions": [{"region": "R1", "name": "North", "name_ru": "Север"}],
    "asset_types": [
        {"asset_type": "boiler", "name": "Boiler house", "name_ru": "Котельная", "sector": "heat", "life": 30,
         "pof_k": 0.0454, "pof_c": 1.087, "repair_cost": 900.0,
         "content_JP": 40.0},
        {"asset_type": "pipe", "name": "Heat pipes", "name_ru": "Теплосети", "sector": "heat", "life": 25,
         "bursts": 40.0, "bursts_after": 2.0, "repair_cost": 12.0},
    ],
    "facilities": [
        {"facility": "F1", "name": "Boiler house", "name_ru": "Котельная", "asset_type": "boiler", "region": "R1",
         "cost": 6.0, "must_do": True, "year_built": 1985, "data_status": "estimate"},
        {"facility": "F2", "name": "Substation", "name_ru": "Подстанция", "asset_type": "boiler", "region": "R1",
         "cost": 4.1, "savings": 1.3, "year_built": 1999,
         "works_months": 18.0, "data_status": "reported"},
        {"facility": "F3", "name": "Old pump", "name_ru": "Насосная", "asset_type": "boiler", "region": "R1",
         "cost": 9.7, "savings": 0.2, "year_built": 2015},
    ],
    "networks": [
        {"package": "N1", "name": "Heat mains", "name_ru": "Магистрали", "asset_type": "pipe", "region": "R1",
         "km": 90.0, "unit_cost": 70.0, "km_per_year": 40.0, "savings": 4.0},
    ],
    "sources": [
        {"source_id": "S1", "name": "Republican budget", "name_ru": "Бюджет", "kind": "budget", "keep": 100.0},
        {"source_id": "L1", "name": "Yen loan", "name_ru": "Иеновый заём", "kind": "loan", "partner": "JP",
         "currency": "JPY", "envelope": 2.2, "rate": 1.7, "grace": 2, "tenor": 9,
         "signing_year": 2026, "max_share": 60.0},
    ],
    "source_years": [{"source_id": "S1", "2026": 4.4, "2027": 4.4, "2028": 4.4},
                     {"source_id": "L1", "2026": 1.0, "2027": 1.0, "2028": 1.0}],
    "currencies": [{"currency": "JPY", "2026": 3.4, "2027": 3.5, "2028": 3.6}],
    "price_indices": [{"index": "general", "2026": 8.0, "2027": 7.0, "2028": 6.0, "long_run": 5.0}],
    "targets": [
        {"target": "T-km", "measure": "km", "sense": ">=", "value": 90, "unit": "km", "years": "2028", "priority": "1"},
        {"target": "T-all", "measure": "facilities", "sense": ">=", "value": 3, "unit": "facilities", "years": "2028",
         "priority": "2"},
    ],
    "scenarios": [{"scenario": "base", "name": "Base", "name_ru": "База"}],
}


def rich_tables(**changes: Records | None) -> Tables:
    """The input; ``changes`` replace sheets."""
    return minimal_tables(**{**RICH, **changes})


def with_a_quantity(**changes: Records | None) -> Tables:
    """The input with megawatts that F1 and F2 restore, at 14.35 mn KZT a MW and year."""
    rows = [{**row, **({"q_mw": 100.0} if row["facility"] != "F3" else {})} for row in RICH["facilities"]]
    mw = {"quantity": "mw", "name": "Capacity", "name_ru": "Мощность", "unit": "MW", "kind": "level",
          "value": 14_350_000.0, "data_status": "reported"}
    return rich_tables(**{"facilities": rows, "quantities": [mw], **changes})
