"""Tables ``timetable`` (each facility in the plan by period) and ``networks_by_period`` (km)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from jaryq.base.text import Text
from jaryq.case.case import Case, Facility
from jaryq.factors.schedule import Start
from jaryq.factors.season import by_block
from jaryq.report.amounts import Amounts
from jaryq.report.facilities import waits
from jaryq.report.projects import NOTHING, ordered
from jaryq.report.shapes import Out, Value
from jaryq.report.timing import begun, chosen
from jaryq.report.words import BUYS, OUT_OF_SERVICE, WORKS, name_of, region_of, same
from jaryq.sheets.results_works import KM_OUT, TIMETABLE_OUT
from jaryq.sheets.spec import Sheet
from jaryq.sheets.words import col


def timetable_table(found: Amounts) -> Out:
    """One row for each start in the plan, in the order of the input (in divisible plans a facility may have
    several)."""
    case = found.case
    rows = [
        _row(found, case.facilities[key], start, share)
        for key in ordered(found, "facilities", case.facilities) for start, share in chosen(found, key)
    ]
    optional = ("share", "outage", "route", "waits")
    shown = {h for h in optional if any(row.get(h) is not None for row in rows)} - ({"share"} if case.settings.whole
                                                                                    else set())
    headings = tuple(c.name for c in TIMETABLE_OUT.columns if c.name not in optional or c.name in shown)
    form, marks, bands = by_period(TIMETABLE_OUT, case, "text", 4)
    remarks = (
        Text("P procurement (with the way of the equipment), W works, O works with the facility out of service for at "
             "least a part of the period. "
             "A period with both procurement and works is shown as works.",
             "З закупка (с путём оборудования), Р работы, В работы, при которых объект хотя бы часть периода выведен. "
             "Период, где есть и закупка, и работы, "
             "показан как работы."),
    )
    return Out("timetable", (*headings, *marks), tuple(rows), form=form, bands=bands, remarks=remarks)


def by_period(sheet: Sheet, case: Case, kind: Literal["text", "number"],
              narrow: int) -> tuple[Sheet, tuple[str, ...], dict[str, Text]]:
    """The sheet with a column for each period (quarters in columns of ``narrow`` letters); their names; the years to
    stand above quarters."""
    k = case.settings.periods_per_year
    made = []
    for period in case.periods:
        said = (period.label[4:], f"{period.label[5:]}кв") if k > 1 else (period.label, f"{period.label} г.")
        unit = "km" if kind == "number" else ""
        made.append(col(period.label, kind, *said, "Period.", "Период.", unit=unit, width=narrow if k > 1 else 8))
    bands = {period.label: same(str(period.year)) for period in case.periods} if k > 1 else {}
    return replace(sheet, columns=(*sheet.columns, *made)), tuple(period.label for period in case.periods), bands


def _row(found: Amounts, facility: Facility, start: Start, share: float) -> dict[str, Value]:
    case = found.case
    size = 12 / case.settings.periods_per_year
    row: dict[str, Value] = {
        "facility": facility.id, "name": name_of(facility), "region": region_of(case, facility.region), "share": share,
        "start": begun(case, facility, start), "finish": start.finish.label, "begin": _begin(case, facility, start),
        "bought": procured_by(case, facility, start),
        "outage": _spans(case, list(start.outage)), "lead": facility.procurement_months,
        "works": start.works[1] - start.works[0],
        "route": facility.route, "waits": waits(found, facility),
    }
    works = by_block([start.works], size)
    for period in case.periods:
        if start.period.position <= period.position <= start.finish.position:
            row[period.label] = (OUT_OF_SERVICE if period.label in start.outage else WORKS if period.position in works
                                 else BUYS)
    return row


def _begin(case: Case, facility: Facility, start: Start) -> str:
    """Period in which works begin; of a facility that is at work already, the one in which they began."""
    if facility.started is None or facility.spend is not None:
        return case.settings.label(start.begin)
    months = 12 / case.settings.periods_per_year
    return case.settings.label(int((facility.procurement_months - facility.started) // months))


def procured_by(case: Case, facility: Facility, start: Start) -> str | None:
    """Period in which procurement ends."""
    if facility.procurement_months <= 0 or facility.spend is not None:
        return None
    months = 12 / case.settings.periods_per_year
    ends = facility.procurement_months - (facility.started or 0.0) + start.period.position * months
    return case.settings.label(int(-(-ends // months)) - 1)


def _spans(case: Case, labels: Sequence[str]) -> str | None:
    """``2027Q2-2027Q3; 2028Q2`` for some periods."""
    places = sorted(period.position for period in case.periods if period.label in labels)
    parts: list[list[int]] = []
    for place in places:
        if parts and parts[-1][-1] == place - 1:
            parts[-1].append(place)
        else:
            parts.append([place])
    label = case.settings.label
    said = [label(part[0]) if len(part) == 1 else f"{label(part[0])}–{label(part[-1])}" for part in parts]
    return "; ".join(said) or None


def km_table(found: Amounts) -> Out:
    """One row for each package that is renewed in the plan: km by period."""
    case = found.case
    rows = []
    for key in ordered(found, "networks", case.packages):
        package = case.packages[key]
        if found.renewed.get(key, 0.0) > NOTHING:
            kind = case.asset_types.get(package.asset_type or "")
            rows.append({
                "package": key, "name": name_of(package), "region": region_of(case, package.region),
                "kind": name_of(kind) if kind else None,
                "renewed": found.renewed[key],
                **{p.label: found.plan.renew.get((key, p.label), 0.0) for p in case.periods},
            })
    form, places, bands = by_period(KM_OUT, case, "number", 8)
    headings = (*(column.name for column in KM_OUT.columns), *places)
    return Out("networks_by_period", headings, tuple(rows), sums=("renewed", *places), formulas={"renewed": places},
               form=form, bands=bands)
