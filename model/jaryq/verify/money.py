"""Present values of a plan's money (docs/numbers.md, Objective), price-year bn KZT at 1 January of the first year."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from jaryq.verify.debt import Debt
from jaryq.verify.funds import Balance, interest_earned


@dataclass(frozen=True)
class Money:
    """``funding``: draws and lines at their prices, and ``fees`` on signed amounts; ``interest`` earned by funds;
    ``given``: what money costs the country, draws at home at their worth, foreign loans at their price; ``terms``: sum
    of absolute terms."""

    income: float
    outlays: float
    funding: float
    fees: float
    interest: float
    given: float
    terms: float


def money_of(debt: Debt, funds: dict[str, dict[int, Balance]]) -> Money:
    """All of it, from amounts and terms. Lines are charged their service less what they bring into their fund."""
    funding, terms = debt.funding, debt.terms
    sources, weight = funding.case.sources, funding.prices.weight
    abroad = {s for s, source in sources.items() if source.foreign and source.kind in ("loan", "grant")}
    income = fsum(weight(y) * amount for (_, y), amount in funding.income.items())
    outlays = fsum(weight(y) * amount for (_, y), amount in funding.outlay.items())
    draws = {at: terms.price(*at) * amount for at, amount in funding.by_source_year.items()}
    lines = {at: terms.line_price(*at) * amount for at, amount in funding.line.items()}
    fees = debt.fees_signed_pv()
    interest = fsum(weight(y) * amount for (_, y), amount in interest_earned(funding, funds).items())
    given = [funding.prices.drawn(sources[s], y) * amount
             for (s, y), amount in funding.by_source_year.items() if s not in abroad]
    # a foreign grant has the price 0
    given += [price for at, price in (*draws.items(), *lines.items()) if at[0] in abroad]
    given += [fee for s, fee in fees.items() if s in abroad]
    priced = [*draws.values(), *lines.values(), *fees.values()]
    # a line's price is a difference too: of its service and of what it brings in
    moved = [funding.prices.drawn(sources[s], y) * amount for (s, y), amount in funding.line.items()]
    every = [income, outlays, interest, *priced, *given, *moved, *moved]
    return Money(income, outlays, fsum(priced), fsum(fees.values()), interest, fsum(given), fsum(map(abs, every)))
