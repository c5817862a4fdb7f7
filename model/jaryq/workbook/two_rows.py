"""Headings that stand in two rows: names over units, years or parts of names, merged or not; units or numbers of the
columns below the headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from jaryq.base.text import Text
from jaryq.sheets.aliases import LONGEST, heading, is_unit, unit_behind
from jaryq.sheets.spec import Sheet
from jaryq.tables.values import Rejected
from jaryq.workbook.grid import Heads
from jaryq.workbook.locate import heading_text

UNITS = Text("the units of the columns", "единицы столбцов")
NUMBERED = Text("the numbers of the columns", "номера столбцов")

MOST_READ = 300
"""Cells of a second row that are looked at: more are no row of headings that people wrote."""

LEAST_NUMBERED = 3
_DASH = re.compile(r"[-–—−]+")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
Row = Sequence[Any]


def heads(sheet: Sheet, rows: Sequence[Row], row: int) -> Heads:
    """The headings of a table whose row of headings is ``row`` (counted from 1), with those that stand right above or
    below it."""
    found = Heads(list(rows[row - 1]) if 0 < row <= len(rows) else [], row, row)
    if sheet.free or not found.values:
        return found
    if row > 1:
        found = _filled_from(sheet, rows[row - 2], found) or found
    for below in rows[row: row + 2]:
        longer = _with(sheet, found, below)
        if longer is None:
            break
        found = longer
    return found


def _filled_from(sheet: Sheet, above: Row, found: Heads) -> Heads | None:
    """Headings that have no name, or only the lower part of one, with what stands above them; None where that gives
    nothing, or where the upper row holds titles of the headings below."""
    values, lifted = list(found.values), dict(found.lifted)
    values += [None] * (min(len(above), MOST_READ) - len(values))
    texts = [heading_text(value) for value in values[:MOST_READ]]
    if not any(text is None and heading_text(above[place]) if place < len(above) else False
               for place, text in enumerate(texts)) and all(map(partial(_heading, sheet), filter(None, texts))):
        return None  # nothing is to be found
    known = {name for text in texts if (name := _heading(sheet, text))}
    over = ""
    for place, bottom in enumerate(texts):
        top = heading_text(above[place]) if place < len(above) else None
        over = top or over
        lower = _heading(sheet, bottom)
        name = _heading(sheet, top)
        if lower is not None:
            if name == lower and not _YEAR.fullmatch(lower):
                return None  # titles above names
            continue
        whole = top if bottom is None and name else _together(sheet, over, bottom) if bottom else None
        if whole and (name if bottom is None else whole) not in known:
            values[place], lifted[place] = whole, 1
    if not lifted:
        return None
    for place, bottom in enumerate(texts):  # columns of one's own, too, may be headed above
        top = heading_text(above[place]) if place < len(above) else None
        if top and place not in lifted and (bottom is None or (top.startswith("#") and not _heading(sheet, bottom))):
            values[place], lifted[place] = f"{top} {bottom}" if bottom else top, 1
    return replace(found, values=values, lifted=lifted, first=found.row - 1)


def _with(sheet: Sheet, found: Heads, below: Row) -> Heads | None:
    """The headings with the row below them, if that belongs to them."""
    if _is_numbered(sheet, found.values, below):
        return _longer(found, passed={0: NUMBERED})
    values = list(found.values) + [None] * (min(len(below), MOST_READ) - len(found.values))
    units: dict[int, tuple[str, int]] = {}
    joined: dict[int, str] = {}
    strange: list[int] = []
    over, keyed = "", False
    for place, value in enumerate(below[:MOST_READ]):
        top = heading_text(values[place])
        over = top or over
        text = heading_text(value)
        if text is None or _DASH.fullmatch(text):
            continue
        if isinstance(value, bool | Rejected) or (isinstance(value, int | float) and not _YEAR.fullmatch(text)):
            return None
        name = _heading(sheet, top)
        column = sheet.column(name) if name else None
        keyed = keyed or name in sheet.key
        if column is not None and column.kind in ("number", "integer") and is_unit(text):
            units[place] = (text, 0)
        elif name not in sheet.key and (whole := _together(sheet, over, text)
                                        or ("" if name else _heading(sheet, text))):
            joined[place] = whole
        else:
            strange.append(place)
    if not (units or joined or _years_alone(sheet, values, below, strange) or _parts(sheet, values, strange)):
        return None
    if keyed and not units:
        return None
    if (units or joined) and not _parts(sheet, values, strange):  # what stands below a heading of one's own is nothing
        strange = [place for place in strange if (text := heading_text(values[place])) is None
                   or _heading(sheet, text) or _YEAR.fullmatch(heading_text(below[place]) or "")]
    for place in strange:
        values[place] = Rejected() if _heading(sheet, heading_text(values[place])) is None else values[place]
    values = [joined.get(place, value) for place, value in enumerate(values)]
    unclear = None
    if strange:
        place = strange[0]
        parts = (heading_text(found.values[place]) if place < len(found.values) else None, heading_text(below[place]))
        unclear = (place, 0, " / ".join(part for part in parts if part))
    return _longer(found, values=values, units=units, unclear=unclear,
                   lifted={place: 0 if place in joined else 1 for place in range(len(values))},
                   passed={0: UNITS} if units and not joined and not strange else {})


def _longer(found: Heads, *, lifted: Mapping[int, int] | None = None,
            units: Mapping[int, tuple[str, int]] = MappingProxyType({}), passed: Mapping[int, Text],
            unclear: tuple[int, int, str] | None = None, values: Row | None = None) -> Heads:
    """The headings with one row more, in which what is given stands."""
    higher = dict.fromkeys(range(len(found.values)), 1) if lifted is None else lifted
    before = found.unclear and (found.unclear[0], found.unclear[1] + 1, found.unclear[2])
    return Heads(
        found.values if values is None else values, found.row + 1, found.first,
        {place: rows + (found.lifted.get(place, 0) if rows else 0) for place, rows in higher.items()},
        {**{place: (unit, rows + 1) for place, (unit, rows) in found.units.items()}, **units},
        {**{rows + 1: what for rows, what in found.passed.items()}, **passed}, before or unclear)


def _years_alone(sheet: Sheet, values: Row, below: Row, strange: Sequence[int]) -> bool:
    """Whether a row holds several years and nothing else, under headings that nobody knows: ``Plan`` over 2026 and
    2027."""
    years = {text for place in strange if (text := heading_text(below[place])) and _YEAR.fullmatch(text)}
    return (len(years) > 1 and len(years) == len(strange) and any(column.family == "year" for column in sheet.columns)
            and all(_heading(sheet, heading_text(values[place])) is None for place in strange))


def _parts(sheet: Sheet, values: Row, strange: Sequence[int]) -> bool:
    """Whether texts stand under a heading that nobody knows and under blanks right behind it: ``Price`` over ``net``
    and ``gross``."""
    return any(place - 1 in strange and heading_text(values[place]) is None
               and (top := heading_text(values[place - 1])) and _heading(sheet, top) is None for place in strange)


def _is_numbered(sheet: Sheet, values: Row, below: Row) -> bool:
    """Whether a row counts the columns, 1, 2, 3, as forms do: a column of texts that is no key is among them."""
    if next((text for value in below[:MOST_READ] if (text := heading_text(value))), "") != "1":
        return False
    headed = [(place, name) for place, value in enumerate(values[:MOST_READ])
              if (text := heading_text(value)) and (name := _heading(sheet, text) or text)]
    if len(headed) < LEAST_NUMBERED or any(place >= len(below) for place, _ in headed):
        return False
    counted = [heading_text(below[place]) for place, _ in headed]
    texts = any((column := sheet.column(name)) is not None and column.kind == "text" and name not in sheet.key
                for _, name in headed)
    return texts and counted == [str(number) for number in range(1, len(headed) + 1)]


def _heading(sheet: Sheet, text: str | None) -> str | None:
    return heading(sheet, text) if text and len(text) <= LONGEST else None


def _together(sheet: Sheet, top: str, bottom: str | None) -> str:
    """The one heading that two texts above each other make: ``Name`` over ``English``, ``Spending, bn KZT`` over
    2027."""
    if not top or not bottom or len(top) + len(bottom) > LONGEST or is_unit(bottom):
        return ""
    bare, unit = unit_behind(top)
    found = {name for over in {top, bare if is_unit(unit) else top}
             for said in (f"{over} {bottom}", f"{over} ({bottom})", f"{over} in {bottom}", f"{over} в {bottom}")
             if (name := _heading(sheet, said))}
    return found.pop() if len(found) == 1 else ""
