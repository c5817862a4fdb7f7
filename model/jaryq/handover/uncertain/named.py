"""Names and values of inputs in sentences of the pages on uncertain inputs."""

from __future__ import annotations

from collections.abc import Sequence

from jaryq.base.text import Text
from jaryq.case.uncertain import COMES, Uncertain
from jaryq.report.words import number

MOST = 8
"""Facilities that a sentence names."""

NONE = Text("–", "–")

DIGITS = 4
"""Significant digits of a value of an input: factors lie close to 1."""


def listed(names: Sequence[Text], most: int = MOST) -> Text:
    """``A, B and 3 more``; a dash for none."""
    if not names:
        return NONE
    more = len(names) - most
    en, ru = (f" and {more} more", f" и ещё {more}") if more > 0 else ("", "")
    return Text(", ".join(one.en for one in names[:most]) + en, ", ".join(one.ru for one in names[:most]) + ru)


def value_said(value: float) -> Text:
    """A value of an input with DIGITS significant digits, without zeros at the end."""
    short = f"{value:.{DIGITS}g}"
    if "e" in short:
        return number(value)
    return number(float(short), len(short.partition(".")[2]))


def said(row: Uncertain, value: float) -> Text:
    """A value of an input, in words where it comes or does not."""
    if row.distribution == "comes":
        return Text("yes", "да") if value == COMES else Text("no", "нет")
    return value_said(value)


def range_of(row: Uncertain, ends: tuple[float, float]) -> Text:
    """From the least to the greatest value seen, in words."""
    low, high = (said(row, end) for end in ends)
    if row.distribution == "comes" and ends[0] != ends[1]:
        return Text("both", "то и другое")
    return low if ends[0] == ends[1] else Text(f"{low.en} to {high.en}", f"от {low.ru} до {high.ru}")
