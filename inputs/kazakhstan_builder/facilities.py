"""Facilities named in the sources: remaining cost, window, months."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kazakhstan_builder import owners
from kazakhstan_builder.costs import NEW_LINE, full_cost
from kazakhstan_builder.facts import FIRST_YEAR, LAST_YEAR, PLAN_FROM, Facts, Record, both, number, trace, whole
from kazakhstan_builder.project import Project

MAINS = ("heat_main", "sewer_main", "water_main")
MILESTONES = (2028, 2029)
"""Years whose path of facilities is asked: works of two years that begin in the first planned one end in 2028."""
LEAST_LEFT = 0.2
"""A project that should be finished by now and is not reported finished keeps this share of its cost."""


def in_scope(row: Mapping[str, str], project: Project) -> bool:
    return project.done or (row["candidate_default"] == "1" and row["type"] not in MAINS and not project.too_recent)


def kind_of(row: Mapping[str, str], project: Project) -> str:
    """The kind of asset: fuel decides for plants and boiler houses, voltage for substations."""
    kind = row["type"]
    coal = row["fuel"] == "coal" and not project.gas
    if kind in ("chp", "gres", "boiler_house"):
        if kind == "boiler_house" and not row["fuel"]:
            coal = row["region_id"] == "KZ-63"  # East Kazakhstan has no gas network
        return f"{kind}_{'coal' if coal else 'gas'}"
    if kind == "line":
        return NEW_LINE
    if kind == "substation":
        voltage = number(row["voltage_kv"]) or 110
        return "substation_500" if voltage >= 500 else "substation_220" if voltage >= 220 else "substation_110"
    return kind


def capacity_of(row: Mapping[str, str]) -> tuple[float | None, str | None]:
    for column, unit in (
        ("capacity_mw", "MW"),
        ("heat_gcal_h", "Gcal/h"),
        ("capacity_mva", "MVA"),
        ("flow_thousand_m3_day", "thousand m3/day"),
        ("voltage_kv", "kV"),
    ):
        if (value := number(row[column])) is not None:
            return value, unit
    return None, None


def dates(project: Project, usual: int) -> tuple[float, float]:
    """Start and end of a running project; the usual months of its kind fill what is not published."""
    years = (sum(project.months) if project.months else usual) / 12
    if project.start is None and project.end is None:
        return PLAN_FROM - years / 2, PLAN_FROM + years / 2
    start = project.start if project.start is not None else (project.end or 0.0) - years
    return start, project.end if project.end is not None else start + years


def remaining(project: Project, usual: int, full: float) -> tuple[float, str]:
    """What is still to be spent after 2025: published, or in proportion to the time left."""
    if project.remaining is not None:
        return project.remaining, ""
    if not project.running:
        return full, ""
    start, end = dates(project, usual)
    share = min(1.0, max(LEAST_LEFT, (end - PLAN_FROM) / (end - start)))
    return full * share, f"{share:.0%} of {full:.1f} bn taken as left, by the time left at the end of 2025"


def window(project: Project, usual: int) -> Record:
    """Months left of a running project (all its months if it counts as started), the kind's own months otherwise.

    What is under way or committed ends in its published year at the latest; where no end is published, at most a year
    late.
    """
    record: Record = {"procurement_months": None, "works_months": None, "earliest": None, "latest": None}
    if project.months:
        record["procurement_months"], record["works_months"] = project.months
    if project.running:
        end = dates(project, usual)[1]
        left = max(3, math.ceil(round((end - PLAN_FROM) * 12, 6)))
        record["procurement_months"], record["works_months"] = (
            0,
            left + (elapsed(project, usual) if project.committed else 0),
        )
        months = left
    else:
        months = sum(project.months) if project.months else usual
    if project.running or project.committed:
        latest = math.ceil(project.end) - 1 if project.end is not None else PLAN_FROM + math.ceil(months / 12)
        record["latest"] = min(latest, LAST_YEAR)
    return record


def began(project: Project, usual: int) -> tuple[int, int]:
    """Year and quarter in which a running project began."""
    start = dates(project, usual)[0]
    return int(start), min(4, int((start - int(start)) * 4) + 1)


def elapsed(project: Project, usual: int) -> int:
    """Months from the quarter in which a project began to the first planned year."""
    year, quarter = began(project, usual)
    return 12 * (PLAN_FROM - year) - 3 * (quarter - 1)


def scope_of(row: Mapping[str, str], project: Project) -> str:
    if project.scope:
        return project.scope
    if row["project_kind"] in ("new unit", "new build"):
        return row["project_kind"] if project.running or row["op_status"] == "planned" else "reconstruction"
    return "reconstruction"


def facility(facts: Facts, row: Mapping[str, str]) -> Record:
    key, place = row["facility_id"], row["city_en"]
    project = facts.project(key)
    kind = kind_of(row, project)
    usual = facts.months(kind)
    scope = scope_of(row, project)
    if project.total is None:
        full, rule = full_cost(facts, row, kind, place, scope)
    else:
        full, rule = facts.to_price_year(project.total, project.price_year), project.remark
    cost, left = remaining(project, usual, full)
    capacity, unit = capacity_of(row)
    status = (
        "estimate" if project.total is None else "derived" if left and project.status == "reported" else project.status)
    extra = project.remark if project.total is None else ""
    note = "; ".join(
        part for part in (rule, left, extra, besides(row, project), uncertain_place(row), known_risk(row)) if part
    )
    return {
        "facility": key,
        "name": row["name_en"],
        "name_ru": row["name_ru"],
        "asset_type": kind,
        "region": row["region_id"],
        "place": place,
        "latitude": number(row["lat"]),
        "longitude": number(row["lon"]),
        **owners.columns(facts, row["owner"]),
        "capacity": capacity,
        "capacity_unit": unit,
        "year_built": whole(row["year_commissioned"]),
        "wear": number(row["wear_pct"]),
        "zone": row["risk_zone"] if row["risk_zone"] in ("red", "yellow") else None,
        "scope": scope,
        "counts": "no" if kind == NEW_LINE else None,
        "cost": round(cost, 3),
        **window(project, usual),
        "must_do": None,
        **trace(status, both(row["project_source"], row["source"]), note),
        "estimated": [] if project.months else ["procurement_months", "works_months"],
    }


def besides(row: Mapping[str, str], project: Project) -> str:
    """Published works that are not the project of this case (repairs, money of past years)."""
    if project.total is not None or project.running or not row["project_cost_kzt_bn"]:
        return ""
    years = "-".join(part for part in dict.fromkeys((row["project_start"], row["project_end"])) if part)
    what = f"{row['project_name'].lower()}, {row['project_cost_kzt_bn']} bn ({years})"
    return f"published besides, not part of this cost: {what}"


def uncertain_place(row: Mapping[str, str]) -> str:
    return (
        ""
        if row["coord_status"] == "reported" or not row["lat"]
        else f"point on the map: {row['coord_status'].replace('_', ' ')}"
    )


def known_risk(row: Mapping[str, str]) -> str:
    known = row["risk_zone"] in ("red", "yellow") and row["risk_zone_date"]
    return f"zone of the Ministry of Energy ({row['risk_zone_date']})" if known else ""


def named(facts: Facts) -> list[Record]:
    return [facility(facts, row) for key, row in facts.facilities.items() if in_scope(row, facts.project(key))]


def milestones(facts: Facts, real: list[Record]) -> dict[str, int]:
    """Facilities by year on a straight path from what is done to all that are named."""
    counted = [row for row in real if row["counts"] != "no"]
    done = sum(facts.project(str(row["facility"])).done for row in counted)
    return {f"facilities_by_{year}": done + (len(counted) - done) * (year - FIRST_YEAR) // (LAST_YEAR - FIRST_YEAR)
            for year in MILESTONES}


def done_and_committed(facts: Facts, records: list[Record]) -> list[Record]:
    """Progress rows of facilities: finished in 2025, under way or under contract."""
    return [
        row
        for record in records
        if (row := progress(record, facts.project(record["facility"]), facts.months(record["asset_type"])))
    ]


def progress(record: Record, project: Project, usual: int) -> Record | None:
    row: Record = {"project": record["facility"], "year": FIRST_YEAR, "status": "done", "km": None, "spent": None}
    if project.done:
        note = "finished in 2025; what was spent in which year is not published"
        return row | trace("reported", record["source"], note)
    if not project.running and not project.committed:
        return None
    started = project.running and project.committed
    year, quarter = began(project, usual) if started else (PLAN_FROM, None)
    estimated = started and project.start is None
    note = "construction has begun or is under contract; it has to be finished by the year of facilities, column latest"
    note += "; the plan chooses when it goes on, since no date is published" if not project.committed else ""
    note += "; beginning estimated from the usual duration" if estimated else ""
    note += "; money spent until 2025, by source not published" if project.spent else ""
    status = "started" if started else "committed"
    return row | {
        "year": year,
        "quarter": quarter,
        "status": status,
        "spent": project.spent,
        **trace("estimate" if estimated else "reported", record["source"], note),
    }
