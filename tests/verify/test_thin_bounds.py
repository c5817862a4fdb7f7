"""Bounds by multipliers so large that what a row may be broken by is worth more than anything: to the letter they prove
that a plan is the best which is not. They are refused."""

from dataclasses import replace

import numpy as np
import pytest

from jaryq.api.findings import all_claims
from jaryq.solve.exact import Arithmetic, exact_bound
from jaryq.solve.proof import Node, Proof, Tree
from jaryq.verify.branching import Proved
from jaryq.verify.certificate import verify_certificate
from jaryq.verify.finding import failed
from tests.cases import facility
from tests.hand.test_hand_exactly_enough import budget, paid_by, plant
from tests.make import program_of, solved
from tests.solve.programs import INF, lp

SIZES = [1e9, 1e13, 1e17]


def planned(case):
    """Program, claims and solution of a plan that stands as it is."""
    factors, program = program_of(case)
    found = solved(case)
    numbers = all_claims(case, factors, found)
    assert not failed(checked(program, numbers, found))
    return program, numbers, found


def checked(program, numbers, found):
    return verify_certificate(program, [stage.name for stage in found.stages], "purse", numbers, found.multipliers,
                              found.proof)


@pytest.mark.parametrize("size", SIZES)
def test_a_leaf_that_is_not_called_empty(size):
    """5 bn, bought over 9 months for a fifth, under ceilings of 2 and 3: it is built and worth 21. A forger builds
    nothing; in the branch in which it starts the outlays of 2027, above 3 by 4e-16 in doubles, bound it by 0 (at 1e17)
    to the letter. The row may be broken by 1e-8 and more."""
    work, spent = plant(5, 9, 20)
    program, numbers, found = planned(paid_by([work], budget(spent), share=20))
    assert found.plan.start == {("F", "2026"): 1.0}
    best = numbers["value[objective]"]
    tree = Tree((Node(("start[F,2026]",)), Node(), Node(multipliers={"paid_in_full[F,2027]": size})))
    assert Proved(program).bound(tree, "objective", {}) <= -best * (1 - 1e-4)
    proof = replace(found.proof, trees={"objective": tree})
    forged = {**numbers, "value[objective]": 0.0, "bound[objective]": 0.0, "linear[objective]":
              numbers["bound[objective]"], "leaves[objective]": 2.0}
    wrong = failed(checked(program, forged, replace(found, proof=proof)))
    assert ("certificate", "bound[objective]") in {(one.check, one.place) for one in wrong}


@pytest.mark.parametrize("size", [1e9, 2.3e10, 1e13, 1e17])
def test_multipliers_of_a_stage(size):
    """F must be done and is just paid, but for 1e-10 of 2027; G pays too and is left out. Much of F's outlays and of
    that it must be done bounds the plan by whatever the forger likes, to the letter."""
    must, spent = plant(5, 9, 20, must=True)
    also = facility("G", cost=1.0, works_months=12.0, savings=1.0, earliest=2028)
    money = budget(spent, less=3e-10)
    case = paid_by([must, also], replace(money, ceilings={**money.ceilings, 2028: 1.0}), share=20)
    program, numbers, found = planned(case)
    assert {key for key, _ in found.plan.start} == {"F", "G"}
    best, (cost, constant) = numbers["value[objective]"], program.objectives["objective"]
    upper = Proved(program)
    for fixing in found.proof.fixings:
        upper.fix(fixing)
    dual = np.zeros(program.shape[0])
    for name, value in (("paid_in_full[F,2027]", size), ("start_required[F]", 3.0000000000000004 * size)):
        family, key = name.removesuffix("]").split("[")
        dual[program.row_at[family, tuple(int(k) if k.isdigit() else k for k in key.split(","))
                            if "," in key else (key,)]] = value
    own = {key.removeprefix("objective|"): value for key, value in found.multipliers.items()}
    for name, i in ((name, i) for i, name in enumerate(program.rows)):
        dual[i] += own.get(f"{name[0]}[{','.join(str(k) for k in name[1])}]", 0.0)
    assert -Arithmetic(upper.left).taken(cost, constant, dual).exact < best
    assert -exact_bound(upper.left, cost, constant, dual) > best


@pytest.mark.parametrize("size", SIZES)
def test_by_hand(size):
    """min -x - y of whole x, y: 2 x <= 2 less 1e-9, so that x = 1 breaks a row by 1e-9, which passes: the best is -2.
    A leaf with x = 1 and that row at the size: to the letter -2 + 1e-9 x size, taken off are 1.2e-8 x size."""
    program = lp([([2, 0], -INF, 2 - 1e-9)], {"objective": [-1, -1]}, high=[1, 1], whole=[0, 1])
    tree = Tree((Node(("x[0]",)), Node(), Node(multipliers={"row[0]": -size})))
    assert Proved(program).bound(tree, "objective", {}) == pytest.approx(-2 - 1.1e-8 * size, rel=1e-6)
    assert Proof(trees={"objective": tree}).trees["objective"].leaves == 2
