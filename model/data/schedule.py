"""Starts of facilities: when works end, what is paid when, which crews are needed (docs/numbers.md: Time)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from model.data.case import Case, Facility, Package, Period


@dataclass(frozen=True)
class Start:
    """A possible start of a facility, for the whole of it. Money in bn KZT of the price year; ``crew`` in crew-years by period label."""

    period: Period
    finish: Period
    outlay: Mapping[int, float]
    income: Mapping[int, float]
    crew: Mapping[str, float]


def spread(first: float, last: float, size: float) -> dict[int, float]:
    """Shares of the stretch of months ``first..last`` (from the start) that fall into each block of ``size`` months; they sum to 1."""
    shares: dict[int, float] = {}
    for block in range(math.floor(first / size), math.ceil(last / size)):
        overlap = min(last, (block + 1) * size) - max(first, block * size)
        if overlap > 0:
            shares[block] = overlap / (last - first)
    return shares


def starts(case: Case, facility: Facility) -> tuple[Start, ...]:
    """The allowed starts of a facility, earliest first; empty if its works do not fit into its window."""
    if facility.done is not None:
        return ()
    if facility.spend is not None:
        return _stated(case, facility, facility.spend)
    months = 12 / case.settings.periods_per_year
    bought = facility.procurement_months
    total = bought + facility.works_months
    lead = math.ceil(total / months - 1e-9)
    paid = _paid(case, facility, months)
    busy = spread(bought, total, months)
    need = _crew_need(case, facility)
    found = []
    for period in case.periods:
        end = period.position + lead - 1
        if period.year < facility.earliest or end >= len(case.periods) or case.periods[end].year > facility.latest:
            continue
        outlay: dict[int, float] = {}
        for block, share in paid.items():
            year = case.periods[period.position + block].year
            outlay[year] = outlay.get(year, 0.0) + share * facility.cost
        crew = {case.periods[period.position + block].label: share * need for block, share in busy.items() if need > 0}
        found.append(Start(period, case.periods[end], outlay, {}, crew))
    return tuple(found)


def _paid(case: Case, facility: Facility, months: float) -> dict[int, float]:
    """Shares of the cost by period after the start."""
    bought = facility.procurement_months
    total = bought + facility.works_months
    kind = case.asset_types.get(facility.asset_type or "")
    ahead = kind.procurement_share if kind and bought > 0 else 0.0
    shares = {block: share * (1.0 - ahead) for block, share in spread(bought, total, months).items()}
    if ahead > 0:
        for block, share in spread(0.0, bought, months).items():
            shares[block] = shares.get(block, 0.0) + share * ahead
    return dict(sorted(shares.items()))


def _crew_need(case: Case, facility: Facility) -> float:
    kind = case.asset_types.get(facility.asset_type or "")
    return kind.crew_need * facility.overnight if kind and kind.crew else 0.0


def _stated(case: Case, facility: Facility, spend: Mapping[int, float]) -> tuple[Start, ...]:
    """The one start of a facility whose spending is stated by year."""
    paid = [year for year, amount in spend.items() if amount > 0]
    used = [year for year, amount in spend.items() if amount != 0]
    if not used:
        return ()
    first, last = min(used), max(paid, default=min(used))
    mine = [p for p in case.periods if p.year >= first]
    works = [p for p in case.periods if paid and min(paid) <= p.year <= last]
    finish = [p for p in case.periods if p.year == last]
    if not mine or mine[0].year != first or not finish or first < facility.earliest or last > facility.latest:
        return ()
    need = _crew_need(case, facility)
    crew = {p.label: need / len(works) for p in works if need > 0}
    outlay = {year: amount for year, amount in sorted(spend.items()) if amount > 0}
    income = {year: -amount for year, amount in sorted(spend.items()) if amount < 0}
    return (Start(mine[0], finish[-1], outlay, income, crew),)


def open_periods(case: Case, package: Package) -> tuple[Period, ...]:
    """Periods in which a package may be renewed."""
    return tuple(p for p in case.periods if package.earliest <= p.year <= package.latest)
