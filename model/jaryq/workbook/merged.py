"""Merged cells below the headings: filled where it is plain what is meant, refused where it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jaryq.base.issues import Issue
from jaryq.sheets.spec import Sheet
from jaryq.tables.tables import letters
from jaryq.tables.values import clean
from jaryq.workbook.grid import Grid
from jaryq.workbook.marks import name_of


def unmerge(sheet: Sheet, places: Mapping[str, int], grid: Grid) -> list[Issue]:
    """Give each row of a merged area its value (in ``grid.rows``) where one text or yes-or-no column is merged
    downwards.

    Keys, numbers, and areas that reach over several columns are refused: a number may be meant once, for all rows
    together.
    """
    names = {place: name for name, place in places.items()}
    issues: list[Issue] = []
    last = grid.heading_row + len(grid.rows)
    left_to_fill = sum(map(len, grid.rows)) if grid.marks.merged else 0
    for area in grid.marks.merged:
        top, left, bottom, right = area
        bottom = min(bottom, last)
        read = [names[place] for place in range(left - 1, right) if place in names]
        if not read or bottom <= grid.heading_row or (top <= grid.heading_row and left == right):
            continue
        value = _value(grid, top, left)
        if top > grid.heading_row and (_blank(value) or (top == bottom and _alone(grid, top))):
            continue  # a text that is alone in its row is told as such
        left_to_fill -= bottom - top + 1
        cell = f"{letters(left)}{top}"
        if top <= grid.heading_row or left != right or left_to_fill < 0 or not _fits(sheet, read[0]):
            issues.append(Issue("merged_cells", sheet.name, cell, names.get(left - 1, read[0]), "",
                                {"area": name_of((top, left, bottom, right))}))
        elif bottom > top:
            for row in grid.rows[top - grid.heading_row: bottom - grid.heading_row]:
                row.extend([None] * (left - len(row)))
                row[left - 1] = value
            issues.append(Issue("merged_filled", sheet.name, cell, read[0], str(value),
                                {"area": name_of((top, left, bottom, right))}))
    return issues


def _value(grid: Grid, row: int, column: int) -> Any:
    place = row - grid.heading_row - 1
    return grid.rows[place][column - 1] if 0 <= place < len(grid.rows) and column <= len(grid.rows[place]) else None


def _alone(grid: Grid, row: int) -> bool:
    """Whether a row holds one text and nothing else."""
    filled = [value for value in grid.rows[row - grid.heading_row - 1] if not _blank(value)]
    return len(filled) == 1 and isinstance(filled[0], str)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and clean(value) is None)


def _fits(sheet: Sheet, name: str) -> bool:
    """Whether one value may be meant for every row: not the only key, not a number."""
    column = sheet.column(name)
    return column is not None and column.kind in ("text", "yes_no") and (name,) != sheet.key
