"""Tables ``risk_by_class`` (what inspections change, what avoiding risk costs) and ``health`` (score, risk and fate of
each facility)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.case.status import CONDITION
from jaryq.case.status import status_of as sureness_of
from jaryq.case.sureness import weakest
from jaryq.case.works import Bursts, Condition
from jaryq.factors import condition as cn
from jaryq.report.amounts import Amounts
from jaryq.report.avoided import last_year, risk_waiting
from jaryq.report.projects import ordered, planned
from jaryq.report.shapes import Out, Value
from jaryq.report.states import States, consequence_of
from jaryq.report.timing import finish_of, status_of
from jaryq.report.words import DATA, YES, ZONES, joined, name_of, region_of, same, sector_of

MN = 1000.0
CLASS_REMARKS = (
    Text("By age: the score that the year of commissioning, or else the book wear, alone would give. With inspection: "
         "with the factors and bounds of "
         "inspections and tests.",
         "По возрасту: индекс, который дал бы один год ввода или учётный износ. С осмотром: с коэффициентами и "
         "границами осмотров и испытаний."),
    Text("Facilities that are done are left out. Avoided risk counts as a benefit at a sourced value where what a "
         "failure costs is reported or derived, and its amount rests on published figures where how often it comes is "
         "too, of each facility or network (the columns say the weakest of all of the kind).",
         "Без выполненных объектов. Предотвращённый риск считается выгодой по цене из источника, где стоимость отказа "
         "опубликована или рассчитана; его объём по опубликованным данным, где такова и частота, по каждому объекту и "
         "сети (столбцы говорят о слабейшем из всех этого вида)."),
)


def classes_table(made: States) -> Out:
    """One row for each kind of asset with scores or bursts, in the order of the input."""
    found = made.found
    rows = [row for kind in ordered(found, "asset_types", found.case.asset_types)
            if (row := _class(made, kind)) is not None]
    headings = (
        "kind", "sector", "number", "inspected", "score_age", "score", "red_age", "red", "pof_age", "pof", "failures",
        "risk_age", "risk", "change",
        "done", "real", "avoided", "per", "unit_cost", "cost_status", "rate_status",
    )
    sums = ("number", "inspected", "red_age", "red", "failures", "risk_age", "risk", "change", "done", "real",
            "avoided")
    return Out("risk_by_class", headings, tuple(rows), sums=sums, remarks=CLASS_REMARKS)


def _class(made: States, kind: str) -> dict[str, Value] | None:
    found = made.found
    case = found.case
    known = case.asset_types[kind]
    head: dict[str, Value] = {"kind": name_of(known), "sector": sector_of(known.sector)}
    assets = [f for a in case.assets if (f := case.facilities[a]).asset_type == kind and f.condition
              and found.factors.risk.rates.done(a) is None]
    packages = [p for p in case.packages.values() if p.asset_type == kind and p.bursts]
    bursting = {p.id for p in packages}
    if not assets and not packages:
        return None
    doing: list[Facility | Package] = [
        p for p in case.projects.values()
        if (case.facilities[p.asset].asset_type == kind and p.condition if isinstance(p, Facility)
            else p.id in bursting) and planned(found, p.id) and not (isinstance(p, Facility) and p.unfinished)
    ]
    real, avoided = math.fsum(found.real(p.id) for p in doing), math.fsum(found.avoided.get(p.id, 0.0) for p in doing)
    head |= {
        "done": math.fsum(found.share.get(p.id, 1.0) for p in doing), "real": real, "avoided": avoided,
        "per": avoided / real if real > 0 else None, "unit_cost": real / avoided if avoided > 0 else None,
        **_sure([*(f.condition for f in assets), *(p.bursts for p in packages)]),
    }
    if packages:
        bursts = [(made.failures_now[p.id], consequence_of(found, p) or 0.0) for p in packages]
        return head | {"done": None, "failures": math.fsum(v for v, _ in bursts),
                       "risk": MN * math.fsum(v * cost for v, cost in bursts)}
    return head | _scores(found, assets)


def _sure(states: Sequence[Condition | Bursts | None]) -> dict[str, Value]:
    """What costs and rates of failures rest on at the weakest."""
    known = [state for state in states if state is not None]
    return {"cost_status": DATA[weakest(state.cost_status for state in known)],
            "rate_status": DATA[weakest(state.rate_status for state in known)]}


def _scores(found: Amounts, assets: list[Facility]) -> dict[str, Value]:
    """Scores, probabilities and yearly risk of facilities of a kind, by age alone and with inspections."""
    year, red = found.case.settings.plan_from, found.case.settings.red_from
    states = [c for f in assets if (c := f.condition)]
    costs = [consequence_of(found, f) or 0.0 for f in assets]
    by_age = [cn.score_by_age(c, year) for c in states]
    seen = [found.factors.risk.rates.now[f.id] for f in assets]

    def mean(values: list[float]) -> float:
        return math.fsum(values) / len(values)

    def risk(of: Callable[[Condition, float], float], scores: list[float]) -> list[float]:
        return [of(c, h) for c, h in zip(states, scores, strict=True)]

    pof_age, pof = risk(cn.probability, by_age), risk(cn.probability, seen)
    money_age, money = (MN * math.fsum(p * cost for p, cost in zip(chances, costs, strict=True))
                        for chances in (pof_age, pof))
    return {
        "number": float(len(assets)), "inspected": float(sum(1 for c in states if c.inspected)),
        "score_age": mean(by_age), "score": mean(seen),
        "red_age": float(sum(1 for h in by_age if h >= red)), "red": float(sum(1 for h in seen if h >= red)),
        "pof_age": 100.0 * mean(pof_age),
        "pof": 100.0 * mean(pof),
        "failures": math.fsum(pof), "risk_age": money_age, "risk": money, "change": money - money_age,
    }


def health_table(made: States) -> Out:
    """One row for each facility (variants as one) that has a score or a stated zone, in the order of the input."""
    found = made.found
    case = found.case
    rows = [_health(made, case.facilities[a]) for a in ordered(found, "facilities", case.assets) if a in made.zone_now]
    headings = (
        "asset", "name", "region", "kind", "sector", "inspected", "score_age", "score", "zone", "pof", "cost", "risk",
        "waiting", "avoided",
        "last", "idle", "status", "finish", "data_status",
    )
    return Out("health", headings, tuple(rows), sums=("risk", "waiting", "avoided"))


def _health(made: States, facility: Facility) -> dict[str, Value]:
    found = made.found
    case, risk, year = found.case, found.factors.risk, found.years[-1]
    asset, done = facility.id, found.factors.risk.rates.done(facility.id)
    kind = case.asset_types.get(facility.asset_type or "")
    variants = case.assets[asset]
    row: dict[str, Value] = {
        "asset": asset, "name": name_of(facility), "region": region_of(case, facility.region),
        "sector": sector_of(facility.sector),
        "kind": name_of(kind) if kind else same(facility.asset_type) if facility.asset_type else None,
        "zone": ZONES[made.zone_now[asset]],
        "last": _zone(made, asset, year, plan=True), "idle": _zone(made, asset, year, plan=False),
        "status": status_of(found, variants),
        "finish": finish_of(found, variants), "data_status": DATA[sureness_of(facility, *CONDITION)],
    }
    c = facility.condition
    if c is None or done:
        return row
    pof = risk.rates.chance(asset, 0.0)
    horizon, cost = last_year(found, variants), MN * (consequence_of(found, facility) or 0.0)
    return row | {
        "inspected": YES if c.inspected else NOT_YET, "score_age": cn.score_by_age(c, case.settings.plan_from),
        "score": risk.rates.now[asset], "pof": 100.0 * pof,
        "cost": cost, "risk": pof * cost,
        "waiting": risk_waiting(found, asset, horizon),
        "avoided": math.fsum(found.avoided.get(v, 0.0) for v in variants),
    }


NOT_YET = Text("not yet", "пока нет")
"""Not NO, which stands out as something missed."""


def _zone(made: States, asset: str, year: int, *, plan: bool) -> Text | None:
    """The zone on 31 December; of a facility done in part all its zones with their shares."""
    parts = []
    for zone, word in ZONES.items():
        pair = made.zone[asset, zone, year]
        share = pair.plan if plan else pair.idle
        if share > 1 - 1e-6:
            return word
        if share > 1e-6:
            parts.append(Text(f"{word.en} {100 * share:.0f}\u00a0%", f"{word.ru} {100 * share:.0f}\u00a0%"))
    return joined(parts)
