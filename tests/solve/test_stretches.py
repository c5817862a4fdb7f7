"""Packages split into stretches: the groups that split by their prices agree with the program that has a column for every stretch."""

import numpy as np
import pytest
from registers import full_program, random_register

from jaryq.solve.highs import Solver
from jaryq.solve.stages import solve_surely
from jaryq.solve.stretches.partition import first_partition, split
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.rounds import closed

FEW = 8


def agrees(seed, attributes):
    base, register = random_register(seed, stretches=30 + seed % 60, attributes=attributes)
    full = full_program(base, register)
    solver = Solver(full)
    solver.minimise(full.objectives["objective"][0] * full.unit("objective"))
    best = full.value("objective", solve_surely(solver, full).x)
    found = closed(base, register, first_partition(register, "objective", 2), "objective")
    size = max(1.0, abs(best))
    assert found.value == pytest.approx(best, abs=1e-9 * size)
    assert found.bound <= best + 1e-9 * size
    assert found.gap <= 1e-9


@pytest.mark.parametrize("seed", range(FEW))
def test_the_groups_agree_with_the_full_program(seed):
    agrees(seed, attributes=seed % 4 >= 2)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(FEW, 200))
def test_two_hundred_registers_agree(seed):
    agrees(seed, attributes=seed % 4 >= 2)


def test_means_are_by_length_and_a_split_leaves_the_others_alone():
    """Two stretches of 1 and 3 km that cost 8 and 4: the mean is (1 x 8 + 3 x 4) / 4 = 5. Parted they cost 8 and 4; the group of the other package keeps its 7."""
    register = Stretches(np.array([[0], [1]]), np.array([0, 0, 1]), np.array([1.0, 3.0, 2.0]), {"objective": np.array([[8.0], [4.0], [7.0]])})
    one = first_partition(register, "objective", 1)
    assert one.costs["objective"][:, 0].tolist() == [5.0, 7.0]
    assert one.km.tolist() == [4.0, 2.0]
    two = split(register, one, np.array([0, -2, -2]))
    assert two.group.tolist() == [2, 0, 1]
    assert two.costs["objective"][:, 0].tolist() == [4.0, 7.0, 8.0]
    assert two.km.tolist() == [3.0, 2.0, 1.0]
    assert (two.kept, two.born.tolist()) == (2, [-1, -1, 0])


def test_arrays_that_do_not_fit_are_refused():
    column, package, km, costs = np.array([[0]]), np.array([0]), np.array([1.0]), np.array([[1.0]])
    for args in ((column, package, np.array([1.0, 2.0]), {"objective": costs}), (column, package, -km, {"objective": costs}), (column, package, km, {"objective": costs * np.nan}),
                 (column, package, km, {"objective": np.ones((1, 2))})):
        with pytest.raises(ValueError, match="stretch"):
            Stretches(*args)
