"""Small cases made by a seed: whole and divisible, years and quarters, every kind of money, hard rules that clash.

They are workbooks as tables, so that they go the way every input goes. The same seed gives the same case.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from jaryq.base.home import BILLION
from jaryq.tables.tables import Table, Tables

YEARS = (2026, 2027, 2028)
Records = Sequence[Mapping[str, Any]]


def generated(count: int) -> list[Tables]:
    """So many cases by seeds from 0, and two that have no plan: divisible, and only whole."""
    return [*(made(seed) for seed in range(count)), contradiction(), half_a_facility()]


def made(seed: int) -> Tables:
    """Six to nine facilities in two regions, two packages of networks, a budget, a loan in yen, a grant, a fund, crews,
    targets of three priorities.

    Odd seeds are divisible; every third is in quarters, with works in a season.
    """
    chance = random.Random(seed)
    quarters = seed % 3 == 2
    facilities: Records = [
        {"facility": f"F{i}", "name": f"Facility {i}", "asset_type": "plant", "region": chance.choice(("N", "S")),
         "cost": chance.randint(2, 12), "works_months": chance.choice((12, 18, 24)),
         "savings": chance.randint(1, 12) / 8, "must_do": i == 0}
        for i in range(chance.randint(6, 9))
    ]
    networks: Records = [
        {"package": f"N{i}", "name": f"Network {i}", "asset_type": "pipe", "region": region,
         "km": chance.randint(20, 90), "unit_cost": chance.randint(30, 120),
         "km_per_year": chance.choice((15, 30)), "savings": chance.randint(2, 20)}
        for i, region in enumerate(("N", "S"))
    ]
    sources: Records = [
        {"source_id": "B", "name": "Budget", "kind": "budget", "carry_over": chance.choice(("none", "one_year")),
         "keep": chance.choice((50, 100)), "rank": 1},
        {"source_id": "L", "name": "Loan", "kind": "loan", "partner": "JP", "currency": "JPY", "carry_over": "loan",
         "envelope": chance.randint(1, 4), "rate": chance.choice((1.7, 8)), "grace": 2, "tenor": 10,
         "max_share": chance.choice((60, 85)), "front_end": 0.2, "commitment_fee": 0.1, "rank": 2},
        {"source_id": "G", "name": "Grant", "kind": "grant", "partner": "US", "max_share": 50, "rank": 3},
        {"source_id": "O", "name": "Own fund", "kind": "own", "carry_over": "fund", "interest": 3, "rank": 4},
    ]
    ceilings: Records = [{"source_id": key, **{str(year): chance.randint(*sides) for year in YEARS}}
                for key, sides in (("B", (3, 10)), ("L", (2, 6)), ("G", (0, 3)), ("O", (1, 3)))]
    return _tables(f"small_{seed}", {
        "settings": _settings(facilities="divisible" if seed % 2 else "whole",
                              resolution="quarter" if quarters else "year", discount_rate=6.5),
        "regions": [{"region": key, "name": key, "works_from": 4, "works_to": 10} for key in ("N", "S")],
        "asset_types": [
            {"asset_type": "plant", "name": "Plant", "sector": "heat", "crew": "build", "crew_need": 0.1,
             "content_JP": 40},
            {"asset_type": "pipe", "name": "Pipe", "sector": "water", "crew": "build", "crew_need": 0.01},
        ],
        "facilities": facilities, "networks": networks, "sources": sources, "source_years": ceilings,
        "currencies": [{"currency": "JPY", "name": "Yen", "2025": 4.0, "2026": 4.1, "2027": 4.2, "2028": 4.3}],
        "crews": [{"crew": "build", **{str(year): chance.randint(1, 3) for year in YEARS}}],
        "targets": [
            _target("KM", "km", chance.randint(40, 120), "km", "1"),
            _target("NUMBER", "facilities", chance.randint(3, 9), "facilities", "2"),
            _target("LENT", "draw", chance.randint(1, 6), BILLION, "3", sense="<=", filter="source=L"),
        ],
    })


def contradiction() -> Tables:
    """Two facilities, and no more spent than the cheapest one costs, both hard: no plan, in parts or whole."""
    return _bare("small_contradiction", {"facilities": "divisible"}, [
        _target("DONE", "facilities", 2, "facilities", "hard"),
        _target("SPENT", "spend", 4, BILLION, "hard", sense="<=", years="2026-2028"),
    ])


def half_a_facility() -> Tables:
    """Exactly one and a half facilities, hard: possible in parts, in no whole plan."""
    half = _target("HALF", "facilities", 1.5, "facilities", "hard", sense="=")
    return _bare("small_half_a_facility", {"facilities": "whole"}, [half])


def _bare(name: str, settings: Mapping[str, Any], targets: Records) -> Tables:
    """Three facilities of 4, 5 and 6 bn and a budget that pays for all."""
    return _tables(name, {
        "settings": _settings(**settings, discount_rate=0),
        "facilities": [{"facility": f"F{cost}", "name": f"For {cost} bn", "cost": cost, "savings": 1}
                       for cost in (4, 5, 6)],
        "sources": [{"source_id": "B", "name": "Budget", "kind": "budget"}],
        "source_years": [{"source_id": "B", **{str(year): 10 for year in YEARS}}],
        "targets": targets,
    })


def _target(key: str, measure: str, value: float, unit: str, priority: str, **more: Any) -> dict[str, Any]:
    return {"target": key, "name": key, "measure": measure, "years": str(YEARS[-1]), "sense": ">=", "value": value,
            "unit": unit, "priority": priority, **more}


def _settings(**values: Any) -> list[dict[str, Any]]:
    given = {"first_year": YEARS[0], "last_year": YEARS[-1], "prices": 0, **values}
    return [{"setting": name, "value": value} for name, value in given.items()]


def _tables(name: str, sheets: Mapping[str, Records]) -> Tables:
    return Tables(name, {sheet: Table.of(sheet, records) for sheet, records in sheets.items()})
