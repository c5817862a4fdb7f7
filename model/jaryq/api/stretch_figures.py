"""Figures of a km in the sentences on a stretch: in mn KZT, as costs of a km are, all of an answer with as many places,
so that they can be added up by who reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jaryq.base.text import Text
from jaryq.report.words import number

TO_MILLIONS, MOST_PLACES, NOISE = 1000.0, 3, 1e-9


def places_for(values: Iterable[float]) -> int:
    """Places with which the least of amounts in bn KZT, noise apart, has two digits in mn KZT; at most three."""
    least = min((abs(value) for value in values if abs(value) > NOISE), default=1.0) * TO_MILLIONS
    return min(MOST_PLACES, max(0, 1 - math.floor(math.log10(least))))


def rounded(value: float, places: int) -> float:
    """An amount in bn KZT to so many places of a mn KZT."""
    return round(value * TO_MILLIONS, places) / TO_MILLIONS


def millions(value: float, places: int) -> Text:
    """An amount in bn KZT, told in mn KZT; no 0 has a sign."""
    return number(round(value * TO_MILLIONS, places) + 0.0, places)
