"""Objectives of the stages, each to be minimised: shortfalls by priority, the objective, the layers of the
tie-break."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import Any

from jaryq.factors.derive import Factors
from jaryq.factors.gains import objective
from jaryq.factors.soft_rows import by_priority
from jaryq.formulation.algebra import Model, Sum, columns
from jaryq.formulation.declare import VARIABLES
from jaryq.formulation.express import combined, expression
from jaryq.sheets.measures import SLOPES


def shortfall(m: Model, f: Factors, priority: str) -> Sum:
    r"""Convex cost of the normalised shortfalls of one priority.

    .. math:: \sum_{g \in priority} \sum_k slope_k\, (short_{g,k} + excess_{g,k}) / scale_g

    Unit: normalised shortfall. Slopes 1, 2, .. 10 on ten widths of 0.1, so that a shortage spreads at every level
    instead of landing on one region or year.
    """
    rows = [(row.id, row.scale) for row in by_priority(f, priority)]
    return sum(SLOPES[k] / scale * variable[g, k] for variable in (m.short, m.excess) for g, scale in rows
               for k in range(len(SLOPES)) if (g, k) in variable)


def spread(m: Model, f: Factors, priority: str) -> Sum:
    r"""Largest normalised shortfall of a priority, :math:`worst_N`: within a width of the convex cost, what is missed
    spreads evenly.

    Unit: normalised shortfall. Only where the priority has several rows.
    """
    return m.worst[priority]


def red_zone(m: Model, f: Factors) -> Sum:
    r"""Share of red asset-periods that are not mended: :math:`\sum_{a,t} red_{a,t} (1 - z_{a,t}) / \sum red_{a,t}`."""
    linear = f.rates.red_periods()
    return linear.constant + expression(m, f, linear)


def main_objective(m: Model, f: Factors) -> Sum:
    """The chosen objective, turned so that less is better: the parts of ``factors/gains.py``."""
    aim = objective(f)
    return expression(m, f, aim) + aim.constant


def earliest(m: Model, f: Factors) -> Sum:
    """First layer of the tie-break: the sum of finishing positions, km in units of their scope."""
    works = [float(s.finish.position + 1) * m.start[p, s.period.label] for p in sorted(f.works.starts)
             for s in f.works.starts[p]]
    km = [(f.works.position[t] + 1) / max(f.case.packages[n].km, 1.0) * m.renew[n, t] for n in sorted(f.works.open)
          for t in f.works.open[n]]
    return sum(works) + sum(km)


def by_rank(m: Model, f: Factors) -> Sum:
    """Second layer: sources in the order of their rank."""
    rank = {s: float(source.rank) for s, source in f.case.sources.items()}
    return combined(m, chain(((rank[s], m.draw[s, p, y]) for s, p, y in sorted(f.bounds.draw)),
                             ((rank[s], m.line[s, y]) for s, y in sorted(f.bounds.line))))


def by_name(m: Model, f: Factors) -> Sum:
    """Last layer: weights 1..2^20 (over 2^20) from a hash of identifiers, so that one plan is left whatever the row
    order."""
    named = [(family.name, columns(m, family.name)) for family in VARIABLES.values() if family.tie]
    return combined(m, ((_weight(name, key), variable[key]) for name, variable in named for key in sorted(variable)))


def _weight(name: str, key: Any) -> float:
    text = "|".join((name, *(str(part) for part in (key if isinstance(key, tuple) else (key,)))))
    return (int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 2**20 + 1) / 2**20
