"""A small table of a page: heading, columns, rows, sentences beneath; of partner pages and of front pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jaryq.base.text import Text
from jaryq.report.shapes import Value, plus


@dataclass(frozen=True)
class Field:
    """A column of a block: heading, unit (a name of ``UNITS``, or words), whether it has a total, whether bars in its
    cells show its figures, and whether these keep two decimals whatever their size: terms, and amounts that stand on
    other pages too, which are rounded one by one to be alike there (their total is that of the rounded ones)."""

    head: Text
    unit: str | Text = ""
    total: bool = False
    bar: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Block:
    """A small table: heading, columns, rows in their order, sentences beneath. ``strong``: rows that stand out;
    ``whole``: all rows are shown at once, however many; ``adds``: a column that is the sum of others in each row in
    which it is, with these, so that they are rounded together (``report.adding_up``); ``under``: the same of rows;
    ``between``: an amount, its least and its most, which are rounded so that they hold it as printed."""

    head: Text
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Text, ...] = ()
    strong: frozenset[int] = frozenset()
    whole: bool = False
    adds: tuple[tuple[int, tuple[int, ...]], ...] = ()
    under: tuple[tuple[int, tuple[int, ...]], ...] = ()
    between: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.fields) for row in self.rows):
            raise ValueError(f"{self.head.en}: a row does not fit the columns")

    def without_empty(self) -> Block:
        """Without the columns in which no row has anything, if there are rows; what adds up is found again."""
        kept = [c for c in range(len(self.fields)) if not self.rows or any(row[c] is not None for row in self.rows)]
        if len(kept) == len(self.fields):
            return self
        now = {c: at for at, c in enumerate(kept)}
        adds = ((now[c], tuple(now[part] for part in parts if part in now)) for c, parts in self.adds if c in now)
        return replace(self, fields=tuple(self.fields[c] for c in kept),
                       rows=tuple(tuple(row[c] for c in kept) for row in self.rows),
                       adds=tuple((c, parts) for c, parts in adds if parts),
                       between=tuple((now[a], now[b], now[c]) for a, b, c in self.between if {a, b, c} <= now.keys()))

    def total(self, heading: str) -> float:
        """Sum of a column by its English heading."""
        at = {field.head.en: i for i, field in enumerate(self.fields)}[heading]
        return plus(row[at] for row in self.rows)
