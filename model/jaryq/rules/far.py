"""Values far from the nearest other of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

Row = Mapping[str, Any]

MANY = 5
"""Rows of a class from which its middle says something, unless a rule says otherwise."""


def outside(ratio: float, factor: float) -> bool:
    """Whether a ratio of two positive numbers is ``factor`` or more, or its inverse or less."""
    return not 1 / factor < ratio < factor


def positive(row: Row, column: str) -> float | None:
    value = row.get(column)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else None


def far_off(values: Mapping[int, tuple[object, float]], factor: float,
            least: int = MANY) -> Iterator[tuple[int, float, float, int]]:
    """Of values by position with their class: position, ratio, middle, rows of the class, where the value is far from
    the middle."""
    classes: dict[object, list[float]] = {}
    for kind, value in values.values():
        classes.setdefault(kind, []).append(value)
    middles = {kind: median(found) for kind, found in classes.items() if len(found) >= least}
    for position, (kind, value) in values.items():
        if kind in middles and outside(value / middles[kind], factor):
            yield position, value / middles[kind], middles[kind], len(classes[kind])
