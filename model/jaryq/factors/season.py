"""Stretches of months against the calendar: what of a works period lies in a season, and where an outage goes
(docs/numbers.md: Outages).

A stretch ``(first, last)`` is counted in months from 1 January of ``plan_from``; calendar months repeat every 12.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache

Stretch = tuple[float, float]


def months_of(stretch: Stretch, allowed: frozenset[int]) -> Iterator[Stretch]:
    """The parts of a stretch that lie in the allowed calendar months, month by month, earliest first."""
    first, last = stretch
    for month in range(math.floor(first), math.ceil(last)):
        begin, end = max(first, month), min(last, month + 1)
        if end > begin and month % 12 + 1 in allowed:
            yield begin, end


def length(stretches: Iterable[Stretch]) -> float:
    return math.fsum(last - first for first, last in stretches)


def latest(stretch: Stretch, allowed: frozenset[int], months: float) -> tuple[Stretch, ...] | None:
    """The latest ``months`` of a stretch in the allowed calendar months, or None if there are fewer."""
    found: list[Stretch] = []
    left = months
    for first, last in reversed(list(months_of(stretch, allowed))):
        if left <= 1e-9:
            break
        begin = max(first, last - left)
        found.append((begin, last))
        left -= last - begin
    return tuple(reversed(found)) if left <= 1e-9 else None


def by_block(stretches: Iterable[Stretch], size: float) -> dict[int, float]:
    """Months of the stretches in each block of ``size`` months (block 0 begins with ``plan_from``)."""
    found: dict[int, float] = {}
    for first, last in stretches:
        for block in range(math.floor(first / size), math.ceil(last / size)):
            overlap = min(last, (block + 1) * size) - max(first, block * size)
            if overlap > 0:
                found[block] = found.get(block, 0.0) + overlap
    return dict(sorted(found.items()))


@lru_cache(maxsize=100_000)
def shares_of_blocks(stretch: Stretch, allowed: frozenset[int], size: float) -> tuple[tuple[int, float], ...]:
    """Blocks of months with their shares of what of a stretch lies in the allowed calendar months; none if nothing
    does.

    Kept, since works of one kind that begin in the same period are the same stretch in many projects and scenarios.
    """
    inside = list(months_of(stretch, allowed))
    total = length(inside)
    return tuple((block, months / total) for block, months in by_block(inside, size).items()) if total > 0 else ()


@lru_cache(maxsize=100_000)
def latest_by_block(stretch: Stretch, allowed: frozenset[int], months: float,
                    size: float) -> tuple[tuple[int, float], ...] | None:
    """The latest ``months`` of a stretch in the allowed calendar months by block, or None if there are fewer; kept for
    the same reason."""
    found = latest(stretch, allowed, months)
    return None if found is None else tuple(by_block(found, size).items())


@lru_cache(maxsize=100_000)
def share_of_block(block: int, size: float, allowed: frozenset[int]) -> float:
    """Part of a block of months that lies in the allowed calendar months."""
    return length(months_of((block * size, (block + 1) * size), allowed)) / size
