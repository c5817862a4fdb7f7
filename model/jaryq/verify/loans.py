"""A loan payment by payment (docs/numbers.md, Loans): what one unit drawn pays back, in the loan's own currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import expm1, floor, fsum, log1p

from jaryq.case.case import Case, Source

HALVES = {"start": 0, "mid": 1, "end": 2}
"""At which half of its year a draw is counted (``draw_timing``)."""

DAYS = {"act/360": 360.0, "act/365": 365.0}
"""Days of the year of a day count that takes days as they are."""

HAIR = 1e-9
"""Years typed as decimal fractions may miss a date by a hair."""


@dataclass(frozen=True)
class Payment:
    """One payment per unit drawn, in the loan's currency; ``number`` from 1, every 1/m year after the draw: ``later``
    years after it.

    ``interest`` is what is paid, by borrower and State together, ``subsidy`` the State's part of it; ``capitalised``
    interest is added to the debt instead. ``before``, ``after``: the balance.
    """

    number: int
    later: float
    year: int
    before: float
    principal: float
    interest: float
    capitalised: float
    subsidy: float
    guarantee: float
    after: float

    @property
    def service(self) -> float:
        """Principal, paid interest and guarantee fee."""
        return self.principal + self.interest + self.guarantee


def signing_year(case: Case, source: Source) -> int:
    """Blank (0): the first year of draws, which is a planned one."""
    return source.signing_year or max(source.available_from, case.settings.plan_from)


def is_new(case: Case, source: Source) -> bool:
    """Not signed before the first planned year: its signed amount is decided by the plan."""
    return signing_year(case, source) >= case.settings.plan_from


def lateness(case: Case, source: Source, drawn: int) -> int:
    """``j``: years of grace and tenor that are gone when money is drawn in year ``drawn``."""
    return max(drawn - signing_year(case, source), 0) if source.clock == "loan" else 0


def has_tenor(case: Case, source: Source, drawn: int) -> bool:
    """Whether a draw of a loan in year ``drawn`` has time left to be repaid; always true of what is not a loan."""
    return source.kind != "loan" or source.tenor - lateness(case, source, drawn) > 0.0


def year_of(number: int, per_year: int, drawn: int, timing: str = "mid") -> int:
    """Year of payment ``number`` of money drawn in year ``drawn``: whole numbers, no rounding.

    ``drawn + ceil(o + number/per_year) - 1``: what falls on 31 December belongs to the year that ends.
    """
    halves = HALVES[timing] * per_year + 2 * number
    return drawn - (-halves // (2 * per_year)) - 1


def rate_of(case: Case, source: Source, year: int) -> float:
    """Yearly nominal rate (fraction) of a payment in ``year``: fixed, or the reference rate of that year plus the
    margin, at least the floor.

    Of a year before the first one given the reference rate is that of the first."""
    if source.rate_index is None:
        return source.rate
    row = case.references[source.rate_index]
    known = max(year, min(row.rates, default=year))
    if row.rates and known < max(row.rates) and known not in row.rates:
        raise ValueError(f"reference rate {row.id} has no rate for {year}")
    return max(source.rate_floor, row.rates.get(known, row.long_run) + source.margin)


def moment(drawn: int, halves: int, months: float) -> float:
    """Days (ordinal, with a part) at so many months after a draw, which is on 1 January, 1 July or 1 January of the
    next year."""
    whole = floor(months + HAIR)
    first = 12 * drawn + 6 * halves + whole
    day = date(first // 12, first % 12 + 1, 1)
    length = date((first + 1) // 12, (first + 1) % 12 + 1, 1) - day
    return day.toordinal() + (months - whole) * length.days


def part_of_year(source: Source, drawn: int, number: int) -> float:
    """``δ``: of a year, for the interest of payment ``number``, by the day count."""
    m = source.payments
    if source.day_count == "30/360":
        return 1.0 / m
    halves = HALVES[source.draw_timing]
    days = moment(drawn, halves, 12.0 * number / m) - moment(drawn, halves, 12.0 * (number - 1) / m)
    return days / DAYS[source.day_count]


def numbers_of(source: Source, late: int) -> tuple[int, int]:
    """``k0`` and ``K``: numbers of the first payment of principal and of the last payment, ``late`` years after
    signing.

    A draw that comes too late to be repaid in time (no plan may have it) is repaid at its first date.
    """
    m = source.payments
    first = max(1, round(m * max(source.grace - late, 0.0))
                + (1 if source.first_repayment == "one_period_after" else 0))
    last = round(m * (source.tenor - late))
    if late > 0 and last < 1:
        return 1, 1
    if last >= 1 and source.repayment == "bullet":
        return min(first, last), last
    if last < first:
        raise ValueError(f"loan {source.id}: the tenor ends before the first payment of principal")
    return first, last


def shares_of(source: Source, count: int, late: int) -> list[float]:
    """Stated shares of principal over their sum, one for each of ``count`` payments.

    Money drawn after the first instalments of a loan (clock loan) is repaid by the shares that are left.
    """
    if len(source.shares) != count and not (late > 0 and count < len(source.shares)):
        raise ValueError(f"loan {source.id}: {len(source.shares)} shares of principal for {count} payments")
    left = source.shares[len(source.shares) - count:]
    return [share / fsum(left) for share in left]


def payments(case: Case, source: Source, drawn: int) -> tuple[Payment, ...]:
    """Every payment of one unit drawn in year ``drawn``, to the last maturity."""
    m, late = source.payments, lateness(case, source, drawn)
    first, last = numbers_of(source, late)
    shares = shares_of(source, last - first + 1, late) if source.repayment == "shares" else []
    paid, balance, base = [], 1.0, 1.0
    for number in range(1, last + 1):
        year, part = year_of(number, m, drawn, source.draw_timing), part_of_year(source, drawn, number)
        rate = rate_of(case, source, year)
        due = rate * part * balance
        capitalised = due if number < first and source.interest_in_grace == "capitalised" else 0.0
        if number == first:
            base = balance
        principal = _principal(source, number, first, last, base, balance, rate / m, shares)
        helped = m * late + number <= m * source.subsidy_years + HAIR and not capitalised
        subsidy = min(source.subsidy, max(rate, 0.0)) * part * balance if helped else 0.0
        after = balance + capitalised - principal
        guarantee = source.guarantee_fee / m * balance
        paid.append(Payment(number, number / m, year, balance, principal, due - capitalised, capitalised, subsidy,
                            guarantee, after))
        balance = after
    return tuple(paid)


def grant_element(case: Case, source: Source) -> float:
    """Of a loan, as a fraction of one unit of its currency drawn at signing: what is not paid back, at the yearly rate
    of the setting ``grant_discount``."""
    drawn = signing_year(case, source)
    paid = fsum(one.service * (1.0 + case.settings.grant_discount) ** -one.later
                for one in payments(case, source, drawn))
    return 1.0 - source.premium - source.front_end - paid


def _principal(source: Source, number: int, first: int, last: int, base: float, balance: float, rate: float,
               shares: list[float]) -> float:
    """Principal of one payment; ``base`` is the balance when repayment starts, ``rate`` that of a payment period."""
    if number < first:
        return 0.0
    if number == last:
        return balance
    if source.repayment == "bullet":
        return 0.0
    if source.repayment == "shares":
        return base * shares[number - first]
    left = last - number + 1
    if source.repayment == "annuity" and rate != 0.0:
        # of a level payment over those left, less the interest in it
        return balance * rate / expm1(left * log1p(rate))
    return base / (last - first + 1) if source.repayment == "equal_principal" else balance / left
