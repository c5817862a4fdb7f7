"""Conditional formats of the input workbook: what is missing, wrong or suspicious, and which figures are estimates.
They follow edits.

They say the same as the rules, cell by cell, as far as a formula of a worksheet can; the rules say the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from jaryq.base.home import HOME_CURRENCY
from jaryq.sheets.settings import SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.sheets.words import ESTIMATED
from jaryq.tables.tables import FIRST_DATA_ROW, letters
from jaryq.tables.typed import ODD_BELOW
from jaryq.workbook import style
from jaryq.workbook.lists import Lists

Columns = Sequence[tuple[str, Column | None]]
"""Headings from the left, each with its declaration."""


def highlight(page: Worksheet, sheet: Sheet, columns: Columns, bottom: int, lists: Lists) -> None:
    """All marks of a sheet down to row ``bottom``. Faults win over the data status."""
    right, top = letters(len(columns)), FIRST_DATA_ROW
    filled = f"COUNTA($A{top}:${right}{top})>0"
    for place, (name, column) in enumerate(columns, start=1):
        if column is None or sheet.free or (sheet is SETTINGS and name == "value"):
            continue
        cell, area = f"${letters(place)}{top}", f"{letters(place)}{top}:{letters(place)}{bottom}"
        highlight_cells(page, area, cell, column, lists, filled)
        if sheet.key == (name,):
            keys = f"${letters(place)}${top}:${letters(place)}${bottom}"
            page.conditional_formatting.add(
                area, style.when(f'AND({cell}&""<>"",IFERROR(MATCH({cell},{keys},0),ROW())<ROW()-{top - 1})',
                                 style.WRONG)
            )
    for first, last in runs(sheet, columns) if "data_status" in dict(columns) else ():
        letter = letters([name for name, _ in columns].index("data_status") + 1)
        area, cell, status = (f"{letters(first)}{top}:{letters(last)}{bottom}", f"{letters(first)}{top}",
                              f"${letter}{top}")
        page.conditional_formatting.add(area, style.when(f'AND({cell}&""<>"",{status}="illustrative")',
                                                         style.ILLUSTRATIVE))
        estimates = [f'{status}="estimate"', f'{status}&""=""', *_named(columns, first)]
        page.conditional_formatting.add(area, style.when(f'AND({cell}&""<>"",{_any(estimates)})', style.ESTIMATE))


def _named(columns: Columns, place: int) -> Iterator[str]:
    """Whether the row calls the figure below the heading at a place an estimate."""
    names = [name for name, _ in columns]
    if ESTIMATED.name in names:
        heading = f"{letters(place)}${FIRST_DATA_ROW - 1}"
        listed = f"${letters(names.index(ESTIMATED.name) + 1)}{FIRST_DATA_ROW}"
        yield f'ISNUMBER(SEARCH(";"&{heading}&";",";"&SUBSTITUTE({listed}," ","")&";"))'


def highlight_cells(page: Worksheet, area: str, cell: str, column: Column, lists: Lists, filled: str = "TRUE") -> None:
    """Marks of one column's cells: blank though required (in a row that is ``filled``), wrong, suspicious."""
    if column.required:
        page.conditional_formatting.add(area, style.when(f'AND({cell}&""="",{filled})', style.MISSING))
    for tests, look in ((list(_wrong(column, cell, lists)), style.WRONG),
                        (list(_suspicious(column, cell, lists)), style.SUSPICIOUS)):
        if tests:
            page.conditional_formatting.add(area, style.when(_any(tests), look))


def _wrong(column: Column, cell: str, lists: Lists) -> Iterator[str]:
    """What stops a plan: out of bounds, not whole, not one of the choices, a key that does not stand on its sheet."""
    if column.kind in ("number", "integer"):
        sides = [f"{cell}{sign}{limit:.15g}" for sign, limit in (("<", column.ge), ("<=", column.gt), (">", column.le))
                 if limit is not None]
        sides += [f"{cell}<>INT({cell})"] if column.kind == "integer" else []
        if sides:
            yield f"IF(ISNUMBER({cell}),{_any(sides)})"
    elif column.one_of:
        yield f'AND({cell}&""<>"",ISNA(MATCH({cell}&"",{lists.choices(column)},0)))'
    elif column.ref:
        known = f',{cell}<>"{HOME_CURRENCY}"' if column.ref == "currencies" else ""
        yield f'AND({cell}&""<>""{known},ISNA(MATCH({cell}&"",{lists.keys(column.ref)},0)))'


def _suspicious(column: Column, cell: str, lists: Lists) -> Iterator[str]:
    """What is read but ought to be looked at: a number typed as text, a share where percent are meant (0.4 for 40
    %)."""
    if column.kind in ("number", "integer"):
        yield f"ISTEXT({cell})"
    if column.kind == "yes_no":
        yield f'AND(ISTEXT({cell}),ISNA(MATCH({cell},{lists.choices(column)},0)))'
    if column.unit.startswith("%") and (below := ODD_BELOW.get(column.name)):
        yield f'IF(ISNUMBER({cell}),AND({cell}>0,{cell}<{below:g},LEFT(CELL("format",{cell}),1)<>"P"))'


def _any(tests: Sequence[str]) -> str:
    return f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]


def runs(sheet: Sheet, columns: Columns) -> list[tuple[int, int]]:
    """Neighbouring columns, as first and last place, that show the data status: keys, figures, the status itself."""
    shown = [place for place, (name, column) in enumerate(columns, start=1) if shows_status(sheet, name, column)]
    starts = [place for place in shown if place - 1 not in shown]
    ends = [place for place in shown if place + 1 not in shown]
    return list(zip(starts, ends, strict=True))


def shows_status(sheet: Sheet, name: str, column: Column | None) -> bool:
    """Whether a column's cells are marked by the status of their row."""
    if column is None:
        return False
    if sheet is SETTINGS:
        return name in ("value", "data_status")
    return name in (*sheet.key, "data_status") or column.kind in ("number", "integer")
