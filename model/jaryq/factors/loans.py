"""Loans: what one unit drawn is paid back by, payment by payment to the last maturity, and what it costs the programme
purse (docs/numbers.md: Loans).

Every payment has its date: it is changed at the rate and weighed with the discount of that date; years only gather
payments.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jaryq.case.case import ReferenceRate, Source
from jaryq.factors.prices import POINTS, Prices

OFFSET = {"start": 0, "mid": 1, "end": 2}
"""Half years from 1 January of the draw year to the draw."""
DAYS = {"act/360": 360.0, "act/365": 365.0}
"""Days of a year of interest, where calendar days are counted."""


class Payment(NamedTuple):
    """Payment ``number`` after a draw, ``after`` years after it and ``later`` calendar years, per unit drawn:
    principal, accrued interest, the part of it that is added to the balance, the guarantee fee, the part of the
    interest the State pays."""

    number: int
    after: float
    later: int
    principal: float
    interest: float
    capitalised: float
    guarantee: float
    subsidy: float


def reference(row: ReferenceRate, year: int) -> float:
    """A reference rate in ``year`` (a fraction); after the last year given its long-run value, before the first given
    that one."""
    return row.rates[max(year, min(row.rates))] if year <= max(row.rates) else row.long_run


def rate_of(source: Source, year: int, references: Mapping[str, ReferenceRate]) -> float:
    """Nominal yearly rate of a loan in ``year``: fixed, or reference rate and margin, at least the floor."""
    if source.rate_index is None:
        return source.rate
    return max(reference(references[source.rate_index], year) + source.margin, source.rate_floor)


def delay_of(source: Source, year: int) -> int:
    """Whole years from signing to a draw of ``year`` that shorten its grace and tenor; none where each draw has its own
    clock."""
    return 0 if source.clock == "cohort" else max(year - signed_in(source), 0)


def signed_in(source: Source) -> int:
    """The signing year; where none is stated, the first year of draws."""
    return source.signing_year or source.available_from


def may_draw(source: Source, year: int) -> bool:
    """Whether something of the tenor is left in ``year``."""
    return source.kind != "loan" or source.tenor - delay_of(source, year) > 0


def years_later(number: int, payments: int, half_years: int) -> int:
    """Calendar years after the draw year in which payment ``number`` falls: ceil(o + k/m) - 1, in whole numbers so that
    nothing slips by rounding."""
    return -(-(half_years * payments + 2 * number) // (2 * payments)) - 1


def day_of(twelfths: int, payments: int, year: int) -> float:
    """Day of a date ``twelfths / payments`` months after 1 January of ``year``; a part of a month is that part of its
    days."""
    months, rest = divmod(twelfths, payments)
    first = datetime.date(year + months // 12, months % 12 + 1, 1).toordinal()
    if not rest:
        return float(first)
    following = datetime.date(year + (months + 1) // 12, (months + 1) % 12 + 1, 1).toordinal()
    return first + (following - first) * rest / payments


def part_of_year(source: Source, year: int, number: int) -> float:
    """Part of a year for which payment ``number`` of a draw of ``year`` bears interest: equal parts, or calendar
    days."""
    m = source.payments
    if source.day_count == "30/360":
        return 1.0 / m
    drawn = 6 * OFFSET[source.draw_timing] * m
    days = day_of(drawn + 12 * number, m, year) - day_of(drawn + 12 * (number - 1), m, year)
    return days / DAYS[source.day_count]


def schedule(source: Source, year: int, references: Mapping[str, ReferenceRate]) -> Iterator[Payment]:
    """Payments per unit of the currency drawn in ``year``."""
    m, delay = source.payments, delay_of(source, year)
    later_first = 1 if source.first_repayment == "one_period_after" else 0
    first = max(1, round(m * max(source.grace - delay, 0.0)) + later_first)
    last = max(1, round(m * (source.tenor - delay)))
    first = min(first, last)
    subsidised = math.floor(m * max(source.subsidy_years - delay, 0.0) + 1e-9)
    balance = start = 1.0
    # A late draw meets the last of the agreed shares only.
    weights = source.shares[-(last - first + 1):] if source.repayment == "shares" else ()
    for number in range(1, last + 1):
        later = years_later(number, m, OFFSET[source.draw_timing])
        rate, part = rate_of(source, year + later, references), part_of_year(source, year, number)
        interest = balance * rate * part
        guarantee = balance * source.guarantee_fee / m
        subsidy = balance * min(source.subsidy, max(rate, 0.0)) * part if number <= subsidised else 0.0
        capitalised = interest if number < first and source.interest_in_grace == "capitalised" else 0.0
        if number == first:
            start = balance
        principal = 0.0
        if number == last:
            principal = balance
        elif number >= first and source.repayment != "bullet":
            principal = _principal(source, weights, number - first, last - number + 1, balance, start, rate / m,
                                   last - first + 1)
        balance += capitalised - principal
        yield Payment(number, number / m, later, principal, interest, capitalised, guarantee,
                      subsidy if not capitalised else 0.0)


def _principal(source: Source, weights: tuple[float, ...], position: int, left: int, balance: float, start: float,
               rate: float, count: int) -> float:
    """Principal of an instalment that is not the last: ``left`` are still to come, this one among them."""
    if source.repayment == "annuity":
        return balance / left if rate == 0 else balance * rate / math.expm1(left * math.log1p(rate))
    if source.repayment == "shares":
        return start * weights[position] / math.fsum(weights)
    return start / count


def drawn_at(source: Source, year: int, prices: Prices) -> float:
    """The date of a draw of ``year``."""
    return prices.place(year, POINTS[source.draw_timing])


def commitment(source: Source, year: int, drawn: int | None = None) -> float:
    """Part of ``year`` in which a commitment fee is due on an amount: from the signing plus the free months (of one
    drawn in year ``drawn``, that is saved: from its draw on) to the end of availability."""
    point = POINTS[source.draw_timing]
    begins = signed_in(source) + point + source.commitment_free / 12.0
    since = max(begins, float(year)) if drawn is None else max(begins, float(year), drawn + point)
    return max(0.0, min(source.available_to + 1.0, year + 1.0) - since)


def new_loan(source: Source, plan_from: int) -> bool:
    """Whether the plan decides how much of a loan is signed."""
    return source.kind == "loan" and signed_in(source) >= plan_from


def amount_signed(source: Source) -> float:
    """Signed amount of a loan that is signed already, bn of its currency: as stated, else its envelope, else the sum of
    its ceilings."""
    if source.signed is not None:
        return source.signed
    return source.envelope if source.envelope is not None else math.fsum(source.ceilings.values())
