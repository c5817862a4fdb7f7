"""A curve of many breaks on the screen: which points are told, and how far the others lie off; by hand."""

import pytest

from jaryq.api.curve import Point
from jaryq.commands.curve_joined import MOST, joined_points


def points(values, f, g=lambda value: 0.0):
    return [Point(float(value), {"priority_2": f(value), "objective": g(value)}, {}) for value in values]


def test_a_curve_of_few_points_is_told_whole():
    found = joined_points(points(range(MOST), lambda v: v * v), 3.0)
    assert found.told == tuple(range(MOST))
    assert not found.left_out


def test_the_ends_the_number_as_it_is_and_what_turns_most_are_told():
    """Flat to 10, then one a unit: of 21 places the break at 10 counts, and the number as it is (3); all others lie on
    the lines."""
    found = joined_points(points(range(21), lambda v: max(0.0, v - 10.0)), 3.0)
    assert {0, 3, 10, 20} <= set(found.told)
    assert len(found.told) == MOST
    assert found.off["priority_2"] == pytest.approx(0.0)


def test_how_far_what_is_left_out_lies_off_is_told():
    """A parabola over 0 to 14: places told at most some 2 apart leave a place between them off by half the product of
    both sides at most."""
    every = points(range(15), lambda v: 0.5 * v * v)
    found = joined_points(every, 7.0)
    gaps = [b - a for a, b in zip(found.told, found.told[1:], strict=False)]
    expected = max(0.5 * (k - a) * (b - k) for a, b in zip(found.told, found.told[1:], strict=False)
                   for k in range(a, b + 1))
    assert max(gaps) >= 2
    assert found.off["priority_2"] == pytest.approx(expected)
    assert "objective" not in found.off  # it does not move
