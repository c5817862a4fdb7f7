"""The price of a loan against closed forms of financial mathematics, not against the code's own amortisation."""

from __future__ import annotations

import pytest

from jaryq.case.case import Case, Source
from jaryq.verify.loans import payments, year_of
from tests.cases import source, tiny_case
from tests.verify.common import loan as any_loan
from tests.verify.common import steady, terms_of


def factor(terms: Source, year: int, case: Case) -> float:
    return terms_of(case, terms).price(terms.id, year)


def loan(rate: float, tenor: float, **more: object) -> Source:
    return any_loan(rate=rate, tenor=tenor, **more)


def service(terms: Source) -> list[tuple[int, float]]:
    return [(one.number, one.service) for one in payments(steady(), terms, 2026)]


def annuity_value(rate: float, count: int) -> float:
    """Present value of 1 at the end of each of ``count`` periods: (1 - v^n)/i."""
    return (1.0 - (1.0 + rate) ** -count) / rate


@pytest.mark.parametrize("repayment", ["equal_principal", "annuity", "bullet"])
@pytest.mark.parametrize("grace", [0.0, 3.0])
def test_a_loan_at_the_discount_rate_costs_what_the_draw_is_worth(repayment: str, grace: float) -> None:
    """One payment a year, no inflation: payment k is k whole years after the draw, so its value at i = d is the draw,
    whatever the amortisation."""
    priced = factor(loan(0.07, 10.0, grace=grace, repayment=repayment), 2027, steady(0.07))
    assert priced == pytest.approx(1.07**-2.5, rel=1e-12)


def test_annuity() -> None:
    """a(d)/a(i) per unit: 10 payments at i = 4 %, discounted at 7 %, drawn in 2026 (1.5 years from 1 January 2025)."""
    priced = factor(loan(0.04, 10.0, repayment="annuity"), 2026, steady(0.07))
    assert priced == pytest.approx(1.07**-1.5 * annuity_value(0.07, 10) / annuity_value(0.04, 10), rel=1e-12)


def test_bullet() -> None:
    """Interest for 10 years and 1 at the end: i a(d) + v^10."""
    priced = factor(loan(0.04, 10.0, repayment="bullet"), 2026, steady(0.07))
    assert priced == pytest.approx(1.07**-1.5 * (0.04 * annuity_value(0.07, 10) + 1.07**-10), rel=1e-12)


def test_equal_principal_with_grace_by_makeham() -> None:
    """Makeham: value = K + (i/d)(1 - K), K the value of the principal. Grace 3, tenor 10: 8 parts at 3, 4, .. 10 years,
    K = v^2 a(8)/8."""
    principal = 1.07**-2 * annuity_value(0.07, 8) / 8.0
    priced = factor(loan(0.04, 10.0, grace=3.0), 2026, steady(0.07))
    assert priced == pytest.approx(1.07**-1.5 * (principal + 0.04 / 0.07 * (1.0 - principal)), rel=1e-12)


def test_premium_is_paid_with_the_draw() -> None:
    """At the discount rate one unit costs itself and the premium, all 1.5 years from now; without interest too."""
    assert factor(loan(0.07, 10.0, repayment="annuity", premium=0.02), 2026,
                  steady(0.07)) == pytest.approx(1.02 * 1.07**-1.5, rel=1e-12)
    assert factor(loan(0.0, 10.0, repayment="annuity", premium=0.02), 2026, steady(0.0)) == pytest.approx(1.02,
        rel=1e-12)


def test_guarantee_fee_is_a_rate_on_the_balance() -> None:
    """5 % and 2 % of guarantee cost what 7 % costs, whatever the amortisation (equal principal: the balance does not
    depend on the rate)."""
    both = factor(loan(0.05, 10.0, guarantee_fee=0.02, grace=3.0), 2027, steady(0.07))
    assert both == pytest.approx(1.07**-2.5, rel=1e-12)


def test_one_payment_of_principal() -> None:
    """Grace as long as the tenor: all at the end, whatever the repayment is called."""
    for repayment in ("equal_principal", "annuity", "bullet"):
        assert service(loan(0.04, 2.0, grace=2.0, repayment=repayment)) == [(1, pytest.approx(0.04, rel=1e-12)),
            (2, pytest.approx(1.04, rel=1e-12))]


def test_payments_of_a_half_yearly_loan() -> None:
    """4 % in two payments a year, grace 1, tenor 2: k0 = 2, K = 4, three parts. Interest 0.02 x (1, 1, 2/3, 1/3)."""
    terms = service(source("K", kind="loan", rate=0.04, grace=1.0, tenor=2.0, payments=2))
    assert [number for number, _ in terms] == [1, 2, 3, 4]
    assert [amount for _, amount in terms] == pytest.approx([0.02, 1 / 3 + 0.02, 1 / 3 + 0.04 / 3, 1 / 3 + 0.02 / 3],
                                                            rel=1e-12)


@pytest.mark.parametrize(("per_year", "years"), [
    (1, [1, 2, 3]),  # mid-2027, mid-2028, ..
    (2, [0, 1, 1, 2, 2]),  # the first on 31 December 2026 itself: still 2026
    (4, [0, 0, 1, 1, 1, 1, 2]),  # end of September, 31 December, then four a year
    (12, [0, 0, 0, 0, 0, 0, 1]),  # the sixth on 31 December
])
def test_year_of_a_payment(per_year: int, years: list[int]) -> None:
    """Counted from a draw in the middle of 2026."""
    assert [year_of(number + 1, per_year, 2026) - 2026 for number in range(len(years))] == years


def test_a_falling_tenge_makes_a_yen_loan_dearer() -> None:
    """Tiny case: prices and the yen both rise by 10 % a year, yen prices stand still. Without interest, at a discount
    of 6 %, repaid after 3 years, 1 KZT of 2026 is 1.1^3 KZT of 2029, worth 1.06^-4.5 / 1.1^4: that is 1.06^-4.5 /
    1.1."""
    terms = source("K", kind="loan", partner="JP", currency="JPY", tenor=3.0, payments=1, repayment="bullet")
    priced = factor(terms, 2026, tiny_case(discount_rate=0.06))
    assert priced == pytest.approx(1.06**-4.5 / 1.1, rel=1e-12)


def test_a_loan_at_home_is_cheapened_by_inflation() -> None:
    """The same in KZT: 1 KZT of 2029 for 1 KZT of 2026."""
    priced = factor(source("K", kind="loan", tenor=3.0, payments=1, repayment="bullet"), 2026,
                    tiny_case(discount_rate=0.06))
    assert priced == pytest.approx(1.06**-4.5 / 1.1**4, rel=1e-12)


@pytest.mark.parametrize(("kind", "partner", "expected"), [
    ("budget", "KZ", 1.1**-1.5 / 1.1), ("own", "KZ", 1.1**-1.5 / 1.1), ("grant", "KZ", 1.1**-1.5 / 1.1),
    ("grant", "US", 0.0), ("own", "US", 1.1**-1.5 / 1.1),
])
def test_money_that_is_not_repaid(kind: str, partner: str, expected: float) -> None:
    """w of 2026: 1.5 years at 10 %, one year of inflation at 10 %; a foreign grant costs nothing."""
    assert factor(source("K", kind=kind, partner=partner), 2026, tiny_case()) == pytest.approx(expected, rel=1e-12,
        abs=0.0)


def test_a_tenor_that_ends_in_the_grace_is_refused() -> None:
    with pytest.raises(ValueError, match="tenor"):
        service(source("K", kind="loan", grace=3.0, tenor=2.0, payments=1))
