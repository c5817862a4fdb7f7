"""The unit that a number format writes beside a number: ``$5.00``, ``5.0 млн ₸``, ``24 лет``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from jaryq.base.quantities import Quantity, quantity

_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<single>.)|\[\$(?P<sign>[^\]-]*)(?P<place>-[^\]]*)?\]|_.|\*.|\[[^\]]*\]'
    r'|(?P<bare>[$€£¥₽₸₩₺₹₴₼₾֏₮₫₪])|(?P<end>;)'
)
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_YUAN = ("-804", "-1004", "-478", "-7804")
"""Locales in which the sign ¥ stands for yuan, not for yen."""

_SHORT = {"M": "mn", "MM": "mn", "B": "bn"}
"""Letters that stand for sizes behind numbers of which thousands are left out; elsewhere m is a metre."""


class Unit(NamedTuple):
    """What is written beside a number, and how many thousands of it are left out."""

    said: str
    thousands: int = 0


def unit_of_code(code: str) -> Unit | None:
    """The unit of a format by its code, that of positive numbers; None where it shows none (or no known one)."""
    parts: list[str] = []
    letters = ""
    for found in _PARTS.finditer(code):
        if found["end"]:
            break
        if found["single"] is not None:
            letters += found["single"]
            continue
        parts, letters = [*parts, letters], ""
        said = found["quoted"] or found["sign"] or found["bare"] or ""
        parts.append("CNY" if said in ("¥", "￥") and (found["place"] or "") in _YUAN else said)
    bare = _PARTS.sub(lambda found: ";" if found["end"] else "", code).partition(";")[0]
    scaled = _SCALED.search(bare)
    return unit_of_parts([*parts, letters], len(scaled[1]) if scaled else 0)


def unit_of_parts(parts: Sequence[str], thousands: int) -> Unit | None:
    """The unit that the texts of a format name, all together or one of them; None where they name none."""
    together = " ".join(" ".join(parts).split())
    for part in (together, *parts):
        said = part.strip().replace("¥", "JPY").replace("￥", "JPY")
        said = _SHORT.get(said, said) if thousands else said
        found = quantity(said) if said else None
        # 12.5k is 12,500
        if found is not None and not (thousands and found == Quantity(Fraction(1000) ** thousands, "", Fraction(1))):
            return Unit(said, thousands)
    return None
