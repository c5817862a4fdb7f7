"""Table ``partners``: each product of each partner country and of the international institutions, Japan's first."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Source
from jaryq.report.amounts import Amounts
from jaryq.report.funding import head
from jaryq.report.loans import by_partner
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.terms import price
from jaryq.report.words import country, joined, name_of

SHOWN = 8


def partners_table(found: Amounts) -> Out:
    """One row for each source from abroad, by partner; subtotals by partner beneath. Nominal bn KZT, then its own
    currency."""
    spend = math.fsum(found.outlay.values())
    foreign = [found.case.sources[key] for key in ordered(found, "sources", found.case.sources)
               if found.case.sources[key].foreign]
    rows = [_row(found, source, spend) for source in by_partner(foreign)]
    uses, own = tuple(f"use_{y}" for y in found.years), tuple(f"own_{y}" for y in found.years)
    headings = (
        "partner", "source", "name", "status", "factor", "grant_element", *uses, "total", "part", "currency", *own,
        "used", "count", "projects", "reason",
    )
    remark = Text(
        "Price per KZT: present value, in price-year money, of all payments on one KZT drawn, fees on the signed "
        "amount included; "
        "a KZT of budget money costs the discount weight of its year.",
        "Цена за тенге: приведённая стоимость всех платежей на один тенге выборки, с комиссиями; тенге бюджета стоит "
        "весовой коэффициент своего года.",
    )
    return Out("partners", headings, tuple(rows), row_sums={"total": "use_", "used": "own_"},
               sums=(*uses, "total", "part"), groups="partner",
               remarks=(remark,))


def _row(found: Amounts, source: Source, spend: float) -> dict[str, Value]:
    s = source.id
    uses = {f"use_{y}": found.drawn(s, y) for y in found.years}
    own = {f"own_{y}": found.use(s, y) for y in found.years}
    total = math.fsum(uses.values())
    on_projects = math.fsum(found.draw.get((s, y), 0.0) for y in found.years)
    paid = sorted(((amount, p) for (key, p), amount in found.paid.items() if key == s and amount > NOTHING),
                  key=lambda row: (-row[0], row[1]))
    factor, element = price(found, source)
    return head(source) | uses | own | {
        "partner": country(source.partner), "total": total, "part": 100.0 * on_projects / spend if spend > 0 else 0.0,
        "used": math.fsum(own.values()),
        "factor": factor, "grant_element": element, "count": len(paid), "projects": _names(found, [p for _, p in paid]),
    }


def _names(found: Amounts, projects: list[str]) -> Text | None:
    """Names of the projects, the largest amounts first; the rest is counted."""
    shown = joined([name_of(found.case.project(key)) for key in projects[:SHOWN]])
    more = len(projects) - SHOWN
    if shown is None or more <= 0:
        return shown
    return Text(f"{shown.en}; +{more} more", f"{shown.ru}; ещё {more}")
