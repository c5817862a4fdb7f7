"""What one KZT drawn from a source costs the programme purse (docs/numbers.md: Money)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from model.data.case import Source
from model.data.prices import Prices


def schedule(source: Source) -> Iterator[tuple[int, float, float]]:
    """Payments per unit drawn: (number k, principal, interest); payment k comes k/m years after a draw in mid-year.

    Equal principal, annuity and bullet as in any loan handbook (A/P = i / (1 - (1+i)^-n)); interest on the balance throughout.
    """
    first = max(1, round(source.payments * source.grace))
    last = round(source.payments * source.tenor)
    # A bullet loan has one instalment whatever its grace.
    count = 1 if source.repayment == "bullet" else last - first + 1
    rate = source.rate / source.payments
    balance = 1.0
    if source.repayment == "annuity" and rate > 0:
        instalment = rate / (1.0 - (1.0 + rate) ** -count)
    else:
        instalment = 1.0 / count
    for number in range(1, last + 1):
        interest = rate * balance
        principal = 0.0
        if source.repayment == "bullet":
            principal = balance if number == last else 0.0
        elif number >= first:
            principal = instalment - interest if source.repayment == "annuity" and rate > 0 else instalment
        if number == last:
            principal = balance
        balance -= principal
        yield number, principal, interest


def year_of_payment(number: int, payments: int) -> int:
    """Calendar years after the draw year in which payment ``number`` falls; a payment on 31 December belongs to that year."""
    # 1/2 + k/m = (m + 2k) / 2m, rounded up in whole numbers so that no payment slips by a rounding error.
    return -(-(payments + 2 * number) // (2 * payments)) - 1


def cost_of_draw(source: Source, year: int, prices: Prices) -> float:
    """Present value (price-year money at 1 January of the first year) of what one nominal KZT drawn in ``year`` costs the purse."""
    if source.kind == "grant" and source.foreign:
        return 0.0
    if source.kind != "loan":
        return prices.weight(year)
    terms = [source.front_end * prices.weight(year)]
    drawn_at = prices.exchange(source.currency, year)
    for number, principal, interest in schedule(source):
        paid_in = year + year_of_payment(number, source.payments)
        terms.append((principal + interest) * prices.exchange(source.currency, paid_in) / drawn_at * prices.weight(paid_in))
    return math.fsum(terms)
