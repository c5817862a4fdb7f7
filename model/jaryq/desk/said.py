"""A value as a cell of the grid shows it, and what is meant by what is typed there."""

from __future__ import annotations

import math

from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.numerals import Ambiguous, Marked, number_of
from jaryq.tables.tables import Table
from jaryq.tables.values import Denominated, Rejected, Shown, clean, show

Typed = str | float | int | bool | None
LONGEST = 32_000
"""Letters of a cell."""


def shown_of(value: object) -> str | float | None:
    """What a cell shows: a number as a number, all else as text; None for a blank one."""
    if value is None or isinstance(value, Rejected):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Shown):
        return value.text
    if isinstance(value, Denominated):
        return f"{float(value):.15g} {value.said}"
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else str(value)
    return show(value) or None


def value_of(column: Column | None, said: object) -> Typed:
    """What a cell of a column holds once something is typed there: a number where a number is wanted and one is meant
    beyond doubt, else the text, which the check then speaks of."""
    if isinstance(said, bool) or said is None:
        return said
    if isinstance(said, int | float):
        return float(said) if math.isfinite(said) else str(said)
    text = clean(str(said)[:LONGEST])
    if text is None or column is None or column.kind not in ("number", "integer"):
        return text
    try:
        number = number_of(text)
    except (Ambiguous, Marked):
        return text
    return number if number is not None and math.isfinite(number) else text


def column_of(sheet: Sheet, table: Table, row: int, name: str) -> Column | None:
    """The declaration of a cell: that of its column, or of its setting."""
    if sheet is SETTINGS and name == "value":
        return SETTING_AT.get(str(table.values["setting"][table.rows.index(row)]))
    return sheet.column(name)
