"""Choices that limits miss by a hair, on programs of a few rows: taken, or cut off."""

import numpy as np
import pytest

from jaryq.base.errors import NoPlan
from jaryq.solve.highs import Solver
from jaryq.solve.near import fixed
from jaryq.solve.taken import cut_off, taken
from tests.solve.programs import INF, lp

NAMES = ("objective",)


def short_by(less, more=()):
    """x0, x1, x2 are choices, x3 is money: what the first costs (10) is drawn, of 10 less ``less``; x1 and x2 ask for
    nothing."""
    return lp([((-10.0, 0.0, 0.0, 1.0), 0.0, 0.0), ((0.0, 0.0, 0.0, 1.0), -INF, 10.0 - less), *more],
              {"objective": (-3.0, -1.0, -2.0, 0.0)}, high=(1.0, 1.0, 1.0, 20.0), whole=(0, 1, 2))


def with_first(program):
    chosen = fixed(program, np.array([1.0, 1.0, 0.0]))
    return chosen, Solver(chosen)


def test_what_is_missed_by_less_than_a_hair_is_taken():
    """4e-9 is less than half of 1e-8; all that gives way is no more than half as much again as it must."""
    chosen, solver = with_first(short_by(4e-9))
    given, staged = taken(chosen, NAMES, solver)
    assert staged.values["objective"] == -4.0
    given_way = (given.row_upper - chosen.row_upper).sum() + chosen.row_lower[0] - given.row_lower[0]
    assert 4e-9 - 1e-9 <= given_way <= 6.1e-9
    assert np.all(given.matrix @ staged.x <= short_by(0.0).row_upper + 1e-8)


@pytest.mark.parametrize("less", [0.0, 1e-10])
def test_what_the_solver_keeps_needs_no_room(less):
    chosen, solver = with_first(short_by(less))
    assert taken(chosen, NAMES, solver)[0] is chosen


@pytest.mark.parametrize("program", [
    short_by(3e-8), short_by(0.0, [((1.0, 1.0, 0.0, 0.0), -INF, 2.0 - 3e-8)]),
    short_by(0.0, [((1.0, 1.0, 0.0, 0.0), -INF, 1.0)])])
def test_what_is_missed_by_more_is_no_choice(program):
    """Nor what is missed in a row of choices alone in whole numbers, which misses one at least."""
    chosen, solver = with_first(program)
    with pytest.raises(NoPlan):
        taken(chosen, NAMES, solver)


def test_rows_of_choices_alone_give_way_too():
    """Of 2 less 4e-9 crews two take 2: the row gives way by half as much again as it must, nothing else does."""
    chosen, solver = with_first(short_by(0.0, [((1.0, 1.0, 0.0, 0.0), -INF, 2.0 - 4e-9)]))
    given, staged = taken(chosen, NAMES, solver)
    assert staged.values["objective"] == -4.0
    assert given.row_upper - chosen.row_upper == pytest.approx([0.0, 0.0, 6e-9], abs=1e-12)


def test_only_what_the_contradiction_rests_on_is_cut_off():
    """The first choice alone is too dear: it may not be made again, whatever the others are."""
    program = short_by(3e-8)
    cut = cut_off(program, with_first(program)[0])
    assert cut.as_text("cut_off") == "cut_off[2]: -1 x[0] >= 0\n"
    again = cut_off(cut, with_first(program)[0])
    assert [name for name, _ in again.rows] == ["row", "row", "cut_off", "cut_off"]


def test_without_a_contradiction_just_these_choices_are_cut_off():
    """One of the three must be another: 1 - x0 + 1 - x1 + x2 >= 1. Where all are fixed anyhow nothing is left."""
    program = short_by(0.0)
    assert cut_off(program, with_first(program)[0]).as_text("cut_off") == "cut_off[2]: -1 x[0] -1 x[1] +1 x[2] >= -1\n"
    fixed_program = with_first(program)[0]
    assert cut_off(fixed_program, fixed_program) is None
