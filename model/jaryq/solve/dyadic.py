"""Floats as what they are: whole numbers over powers of two, in which sums and products are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction


def whole_numbers(values: Sequence[float]) -> tuple[list[int], int]:
    """Whole numbers n_i and one shift s with value_i = n_i / 2^s exactly."""
    pairs = [value.as_integer_ratio() for value in values]
    shift = max((scale.bit_length() - 1 for _, scale in pairs), default=0)
    return [number << (shift - (scale.bit_length() - 1)) for number, scale in pairs], shift


def sum_of_products(pairs: Iterable[tuple[float, float]]) -> Fraction:
    """The sum of a_i b_i, exactly; some ten times faster than by fractions, which cancel at every step."""
    sums: dict[int, int] = {}
    for a, b in pairs:
        (above, below), (over, under) = a.as_integer_ratio(), b.as_integer_ratio()
        scale = below * under
        sums[scale] = sums.get(scale, 0) + above * over
    return sum((Fraction(above, scale) for scale, above in sums.items()), Fraction(0))
