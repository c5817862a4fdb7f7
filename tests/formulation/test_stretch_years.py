"""What stretches bring above their means stands in the years in which it falls."""

from dataclasses import replace

import numpy as np
import pytest
from cases import bursts, edit, keyed, quantity, target, tiny_case
from test_stretch_benefits import register
from test_stretch_plans import case_of

from jaryq.api.question import program_of
from jaryq.api.stretches import above_mean, solve_register
from jaryq.api.verified import settled
from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.factors.derive import derive
from jaryq.factors.stretch_years import above_by_year
from jaryq.report.amounts import amounts
from jaryq.report.values import benefits_by_year


def test_by_hand():
    """Two stretches of 1 km with 2 and 1 bursts a year, 1 bn each; the first is renewed in 2026 and avoids 2 in each of
    2027, 2028 and 2029, where a km of the package avoids 1.5. (By the year after the works all of the 1.5 above the
    mean stood in 2027.)"""
    case = replace(case_of(objective="purse"), stretches=register([2.0, 1.0], [1.0, 1.0]))
    f = derive(case)
    program = program_of(f)
    solution = settled(solve_register(f, program, case.stretches), f, program)
    assert above_by_year(f, case.stretches, solution.renewed) == pytest.approx({2027: 0.5, 2028: 0.5, 2029: 0.5})
    assert benefits_by_year(amounts(case, f, solution.plan, solution.renewed)) == pytest.approx({2027: 2.0, 2028: 2.0,
        2029: 2.0})
    assert benefits_by_year(amounts(case, f, solution.plan)) == pytest.approx({2027: 3.0, 2028: 1.5, 2029: 1.5})


@pytest.mark.parametrize("resolution", ["year", "quarter"])
def test_the_benefits_of_a_year_are_those_of_packages_of_the_kind_of_the_stretches(resolution):
    """Each stretch as a package of its own kind brings, year by year, what the plan tells; the third is replaced in the
    year its bursts say, before the package; the second has most bursts soon."""
    quantities = keyed(quantity("CO2", kind="flow", season=tuple(range(1, 13)), value=5e6),
                       quantity("ONCE", kind="once", value=2e6),
                       quantity("B", derived="bursts", kind="flow", value=3e6))
    case = tiny_case(evaluation_last_year=2040, resolution=resolution, quantities=quantities, facilities={},
                     targets=(target("T", "km", 0.0),))
    case = edit(case, "packages", "N1", quantities={"CO2": 2.0, "ONCE": 1.0}, savings=0.01,
                bursts=bursts(rate=0.4, growth=0.08, after=0.02, most=1.5, calibration=0.9, consequence=0.02, lost=3.0,
                              lost_value=0.001, replace_at=1.2))
    rates, consequences, co2, once = [0.4, 1.0, 1.15, 0.05], [0.02, 0.1, 0.01, 0.3], [2.0, 0.0, 7.0, 1.0], [1.0, 0.0,
        4.0, 1.0]
    stretches = register(rates, consequences, CO2=co2, ONCE=once)
    f = derive(replace(case, stretches=stretches))
    labels = f.works.open["N1"]
    last = len(case.periods) - 1
    renewed = Renewed(np.array([0, 1, 1, 2, 3], dtype=np.int32), np.array([0, 0, last, 1, last], dtype=np.int16),
                      np.array([1.0, 0.25, 0.5, 1.0, 0.75]))
    expected = {}
    for row, position, km in zip(renewed.row.tolist(), renewed.period.tolist(), renewed.km.tolist(), strict=True):
        package = case.packages["N1"]
        like = derive(edit(case, "packages", "N1", quantities={"CO2": co2[row], "ONCE": once[row]},
                           bursts=replace(package.bursts, rate=rates[row], consequence=consequences[row])))
        for year, value in like.risk.benefits.by_year("N1", position).items():
            expected[year] = expected.get(year, 0.0) + km * value
    renew = {}
    for position, km in zip(renewed.period.tolist(), renewed.km.tolist(), strict=True):
        label = next(t for t in labels if f.works.position[t] == position)
        renew["N1", label] = renew.get(("N1", label), 0.0) + km
    plan = Plan(renew=renew)
    plan = replace(plan, above=above_mean(f, stretches, plan, renewed))
    found = benefits_by_year(amounts(replace(case, stretches=stretches), f, plan, renewed))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert sum(above_by_year(f, stretches, renewed).values()) == pytest.approx(sum(plan.above.values()), rel=1e-9)
