"""Numbers as sentences about sizes say them."""

from __future__ import annotations

import math

from jaryq.base.text import Text

MOST_TIMES = 1e12


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
