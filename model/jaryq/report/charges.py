"""Money beside the programme's outlays: premiums of crews, savings of shared trenches, the price of change
(docs/numbers.md: Objective)."""

from __future__ import annotations

import math

from jaryq.base.once import once
from jaryq.factors.gains import changes, gained, kept
from jaryq.factors.resources import premiums_of_crews
from jaryq.report.amounts import Amounts


@once
def premiums(found: Amounts) -> dict[tuple[str, str], float]:
    """Premium of each resource row and period, nominal bn KZT: overtime or contractors, and crews from other
    regions."""
    prices, year = found.factors.prices, found.factors.works.period_year
    return {(w, t): linear.on(found.plan) * prices.inflation(year[t])
            for (w, t), linear in sorted(premiums_of_crews(found.factors).items()) if linear.speaks_of(found.plan)}


def premiums_of(found: Amounts, year: int) -> float:
    """Premiums of a year, nominal bn KZT."""
    return math.fsum(amount for (_, t), amount in premiums(found).items() if found.factors.works.period_year[t] == year)


def crews_pv(found: Amounts) -> float:
    """Present value of all premiums, bn KZT of the price year."""
    return -gained(found.factors, "premiums").on(found.plan)


def savings(found: Amounts) -> dict[tuple[str, int], float]:
    """What each shared trench saves in each year, nominal bn KZT."""
    made = {(k, y): -amount for n, y in found.factors.works.shared
            for k, amount in found.factors.outlay(n, y).only("joint").by(0, found.plan).items()}
    return dict(sorted(made.items()))


def changed(found: Amounts) -> dict[str, float]:
    """How far each project is from the last plan, bn KZT of the price year; of those that either plan does. Empty
    without a last plan."""
    beside = kept(found.factors, found.plan)
    return {p: linear.on(found.plan, beside) for p, linear in sorted(changes(found.factors).items())
            if linear.speaks_of(found.plan, beside)}


def stability(found: Amounts) -> float:
    """What the changes against the last plan cost in the objective, bn KZT: a price, not money."""
    return -gained(found.factors, "stability").on(found.plan, kept(found.factors, found.plan))
