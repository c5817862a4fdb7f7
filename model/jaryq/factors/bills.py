"""What consumers pay in a year, as a linear form in the draws they pay back (docs/numbers.md: Tariffs)."""

from __future__ import annotations

from jaryq.case.case import Tariff
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear


def need(f: Factors, tariff: Tariff, y: int) -> Linear:
    """Bill of the consumers of a region and utility in a planned year, or the one before, nominal bn KZT: their own
    (the constant), and what they pay back of what was drawn for projects there."""
    if y < f.case.settings.plan_from:
        return Linear({}, tariff.base, "bn KZT")
    mine = [p.id for p in f.case.projects.values() if (p.region, p.sector) == (tariff.region, tariff.sector)]
    of: dict[Decision, float] = {("draw", (s, p, u)): paid for s, u in sorted(f.money.repaid)
                                 if (paid := f.money.repaid[s, u].get(y, 0.0))
                                 for p in mine if (s, p, u) in f.bounds.draw}
    return Linear(of, tariff.base * f.money.bills[y], "bn KZT")
