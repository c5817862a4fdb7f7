"""Curves of piecewise linear functions by their break points: functions whose breaks are known."""

import pytest

from jaryq.explain.curves import trace


def points(curve):
    return [(round(where, 6), round(values["v"], 6)) for where, values in curve.points]


def counted(function):
    asked = []

    def values(where):
        asked.append(where)
        value = function(where)
        return None if value is None else {"v": value}
    return values, asked


@pytest.mark.parametrize(("function", "expected"), [
    (lambda x: 3 * x + 1, [(0, 1), (10, 31)]),
    (lambda x: max(-2 * x, x - 6), [(0, 0), (2, -4), (10, 4)]),
    (lambda x: max(0.0, 4 - x, 10 - 4 * x), [(0, 10), (2, 2), (4, 0), (10, 0)]),
    (lambda x: min(x, 5.0), [(0, 0), (5, 5), (10, 5)]),
    (lambda x: abs(x - 3) - abs(x - 7), [(0, -4), (3, -4), (7, 4), (10, 4)]),  # neither convex nor concave
    (lambda x: abs(abs(x - 5) - 2), [(0, 3), (3, 0), (5, 2), (7, 0), (10, 3)]),
])
def test_breaks(function, expected):
    values, asked = counted(function)
    curve = trace(values, 5, 0, 10)
    assert points(curve) == expected
    assert (curve.first, curve.last, curve.whole) == (True, True, True)
    assert len(asked) <= 12 * len(expected)


def test_two_stages_break_in_different_places():
    curve = trace(lambda x: {"v": min(x, 4.0), "w": max(x, 8.0)}, 5, 0, 10)
    assert [round(where, 6) for where, _ in curve.points] == [0, 4, 8, 10]
    assert curve.at(6.0) == {"v": pytest.approx(4.0), "w": pytest.approx(8.0)}


def test_where_plans_end():
    """No plan below 2: the curve begins there."""
    values, _ = counted(lambda x: None if x < 2 else x)
    curve = trace(values, 5, 0, 10)
    assert points(curve) == [(pytest.approx(2.0, abs=1e-5), pytest.approx(2.0, abs=1e-5)), (10, 10)]
    assert (curve.first, curve.last) == (False, True)
    with pytest.raises(ValueError):
        curve.at(1.0)


def test_a_curve_that_has_too_many_breaks_says_so():
    values, asked = counted(lambda x: float(int(x * 50) % 2))
    assert trace(values, 5, 0, 10, most=30).whole is False
    assert len(asked) < 60


def test_the_search_ends_when_it_is_enough_and_says_what_stays_open():
    """Of |x - 3| - |x - 7| the number as it is, both ends and two tangents (level: they do not meet, so the interval is halved,
    where the number stands) are asked for; then it is enough, and both halves stay open, and meet."""
    values, asked = counted(lambda x: abs(x - 3) - abs(x - 7))
    curve = trace(values, 5, 0, 10, enough=lambda: len(asked) >= 4)
    assert (curve.whole, curve.open, curve.first, curve.last) == (False, ((0, 10),), True, True)
    assert len(asked) <= 5
