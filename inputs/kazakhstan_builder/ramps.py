"""How fast kilometres of a kind may rise from year to year, from what is published for one year and the next."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from kazakhstan_builder.facts import FIRST_YEAR, PLAN_FROM, Facts, Record
from kazakhstan_builder.sheet import Names

HEAT = "heat_network"


def ramp_names(facts: Facts, lines: Sequence[Record], done: Sequence[Record]) -> Names:
    """``ramp_least_<kind>``: km a year on top of the percent by which a kind may rise. ``done``: progress of the
    packages ``lines`` in the year before the plan.

    Heat networks: from what was done to what is said to be needed a year, and no percent. Others: what the rise of all
    networks from that year to the plan of the next takes beyond their percent, in proportion to their own km.
    """
    kind_of = {one["package"]: one["asset_type"] for one in lines}
    km: Counter[str] = Counter()
    for row in done:
        km[kind_of[row["project"]]] += row["km"]
    rise = facts.value("year.2026.network_km", PLAN_FROM) / facts.value("year.2025.network_km", FIRST_YEAR) - 1
    needed = facts.value("programme.heat_km_needed_per_year", "2024-2030")
    heat = needed - facts.value("year.2025.heat_km", FIRST_YEAR)
    return {f"ramp_least_{kind}": heat if kind == HEAT else math.ceil(
        (rise - facts.kind(kind, "ramp_up") / 100) * length) for kind, length in km.items()}
