"""Table ``partners``: each product of each partner country and of the international institutions, Japan's first."""

from __future__ import annotations

import math

from model.base.text import Text
from model.data.case import Source
from model.data.loans import cost_of_draw
from model.report.amounts import Amounts
from model.report.funding import head
from model.report.kinds import Out, Value
from model.report.projects import NOTHING, ordered
from model.report.words import country, joined, name_of

SHOWN = 8
FIRST = ("JP", "INT")


def partners_table(found: Amounts) -> Out:
    """One row for each source from abroad, by partner; subtotals by partner beneath. Nominal bn KZT, then its own currency."""
    spend = math.fsum(found.outlay.values())
    foreign = [found.case.sources[key] for key in ordered(found, "sources", found.case.sources) if found.case.sources[key].foreign]
    partners = {source.partner for source in foreign}
    place = {code: i for i, code in enumerate([*FIRST, *sorted(partners - set(FIRST))])}
    rows = [_row(found, source, spend) for source in sorted(foreign, key=lambda source: place[source.partner])]
    uses, own = tuple(f"use_{y}" for y in found.years), tuple(f"own_{y}" for y in found.years)
    headings = (
        "partner", "source", "name", "status", "factor", "grant_element", *uses, "total", "part", "currency", *own, "used", "count", "projects", "reason",
    )
    remark = Text(
        "Price per KZT: present value, in price-year money, of all payments on one KZT drawn; a KZT of budget money costs the discount weight of its year.",
        "Цена за тенге: приведённая стоимость всех платежей на один тенге выборки; тенге бюджета стоит весовой коэффициент своего года.",
    )
    return Out("partners", headings, tuple(rows), row_sums={"total": "use_", "used": "own_"}, sums=(*uses, "total", "part"), groups="partner",
               remarks=(remark,))


def _row(found: Amounts, source: Source, spend: float) -> dict[str, Value]:
    s = source.id
    uses = {f"use_{y}": found.draw.get((s, y), 0.0) for y in found.years}
    own = {f"own_{y}": found.use(s, y) for y in found.years}
    total = math.fsum(uses.values())
    paid = sorted(((amount, p) for (key, p), amount in found.paid.items() if key == s and amount > NOTHING), key=lambda row: (-row[0], row[1]))
    factor, element = price(found, source)
    return head(source) | uses | own | {
        "partner": country(source.partner), "total": total, "part": 100.0 * total / spend if spend > 0 else 0.0, "used": math.fsum(own.values()),
        "factor": factor, "grant_element": element, "count": len(paid), "projects": _names(found, [p for _, p in paid]),
    }


def price(found: Amounts, source: Source) -> tuple[float | None, float | None]:
    """Present value of what one nominal KZT drawn costs, and the grant element in percent: averages over the draws, or of the
    first year of the source if nothing is drawn (a closed source at its own terms)."""
    prices = found.factors.prices
    draws = [(y, v) for y in found.years if (v := found.draw.get((source.id, y), 0.0)) > NOTHING]
    if not draws:
        years = found.factors.years[source.id]
        if not years or (source.kind == "loan" and source.tenor <= 0):
            return None, None
        draws = [(years[0], 1.0)]
    total = math.fsum(v for _, v in draws)
    cost = math.fsum(v * cost_of_draw(source, y, prices) for y, v in draws)
    face = math.fsum(v * prices.weight(y) for y, v in draws)
    return cost / total, 100.0 * (1.0 - cost / face)


def _names(found: Amounts, projects: list[str]) -> Text | None:
    """Names of the projects, the largest amounts first; the rest is counted."""
    shown = joined([name_of(found.case.project(key)) for key in projects[:SHOWN]])
    more = len(projects) - SHOWN
    if shown is None or more <= 0:
        return shown
    return Text(f"{shown.en}; +{more} more", f"{shown.ru}; ещё {more}")
