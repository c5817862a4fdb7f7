"""Checks that follow from the declarations alone: types, bounds, allowed values, keys, references. All issues at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from model.base.issues import Issue
from model.base.text import Lang, Text
from model.data.convert import convert, near
from model.data.tables import Table, Tables
from model.data.values import Rejected, hundredfold, show
from model.sheets.inputs import INPUT
from model.sheets.settings import SETTING_COLUMNS, SETTINGS
from model.sheets.spec import Cell, Column, Sheet

ODD_BELOW_ONE = frozenset({"import_share", "max_share", "keep", "procurement_share", "tied_share", "content_"})
"""Columns in percent where a value between 0 and 1 is more likely a fraction typed by mistake than a small percentage."""

HOME_CURRENCY = "KZT"
"""The currency of the workbook: it needs no row in currencies."""


MOST_HINTS = 20
"""Strange keys of a column for which the nearest known one is looked up (each look-up reads all known keys)."""


def typed(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with typed values (str, float, int, bool, None), and the issues of every cell.

    Frames hold every declared column in declared order (families: the members that are there), blank where the input had
    none; defaults are not filled in. A cell with an issue that stops is None, the others of its row stay. Free sheets pass.
    """
    issues: list[Issue] = []
    sheets: dict[str, Table] = {}
    for name, table in tables.sheets.items():
        sheet = INPUT.get(name)
        if sheet is None:
            issues.append(Issue("unknown_sheet", name, value=name, slots={"hint": near(name, INPUT)}))
        elif sheet.free:
            sheets[name] = table
        else:
            sheets[name], found = _typed(sheet, table)
            issues += found
    done = Tables(tables.name, sheets)
    if SETTINGS.name in sheets:
        issues += _required_settings(sheets[SETTINGS.name])
    for name, table in sheets.items():
        if not INPUT[name].free:
            issues += _keys(INPUT[name], table)
            done, found = _references(INPUT[name], table, done)
            issues += found
    return done, _in_order(issues, done)


def _typed(sheet: Sheet, table: Table) -> tuple[Table, list[Issue]]:
    """One table, column by column."""
    issues: list[Issue] = []
    present = list(table.frame.columns)
    for name in present:
        if sheet.column(name) is None:
            hint = near(name, [column.name for column in sheet.columns])
            issues.append(Issue("unknown_column", sheet.name, column=name, value=name, slots={"hint": hint}))
    values: dict[str, list[Cell]] = {}
    for column in sheet.columns:
        names = sorted(filter(column.takes, present)) if column.family else [column.name]
        for name in names:
            if sheet is SETTINGS and name == "value":
                values[name], found = _settings(table)
            elif name in present:
                values[name], found = _column(column, name, table)
            else:
                values[name], found = [None] * len(table), []
                if column.required and present:
                    found = [Issue("missing_column", sheet.name, column=name, slots={"name": name})]
            issues += found
    return Table(sheet.name, _frame(values, len(table)), table.rows, table.columns), issues


def _frame(columns: Mapping[str, list[Cell]], rows: int) -> pd.DataFrame:
    """A frame of Python values: pandas would turn None into NaN, and whole columns of texts into its own strings."""
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()}, index=range(rows), dtype=object)


def _column(column: Column, name: str, table: Table) -> tuple[list[Cell], list[Issue]]:
    raw = table.frame[name].tolist()
    odd = column.unit == "%" and column.name in ODD_BELOW_ONE
    if not odd and (whole := _at_once(column, raw)) is not None:
        return whole, []
    values: list[Cell] = []
    issues: list[Issue] = []
    for position, value in enumerate(raw):
        cell, faults = convert(column, value)
        values.append(cell)
        issues += [Issue(fault.code, table.sheet, table.cell(position, name), name, show(value), fault.slots) for fault in faults]
        if cell is None and column.required and not faults and not isinstance(value, Rejected):
            issues.append(_missing(column, name, table, position))
        if odd and isinstance(cell, float) and 0 < cell < 1:
            slots = {"times": show(hundredfold(cell))}
            issues.append(Issue("percent_below_one", table.sheet, table.cell(position, name), name, show(cell), slots))
    return values, issues


def _at_once(column: Column, raw: list[Any]) -> list[Cell] | None:
    """The whole column's values where nothing is wrong with any of them, else None. Texts repeat: each is converted once."""
    kinds = set(map(type, raw))
    if kinds <= {type(None)}:
        return None if column.required and raw else raw
    if column.required and type(None) in kinds:
        return None
    if column.kind == "number" and kinds <= {float, type(None)}:
        numbers = np.array([value for value in raw if value is not None])
        fine = np.isfinite(numbers).all() and all(
            not convert(column, float(value))[1] for value in (numbers.min(), numbers.max()))
        return raw if fine else None
    if column.kind == "text" and kinds <= {str, type(None)}:
        cells = {value: convert(column, value) for value in set(raw)}
        if any(faults or (cell is None and value is not None) for value, (cell, faults) in cells.items()):
            return None
        return [cells[value][0] for value in raw]
    return None


