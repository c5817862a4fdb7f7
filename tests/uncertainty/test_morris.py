"""Elementary effects by hand: of a linear function its coefficients, of a product what the other factor makes of it."""

import numpy as np
import pytest

from jaryq.uncertainty.morris import design, effects

pytest.importorskip("SALib")


def test_a_linear_function_has_its_coefficients():
    points = design(3, 6, seed=2)
    assert points.shape == (24, 3)
    found = effects(points, 5.0 + points @ [2.0, -3.0, 0.0])
    assert [each.mu_star for each in found] == pytest.approx([2.0, 3.0, 0.0], abs=1e-12)
    assert [each.sigma for each in found] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_one_input_changes_at_a_time():
    points = design(4, 5, seed=1).reshape(5, 5, 4)
    assert (np.count_nonzero(np.diff(points, axis=1), axis=2) == 1).all()
    assert set(np.round(points.ravel() * 3, 9)) <= {0.0, 1.0, 2.0, 3.0}
    assert (design(4, 5, seed=1) == points.reshape(25, 4)).all()
    assert (design(4, 5, seed=2) != points.reshape(25, 4)).any()


def test_a_product_has_a_spread():
    """Of x y the effect of x is the y that stands beside it: by hand from the trajectories themselves."""
    points = design(2, 8, seed=3)
    first = [trajectory[step, 1] for trajectory in points.reshape(8, 3, 2) for step in (0, 1)
             if trajectory[step, 0] != trajectory[step + 1, 0]]
    found = effects(points, points[:, 0] * points[:, 1])
    assert found[0].mu_star == pytest.approx(np.mean(first), abs=1e-12)
    assert found[0].sigma == pytest.approx(np.std(first, ddof=1), abs=1e-12)
    assert found[0].sigma > 0.1


def test_outputs_are_as_many_as_points():
    points = design(2, 2, seed=1)
    with pytest.raises(ValueError, match="5 outputs for 6 points"):
        effects(points, [1.0] * 5)
