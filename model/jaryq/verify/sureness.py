"""Outlays by how sure the figure is that they rest on (docs/numbers.md, How sure figures are)."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from jaryq.case.case import Case, Facility, Package

FIRM_TO_WEAK = ("reported", "derived", "estimate", "illustrative")


def sure(project: Facility | Package, year: int) -> str:
    """The status of the figure that the outlay of a year rests on."""
    if isinstance(project, Package):
        figure = "unit_cost"
    else:
        figure = "cost" if project.spend is None else f"spend_{year}"
    if project.data_status == "illustrative" or figure not in project.estimated:
        return project.data_status
    return "estimate"


def spend_by_status(case: Case, outlay: Mapping[tuple[str, int], float]) -> dict[str, float]:
    """Nominal outlays of the planned years by status, bn KZT; every status has a sum."""
    found: dict[str, list[float]] = {status: [] for status in FIRM_TO_WEAK}
    for (key, year), amount in outlay.items():
        found[sure(case.projects[key], year)].append(amount)
    return {status: fsum(amounts) for status, amounts in found.items()}
