"""Lines of stretches: WKT and WKB, and a point of each for maps."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

_WKT = re.compile(r"\s*(MULTI)?LINESTRING\s*(?:ZM|Z|M)?\s*\(([-+0-9.eE,() \t\r\n]*)\)\s*", re.IGNORECASE)

LONGEST = 100_000
"""Characters of a line."""


def point_of(wkt: str) -> tuple[float, float] | None:
    """A point of a line, longitude and latitude: its middle vertex, of two the middle between them. None where the text
    is no line in degrees."""
    if len(wkt) > LONGEST or (found := _WKT.fullmatch(wkt)) is None:
        return None
    parts = _parts(found[2]) if found[1] else [found[2]]
    if parts is None:
        return None
    points = []
    for part in parts:
        vertices = [_vertex(text) for text in part.split(",")]
        if len(vertices) < 2 or None in vertices:
            return None
        points += vertices
    return _middle([point for point in points if point is not None])


def _parts(text: str) -> list[str] | None:
    """What stands in the brackets of the parts of a line of several."""
    text = text.strip()
    if not (text.startswith("(") and text.endswith(")")):
        return None
    return re.split(r"\)\s*,\s*\(", text[1:-1])


def _vertex(text: str) -> tuple[float, float] | None:
    try:
        numbers = [float(number) for number in text.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or not (-180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90):
        return None
    return numbers[0], numbers[1]


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    half, odd = divmod(len(points), 2)
    if odd:
        return points[half]
    (a, b), (c, d) = points[half - 1], points[half]
    return (a + c) / 2, (b + d) / 2


def wkt_of(points: Sequence[Sequence[float]]) -> str:
    """A line through points, longitude and latitude first of each."""
    return f"LINESTRING ({', '.join(f'{x!r} {y!r}' for x, y, *_ in points)})"


def wkt_of_lines(lines: Sequence[Sequence[Sequence[float]]]) -> str:
    """A line of several parts."""
    if len(lines) == 1:
        return wkt_of(lines[0])
    return f"MULTILINESTRING ({', '.join(wkt_of(line).removeprefix('LINESTRING ') for line in lines)})"


def wkt_of_blob(blob: bytes) -> str:
    """The line in a geometry of a GeoPackage (its header, then WKB; OGC 12-128r19, 2.1.3). Raises ValueError for one
    that is no line."""
    try:
        if blob[:2] != b"GP":
            raise ValueError("no geometry of a GeoPackage")
        envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
        return wkt_of_lines(list(_lines(memoryview(blob)[8 + envelope:])))
    except (struct.error, IndexError) as error:
        raise ValueError("a geometry that is cut off") from error


def _lines(wkb: memoryview) -> Iterator[list[tuple[float, ...]]]:
    """Lines of WKB, ISO or extended, that of several in order."""
    order = "<" if wkb[0] else ">"
    (kind,) = struct.unpack_from(order + "I", wkb, 1)
    flags, kind = kind >> 28, kind & 0x0FFFFFFF
    size = 2 + (kind // 1000 in (1, 2, 3)) + (kind // 1000 == 3) + bool(flags & 8) + bool(flags & 4)
    place = 9 if flags & 2 else 5
    if kind % 1000 not in (2, 5):
        raise ValueError("no line")
    (count,) = struct.unpack_from(order + "I", wkb, place)
    place += 4
    if kind % 1000 == 5:
        for _ in range(min(count, 10_000)):
            yield from _lines(wkb[place:])
            (points,) = struct.unpack_from(order + "I", wkb, place + 5)
            place += 9 + 8 * size * points
        return
    if place + 8 * size * count > len(wkb):
        raise ValueError("a geometry that is cut off")
    numbers = struct.unpack_from(f"{order}{size * count}d", wkb, place)
    yield [tuple(numbers[i:i + 2]) for i in range(0, len(numbers), size)]
