"""From a grid of raw values to a Table: canonical headings, cleaned values, rows that are not blank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from model.base.issues import Issue
from model.data.convert import near
from model.data.tables import Table, letters
from model.data.values import Rejected, as_text, clean, hundredfold, show
from model.sheets.settings import SETTING_COLUMNS, SETTINGS
from model.sheets.spec import Column, Sheet

HEADING_ROW = 3


@dataclass(frozen=True)
class Grid:
    """A sheet as it was found: raw values below the headings, with the file's own row numbers.

    ``percent`` holds (row number, column number from 1) of numbers formatted as percent.
    """

    headings: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    numbers: Sequence[int]
    heading_row: int = HEADING_ROW
    percent: Mapping[int, Collection[int]] = field(default_factory=dict)


def canonical(sheet: Sheet, heading: str) -> str | None:
    """The canonical heading: exact name, exact title (en, ru), then both in any case. ``Ceiling in 2026`` -> ``2026``."""
    if sheet.column(heading) is not None:
        return heading
    for fold in (str, str.casefold):
        for column in sheet.columns:
            if (name := _matches(column, heading, fold)) is not None:
                return name
    return None


def _matches(column: Column, heading: str, fold: Callable[[str], str]) -> str | None:
    """The canonical heading if ``heading`` is the column's name or title, under ``fold``."""
    names = (column.name, column.text.en, column.text.ru)
    if not column.family:
        return column.name if fold(heading) in map(fold, names) else None
    for name in (column.name, f"{column.text.en} ", f"{column.text.ru} "):
        member = heading[len(name):].strip().upper()
        if fold(heading[: len(name)]) == fold(name) and column.takes(column.name + member):
            return column.name + member
    return None


def table_of(sheet: Sheet, grid: Grid) -> tuple[Table, list[Issue]]:
    """The sheet's table and what is wrong with its headings and percent formats.

    Required columns that are missing are reported, and stand in the frame filled with :class:`Rejected` (without letters).
    """
    places, issues = _places(sheet, grid)
    columns = {name: _values(sheet, name, [row[place] if place < len(row) else None for row in grid.rows]) for name, place in places.items()}
    kept = [i for i in range(len(grid.rows)) if any(values[i] is not None for values in columns.values())]
    rows = tuple(grid.numbers[i] for i in kept)
    columns = {name: [values[i] for i in kept] for name, values in columns.items()}
    for name, place in places.items():
        if place + 1 in grid.percent and not sheet.free:
            issues += _unformat(sheet, name, columns, rows, grid.percent[place + 1], letters(place + 1))
    for column in sheet.columns:
        if column.required and not sheet.free and column.name not in places:
            issues.append(Issue("missing_column", sheet.name, column=column.name, slots={"name": column.name}))
            columns[column.name] = [Rejected()] * len(rows)
    frame = pd.DataFrame({name: _objects(values) for name, values in columns.items()}, index=range(len(rows)), dtype=object)
    return Table(sheet.name, frame, rows, {name: letters(place + 1) for name, place in places.items()}), issues


def _objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _places(sheet: Sheet, grid: Grid) -> tuple[dict[str, int], list[Issue]]:
    """Where each canonical heading stands (column positions from 0)."""
    places: dict[str, int] = {}
    issues: list[Issue] = []
    width = max((len(row) for row in grid.rows), default=0)
    for place in range(max(width, len(grid.headings))):
        raw = as_text(grid.headings[place]) if place < len(grid.headings) else None
        cell = f"{letters(place + 1)}{grid.heading_row}"
        if raw is None:
            used = next((n for n, row in zip(grid.numbers, grid.rows, strict=True) if place < len(row) and _filled(row[place])), None)
            told = place < len(grid.headings) and isinstance(grid.headings[place], Rejected)
            if used is not None and not told and not sheet.free:
                issues.append(Issue("missing_heading", sheet.name, cell, slots={"first": f"{letters(place + 1)}{used}"}))
        elif not raw.startswith("#"):
            name = canonical(sheet, raw) or (raw if sheet.free else None)
            if name is None:
                issues.append(Issue("unknown_column", sheet.name, cell, raw, raw, {"hint": near(raw, _known(sheet))}))
            elif name not in places:
                places[name] = place
            elif not sheet.free:
                issues.append(Issue("duplicate_column", sheet.name, cell, name, raw))
    return places, issues


def _filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or clean(value) is not None)


def _known(sheet: Sheet) -> list[str]:
    plain = [column.name for column in sheet.columns if not column.family]
    families = [f"{column.name}{'2026' if column.family == 'year' else 'JP'}" for column in sheet.columns if column.family]
    return plain + families


def _values(sheet: Sheet, name: str, raw: list[Any]) -> list[Any]:
    """Cleaned values of a column; text columns hold texts only. The value of a setting stays what it was typed as."""
    column = sheet.column(name)
    if column is not None and column.kind == "text" and not (sheet is SETTINGS and name == "value"):
        return [_text(value) for value in raw]
    return [_value(value) for value in raw]


def _text(value: Any) -> str | None:
    return value if isinstance(value, Rejected) else as_text(value)


def _value(value: Any) -> Any:
    """Numbers and booleans as they are, texts cleaned, days as text (a day is never a number)."""
    if value is None or isinstance(value, (Rejected, bool, int, float)):
        return value
    return clean(value) if isinstance(value, str) else show(value)


def _unformat(sheet: Sheet, name: str, columns: dict[str, list[Any]], rows: Sequence[int], percent: Collection[int], letter: str) -> list[Issue]:
    """Turn numbers formatted as percent (0.125 shown as 12.5 %) into percent numbers, where the unit is percent."""
    values, issues = columns[name], list[Issue]()
    for position, row in enumerate(rows):
        value = values[position]
        if row in percent and isinstance(value, (int, float)) and not isinstance(value, bool):
            if is_percent(sheet, name, {key: cells[position] for key, cells in columns.items()}):
                values[position] = hundredfold(float(value))
            else:
                shown = f"{show(hundredfold(float(value)))} %"
                issues.append(Issue("percent_format", sheet.name, f"{letter}{row}", name, shown, {"read": show(value)}))
    return issues


def is_percent(sheet: Sheet, name: str, row: Mapping[str, Any]) -> bool:
    """Whether a number of column ``name`` is in percent, by the column's unit, the setting's, or the row's own ``unit``."""
    column = sheet.column(name)
    if sheet is SETTINGS and name == "value":
        column = next((setting for setting in SETTING_COLUMNS if setting.name == row.get("setting")), None)
    if column is None:
        return False
    unit = str(row.get("unit")) if column.unit == "number" and "unit" in row else column.unit
    return unit.startswith("%")
