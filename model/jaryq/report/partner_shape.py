"""The shape of a partner page, which is handed over: figures, then blocks of small tables beneath each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.report.block import Block
from jaryq.report.shapes import Fact


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
