"""Risk in money over the years: what works avoid, and what there is if nothing is done (docs/numbers.md: Condition and risk)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from model.data import condition as cn
from model.data.case import Facility, Package
from model.report.amounts import Amounts


def last_year(found: Amounts, project: Facility | Package) -> int:
    """The last year of benefits, the same for every start of a project."""
    if isinstance(project, Package):
        first = max(project.earliest, found.case.settings.plan_from)
    else:
        first = min((start.finish.year for start in found.factors.starts[project.id]), default=found.case.settings.last_year)
    return min(found.case.settings.evaluation_last_year, math.floor(first + project.life + 1e-9))


def risk_by_year(found: Amounts, facility: Facility, finished: int, last: int) -> dict[int, float]:
    """Present value by year of the risk that finishing in a period (its position) avoids to 31 December of ``last``, bn KZT."""
    risk = found.factors.risk
    before, after = found.case.facilities[facility.asset].condition, facility.condition
    if before is None or after is None:
        return {}
    last = last if before.replaced is None else min(last, before.replaced - 1)
    end = risk.end(finished)
    sums: dict[int, list[float]] = defaultdict(list)
    for year, position, t, weight in _times(found, last):
        if position > finished:
            avoided = risk.waiting(facility.asset, t) * cn.consequence(before) - risk.renewed(facility.id, t - end) * cn.consequence(after)
            sums[year].append(weight * avoided)
    return {year: math.fsum(values) for year, values in sums.items()}


def bursts_by_year(found: Amounts, package: Package, finished: int, last: int) -> dict[int, float]:
    """The same per km of a package."""
    b = package.bursts
    if b is None:
        return {}
    end = found.factors.risk.end(finished)
    sums: dict[int, list[float]] = defaultdict(list)
    for year, position, t, weight in _times(found, last):
        if position > finished:
            sums[year].append(weight * cn.consequence(b) * (cn.bursts_old(b, t) - cn.bursts_new(b, t - end)))
    return {year: math.fsum(values) for year, values in sums.items()}


def risk_waiting(found: Amounts, asset: str, last: int) -> float | None:
    """Present value of the risk of an asset that is never done, from plan_from to 31 December of ``last``, bn KZT; None without a score."""
    condition = found.case.facilities[asset].condition
    if condition is None:
        return None
    last = last if condition.replaced is None else min(last, condition.replaced - 1)
    risk = found.factors.risk
    return cn.consequence(condition) * math.fsum(weight * risk.waiting(asset, t) for _, _, t, weight in _times(found, last))


def _times(found: Amounts, last: int) -> Iterator[tuple[int, int, float, float]]:
    """Year, position, middle and weight of each period, and of each year after the planned ones, to 31 December of ``last``."""
    periods = found.case.periods
    for position, t, weight in found.factors.risk.times(last):
        yield periods[position].year if position < len(periods) else found.case.settings.plan_from + math.floor(t), position, t, weight
