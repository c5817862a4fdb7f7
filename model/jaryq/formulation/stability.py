"""Stability: what is kept of the last plan (docs/numbers.md: Objective, Re-planning)."""

from __future__ import annotations

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Expression, Model, Relation, Sum
from jaryq.formulation.declare import row
from jaryq.formulation.indices import last_plan


@row(last_plan, "share", "Kept of the last plan", "Сохранено от прошлого плана",
     "projects of the last plan, by its periods; only where change has a price (setting stability)")
def kept_is_done(m: Model, f: Factors, p: str, t: str) -> Relation:
    r"""What is kept of the last plan is done in its period.

    .. math:: kept_{p,t} \le \sum_{t' \in t} start_{p,t'} \quad (renew_{p,t'})

    Unit: share of a facility, km of a package. Dual: price of moving it, bn KZT.
    """
    return m.kept[p, t] - sum(_of_slot(m, f, p, t)) <= 0


def _of_slot(m: Model, f: Factors, p: str, t: str) -> list[Expression]:
    if p in f.case.facilities:
        return [m.start[p, s.period.label] for s in f.works.starts[p] if t in (s.period.label, s.period.label[:4])]
    return [m.renew[p, label] for label in f.works.open[p] if label[:4] == t]


def weight(f: Factors, p: str) -> float:
    """What a whole facility, or a km, costs: bn KZT of the price year."""
    return f.case.facilities[p].overnight if p in f.case.facilities else f.case.packages[p].unit_cost


def charge(m: Model, f: Factors) -> Sum:
    r"""Price of change against the last plan, bn KZT: :math:`\sigma \sum_p weight_p\,(last_p + now_p - 2\, kept_p)`."""
    price = f.case.settings.stability
    if price <= 0 or not f.works.last:
        return 0
    was = sum(weight(f, p) * amount for (p, _), amount in f.works.last.items())
    begun = sum(weight(f, p) * m.start[p, s.period.label] for p in sorted(f.works.starts)
                for s in f.works.starts[p] if f.case.facilities[p].started is None)
    laid = sum(weight(f, n) * m.renew[n, t] for n in sorted(f.works.open) for t in f.works.open[n])
    return price * (was + begun + laid - 2 * sum(weight(f, p) * m.kept[p, t] for p, t in sorted(m.kept)))
