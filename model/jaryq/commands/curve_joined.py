"""A curve of many breaks on the screen: the points that tell it best, the others joined; and why it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jaryq.api.curve import Point, PriceCurve
from jaryq.base.text import Text

ENDS = Text("  No plan beyond {value}: {why}.", "  Дальше {value} плана нет: {why}.")
KEPT = Text("what cannot be kept with it is {names}", "вместе с этим невыполнимо: {names}")
NO_CAUSE = Text("which limit keeps it from there was not found", "какое ограничение этому мешает, не найдено")
JOINED = Text("  Breaks between these lines that are not shown: {count}. The plan there lies off the line by at "
              "most: {off}. All of them: --out FILE.xlsx.",
              "  Изломы между этими строками не показаны: {count}. План там отстоит от прямой самое большее на: "
              "{off}. Все они: --out FILE.xlsx.")
MOST = 8
"""So many points are told; of more those that the lines between them would miss by most."""
SEEN = 1e-9
"""A stage that moves by less than this moves by nothing."""


@dataclass(frozen=True)
class Joined:
    """Places of the points that are told, and of each stage how far a point left out lies from the line at most."""

    told: tuple[int, ...]
    off: Mapping[str, float]

    @property
    def left_out(self) -> bool:
        return bool(self.off)


def joined_points(points: Sequence[Point], now: float) -> Joined:
    """The ends, the number as it is, and the points furthest from the lines between those told, measured in each stage
    by what it moves by in all."""
    if len(points) <= MOST:
        return Joined(tuple(range(len(points))), {})
    spans = {name: max(p.stages[name] for p in points) - min(p.stages[name] for p in points)
             for name in points[0].stages}
    moving = [name for name, span in spans.items() if span > SEEN]
    told = sorted({0, len(points) - 1, *(i for i, point in enumerate(points) if point.value == now)})
    while len(told) < MOST:
        away = {i: max((_off(points, told, i, name) / spans[name] for name in moving), default=0.0)
                for i in range(len(points)) if i not in told}
        worst = max(away, key=lambda i: (away[i], -i))
        told = sorted([*told, worst])
    left = [i for i in range(len(points)) if i not in told]
    return Joined(tuple(told), {name: max(_off(points, told, i, name) for i in left) for name in moving})


def ended(found: PriceCurve) -> Iterator[tuple[float, Text]]:
    """Where a curve ends before what was asked for, and what keeps plans from there."""
    for end, whole, kept in ((found.points[0], found.curve.first, found.ends[0]),
                             (found.points[-1], found.curve.last, found.ends[1])):
        if not whole:
            yield end.value, NO_CAUSE if kept is None else KEPT.fill(names=kept)


def _off(points: Sequence[Point], told: Sequence[int], i: int, name: str) -> float:
    """How far a stage at a point lies from the line between the points told beside it."""
    before, after = max(k for k in told if k < i), min(k for k in told if k > i)
    one, other, here = points[before], points[after], points[i]
    part = (here.value - one.value) / (other.value - one.value)
    line = one.stages[name] + part * (other.stages[name] - one.stages[name])
    return abs(here.stages[name] - line)
