"""A sheet that front pages are drawn on: heights of its rows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from jaryq.base.text import Lang
from jaryq.workbook.front_grid import Grid
from jaryq.workbook.plan_style import Style

USUAL = 15.0
"""Points of a row whose height is not set."""


@dataclass(frozen=True)
class Canvas:
    """A sheet that is drawn on. Things beside each other share rows, which are as high as the highest asks for."""

    sheet: Any
    style: Style
    lang: Lang
    grid: Grid
    others: frozenset[str] = frozenset()
    heights: dict[int, float] = field(default_factory=dict)

    def tall(self, row: int, height: float) -> None:
        self.heights[row] = max(height, self.heights.get(row, 0.0))
        self.sheet.set_row(row, self.heights[row])

    def high(self, rows: int) -> float:
        """Points of the first rows together."""
        return math.fsum(self.heights.get(row, USUAL) for row in range(max(rows, 1)))

    def rows_within(self, first: int, end: int) -> float:
        """Rows of usual height in the height of some."""
        return math.fsum(self.heights.get(row, USUAL) for row in range(first, end)) / USUAL

    def merged(self, row: int, first: int, last: int, form: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", form)


class Nowhere:
    """A sheet or a book that takes all and keeps nothing: what is drawn on it is measured."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: self
