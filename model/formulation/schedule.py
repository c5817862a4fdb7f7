"""Schedule: what may be started and renewed when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from model.data.derive import Factors
from model.formulation.declare import row


def _optional(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key in sorted(f.starts) if f.starts[key] and not f.case.facilities[key].must)


def _required(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key in sorted(f.starts) if f.starts[key] and f.case.facilities[key].must)


def _packages(f: Factors) -> Iterator[tuple[str]]:
    return ((key,) for key in sorted(f.open) if f.open[key])


def _package_years(f: Factors) -> Iterator[tuple[str, int]]:
    # With yearly periods the bound of renew says the same.
    if f.case.settings.periods_per_year > 1:
        for key in sorted(f.open):
            if f.open[key] and f.case.packages[key].km_per_year is not None:
                yield from ((key, y) for y in sorted({f.period_year[t] for t in f.open[key]}))


@row(_optional, "share", "Done at most once", "Выполняется не более одного раза")
def start_once(m: Any, f: Factors, p: str) -> Any:
    r"""A facility is done at most once.

    .. math:: \sum_t start_{p,t} \le 1

    Unit: share. Dual: what a second facility of the same kind would be worth, bn KZT.
    """
    return sum(m.start[p, s.period.label] for s in f.starts[p]) <= 1


@row(_required, "share", "Must be done", "Обязателен")
def start_required(m: Any, f: Factors, p: str) -> Any:
    r"""A committed facility is done once, within its window.

    .. math:: \sum_t start_{p,t} = 1

    Unit: share. Dual: what the commitment is worth (negative: costs), bn KZT.
    """
    return sum(m.start[p, s.period.label] for s in f.starts[p]) == 1


@row(_packages, "km", "Length in scope", "Длина в программе")
def scope_km(m: Any, f: Factors, n: str) -> Any:
    r"""No more km are renewed than are in scope and not yet done.

    .. math:: \sum_t renew_{n,t} \le km_n - done_n

    Unit: km. Dual: value of one more km in scope, bn KZT per km.
    """
    package = f.case.packages[n]
    return sum(m.renew[n, t] for t in f.open[n]) <= max(package.km - package.km_done, 0.0)


@row(_package_years, "km/year", "Km a year", "Км в год")
def yearly_km(m: Any, f: Factors, n: str, y: int) -> Any:
    r"""The periods of a year together renew no more than the package allows in a year.

    .. math:: \sum_{t \in y} renew_{n,t} \le km\_per\_year_n

    Unit: km a year. Dual: value of one more km a year, bn KZT per km.
    """
    return sum(m.renew[n, t] for t in f.open[n] if f.period_year[t] == y) <= f.case.packages[n].km_per_year
