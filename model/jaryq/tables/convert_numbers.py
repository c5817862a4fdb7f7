"""A number, a year or a month of a column: from what was read to its value, or to the reason why it has none."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from jaryq.base.lookalike import is_mark, plain
from jaryq.base.quantities import CURRENCIES, Quantity, factor, quantity, split_unit, unit_quantity
from jaryq.base.text import Text
from jaryq.base.units import UNITS, bn_of
from jaryq.sheets.said import MONTHS, month_called
from jaryq.sheets.spec import Column
from jaryq.tables.fault import LONGEST_NEAR, Fault, Typed, hinted, near
from jaryq.tables.in_place_of_numbers import NO_LIMIT, NO_VALUE, SIGNS
from jaryq.tables.numerals import Ambiguous, Marked, number_of
from jaryq.tables.values import Denominated, show

NUMBER = Text("a number", "число")
WHOLE = Text("a whole number", "целое число")
A_YEAR = Text("a year such as 2027", "год, например 2027")
A_MONTH = Text("a month, 1 to 12 or its name", "месяц, от 1 до 12 или его название")
NO_UNIT = Text("no unit", "без единицы")
NOT_STATED = Text("the unit of its row, which is blank", "единица строки, которая не указана")
BLANK_IS_NO_LIMIT = Text("Clear the cell: blank means no limit here",
                         "Очистите ячейку: пустая здесь значит «без предела»")
SEE_HEADING = Text("Enter a number; what a blank cell means here is said at the heading of the column",
                   "Введите число; что значит здесь пустая ячейка, сказано у заголовка столбца")
OR_BLANK = Text(", or clear the cell: blank means no limit", " или очистите ячейку: пустая значит «без предела»")
LEAST_PART = 1000
"""An amount in a bare currency below this part of the column's unit (a million tenge of bn KZT) leaves the size out."""
_YEAR = re.compile(r"(\d{4})\s*(?:г|гг|год|года|year|жыл|жылы|年|年度)?\.?", re.IGNORECASE)
_DAY = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](\d{4})|(\d{4})[./-]\d{1,2}[./-]\d{1,2})(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
_FIRST_DAY = datetime.date(1899, 12, 30)
_LARGEST_WHOLE = float(2**53)
COUNTED_FROM = frozenset({"year", "month", "rank", "number", "times/year", "index", "share", "score"})
"""Units of places in an order and of counts: nobody says them behind a bound (1990 year)."""
OF_THE_ROW = frozenset({"unit of capacity", "capacity of the row", "unit of quantity", "units", "units/year",
                        "units/km/year"})
"""Units of which each row has one; where it is not known, a limit is told without."""
BARE_MOST = 1e11
"""The most of a number without a unit, where its column says nothing."""
DAYS = (datetime.date, datetime.time, datetime.timedelta)
"""Types of cells that hold a day or a time."""


def typed_number(column: Column, value: Any, own: str) -> Typed:
    """The number, whole number, year or month of a column; see :func:`jaryq.tables.convert.convert`."""
    return (_year if column.unit == "year" else _month if column.unit == "month" else _integer
            if column.kind == "integer" else _number)(column, value, own)


def _number(column: Column, value: Any, own: str) -> Typed:
    number, faults = _float(column, value, own)
    if number is None:
        return None, faults
    if not math.isfinite(number):
        return None, (Fault("not_finite"),)
    if out := bounds(column, number, own):
        return None, (*faults, out)
    return number, faults


def _integer(column: Column, value: Any, own: str) -> Typed:
    number, faults = _number(column, value, own)
    if not isinstance(number, float):
        whole = A_YEAR if column.unit == "year" else A_MONTH if column.unit == "month" else WHOLE
        return None, tuple(Fault("wrong_type", {"what": whole}) if fault.code == "wrong_type" else fault
                           for fault in faults)
    if not number.is_integer() or abs(number) > _LARGEST_WHOLE:
        return None, (Fault("wrong_type", {"what": WHOLE}),)
    return int(number), faults


def _year(column: Column, value: Any, own: str) -> Typed:
    """A calendar year. Days give their year; a day of 1905 may also be a year typed into a cell with a date format
    (2026 is 18 July 1905)."""
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        years = {day.year, (day - _FIRST_DAY).days}
        fit = [year for year in years if bounds(column, float(year)) is None]
        if len(fit) > 1:
            return None, (Fault("date_for_number"),)
        year, faults = _integer(column, fit[0] if fit else day.year, own)
        return year, (Fault("date_as_year", {"read": year}),) if fit else faults
    if isinstance(value, str) and len(value) <= LONGEST_NEAR:
        text = plain(value)
        if found := _DAY.fullmatch(text):
            year, faults = _integer(column, int(found[1] or found[2]), own)
            return year, faults or (Fault("date_as_year", {"read": year}),)
        if found := _YEAR.fullmatch(text):
            year, faults = _integer(column, int(found[1]), own)
            return year, faults or (Fault("repaired_text", {"read": year}),)
    return _integer(column, value, own)


def _month(column: Column, value: Any, own: str) -> Typed:
    """A month by its number or its name."""
    if isinstance(value, str) and (month := month_called(value)):
        return month, (Fault("repaired_text", {"read": month}),)
    read, faults = _integer(column, value, own)
    if isinstance(value, str) and [fault.code for fault in faults] == ["wrong_type"]:
        hint = near(value, {name: str(number) for name, number in MONTHS.items()})
        return None, (Fault("wrong_type", {"what": hinted(A_MONTH.en, A_MONTH.ru, hint)}),)
    return read, faults


def _float(column: Column, value: Any, own: str) -> tuple[float | None, tuple[Fault, ...]]:
    """The number a value stands for; texts are repaired with a note. A yes or no is not a number."""
    if isinstance(value, Denominated):
        if not value.thousands and (left_out := _size_left_out(quantity(value.said), float(value), column, own)):
            return float(value), (Fault("size_left_out", {"found": value.said, **left_out}),)
        if not _is_own(value, column, own):
            return None, (Fault("unit_in_format", {"unit": symbol(column, own), "found": value.said}),)
    if not isinstance(value, bool) and isinstance(value, numbers.Real):
        try:
            return float(value), ()
        except OverflowError:
            return math.inf, ()
    if isinstance(value, DAYS):
        return None, (Fault("date_for_number"),)
    if not isinstance(value, str):
        return None, (Fault("wrong_type", {"what": NUMBER}),)
    return _of_text(column, value, own)


def _of_text(column: Column, value: str, own: str) -> tuple[float | None, tuple[Fault, ...]]:
    """The number that a text stands for, in the unit of the column where it names one."""
    if value.casefold() in NO_VALUE:
        return None, (Fault("no_number"),)
    number, said, wrong = _parted(value)
    if wrong is not None:
        return None, (wrong,)
    if number is not None and not said:
        return number, (Fault("repaired_text", {"read": show(number)}),)
    found = quantity(said) if number is not None else None
    if number is None or found is None:
        return None, (_no_number(column, value, number, said, own),)
    if left_out := _size_left_out(found, number, column, own):
        return number, (Fault("size_left_out", {"found": said, **left_out}),)
    times = factor(found, column.unit, own)
    unit = symbol(column, own)
    if times is None or not math.isfinite(number):
        return None, (Fault("unit_unfit", {"unit": unit, "found": said.rstrip(".")}),)
    if times == 1:
        return number, (Fault("repaired_text", {"read": show(number)}),)
    converted = float(Fraction(repr(number)) * times)
    return converted, (Fault("converted_unit", {"read": show(converted), "unit": unit}),)


def _size_left_out(found: Quantity | None, number: float, column: Column, own: str) -> dict[str, object]:
    """The number and the unit of the column where an amount (``5 ₸`` in bn KZT) leaves the size of its unit out: so
    little of the bare currency is no amount there. Nothing where it is one, and of zero."""
    wanted = unit_quantity(column.unit, own)
    if found is None or wanted is None or found.what not in CURRENCIES or found.size != 1 or wanted.size == 1:
        return {}
    if not 0 < abs(number) < float(wanted.size) / LEAST_PART or factor(found, column.unit, own) is None:
        return {}
    return {"read": show(number), "unit": symbol(column, own)}


def _no_number(column: Column, value: str, number: float | None, said: str, own: str) -> Fault:
    """Why a text is no number, with the number that is to be typed alone where it holds one."""
    bare = value.strip()
    if bare.casefold().rstrip(".") in NO_LIMIT:
        return Fault("no_limit_said", {"how": BLANK_IS_NO_LIMIT if _blank_is_no_limit(column) else SEE_HEADING})
    for sign in sorted((*SIGNS, *SIGNS.values()), key=len, reverse=True):
        if bare.casefold().startswith(sign) and (rest := bare[len(sign):].strip()) and rest[0] not in "<>=≤≥":
            alone, _ = _float(column, rest, own)
            if alone is not None:
                return Fault("words_beside_number", {"words": bare[: len(sign)], "read": show(alone)})
    if number is not None and math.isfinite(number) and _are_words(said):
        return Fault("words_beside_number", {"words": said, "read": show(number)})
    return Fault("wrong_type", {"what": NUMBER})


def _are_words(text: str) -> bool:
    """Whether a text has letters and neither digits nor signs of a number."""
    return any(map(str.isalpha, text)) and not any(letter.isdigit() or letter in "+-−.,=" for letter in text)


def _blank_is_no_limit(column: Column) -> bool:
    """Whether a blank cell of the column lets all pass, as the note at its heading says."""
    return "blank: no limit" in column.note.en.casefold()


def _is_own(value: Denominated, column: Column, own: str) -> bool:
    """Whether the unit that a number's format writes beside it is the one it is read in."""
    found = quantity(value.said)
    if found is None or (column.unit == "year" and found.what == "month" and found.base == 12):
        return True
    times = factor(found, column.unit, own)
    return times is not None and times == 1000**value.thousands


def _parted(text: str) -> tuple[float | None, str, Fault | None]:
    """The number of a text and what is written around it, or the fault of a number that may mean two things."""
    try:
        number = number_of(text)
        if number is not None:
            return number, "", None
        bare, said = split_unit(text)
        number = number_of(bare) if said else None
        if number is not None and is_mark(said[0]):
            raise Marked(bare, said[0])
        return number, said, None
    except Ambiguous as error:
        small, large = str(error).replace(",", "."), str(error).replace(",", "")
        return None, "", Fault("ambiguous_number", {"small": small, "large": large})
    except Marked as error:
        return None, "", Fault("footnote_mark", {"bare": error.bare, "marks": error.marks})


def symbol(column: Column, own: str) -> Text | str:
    """The unit of a column for people; where the row states it, the row's."""
    if column.unit == "bn currency" and own:
        return bn_of(own)
    if column.unit not in ("unit of capacity", "unit of quantity", "units", "number"):
        return column.unit_of.symbol if column.unit_of else NO_UNIT
    return own or (NO_UNIT if column.unit == "number" else NOT_STATED)


def in_unit(column: Column, unit: str) -> Column:
    """The column with another unit, where the row states its own (sheet targets, capacities)."""
    return replace(column, unit=unit) if unit in UNITS and unit != column.unit else column


def bounds(column: Column, number: float, own: str = "") -> Fault | None:
    """The bound that a number is beyond: the column's own, or where it has none what its unit bears."""
    unit: Text | str = "" if column.unit_of is None or column.unit in COUNTED_FROM else column.unit_of.symbol
    if own and column.unit in ("bn currency", "unit of capacity", "unit of quantity"):
        unit = symbol(column, own)
    elif column.unit in OF_THE_ROW:
        unit = ""
    most = column.unit_of.most if column.unit_of else BARE_MOST
    least = column.ge if column.ge is not None else -most if column.gt is None else None
    if least is not None and number < least:
        return Fault("value_below_minimum", {"limit": show(least), "unit": unit})
    if column.gt is not None and number <= column.gt:
        return Fault("value_not_above", {"limit": show(column.gt), "unit": unit})
    most = column.le if column.le is not None else max(most, least or 0.0)
    if number > most:
        hint = OR_BLANK if _blank_is_no_limit(column) else ""
        return Fault("value_above_maximum", {"limit": show(most), "unit": unit, "hint": hint})
    return None
