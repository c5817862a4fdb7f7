"""Objectives of the stages, each to be minimised: shortfalls by priority, the objective, the layers of the
tie-break."""

from __future__ import annotations

import hashlib
from typing import Any

from jaryq.factors.derive import Factors
from jaryq.formulation.algebra import Model, Sum, columns
from jaryq.formulation.declare import VARIABLES
from jaryq.formulation.express import expression
from jaryq.formulation.stability import charge
from jaryq.sheets.measures import SLOPES


def shortfall(m: Model, f: Factors, priority: str) -> Sum:
    r"""Convex cost of the normalised shortfalls of one priority.

    .. math:: \sum_{g \in priority} \sum_k slope_k\, (short_{g,k} + excess_{g,k}) / scale_g

    Unit: normalised shortfall. Slopes 1, 2, .. 10 on ten widths of 0.1, so that a shortage spreads at every level
    instead of landing on one region or year.
    """
    rows = [(g.id, g.scale) for g in f.case.targets if g.priority == priority]
    return sum(SLOPES[k] / scale * variable[g, k] for variable in (m.short, m.excess) for g, scale in rows
               for k in range(len(SLOPES)) if (g, k) in variable)


def spread(m: Model, f: Factors, priority: str) -> Sum:
    r"""Largest normalised shortfall of a priority, :math:`worst_N`: within a width of the convex cost, what is missed
    spreads evenly.

    Unit: normalised shortfall. Only where the priority has several rows.
    """
    return m.worst[priority]


def benefit(m: Model, f: Factors) -> Sum:
    r"""Present value of benefits, bn KZT: :math:`\sum b_{p,t}\, start_{p,t} + \sum b_{n,t}\, renew_{n,t}`."""
    whole = [amount * m.start[key] for key, amount in sorted(f.risk.benefit.items()) if amount != 0]
    return sum(whole) + sum(amount * m.renew[key] for key, amount in sorted(f.risk.km_benefit.items()) if amount != 0)


def income_value(m: Model, f: Factors) -> Sum:
    r"""Present value of the income of projects and of interest that funds earn, bn KZT:
    :math:`\sum w_y\, income_{p,t,y}\, start_{p,t} + \sum w_y\, i_s\, keep_s\, idle_{s,y-1}`."""
    earned = sum(f.money.weight[y] * amount * m.start[key] for key, by_year in sorted(f.money.income.items()) for y,
                 amount in by_year.items())
    money = f.money
    return earned + sum(
        money.weight[y + 1] * source.interest * source.keep * money.exchange[s, y + 1] / money.exchange0[s]
        * m.idle[s, y]
        for s, y in sorted(m.idle)
        if (source := f.case.sources[s]).interest > 0 and (s, y + 1) in m.idle
    )


def funding_cost(m: Model, f: Factors) -> Sum:
    r"""Present value of what draws cost the purse, bn KZT: :math:`\sum cost_{s,y}\, draw_{s,p,y} + \sum fees_s\,
    signed_s` (own money when drawn, loans by their service and fees)."""
    cost, worth = f.money.cost, f.money.worth
    paid = sum(cost[s, y] * m.draw[s, p, y] for s, p, y in sorted(f.bounds.draw) if cost[s, y] != 0)
    lines = sum((cost[s, y] - worth[s, y]) * m.line[s, y] for s, y in sorted(f.bounds.line))
    return (paid + lines + sum(f.money.signs[s] / f.money.exchange0[s] * m.signed[s] for s in sorted(m.signed))
            + sum(f.money.signed_before.values()))


def priced_targets(m: Model, f: Factors) -> Sum:
    r"""Targets with a price instead of a priority, bn KZT: :math:`\sum price_g \sum_k short_{g,k}`."""
    rows = {g.id: g.price for g in f.case.targets if g.priority == "price"}
    return sum(rows[g] * variable[g, k] for variable in (m.short, m.excess) for g, k in sorted(variable) if g in rows)


