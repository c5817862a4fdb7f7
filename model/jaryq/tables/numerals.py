"""The one reader of numbers that people type: in cells, lists in cells, changes of scenarios, the command line and
files of every form."""

from __future__ import annotations

import math
import re
import unicodedata

from jaryq.base.lookalike import compatible, is_mark, plain

_SPACES = re.compile(r"[\s'’]")
_MINUS = re.compile(r"^[−–](?=[\d.,])")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]*)?")
_PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_SIGNED_BY_HAND = "*†‡§"
_LONGEST_NUMBER = 400
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity", "∞", "-∞", "+∞"})
_ARABIC = str.maketrans({"٫": ".", "٬": "’"})


class Ambiguous(ValueError):
    """A text such as ``12,500``: 12.5 with a decimal comma, 12500 with a comma between thousands."""


class Marked(ValueError):
    """A number beside digits or signs that are marks, of a footnote as a rule: ``4¹``, ``①4``, ``4*``. ``bare``: the
    number; ``marks``: the rest."""

    def __init__(self, bare: str, marks: str) -> None:
        super().__init__(f"{bare} {marks}")
        self.bare, self.marks = bare, marks


def number_of(text: str) -> float | None:
    """The number a text stands for, or None: ``12,5``, ``1 234.5``, ``1.234,5``, ``1,234,567``, ``−3``,
    ``１２``; nan and inf as such.

    Digits of any alphabet are read, those of two alphabets in one number are not. Raises :class:`Ambiguous` for
    ``12,500``: a factor of a thousand is not to be guessed; :class:`Marked` for ``4¹``: superscript, subscript and
    enclosed digits are no digits of a number.
    """
    if not text.isascii() or text.endswith("*"):
        text = _unmarked(text)
        text = _MINUS.sub("-", _in_one_alphabet(plain(compatible(text)).translate(_ARABIC)))
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
    return plain_number(bare)


def plain_number(text: str) -> float | None:
    """The number a text stands for if it is written as programs write it (``-12.5``, ``1e-05``), else None."""
    return float(text) if _PLAIN.fullmatch(text) else None


def with_decimal_comma(text: str) -> float | None:
    """A plain number whose point is a comma (``12,5``), else None. ``12,500`` is none here either: it is as ambiguous
    as anywhere."""
    return None if "." in text or _AMBIGUOUS.fullmatch(text) else plain_number(text.replace(",", "."))


def pieces(text: str) -> list[str]:
    """What stands between the semicolons of a list in a cell. One at its end is none; a blank one elsewhere stays, to
    be told."""
    found = [piece.strip() for piece in text.split(";")]
    return found[:-1] if not found[-1] else found


def listed(text: object) -> list[float]:
    """The numbers of a list that was read already (``0.5; 0.5``); nothing of a blank. Raises ValueError for any other
    text."""
    found = [plain_number(piece) for piece in pieces(str(text))] if text not in (None, "") else []
    if any(number is None or not math.isfinite(number) for number in found):
        raise ValueError(f"no list of numbers: {text}")
    return [number for number in found if number is not None]


def _unmarked(text: str) -> str:
    """The text. Raises Marked if it is a number but for marks at its ends or among its digits."""
    marks = "".join(letter for letter in text if is_mark(letter)) or text[len(text.rstrip(_SIGNED_BY_HAND)):]
    if not marks or len(text) > _LONGEST_NUMBER:
        return text
    bare = "".join(letter for letter in text if not is_mark(letter)).rstrip(_SIGNED_BY_HAND).strip()
    try:
        number = number_of(bare) if bare else None
    except ValueError:
        number = math.nan
    if number is not None:
        raise Marked(bare, unicodedata.normalize("NFKC", marks))
    return text


def _in_one_alphabet(text: str) -> str:
    """The text with Latin digits, if all its digits are of one alphabet (full-width ones are Latin already)."""
    if text.isascii():
        return text
    digits = [letter for letter in text if letter.isdecimal()]
    if len({ord(letter) - unicodedata.decimal(letter) for letter in digits}) > 1:
        return text
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def _grouped(whole: str, separator: str) -> bool:
    """Whether ``whole`` has its separators between groups of three digits."""
    return re.fullmatch(rf"[+-]?[0-9]{{1,3}}({re.escape(separator)}[0-9]{{3}})+", whole) is not None
