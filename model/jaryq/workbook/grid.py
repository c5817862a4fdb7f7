"""A sheet as it was found in a file, before it is a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jaryq.base.text import Text
from jaryq.tables.tables import letters
from jaryq.workbook.marks import Marks

HEADING_ROW = 3
"""Where the headings of a workbook's sheet stand, unless the reader finds them elsewhere."""


@dataclass(frozen=True)
class Heads:
    """The headings of a table by place (from 0), which may stand in several rows (numbers in the order in which they
    were read, from 1): ``row`` is the lowest, ``first`` the highest.

    ``lifted``: how many rows above the lowest a heading stands; ``units``: units below headings, with how many rows
    above the lowest; ``passed``: rows that hold something else, counted so, and what; ``unclear``: the place of a
    text that is no heading together with what stands above it, how many rows above the lowest, and the two texts.
    """

    values: Sequence[Any] = ()
    row: int = HEADING_ROW
    first: int = HEADING_ROW
    lifted: Mapping[int, int] = field(default_factory=dict)
    units: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    passed: Mapping[int, Text] = field(default_factory=dict)
    unclear: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Grid:
    """Raw values below the headings, with the file's own row numbers; what stands right ``above`` the headings (in
    ``above_row``); the marks of the cells. Headings may take several rows, of which ``heading_row`` is the lowest:
    ``heads`` tells how."""

    headings: Sequence[Any]
    rows: Sequence[list[Any]]
    numbers: Sequence[int]
    heading_row: int = HEADING_ROW
    above: Sequence[Any] = ()
    marks: Marks = field(default_factory=Marks)
    above_row: int = HEADING_ROW - 1
    heads: Heads = field(default_factory=Heads)

    def heading_cell(self, place: int) -> str:
        """The cell in which the heading of a column stands, or its lower part."""
        return f"{letters(place + 1)}{self.heading_row - self.heads.lifted.get(place, 0)}"
