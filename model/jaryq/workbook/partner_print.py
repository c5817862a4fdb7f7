"""How large a partner page is printed, and with which rows its pages begin: no heading alone at the foot of one."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from jaryq.workbook.comparison_print import HIGH, WIDE, rows_printed

SPARE = 0.98
"""A page is filled so far at most: programs differ a little in the heights of rows."""
WIDER = 1.35
"""Columns are as wide as ten letters of the usual font; programs that lack it take a wider one (DejaVu: a third)."""
SMALLEST = 40
"""Percent of the usual size: letters of 4 points."""
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


def printed(heights: Sequence[float], repeated: int, starts: Collection[int], width: float, papers: int) -> Printed:
    """The largest size at which the rows (heights in points) fit so many papers, each page but the first beginning with
    the ``repeated`` first rows and then one of ``starts``; ``width`` of all columns in points. More papers where
    letters would be too small.
    """
    largest = max(SMALLEST, math.floor(min(100.0, 100.0 * WIDE / (WIDER * width))))
    breaks = tuple[int, ...]()
    for percent in range(largest, SMALLEST - 1, -1):
        breaks = tuple(rows_printed(heights, repeated, sorted({repeated, *starts}), SPARE * HIGH * 100.0 / percent))
        if len(breaks) < papers and set(breaks) <= set(starts):
            return Printed(percent, breaks)
    return Printed(SMALLEST, breaks)
