"""Table ``facilities``: what is rebuilt, when, at what cost, who pays, and why not if not."""

from __future__ import annotations

import math

from model.base.text import Text
from model.data.case import Facility
from model.report.amounts import Amounts
from model.report.kinds import Out, Value
from model.report.projects import NOTHING, data_status, ordered, payers, planned, who_pays, worth
from model.report.words import DONE, IN_PLAN, NO_ROOM, NO_SOURCE, NOT_CHOSEN, NOT_IN, name_of, region_of, sector_of


def facilities_table(found: Amounts) -> Out:
    """One row for each facility of the input. Costs nominal, bn KZT; ``real`` and present values in price-year money."""
    case = found.case
    shares = payers(found)
    rows = [_row(found, case.facilities[key], shares.get(key, [])) for key in ordered(found, "facilities", case.facilities)]
    costs = tuple(f"cost_{year}" for year in found.years)
    divisible = () if case.settings.whole else ("share",)
    income = ("income",) if found.income else ()
    headings = (
        "facility", "name", "region", "sector", "status", *divisible, "start", "finish", *costs, "total", "real", *income,
        "sources", "benefit_pv", "cost_pv", "why", "data_status",
    )
    return Out("facilities", headings, tuple(rows), row_sums={"total": "cost_"}, sums=(*divisible, *costs, "total", "real", *income, "benefit_pv", "cost_pv"))


def _row(found: Amounts, facility: Facility, paid: list[tuple[float, str]]) -> dict[str, Value]:
    key = facility.id
    row: dict[str, Value] = {
        "facility": key, "name": name_of(facility), "region": region_of(found.case, facility.region), "sector": sector_of(facility.sector),
        "data_status": data_status(facility), "status": NOT_IN,
    }
    if facility.done is not None:
        return row | {"status": DONE, "finish": str(facility.done)}
    if not planned(found, key):
        return row | {"why": why_not(found, facility)}
    begun = [start for start in found.factors.starts[key] if found.plan.start.get((key, start.period.label), 0.0) > NOTHING]
    row |= {f"cost_{year}": found.outlay.get((key, year), 0.0) for year in found.years}
    return row | {
        "status": IN_PLAN, "share": found.share[key], "start": begun[0].period.label, "finish": begun[-1].finish.label,
        "total": found.spent.get(key, 0.0), "real": found.real(key), "sources": who_pays(found, paid),
        "income": math.fsum(found.income.get((key, year), 0.0) for year in found.years), **worth(found, facility),
    }


def why_not(found: Amounts, facility: Facility) -> Text:
    """Why a facility is not in the plan: no room in its window, no money that may pay for it, or simply not selected."""
    if not found.factors.starts[facility.id]:
        return NO_ROOM
    if not found.factors.pays[facility.id]:
        said = [reason for reason in dict.fromkeys(found.factors.closed[facility.id].values()) if len(reason) > len("not listed")][:2]
        more = f": {'; '.join(said)}" if said else ""
        return Text(NO_SOURCE.en + more, NO_SOURCE.ru + more)
    return NOT_CHOSEN
