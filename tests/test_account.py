"""A fee of a loan is put to its date in one place of the algebra and its report, and once more in verify."""

import ast
from pathlib import Path

import pytest

from jaryq.factors.account import FEES, account, flows_of_signed, received
from tests.cases import source

ROOT = Path(__file__).parents[1] / "model/jaryq"
COLUMNS = {"front_end", "commitment_fee", "guarantee_fee", "premium"}


def counted(text):
    """Fees of a loan that a module counts with."""
    return {inner.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.BinOp)
            for inner in (node.left, node.right)
            if isinstance(inner, ast.Attribute) and inner.attr in COLUMNS}


def test_fees_are_counted_with_in_one_place():
    """The schedule weighs the guarantee fee with the balance; all else stands in the account, which dues, debt and
    report read."""
    found = {path.relative_to(ROOT).as_posix(): fees for path in ROOT.rglob("*.py") if path.parent.name != "verify"
             and (fees := counted(path.read_text(encoding="utf-8")))}
    assert found == {"factors/account.py": {"front_end", "commitment_fee"}, "factors/loans.py": {"guarantee_fee"}}


def test_a_fee_that_is_counted_with_elsewhere_is_seen():
    assert counted("def f(source, amount):\n    return amount * source.premium\n") == {"premium"}
    assert counted("def f(source):\n    return source.premium > 0\n") == set()


def test_the_account_of_a_loan_by_hand():
    """100 signed in 2026 and drawn in mid-2027 with 40, paid back in mid-2028 with 10 %: 1 % of 100 at the signing; 1 %
    of what is not drawn for half of 2026, for 2027 on 100 half a year and on 60 the other, for 2028 on 60; 2 % premium
    of the draw. Of 40, fees that the draw saves are taken off."""
    loan = source("L", kind="loan", rate=0.1, tenor=1.0, payments=1, signing_year=2026, available_from=2026,
                  available_to=2028, front_end=0.01,
                  commitment_fee=0.01, premium=0.02)
    found = {(flow.year, flow.at, flow.part): flow.amount for flow in account(loan, 100.0, {2027: 40.0}, {}, 2026, 2026)
             if flow.amount}
    assert found == pytest.approx({
        (2026, 0.5, "front_end"): 1.0, (2026, 1.0, "commitment"): 0.5, (2027, 2.0, "commitment"): 0.8,
        (2028, 3.0, "commitment"): 0.6,
        (2027, 1.5, "drawn"): 40.0, (2027, 1.5, "premium"): 0.8, (2028, 2.5, "principal"): 40.0,
        (2028, 2.5, "interest"): 4.0})
    assert received(account(loan, 0.0, {2027: 40.0}, {}, 2026, 2026)) == pytest.approx({1.5: 39.2, 2.5: -44.0})
    assert {flow.part for flow in flows_of_signed(loan, 1.0, {}, 2027,
                                                  2026)} == {"commitment"}, "the front-end fee is past"
    assert {"front_end", "commitment", "premium"} < set(FEES)
