"""Prices of limits by hand: the difference of two full linear plans."""

import pytest

from tests.hand.runs import job, near
from tests.hand.test_hand_loans import by_rank


def unit_price():
    """Present value of one KZT of the loan: 1 % a year, 2 years of grace, 10 of tenor, yearly; 9 instalments of 1/9
    from the second payment on."""
    total, balance = 0.0, 1.0
    for k in range(1, 11):
        principal = 1 / 9 if k >= 2 else 0.0
        total += (principal + 0.01 * balance) * 1.1**-(0.5 + k)
        balance -= principal
    return total


@pytest.mark.parametrize(("regime", "facilities"), [("same_projects", "whole"), ("projects_may_change", "whole"),
                                                    ("same_projects", "divisible")])
def test_price_of_an_envelope(regime, facilities):
    """40 to 40.4: own money at 0.953463, the loan at 0.594529 a KZT: 0.4 x 0.358934 = +0.143573, the difference of two
    full plans."""
    gain = 0.4 * (1.1**-0.5 - unit_price())
    assert gain == near(0.143573, abs=5e-7)
    def tables(size):
        return job("price-of-envelope", lambda found: by_rank(found, envelope=size), facilities=facilities,
                   prices=10).solution

    before = tables(40)
    found = {price.limit: price for price in before.prices if price.regime == regime or facilities == "divisible"}
    price = found["envelope[L]"]
    assert price.step == near(0.4)
    assert price.loosen.objective == near(gain, abs=1e-9)
    assert price.tighten.objective == near(-gain, abs=1e-9)
    assert tables(40.4).value - before.value == near(gain, abs=1e-9)
    assert tables(39.6).value - before.value == near(-gain, abs=1e-9)
