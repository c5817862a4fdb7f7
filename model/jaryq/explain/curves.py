"""What the stages reach while one number moves: piecewise linear, so its break points say all of it (docs/numbers.md,
Curves).

The multipliers of a place tell a line through it. Where that of one end of an interval tells what every stage reaches
at the other, the stages are linear between. Else the first stage that it does not tell is convex there, those before
being linear: its break points lie where the lines of both ends meet (Eisner and Severance 1976).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol, Self

Values = Mapping[str, float]

APART = 1e-7
"""Values nearer than this share of their size count as on a line."""

NEAR = 1e-3
"""Where no multipliers are known lines are taken at this part of an interval."""

NOTHING = 1e-9
"""An interval of this part of the whole is none."""

NARROW, WITHIN = 1e-4, 1e-3
"""Of a curve of many breaks: intervals narrower than this part of the whole, and those in which the last stage lies
nearer to the line than this part of what it moves by in all, are not divided."""

MANY = 60
"""Places that are asked for before a curve is one of many breaks."""

MUCH, SHORT = 1 / 3, 2e-3
"""Once this part of the effort is spent a curve is one of many breaks too, and intervals narrower than this part of the
whole, in which another stage than the last is not told, are not divided."""

EDGE = 20
"""Halvings that find where plans end."""


class Spot(Protocol):
    """A place on the curve."""

    @property
    def values(self) -> Values:
        """What the stages reach, in their order."""

    def tells(self, other: Self, name: str) -> float | None:
        """What its multipliers of a stage tell that the stage reaches at another place; nothing where they are not
        known."""

    def joins(self, other: Self) -> bool:
        """Whether the stages are half-way to another place, whose values it tells, on the line."""

    def rises(self, other: Self, part: float) -> Values:
        """What its multipliers tell of each stage at a part of the way to another place."""


@dataclass(frozen=True)
class Curve:
    """``points``: where the number stands and what the stages reach, at both ends and at every break between them;
    between two points they are linear. ``first``, ``last``: whether the curve goes on to what was asked at this end
    (else there is no plan beyond). ``open``: intervals that were not told to be linear within the effort. Of a curve of
    many breaks ``off`` is how far the last stage may lie from the line, ``narrow`` the widest interval that was not
    divided since it is narrow; else nothing. ``apart``: short stretches in which another stage than the last breaks
    again and again: there the points alone are told, and no line between them."""

    points: tuple[tuple[float, Values], ...]
    first: bool
    last: bool
    open: tuple[tuple[float, float], ...] = ()
    off: float = 0.0
    narrow: float = 0.0
    apart: tuple[tuple[float, float], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every interval was told to be linear, to be as near to it as is asked, or to be short and told at
        its points alone."""
        return not self.open

    def at(self, where: float) -> Values:
        """The values between the points, on the line. Raises ValueError outside of them."""
        for (a, one), (b, other) in zip(self.points, self.points[1:], strict=False):
            if a <= where <= b:
                return _between(a, one, b, other, where)
        raise ValueError(f"{where} lies outside of the curve")


SpotAt = Callable[[float], Spot | None]
"""The curve at a place, None where there is no plan."""


@dataclass(order=True)
class _Interval:
    """What is to be divided at ``where``, the first of all first: of the last stage, that may lie ``off`` the line, the
    furthest off come last of all, since what comes before decides what it is."""

    order: tuple[int, float]
    a: float
    b: float
    where: float = field(compare=False)
    off: float | None = field(compare=False)


def trace(spot_at: SpotAt, now: float, low: float, high: float, most: int = 600,
          spent: Callable[[], float] = lambda: 0.0) -> Curve:
    """The curve from ``low`` to ``high``, through ``now``, where there is a plan. Once ``most`` places were asked for
    (and some for the ends), or the effort is ``spent`` (1: all of it), no interval is divided any more. The widest come
    first, then those of which the last stage is furthest from the line."""
    return _Tracing(spot_at, now, most, spent).curve(low, high)