def premiums(m: Model, f: Factors) -> Sum:
    r"""Present value of crews added and borrowed, bn KZT: :math:`\sum extra\ cost_{w,y}\, extra_{w,t} + lend\
    cost_{w,y}\, borrowed_{w,t}`."""
    paid = sum(f.money.crew_cost[w, f.works.period_year[t]][0] * m.extra[w, t] for w, t in sorted(m.extra))
    return paid + sum(f.money.crew_cost[w, f.works.period_year[t]][1] * m.borrowed[w, t] for w, t in sorted(m.borrowed))


def red_zone(m: Model, f: Factors) -> Sum:
    r"""Share of red asset-periods that are not mended: :math:`\sum_{a,t} red_{a,t} (1 - z_{a,t}) / \sum red_{a,t}`."""
    linear = f.risk.rates.red_periods()
    return linear.constant + expression(m, f, linear)


def mean_finish(m: Model, f: Factors) -> Sum:
    """Mean time of finish, years after 1 January of plan_from, weighted by overnight cost; what is not done counts one
    period past the end.

    A facility with variants counts once, with its own cost.
    """
    case = f.case
    k = case.settings.periods_per_year
    never = (len(case.periods) + 1) / k
    left = {n: max(package.km - package.km_done, 0.0) for n, package in case.packages.items()}
    open_ = [variants for variants in case.assets.values() if all(case.facilities[p].done is None for p in variants)]
    weights = {p: case.facilities[variants[0]].overnight for variants in open_ for p in variants}
    total = sum(weights[variants[0]] for variants in open_) + sum(case.packages[n].unit_cost * km for n,
                                                                  km in left.items())
    if total <= 0:
        return 0
    sooner = [
        weights[p] / total * (never - (s.finish.position + 1) / k) * m.start[p, s.period.label]
        for p in sorted(f.works.starts) for s in f.works.starts[p] if weights.get(p)
    ]
    sooner += [case.packages[n].unit_cost / total * (never - (f.works.position[t] + 1) / k) * m.renew[n, t]
               for n in sorted(f.works.open) for t in f.works.open[n]]
    return never - sum(sooner)


def main_objective(m: Model, f: Factors) -> Sum:
    """The chosen objective, turned so that less is better."""
    kind = f.case.settings.objective
    beside = priced_targets(m, f) + charge(m, f)
    if kind == "least_cost":
        return funding_cost(m, f) + premiums(m, f) - income_value(m, f) + beside
    if kind == "most_benefit":
        return beside - benefit(m, f)
    if kind == "earliest_finish":
        return mean_finish(m, f) + beside
    return funding_cost(m, f) + premiums(m, f) - benefit(m, f) - income_value(m, f) + beside


def earliest(m: Model, f: Factors) -> Sum:
    """First layer of the tie-break: the sum of finishing positions, km in units of their scope."""
    works = [float(s.finish.position + 1) * m.start[p, s.period.label] for p in sorted(f.works.starts)
             for s in f.works.starts[p]]
    km = [(f.works.position[t] + 1) / max(f.case.packages[n].km, 1.0) * m.renew[n, t] for n in sorted(f.works.open)
          for t in f.works.open[n]]
    return sum(works) + sum(km)


def by_rank(m: Model, f: Factors) -> Sum:
    """Second layer: sources in the order of their rank."""
    drawn = sum(float(f.case.sources[s].rank) * m.draw[s, p, y] for s, p, y in sorted(f.bounds.draw))
    return drawn + sum(float(f.case.sources[s].rank) * m.line[s, y] for s, y in sorted(f.bounds.line))


def by_name(m: Model, f: Factors) -> Sum:
    """Last layer: weights 1..2^20 (over 2^20) from a hash of identifiers, so that one plan is left whatever the row
    order."""
    named = [(family.name, columns(m, family.name)) for family in VARIABLES.values() if family.tie]
    return sum(_weight(name, key) * variable[key] for name, variable in named for key in sorted(variable))


def _weight(name: str, key: Any) -> float:
    text = "|".join((name, *(str(part) for part in (key if isinstance(key, tuple) else (key,)))))
    return (int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 2**20 + 1) / 2**20
