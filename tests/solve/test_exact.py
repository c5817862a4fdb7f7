"""Exact bounds against rationals worked out by hand; any multipliers give a valid bound; proofs of infeasibility are
accepted or refused exactly."""

from fractions import Fraction

import numpy as np
import pytest

from jaryq.solve.exact import Arithmetic, Cap, exact_bound, loosened, proves_infeasible, residual
from jaryq.solve.highs import Solver
from tests.solve.programs import INF, lp, random_lp

TENTH = Fraction(0.1)
"""The double 0.1: a little above 1/10."""


def to_the_letter(program, *asked):
    """What multipliers say of a program no row of which is broken."""
    return Arithmetic(program).taken(*asked).exact


def simple():
    """min 2 x + 3 y, x + y >= 4, both in 0..10: x = 4, value 8, multiplier 2."""
    return lp([([1, 1], 4, INF)], {"objective": [2, 3]}, high=[10, 10])


@pytest.mark.parametrize(("dual", "bound"), [
    (2.0, 8), (1.0, 4), (0.0, 0),
    (3.0, 12 - 10),  # d = (-1, 0): x at its upper bound
    (2.5, Fraction(10) - Fraction(1, 2) * 10),
    (-1.0, 0),  # no upper side: counts as 0
    (float("nan"), 0), (INF, 0)])
def test_bound_for_any_multiplier(dual, bound):
    program = simple()
    found = to_the_letter(program, program.objectives["objective"][0], 0.0, np.array([dual]))
    assert found == bound
    assert found <= 8


def test_constant_is_added():
    assert to_the_letter(simple(), np.array([2.0, 3.0]), 0.5, np.array([2.0])) == Fraction(17, 2)


def test_doubles_are_taken_as_they_are():
    """min x, 0.1 x >= 1, x in 0..100, multiplier 10: d = 1 - 10 x 0.1 is a little below 0 and costs 100 d. The optimum
    is 1/0.1, a little below 10."""
    program = lp([([0.1], 1, INF)], {"objective": [1]}, high=[100])
    found = to_the_letter(program, np.array([1.0]), 0.0, np.array([10.0]))
    assert found == 10 + 100 * (1 - 10 * TENTH)
    assert found < 1 / TENTH < 10


def test_both_sides_of_a_row():
    """-1 <= x - y <= 2 with x, y in 0..5. min x: multiplier on the lower side 1: -1 + d_y 0 = -1... valid below 0; min
    -x: on the upper side -1: -2 - 5 = -7, x = 5 at most."""
    program = lp([([1, -1], -1, 2)], {"objective": [1, 0]}, high=[5, 5])
    assert to_the_letter(program, np.array([1.0, 0.0]), 0.0, np.array([1.0])) == -1
    assert to_the_letter(program, np.array([-1.0, 0.0]), 0.0, np.array([-1.0])) == -2 - 5
    assert to_the_letter(program, np.array([-1.0, 1.0]), 0.0, np.array([-1.0])) == -2


def test_equality_takes_either_sign():
    program = lp([([1, 1], 3, 3)], {"objective": [1, 2]}, high=[5, 5])
    assert to_the_letter(program, np.array([1.0, 2.0]), 0.0, np.array([1.0])) == 3
    assert to_the_letter(program, np.array([-1.0, -2.0]), 0.0, np.array([-2.0])) == -6


def test_caps_are_rows_with_their_own_multiplier():
    """min y, x + y >= 4, and an earlier value x + 1 <= 3: x <= 2, so y >= 2. Multipliers 1 and 1: 4 - (3 - 1) = 2. A
    negative one counts as 0: 4 - 10."""
    program = lp([([1, 1], 4, INF)], {"objective": [0, 1]}, high=[10, 10])
    cost, dual = np.array([0.0, 1.0]), np.array([1.0])

    def cap(multiplier):
        return Cap(np.array([1.0, 0.0]), 1.0, 3.0, multiplier)

    assert to_the_letter(program, cost, 0.0, dual, [cap(1.0)]) == 2
    assert to_the_letter(program, cost, 0.0, dual, [cap(-1.0)]) == -6
    assert to_the_letter(program, cost, 0.0, dual, [cap(0.5)]) == 4 - Fraction(1, 2) * 10 - 1
    assert to_the_letter(program, cost, 0.0, dual, [cap(1.0), cap(0.0)]) == 2


def test_lower_bounds_other_than_zero():
    """min x with x in 2..5: d = 1 at the lower bound; a multiplier of a row that says nothing cannot make it better."""
    program = lp([([1, 0], 0, INF)], {"objective": [1, 0]}, high=[5, 5], low=[2, 0])
    assert to_the_letter(program, np.array([1.0, 0.0]), 0.0, np.array([0.0])) == 2
    assert to_the_letter(program, np.array([1.0, 0.0]), 0.0, np.array([0.5])) == 1


