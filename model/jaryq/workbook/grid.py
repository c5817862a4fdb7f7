"""A sheet as it was found in a file, before it is a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jaryq.workbook.marks import Marks

HEADING_ROW = 3
"""Where the headings of a workbook's sheet stand, unless the reader finds them elsewhere."""


@dataclass(frozen=True)
class Grid:
    """Raw values below the headings, with the file's own row numbers; what stands right ``above`` the headings; the
    marks of the cells."""

    headings: Sequence[Any]
    rows: Sequence[list[Any]]
    numbers: Sequence[int]
    heading_row: int = HEADING_ROW
    above: Sequence[Any] = ()
    marks: Marks = field(default_factory=Marks)
