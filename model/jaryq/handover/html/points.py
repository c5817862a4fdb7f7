"""Facilities by their coordinates, for the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jaryq.base.text import Text
from jaryq.case.case import Case
from jaryq.handover.shapes import Front, Lane
from jaryq.report.words import name_of, region_of, same, sector_of

State = Literal["plan", "done", "out"]
"""In the plan (on the gantt), done before, neither."""


@dataclass(frozen=True)
class Point:
    """A facility on the map, degrees north and east; ``cost`` in bn KZT where it is on the gantt."""

    key: str
    name: Text
    region: Text
    sector: Text
    latitude: float
    longitude: float
    state: State
    cost: float | None = None


def points(case: Case, pages: Sequence[Front]) -> tuple[Point, ...]:
    """One point for each facility with coordinates; of the variants of one, that on the gantt, else the first."""
    lanes = {lane.key: lane for page in pages if page.gantt is not None for lane in page.gantt.lanes}
    found = []
    for keys in case.assets.values():
        key = next((key for key in keys if key in lanes), keys[0])
        facility = case.facilities[key]
        if facility.latitude is None or facility.longitude is None:
            continue
        lane = lanes.get(key)
        found.append(Point(key, name_of(facility), region_of(case, facility.region) or NOWHERE,
                           sector_of(facility.sector) or NOWHERE, facility.latitude, facility.longitude,
                           _state(case, keys, lane), lane.cost if lane is not None else None))
    return tuple(found)


def _state(case: Case, keys: Sequence[str], lane: Lane | None) -> State:
    if lane is not None:
        return "plan"
    return "done" if any(case.facilities[key].done is not None for key in keys) else "out"


NOWHERE = same("-")
"""Of a facility without region or sector."""
