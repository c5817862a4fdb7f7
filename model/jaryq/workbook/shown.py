"""What cells show beside their values, or instead of them: percent, units in number formats, texts with parts struck
out or raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jaryq.base.issues import Issue
from jaryq.sheets.aliases import setting_called
from jaryq.sheets.scenarios import SCENARIO_CHANGES
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Column, Sheet
from jaryq.tables.numerals import plain_number
from jaryq.tables.values import Denominated, Rejected, Stated, hundredfold, show
from jaryq.workbook.marks import Marks

Columns = dict[str, list[Any]]


def as_shown(sheet: Sheet, places: Mapping[str, int], columns: Columns, rows: Sequence[int], cells: Mapping[str, str],
             marks: Marks) -> list[Issue]:
    """Put what the marks tell into the values of a table; the issues of what is shown otherwise than it is read."""
    issues: list[Issue] = []
    here = {row: position for position, row in enumerate(rows)} if marks.parts or marks.units else {}
    names = {place + 1: name for name, place in places.items()}
    for (row, letter), parts in sorted(marks.parts.items()):
        if row in here and letter in names:
            issues.append(_parts(sheet, names[letter], columns, here[row], f"{cells[names[letter]]}{row}", parts))
    for (letter, unit), runs in marks.units.items():
        for row in (row for first, last in runs for row in range(first, last + 1)
                    if row in here) if letter in names else ():
            value = columns[names[letter]][here[row]]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                columns[names[letter]][here[row]] = Denominated(float(value), unit.said, unit.thousands)
            elif _is_change(sheet, names[letter]) and isinstance(value, str):
                columns[names[letter]][here[row]] = f"{value} {unit.said}"
    for name, place in places.items():
        if percent := marks.percent.get(place + 1):
            issues += _unformat(sheet, name, columns, rows, percent.__contains__, cells[name])
    return issues


def _is_change(sheet: Sheet, name: str) -> bool:
    """Whether a text stands for a number in a cell of another sheet."""
    return sheet is SCENARIO_CHANGES and name == "value"


def _parts(sheet: Sheet, name: str, columns: Columns, position: int, cell: str, parts: object) -> Issue:
    """Parts of a text that look different are not joined where the text decides something: a number, a key, a name of
    another row."""
    column = declared(sheet, name, {key: columns[key][position] for key in ("setting",) if key in columns})
    value = columns[name][position]
    free = column is None or (column.kind == "text"
                              and not (column.numbers or column.headings or column.ref or name in sheet.key
                                       or _is_change(sheet, name)))
    if not free:
        columns[name][position] = Rejected(show(value))
    return Issue("text_in_parts" if free else "parts_apart", sheet.name, cell, name, show(value), {"parts": parts})


def _unformat(sheet: Sheet, name: str, columns: Columns, rows: Sequence[int], percent: Callable[[object], bool],
              letter: str) -> list[Issue]:
    """Turn numbers formatted as percent (0.125 shown as 12.5 %) into percent numbers, where the unit is percent."""
    values, issues = columns[name], list[Issue]()
    for position, row in enumerate(rows):
        value = values[position]
        if not percent(row):
            continue
        if (_is_change(sheet, name) and isinstance(value, str) and not isinstance(value, Rejected)
            and (number := plain_number(value)) is not None):
            values[position] = f"{show(hundredfold(number))} %"
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            continue
        unit = unit_of(sheet, name, {key: columns[key][position] for key in ("setting", "unit") if key in columns})
        if unit.startswith("%"):
            values[position] = Stated(hundredfold(float(value)))
        elif unit != "share":
            shown = f"{show(hundredfold(float(value)))} %"
            issues.append(Issue("percent_format", sheet.name, f"{letter}{row}", name, shown, {"read": show(value)}))
    return issues


def declared(sheet: Sheet, name: str, row: Mapping[str, Any]) -> Column | None:
    """The declaration of a cell: its column's, or its setting's."""
    if sheet is SETTINGS and name == "value":
        called = row.get("setting")
        known = setting_called(called) if isinstance(called, str) and len(called) < 200 else None
        return None if known is None else SETTING_AT.get(known.name)
    return sheet.column(name)


def unit_of(sheet: Sheet, name: str, row: Mapping[str, Any]) -> str:
    """The unit of a number in column ``name``: the column's, the setting's, or the row's own ``unit``."""
    column = declared(sheet, name, row)
    if column is None:
        return ""
    return str(row.get("unit")) if column.unit == "number" and "unit" in row else column.unit
