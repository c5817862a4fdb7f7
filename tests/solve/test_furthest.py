"""The range in which a price holds: by hand, and against the stages asked again on both sides of each end."""

import math

import numpy as np
import pytest

from jaryq.base.errors import Infeasible, InputRejected
from jaryq.formulation.assemble import limits
from jaryq.solve.furthest import face_until, on_line, searched
from jaryq.solve.highs import Solver
from jaryq.solve.stages import linear_stages
from jaryq.solve.warm import Warm
from tests.sampled import exhaustive_but_for
from tests.solve.programs import lp, random_lp
from tests.solve.test_prices import envelope, money, of, plan_of, planned, replanned, tables, works


def parts():
    """Money 12 in the one year; A of 10 is worth 20, B of 10 is worth 14, C of 5 is worth 6, net of their cost 10, 4
    and 1; all in parts."""
    return tables(
        {"first_year": 2026, "last_year": 2026, "discount_rate": 0.0, "prices": 5.0},
        facilities=[{"facility": key, "cost": cost, "works_months": 12.0, "benefit": worth}
                    for key, cost, worth in (("A", 10.0, 20.0), ("B", 10.0, 14.0), ("C", 5.0, 6.0))],
        sources=[{"source_id": "M"}], source_years=[{"source_id": "M", "2026": 12.0}],
    )


def test_the_range_of_a_ceiling_by_hand():
    """12 pays A and 0.2 of B: 0.4 a unit from 10, where A is paid, to 20, where B is; below it 1 a unit, above it
    0.2."""
    found = of(plan_of(parts).prices, "ceiling[M,2026]")
    assert (found.loosen.objective / found.step, found.tighten.objective / found.step) == pytest.approx((0.4, -0.4))
    assert (found.loosen.until, found.tighten.until) == pytest.approx((20.0, 10.0), abs=1e-6)


def test_at_a_break_each_side_has_its_own_price_and_range():
    """Money 10 pays A alone: a unit more brings 0.4 up to 20, a unit less takes 1 down to nothing."""
    case = parts().with_sheet(tables({}, source_years=[{"source_id": "M", "2026": 10.0}]).get("source_years"))
    found = of(planned(case).prices, "ceiling[M,2026]")
    assert (found.loosen.objective / found.step, found.tighten.objective / found.step) == pytest.approx((0.4, -1.0))
    assert found.tighten.until == pytest.approx(0.0, abs=1e-9)
    assert found.loosen.until == math.inf  # twice the limit is as far as is looked: 20, where B is paid


def test_a_step_that_leaves_the_line_has_no_range():
    """Money 10.05 and a step of 0.1005: downwards 0.05 at 0.4 a unit, the rest at 1: no one rate, so no range."""
    case = parts().with_sheet(tables({}, source_years=[{"source_id": "M", "2026": 10.05}]).get("source_years"))
    found = of(planned(case).prices, "ceiling[M,2026]")
    assert found.tighten.objective == pytest.approx(-(0.05 * 0.4 + 0.0505 * 1.0))
    assert math.isnan(found.tighten.until)
    assert found.loosen.until == pytest.approx(20.0)


def test_no_plan_no_range():
    """What cannot be loosened or tightened has no rate."""
    found = of(plan_of(works).prices, "crews[lift@S,2027]")
    assert not found.tighten.feasible
    assert math.isnan(found.tighten.until)


@exhaustive_but_for("envelope", "works")
@pytest.mark.parametrize("case", [envelope, works, money])
def test_up_to_its_end_a_price_holds_and_behind_it_does_not(case):
    """Workbooks with the cell changed, planned from nothing: at the end and half way to it the stages lie on the line
    through the limit as it is and a step further; a hundredth of the way behind the end some stage, the spread of
    shortfalls too, does not (or there is no plan)."""
    plan, ended = plan_of(case), 0
    loosens = {limit.name: limit.loosens for limit in limits(plan.factors)}
    for found in plan.prices:
        assert found.loosens == loosens[found.limit]

        def values(value, found=found):
            try:
                return replanned(plan, found, value)
            except (Infeasible, InputRejected):
                return None

        for move, way in ((found.loosen, loosens[found.limit]), (found.tighten, -loosens[found.limit])):
            if not math.isfinite(move.until):
                continue
            step = found.value + way * found.step
            base, other = dict.fromkeys(plan.names, 0.0), values(step)
            for place in {(step + move.until) / 2, move.until}:
                assert on_line(found.value, base, step, other, place, values(place)), (found, place)
            if move.until > 0:
                behind = move.until + 0.01 * (move.until - found.value)
                there = values(behind) if behind >= 0 else None
                assert there is None or not on_line(found.value, base, step, other, behind, there), found
                ended += 1
    assert ended or case is envelope


@pytest.mark.parametrize("seed", range(12))
def test_a_face_ends_where_the_stages_leave_the_line(seed):
    """Random programs of three stages, a side and a bound moved together: half way the stages are on the line, a little
    behind the end they are not."""
    program = random_lp(seed, stages=3)
    names = tuple(program.objectives)
    near = Warm(program, names, linear_stages(program, names, Solver(program)))

    def at(size):
        upper = program.col_upper.copy()
        upper[0] += size
        return program.moved({("row", (0,)): size}).with_bounds(col_upper=upper)

    step, far = 1e-4, 3.0
    values, _, face = near.faced(at(step))
    part = face_until(face, at(step), at(far), near.basis).part
    assert part == pytest.approx(face_until(face, at(step), at(far)).part, abs=1e-9)
    end = step + part * (far - step)
    if not on_line(0.0, near.base.values, step, values, (step + end) / 2, near.values(at((step + end) / 2))):
        pytest.skip("a break inside the step")
    assert on_line(0.0, near.base.values, step, values, end, near.values(at(end)))
    if end < far - 0.1:
        assert not on_line(0.0, near.base.values, step, values, end + 0.1, near.values(at(end + 0.1)))
        asked = searched(lambda place: near.values(at(place)), 0.0, near.base.values, step, values, far)
        assert asked == pytest.approx(end, abs=0.01)


def test_sides_that_move_apart_have_no_line():
    """1 <= x <= 2 to 0 <= x <= 3: no one move of both sides."""
    program = lp([([1, 0], 1, 2)], {"objective": [1, 0]}, high=[5, 5])
    near = Warm(program, ("objective",), linear_stages(program, ("objective",), Solver(program)))
    _, _, face = near.faced(program)
    assert face_until(face, program, program.with_bounds(row_lower=np.array([0.0]),
                                                         row_upper=np.array([3.0]))) is not None
    free = face.__class__.whole(program)
    assert face_until(free, program, program.with_bounds(row_lower=np.array([0.0]), row_upper=np.array([3.0]))) is None
