"""Rules that follow from the declarations alone: types, bounds, allowed values, keys, references. All issues at
once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from jaryq.base.issues import Issue, capped
from jaryq.base.lookalike import plain
from jaryq.base.once import once_beside
from jaryq.base.quantities import split_unit
from jaryq.base.safe_name import why_unsafe
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.scenarios import SCENARIOS
from jaryq.sheets.settings import SETTING_AT, SETTING_COLUMNS, SETTINGS
from jaryq.sheets.spec import Cell, Column, Sheet
from jaryq.tables.convert import LETTERS, convert
from jaryq.tables.convert_numbers import DAYS, in_unit, symbol
from jaryq.tables.fault import Fault, Typed, near
from jaryq.tables.filters import mend_filters, mend_lists
from jaryq.tables.headings_in_cells import mend_headings
from jaryq.tables.keys import duplicates, lookalikes, references
from jaryq.tables.partners import mend_partners
from jaryq.tables.row_units import BESIDE, Elsewhere, elsewhere, stated
from jaryq.tables.tables import Table, Tables, same_cells
from jaryq.tables.values import Denominated, Rejected, Stated, hundredfold, show

ODD_BELOW: Mapping[str, float] = {
    **dict.fromkeys((
        "import_share", "max_share", "min_share", "keep", "procurement_share", "tied_share", "content_", "wear",
        "down_payment", "local_cost", "counterpart", "discount_rate", "rab_return", "reserve", "offline_share",
        "share_lost", "lend_share", "extra_share", "invested", "household_share", "guaranteed", "rise", "rise_",
        "ramp_up", "ramp_down"), 1.0),
    **dict.fromkeys(("growth", "burst_growth", "long_run"), 0.3),
    **dict.fromkeys(("subsidy", "premium", "rate"), 0.1),
}
"""Columns in percent where a value between 0 and this is more likely a fraction typed by mistake than so small a
percentage. Loans of a few hundredths of a percent are rare, of a half not; so is growth."""


def typed(tables: Tables) -> tuple[Tables, list[Issue]]:
    """The tables with typed values (str, float, int, bool, None), and the issues of every cell.

    Tables hold every declared column in declared order (families: the members that are there), blank where the input
    had none; defaults are not filled in. A cell with an issue that stops is None, the others of its row stay. Free
    sheets pass.
    """
    issues: list[Issue] = []
    sheets: dict[str, Table] = {}
    others = elsewhere(tables)
    for name, table in tables.sheets.items():
        sheet = INPUT.get(name)
        if sheet is None:
            issues.append(Issue("unknown_sheet", name, value=name, slots={"hint": near(name, list(INPUT))}))
        elif sheet.free:
            sheets[name] = table
        else:
            sheets[name], found = _typed(table, others)
            issues += found
    done = replace(tables, sheets=sheets)
    if SETTINGS.name in sheets:
        issues += _required_settings(sheets[SETTINGS.name])
    for name, table in sheets.items():
        if not INPUT[name].free:
            mended, found = references(INPUT[name], table, done)
            issues += capped(duplicates(INPUT[name], table, mended) + lookalikes(INPUT[name], table))
            table = mended
            done = done.with_sheet(table) if found else done
            issues += capped(found)
    done, partners = mend_partners(done)
    done, found = mend_filters(done)
    done, listed = mend_lists(done)
    done, headings = mend_headings(done)
    return done, _in_order([*issues, *found, *listed, *headings, *partners], done)


@once_beside
def _typed(table: Table, others: Elsewhere) -> tuple[Table, list[Issue]]:
    """One table, column by column. Scenarios leave most tables as they are: the same one beside the same others is read
    once."""
    sheet = INPUT[table.sheet]
    table, issues = _quantities_named(sheet, table, others)
    present = list(table.values)
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
                values[name], found = _column(column, name, table, name in sheet.key, others)
            else:
                values[name], found = [None] * len(table), []
                if column.required and present:
                    found = [Issue("missing_column", sheet.name, table.place(None, name), name,
                                   slots={"name": name, "row": table.heading_row})]
            issues += found
    if _stands(values, table):
        return table, issues
    return replace(table, values={name: tuple(cells) for name, cells in values.items()}), issues


def _stands(values: Mapping[str, list[Cell]], table: Table) -> bool:
    """Whether a table holds these values already: what is typed stays the same table, with all that was found of it."""
    return list(values) == list(table.values) and all(
        same_cells(table.values[name], cells) for name, cells in values.items())


def _quantities_named(sheet: Sheet, table: Table, others: Elsewhere) -> tuple[Table, list[Issue]]:
    """The table with headings of quantities as they are written, in small letters, and without those of quantities that
    have no row, each of which is an issue."""
    column = {family.family: family for family in sheet.families}.get("quantity")
    taken = [name for name in table.values if column is not None and column.takes(name)]
    if column is None or not taken:
        return table, []
    known = [f"{column.name}{key}" for key in others.quantities]
    issues: list[Issue] = []
    names: dict[str, str] = {}
    for name in taken:
        place = (sheet.name, table.place(None, name), name, name)
        if name.lower() not in known:
            issues.append(Issue("unknown_column", *place, {"hint": near(name, known)}))
        elif name.lower() in names.values():
            issues.append(Issue("duplicate_column", *place))
        else:
            names[name] = name.lower()
    lost = set(taken) - names.keys()
    if not lost and all(name == own for name, own in names.items()):
        return table, issues  # the same table, with all that was found of it
    columns = {names.get(name, name): letter for name, letter in table.columns.items() if name not in lost}
    values = {names.get(name, name): cells for name, cells in table.values.items() if name not in lost}
    return replace(table, values=values, columns=columns), issues


def _column(column: Column, name: str, table: Table, key: bool, others: Elsewhere) -> tuple[list[Cell], list[Issue]]:
    raw = list(table.values[name])
    by_row = column.unit == "number" and name in BESIDE
    if not by_row and (whole := _at_once(column, raw, key)) is not None:
        return whole, []
    values: list[Cell] = []
    issues: list[Issue] = []
    said: dict[tuple[str, str], Typed] = {}
    for position, value in enumerate(raw):
        if isinstance(value, Denominated) or (by_row and type(value) is not str):
            own = stated(column, name, table, position, others)
            cell, faults = convert(in_unit(column, own) if column.unit == "number" else column, value, own)
        elif type(value) is str:  # Rejected is one too, and equal to the text it holds
            own = stated(column, name, table, position, others)
            if (value, own) not in said:
                said[value, own] = convert(in_unit(column, own) if column.unit == "number" else column, value, own)
            cell, faults = said[value, own]
        else:
            cell, faults = convert(column, value)
            if faults and column.unit == "bn currency":  # told in the currency of the row
                cell, faults = convert(column, value, stated(column, name, table, position, others))
        if key and isinstance(cell, str) and not faults:
            cell, faults = _folder(cell, value) if table.sheet == SCENARIOS.name else _key(cell, value)
        values.append(cell)
        issues += [Issue(fault.code, table.sheet, table.cell(position, name), name, show(value), fault.slots)
                   for fault in faults]
        if cell is None and column.required and not faults and not isinstance(value, Rejected):
            issues.append(_missing(column, name, table, position, others))
        if _odd(column, cell, value):
            issues.append(_below_one(table, position, name, name, cell))
    return values, capped(issues)


def _key(cell: str, value: Any) -> tuple[str | None, tuple[Fault, ...]]:
    """A key with plain spaces and nothing invisible in it. A day in its place is a surprise: spreadsheets make days of
    keys such as 1-2."""
    if isinstance(value, DAYS):
        return cell, (Fault("date_as_text", {"read": cell}),)
    read = plain(cell)
    return (cell, ()) if read == cell else (read or None, (Fault("repaired_letters", {"read": read, "why": LETTERS}),))


def _folder(cell: str, value: Any) -> tuple[str | None, tuple[Fault, ...]]:
    """The name of a scenario. It becomes a folder: one with an unseen mark inside is no other name, not even the one
    that it looks like."""
    read, faults = _key(cell, value)
    if read and read != cell and (why := why_unsafe(cell)) is not None and why_unsafe(read) is None:
        return read, (Fault("unsafe_name", {"why": why}),)
    return read, faults


def _odd(column: Column, cell: Cell, value: Any) -> bool:
    """Whether a percent number looks like a fraction typed by mistake; not where its cell says percent."""
    if (not column.unit.startswith("%") or not isinstance(cell, float)
        or not 0 < cell < ODD_BELOW.get(column.name, 0.0)):
        return False
    return not isinstance(value, Stated) and not (isinstance(value, str) and split_unit(value)[1])


def _below_one(table: Table, position: int, name: str, column: str, cell: Cell) -> Issue:
    slots = {"times": show(hundredfold(cell))} if isinstance(cell, float) else {}
    return Issue("percent_below_one", table.sheet, table.cell(position, name), column, show(cell), slots)


def _at_once(column: Column, raw: list[Any], key: bool) -> list[Cell] | None:
    """The whole column's values where nothing is wrong with any of them, else None. Texts repeat: each is converted
    once."""
    kinds = set(map(type, raw))
    if kinds <= {type(None)}:
        return None if column.required and raw else raw
    if column.required and type(None) in kinds:
        return None
    if column.kind == "number" and kinds <= {float, type(None)}:
        numbers = np.array([value for value in raw if value is not None])
        fine = np.isfinite(numbers).all() and all(
            not convert(column, float(value))[1] for value in (numbers.min(), numbers.max()))
        odd = bool(((numbers > 0) & (numbers < ODD_BELOW.get(column.name, 0.0))).any())
        return raw if fine and not odd else None
    if column.kind == "text" and kinds <= {str, type(None)}:
        free = not column.one_of and not column.numbers
        cells = {value: (value, ()) if free and value and _is_plain(value) else convert(column, value)
                 for value in set(raw)}
        if any(faults or (cell is None and value is not None) or (key and cell and plain(str(cell)) != cell)
               for value, (cell, faults) in cells.items()):
            return None
        return [cells[value][0] for value in raw]
    return None


def _is_plain(text: str) -> bool:
    """Whether nothing about a text can need repair: spaces at its ends or twice, letters that are not Latin, invisible
    marks."""
    return text.isascii() and text.isprintable() and text[0] != " " and text[-1] != " " and "  " not in text


def _missing(column: Column, name: str, table: Table, position: int, others: Elsewhere) -> Issue:
    own = stated(column, name, table, position, others)
    return Issue("missing_value", table.sheet, table.cell(position, name), name, slots={"what": _what(column, own)})


def _what(column: Column, own: str = "") -> Text:
    """The column's title with its unit, as the row states it."""
    unit = symbol(column, own) if column.unit_of else ""
    said = unit if isinstance(unit, Text) else Text(unit or "-", unit or "-")
    return Text(f"{column.text.en}, {said.en}", f"{column.text.ru}, {said.ru}") if unit else column.text


