"""Rules of what consumers and borrowers can bear (docs/numbers.md: Affordability and debt)."""

from __future__ import annotations

from collections.abc import Iterator

from jaryq.base.digits import FOUR, apart
from jaryq.base.hair import hair
from jaryq.base.issues import Issue
from jaryq.base.text import Text
from jaryq.case.scope import bills_of, owner
from jaryq.factors.derive import Factors
from jaryq.rules.rows import Rows
from jaryq.tables.tables import Tables


def borrowers_have_cash(tables: Tables) -> Iterator[Issue]:
    """A borrower whose cover is limited has cash; what it owes already leaves it some (else a surprise)."""
    rows = Rows(tables, "borrowers")
    years = rows.year_columns("cash_")
    for position, row in rows.rows:
        given = [year for year in years if row.get(f"cash_{year}") is not None]
        if row.get("priority") is not None and not given:
            yield rows.issue("cash_missing", position, "priority")
        cover = 1.0 if row.get("cover") is None else row["cover"]
        for year in given:
            need = cover * (row.get(f"other_{year}") or 0.0)
            cash = row[f"cash_{year}"]
            if need > 0 and need - cash > hair(need):
                there, due = apart(cash, need, FOUR)
                yield rows.issue("cash_short", position, f"cash_{year}", year=str(year), cash=there, need=due)


def guarantees_are_of_loans(tables: Tables) -> Iterator[Issue]:
    """Only a loan is owed and guaranteed."""
    rows = Rows(tables, "sources")
    for position, row in rows.rows:
        for column in ("borrower", "guaranteed"):
            if row.get(column) and row.get("kind") != "loan":
                yield rows.issue("unused_term", position, column, where="kind = loan")


def burdens_are_known(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What a target on the burden needs is known of each region and bill it speaks of; told once at the first cell
    that is blank."""
    case = factors.case
    wanted = {(row.region, row.sector) for target in case.targets if target.measure == "burden"
              for row in bills_of(case, target)}
    regions, bills = Rows(tables, "regions"), Rows(tables, "tariffs")
    where = {row.get("region"): (position, row) for position, row in regions.rows}
    told: set[object] = set()
    for position, bill in bills.rows:
        region = bill.get("region")
        if (region, bill.get("sector")) not in wanted or region not in where:
            continue
        place, row = where[region]
        missing = [column for column in ("population", "income") if not row.get(column)]
        if missing and region not in told:
            told.add(region)
            yield regions.issue("burden_unfit", place, missing[0], region=region, missing=", ".join(missing))
        if bill.get("household_share") is None:
            yield bills.issue("burden_unfit", position, "household_share", region=region, missing="household_share")


def consumers_are_told(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """What consumers repay is shown and limited by rows of tariffs."""
    case = factors.case
    stated = {(row.region, row.sector) for row in case.tariffs}
    rows = Rows(tables, "sources")
    mine = [(position, row["source_id"]) for position, row in rows.rows
            if row.get("kind") == "loan" and row.get("who_repays") == "consumers" and row.get("status") != "closed"]
    untold = {(project.region, project.sector) for _, key in mine for project in case.projects.values()
              if project.region and project.sector and key in factors.bounds.pays[project.id]} - stated
    if untold:
        yield rows.issue("tariffs_absent", mine[0][0], "who_repays", count=len(untold))


def borrowers_are_used(tables: Tables, factors: Factors) -> Iterator[Issue]:
    """A borrower that owes nothing in any plan says nothing."""
    case = factors.case
    one_of_each = {project.borrower: project for project in case.projects.values()}  # owners differ by these alone
    owing = {owner(source, project) for source in case.sources.values() for project in (None, *one_of_each.values())}
    rows = Rows(tables, "borrowers")
    for position, row in rows.rows:
        if row.get("borrower") not in owing:
            yield rows.issue("row_unused", position, "borrower", why=Text(
                "no loan is owed by it", "по ней нет ни одного займа"))
