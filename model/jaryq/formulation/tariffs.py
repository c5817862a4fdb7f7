"""Tariffs: what consumers of a region and utility pay back stays within the allowed rise."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row


def _limited(f: Factors) -> Iterator[tuple[str, str, int]]:
    return ((t.region, t.sector, y) for t in f.case.tariffs if t.rise is not None for y in f.case.settings.years)


def need(m: Model, f: Factors, region: str, sector: str, y: int) -> tuple[Sum, float]:
    """What consumers pay in a year, nominal bn KZT: (decided part, given part)."""
    tariff = next(t for t in f.case.tariffs if (t.region, t.sector) == (region, sector))
    if y < f.case.settings.plan_from:
        return 0, tariff.base
    mine = [p.id for p in f.case.projects.values() if (p.region, p.sector) == (region, sector)]
    terms = []
    for s, u in sorted(f.money.repaid):
        per_draw = f.money.repaid[s, u].get(y, 0.0)
        if per_draw:
            terms += [per_draw * m.draw[s, p, u] for p in mine if (s, p, u) in f.bounds.draw]
    return sum(terms), tariff.base * f.money.bills[y]


@row(_limited, "bn KZT", "Rise of a tariff", "Рост тарифа",
     "rows of sheet tariffs with a largest rise, in each planned year")
def tariff_rise(m: Model, f: Factors, r: str, k: str, y: int) -> Relation:
    r"""The bill of consumers rises no faster than allowed.

    .. math:: need_{r,k,y} \le (1 + rise_{r,k})\, need_{r,k,y-1}

    Unit: bn KZT of year y. Dual: value of one more bn KZT that consumers may pay that year, bn KZT.
    """
    rise = next(t.rise for t in f.case.tariffs if (t.region, t.sector) == (r, k)) or 0.0
    now, given = need(m, f, r, k, y)
    before, had = need(m, f, r, k, y - 1)
    return now - (1.0 + rise) * before <= (1.0 + rise) * had - given
