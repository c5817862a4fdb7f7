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
    """2 x ``lacks`` of the budget are missing: so much the ceilings give way in all. Of the outlays five times as much
    would be missing, and the quarter by a quarter more: no part of it is, as all rooms are alike."""
    room = np.full(5, 2e-8)
    below, above = least_ways(loan(lacks), (room, room))
    assert below == pytest.approx(np.zeros(5), abs=1e-14)
    assert above[[0, 1, 4]] == pytest.approx(np.zeros(3), abs=1e-14)
    assert above[2] + above[3] == pytest.approx(2.0 * lacks, rel=1e-6)
    assert max(above[2:4]) <= 2e-8


@pytest.mark.parametrize("lacks", [2.5e-8, 1e-7, 1e-6, 1.0])
def test_more_than_there_is_room_for(lacks):
    """Room for the ceilings alone."""
    room = np.array([0.0, 0.0, 2e-8, 2e-8, 0.0])
    assert least_ways(loan(lacks), (np.zeros(5), room)) is None


def test_nothing_where_nothing_is_missing():
    below, above = least_ways(loan(0.0), (np.full(5, 1e-8), np.full(5, 1e-8)))
    assert not below.any()
    assert not above.any()
