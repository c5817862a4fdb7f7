"""Risk in money if nothing is done (docs/numbers.md: Condition and risk)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from jaryq.report.amounts import Amounts


def last_year(found: Amounts, variants: Iterable[str]) -> int:
    """The last year of benefits of a facility's variants; the last planned year where none can start."""
    windows = found.factors.risk.benefits.windows
    return max((windows[key].last for key in variants if key in windows), default=found.case.settings.last_year)


def risk_waiting(found: Amounts, asset: str, last: int) -> float | None:
    """Present value of the risk of an asset that is never done, from plan_from to 31 December of ``last`` (or until it
    would have been replaced), bn KZT; None without a score."""
    risk = found.factors.risk
    money = risk.rates.money(asset)
    if money is None:
        return None
    counted = last if money.until is None else min(last, money.until - 1)
    return math.fsum(weight * money.old(t) for _, t, weight in risk.rates.times(counted))
