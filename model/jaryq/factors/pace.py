"""How much of what is signed may be drawn by when (docs/numbers.md: Pace and continuity)."""

from __future__ import annotations

import math

from jaryq.case.case import Case, Source
from jaryq.factors.loans import amount_signed, new_loan, signed_in
from jaryq.factors.prices import POINTS, Prices

LEAST = 1e-9
"""A share below this is nothing, a date missed by less is met."""


def paced(source: Source) -> bool:
    """Whether a source is drawn at a pace, or only from some time after its signing."""
    return bool(source.pace) or source.effective_months > 0


def effective(source: Source) -> float:
    """When a source is effective, in years (2028.5: the middle of 2028)."""
    return signed_in(source) + POINTS[source.draw_timing] + source.effective_months / 12.0


def pace_to(source: Source, year: int) -> float:
    """Share of the signed amount that may be drawn to the end of ``year``: straight between whole years from
    effectiveness, all of it after the last year of the pace; without a pace all or nothing."""
    since = year + 1 - effective(source)
    if not source.pace:
        return 1.0 if not paced(source) or since > LEAST else 0.0
    whole = min(max(math.floor(since + LEAST), 0), len(source.pace))
    if whole == len(source.pace):
        return 1.0
    return math.fsum(source.pace[:whole]) + max(since - whole, 0.0) * source.pace[whole]


def part_of_pace(source: Source, year: int, n: int) -> float:
    """Change of the share that may be drawn to the end of ``year`` with the cumulative pace after ``n`` years."""
    since = year + 1 - effective(source)
    return max(1.0 - abs(since - n), 0.0)


def may_be_drawn(source: Source, year: int) -> bool:
    """Whether anything of the signed amount may be drawn by the end of ``year``."""
    return pace_to(source, year) > LEAST


def signed_amount(case: Case, source: Source) -> float | None:
    """What of a source is signed where the plan does not decide it, bn of its currency: of a loan signed before as it
    is, of other kinds the envelope; None for a new loan, and where nothing is stated."""
    if source.kind != "loan":
        return source.envelope
    stated = source.signed is not None or source.envelope is not None or source.ceilings
    return amount_signed(source) if stated and not new_loan(source, case.settings.plan_from) else None


def paid_by(case: Case, prices: Prices) -> dict[str, float]:
    """What each source has paid before the planned years by ``progress``, bn of its currency at the rates of its
    years."""
    used: dict[str, list[float]] = {}
    for row in case.paid:
        if row.source:
            rate = prices.exchange(case.sources[row.source].currency, row.year)
            used.setdefault(row.source, []).append(row.amount / rate)
    return {s: math.fsum(amounts) for s, amounts in used.items()}
