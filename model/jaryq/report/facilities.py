"""Table ``facilities``: what is rebuilt, when, at what cost, who pays, and why not if not."""

from __future__ import annotations

import math

from jaryq.base.text import Text
from jaryq.case.case import Facility
from jaryq.factors.schedule import too_large
from jaryq.report.after_plan import still_to_pay
from jaryq.report.amounts import Amounts
from jaryq.report.choices import not_chosen
from jaryq.report.projects import data_status, ordered, payers, planned, who_pays, worth
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import begun, chosen, status_of
from jaryq.report.words import (
    DONE,
    NO_ROOM,
    NO_SOURCE,
    NOT_IN,
    OTHER_VARIANT,
    OUTAGE_TOO_LARGE,
    WAITS_FOR,
    joined,
    name_of,
    region_of,
    same,
    sector_of,
)

OPTIONAL = ("variant", "waits", "route", "lead", "spent", "to_pay")
"""Columns that are shown where any facility has something to say in them."""


def facilities_table(found: Amounts) -> Out:
    """One row for each facility of the input. Costs nominal, bn KZT; ``real`` and present values in price-year
    money."""
    case = found.case
    shares, left = payers(found), still_to_pay(found)
    rows = [_row(found, case.facilities[key], shares.get(key, [])) | {"to_pay": left.get(key) or None}
            for key in ordered(found, "facilities", case.facilities)]
    costs = tuple(f"cost_{year}" for year in found.years)
    divisible = () if case.settings.whole else ("share",)
    income = ("income",) if found.income else ()
    more = tuple(h for h in OPTIONAL if any(row.get(h) is not None for row in rows))
    if "route" not in more:
        more = tuple(h for h in more if h != "lead")
    spent = tuple(h for h in ("spent", "to_pay") if h in more)
    headings = (
        "facility", "name", "region", "sector", "status", *divisible, "start", "finish", *costs, "total", "real",
        *income, *spent,
        "sources", "benefit_pv", "cost_pv", "why", *(h for h in more if h not in spent), "data_status",
    )
    sums = (*divisible, *costs, "total", "real", *income, *spent, "benefit_pv", "cost_pv")
    return Out("facilities", headings, tuple(rows), row_sums={"total": "cost_"}, sums=sums)


def _row(found: Amounts, facility: Facility, paid: list[tuple[float, str]]) -> dict[str, Value]:
    key = facility.id
    spent = math.fsum(row.amount for row in found.case.paid if row.project == key)
    row: dict[str, Value] = {
        "facility": key, "name": name_of(facility), "region": region_of(found.case, facility.region),
        "sector": sector_of(facility.sector),
        "data_status": data_status(facility), "status": NOT_IN, "variant": facility.option_of,
        "waits": waits(found, facility),
        "spent": spent or None,
    }
    if facility.done is not None:
        return row | {"status": DONE, "finish": str(facility.done)}
    row |= {"route": facility.route, "lead": facility.procurement_months}
    if not planned(found, key):
        return row | {"why": why_not(found, facility)}
    starts = chosen(found, key)
    row |= {f"cost_{year}": found.outlay.get((key, year), 0.0) for year in found.years}
    return row | {
        "status": status_of(found, (key,)), "share": found.share[key],
        "start": begun(found.case, facility, starts[0][0]),
        "finish": starts[-1][0].finish.label, "total": found.spent.get(key, 0.0), "real": found.real(key),
        "sources": who_pays(found, paid),
        "income": math.fsum(found.income.get((key, year), 0.0) for year in found.years), **worth(found, facility),
    }


def waits(found: Amounts, facility: Facility) -> Text | None:
    """The facilities that its works wait for, by name, with the lag where there is one."""
    said = []
    for link in found.case.links:
        if link.project == facility.id:
            name = name_of(found.case.facilities[link.after])
            if link.lag or not link.from_end:
                name = Text(f"{name.en} ({link.lag:+g} months{'' if link.from_end else ' from its start'})",
                            f"{name.ru} ({link.lag:+g} мес.{'' if link.from_end else ' от начала'})")
            said.append(name)
    return joined(said)


def why_not(found: Amounts, facility: Facility) -> Text:
    """Why a facility is not in the plan: another variant is done, no room in its window, no money that may pay for it,
    or simply not selected."""
    others = [key for key in found.case.assets.get(facility.asset, ()) if key != facility.id]
    if any(found.case.facilities[key].done is not None or planned(found, key) for key in others):
        return OTHER_VARIANT
    if not found.factors.works.starts[facility.id]:
        return OUTAGE_TOO_LARGE if facility.outage.months and too_large(found.case, facility) else NO_ROOM
    if not found.factors.bounds.pays[facility.id]:
        bounds = found.factors.bounds
        reasons = dict.fromkeys(bounds.payees.closed.get((s, facility.id)) or same(reason)
                                for s, reason in bounds.closed[facility.id].items() if len(reason) > len("not listed"))
        said = joined(list(reasons)[:2], "; ")
        return Text(f"{NO_SOURCE.en}: {said.en}", f"{NO_SOURCE.ru}: {said.ru}") if said else NO_SOURCE
    needed = (*(link.after for link in found.case.links if link.project == facility.id), *facility.only_with)
    absent = [found.case.facilities[key] for key in dict.fromkeys(needed)
              if status_of(found, found.case.assets[found.case.facilities[key].asset]) is NOT_IN]
    if absent:
        names = joined([name_of(other) for other in absent])
        assert names is not None
        return Text(f"{WAITS_FOR.en}: {names.en}", f"{WAITS_FOR.ru}: {names.ru}")
    return not_chosen(found, facility)
