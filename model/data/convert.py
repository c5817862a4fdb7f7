"""One value of one column: from what was read to its type, or to the reason why it has none."""

from __future__ import annotations

import datetime
import difflib
import math
import numbers
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from model.base.lookalike import looks, plain
from model.base.quantities import factor, quantity, split_unit
from model.base.text import Text
from model.base.units import UNITS
from model.data.values import Ambiguous, Rejected, as_text, clean, number_of, show
from model.sheets.aliases import loosely
from model.sheets.spec import Cell, Column, Kind

NUMBER = Text("a number", "число")
WHOLE = Text("a whole number", "целое число")
YES_NO = Text("yes or no", "yes или no (да или нет)")
NO_UNIT = Text("no unit", "без единицы")
NOT_STATED = Text("the unit of its row, which is blank", "единица строки, которая не указана")
OTHER_NAME = Text("another name of the unit", "другое название единицы")
LETTERS = Text("letters of another alphabet, other spaces or dashes", "буквы другого алфавита, другие пробелы или тире")

_YES = frozenset({"yes", "true", "да", "истина", "иә", "はい", "1"})
_NO = frozenset({"no", "false", "нет", "ложь", "жоқ", "いいえ", "0"})
_TRUTH = {looks(word): truth for words, truth in ((_YES, True), (_NO, False)) for word in words}
_NO_NUMBER = frozenset({
    "-", "–", "—", "−", "--", "---", "…", "...", "?", "*", "n/a", "na", "n.a.", "н/д", "нд", "н.д.", "нет", "нет данных", "no data", "none", "null", "tbd",
    "уточняется", "жоқ", "деректер жоқ", "なし", "不明", "未定",
})
_SIGNS = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=", "⩾": ">=", "⩽": "<=", "==": "="}
_YEAR = re.compile(r"(\d{4})\s*(?:г|гг|год|года|year|жыл|жылы|年|年度)?\.?", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](\d{4})|(\d{4})[./-]\d{1,2}[./-]\d{1,2})(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
_FIRST_DAY = datetime.date(1899, 12, 30)
_LARGEST_WHOLE = float(2**53)
_LONGEST_NEAR = 80

DAYS = (datetime.date, datetime.time, datetime.timedelta)
"""Types of cells that hold a day or a time."""


@dataclass(frozen=True)
class Fault:
    """Why a value is not what the column wants (or, for notes and surprises, how it was taken)."""

    code: str
    slots: Mapping[str, object] = field(default_factory=dict)


LARGEST = 1e12
"""No number of a programme is larger in any unit, and sums of such numbers can still be computed."""

Typed = tuple[Cell, tuple[Fault, ...]]


def near(found: str, known: Iterable[str] | Mapping[str, str]) -> Text | str:
    """ (did you mean "..."?) with the nearest known word (of a mapping: what that word stands for), or nothing."""
    if len(found) > _LONGEST_NEAR:
        return ""
    by_fold = {word.casefold(): known[word] if isinstance(known, Mapping) else word for word in known}
    matches = difflib.get_close_matches(found.casefold(), by_fold, n=1, cutoff=0.6)
    return Text(f" (did you mean “{by_fold[matches[0]]}”?)", f" (возможно, «{by_fold[matches[0]]}»?)") if matches else ""


def convert(column: Column, value: Any, own: str = "") -> Typed:
    """The typed value and its faults; the value is None where a fault stops it. Blank and rejected values are None.

    ``own``: the currency or unit that the row itself states, for columns that leave it to the row (see data/row_units.py).
    """
    if value is None or isinstance(value, Rejected):
        return None, ()
    if isinstance(value, str):
        value = clean(value)
        if value is None:
            return None, ()
    if column.kind in ("number", "integer"):
        return (_year if column.unit == "year" else _integer if column.kind == "integer" else _number)(column, value, own)
    return _CONVERTERS[column.kind](column, value)


def _text(column: Column, value: Any) -> Typed:
    text = ("yes" if value else "no") if isinstance(value, bool) and "yes" in column.one_of else as_text(value)
    if text is None or text in column.one_of:
        return text, ()
    if column.one_of:
        return _choice(column, text)
    if column.ref and (read := plain(text)) != text:
        return read or None, (Fault("repaired_letters", {"read": read, "why": LETTERS}),)
    return text, ()


def _choice(column: Column, text: str) -> Typed:
    """One of the allowed values, in any case; in look-alike letters, with other signs, and a unit by another name are repaired with a note."""
    word = next((word for word in column.one_of if word.casefold() == text.casefold()), None)
    if word is not None:
        return word, ()
    meant = _SIGNS.get(text, text)
    found = [word for word in column.one_of if word == meant or (loosely(word) and loosely(word) == loosely(meant))]
    if len(found) == 1:
        return found[0], (Fault("repaired_letters", {"read": found[0], "why": LETTERS}),)
    said = quantity(text)
    found = [word for word in column.one_of if said is not None and quantity(word) == said]
    if len(found) == 1:
        return found[0], (Fault("repaired_letters", {"read": found[0], "why": OTHER_NAME}),)
    return None, (Fault("value_not_allowed", {"allowed": ", ".join(column.one_of), "hint": near(text, column.one_of)}),)


def _yes_no(_: Column, value: Any) -> Typed:
    word = show(value).casefold()
    if word in _YES or word in _NO:
        return word in _YES, ()
    truth = _TRUTH.get(looks(word))
    if truth is None:
        return None, (Fault("wrong_type", {"what": YES_NO}),)
    return truth, (Fault("repaired_letters", {"read": "yes" if truth else "no", "why": LETTERS}),)


def _number(column: Column, value: Any, own: str) -> Typed:
    number, faults = _float(column, value, own)
    if number is None:
        return None, faults
    if not math.isfinite(number):
        return None, (Fault("not_finite"),)
    if out := _bounds(column, number):
        return None, (*faults, out)
    return number, faults


def _integer(column: Column, value: Any, own: str) -> Typed:
    number, faults = _number(column, value, own)
    if not isinstance(number, float):
        return None, tuple(Fault("wrong_type", {"what": WHOLE}) if fault.code == "wrong_type" else fault for fault in faults)
    if not number.is_integer() or abs(number) > _LARGEST_WHOLE:
        return None, (Fault("wrong_type", {"what": WHOLE}),)
    return int(number), faults


def _year(column: Column, value: Any, own: str) -> Typed:
    """A calendar year. Days give their year; a day of 1905 may also be a year typed into a cell with a date format (2026 is 18 July 1905)."""
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        years = {day.year, (day - _FIRST_DAY).days}
        fit = [year for year in years if _bounds(column, float(year)) is None]
        if len(fit) > 1:
            return None, (Fault("date_for_number"),)
        year, faults = _integer(column, fit[0] if fit else day.year, own)
        return year, (Fault("date_as_year", {"read": year}),) if fit else faults
    if isinstance(value, str) and len(value) <= _LONGEST_NEAR:
        text = plain(value)
        if found := _DAY.fullmatch(text):
            year, faults = _integer(column, int(found[1] or found[2]), own)
            return year, faults or (Fault("date_as_year", {"read": year}),)
        if found := _YEAR.fullmatch(text):
            year, faults = _integer(column, int(found[1]), own)
            return year, faults or (Fault("repaired_text", {"read": year}),)
    return _integer(column, value, own)


def _float(column: Column, value: Any, own: str) -> tuple[float | None, tuple[Fault, ...]]:
    """The number a value stands for; texts are repaired with a note. A yes or no is not a number."""
    if not isinstance(value, bool) and isinstance(value, numbers.Real):
        try:
            return float(value), ()
        except OverflowError:
            return math.inf, ()
    if isinstance(value, DAYS):
        return None, (Fault("date_for_number"),)
    if not isinstance(value, str):
        return None, (Fault("wrong_type", {"what": NUMBER}),)
    if value.casefold() in _NO_NUMBER:
        return None, (Fault("no_number"),)
    try:
        number = number_of(value)
        if number is not None:
            return number, (Fault("repaired_text", {"read": show(number)}),)
        bare, said = split_unit(value)
        number = number_of(bare) if said else None
    except Ambiguous as error:
        small, large = str(error).replace(",", "."), str(error).replace(",", "")
        return None, (Fault("ambiguous_number", {"small": small, "large": large}),)
    found = quantity(said) if number is not None else None
    if number is None or found is None:
        return None, (Fault("wrong_type", {"what": NUMBER}),)
    times = factor(found, column.unit, own)
    symbol = _symbol(column, own)
    if times is None or not math.isfinite(number):
        return None, (Fault("unit_unfit", {"unit": symbol, "found": said}),)
    if times == 1:
        return number, (Fault("repaired_text", {"read": show(number)}),)
    converted = float(Fraction(repr(number)) * times)
    return converted, (Fault("converted_unit", {"read": show(converted), "unit": symbol}),)


def _symbol(column: Column, own: str) -> Text | str:
    """The unit of a column for people; where the row states it, the row's."""
    if column.unit not in ("unit of capacity", "units", "number"):
        return column.unit_of.symbol if column.unit_of else NO_UNIT
    return own or (NO_UNIT if column.unit == "number" else NOT_STATED)


def in_unit(column: Column, unit: str) -> Column:
    """The column with another unit, where the row states its own (sheet targets, capacities)."""
    return replace(column, unit=unit) if unit in UNITS and unit != column.unit else column


def _bounds(column: Column, number: float) -> Fault | None:
    unit = column.unit_of.symbol if column.unit_of else ""
    if column.ge is not None and number < column.ge:
        return Fault("value_below_minimum", {"limit": show(column.ge), "unit": unit})
    if column.gt is not None and number <= column.gt:
        return Fault("value_not_above", {"limit": show(column.gt), "unit": unit})
    if column.le is not None and number > column.le:
        return Fault("value_above_maximum", {"limit": show(column.le), "unit": unit})
    if abs(number) > LARGEST:
        return Fault("value_above_maximum" if number > 0 else "value_below_minimum", {"limit": show(math.copysign(LARGEST, number)), "unit": unit})
    return None


_CONVERTERS: Mapping[Kind, Callable[[Column, Any], Typed]] = {"text": _text, "yes_no": _yes_no}
