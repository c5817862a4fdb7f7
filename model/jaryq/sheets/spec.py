"""The shape of a declaration: a column, a sheet. Template, reader, rules and documents follow from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jaryq.base.text import Lang, Text
from jaryq.base.units import UNITS, Unit

Kind = Literal["text", "number", "integer", "yes_no"]
Cell = str | float | int | bool | None


@dataclass(frozen=True)
class Yearly:
    """What the years of a family of columns hold, so what a shift of them means (docs/numbers.md, Scenarios that
    shift): ``work``, an amount that moves and leaves a blank; ``money``, one that leaves a 0, for a blank would be no
    limit; ``rule``, what holds in a year in place of another column, so that a blank is left; ``level``, which is as it
    was until it comes.

    ``carried``: a blank is as the year before. ``grows``: the column that says by how many percent a blank after the
    last year stated (with ``carried``: any blank) exceeds the year before; ``then``: the column that says what such a
    year is."""

    late: Literal["work", "money", "rule", "level"]
    carried: bool = False
    grows: str = ""
    then: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    ``ref`` names the sheet whose key the value must be (``a|b``: of either). ``family`` turns the column into a family
    of columns whose headings are ``name`` + something: a year (``spend_2026``, ``2026``), an ISO country
    (``content_JP``) or the key of a quantity in small letters (``q_mw``); ``yearly``: what years of an input sheet
    hold. A blank is ``default`` where the column has one; otherwise it is None where ``required`` is false, or an
    issue. ``numbers``: a text column that holds numbers separated by ``;``, each in the unit and bounds; ``headings``:
    one that holds headings of its own sheet. Bounds are inclusive (``ge``, ``le``) or strict (``gt``).
    """

    name: str
    kind: Kind
    text: Text
    note: Text
    unit: str = ""
    required: bool = False
    default: Cell = None
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    numbers: bool = False
    headings: bool = False
    one_of: tuple[str, ...] = ()
    ref: str = ""
    family: Literal["", "year", "country", "quantity"] = ""
    example: Cell = None
    width: int = 14
    yearly: Yearly | None = None

    def __post_init__(self) -> None:
        if self.unit and self.unit not in UNITS:
            raise ValueError(f"{self.name}: unknown unit {self.unit!r}")
        if self.required and self.default is not None:
            raise ValueError(f"{self.name}: a required column has no default")
        if self.one_of and self.default is not None and self.default not in self.one_of:
            raise ValueError(f"{self.name}: the default is not an allowed value")

    @property
    def unit_of(self) -> Unit | None:
        return UNITS[self.unit] if self.unit else None

    @cached_property
    def choices(self) -> Mapping[str, str]:
        """The allowed values by themselves in small letters."""
        return {word.casefold(): word for word in reversed(self.one_of)}

    def takes(self, heading: str) -> bool:
        """Whether ``heading`` names this column, or a member of its family."""
        if self.family == "year":
            return re.fullmatch(re.escape(self.name) + r"(19|20|21)[0-9][0-9]", heading) is not None
        if self.family == "country":
            return re.fullmatch(re.escape(self.name) + r"[A-Z]{2,3}", heading) is not None
        if self.family == "quantity":
            return re.fullmatch(re.escape(self.name) + r"[A-Za-z0-9_]{1,24}", heading) is not None
        return heading == self.name


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (short, stable, English), key columns, columns in order, title and note.

    ``required``: the sheet must be there. ``free``: a sheet for people (any columns, not read by the model).
    ``ordered``: its rows work from the top, so they are never sorted. ``addable``: a change that names a key which
    no row has makes the row.
    """

    name: str
    text: Text
    note: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    free: bool = False
    ordered: bool = False
    addable: bool = False

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.name}: a column is declared twice")
        if missing := set(self.key) - set(names):
            raise ValueError(f"{self.name}: key columns {missing} are not declared")
        if len(self.name) > 31:
            raise ValueError(f"{self.name}: Excel sheet names stop at 31 characters")

    def column(self, heading: str) -> Column | None:
        """The column (or the family) that ``heading`` belongs to, or None."""
        named = self.at.get(heading)
        if named is not None and not named.family:
            return named
        return next((family for family in self.families if family.takes(heading)), None)

    @cached_property
    def at(self) -> Mapping[str, Column]:
        """Columns, and families of columns, by the name they are declared under."""
        return {column.name: column for column in self.columns}

    @cached_property
    def families(self) -> tuple[Column, ...]:
        """The columns that are families: each takes headings by their form, so none can be found by its name."""
        return tuple(column for column in self.columns if column.family)

    def title(self, lang: Lang = "en") -> str:
        return self.text.say(lang)
