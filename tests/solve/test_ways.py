"""By how much rows give way, where that is a few times what the solver misses rows by."""

import numpy as np
import pytest

from jaryq.solve.ways import least_ways
from tests.solve.programs import INF, lp


def loan(lacks):
    """Outlays of 200 and 300 in two years, a budget of 40 and 60, ``lacks`` of it missing in each, and a loan of which
    it is a quarter at least."""
    return lp([((1.0, 0.0, 1.0, 0.0), 200.0, 200.0), ((0.0, 1.0, 0.0, 1.0), 300.0, 300.0),
               ((1.0, 0.0, 0.0, 0.0), -INF, 40.0 - lacks), ((0.0, 1.0, 0.0, 0.0), -INF, 60.0 - lacks),
               ((1.0, 1.0, -0.25, -0.25), 0.0, INF)],
              {"objective": (0.0, 0.0, 0.0, 0.0)}, high=(400.0,) * 4)


@pytest.mark.parametrize("lacks", [1e-9, 5e-9, 1.2e-8, 1.9e-8])
def test_no_more_than_must(lacks):
    """2 x ``lacks`` of the budget are missing: where all of it falls on the ceilings they give way by ``lacks`` each.
    Of the outlays five times as much would be missing, in rooms of the same size: no part of it is."""
    room = np.full(5, 2e-8)
    below, above = least_ways(loan(lacks), (room, room))
    assert below == pytest.approx([0.0] * 5, abs=1e-14) and above[:2] == pytest.approx([0.0] * 2, abs=1e-14)
    # A unit of the last row is worth a unit of each of the others: 1.25 of it stand for 1.25 of the budget.
    assert above[2] + above[3] == pytest.approx(2.0 * lacks, rel=1e-6)
    assert max(above[2:4]) <= 2e-8


@pytest.mark.parametrize("lacks", [2.5e-8, 1e-7, 1e-6, 1.0])
def test_more_than_there_is_room_for(lacks):
    """Room for the ceilings alone."""
    room = np.array([0.0, 0.0, 2e-8, 2e-8, 0.0])
    assert least_ways(loan(lacks), (np.zeros(5), room)) is None


def test_nothing_where_nothing_is_missing():
    below, above = least_ways(loan(0.0), (np.full(5, 1e-8), np.full(5, 1e-8)))
    assert not below.any() and not above.any()
