"""What a km of networks costs: the budget of the programme over its length, but for a region's plan that is asked for
and published with its money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kazakhstan_builder.facts import Facts

BUDGET_OF = {"power": "electricity", "heat": "heat", "water": "water", "sewer": "sewer"}
LINE_CLASSES = ("line_04_10", "line_35_110", "line_220")
Costs = dict[str, tuple[float, str]]


def unit_costs(facts: Facts, km: Mapping[str, Decimal], substations: float) -> Costs:
    """mn KZT per km by kind of network: networks and the stations that share their budget cost what the programme
    says."""
    budget = {sector: facts.value(f"programme.{name}_cost", "2025-2029") for sector, name in BUDGET_OF.items()}
    rows = ("UC076", "UC077", "UC078")
    defaults = {kind: facts.unit_cost(row, "kzt_mn_per_km") for kind, row in zip(LINE_CLASSES, rows, strict=True)}
    high = defaults["line_220"] * float(km["line_220"]) / 1000
    low = sum(defaults[kind] * float(km[kind]) for kind in LINE_CLASSES[:2]) / 1000
    number_of_works = facts.value("kos.projects", 2026)
    works = number_of_works * facts.unit_cost("UC048", "cost_kzt_bn") / facts.value("kos.projects_2024", 2024)
    factor = (budget["power"] - substations - high) / low
    costs = {
        "line_220": (defaults["line_220"], "default of the class (UC078); its substations are facilities"),
        **{
            f"{sector}_network": (
                budget[sector] * 1000 / float(km[f"{sector}_network"]),
                f"programme budget over programme length ({row})",
            )
            for sector, row in (("heat", "UC001"), ("water", "UC003"))
        },
        "sewer_network": (
            (budget["sewer"] - works) * 1000 / float(km["sewer_network"]),
            f"programme budget of {budget['sewer']:,.0f} bn less {works:.0f} bn of sewage works ({number_of_works:g} "
            "at the mean "
            "of the list of 2024, "
            f"UC048), over programme length (UC004)",
        ),
    }
    for kind in LINE_CLASSES[:2]:
        costs[kind] = (
            defaults[kind] * factor,
            f"default of the class x {factor:.2f}, so that all lines and the {substations:.0f} bn of substations "
            f"among the facilities cost {budget['power']:,.0f} bn (UC002); transformer points and meters included",
        )
    return {kind: (round(cost, 1), rule) for kind, (cost, rule) in costs.items()}


def by_region(
    facts: Facts, costs: Costs, scope: Mapping[str, Mapping[str, float]], sector_of: Mapping[str, str]
) -> dict[tuple[str, str], tuple[float, str]]:
    """mn KZT per km and rule by kind and region. A plan of one kind that is published with its money costs that; what
    it leaves of the programme's budget and length is the cost elsewhere. Works of one year are no such plan: what some
    streets cost in it does not say what all pipes of the region would."""
    found = {}
    for kind, (mean, rule) in costs.items():
        km = scope[kind]
        own = {region: seen for region in km if (seen := facts.statement(region, sector_of[kind], "cost of plan"))}
        paid = {region: float(seen["plan_cost_kzt_bn"]) * 1000 / float(seen["plan_km"]) for region, seen in own.items()}
        spent = sum(cost * km[region] for region, cost in paid.items())
        rest = (mean * sum(km.values()) - spent) / sum(length for region, length in km.items() if region not in own)
        if own:
            rule += f", less the plans of {', '.join(own)}"
        found |= {(kind, region): (round(rest, 1), rule) for region in km}
        found |= {(kind, region): (round(paid[region], 1), f"plan of the region, {seen['plan_cost_kzt_bn']} bn for "
                                   f"{seen['plan_km']} km ({seen['network_id']})") for region, seen in own.items()}
    return found
