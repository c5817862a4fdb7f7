"""What step 3 tells of an older workbook: cells whose meaning has changed although nothing in them did."""

from __future__ import annotations

from itertools import pairwise

from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_AT
from jaryq.tables.convert import convert
from jaryq.tables.tables import Tables
from jaryq.tables.values import show

AFTER = Text("what waits for another facility now waits to the month, no longer to the period",
             "ожидание другого объекта считается до месяца, а не до периода")
RISE = Text("the bill of the year before now follows prices no faster than rise",
            "платежи прошлого года растут с ценами не быстрее rise")


def told(tables: Tables, to: int) -> list[Issue]:
    """One note where a facility waits for others, one where bills may rise less than prices of a planned year do."""
    notes = []
    if (cell := _first(tables, "facilities", "after")) is not None:
        notes.append(note(to, "facilities", cell[0], "after", cell[1], AFTER))
    fastest = max(_rises(tables), default=None)
    table = tables.get("tariffs")
    if fastest is not None and "rise" in table.values:
        for position, value in enumerate(table.values["rise"]):
            rise = _number("tariffs", "rise", value)
            if rise is not None and rise / 100.0 < fastest - 1e-12:
                notes.append(note(to, "tariffs", table.cell(position, "rise"), "rise", value, RISE))
                break
    return notes


def note(to: int, sheet: str, cell: str, column: str, value: object, detail: Text) -> Issue:
    """What a step changed, and where it stands in the user's file."""
    return Issue("migrated", sheet, cell, column, show(value), {"to": to, "detail": detail})


def _first(tables: Tables, sheet: str, column: str) -> tuple[str, object] | None:
    """The first cell of a column that holds something."""
    table = tables.get(sheet)
    if column not in table.values:
        return None
    return next(((table.cell(position, column), value)
                 for position, value in enumerate(table.values[column]) if value is not None), None)


def _number(sheet: str, heading: str, value: object) -> float | None:
    """The number of a cell that has not been checked yet."""
    column = INPUT[sheet].column(heading)
    found = convert(column, value)[0] if column is not None else None
    return float(found) if isinstance(found, (int, float)) else None


def _rises(tables: Tables) -> list[float]:
    """By which prices in general rise in each planned year, as far as the workbook says; 0 where it has none."""
    table = tables.get("price_indices")
    general = {str(record.get("index")).strip(): record for _, record in table.records()}.get("general")
    if general is None:
        return [0.0]
    levels = {int(str(name)): level for name, value in general.items() if str(name).isdigit() and len(str(name)) == 4
              and (level := _number("price_indices", str(name), value)) is not None}
    first, last = _years(tables)
    rises = [(levels[year] / levels[before]) ** (1.0 / (year - before)) - 1.0
             for before, year in pairwise(sorted(levels)) if before < last and year >= first]
    run = _number("price_indices", "long_run", general.get("long_run"))
    return rises + ([run / 100.0] if run is not None and levels and max(levels) < last else [])


def _years(tables: Tables) -> tuple[int, int]:
    """The planned years, as far as the settings say."""
    stated = {str(record.get("setting")).strip(): record.get("value") for _, record in tables.get("settings").records()}

    def year(name: str) -> int | None:
        found = convert(SETTING_AT[name], stated.get(name))[0]
        return found if isinstance(found, int) else None

    return year("plan_from") or year("first_year") or 0, year("last_year") or 9999
