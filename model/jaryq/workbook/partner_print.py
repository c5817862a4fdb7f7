"""How large a partner page is printed, and with which rows its pages begin: no heading alone at the foot of one."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from jaryq.workbook.comparison_print import BORDER, HIGH, LETTER, WIDE, rows_printed

SPARE = 0.98
"""A page is filled so far at most: programs differ a little in the heights of rows."""
WIDER = 1.35
"""Columns are as wide as ten letters of the usual font; programs that lack it take a wider one (DejaVu: a third)."""
SMALLEST = 70
"""Percent of the usual size: letters of 7 points, as on the front pages."""
TOGETHER = 4
"""Tables of so many rows stay on one page."""


class Printed(NamedTuple):
    """Size in percent, and the rows with which the pages after the first begin."""

    percent: int
    breaks: tuple[int, ...]


def starts_in(first: int, rows: int) -> range:
    """Rows of a table (its first row and their count) with which a page may begin: two stay with the headings, two
    with the sums; none of a short table."""
    return range(first + 2, first + rows - 1) if rows > TOGETHER else range(0)


def letters_at(percent: float, columns: int) -> float:
    """Letters of all columns together that a paper holds at a size in percent."""
    return (100.0 * WIDE / (WIDER * percent) - columns * BORDER) / LETTER


def printed(heights: Sequence[float], repeated: int, starts: Collection[int], width: float) -> Printed:
    """The largest size at which the rows (heights in points) take as few papers as at the smallest, each paper but the
    first beginning with the ``repeated`` first rows and then one of ``starts``; ``width`` of all columns in points.
    """
    largest = max(SMALLEST, math.floor(min(100.0, 100.0 * WIDE / (WIDER * width))))
    at = {percent: tuple(rows_printed(heights, repeated, sorted({repeated, *starts}), SPARE * HIGH * 100.0 / percent))
          for percent in range(SMALLEST, largest + 1)}
    for percent in range(largest, SMALLEST, -1):
        if len(at[percent]) <= len(at[SMALLEST]) and set(at[percent]) <= set(starts):
            return Printed(percent, at[percent])
    return Printed(SMALLEST, at[SMALLEST])
