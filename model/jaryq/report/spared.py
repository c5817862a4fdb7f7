"""What a project spares of the deficits that have a price: the plan without it, flows chosen anew (docs/numbers.md:
Adequacy)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from jaryq.base.once import once
from jaryq.factors.adequacy import deficits, flowing, flows, peak_at, peaks, raised, scale_of, supply, weights
from jaryq.factors.derive import Factors
from jaryq.factors.linear import Decision, Linear
from jaryq.report.amounts import Amounts
from jaryq.solve.least import least

FIRST = 1e3
"""How much more than any price a deficit with a priority weighs where areas of both kinds share ties."""

Row = tuple[Linear, dict[int, float], float]
"""What works do to a row (a plan's decisions are put in), its flows and deficits, its side without works."""


@once
def spared(found: Amounts) -> Mapping[str, float]:
    """Present value of the deficits that there would be without each project but are not, bn KZT of the price year;
    projects that change nothing are left out."""
    f = found.factors
    weigh = weights(f)
    if not weigh:
        return {}
    columns: dict[Decision, int] = {("deficit", key): j for j, key in enumerate(deficits(f))}
    columns |= {("flow", key): len(columns) + j for j, key in enumerate(flows(f))}
    rows = list(_rows(f, columns))
    parts = [row[0].by(0, found.plan) for row in rows]
    whole = [side - math.fsum(part.values()) for (_, _, side), part in zip(rows, parts, strict=True)]
    projects = sorted({p for part in parts for p in part})
    sides = [whole, *([side + part.get(p, 0.0) for side, part in zip(whole, parts, strict=True)] for p in projects)]
    highest = FIRST * max(weigh.values())
    costs = [weigh.get(key, highest / scale_of(f.case.balance_at[key[0]], key[1])
                       if f.case.balance_at[key[0]].priority else 0.0) for key in deficits(f)]
    costs += [0.0] * len(flows(f))
    # No deficit, and no flow, need be more than all that may be missing anywhere.
    most = math.fsum(abs(side) for row in sides for side in row) + 1.0
    points = least(costs, [most] * len(costs), [terms for _, terms, _ in rows], sides)
    charged = [math.fsum(weigh.get(key, 0.0) * x[columns["deficit", key]] for key in deficits(f)) for x in points]
    return {p: more for p, without in zip(projects, charged[1:], strict=True) if (more := without - charged[0])}


def _rows(f: Factors, columns: Mapping[Decision, int]) -> Iterator[Row]:
    """Balances (what there is, flows and deficit at least the peak) and ties (no more flow than capacity)."""
    for balance in f.case.balances:
        for peak in peaks(f)[balance.id]:
            there = supply(f, balance, peak)
            terms = {columns[key]: factor for key, factor in flowing(f, balance, peak).of.items()}
            terms[columns["deficit", (balance.id, peak.year)]] = 1.0
            yield Linear(there.of, 0.0, there.unit), terms, balance.needed(peak.year) - there.constant
    for i, way, label in flows(f):
        tie = f.case.tie_at[i]
        peak = peak_at(f)[tie.ends[0], label]
        yield raised(f, tie, peak), {columns["flow", (i, way, label)]: -1.0}, -tie.capacity[peak.year]
