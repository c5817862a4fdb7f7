"""What one KZT drawn of a loan leads to, year by year: the flows of its account at the rates of their dates, and its
debt (docs/numbers.md: Loans)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from jaryq.case.case import Source
from jaryq.factors.account import FEES, Flow, flows_of_draw
from jaryq.factors.loans import drawn_at
from jaryq.factors.prices import Prices


@dataclass(frozen=True)
class Service:
    """What one nominal KZT drawn in a year leads to, by calendar year, in nominal KZT: principal, interest paid by the
    borrower, interest paid by the State, guarantee fees and premium; ``stock``: debt at 31 December at the year-end
    rate. ``present``, ``present_state``: present value (price-year money) of all payments, and of the State's part,
    each at its date."""

    principal: Mapping[int, float]
    interest: Mapping[int, float]
    subsidy: Mapping[int, float]
    fees: Mapping[int, float]
    stock: Mapping[int, float]
    present: Mapping[int, float]
    present_state: Mapping[int, float]

    @cached_property
    def total(self) -> Mapping[int, float]:
        """All that is paid in each year, the State's part included."""
        years = sorted({*self.principal, *self.interest, *self.subsidy, *self.fees})
        return {y: math.fsum(part.get(y, 0.0) for part in (self.principal, self.interest, self.subsidy, self.fees))
                for y in years}


OF = {"principal": "principal", "interest": "interest", "state": "subsidy", **dict.fromkeys(FEES, "fees")}
"""Where a part of the account that is paid is told."""


def _date(flow: Flow) -> tuple[int, float]:
    return flow.year, flow.at


def service(source: Source, year: int, prices: Prices) -> Service:
    """Service per KZT drawn in ``year`` to the last maturity; a foreign loan moves with the exchange rate."""
    bought = prices.exchange_at(source.currency, drawn_at(source, year, prices))
    sums: dict[str, dict[int, list[float]]] = {
        name: {} for name in ("principal", "interest", "subsidy", "fees", "present", "present_state")}
    balances: dict[int, float] = {}
    balance = 0.0
    dated = flows_of_draw(source, year, prices.case.references, prices.case.settings.first_year)
    for (due, at), flows in groupby(dated, _date):
        of = {flow.part: flow.amount for flow in flows}
        balance += of.get("drawn", 0.0) + of.get("capitalised", 0.0) - of.get("principal", 0.0)
        balances[due] = balance
        rate = prices.exchange_at(source.currency, at) / bought
        worth = rate * prices.worth(at)
        paid = {part: amount for part, amount in of.items() if part in OF}
        told = [(OF[part], rate * amount) for part, amount in paid.items()]
        told.append(("present", worth * math.fsum(paid.values())))
        if "state" in paid:
            told.append(("present_state", worth * paid["state"]))
        for name, amount in told:
            sums[name].setdefault(due, []).append(amount)
    stock: dict[int, float] = {}
    for later in range(year, max(balances) + 1):
        balance = balances.get(later, balance)
        stock[later] = balance * prices.year_end(source.currency, later) / bought
    return Service(stock=stock, **{name: {y: math.fsum(terms) for y, terms in sorted(part.items())}
                                   for name, part in sums.items()})
