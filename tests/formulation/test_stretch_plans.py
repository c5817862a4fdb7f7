"""A small case with a register, from its factors to the stretches that are renewed."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bursts, edit, target, tiny_case
from test_stretch_benefits import register

from jaryq.api.question import program_of
from jaryq.api.stretches import solve_register
from jaryq.factors.derive import derive


def case_of(**more):
    """Nothing but N1, 2 km left, of which money pays for 1 km in the three years together (0.1 bn each): no prices rise, no discount. A burst costs 1 bn; renewed pipe does not burst."""
    case = tiny_case(discount_rate=0.0, indices={}, facilities={}, prices=0, explain="off", targets=(target("T", "km", 0.0),), evaluation_last_year=2029, **more)
    case = edit(case, "packages", "N1", km=2.0, km_total=2.0, unit_cost=0.1, km_per_year=40.0, savings=0.0, done={}, bursts=bursts(rate=1.5, after=0.0, consequence=1.0))
    sources = {"B": replace(case.sources["B"], ceilings={2026: 0.1, 2027: 0.0, 2028: 0.0}, envelope=0.1)}
    return replace(case, sources=sources, crews=())


@pytest.mark.parametrize("objective", ["purse", "most_benefit"])
def test_the_stretch_that_bursts_most_is_renewed(objective):
    """Two stretches of 1 km with 2 and 1 bursts a year. Renewed in 2026, they avoid that in 2027, 2028 and 2029: 6 and 3 bn. Money pays for one km: the first is renewed, in 2026."""
    case = case_of(objective=objective)
    f = derive(case)
    solution, renewed = solve_register(f, program_of(f), register([2.0, 1.0], [1.0, 1.0]))
    assert (renewed.row.tolist(), renewed.period.tolist(), renewed.km.tolist()) == ([0], [0], [pytest.approx(1.0)])
    assert solution.value == pytest.approx(6.0 - (0.1 if objective == "purse" else 0.0), abs=1e-6)
    assert solution.certified_bound == pytest.approx(solution.value, abs=1e-6)
    assert dict(solution.plan.renew) == {("N1", "2026"): pytest.approx(1.0)}


def test_an_objective_without_benefits_asks_nothing_of_stretches():
    """Least cost with 1 km asked: any stretch will do, and exactly 1 km is renewed."""
    case = replace(case_of(objective="least_cost"), targets=(target("T", "km", 1.0),))
    f = derive(case)
    solution, renewed = solve_register(f, program_of(f), register([2.0, 1.0], [1.0, 1.0]))
    assert np.sum(renewed.km) == pytest.approx(1.0)
    assert solution.value == pytest.approx(0.1, abs=1e-6)
