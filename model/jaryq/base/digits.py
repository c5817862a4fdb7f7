"""Numbers in sentences beside numbers that they are near: a limit and what is needed of it may differ by a hair, and
are not to look the same."""

from __future__ import annotations

import math
from decimal import Decimal

FOUR, SIX, ALL = 4, 6, 15
"""Digits that are told at least (of figures that are only compared four do), and those that a spreadsheet keeps."""

SURE = 12
"""Digits to which a number that looks exact is exact: behind them lies what sums of doubles leave."""


def digits_of(value: float, *others: float, least: int = SIX) -> int:
    """How many digits tell a number: ``least``, or as many more as it takes for it to look like none of the ``others``
    that it is not (3.00000001 beside 3), and for a number that looks exact to be so (2.99999996 looks like 3). What
    stands before the point is told in full."""
    if not math.isfinite(value):
        return least
    wanted = [other for other in others if other != value]
    for count in range(max(least, len(f"{abs(value):.0f}")), ALL):
        said = f"{value:.{count}g}"
        looks_exact = len(Decimal(said).normalize().as_tuple().digits) < count
        exact = not looks_exact or count >= SURE or float(said) == float(f"{value:.{SURE}g}")
        if exact and all(f"{other:.{count}g}" != said for other in wanted):
            return count
    return ALL


def with_digits(value: float, count: int) -> str:
    """A number with so many digits and marks between thousands."""
    return f"{float(f'{value:.{count}g}'):,.{ALL}g}"


def apart(one: float, other: float, least: int = SIX) -> tuple[str, str]:
    """Two numbers with as many digits, the same for both, as tell them apart; no marks between thousands."""
    count = max(digits_of(one, other, least=least), digits_of(other, one, least=least))
    return with_digits(one, count).replace(",", ""), with_digits(other, count).replace(",", "")
