"""Certificates without a further solve: multipliers of the stages of a linear program in their order, each added as
often as the signs of the next ask for."""

from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.base.errors import NoPlan
from jaryq.solve import certify as certifying
from jaryq.solve import prove
from jaryq.solve import stages as staging
from jaryq.solve.certify import certify
from jaryq.solve.highs import Solver
from jaryq.solve.inorder import in_order
from jaryq.solve.nodes import Kept, Relaxation
from jaryq.solve.stages import linear_stages
from jaryq.verify.finding import failed
from tests.cases import facility, keyed, source, target
from tests.make import bare_case, program_of, solved
from tests.solve.programs import INF, lp, random_lp


def staged(program):
    return linear_stages(program, tuple(program.objectives), Solver(program))


def two():
    """x + y >= 2. First the least x: 0. Then the least y: 2."""
    return lp([([1, 1], 2, INF)], {"priority_1": [1, 0], "objective": [0, 1]}, high=[5, 5])


def test_the_stage_before_is_added_once_by_hand():
    """The row has the multiplier 1 and leaves x a cost of -1, which is right only where x is held at 0; the first stage
    leaves x its cost of 1: once is enough."""
    program = two()
    dual, caps = in_order(program, ["priority_1"], "objective", staged(program))
    assert dual == pytest.approx([1.0])
    assert caps == pytest.approx({"priority_1": 1.0})


def test_bounds_of_a_plan_that_keeps_to_the_linear_stages_need_no_solve(monkeypatch):
    """The bound is the value: with x = 0 the least y is 2."""
    program = two()
    found = staged(program)
    monkeypatch.setattr(certifying, "solve_surely", lambda *_: pytest.fail("solved again"))
    stages, multipliers, _ = certify(program, tuple(program.objectives), found, found)
    assert [stage.bound for stage in stages] == [0.0, 2.0]
    assert multipliers["objective|priority_1"] == pytest.approx(1.0)


def test_a_plan_worse_in_an_earlier_stage_is_bounded_under_its_own_value():
    """A plan with x = 1 and y = 2: none with x at most 1 has y below 1. The linear stages say 2 at x = 0, which is no
    bound for it."""
    program = two()
    relaxed = staged(program)
    worse = staged(program.with_bounds(col_lower=np.array([1.0, 2.0])))
    stages, _, _ = certify(program, tuple(program.objectives), worse, relaxed)
    assert stages[0].bound == pytest.approx(0.0)
    assert stages[1].bound == pytest.approx(1.0)


def test_bounds_are_about_the_values_that_the_point_has(monkeypatch):
    """First 100 x + 5e-8 y as small as possible, y in 0..0.1 having a reduced cost below that of a face: 0. Then
    1e6 x + 100 y as large: x stays 0, y is 0.1, which gives up 5e-9 of the first and gains 10. Under a first stage of
    0 no plan gains anything; under the 5e-9 that the point has, 10. The multiplier of its cap is 100 / 5e-8 to the
    letter: a hair of 1e-8 would be worth 20. With that hair, x is what the cap holds: 1e6 / 100, and y has its end."""
    program = lp([([1, 1], -INF, 2)], {"priority_1": [100, 5e-8], "objective": [-1e6, -100]}, high=[1, 0.1])
    monkeypatch.setattr(staging, "KEPT", staging.HOLD)
    found = staged(program)
    assert found.values == pytest.approx({"priority_1": 5e-9, "objective": -10.0}, rel=1e-9)
    stages, multipliers, _ = certify(program, tuple(program.objectives), found, found)
    assert multipliers["objective|priority_1"] == pytest.approx(1e4)
    assert stages[0].bound == pytest.approx(0.0, abs=1e-9)
    assert stages[1].bound == pytest.approx(-10.0)


def alike(program):
    """A program as its own small one."""
    return prove.Ground(program, np.arange(program.shape[1]), np.arange(program.shape[0]))


def test_a_worse_plan_is_bounded_by_the_small_program(monkeypatch):
    """As above: 1 under x at most 1, the row and the cap having the multiplier 1 each; the full program is not
    solved."""
    program = two()
    worse = staged(program.with_bounds(col_lower=np.array([1.0, 2.0])))
    monkeypatch.setattr(certifying, "solve_surely", lambda *_: pytest.fail("solved in full"))
    stages, multipliers, _ = certify(program, tuple(program.objectives), worse, staged(program), small=alike(program))
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 1.0])
    assert multipliers["objective|priority_1"] == pytest.approx(1.0)


@pytest.mark.parametrize(("limit", "asked"), [(1.0, 0), (1.5, 1)])
def test_a_root_that_is_solved_already_is_not_solved_again(monkeypatch, limit, asked):
    """As above, by the root of a tree under the same values of the stages before; under others it is solved."""
    program, calls = two(), []
    worse = staged(program.with_bounds(col_lower=np.array([1.0, 2.0])))
    root = Relaxation(program, "objective", [Kept("priority_1", 1.0)], ()).at(())
    at = Relaxation.at
    monkeypatch.setattr(certifying.Relaxation, "at", lambda *given: calls.append(1) or at(*given))
    stages, _, _ = certify(program, tuple(program.objectives), worse, staged(program), small=alike(program),
                           roots={("objective", (Kept("priority_1", limit),)): root})
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 1.0])
    assert len(calls) == asked


