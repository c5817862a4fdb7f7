"""Points of shortfall in words: as if so many aims were missed or met (docs/numbers.md, Targets)."""

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


def aims_of(points: float) -> float:
    """Percent of what one aim asks: an aim missed whole is 100."""
    whole = math.floor(points / WHOLE + 1e-9)
    return 100.0 * whole + missed_of_one(max(points - WHOLE * whole, 0.0))


def more(points: float) -> Text:
    """So many points more: ``as if one more aim lacked 44 % of what it asks``."""
    whole, part = _split(points)
    if not whole and part is not None:
        return Text(f"as if one more aim lacked {part.en} of what it asks",
                    f"как если бы ещё одной цели не хватало {part.ru} требуемого")
    all_ = Text(f"as if {whole if whole > 1 else 'one'} more {english(whole, 'aim', 'aims')} were missed whole",
                "как если бы ещё одна цель не была достигнута совсем" if whole == 1 else
                f"как если бы ещё {whole} {russian(whole, 'цель', 'цели', 'целей')} не были достигнуты совсем")
    if part is None:
        return all_
    return Text(f"{all_.en} and another lacked {part.en} of what it asks",
                f"{all_.ru}, а одной не хватало {part.ru} требуемого")


def fewer(points: float) -> Text:
    """So many points less: ``as if one aim that lacks 6 % of what it asks were met``."""
    whole, part = _split(points)
    if not whole and part is not None:
        return Text(f"as if one aim that lacks {part.en} of what it asks were met",
                    f"как если бы была достигнута одна цель, которой не хватает {part.ru} требуемого")
    all_ = Text(f"{whole if whole > 1 else 'one'} {english(whole, 'aim', 'aims')} missed whole",
                "была достигнута одна цель, не выполненная совсем" if whole == 1 else
                f"были достигнуты {whole} {russian(whole, 'цель', 'цели', 'целей')}, не выполненные совсем")
    if part is None:
        return Text(f"as if {all_.en} were met", f"как если бы {all_.ru}")
    return Text(f"as if {all_.en} and one that lacks {part.en} of what it asks were met",
                f"как если бы {all_.ru}, и ещё одна, которой не хватает {part.ru} требуемого")


def _split(points: float) -> tuple[int, Text | None]:
    """Aims that are missed whole, and the part of a further one; None where there is none."""
    whole = math.floor(points / WHOLE + 1e-9)
    part = missed_of_one(max(points - WHOLE * whole, 0.0))
    if whole and part < 1.0:
        return whole, None
    if part < LITTLE:
        low = number(LITTLE, 1)
        return whole, Text(f"under {low.en} %", f"менее {low.ru} %")
    said = number(part, 0 if part >= 0.95 else 1)
    return whole, Text(f"{said.en} %", f"{said.ru} %")
