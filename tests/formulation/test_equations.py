"""The equation in a family's docstring names the same ingredients as its code: decisions, and the sums of them that
have a name of their own."""

import ast
import inspect
import re
import textwrap

import pytest

from jaryq.documents import pages  # noqa: F401  (loads every file of rows)
from jaryq.formulation.declare import ROWS, VARIABLES
from tests.docstrings import parts_of

SUMS = {
    "draws": {"use"}, "new_money": {"use", "old"}, "income": {"income"}, "outlay": {"outlay"},
    "total_outlay": {"outlay"}, "fund_service": {"service"},
    "beyond": {"measure"}, "normalised": {"short", "excess"}, "need": {"need"}, "paid": {"draw"}, "_above": {"need"},
    "_paid": {"draw"}, "_drawn": {"draw"}, "_bound_part": {"draw", "local"},
    "to_payee": {"draw"}, "renewed": {"renew"}, "share_taken": {"start", "lot"}, "flowing": {"flow"}, "_flow": {"flow"},
    "out_of_service": {"start"}, "out_in_season": {"start"}, "_of_slot": {"start", "renew"},
    "crews_needed": {"start", "renew"},
    "_within": {"outlay", "spent", "paid"}, "works": {"outlay"}, "_of_payee": {"outlay"}, "outlay_after": {"outlay"},
    "begun": {"start"}, "any_begun": {"start"}, "_begun_by": {"start"}, "_early_enough": {"start"},
}
"""What the functions that rules call stand for in equations."""
DATA = {"spent_before": "spent", "paid_before": "paid", "envelope": "spent"}
"""Money of before the planned years."""
WORDS = set(VARIABLES) | set().union(*SUMS.values()) | set(DATA.values())


def in_equation(rule):
    text = parts_of(rule)["equation"].replace(r"\_", "0")
    return set(re.findall(r"[a-z0]+", re.sub(r"_(\{[^{}]*\}|[A-Za-z])", " ", text))) & WORDS


def in_code(rule):
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "m" and node.attr in VARIABLES:
            found.add(node.attr)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("f.money", "f.bounds") and node.attr in DATA:
            found.add(DATA[node.attr])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= SUMS.get(node.func.id, set())
            if node.func.id == "summed":  # the family of decisions is named, and where it is added up
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value in VARIABLES}
    return found


@pytest.mark.parametrize("name", sorted(ROWS))
def test_equation_and_code_name_the_same(name):
    assert in_equation(ROWS[name].rule) == in_code(ROWS[name].rule)


def test_what_is_left_out_is_found():
    """The pace of a loan without the income that raises it, and a rule that reads what its equation does not name."""
    def pace(m, f, s, y):
        r"""Draws stay within ceilings.

        .. math:: \sum_{u \le y} use_{s,u} \le \sum_{u \le y} ceiling_{s,u}

        Unit: bn KZT. Dual: none.
        """
        return draws(m, f, s, y) - income(m, f, s, y) + m.line[s, y] <= 0  # noqa: F821

    assert in_code(pace) - in_equation(pace) == {"income", "line"}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_rule_is_a_relation_of_the_model(name):
    """So that the type checker sees a rule that forgets its comparison."""
    signature = inspect.signature(ROWS[name].rule)
    assert (signature.parameters["m"].annotation, signature.return_annotation) == ("Model", "Relation")
