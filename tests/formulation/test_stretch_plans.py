"""A small case with a register, from its factors to the stretches that are renewed."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bursts, edit, target, tiny_case
from test_stretch_benefits import register

from jaryq.api.findings import all_claims, verify
from jaryq.api.question import program_of
from jaryq.api.stretches import priced_by_links, solve_register
from jaryq.api.verified import settled
from jaryq.factors.derive import derive
from jaryq.solve.highs import Solver
from jaryq.verify.finding import failed


def case_of(**more):
    """Nothing but N1, 2 km left, of which money pays for 1 km in the three years together (0.1 bn each): no prices
    rise, no discount. A burst costs 1 bn; renewed pipe does not burst."""
    case = tiny_case(discount_rate=0.0, indices={}, facilities={}, prices=0, explain="off",
                     targets=(target("T", "km", 0.0),), evaluation_last_year=2029, **more)
    case = edit(case, "packages", "N1", km=2.0, km_total=2.0, unit_cost=0.1, km_per_year=40.0, savings=0.0, done={},
                bursts=bursts(rate=1.5, after=0.0, consequence=1.0))
    sources = {"B": replace(case.sources["B"], ceilings={2026: 0.1, 2027: 0.0, 2028: 0.0}, envelope=0.1)}
    return replace(case, sources=sources, crews=())


def solution_of(case):
    """Two stretches of 1 km with 2 and 1 bursts a year."""
    case = replace(case, stretches=register([2.0, 1.0], [1.0, 1.0]))
    f = derive(case)
    return solve_register(f, program_of(f), case.stretches)


@pytest.mark.parametrize("objective", ["purse", "most_benefit"])
def test_the_stretch_that_bursts_most_is_renewed(objective):
    """Two stretches of 1 km with 2 and 1 bursts a year. Renewed in 2026, they avoid that in 2027, 2028 and 2029: 6 and
    3 bn. Money pays for one km: the first is renewed, in 2026."""
    case = case_of(objective=objective)
    solution = solution_of(case)
    assert (solution.renewed.row.tolist(), solution.renewed.period.tolist(), solution.renewed.km.tolist()) == ([0], [0],
        [pytest.approx(1.0)])
    assert solution.value == pytest.approx(6.0 - (0.1 if objective == "purse" else 0.0), abs=1e-6)
    assert solution.certified_bound == pytest.approx(solution.value, abs=1e-6)
    assert dict(solution.plan.renew) == {("N1", "2026"): pytest.approx(1.0)}


@pytest.mark.parametrize(("objective", "value"), [("purse", 5.9), ("most_benefit", 6.0), ("least_cost", 0.1)])
def test_what_it_brings_above_the_mean_is_a_part_of_every_sum(objective, value):
    """A km of the package as it is on average has 1.5 bursts a year: 4.5 bn, 1.5 less than the stretch that is renewed.
    With an objective that asks nothing of stretches the first is taken too, as it stands first. Benefits are 6 in every
    case, society 5.9; the parts that speak of packages stay as of the package."""
    case = replace(case_of(objective=objective), targets=(target("T", "km", 1.0),),
                   stretches=register([2.0, 1.0], [1.0, 1.0]))
    f = derive(case)
    program = program_of(f)
    solution = settled(solve_register(f, program, case.stretches), f, program)
    assert dict(solution.plan.above) == {("N1", "2026"): pytest.approx(1.5, abs=1e-6)}
    numbers = all_claims(case, f, solution)
    expected = {"benefits_pv": 6.0, "risk_avoided_pv": 4.5, "above_pv": 1.5, "society": 5.9, "gain[users]": 6.0,
                "objective": value, "stretches[count]": 2.0, "stretches[value]": 6.0,
                "stretches[cut]": 0.0}
    assert {key: numbers[key] for key in expected} == pytest.approx(expected, abs=1e-6)
    assert failed(verify(f, solution, numbers, program)) == ()
    for key in expected:
        assert failed(verify(f, solution, {**numbers, key: numbers[key] + 0.01}, program)), key


def test_an_objective_without_benefits_asks_nothing_of_stretches():
    """Least cost with 1 km asked: any stretch will do, and exactly 1 km is renewed."""
    case = replace(case_of(objective="least_cost"), targets=(target("T", "km", 1.0),))
    solution = solution_of(case)
    assert np.sum(solution.renewed.km) == pytest.approx(1.0)
    assert solution.value == pytest.approx(0.1, abs=1e-6)


def test_the_program_of_packages_in_which_a_km_earns_the_multiplier_of_its_link_ends_at_the_bound():
    """It is what stands among the tables of a plan: its optimum is 5.9 (minimised: -5.9), that of the means 4.4."""
    case = replace(case_of(objective="purse"), stretches=register([2.0, 1.0], [1.0, 1.0]))
    f = derive(case)
    program = program_of(f)
    solution = solve_register(f, program, case.stretches)

    def best(of):
        solver = Solver(of)
        solver.minimise(of.objectives["objective"][0])
        return of.value("objective", solver.run().x)

    assert best(priced_by_links(f, program, solution)) == pytest.approx(-5.9, abs=1e-6)
    assert best(program) == pytest.approx(-4.4, abs=1e-6)
    assert priced_by_links(f, program, replace(solution, renewed=None)) is program
