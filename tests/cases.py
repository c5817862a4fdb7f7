"""Small cases built by hand, for tests of every package. All numbers are simple enough to be worked out on paper.

``tiny_case(**changes)``: two planned facilities and one done, one package, three sources (one a loan in yen), three
years, prices and the yen rising by 10 % a year. A change is a field of Case, or a field of Settings
(``discount_rate=0.0``). Records are changed with ``edit(case, "facilities", "F1", cost=5.0)`` and added with
``add(case, "sources", source("X"))``.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from jaryq.case.case import (
    AssetType,
    Case,
    Crew,
    Currency,
    Facility,
    Package,
    Period,
    PriceIndex,
    Quantity,
    Region,
    Rule,
    Settings,
    Source,
    Target,
)
from jaryq.case.plan import Plan
from jaryq.case.works import Bursts, Condition

SETTINGS = Settings(
    case="tiny", first_year=2025, plan_from=2026, last_year=2028, resolution="year", price_year=2025,
    evaluation_last_year=2030,
    discount_rate=0.10, discount_basis="real", discount_timing="mid", objective="purse", whole=True,
    benefit_is_net=False,
    gap=0.005, shortfall_gap=1e-4, node_limit=10_000, time_limit=60.0, seed=0, tie_break=True, prices=5,
    price_step=0.01,
)


def named(key: str) -> dict[str, str]:
    return {"id": key, "name": key, "name_ru": key, "origin": f"test!{key}"}


def facility(key: str, **more: Any) -> Facility:
    """Of kind ``plant`` in region R1, 12 months of works, window 2026 to 2028, unless said otherwise."""
    return Facility(**{**named(key), "kind": "facility", "asset_type": "plant", "region": "R1", "sector": "heat",
                       "earliest": 2026, "latest": 2028, "life": 20.0, **more})


def package(key: str, **more: Any) -> Package:
    """Of kind ``pipe`` in region R1, window 2026 to 2028, unless said otherwise."""
    return Package(**{**named(key), "kind": "network", "asset_type": "pipe", "region": "R1", "sector": "heat",
                      "earliest": 2026, "latest": 2028, "life": 20.0, **more})


def source(key: str, **more: Any) -> Source:
    """An open budget in KZT without limits, 2026 to 2028, unless said otherwise."""
    return Source(**{**named(key), "available_from": 2026, "available_to": 2028, **more})


def target(key: str, measure: str, value: float, year: int = 2028, **more: Any) -> Target:
    """``>=``, of priority 1, of one year, its scale the value, unless said otherwise."""
    return Target(**{**named(key), "measure": measure, "value": value, "year": year, "year_first": year, "scale": value
                     or 1.0, "row": key, **more})


def condition(**more: Any) -> Condition:
    """CNAIM's K of a 132 kV transformer (0.0454 %), life 60, built in 1996 (30 years before 2026), no inspections,
    renewed to new, no consequence."""
    return Condition(**{
        "pof_k": 0.000454, "pof_c": 1.087, "calibration": 1.0, "floor": 4.0, "cap": 15.0, "life": 60.0, "duty": 1.0,
        "location": 1.0, "year_built": 1996,
        "wear": None, "observed": 1.0, "measured": 1.0, "reliability": 1.0, "least": 0.5, "most": 10.0,
        "inspected": False, "health_after": 0.5,
        "consequence": 0.0, "lost": None, "lost_value": 0.0, "replaced": None, **more,
    })


def bursts(**more: Any) -> Bursts:
    """One burst per km and year, no growth, a tenth of it after renewal, no consequence."""
    return Bursts(**{"rate": 1.0, "growth": 0.0, "after": 0.1, "most": 5.0, "calibration": 1.0, "consequence": 0.0,
                     "lost": None, "lost_value": 0.0, **more})


def quantity(key: str, **more: Any) -> Quantity:
    """A level of a number, without a value, unless said otherwise."""
    return Quantity(**{**named(key), **more})


def rule(key: str, allowed: bool = True, **more: Any) -> Rule:
    """A row of eligibility of source ``key``."""
    return Rule(**{"source": key, "sector": None, "asset_type": None, "region": None, "project": None,
                   "allowed": allowed,
                   "reason": "", "origin": f"test!{key}", **more})


def periods(settings: Settings) -> tuple[Period, ...]:
    """The planned periods of the settings."""
    k = settings.periods_per_year
    return tuple(Period(str(y) if k == 1 else f"{y}Q{q + 1}", y, (y - settings.plan_from) * k + q)
                 for y in settings.years for q in range(k))


def keyed(*records: Any) -> dict[str, Any]:
    return {record.id: record for record in sorted(records, key=lambda record: record.id)}


def changed(case: Case, **changes: Any) -> Case:
    """The case with fields of Case or of its Settings changed; periods follow."""
    of_settings = {f.name for f in fields(Settings)}
    settings = replace(changes.pop("settings", case.settings), **{k: v for k, v in changes.items() if k in of_settings})
    rest = {k: v for k, v in changes.items() if k not in of_settings}
    return replace(case, **{"settings": settings, "periods": periods(settings), **rest})


def edit(case: Case, table: str, key: str, **more: Any) -> Case:
    """The case with one record of a table (facilities, sources, targets...) changed."""
    if table in ("targets", "crews"):
        return replace(case, **{table: tuple(replace(r, **more) if r.id == key else r for r in getattr(case, table))})
    records = getattr(case, table)
    return replace(case, **{table: {**records, key: replace(records[key], **more)}})


def add(case: Case, table: str, *records: Any) -> Case:
    """The case with records added to a table."""
    old = getattr(case, table)
    return replace(case, **{table: (*old, *records) if isinstance(old, tuple) else keyed(*old.values(), *records)})


def tiny_case(**changes: Any) -> Case:
    """See the module's text."""
    case = Case(
        name="tiny", scenario="base", settings=SETTINGS, periods=periods(SETTINGS),
        regions=keyed(Region(**named("R1"))),
        asset_types=keyed(
            AssetType(**named("plant"), sector="heat", life=20.0, crew="build", crew_need=0.1, content={"JP": 0.4}),
            AssetType(**named("pipe"), sector="heat", life=20.0, crew="build", crew_need=0.01),
        ),
        facilities=keyed(
            facility("F1", cost=10.0, savings=3.0),
            facility("F2", cost=6.0, savings=1.0, works_months=24.0),
            facility("F3", cost=2.0, done=2025),
        ),
        packages=keyed(package("N1", km=100.0, unit_cost=0.1, km_per_year=40.0, savings=0.02, done={2025: 10.0})),
        sources=keyed(
            source("B", ceilings={2026: 8.0, 2027: 8.0, 2028: 8.0}),
            source("L", kind="loan", partner="JP", currency="JPY", envelope=3.0,
                   ceilings={2026: 1.0, 2027: 1.0, 2028: 1.0}, carry_over="loan",
                   max_share=0.6, rate=0.02, grace=1.0, tenor=5.0, payments=2, front_end=0.002, tied_share=0.3),
            source("O", kind="own", ceilings={2026: 2.0, 2027: 2.0, 2028: 2.0}, carry_over="fund"),
        ),
        rules=(),
        currencies=keyed(Currency(**named("JPY"), rates={2025: 4.0, 2026: 4.4, 2027: 4.84})),
        indices=keyed(PriceIndex(**named("general"), levels={2025: 100.0, 2026: 110.0, 2027: 121.0, 2028: 133.1},
                                 long_run=0.10)),
        crews=(Crew("build", None, {2026: 2.0, 2027: 2.0, 2028: 2.0}, "test!build"),),
        targets=(target("T-km", "km", 80.0), target("T-fac", "facilities", 3.0, priority="2")),
    )
    return changed(case, **changes)


