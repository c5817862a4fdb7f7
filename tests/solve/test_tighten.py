"""Coefficients that their rows cannot use, the splits before a search, and the small trees that prove the same of large
programs."""

import itertools

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from jaryq.solve import prove as proving
from jaryq.solve.aggregate import Aggregate
from jaryq.solve.highs import Solver
from jaryq.solve.leaves import bound_of
from jaryq.solve.limits import Limits
from jaryq.solve.near import Near, fixed
from jaryq.solve.prove import prove
from jaryq.solve.sharpen import sharpened
from jaryq.solve.solution import Gap
from jaryq.solve.stages import linear_stages
from jaryq.solve.tighten import tightened
from tests.solve.programs import INF, lp


def boilers():
    """A zone lacks 147: a boiler house x gives 1,000 and costs 10, a repair y gives 40 and costs 0.1, what is short
    costs 1 a unit.

    In parts: y, and 0.107 of x, for 0.1 + 1.07 = 1.17. Whole: x alone for 10; y alone leaves 107 short, 107.1. With 147
    in place of 1,000 parts still do y and 107/147 of x, 7.379.
    """
    return lp([([1000.0, 40.0, 1.0], 147.0, INF)], {"objective": [10.0, 0.1, 1.0]}, high=[1.0, 1.0, 200.0],
              whole=(0, 1))


def value(program):
    return linear_stages(program, tuple(program.objectives), Solver(program)).values["objective"]


def test_a_coefficient_is_what_its_row_can_use():
    program = boilers()
    sharp, touched = tightened(program)
    assert sharp.matrix.toarray()[0] == pytest.approx([147.0, 40.0, 1.0], abs=1e-4)
    assert touched.tolist() == [True, False, False]
    assert value(program) == pytest.approx(1.17)
    assert value(sharp) == pytest.approx(0.1 + 10.0 * 107.0 / 147.0, rel=1e-6)


def test_the_other_side_and_what_is_taken_away_count():
    """-1000 x + 30 y - s <= -100: x is to outweigh the 30 that y takes, so 130 of it count; a row with both sides is
    left as it is."""
    rows = [([-1000.0, 30.0, -1.0], -INF, -100.0), ([1000.0, 0.0, 1.0], 147.0, 1200.0)]
    sharp, _ = tightened(lp(rows, {"objective": [1.0, 1.0, 1.0]}, high=[1.0, 1.0, 200.0], whole=(0, 1)))
    assert sharp.matrix.toarray() == pytest.approx(np.array([[-130.0, 30.0, -1.0], [1000.0, 0.0, 1.0]]), abs=1e-4)


def random_program(seed):
    """Two facilities with two starts each, two other choices, three continuous columns; rows with one side or both."""
    chance = np.random.default_rng(seed)
    rows = [([1, 1, 0, 0, 0, 0, 0, 0, 0], -INF, 1.0), ([0, 0, 1, 1, 0, 0, 0, 0, 0], -INF, 1.0)]
    for _ in range(5):
        row = chance.integers(-4, 12, 9) * (chance.random(9) < 0.7)
        side = float(chance.integers(-6, 8))
        rows.append((list(row.astype(float)), *[(side, INF), (-INF, side),
                                                (side, side + 9.0)][chance.choice(3, p=[0.5, 0.3, 0.2])]))
    program = lp(rows, {"objective": list(chance.integers(-3, 9, 9).astype(float))}, high=[1.0] * 6 + [3.0] * 3,
                 whole=range(6))
    names = (("start", ("A", 1)), ("start", ("A", 2)), ("start", ("B", 1)), ("start", ("B", 2)))
    return type(program)(**{**vars(program), "columns": (*names, *program.columns[4:])})


def least(program, choice=None):
    """Least cost by scipy's own branch and bound, the choices fixed or free; None if there is no point."""
    lower, upper = program.col_lower.copy(), program.col_upper.copy()
    if choice is not None:
        lower[:6] = upper[:6] = choice
    whole = program.whole.astype(int) if choice is None else np.zeros(9)
    found = milp(program.objectives["objective"][0], integrality=whole, bounds=Bounds(lower, upper),
                 constraints=LinearConstraint(program.matrix, program.row_lower, program.row_upper))
    return found.fun if found.success else None


def test_whole_plans_of_random_programs_stay_what_they_are():
    """Every choice of each program has the same best cost after it, or none as before; some relaxations say more."""
    changed = 0
    for seed in range(12):
        program = random_program(seed)
        sharp, touched = tightened(program)
        changed += int(touched.any())
        for choice in itertools.product((0.0, 1.0), repeat=6) if touched.any() else ():
            one, other = least(program, choice), least(sharp, choice)
            assert (one is None) == (other is None)
            assert one is None or one == pytest.approx(other, abs=1e-5)
    assert changed >= 6


def test_a_search_begins_in_the_least_leaf():
    program = boilers()
    sharp, bases, _ = sharpened(program, ("objective",), Limits.of({"objective": Gap(0.01, "stake")}, None, INF, 0))
    assert sharp.col_lower.tolist() == [1.0, 0.0, 0.0]
    assert value(sharp) == pytest.approx(10.0)
    # From the basis at the root the search has its point at once.
    near = Near(sharp, ("objective",), Limits.of({"objective": Gap(0.01, "stake")}, None, INF, 0), np.zeros(3), bases)
    assert near.relaxed.values["objective"] == pytest.approx(10.0)
    assert list(near.relaxed.bases) == list(bases) == ["objective"]


def test_a_few_splits_prove_a_plan_of_a_large_program(monkeypatch):
    """Above the size for whole trees the columns that do more than a row asks are split on, and nothing is tightened in
    what is proved: the bound is that of the program as it is, 10."""
    monkeypatch.setattr(proving, "SMALL", 0)
    program = boilers()
    chosen = fixed(program, np.array([1.0, 0.0]))
    staged = linear_stages(chosen, ("objective",), Solver(chosen))
    small = Aggregate(program, np.arange(3), np.arange(1))
    found = prove(small, program, ("objective",), chosen, staged)
    tree = found.trees["objective"]
    assert tree.leaves == 2
    assert tree.nodes[0].split == ("x[0]",)
    assert found.staged is staged
    assert float(bound_of(program, "objective", {}, tree)) == pytest.approx(10.0, abs=1e-9)
