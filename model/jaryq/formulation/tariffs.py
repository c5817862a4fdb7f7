"""Tariffs: what consumers of a region and utility pay back stays within the allowed rise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from jaryq.base.home import BILLION
from jaryq.base.once import once
from jaryq.case.case import Case, Tariff
from jaryq.factors.bills import need
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Linear, total
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import Index, Limit, row
from jaryq.formulation.express import expression


def _limited(f: Factors) -> Iterator[tuple[str, str, int]]:
    return ((t.region, t.sector, y) for t in f.case.tariffs for y in f.case.settings.years if t.rise_in(y) is not None)


@once
def _stated(f: Factors) -> dict[tuple[str, str], Tariff]:
    """Tariffs by region and utility."""
    return {(t.region, t.sector): t for t in f.case.tariffs}


@row(_limited, BILLION, "Rise of a tariff", "Рост тарифа",
     "rows of sheet tariffs, in each planned year with a largest rise")
def tariff_rise(m: Model, f: Factors, r: str, k: str, y: int) -> Relation:
    r"""The bill of consumers rises no faster than allowed.

    .. math:: need_{r,k,y} \le (1 + rise_{r,k,y})\, need_{r,k,y-1}

    Unit: bn KZT of year y. Dual: value of one more bn KZT that consumers may pay that year, bn KZT.
    """
    above = _above(f, _stated(f)[r, k], y)
    return expression(m, f, above) <= 0.0 - above.constant


def _above(f: Factors, tariff: Tariff, y: int) -> Linear:
    """By how much a bill rises faster than allowed; at most nothing."""
    allowed = 1.0 + (tariff.rise_in(y) or 0.0)
    return total((need(f, tariff, y), need(f, tariff, y - 1).times(-allowed)))


def limits(f: Factors) -> Iterator[Limit]:
    """The largest rises, by the cell that they come from: it moves its years, and what consumers pay without the
    programme in later ones."""
    for tariff in f.case.tariffs:
        limited = [y for y in f.case.settings.years if tariff.rise_in(y) is not None]
        by_cell: dict[str, list[int]] = {}
        for y in limited:
            by_cell.setdefault(tariff.cells.get(y, f"{tariff.origin} {y}"), []).append(y)
        key = (tariff.region, tariff.sector)
        for cell, years in by_cell.items():
            later = tuple(y for y in limited if y >= years[0])
            yield Limit("rise", (*key, str(years[0])), cell.split(" ")[0], "%", _rise(key, years[0], f),
                        {("tariff_rise", (*key, y)): tariff.base / 100.0 or 1.0 for y in later},
                        partial(_with_rise, key, tuple(years)), partial(_rise, key, years[0]),
                        rows=partial(_rows, key, later))


def _rise(key: tuple[str, str], y: int, f: Factors) -> float:
    return 100.0 * (_stated(f)[key].rise_in(y) or 0.0)


def _with_rise(key: tuple[str, str], years: tuple[int, ...], case: Case, value: float) -> Case:
    def moved(tariff: Tariff) -> Tariff:
        mine = (tariff.region, tariff.sector) == key
        rises = {y: tariff.rise_in(y) for y in case.settings.years} | dict.fromkeys(years, value / 100.0)
        return replace(tariff, rises=rises) if mine else tariff

    return replace(case, tariffs=tuple(moved(tariff) for tariff in case.tariffs))


def _rows(key: tuple[str, str], years: tuple[int, ...], f: Factors) -> dict[tuple[str, Index], Linear]:
    return {("tariff_rise", (*key, y)): _above(f, _stated(f)[key], y) for y in years}