def _missing(column: Column, name: str, table: Table, position: int) -> Issue:
    return Issue("missing_value", table.sheet, table.cell(position, name), name, slots={"what": _what(column)})


def _what(column: Column) -> Text:
    """The column's title with its unit."""
    def say(lang: Lang) -> str:
        unit = f", {column.unit_of.symbol.say(lang)}" if column.unit_of else ""
        return f"{column.text.say(lang)}{unit}"
    return Text(say("en"), say("ru"))


def _settings(table: Table) -> tuple[list[Cell], list[Issue]]:
    """Each setting's value by its own declaration; the issue's column is the setting's name."""
    declared = {setting.name: setting for setting in SETTING_COLUMNS}
    values: list[Cell] = []
    issues: list[Issue] = []
    for position, record in table.records():
        value = record.get("value")
        name, _ = convert(SETTINGS.columns[0], record.get("setting"))
        setting = declared.get(str(name))
        if setting is None:
            values.append(None)
            continue
        cell, faults = convert(setting, value)
        values.append(cell)
        place = table.cell(position, "value")
        issues += [Issue(fault.code, table.sheet, place, setting.name, show(value), fault.slots) for fault in faults]
        if cell is None and setting.required and not faults and not isinstance(value, Rejected):
            issues.append(Issue("missing_value", table.sheet, place, setting.name, slots={"what": _what(setting)}))
    return values, issues


def _required_settings(table: Table) -> list[Issue]:
    """Required settings that have no row at all."""
    there = set(table.frame["setting"])
    return [Issue("missing_value", table.sheet, column=setting.name, slots={"what": _what(setting)})
            for setting in SETTING_COLUMNS if setting.required and setting.name not in there]


def _keys(sheet: Sheet, table: Table) -> list[Issue]:
    """Keys that stand twice. A blank part counts as a value where the column may be blank (crews of the whole country)."""
    needed = [sheet.column(name) for name in sheet.key]
    seen: dict[tuple[Cell, ...], int] = {}
    issues: list[Issue] = []
    parts = zip(*(table.frame[name].tolist() for name in sheet.key), strict=True)
    for position, key in enumerate(parts):
        if any(part is None and column is not None and column.required for part, column in zip(key, needed, strict=True)):
            continue
        first = seen.setdefault(key, position)
        if first != position:
            slots = {"other": table.cell(first, sheet.key[0]), "column": ", ".join(sheet.key)}
            value = ", ".join(show(part) for part in key if part is not None)
            issues.append(Issue("duplicate_key", sheet.name, table.cell(position, sheet.key[0]), sheet.key[0], value, slots))
    return issues


def _references(sheet: Sheet, table: Table, tables: Tables) -> tuple[Tables, list[Issue]]:
    """Values that must be keys of other sheets; those that are not become None."""
    issues: list[Issue] = []
    columns: dict[str, list[Cell]] = {name: table.frame[name].tolist() for name in table.frame.columns}
    for column in sheet.columns:
        if not column.ref or column.name not in table.columns:
            continue
        known = _known(column.ref, tables)
        cells = columns[column.name]
        strange = [position for position, value in enumerate(cells) if value is not None and value not in known]
        hints: dict[Cell, Text | str] = {}
        for position in strange:
            value = cells[position]
            if value not in hints:
                hints[value] = near(str(value), map(str, known)) if len(hints) < MOST_HINTS and len(known) < 5000 else ""
            slots = {"target": column.ref.replace("|", ", "), "hint": hints[value]}
            issues.append(Issue("unknown_reference", sheet.name, table.cell(position, column.name), column.name, show(value), slots))
            cells[position] = None
    if not issues:
        return tables, issues
    return tables.with_sheet(Table(table.sheet, _frame(columns, len(table)), table.rows, table.columns)), issues


def _known(ref: str, tables: Tables) -> set[Cell]:
    """Keys of the referenced sheets."""
    known: set[Cell] = {HOME_CURRENCY} if ref == "currencies" else set()
    for name in ref.split("|"):
        if name in tables:
            known.update(tables[name].frame[INPUT[name].key[0]])
    return known - {None}


def _in_order(issues: Iterable[Issue], tables: Tables) -> list[Issue]:
    """By sheet, then row, then column; issues without a cell first."""
    sheets = {name: place for place, name in enumerate(tables.sheets)}

    def place(issue: Issue) -> tuple[int, int, int, str]:
        letter = issue.cell.rstrip("0123456789")
        return (sheets.get(issue.sheet, -1), int(issue.cell[len(letter):] or 0), len(letter), letter)

    return sorted(issues, key=place)
