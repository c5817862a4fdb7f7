"""The effective yearly rate of a loan from its flows, by hand."""

import pytest

from jaryq.report.terms import root


def test_a_fee_before_the_first_draw_has_a_second_rate_beyond_sense():
    """1 is paid now, 100 comes after a year, 110 is paid back after two. With q = 1 + r: -q^2 + 100 q - 110 = 0, q = 50
    - sqrt(2390) = 1.11237 or 98.9."""
    assert root([(0.0, -1.0), (1.0, 100.0), (2.0, -110.0)]) == pytest.approx(0.1123737, abs=1e-6)


def test_a_plain_loan_and_flows_that_have_no_rate():
    """100 now for 121 after two years: 10 %. What is only paid has no rate, nor what is only received."""
    assert root([(0.0, 100.0), (2.0, -121.0)]) == pytest.approx(0.1)
    assert root([(0.0, -1.0), (1.0, -2.0)]) is None
    assert root([(0.0, 1.0), (1.0, 2.0)]) is None


@pytest.mark.parametrize("payments", [2, 3, 7, 30])
def test_a_loan_without_interest_costs_nothing(payments):
    """100 now, paid back in equal parts: 0, and not what halving leaves of it (-2.2e-15)."""
    flows = [(0.0, 100.0), *((float(year + 1), -100.0 / payments) for year in range(payments))]
    assert root(flows) == 0.0
    assert root([*flows, (1.0, -1e-6)]) > 0.0
