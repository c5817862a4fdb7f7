"""What works need and meet, for the Case: resources, outages, shared trenches, money spent before, the last plan."""

from __future__ import annotations

from jaryq.case.case import Crew, Settings
from jaryq.case.fill import named, part, rows, whole, years_of
from jaryq.case.works import Before, Choice, Link, OutageLimit, Paid, Trench, months_between
from jaryq.tables.tables import Tables


def crews(tables: Tables, settings: Settings) -> tuple[Crew, ...]:
    """Capacity in each planned year; after the last year given it grows by ``growth``."""
    found = []
    for r in rows(tables, "crews"):
        given = years_of(r)
        capacity, cells = {}, {}
        for year in settings.years:
            earlier = [y for y in given if y <= year]
            if earlier:
                capacity[year] = given[max(earlier)] * (1.0 + part(r["growth"])) ** (year - max(earlier))
                cells[year] = r["cells"][str(max(earlier))]
        found.append(Crew(
            r["crew"], r["region"], capacity, r["origin"], cells,
            season=months_between(r["season_from"], r["season_to"]),
            lend_share=part(r["lend_share"]), lend_cost=r["lend_cost"] / 1000.0, extra_share=part(r["extra_share"]),
            extra_cost=r["extra_cost"] / 1000.0,
            growth=part(r["growth"]), name=r["crew_name"] or "", name_ru=r["crew_ru"] or "",
        ))
    return tuple(sorted(found, key=lambda crew: crew.id))


def outage_limits(tables: Tables) -> tuple[OutageLimit, ...]:
    """Capacity that may be out of service at once: as stated, or what is available above the peak and its reserve."""
    found = []
    for r in rows(tables, "outage_limits"):
        value = r["limit"]
        if value is None:
            value = max(0.0, (r["available"] or 0.0) - (r["peak"] or 0.0) * (1.0 + part(r["reserve"])))
        column = "limit" if r["limit"] is not None else "available"
        found.append(OutageLimit(r["region"], r["unit"], value, r["cells"].get(column, r["origin"])))
    return tuple(sorted(found, key=lambda limit: limit.id))


def trenches(tables: Tables) -> tuple[Trench, ...]:
    """Pairs of packages that share a trench."""
    found = [Trench(r["package"], r["with_package"], r["km"], r["saving"] / 1000.0, r["cells"].get("km", r["origin"]))
             for r in rows(tables, "trenches")]
    return tuple(sorted(found, key=lambda trench: trench.id))


def sequence(tables: Tables) -> tuple[Link, ...]:
    """What waits for what with a lag, by project and what it waits for."""
    found = [Link(r["project"], r["after"], r["relation"] == "finish_start", r["lag"], r["origin"])
             for r in rows(tables, "sequence")]
    return tuple(sorted(found, key=lambda link: (link.project, link.after)))


def choices(tables: Tables) -> dict[str, Choice]:
    """Groups of which so many are done."""
    return {r["choice"]: Choice(at_least=whole(r["at_least"]), at_most=whole(r["at_most"]), **named(r, "choice"))
            for r in rows(tables, "choices")}


def paid_before(tables: Tables, settings: Settings) -> tuple[Paid, ...]:
    """Money spent before the planned years."""
    found = [
        Paid(r["project"], r["paid_by"], int(r["year"]), r["spent"])
        for r in rows(tables, "progress")
        if r["spent"] is not None and int(r["year"]) < settings.plan_from
    ]
    return tuple(sorted(found, key=lambda row: (row.project, row.source or "", row.year)))


def last_plan(tables: Tables, settings: Settings) -> Before:
    """The last plan from the first planned year on."""
    start: dict[tuple[str, str], float] = {}
    renew: dict[tuple[str, int], float] = {}
    for r in rows(tables, "last_plan"):
        period = str(r["period"])
        year = int(period[:4])
        if year < settings.plan_from:
            continue
        if r["share"] is not None:
            start[r["project"], period] = start.get((r["project"], period), 0.0) + r["share"]
        if r["km"] is not None:
            renew[r["project"], year] = renew.get((r["project"], year), 0.0) + r["km"]
    return Before({key: start[key] for key in sorted(start)}, {key: renew[key] for key in sorted(renew)})
