"""Facilities by how often the best plans of many futures take them. Variants of one facility are one
(docs/numbers.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jaryq.case.case import Case, Facility
from jaryq.uncertainty.ensemble import Chosen, Ensemble

SURE, NEVER = 0.9, 0.1
"""From this part of the futures on a project is taken whatever comes; up to this part it is not."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """``found``: all facilities; ``sure``, ``never``, ``hang``: those taken whatever comes, left out whatever comes,
    and the others, the most often taken first; ``way``: the row that is done whatever comes, of those of which one is;
    ``how``: the sure ones without, the dearest first; ``of_rows``: all rows."""

    found: Mapping[str, Chosen]
    of_rows: Mapping[str, Chosen]
    sure: tuple[str, ...]
    never: tuple[str, ...]
    hang: tuple[str, ...]
    way: Mapping[str, str]
    how: tuple[str, ...]


def grouped(case: Case, made: Ensemble) -> Grouped:
    """The facilities of a case."""
    found = {asset: made.chosen(*rows) for asset, rows in case.assets.items()}
    of_rows = {key: made.chosen(key) for key in case.facilities}
    sure = tuple(key for key, one in found.items() if one.often >= SURE)
    way = {key: row for key in sure for row in case.assets[key] if of_rows[row].often >= SURE}
    return Grouped(found, of_rows, sure, tuple(key for key, one in found.items() if one.often <= NEVER),
                   tuple(sorted((key for key in found if NEVER < found[key].often < SURE),
                                key=lambda key: -found[key].often)), way,
                   tuple(sorted((key for key in sure if key not in way),
                                key=lambda key: (-case.facilities[key].cost, key))))


def begun(facility: Facility) -> bool:
    """Whether it is under way or under contract."""
    return facility.committed or facility.started is not None


def bound(facility: Facility) -> bool:
    """Whether there is nothing to decide: begun, committed or a must."""
    return facility.must or facility.must_any or begun(facility)
