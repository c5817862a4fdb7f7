"""What check says of balances, ties, borrowers and bills (docs/numbers.md: Adequacy, Affordability and debt): for each
rule a workbook that breaks it and one that just does not, and the years of a balance, reckoned by hand."""

import pytest

from jaryq.case.build import build
from jaryq.tables.typed import typed
from tests.data.rows_of_adequacy import BILL, BROKEN, JOINED, NORTH, SOUND, A, B
from tests.data.test_rules import BASE, edited, issues_of


@pytest.mark.parametrize(("rule", "edits", "code", "cells"), BROKEN, ids=lambda value: value if isinstance(value, str)
                         else "")
def test_a_workbook_that_breaks_it(rule, edits, code, cells):
    found = issues_of(rule, edited(edits))
    assert [(issue.code, issue.cell) for issue in found] == [(code, cell) for cell in cells]


@pytest.mark.parametrize(("rule", "edits"), SOUND, ids=lambda value: value if isinstance(value, str) else "")
def test_a_workbook_that_just_does_not(rule, edits):
    assert issues_of(rule, edited(edits)) == []


def case_of(edits):
    return build(typed(edited(edits))[0])


def test_blank_years_are_as_the_year_before():
    """Planned 2026 to 2028; stated 2025, 2027 and 2030: 2029 is filled, 2030 the last year."""
    only, = case_of({(A, 0): {"area": "North", "unit": "MW", "peak_2025": 100.0, "peak_2027": 120.0,
                              "available_2026": 90.0, "available_2030": 70.0}}).balances
    assert only.peak == {2026: 100.0, 2027: 120.0, 2028: 120.0, 2029: 120.0, 2030: 120.0}
    assert only.available == {2026: 90.0, 2027: 90.0, 2028: 90.0, 2029: 90.0, 2030: 70.0}
    assert only.months == {11, 12, 1, 2}
    assert only.cells["2029"] == "balances!E4"


@pytest.mark.parametrize(("more", "last"), [({}, 2028), ({"price": 1.0, "priority": None}, 2029),
                                            ({"price": 1.0, "priority": None, "priced_to": 2028}, 2028)])
def test_a_price_beyond_the_last_year_makes_one_more_row(more, last):
    """evaluation_last_year 2040, so a price goes on unless priced_to ends it; the areas that ties join share their
    years."""
    case = case_of({**JOINED, (A, 0): {**NORTH, **more}})
    assert [max(balance.years) for balance in case.balances] == [last, last]
    assert case.ties[0].capacity == dict.fromkeys(range(2026, last + 1), 10.0)


def test_rise_of_a_year_goes_before_rise():
    only, = case_of({("tariffs", 0): {**BILL, "rise": 10.0, "invested": 20.0, "rise_2027": 0.0}}).tariffs
    assert only.rises == {2026: 0.1, 2027: 0.0, 2028: 0.1}
    assert (only.invested, only.household_share) == (0.2, 0.75)


def test_cash_grows_after_the_last_year_given():
    case = case_of({(B, 0): {"borrower": "CO", "cash_2026": 8.0, "cash_2028": 10.0, "growth": 10.0},
                    (B, 1): {"borrower": "ME", "cash_2026": 8.0}})
    assert [case.borrowers["CO"].cash_in(year) for year in (2026, 2027, 2028, 2029, 2030)] == pytest.approx([8.0, None,
        10.0, 11.0, 12.1])
    assert case.borrowers["ME"].cash_in(2027) is None


def test_the_base_case_has_none_of_it():
    case = build(typed(edited({}))[0])
    assert (case.balances, case.ties, dict(case.borrowers)) == ((), (), {})
    assert A not in BASE
