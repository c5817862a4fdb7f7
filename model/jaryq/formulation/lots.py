"""Lots: rows under one contract, all or none of them."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.case.lots import km_left, lot_km, lots_of
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation, Sum
from jaryq.formulation.declare import row
from jaryq.formulation.indices import lots_of_packages


def _tied(f: Factors) -> Iterator[tuple[str, str, str]]:
    for name, lot in lots_of(f.case).items():
        for p in lot.facilities[1:]:
            yield from ((name, p, start.period.label) for start in f.works.starts[p])


@row(_tied, "share", "A lot starts together", "Лот начинается вместе",
     "facilities of a lot but its first one, in each period in which all of them may start")
def lot_starts(m: Model, f: Factors, L: str, p: str, t: str) -> Relation:
    r"""Facilities of a lot start together.

    .. math:: start_{p,t} = start_{first(L),t}

    Unit: share. Dual: what taking the lot apart would be worth, bn KZT.
    """
    return m.start[p, t] - m.start[lots_of(f.case)[L].facilities[0], t] == 0


def _packages(f: Factors) -> Iterator[tuple[str]]:
    return ((n,) for n, package in f.case.packages.items() if package.lot is not None and lot_km(package) > 0)


@row(_packages, "km", "Km of a lot, at least", "Км лота, не меньше",
     "packages with km in a lot")
def lot_km_least(m: Model, f: Factors, n: str) -> Relation:
    r"""With its lot the km of a package under that contract are renewed.

    .. math:: \sum_t renew_{n,t} \ge lot\_km_n\, \tau_{L(n)},
    \quad \tau_L = \sum_t start_{first(L),t}\ \text{or}\ lot_L

    Unit: km. Dual: what leaving a km out of the contract would be worth, bn KZT per km.
    """
    return renewed(m, f, n) - lot_km(f.case.packages[n]) * share_taken(m, f, n) >= 0


@row(_packages, "km", "Km of a lot, at most", "Км лота, не больше",
     "as lot_km_least")
def lot_km_most(m: Model, f: Factors, n: str) -> Relation:
    r"""Without its lot the km of a package under that contract are not renewed.

    .. math:: \sum_t renew_{n,t} \le left_n - lot\_km_n + lot\_km_n\, \tau_{L(n)},
    \quad \tau_L = \sum_t start_{first(L),t}\ \text{or}\ lot_L

    Unit: km. Dual: value of one more km outside of the contract, bn KZT per km.
    """
    package = f.case.packages[n]
    return renewed(m, f, n) - lot_km(package) * share_taken(m, f, n) <= km_left(package) - lot_km(package)


def renewed(m: Model, f: Factors, n: str) -> Sum:
    return sum(m.renew[n, t] for t in f.works.open[n])


def share_taken(m: Model, f: Factors, n: str) -> Sum:
    """Share to which the lot of a package is taken: the starts of any of its facilities, or a decision of its own."""
    name = f.case.packages[n].lot or ""
    if (name,) in lots_of_packages(f):
        return m.lot[name]
    first = lots_of(f.case)[name].facilities[0]
    return sum(m.start[first, start.period.label] for start in f.works.starts[first])
