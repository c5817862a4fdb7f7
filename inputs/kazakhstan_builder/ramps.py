"""How fast kilometres of a kind may rise from year to year: as published for all networks, and for heat networks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from kazakhstan_builder.facts import FIRST_YEAR, PLAN_FROM, Facts, Record
from kazakhstan_builder.sheet import Names
from kazakhstan_builder.works import growth_of_networks

HEAT = "heat_network"


def ramp_names(facts: Facts, lines: Sequence[Record], done: Sequence[Record]) -> Names:
    """``ramp_up``: percent a year; ``ramp_start_<kind>``, ``ramp_least_heat``: km. ``done``: progress of the packages
    ``lines`` in the year before the plan.

    A kind rises by the percent that all networks rose by until that year, and in the first planned year besides by what
    their rise to its plan takes beyond it, in proportion to its own km. Heat networks rise by no percent, but by the km
    from what was done to what is said to be needed a year.
    """
    kind_of = {one["package"]: one["asset_type"] for one in lines}
    km: Counter[str] = Counter()
    for row in done:
        km[kind_of[row["project"]]] += row["km"]
    rise = facts.value("year.2026.network_km", PLAN_FROM) / facts.value("year.2025.network_km", FIRST_YEAR) - 1
    up = round(growth_of_networks(facts), 1)
    needed = facts.value("programme.heat_km_needed_per_year", "2024-2030")
    return {"ramp_up": up, "ramp_least_heat": needed - facts.value("year.2025.heat_km", FIRST_YEAR),
            **{f"ramp_start_{kind}": math.ceil((rise - up / 100) * length) for kind, length in km.items()
               if kind != HEAT}}
