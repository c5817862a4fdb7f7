"""How the search for whole plans ended, in words: what ended it, and of what its gap is a share."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text

ENDED: Mapping[str, Text] = {
    "gap": Text("tolerance reached", "допуск достигнут"),
    "solved": Text("the solver's branching left nothing open", "ветвление решателя ничего не оставило"),
    "nodes": Text("cut off by the limit of nodes", "прервано пределом узлов"),
    "effort": Text("cut off: all that is tried by default was tried",
                   "прервано: всё, что пробуется по умолчанию, испробовано"),
    "time": Text("cut off by the limit of time", "прервано пределом времени"),
}
"""What ended a search."""

CUT = ("nodes", "effort", "time")
"""Ends before the gap was met."""

MEASURES: Mapping[str, Text] = {
    "outlays": Text("of outlays", "затрат"), "stake": Text("of the value at stake", "ценности, зависящей от выбора"),
    "shortfall": Text("of normalised shortfall", "нормированного недовыполнения"), "years": Text("years", "лет"),
}
"""What a gap is a share of, or its unit."""
