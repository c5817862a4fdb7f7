"""Tables ``by_region`` (what each region gets, and its wear before and after) and ``networks_by_kind``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from jaryq.case.case import Package
from jaryq.factors.health import length
from jaryq.report.amounts import Amounts
from jaryq.report.by_year import done_before, finished_in
from jaryq.report.condition import NO_REGION
from jaryq.report.counting import counting
from jaryq.report.projects import ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.states import States, worn
from jaryq.report.words import name_of, region_of, same, sector_of

THOUSAND_PER_BN = 1e6
"""Thousand KZT in a bn KZT."""

Triple = tuple[float, float, float]
"""Wear now, at the end with the plan, at the end if nothing more were done; percent."""


def by_region_table(made: States) -> Out:
    """One row for each region that has a row or a project, in the order of the input; projects of no region last."""
    found = made.found
    case = found.case
    keys = [*ordered(found, "regions", case.regions), *(p.region or "" for p in case.projects.values())]
    rows = [_region(made, key) for key in sorted(dict.fromkeys(keys), key=lambda key: not key)]
    for heading, of in (("rank_now", "wear_now"), ("rank", "wear_plan")):
        for row, place in zip(rows, ranks([row[of] for row in rows]), strict=True):
            row[heading] = place
    costs = tuple(f"cost_{y}" for y in found.years)
    optional = ("population", "per_head", "wear_now", "wear_plan", "wear_idle", "heat_now", "heat_plan", "rank_now",
                "rank")
    shown = {h for h in optional if any(row.get(h) is not None for row in rows)}
    headings = ("region", "name", "population", "facilities", "before", "finished", "scope", "done", "renewed", "share",
                *costs, "total", "part", *optional[1:])
    sums = ("population", "facilities", "before", "finished", "scope", "done", "renewed", *costs, "total", "part")
    used = tuple(h for h in headings if h not in optional or h in shown)
    return Out("by_region", used, tuple(rows), row_sums={"total": "cost_"}, sums=tuple(h for h in sums if h in used))


def _region(made: States, key: str) -> dict[str, Value]:
    found = made.found
    case = found.case
    mine = [p for p in case.projects.values() if (p.region or "") == key]
    packages = [p for p in mine if isinstance(p, Package)]
    counted = [p.id for p in mine if p.id in case.facilities and case.facilities[p.id].counts]
    costs = {f"cost_{y}": math.fsum(found.outlay.get((p.id, y), 0.0) for p in mine) for y in found.years}
    total, spent = math.fsum(costs.values()), math.fsum(found.outlay.values())
    people = case.regions[key].population if key in case.regions else None
    now, plan, idle = _valued(made, packages) or (None, None, None)
    heat = _wear(made, [p for p in packages if p.sector == "heat"]) or (None, None, None)
    return km_of(found, packages) | costs | {
        "region": key or None, "name": region_of(case, key) or NO_REGION, "population": people,
        "facilities": float(len(counting(case, key))), "before": done_before(found, counted),
        "finished": math.fsum(finished_in(found, counted).values()),
        "total": total, "part": 100.0 * total / spent if spent > 0 else 0.0,
        "per_head": THOUSAND_PER_BN * total / people if people else None,
        "wear_now": now, "wear_plan": plan, "wear_idle": idle, "heat_now": heat[0], "heat_plan": heat[1],
    }


def km_of(found: Amounts, packages: Sequence[Package]) -> dict[str, Value]:
    """Km in scope, done before, renewed in the plan, and the share of the scope that is renewed by the end (None
    without any scope)."""
    scope, done = math.fsum(p.km for p in packages), math.fsum(p.km_done for p in packages)
    renewed = math.fsum(found.renewed.get(p.id, 0.0) for p in packages)
    return {"scope": scope, "done": done, "renewed": renewed,
            "share": 100.0 * (done + renewed) / scope if scope > 0 else None}


def _wear(made: States, packages: Sequence[Package]) -> Triple | None:
    """Mean wear with the length as weight; None where none is known."""
    pair = made.wear(packages, made.found.years[-1])
    now = made.wear_now(packages)
    return None if pair is None or now is None else (100.0 * now, 100.0 * pair.plan, 100.0 * pair.idle)


def _valued(made: States, packages: Sequence[Package]) -> Triple | None:
    """Mean wear with length times unit cost as weight, so that a km of a heat main is not as much as a km of a line to
    a village; with the length alone where no package has a cost."""
    known = [(p, wear) for p in worn(packages) if length(p) > 0 and (wear := _wear(made, [p])) is not None]
    weights = [length(p) * p.unit_cost for p, _ in known]
    whole = math.fsum(weights)
    if whole <= 0:
        return _wear(made, packages)
    now, plan, idle = (math.fsum(w * wear[i] for w, (_, wear) in zip(weights, known, strict=True)) / whole
                       for i in range(3))
    return now, plan, idle


def ranks(values: Iterable[Value]) -> list[int | None]:
    """Places by size, 1 for the largest; equals share a place (1, 2, 2, 4), what is not known has none."""
    given = [v if isinstance(v, float) else None for v in values]
    known = [v for v in given if v is not None]
    return [None if v is None else 1 + sum(other > v + 1e-9 for other in known) for v in given]


def by_kind_table(made: States) -> Out:
    """One row for each kind of network, in the order of the input. Wear weighted by length, as targets measure it."""
    found = made.found
    packages = found.case.packages.values()
    kinds = ordered(found, "asset_types", dict.fromkeys(p.asset_type or "" for p in packages))
    rows = [_kind(made, kind, [p for p in packages if (p.asset_type or "") == kind]) for kind in kinds]
    wear = ("wear_now", "wear_plan", "wear_idle") if any(row["wear_now"] is not None for row in rows) else ()
    return Out("networks_by_kind", ("kind", "sector", "scope", "done", "renewed", "share", "remaining", "total",
                                    "per_km", *wear), tuple(rows),
               sums=("scope", "done", "renewed", "remaining", "total"))


def _kind(made: States, kind: str, packages: Sequence[Package]) -> Mapping[str, Value]:
    found = made.found
    known = found.case.asset_types.get(kind)
    total = math.fsum(found.spent.get(p.id, 0.0) for p in packages)
    km = math.fsum(found.renewed.get(p.id, 0.0) for p in packages)
    left = math.fsum([*(p.km for p in packages), *(-p.km_done for p in packages), -km])
    now, plan, idle = _wear(made, packages) or (None, None, None)
    return km_of(found, packages) | {
        "kind": name_of(known) if known else same(kind) if kind else None, "sector": sector_of(packages[0].sector),
        "remaining": left if left > 1e-6 else 0.0, "total": total, "per_km": 1e3 * total / km if km > 1e-6 else None,
        "wear_now": now, "wear_plan": plan, "wear_idle": idle,
    }
