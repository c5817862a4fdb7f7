"""Single values as people type them: cleaned texts, and how a value is shown. Numbers in texts: numerals.py."""

from __future__ import annotations

import datetime
import math
import numbers
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jaryq.base.text import holdable

_EDGES = "\ufeff\u200b\u200e\u200f\u2060"


class Rejected(str):
    """What stood in a cell that the reader has reported already (an error, a formula without value, a missing column).

    Typing takes it for a blank and says nothing more about it.
    """

    __slots__ = ()


class Stated(float):
    """A number of percent whose cell shows a percent sign: what is meant is beyond doubt, however small it is."""

    __slots__ = ()


class Denominated(float):
    """A number whose format writes a unit beside it, and leaves thousands of it out or none: 5 shown as ``5.0 млн
    ₸``."""

    def __new__(cls, value: float, said: str, thousands: int = 0) -> Denominated:
        number = super().__new__(cls, value)
        number.said, number.thousands = said, thousands
        return number

    said: str
    thousands: int


class Shown(float):
    """A number that its cell shows in another way (007), which is what counts where a text is wanted."""

    def __new__(cls, value: float, text: str) -> Shown:
        number = super().__new__(cls, value)
        number.text = text
        return number

    text: str


def clean(text: str) -> str | None:
    """NFC-normalised, without spaces and invisible marks at its ends, and what no workbook can hold replaced; None
    where nothing is left."""
    if text.isascii() and text and text[0] >= "!" and text[-1] >= "!" and text.isprintable():
        return text
    text = text.strip().strip(_EDGES).strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return holdable(text) or None


def is_clean(texts: Sequence[str]) -> bool:
    """Whether :func:`clean` leaves every one of these texts, none of them blank, as it is; asked of all at once. A no
    may be one too many."""
    whole = "|".join(texts)
    return (whole.count("|") == max(len(texts) - 1, 0) and whole.isprintable() and whole[:1] != " "
            and whole[-1:] != " " and " |" not in whole and "| " not in whole
            and (whole.isascii() or unicodedata.is_normalized("NFC", whole)))


def as_text(value: Any) -> str | None:
    """A value of a text column: whole numbers without a fraction (12.0 -> 12), days as 2026-03-01, TRUE and FALSE."""
    if value is None or isinstance(value, Rejected):
        return None
    if isinstance(value, str):
        return clean(value)
    return value.text if isinstance(value, Shown) else show(value)


def show(value: Any) -> str:
    """A value as it is shown to people, and written to CSV files: the shortest form that reads back the same."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else str(value)


def hundredfold(value: float) -> float:
    """``value`` times 100 without the noise of binary fractions: 0.07 -> 7.0."""
    return float(Decimal(repr(value)).scaleb(2)) if math.isfinite(value) else value
