"""Wishes: what somebody wants of a project and the plan keeps. What must be done is a commitment (``schedule``)."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.home import BILLION
from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Relation
from jaryq.formulation.declare import row
from jaryq.formulation.funding import paid, total_outlay


def _closed(f: Factors) -> Iterator[tuple[str]]:
    return ((p,) for p in f.case.wishes if closed_starts(f, p))


def _closed_km(f: Factors) -> Iterator[tuple[str]]:
    return ((n,) for n in f.case.wishes if closed_periods(f, n))


def closed_starts(f: Factors, p: str) -> list[str]:
    """Periods in which a facility might start but for a wish; what has started goes on all the same."""
    facility, wish = f.case.facilities.get(p), f.case.wishes[p]
    if facility is None or facility.started is not None:
        return []
    return [start.period.label for start in f.works.starts[p] if not wish.allows(start.period.position)]


def closed_periods(f: Factors, n: str) -> list[str]:
    """Periods in which a package might be renewed but for a wish."""
    return [t for t in f.works.open.get(n, ()) if not f.case.wishes[n].allows(f.works.position[t])]


@row(_closed, "share", "Start that is not wanted", "Нежелательное начало",
     "facilities with a decision or dates in a row of overrides that closes one of their starts")
def wish_start(m: Model, f: Factors, p: str) -> Relation:
    r"""A facility does not start where a wish rules it out.

    .. math:: \sum_{t\ closed} start_{p,t} = 0

    Unit: share. Dual: what giving up the wish would bring for the first share, bn KZT.
    """
    return sum(m.start[p, t] for t in closed_starts(f, p)) == 0


@row(_closed_km, "km", "Km that are not wanted", "Нежелательные км",
     "packages with a decision or dates in a row of overrides that closes one of their periods")
def wish_renew(m: Model, f: Factors, n: str) -> Relation:
    r"""A package is not renewed where a wish rules it out.

    .. math:: \sum_{t\ closed} renew_{n,t} = 0

    Unit: km. Dual: what giving up the wish would bring for the first km, bn KZT per km.
    """
    return sum(m.renew[n, t] for t in closed_periods(f, n)) == 0


def _stated(f: Factors) -> Iterator[tuple[str, int]]:
    for n, wish in f.case.wishes.items():
        yield from ((n, y) for y in wish.km if any(f.works.period_year[t] == y for t in f.works.open.get(n, ())))


def _paid(f: Factors) -> Iterator[tuple[str]]:
    """Also of a payer that may not pay (a moved limit may fall below its ticket): then the project is not done."""
    return ((p,) for p, wish in f.case.wishes.items() if wish.payer is not None and f.bounds.outlay_of.get(p, 0.0) > 0)


@row(_stated, "km", "Km that are wanted", "Желаемые км",
     "packages with km in a row of overrides, in these years, where a period is open")
def wish_km(m: Model, f: Factors, n: str, y: int) -> Relation:
    r"""In a year exactly the km are renewed that a wish states.

    .. math:: \sum_{t \in y} renew_{n,t} = km_{n,y}

    Unit: km. Dual: what one more km that is wanted in the year brings (negative: costs), bn KZT per km.
    """
    return sum(m.renew[n, t] for t in f.works.open[n] if f.works.period_year[t] == y) == f.case.wishes[n].km[y]


@row(_paid, BILLION, "Payer that is wanted", "Желаемый плательщик",
     "projects with a payer in a row of overrides, on which money is spent")
def wish_payer(m: Model, f: Factors, p: str) -> Relation:
    r"""The payer that is wanted pays at least its share of all spending on a project.

    .. math:: \sum_y draw_{s,p,y} \ge payer\_share_p \sum_y outlay_{p,y}, \quad s = payer_p

    Unit: bn KZT. Dual: cost of one more bn KZT that it must pay, bn KZT.
    """
    wish = f.case.wishes[p]
    return paid(m, f, wish.payer or "", p) - wish.share * total_outlay(m, f, p) >= 0
