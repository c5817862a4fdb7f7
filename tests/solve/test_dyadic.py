"""Sums and products of floats, exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jaryq.solve.dyadic import sum_of_products, whole_numbers

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8))
def test_a_sum_of_products_is_that_of_fractions(pairs):
    """A float is a fraction (IEEE 754), of which Python's arithmetic is exact."""
    assert sum_of_products(pairs) == sum((Fraction(a) * Fraction(b) for a, b in pairs), Fraction(0))


@given(st.lists(NUMBERS, max_size=8))
def test_whole_numbers_over_one_power_of_two_are_the_values(values):
    found, shift = whole_numbers(values)
    assert [Fraction(number, 1 << shift) for number in found] == [Fraction(value) for value in values]