def full_case(**changes: Any) -> Case:
    """A case in which every kind of limit is present and ``full_plan`` is at most of them. Constant prices, 4 KZT per
    yen, discount 0.

    F1 12 bn over 24 months, must start in 2026; F2 4 bn over 12 months; F3 done; F4 spends 2 in 2026 and brings in 1 in
    2027 for O. N1 0.1 bn/km, 90 km left. B lapses, Y carries one year (half is kept), O is a fund, L a loan in yen tied
    by project, E a loan in KZT of the same partner tied by product and only for F1, C is closed.
    """
    case = tiny_case(
        name="full", discount_rate=0.0, indices={}, currencies=keyed(Currency(**named("JPY"),
        rates={2025: 4.0, 2028: 4.0, 2026: 4.0, 2027: 4.0})),
        facilities=keyed(
            facility("F1", cost=12.0, works_months=24.0, latest=2027, must=True, savings=1.0),
            facility("F2", cost=4.0, savings=0.5),
            facility("F3", cost=2.0, done=2025),
            facility("F4", spend={2026: 2.0, 2027: -1.0}, income_to="O", benefit=4.0),
        ),
        packages=keyed(package("N1", km=100.0, unit_cost=0.1, km_per_year=40.0, latest=2027, savings=0.01,
                               done={2025: 10.0})),
        sources=keyed(
            source("B", ceilings={2026: 3.0, 2027: 3.0, 2028: 3.0}, envelope=5.0),
            source("C", open=False, closed_reason="not ratified", kind="grant", partner="US"),
            source("E", kind="loan", partner="JP", ceilings={2026: 3.0, 2027: 3.0}, carry_over="loan",
                   available_to=2027, rate=0.05, tenor=2.0,
                   payments=1, repayment="bullet", tied_share=0.5, tied_over="product"),
            source("L", kind="loan", partner="JP", currency="JPY", ceilings={2026: 0.75, 2027: 0.75, 2028: 0.0},
                   envelope=1.5, carry_over="loan",
                   max_share=0.5, rate=0.02, tenor=2.0, payments=1, front_end=0.01, tied_share=0.3),
            source("O", kind="own", ceilings={2026: 1.0, 2027: 1.0, 2028: 1.0}, carry_over="fund"),
            source("Y", ceilings={2026: 4.0, 2027: 2.0, 2028: 2.0}, carry_over="one_year", keep=0.5),
        ),
        rules=(rule("E", project="F1"),),
        crews=(Crew("build", "R1", {2026: 1.1, 2027: 1.4, 2028: 1.0}, "test!build@R1"),
               Crew("build", None, {2026: 2.0, 2027: 2.0, 2028: 2.0}, "test!build")),
        targets=(
            target("H", "km", 80.0, 2027, priority="hard"),
            target("S1", "km", 90.0),
            target("S2", "facilities", 3.0, sense="=", priority="2"),
            target("P", "spend", 20.0, year_first=2026, sense="<=", priority="price", price=0.1),
            target("D", "draw", 6.0, 2026, filter={"partner": "JP"}, priority="2"),
        ),
    )
    return changed(case, **changes)


def full_plan(**changes: Any) -> Plan:
    """A plan of ``full_case`` that satisfies everything: outlays 11 (F1 6, F4 2, N1 3) in 2026 and 14 (F1 6, F2 4, N1
    4) in 2027."""
    plan = Plan(
        start={("F1", "2026"): 1.0, ("F2", "2027"): 1.0, ("F4", "2026"): 1.0},
        renew={("N1", "2026"): 30.0, ("N1", "2027"): 40.0},
        draw={
            ("L", "F1", 2026): 3.0, ("L", "F1", 2027): 3.0, ("E", "F1", 2026): 3.0, ("E", "F1", 2027): 3.0,
            ("Y", "F4", 2026): 2.0,
            ("B", "N1", 2026): 3.0, ("B", "N1", 2027): 2.0, ("O", "N1", 2027): 2.0, ("Y", "F2", 2027): 3.0,
            ("O", "F2", 2027): 1.0,
        },
        old={("Y", 2027): 1.0},
        idle={("O", 2026): 1.0, ("O", 2028): 1.0},
        supplied={("E", "F1"): 3.0},
        signed={"L": 1.5},
        short={"S1": 10.0, "P": 5.0},
        excess={"S2": 1.0},
    )
    return replace(plan, **changes)
