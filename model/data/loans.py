"""Loans: what one unit drawn is paid back by, year by year to the last maturity, and what it costs the programme purse (docs/numbers.md: Loans)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.data.case import ReferenceRate, Source
from model.data.prices import Prices

OFFSET = {"start": 0, "mid": 1, "end": 2}
"""Half years from 1 January of the draw year to the draw."""


@dataclass(frozen=True)
class Payment:
    """Payment ``number`` after a draw, ``later`` calendar years after it, per unit drawn: principal, accrued interest, the part of it that
    is added to the balance, the guarantee fee, the part of the interest the State pays; ``balance`` after the payment."""

    number: int
    later: int
    principal: float
    interest: float
    capitalised: float
    guarantee: float
    subsidy: float
    balance: float


def reference(row: ReferenceRate, year: int) -> float:
    """A reference rate in ``year`` (a fraction); after the last year given its long-run value. Raises KeyError before the first."""
    last = max(row.rates)
    return row.rates[year] if year <= last else row.long_run


def rate_of(source: Source, year: int, references: Mapping[str, ReferenceRate]) -> float:
    """Nominal yearly rate of a loan in ``year``: fixed, or reference rate and margin."""
    return source.rate if source.rate_index is None else reference(references[source.rate_index], year) + source.margin


def delay_of(source: Source, year: int) -> int:
    """Whole years from signing to a draw of ``year`` that shorten its grace and tenor; none where each draw has its own clock."""
    return 0 if source.clock == "cohort" else max(year - signed_in(source), 0)


def signed_in(source: Source) -> int:
    """The signing year; where none is stated, the first year of draws."""
    return source.signing_year or source.available_from


def may_draw(source: Source, year: int) -> bool:
    """Whether something of the tenor is left in ``year``."""
    return source.kind != "loan" or source.tenor - delay_of(source, year) > 0


def years_later(number: int, payments: int, half_years: int) -> int:
    """Calendar years after the draw year in which payment ``number`` falls: ceil(o + k/m) - 1, in whole numbers so that nothing slips by rounding."""
    return -(-(half_years * payments + 2 * number) // (2 * payments)) - 1


def schedule(source: Source, year: int, references: Mapping[str, ReferenceRate]) -> Iterator[Payment]:
    """Payments per unit of the currency drawn in ``year``."""
    m, delay = source.payments, delay_of(source, year)
    later_first = 1 if source.first_repayment == "one_period_after" else 0
    first = max(1, round(m * max(source.grace - delay, 0.0)) + later_first)
    last = max(1, round(m * (source.tenor - delay)))
    first = min(first, last)
    subsidised = round(m * max(source.subsidy_years - delay, 0.0))
    balance = start = 1.0
    # A late draw meets the last of the agreed shares only.
    weights = source.shares[-(last - first + 1):] if source.repayment == "shares" else ()
    for number in range(1, last + 1):
        later = years_later(number, m, OFFSET[source.draw_timing])
        rate = rate_of(source, year + later, references)
        interest = balance * rate / m
        guarantee = balance * source.guarantee_fee / m
        subsidy = balance * min(source.subsidy, rate) / m if number <= subsidised else 0.0
        capitalised = interest if number < first and source.interest_in_grace == "capitalised" else 0.0
        if number == first:
            start = balance
        principal = 0.0
        if number == last:
            principal = balance
        elif number >= first and source.repayment != "bullet":
            principal = _principal(source, weights, number - first, last - number + 1, balance, start, rate / m, last - first + 1)
        balance += capitalised - principal
        yield Payment(number, later, principal, interest, capitalised, guarantee, subsidy if not capitalised else 0.0, balance)


def _principal(source: Source, weights: tuple[float, ...], position: int, left: int, balance: float, start: float, rate: float, count: int) -> float:
    """Principal of an instalment that is not the last: ``left`` are still to come, this one among them."""
    if source.repayment == "annuity":
        return balance / left if rate == 0 else balance * rate / math.expm1(left * math.log1p(rate))
    if source.repayment == "shares":
        return start * weights[position] / math.fsum(weights)
    return start / count


@dataclass(frozen=True)
class Service:
    """What one nominal KZT drawn in a year leads to, by calendar year, in nominal KZT: principal, interest paid by the borrower, interest paid
    by the State, guarantee fees and premium; ``stock``: debt at 31 December at the year-end rate."""

    principal: Mapping[int, float]
    interest: Mapping[int, float]
    subsidy: Mapping[int, float]
    fees: Mapping[int, float]
    stock: Mapping[int, float]

    def total(self) -> dict[int, float]:
        """All that is paid in each year, the State's part included."""
        years = sorted({*self.principal, *self.interest, *self.subsidy, *self.fees})
        return {y: math.fsum(part.get(y, 0.0) for part in (self.principal, self.interest, self.subsidy, self.fees)) for y in years}


