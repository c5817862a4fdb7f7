"""Number formats of tables of a partner page: amounts of a product in its currency have the same decimals in all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.home import BILLION
from jaryq.base.text import Text
from jaryq.report.block import Block, Field
from jaryq.report.shapes import Value
from jaryq.workbook.plan_style import amount, places

CURRENCY, NOISE, MOST_DECIMALS = "bn currency", 1e-9, 4
"""Unit of amounts each row of which has its own currency; below it is nothing; decimals of them at most."""


def decimals_of(blocks: Sequence[Block]) -> dict[Value, int]:
    """Decimals of the amounts of each product (the first cell of a row) in its own currency: by the largest of them,
    and so that the smallest has two digits, with four decimals at most."""
    found: dict[Value, int] = {}
    for block in blocks:
        for line in block.rows:
            sizes = [abs(v) for field, v in zip(block.fields, line, strict=True)
                     if field.unit == CURRENCY and isinstance(v, (int, float)) and abs(v) > NOISE]
            if sizes:
                least = 1 - math.floor(math.log10(min(sizes)))
                own = max(places(max(sizes)), min(MOST_DECIMALS, least))
                found[line[0]] = max(own, found.get(line[0], 0))
    return found


def forms(block: Block, alike: Mapping[Value, int]) -> list[list[str | None]]:
    """Number format of each cell; None where each row has its own unit. ``alike``: decimals by product; where a table
    adds products up, all have those of the one that needs most."""
    columns = [_form(block, field) for field in block.fields]
    own = [alike.get(line[0], 0) for line in block.rows]
    most = max(own, default=0)
    return [[columns[c] if field.unit != CURRENCY else amount(most if field.total else own[i])
             for c, field in enumerate(block.fields)] for i in range(len(block.rows))]


def sums_of(block: Block, alike: Mapping[Value, int]) -> Sequence[str | None]:
    """Number formats of the sums."""
    made = forms(block, alike)
    return made[0] if made else ()


def _form(block: Block, field: Field) -> str | None:
    """Number format of a column by its unit and the largest value of the columns in that unit."""
    if field.exact:
        return amount(2)
    if isinstance(field.unit, Text) or field.unit == BILLION:
        values = [line[c] for c, other in enumerate(block.fields) if other.unit == field.unit for line in block.rows]
        return amount(places(max((abs(v) for v in values if isinstance(v, (int, float))), default=0.0)))
    return {"%": "0.00", "years": "General", "number": "0.000"}.get(field.unit)
