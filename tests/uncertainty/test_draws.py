"""Draws: strata, correlation, what they depend on."""

import itertools

import numpy as np
import pytest
from scipy.stats import kendalltau, spearmanr

from jaryq.uncertainty.draws import draws
from jaryq.uncertainty.quantiles import value
from jaryq.uncertainty.rank import midranks, spearman, spearman_of
from tests.uncertainty.make_uncertain import uncertain


def rows(count, group="", correlation=0.0):
    return [uncertain("uniform", 0.0, high=1.0, key=f"{group}{n}", group=group, correlation=correlation)
            for n in range(count)]


@pytest.mark.parametrize("count", [1, 2, 7, 200])
def test_one_point_in_each_stratum(count):
    """Of every row (evenly between 0 and 1), also of those that are reordered."""
    drawn = draws([*rows(3), *rows(2, "g", 0.7)], count, seed=5)
    assert drawn.values.shape == (count, 5)
    for column in drawn.values.T:
        assert sorted(np.floor(column * count).astype(int)) == list(range(count))


@pytest.mark.parametrize(("width", "correlation"), [(2, 0.5), (2, -0.8), (2, 0.95), (2, -0.99), (3, 0.3), (3, -0.4),
                                                    (4, 0.7), (5, 0.5), (5, 0.0)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_two_rows_of_a_group_have_its_rank_correlation(width, correlation, seed):
    drawn = draws(rows(width, "g", correlation), 500, seed)
    for one, other in itertools.combinations(range(width), 2):
        assert spearman(drawn.values[:, one], drawn.values[:, other]) == pytest.approx(correlation, abs=0.005)


@pytest.mark.parametrize("count", [2, 7, 200])
@pytest.mark.parametrize(("width", "correlation"), [(2, 1.0), (3, 1.0), (2, -1.0)])
def test_rows_that_go_together_do_so_exactly(width, correlation, count):
    """At 1 all rows stand in one order, at -1 the second in the reverse of the first; each has its own points, one in
    each stratum."""
    drawn = draws(rows(width, "g", correlation), count, seed=3)
    order = np.argsort(drawn.values[:, 0])
    for column in drawn.values.T[1:]:
        assert (np.diff(column[order]) * correlation > 0).all()
        assert sorted(np.floor(column * count).astype(int)) == list(range(count))


def test_as_normal_variables_are_correlated():
    """Kendall's tau of normal variables is 2/pi asin(r), r = 2 sin(pi 0.6/6) = 0.618034: 0.424177. It was not aimed
    at."""
    drawn = draws(rows(2, "g", 0.6), 2000, seed=9)
    assert kendalltau(*drawn.values.T).statistic == pytest.approx(0.424177, abs=0.02)


def test_groups_do_not_move_with_each_other():
    drawn = draws([*rows(2, "a", 0.8), *rows(2, "b", 0.8), *rows(1)], 1000, seed=4)
    ranked = spearmanr(drawn.values).statistic
    assert ranked[0, 1] == pytest.approx(0.8, abs=0.02)
    assert ranked[2, 3] == pytest.approx(0.8, abs=0.02)
    assert np.abs(ranked[[0, 0, 1, 1, 0, 2], [2, 3, 2, 3, 4, 4]]).max() < 0.12


def test_draws_follow_from_seed_number_and_rows_alone():
    some = [*rows(2), *rows(3, "g", 0.5)]
    one, again, other = draws(some, 50, seed=1), draws(some, 50, seed=1), draws(some, 50, seed=2)
    assert (one.values == again.values).all()
    assert (one.values != other.values).any(axis=0).all()


def test_other_rows_change_no_draw():
    """The order of rows neither, nor a row that comes or goes outside of the group."""
    some = [*rows(2), *rows(3, "g", 0.5)]
    one, turned, fewer = draws(some, 50, seed=1), draws(some[::-1], 50, seed=1), draws(some[1:], 50, seed=1)
    assert (one.values == turned.values[:, ::-1]).all()
    assert (one.values[:, 1:] == fewer.values).all()


def test_values_are_the_quantiles_of_points():
    """Of the points that rows of the same keys have which are evenly between 0 and 1."""
    points = draws([uncertain("uniform", 0.0, high=1.0, key=key) for key in "abc"], 100, seed=3).values
    some = [uncertain("comes", 0.0, probability=0.25, key="a"), uncertain("delay", 0.0, 6.0, 12.0, key="b"),
            uncertain("discrete", values=[(1.0, 0.2), (2.0, 0.8)], key="c")]
    drawn = draws(some, 100, seed=3)
    assert drawn.values.tolist() == [[value(row, p) for row, p in zip(some, each, strict=True)]
                                     for each in points.tolist()]
    # In 100 strata the shares are met exactly: a quarter comes, a fifth is 1.
    assert drawn.values[:, 0].sum() == 25
    assert (drawn.values[:, 2] == 1.0).sum() == 20


def test_no_rows_and_no_draws():
    assert draws([], 3, seed=1).values.shape == (3, 0)
    with pytest.raises(ValueError, match="0 draws"):
        draws(rows(1), 0, seed=1)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_fewer_draws_than_rows_of_a_group(count):
    assert draws(rows(4, "g", 0.5), count, seed=1).values.shape == (count, 4)


def test_ranks_by_hand():
    assert midranks([3.0, 1.0, 3.0, 7.0]).tolist() == [2.5, 1.0, 2.5, 4.0]
    # d of 1 2 3 4 against 2 1 4 3 is 1 each: 1 - 6 x 4 / (4 x 15) = 0.6
    assert spearman([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(0.6, abs=1e-12)
    # ranks 1.5 1.5 3 against 1 2 3: (-0.5 x -1 + 0 + 1 x 1) / sqrt(1.5 x 2) = 0.866025
    assert spearman([5, 5, 9], [1, 2, 3]) == pytest.approx(0.8660254, abs=1e-7)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([], []) is None
    assert spearman_of(np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]]), [4.0, 5.0, 6.0]) == pytest.approx((1.0, -1.0))
    with pytest.raises(ValueError, match="against"):
        spearman([1], [1, 2])


def test_ranks_as_scipy_has_them():
    generator = np.random.default_rng(1)
    some, others = generator.integers(0, 6, 60), generator.integers(0, 6, 60)
    assert spearman(some, others) == pytest.approx(spearmanr(some, others).statistic, abs=1e-12)
