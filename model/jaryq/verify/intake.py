"""Taking in a plan: what cannot be reckoned with (unknown keys, numbers that are none) is noted and set aside."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from jaryq.case.case import Case
from jaryq.case.plan import Plan
from jaryq.verify.calendar import Calendar
from jaryq.verify.finding import Ledger

K = TypeVar("K", bound=Hashable)


def intake(case: Case, plan: Plan, ledger: Ledger) -> Plan:
    """The plan with only known keys and finite numbers; checks known_keys, finite, non_negative."""
    calendar = Calendar.of(case.settings)
    labels, years = calendar.positions(), calendar.years
    sources, targets = case.sources, {target.id for target in case.targets}
    projects = {*case.facilities, *case.packages}
    crews, trenches = {row.id for row in case.crews}, {row.id for row in case.trenches}

    def take(name: str, entries: Mapping[K, float], known: Callable[[K], bool], unit: str) -> dict[K, float]:
        kept: dict[K, float] = {}
        for key, value in entries.items():
            found, finite = known(key), math.isfinite(value)
            if found and finite:
                kept[key] = float(value)
            if found and finite and value >= 0.0:
                continue
            place = f"{name}[{','.join(str(part) for part in key) if isinstance(key, tuple) else key}]"
            ledger.note("known_keys", place, 0.0 if found else 1.0, "=", 0.0, "number")
            ledger.note("finite", place, 0.0 if finite else value, "=", 0.0, unit)
            ledger.note("non_negative", place, value if finite else 0.0, ">=", 0.0, unit)
        return kept

    return Plan(
        start=take("start", plan.start, lambda key: key[0] in case.facilities and key[1] in labels, "share"),
        renew=take("renew", plan.renew, lambda key: key[0] in case.packages and key[1] in labels, "km"),
        draw=take("draw", plan.draw, lambda key: key[0] in sources and key[1] in projects and key[2] in years,
                  "bn KZT"),
        old=take("old", plan.old, lambda key: key[0] in sources and key[1] in years, "bn currency"),
        idle=take("idle", plan.idle, lambda key: key[0] in sources and key[1] in years, "bn currency"),
        supplied=take("supplied", plan.supplied, lambda key: key[0] in sources and key[1] in projects, "bn KZT"),
        signed=take("signed", plan.signed, lambda key: key in sources, "bn currency"),
        line=take("line", plan.line, lambda key: key[0] in sources and key[1] in years, "bn KZT"),
        part=take("part", plan.part, lambda key: key[0] in sources and key[1] in projects, "number"),
        taken=take("taken", plan.taken, lambda key: key in sources, "number"),
        extra=take("extra", plan.extra, lambda key: key[0] in crews and key[1] in labels, "crew-years"),
        lent=take("lent", plan.lent, lambda key: key[0] in crews and key[1] in labels, "crew-years"),
        borrowed=take("borrowed", plan.borrowed, lambda key: key[0] in crews and key[1] in labels, "crew-years"),
        joint=take("joint", plan.joint, lambda key: key[0] in trenches and key[1] in labels, "km"),
        short=take("short", plan.short, lambda key: key in targets, "number"),
        excess=take("excess", plan.excess, lambda key: key in targets, "number"),
    )
