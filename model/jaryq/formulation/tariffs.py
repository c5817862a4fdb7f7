"""Tariffs: what consumers of a region and utility pay back stays within the allowed rise."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.once import once
from jaryq.case.case import Tariff
from jaryq.factors.bills import need
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import row
from jaryq.formulation.express import expression


def _limited(f: Factors) -> Iterator[tuple[str, str, int]]:
    return ((t.region, t.sector, y) for t in f.case.tariffs for y in f.case.settings.years if t.rise_in(y) is not None)


@once
def _stated(f: Factors) -> dict[tuple[str, str], Tariff]:
    """Tariffs by region and utility."""
    return {(t.region, t.sector): t for t in f.case.tariffs}


@row(_limited, "bn KZT", "Rise of a tariff", "Рост тарифа",
     "rows of sheet tariffs, in each planned year with a largest rise")
def tariff_rise(m: Model, f: Factors, r: str, k: str, y: int) -> Relation:
    r"""The bill of consumers rises no faster than allowed.

    .. math:: need_{r,k,y} \le (1 + rise_{r,k,y})\, need_{r,k,y-1}

    Unit: bn KZT of year y. Dual: value of one more bn KZT that consumers may pay that year, bn KZT.
    """
    tariff = _stated(f)[r, k]
    allowed = 1.0 + (tariff.rise_in(y) or 0.0)
    now, before = need(f, tariff, y), need(f, tariff, y - 1)
    return expression(m, f, now) - allowed * expression(m, f, before) <= allowed * before.constant - now.constant