class _Tracing:
    """The places that were asked for, and what is left to be divided."""

    def __init__(self, spot_at: SpotAt, now: float, most: int, spent: Callable[[], float]) -> None:
        self.spot_at, self.now, self.most, self.spent = spot_at, now, most, spent
        self.known: dict[float, Spot] = {}
        self.width = self.off = 0.0
        self.let: list[tuple[float, float]] = []
        """Intervals that were not divided since they are narrow or short."""
        self.waiting: list[_Interval] = []
        self.beside: set[float] = set()
        """Places a step from others."""
        self.many = False
        """Whether it is a curve of many breaks."""
        self.short = NARROW

    def curve(self, low: float, high: float) -> Curve:
        self.ask(self.now)
        ends = [self._edge(end) for end in (low, high)]
        self.width, asked = ends[1] - ends[0], len(self.known)
        breaks = sorted({ends[0], *({self.now} if ends[0] < self.now < ends[1] else ()), ends[1]})
        for a, b in pairwise(breaks):
            self._look(a, b)
        left: list[tuple[float, float]] = []
        while self.waiting:
            one = heapq.heappop(self.waiting)
            places, spent = len(self.known) - asked, self.spent()
            self.many, self.short = places >= MANY or spent >= MUCH, SHORT if spent >= MUCH else NARROW
            if self.many and self._as_near_as_asked(one):
                continue
            if places >= self.most or spent >= 1.0 or self.ask(one.where) is None:
                left.append((one.a, one.b))
                continue
            breaks.append(one.where)
            self._look(one.a, one.where)
            self._look(one.where, one.b)
        found = [(where, self.known[where].values) for where in sorted(breaks) if where in self.known]
        least = NARROW * self.width
        let = _joined(self.let, least)
        return Curve(tuple(_without_straight(found)), ends[0] == low, ends[1] == high, _joined(left), self.off,
                     max((b - a for a, b in self.let if b - a <= least), default=0.0),
                     tuple((a, b) for a, b in let if b - a > least))

    def ask(self, where: float) -> Spot | None:
        if where not in self.known:
            found = self.spot_at(where)
            if found is None:
                return None
            self.known[where] = found
        return self.known[where]

    def _edge(self, end: float) -> float:
        """The end itself if there is a plan, else the last place on the way to it where there is one."""
        if self.ask(end) is not None:
            return end
        good, bad = self.now, end
        for _ in range(EDGE):
            middle = (good + bad) / 2
            good, bad = (middle, bad) if self.ask(middle) is not None else (good, middle)
        return good

    def _as_near_as_asked(self, one: _Interval) -> bool:
        """Whether an interval of a curve of many breaks is not divided any more, which is then kept."""
        last = [list(spot.values.values())[-1] for spot in self.known.values()]
        if one.off is not None and one.off <= WITHIN * (max(last) - min(last)):
            self.off = max(self.off, one.off)
            return True
        if one.b - one.a <= (self.short if one.off is None else NARROW) * self.width:
            self.let.append((one.a, one.b))
            return True
        return False

    def _look(self, a: float, b: float) -> None:
        """Look at an interval: where it is no line it waits to be divided."""
        if b - a <= NOTHING * self.width:
            return
        one, other = self.ask(a), self.ask(b)
        if one is None or other is None:
            return
        if one.tells(other, next(iter(one.values))) is None or other.tells(one, next(iter(one.values))) is None:
            if (where := self._by_steps(a, b)) is not None:
                self._wait(a, b, where)
            return
        here, there = _untold(one, other), _untold(other, one)
        if here is None or there is None:
            if not (one.joins(other) if here is None else other.joins(one)):
                # Bounds turn on the way: the lines of both ends are drawn as they are near by.
                self._wait(a, b, self._crossing(a, b, one.rises(other, NEAR), other.rises(one, NEAR), NEAR * (b - a)))
            return
        (name, from_one), (theirs, from_other) = here, there
        names = list(one.values)
        if name != theirs:
            # The lines of one end go on from there to the other side: those of this side are near by, else half-way.
            step = min(NEAR * (b - a), NARROW * self.width / 2)
            end, beside = (a, a + step) if names.index(name) < names.index(theirs) else (b, b - step)
            self._wait(a, b, (a + b) / 2 if self.many or end in self.beside else beside)
            self.beside.add(beside)
            return
        rise = (from_one - one.values[name]) / (b - a)
        fall = (other.values[name] - from_other) / (b - a)
        where = a + (other.values[name] - one.values[name] - fall * (b - a)) / (rise - fall) if rise != fall else a
        if not a < where < b:
            self._wait(a, b, (a + b) / 2)
            return
        chord = _between(a, one.values, b, other.values, where)[name]
        off = abs(chord - one.values[name] - rise * (where - a)) if name == names[-1] else None
        self._wait(a, b, where, off)

    def _wait(self, a: float, b: float, where: float, off: float | None = None) -> None:
        order = (0, a - b) if off is None else (1, -off)
        heapq.heappush(self.waiting, _Interval(order, a, b, where, off))

    def _by_steps(self, a: float, b: float) -> float | None:
        """A place inside an interval at which it is no line, by the stages themselves a step from its ends; None if it
        is one."""
        step = NEAR * (b - a)
        first, last, middle = self.ask(a + step), self.ask(b - step), self.ask((a + b) / 2)
        if first is None or last is None or middle is None:
            return (a + b) / 2
        on_line = _between(a, self.known[a].values, b, self.known[b].values, (a + b) / 2)
        where = self._crossing(a, b, first.values, last.values, step)
        return None if where == (a + b) / 2 and _same(on_line, middle.values) else where

    def _crossing(self, a: float, b: float, first: Values, last: Values, step: float) -> float:
        """Where the lines through both ends of an interval meet, of the first stage of which they are not the chord:
        ``first`` and ``last`` are on them, a step from the ends. The middle where they do not meet inside."""
        one, other = self.known[a].values, self.known[b].values
        for name, here in one.items():
            there = other[name]
            rise, fall = (first[name] - here) / step, (there - last[name]) / step
            chord = (there - here) / (b - a)
            least = APART * max(abs(here), abs(there), 1.0)
            if max(abs(rise - chord), abs(fall - chord)) * step <= least:
                continue
            if abs(rise - fall) * step <= least:
                break
            where = a + (there - here - fall * (b - a)) / (rise - fall)
            return where if a + step < where < b - step else (a + b) / 2
        return (a + b) / 2


def _untold(one: Spot, other: Spot) -> tuple[str, float] | None:
    """The first stage whose value at another place the multipliers of one do not tell, and what they tell there."""
    for name, value in other.values.items():
        told = one.tells(other, name)
        if told is None or not _close(told, value):
            return name, one.values[name] if told is None else told
    return None


def _joined(intervals: Sequence[tuple[float, float]], least: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Intervals in order, those that meet, or are no further apart than ``least``, as one."""
    found: list[tuple[float, float]] = []
    for a, b in sorted(intervals):
        found[-1:] = [(found[-1][0], b)] if found and a - found[-1][1] <= least else [*found[-1:], (a, b)]
    return tuple(found)


def _between(a: float, one: Values, b: float, other: Values, where: float) -> Values:
    part = (where - a) / (b - a) if b > a else 0.0
    return {name: one[name] + part * (other[name] - one[name]) for name in one}


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= APART * max(abs(one), abs(other), 1.0)


def _same(one: Values, other: Values) -> bool:
    return all(_close(one[name], other[name]) for name in one)


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
