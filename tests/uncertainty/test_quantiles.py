"""Quantiles by hand (docs/numbers.md, Uncertain inputs)."""

import math

import pytest

from jaryq.uncertainty.quantiles import extremes, high, low, median, swing, value
from tests.uncertainty.make_uncertain import uncertain

TRIANGULAR = uncertain("triangular", 0.0, 0.3, 1.0)
DISCRETE = uncertain("discrete", values=[(1.0, 0.5), (0.9, 0.2), (1.2, 0.3)])
COMES = uncertain("comes", 0.0, probability=0.6)


@pytest.mark.parametrize(("row", "p", "found"), [
    # F(x) = x^2 / 0.3 up to 0.3, 1 - (1 - x)^2 / 0.7 above: sqrt(0.1 x 0.3), the peak itself, 1 - sqrt(0.1 x 0.7)
    (TRIANGULAR, 0.0, 0.0), (TRIANGULAR, 0.1, math.sqrt(0.03)), (TRIANGULAR, 0.3, 0.3),
    (TRIANGULAR, 0.9, 1.0 - math.sqrt(0.07)), (TRIANGULAR, 1.0, 1.0),
    # peaks at an end: F(x) = 1 - (1 - x)^2 and F(x) = x^2
    (uncertain("triangular", 0.0, 0.0, 1.0), 0.75, 0.5), (uncertain("triangular", 0.0, 1.0, 1.0), 0.25, 0.5),
    (uncertain("triangular", 2.0, 2.0, 2.0), 0.4, 2.0),
    (uncertain("uniform", -2.0, high=6.0), 0.25, 0.0), (uncertain("uniform", -2.0, high=6.0), 1.0, 6.0),
    # P10 and P90 are as stated, P50 their geometric mean: sqrt(0.5 x 2)
    (uncertain("lognormal", 0.5, high=2.0), 0.1, 0.5), (uncertain("lognormal", 0.5, high=2.0), 0.5, 1.0),
    (uncertain("lognormal", 0.5, high=2.0), 0.9, 2.0),
    # a standard normal has its P99.9 at 3.0902 and its P90 at 1.28155: 2^(3.0902 / 1.28155) = 2^2.41131
    (uncertain("lognormal", 0.5, high=2.0), 1.0, 2.0 ** (3.090232306167813 / 1.2815515655446004)),
    (uncertain("lognormal", 0.5, high=2.0), 0.9999, 2.0 ** (3.090232306167813 / 1.2815515655446004)),
    (DISCRETE, 0.0, 0.9), (DISCRETE, 0.2, 0.9), (DISCRETE, 0.2001, 1.0), (DISCRETE, 0.7, 1.0), (DISCRETE, 0.7001, 1.2),
    (DISCRETE, 1.0, 1.2),
    # triangular 0, 3, 12: sqrt(0.1 x 12 x 3) = 1.897, 12 - sqrt(0.5 x 12 x 9) = 4.652, 12 - sqrt(0.1 x 12 x 9) = 8.714
    (uncertain("delay", 0.0, 3.0, 12.0), 0.1, 2.0), (uncertain("delay", 0.0, 3.0, 12.0), 0.5, 5.0),
    (uncertain("delay", 0.0, 3.0, 12.0), 0.9, 9.0),
    # 1 - sqrt(1 - p) = 0.5 at 0.75: half a month is a month
    (uncertain("delay", 0.0, 0.0, 1.0), 0.75, 1.0), (uncertain("delay", 0.0, 0.0, 1.0), 0.74, 0.0),
    (COMES, 0.0, 0.0), (COMES, 0.4, 0.0), (COMES, 0.4001, 1.0), (COMES, 1.0, 1.0),
    (uncertain("comes", probability=1.0), 0.0, 1.0), (uncertain("comes", probability=0.0), 1.0, 0.0)])
def test_by_hand(row, p, found):
    assert value(row, p) == pytest.approx(found, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("row", [TRIANGULAR, DISCRETE, COMES, uncertain("uniform", 1.0, high=4.0),
                                 uncertain("lognormal", 0.9, high=1.3), uncertain("delay", 0.0, 4.0, 24.0)])
def test_values_rise_with_probability_and_stay_between_the_ends(row):
    points = [value(row, p / 200) for p in range(201)]
    assert points == sorted(points)
    assert (points[0], points[-1]) == extremes(row)
    assert row.distribution == "comes" or extremes(row) == tuple(end for _, end in row.ends())


def test_the_points_of_a_sweep():
    """P10 and P90; both of what comes or not; the ends where P10 and P90 are one value."""
    assert swing(TRIANGULAR) == (low(TRIANGULAR), high(TRIANGULAR)) != extremes(TRIANGULAR)
    assert swing(uncertain("comes", probability=0.95)) == (0.0, 1.0)
    assert swing(uncertain("discrete", values=[(0.0, 0.05), (1.0, 0.9), (2.0, 0.05)])) == (0.0, 2.0)
    assert median(DISCRETE) == 1.0


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_no_probability(p):
    with pytest.raises(ValueError, match="no probability"):
        value(TRIANGULAR, p)
