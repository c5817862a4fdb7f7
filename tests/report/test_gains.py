"""The table of gains as people see it."""

from jaryq.report.gains import PARTS, _row


def test_two_sides_that_cancel_show_nothing():
    """A loan's payer gives 0.1 + 0.2, which floating point makes 0.30000000000000004; its lender gets 0.3. Together
    nothing moves, and no red -0.0 is shown."""
    payer = dict.fromkeys(PARTS, 0.0) | {"loans": -(0.1 + 0.2), "benefits": 5.0}
    lender = dict.fromkeys(PARTS, 0.0) | {"loans": 0.3}
    row = _row("all", [payer, lender])
    assert (row["loans"], row["benefits"], row["gain"]) == (0.0, 5.0, 5.0)


def test_a_small_sum_that_is_no_rounding_stays():
    payer = dict.fromkeys(PARTS, 0.0) | {"loans": -1000.0}
    lender = dict.fromkeys(PARTS, 0.0) | {"loans": 1000.000001}
    assert abs(_row("all", [payer, lender])["loans"] - 1e-6) < 1e-9
