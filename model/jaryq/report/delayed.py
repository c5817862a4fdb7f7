"""Projects that start late because waiting pays: what a delay saves of the cost is more than what it takes of the
benefits."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.report.amounts import Amounts

NOTHING = 1e-9
DELAYED = Text("not earlier: putting it off saves more of its cost than it loses in benefits",
               "не раньше: отсрочка экономит больше затрат, чем теряет выгод")
NO_BENEFITS = Text("not earlier: no benefits of it are stated, so that putting it off only saves",
                   "не раньше: выгоды от него не заданы, поэтому отсрочка только экономит")


def why_late(found: Amounts, project: Facility | Package) -> Text | None:
    """Why a project does not begin in the first period open to it, where putting it off pays; None where it does not.
    Where no benefit of it is known, that is said: it may be missing."""
    if not delayed(found, project):
        return None
    benefit = found.factors.risk.benefit
    periods = (period.label for period in found.case.periods)
    return DELAYED if any(benefit.get((project.id, period), 0.0) != 0.0 for period in periods) else NO_BENEFITS


@dataclass(frozen=True)
class PutOff:
    """What a later start saves of the cost and loses of benefits and income, present values, bn KZT, against the first
    period open to the project (``first``)."""

    saves: float
    loses: float
    first: str


def delayed(found: Amounts, project: Facility | Package) -> bool:
    """Whether nothing of a project is done in the first period open to it, and at the periods of the plan it is worth
    more than in that one."""
    return put_off(found, project) is not None


def put_off(found: Amounts, project: Facility | Package) -> PutOff | None:
    """What waiting saves and loses of a project of which nothing is done in the first period open to it and which is
    worth more at the periods of the plan than in that one; None where it is not so. Of a package with a register
    nothing is said: its stretches are not worth what its mean is. Of a package by what is renewed of it.

    Worth in present value, every tenge of the cost counted in full in the year it is paid (docs/numbers.md: ``w_y``),
    whoever pays.
    """
    key, factors = project.id, found.factors
    register = found.case.stretches
    if register is not None and key in register.slices:
        return None
    if isinstance(project, Facility):
        chosen = {t: share for (f, t), share in found.plan.start.items() if f == key and share > NOTHING}
        first = factors.works.starts[key][0].period.label if factors.works.starts[key] else None
    else:
        chosen = {t: km for (n, t), km in found.plan.renew.items() if n == key and km > NOTHING}
        first = factors.works.open[key][0] if factors.works.open[key] else None
    if first is None or first in chosen or not chosen:
        return None
    cost, gain = _cost_and_gain(found, project, first)
    later = [(amount, _cost_and_gain(found, project, t)) for t, amount in chosen.items()]
    done = math.fsum(chosen.values())
    saves, loses = (of_first * done - math.fsum(amount * of[at] for amount, of in later)
                    for at, of_first in ((0, cost), (1, gain)))
    return PutOff(saves, loses, first) if saves - loses > NOTHING * done else None


def _cost_and_gain(found: Amounts, project: Facility | Package, period: str) -> tuple[float, float]:
    """Present values of a whole facility, or of a km, begun in ``period``: cost; benefits and income."""
    key, f = project.id, found.factors
    if isinstance(project, Facility):
        paid = (f.money.weight[y] * amount for y, amount in f.money.outlay[key, period].items())
        earned = (f.money.weight[y] * amount for y, amount in f.money.income[key, period].items())
        return math.fsum(paid), f.risk.benefit[key, period] + math.fsum(earned)
    year = f.works.period_year[period]
    return f.money.weight[year] * f.money.km_cost[key, year], f.risk.benefit[key, period]
