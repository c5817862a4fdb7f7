"""Table ``changes_since``: what this plan does otherwise than the last one, and what changing costs in the
objective."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package
from jaryq.case.since import last_done
from jaryq.report.amounts import Amounts
from jaryq.report.charges import changed
from jaryq.report.compare.moves import KINDS_OF_MOVE
from jaryq.report.projects import NOTHING, PERCENT, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import chosen
from jaryq.report.words import NOT_IN, joined, name_of, number, region_of, same, sector_of

UNPRICED = Text("Changes have no price in the objective (setting stability).",
                "Изменения не имеют цены в цели (настройка stability).")
LEAST = 1e-6
"""Less than a thousand tenge of change is none (bn KZT)."""


def changes_table(found: Amounts) -> Out:
    """One row for each facility or package that differs from the last plan, in the order of the input."""
    case = found.case
    moved = changed(found)
    last: dict[str, dict[str, float]] = {}
    for (p, slot), amount in last_done(found.case).items():
        last.setdefault(p, {})[slot] = amount
    keys = [*ordered(found, "facilities", case.facilities), *ordered(found, "networks", case.packages)]
    rows = [_row(found, case.project(p), last.get(p, {}), moved[p]) for p in keys if moved.get(p, 0.0) > LEAST]
    same_ = sum(1 for p in moved if moved[p] <= LEAST)
    total, price = math.fsum(moved.values()), case.settings.stability
    km = ("km_was", "km_now") if any(row.get("km_was") is not None for row in rows) else ()
    headings = ("project", "name", "region", "sector", "change", "was", "now", *km, "cost_was", "cost_now", "moved",
                *(("price",) if price > 0 else ()))
    said, at, cost = number(total, 1), number(100 * price, 2), number(price * total, 2)
    remarks = [
        Text(f"Projects as in the last plan: {same_}. Facilities that are started, and projects that are no longer "
             "there, are not compared.",
             f"Проектов как в прошлом плане: {same_}. Начатые объекты и проекты, которых больше нет, не сравниваются."),
        Text(f"The price of change is {at.en} % of what is counted as change: {said.en} bn KZT × {at.en} % = {cost.en} "
             "bn KZT in the objective.",
             f"Цена изменений {at.ru} % от засчитанного: {said.ru} млрд тенге × {at.ru} % = {cost.ru} млрд тенге в "
             "цели.") if price > 0 else UNPRICED,
    ]
    return Out("changes_since", headings, tuple(rows),
               sums=(*km, *(h for h in ("cost_was", "cost_now", "moved", "price") if h in headings)), groups="change",
               remarks=tuple(remarks))


def _row(found: Amounts, project: Facility | Package, last: dict[str, float], moved: float) -> dict[str, Value]:
    unit = project.overnight if isinstance(project, Facility) else project.unit_cost
    was, now = math.fsum(last.values()), _now(found, project)
    row: dict[str, Value] = {
        "project": project.id, "name": name_of(project), "region": region_of(found.case, project.region),
        "sector": sector_of(project.sector),
        "change": _kind(found, project, last, was, now), "was": _said_last(project, last),
        "now": _said_now(found, project),
        "cost_was": unit * was, "cost_now": unit * now, "moved": moved, "price": found.case.settings.stability * moved,
    }
    return row if isinstance(project, Facility) else row | {"km_was": was, "km_now": now}


def _now(found: Amounts, project: Facility | Package) -> float:
    """Share or km in this plan."""
    return found.share.get(project.id, 0.0) if isinstance(project, Facility) else found.renewed.get(project.id, 0.0)


def _kind(found: Amounts, project: Facility | Package, last: dict[str, float], was: float, now: float) -> Text:
    """Added, dropped, earlier, later; of packages more, fewer, or moved between years."""
    if was <= NOTHING or now <= NOTHING:
        return KINDS_OF_MOVE["added" if was <= NOTHING else "dropped"]
    if isinstance(project, Package):
        return KINDS_OF_MOVE["more" if now > was + 1e-6 else "less" if now < was - 1e-6 else "moved"]
    if abs(now - was) > 1e-6:
        return KINDS_OF_MOVE["other"]
    first, then = chosen(found, project.id)[0][0].period.label, min(last)
    if first[: len(then)] == then[: len(first)]:
        return KINDS_OF_MOVE["other"]
    return KINDS_OF_MOVE["later" if first > then else "earlier"]


def _said_last(project: Facility | Package, last: dict[str, float]) -> Text | None:
    return _said(project, sorted(last.items()))


def _said_now(found: Amounts, project: Facility | Package) -> Text | None:
    if isinstance(project, Facility):
        return _said(project, [(start.period.label, share) for start, share in chosen(found, project.id)])
    return _said(project, [(str(y), km) for y in found.years if (km := found.km.get((project.id, y), 0.0)) > NOTHING])


def _said(project: Facility | Package, parts: list[tuple[str, float]]) -> Text | None:
    """``2027Q1``, of a part ``2027Q1 40 %``; of packages ``2026: 12.5 km``."""
    if not parts:
        return NOT_IN
    if isinstance(project, Facility):
        return joined([same(slot if share > 1 - 1e-6 else f"{slot} {100 * share:.0f}{PERCENT}")
                       for slot, share in parts])
    return joined([Text(f"{year}: {said.en} km", f"{year}: {said.ru} км") for year, km in parts
                   for said in (number(km, 1),)])
