"""Fees of loans, and what money costs the programme purse: present values of all that is paid for it (docs/numbers.md:
Loans)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jaryq.base.home import BILLION
from jaryq.case.case import Source
from jaryq.factors.account import Flow, flows_of_signed
from jaryq.factors.linear import Decision, Linear
from jaryq.factors.loans import amount_signed, drawn_at, new_loan
from jaryq.factors.prices import Prices
from jaryq.factors.service import Service, service


def _of_signed(source: Source, prices: Prices) -> Iterable[Flow]:
    """Fees on one unit that is signed and never drawn."""
    settings = prices.case.settings
    flows = flows_of_signed(source, 1.0, {}, settings.plan_from, settings.first_year)
    return (flow for flow in flows if flow.amount)


def _saved(source: Source, year: int, prices: Prices) -> Iterable[Flow]:
    """What one unit drawn in ``year`` adds to the fees on what is signed: it takes them off."""
    settings = prices.case.settings
    flows = flows_of_signed(source, 0.0, {year: 1.0}, settings.plan_from, settings.first_year)
    return (flow for flow in flows if flow.amount)


def _nominal(flows: Iterable[Flow], source: Source, prices: Prices) -> dict[int, float]:
    """Fees by year in nominal KZT, per unit of the currency."""
    found: dict[int, float] = {}
    for flow in flows:
        found[flow.year] = found.get(flow.year, 0.0) + flow.amount * prices.exchange_at(source.currency, flow.at)
    return found


def _present(flows: Iterable[Flow], source: Source, prices: Prices) -> dict[int, float]:
    """Present value of fees by year (price-year money), per unit of the currency."""
    found: dict[int, float] = {}
    for flow in flows:
        found[flow.year] = (found.get(flow.year, 0.0)
                           + flow.amount * prices.exchange_at(source.currency, flow.at) * prices.worth(flow.at))
    return found


def fees_of_signed(source: Source, prices: Prices) -> dict[int, float]:
    """Fees by year, nominal KZT per unit of the currency signed and never drawn (from the first planned year on)."""
    return _nominal(_of_signed(source, prices), source, prices)


def fees_saved(source: Source, year: int, prices: Prices) -> dict[int, float]:
    """Commitment fees by year, nominal KZT, that one KZT drawn in ``year`` saves."""
    bought = prices.exchange_at(source.currency, drawn_at(source, year, prices))
    return {y: -amount / bought for y, amount in _nominal(_saved(source, year, prices), source, prices).items()}


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
    for y, amount in _present(_saved(source, year, prices), source, prices).items():
        found[y] = found.get(y, 0.0) + amount / bought
    return found


def cost_of_signed(source: Source, prices: Prices) -> float:
    """Present value of the fees on one unit of the currency signed."""
    return math.fsum(signed_by_year(source, prices).values())


def signed_by_year(source: Source, prices: Prices) -> dict[int, float]:
    """The same by the year in which they are paid."""
    return _present(_of_signed(source, prices), source, prices)


UNITS = "units"
"""Family of what is drawn of a loan in a year in all, ``("units", (s, y))``, bn of its currency."""


def cost_of_loan(source: Source, years: Iterable[int], prices: Prices) -> Linear:
    """Present value (price-year money, bn KZT) of all that an open or a closed loan costs the purse: of what is drawn
    of it in ``years``, in its currency, and of fees on what is signed of it, which are due on an open one alone; those
    of a loan signed before are certain."""
    of: dict[Decision, float] = {
        (UNITS, (source.id, y)): cost_of_draw(source, y, prices) * prices.exchange_at(
            source.currency, drawn_at(source, y, prices)) for y in years}
    fees = cost_of_signed(source, prices) if source.open else 0.0
    if new_loan(source, prices.case.settings.plan_from):
        return Linear({**of, ("signed", (source.id,)): fees}, 0.0, BILLION)
    return Linear(of, fees * amount_signed(source), BILLION)