def service(source: Source, year: int, prices: Prices) -> Service:
    """Service per KZT drawn in ``year`` to the last maturity; a foreign loan moves with the exchange rate."""
    drawn_at = prices.exchange(source.currency, year)
    sums: tuple[dict[int, list[float]], ...] = ({}, {}, {}, {year: [source.premium]})
    stock: dict[int, float] = {}
    payments = list(schedule(source, year, prices.case.references))
    last = payments[-1].later if payments else 0
    for pay in payments:
        paid_in = year + pay.later
        rate = prices.exchange(source.currency, paid_in) / drawn_at
        for place, amount in zip(sums, (pay.principal, pay.interest - pay.capitalised - pay.subsidy, pay.subsidy, pay.guarantee), strict=True):
            place.setdefault(paid_in, []).append(amount * rate)
    for later in range(last + 1):
        balance = next((pay.balance for pay in reversed(payments) if pay.later <= later), 1.0)
        stock[year + later] = balance * year_end(source.currency, year + later, prices) / drawn_at
    principal, interest, subsidy, fees = ({y: math.fsum(terms) for y, terms in sorted(part.items())} for part in sums)
    return Service(principal, interest, subsidy, fees, stock)


def year_end(currency: str, year: int, prices: Prices) -> float:
    """KZT per unit at 31 December: the mean of the year's and the next year's average."""
    return (prices.exchange(currency, year) + prices.exchange(currency, year + 1)) / 2


def commitment(source: Source, year: int) -> float:
    """Active part of ``year`` for the commitment fee: from the middle of the signing year plus the free months to the end of availability."""
    begins = signed_in(source) + 0.5 + source.commitment_free / 12.0
    ends = source.available_to + 1.0
    return max(0.0, min(ends, year + 1.0) - max(begins, float(year)))


def new_loan(source: Source, plan_from: int) -> bool:
    """Whether the plan decides how much of a loan is signed."""
    return source.kind == "loan" and signed_in(source) >= plan_from


def fees_of_signed(source: Source, prices: Prices) -> dict[int, float]:
    """Fees by year, nominal KZT per unit of the currency signed and never drawn (from the first planned year on)."""
    first = prices.case.settings.plan_from
    fees: dict[int, float] = {}
    for year in range(first, source.available_to + 1):
        amount = source.commitment_fee * commitment(source, year) + (source.front_end if year == signed_in(source) else 0.0)
        if amount > 0:
            fees[year] = amount * prices.exchange(source.currency, year)
    return fees


def fees_saved(source: Source, year: int, prices: Prices) -> dict[int, float]:
    """Commitment fees by year, nominal KZT, that one KZT drawn in ``year`` saves: half in its own year."""
    saved: dict[int, float] = {}
    for later in range(year, source.available_to + 1):
        amount = source.commitment_fee * commitment(source, later) * (0.5 if later == year else 1.0)
        if amount > 0:
            saved[later] = amount * prices.exchange(source.currency, later) / prices.exchange(source.currency, year)
    return saved


def cost_of_draw(source: Source, year: int, prices: Prices) -> float:
    """Present value (price-year money at 1 January of the first year) of what one nominal KZT drawn in ``year`` costs the purse."""
    if source.kind == "grant" and source.foreign:
        return 0.0
    if source.kind != "loan":
        return prices.weight(year)
    paid = [prices.weight(y) * amount for y, amount in service(source, year, prices).total().items()]
    return math.fsum([*paid, *(-prices.weight(y) * amount for y, amount in fees_saved(source, year, prices).items())])


def amount_signed(source: Source) -> float:
    """Signed amount of a loan that is signed already, bn of its currency: as stated, else its envelope, else the sum of its ceilings."""
    if source.signed is not None:
        return source.signed
    return source.envelope if source.envelope is not None else math.fsum(source.ceilings.values())


def cost_of_signed(source: Source, prices: Prices) -> float:
    """Present value of the fees on one unit of the currency signed."""
    return math.fsum(prices.weight(y) * amount for y, amount in fees_of_signed(source, prices).items())
