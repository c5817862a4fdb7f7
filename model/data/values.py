"""Single values as people type them: cleaned texts, numbers hidden in texts, and how a value is shown."""

from __future__ import annotations

import datetime
import math
import numbers
import re
import unicodedata
from decimal import Decimal
from typing import Any

from model.base.lookalike import plain
from model.base.text import holdable

_EDGES = "\ufeff\u200b\u200e\u200f\u2060"
_SPACES = re.compile(r"[\s'’]")
_MINUS = re.compile(r"^[−–](?=[\d.,])")
_SPACED = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d*)?")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_LONGEST_NUMBER = 400
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity", "∞", "-∞"})


class Rejected(str):
    """What stood in a cell that the reader has reported already (an error, a formula without value, a missing column).

    The check takes it for a blank and says nothing more about it.
    """

    __slots__ = ()


class Stated(float):
    """A number of percent whose cell shows a percent sign: what is meant is beyond doubt, however small it is."""

    __slots__ = ()


class Shown(float):
    """A number that its cell shows in another way (007), which is what counts where a text is wanted."""

    def __new__(cls, value: float, text: str) -> Shown:
        number = super().__new__(cls, value)
        number.text = text
        return number

    text: str


class Ambiguous(ValueError):
    """A text such as ``12,500``: 12.5 with a decimal comma, 12500 with a comma between thousands."""


def clean(text: str) -> str | None:
    """NFC-normalised, without spaces and invisible marks at its ends, and what no workbook can hold replaced; None where nothing is left."""
    if text.isascii() and text and text[0] >= "!" and text[-1] >= "!" and text.isprintable():
        return text
    text = text.strip().strip(_EDGES).strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return holdable(text) or None


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


def number_of(text: str) -> float | None:
    """The number a text stands for, or None: ``12,5``, ``1 234.5``, ``1.234,5``, ``1,234,567``, ``−3``; nan and inf as such.

    Raises :class:`Ambiguous` for ``12,500``: a factor of a thousand is not to be guessed.
    """
    if not text.isascii():
        text = _MINUS.sub("-", plain(unicodedata.normalize("NFKC", text)))  # full-width digits, invisible marks, a long minus
    if text.casefold() in _NOT_FINITE:
        return math.nan
    if len(text) > _LONGEST_NUMBER:
        return None
    bare = _SPACES.sub(" ", text)
    if " " in bare:
        if not _SPACED.fullmatch(bare):
            return None
        bare = bare.replace(" ", "")
    elif _AMBIGUOUS.fullmatch(bare):
        raise Ambiguous(text)
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        decimal = max(".,", key=bare.rfind)
        if bare.count(decimal) > 1:
            return None
        whole, _, fraction = bare.rpartition(decimal)
        if not _grouped(whole, "," if decimal == "." else "."):
            return None
        bare = f"{whole.replace(',', '').replace('.', '')}.{fraction}"
    elif commas > 1 or dots > 1:
        if not _grouped(bare, "," if commas else "."):
            return None
        bare = bare.replace(",", "").replace(".", "")
    else:
        bare = bare.replace(",", ".")
    return float(bare) if _PLAIN.fullmatch(bare) else None


def plain_number(text: str) -> float | None:
    """The number a text stands for if it is written as programs write it (``-12.5``, ``1e-05``), else None."""
    return float(text) if _PLAIN.fullmatch(text) else None


def _grouped(whole: str, separator: str) -> bool:
    """Whether ``whole`` has its separators between groups of three digits."""
    return re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(separator)}\d{{3}})+", whole) is not None
