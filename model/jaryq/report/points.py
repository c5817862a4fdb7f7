"""Points of shortfall in words: as much as so many aims that are missed (docs/numbers.md, Targets)."""

from __future__ import annotations

import math

from jaryq.base.counted import english, russian
from jaryq.base.text import Text
from jaryq.report.words import number

WHOLE = 5.5
"""Points of an aim that is missed whole: its tenths count 0.1, 0.2, .. 1."""
TENTHS = 10
LITTLE = 0.1
"""Percent of an aim that are told as under so much."""


def missed_of_one(points: float) -> float:
    """By what percent one aim is missed that counts so many points, 0 to 5.5: 1 point is 40 %."""
    share, left = 0.0, points
    for n in range(1, TENTHS + 1):
        part = min(left, n / TENTHS)
        share += part / n
        left -= part
    return 100.0 * share


def as_aims(points: float) -> Text:
    """``one aim missed by 44 % of what is asked``, ``2 aims missed whole and one by 15 % of what is asked``."""
    whole = math.floor(points / WHOLE + 1e-9)
    part = missed_of_one(max(points - WHOLE * whole, 0.0))
    if part < LITTLE:
        low = number(LITTLE, 1)
        by = Text(f"by under {low.en} % of what is asked", f"менее чем на {low.ru} % требуемого")
    else:
        said = number(part, 0 if part >= 0.95 else 1)
        by = Text(f"by {said.en} % of what is asked", f"на {said.ru} % требуемого")
    if not whole:
        return Text(f"one aim missed {by.en}", f"одна цель, не достигнутая {by.ru}")
    all_ = Text(f"{whole if whole > 1 else 'one'} {english(whole, 'aim', 'aims')} missed whole",
                "одна цель, не достигнутая" if whole == 1 else
                f"{whole} {russian(whole, 'цель, не достигнутая', 'цели, не достигнутые', 'целей, не достигнутых')}")
    if part < 1.0:
        return Text(all_.en, f"{all_.ru} совсем")
    return Text(f"{all_.en} and one {by.en}", f"{all_.ru} совсем, и ещё одна {by.ru}")
