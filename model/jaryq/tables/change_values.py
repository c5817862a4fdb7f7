"""The value that a change of a scenario, or of the command line, puts into a cell: read as if it had been typed
there."""

from __future__ import annotations

from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.settings import SETTING_AT, SETTINGS
from jaryq.sheets.spec import Column
from jaryq.sheets.words import col
from jaryq.tables.convert import read_number
from jaryq.tables.convert_numbers import in_unit
from jaryq.tables.fault import Fault
from jaryq.tables.numerals import plain_number
from jaryq.tables.tables import Table
from jaryq.tables.values import Stated, show

FACTOR = col("factor", "number", "Factor", "Множитель", "What a cell is multiplied by.", "На что умножается ячейка.",
             unit="share")
OPERATIONS = Text("set, multiply, add or shift", "set, multiply, add или shift")
CHANGES = {word: sign for sign, words in {
    "+": ("increase", "raise", "увеличить", "поднять", "повысить"),
    "-": ("decrease", "reduce", "cut", "lower", "уменьшить", "снизить", "сократить"),
}.items() for word in words}
"""The sign of a change in percent by the word for it."""

NEEDED = Text("a number is needed", "нужно число")


@dataclass(frozen=True)
class Unfit:
    """Why a change cannot be made: the column of the change at fault, and why."""

    column: str
    detail: Text


def column_of(table: Table, position: int, heading: str) -> Column | None:
    """The column of a cell; for a setting its own declaration."""
    if table.sheet == SETTINGS.name and heading == "value":
        called = table.values["setting"][position] if "setting" in table.values else None
        return SETTING_AT.get(str(called))
    return INPUT[table.sheet].column(heading)


def new_value(operation: str, value: object, old: object, column: Column | None,
              own: str) -> tuple[object, tuple[Fault, ...] | Unfit]:
    """The new value of a cell, and how the change's own value was read; None with the fault that stops it, or why it is
    unfit.

    ``own``: what the row of the cell states of its unit (see row_units.py). Bounds are for the typing of the changed
    tables.
    """
    if operation not in ("set", "multiply", "add"):
        return None, Unfit("operation", _meant(f"{operation} {value or ''}"))
    blank = value in ("", None)
    numeric = column is not None and column.kind in ("number", "integer")
    if operation == "set" and (blank or not numeric):
        return (None if blank else value), ()
    if operation != "set" and (isinstance(old, bool) or not isinstance(old, (int, float))):
        return None, Unfit("column", Text(f"“{old}” is not a number", f"«{old}» не число"))
    if blank:
        return None, Unfit("value", NEEDED)
    number, faults = (_factor(str(value)) if operation == "multiply" or column is None
                      else _in_column(column, str(value), own))
    if number is None and operation == "add" and (share := _share(str(value))):
        return None, Unfit("value", Text(f"a percentage of what stands there is a multiplication: write multiply "
                                         f"{share}", f"процент от того, что стоит в ячейке, это умножение: пишите "
                                         f"multiply {share}"))
    if number is None:
        return None, faults
    if operation != "set":
        number = float(old) * number if operation == "multiply" else float(old) + number  # type: ignore[arg-type]
        return (int(number) if column is not None and column.kind == "integer" and number.is_integer()
                else number), faults
    return (Stated(number) if "%" in str(value) and isinstance(number, float) else number), faults


def _meant(said: str) -> Text:
    """What may stand in place of an operation, and how what was typed there is written."""
    word, _, rest = said.strip().partition(" ")
    sign = CHANGES.get(word.casefold(), "")
    share = _share(f"{sign}{rest.lstrip('+-−–')}" if sign else said)
    number, faults = read_number(FACTOR, said)
    beside = {fault.code: fault for fault in faults}.get("words_beside_number")
    alone = show(number) if number is not None else beside.slots["read"] if beside is not None else ""
    write = f"multiply {share}" if share else f"set {alone}" if alone else ""
    return Text(f"{OPERATIONS.en}; write {write}", f"{OPERATIONS.ru}; пишите {write}") if write else OPERATIONS


def _share(text: str) -> str:
    """A percentage with its sign as a multiplication takes it (``+20 %``), or nothing."""
    number = read_number(FACTOR, text)[0] if "%" in text else None
    return f"{100 * number:+.6g} %" if number is not None else ""


def _in_column(column: Column, text: str, own: str) -> tuple[float | int | None, tuple[Fault, ...]]:
    return _told(text, *read_number(in_unit(column, own) if column.unit == "number" else column, text, own))


def _factor(text: str) -> tuple[float | int | None, tuple[Fault, ...]]:
    """What a cell is multiplied by. A percentage with a sign is a change (``+20 %`` is 1.2), one without a part (``20
    %`` is 0.2): it is told."""
    number, faults = read_number(FACTOR, text)
    if number is None or "%" not in text:
        return _told(text, number, faults)
    part, changed = float(number), round(1.0 + number, 12)
    read, other = (changed, part) if text[0] in "+-−–" else (part, changed)
    return read, (Fault("percent_factor", {"read": show(read), "other": show(other)}),)


def _told(
    text: str, number: float | int | None, faults: tuple[Fault, ...]
) -> tuple[float | int | None, tuple[Fault, ...]]:
    """Without the note that a text is a number: what a change holds is always a text."""
    return number, tuple(fault for fault in faults if fault.code != "repaired_text" or plain_number(text) is None)