def _settings(table: Table) -> tuple[list[Cell], list[Issue]]:
    """Each setting's value by its own declaration; the issue's column is the setting's name."""
    values: list[Cell] = []
    issues: list[Issue] = []
    for position, record in table.records():
        value = record.get("value")
        name, _ = convert(SETTINGS.columns[0], record.get("setting"))
        setting = SETTING_AT.get(str(name))
        if setting is None:
            values.append(None)
            continue
        cell, faults = convert(setting, value)
        values.append(cell)
        place = table.cell(position, "value")
        issues += [Issue(fault.code, table.sheet, place, setting.name, show(value), fault.slots) for fault in faults]
        if _odd(setting, cell, value):
            issues.append(_below_one(table, position, "value", setting.name, cell))
        if cell is None and setting.required and not faults and not isinstance(value, Rejected):
            issues.append(Issue("missing_value", table.sheet, place, setting.name, slots={"what": _what(setting)}))
    return values, issues


def _required_settings(table: Table) -> list[Issue]:
    """Required settings that have no row at all."""
    there = set(table.values["setting"])
    return [Issue("missing_value", table.sheet, column=setting.name, slots={"what": _what(setting)})
            for setting in SETTING_COLUMNS if setting.required and setting.name not in there]


def _in_order(issues: Iterable[Issue], tables: Tables) -> list[Issue]:
    """By sheet, then row, then column; issues without a cell first."""
    sheets = {name: place for place, name in enumerate(tables.sheets)}

    def place(issue: Issue) -> tuple[int, int, int, str]:
        letter = issue.cell.rstrip("0123456789")
        return (sheets.get(issue.sheet, -1), int(issue.cell[len(letter):] or 0), len(letter), letter)

    return sorted(issues, key=place)
