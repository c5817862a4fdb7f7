"""Stability: what is kept of the last plan (docs/numbers.md: Objective, Re-planning)."""

from __future__ import annotations

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Expression, Model, Relation
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
