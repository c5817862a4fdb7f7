"""Sentences that differ in numbers alone, as one that is true of each: its numbers are told from the least to the
most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jaryq.base.text import Text

NUMBER = {"en": re.compile(r"\d[\d,]*(?:\.\d+)?"), "ru": re.compile(r"\d[\d\u00a0]*(?:,\d+)?")}
"""A number as sentences of the language have it: ``1,234.5``, ``1\u00a0234,5``."""


def shape(said: Text) -> str:
    """The sentence without its numbers: alike in all that say the same."""
    return NUMBER["en"].sub("#", said.en)


def together(said: Sequence[Text]) -> Text:
    """Sentences of one shape (one at least) in one: ``at most 45 to 85 % of what is signed``."""
    if len(set(said)) == 1:
        return said[0]
    return Text(_merged([one.en for one in said], "en", "{low} to {high}"),
                _merged([one.ru for one in said], "ru", "{low}–{high}"))


def _merged(said: Sequence[str], lang: str, range_: str) -> str:
    known = NUMBER[lang]
    pieces, columns = known.split(said[0]), list(zip(*(known.findall(one) for one in said), strict=True))
    made = [pieces[0]]
    for numbers, piece in zip(columns, pieces[1:], strict=True):
        low, high = (pick(numbers, key=lambda one: _value(one, lang)) for pick in (min, max))
        made += [low if low == high else range_.format(low=low, high=high), piece]
    return "".join(made)


def _value(number: str, lang: str) -> float:
    return float(number.replace(",", "") if lang == "en" else number.replace("\u00a0", "").replace(",", "."))