@pytest.mark.parametrize("seed", range(15))
def test_no_multipliers_ever_claim_too_much(seed):
    """Against the solver's optimum: its own multipliers are tight, those of chance are below it, whatever they are."""
    program = random_lp(seed)
    vector, _ = program.objectives["objective"]
    solver = Solver(program)
    solver.minimise(vector)
    found = solver.run()
    tight = to_the_letter(program, vector, 0.0, found.row_dual)
    assert float(tight) == pytest.approx(found.objective, abs=1e-7)
    chance = np.random.default_rng(seed)
    for size in (1e-9, 1.0, 1e6):
        for _ in range(5):
            wrong = found.row_dual + size * chance.standard_normal(program.shape[0])
            assert to_the_letter(program, vector, 0.0, wrong) <= Fraction(found.objective) + Fraction(1, 10**7)


# --- what rows may be broken by ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("times", [1.0, -0.5, 1e6])
def test_what_rows_may_be_broken_by(times):
    """2 x + y = 4 with x, y in 0..10: the row may be broken by 1e-8 + 1e-9 x (20 + 10) = 4e-8. Of costs of 0 the
    multiplier m leaves -2 m of x and -m of y: 4 m - 30 m above zero, x and y at 10, where each may be 1e-8 more; 4 m
    below zero, both at 0, which is no hair."""
    program = lp([([2, 1], 4, 4)], {"objective": [0, 0]}, high=[10, 10])
    sides = 3e-8 * times if times > 0 else 0.0
    found = Arithmetic(program).taken(np.zeros(2), 0.0, np.array([times]))
    assert found.exact == (4 - 30 if times > 0 else 4) * Fraction(times)
    assert found.hairs == pytest.approx(4e-8 * abs(times) + sides, rel=1e-12)
    assert exact_bound(program, np.zeros(2), 0.0, np.array([times])) == found.bound == found.exact


@pytest.mark.parametrize(("times", "thin"), [(7e3, False), (1e4, True), (1e9, True)])
def test_what_is_worth_more_than_a_part_of_the_bound_is_taken_off(times, thin):
    """2 x = 2 y + 1e-7 of x, y in 0..1, as in x <= 1, 2 x - 2 y: the row may be broken by 1e-8 + 1e-9 x 4, and costs of
    2 m and -2 m leave nothing of the columns at m: the bound is 1e-7 m, hairs are 1.4e-8 m, a ten-thousandth of 1 at
    7142."""
    program = lp([([2, -2], 1e-7, 1e-7)], {"objective": [0, 0]}, high=[1, 1])
    cost, dual = times * np.array([2.0, -2.0]), np.array([times])
    found = Arithmetic(program).taken(cost, 0.0, dual)
    assert float(found.exact) == pytest.approx(1e-7 * times)
    assert found.hairs == pytest.approx(1.4e-8 * times)
    assert found.thin == thin
    assert exact_bound(program, cost, 0.0, dual) == found.exact - (Fraction(found.hairs) if thin else 0)


def test_what_an_earlier_stage_may_be_broken_by():
    """Cap x + 1 <= 3 at 5: (1e-8 + 1e-9 x (3 + 1)) x 5 of the row, and nothing for x at 0."""
    program = lp([([1, 1], 4, INF)], {"objective": [0, 1]}, high=[10, 10])
    cap = Cap(np.array([1.0, 0.0]), 1.0, 3.0, 5.0)
    found = Arithmetic(program).taken(np.array([0.0, 1.0]), 0.0, np.zeros(1), [cap])
    assert found.exact == -10
    assert found.hairs == pytest.approx(7e-8, rel=1e-12)


def test_a_contradiction_thinner_than_a_hair_bounds_nothing():
    """min -x, x whole, with 2 x <= 2 - 1e-9: to the letter 1e9 of that row prove 0, and 1e17 whatever one likes; but a
    plan with x = 1 breaks the row by 1e-9, which passes. Less than 1e-9 a time is gained, 1.2e-8 is taken off."""
    program = lp([([2], -INF, 2 - 1e-9)], {"objective": [-1]}, high=[1], low=[1], whole=[0])
    for times in (0.0, 0.5, 1e9, 1e17):
        assert exact_bound(program, np.array([-1.0]), 0.0, np.array([-times])) <= -1 + 1e-4
    assert to_the_letter(program, np.array([-1.0]), 0.0, np.array([-1e9])) > -1e-6
    assert to_the_letter(program, np.array([-1.0]), 0.0, np.array([-1e17])) > 9e7


@pytest.mark.parametrize("times", [1.1e100, -1.1e100, 1e308])
def test_a_multiplier_too_large_for_doubles_is_none(times):
    program = lp([([1, 1], 4, 4)], {"objective": [2, 3]}, high=[10, 10])
    cap = Cap(np.array([1.0, 0.0]), 1.0, 3.0, abs(times))
    assert exact_bound(program, np.array([2.0, 3.0]), 0.0, np.array([times]), [cap]) == 0


