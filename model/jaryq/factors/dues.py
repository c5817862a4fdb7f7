"""Fees of loans, and what money costs the programme purse: present values of all that is paid for it (docs/numbers.md:
Loans)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jaryq.case.case import Source
from jaryq.factors.loans import Service, commitment, drawn_at, service, signed_in
from jaryq.factors.prices import Prices


@dataclass(frozen=True)
class Due:
    """A fee: the year it belongs to, its date, bn of the currency."""

    year: int
    at: float
    amount: float


def dues_of_signed(source: Source, prices: Prices) -> Iterator[Due]:
    """Fees per unit of the currency signed and never drawn, from the first planned year on: commitment fees on 31
    December, the front-end fee at the signing."""
    for year in range(prices.case.settings.plan_from, source.available_to + 1):
        if year == signed_in(source) and source.front_end > 0:
            yield Due(year, drawn_at(source, year, prices), source.front_end)
        fee = source.commitment_fee * commitment(source, year)
        if fee > 0:
            yield Due(year, prices.place(year, 1.0), fee)


def dues_saved(source: Source, year: int, prices: Prices) -> Iterator[Due]:
    """Commitment fees, per unit of the currency drawn in ``year``, that the draw saves."""
    for later in range(year, source.available_to + 1):
        fee = source.commitment_fee * commitment(source, later, drawn=year)
        if fee > 0:
            yield Due(later, prices.place(later, 1.0), fee)


def _nominal(dues: Iterable[Due], source: Source, prices: Prices) -> dict[int, float]:
    """Fees by year in nominal KZT, per unit of the currency."""
    found: dict[int, float] = {}
    for due in dues:
        found[due.year] = found.get(due.year, 0.0) + due.amount * prices.exchange_at(source.currency, due.at)
    return found


def present_of(dues: Iterable[Due], source: Source, prices: Prices) -> dict[int, float]:
    """Present value of fees by year (price-year money), per unit of the currency."""
    found: dict[int, float] = {}
    for due in dues:
        found[due.year] = (found.get(due.year, 0.0)
                           + due.amount * prices.exchange_at(source.currency, due.at) * prices.worth(due.at))
    return found


def fees_of_signed(source: Source, prices: Prices) -> dict[int, float]:
    """Fees by year, nominal KZT per unit of the currency signed and never drawn (from the first planned year on)."""
    return _nominal(dues_of_signed(source, prices), source, prices)


def fees_saved(source: Source, year: int, prices: Prices) -> dict[int, float]:
    """Commitment fees by year, nominal KZT, that one KZT drawn in ``year`` saves."""
    bought = prices.exchange_at(source.currency, drawn_at(source, year, prices))
    return {y: amount / bought for y, amount in _nominal(dues_saved(source, year, prices), source, prices).items()}


def cost_of_draw(source: Source, year: int, prices: Prices, made: Service | None = None) -> float:
    """Present value (price-year money at 1 January of the first year) of what one nominal KZT drawn in ``year`` costs
    the purse; ``made``: the service of a loan, where it is known already."""
    return math.fsum(cost_by_year(source, year, prices, made).values())


def cost_by_year(source: Source, year: int, prices: Prices, made: Service | None = None) -> dict[int, float]:
    """The same by the year in which it is paid."""
    if source.kind == "grant" and source.foreign:
        return {}
    begins = drawn_at(source, year, prices)
    if source.kind != "loan":
        return {year: prices.worth(begins)}
    bought = prices.exchange_at(source.currency, begins)
    found = dict((made or service(source, year, prices)).present)
    for y, amount in present_of(dues_saved(source, year, prices), source, prices).items():
        found[y] = found.get(y, 0.0) - amount / bought
    return found


def cost_of_signed(source: Source, prices: Prices) -> float:
    """Present value of the fees on one unit of the currency signed."""
    return math.fsum(present_of(dues_of_signed(source, prices), source, prices).values())
