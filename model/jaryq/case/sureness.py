"""How sure the figures of a row are: its own status, and the columns that it calls estimates (docs/numbers.md, How sure
figures are)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from jaryq.sheets.words import STATUSES

SOURCED = STATUSES[:2]
"""Statuses of what a source states or arithmetic on it gives: reported, derived."""


def columns_of(names: str | None) -> frozenset[str]:
    """The columns that a cell of ``estimated`` names."""
    return frozenset(filter(None, map(str.strip, (names or "").split(";"))))


def weakest(statuses: Iterable[str]) -> str:
    """Of several figures together. Raises ValueError without any."""
    return max(statuses, key=STATUSES.index)


def status_in(row: str, estimated: Collection[str], columns: Iterable[str]) -> str:
    """Weakest status of the figures in some columns of a row, of which the row calls some estimates; without a column
    that of the row."""
    return weakest([row, *("estimate" for column in columns if column in estimated)])