@pytest.mark.parametrize("seed", range(10))
def test_the_loosened_program_has_the_best_bound(seed):
    """By duality its value is the most that is left by any multipliers; those of the program itself leave no more."""
    program = random_lp(seed)
    vector, _ = program.objectives["objective"]
    solver = Solver(loosened(program))
    solver.minimise(vector)
    best = solver.run()

    def left(dual):
        found = Arithmetic(program).taken(vector, 0.0, dual)
        return float(found.exact - Fraction(found.hairs))
    assert left(best.row_dual) == pytest.approx(best.objective, abs=1e-9)
    own = Solver(program)
    own.minimise(vector)
    assert left(own.run().row_dual) <= best.objective + 1e-9


# --- infeasibility ----------------------------------------------------------------------------------------------------

def sum_of_two(high):
    return lp([([1, 1], 4, INF)], {"objective": [0, 0]}, high=[high, high])


def test_a_proof_is_accepted_in_either_sign_and_size():
    """x + y >= 4 with x, y <= 1: 4 - 1 - 1 = 2 > 0."""
    for ray in (1.0, -1.0, 1e-12, 1e12):
        assert proves_infeasible(sum_of_two(1.0), np.array([ray]))


@pytest.mark.parametrize("ray", [[1.0], [-1.0], [0.0], [float("nan")], [INF]])
def test_a_false_ray_is_refused(ray):
    assert not proves_infeasible(sum_of_two(3.0), np.array(ray))


@pytest.mark.parametrize("ray", [[0.0], [float("nan")], [INF]])
def test_an_empty_ray_proves_nothing_even_of_what_is_infeasible(ray):
    assert not proves_infeasible(sum_of_two(1.0), np.array(ray))


def test_what_is_just_feasible_is_not_refuted():
    """x + y >= 4 with x, y <= 2: one point. The row may be broken by 1e-8 and 1e-9 of its terms (2 + 2), each side by
    1e-8: sides that lack less than 3.4e-8 together refute nothing, in any size of the multiplier."""
    for lacks in (0.0, 2.0 - np.nextafter(2.0, 0.0), 1.6e-8):
        assert not any(proves_infeasible(sum_of_two(2.0 - lacks), np.array([ray])) for ray in (1.0, -1e12))
    assert proves_infeasible(sum_of_two(2.0 - 1.8e-8), np.array([1.0]))


def test_what_a_row_may_be_broken_by_grows_with_its_terms():
    """1000 x >= 2000 with x <= 2 less a hair h: lacks 1000 h. The row: 1e-8 + 1e-9 x 2000; the side: 1e-8 x 1000. A
    whole column has no hair of its own: 0.5 x >= 1 with x <= 1 lacks 0.5, and 1 - 3e-9 of it 3e-9, within the row's."""
    def one(hair):
        return lp([([1000], 2000, INF)], {"objective": [0]}, high=[2.0 - hair])
    assert not proves_infeasible(one(1.19e-8), np.array([1.0]))
    assert proves_infeasible(one(1.22e-8), np.array([1.0]))
    def whole(asked):
        return lp([([1], asked, INF)], {"objective": [0]}, high=[1], whole=[0])
    assert not proves_infeasible(whole(1.0 + 1.09e-8), np.array([1.0]))
    assert proves_infeasible(whole(1.0 + 1.12e-8), np.array([1.0]))


def test_a_limit_on_an_earlier_stage_may_be_broken_like_a_row():
    """x + y <= limit with x, y >= 1, both whole: at a limit of 2 less h the cap lacks h, against 1e-8 + 1e-9 x 2."""
    program = lp([([1, 1], 0, INF)], {"objective": [0, 0]}, low=[1, 1], high=[1, 1], whole=[0, 1])
    def refuted(hair):
        return Arithmetic(program).empty(np.zeros(1), [Cap(np.array([1.0, 1.0]), 0.0, 2.0 - hair, 1.0)])
    assert not refuted(1.19e-8)
    assert refuted(1.22e-8)


def test_only_the_right_combination_is_a_proof():
    """x - y >= 1 and y - x >= 0 contradict each other with equal weights; with others a bound of 10 hides it."""
    program = lp([([1, -1], 1, INF), ([-1, 1], 0, INF)], {"objective": [0, 0]}, high=[10, 10])
    assert proves_infeasible(program, np.array([1.0, 1.0]))
    assert not proves_infeasible(program, np.array([1.0, 0.5]))
    assert not proves_infeasible(program, np.array([1.0, 0.0]))


@pytest.mark.parametrize("seed", range(10))
def test_no_ray_refutes_a_feasible_program(seed):
    program = random_lp(seed)
    chance = np.random.default_rng(seed)
    assert not any(proves_infeasible(program, chance.standard_normal(program.shape[0])) for _ in range(20))


def test_residual_is_relative_to_the_limit():
    """Row 4 missed by 2: 2/4; column above 10 by 1: 1/10; a point inside: 0."""
    program = simple()
    assert residual(program, np.array([2.0, 0.0])) == pytest.approx(0.5)
    assert residual(program, np.array([11.0, 0.0])) == pytest.approx(0.1)
    assert residual(program, np.array([4.0, 0.0])) == 0.0
