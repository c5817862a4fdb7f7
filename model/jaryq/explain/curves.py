"""What the stages reach while one number moves: piecewise linear, so its break points say all of it (docs/numbers.md,
Curves).

Break points are found where the tangents at the ends of an interval meet (Eisner and Severance 1976), and by halving
where they do not meet inside it: stages interact, so a curve need be neither convex nor concave.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Values = Mapping[str, float]

APART = 1e-7
"""Values nearer than this share of their size count as on a line."""

NEAR = 1e-3
"""Tangents are taken at this part of an interval; intervals narrower than this part of the whole are not divided."""

EDGE = 20
"""Halvings that find where plans end."""


@dataclass(frozen=True)
class Curve:
    """``points``: where the number stands and what the stages reach, at both ends and at every break between them;
    between two points they are linear. ``first``, ``last``: whether the curve goes on to what was asked at this end
    (else there is no plan beyond). ``open``: intervals that were not told to be linear within the effort."""

    points: tuple[tuple[float, Values], ...]
    first: bool
    last: bool
    open: tuple[tuple[float, float], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every interval was told to be linear."""
        return not self.open

    def at(self, where: float) -> Values:
        """The values between the points, on the line. Raises ValueError outside of them."""
        for (a, one), (b, other) in zip(self.points, self.points[1:], strict=False):
            if a <= where <= b:
                return _between(a, one, b, other, where)
        raise ValueError(f"{where} lies outside of the curve")


def trace(values_at: Callable[[float], Values | None], now: float, low: float, high: float, most: int = 60,
          enough: Callable[[], bool] = lambda: False) -> Curve:
    """The curve from ``low`` to ``high``. ``values_at``: values of the stages, None where there is no plan (there is
    one at ``now``); once it was asked ``most`` times (and some for the ends), or it is ``enough``, no interval is
    looked into any more. The widest come first, so that what stays open is narrow."""
    known: dict[float, Values] = {}

    def ask(where: float) -> Values | None:
        if where not in known:
            found = values_at(where)
            if found is None:
                return None
            known[where] = found
        return known[where]

    ends = [_edge(ask, now, end) for end in (low, high)]
    width, spent = ends[1] - ends[0], len(known)
    waiting = [(-width, *ends)] if width > 0 else []
    breaks, left = {*ends}, list[tuple[float, float]]()
    while waiting:
        _, a, b = heapq.heappop(waiting)
        if len(known) - spent >= most or enough():
            left.append((a, b))
        elif b - a <= NEAR * width:
            left += [] if _line(ask, a, b) else [(a, b)]
        elif (where := _break(ask, a, b, NEAR * (b - a))) is not None:
            breaks.add(where)
            for one, other in ((a, where), (where, b)):
                heapq.heappush(waiting, (one - other, one, other))
    found = [(where, known[where]) for where in sorted(breaks) if where in known]
    return Curve(tuple(_without_straight(found)), ends[0] == low, ends[1] == high, _joined(left))


def _joined(intervals: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Intervals in order, those that meet as one."""
    found: list[tuple[float, float]] = []
    for a, b in sorted(intervals):
        found[-1:] = [(found[-1][0], b)] if found and found[-1][1] == a else [*found[-1:], (a, b)]
    return tuple(found)


def _edge(ask: Callable[[float], Values | None], now: float, end: float) -> float:
    """The end itself if there is a plan, else the last place on the way to it where there is one."""
    if ask(end) is not None:
        return end
    good, bad = now, end
    for _ in range(EDGE):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if ask(middle) is not None else (good, middle)
    return good


def _break(ask: Callable[[float], Values | None], a: float, b: float, step: float) -> float | None:
    """A place inside an interval at which it is no line; None if it is one."""
    one, other = ask(a), ask(b)
    first, last = ask(a + step), ask(b - step)
    if one is None or other is None or first is None or last is None:
        return (a + b) / 2 if ask((a + b) / 2) is not None else None
    for name in one:
        rise, fall = (first[name] - one[name]) / step, (other[name] - last[name]) / step
        chord = (other[name] - one[name]) / (b - a)
        size = max(abs(one[name]), abs(other[name]), 1.0)
        if max(abs(rise - chord), abs(fall - chord)) * step <= APART * size:
            continue
        if abs(rise - fall) * step <= APART * size:
            return (a + b) / 2
        where = a + (other[name] - one[name] - fall * (b - a)) / (rise - fall)
        return where if a + step < where < b - step else (a + b) / 2
    return None if _line(ask, a, b) else (a + b) / 2


def _line(ask: Callable[[float], Values | None], a: float, b: float) -> bool:
    """Whether the middle of an interval lies on its chord, in all stages."""
    one, other, middle = ask(a), ask(b), ask((a + b) / 2)
    if one is None or other is None or middle is None:
        return False
    return _same(_between(a, one, b, other, (a + b) / 2), middle)


def _between(a: float, one: Values, b: float, other: Values, where: float) -> Values:
    part = (where - a) / (b - a) if b > a else 0.0
    return {name: one[name] + part * (other[name] - one[name]) for name in one}


def _same(one: Values, other: Values) -> bool:
    return all(abs(one[name] - other[name]) <= APART * max(abs(one[name]), abs(other[name]), 1.0) for name in one)


def _without_straight(found: Sequence[tuple[float, Values]]) -> list[tuple[float, Values]]:
    """Points but those on the line between their neighbours."""
    kept: list[tuple[float, Values]] = []
    for place, (where, values) in enumerate(found):
        if kept and place + 1 < len(found):
            (a, one), (b, other) = kept[-1], found[place + 1]
            if _same(_between(a, one, b, other, where), values):
                continue
        kept.append((where, values))
    return kept
