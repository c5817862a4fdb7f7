"""What consumers pay in a year, as a linear form in the draws they pay back (docs/numbers.md: Tariffs)."""

from __future__ import annotations

import math
from collections.abc import Collection

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.case.case import Tariff
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear, total
from jaryq.factors.prices import level


def need(f: Factors, tariff: Tariff, y: int) -> Linear:
    """Bill of the consumers of a region and utility in a planned year, or the one before, nominal bn KZT: their own
    (the constant), and what they pay back of what was drawn for projects there."""
    if y < f.case.settings.plan_from:
        return Linear({}, tariff.base, BILLION)
    mine = [p.id for p in f.case.projects.values() if (p.region, p.sector) == (tariff.region, tariff.sector)]
    years = _repaying(f)
    # Asked by project (who may pay it), since every source may pay for many more than those of a region.
    draws = sorted((s, u, at, p) for at, p in enumerate(mine) for s in f.bounds.pays[p] for u in years.get(s, ())
                   if f.bounds.has_draw(s, p, u))
    of: dict[Decision, float] = {("draw", (s, p, u)): paid for s, u, _, p in draws
                                 if (paid := f.money.repaid[s, u].get(y, 0.0))}
    return Linear(of, own_bill(f, tariff, y), BILLION)


@once
def _repaying(f: Factors) -> dict[str, list[int]]:
    """Years of the draws that consumers pay back, by source."""
    years: dict[str, list[int]] = {}
    for s, u in f.money.repaid:
        years.setdefault(s, []).append(u)
    return years


def own_bill(f: Factors, tariff: Tariff, y: int) -> float:
    """What consumers pay in a planned year without the programme, nominal bn KZT: the bill of the year before the first
    planned one but for its investment part, with general prices, though never faster than the bill may rise."""
    # ``since``: the last year in which the rise held it back.
    since, level = tariff.base * (1.0 - tariff.invested), 1.0
    bill = since
    for u in range(f.case.settings.plan_from, y + 1):
        rise, grown = tariff.rise_in(u), since * f.money.bills[u] / level
        if rise is not None and grown > (1.0 + rise) * bill:
            since, level = (1.0 + rise) * bill, f.money.bills[u]
            grown = since
        bill = grown
    return bill


def burden(f: Factors, tariffs: Collection[Tariff], y: int) -> Linear:
    """Bills of households in a planned year over the incomes of their regions, each region counted once; a
    fraction, nothing where no incomes are known."""
    paid = total((need(f, tariff, y).times(tariff.household_share or 0.0) for tariff in tariffs), "share")
    earned = math.fsum(income(f, region, y) for region in sorted({tariff.region for tariff in tariffs}))
    return paid.times(1.0 / earned) if earned > 0 else Linear({}, 0.0, "share")


def income(f: Factors, region: str, y: int) -> float:
    """Incomes of the people of a region in a planned year, nominal bn KZT; they follow their index, else general
    prices."""
    of = f.case.regions[region]
    index = f.case.indices[of.income_index] if of.income_index else f.prices.general
    before = f.case.settings.plan_from - 1
    base = before if index is None or before >= min(index.levels) else f.case.settings.plan_from
    return (of.population or 0.0) * (of.income or 0.0) * 12.0 / 1e9 * level(index, y) / level(index, base)
