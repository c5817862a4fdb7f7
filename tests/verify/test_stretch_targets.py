"""What stretches change of the measures of targets, checked by packages of one stretch each; bounds of a target over
stretches by hand; what is forged is named."""

from dataclasses import replace

import numpy as np
import pytest

from jaryq.case.plan import Plan
from jaryq.case.stretches import Renewed
from jaryq.solve.proof import Node, Proof, Tree
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from jaryq.verify.recompute import recompute
from jaryq.verify.stretch_state import Rows
from jaryq.verify.stretch_targets import Changes
from jaryq.verify.stretches import verify_stretches
from tests.cases import target
from tests.verify.test_checked_stretches import sound
from tests.verify.test_stretch_certificate import INF, A, case_of, program_of
from tests.verify.test_stretch_state import planned

TARGETS = tuple(target(f"{measure}{year}", measure, 1.0, year, sense=sense, year_first=2027, **more)
                for year in (2028, 2030) for measure, sense, more in (
    ("wear", "<=", {}), ("failures", "<=", {}), ("not_supplied", "<=", {"unit": "Gcal"})))
QUANTITIES = tuple(target(f"{key}{year}", "quantity", 1.0, year, year_first=2028, quantity=key)
                   for key in ("co2", "burst", "heat") for year in (2029, 2030))


def nothing():
    return Renewed(np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros(0))


def measured(case, plan, renewed=None):
    return recompute(case, plan, renewed)[0].reached


@pytest.mark.parametrize("seed", range(6))
def test_by_means_and_what_stretches_change_is_what_packages_of_one_stretch_reach(seed):
    """The measure by the means, what stretches differ from these with nothing renewed (of both the second plan, which
    renews nothing), and sum a x: as the packages of one stretch each."""
    (case, plan, renewed), (apart, of_apart) = planned(seed)
    case, apart = (replace(one, targets=TARGETS + QUANTITIES) for one in (case, apart))
    changes, rows = Changes(case), Rows.of(renewed, case.stretches, 5)
    still = {g: amount - measured(case, Plan())[g] for g, amount in measured(case, Plan(), nothing()).items()}
    by_means, expected, some = measured(case, plan), measured(apart, of_apart), 0
    for one in case.targets:
        found = changes.sums(one, rows)[0]
        assert by_means[one.id] + still[one.id] + found == pytest.approx(expected[one.id], rel=1e-11, abs=1e-11), one.id
        some += abs(found) > 1e-6
    assert some >= 10
    assert measured(case, plan, renewed) == pytest.approx(expected, rel=1e-11, abs=1e-11)


def test_filters_choose_packages():
    """A target of another package asks nothing of these stretches."""
    (case, _, _), _ = planned(1)
    changes = Changes(case)
    assert changes.of(target("W", "wear", 0.1, 2026, sense="<=", filter={"project": "N9"})) == {}
    assert list(changes.of(target("W", "wear", 0.1, 2026, sense="<=", filter={"project": "N*"}))) == ["N1"]
    assert changes.of(target("K", "km", 1.0, 2030)) == {}


def test_wear_by_hand():
    """Six stretches of 1 km, life 4: to the end of 2027 a stretch of 20 % would be worn 70 %, one of 90 % 100 %, the
    mean of 50 % 100 %: renewing the first takes 0.3 of 6 km less off than the mean, in 2027 and 2028 alike; what is
    renewed after the year changes nothing of it."""
    (case, _, _), _ = planned(0)
    case = replace(case, stretches=replace(case.stretches, wear=np.array([0.2, 0.9, 0.5, 0.5, 0.5, 0.4])))
    found = Changes(case).of(target("W", "wear", 0.1, 2027, sense="<="))["N1"]
    np.testing.assert_allclose(found[:, :2], np.repeat([[0.05], [0], [0], [0], [0], [0.1 / 6]], 2, axis=1), atol=1e-15)
    assert not found[:, 2:].any()


