"""Numbers as sentences about sizes say them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jaryq.base.text import Text

MOST_TIMES = 1e12

NAMED = 5
"""So many projects are named; the others are counted."""


def number(value: float) -> str:
    """Four digits that count, without an exponent as long as it is not very large or small."""
    return f"{float(f'{value:.4g}'):.12g}"


def times(ratio: float) -> Text:
    """``12 times`` or, below one, ``1/12 of``; beyond a million million only that it is more."""
    above = ratio >= 1
    ratio = ratio if above else 1 / ratio if ratio else math.inf
    if ratio > MOST_TIMES:
        return (Text("a million million times or more", "в триллион раз или ещё больше") if above
                else Text("less than a million millionth of", "в триллион раз или ещё меньше"))
    much = number(ratio)
    few = "." in much or (much[-1] in "234" and much[-2:] not in ("12", "13", "14"))
    said = f"в {much} раза" if few else f"в {much} раз"
    return Text(f"{much} times", f"{said} больше") if above else Text(f"1/{much} of", f"{said} меньше")


def rounded(value: float, *, up: bool = False) -> str:
    """Six digits that count, rounded to the side on which the number still holds."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 5)
    exact = value / step
    whole = math.ceil(exact - 1e-6) if up else math.floor(exact + 1e-6)
    return f"{whole * step:.12g}"


def percent(share: float) -> str:
    """A share in tenths of a percent, rounded down, so that what lacks anything is never 100; smaller ones as
    numbers."""
    tenths = math.floor(1000.0 * share + 1e-6)
    return f"{tenths / 10.0:g}" if tenths else rounded(100.0 * share)


def some(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" +{more}" if more > 0 else "")
