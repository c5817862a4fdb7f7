"""Known kinds of damage to one cell: each says which issue the cell then has, from the declaration of its column."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_COLUMNS
from jaryq.sheets.spec import Column
from jaryq.tables.tables import Table, Tables
from tests.damage.case import serial

PERCENTS = ("import_share", "procurement_share", "wear", "keep", "tied_share", "offline_share", "share_lost",
            "lend_share", "extra_share", "reserve", "down_payment")
"""Shares in percent where 0.4 is more likely 40."""

LATIN = str.maketrans("ACEHKMOPTXaceopxy", "АСЕНКМОРТХасеорху")
"""Latin letters by Cyrillic ones that look the same."""

FOREIGN = {"bn KZT": "40 km", "mn KZT per km": "40 %", "km": "40 %", "months": "40 km", "%": "40 km",
           "bn KZT a year": "40 km"}
"""Units of columns as the declaration shows them, and a number with a unit that cannot be meant there."""


@dataclass(frozen=True)
class Spot:
    """A cell of the base: its sheet, position and heading, what was read there, and the declaration it is judged by."""

    sheet: str
    position: int
    heading: str
    value: Any
    column: Column
    cell: str


@dataclass(frozen=True)
class Hit:
    """What is written into a cell, and the code of its issue."""

    spot: Spot
    value: Any
    code: str


def spots(tables: Tables) -> list[Spot]:
    """Every cell that may be damaged: keys are left alone, other rows would lose theirs."""
    return [*_cells(tables), *_settings(tables.get("settings"))]


def _cells(tables: Tables) -> Iterator[Spot]:
    for name, table in tables.sheets.items():
        sheet = INPUT[name]
        if sheet.free or name in ("settings", "scenarios", "scenario_changes"):
            continue
        for heading in table.frame.columns:
            column = next(each for each in sheet.columns if each.takes(heading))
            if heading in sheet.key:
                continue
            for position, value in enumerate(table.frame[heading].tolist()):
                yield Spot(name, position, heading, value, column, table.cell(position, heading))


def _settings(table: Table) -> Iterator[Spot]:
    declared = {column.name: column for column in SETTING_COLUMNS}
    for position, (name, value) in enumerate(zip(table.frame["setting"], table.frame["value"], strict=True)):
        if name != "schema_version":
            yield Spot("settings", position, "value", value, declared[name], table.cell(position, "value"))


def hits(spot: Spot) -> list[Hit]:
    """Everything that may be done to a cell with a certain outcome."""
    found = [(None, "missing_value")] if spot.column.required and spot.value is not None else []
    return [Hit(spot, value, code) for value, code in (*found, *_of_numbers(spot), *_of_words(spot))]


def _of_numbers(spot: Spot) -> list[tuple[Any, str]]:
    column, value = spot.column, spot.value
    if column.kind not in ("number", "integer"):
        return []
    found: list[tuple[Any, str]] = [("soon", "wrong_type"), (True, "wrong_type"), ("н/д", "no_number"),
                                    ("—", "no_number"), (float("inf"), "not_finite"), ("10-12", "wrong_type")]
    found += [(column.ge - 1, "value_below_minimum")] if column.ge is not None else []
    found += [(column.gt, "value_not_above")] if column.gt is not None else []
    found += [(column.le + 1, "value_above_maximum")] if column.le is not None else []
    if column.kind == "integer":
        found.append((2027.5 if column.unit == "year" else 1.5, "wrong_type"))
        return [*found, (f"{value:.0f}", "repaired_text")] if isinstance(value, float) else found
    found += [("12,500", "ambiguous_number"), (datetime.datetime(2026, 5, 12), "date_for_number")]
    if foreign := FOREIGN.get(column.unit_of.symbol.say("en") if column.unit_of else ""):
        found.append((foreign, "unit_unfit"))
    if isinstance(value, float):
        found.append((with_comma(value), "repaired_text"))
        if column.unit == "%" and column.name in PERCENTS:
            found.append((0.4, "percent_below_one"))
    return found


def _of_words(spot: Spot) -> list[tuple[Any, str]]:
    column, value = spot.column, spot.value
    found: list[tuple[Any, str]] = [("maybe", "wrong_type")] if column.kind == "yes_no" else []
    found += [("nothing of the kind", "value_not_allowed")] if column.one_of else []
    if column.ref:
        found.append(("NOPE-1", "unknown_reference"))
        if isinstance(value, str):
            found += [(each, "repaired_letters") for each in (value.translate(LATIN), value.lower()) if each != value]
    return found


def with_comma(value: float) -> str:
    """A number as people type it, with as many digits that it can be nothing else."""
    whole, _, part = repr(value).partition(".")
    return f"{whole},{part}0" if len(part) == 3 else f"{whole},{part}"


def damage(tables: Tables, done: list[Hit]) -> Tables:
    """The tables with some cells overwritten."""
    for hit in done:
        tables = overwritten(tables, hit.spot.sheet, hit.spot.position, hit.spot.heading, hit.value)
    return tables


def overwritten(tables: Tables, sheet: str, position: int, heading: str, value: Any) -> Tables:
    cells = list(tables[sheet].values[heading])
    cells[position] = value
    return tables.with_sheet(tables[sheet].with_column(heading, cells))


def stored(value: Any) -> dict[str, Any]:
    """A value as a file holds it: days and times as numbers with a format, texts without what XML cannot hold."""
    if isinstance(value, datetime.timedelta):
        return {"value": value / datetime.timedelta(days=1), "form": "[h]:mm:ss"}
    if isinstance(value, datetime.time):
        return {"value": (value.hour * 60 + value.minute) / 1440, "form": "hh:mm"}
    if isinstance(value, datetime.date):
        return {"value": serial(value.date() if isinstance(value, datetime.datetime) else value), "form": "dd.mm.yyyy"}
    return {"value": NOT_IN_XML.sub("", value) if isinstance(value, str) else value}


NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-10**12, 10**12), st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=30),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2200, 1, 1)), st.times(),
    st.dates(datetime.date(1900, 1, 1)), st.timedeltas(),
    st.sampled_from(("=1+1", "#REF!", "12,500", "40 %", "-", "2027Q5", "a=b; c", "*", ";", "F001;F001", "true", "１２",
                     "1e999", "nan", "\u202eabc", "\x00", "KZ-10", "yes")))
"""What a cell may hold at all."""
