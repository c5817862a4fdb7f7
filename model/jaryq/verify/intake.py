"""Taking in a plan: what cannot be reckoned with (unknown keys, numbers that are none) is noted and set aside."""

from __future__ import annotations

import math
from collections.abc import Container
from typing import Any

from jaryq.case.case import Case
from jaryq.case.lots import lots_of, payees_of
from jaryq.case.plan import Plan
from jaryq.sheets.decisions import DECISIONS, Of
from jaryq.verify.adequacy import DIRECTIONS, lack_keys
from jaryq.verify.borrowers import cover_keys
from jaryq.verify.calendar import Calendar
from jaryq.verify.finding import NOTHING, Ledger
from jaryq.verify.ramps import fall_keys

SIGNED = frozenset({"above", "apart"})
"""Families of decisions that may be less than nothing."""


def intake(case: Case, plan: Plan, ledger: Ledger) -> Plan:
    """The plan with only known keys and finite numbers; checks known_keys, finite, non_negative."""
    calendar = Calendar.of(case.settings)
    known: dict[Of, Container[Any]] = {
        "facility": case.facilities, "package": case.packages, "project": {*case.facilities, *case.packages},
        "period": calendar.positions(), "year": calendar.years, "source": case.sources,
        "crew": {row.id for row in case.crews}, "trench": {row.id for row in case.trenches},
        "target": {*(target.id for target in case.targets), *fall_keys(case), *lack_keys(case),
                   *cover_keys(case)}, "payee": payees_of(case),
        "lot": lots_of(case), "tie": {tie.id for tie in case.ties}, "direction": DIRECTIONS,
        "balance": {balance.id for balance in case.balances},
        "peak": {*calendar.positions(), *(str(y) for balance in case.balances for y in balance.years)},
        "peak_year": {y for balance in case.balances for y in balance.years},
        "registered": case.stretches.packages if case.stretches else (),
    }
    kept: dict[str, dict[Any, float]] = {}
    for family in DECISIONS.values():
        mine = kept[family.name] = {}
        for key, value in plan.of(family.name).items():
            parts = family.parts(key)
            found = all(part in known[of] for of, part in zip(family.index, parts, strict=True))
            finite = math.isfinite(value)
            if found and finite:
                mine[key] = float(value)
            sound = value >= 0.0 or family.name in SIGNED
            if found and finite and sound:
                continue
            place = f"{family.name}[{','.join(str(part) for part in parts)}]"
            ledger.none("known_keys", place, 0.0 if found else 1.0, "number")
            ledger.note("finite", place, 0.0 if finite else value, "=", 0.0, family.unit)
            ledger.note("non_negative", place, value if finite and not sound else 0.0, ">=", 0.0, family.unit,
                        tolerance=NOTHING)
    return Plan(**kept)
