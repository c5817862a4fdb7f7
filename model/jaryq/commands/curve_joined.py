"""A curve of many breaks on the screen: the points that tell it best, the others joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jaryq.api.curve import Point
from jaryq.base.text import Text

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


def _off(points: Sequence[Point], told: Sequence[int], i: int, name: str) -> float:
    """How far a stage at a point lies from the line between the points told beside it."""
    before, after = max(k for k in told if k < i), min(k for k in told if k > i)
    one, other, here = points[before], points[after], points[i]
    part = (here.value - one.value) / (other.value - one.value)
    line = one.stages[name] + part * (other.stages[name] - one.stages[name])
    return abs(here.stages[name] - line)
