"""Curves of piecewise linear functions by their break points: functions whose breaks are known."""

from dataclasses import dataclass

import pytest

from jaryq.explain.curves import MANY, NARROW, SHORT, WITHIN, trace


@dataclass(frozen=True)
class Plain:
    """A place of which the values alone are known."""

    where: float
    values: dict

    def tells(self, other, name):
        return None

    def joins(self, other):
        raise AssertionError("nothing is told")

    def rises(self, other, part):
        raise AssertionError("nothing is told")


@dataclass(frozen=True)
class Told:
    """A place of stages that are convex where those before are straight: of each stage its value and the slope on the
    left or on the right of the place, as a solver would give one of the two at a break. Numbers move evenly."""

    where: float
    values: dict
    slopes: dict

    def tells(self, other, name):
        return self.values[name] + self.slopes[name] * (other.where - self.where)

    def joins(self, other):
        return True

    def rises(self, other, part):
        raise AssertionError("numbers move evenly")


def told(stages, side):
    """Places of functions by name; at a break the slope on the ``side`` of each place (+1 or -1)."""
    def at(where):
        values = {name: function(where) for name, function in stages.items()}
        step = 1e-6 * side(where)
        return Told(where, values, {name: (function(where + step) - values[name]) / step
                                    for name, function in stages.items()})
    return at


def points(curve):
    return [(round(where, 6), round(values["v"], 6)) for where, values in curve.points]


def counted(function):
    asked = []

    def values(where):
        asked.append(where)
        value = function(where)
        return None if value is None else Plain(where, {"v": value})
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
    curve = trace(lambda x: Plain(x, {"v": min(x, 4.0), "w": max(x, 8.0)}), 5, 0, 10)
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
    """Of |x - 3| - |x - 7| the number as it is and both ends are asked for, and of each half two places for its lines
    and the middle; then it is enough, and both halves stay open, and meet."""
    values, asked = counted(lambda x: abs(x - 3) - abs(x - 7))
    curve = trace(values, 5, 0, 10, spent=lambda: float(len(asked) >= 4))
    assert (curve.whole, curve.open, curve.first, curve.last) == (False, ((0, 10),), True, True)
    assert len(asked) == 3 + 2 * 3


SIDES = [lambda x: 1.0, lambda x: -1.0, lambda x: 1.0 if round(x * 7) % 2 else -1.0]


@pytest.mark.parametrize("side", SIDES)
def test_lines_of_multipliers_find_every_break_of_stages_in_order(side):
    """v is convex with breaks at 2 and 6; where v is straight w is convex, with breaks at 4 and 8.5, and a roof at 6,
    where v has a break."""
    stages = {"v": lambda x: max(2.0 - x, 0.0, x - 6.0),
              "w": lambda x: 5.0 - x if x <= 2.0 else 3.0 + max(0.0, 2.0 * (x - 4.0)) if x <= 6.0
              else 7.0 - (x - 6.0) + max(0.0, x - 8.5)}
    asked = []
    at = told(stages, side)
    curve = trace(lambda x: (asked.append(x), at(x))[1], 5, 0, 10)
    assert [(round(where, 4), round(values["v"], 4), round(values["w"], 4)) for where, values in curve.points] == [
        (0, 2, 5), (2, 0, 3), (4, 0, 3), (6, 0, 7), (8.5, 2.5, 4.5), (10, 4, 4.5)]
    assert (curve.whole, curve.off, curve.narrow) == (True, 0.0, 0.0)
    assert len(asked) <= 24


def test_straight_between_two_places_is_not_looked_into():
    asked = []
    at = told({"v": lambda x: 3 * x + 1}, SIDES[0])
    curve = trace(lambda x: (asked.append(x), at(x))[1], 5, 0, 10)
    assert sorted(asked) == [0, 5, 10]
    assert points(curve) == [(0, 1), (10, 31)]


def test_a_curve_of_many_breaks_says_how_near_its_lines_are():
    """A parabola by 5,000 pieces: nowhere is a line further from it than is told, and that is no more than a thousandth
    of 100."""
    def pieces(x):
        a = min(int(x * 500), 4999) / 500
        return a * a + (2 * a + 0.002) * (x - a)
    curve = trace(told({"v": pieces}, SIDES[0]), 5, 0, 10)
    apart = [abs(curve.at(i / 997 * 10)["v"] - pieces(i / 997 * 10)) for i in range(998)]
    assert curve.whole
    assert MANY / 3 < len(curve.points) < 3 * MANY
    assert 0.001 < max(apart) <= curve.off + 1e-4 <= WITHIN * 100 + 1e-4


def test_breaks_near_to_each_other_are_not_told_apart_in_the_end():
    """A first stage of 5,000 pieces: nothing can be told of what follows but where it is straight, so intervals are
    divided until they are narrow."""
    def pieces(x):
        a = min(int(x * 500), 4999) / 500
        return a * a + (2 * a + 0.002) * (x - a)
    curve = trace(told({"v": pieces, "w": lambda x: 0.0}, SIDES[0]), 5, 0, 10, most=400)
    assert not curve.whole
    assert curve.narrow <= 10 * NARROW


def test_bounds_that_turn_are_found_by_the_lines_near_by():
    """Both ends tell the other's value, since what they are told by turns at 7: so does the curve."""
    class Turns(Told):
        def tells(self, other, name):
            return abs(other.where - 7.0)

        def joins(self, other):
            middle = (self.where + other.where) / 2
            return abs(abs(middle - 7.0) - (self.values["v"] + other.values["v"]) / 2) < 1e-9

        def rises(self, other, part):
            return {"v": abs(self.where + part * (other.where - self.where) - 7.0)}
    curve = trace(lambda x: Turns(x, {"v": abs(x - 7.0)}, {}), 5, 0, 10)
    assert points(curve) == [(0, 7), (7, 0), (10, 3)]


def test_a_short_stretch_of_an_earlier_stage_is_told_at_its_points():
    """Of v, 500 pieces from 6 to 6.05, straight elsewhere, and w, straight to 6 and from 6.05 on: once a third of the
    effort is spent the short stretch is divided no more, and everything outside of it is told."""
    def v(x):
        a = min(max(int((x - 6) * 10000), 0), 499) / 10000
        return a * a + (2 * a + 0.0001) * max(min(x, 6.05) - 6 - a, 0.0) + 2.0 * max(x - 6.05, 0.0)

    def w(x):
        return x if x <= 6.0 else 3.0 + 0.3 * ((x * 1e4) % 7) if x < 6.05 else 9.0 - 2.0 * (x - 6.05)
    asked = []
    at = told({"v": v, "w": w}, SIDES[0])
    curve = trace(lambda x: (asked.append(x), at(x))[1], 5, 0, 10, spent=lambda: len(asked) / 60)
    assert (curve.whole, curve.open) == (True, ())
    (a, b), = curve.apart
    assert 6.0 - SHORT * 10 <= a <= 6.0 + 2e-4
    assert 6.05 - 2e-4 <= b <= 6.05 + SHORT * 10
    assert all(values == {"v": v(x), "w": w(x)} for x, values in curve.points)
    for x in (i / 97 * 10 for i in range(98)):
        assert a < x < b or curve.at(x) == pytest.approx({"v": v(x), "w": w(x)}, abs=1e-6)
    assert len(asked) <= 60
