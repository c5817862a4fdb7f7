"""Two packages of which one serves a target better by next to nothing: what the stages before the objective give up by
a hair would buy it much."""

import pytest

from jaryq.api.findings import all_claims, verify
from jaryq.factors.derive import derive
from jaryq.solve import stages
from jaryq.verify.finding import failed
from tests.cases import keyed, package, source, target
from tests.make import bare_case, program_of, solved, stage_values

DEARER = 5e-9
"""Part by which the second package is dearer."""


def case(**changes):
    """11 km are asked for, there is money for 10: those of A for 1 bn KZT a km, which earn nothing, or those of B, a
    hair dearer, which earn. A misses 1 of 11 km, B 5e-8 km more: 4.5e-9 of a shortfall."""
    return bare_case(
        packages=keyed(package("A", km=11.0, unit_cost=1.0),
                       package("B", km=11.0, unit_cost=1.0 + DEARER, savings=2.0)),
        sources=keyed(source("M", ceilings={2026: 10.0, 2027: 0.0, 2028: 0.0})),
        targets=(target("T", "km", 11.0),), **changes)


def found_of(asked):
    """What is solved, and every check that fails."""
    solution = solved(asked)
    factors = derive(asked)
    claims = all_claims(asked, factors, solution)
    return solution, failed(verify(factors, solution, claims, program_of(asked)[1]))


def km(solution, key):
    return sum(length for (package, _), length in solution.plan.renew.items() if package == key)


@pytest.mark.parametrize("whole", [False, True])
def test_a_target_is_served_by_a_hair_before_the_objective(whole):
    """10 km of A: 1 of 11 is missed, and nothing earns. (The difference of the two lies below that of a face: the
    objective would take B.) What a row may be broken by is worth as much as the choice of B: not proved."""
    solution, wrong = found_of(case(whole=whole))
    assert not wrong
    assert (km(solution, "A"), km(solution, "B")) == pytest.approx((10.0, 0.0), abs=1e-9)
    values = stage_values(solution)
    assert values["priority_1"] == pytest.approx(1.0 / 11.0, abs=1e-14)
    assert values["objective"] == pytest.approx(-10.0)
    assert solution.stages[0].proved
    assert not solution.main.proved


def test_what_was_given_up_all_the_same_is_no_part_of_the_value(monkeypatch):
    """Where finer faces do not keep it either, the plan misses 5e-8 km more, says so, and is the best one that does:
    every check holds. (The value of A beside the decisions of B would be far better than its own bound.)"""
    monkeypatch.setattr(stages, "KEPT", stages.HOLD)
    solution, wrong = found_of(case())
    assert not wrong
    assert (km(solution, "A"), km(solution, "B")) == pytest.approx((0.0, 10.0 / (1.0 + DEARER)), abs=1e-9)
    values = stage_values(solution)
    assert values["priority_1"] == pytest.approx((1.0 + 10.0 * DEARER) / 11.0, abs=1e-14)
    assert values["objective"] > 0.0
    assert solution.main.proved
