"""Table ``unused``: money that lapsed or was left over, why, and what it could have bought."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jaryq.base.text import Text
from jaryq.case.case import Facility, Package, Source
from jaryq.factors.eligibility import by_source, why_closed
from jaryq.report.amounts import Amounts
from jaryq.report.carry import left_over, years_of
from jaryq.report.funding import head, unused_kzt
from jaryq.report.projects import NOTHING, ordered, planned
from jaryq.report.reasons import why_shut, why_unused
from jaryq.report.room import outside, room_of, split
from jaryq.report.shapes import Out, Value
from jaryq.report.words import joined, name_of, number

SHOWN = 5
LEAST = 1e-6
"""Less than a thousand tenge is not money left (bn KZT)."""
REMARK = Text(
    "What could still pay for something could have bought (of a closed source, all of its money): facilities outside "
    "the plan that the source may pay for and of which no variant is done, the cheapest first, at the nominal cost of "
    "their earliest start, or instead kilometres of unfinished packages. Whether works, targets and other money allow "
    "it is for the sheet limits.",
    "Что можно было купить на то, что ещё могло бы платить (у закрытого источника на все его деньги): объекты вне "
    "плана, за которые источник может платить и у которых не делается другой вариант, сначала дешёвые, по номинальной "
    "стоимости самого раннего начала, или вместо них километры незавершённых пакетов. Позволяют ли это ресурсы работ, "
    "цели и другие деньги, показывает лист limits.",
)


@dataclass(frozen=True)
class Could:
    """What money could have bought: facilities with their nominal cost, or km."""

    facilities: tuple[tuple[Facility, float], ...]
    km: float


def unused_table(found: Amounts) -> Out:
    """One row for each source with money not used, in the order of the input."""
    rows = [row for key in ordered(found, "sources", found.case.sources)
            if (row := _row(found, found.case.sources[key])) is not None]
    lapsed = tuple(f"lapsed_{y}" for y in found.years if any(row[f"lapsed_{y}"] for row in rows))
    headings = ("source", "name", "group", "status", *lapsed, "left", "total", "usable", "barred", "why", "count",
                "could", "could_cost", "km")
    return Out("unused", headings, tuple(rows), sums=(*lapsed, "left", "total", "usable", "barred"), groups="status",
               formulas={"total": (*lapsed, "left")}, remarks=(REMARK,))


def _row(found: Amounts, source: Source) -> dict[str, Value] | None:
    """Nothing for a source without limits, or all of whose money is used."""
    years = years_of(found, source)
    total = unused_kzt(found, source, years)
    if total is None or total < LEAST:
        return None
    rate = found.factors.money.exchange
    lapsed = {f"lapsed_{row.year}": (row.lapsed or 0.0) * rate[source.id, row.year] for row in years}
    mine, room = may_pay(found, source), room_of(found, source) if source.open else None
    parts = None if room is None else split(found, source, room, total)
    could = could_buy(found, source, total if parts is None else parts.usable)
    return head(source) | lapsed | {
        "left": (left_over(years) or 0.0) * rate[source.id, years[-1].year], "total": total,
        "usable": None if parts is None else parts.usable, "barred": None if parts is None else parts.barred,
        "why": why_shut(source) if room is None or parts is None else why_unused(found, source, mine, room, parts),
        "count": len(could.facilities), "could": _named(could),
        "could_cost": math.fsum(cost for _, cost in could.facilities), "km": could.km,
    }


def may_pay(found: Amounts, source: Source) -> list[Facility | Package]:
    """Projects the source may pay for; of a closed one, those it might pay for if it were open."""
    opened = replace(source, open=True, closed_reason="")
    mine = by_source(found.case.rules).get(source.id, ())
    return [project for project in found.case.projects.values() if why_closed(opened, project, mine) is None]


def could_buy(found: Amounts, source: Source, money: float) -> Could:
    """The cheapest facilities outside the plan that fit into the money, one after another; or km of the cheapest
    unfinished packages."""
    mine = may_pay(found, source)
    costs = sorted(
        (math.fsum(found.factors.money.outlay[project.id, starts[0].period.label].values()), project.id, project)
        for project in mine
        if isinstance(project, Facility) and not planned(found, project.id) and outside(found, project.id) > 0.0
        and (starts := found.factors.works.starts[project.id])
    )
    bought, rest = [], money
    for cost, _, facility in costs:
        if cost > rest:
            break
        bought.append((facility, cost))
        rest -= cost
    return Could(tuple(bought), _km(found, [p for p in mine if isinstance(p, Package)], money))


def _km(found: Amounts, packages: list[Package], money: float) -> float:
    """Km of packages whose works are open, at their last nominal unit cost, the cheapest first."""
    year = found.case.settings.last_year
    offers: Mapping[str, float] = {p.id: found.factors.money.km_cost[p.id, year]
                                   for p in packages if found.factors.works.open[p.id]}
    km, rest = 0.0, money
    for package in sorted((p for p in packages if p.id in offers), key=lambda p: (offers[p.id], p.id)):
        left = package.km - package.km_done - found.renewed.get(package.id, 0.0)
        if left > NOTHING and offers[package.id] > 0:
            more = min(left, rest / offers[package.id])
            km, rest = km + more, rest - more * offers[package.id]
    return km


def _named(could: Could) -> Text | None:
    parts = []
    for facility, cost in could.facilities[:SHOWN]:
        name, said = name_of(facility), number(cost, 1)
        parts.append(Text(f"{name.en} ({said.en})", f"{name.ru} ({said.ru})"))
    more = len(could.facilities) - SHOWN
    if more > 0:
        parts.append(Text(f"+{more} more", f"ещё {more}"))
    return joined(parts)
