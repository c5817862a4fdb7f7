"""One value of one column: from what was read to its type, or to the reason why it has none."""

from __future__ import annotations

import difflib
import math
import numbers
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from model.base.text import Text
from model.data.values import Ambiguous, Rejected, as_text, clean, number_of, show
from model.sheets.spec import Cell, Column, Kind

NUMBER = Text("a number", "число")
WHOLE = Text("a whole number", "целое число")
YES_NO = Text("yes or no", "yes или no (да или нет)")

_YES = frozenset({"yes", "true", "да", "истина", "иә", "1"})
_NO = frozenset({"no", "false", "нет", "ложь", "жоқ", "0"})
_LARGEST_WHOLE = float(2**53)


@dataclass(frozen=True)
class Fault:
    """Why a value is not what the column wants (or, for notes and surprises, how it was taken)."""

    code: str
    slots: Mapping[str, object] = field(default_factory=dict)


Typed = tuple[Cell, tuple[Fault, ...]]


def near(found: str, known: Iterable[str]) -> Text | str:
    """ (did you mean "..."?) with the nearest known word, or nothing."""
    by_fold = {word.casefold(): word for word in known}
    matches = difflib.get_close_matches(found.casefold(), by_fold, n=1, cutoff=0.6)
    return Text(f" (did you mean “{by_fold[matches[0]]}”?)", f" (возможно, «{by_fold[matches[0]]}»?)") if matches else ""


def convert(column: Column, value: Any) -> Typed:
    """The typed value and its faults; the value is None where a fault stops it. Blank and rejected values are None."""
    if value is None or isinstance(value, Rejected):
        return None, ()
    if isinstance(value, str):
        value = clean(value)
        if value is None:
            return None, ()
    return _CONVERTERS[column.kind](column, value)


def _text(column: Column, value: Any) -> Typed:
    text = ("yes" if value else "no") if isinstance(value, bool) and "yes" in column.one_of else as_text(value)
    if text is None or not column.one_of or text in column.one_of:
        return text, ()
    word = next((word for word in column.one_of if word.casefold() == text.casefold()), None)
    if word is not None:
        return word, ()
    return None, (Fault("value_not_allowed", {"allowed": ", ".join(column.one_of), "hint": near(text, column.one_of)}),)


def _yes_no(column: Column, value: Any) -> Typed:
    word = show(value).casefold()
    if word in _YES:
        return True, ()
    return (False, ()) if word in _NO else (None, (Fault("wrong_type", {"what": YES_NO}),))


def _number(column: Column, value: Any) -> Typed:
    number, faults = _float(column, value)
    if number is None:
        return None, faults
    if not math.isfinite(number):
        return None, (Fault("not_finite"),)
    if out := _bounds(column, number):
        return None, (*faults, out)
    return number, faults


def _integer(column: Column, value: Any) -> Typed:
    number, faults = _number(column, value)
    if not isinstance(number, float):
        return None, tuple(Fault("wrong_type", {"what": WHOLE}) if fault.code == "wrong_type" else fault for fault in faults)
    if not number.is_integer() or abs(number) > _LARGEST_WHOLE:
        return None, (Fault("wrong_type", {"what": WHOLE}),)
    return int(number), faults


def _float(column: Column, value: Any) -> tuple[float | None, tuple[Fault, ...]]:
    """The number a value stands for; texts are repaired with a note. A yes or no is not a number."""
    if not isinstance(value, bool) and isinstance(value, numbers.Real):
        try:
            return float(value), ()
        except OverflowError:
            return math.inf, ()
    if not isinstance(value, str):
        return None, (Fault("wrong_type", {"what": NUMBER}),)
    bare = value.removesuffix("%").rstrip() if column.unit.startswith("%") else value
    try:
        number = number_of(bare)
    except Ambiguous:
        small, large = bare.replace(",", "."), bare.replace(",", "")
        return None, (Fault("ambiguous_number", {"small": small, "large": large}),)
    if number is None:
        return None, (Fault("wrong_type", {"what": NUMBER}),)
    return number, (Fault("repaired_text", {"read": show(number)}),)


def _bounds(column: Column, number: float) -> Fault | None:
    unit = column.unit_of.symbol if column.unit_of else ""
    if column.ge is not None and number < column.ge:
        return Fault("value_below_minimum", {"limit": show(column.ge), "unit": unit})
    if column.gt is not None and number <= column.gt:
        return Fault("value_not_above", {"limit": show(column.gt), "unit": unit})
    if column.le is not None and number > column.le:
        return Fault("value_above_maximum", {"limit": show(column.le), "unit": unit})
    return None


_CONVERTERS: Mapping[Kind, Callable[[Column, Any], Typed]] = {"text": _text, "number": _number, "integer": _integer, "yes_no": _yes_no}
