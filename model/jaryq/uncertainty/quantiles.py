"""Inverse distribution functions of the uncertain inputs (docs/numbers.md, Uncertain inputs)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from jaryq.case.uncertain import COMES, STAYS_AWAY, Uncertain, lognormal, whole_months

ALMOST = 1e-12
"""What sums of probabilities may miss by the noise of binary fractions."""


def value(row: Uncertain, p: float) -> float:
    """The value of an uncertain input below which the part ``p`` (0 to 1) of its draws lies, in its own unit; of what
    comes 1 (it comes) or 0. Raises ValueError for another ``p``."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"{p} is no probability")
    return QUANTILES[row.distribution](row, p)


def median(row: Uncertain) -> float:
    """What a half of the draws lies below."""
    return value(row, 0.5)


def low(row: Uncertain) -> float:
    """P10: what a tenth of the draws lies below."""
    return value(row, 0.1)


def high(row: Uncertain) -> float:
    """P90: what nine tenths of the draws lie below."""
    return value(row, 0.9)


def extremes(row: Uncertain) -> tuple[float, float]:
    """The least and the greatest value that a draw can have."""
    return value(row, 0.0), value(row, 1.0)


def swing(row: Uncertain) -> tuple[float, float]:
    """The two values of a row that a sweep plans with: P10 and P90; where these are one value, and of what comes or
    not, the least and the greatest."""
    ends = low(row), high(row)
    return extremes(row) if row.distribution == "comes" or ends[0] == ends[1] else ends


def _triangular(row: Uncertain, p: float) -> float:
    """``F(x) = (x - a)^2 / ((b - a)(c - a))`` up to the most frequent value ``c``, ``1 - (b - x)^2 / ((b - a)(b - c))``
    above it, turned around (Johnson, Kotz & Balakrishnan 1995, chapter 26)."""
    a, c, b = _stated(row.low), _stated(row.likely), _stated(row.high)
    if a == b:
        return a
    if p <= (c - a) / (b - a):
        return a + math.sqrt(p * (b - a) * (c - a))
    return b - math.sqrt((1.0 - p) * (b - a) * (b - c))


def _uniform(row: Uncertain, p: float) -> float:
    a, b = _stated(row.low), _stated(row.high)
    return b if p == 1.0 else a + p * (b - a)


def _lognormal(row: Uncertain, p: float) -> float:
    return lognormal(_stated(row.low), _stated(row.high), p)


def _discrete(row: Uncertain, p: float) -> float:
    """The first of the values, in ascending order, up to which the probabilities reach ``p``."""
    reached = 0.0
    for stated, probability in sorted(row.values):
        reached += probability
        if p <= reached + ALMOST:
            return stated
    return max(stated for stated, _ in row.values)


def _delay(row: Uncertain, p: float) -> float:
    return whole_months(_triangular(row, p))


def _comes(row: Uncertain, p: float) -> float:
    return COMES if p > 1.0 - _stated(row.probability) + ALMOST or row.probability == 1.0 else STAYS_AWAY


def _stated(parameter: float | None) -> float:
    """A parameter that the rules have asked for."""
    if parameter is None:
        raise ValueError("a distribution lacks a parameter: its row was not checked")
    return parameter


QUANTILES: Mapping[str, Callable[[Uncertain, float], float]] = {
    "triangular": _triangular, "uniform": _uniform, "lognormal": _lognormal, "discrete": _discrete, "delay": _delay,
    "comes": _comes,
}
"""By distribution."""
