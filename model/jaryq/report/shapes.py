"""The shapes a report is made of: output tables and sections of the overview, as values without language, fonts or
cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from jaryq.base.counted import unit_after
from jaryq.base.text import Text
from jaryq.base.units import UNITS
from jaryq.sheets.results import RESULT
from jaryq.sheets.spec import Sheet

Value = str | float | int | bool | Text | None
"""What a cell may hold; a Text is written in the language of the workbook."""


def is_number(value: object) -> TypeGuard[int | float]:
    """A yes or no is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_number(value: Value) -> float:
    """A cell as a number; 0 for a blank, a text or a truth."""
    return float(value) if is_number(value) else 0.0


@dataclass(frozen=True)
class Out:
    """One output table: the columns of ``RESULT[sheet]`` that are used, rows by heading, and what is added up.

    ``row_sums[heading]`` names the family whose columns the cell adds up (``total`` -> ``cost_``); the row holds the
    value too. ``sums``: headings with a total beneath the table. ``groups``: heading by whose values subtotals stand
    beneath the table. ``levels``: headings (balances) that have subtotals but no total. ``formulas[heading]``: terms
    that the cell adds up (``-principal``, ``drawn*rate``); terms of columns that are not shown are left out, the row
    holds the value too. ``rounded``: those rounded to a tenge. ``alike``: headings whose figures are of one unit in
    each row, so that they share their decimals. ``bands``: words above headings, one over all neighbours that share it.
    ``remarks``: sentences beneath the table. ``form``: the declaration where it is not one of ``RESULT``.
    """

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]
    row_sums: Mapping[str, str] = field(default_factory=dict)
    sums: tuple[str, ...] = ()
    groups: str = ""
    remarks: tuple[Text, ...] = ()
    form: Sheet | None = None
    levels: tuple[str, ...] = ()
    formulas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rounded: tuple[str, ...] = ()
    bands: Mapping[str, Text] = field(default_factory=dict)
    alike: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if unknown := [heading for heading in self.headings if self.declared.column(heading) is None]:
            raise ValueError(f"{self.sheet}: columns {unknown} are not declared")

    @property
    def declared(self) -> Sheet:
        return self.form or RESULT[self.sheet]

    def family(self, name: str) -> tuple[str, ...]:
        """The headings of a family of columns, in order."""
        declared = self.declared
        return tuple(h for h in self.headings if (c := declared.column(h)) is not None and c.family and c.name == name)

    def total(self, heading: str, group: Value = None) -> float:
        """Sum of a column over all rows, or over the rows of a group."""
        return plus(row.get(heading) for row in self.rows if group is None or row.get(self.groups) == group)

    def stated(self, heading: str, group: Value = None) -> bool:
        """Whether any of these rows has something to add up: a total of blanks is a blank, not 0."""
        return any(row.get(heading) is not None for row in self.rows if group is None or row.get(self.groups) == group)

    def group_values(self) -> tuple[Value, ...]:
        """The groups in the order of their first rows; years in their own."""
        found = list(dict.fromkeys(row.get(self.groups) for row in self.rows)) if self.groups else []
        return tuple(sorted(found, key=_year) if all(isinstance(value, int) for value in found) else found)


@dataclass(frozen=True)
class Ref:
    """A figure that stands under another table: the total of ``heading`` on ``sheet``, or its subtotal for
    ``group``."""

    sheet: str
    heading: str
    group: Value = None


@dataclass(frozen=True)
class Fact:
    """A key figure: label, value, unit (a name of ``UNITS`` or ""; ``said``: in words where it is none of them), a
    short sentence. ``strong``: in bold. ``key``: by which a front page finds it."""

    label: Text
    value: Value
    unit: str = ""
    note: Text | None = None
    strong: bool = False
    said: Text | None = None
    key: str = ""

    @property
    def beside(self) -> Text | None:
        """What stands behind the value: its unit, a noun in the form that the number asks for; None without one."""
        unit = self.said or (UNITS[self.unit].symbol if self.unit else None)
        if unit is None or isinstance(self.value, (str, Text)) or self.value is None or not math.isfinite(self.value):
            return unit
        near = round(self.value) if abs(self.value) >= WHOLE_FROM or abs(self.value - round(self.value)) < FINE \
            else self.value
        return unit_after(near, unit)


WHOLE_FROM, FINE = 100.0, 0.005
"""From so much on, and so near to one, figures are shown as whole numbers."""


@dataclass(frozen=True)
class Strip:
    """A small table by year with live references: rows of (label, references by year), the total row first named.

    ``total``: name of a last row that is the sum of the rows above; ``chart``: title of the stacked columns drawn from
    it.
    """

    head: Text
    unit: str
    years: tuple[int, ...]
    rows: tuple[tuple[Text, tuple[Ref, ...]], ...]
    total: Text
    chart: Text | None = None


@dataclass(frozen=True)
class Section:
    """A section of the overview: heading, sentence, key figures, and perhaps a strip by year."""

    head: Text
    lead: Text
    facts: tuple[Fact, ...] = ()
    strips: tuple[Strip, ...] = ()


def _year(value: Value) -> int:
    return value if isinstance(value, int) else 0


def plus(values: Iterable[object]) -> float:
    """Exact sum of the numbers among ``values`` (blank cells and texts count as nothing)."""
    return math.fsum(v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool))
