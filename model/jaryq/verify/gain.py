"""Whose gain a plan is (docs/numbers.md, Objective): the State, utilities and their consumers, lenders at home, abroad;
present values in bn KZT."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from jaryq.case.case import Source
from jaryq.verify.debt import Debt
from jaryq.verify.funds import Balance, interest_earned

STATE, USERS, LENDERS, ABROAD = "state", "users", "lenders", "abroad"


def payer_of(source: Source) -> str:
    """Who bears what a source costs the purse: those who repay a loan; own money is the utilities'; anything else the
    State's."""
    if source.kind == "loan":
        return STATE if source.who_repays == "budget" else USERS
    return USERS if source.kind == "own" else STATE


def gains_of(debt: Debt, funds: dict[str, dict[int, Balance]], benefits: float, premiums: float,
             deficits: float = 0.0) -> dict[str, float]:
    """Gain of each, losses negative. State and users together are the purse (without priced targets and stability),
    with lenders the society.

    A draw costs its payer its factor; of a loan the State pays the subsidies, whoever repays it. What a lender gets
    back (with fees) is worth more or less than what it lends, which is worth its draws at their dates.
    """
    funding, terms = debt.funding, debt.terms
    sources, prices = funding.case.sources, funding.prices
    parts: dict[str, list[float]] = defaultdict(list, {USERS: [benefits, -premiums, -deficits]})
    for (p, y), amount in funding.income.items():
        to = funding.case.facilities[p].income_to
        parts[payer_of(sources[to]) if to is not None else USERS].append(prices.weight(y) * amount)
    for (s, y), amount in interest_earned(funding, funds).items():
        parts[payer_of(sources[s])].append(prices.weight(y) * amount)
    for lines, amounts in ((False, funding.by_source_year), (True, funding.line)):
        for (s, y), amount in amounts.items():
            source, drawn = sources[s], prices.drawn(sources[s], y)
            helped = terms.flow(s, y).subsidy_pv
            parts[payer_of(source)].append((helped - (terms.line_price(s, y) if lines else terms.price(s, y))) * amount)
            parts[STATE].append(-helped * amount)
            if source.kind == "loan":
                parts[_lender(source)].append((terms.price(s, y) - drawn) * amount)
            elif source.kind == "grant" and source.foreign:
                parts[ABROAD].append(-drawn * amount)
    for s, fee in debt.fees_signed_pv().items():
        parts[payer_of(sources[s])].append(-fee)
        parts[_lender(sources[s])].append(fee)
    return {whose: fsum(parts[whose]) for whose in (STATE, USERS, LENDERS, ABROAD)}


def _lender(source: Source) -> str:
    return ABROAD if source.foreign else LENDERS
