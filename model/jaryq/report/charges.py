"""Money beside the programme's outlays: premiums of crews, savings of shared trenches, the price of change
(docs/numbers.md: Objective)."""

from __future__ import annotations

import math

from jaryq.case.since import last_done
from jaryq.report.amounts import Amounts


def premiums(found: Amounts) -> dict[tuple[str, str], float]:
    """Premium of each resource row and period, nominal bn KZT: overtime or contractors, and crews from other
    regions."""
    plan, crews = found.plan, {crew.id: crew for crew in found.case.crews}
    made = {}
    for w, t in sorted({*plan.extra, *plan.borrowed}):
        real = crews[w].extra_cost * plan.extra.get((w, t), 0.0) + crews[w].lend_cost * plan.borrowed.get((w, t), 0.0)
        made[w, t] = real * found.factors.prices.inflation(found.factors.works.period_year[t])
    return made


def premiums_of(found: Amounts, year: int) -> float:
    """Premiums of a year, nominal bn KZT."""
    return math.fsum(amount for (_, t), amount in premiums(found).items() if found.factors.works.period_year[t] == year)


def crews_pv(found: Amounts) -> float:
    """Present value of all premiums, bn KZT of the price year."""
    return math.fsum(found.factors.money.weight[found.factors.works.period_year[t]] * amount for (_, t),
                     amount in premiums(found).items())


def savings(found: Amounts) -> dict[tuple[str, int], float]:
    """What each shared trench saves in each year, nominal bn KZT."""
    made: dict[tuple[str, int], list[float]] = {}
    for (k, t), km in found.plan.joint.items():
        year = found.factors.works.period_year[t]
        made.setdefault((k, year), []).append(km * found.factors.money.trench_saving[k, year])
    return {key: math.fsum(values) for key, values in sorted(made.items())}


def this_plan(found: Amounts, project: str, slot: str = "") -> float:
    """Share of a facility, or km of a package, that this plan does in a period or year of the last one (blank: in
    all)."""
    made = found.plan.start if project in found.case.facilities else found.plan.renew
    return math.fsum(v for (p, t), v in made.items() if p == project and slot in ("", t, t[:4]))


def changed(found: Amounts) -> dict[str, float]:
    """How far each project is from the last plan, bn KZT of the price year: its cost times (last + now - 2 x kept).
    Empty without a last plan.

    What moves from one period to another counts twice: it is taken out of one and put into another.
    """
    last = last_done(found.case)
    if not last:
        return {}
    keys = {p for p, facility in found.case.facilities.items() if facility.started is None
            and facility.done is None} | set(found.case.packages)
    before: dict[str, list[tuple[str, float]]] = {}
    for (p, slot), amount in last.items():
        before.setdefault(p, []).append((slot, amount))
    now: dict[str, dict[str, float]] = {}
    for (p, t), amount in (*found.plan.start.items(), *found.plan.renew.items()):
        if p in keys:
            now.setdefault(p, {})[t] = amount
    made = {}
    for p in sorted({*before, *now}):
        cost = found.case.facilities[p].overnight if p in found.case.facilities else found.case.packages[p].unit_cost
        here = now.get(p, {})
        kept = [min(amount, math.fsum(v for t, v in here.items() if slot in (t, t[:4]))) for slot,
                amount in before.get(p, ())]
        made[p] = cost * math.fsum([*(amount for _, amount in before.get(p, ())), *here.values(),
                                    *(-2.0 * v for v in kept)])
    return made


def stability(found: Amounts) -> float:
    """What the changes against the last plan cost in the objective, bn KZT: a price, not money."""
    price = found.case.settings.stability
    return price * math.fsum(changed(found).values()) if price > 0 else 0.0
