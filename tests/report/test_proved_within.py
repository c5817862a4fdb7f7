"""Proved optimal, where what a plan may miss limits by is worth more than a millionth of its value: within what is
said, by hand."""

import pytest

from jaryq.commands.messages import PROVED
from jaryq.report.proved import proof_of, room_of, within
from jaryq.solve.proof import Node, Tree
from jaryq.solve.solution import Stage
from jaryq.verify.branching import Proved
from jaryq.verify.certificate import verify_certificate
from tests.solve.programs import INF, lp


def findings(costs, most):
    """x is at least a thousandth, of at most ``most``, and costs so much: value and bound are a thousandth of it."""
    program = lp([((1.0,), 1e-3, INF)], {"objective": (costs,)}, high=(most,))
    value = costs / 1000.0
    return verify_certificate(program, ["objective"], "least_cost", {"value[objective]": value, "bound[objective]":
                              value}, {"objective|row[0]": costs})


def test_what_hairs_are_worth_is_told():
    """The row may be broken by 1e-8 and 1e-9 of 2, at 1000: 1.2e-5 of 1."""
    room = room_of(Stage("objective", 1.0, 1.0), findings(1000.0, 2.0))
    assert room == pytest.approx(1.2e-5)
    said = proof_of(Stage("objective", 1.0, 1.0), findings(1000.0, 2.0), money=True)
    assert said.en == "proved optimal within 0.00002 bn KZT (what missing limits by a hair may bring)"
    assert said.ru == ("доказано: лучшего нет с точностью до 0,00002 млрд тенге (столько может дать нарушение "
                       "ограничений на волосок)")
    line = PROVED.say("en", within=within(room, money=True), tree="", shortfalls="")
    assert line == "Proved optimal within 0.00002 bn KZT (what missing limits by a hair may bring)."


def test_a_millionth_is_not_worth_telling():
    """At 10 it is 1.2e-7; and nothing is added to what is not proved."""
    assert room_of(Stage("objective", 0.01, 0.01), findings(10.0, 2.0)) is None
    assert proof_of(Stage("objective", 0.01, 0.01), findings(10.0, 2.0)).en == "proved optimal"
    assert PROVED.say("ru", within=within(None, money=True), tree="", shortfalls="") == "Доказано: лучшего плана нет."
    assert proof_of(Stage("objective", 1.0, 0.5), findings(1000.0, 2.0)).en == "certified distance only"


def test_of_a_tree_the_worst_leaf_counts():
    """Multipliers of 10 and 500 in the two leaves: the least bound is of the first, the most hairs of the second."""
    program = lp([((0.0, 1.0), 1e-3, INF)], {"objective": (0.0, 1000.0)}, high=(1.0, 2.0), whole=(0,))
    tree = Tree((Node(("x[0]",)), Node(multipliers={"row[0]": 10.0}), Node(multipliers={"row[0]": 500.0})))
    bound, hairs = Proved(program).told(tree, "objective", {})
    assert bound == pytest.approx(0.01)
    assert hairs == pytest.approx(500 * 1.2e-8)
