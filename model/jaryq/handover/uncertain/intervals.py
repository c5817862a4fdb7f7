"""Costs that are intervals, in cells, figures and sentences: one figure where both ends read alike."""

from __future__ import annotations

import math

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.handover.said import told
from jaryq.report.shapes import Value
from jaryq.uncertainty.solved import Interval

SMALL = 1e-6
"""Less is what is left of sums, bn KZT."""

CLOSE = 1e-6
"""An interval narrower than this part of its size is one figure."""

NO_PLAN = Text("no plan goes on", "план не продолжить")

BETWEEN = Text("it lies between these two for certain", "достоверно лежит между этими двумя")

TWO_FIGURES = Text("Two figures: a plan was found with the larger, none is below the smaller.",
                   "Две цифры: с большей план найден, меньше меньшей не бывает.")


def in_cell(one: Interval | None, mark: str = "") -> Value:
    """An interval in a cell: one figure where it is closed; words where there is no plan."""
    if one is None or math.isinf(one.high):
        return NO_PLAN
    if is_one(one) and not mark:
        return one.high if abs(one.high) > SMALL else 0.0
    range_ = range_said(one)
    return Text(f"{range_.en}{mark}", f"{range_.ru}{mark}")


def is_one(one: Interval) -> bool:
    """Whether an interval is one figure, as it is shown."""
    return math.isfinite(one.high) and (
        one.width <= CLOSE * max(1.0, abs(one.high)) or told(one.low) == told(one.high))


def in_fact(one: Interval) -> tuple[Value, str, Text | None]:
    """An interval as value, unit and note of a figure."""
    if is_one(one):
        return one.high, BILLION, None
    return range_said(one), BILLION, BETWEEN if math.isfinite(one.high) else None


def range_said(one: Interval) -> Text:
    """An interval in a sentence."""
    low = told(one.low)
    if math.isinf(one.high):
        return Text(f"at least {low.en}", f"не менее {low.ru}")
    high = told(one.high)
    return high if is_one(one) else Text(f"{low.en} to {high.en}", f"от {low.ru} до {high.ru}")
