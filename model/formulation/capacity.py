"""Capacity of works: crews by region and period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.data.case import Crew, Project
from model.data.derive import Factors
from model.formulation.declare import Limit, row


def _serves(f: Factors, crew: Crew, project: Project) -> bool:
    kind = f.case.asset_types.get(project.asset_type or "")
    return kind is not None and kind.crew == crew.crew and crew.region in (None, project.region)


def _crew_periods(f: Factors) -> Iterator[tuple[str, str]]:
    return ((crew.id, period.label) for crew in f.case.crews for period in f.case.periods if period.year in crew.capacity)


@row(_crew_periods, "crew-years", "Works capacity", "Мощность строителей")
def crew_capacity(m: Any, f: Factors, w: str, t: str) -> Any:
    r"""Works under way need no more crews of a resource (in a region, or in the country) than there are.

    .. math:: \sum_{p,t'} need_{p,t'}(t)\, start_{p,t'} + \sum_n need_n\, renew_{n,t} \le capacity_{w,y(t)} / k

    Unit: crew-years in the period. Dual: value of one more crew-year, bn KZT.
    """
    crew = next(row for row in f.case.crews if row.id == w)
    works = [
        start.crew[t] * m.start[key, start.period.label]
        for key in sorted(f.starts)
        if _serves(f, crew, f.case.facilities[key])
        for start in f.starts[key]
        if t in start.crew
    ]
    km = [f.crew_km[n] * m.renew[n, t] for n in sorted(f.open) if t in f.open[n] and f.crew_km[n] > 0 and _serves(f, crew, f.case.packages[n])]
    return sum(works) + sum(km) <= crew.capacity[f.period_year[t]] / f.case.settings.periods_per_year


def limits(f: Factors) -> Iterator[Limit]:
    """Capacity of each crew row in each year; a change is spread over the periods of the year."""
    k = f.case.settings.periods_per_year
    for crew in f.case.crews:
        for year, value in crew.capacity.items():
            moves = {("crew_capacity", (crew.id, p.label)): 1.0 / k for p in f.case.periods if p.year == year}
            yield Limit("crews", (crew.id, str(year)), crew.cells.get(year, crew.origin), "crew-years", value, moves)
