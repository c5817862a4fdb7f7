"""One value of one column: from what was read to its type, or to the reason why it has none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from jaryq.base.lookalike import looks, plain
from jaryq.base.quantities import quantity
from jaryq.base.text import Text
from jaryq.sheets.aliases import loosely, sheet_called
from jaryq.sheets.inputs import INPUT
from jaryq.sheets.said import meant as said_for
from jaryq.sheets.said import spelled
from jaryq.sheets.spec import Column, Kind
from jaryq.tables.convert_numbers import bounds, typed_number
from jaryq.tables.fault import Fault, Typed, near
from jaryq.tables.in_place_of_numbers import SIGNS
from jaryq.tables.numerals import pieces, plain_number
from jaryq.tables.values import Rejected, as_text, clean, show

YES_NO = Text("yes or no", "yes или no (да или нет)")
OTHER_NAME = Text("another name of the unit", "другое название единицы")
TITLE = Text("the title of the sheet", "название листа")
A_WORD = Text("the word for this value", "слово для этого значения")
IN_WORDS = Text("the sign for these words", "знак для этих слов")
LETTERS = Text("letters of another alphabet, other spaces or dashes", "буквы другого алфавита, другие пробелы или тире")

_YES = frozenset({"yes", "true", "да", "истина", "иә", "はい", "1"})
_NO = frozenset({"no", "false", "нет", "ложь", "жоқ", "いいえ", "0"})
_TRUTH = {looks(word): truth for words, truth in ((_YES, True), (_NO, False)) for word in words}


def convert(column: Column, value: Any, own: str = "") -> Typed:
    """The typed value and its faults; the value is None where a fault stops it. Blank and rejected values are None.

    ``own``: the currency or unit that the row itself states, for columns that leave it to the row (see
    tables/row_units.py).
    """
    if value is None or isinstance(value, Rejected):
        return None, ()
    if isinstance(value, str):
        value = clean(value)
        if value is None:
            return None, ()
    if column.kind in ("number", "integer"):
        return typed_number(column, value, own)
    return _CONVERTERS[column.kind](column, value)


def _text(column: Column, value: Any) -> Typed:
    text = ("yes" if value else "no") if isinstance(value, bool) and "yes" in column.one_of else as_text(value)
    if text is None or text in column.one_of:
        return text, ()
    if column.numbers:
        return _list(column, text)
    if column.one_of:
        return _choice(column, text)
    if column.ref and (read := plain(text)) != text:
        return read or None, (Fault("repaired_letters", {"read": read, "why": LETTERS}),)
    return text, ()


def _list(column: Column, text: str) -> Typed:
    """Numbers separated by semicolons, each read as a cell of its own (``50 %`` is 0.5); the list as programs write it.
    Each fault is told once."""
    each = replace(column, unit=column.unit or "share")
    read: list[float] = []
    wrong: dict[str, Fault] = {}
    for piece in pieces(text):
        number, faults = read_number(each, piece)
        if number is None and (not faults or faults[0].code in ("wrong_type", "unit_unfit",
                                                                      "words_beside_number", "no_limit_said")):
            faults = (Fault("wrong_type",
                            {"what": Text(f"a number in place of “{piece}”", f"число вместо «{piece}»")}),)
        elif number is not None and (out := bounds(column, number)):
            number, faults = None, (out,)
        if number is None:
            wrong.setdefault(faults[0].code, faults[0])
        else:
            read.append(number)
    said = "; ".join(map(show, read))
    if wrong:
        return None, tuple(wrong.values())
    plainly = all(plain_number(piece) is not None for piece in pieces(text))
    return said or None, () if plainly else (Fault("repaired_text", {"read": said}),)


def _choice(column: Column, text: str) -> Typed:
    """One of the allowed values, in any case; in look-alike letters, with other signs, and a unit by another name are
    repaired with a note."""
    word = column.choices.get(text.casefold())
    if word is not None:
        return word, ()
    if column.name == "sheet" and (sheet := sheet_called(INPUT.values(), text)) and sheet.name in column.one_of:
        return sheet.name, (Fault("repaired_letters", {"read": sheet.name, "why": TITLE}),)
    meant = SIGNS.get(text.casefold(), text)
    found = [word for word in column.one_of if word == meant or (loosely(word) and loosely(word) == loosely(meant))]
    if len(found) == 1:
        return found[0], (Fault("repaired_letters", {"read": found[0], "why": LETTERS
                                                     if loosely(text) == loosely(found[0]) else IN_WORDS}),)
    said = quantity(text)
    found = [word for word in column.one_of if said is not None and quantity(word) == said]
    if len(found) == 1:
        return found[0], (Fault("repaired_letters", {"read": found[0], "why": OTHER_NAME}),)
    if word := said_for(text, column.one_of):
        return word, (Fault("repaired_letters", {"read": word, "why": A_WORD}),)
    hint = near(text, spelled(column.one_of))
    return None, (Fault("value_not_allowed", {"allowed": ", ".join(column.one_of), "hint": hint}),)


def _yes_no(_: Column, value: Any) -> Typed:
    word = show(value).casefold()
    if word in _YES or word in _NO:
        return word in _YES, ()
    truth = _TRUTH.get(looks(word))
    if truth is None:
        return None, (Fault("wrong_type", {"what": YES_NO}),)
    return truth, (Fault("repaired_letters", {"read": "yes" if truth else "no", "why": LETTERS}),)


def read_number(column: Column, value: Any, own: str = "") -> tuple[float | int | None, tuple[Fault, ...]]:
    """The number a value stands for in a column, whatever its bounds; None with the fault why there is none."""
    kind: Kind = column.kind if column.kind == "integer" else "number"
    number, faults = convert(replace(column, kind=kind, numbers=False, ge=-math.inf, gt=None, le=math.inf), value, own)
    return (None if isinstance(number, (str, bool)) else number), faults


_CONVERTERS: Mapping[Kind, Callable[[Column, Any], Typed]] = {"text": _text, "yes_no": _yes_no}
