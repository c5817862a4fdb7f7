"""Lines of a register as a map draws them: parts of few vertices (docs/numbers.md: Stretches)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from jaryq.case.stretches import Stretches

Point = tuple[float, float]
Line = tuple[float, ...]
"""Longitude and latitude of its vertices in turn, degrees."""

PART = re.compile(r"\(([^()]+)\)")
"""Of a line in WKT."""

NEAR = 1e-4
"""Degrees, some ten metres: a vertex nearer than this to the line without it is left out of a map."""

VERTICES = 60
"""So many of a street at most: of one that has more those further away are left out too."""


def texts_of_lines(register: Stretches) -> Sequence[str | None]:
    """Lines in WKT in the order of the register; nothing where it has no such column."""
    try:
        return register.texts("line")
    except KeyError:
        return ()


def parts_of(line: str | None) -> list[list[Point]]:
    """The parts of a line in WKT, longitude and latitude of their vertices; heights are left out."""
    found = []
    for part in PART.findall(line or ""):
        vertices = [vertex.split() for vertex in part.split(",")]
        found.append([(float(east), float(north)) for east, north, *_ in vertices])
    return found


def drawn(lines: Iterable[str | None]) -> tuple[Line, ...]:
    """The lines of a street for a map: each part as far as it is to be seen, with ``VERTICES`` vertices in all (two of
    each part at least)."""
    parts = [part for line in lines for part in parts_of(line)]
    near = NEAR
    kept = [thinned(part, near) for part in parts]
    while sum(map(len, kept)) > max(VERTICES, 2 * len(parts)):
        near *= 2.0
        kept = [thinned(part, near) for part in kept]
    return tuple(tuple(round(number, 5) for vertex in part for number in vertex) for part in kept)


def thinned(part: Sequence[Point], near: float) -> list[Point]:
    """A line without the vertices that are nearer than ``near`` degrees to what is left of it (Douglas and Peucker
    1973); its ends stay."""
    kept = {0, len(part) - 1}
    ahead = [(0, len(part) - 1)]
    while ahead:
        first, last = ahead.pop()
        away = [_away(part[i], part[first], part[last]) for i in range(first + 1, last)]
        if away and (most := max(away)) > near:
            middle = first + 1 + away.index(most)
            kept.add(middle)
            ahead += [(first, middle), (middle, last)]
    return [part[i] for i in sorted(kept)]


def _away(point: Point, one: Point, other: Point) -> float:
    """Distance of a point from a piece of a line, degrees of latitude: those of longitude are shorter."""
    wide = math.cos(math.radians(one[1]))
    x, y = (point[0] - one[0]) * wide, point[1] - one[1]
    a, b = (other[0] - one[0]) * wide, other[1] - one[1]
    length = a * a + b * b
    along = min(1.0, max(0.0, (x * a + y * b) / length)) if length > 0.0 else 0.0
    return math.hypot(x - along * a, y - along * b)
