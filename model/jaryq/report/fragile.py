"""Table ``fragile``: how much the works of a plan can slip before their deadline and before the season
(docs/numbers.md, Fragile plans)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from jaryq.base.counted import OF_WORKS, counted
from jaryq.base.text import Text
from jaryq.case.case import Case, Facility
from jaryq.factors.schedule import Start, open_months, outage_months
from jaryq.report.amounts import Amounts
from jaryq.report.delayed import delayed
from jaryq.report.projects import ordered
from jaryq.report.shapes import Fact, Out, Value
from jaryq.report.timing import begun, chosen
from jaryq.report.words import NO, YES, name_of, number, region_of, said_when
from jaryq.sheets.results_fragile import FRAGILE_OUT

NONE_LEFT = 1e-6
"""Months up to which nothing is left."""


def fragile_table(found: Amounts) -> Out:
    """One row for each start in the plan, the least float first."""
    case = found.case
    rows = [_row(found, case.facilities[key], start) for key in ordered(found, "facilities", case.facilities)
            for start, _ in chosen(found, key)]
    rows.sort(key=_least)
    quarters = case.settings.periods_per_year > 1
    headings = tuple(column.name for column in FRAGILE_OUT.columns if quarters or column.name != "last_quarter")
    late, tight = (number(sum(row[column] is said for row in rows))
                   for column, said in (("last_quarter", YES), ("slack", NO)))
    of = number(len(rows))
    remarks = [Text(f"Without slack: {tight.en} of {of.en}.", f"Без запаса: {tight.ru} из {of.ru}.")]
    if quarters:
        remarks.append(Text(f"End in the last quarter of a year: {late.en} of {of.en}.",
                            f"Кончаются в последнем квартале года: {late.ru} из {of.ru}."))
        end, why = at_the_end(found, rows)
        if end:
            last = case.periods[-1].label
            when, ends = said_when(last), number(end)
            remarks.append(Text(f"End in {when.en}, the last quarter of the plan: {ends.en} of {of.en}; {why.en}.",
                                f"Кончаются в последнем квартале плана ({when.ru}): {ends.ru} из {of.ru}; "
                                f"{why.ru}."))
    return Out("fragile", headings, tuple(rows), remarks=tuple(remarks))


def at_the_end(found: Amounts, rows: Sequence[Mapping[str, Value]]) -> tuple[int, Text]:
    """How many rows end in the last period of the plan, and of how many of these waiting is the reason: they could
    begin earlier, and putting them off saves more than it loses."""
    ends = [row for row in rows if row["finish"] == found.case.periods[-1].label]
    waits = sum(delayed(found, found.case.facilities[str(row["facility"])]) for row in ends)
    said = number(waits)
    return len(ends), Text(
        f"{said.en} of these could begin earlier, but putting them off saves more of their cost than it loses in "
        "benefits",
        f"из них {said.ru} можно было бы начать раньше, но отсрочка экономит больше затрат, чем теряет выгод")


def fragile_facts(found: Amounts, table: Out) -> list[Fact]:
    """What the summary says of it."""
    count = len(table.rows)
    if not count:
        return []
    all_ = counted(count, *OF_WORKS)
    of = Text(f"of {all_.en} in the plan; the sheet fragile has each", f"из {all_.ru} плана; каждая на листе fragile")
    facts = [Fact(Text("Works without slack", "Работ без запаса"),
                  float(sum(row["slack"] is NO for row in table.rows)), "", of)]
    if "last_quarter" in table.headings:
        facts.append(Fact(Text("Works that end in the last quarter of a year", "Работ, что кончаются в последнем "
                               "квартале года"), float(sum(row["last_quarter"] is YES for row in table.rows)), "", of))
        end, why = at_the_end(found, table.rows)
        if end:
            facts.append(Fact(Text("of which in the last quarter of the plan", "из них в последнем квартале плана"),
                              float(end), "", why))
    return facts


def _row(found: Amounts, facility: Facility, start: Start) -> dict[str, Value]:
    case = found.case
    deadline = before_deadline(found, facility, start)
    season = before_season(case, facility, start)
    left = min(deadline, math.inf if season is None else season)
    return {
        "facility": facility.id, "name": name_of(facility), "region": region_of(case, facility.region),
        "start": begun(case, facility, start), "finish": start.finish.label,
        "last_quarter": YES if start.finish.label.endswith("Q4") else NO, "before_deadline": deadline,
        "before_season": season, "slack": YES if left > NONE_LEFT else NO,
    }


def _least(row: dict[str, Value]) -> float:
    values = [value for name in ("before_deadline", "before_season") if isinstance(value := row[name], float)]
    return min(values)


def before_deadline(found: Amounts, facility: Facility, start: Start) -> float:
    """Months from a start to the last one that the dates of the facility allow, and the slack within its periods."""
    months = 12 / found.case.settings.periods_per_year
    last = max(one.period.position for one in found.factors.works.starts[facility.id])
    return float((last - start.period.position) * months + start.slack)


def before_season(case: Case, facility: Facility, start: Start) -> float | None:
    """Months that are open after the last of the outage, one after the other; None where it has no outage, or one at
    any time of the year."""
    placed = outage_months(case, facility, start) if facility.outage.seasonal else None
    allowed = open_months(case, facility)
    if not placed or len(allowed) == 12:
        return None
    end = placed[-1][1]
    month = math.floor(end + 1e-9)
    left = 0.0
    while month % 12 + 1 in allowed:
        left += month + 1 - max(end, month)
        month += 1
    return float(left)