def with_targets():
    case, renewed, plan, stated = sound()
    return replace(case, targets=(target("F", "failures", 1.0, 2028, sense="<=",
                                         year_first=2028),)), renewed, plan, stated


def test_what_a_plan_says_of_it_is_checked():
    """In 2028 stretches of N1 burst 1 and 0.6 a km, on average 11/15: renewing a km of each before leaves 4/15 less and
    2/15 more than two mean km: 2/15 less; N2 is as its stretch."""
    case, renewed, plan, stated = with_targets()
    findings = verify_stretches(case, renewed, replace(plan, apart={"F": -2 / 15}), stated)
    assert failed(findings) == ()
    for wrong in ({"F": -0.1}, {}, {"F": -2 / 15, "G": 0.0}):
        assert [one.check for one in failed(verify_stretches(case, renewed, replace(plan, apart=wrong),
            stated))] == ["stretch_apart"], wrong


def asked():
    """Failures of 2028 at most 0.5 where two km burst 1 and 0.6 a year, 0.8 on average, and 0.1 renewed; 1 km is paid.
    By means 1.6 - 0.7 x - short <= 0.5; the first stretch leaves 0.2 a km less than the mean, the second 0.2 more:
    renewing the first gives 0.7, 0.2 missed. A km is worth 0.7 + 0.2 to the shortfall with the first, 0.7 - 0.2 with
    the second: the first."""
    program = program_of([A, ("short", ("F",))], [(("pay", ("2026",)), -INF, 1.0, [1.0, 0.0]),
                                                  (("at_most", ("F",)), -INF, -1.1, [-0.7, -1.0])], [2.0, 5.0],
                         {"priority_1": [0.0, 1.0], "objective": [0.0, 0.0]})
    claims = {"value[priority_1]": 0.2, "bound[priority_1]": 0.2}
    return program, claims, {"priority_1|at_most[F]": -1.0, "priority_1|pay[2026]": -0.9,
                             "priority_1|stretch_link[N1,2026]": 0.2}


def bound_of(claims=(), multipliers=(), proof=None):
    program, stated, held = asked()
    aims = (target("F", "failures", 0.5, 2028, sense="<=", year_first=2028),)
    case = case_of()
    case = replace(case, targets=aims, packages={**case.packages,
                                                 "N1": replace(case.packages["N1"],
                                                 bursts=replace(case.packages["N1"].bursts, rate=0.8))})
    return failed(verify_certificate(program, ("priority_1",), "most_benefit", {**stated, **dict(claims)},
                                     {**held, **dict(multipliers)}, proof or Proof(), case))


def test_a_bound_with_a_target_by_stretch():
    """With the multiplier 1 of the target the stretches are worth 0.2 and -0.2 a km beside the mean, so with 0.2 for
    the link they gain nothing: 1.1 - 0.9 = 0.2 is the bound. With 0 for the link the first gains 0.2 and a paid km is
    worth 0.7: the same; without a multiplier of the target nothing is proved."""
    assert bound_of() == ()
    assert bound_of(multipliers={"priority_1|stretch_link[N1,2026]": 0.0, "priority_1|pay[2026]": -0.7}) == ()


@pytest.mark.parametrize("forged", [
    {"claims": {"bound[priority_1]": 0.25}}, {"multipliers": {"priority_1|stretch_link[N1,2026]": 0.1}},
    {"multipliers": {"priority_1|at_most[F]": -0.9}},
    {"multipliers": {"priority_1|at_most[F]": 1.0}}, {"multipliers": {"priority_1|at_most[F]": float("nan")}},
    {"claims": {"value[priority_1]": 0.1}}])
def test_what_is_forged_is_named(forged):
    assert bound_of(**forged)


def test_a_tree_proves_nothing_where_targets_ask_of_stretches():
    assert "branching" in {one.check for one in bound_of(proof=Proof(trees={"priority_1": Tree((Node(),))}))}