def test_where_the_small_program_says_more_than_its_multipliers_bound_the_full_one_is_solved():
    """A small one that asks x + y >= 3 says 2 for y; its multipliers bound y in full by 1 alone."""
    program = two()
    worse = staged(program.with_bounds(col_lower=np.array([1.0, 2.0])))
    tight = replace(alike(program), program=program.with_bounds(row_lower=np.array([3.0])))
    stages, _, spent = certify(program, tuple(program.objectives), worse, staged(program), small=tight)
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 1.0])
    assert spent > 0.0


def test_where_the_solver_is_at_a_loss_on_the_small_program_the_full_one_is_solved(monkeypatch):
    def lost(*_):
        raise NoPlan("the solver is at a loss")

    program = two()
    worse = staged(program.with_bounds(col_lower=np.array([1.0, 2.0])))
    monkeypatch.setattr(certifying.Relaxation, "at", lost)
    stages, _, _ = certify(program, tuple(program.objectives), worse, staged(program), small=alike(program))
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 1.0])


def test_columns_fixed_since_are_bounded_anew():
    """y at most 1: the linear stages (x = 0, y = 2) no longer hold; x is at least 1, and then y at least 1."""
    relaxed = staged(two())
    fixed = two().with_bounds(col_upper=np.array([5.0, 1.0]))
    stages, _, _ = certify(fixed, tuple(fixed.objectives), staged(fixed), relaxed)
    assert [stage.bound for stage in stages] == pytest.approx([1.0, 1.0])


def test_a_plan_as_good_as_the_linear_stages_needs_no_solve_where_their_point_is_gone(monkeypatch):
    """x + y + z >= 2 at the least sum, first the least x. Whichever of y and z the linear stages use is fixed at
    nothing: the other gives 2 as well, and nothing is better."""
    program = lp([([1, 1, 1], 2, INF)], {"priority_1": [1, 0, 0], "objective": [1, 1, 1]}, high=[5, 5, 5])
    relaxed = staged(program)
    fixed = program.with_bounds(col_upper=np.where(relaxed.x > 0.5, 0.0, 5.0))
    final = staged(fixed)
    monkeypatch.setattr(certifying, "solve_surely", lambda *_: pytest.fail("solved again"))
    stages, _, _ = certify(fixed, tuple(fixed.objectives), final, relaxed)
    assert np.any(relaxed.x > fixed.col_upper + 1.0)
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 2.0])


@pytest.mark.parametrize("seed", range(20))
def test_bounds_of_random_programs_are_their_values(seed):
    """Of a linear program the best value of each stage, the ones before kept, is the bound."""
    program = random_lp(seed, stages=4)
    found = staged(program)
    stages, _, _ = certify(program, tuple(program.objectives), found, found)
    assert {stage.name: stage.bound for stage in stages} == pytest.approx(found.values, abs=1e-6)


def test_a_plan_that_misses_what_parts_of_facilities_reach_is_verified(monkeypatch):
    """1.5 facilities of 4 bn are wanted and 6 bn are there: in part all of it, whole only one, a shortfall of 1/3.
    Without a tree the bound is 0, which needs no multiplier, and it is not the value."""
    monkeypatch.setattr(prove, "SMALL", 0)
    things = [facility(key, asset_type=None, spend={2026: 4.0}, benefit=5.0) for key in "AB"]
    case = bare_case(facilities=keyed(*things), sources=keyed(source("M", ceilings={2026: 6.0, 2027: 0.0, 2028: 0.0})),
                     whole=True,
                     targets=(target("T", "facilities", 1.5),))
    factors, program = program_of(case)
    found = solved(case)
    first = found.stages[0]
    assert (first.name, first.bound) == ("priority_1", 0.0)
    assert first.value > 0.1
    assert not failed(verify(factors, found, all_claims(case, factors, found), program))


def test_a_bound_above_what_decisions_alone_say_has_lost_its_multipliers():
    """The same without targets: one of the two is done for 1; in part 1.5, by the row of money. Without multipliers
    nobody proves 1.5."""
    things = [facility(key, asset_type=None, spend={2026: 4.0}, benefit=5.0) for key in "AB"]
    case = bare_case(facilities=keyed(*things), sources=keyed(source("M", ceilings={2026: 6.0, 2027: 0.0, 2028: 0.0})))
    factors, program = program_of(case)
    found = solved(case)
    claims = all_claims(case, factors, found)
    names = {finding.place for finding in failed(verify(factors, replace(found, multipliers={}),
                                                        {**claims, "bound[objective]": 1.6}, program))}
    assert "multipliers of objective" in names


def test_a_stage_goes_on_from_its_basis_before_columns_were_fixed(monkeypatch):
    """x + y + z >= 2: first the least y, 0; then the least x + 2 z, 2 by x. With x fixed at nothing y stays 0 and the
    least is 4, by z: the row has the multiplier 2, and y, which would then be worth 2, is held by the first stage.
    Nothing is solved from nothing."""
    monkeypatch.setattr(certifying._Certifier, "_by_solving", lambda *_: pytest.fail("solved"))
    program = lp([([1, 1, 1], 2, INF)], {"priority_1": [0, 1, 0], "objective": [1, 0, 2]}, high=[5, 5, 5])
    left = program.with_bounds(col_upper=np.array([0.0, 5.0, 5.0]))
    relaxed, final = staged(program), staged(left)
    assert (relaxed.values["objective"], final.values["objective"]) == pytest.approx((2.0, 4.0))
    stages, multipliers, _ = certify(left, ("priority_1", "objective"), final, relaxed)
    assert [stage.bound for stage in stages] == pytest.approx([0.0, 4.0])
    assert multipliers["objective|priority_1"] == pytest.approx(2.0)
