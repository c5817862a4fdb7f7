"""Changes made again in another reading of their file, in the rows that they were made in, wherever these stand now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jaryq.base.text import Text
from jaryq.desk.carried import NO_COLUMN, NO_SHEET, THERE, Aside, Change, Meant, may_be_added, row_of
from jaryq.desk.edited import Edited
from jaryq.desk.refused import Refused
from jaryq.tables.tables import Tables

Numbers = dict[tuple[str, int], int]
"""Of rows that were added here, by sheet and row: each stays through all readings."""


def make_again(meant: Iterable[tuple[Change, Meant]], edited: Edited, file: Tables,
               numbers: Numbers) -> tuple[list[Change], tuple[Aside, ...]]:
    """The changes that were made again, and those that found no place. ``file``: as it is read now; ``numbers`` take up
    the rows that are added again."""
    made, aside = list[Change](), list[Aside]()
    for change, row in meant:
        try:
            found = replace(change, row=_row(change, row, edited, file, numbers))
            edited.make(found)
            made.append(found)
        except Refused as why:
            aside.append(Aside(change, replace(row, at=None), why.text))
    return made, tuple(aside)


def _row(change: Change, row: Meant, edited: Edited, file: Tables, numbers: Numbers) -> int:
    """Where the row of a change stands now; a row that was added is added again. Raises Refused."""
    if change.sheet not in edited.tables:
        raise Refused(NO_SHEET)
    if change.column not in edited.tables[change.sheet].values:
        raise Refused(NO_COLUMN)
    if not row.added:
        found = row_of(row, edited.tables[change.sheet])
        if isinstance(found, Text):
            raise Refused(found)
        return found
    for (sheet, there), number in numbers.items():
        if (sheet, number) == (change.sheet, row.added):
            return there
    if not may_be_added(row, file.get(change.sheet)):
        raise Refused(THERE)
    new = edited.add_row(change.sheet)
    numbers[change.sheet, new] = row.added
    return new
