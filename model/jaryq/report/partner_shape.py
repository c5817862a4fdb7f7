"""The shape of a partner page, which is handed over: figures, then blocks of small tables beneath each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.report.block import Block
from jaryq.report.shapes import Fact

MORE = Text("{n} more", "ещё {n}")
NAMED = 4
"""Projects that a sentence names."""


@dataclass(frozen=True)
class PartnerPage:
    """A sheet of the plan workbook for one reader outside. ``partner``: its code; ``detail``: how many of the last
    blocks are long tables by year, beneath what is printed."""

    sheet: str
    title: Text
    note: Text
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    partner: str = ""
    detail: int = 0


def clean(value: float) -> float:
    """Without the noise below a tenge."""
    return 0.0 if abs(value) < 1e-9 or not math.isfinite(value) else value


def few(names: Sequence[Text], most: int) -> list[Text]:
    """The first of some names, and how many more there are."""
    more = [MORE.fill(n=str(len(names) - most))] if len(names) > most else []
    return [*names[:most], *more]
