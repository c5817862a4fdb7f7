"""Packages split into stretches: the groups that split by their prices agree with the program that has a column for
every stretch."""

from fractions import Fraction

import numpy as np
import pytest
from registers import full_program, random_register
from scipy.sparse import csr_array

from jaryq.solve.highs import Solver
from jaryq.solve.lp import LinearProgram
from jaryq.solve.stages import linear_stages, solve_surely
from jaryq.solve.stretches.exact import earned, rounded_price
from jaryq.solve.stretches.fill import fill
from jaryq.solve.stretches.partition import first_partition, split
from jaryq.solve.stretches.register import Stretches
from jaryq.solve.stretches.rounds import closed
from jaryq.solve.stretches.stages import in_stages

FEW = 8


def agrees(seed, attributes):
    base, register = random_register(seed, stretches=30 + seed % 60, attributes=attributes)
    agree(base, register, full_program(base, register))


def agree(base, register, full):
    """To 1e-9, and the bound closes on it."""
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


def test_who_would_rather_do_nothing_parts_from_the_others():
    """One package, one period, 3 + 3 km worth 3 and -1 a km, and money for more than both: together they earn 1 a km
    and all is renewed, worth 6. At the price 0 the second would rather not be renewed, which is the choice "none".
    Apart: 3 km worth 3, 9 in all, in the second round (that such a choice parts at once is what keeps rounds from
    repeating)."""
    base = LinearProgram(csr_array(np.array([[1.0]])), np.array([-np.inf]), np.array([7.0]), np.zeros(1),
                         np.array([10.0]), np.zeros(1, dtype=bool), {"objective": (np.zeros(1), 0.0)},
                         (("renew", ("0",)),), (("money", ()),))
    register = Stretches(np.array([[0]]), np.array([0, 0]), np.array([3.0, 3.0]),
                         {"objective": np.array([[-3.0], [1.0]])})
    found = closed(base, register, first_partition(register, "objective", 1), "objective")
    assert (found.value, found.bound) == (pytest.approx(-9.0), pytest.approx(-9.0))
    assert found.rounds == 2


def test_means_are_by_length_and_a_split_leaves_the_others_alone():
    """Two stretches of 1 and 3 km that cost 8 and 4: the mean is (1 x 8 + 3 x 4) / 4 = 5. Parted they cost 8 and 4; the
    group of the other package keeps its 7."""
    register = Stretches(np.array([[0], [1]]), np.array([0, 0, 1]), np.array([1.0, 3.0, 2.0]),
                         {"objective": np.array([[8.0], [4.0], [7.0]])})
    one = first_partition(register, "objective", 1)
    assert one.costs["objective"][:, 0].tolist() == [5.0, 7.0]
    assert one.km.tolist() == [4.0, 2.0]
    two = split(register, one, np.array([1, 0, 0]), np.array([0, -1, -1]))
    assert two.group.tolist() == [2, 0, 1]
    assert two.costs["objective"][:, 0].tolist() == [4.0, 7.0, 8.0]
    assert two.km.tolist() == [3.0, 2.0, 1.0]
    assert (two.kept, two.born.tolist()) == (2, [-1, -1, 0])


def test_arrays_that_do_not_fit_are_refused():
    column, package, km, costs = np.array([[0]]), np.array([0]), np.array([1.0]), np.array([[1.0]])
    for args in ((column, package, np.array([1.0, 2.0]), {"objective": costs}),
                 (column, package, -km, {"objective": costs}), (column, package, km, {"objective": costs * np.nan}),
                 (column, package, km, {"objective": np.ones((1, 2))})):
        with pytest.raises(ValueError, match="stretch"):
            Stretches(*args)


def staged(seed):
    """Both programs through all stages: shortfall first, then the objective, then the earliest."""
    base, register = random_register(seed, stretches=20 + seed % 40, stages=3, attributes=seed % 4 >= 2)
    names = tuple(base.objectives)
    full = full_program(base, register)
    return base, register, names, linear_stages(full, names, Solver(full)).values, in_stages(base, register, names)


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.exhaustive)
                                               for seed in range(6, 120))])
def test_stages_keep_the_faces_of_those_before(seed):
    _, _, names, expected, found = staged(seed)
    for name in names[:2]:
        assert found.values[name] == pytest.approx(expected[name], abs=1e-7 * max(1.0, abs(expected[name]))), name
    # What the tie-break stage reaches hangs on how wide a face of 1e-7 is taken: it is the same to that.
    assert found.values["earliest"] == pytest.approx(expected["earliest"], rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("seed", range(6))
def test_stretches_filled_one_after_another_do_what_the_groups_do(seed):
    """Km by package and period are those of the plan, no stretch has more than its length, and in each group at most
    one stretch is cut for each period it is renewed in."""
    _, register, _, _, found = staged(seed)
    filled = fill(register, found.partition, found.km)
    done = np.bincount(filled.row, filled.km, minlength=len(register.km))
    assert np.all(done <= register.km + 1e-9)
    for n in range(len(register.column)):
        for t in range(register.periods):
            here = filled.km[(register.package[filled.row] == n) & (filled.period == t)].sum()
            assert here == pytest.approx(found.x[register.column[n, t]] if register.column[n, t] >= 0 else 0.0,
                                         abs=1e-6)
    used = (found.km > 1e-9).sum(axis=1)
    assert filled.cut(register).sum() <= used.sum()


@pytest.mark.parametrize("seed", range(6))
def test_what_stretches_earn_is_never_less_than_in_fractions(seed):
    """Whole numbers against fractions of the very floats: at least as much, and no more than what rounding costs."""
    base, register = random_register(seed, attributes=True)
    chance = np.random.default_rng(seed)
    links = rounded_price(chance.normal(0, 2, register.column.shape))
    dual = chance.normal(0, 1, base.shape[0])
    exact = Fraction(0)
    for i, n in enumerate(register.package):
        worths = [Fraction(0)]
        for t in range(register.periods):
            if register.column[n, t] >= 0:
                used = sum(Fraction(dual[k]) * Fraction(weight[n]) * Fraction(one.table[i, t])
                           for one in register.uses for k, weight in one.weights.items())
                worths.append(-Fraction(links[n, t]) - Fraction(register.costs["objective"][i, t]) + used)
        exact += Fraction(register.km[i]) * max(worths)
    found = earned(register, "objective", links, dual)
    assert exact <= found <= exact + Fraction(1, 10**9)


def test_whole_numbers_that_do_not_fit_are_refused():
    """2^52 km times 2^40 does not fit into 52 bits; a price that is no multiple of the last bit is no price."""
    register = Stretches(np.array([[0]]), np.array([0]), np.array([2.0**20]), {"objective": np.array([[-1.0]])})
    with pytest.raises(OverflowError):
        earned(register, "objective", np.zeros((1, 1)), np.zeros(0))
    small = Stretches(np.array([[0]]), np.array([0]), np.array([2.0]), {"objective": np.array([[-3.0]])})
    with pytest.raises(ValueError, match="multiple"):
        earned(small, "objective", np.array([[1e-15]]), np.zeros(0))
    assert earned(small, "objective", np.array([[1.0]]), np.zeros(0)) == 4
