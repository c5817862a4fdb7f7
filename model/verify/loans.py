"""What one KZT drawn costs: amortisation payment by payment (docs/numbers.md, Money, last point)."""

from __future__ import annotations

from math import fsum

from model.data.case import Source
from model.verify.prices import Prices


def service(source: Source) -> list[tuple[int, float]]:
    """(number of the payment, principal + interest) per unit drawn, in the loan's currency."""
    per_year = source.payments
    first = max(1, round(per_year * source.grace))
    last = round(per_year * source.tenor)
    count = last - first + 1
    if count < 1:
        raise ValueError(f"loan {source.id}: the tenor ends before the first payment of principal")
    interest = source.rate / per_year
    # of an annuity over `count` payments; without interest it is equal parts
    level = interest / (1.0 - (1.0 + interest) ** -count) if interest > 0.0 else 1.0 / count
    paid = []
    balance = 1.0
    for number in range(1, last + 1):
        due = interest * balance
        if number < first:
            principal = 0.0
        elif source.repayment == "bullet":
            principal = 1.0 if number == last else 0.0
        elif source.repayment == "annuity":
            principal = level - due
        else:
            principal = 1.0 / count
        paid.append((number, principal + due))
        balance -= principal
    return paid


def year_of(number: int, per_year: int, drawn: int) -> int:
    """Year of payment ``number`` of money drawn in the middle of year ``drawn``: whole numbers, no rounding.

    ceil(1/2 + number/per_year) - 1 years later: what falls on 31 December belongs to the year that ends.
    """
    return drawn - (-(per_year + 2 * number) // (2 * per_year)) - 1


def factor(source: Source, year: int, prices: Prices) -> float:
    """Price-year money at 1 January of the first year that one KZT drawn in ``year`` costs the programme's purse."""
    if source.kind == "grant" and source.foreign:
        return 0.0
    if source.kind != "loan":
        return prices.weight(year)
    exchange = prices.rate(source.currency, year)
    later = [(amount, year_of(number, source.payments, year)) for number, amount in service(source)]
    paid = (amount * prices.rate(source.currency, then) / exchange * prices.weight(then) for amount, then in later)
    return fsum((source.front_end * prices.weight(year), *paid))
